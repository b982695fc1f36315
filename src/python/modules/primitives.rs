//! `asyncio.Lock`, `Semaphore`, `BoundedSemaphore` and `Queue`, over those of [`crate::sync`].

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::event_loop::{Input, Request};
use crate::python::machine::{Machine, shorten};
use crate::python::values::{
    Arguments, Awaitable, Class, ExceptionKind, Native, NativeClass, NativeCoroutine, Object, Polled, Primitive,
    Raised, Sync, Value, raise,
};
use crate::sync::{self, Acquire, GetNowaitError, PutNowaitError};
use crate::trace::{Event, Intent, PrimitiveKind};

/// The class with this name.
pub fn class(name: &str) -> Option<Class> {
    [Class::Lock, Class::Semaphore, Class::BoundedSemaphore, Class::Queue]
        .into_iter()
        .find(|class| class.name() == name)
}

/// What calling a class of primitives does.
pub fn constructor(class: Class) -> Option<&'static Native> {
    static CONSTRUCTORS: &[(Class, Native)] = &[
        (Class::Lock, Native { name: "Lock", call: new_lock }),
        (Class::Semaphore, Native { name: "Semaphore", call: |machine, it| new_semaphore(machine, it, false) }),
        (
            Class::BoundedSemaphore,
            Native { name: "BoundedSemaphore", call: |machine, it| new_semaphore(machine, it, true) },
        ),
        (Class::Queue, Native { name: "Queue", call: new_queue }),
    ];
    CONSTRUCTORS.iter().find(|(made, _)| *made == class).map(|(_, native)| native)
}

/// Methods of locks.
pub static LOCK: &[Native] = &[
    Native { name: "acquire", call: acquire },
    Native { name: "release", call: release },
    Native { name: "locked", call: locked },
    Native { name: "__aenter__", call: enter },
    Native { name: "__aexit__", call: leave },
];

/// Methods of semaphores.
pub static SEMAPHORE: &[Native] = LOCK;

/// Methods of queues.
pub static QUEUE: &[Native] = &[
    Native { name: "put", call: put },
    Native { name: "get", call: get },
    Native { name: "join", call: join },
    Native { name: "put_nowait", call: put_nowait },
    Native { name: "get_nowait", call: get_nowait },
    Native { name: "task_done", call: task_done },
    Native { name: "qsize", call: |_, it| Ok(Value::from(queue(it.alone("qsize")?)?.1.len())) },
    Native { name: "empty", call: |_, it| Ok(Value::Bool(queue(it.alone("empty")?)?.1.is_empty())) },
    Native { name: "full", call: |_, it| Ok(Value::Bool(queue(it.alone("full")?)?.1.is_full())) },
];

fn new_lock(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind("Lock", [], 0)?;
    Ok(machine.new_primitive(PrimitiveKind::Lock, 1, Sync::Lock(Rc::new(sync::Lock::new()))))
}

