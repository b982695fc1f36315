//! `asyncio.TaskGroup`: tasks that end together.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::callback::{DoneCallback, Observer, notes};
use super::future::{Future, Outcome, remove};
use super::host::Host;
use super::task;
use crate::trace::{Awaited, Callback, Event, GatherId, GatherKind, TaskId};

/// How far a task is in leaving its group.
pub enum Leaving<H: Host> {
    /// It has to wait for this future first, and then to ask again.
    Wait(Rc<Future<H>>),
    /// It has left. The exception, if there is one, takes the place of the one with which it came.
    Left(Result<(), H::Exception>),
}

/// Tasks for which the task that created them waits. When one fails, the others are cancelled. See
/// `asyncio.taskgroups.TaskGroup`.
pub struct TaskGroup<H: Host> {
    /// Known once a task has entered it.
    gather: Cell<Option<GatherId>>,
    parent: Cell<Option<TaskId>>,
    is_exiting: Cell<bool>,
    is_aborting: Cell<bool>,
    parent_cancel_requested: Cell<bool>,
    /// Those not done, in order of creation.
    tasks: RefCell<VecDeque<Rc<Future<H>>>>,
    errors: RefCell<Vec<H::Exception>>,
    /// The first of the exceptions that end programs.
    base_error: RefCell<Option<H::Exception>>,
    /// What the parent awaits in leaving.
    completed: RefCell<Option<Rc<Future<H>>>>,
    /// The `CancelledError` that the parent will let through if there are no errors.
    cancellation: RefCell<Option<H::Exception>>,
}

