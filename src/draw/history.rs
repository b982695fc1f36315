//! What the pictures need to know about a whole run, folded from its trace as it grows.

use super::lane::{Block, Doing, Lane, Wake};
use crate::trace::{
    Awaited, Callback, Cause, Ending, Event, GatherKind, Intent, Outcome, PrimitiveId, PrimitiveKind, Runner, TaskId,
    Text, Trace,
};

/// How many tasks do what after a step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub ready: u32,
    pub in_line: u32,
    pub sleeping: u32,
    pub waiting: u32,
    pub finished: u32,
}

impl Counts {
    fn of(&mut self, state: State) -> &mut u32 {
        match state {
            State::Ready => &mut self.ready,
            State::InLine(..) => &mut self.in_line,
            State::Sleeping => &mut self.sleeping,
            State::WaitingForGather | State::WaitingForTask => &mut self.waiting,
            State::Finished => &mut self.finished,
        }
    }

    /// All tasks that exist.
    pub fn total(&self) -> u32 {
        self.ready + self.in_line + self.sleeping + self.waiting + self.finished
    }
}

/// The most that ever stands in each place of a primitive's card.
#[derive(Clone, Debug, PartialEq)]
pub struct PrimitiveExtent {
    pub kind: PrimitiveKind,
    /// The variable that holds it, once there is one.
    pub name: Option<Text>,
    /// The line that created it.
    pub line: u32,
    /// By [`Intent::line`].
    lines: [u32; LINES],
    pub holders: u32,
    pub items: u32,
    /// How many letters the longest item has.
    pub longest_item: u16,
}

/// What a program makes of a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    None,
    /// It is held, or an item is put into it, but nobody ever has to wait.
    Held,
    WaitedAt,
}

/// How many intents there are.
const LINES: usize = Intent::Join as usize + 1;

impl PrimitiveExtent {
    /// What is ever made of it.
    pub fn use_made(&self) -> Use {
        match self.lines.iter().any(|line| *line > 0) {
            true => Use::WaitedAt,
            false if self.holders > 0 || self.items > 0 => Use::Held,
            false => Use::None,
        }
    }

    /// The most that ever stand in the line of this intent.
    pub fn line(&self, intent: Intent) -> u32 {
        self.lines[intent.line() as usize]
    }
}

/// The most that ever stands in each place of the loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoopExtent {
    /// Tasks and callbacks in the ready queue.
    pub ready: u32,
    pub sleeping: u32,
    /// Tasks that wait for another task or a future, but not for a gather.
    pub waiting_for_task: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Ready,
    InLine(PrimitiveId, Intent),
    Sleeping,
    WaitingForGather,
    WaitingForTask,
    Finished,
}

/// A run as the pictures need it.
#[derive(Debug, Default)]
pub struct History {
    /// How many events of the trace have been taken in.
    taken_in: usize,
    running: Option<TaskId>,
    /// Whether what happens now keeps a loop waiting: before it runs and after, the program has its time to itself.
    loop_runs: bool,
    now: f64,
    /// How many times the virtual clock has moved.
    pub(super) moments: u32,
    ready: u32,
    waiting_for_task: u32,
    states: Vec<State>,
    /// For each task that stands in a line, or stood there until it was woken: where.
    lines: Vec<Option<(PrimitiveId, Intent)>>,
    /// For each primitive how many stand in its lines now, by [`Intent::line`].
    inside: Vec<[u32; LINES]>,
    /// For each primitive how many items it has now.
    items: Vec<u32>,
    /// For each primitive its holders and which hold of their lane it is.
    holders: Vec<Vec<(Option<TaskId>, usize)>>,
    /// When each step begins and ends, in seconds.
    pub(super) clock: Vec<(f64, f64)>,
    pub(super) lanes: Vec<Lane>,
    pub(super) wakes: Vec<Wake>,
    pub(super) blocks: Vec<Block>,
    /// In which steps somebody stepped in from outside, and what they did.
    pub(super) interventions: Vec<(u32, Text)>,
    pub(super) counts: Vec<Counts>,
    pub(super) primitives: Vec<PrimitiveExtent>,
    /// By [`GatherId`](crate::trace::GatherId).
    pub(super) gathers: Vec<GatherKind>,
    pub(super) extent: LoopExtent,
    /// All tasks that finish, in that order.
    pub(super) finished: Vec<TaskId>,
    /// Whether a task returned, failed, was cancelled.
    pub(super) ends: [bool; 3],
    /// Whether the run has ended.
    pub(super) ended: bool,
    /// Whether it ended because it can never continue.
    pub(super) stuck: bool,
}

impl History {
    /// Takes in what `trace` has gained since the last call. A history belongs to one trace.
    pub fn extend(&mut self, trace: &Trace) {
        if self.counts.is_empty() {
            self.counts.push(Counts::default());
            self.clock.push((0.0, 0.0));
        }
        let events = trace.events();
        for event in &events[self.taken_in..] {
            self.take_in(event);
        }
        self.taken_in = events.len();
    }

