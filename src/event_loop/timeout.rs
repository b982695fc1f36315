//! `asyncio.timeout`: a deadline for part of a task.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::callback::{Action, Handle, Observer};
use super::future::Future;
use super::host::Host;
use super::task;
use crate::trace::{Callback, Event, TaskId};

/// Where a [`Timeout`] stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeoutState {
    /// Nobody has entered it.
    Created,
    /// A task is under the deadline.
    Entered,
    /// The time is up and the task has been cancelled, but has not left yet.
    Expiring,
    /// The task left after the time was up.
    Expired,
    /// The task left in time.
    Exited,
}

impl TimeoutState {
    /// The word that CPython has for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Entered => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Exited => "finished",
        }
    }
}

/// A deadline: the task that enters it is cancelled if it has not left by then, and what leaves is a `TimeoutError`.
/// See `asyncio.timeouts.Timeout`.
pub struct Timeout<H: Host> {
    state: Cell<TimeoutState>,
    /// In seconds of the virtual clock.
    when: Cell<Option<f64>>,
    task: Cell<Option<TaskId>>,
    /// Requests for the task's cancellation that were there before.
    requests_before: Cell<u32>,
    timer: RefCell<Option<Rc<Handle<H>>>>,
}

impl<H: Host> Timeout<H> {
    /// A deadline at a time of the virtual clock, in seconds; `None` for no deadline.
    pub fn at(when: Option<f64>) -> Rc<Self> {
        Rc::new(Self {
            state: Cell::new(TimeoutState::Created),
            when: when.into(),
            task: Cell::default(),
            requests_before: Cell::default(),
            timer: RefCell::default(),
        })
    }

    /// The deadline, in seconds of the virtual clock.
    pub fn when(&self) -> Option<f64> {
        self.when.get()
    }

    /// Where it stands.
    pub fn state(&self) -> TimeoutState {
        self.state.get()
    }

    /// Whether the time was up before the task left.
    pub fn is_expired(&self) -> bool {
        matches!(self.state.get(), TimeoutState::Expiring | TimeoutState::Expired)
    }

    /// The task that runs comes under the deadline.
    ///
    /// # Errors
    /// The message of the `RuntimeError` if no task runs, or if it was entered before.
    pub fn enter(self: &Rc<Self>, host: &mut H) -> Result<(), &'static str> {
        if self.state.get() != TimeoutState::Created {
            return Err("Timeout has already been entered");
        }
        let event_loop = host.event_loop();
        let Some(task) = event_loop.current_task() else { return Err("Timeout should be used inside a task") };
        self.state.set(TimeoutState::Entered);
        self.task.set(Some(task));
        self.requests_before.set(event_loop.cancelling(task));
        self.set_timer(host);
        Ok(())
    }

    /// Moves the deadline of a task that is under it.
    ///
    /// # Errors
    /// The state, if no task is under it.
    pub fn reschedule(self: &Rc<Self>, host: &mut H, when: Option<f64>) -> Result<(), TimeoutState> {
        if self.state.get() != TimeoutState::Entered {
            return Err(self.state.get());
        }
        self.lift_deadline(host);
        self.when.set(when);
        self.stop_timer();
        self.set_timer(host);
        Ok(())
    }

    /// The task leaves, perhaps with an exception.
    ///
    /// # Errors
    /// A `TimeoutError` in the place of the `CancelledError` that the deadline caused.
    pub fn exit(&self, host: &mut H, exception: Option<&H::Exception>) -> Result<(), H::Exception> {
        self.stop_timer();
        self.lift_deadline(host);
        if self.state.get() != TimeoutState::Expiring {
            self.state.set(TimeoutState::Exited);
            return Ok(());
        }
        self.state.set(TimeoutState::Expired);
        let Some(task) = self.task.get() else { return Ok(()) };
        let requests = host.event_loop().uncancel(task);
        match exception {
            Some(exception) if requests <= self.requests_before.get() => {
                if H::is_cancellation(exception) {
                    return Err(H::timeout_error(Some(exception)));
                }
                H::insert_timeout_error(exception);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn set_timer(self: &Rc<Self>, host: &mut H) {
        let Some(when) = self.when.get() else { return };
        let event_loop = host.event_loop();
        if let Some(task) = self.task.get() {
            event_loop.record(Event::DeadlineSet { task, at: when });
        }
        let expire = Action::Notify(self.clone());
        let is_over = when <= event_loop.time();
        let timer = if is_over { event_loop.act_soon(expire) } else { event_loop.act_at(when, expire) };
        self.timer.replace(Some(timer));
    }

    fn lift_deadline(&self, host: &mut H) {
        if let (Some(task), Some(at)) = (self.task.get(), self.when.get()) {
            host.event_loop().record(Event::DeadlineLifted { task, at });
        }
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            timer.cancel();
        }
    }
}

impl<H: Host> Observer<H> for Timeout<H> {
    fn notify(self: Rc<Self>, host: &mut H, _: Option<&Rc<Future<H>>>) {
        self.timer.take();
        let Some(task) = self.task.get() else { return };
        self.state.set(TimeoutState::Expiring);
        if let Some(future) = host.event_loop().task_future(task) {
            task::cancel(host, &future, None);
        }
    }

    fn describe(&self, _: Option<&Rc<Future<H>>>) -> Callback {
        self.task.get().map_or(Callback::RunEnds, Callback::TimeIsUp)
    }

    fn function_name(&self) -> &'static str {
        "Timeout._on_timeout"
    }
}
