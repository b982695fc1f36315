//! The futures that put and take, and that of [`BufferedQueue::join`].

use core::fmt;
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::waits::{leave_getters, leave_putters};
use super::{Buffer, BufferedQueue, GetNowaitError, ShutDown};
use crate::sync::wait_list::Waiter;

/// Says of a queue what it consists of, so that futures can name it by its handle alone.
pub trait AnyQueue: sealed::Sealed {
    /// What is in the queue.
    type Item;

    /// What keeps the items.
    type Buffer: Buffer<Item = Self::Item>;

    /// The queue itself.
    fn as_queue(&self) -> &BufferedQueue<Self::Buffer>;
}

mod sealed {
    pub trait Sealed {}
    impl<B> Sealed for super::BufferedQueue<B> {}
}

impl<B: Buffer> AnyQueue for BufferedQueue<B> {
    type Item = B::Item;
    type Buffer = B;

    fn as_queue(&self) -> &Self {
        self
    }
}

const UNPUT: &str = "the item is there until it is put";

/// The future of [`BufferedQueue::put`].
///
/// `Q` is any handle: `Put<&Queue<T>>` borrows, `Put<Rc<Queue<T>>>` can be kept anywhere. It may be dropped at any
/// time, and the item with it. If it had been woken and there is still room, the next in line is woken instead.
#[must_use = "futures do nothing unless polled"]
pub struct Put<Q: Deref<Target: AnyQueue>> {
    queue: Q,
    waiter: Waiter,
    /// Present until it has completed.
    item: Option<<Q::Target as AnyQueue>::Item>,
}

impl<Q: Deref<Target: AnyQueue>> Put<Q> {
    /// Puts `item` into the queue behind a handle.
    pub const fn new(queue: Q, item: <Q::Target as AnyQueue>::Item) -> Self {
        Self { queue, waiter: Waiter::New, item: Some(item) }
    }

    /// Cancels the wait, and leaves the place in line to be given up when this future is dropped or one behind it is
    /// woken, as CPython does with a cancelled `asyncio.Future`.
    ///
    /// Returns whether the wait was still undecided, as `asyncio.Future.cancel` does; if so, the future never
    /// completes, and nothing is woken on its behalf. If not, it has been woken, cancelled or completed before, and
    /// this changes nothing.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.queue.as_queue().putters)
    }
}

impl<Q: Deref<Target: AnyQueue>> Future for Put<Q> {
    type Output = Result<(), ShutDown<<Q::Target as AnyQueue>::Item>>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { queue, waiter, item } = &mut *self;
        let queue = queue.as_queue();
        ready!(waiter.poll(&queue.putters, context));
        if queue.is_shut_down() {
            return Poll::Ready(Err(ShutDown(item.take().expect(UNPUT))));
        }
        let mut buffer = queue.buffer.borrow_mut();
        if queue.has_no_room(buffer.len()) {
            drop(buffer);
            waiter.enter(&queue.putters, context);
            return Poll::Pending;
        }
        buffer.put(item.take().expect(UNPUT));
        drop(buffer);
        queue.announce_item();
        Poll::Ready(Ok(()))
    }
}

impl<Q: Deref<Target: AnyQueue>> Drop for Put<Q> {
    fn drop(&mut self) {
        leave_putters(self.queue.as_queue(), &mut self.waiter);
    }
}

/// The future of [`BufferedQueue::get`].
///
/// `Q` is any handle: `Get<&Queue<T>>` borrows, `Get<Rc<Queue<T>>>` can be kept anywhere. It may be dropped at any
/// time. If it had been woken and there is still an item, the next in line is woken instead.
#[must_use = "futures do nothing unless polled"]
pub struct Get<Q: Deref<Target: AnyQueue>> {
    queue: Q,
    waiter: Waiter,
}

impl<Q: Deref<Target: AnyQueue>> Get<Q> {
    /// Takes an item from the queue behind a handle.
    pub const fn new(queue: Q) -> Self {
        Self { queue, waiter: Waiter::New }
    }

    /// Cancels the wait as [`Put::cancel`] does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.queue.as_queue().getters)
    }
}

impl<Q: Deref<Target: AnyQueue>> Future for Get<Q> {
    type Output = Result<<Q::Target as AnyQueue>::Item, ShutDown>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { queue, waiter } = &mut *self;
        let queue = queue.as_queue();
        ready!(waiter.poll(&queue.getters, context));
        match queue.get_nowait() {
            Ok(item) => Poll::Ready(Ok(item)),
            Err(GetNowaitError::ShutDown) => Poll::Ready(Err(ShutDown(()))),
            Err(GetNowaitError::Empty) => {
                waiter.enter(&queue.getters, context);
                Poll::Pending
            }
        }
    }
}

impl<Q: Deref<Target: AnyQueue>> Drop for Get<Q> {
    fn drop(&mut self) {
        leave_getters(self.queue.as_queue(), &mut self.waiter);
    }
}

/// The future of [`BufferedQueue::join`].
///
/// `Q` is any handle: `Join<&Queue<T>>` borrows, `Join<Rc<Queue<T>>>` can be kept anywhere.
#[must_use = "futures do nothing unless polled"]
pub struct Join<Q: Deref<Target: AnyQueue>> {
    queue: Q,
    waiter: Waiter,
}

impl<Q: Deref<Target: AnyQueue>> Join<Q> {
    /// Waits until all items of the queue behind a handle are dealt with.
    pub const fn new(queue: Q) -> Self {
        Self { queue, waiter: Waiter::New }
    }

    /// Cancels the wait as [`Put::cancel`] does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.queue.as_queue().joiners)
    }
}

impl<Q: Deref<Target: AnyQueue>> Future for Join<Q> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { queue, waiter } = &mut *self;
        let queue = queue.as_queue();
        if waiter.is_new() && queue.unfinished() == 0 {
            *waiter = Waiter::Finished;
            return Poll::Ready(());
        }
        waiter.wait(&queue.joiners, context)
    }
}

impl<Q: Deref<Target: AnyQueue>> Drop for Join<Q> {
    fn drop(&mut self) {
        self.waiter.leave(&self.queue.as_queue().joiners);
    }
}

// Nothing in these is ever pinned, not even the item.
impl<Q: Deref<Target: AnyQueue>> Unpin for Put<Q> {}
impl<Q: Deref<Target: AnyQueue>> Unpin for Get<Q> {}
impl<Q: Deref<Target: AnyQueue>> Unpin for Join<Q> {}

impl<Q: Deref<Target: AnyQueue>> fmt::Debug for Put<Q> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Put").field("waiter", &self.waiter).finish_non_exhaustive()
    }
}

impl<Q: Deref<Target: AnyQueue>> fmt::Debug for Get<Q> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Get").field("waiter", &self.waiter).finish_non_exhaustive()
    }
}

impl<Q: Deref<Target: AnyQueue>> fmt::Debug for Join<Q> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Join").field("waiter", &self.waiter).finish_non_exhaustive()
    }
}
