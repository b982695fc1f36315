//! One task: what it does, since when, and where its time went.

use super::actor;
use crate::lab::Sentence;
use crate::trace::words::{count, counted, seconds};
use crate::trace::{
    Activity, Awaited, Event, Intent, Outcome, PrimitiveId, PrimitiveKind, Runner, Snapshot, TaskId, TaskState, Trace,
};

/// The parts of a task's time, as indices of [`Times`].
const RUNNING: usize = 0;
const READY: usize = 1;
const WAITING: usize = 2;
const ASLEEP: usize = 3;

/// Where a task's time went: running, ready, waiting, asleep.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Times {
    /// In seconds of the virtual clock.
    pub seconds: [f64; 4],
    /// In steps of the run.
    pub steps: [u32; 4],
}

/// A task over a run up to one of its steps.
#[derive(Debug)]
pub struct TaskRecord {
    task: TaskId,
    /// How many steps have been taken in, the program's top level among them.
    taken_in: u32,
    /// What it does, and what it will do when the step under way is over.
    doing: Option<usize>,
    next: Option<usize>,
    now: f64,
    runner: Option<Runner>,
    /// In which step it was created and by whom.
    pub created: (u32, Option<Runner>),
    /// The step in which it came into its present state.
    pub since: u32,
    pub times: Times,
}

impl TaskRecord {
    /// The record of a task before anything has happened.
    pub fn new(task: TaskId) -> Self {
        Self {
            task,
            taken_in: 0,
            doing: None,
            next: None,
            now: 0.0,
            runner: None,
            created: (0, None),
            since: 0,
            times: Times::default(),
        }
    }

    /// Goes to the moment after `step`.
    pub fn seek(&mut self, trace: &Trace, step: u32) {
        if step + 1 < self.taken_in {
            *self = Self::new(self.task);
        }
        while self.taken_in <= step {
            let events = trace.step_events(self.taken_in);
            events.iter().for_each(|event| self.take_in(event));
            if let Some(doing) = self.doing {
                self.times.steps[doing] += 1;
            }
            self.taken_in += 1;
        }
    }

    fn take_in(&mut self, event: &Event) {
        match event {
            Event::Turn => self.doing = self.next,
            Event::Clock { seconds } => {
                self.doing = self.next;
                self.pass(*seconds - self.now);
            }
            Event::Blocked { seconds, .. } => self.pass(*seconds),
            Event::Step { runner } => {
                self.doing = self.next;
                if *runner == Runner::Task(self.task) {
                    self.doing = Some(RUNNING);
                    self.enter(RUNNING);
                }
                self.runner = Some(runner.clone());
            }
            Event::TaskCreated { task, .. } if *task == self.task => {
                self.created = (self.taken_in, self.runner.clone());
                self.enter(READY);
            }
            Event::Ready { task, .. } if *task == self.task => self.enter(READY),
            Event::Awaits { task, on, .. } if *task == self.task => match on {
                Awaited::NextTurn => self.enter(READY),
                Awaited::Clock { .. } => self.enter(ASLEEP),
                _ => self.enter(WAITING),
            },
            Event::Finished { task, .. } if *task == self.task => {
                self.next = None;
                self.since = self.taken_in;
            }
            _ => {}
        }
    }

    /// Takes note of what it does from now on, or when the step that it runs itself is over.
    fn enter(&mut self, state: usize) {
        if self.next != Some(state) {
            self.since = self.taken_in;
        }
        self.next = Some(state);
        if self.doing != Some(RUNNING) {
            self.doing = Some(state);
        }
    }

    fn pass(&mut self, seconds: f64) {
        self.now += seconds;
        if let Some(doing) = self.doing {
            self.times.seconds[doing] += seconds;
        }
    }

    /// Who created it, as a sentence.
    pub fn origin(&self) -> Sentence {
        Sentence::say("created by ").then(&actor(self.created.1.as_ref()))
    }
}

/// What a task does now and since when, as sentences: the state itself, who is before it in line, and what it holds.
/// `since`: the step in which it came into this state.
pub fn state_of_task(snapshot: &Snapshot, task: TaskId, since: u32) -> Vec<Sentence> {
    let state = snapshot.task(task);
    let lasting = snapshot.time - state.since;
    let for_so_long = if lasting > 0.0 { format!(", for {} so far", seconds(lasting)) } else { String::new() };
    let since = format!(" since {} (step {since}){for_so_long}", seconds(state.since));
    let mut said = Vec::new();
    if snapshot.activity(task) == Activity::Running {
        said.push(Sentence::say("runs in this step"));
    }
    said.push(match &state.state {
        TaskState::Ready => match snapshot.ready.iter().position(|runner| *runner == Runner::Task(task)) {
            Some(0) => Sentence::say("ready").text(&since).text("; it runs next"),
            Some(before) => {
                let before = format!("; {} before it in the ready queue", counted(before, "step"));
                Sentence::say("ready").text(&since).text(&before)
            }
            None => Sentence::say("ready").text(&since),
        },
        TaskState::Waiting(awaited) => awaits(snapshot, awaited).text(&since),
        TaskState::Finished(outcome) => {
            let how = match outcome {
                Outcome::Returned => "finished".to_owned(),
                Outcome::Cancelled => "cancelled".to_owned(),
                Outcome::Failed(exception) => format!("failed with {exception}"),
            };
            Sentence::say(&format!("{how} at {}", seconds(state.since)))
        }
    });
    said.extend(in_its_way(snapshot, &state.state));
    said.extend(before_in_line(snapshot, task));
    said.extend(holds(snapshot, task));
    said
}

