//! [`BufferedQueue`] and its three disciplines: [`Queue`], [`LifoQueue`] and [`PriorityQueue`].

mod buffer;
mod error;
mod futures;
mod waits;

use core::cell::{Cell, RefCell};
use core::fmt;

pub use self::buffer::{Buffer, FirstInFirstOut, LastInFirstOut, SmallestFirst};
pub use self::error::{
    GetNowaitError, GetNowaitWithError, PutNowaitError, PutNowaitWithError, ShutDown, TaskDoneError,
};
pub use self::futures::{AnyQueue, Get, Join, Put};
pub use self::waits::{WaitForItem, WaitForRoom};
use super::wait_list::WaitList;

/// Items that tasks hand to each other, first in first out, with or without a limit to how many can be under way.
///
/// It follows `asyncio.Queue` of CPython 3.14. Putting an item wakes the first in the line of getters; when that one
/// runs it takes the item, or joins the line again at its end if somebody was faster. In the line of putters it is the
/// same with room for an item.
///
/// # Examples
///
/// ```
/// use signalbox::sync::{PutNowaitError, Queue};
/// # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
/// #     loop {
/// #         if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
///
/// block_on(async {
///     let queue = Queue::new(1);
///     queue.put("parcel").await.unwrap();
///     assert_eq!(queue.put_nowait("letter"), Err(PutNowaitError::Full("letter")));
///     assert_eq!(queue.get().await, Ok("parcel"));
///
///     // The parcel is out of the queue, but only now it is dealt with.
///     assert_eq!(queue.unfinished(), 1);
///     queue.task_done().unwrap();
///     queue.join().await;
///
///     queue.shutdown(false);
///     assert!(queue.get().await.is_err());
/// });
/// ```
pub type Queue<T> = BufferedQueue<FirstInFirstOut<T>>;

/// A [`Queue`] that gives out first what was put last: `asyncio.LifoQueue`.
///
/// # Examples
///
/// ```
/// use signalbox::sync::LifoQueue;
///
/// let plates = LifoQueue::new(0);
/// plates.put_nowait("lower").unwrap();
/// plates.put_nowait("upper").unwrap();
/// assert_eq!(plates.get_nowait(), Ok("upper"));
/// ```
pub type LifoQueue<T> = BufferedQueue<LastInFirstOut<T>>;

/// A [`Queue`] that gives out the smallest first: `asyncio.PriorityQueue`. Which of two equal items comes first is
/// decided as CPython's `heapq` does.
///
/// Comparing items must not use the queue: it would panic. Where it may, or may fail, see
/// [`put_nowait_with`](BufferedQueue::put_nowait_with).
///
/// # Examples
///
/// ```
/// use signalbox::sync::PriorityQueue;
///
/// let errands = PriorityQueue::new(0);
/// for errand in [(2, "post"), (1, "bread"), (3, "cinema")] {
///     errands.put_nowait(errand).unwrap();
/// }
/// assert_eq!(errands.get_nowait(), Ok((1, "bread")));
/// assert_eq!(errands.get_nowait(), Ok((2, "post")));
/// ```
pub type PriorityQueue<T> = BufferedQueue<SmallestFirst<T>>;

/// What [`Queue`], [`LifoQueue`] and [`PriorityQueue`] are: everything about a queue but the order in which it gives
/// items out, which is for a [`Buffer`] to decide.
pub struct BufferedQueue<B> {
    /// 0 for no limit.
    capacity: Cell<usize>,
    buffer: RefCell<B>,
    getters: WaitList,
    putters: WaitList,
    joiners: WaitList,
    unfinished: Cell<usize>,
    shut_down: Cell<bool>,
}

impl<B: Buffer> BufferedQueue<B> {
    /// An empty queue with room for `capacity` items, or for any number if `capacity` is 0.
    pub fn new(capacity: usize) -> Self
    where
        B: Default,
    {
        Self::with_buffer(capacity, B::default())
    }

    /// As [`new`](Self::new), with the items in an empty buffer that is at hand.
    pub const fn with_buffer(capacity: usize, buffer: B) -> Self {
        Self {
            capacity: Cell::new(capacity),
            buffer: RefCell::new(buffer),
            getters: WaitList::new(),
            putters: WaitList::new(),
            joiners: WaitList::new(),
            unfinished: Cell::new(0),
            shut_down: Cell::new(false),
        }
    }

    /// Puts an item, when there is room for it. Fails if the queue is shut down before that.
    ///
    /// For a future that borrows nothing, see [`Put::new`].
    pub const fn put(&self, item: B::Item) -> Put<&Self> {
        Put::new(self, item)
    }

    /// Puts an item if there is room for it at once, whoever else may wait for room. Wakes the first getter.
    ///
    /// # Errors
    ///
    /// If the queue is full or shut down. The error gives the item back.
    pub fn put_nowait(&self, item: B::Item) -> Result<(), PutNowaitError<B::Item>> {
        if self.shut_down.get() {
            return Err(PutNowaitError::ShutDown(item));
        }
        if self.is_full() {
            return Err(PutNowaitError::Full(item));
        }
        self.buffer.borrow_mut().put(item);
        self.announce_item();
        Ok(())
    }

