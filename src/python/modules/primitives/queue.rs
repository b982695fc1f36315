//! `Queue`, `PriorityQueue` and `LifoQueue`.

use std::cell::RefCell;
use std::rc::Rc;
use std::task::Poll;

use super::lock::not_comparable;
use super::{coroutine, heap, poll, primitive, receiver};
use crate::event_loop::{Input, Request};
use crate::python::machine::{Machine, shorten};
use crate::python::values::{
    Arguments, Awaitable, Exception, ExceptionKind, Items, Native, Order, Polled, Primitive, Queue, Raised, Sync,
    Value, raise,
};
use crate::sync::{BufferedQueue, GetNowaitWithError, Join, PutNowaitWithError, WaitForItem, WaitForRoom};
use crate::trace::{Event, Intent, PrimitiveKind};

/// Methods of queues.
pub static METHODS: &[Native] = &[
    Native { name: "put", call: put },
    Native { name: "get", call: get },
    Native { name: "join", call: join },
    Native { name: "put_nowait", call: put_nowait },
    Native { name: "get_nowait", call: get_nowait },
    Native { name: "task_done", call: task_done },
    Native { name: "shutdown", call: shutdown },
    Native { name: "qsize", call: |_, it| Ok(Value::from(queue(receiver(it, "qsize")?)?.queue.len())) },
    Native { name: "empty", call: |_, it| Ok(Value::Bool(queue(receiver(it, "empty")?)?.queue.is_empty())) },
    Native { name: "full", call: |_, it| Ok(Value::Bool(limited(receiver(it, "full")?)?.queue.is_full())) },
];

pub fn new_queue(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    new(machine, arguments, PrimitiveKind::Queue, Order::First)
}

pub fn new_priority_queue(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    new(machine, arguments, PrimitiveKind::PriorityQueue, Order::Least)
}

pub fn new_lifo_queue(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    new(machine, arguments, PrimitiveKind::LifoQueue, Order::Last)
}

fn new(machine: &mut Machine, arguments: &Arguments<'_>, kind: PrimitiveKind, order: Order) -> Result<Value, Raised> {
    let [size] = arguments.bind_init("Queue", ["maxsize"], 0)?;
    let capacity = match size {
        Value::Unbound => 0,
        // A negative size means no limit, too.
        Value::Int(size) => usize::try_from(*size).unwrap_or(0),
        Value::Bool(size) => usize::from(*size),
        Value::Float(size) if size.is_finite() => size.max(0.0).ceil() as usize,
        // Only `full` looks at it.
        _ => 0,
    };
    let queue = Queue {
        order,
        queue: Rc::new(BufferedQueue::new(capacity)),
        maxsize: RefCell::new(size.given_or(Value::Int(0))),
        ranking: RefCell::default(),
    };
    Ok(machine.new_primitive(kind, capacity, Sync::Queue(queue)))
}

fn queue(primitive: &Primitive) -> Result<&Queue, Raised> {
    match &primitive.sync {
        Sync::Queue(queue) => Ok(queue),
        _ => raise(ExceptionKind::TypeError, "a queue was expected"),
    }
}

/// A queue whose limit can be looked at.
fn limited(primitive: &Primitive) -> Result<&Queue, Raised> {
    let queue = queue(primitive)?;
    match &*queue.maxsize.borrow() {
        Value::Int(_) | Value::Bool(_) | Value::Float(_) => Ok(queue),
        other => not_comparable("<=", other),
    }
}

/// The exceptions of queues carry no message.
fn raise_empty<T>(kind: ExceptionKind) -> Result<T, Raised> {
    Err(Exception::new(kind, Vec::new()))
}

/// Puts an item into a queue that has room for it, and says how many others would come out before it.
fn put_item(machine: &mut Machine, primitive: &Primitive, item: &Value) -> Result<Value, Raised> {
    let queue = limited(primitive)?;
    let result = queue.queue.put_nowait_with(|items| {
        let position = match queue.order {
            Order::First => items.borrow().0.len(),
            Order::Last => 0,
            Order::Least => heap::rank(&mut queue.ranking.borrow_mut(), item),
        };
        let shown = shorten(item).into();
        machine.record(Event::Put { primitive: primitive.id, item: shown, position: position as u32 });
        match queue.order {
            Order::Least => heap::push(machine, items, item.clone()),
            Order::First | Order::Last => {
                items.borrow_mut().0.push_back(item.clone());
                Ok(())
            }
        }
    });
    machine.event_loop().collect_wakes();
    match result {
        Ok(()) => Ok(Value::None),
        Err(PutNowaitWithError::Full) => raise_empty(ExceptionKind::QueueFull),
        Err(PutNowaitWithError::ShutDown) => raise_empty(ExceptionKind::QueueShutDown),
        Err(PutNowaitWithError::Failed(exception)) => Err(exception),
    }
}