fn awaits(snapshot: &Snapshot, awaited: &Awaited) -> Sentence {
    match awaited {
        Awaited::NextTurn => Sentence::say("ready"),
        Awaited::Clock { until } => Sentence::say(&format!("asleep until {},", seconds(*until))),
        Awaited::Job { until } => Sentence::say(&format!("waits for a worker thread, done at {},", seconds(*until))),
        Awaited::Future => Sentence::say("waits for a future"),
        Awaited::Task(other) => Sentence::say("waits for the end of ").task(*other),
        Awaited::Gather(gather) => {
            let gather = &snapshot.gathers[gather.0 as usize];
            let all = gather.children.len();
            let done = format!(" ({} of {} done)", count(gather.noted as usize), count(all));
            Sentence::say("waits for ").text(&counted(all, "task")).text(&done)
        }
        Awaited::Primitive { primitive, intent } => {
            let what = match (intent, snapshot.primitive(*primitive).kind) {
                (Intent::Acquire, kind) if kind.is_semaphore() => "waits for a permit of ",
                (Intent::Acquire | Intent::Reacquire, PrimitiveKind::Condition) => "waits for the lock of ",
                (Intent::Acquire | Intent::Reacquire, _) => "waits for ",
                (Intent::Notify, _) => "waits to be notified at ",
                (Intent::Set, _) => "waits for ",
                (Intent::Meet, _) => "waits for the others at ",
                (Intent::Drain, _) => "waits for a place at ",
                (Intent::Get, _) => "waits for an item of ",
                (Intent::Put, _) => "waits for room in ",
                (Intent::Join, _) => "waits for the end of all work of ",
            };
            Sentence::say(what).primitive(*primitive)
        }
    }
}

/// Who holds what a task waits for.
fn in_its_way(snapshot: &Snapshot, state: &TaskState) -> Option<Sentence> {
    let TaskState::Waiting(Awaited::Primitive { primitive, intent }) = state else { return None };
    if intent.line() != Intent::Acquire {
        return None;
    }
    let primitive = snapshot.primitive(*primitive);
    let holders: Vec<TaskId> = primitive.holders.iter().flatten().copied().collect();
    match holders.len() {
        0 => None,
        _ if primitive.kind.is_semaphore() => Some(Sentence::say("permits are held by ").then(&named(&holders))),
        _ => Some(Sentence::say("it is held by ").then(&named(&holders))),
    }
}

/// Tasks that are named one by one.
const MOST_NAMED: usize = 6;

fn before_in_line(snapshot: &Snapshot, task: TaskId) -> Option<Sentence> {
    let primitive = snapshot.primitive(snapshot.task(task).in_line?);
    let waiter = primitive.line_of_waiters.iter().find(|waiter| waiter.task == task)?;
    // All at an event or a barrier, or waiting for work to be done, go on together.
    if matches!(waiter.intent, Intent::Set | Intent::Meet | Intent::Drain | Intent::Join) {
        return None;
    }
    if waiter.woken {
        return Some(Sentence::say("it has been woken, and goes on when it runs"));
    }
    let mut before = Vec::new();
    for other in primitive.waiting(waiter.intent.line()) {
        if other.task == task {
            break;
        }
        before.push(other.task);
    }
    Some(match before.len() {
        0 => Sentence::say("it is next in line"),
        _ => Sentence::say("before it in line: ").then(&named(&before)),
    })
}

/// The names of some tasks.
pub(super) fn named(tasks: &[TaskId]) -> Sentence {
    let mut names = Sentence::default();
    for (position, task) in tasks.iter().take(MOST_NAMED).enumerate() {
        names = if position > 0 { names.text(", ") } else { names }.task(*task);
    }
    match tasks.len().saturating_sub(MOST_NAMED) {
        0 => names,
        more => names.text(&format!(" and {} more", count(more))),
    }
}

fn holds(snapshot: &Snapshot, task: TaskId) -> Option<Sentence> {
    let mut sentence = None;
    for (number, primitive) in snapshot.primitives.iter().enumerate() {
        let times = primitive.holders.iter().filter(|holder| **holder == Some(task)).count();
        if times == 0 {
            continue;
        }
        let words = match sentence {
            None => Sentence::say("holds "),
            Some(words) => Sentence::text(words, ", "),
        };
        let words = if primitive.kind.is_semaphore() {
            words.text(&if times == 1 { "a permit".to_owned() } else { counted(times, "permit") }).text(" of ")
        } else {
            words
        };
        sentence = Some(words.primitive(PrimitiveId(number as u32)));
    }
    sentence
}