    /// Lets `put` put an item if there is room for one at once, and then wakes the first getter. If it fails, nothing
    /// has happened as far as the queue knows.
    ///
    /// This is for items that only the caller can put in order, because comparing them may fail or may use this very
    /// queue: nothing is borrowed when `put` begins. As in CPython, what it does to the queue in the meantime stands,
    /// and is not checked again.
    ///
    /// # Errors
    ///
    /// If the queue is full or shut down, before `put` is called, or if `put` fails.
    ///
    /// # Examples
    ///
    /// ```
    /// use signalbox::sync::{Buffer, PutNowaitWithError, Queue};
    ///
    /// let queue = Queue::new(0);
    /// let put = |word: &'static str| {
    ///     queue.put_nowait_with(|buffer| {
    ///         if word.is_empty() {
    ///             return Err("a word was expected");
    ///         }
    ///         buffer.borrow_mut().put(word);
    ///         Ok(())
    ///     })
    /// };
    /// assert_eq!(put("word"), Ok(()));
    /// assert_eq!(put(""), Err(PutNowaitWithError::Failed("a word was expected")));
    /// assert_eq!(queue.unfinished(), 1);
    /// ```
    pub fn put_nowait_with<E>(
        &self,
        put: impl FnOnce(&RefCell<B>) -> Result<(), E>,
    ) -> Result<(), PutNowaitWithError<E>> {
        if self.shut_down.get() {
            return Err(PutNowaitWithError::ShutDown);
        }
        if self.is_full() {
            return Err(PutNowaitWithError::Full);
        }
        put(&self.buffer).map_err(PutNowaitWithError::Failed)?;
        self.announce_item();
        Ok(())
    }

    /// Waits until there is room for an item, as [`put`](Self::put) does, and puts none. Fails if the queue is full and
    /// shut down.
    ///
    /// What follows in the same poll finds the room; whoever else runs in between may take it.
    ///
    /// For a future that borrows nothing, see [`WaitForRoom::new`].
    pub const fn wait_for_room(&self) -> WaitForRoom<&Self> {
        WaitForRoom::new(self)
    }

    /// Takes the next item, when there is one. Fails if the queue is shut down and empty before that.
    ///
    /// For a future that borrows nothing, see [`Get::new`].
    pub const fn get(&self) -> Get<&Self> {
        Get::new(self)
    }

    /// Takes the next item if there is one now, whoever else may wait for it. Wakes the first putter.
    ///
    /// # Errors
    ///
    /// If the queue is empty, or empty and shut down.
    pub fn get_nowait(&self) -> Result<B::Item, GetNowaitError> {
        match self.take_item() {
            Some(item) => {
                wake_next(&self.putters);
                Ok(item)
            }
            None if self.shut_down.get() => Err(GetNowaitError::ShutDown),
            None => Err(GetNowaitError::Empty),
        }
    }

    /// Lets `get` take an item out if there is one now, and then wakes the first putter. If it fails, nothing has
    /// happened as far as the queue knows.
    ///
    /// This is the counterpart of [`put_nowait_with`](Self::put_nowait_with).
    ///
    /// # Errors
    ///
    /// If the queue is empty, or empty and shut down, before `get` is called, or if `get` fails.
    pub fn get_nowait_with<E>(
        &self,
        get: impl FnOnce(&RefCell<B>) -> Result<B::Item, E>,
    ) -> Result<B::Item, GetNowaitWithError<E>> {
        if self.is_empty() {
            return Err(if self.shut_down.get() { GetNowaitWithError::ShutDown } else { GetNowaitWithError::Empty });
        }
        let item = get(&self.buffer).map_err(GetNowaitWithError::Failed)?;
        wake_next(&self.putters);
        Ok(item)
    }

    /// Waits until there is an item, as [`get`](Self::get) does, and takes none. Fails if the queue is empty and shut
    /// down.
    ///
    /// What follows in the same poll finds the item; whoever else runs in between may take it.
    ///
    /// For a future that borrows nothing, see [`WaitForItem::new`].
    pub const fn wait_for_item(&self) -> WaitForItem<&Self> {
        WaitForItem::new(self)
    }

    /// Reports that an item that was taken is dealt with. When this has been said of every item that was put, those
    /// who [`join`](Self::join) are woken.
    ///
    /// # Errors
    ///
    /// If it has been said of every item before.
    pub fn task_done(&self) -> Result<(), TaskDoneError> {
        let unfinished = self.unfinished.get().checked_sub(1).ok_or(TaskDoneError)?;
        self.unfinished.set(unfinished);
        self.wake_joiners();
        Ok(())
    }

    /// Waits until every item that was put is dealt with. Returns at once if there is nothing unfinished, and once
    /// woken also if more was put in the meantime.
    ///
    /// For a future that borrows nothing, see [`Join::new`].
    pub const fn join(&self) -> Join<&Self> {
        Join::new(self)
    }

