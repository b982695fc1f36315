//! The ready queue, the virtual clock, and the turns of the loop.

use std::cell::RefCell;
use std::collections::{BinaryHeap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;

use super::callback::{Action, DoneCallback, Handle, Observer};
use super::future::{Future, Kind, Outcome, Unretrieved};
use super::host::Host;
use super::switch::Aside;
use super::task::{self, Task, Waiting};
use super::timer::{Alarm, Timer};
use super::waker::Inbox;
use crate::trace::{Awaited, Callback, Cause, Event, GatherId, GatherKind, Runner, TaskId, Text, Trace};

/// Timers due within this many seconds of each other fire in the same turn: the clock's resolution.
const RESOLUTION: f64 = 1e-9;

/// After so many steps in one turn the host gets a pause.
const MOST_STEPS: usize = 1000;

/// An entry of the ready queue.
pub(super) enum Ready<H: Host> {
    Task(TaskId),
    EndSleep { task: TaskId, timer: u64 },
    Notify { observer: Rc<dyn Observer<H>>, done: Rc<Future<H>> },
    Release(Rc<Future<H>>),
    Stop,
    Call(Rc<Handle<H>>),
}

/// The state of the loop. Its host owns it; [`turn`] drives it.
pub struct EventLoop<H: Host> {
    trace: Rc<RefCell<Trace>>,
    time: f64,
    until: f64,
    pub(super) ready: VecDeque<Ready<H>>,
    pub(super) timers: BinaryHeap<Timer<H>>,
    timers_set: u64,
    tasks: Vec<Task<H>>,
    gathers: u32,
    unnamed_tasks: u32,
    /// When the last worker thread is done, in seconds.
    busy_until: f64,
    inbox: Arc<Inbox>,
    /// Entries of the ready queue that belong to the turn under way.
    left_in_turn: usize,
    /// The loop rests once it has run so many steps.
    rest_after: u32,
    current: Option<TaskId>,
    paused: bool,
    unretrieved: Rc<Unretrieved<H>>,
    pub(super) stopping: bool,
    /// Requests for cancellation under way, each because of the one before.
    pub(super) cancellations: u32,
    /// Which of the program's loops this is now, and what the others keep.
    pub(super) number: u32,
    pub(super) aside: Vec<Aside<H>>,
}

/// What a task waits for. At a clock or a primitive CPython has a future for it.
pub enum WaitsFor<H: Host> {
    /// A time, or its turn at a primitive.
    Pending,
    /// As before; but its wait was cancelled.
    Cancelled,
    /// As before; but its turn has come.
    Woken,
    /// A future.
    Future(Rc<Future<H>>),
}

/// What came of a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// There is more to run.
    More,
    /// The future that the loop runs for is done, or the host is halted.
    Stopped,
    /// Nothing is ready and no timer is pending.
    Stuck,
    /// The next timer lies beyond the limit.
    Horizon,
    /// As many steps have been run as were asked for, and nothing of the next.
    Resting,
}

impl<H: Host> EventLoop<H> {
    /// A loop at time 0 that records into `trace` and does not let the clock pass `until` seconds.
    pub fn new(trace: Rc<RefCell<Trace>>, until: f64) -> Self {
        Self {
            trace,
            time: 0.0,
            until,
            ready: VecDeque::new(),
            timers: BinaryHeap::new(),
            timers_set: 0,
            cancellations: 0,
            tasks: Vec::new(),
            gathers: 0,
            unnamed_tasks: 0,
            busy_until: 0.0,
            inbox: Arc::default(),
            left_in_turn: 0,
            rest_after: u32::MAX,
            current: None,
            paused: false,
            unretrieved: Rc::default(),
            stopping: false,
            number: 0,
            aside: Vec::new(),
        }
    }

    /// Adds to the trace.
    pub fn record(&self, event: Event) {
        self.trace.borrow_mut().record(event);
    }

    /// The virtual clock, in seconds.
    pub fn time(&self) -> f64 {
        self.time
    }

    /// Lets the clock run while everything stands still, as a blocking call does. False if that passes the limit.
    pub fn block(&mut self, seconds: f64, line: u32) -> bool {
        self.record(Event::Blocked { seconds, line });
        self.time += seconds;
        self.time <= self.until
    }

