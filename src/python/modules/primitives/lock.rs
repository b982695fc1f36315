//! `Lock`, `Semaphore` and `BoundedSemaphore`, and what a condition shares with them.

use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;

use super::{coroutine, poll, primitive, receiver};
use crate::event_loop::{Input, Request};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, ExceptionKind, Native, NativeClass, Object, Polled, Primitive, Raised, Sync, Value, raise,
    unfit,
};
use crate::sync::{self, Acquire};
use crate::trace::{Event, Intent, PrimitiveId, PrimitiveKind};

/// Methods of locks and semaphores.
pub static METHODS: &[Native] = &[ACQUIRE, RELEASE, LOCKED, ENTER, LEAVE];

pub const ACQUIRE: Native = Native { name: "acquire", call: acquire };
pub const RELEASE: Native = Native { name: "release", call: release };
pub const LOCKED: Native = Native { name: "locked", call: locked };
pub const ENTER: Native = Native { name: "__aenter__", call: enter };
pub const LEAVE: Native = Native { name: "__aexit__", call: leave };

pub fn new_lock(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind_init("Lock", [], 0)?;
    Ok(machine.new_primitive(PrimitiveKind::Lock, 1, Sync::Lock(Rc::new(sync::Lock::new()))))
}

pub fn new_semaphore(machine: &mut Machine, arguments: &Arguments<'_>, is_bounded: bool) -> Result<Value, Raised> {
    let name = if is_bounded { "BoundedSemaphore" } else { "Semaphore" };
    let [value] = arguments.bind_init(name, ["value"], 0)?;
    let permits = match value {
        Value::Unbound => 1,
        Value::Int(permits) if *permits < 0 => {
            return raise(ExceptionKind::ValueError, "Semaphore initial value must be >= 0");
        }
        Value::Int(permits) => *permits as usize,
        Value::Bool(permit) => usize::from(*permit),
        other => return not_comparable("<", other),
    };
    let semaphore = Rc::new(sync::Semaphore::new(permits));
    let sync = Sync::Semaphore { semaphore, bound: is_bounded.then(|| permits.into()) };
    let kind = if is_bounded { PrimitiveKind::BoundedSemaphore } else { PrimitiveKind::Semaphore };
    Ok(machine.new_primitive(kind, permits, sync))
}

/// What comparing a value with a whole number raises.
pub fn not_comparable<T>(symbol: &str, value: &Value) -> Result<T, Raised> {
    let message = format!("'{symbol}' not supported between instances of '{}' and 'int'", value.type_name());
    raise(ExceptionKind::TypeError, message)
}

/// What is held by who holds a primitive.
enum Held<'a> {
    Lock(&'a Rc<sync::Lock>),
    Semaphore(&'a Rc<sync::Semaphore>, Option<usize>),
}

/// What is held of a primitive, and of which primitive the trace tells so.
fn held(primitive: &Primitive) -> Option<(PrimitiveId, Held<'_>)> {
    match &primitive.sync {
        Sync::Lock(lock) => Some((primitive.id, Held::Lock(lock))),
        Sync::Condition { lock, shared, .. } => Some((shared.unwrap_or(primitive.id), Held::Lock(lock))),
        Sync::Semaphore { semaphore, bound } => {
            Some((primitive.id, Held::Semaphore(semaphore, bound.as_ref().map(Cell::get))))
        }
        Sync::Event(_) | Sync::Barrier(_) | Sync::Queue(_) => None,
    }
}

fn locked(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Bool(match held(receiver(arguments, "locked")?) {
        Some((_, Held::Lock(lock))) => lock.is_locked(),
        Some((_, Held::Semaphore(semaphore, _))) => semaphore.is_locked(),
        None => false,
    }))
}

fn acquire(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let receiver = arguments.alone("acquire")?;
    let name = match receiver {
        Value::Primitive(primitive) if matches!(primitive.sync, Sync::Semaphore { .. }) => "Semaphore.acquire",
        _ => "Lock.acquire",
    };
    acquire_for(receiver, name, Value::Bool(true))
}

/// See `asyncio.locks._ContextManagerMixin`.
fn enter(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    acquire_for(arguments.alone("__aenter__")?, "__aenter__", Value::None)
}