    /// How many steps the run has.
    pub fn steps(&self) -> u32 {
        self.counts.len().saturating_sub(1) as u32
    }

    /// How many tasks the run creates.
    pub fn tasks(&self) -> usize {
        self.states.len()
    }

    /// Whether the run has ended.
    pub fn ended(&self) -> bool {
        self.ended
    }

    /// The virtual clock after the last step, in seconds.
    pub fn duration(&self) -> f64 {
        self.now
    }

    /// Whether a task ever stands in line at a primitive.
    pub(super) fn waits_in_line(&self) -> bool {
        self.primitives.iter().any(|primitive| primitive.lines.iter().any(|line| *line > 0))
    }

    /// The variable that holds a primitive, or its kind where none does.
    pub fn primitive_name(&self, primitive: PrimitiveId) -> &str {
        let primitive = &self.primitives[primitive.0 as usize];
        primitive.name.as_deref().unwrap_or(primitive.kind.noun())
    }

    /// How many tasks do what after a step.
    pub fn counts_after(&self, step: u32) -> Counts {
        self.counts.get(step as usize).or(self.counts.last()).copied().unwrap_or_default()
    }

    /// When a step ends, in seconds.
    pub fn time_after(&self, step: u32) -> f64 {
        self.clock.get(step as usize).or(self.clock.last()).map_or(0.0, |(_, end)| *end)
    }

    fn take_in(&mut self, event: &Event) {
        let step = self.steps();
        match event {
            Event::Turn => {}
            Event::Clock { seconds } => {
                self.moments += u32::from(*seconds > self.now);
                self.now = *seconds;
            }
            Event::Step { runner } => self.begin_step(runner),
            Event::TaskCreated { label, .. } => {
                self.states.push(State::Ready);
                self.lines.push(None);
                self.counts_now().ready += 1;
                self.lanes.push(Lane::new(label.clone()));
            }
            Event::TaskRenamed { task, label } => {
                self.lanes[task.0 as usize].label = label.clone();
            }
            Event::Ready { task, cause } => {
                self.ready += 1;
                self.extent.ready = self.extent.ready.max(self.ready);
                self.enter(*task, State::Ready);
                self.lanes[task.0 as usize].enter(Doing::Ready { cause: *cause, by: self.running }, 0, step, step);
                if let (Cause::Woken(_) | Cause::Cancelled, Some(from)) = (cause, self.running) {
                    self.wakes.push(Wake { step, from, to: *task });
                }
            }
            Event::Scheduled { .. } => {
                self.ready += 1;
                self.extent.ready = self.extent.ready.max(self.ready);
            }
            Event::Awaits { task, on, line } => {
                self.suspend(*task, on);
                // Who gives up its turn only is ready, which is told next.
                if *on != Awaited::NextTurn {
                    self.lanes[task.0 as usize].enter(Doing::Awaits(*on), *line, step, step);
                }
            }
            Event::Finished { task, outcome } => {
                self.enter(*task, State::Finished);
                self.finished.push(*task);
                let lane = &mut self.lanes[task.0 as usize];
                lane.close(step);
                lane.end = Some((step, outcome.clone()));
                self.leave_permits(*task);
                self.ends[end_index(outcome)] = true;
            }
            Event::PrimitiveNamed { primitive, name } => {
                self.primitives[primitive.0 as usize].name = Some(name.clone());
            }
            Event::PrimitiveCreated { kind, line, .. } => {
                self.primitives.push(PrimitiveExtent {
                    kind: *kind,
                    name: None,
                    line: *line,
                    lines: [0; LINES],
                    holders: 0,
                    items: 0,
                    longest_item: 0,
                });
                self.inside.push([0; LINES]);
                self.items.push(0);
                self.holders.push(Vec::new());
            }
            Event::Acquired { primitive } => self.acquire(*primitive),
            Event::Released { primitive } => self.release(*primitive),
            Event::Put { primitive, item, .. } => {
                let index = primitive.0 as usize;
                self.items[index] += 1;
                let extent = &mut self.primitives[index];
                extent.items = extent.items.max(self.items[index]);
                extent.longest_item = extent.longest_item.max(item.chars().count() as u16);
            }
            Event::Got { primitive, .. } => {
                let items = &mut self.items[primitive.0 as usize];
                *items = items.saturating_sub(1);
            }
            Event::ShutDown { primitive, immediate: true } => self.items[primitive.0 as usize] = 0,
            Event::Blocked { seconds, line } => {
                let from = self.now;
                self.now += seconds;
                self.moments += 1;
                if self.loop_runs {
                    self.blocks.push(Block { step, task: self.running, from, to: self.now, line: *line });
                }
                if let Some((_, end)) = self.clock.last_mut() {
                    *end = self.now;
                }
            }
            Event::GatherCreated { kind, .. } => self.gathers.push(*kind),
            Event::Skipped => self.ready = self.ready.saturating_sub(1),
            Event::Ended { ending } => {
                self.ended = true;
                self.stuck = matches!(ending, Ending::Stuck { .. });
            }
            Event::CancelRequested { .. }
            | Event::DeadlineSet { .. }
            | Event::DeadlineLifted { .. }
            | Event::LockShared { .. }
            | Event::GatherGrew { .. }
            | Event::Resized { .. }
            | Event::EventSet { .. }
            | Event::EventCleared { .. }
            | Event::Notified { .. }
            | Event::BarrierChanged { .. }
            | Event::TaskDone { .. }
            | Event::ShutDown { .. }
            | Event::Printed { .. }
            | Event::Noted { .. }
            | Event::LoopChanged { .. }
            | Event::LoopClosed => {}
        }
    }