    /// Ends the queue: nothing can be put from now on, and when it is empty nothing can be taken. All who wait to put
    /// or get are woken to see for themselves.
    ///
    /// If it is `immediate`, the items are thrown away and count as dealt with.
    pub fn shutdown(&self, immediate: bool) {
        // Dropping an item may run anything, so they live until everything else is done.
        let mut drained = Vec::new();
        self.shut_down.set(true);
        if immediate {
            while let Some(item) = self.take_item() {
                drained.push(item);
                self.forget_item();
            }
            self.wake_joiners();
        }
        self.wake_all();
    }

    /// An immediate [`shutdown`](Self::shutdown) in which `get` takes out one item at a time until none is left.
    ///
    /// # Errors
    ///
    /// If `get` fails. As in CPython, the queue is then shut down, what was taken out before is gone, and nobody has
    /// been woken.
    pub fn shutdown_with<E>(&self, mut get: impl FnMut(&RefCell<B>) -> Result<B::Item, E>) -> Result<(), E> {
        self.shut_down.set(true);
        while !self.is_empty() {
            drop(get(&self.buffer)?);
            self.forget_item();
        }
        self.wake_joiners();
        self.wake_all();
        Ok(())
    }

    /// How many items are in the queue.
    pub fn len(&self) -> usize {
        self.buffer.borrow().len()
    }

    /// Whether there is no item in the queue.
    pub fn is_empty(&self) -> bool {
        self.buffer.borrow().is_empty()
    }

    /// Whether there is no room for another item. Never if there is no limit.
    pub fn is_full(&self) -> bool {
        self.has_no_room(self.len())
    }

    /// How many items there is room for; 0 for no limit.
    pub fn capacity(&self) -> usize {
        self.capacity.get()
    }

    /// Gives the queue room for another number of items from now on, or for any number if `capacity` is 0; items for
    /// which there is no room any more stay. Wakes a putter for each place that is new and free.
    pub fn resize(&self, capacity: usize) {
        let before = self.capacity.replace(capacity);
        let mut places = match (before, capacity) {
            (_, 0) => usize::MAX,
            (0, _) => 0,
            _ => capacity.saturating_sub(before).min(capacity.saturating_sub(self.len())),
        };
        while places > 0 && wake_next(&self.putters) {
            places -= 1;
        }
    }

    /// How many stand in the line of getters. One that was woken does not; one that was cancelled does until it is
    /// dropped or another behind it is woken.
    pub fn getters(&self) -> usize {
        self.getters.len()
    }

    /// How many stand in the line of putters, counted as in [`getters`](Self::getters).
    pub fn putters(&self) -> usize {
        self.putters.len()
    }

    /// How many items were put and are not yet reported with [`task_done`](Self::task_done).
    pub fn unfinished(&self) -> usize {
        self.unfinished.get()
    }

    /// Whether the queue was shut down.
    pub fn is_shut_down(&self) -> bool {
        self.shut_down.get()
    }

    /// The items in the order in which they are stored, as `list(queue._queue)` in CPython: the next one is the first,
    /// and in a [`LifoQueue`] the last. A [`PriorityQueue`] stores them as `heapq` does.
    ///
    /// # Panics
    ///
    /// If cloning an item puts into this queue or takes from it.
    pub fn items(&self) -> Vec<B::Item>
    where
        B::Item: Clone,
    {
        self.buffer.borrow().iter().cloned().collect()
    }

    fn has_no_room(&self, length: usize) -> bool {
        let capacity = self.capacity.get();
        capacity != 0 && length >= capacity
    }

    /// Takes the next item. The borrow ends here, before anybody is woken.
    fn take_item(&self) -> Option<B::Item> {
        self.buffer.borrow_mut().get()
    }

    /// An item has been put.
    fn announce_item(&self) {
        self.unfinished.set(self.unfinished.get() + 1);
        wake_next(&self.getters);
    }

    /// An item has been thrown away: it counts as dealt with.
    fn forget_item(&self) {
        self.unfinished.set(self.unfinished.get().saturating_sub(1));
    }

    /// All who wait to put or get are to see that the queue is shut down.
    fn wake_all(&self) {
        while wake_next(&self.getters) {}
        while wake_next(&self.putters) {}
    }

    fn wake_joiners(&self) {
        if self.unfinished.get() == 0 {
            self.joiners.wake(usize::MAX);
        }
    }
}

/// Wakes the next in one of a queue's lines, which leaves the line at once; whether there was one.
#[inline]
fn wake_next(line: &WaitList) -> bool {
    let Some(waker) = line.pop() else { return false };
    waker.wake();
    true
}

impl<B: Buffer + Default> Default for BufferedQueue<B> {
    fn default() -> Self {
        Self::new(0)
    }
}

impl<B: Buffer> fmt::Debug for BufferedQueue<B> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Queue")
            .field("capacity", &self.capacity())
            .field("len", &self.len())
            .field("getters", &self.getters())
            .field("putters", &self.putters())
            .field("unfinished", &self.unfinished())
            .field("shut_down", &self.is_shut_down())
            .finish_non_exhaustive()
    }
}