impl<H: Host> TaskGroup<H> {
    /// A group that nobody has entered.
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            gather: Cell::default(),
            parent: Cell::default(),
            is_exiting: Cell::default(),
            is_aborting: Cell::default(),
            parent_cancel_requested: Cell::default(),
            tasks: RefCell::default(),
            errors: RefCell::default(),
            base_error: RefCell::default(),
            completed: RefCell::default(),
            cancellation: RefCell::default(),
        })
    }

    /// The task that runs enters the group.
    ///
    /// # Errors
    /// What is wrong, to follow the group's own description: it was entered before, or no task runs.
    pub fn enter(&self, host: &mut H) -> Result<(), &'static str> {
        if self.gather.get().is_some() {
            return Err("has already been entered");
        }
        let event_loop = host.event_loop();
        let Some(parent) = event_loop.current_task() else { return Err("cannot determine the parent task") };
        self.parent.set(Some(parent));
        self.gather.set(Some(event_loop.next_gather(GatherKind::TaskGroup, &[])));
        Ok(())
    }

    /// Whether tasks can be created in the group.
    ///
    /// # Errors
    /// What is wrong, to follow the group's own description: not entered, finished or shutting down.
    pub fn check_open(&self) -> Result<(), &'static str> {
        if self.gather.get().is_none() {
            Err("has not been entered")
        } else if self.is_exiting.get() && self.tasks.borrow().is_empty() {
            Err("is finished")
        } else if self.is_aborting.get() {
            Err("is shutting down")
        } else {
            Ok(())
        }
    }

    /// Takes a new task into the group.
    pub fn add(self: &Rc<Self>, host: &mut H, child: Rc<Future<H>>) {
        let event_loop = host.event_loop();
        if let (Some(gather), Some(child)) = (self.gather.get(), child.task()) {
            event_loop.record(Event::GatherGrew { gather, child });
        }
        event_loop.when_done(&child, DoneCallback::Notify(self.clone()));
        self.tasks.borrow_mut().push_back(child);
    }

    /// The parent begins to leave, perhaps with an exception.
    pub fn leave(&self, host: &mut H, exception: Option<&H::Exception>) -> Leaving<H> {
        self.is_exiting.set(true);
        if let Some(exception) = exception {
            self.note_base_error(exception);
            if H::is_cancellation(exception) {
                *self.cancellation.borrow_mut() = Some(exception.clone());
            }
            if !self.is_aborting.get() {
                self.abort(host);
            }
        }
        self.go_on(host, exception)
    }

    /// The parent was resumed, or interrupted by its cancellation, in the wait that [`Self::leave`] asked for.
    /// `exception`: with what it began to leave.
    pub fn keep_leaving(
        &self,
        host: &mut H,
        interruption: Option<H::Exception>,
        exception: Option<&H::Exception>,
    ) -> Leaving<H> {
        match interruption {
            Some(interruption) if !H::is_cancellation(&interruption) => return Leaving::Left(Err(interruption)),
            Some(interruption) if !self.is_aborting.get() => {
                *self.cancellation.borrow_mut() = Some(interruption);
                self.abort(host);
            }
            _ => {}
        }
        self.completed.take();
        self.go_on(host, exception)
    }

    fn go_on(&self, host: &mut H, exception: Option<&H::Exception>) -> Leaving<H> {
        if !self.tasks.borrow().is_empty() {
            let awaited = self.gather.get().map_or(Awaited::Future, Awaited::Gather);
            let completed = Future::awaited_as(awaited);
            *self.completed.borrow_mut() = Some(completed.clone());
            return Leaving::Wait(completed);
        }
        Leaving::Left(self.verdict(host, exception))
    }

    fn verdict(&self, host: &mut H, exception: Option<&H::Exception>) -> Result<(), H::Exception> {
        if let Some(error) = self.base_error.take() {
            return Err(error);
        }
        let event_loop = host.event_loop();
        let parent = self.parent.get();
        let mut cancellation = self.cancellation.take();
        if let Some(parent) = parent
            && self.parent_cancel_requested.get()
            && event_loop.uncancel(parent) == 0
        {
            cancellation = None;
        }
        let mut errors = self.errors.take();
        if let Some(cancellation) = cancellation
            && errors.is_empty()
        {
            return Err(cancellation);
        }
        errors.extend(exception.filter(|exception| !H::is_cancellation(exception)).cloned());
        if errors.is_empty() {
            return Ok(());
        }
        // If somebody else cancels the parent as well, that stays in force beside the group's exception.
        if let Some(parent) = parent
            && event_loop.cancelling(parent) > 0
        {
            event_loop.uncancel(parent);
            if let Some(parent) = event_loop.task_future(parent) {
                task::cancel(host, &parent, None);
            }
        }
        Err(H::exception_group("unhandled errors in a TaskGroup", errors))
    }

    fn note_base_error(&self, exception: &H::Exception) {
        if H::ends_program(exception) {
            self.base_error.borrow_mut().get_or_insert_with(|| exception.clone());
        }
    }

    fn abort(&self, host: &mut H) {
        self.is_aborting.set(true);
        let tasks = self.tasks.borrow().clone();
        for task in tasks {
            task::cancel(host, &task, None);
        }
    }

    /// Its state, as CPython's `repr` shows it.
    pub fn describe_state(&self) -> String {
        let mut text = String::from("<TaskGroup");
        for (count, name) in [(self.tasks.borrow().len(), "tasks"), (self.errors.borrow().len(), "errors")] {
            if count > 0 {
                text.push_str(&format!(" {name}={count}"));
            }
        }
        if self.is_aborting.get() {
            text.push_str(" cancelling");
        } else if self.gather.get().is_some() {
            text.push_str(" entered");
        }
        text.push('>');
        text
    }
}

impl<H: Host> Observer<H> for TaskGroup<H> {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        let Some(child) = done else { return };
        remove(&mut self.tasks.borrow_mut(), child);
        if self.tasks.borrow().is_empty()
            && let Some(completed) = &*self.completed.borrow()
        {
            host.event_loop().complete(completed, Outcome::Value(H::none()));
        }
        let Some(Outcome::Exception(exception)) = child.outcome() else { return };
        child.retrieve();
        self.errors.borrow_mut().push(exception.clone());
        self.note_base_error(&exception);
        let Some(parent) = self.parent.get().and_then(|parent| host.event_loop().task_future(parent)) else { return };
        if self.is_aborting.get() || self.parent_cancel_requested.get() {
            return;
        }
        self.abort(host);
        self.parent_cancel_requested.set(true);
        task::cancel(host, &parent, None);
    }

    fn describe(&self, done: Option<&Rc<Future<H>>>) -> Callback {
        self.gather.get().map_or(Callback::RunEnds, |gather| notes(gather, done))
    }

    fn function_name(&self) -> &'static str {
        "TaskGroup._on_task_done"
    }
}
