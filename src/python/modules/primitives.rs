//! `asyncio.Lock`, `Semaphore`, `BoundedSemaphore` and `Queue`, over those of [`crate::sync`].

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::event_loop::{Input, Request};
use crate::python::machine::{Machine, shorten};
use crate::python::values::{
    Arguments, Awaitable, Class, ExceptionKind, Native, NativeCoroutine, Polled, Primitive, Raised, Sync, Value, raise,
};
use crate::sync::{self, Acquire, GetNowaitError, PutNowaitError};
use crate::trace::{Event, Intent, PrimitiveKind};

const SHUT_DOWN: &str = "";

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
    Ok(machine.new_primitive(PrimitiveKind::Semaphore, permits, sync))
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
    Ok(NativeCoroutine::value("acquire", Acquiring::new(primitive, Value::Bool(true))))
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

/// Polls a future of a primitive with the waker of the running task.
fn poll<F: Future + Unpin>(machine: &mut Machine, future: &mut F) -> Poll<F::Output> {
    let waker = machine.event_loop().waker();
    Pin::new(future).poll(&mut Context::from_waker(&waker))
}

enum AnyAcquire {
    Lock(Acquire<Rc<sync::Lock>>),
    Semaphore(Acquire<Rc<sync::Semaphore>>),
}

/// `acquire()`, and the beginning of `async with`.
struct Acquiring {
    primitive: Rc<Primitive>,
    future: Option<AnyAcquire>,
    result: Value,
}

impl Acquiring {
    fn new(primitive: Rc<Primitive>, result: Value) -> Self {
        let future = match &primitive.sync {
            Sync::Lock(lock) => Some(AnyAcquire::Lock(Acquire::new(lock.clone()))),
            Sync::Semaphore { semaphore, .. } => Some(AnyAcquire::Semaphore(Acquire::new(semaphore.clone()))),
            Sync::Queue(_) => None,
        };
        Self { primitive, future, result }
    }
}

impl Awaitable for Acquiring {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.future = None;
            return Err(exception);
        }
        let polled = match &mut self.future {
            Some(AnyAcquire::Lock(future)) => poll(machine, future),
            Some(AnyAcquire::Semaphore(future)) => poll(machine, future),
            None => Poll::Ready(()),
        };
        match polled {
            Poll::Pending => {
                let primitive = self.primitive.id;
                Ok(Polled::Pending(Request::Primitive { primitive, intent: Intent::Acquire }))
            }
            Poll::Ready(()) => {
                machine.record(Event::Acquired { primitive: self.primitive.id });
                Ok(Polled::Ready(self.result.clone()))
            }
        }
    }

    fn cancel(&mut self) -> bool {
        match &mut self.future {
            Some(AnyAcquire::Lock(future)) => future.cancel(),
            Some(AnyAcquire::Semaphore(future)) => future.cancel(),
            None => false,
        }
    }
}

/// Entering `async with` of a lock or semaphore: it acquires, and gives nothing.
pub struct Enter(Acquiring);

impl Enter {
    /// For the primitive to be held.
    pub fn new(primitive: Rc<Primitive>) -> Self {
        Self(Acquiring::new(primitive, Value::None))
    }
}

impl Awaitable for Enter {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        self.0.resume(machine, input)
    }

    fn cancel(&mut self) -> bool {
        self.0.cancel()
    }
}

/// Leaving `async with` of a lock or semaphore: it releases, without waiting.
pub struct Leave(Rc<Primitive>);

impl Leave {
    /// For the primitive that is held.
    pub fn new(primitive: Rc<Primitive>) -> Self {
        Self(primitive)
    }
}

impl Awaitable for Leave {
    fn resume(&mut self, machine: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
        release_primitive(machine, &self.0)?;
        Ok(Polled::Ready(Value::None))
    }
}

fn put(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put", ["self", "item"], 2)?;
    let (primitive, queue) = queue(receiver)?;
    let future = sync::Put::new(queue.clone(), item.clone());
    Ok(NativeCoroutine::value(
        "put",
        Putting { primitive: primitive.clone(), item: item.clone(), future: Some(future) },
    ))
}

struct Putting {
    primitive: Rc<Primitive>,
    item: Value,
    future: Option<sync::Put<Rc<sync::Queue<Value>>>>,
}

impl Awaitable for Putting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.future = None;
            return Err(exception);
        }
        let Some(future) = &mut self.future else { return Ok(Polled::Ready(Value::None)) };
        let primitive = self.primitive.id;
        match poll(machine, future) {
            Poll::Pending => Ok(Polled::Pending(Request::Primitive { primitive, intent: Intent::Put })),
            Poll::Ready(Err(_)) => raise(ExceptionKind::QueueShutDown, SHUT_DOWN),
            Poll::Ready(Ok(())) => {
                machine.record(Event::Put { primitive, item: shorten(&self.item).into() });
                Ok(Polled::Ready(Value::None))
            }
        }
    }

    fn cancel(&mut self) -> bool {
        self.future.as_mut().is_some_and(sync::Put::cancel)
    }
}

fn get(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("get")?)?;
    let future = sync::Get::new(queue.clone());
    Ok(NativeCoroutine::value("get", Getting { primitive: primitive.clone(), future: Some(future) }))
}

struct Getting {
    primitive: Rc<Primitive>,
    future: Option<sync::Get<Rc<sync::Queue<Value>>>>,
}

impl Awaitable for Getting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.future = None;
            return Err(exception);
        }
        let Some(future) = &mut self.future else { return Ok(Polled::Ready(Value::None)) };
        let primitive = self.primitive.id;
        match poll(machine, future) {
            Poll::Pending => Ok(Polled::Pending(Request::Primitive { primitive, intent: Intent::Get })),
            Poll::Ready(Err(_)) => raise(ExceptionKind::QueueShutDown, SHUT_DOWN),
            Poll::Ready(Ok(item)) => {
                machine.record(Event::Got { primitive, item: shorten(&item).into() });
                Ok(Polled::Ready(item))
            }
        }
    }

    fn cancel(&mut self) -> bool {
        self.future.as_mut().is_some_and(sync::Get::cancel)
    }
}

fn join(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (primitive, queue) = queue(arguments.alone("join")?)?;
    let future = sync::Join::new(queue.clone());
    Ok(NativeCoroutine::value("join", Joining { primitive: primitive.clone(), future: Some(future) }))
}

struct Joining {
    primitive: Rc<Primitive>,
    future: Option<sync::Join<Rc<sync::Queue<Value>>>>,
}

impl Awaitable for Joining {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.future = None;
            return Err(exception);
        }
        let Some(future) = &mut self.future else { return Ok(Polled::Ready(Value::None)) };
        let primitive = self.primitive.id;
        match poll(machine, future) {
            Poll::Pending => Ok(Polled::Pending(Request::Primitive { primitive, intent: Intent::Join })),
            Poll::Ready(()) => Ok(Polled::Ready(Value::None)),
        }
    }

    fn cancel(&mut self) -> bool {
        self.future.as_mut().is_some_and(sync::Join::cancel)
    }
}

fn put_nowait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put_nowait", ["self", "item"], 2)?;
    let (primitive, queue) = queue(receiver)?;
    let shown = shorten(item);
    match queue.put_nowait(item.clone()) {
        Ok(()) => {
            machine.record(Event::Put { primitive: primitive.id, item: shown.into() });
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
fn raise_empty(kind: ExceptionKind) -> Result<Value, Raised> {
    Err(crate::python::values::Exception::new(kind, Vec::new()))
}