fn new_semaphore(machine: &mut Machine, arguments: &Arguments<'_>, is_bounded: bool) -> Result<Value, Raised> {
    let [value] = arguments.bind("Semaphore", ["value"], 0)?;
    let permits = match value {
        Value::Unbound => 1,
        Value::Int(permits) if *permits < 0 => {
            return raise(ExceptionKind::ValueError, "Semaphore initial value must be >= 0");
        }
        Value::Int(permits) => *permits as usize,
        Value::Bool(permit) => usize::from(*permit),
        other => {
            let message = format!("'<' not supported between instances of '{}' and 'int'", other.type_name());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    let semaphore = Rc::new(sync::Semaphore::new(permits));
    let sync = Sync::Semaphore { semaphore, bound: is_bounded.then_some(permits) };
    let kind = if is_bounded { PrimitiveKind::BoundedSemaphore } else { PrimitiveKind::Semaphore };
    Ok(machine.new_primitive(kind, permits, sync))
}

fn new_queue(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [size] = arguments.bind("Queue", ["maxsize"], 0)?;
    let capacity = match size {
        Value::Unbound => 0,
        // A negative size means no limit, too.
        Value::Int(size) => usize::try_from(*size).unwrap_or(0),
        Value::Bool(size) => usize::from(*size),
        Value::Float(size) if size.is_finite() => size.max(0.0).ceil() as usize,
        other => {
            let message = format!("'<=' not supported between instances of '{}' and 'int'", other.type_name());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    Ok(machine.new_primitive(PrimitiveKind::Queue, capacity, Sync::Queue(Rc::new(sync::Queue::new(capacity)))))
}

fn primitive(value: &Value) -> Result<&Rc<Primitive>, Raised> {
    match value {
        Value::Primitive(primitive) => Ok(primitive),
        other => raise(ExceptionKind::TypeError, format!("a primitive was expected, got {}", other.type_name())),
    }
}

fn queue(value: &Value) -> Result<(&Rc<Primitive>, &Rc<sync::Queue<Value>>), Raised> {
    let primitive = primitive(value)?;
    match &primitive.sync {
        Sync::Queue(queue) => Ok((primitive, queue)),
        _ => raise(ExceptionKind::TypeError, format!("a queue was expected, got {}", value.type_name())),
    }
}

fn locked(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Bool(match &primitive(arguments.alone("locked")?)?.sync {
        Sync::Lock(lock) => lock.is_locked(),
        Sync::Semaphore { semaphore, .. } => semaphore.is_locked(),
        Sync::Queue(_) => false,
    }))
}

fn acquire(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = primitive(arguments.alone("acquire")?)?.clone();
    Ok(NativeCoroutine::value("acquire", Waiting::acquire(primitive, Value::Bool(true))))
}

/// See `asyncio.locks._ContextManagerMixin`.
fn enter(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = primitive(arguments.alone("__aenter__")?)?.clone();
    Ok(NativeCoroutine::value("__aenter__", Waiting::acquire(primitive, Value::None)))
}

fn leave(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [held, ..] = arguments.bind("__aexit__", ["self", "exc_type", "exc", "tb"], 4)?;
    Ok(NativeCoroutine::value("__aexit__", Leave(primitive(held)?.clone())))
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
    match value {
        Value::Primitive(held) if !matches!(held.sync, Sync::Queue(_)) => {
            let held = held.clone();
            let manager = Object::value(&HELD, held.clone());
            Some(NativeCoroutine::value("__await__", Waiting::acquire(held, manager)))
        }
        _ => None,
    }
}

fn release(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = primitive(arguments.alone("release")?)?;
    release_primitive(machine, primitive)?;
    Ok(Value::None)
}

fn release_primitive(machine: &mut Machine, primitive: &Primitive) -> Result<(), Raised> {
    match &primitive.sync {
        Sync::Lock(lock) if !lock.is_locked() => {
            return raise(ExceptionKind::RuntimeError, "Lock is not acquired.");
        }
        Sync::Semaphore { semaphore, bound: Some(bound) } if semaphore.value() >= *bound => {
            return raise(ExceptionKind::ValueError, "BoundedSemaphore released too many times");
        }
        _ => {}
    }
    machine.record(Event::Released { primitive: primitive.id });
    match &primitive.sync {
        Sync::Lock(lock) => drop(lock.release()),
        Sync::Semaphore { semaphore, .. } => semaphore.release(),
        Sync::Queue(_) => {}
    }
    machine.event_loop().collect_wakes();
    Ok(())
}

/// An item has come into a queue, at its end.
fn put_event(primitive: &Primitive, item: String) -> Event {
    let position = match &primitive.sync {
        Sync::Queue(queue) => queue.len().saturating_sub(1) as u32,
        _ => 0,
    };
    Event::Put { primitive: primitive.id, item: item.into(), position }
}

/// What a task can wait for at a primitive.
enum Wait {
    Lock(Acquire<Rc<sync::Lock>>),
    Semaphore(Acquire<Rc<sync::Semaphore>>),
    Put(sync::Put<Rc<sync::Queue<Value>>>, Value),
    Get(sync::Get<Rc<sync::Queue<Value>>>),
    Join(sync::Join<Rc<sync::Queue<Value>>>),
}

impl Wait {
    fn intent(&self) -> Intent {
        match self {
            Self::Lock(_) | Self::Semaphore(_) => Intent::Acquire,
            Self::Put(..) => Intent::Put,
            Self::Get(_) => Intent::Get,
            Self::Join(_) => Intent::Join,
        }
    }
}

/// A native coroutine that waits for its turn at a primitive: `acquire`, the beginning of `async with`, `put`, `get`
/// and `join`.
struct Waiting {
    primitive: Rc<Primitive>,
    /// Gone when the wait is over: what is dropped passes its turn on.
    wait: Option<Wait>,
    /// What awaiting it gives, but for `get`.
    result: Value,
}

impl Waiting {
    /// Acquires a lock or semaphore.
    fn acquire(primitive: Rc<Primitive>, result: Value) -> Self {
        let wait = match &primitive.sync {
            Sync::Lock(lock) => Some(Wait::Lock(Acquire::new(lock.clone()))),
            Sync::Semaphore { semaphore, .. } => Some(Wait::Semaphore(Acquire::new(semaphore.clone()))),
            Sync::Queue(_) => None,
        };
        Self { primitive, wait, result }
    }

    fn at_queue(primitive: &Rc<Primitive>, wait: Wait) -> Self {
        Self { primitive: primitive.clone(), wait: Some(wait), result: Value::None }
    }
}

impl Awaitable for Waiting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.wait = None;
            return Err(exception);
        }
        let Some(wait) = &mut self.wait else { return Ok(Polled::Ready(self.result.clone())) };
        let primitive = self.primitive.id;
        let waker = machine.event_loop().waker();
        let context = &mut Context::from_waker(&waker);
        let polled = match wait {
            Wait::Lock(future) => Pin::new(future).poll(context).map(|()| Ok(Some(Event::Acquired { primitive }))),
            Wait::Semaphore(future) => Pin::new(future).poll(context).map(|()| Ok(Some(Event::Acquired { primitive }))),
            Wait::Put(future, item) => Pin::new(future).poll(context).map(|result| match result {
                Ok(()) => Ok(Some(put_event(&self.primitive, shorten(item)))),
                Err(_) => Err(ExceptionKind::QueueShutDown),
            }),
            Wait::Get(future) => Pin::new(future).poll(context).map(|result| match result {
                Ok(item) => {
                    let shown = shorten(&item).into();
                    self.result = item;
                    Ok(Some(Event::Got { primitive, item: shown }))
                }
                Err(_) => Err(ExceptionKind::QueueShutDown),
            }),
            Wait::Join(future) => Pin::new(future).poll(context).map(|()| Ok(None)),
        };
        match polled {
            Poll::Pending => Ok(Polled::Pending(Request::Primitive { primitive, intent: wait.intent() })),
            Poll::Ready(Err(kind)) => raise_empty(kind),
            Poll::Ready(Ok(event)) => {
                if let Some(event) = event {
                    machine.record(event);
                }
                Ok(Polled::Ready(self.result.clone()))
            }
        }
    }

    fn cancel(&mut self) -> bool {
        match &mut self.wait {
            Some(Wait::Lock(future)) => future.cancel(),
            Some(Wait::Semaphore(future)) => future.cancel(),
            Some(Wait::Put(future, _)) => future.cancel(),
            Some(Wait::Get(future)) => future.cancel(),
            Some(Wait::Join(future)) => future.cancel(),
            None => false,
        }
    }
}

