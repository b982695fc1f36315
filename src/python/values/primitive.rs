//! Primitives as programs hold them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::{Class, Value, repr};
use crate::sync::{self, BarrierState, Buffer, BufferedQueue};
use crate::trace::PrimitiveId;

/// A primitive as programs hold it.
pub struct Primitive {
    pub id: PrimitiveId,
    pub sync: Sync,
    /// Whether it has been stored in a variable, whose name is its own on the page.
    pub named: Cell<Named>,
}

/// How well a primitive's name tells it from others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    #[default]
    Not,
    /// After an attribute: another object of the same class has one of the same name.
    InObject,
    /// After a variable.
    Fully,
}

/// The primitive itself.
pub enum Sync {
    Lock(Rc<sync::Lock>),
    Event(Rc<sync::Event>),
    Condition {
        condition: Rc<sync::Condition<Rc<sync::Lock>>>,
        lock: Rc<sync::Lock>,
        /// The primitive that the lock is, unless it is the condition's own.
        shared: Option<PrimitiveId>,
    },
    Semaphore {
        semaphore: Rc<sync::Semaphore>,
        /// A `BoundedSemaphore` raises when it is released more often than acquired.
        bound: Option<Cell<usize>>,
    },
    Barrier(Rc<sync::Barrier>),
    Queue(Queue),
}

/// A queue of any of the three classes.
pub struct Queue {
    pub order: Order,
    pub queue: Rc<BufferedQueue<Items>>,
    /// As the program gave it: what is not above 0 means no limit.
    pub maxsize: RefCell<Value>,
    /// Of a priority queue, the items in the order in which they will come out, as far as that is known.
    pub ranking: RefCell<Vec<Value>>,
}

/// In which order a queue gives its items out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// First in, first out: `Queue`.
    First,
    /// Last in, first out: `LifoQueue`.
    Last,
    /// The least first: `PriorityQueue`.
    Least,
}

/// The items of a queue, of a priority queue as a heap. Comparing items may run the program or fail, so it is not the
/// buffer itself that keeps the heap in order.
#[derive(Default)]
pub struct Items(pub VecDeque<Value>);

impl Buffer for Items {
    type Item = Value;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn put(&mut self, item: Value) {
        self.0.push_back(item);
    }

    fn get(&mut self) -> Option<Value> {
        self.0.pop_front()
    }

    fn iter(&self) -> impl Iterator<Item = &Value> {
        self.0.iter()
    }
}

impl Primitive {
    /// Its class.
    pub fn class(&self) -> Class {
        match &self.sync {
            Sync::Lock(_) => Class::Lock,
            Sync::Event(_) => Class::Event,
            Sync::Condition { .. } => Class::Condition,
            Sync::Semaphore { bound: None, .. } => Class::Semaphore,
            Sync::Semaphore { bound: Some(_), .. } => Class::BoundedSemaphore,
            Sync::Barrier(_) => Class::Barrier,
            Sync::Queue(queue) => match queue.order {
                Order::First => Class::Queue,
                Order::Last => Class::LifoQueue,
                Order::Least => Class::PriorityQueue,
            },
        }
    }

    /// What `id` and `repr` give for its address: the same in every run.
    pub fn address(&self) -> i64 {
        0x7f10_0000_0000 + 0x40 * i64::from(self.id.0)
    }

    /// It as `repr` shows it, or without its address where `str` shows none.
    pub fn shown(&self, address: Option<&str>) -> String {
        let (name, address) = (self.class().qualified_name(), address.unwrap_or_default());
        if let Sync::Queue(queue) = &self.sync {
            let at = if address.is_empty() { String::new() } else { [" at ", address].concat() };
            return format!("<{}{at} {}>", self.class().name(), queue.shown());
        }
        let (state, waiting) = match &self.sync {
            Sync::Lock(lock) => (locked(lock.is_locked()).to_owned(), lock.waiting()),
            Sync::Event(event) => (if event.is_set() { "set" } else { "unset" }.to_owned(), event.waiting()),
            Sync::Condition { condition, .. } => (locked(condition.is_locked()).to_owned(), condition.waiting()),
            Sync::Semaphore { semaphore, .. } if semaphore.is_locked() => ("locked".to_owned(), semaphore.waiting()),
            Sync::Semaphore { semaphore, .. } => {
                (format!("unlocked, value:{}", semaphore.value()), semaphore.waiting())
            }
            Sync::Barrier(barrier) if barrier.is_broken() => ("broken".to_owned(), 0),
            Sync::Barrier(barrier) => {
                let state = match barrier.state() {
                    BarrierState::Filling => "filling",
                    BarrierState::Draining => "draining",
                    BarrierState::Resetting | BarrierState::Broken => "resetting",
                };
                (format!("{state}, waiters:{}/{}", barrier.waiting(), barrier.parties()), 0)
            }
            Sync::Queue(_) => Default::default(),
        };
        let waiters = if waiting > 0 { format!(", waiters:{waiting}") } else { String::new() };
        format!("<{name} object at {address} [{state}{waiters}]>")
    }
}

fn locked(is_locked: bool) -> &'static str {
    if is_locked { "locked" } else { "unlocked" }
}

impl Queue {
    fn shown(&self) -> String {
        let queue = &self.queue;
        let mut shown = format!("maxsize={}", repr(&self.maxsize.borrow()));
        let items = queue.items();
        if !items.is_empty() {
            shown += &format!(" _queue={}", repr(&Value::list(items)));
        }
        if queue.getters() > 0 {
            shown += &format!(" _getters[{}]", queue.getters());
        }
        if queue.putters() > 0 {
            shown += &format!(" _putters[{}]", queue.putters());
        }
        if queue.unfinished() > 0 {
            shown += &format!(" tasks={}", queue.unfinished());
        }
        if queue.is_shut_down() {
            shown += " shutdown";
        }
        shown
    }
}
