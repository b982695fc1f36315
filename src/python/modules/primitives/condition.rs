//! `Condition`.

use std::rc::Rc;

use super::lock::{ACQUIRE, ENTER, LEAVE, LOCKED, RELEASE, not_comparable};
use super::{coroutine, poll, primitive, receiver};
use crate::event_loop::{Input, Request};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, ExceptionKind, Native, Polled, Primitive, Raised, Sync, Value, raise,
};
use crate::sync::{self, ConditionWait};
use crate::trace::{Event, Intent, PrimitiveId, PrimitiveKind};

/// Methods of conditions.
pub static METHODS: &[Native] = &[
    ACQUIRE,
    RELEASE,
    LOCKED,
    ENTER,
    LEAVE,
    Native { name: "wait", call: wait },
    Native { name: "wait_for", call: wait_for },
    Native { name: "notify", call: notify },
    Native { name: "notify_all", call: |machine, it| notify_first(machine, receiver(it, "notify_all")?, usize::MAX) },
];

type Condition = sync::Condition<Rc<sync::Lock>>;

pub fn new_condition(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [given] = arguments.bind_init("Condition", ["lock"], 0)?;
    let given = &given.plain();
    let (lock, shared) = match given {
        Value::Unbound | Value::None => (Rc::default(), None),
        Value::Primitive(other) => match &other.sync {
            Sync::Lock(lock) => (lock.clone(), Some(other.id)),
            Sync::Condition { lock, shared, .. } => (lock.clone(), Some(shared.unwrap_or(other.id))),
            Sync::Semaphore { .. } => {
                return raise(ExceptionKind::TypeError, "Signalbox makes conditions over locks, not over semaphores");
            }
            _ => return no_lock(given),
        },
        other => return no_lock(other),
    };
    let condition = Rc::new(Condition::over(lock.clone()));
    let value = machine.new_primitive(PrimitiveKind::Condition, 1, Sync::Condition { condition, lock, shared });
    if let (Value::Primitive(primitive), Some(lock)) = (&value, shared) {
        machine.record(Event::LockShared { primitive: primitive.id, lock });
    }
    Ok(value)
}

/// CPython takes the lock's methods at once.
fn no_lock(value: &Value) -> Result<Value, Raised> {
    raise(ExceptionKind::AttributeError, format!("'{}' object has no attribute 'locked'", value.type_name()))
}

/// A condition, and of which primitive the trace tells who holds its lock.
fn condition(primitive: &Primitive) -> Result<(&Rc<Condition>, PrimitiveId), Raised> {
    match &primitive.sync {
        Sync::Condition { condition, shared, .. } => Ok((condition, shared.unwrap_or(primitive.id))),
        _ => raise(ExceptionKind::TypeError, "a condition was expected"),
    }
}

fn notify(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, count] = arguments.bind("notify", ["self", "n"], 1)?;
    let count = match count {
        Value::Unbound => 1,
        Value::Int(count) => usize::try_from(*count).unwrap_or(0),
        Value::Bool(count) => usize::from(*count),
        Value::Float(count) => count.ceil() as usize,
        other => return not_comparable(">=", other),
    };
    notify_first(machine, primitive(receiver)?, count)
}

/// Notifies so many who wait at a condition whose lock is held.
pub fn notify_first(machine: &mut Machine, primitive: &Primitive, count: usize) -> Result<Value, Raised> {
    let (condition, _) = condition(primitive)?;
    if !condition.is_locked() {
        return raise(ExceptionKind::RuntimeError, "cannot notify on un-acquired lock");
    }
    // It fails only if the lock is not held.
    let _ = condition.notify(count);
    let tasks = machine.event_loop().wakes_to_collect() as u32;
    machine.record(Event::Notified { primitive: primitive.id, tasks });
    machine.event_loop().collect_wakes();
    Ok(Value::None)
}

fn wait(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    coroutine("Condition.wait", Waiting::new(receiver(arguments, "wait")?)?)
}

fn wait_for(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, predicate] = arguments.bind("wait_for", ["self", "predicate"], 2)?;
    let condition = primitive(receiver)?.clone();
    coroutine("Condition.wait_for", WaitingFor { condition, predicate: predicate.clone(), waiting: None })
}

/// One wait for a notification, and then for the lock.
struct Waiting {
    id: PrimitiveId,
    /// Of which primitive the trace tells who holds the lock.
    lock: PrimitiveId,
    condition: Rc<Condition>,
    wait: ConditionWait<Rc<Condition>>,
    /// It has given the lock up.
    has_begun: bool,
    /// The latest exception that interrupted it.
    exception: Option<Raised>,
}

impl Waiting {
    fn new(primitive: &Primitive) -> Result<Self, Raised> {
        let (condition, lock) = condition(primitive)?;
        let wait = ConditionWait::new(condition.clone());
        Ok(Self { id: primitive.id, lock, condition: condition.clone(), wait, has_begun: false, exception: None })
    }
}

impl Awaitable for Waiting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            if !self.has_begun {
                return Err(exception);
            }
            self.exception = Some(exception);
            self.wait.interrupt();
        }
        let mut intent = Intent::Reacquire;
        let mut primitive = self.lock;
        if !self.has_begun {
            if !self.condition.is_locked() {
                return raise(ExceptionKind::RuntimeError, "cannot wait on un-acquired lock");
            }
            self.has_begun = true;
            machine.record(Event::Released { primitive: self.lock });
            (intent, primitive) = (Intent::Notify, self.id);
        }
        if poll(machine, &mut self.wait).is_pending() {
            return Ok(Polled::Pending(Request::Primitive { primitive, intent }));
        }
        machine.record(Event::Acquired { primitive: self.lock });
        match self.exception.take() {
            Some(exception) => Err(exception),
            None => Ok(Polled::Ready(Value::Bool(true))),
        }
    }

    fn cancel(&mut self) -> bool {
        self.wait.cancel()
    }
}

/// Waits until a function of the program says that it need not.
struct WaitingFor {
    condition: Rc<Primitive>,
    predicate: Value,
    waiting: Option<Waiting>,
}

impl Awaitable for WaitingFor {
    fn resume(&mut self, machine: &mut Machine, mut input: Input<Machine>) -> Result<Polled, Raised> {
        loop {
            if let Some(waiting) = &mut self.waiting {
                if let pending @ Polled::Pending(_) = waiting.resume(machine, input)? {
                    return Ok(pending);
                }
            } else if let Input::Exception(exception) = input {
                return Err(exception);
            }
            input = Input::Proceed;
            let result = machine.call_value(&self.predicate, &[])?;
            if result.is_true() {
                return Ok(Polled::Ready(result));
            }
            self.waiting = Some(Waiting::new(&self.condition)?);
        }
    }

    fn cancel(&mut self) -> bool {
        self.waiting.as_mut().is_some_and(Waiting::cancel)
    }
}