fn leave(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [held, ..] = arguments.bind("__aexit__", ["self", "exc_type", "exc", "tb"], 4)?;
    coroutine("__aexit__", Releasing(primitive(held)?.clone()))
}

/// What to await instead of a lock or semaphore that is awaited for a `with`, as was once possible: it acquires, and
/// gives what releases at the end of the `with`.
pub fn offer_lock(value: &Value) -> Option<Value> {
    static HELD: NativeClass = NativeClass {
        name: "_ContextManager",
        methods: &[
            Native { name: "__enter__", call: |_, _| Ok(Value::None) },
            Native {
                name: "__exit__",
                call: |machine, it| {
                    release_primitive(machine, &*Object::state_of::<Primitive>(&it.positional[0])?)?;
                    Ok(Value::None)
                },
            },
        ],
        ..NativeClass::PLAIN
    };
    let Value::Primitive(primitive) = value else { return None };
    held(primitive)?;
    acquire_for(value, "__await__", Object::value(&HELD, primitive.clone())).ok()
}

fn acquire_for(value: &Value, name: &'static str, result: Value) -> Result<Value, Raised> {
    match Acquiring::new(primitive(value)?, result) {
        Some(state) => coroutine(name, state),
        None => unfit(value, "cannot be acquired"),
    }
}

fn release(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    release_primitive(machine, receiver(arguments, "release")?)?;
    Ok(Value::None)
}

/// Gives a lock, a condition's lock or a permit back.
pub fn release_primitive(machine: &mut Machine, primitive: &Primitive) -> Result<(), Raised> {
    let Some((id, held)) = held(primitive) else { return Ok(()) };
    match held {
        Held::Lock(lock) if !lock.is_locked() => {
            return raise(ExceptionKind::RuntimeError, "Lock is not acquired.");
        }
        Held::Semaphore(semaphore, Some(bound)) if semaphore.value() >= bound => {
            return raise(ExceptionKind::ValueError, "BoundedSemaphore released too many times");
        }
        _ => {}
    }
    machine.record(Event::Released { primitive: id });
    match held {
        Held::Lock(lock) => drop(lock.release()),
        Held::Semaphore(semaphore, _) => semaphore.release(),
    }
    machine.event_loop().collect_wakes();
    Ok(())
}

/// A native coroutine that acquires a lock, a condition's lock or a permit: `acquire`, and the beginning of
/// `async with`.
struct Acquiring {
    id: PrimitiveId,
    /// Gone when the wait is over: what is dropped passes its turn on.
    wait: Option<Wait>,
    /// What awaiting it gives.
    result: Value,
}

enum Wait {
    Lock(Acquire<Rc<sync::Lock>>),
    Semaphore(Acquire<Rc<sync::Semaphore>>),
}

impl Acquiring {
    /// Acquires a primitive, if it can be acquired.
    fn new(primitive: &Primitive, result: Value) -> Option<Self> {
        let (id, held) = held(primitive)?;
        let wait = match held {
            Held::Lock(lock) => Wait::Lock(Acquire::new(lock.clone())),
            Held::Semaphore(semaphore, _) => Wait::Semaphore(Acquire::new(semaphore.clone())),
        };
        Some(Self { id, wait: Some(wait), result })
    }
}

impl Awaitable for Acquiring {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.wait = None;
            return Err(exception);
        }
        let polled = match &mut self.wait {
            Some(Wait::Lock(future)) => poll(machine, future),
            Some(Wait::Semaphore(future)) => poll(machine, future),
            None => return Ok(Polled::Ready(self.result.clone())),
        };
        let primitive = self.id;
        if polled == Poll::Pending {
            return Ok(Polled::Pending(Request::Primitive { primitive, intent: Intent::Acquire }));
        }
        machine.record(Event::Acquired { primitive });
        Ok(Polled::Ready(self.result.clone()))
    }

    fn cancel(&mut self) -> bool {
        match &mut self.wait {
            Some(Wait::Lock(future)) => future.cancel(),
            Some(Wait::Semaphore(future)) => future.cancel(),
            None => false,
        }
    }
}

/// Leaving `async with`: it releases, without waiting.
struct Releasing(Rc<Primitive>);

impl Awaitable for Releasing {
    fn resume(&mut self, machine: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
        release_primitive(machine, &self.0)?;
        Ok(Polled::Ready(Value::None))
    }
}
