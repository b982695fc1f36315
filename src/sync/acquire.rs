//! What [`Lock`](super::Lock) and the semaphores have in common: futures that acquire, and guards.

use core::fmt;
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use self::line::Line;
use super::wait_list::Waiter;

/// What can be acquired and released: a [`Lock`](super::Lock), a [`Semaphore`](super::Semaphore), a
/// [`BoundedSemaphore`](super::BoundedSemaphore) or the lock of a [`Condition`](super::Condition).
pub trait Acquirable: Line {}

/// Keeps [`Acquirable`]'s workings out of its interface.
pub(super) mod line {
    use crate::sync::wait_list::WaitList;

    pub trait Line {
        fn waiters(&self) -> &WaitList;

        /// Acquires if that is possible without waiting.
        fn try_acquire(&self) -> bool;

        /// A woken waiter has left the line and acquires.
        fn admit(&self);

        /// A waiter has left the line without acquiring, although it had perhaps been woken.
        fn give_up(&self, woken: bool);

        /// A guard is done.
        fn release(&self);
    }
}

/// The future of [`Lock::acquire`](super::Lock::acquire), [`Semaphore::acquire`](super::Semaphore::acquire) and the
/// like.
///
/// `P` is any handle: `Acquire<&Lock>` borrows, `Acquire<Rc<Lock>>` can be kept anywhere. What it acquires stays
/// acquired until somebody calls `release`.
///
/// It may be dropped at any time. If it had been woken and did not get to run, its turn goes to the next in line.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct Acquire<P: Deref<Target: Acquirable>> {
    handle: P,
    waiter: Waiter,
}

impl<P: Deref<Target: Acquirable>> Acquire<P> {
    /// Acquires what `handle` leads to.
    pub const fn new(handle: P) -> Self {
        Self { handle, waiter: Waiter::New }
    }

    /// Cancels the wait, and leaves the place in line to be given up when this future is dropped.
    ///
    /// Between the two, it stands in line as a cancelled `asyncio.Future` does: the primitive wakes others in its
    /// stead or takes no notice, just as CPython. Returns whether the wait was still undecided, as
    /// `asyncio.Future.cancel` does; if so, the future never completes, and nothing is woken on its behalf. If not,
    /// it has been woken, cancelled or completed before, and this changes nothing.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(self.handle.waiters())
    }
}

impl<P: Deref<Target: Acquirable>> Future for Acquire<P> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { handle, waiter } = &mut *self;
        poll_acquire(&**handle, waiter, context)
    }
}

impl<P: Deref<Target: Acquirable>> Drop for Acquire<P> {
    fn drop(&mut self) {
        give_up(&*self.handle, &mut self.waiter);
    }
}

/// The future of [`Lock::lock`](super::Lock::lock), [`Semaphore::permit`](super::Semaphore::permit) and the like: an
/// [`Acquire`] that ends in a [`Guard`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct AcquireGuard<P: Deref<Target: Acquirable>> {
    /// Present until it has completed and the guard has it.
    handle: Option<P>,
    waiter: Waiter,
}

impl<P: Deref<Target: Acquirable>> AcquireGuard<P> {
    /// Acquires what `handle` leads to, until the guard is dropped.
    pub const fn new(handle: P) -> Self {
        Self { handle: Some(handle), waiter: Waiter::New }
    }

    /// Cancels the wait as [`Acquire::cancel`] does.
    pub fn cancel(&mut self) -> bool {
        self.handle.as_deref().is_some_and(|target| self.waiter.cancel(target.waiters()))
    }
}

impl<P: Deref<Target: Acquirable>> Future for AcquireGuard<P> {
    type Output = Guard<P>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<P>> {
        let Self { handle, waiter } = &mut *self;
        ready!(poll_acquire(handle.as_deref().expect("polled after completion"), waiter, context));
        Poll::Ready(Guard { handle: handle.take() })
    }
}

impl<P: Deref<Target: Acquirable>> Drop for AcquireGuard<P> {
    fn drop(&mut self) {
        if let Some(target) = self.handle.as_deref() {
            give_up(target, &mut self.waiter);
        }
    }
}

// Nothing in these is ever pinned.
impl<P: Deref<Target: Acquirable>> Unpin for Acquire<P> {}
impl<P: Deref<Target: Acquirable>> Unpin for AcquireGuard<P> {}

/// Polls the future of an acquisition.
#[inline]
pub(super) fn poll_acquire(target: &(impl Line + ?Sized), waiter: &mut Waiter, context: &mut Context<'_>) -> Poll<()> {
    if waiter.is_new() && target.try_acquire() {
        *waiter = Waiter::Finished;
        return Poll::Ready(());
    }
    ready!(waiter.wait(target.waiters(), context));
    target.admit();
    Poll::Ready(())
}

/// Gives up an acquisition that is not complete.
pub(super) fn give_up(target: &(impl Line + ?Sized), waiter: &mut Waiter) {
    if let Some(woken) = waiter.leave(target.waiters()) {
        target.give_up(woken);
    }
}

/// Releases what was acquired when it is dropped.
#[must_use = "what is not kept is released at once"]
pub struct Guard<P: Deref<Target: Acquirable>> {
    /// Absent once forgotten.
    handle: Option<P>,
}

impl<P: Deref<Target: Acquirable>> Guard<P> {
    /// A guard over what has just been acquired.
    pub(super) fn acquired(handle: P) -> Self {
        Self { handle: Some(handle) }
    }

    /// What it holds.
    pub(super) fn target(&self) -> &P::Target {
        self.handle.as_deref().expect("it is there until the guard is gone")
    }

    /// Leaves what is held to be released by somebody else, and says what that is.
    pub(super) fn into_handle(mut self) -> P {
        self.handle.take().expect("it is there until the guard is gone")
    }

    /// Drops the guard without releasing: that is then left to an explicit `release`.
    pub fn forget(self) {
        drop(self.into_handle());
    }
}

impl<P: Deref<Target: Acquirable>> Drop for Guard<P> {
    fn drop(&mut self) {
        if let Some(target) = self.handle.as_deref() {
            target.release();
        }
    }
}

impl<P: Deref<Target: Acquirable>> fmt::Debug for Guard<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").finish_non_exhaustive()
    }
}
