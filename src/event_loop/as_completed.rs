//! `asyncio.as_completed`: futures one by one, as they end.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::callback::{Action, DoneCallback, Handle, Observer, notes};
use super::future::{Future, Outcome, remove};
use super::gather::different;
use super::host::Host;
use crate::trace::{Awaited, Callback, GatherId, GatherKind, TaskId};

/// Several futures, in the order in which they end. See `asyncio.tasks._AsCompletedIterator`.
pub struct AsCompleted<H: Host> {
    gather: GatherId,
    task: Option<TaskId>,
    /// Those that are not noted as done.
    pending: RefCell<VecDeque<Rc<Future<H>>>>,
    /// How many have not been asked for.
    unclaimed: Cell<usize>,
    /// Done and not handed out. `None` stands for one that did not end in time.
    done: RefCell<VecDeque<Option<Rc<Future<H>>>>>,
    /// Who waits for the next, in order.
    line: RefCell<VecDeque<Rc<Future<H>>>>,
    timer: RefCell<Option<Rc<Handle<H>>>>,
}

impl<H: Host> AsCompleted<H> {
    /// Begins to watch `futures`, for at most `timeout` seconds. One that is given twice counts once.
    pub fn begin(host: &mut H, futures: &[Rc<Future<H>>], timeout: Option<f64>) -> Rc<Self> {
        let event_loop = host.event_loop();
        let pending = different(futures);
        let watch = Rc::new(Self {
            gather: event_loop.next_gather(GatherKind::AsCompleted, &pending),
            task: event_loop.current_task(),
            unclaimed: Cell::new(pending.len()),
            pending: RefCell::new(pending.clone().into()),
            done: RefCell::default(),
            line: RefCell::default(),
            timer: RefCell::default(),
        });
        for future in &pending {
            event_loop.when_done(future, DoneCallback::Notify(watch.clone()));
        }
        if let Some(seconds) = timeout
            && !pending.is_empty()
        {
            let timer = event_loop.act_at(event_loop.time() + seconds, Action::Notify(watch.clone()));
            watch.timer.replace(Some(timer));
        }
        watch
    }

    /// Claims the next that will be done. False if all have been claimed.
    pub fn claim(&self) -> bool {
        let unclaimed = self.unclaimed.get();
        self.unclaimed.set(unclaimed.saturating_sub(1));
        unclaimed > 0
    }

    /// The next that is done, `Some(None)` if the time is up instead, or `None` if there is nothing yet: then
    /// [`wait`](Self::wait) gives what to await before asking again.
    pub fn take(&self) -> Option<Option<Rc<Future<H>>>> {
        self.done.borrow_mut().pop_front()
    }

    /// A place in the line for the next that is done.
    pub fn wait(&self) -> Rc<Future<H>> {
        let waiter = Future::awaited_as(Awaited::Gather(self.gather));
        self.line.borrow_mut().push_back(waiter.clone());
        waiter
    }

    /// The wait at this place was interrupted: its turn goes to the next if it had come.
    pub fn give_up(&self, host: &mut H, waiter: &Rc<Future<H>>) {
        let was_woken = waiter.is_done() && !waiter.is_cancelled();
        host.event_loop().complete(waiter, Outcome::Cancelled(None));
        remove(&mut self.line.borrow_mut(), waiter);
        if was_woken && !self.done.borrow().is_empty() {
            self.wake_next(host);
        }
    }

    fn put(&self, host: &mut H, item: Option<Rc<Future<H>>>) {
        self.done.borrow_mut().push_back(item);
        self.wake_next(host);
    }

    fn wake_next(&self, host: &mut H) {
        loop {
            let Some(waiter) = self.line.borrow_mut().pop_front() else { return };
            if !waiter.is_done() {
                return host.event_loop().complete(&waiter, Outcome::Value(H::none()));
            }
        }
    }
}

impl<H: Host> Observer<H> for AsCompleted<H> {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        let Some(done) = done else {
            let observer: Rc<dyn Observer<H>> = self.clone();
            for future in self.pending.take() {
                future.remove_observer(&observer);
                self.put(host, None);
            }
            return;
        };
        if self.pending.borrow().is_empty() {
            return;
        }
        remove(&mut self.pending.borrow_mut(), done);
        self.put(host, Some(done.clone()));
        if self.pending.borrow().is_empty()
            && let Some(timer) = self.timer.take()
        {
            timer.cancel();
        }
    }

    fn describe(&self, done: Option<&Rc<Future<H>>>) -> Callback {
        match (done, self.task) {
            (None, Some(task)) => Callback::TimeIsUp(task),
            _ => notes(self.gather, done),
        }
    }

    fn function_name(&self) -> &'static str {
        "_AsCompletedIterator._handle_completion"
    }
}
