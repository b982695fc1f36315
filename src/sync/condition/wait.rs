//! The future of [`Condition::notified`], and what it consists of.

use core::future::Future;
use core::mem;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

use self::placed::Placed;
use super::{Condition, ConditionWaitError, NotifyError};
use crate::sync::acquire::line::Line;
use crate::sync::acquire::{give_up, poll_acquire};
use crate::sync::lock::Lock;
use crate::sync::wait_list::{WaitList, Waiter};

/// A [`Condition`] over any lock, so that futures can name it by its handle alone.
pub trait AnyCondition: Placed {}

/// Keeps [`AnyCondition`]'s workings out of its interface.
mod placed {
    pub trait Placed {
        fn place(&self) -> super::Place<'_>;
    }
}

impl<P: Deref<Target = Lock>> AnyCondition for Condition<P> {}

impl<P: Deref<Target = Lock>> Placed for Condition<P> {
    fn place(&self) -> Place<'_> {
        self.place()
    }
}

/// The future of [`Condition::notified`]. When it completes, the lock is held, unless it was not when it began.
///
/// `C` is any handle: `ConditionWait<&Condition>` borrows, `ConditionWait<Rc<Condition>>` can be kept anywhere.
///
/// It may be dropped at any time. The lock is then not taken again, and if it had been notified, another is instead.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct ConditionWait<C: Deref<Target: AnyCondition>> {
    condition: C,
    waiting: Waiting,
}

impl<C: Deref<Target: AnyCondition>> ConditionWait<C> {
    /// Waits at the condition behind a handle.
    pub const fn new(condition: C) -> Self {
        Self { condition, waiting: Waiting::new() }
    }

    /// Cancels what it waits for at present, a notification or the lock, and leaves the place in line to be given up
    /// when this future is [interrupted](Self::interrupt) or dropped.
    ///
    /// Returns whether that was still undecided, as `asyncio.Future.cancel` does; if so, nothing is woken on its
    /// behalf until then. If not, it has been woken, cancelled or completed before, and this changes nothing.
    pub fn cancel(&mut self) -> bool {
        self.waiting.cancel(self.condition.place())
    }

    /// Stops waiting for a notification, and goes on to take the lock again: what `asyncio.Condition.wait` does with
    /// the `CancelledError` of a cancelled task. The next poll begins with that.
    ///
    /// If it waits for the lock already, it gives up its place in that line and begins anew at its end. When it has the
    /// lock, another is notified in its stead, and it ends in [`ConditionWaitError::Interrupted`]; so it does at once
    /// if it had not begun, and keeps the lock.
    pub fn interrupt(&mut self) {
        self.waiting.interrupt(self.condition.place());
    }
}

impl<C: Deref<Target: AnyCondition>> Future for ConditionWait<C> {
    type Output = Result<(), ConditionWaitError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let Self { condition, waiting } = &mut *self;
        waiting.poll(condition.place(), context)
    }
}

impl<C: Deref<Target: AnyCondition>> Drop for ConditionWait<C> {
    fn drop(&mut self) {
        self.waiting.give_up(self.condition.place());
    }
}

// The handle is never pinned.
impl<C: Deref<Target: AnyCondition>> Unpin for ConditionWait<C> {}

/// What a condition consists of, whatever leads to its lock.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub lock: &'a Lock,
    pub waiters: &'a WaitList,
}

impl Place<'_> {
    pub fn notify(self, count: usize) -> Result<(), NotifyError> {
        if !self.lock.is_locked() {
            return Err(NotifyError);
        }
        self.waiters.wake(count);
        Ok(())
    }

    /// Notifies all who wait, for somebody who knows what the lock is about.
    pub fn notify_everybody(self) {
        self.waiters.wake(usize::MAX);
    }

    /// Passes a notification on. This needs no lock.
    fn notify_another(self) {
        if let Some(waker) = self.waiters.wake_next() {
            waker.wake();
        }
    }
}

#[derive(Debug)]
enum Stage {
    /// It has not begun, and the lock should be held.
    Beginning,
    /// It waits for a notification.
    InLine,
    /// It waits for the lock again.
    Returning,
    Ended,
}

/// A wait at a condition, without the condition.
#[derive(Debug)]
pub struct Waiting {
    stage: Stage,
    /// In the line of the condition, or in that of its lock.
    waiter: Waiter,
    interrupted: bool,
}

impl Waiting {
    pub const fn new() -> Self {
        Self { stage: Stage::Beginning, waiter: Waiter::New, interrupted: false }
    }

    /// Waits. The lock is held when it is done, unless it was not at the beginning.
    ///
    /// # Panics
    ///
    /// If it is done before.
    pub fn poll(&mut self, at: Place<'_>, context: &mut Context<'_>) -> Poll<Result<(), ConditionWaitError>> {
        match self.stage {
            Stage::Beginning => {
                ready!(self.waiter.poll(at.waiters, context));
                if self.interrupted || !at.lock.is_locked() {
                    self.stage = Stage::Ended;
                    use ConditionWaitError::{Interrupted, NotAcquired};
                    return Poll::Ready(Err(if self.interrupted { Interrupted } else { NotAcquired }));
                }
                self.waiter.enter(at.waiters, context);
                self.stage = Stage::InLine;
                // Only now: whoever is woken by this may already notify.
                let _ = at.lock.release();
                return Poll::Pending;
            }
            Stage::InLine => {
                ready!(self.waiter.poll(at.waiters, context));
                self.waiter = Waiter::New;
                self.stage = Stage::Returning;
            }
            Stage::Returning | Stage::Ended => {}
        }
        ready!(poll_acquire(at.lock, &mut self.waiter, context));
        self.stage = Stage::Ended;
        if self.interrupted {
            at.notify_another();
            return Poll::Ready(Err(ConditionWaitError::Interrupted));
        }
        Poll::Ready(Ok(()))
    }

    /// Cancels what it waits for, in place; whether that was still undecided.
    pub fn cancel(&mut self, at: Place<'_>) -> bool {
        self.waiter.cancel(match self.stage {
            Stage::Beginning | Stage::InLine => at.waiters,
            Stage::Returning | Stage::Ended => at.lock.waiters(),
        })
    }

    /// Goes on, or begins anew, to wait for the lock.
    pub fn interrupt(&mut self, at: Place<'_>) {
        match self.stage {
            Stage::Beginning => {}
            Stage::InLine => {
                self.waiter.leave(at.waiters);
                self.stage = Stage::Returning;
            }
            Stage::Returning => give_up(at.lock, &mut self.waiter),
            Stage::Ended => return,
        }
        self.waiter = Waiter::New;
        self.interrupted = true;
    }

    /// Ends the wait wherever it stands, without the lock.
    pub fn give_up(&mut self, at: Place<'_>) {
        match mem::replace(&mut self.stage, Stage::Ended) {
            Stage::InLine => {
                if self.waiter.leave(at.waiters) == Some(true) {
                    at.notify_another();
                }
            }
            Stage::Returning => {
                give_up(at.lock, &mut self.waiter);
                at.notify_another();
            }
            Stage::Beginning | Stage::Ended => {}
        }
    }
}