    /// The task that runs now.
    pub fn current_task(&self) -> Option<TaskId> {
        self.current
    }

    /// How many requests for the cancellation of a task are in force. See `Task.cancelling`.
    pub fn cancelling(&mut self, task: TaskId) -> u32 {
        self.task(task).cancelling
    }

    /// Takes back one request for the cancellation of a task, and says how many are left. See `Task.uncancel`.
    pub fn uncancel(&mut self, task: TaskId) -> u32 {
        let task = self.task(task);
        task.cancelling = task.cancelling.saturating_sub(1);
        if task.cancelling == 0 {
            task.must_cancel = false;
        }
        task.cancelling
    }

    /// The tasks of one of the program's loops that are not done, in order of creation.
    pub fn unfinished_tasks(&self, event_loop: u32) -> Vec<Rc<Future<H>>> {
        self.tasks.iter().filter(|task| task.event_loop == event_loop).filter_map(|task| task.future.clone()).collect()
    }

    /// The tasks that are not done, of all loops.
    pub fn all_unfinished_tasks(&self) -> Vec<Rc<Future<H>>> {
        self.tasks.iter().filter_map(|task| task.future.clone()).collect()
    }

    /// Whether [`Self::take_unretrieved`] has something to give.
    pub fn has_unretrieved(&self) -> bool {
        !self.unretrieved.borrow().is_empty()
    }

    /// Futures, dropped since the last call, with exceptions that nobody has asked for. See `Future.__del__`.
    pub fn take_unretrieved(&mut self) -> Vec<Rc<Future<H>>> {
        self.unretrieved.take()
    }

    /// Lets the loop rest before the step after this one, until it is told to rest later.
    pub fn rest_after(&mut self, step: u32) {
        self.rest_after = step;
    }

    /// Whether the loop has run all the steps that it may run for now.
    pub fn rests(&self) -> bool {
        !self.paused && self.trace.borrow().steps() >= self.rest_after
    }

    /// Whether the turn under way has been left for a pause.
    pub fn is_amid_turn(&self) -> bool {
        self.paused || self.left_in_turn > 0
    }

    /// How many tasks were created so far.
    pub fn tasks_created(&self) -> usize {
        self.tasks.len()
    }

    /// So many of the names `Task-N` are given to others.
    pub fn skip_task_names(&mut self, count: u32) {
        self.unnamed_tasks += count;
    }

    /// The future of a task that is not done.
    pub fn task_future(&self, task: TaskId) -> Option<Rc<Future<H>>> {
        self.tasks[task.0 as usize].future.clone()
    }

    /// The coroutine of a task that is not done and does not run.
    pub fn task_coroutine(&self, task: TaskId) -> Option<&H::Coroutine> {
        self.tasks[task.0 as usize].coroutine.as_ref()
    }

    /// Of which kind the future is that a task awaits: none if the task does not wait.
    pub fn task_waits_for(&self, task: TaskId) -> Option<WaitsFor<H>> {
        match &self.tasks[task.0 as usize].waiting {
            Waiting::Nothing => None,
            Waiting::Sleep { .. } | Waiting::Primitive(_) => Some(WaitsFor::Pending),
            Waiting::Cancelled { .. } => Some(WaitsFor::Cancelled),
            Waiting::Woken => Some(WaitsFor::Woken),
            Waiting::Future(future) => Some(WaitsFor::Future(future.clone())),
        }
    }

    /// The name of a task. See `Task.get_name`.
    pub fn task_name(&self, task: TaskId) -> String {
        let task = &self.tasks[task.0 as usize];
        match &task.name {
            Some(name) => name.to_string(),
            None => format!("Task-{}", task.number),
        }
    }

    /// Gives a task another name, and another label on the page. See `Task.set_name`.
    pub fn rename_task(&mut self, task: TaskId, name: &str, label: Text) {
        self.task(task).name = Some(name.into());
        self.record(Event::TaskRenamed { task, label });
    }

