//! The future of [`Barrier::reset`] and [`Barrier::abort`].

use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{Barrier, BarrierState};
use crate::sync::acquire::line::Line;
use crate::sync::acquire::{give_up, poll_acquire};
use crate::sync::wait_list::Waiter;

/// The future of [`Barrier::reset`] and [`Barrier::abort`].
///
/// `B` is any handle: `BarrierChange<&Barrier>` borrows, `BarrierChange<Rc<Barrier>>` can be kept anywhere. It may be
/// dropped at any time, and then changes nothing.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct BarrierChange<B: Deref<Target = Barrier>> {
    barrier: B,
    waiter: Waiter,
    aborts: bool,
}

impl<B: Deref<Target = Barrier>> BarrierChange<B> {
    /// Resets the barrier behind a handle.
    pub const fn reset(barrier: B) -> Self {
        Self { barrier, waiter: Waiter::New, aborts: false }
    }

    /// Aborts the barrier behind a handle.
    pub const fn abort(barrier: B) -> Self {
        Self { barrier, waiter: Waiter::New, aborts: true }
    }

    /// Cancels the wait as [`Acquire::cancel`](crate::sync::Acquire::cancel) does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(self.barrier.condition.waiters())
    }
}

impl<B: Deref<Target = Barrier>> Future for BarrierChange<B> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { barrier, waiter, aborts } = &mut *self;
        ready!(poll_acquire(&barrier.condition, waiter, context));
        barrier.enter_state(match barrier.count.get() {
            _ if *aborts => BarrierState::Broken,
            0 => BarrierState::Filling,
            _ => BarrierState::Resetting,
        });
        let _ = barrier.condition.release();
        Poll::Ready(())
    }
}

impl<B: Deref<Target = Barrier>> Drop for BarrierChange<B> {
    fn drop(&mut self) {
        give_up(&self.barrier.condition, &mut self.waiter);
    }
}

// The handle is never pinned.
impl<B: Deref<Target = Barrier>> Unpin for BarrierChange<B> {}
