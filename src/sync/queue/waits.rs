//! Futures that wait at a queue without putting or taking anything.

use core::fmt;
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{AnyQueue, Buffer, BufferedQueue, ShutDown, wake_next};
use crate::sync::wait_list::Waiter;

/// The future of [`BufferedQueue::wait_for_room`].
///
/// `Q` is any handle: `WaitForRoom<&Queue<T>>` borrows, `WaitForRoom<Rc<Queue<T>>>` can be kept anywhere. It may be
/// dropped at any time. If it had been woken and there is still room, the next in line is woken instead.
#[must_use = "futures do nothing unless polled"]
pub struct WaitForRoom<Q: Deref<Target: AnyQueue>> {
    queue: Q,
    waiter: Waiter,
}

impl<Q: Deref<Target: AnyQueue>> WaitForRoom<Q> {
    /// Waits for room in the queue behind a handle.
    pub const fn new(queue: Q) -> Self {
        Self { queue, waiter: Waiter::New }
    }

    /// Cancels the wait as [`Put::cancel`](super::Put::cancel) does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.queue.as_queue().putters)
    }
}

impl<Q: Deref<Target: AnyQueue>> Future for WaitForRoom<Q> {
    type Output = Result<(), ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { queue, waiter } = &mut *self;
        let queue = queue.as_queue();
        ready!(waiter.poll(&queue.putters, context));
        if !queue.is_full() {
            return Poll::Ready(Ok(()));
        }
        if queue.is_shut_down() {
            return Poll::Ready(Err(ShutDown(())));
        }
        waiter.enter(&queue.putters, context);
        Poll::Pending
    }
}

impl<Q: Deref<Target: AnyQueue>> Drop for WaitForRoom<Q> {
    fn drop(&mut self) {
        leave_putters(self.queue.as_queue(), &mut self.waiter);
    }
}

/// The future of [`BufferedQueue::wait_for_item`].
///
/// `Q` is any handle: `WaitForItem<&Queue<T>>` borrows, `WaitForItem<Rc<Queue<T>>>` can be kept anywhere. It may be
/// dropped at any time. If it had been woken and there is still an item, the next in line is woken instead.
#[must_use = "futures do nothing unless polled"]
pub struct WaitForItem<Q: Deref<Target: AnyQueue>> {
    queue: Q,
    waiter: Waiter,
}

impl<Q: Deref<Target: AnyQueue>> WaitForItem<Q> {
    /// Waits for an item in the queue behind a handle.
    pub const fn new(queue: Q) -> Self {
        Self { queue, waiter: Waiter::New }
    }

    /// Cancels the wait as [`Put::cancel`](super::Put::cancel) does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.queue.as_queue().getters)
    }
}

impl<Q: Deref<Target: AnyQueue>> Future for WaitForItem<Q> {
    type Output = Result<(), ShutDown>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { queue, waiter } = &mut *self;
        let queue = queue.as_queue();
        ready!(waiter.poll(&queue.getters, context));
        if !queue.is_empty() {
            return Poll::Ready(Ok(()));
        }
        if queue.is_shut_down() {
            return Poll::Ready(Err(ShutDown(())));
        }
        waiter.enter(&queue.getters, context);
        Poll::Pending
    }
}

impl<Q: Deref<Target: AnyQueue>> Drop for WaitForItem<Q> {
    fn drop(&mut self) {
        leave_getters(self.queue.as_queue(), &mut self.waiter);
    }
}

/// Gives up waiting for room. If the putter had been woken, the room is for the next.
pub fn leave_putters(queue: &BufferedQueue<impl Buffer>, putter: &mut Waiter) {
    if putter.leave(&queue.putters) == Some(true) && !queue.is_full() {
        wake_next(&queue.putters);
    }
}

/// Gives up waiting for an item. If the getter had been woken, the item is for the next.
pub fn leave_getters(queue: &BufferedQueue<impl Buffer>, getter: &mut Waiter) {
    if getter.leave(&queue.getters) == Some(true) && !queue.is_empty() {
        wake_next(&queue.getters);
    }
}

// The handles are never pinned.
impl<Q: Deref<Target: AnyQueue>> Unpin for WaitForRoom<Q> {}
impl<Q: Deref<Target: AnyQueue>> Unpin for WaitForItem<Q> {}

impl<Q: Deref<Target: AnyQueue>> fmt::Debug for WaitForRoom<Q> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WaitForRoom").field("waiter", &self.waiter).finish_non_exhaustive()
    }
}

impl<Q: Deref<Target: AnyQueue>> fmt::Debug for WaitForItem<Q> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WaitForItem").field("waiter", &self.waiter).finish_non_exhaustive()
    }
}