/// Takes the next item out of a queue that has one.
fn get_item(machine: &mut Machine, primitive: &Primitive) -> Result<Value, Raised> {
    let queue = queue(primitive)?;
    let result = queue.queue.get_nowait_with(|items| {
        let item = take(machine, queue, items)?;
        machine.record(Event::Got { primitive: primitive.id, item: shorten(&item).into() });
        Ok(item)
    });
    machine.event_loop().collect_wakes();
    match result {
        Ok(item) => Ok(item),
        Err(GetNowaitWithError::Empty) => raise_empty(ExceptionKind::QueueEmpty),
        Err(GetNowaitWithError::ShutDown) => raise_empty(ExceptionKind::QueueShutDown),
        Err(GetNowaitWithError::Failed(exception)) => Err(exception),
    }
}

fn take(machine: &mut Machine, queue: &Queue, items: &RefCell<Items>) -> Result<Value, Raised> {
    let taken = match queue.order {
        Order::First => items.borrow_mut().0.pop_front(),
        Order::Last => items.borrow_mut().0.pop_back(),
        Order::Least => heap::pop(machine, items)?,
    };
    let Some(item) = taken else { return raise(ExceptionKind::IndexError, "pop from an empty deque") };
    let mut ranking = queue.ranking.borrow_mut();
    if let Some(position) = ranking.iter().position(|other| other.is(&item)) {
        ranking.remove(position);
    }
    Ok(item)
}

/// A native coroutine that waits at a queue: `put`, `get` and `join`.
struct Waiting {
    primitive: Rc<Primitive>,
    /// Gone when the wait is over: what is dropped passes its turn on.
    wait: Option<Wait>,
}

type Handle = Rc<BufferedQueue<Items>>;

enum Wait {
    Put(WaitForRoom<Handle>, Value),
    Get(WaitForItem<Handle>),
    Join(Join<Handle>),
}

impl Awaitable for Waiting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.wait = None;
            return Err(exception);
        }
        let (polled, intent) = match &mut self.wait {
            Some(Wait::Put(future, _)) => (poll(machine, future), Intent::Put),
            Some(Wait::Get(future)) => (poll(machine, future), Intent::Get),
            Some(Wait::Join(future)) => (poll(machine, future).map(Ok), Intent::Join),
            None => return Ok(Polled::Ready(Value::None)),
        };
        match polled {
            Poll::Pending => Ok(Polled::Pending(Request::Primitive { primitive: self.primitive.id, intent })),
            Poll::Ready(Err(_)) => raise_empty(ExceptionKind::QueueShutDown),
            Poll::Ready(Ok(())) => {
                let result = match self.wait.take() {
                    Some(Wait::Put(_, item)) => put_item(machine, &self.primitive, &item)?,
                    Some(Wait::Get(_)) => get_item(machine, &self.primitive)?,
                    _ => Value::None,
                };
                Ok(Polled::Ready(result))
            }
        }
    }

    fn cancel(&mut self) -> bool {
        match &mut self.wait {
            Some(Wait::Put(future, _)) => future.cancel(),
            Some(Wait::Get(future)) => future.cancel(),
            Some(Wait::Join(future)) => future.cancel(),
            None => false,
        }
    }
}

fn put(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put", ["self", "item"], 2)?;
    let primitive = primitive(receiver)?.clone();
    let wait = Wait::Put(WaitForRoom::new(queue(&primitive)?.queue.clone()), item.clone());
    coroutine("Queue.put", Waiting { primitive, wait: Some(wait) })
}

fn get(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = receiver(arguments, "get")?.clone();
    let wait = Wait::Get(WaitForItem::new(queue(&primitive)?.queue.clone()));
    coroutine("Queue.get", Waiting { primitive, wait: Some(wait) })
}

fn join(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = receiver(arguments, "join")?.clone();
    let wait = Wait::Join(Join::new(queue(&primitive)?.queue.clone()));
    coroutine("Queue.join", Waiting { primitive, wait: Some(wait) })
}

fn put_nowait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, item] = arguments.bind("put_nowait", ["self", "item"], 2)?;
    put_item(machine, primitive(receiver)?, item)
}

fn get_nowait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    get_item(machine, receiver(arguments, "get_nowait")?)
}

fn task_done(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = receiver(arguments, "task_done")?;
    match queue(primitive)?.queue.task_done() {
        Ok(()) => {
            machine.record(Event::TaskDone { primitive: primitive.id });
            machine.event_loop().collect_wakes();
            Ok(Value::None)
        }
        Err(error) => raise(ExceptionKind::ValueError, error.to_string()),
    }
}

fn shutdown(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, immediate] = arguments.bind("shutdown", ["self", "immediate"], 1)?;
    let primitive = primitive(receiver)?;
    let queue = queue(primitive)?;
    let immediate = immediate.given_or(Value::Bool(false)).is_true();
    machine.record(Event::ShutDown { primitive: primitive.id, immediate });
    if immediate {
        queue.queue.shutdown_with(|items| take(machine, queue, items))?;
    } else {
        queue.queue.shutdown(false);
    }
    machine.event_loop().collect_wakes();
    Ok(Value::None)
}
