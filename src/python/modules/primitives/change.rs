//! What the person who watches a run can do to a primitive between two steps.

use super::condition::notify_first;
use super::event::{clear_event, set_event};
use super::lock::release_primitive;
use crate::python::machine::Machine;
use crate::python::values::{Primitive, Sync, Value};
use crate::trace::{Change, Event};

/// Does to a primitive what can be done to it now; what cannot leaves it as it is.
pub fn change(machine: &mut Machine, primitive: &Primitive, change: Change) {
    match (change, &primitive.sync) {
        (Change::AddPermit, Sync::Semaphore { semaphore, bound }) => {
            if let Some(bound) = bound {
                bound.set(bound.get() + 1);
            }
            resize(machine, primitive, 1);
            semaphore.release();
        }
        (Change::TakePermit, Sync::Semaphore { semaphore, bound }) if semaphore.try_acquire() => {
            if let Some(bound) = bound {
                bound.set(bound.get().saturating_sub(1));
            }
            resize(machine, primitive, -1);
        }
        (Change::AddRoom, Sync::Queue(queue)) if queue.queue.capacity() > 0 => {
            let capacity = resize(machine, primitive, 1);
            queue.maxsize.replace(Value::Int(i64::from(capacity)));
            queue.queue.resize(capacity as usize);
        }
        (Change::TakeRoom, Sync::Queue(queue)) if queue.queue.capacity() > 1 => {
            let capacity = resize(machine, primitive, -1);
            queue.maxsize.replace(Value::Int(i64::from(capacity)));
            queue.queue.resize(capacity as usize);
        }
        // What these raise is for programs.
        (Change::Release, Sync::Lock(_) | Sync::Condition { .. }) => drop(release_primitive(machine, primitive)),
        (Change::Set, Sync::Event(_)) => drop(set_event(machine, primitive)),
        (Change::Clear, Sync::Event(_)) => drop(clear_event(machine, primitive)),
        (Change::Notify, Sync::Condition { lock, .. }) => {
            let is_taken = lock.try_acquire();
            let _ = notify_first(machine, primitive, 1);
            if is_taken {
                let _ = lock.release();
            }
        }
        _ => {}
    }
    machine.event_loop().collect_wakes();
}

/// Records that a primitive has room, or permits, for so many more, and gives how many it has now.
fn resize(machine: &Machine, primitive: &Primitive, more: i32) -> u32 {
    let capacity = machine.capacity(primitive.id).saturating_add_signed(more);
    machine.record(Event::Resized { primitive: primitive.id, capacity });
    capacity
}
