//! What [`Lock`](super::Lock) and [`Semaphore`](super::Semaphore) have in common: futures that acquire, and guards.

use core::fmt;
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use self::line::Line;
use super::wait_list::{Turn, Waiter};

/// What can be acquired and released: a [`Lock`](super::Lock) or a [`Semaphore`](super::Semaphore).
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

/// The future of [`Lock::acquire`](super::Lock::acquire) and [`Semaphore::acquire`](super::Semaphore::acquire).
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

// Nothing here is ever pinned.
impl<P: Deref<Target: Acquirable>> Unpin for Acquire<P> {}

impl<P: Deref<Target: Acquirable>> Future for Acquire<P> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { handle, waiter } = &mut *self;
        match ready!(waiter.poll(handle.waiters(), context)) {
            Turn::First if handle.try_acquire() => Poll::Ready(()),
            Turn::First => {
                waiter.enter(handle.waiters(), context);
                Poll::Pending
            }
            Turn::Woken => {
                handle.admit();
                Poll::Ready(())
            }
        }
    }
}

impl<P: Deref<Target: Acquirable>> Drop for Acquire<P> {
    fn drop(&mut self) {
        if let Some(woken) = self.waiter.leave(self.handle.waiters()) {
            self.handle.give_up(woken);
        }
    }
}

/// The future of [`Lock::lock`](super::Lock::lock) and [`Semaphore::permit`](super::Semaphore::permit): an
/// [`Acquire`] that ends in a [`Guard`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct AcquireGuard<P: Deref<Target: Acquirable>> {
    /// Present until it has completed.
    acquire: Option<Acquire<P>>,
}

impl<P: Deref<Target: Acquirable>> AcquireGuard<P> {
    /// Acquires what `handle` leads to, until the guard is dropped.
    pub const fn new(handle: P) -> Self {
        Self { acquire: Some(Acquire::new(handle)) }
    }

    /// Cancels the wait as [`Acquire::cancel`] does.
    pub fn cancel(&mut self) -> bool {
        self.acquire.as_mut().is_some_and(Acquire::cancel)
    }
}

impl<P: Deref<Target: Acquirable>> Unpin for AcquireGuard<P> {}

impl<P: Deref<Target: Acquirable>> Future for AcquireGuard<P> {
    type Output = Guard<P>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Guard<P>> {
        let acquire = self.acquire.as_mut().expect("polled after completion");
        ready!(Pin::new(acquire).poll(context));
        Poll::Ready(Guard { acquired: self.acquire.take() })
    }
}

/// Releases what was acquired when it is dropped.
#[must_use = "what is not kept is released at once"]
pub struct Guard<P: Deref<Target: Acquirable>> {
    /// A completed future, which does nothing but keep the handle. Absent once forgotten.
    acquired: Option<Acquire<P>>,
}

impl<P: Deref<Target: Acquirable>> Guard<P> {
    /// A guard over what has just been acquired.
    pub(super) fn acquired(handle: P) -> Self {
        Self { acquired: Some(Acquire { handle, waiter: Waiter::Finished }) }
    }

    /// Drops the guard without releasing: that is then left to an explicit `release`.
    pub fn forget(mut self) {
        self.acquired = None;
    }
}

impl<P: Deref<Target: Acquirable>> Drop for Guard<P> {
    fn drop(&mut self) {
        if let Some(acquired) = &self.acquired {
            acquired.handle.release();
        }
    }
}

impl<P: Deref<Target: Acquirable>> fmt::Debug for Guard<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Guard").finish_non_exhaustive()
    }
}