    /// A future that is completed when a worker thread has been busy for so many seconds.
    pub fn complete_after(&mut self, seconds: f64, outcome: Outcome<H>) -> Rc<Future<H>> {
        let until = self.time + seconds;
        let future = Future::awaited_as(Awaited::Job { until });
        self.busy_until = self.busy_until.max(until);
        self.act_at(until, Action::Complete(future.clone(), outcome, Callback::JobEnds));
        future
    }

    /// Creates a task, which begins in the next turn. See `asyncio.create_task`.
    ///
    /// A task that is given no name is called `Task-N`. `label`: what it is called on the page.
    pub fn create_task(
        &mut self,
        coroutine: H::Coroutine,
        name: Option<&str>,
        label: Text,
        line: u32,
    ) -> Rc<Future<H>> {
        self.unnamed_tasks += u32::from(name.is_none());
        let task = TaskId(self.tasks.len() as u32);
        let future = Future::of_kind(Kind::Task(task));
        self.tasks.push(Task {
            future: Some(future.clone()),
            name: name.map(Text::from),
            number: self.unnamed_tasks,
            coroutine: Some(coroutine),
            waiting: Waiting::Nothing,
            must_cancel: false,
            cancel_message: None,
            cancelling: 0,
            is_being_cancelled: false,
            event_loop: self.number,
        });
        self.record(Event::TaskCreated { task, label, line });
        self.enqueue(task, Cause::Created);
        future
    }

    /// A waker for the task that runs now, to be left with a primitive.
    ///
    /// # Panics
    /// If no task runs.
    pub fn waker(&self) -> Waker {
        self.inbox.waker(self.current.expect("only a running task can wait"))
    }

    /// Puts the tasks that a primitive has just woken into the ready queue, in the order in which it woke them.
    ///
    /// To be called after every call that may wake somebody, before anything else is scheduled.
    pub fn collect_wakes(&mut self) {
        for task in self.inbox.drain() {
            let entry = self.task(task);
            if let Waiting::Primitive(primitive) = entry.waiting {
                entry.waiting = Waiting::Woken;
                self.enqueue(task, Cause::Woken(primitive));
            }
        }
    }

    /// How many tasks have been woken since the last [`Self::collect_wakes`].
    pub fn wakes_to_collect(&self) -> usize {
        self.inbox.len()
    }

    /// Calls `function` in the next turn. See `loop.call_soon`.
    pub fn call_soon(&mut self, function: H::Function) -> Rc<Handle<H>> {
        self.act_soon(Action::Call(function))
    }

    /// Calls `function` at a time of the virtual clock. See `loop.call_at`.
    pub fn call_at(&mut self, when: f64, function: H::Function) -> Rc<Handle<H>> {
        self.act_at(when, Action::Call(function))
    }

    pub(super) fn act_soon(&mut self, action: Action<H>) -> Rc<Handle<H>> {
        let handle = Handle::new(action, None);
        self.schedule(Ready::Call(handle.clone()));
        handle
    }

    pub(super) fn act_at(&mut self, when: f64, action: Action<H>) -> Rc<Handle<H>> {
        let handle = Handle::new(action, Some(when));
        self.set_timer(when, Alarm::Call(handle.clone()));
        handle
    }

    /// Calls a function of the program with the future once it is done. See `Future.add_done_callback`.
    pub fn call_when_done(&mut self, future: &Rc<Future<H>>, function: H::Function) {
        self.when_done(future, DoneCallback::Call(function));
    }

    pub(super) fn when_done(&mut self, future: &Rc<Future<H>>, callback: DoneCallback<H>) {
        if future.is_done() {
            self.schedule_callback(future, callback);
        } else {
            future.add_callback(callback);
        }
    }

    /// Completes a future; what waits for it is scheduled.
    pub fn complete(&mut self, future: &Rc<Future<H>>, outcome: Outcome<H>) {
        for callback in future.complete(outcome, &self.unretrieved) {
            self.schedule_callback(future, callback);
        }
    }

    /// Stops the loop one turn after `future` is done. See `loop.run_until_complete`.
    pub fn stop_when_done(&mut self, future: &Rc<Future<H>>) {
        self.when_done(future, DoneCallback::Stop);
    }

    /// Where the clock stops, in seconds.
    pub fn limit(&self) -> f64 {
        self.until
    }