    fn begin_step(&mut self, runner: &Runner) {
        self.clock.push((self.now, self.now));
        self.counts.push(self.counts.last().copied().unwrap_or_default());
        if runner.was_ready() {
            self.ready = self.ready.saturating_sub(1);
        }
        self.running = match runner {
            Runner::Task(task) => Some(*task),
            Runner::Callback(_) => None,
        };
        self.loop_runs = !matches!(runner, Runner::Callback(Callback::RunEnds));
        let (step, Some(task)) = (self.steps(), self.running) else { return };
        if let Some((primitive, intent)) = self.lines[task.0 as usize].take() {
            let count = &mut self.inside[primitive.0 as usize][intent.line() as usize];
            *count = count.saturating_sub(1);
        }
        self.lanes[task.0 as usize].enter(Doing::Runs, 0, step - 1, step);
    }

    fn suspend(&mut self, task: TaskId, on: &Awaited) {
        let state = match on {
            Awaited::NextTurn => State::Ready,
            Awaited::Clock { .. } => State::Sleeping,
            Awaited::Primitive { primitive, intent } => {
                self.lines[task.0 as usize] = Some((*primitive, *intent));
                let index = primitive.0 as usize;
                let line = intent.line() as usize;
                self.inside[index][line] += 1;
                let most = &mut self.primitives[index].lines[line];
                *most = (*most).max(self.inside[index][line]);
                State::InLine(*primitive, *intent)
            }
            Awaited::Task(_) | Awaited::Future | Awaited::Job { .. } => State::WaitingForTask,
            Awaited::Gather(_) => State::WaitingForGather,
        };
        self.enter(task, state);
    }

    /// Notes what a task does once the running step is over.
    fn enter(&mut self, task: TaskId, state: State) {
        let index = task.0 as usize;
        let before = std::mem::replace(&mut self.states[index], state);
        if before == State::WaitingForTask {
            self.waiting_for_task -= 1;
        }
        if state == State::WaitingForTask {
            self.waiting_for_task += 1;
            self.extent.waiting_for_task = self.extent.waiting_for_task.max(self.waiting_for_task);
        }
        let counts = self.counts_now();
        *counts.of(before) = counts.of(before).saturating_sub(1);
        *counts.of(state) += 1;
        self.extent.sleeping = self.extent.sleeping.max(self.counts_now().sleeping);
    }

    fn acquire(&mut self, primitive: PrimitiveId) {
        let step = self.steps();
        let index = primitive.0 as usize;
        let holder = self.running;
        let hold = holder.map_or(0, |task| self.lanes[task.0 as usize].acquire(primitive, step));
        self.holders[index].push((holder, hold));
        self.primitives[index].holders = self.primitives[index].holders.max(self.holders[index].len() as u32);
    }

    fn release(&mut self, primitive: PrimitiveId) {
        let step = self.steps();
        let semaphore = self.primitives[primitive.0 as usize].kind.is_semaphore();
        let holders = &mut self.holders[primitive.0 as usize];
        let place_of = |task| holders.iter().position(|(holder, _)| *holder == task);
        // As in a snapshot: who has given back all it took releases what is not there.
        let place = place_of(self.running).or_else(|| place_of(None)).or_else(|| {
            let has_held =
                |task: TaskId| self.lanes[task.0 as usize].holds.iter().any(|hold| hold.primitive == primitive);
            if holders.is_empty() || semaphore && self.running.is_some_and(has_held) { None } else { Some(0) }
        });
        let Some(place) = place else { return };
        let (holder, hold) = holders.remove(place);
        if let Some(task) = holder {
            self.lanes[task.0 as usize].release(hold, step);
        }
    }

    /// A permit that a task did not give back before its end is nobody's.
    fn leave_permits(&mut self, task: TaskId) {
        let step = self.steps();
        for (number, hold) in self.lanes[task.0 as usize].holds.iter_mut().enumerate() {
            let index = hold.primitive.0 as usize;
            if hold.to.is_none() && self.primitives[index].kind.is_semaphore() {
                hold.to = Some(step);
                if let Some(holder) = self.holders[index].iter_mut().find(|holder| **holder == (Some(task), number)) {
                    holder.0 = None;
                }
            }
        }
    }

    fn counts_now(&mut self) -> &mut Counts {
        self.counts.last_mut().expect("`extend` begins with the counts of step 0")
    }
}

/// The place of an ending in `History::ends`.
fn end_index(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Returned => 0,
        Outcome::Failed(_) => 1,
        Outcome::Cancelled => 2,
    }
}
