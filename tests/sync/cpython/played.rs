//! The primitives behind the names of the record.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::convert::Infallible;
use std::error::Error;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, ready};

use signalbox::sync::{
    Acquirable, Acquire, Barrier, BarrierChange, BarrierWait, BoundedSemaphore, Buffer, BufferedQueue, Condition,
    ConditionWait, Event, EventWait, Get, Join, LifoQueue, Lock, PriorityQueue, Put, Queue, Semaphore, ShutDown,
    WaitForItem, WaitForRoom,
};

/// A primitive that is called by name.
pub trait Played {
    fn call(&self, name: &str, number: usize) -> Called;
    fn look(&self) -> String;
}

/// What a call comes to.
pub enum Called {
    Said(String),
    Waits(Box<dyn Waits>),
}

/// A future that tells its result in the words of the record.
pub trait Waits {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String>;
    fn cancel(&mut self) -> bool;
    /// Lets it go on after it was cancelled, if it does.
    fn interrupt(&mut self) -> bool;
}

/// The primitive that a title of the record is about.
pub fn played(kind: &str, number: usize) -> Box<dyn Played> {
    match kind {
        "lock" => Box::new(Rc::new(Lock::new())),
        "semaphore" => Box::new(Rc::new(Semaphore::new(number))),
        "bounded_semaphore" => Box::new(Rc::new(BoundedSemaphore::new(number))),
        "event" => Box::new(Rc::new(Event::new())),
        "conditions" => Box::new(Conditions::default()),
        "barrier" => Box::new(Rc::new(Barrier::new(number).unwrap())),
        "queue" => Box::new(Rc::new(Queue::<Ranked>::new(number))),
        "lifo_queue" => Box::new(Rc::new(LifoQueue::<Ranked>::new(number))),
        "priority_queue" => Box::new(Rc::new(PriorityQueue::<Ranked>::new(number))),
        _ => unreachable!("{kind}"),
    }
}

struct Wait<F: Future> {
    future: F,
    said: fn(F::Output) -> String,
    cancel: fn(&mut F) -> bool,
    interrupt: Option<fn(&mut F)>,
}

impl<F: Future + Unpin> Waits for Wait<F> {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String> {
        Pin::new(&mut self.future).poll(context).map(self.said)
    }

    fn cancel(&mut self) -> bool {
        (self.cancel)(&mut self.future)
    }

    fn interrupt(&mut self) -> bool {
        // It makes no difference whether it is cancelled in place first, as it is in the record.
        self.interrupt.map(|interrupt| interrupt(&mut self.future)).is_some()
    }
}

fn waits<F: Future + Unpin + 'static>(
    future: F,
    said: fn(F::Output) -> String,
    cancel: fn(&mut F) -> bool,
    interrupt: Option<fn(&mut F)>,
) -> Called {
    Called::Waits(Box::new(Wait { future, said, cancel, interrupt }))
}

fn acquire<P: Acquirable + 'static>(primitive: &Rc<P>) -> Called {
    waits(Acquire::new(primitive.clone()), done, Acquire::cancel, None)
}

fn done(_: ()) -> String {
    "done".into()
}

/// A result in the words of the record, which says `full` where we say `queue is full`.
fn said<T: Debug, E: Error>(result: Result<T, E>) -> String {
    match result.map(|value| format!("{value:?}")) {
        Ok(value) if value == "()" => done(()),
        Ok(value) => format!("done {value}"),
        Err(error) => match error.to_string().as_str() {
            "the wait was interrupted" => "cancelled".into(),
            error => error.trim_start_matches("queue is ").into(),
        },
    }
}

fn locked(locked: bool) -> &'static str {
    if locked { "locked" } else { "unlocked" }
}

impl Played for Rc<Lock> {
    fn call(&self, name: &str, _: usize) -> Called {
        match name {
            "acquire" => acquire(self),
            "release" => Called::Said(said(self.release())),
            _ => unreachable!("{name}"),
        }
    }

    fn look(&self) -> String {
        format!("{}, {} in line", locked(self.is_locked()), self.waiting())
    }
}

impl Played for Rc<Semaphore> {
    fn call(&self, name: &str, _: usize) -> Called {
        match name {
            "acquire" => acquire(self),
            "release" => {
                self.release();
                Called::Said(done(()))
            }
            _ => unreachable!("{name}"),
        }
    }

    fn look(&self) -> String {
        format!("{}, value {}, {} in line", locked(self.is_locked()), self.value(), self.waiting())
    }
}

impl Played for Rc<BoundedSemaphore> {
    fn call(&self, name: &str, _: usize) -> Called {
        match name {
            "acquire" => acquire(self),
            "release" => Called::Said(said(self.release())),
            _ => unreachable!("{name}"),
        }
    }

    fn look(&self) -> String {
        format!("{}, value {}, {} in line", locked(self.is_locked()), self.value(), self.waiting())
    }
}

impl Played for Rc<Event> {
    fn call(&self, name: &str, _: usize) -> Called {
        match name {
            "wait" => return waits(EventWait::new(self.clone()), done, EventWait::cancel, None),
            "set" => self.set(),
            "clear" => self.clear(),
            _ => unreachable!("{name}"),
        }
        Called::Said(done(()))
    }

    fn look(&self) -> String {
        format!("{}, {} in line", if self.is_set() { "set" } else { "unset" }, self.waiting())
    }
}

/// Two conditions that share a lock.
struct Conditions {
    lock: Rc<Lock>,
    first: Rc<Condition<Rc<Lock>>>,
    second: Rc<Condition<Rc<Lock>>>,
}