    /// Whether a turn would find something to run without moving the clock.
    pub fn has_work_now(&mut self) -> bool {
        self.drop_dead_timers();
        !self.ready.is_empty() || self.timers.peek().is_some_and(|timer| timer.when < self.time + RESOLUTION)
    }

    /// A future that is completed when the last worker thread is done; `None` if all are. See
    /// `BaseEventLoop.shutdown_default_executor`.
    pub fn join_threads(&mut self) -> Option<Rc<Future<H>>> {
        let until = self.busy_until;
        let threads = Future::awaited_as(Awaited::Job { until });
        let end = Action::Complete(threads.clone(), Outcome::Value(H::none()), Callback::JobEnds);
        (until > self.time).then(|| {
            self.act_at(until, end);
            threads
        })
    }

    /// Drops every task that is not done, so that nothing keeps itself alive after the run.
    pub fn clear(&mut self) {
        for task in &mut self.tasks {
            task.future = None;
        }
        self.ready.clear();
        self.timers.clear();
        self.aside.clear();
        let unfinished: Vec<_> = self.tasks.iter_mut().map(|task| (task.coroutine.take(), &mut task.waiting)).collect();
        for (coroutine, waiting) in unfinished {
            *waiting = Waiting::Nothing;
            drop(coroutine);
        }
        self.inbox.drain();
    }

    pub(super) fn task(&mut self, task: TaskId) -> &mut Task<H> {
        &mut self.tasks[task.0 as usize]
    }

    /// Records that somebody begins to watch several futures.
    pub(super) fn next_gather(&mut self, kind: GatherKind, children: &[Rc<Future<H>>]) -> GatherId {
        let gather = GatherId(self.gathers);
        self.gathers += 1;
        let children = children.iter().filter_map(|child| child.task()).collect();
        self.record(Event::GatherCreated { gather, kind, children });
        gather
    }

    pub(super) fn enqueue(&mut self, task: TaskId, cause: Cause) {
        self.record(Event::Ready { task, cause });
        self.ready.push_back(Ready::Task(task));
    }

    pub(super) fn sleep(&mut self, task: TaskId, seconds: f64) -> (u64, f64) {
        let until = self.time + seconds;
        (self.set_timer(until, Alarm::EndSleep(task)), until)
    }

    fn set_timer(&mut self, when: f64, alarm: Alarm<H>) -> u64 {
        self.timers_set += 1;
        self.timers.push(Timer { when, number: self.timers_set, alarm });
        self.timers_set
    }

    fn schedule_callback(&mut self, future: &Rc<Future<H>>, callback: DoneCallback<H>) {
        match callback {
            DoneCallback::Wake(task) => {
                let cause = if future.is_cancelled() { Cause::Cancelled } else { Cause::Completed };
                self.enqueue(task, cause);
            }
            DoneCallback::Notify(observer) => self.schedule(Ready::Notify { observer, done: future.clone() }),
            DoneCallback::Release(waiter) => self.schedule(Ready::Release(waiter)),
            DoneCallback::Call(function) => {
                self.call_soon(H::with_future(function, future.clone()));
            }
            DoneCallback::Stop => self.schedule(Ready::Stop),
        }
    }

    fn schedule(&mut self, entry: Ready<H>) {
        self.record(Event::Scheduled { callback: describe(&entry) });
        self.ready.push_back(entry);
    }

    /// Whether a timer still has somebody to act upon.
    fn is_live(&self, timer: &Timer<H>) -> bool {
        match &timer.alarm {
            Alarm::Call(handle) => !handle.is_cancelled(),
            Alarm::EndSleep(task) => {
                matches!(self.tasks[task.0 as usize].waiting, Waiting::Sleep { timer: number } if number == timer.number)
            }
        }
    }

    fn drop_dead_timers(&mut self) {
        while self.timers.peek().is_some_and(|timer| !self.is_live(timer)) {
            self.timers.pop();
        }
    }