/// Leaving `async with` of a lock or semaphore: it releases, without waiting.
struct Leave(Rc<Primitive>);

impl Awaitable for Leave {
    fn resume(&mut self, machine: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
        release_primitive(machine, &self.0)?;
        Ok(Polled::Ready(Value::None))
    }
}

fn put(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put", ["self", "item"], 2)?;
    let (primitive, queue) = queue(receiver)?;
    let wait = Wait::Put(sync::Put::new(queue.clone(), item.clone()), item.clone());
    Ok(NativeCoroutine::value("put", Waiting::at_queue(primitive, wait)))
}

fn get(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("get")?)?;
    let wait = Wait::Get(sync::Get::new(queue.clone()));
    Ok(NativeCoroutine::value("get", Waiting::at_queue(primitive, wait)))
}

fn join(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("join")?)?;
    let wait = Wait::Join(sync::Join::new(queue.clone()));
    Ok(NativeCoroutine::value("join", Waiting::at_queue(primitive, wait)))
}

fn put_nowait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put_nowait", ["self", "item"], 2)?;
    let (primitive, queue) = queue(receiver)?;
    let shown = shorten(item);
    match queue.put_nowait(item.clone()) {
        Ok(()) => {
            machine.record(put_event(primitive, shown));
            machine.event_loop().collect_wakes();
            Ok(Value::None)
        }
        Err(PutNowaitError::Full(_)) => raise_empty(ExceptionKind::QueueFull),
        Err(PutNowaitError::ShutDown(_)) => raise_empty(ExceptionKind::QueueShutDown),
    }
}

fn get_nowait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("get_nowait")?)?;
    match queue.get_nowait() {
        Ok(item) => {
            machine.record(Event::Got { primitive: primitive.id, item: shorten(&item).into() });
            machine.event_loop().collect_wakes();
            Ok(item)
        }
        Err(GetNowaitError::Empty) => raise_empty(ExceptionKind::QueueEmpty),
        Err(GetNowaitError::ShutDown) => raise_empty(ExceptionKind::QueueShutDown),
    }
}

fn task_done(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("task_done")?)?;
    match queue.task_done() {
        Ok(()) => {
            machine.record(Event::TaskDone { primitive: primitive.id });
            machine.event_loop().collect_wakes();
            Ok(Value::None)
        }
        Err(error) => raise(ExceptionKind::ValueError, error.to_string()),
    }
}

/// The exceptions of queues carry no message.
fn raise_empty<T>(kind: ExceptionKind) -> Result<T, Raised> {
    Err(crate::python::values::Exception::new(kind, Vec::new()))
}
