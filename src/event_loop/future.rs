//! A result that is not there yet: `asyncio.Future`.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::callback::{DoneCallback, Observer};
use super::gather::Gather;
use super::host::Host;
use crate::disposal::dispose;
use crate::trace::{Awaited, TaskId};

/// How a future is done.
pub enum Outcome<H: Host> {
    /// With a result.
    Value(H::Value),
    /// With an exception.
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

/// What a future stands for, which decides what cancelling it means.
pub(super) enum Kind<H: Host> {
    /// Nothing but itself. `Awaited`: how the trace calls it when a task waits for it.
    Plain(Awaited),
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
    /// Where it goes when it is dropped with an exception that nobody has asked for.
    unretrieved: Cell<Option<Rc<Unretrieved<H>>>>,
}

/// Futures, dropped since somebody looked, with exceptions that nobody has asked for. See `Future.__del__`.
pub(super) type Unretrieved<H> = RefCell<Vec<Rc<Future<H>>>>;

impl<H: Host> Drop for Future<H> {
    fn drop(&mut self) {
        if let Some(unretrieved) = self.unretrieved.take() {
            let kind = std::mem::replace(&mut self.kind, Kind::Plain(Awaited::Future));
            let future = Self::of_kind(kind);
            future.outcome.replace(self.outcome.take());
            unretrieved.borrow_mut().push(future);
        }
        dispose(std::mem::replace(&mut self.kind, Kind::Plain(Awaited::Future)));
        dispose(self.outcome.take());
        dispose(self.callbacks.take());
    }
}

impl<H: Host> Future<H> {
    /// A future that nobody has completed yet.
    pub fn new() -> Rc<Self> {
        Self::awaited_as(Awaited::Future)
    }

    /// A future that the trace calls `awaited` when a task waits for it.
    pub(super) fn awaited_as(awaited: Awaited) -> Rc<Self> {
        Self::of_kind(Kind::Plain(awaited))
    }

    pub(super) fn of_kind(kind: Kind<H>) -> Rc<Self> {
        Rc::new(Self {
            kind,
            outcome: RefCell::default(),
            callbacks: RefCell::default(),
            cancelled_with: RefCell::default(),
            unretrieved: Cell::default(),
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

    /// Whether it is done with an exception.
    pub fn has_failed(&self) -> bool {
        matches!(*self.outcome.borrow(), Some(Outcome::Exception(_)))
    }

    /// Somebody has learned of its exception.
    pub fn retrieve(&self) {
        self.unretrieved.take();
    }

    /// Whether it has an exception that nobody has asked for.
    pub fn is_unretrieved(&self) -> bool {
        let unretrieved = self.unretrieved.take();
        let is_unretrieved = unretrieved.is_some();
        self.unretrieved.set(unretrieved);
        is_unretrieved
    }

    /// How it is done, if it is. That alone does not count as asking for its exception: see [`Self::retrieve`].
    pub fn outcome(&self) -> Option<Outcome<H>> {
        self.outcome.borrow().clone()
    }

    /// The result, or the exception, that awaiting this future gives; `None` if it is not done.
    ///
    /// A cancelled task raises the very `CancelledError` that ended it once, and new ones after that. See
    /// `Future._make_cancelled_error`.
    pub fn result(&self, host: &H) -> Option<Result<H::Value, H::Exception>> {
        self.retrieve();
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

    /// Adds a callback to a future that is not done.
    pub(super) fn add_callback(&self, callback: DoneCallback<H>) {
        self.callbacks.borrow_mut().push(callback);
    }

    /// Whoever observes the future does so no longer.
    pub(super) fn remove_observer(&self, observer: &Rc<dyn Observer<H>>) {
        self.remove_callbacks(
            |callback| matches!(callback, DoneCallback::Notify(other) if Rc::ptr_eq(other, observer)),
        );
    }

    /// Removes the functions of the program that are `wanted`, and says how many. See `Future.remove_done_callback`.
    pub fn remove_functions(&self, wanted: impl Fn(&H::Function) -> bool) -> usize {
        self.remove_callbacks(|callback| matches!(callback, DoneCallback::Call(function) if wanted(function)))
    }

    pub(super) fn remove_callbacks(&self, wanted: impl Fn(&DoneCallback<H>) -> bool) -> usize {
        let mut callbacks = self.callbacks.borrow_mut();
        let before = callbacks.len();
        callbacks.retain(|callback| !wanted(callback));
        before - callbacks.len()
    }

    /// Whether it is the future of a gather.
    pub fn is_gather(&self) -> bool {
        matches!(self.kind, Kind::Gather(_))
    }

    /// What is called when it is done: how many there are, with the first and the last.
    pub fn describe_callbacks(&self, describe: impl Fn(&DoneCallback<H>) -> String) -> Option<String> {
        match self.callbacks.borrow().as_slice() {
            [] => None,
            [one] => Some(describe(one)),
            [first, last] => Some([&*describe(first), ", ", &*describe(last)].concat()),
            [first, between @ .., last] => {
                Some(format!("{}, <{} more>, {}", describe(first), between.len(), describe(last)))
            }
        }
    }

    /// Sets the outcome and hands out the callbacks that are now due, in order. The first outcome stays.
    pub(super) fn complete(&self, outcome: Outcome<H>, unretrieved: &Rc<Unretrieved<H>>) -> Vec<DoneCallback<H>> {
        let mut place = self.outcome.borrow_mut();
        if place.is_some() {
            return Vec::new();
        }
        if matches!(outcome, Outcome::Exception(_)) {
            self.unretrieved.set(Some(unretrieved.clone()));
        }
        *place = Some(outcome);
        self.callbacks.take()
    }
}

/// Removes a future from a line of them. Those near its beginning or end cost least.
pub(super) fn remove<H: Host>(line: &mut VecDeque<Rc<Future<H>>>, future: &Rc<Future<H>>) {
    if let Some(position) = line.iter().position(|other| Rc::ptr_eq(other, future)) {
        line.remove(position);
    }
}