    /// Moves the clock if nothing is ready, and moves what is due to the ready queue. See `BaseEventLoop._run_once`.
    fn begin_turn(&mut self) -> Turn {
        self.drop_dead_timers();
        let mut moved = None;
        if self.ready.is_empty() && !self.stopping {
            let Some(next) = self.timers.peek() else { return Turn::Stuck };
            let time = self.time.max(next.when);
            if time > self.until {
                return Turn::Horizon;
            }
            if time > self.time {
                self.time = time;
                moved = Some(time);
            }
        }
        self.record(Event::Turn);
        if let Some(seconds) = moved {
            self.record(Event::Clock { seconds });
        }
        while self.timers.peek().is_some_and(|timer| timer.when < self.time + RESOLUTION) {
            let Some(timer) = self.timers.pop() else { break };
            if !self.is_live(&timer) {
                continue;
            }
            self.schedule(match timer.alarm {
                Alarm::EndSleep(task) => Ready::EndSleep { task, timer: timer.number },
                Alarm::Call(handle) => Ready::Call(handle),
            });
        }
        self.left_in_turn = self.ready.len();
        Turn::More
    }
}

fn describe<H: Host>(entry: &Ready<H>) -> Callback {
    match entry {
        Ready::Task(task) | Ready::EndSleep { task, .. } => Callback::SleepEnds(*task),
        Ready::Notify { observer, done } => observer.describe(Some(done)),
        Ready::Release(_) => Callback::Function("future done".into()),
        Ready::Stop => Callback::RunEnds,
        Ready::Call(handle) => handle.describe().unwrap_or(Callback::Function("cancelled call".into())),
    }
}

/// Runs one turn of the loop, or less where the host asks for a pause.
///
/// A turn is one pass over all that was ready when it began. See `BaseEventLoop._run_once`.
pub fn turn<H: Host>(host: &mut H) -> Turn {
    let event_loop = host.event_loop();
    if event_loop.rests() {
        return Turn::Resting;
    }
    if event_loop.left_in_turn == 0 && !event_loop.paused {
        match event_loop.begin_turn() {
            Turn::More => {}
            end => return end,
        }
    }
    let mut steps = 0;
    loop {
        let event_loop = host.event_loop();
        if event_loop.paused {
            let task = event_loop.current.expect("only a task is paused");
            let paused = task::step(host, task, true);
            host.event_loop().paused = paused;
        } else if event_loop.left_in_turn > 0 {
            if steps == MOST_STEPS || event_loop.rests() {
                return Turn::More;
            }
            steps += 1;
            event_loop.left_in_turn -= 1;
            if let Some(entry) = event_loop.ready.pop_front() {
                run(host, entry);
            }
        } else {
            return if std::mem::take(&mut event_loop.stopping) { Turn::Stopped } else { Turn::More };
        }
        if host.event_loop().paused {
            return Turn::More;
        }
        host.event_loop().current = None;
        if host.is_halted() {
            return Turn::Stopped;
        }
    }
}

fn run<H: Host>(host: &mut H, entry: Ready<H>) {
    let event_loop = host.event_loop();
    if matches!(&entry, Ready::Call(handle) if handle.is_cancelled()) {
        event_loop.record(Event::Skipped);
        return;
    }
    let runner = match &entry {
        Ready::Task(task) => Runner::Task(*task),
        other => Runner::Callback(describe(other)),
    };
    event_loop.record(Event::Step { runner });
    match entry {
        Ready::Task(task) => {
            event_loop.current = Some(task);
            let paused = task::step(host, task, false);
            host.event_loop().paused = paused;
        }
        Ready::EndSleep { task, timer } => {
            if matches!(event_loop.task(task).waiting, Waiting::Sleep { timer: number } if number == timer) {
                event_loop.task(task).waiting = Waiting::Nothing;
                event_loop.enqueue(task, Cause::Slept);
            }
        }
        Ready::Notify { observer, done } => observer.notify(host, Some(&done)),
        Ready::Release(waiter) => event_loop.complete(&waiter, Outcome::Value(H::none())),
        Ready::Stop => event_loop.stopping = true,
        Ready::Call(handle) => match handle.take() {
            None => {}
            Some(Action::Call(function)) => host.call(function, handle.when()),
            Some(Action::Notify(observer)) => observer.notify(host, None),
            Some(Action::Complete(future, outcome, _)) => event_loop.complete(&future, outcome),
        },
    }
}