impl Default for Conditions {
    fn default() -> Self {
        let lock = Rc::new(Lock::new());
        let [first, second] = [0; 2].map(|_| Rc::new(Condition::over(lock.clone())));
        Self { lock, first, second }
    }
}

impl Played for Conditions {
    fn call(&self, name: &str, number: usize) -> Called {
        let wait = |condition: &Rc<Condition<Rc<Lock>>>| {
            let future = ConditionWait::new(condition.clone());
            waits(future, said, ConditionWait::cancel, Some(ConditionWait::interrupt))
        };
        Called::Said(match name {
            "acquire_lock" => return acquire(&self.lock),
            "acquire_first" => return acquire(&self.first),
            "wait_first" => return wait(&self.first),
            "wait_second" => return wait(&self.second),
            "release_lock" => said(self.lock.release()),
            "release_first" => said(self.first.release()),
            "notify_first" => said(self.first.notify(number % 4)),
            "notify_second" => said(self.second.notify(number % 4)),
            "notify_all_first" => said(self.first.notify_all()),
            _ => unreachable!("{name}"),
        })
    }

    fn look(&self) -> String {
        let Self { lock, first, second } = self;
        let state = locked(first.is_locked());
        format!("{state}, {}, {} and {} in line", lock.waiting(), first.waiting(), second.waiting())
    }
}

impl Played for Rc<Barrier> {
    fn call(&self, name: &str, _: usize) -> Called {
        let barrier = self.clone();
        match name {
            "wait" => waits(BarrierWait::new(barrier), said, BarrierWait::cancel, Some(BarrierWait::interrupt)),
            "reset" => waits(BarrierChange::reset(barrier), done, BarrierChange::cancel, None),
            "abort" => waits(BarrierChange::abort(barrier), done, BarrierChange::cancel, None),
            _ => unreachable!("{name}"),
        }
    }

    fn look(&self) -> String {
        let state = format!("{:?}", self.state()).to_lowercase();
        format!("{state}, {} inside, {} waiting", self.count(), self.waiting())
    }
}

/// An item of a queue. Several have the same rank.
#[derive(Clone)]
struct Ranked(usize);

impl Debug for Ranked {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.0 % 3).cmp(&(other.0 % 3))
    }
}

/// Every other call is made as a host makes it that puts items in order by itself: that must be all the same.
impl<B: Buffer<Item = Ranked> + 'static> Played for Rc<BufferedQueue<B>> {
    fn call(&self, name: &str, number: usize) -> Called {
        let queue = self.clone();
        let by_host = number % 2 == 1;
        Called::Said(match name {
            "put" if by_host => {
                let put = HostPut { room: WaitForRoom::new(queue.clone()), queue, item: number };
                return waits(put, said, |put| put.room.cancel(), None);
            }
            "put" => return waits(Put::new(queue, Ranked(number)), said, Put::cancel, None),
            "get" if by_host => {
                let get = HostGet { item: WaitForItem::new(queue.clone()), queue };
                return waits(get, said, |get| get.item.cancel(), None);
            }
            "get" => return waits(Get::new(queue), said, Get::cancel, None),
            "join" => return waits(Join::new(queue), done, Join::cancel, None),
            "put_nowait" if by_host => said(queue.put_nowait_with(put(number))),
            "put_nowait" => said(queue.put_nowait(Ranked(number))),
            "get_nowait" if by_host => said(queue.get_nowait_with(get)),
            "get_nowait" => said(queue.get_nowait()),
            "task_done" => said(queue.task_done()),
            "shutdown" => {
                queue.shutdown(false);
                done(())
            }
            "shutdown_immediate" if by_host => said(queue.shutdown_with(get)),
            "shutdown_immediate" => {
                queue.shutdown(true);
                done(())
            }
            _ => unreachable!("{name}"),
        })
    }

    fn look(&self) -> String {
        let (getters, putters, unfinished) = (self.getters(), self.putters(), self.unfinished());
        format!("{:?}, {getters} getters, {putters} putters, {unfinished} unfinished", self.items())
    }
}

fn put<B: Buffer<Item = Ranked>>(number: usize) -> impl FnOnce(&RefCell<B>) -> Result<(), Infallible> {
    move |buffer| {
        buffer.borrow_mut().put(Ranked(number));
        Ok(())
    }
}

fn get<B: Buffer>(buffer: &RefCell<B>) -> Result<B::Item, Infallible> {
    Ok(buffer.borrow_mut().get().expect("it is called when there is an item"))
}

struct HostPut<B: Buffer> {
    room: WaitForRoom<Rc<BufferedQueue<B>>>,
    queue: Rc<BufferedQueue<B>>,
    item: usize,
}

impl<B: Buffer<Item = Ranked>> Future for HostPut<B> {
    type Output = Result<(), ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(Pin::new(&mut self.room).poll(context))?;
        Poll::Ready(self.queue.put_nowait_with(put(self.item)).map_err(|_| ShutDown(())))
    }
}

struct HostGet<B: Buffer> {
    item: WaitForItem<Rc<BufferedQueue<B>>>,
    queue: Rc<BufferedQueue<B>>,
}

impl<B: Buffer> Future for HostGet<B> {
    type Output = Result<B::Item, ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(Pin::new(&mut self.item).poll(context))?;
        Poll::Ready(self.queue.get_nowait_with(get).map_err(|_| ShutDown(())))
    }
}
