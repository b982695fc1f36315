//! A result that is not there yet: `asyncio.Future`.

use std::cell::RefCell;
use std::rc::Rc;

use super::gather::Gather;
use super::host::Host;
use crate::trace::TaskId;

/// How a future is done.
pub enum Outcome<H: Host> {
    Value(H::Value),
    Exception(H::Exception),
    /// Cancelled, with the message given to `cancel`.
    Cancelled(Option<H::Value>),
}

impl<H: Host> Clone for Outcome<H> {
    fn clone(&self) -> Self {
        match self {
            Self::Value(value) => Self::Value(value.clone()),
            Self::Exception(exception) => Self::Exception(exception.clone()),
            Self::Cancelled(message) => Self::Cancelled(message.clone()),
        }
    }
}

/// What the loop calls, one turn later, when a future is done.
pub enum DoneCallback<H: Host> {
    /// Resume the task that awaits the future.
    Wake(TaskId),
    /// Let a gather take note.
    Gather(Rc<Future<H>>),
    /// Stop the loop: `run_until_complete` waits for this future.
    Stop,
}

/// What a future stands for, which decides what cancelling it means.
pub(super) enum Kind<H: Host> {
    Plain,
    Task(TaskId),
    Gather(Gather<H>),
}

/// A result that some task or callback will provide. See `asyncio.futures.Future`.
pub struct Future<H: Host> {
    pub(super) kind: Kind<H>,
    outcome: RefCell<Option<Outcome<H>>>,
    callbacks: RefCell<Vec<DoneCallback<H>>>,
    /// The `CancelledError` that a task let through, for the first who awaits the task.
    cancelled_with: RefCell<Option<H::Exception>>,
}

impl<H: Host> Future<H> {
    /// A future that nobody has completed yet.
    pub fn new() -> Rc<Self> {
        Self::of_kind(Kind::Plain)
    }

    pub(super) fn of_kind(kind: Kind<H>) -> Rc<Self> {
        Rc::new(Self {
            kind,
            outcome: RefCell::default(),
            callbacks: RefCell::default(),
            cancelled_with: RefCell::default(),
        })
    }

    /// The task whose result this is, if it is a task's.
    pub fn task(&self) -> Option<TaskId> {
        match self.kind {
            Kind::Task(task) => Some(task),
            _ => None,
        }
    }

    /// Whether it is done: has a result or an exception, or was cancelled.
    pub fn is_done(&self) -> bool {
        self.outcome.borrow().is_some()
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        matches!(*self.outcome.borrow(), Some(Outcome::Cancelled(_)))
    }

    /// How it is done, if it is.
    pub fn outcome(&self) -> Option<Outcome<H>> {
        self.outcome.borrow().clone()
    }

    /// The result, or the exception, that awaiting this future gives; `None` if it is not done.
    ///
    /// A cancelled task raises the very `CancelledError` that ended it once, and new ones after that. See
    /// `Future._make_cancelled_error`.
    pub fn result(&self, host: &H) -> Option<Result<H::Value, H::Exception>> {
        Some(match self.outcome()? {
            Outcome::Value(value) => Ok(value),
            Outcome::Exception(exception) => Err(exception),
            Outcome::Cancelled(message) => {
                let original = self.cancelled_with.take();
                Err(original.unwrap_or_else(|| host.cancelled_error(message)))
            }
        })
    }

    pub(super) fn set_cancelled_with(&self, exception: H::Exception) {
        *self.cancelled_with.borrow_mut() = Some(exception);
    }

    pub(super) fn add_callback(&self, callback: DoneCallback<H>) {
        self.callbacks.borrow_mut().push(callback);
    }

    /// Sets the outcome and hands out the callbacks that are now due, in order. The first outcome stays.
    pub(super) fn complete(&self, outcome: Outcome<H>) -> Vec<DoneCallback<H>> {
        let mut place = self.outcome.borrow_mut();
        if place.is_some() {
            return Vec::new();
        }
        *place = Some(outcome);
        self.callbacks.take()
    }

    /// Nobody waits for it with `run_until_complete` any more.
    pub(super) fn forget_stop(&self) {
        self.callbacks.borrow_mut().retain(|callback| !matches!(callback, DoneCallback::Stop));
    }
}
