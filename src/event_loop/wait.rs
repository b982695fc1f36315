//! `asyncio.wait`: until the first, the first failure, or all of several futures are done, or the time is up.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::callback::{Action, DoneCallback, Handle, Observer, notes};
use super::future::{Future, Outcome};
use super::gather::different;
use super::host::Host;
use crate::trace::{Awaited, Callback, Event, GatherId, GatherKind, TaskId};

/// What a [`Wait`] waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// Until one is done.
    FirstCompleted,
    /// Until one has failed, or all are done.
    FirstException,
    /// Until all are done.
    AllCompleted,
}

/// Some futures.
type Futures<H> = Vec<Rc<Future<H>>>;

/// A wait for several futures, which does not care how they end. See `asyncio.tasks._wait`.
pub struct Wait<H: Host> {
    gather: GatherId,
    futures: Vec<Rc<Future<H>>>,
    return_when: ReturnWhen,
    left: Cell<usize>,
    waiter: Rc<Future<H>>,
    timer: RefCell<Option<Rc<Handle<H>>>>,
    /// Who waits, and when it gives up, in seconds.
    deadline: Option<(TaskId, f64)>,
}

impl<H: Host> Wait<H> {
    /// Begins to wait for `futures`, for at most `timeout` seconds. One that is given twice counts once.
    ///
    /// # Panics
    /// If no task runs.
    pub fn begin(host: &mut H, futures: &[Rc<Future<H>>], timeout: Option<f64>, return_when: ReturnWhen) -> Rc<Self> {
        let event_loop = host.event_loop();
        let gather = event_loop.next_gather(GatherKind::Wait, futures);
        let futures = different(futures);
        let waiter = Future::awaited_as(Awaited::Gather(gather));
        let task = event_loop.current_task().expect("only a task can wait");
        let timer = timeout.map(|seconds| {
            let release = Action::Complete(waiter.clone(), Outcome::Value(H::none()), Callback::TimeIsUp(task));
            let at = event_loop.time() + seconds;
            event_loop.record(Event::DeadlineSet { task, at });
            event_loop.act_at(at, release)
        });
        let deadline = timeout.map(|seconds| (task, event_loop.time() + seconds));
        let left = Cell::new(futures.len());
        let wait = Rc::new(Self { gather, futures, return_when, left, waiter, timer: timer.into(), deadline });
        for future in &wait.futures {
            host.event_loop().when_done(future, DoneCallback::Notify(wait.clone()));
        }
        wait
    }

    /// What to await. Whatever comes of that, [`end`](Self::end) is due afterwards.
    pub fn waiter(&self) -> &Rc<Future<H>> {
        &self.waiter
    }

    /// Ends the wait, and tells the futures that are done from those that are not.
    pub fn end(self: &Rc<Self>, host: &mut H) -> (Futures<H>, Futures<H>) {
        self.stop_timer();
        if let Some((task, at)) = self.deadline {
            host.event_loop().record(Event::DeadlineLifted { task, at });
        }
        let observer: Rc<dyn Observer<H>> = self.clone();
        for future in &self.futures {
            future.remove_observer(&observer);
        }
        self.futures.iter().cloned().partition(|future| future.is_done())
    }

    fn stop_timer(&self) {
        if let Some(timer) = self.timer.take() {
            timer.cancel();
        }
    }
}

impl<H: Host> Observer<H> for Wait<H> {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        self.left.set(self.left.get().saturating_sub(1));
        let is_over = self.left.get() == 0
            || match self.return_when {
                ReturnWhen::FirstCompleted => true,
                ReturnWhen::FirstException => done.is_some_and(|future| future.has_failed()),
                ReturnWhen::AllCompleted => false,
            };
        if is_over {
            self.stop_timer();
            host.event_loop().complete(&self.waiter, Outcome::Value(H::none()));
        }
    }

    fn describe(&self, done: Option<&Rc<Future<H>>>) -> Callback {
        notes(self.gather, done)
    }

    fn function_name(&self) -> &'static str {
        "_wait.<locals>._on_completion"
    }
}
