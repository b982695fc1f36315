//! [`Queue`].

mod error;
mod futures;

use core::cell::{Cell, RefCell};
use core::fmt;
use core::mem;
use std::collections::VecDeque;

pub use self::error::{GetNowaitError, PutNowaitError, ShutDown, TaskDoneError};
pub use self::futures::{AnyQueue, Get, Join, Put};
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
pub struct Queue<T> {
    /// 0 for no limit.
    capacity: usize,
    items: RefCell<VecDeque<T>>,
    getters: WaitList,
    putters: WaitList,
    joiners: WaitList,
    unfinished: Cell<usize>,
    shut_down: Cell<bool>,
}

impl<T> Queue<T> {
    /// An empty queue with room for `capacity` items, or for any number if `capacity` is 0.
    pub const fn new(capacity: usize) -> Self {
        Self {
            capacity,
            items: RefCell::new(VecDeque::new()),
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
    pub const fn put(&self, item: T) -> Put<&Self> {
        Put::new(self, item)
    }

    /// Puts an item if there is room for it at once, whoever else may wait for room. Wakes the first getter.
    ///
    /// # Errors
    ///
    /// If the queue is full or shut down. The error gives the item back.
    pub fn put_nowait(&self, item: T) -> Result<(), PutNowaitError<T>> {
        if self.shut_down.get() {
            return Err(PutNowaitError::ShutDown(item));
        }
        if self.is_full() {
            return Err(PutNowaitError::Full(item));
        }
        self.items.borrow_mut().push_back(item);
        self.unfinished.set(self.unfinished.get() + 1);
        wake_next(&self.getters);
        Ok(())
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
    pub fn get_nowait(&self) -> Result<T, GetNowaitError> {
        // The borrow must have ended before a putter is woken.
        let item = self.items.borrow_mut().pop_front();
        match item {
            Some(item) => {
                wake_next(&self.putters);
                Ok(item)
            }
            None if self.shut_down.get() => Err(GetNowaitError::ShutDown),
            None => Err(GetNowaitError::Empty),
        }
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
        self.shut_down.set(true);
        // Dropping an item may run anything, so they live until everything else is done.
        let mut drained = VecDeque::new();
        if immediate {
            mem::swap(&mut drained, &mut *self.items.borrow_mut());
            self.unfinished.set(self.unfinished.get().saturating_sub(drained.len()));
            self.wake_joiners();
        }
        while wake_next(&self.getters) {}
        while wake_next(&self.putters) {}
    }

    /// How many items are in the queue.
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether there is no item in the queue.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is no room for another item. Never if there is no limit.
    pub fn is_full(&self) -> bool {
        self.capacity != 0 && self.len() >= self.capacity
    }

    /// How many items there is room for; 0 for no limit.
    pub const fn capacity(&self) -> usize {
        self.capacity
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

    /// The items in the queue, the next one first.
    ///
    /// # Panics
    ///
    /// If cloning an item puts into this queue or takes from it.
    pub fn items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.items.borrow().iter().cloned().collect()
    }

    fn wake_joiners(&self) {
        if self.unfinished.get() == 0 {
            self.joiners.wake(usize::MAX);
        }
    }
}

/// Wakes the next in one of a queue's lines, which leaves the line at once; whether there was one.
fn wake_next(line: &WaitList) -> bool {
    let Some(waker) = line.pop() else { return false };
    waker.wake();
    true
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self::new(0)
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Queue")
            .field("capacity", &self.capacity)
            .field("len", &self.len())
            .field("getters", &self.getters())
            .field("putters", &self.putters())
            .field("unfinished", &self.unfinished())
            .field("shut_down", &self.is_shut_down())
            .finish_non_exhaustive()
    }
}
