//! The primitives of `asyncio`, over those of [`crate::sync`].

mod barrier;
mod change;
mod condition;
mod event;
pub mod heap;
mod lock;
mod queue;

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

pub use change::change;
pub use lock::offer_lock;

use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, Class, ExceptionKind, Native, NativeCoroutine, Primitive, Raised, Sync, Value, raise,
};

/// The class with this name.
pub fn class(name: &str) -> Option<Class> {
    CONSTRUCTORS.iter().map(|(class, _)| *class).find(|class| class.name() == name)
}

static CONSTRUCTORS: &[(Class, Native)] = &[
    (Class::Lock, Native { name: "Lock", call: lock::new_lock }),
    (Class::Event, Native { name: "Event", call: event::new_event }),
    (Class::Condition, Native { name: "Condition", call: condition::new_condition }),
    (Class::Semaphore, Native { name: "Semaphore", call: |machine, it| lock::new_semaphore(machine, it, false) }),
    (
        Class::BoundedSemaphore,
        Native { name: "BoundedSemaphore", call: |machine, it| lock::new_semaphore(machine, it, true) },
    ),
    (Class::Barrier, Native { name: "Barrier", call: barrier::new_barrier }),
    (Class::Queue, Native { name: "Queue", call: queue::new_queue }),
    (Class::PriorityQueue, Native { name: "PriorityQueue", call: queue::new_priority_queue }),
    (Class::LifoQueue, Native { name: "LifoQueue", call: queue::new_lifo_queue }),
];

/// What calling a class of primitives does.
pub fn constructor(class: Class) -> Option<&'static Native> {
    CONSTRUCTORS.iter().find(|(made, _)| *made == class).map(|(_, native)| native)
}

/// The methods of a class of primitives.
pub fn methods(class: Class) -> Option<&'static [Native]> {
    Some(match class {
        Class::Lock | Class::Semaphore | Class::BoundedSemaphore => lock::METHODS,
        Class::Event => event::METHODS,
        Class::Condition => condition::METHODS,
        Class::Barrier => barrier::METHODS,
        Class::Queue | Class::PriorityQueue | Class::LifoQueue => queue::METHODS,
        _ => return None,
    })
}

/// An attribute of a primitive that is no method.
pub fn attribute(primitive: &Primitive, name: &str) -> Option<Value> {
    match (&primitive.sync, name) {
        (Sync::Event(event), "_value") => Some(Value::Bool(event.is_set())),
        (Sync::Semaphore { semaphore, .. }, "_value") => Some(Value::from(semaphore.value())),
        (Sync::Barrier(barrier), "parties") => Some(Value::from(barrier.parties())),
        (Sync::Barrier(barrier), "n_waiting") => Some(Value::from(barrier.waiting())),
        (Sync::Barrier(barrier), "broken") => Some(Value::Bool(barrier.is_broken())),
        (Sync::Queue(queue), "maxsize" | "_maxsize") => Some(queue.maxsize.borrow().clone()),
        (Sync::Queue(queue), "_unfinished_tasks") => Some(Value::from(queue.queue.unfinished())),
        _ => None,
    }
}

fn primitive(value: &Value) -> Result<&Rc<Primitive>, Raised> {
    match value {
        Value::Primitive(primitive) => Ok(primitive),
        other => raise(ExceptionKind::TypeError, format!("a primitive was expected, got {}", other.type_name())),
    }
}

/// The one receiver of a method without arguments.
fn receiver<'a>(arguments: &Arguments<'a>, method: &str) -> Result<&'a Rc<Primitive>, Raised> {
    primitive(arguments.alone(method)?)
}

/// Goes on with a wait of the running task.
fn poll<F: Future + Unpin>(machine: &mut Machine, future: &mut F) -> Poll<F::Output> {
    let waker = machine.event_loop().waker();
    Pin::new(future).poll(&mut Context::from_waker(&waker))
}

/// A coroutine as a value.
fn coroutine(name: &'static str, state: impl Awaitable + 'static) -> Result<Value, Raised> {
    Ok(NativeCoroutine::value(name, state))
}
