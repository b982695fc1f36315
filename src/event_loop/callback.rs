//! What the loop calls between the steps of tasks.

use std::cell::RefCell;
use std::rc::Rc;

use super::future::{Future, Outcome};
use super::host::Host;
use crate::trace::{self, GatherId, TaskId};

/// What the loop calls, one turn later, when a future is done.
pub enum DoneCallback<H: Host> {
    /// Resume the task that awaits the future.
    Wake(TaskId),
    /// Tell somebody who watches several futures, or one for another.
    Notify(Rc<dyn Observer<H>>),
    /// Complete this other future, if it is not done: somebody waits for the end of a future without its result.
    Release(Rc<Future<H>>),
    /// Call a function of the program with the future.
    Call(H::Function),
    /// Stop the loop: `run_until_complete` waits for this future.
    Stop,
}

/// Who wants to know that a future is done, or that a time has come.
pub trait Observer<H: Host> {
    /// Takes note, in a step of its own. `done`: the future; `None` if it is about a timer.
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>);

    /// What this step is called in the trace.
    fn describe(&self, done: Option<&Rc<Future<H>>>) -> trace::Callback;

    /// The function of `asyncio` that takes note in CPython.
    fn function_name(&self) -> &'static str;
}

/// What a scheduled call does.
pub(super) enum Action<H: Host> {
    /// Calls a function of the program.
    Call(H::Function),
    /// Tells an observer that its time has come.
    Notify(Rc<dyn Observer<H>>),
    /// Completes a future, if it is not done; what the trace calls that.
    Complete(Rc<Future<H>>, Outcome<H>, trace::Callback),
}

impl<H: Host> Action<H> {
    /// What its step is called in the trace.
    pub fn describe(&self) -> trace::Callback {
        match self {
            Self::Call(function) => trace::Callback::Function(H::function_name(function)),
            Self::Notify(observer) => observer.describe(None),
            Self::Complete(_, _, callback) => callback.clone(),
        }
    }
}

/// A scheduled call, which can be cancelled until it is made. See `asyncio.Handle` and `TimerHandle`.
pub struct Handle<H: Host> {
    /// Gone when it was made or cancelled.
    action: RefCell<Option<Action<H>>>,
    cancelled: std::cell::Cell<bool>,
    when: Option<f64>,
}

impl<H: Host> Handle<H> {
    pub(super) fn new(action: Action<H>, when: Option<f64>) -> Rc<Self> {
        Rc::new(Self { action: Some(action).into(), cancelled: false.into(), when })
    }

    /// The handle of a call to a function that is scheduled nowhere.
    pub fn of_function(function: H::Function, when: Option<f64>) -> Rc<Self> {
        Self::new(Action::Call(function), when)
    }

    /// When it is due, in seconds of the virtual clock; `None` for the next turn.
    pub fn when(&self) -> Option<f64> {
        self.when
    }

    /// The function of the program that it calls, until it is called or cancelled.
    pub fn function(&self) -> Option<H::Function> {
        match &*self.action.borrow() {
            Some(Action::Call(function)) => Some(function.clone()),
            _ => None,
        }
    }

    /// Sees to it that the call is not made.
    pub fn cancel(&self) {
        self.cancelled.set(true);
        self.action.take();
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.get()
    }

    pub(super) fn describe(&self) -> Option<trace::Callback> {
        self.action.borrow().as_ref().map(Action::describe)
    }

    pub(super) fn take(&self) -> Option<Action<H>> {
        self.action.take()
    }
}

/// What the trace calls the step in which somebody who watches several futures takes note that this one is done.
pub(super) fn notes<H: Host>(gather: GatherId, child: Option<&Rc<Future<H>>>) -> trace::Callback {
    match child.and_then(|child| child.task()) {
        Some(child) => trace::Callback::GatherNotes { gather, child },
        None => trace::Callback::Function("future done".into()),
    }
}
