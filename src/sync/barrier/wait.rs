//! The future of [`Barrier::wait`].

use core::future::Future;
use core::mem;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use super::{Barrier, BarrierState, BarrierWaitError, BrokenBarrierError};
use crate::sync::acquire::line::Line;
use crate::sync::acquire::{give_up, poll_acquire};
use crate::sync::condition::Waiting;
use crate::sync::wait_list::Waiter;

/// The future of [`Barrier::wait`].
///
/// `B` is any handle: `BarrierWait<&Barrier>` borrows, `BarrierWait<Rc<Barrier>>` can be kept anywhere.
///
/// It may be dropped at any time. If it had arrived it leaves, and the others wait for another in its stead.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct BarrierWait<B: Deref<Target = Barrier>> {
    barrier: B,
    stage: Stage,
}

impl<B: Deref<Target = Barrier>> BarrierWait<B> {
    /// Waits at the barrier behind a handle.
    pub const fn new(barrier: B) -> Self {
        Self { barrier, stage: Stage::Entering(Waiter::New) }
    }

    /// Cancels what it waits for at present, its turn or a change of the barrier, and leaves the place in line to be
    /// given up when this future is [interrupted](Self::interrupt) or dropped.
    ///
    /// Returns whether that was still undecided, as `asyncio.Future.cancel` does; if so, nothing is woken on its
    /// behalf until then. If not, it has been woken, cancelled or completed before, and this changes nothing.
    pub fn cancel(&mut self) -> bool {
        self.stage.cancel(&self.barrier)
    }

    /// Stops waiting at the barrier, and goes on to leave it: what `asyncio.Barrier.wait` does with the
    /// `CancelledError` of a cancelled task. The next poll begins with that.
    ///
    /// It may have to wait for its turn first, and if it is interrupted then, it begins anew at the end of that line.
    /// In the end it fails with [`BarrierWaitError::Interrupted`].
    pub fn interrupt(&mut self) {
        self.stage.interrupt(&self.barrier);
    }
}

impl<B: Deref<Target = Barrier>> Future for BarrierWait<B> {
    type Output = Result<usize, BarrierWaitError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { barrier, stage } = &mut *self;
        stage.poll(barrier, context)
    }
}

impl<B: Deref<Target = Barrier>> Drop for BarrierWait<B> {
    fn drop(&mut self) {
        self.stage.give_up(&self.barrier);
    }
}

// The handle is never pinned.
impl<B: Deref<Target = Barrier>> Unpin for BarrierWait<B> {}

#[derive(Debug)]
enum Stage {
    /// It waits for its turn to arrive.
    Entering(Waiter),
    /// It waits for the barrier to be empty before it arrives.
    Blocked(Waiting),
    /// It has arrived, as which of them, and waits for the others.
    Arrived(usize, Waiting),
    /// It was interrupted before its turn.
    Interrupted,
    Ended,
}

impl Stage {
    fn poll(&mut self, barrier: &Barrier, context: &mut Context<'_>) -> Poll<Result<usize, BarrierWaitError>> {
        loop {
            let turn = match self {
                Self::Entering(waiter) => {
                    ready!(poll_acquire(&barrier.condition, waiter, context));
                    Ok(())
                }
                Self::Blocked(waiting) | Self::Arrived(_, waiting) => ready!(waiting.poll(barrier.place(), context)),
                Self::Interrupted => {
                    *self = Self::Ended;
                    return Poll::Ready(Err(BarrierWaitError::Interrupted));
                }
                Self::Ended => panic!("polled after completion"),
            };
            // From here on the lock is held.
            let result = match turn {
                Ok(()) => self.take_turn(barrier),
                Err(_) => Some(Err(BarrierWaitError::Interrupted)),
            };
            let Some(result) = result else { continue };
            if let Self::Arrived(..) = mem::replace(self, Self::Ended) {
                barrier.depart();
            }
            let _ = barrier.condition.release();
            return Poll::Ready(result);
        }
    }

    /// Does what the barrier allows: arrives, passes or is sent away. Gives nothing if there is more to wait for.
    fn take_turn(&mut self, barrier: &Barrier) -> Option<Result<usize, BarrierWaitError>> {
        use BrokenBarrierError::{Aborted, AbortedOrReset};
        match (&*self, barrier.state.get()) {
            (Self::Arrived(index, _), BarrierState::Filling) => *self = Self::Arrived(*index, Waiting::new()),
            (Self::Arrived(index, _), BarrierState::Draining) => return Some(Ok(*index)),
            (Self::Arrived(..), _) => return Some(Err(BarrierWaitError::Broken(AbortedOrReset))),
            (_, BarrierState::Broken) => return Some(Err(BarrierWaitError::Broken(Aborted))),
            (_, BarrierState::Filling) => {
                let index = barrier.count.get();
                barrier.count.set(index + 1);
                *self = Self::Arrived(index, Waiting::new());
                if index + 1 == barrier.parties {
                    barrier.enter_state(BarrierState::Draining);
                    return Some(Ok(index));
                }
            }
            _ => *self = Self::Blocked(Waiting::new()),
        }
        None
    }

    fn cancel(&mut self, barrier: &Barrier) -> bool {
        match self {
            Self::Entering(waiter) => waiter.cancel(barrier.condition.waiters()),
            Self::Blocked(waiting) | Self::Arrived(_, waiting) => waiting.cancel(barrier.place()),
            Self::Interrupted | Self::Ended => false,
        }
    }

    fn interrupt(&mut self, barrier: &Barrier) {
        match self {
            Self::Entering(waiter) => {
                give_up(&barrier.condition, waiter);
                *self = Self::Interrupted;
            }
            Self::Blocked(waiting) | Self::Arrived(_, waiting) => waiting.interrupt(barrier.place()),
            Self::Interrupted | Self::Ended => {}
        }
    }

    /// Leaves wherever it stands, without waiting for a turn.
    fn give_up(&mut self, barrier: &Barrier) {
        match mem::replace(self, Self::Ended) {
            Self::Entering(mut waiter) => give_up(&barrier.condition, &mut waiter),
            Self::Blocked(mut waiting) => waiting.give_up(barrier.place()),
            Self::Arrived(_, mut waiting) => {
                waiting.give_up(barrier.place());
                barrier.depart();
            }
            Self::Interrupted | Self::Ended => {}
        }
    }
}
