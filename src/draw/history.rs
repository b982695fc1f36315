//! What the pictures need to know about a whole run, folded from its trace as it grows.

use crate::trace::{
    Awaited, Cause, Event, GatherKind, Intent, Outcome, PrimitiveId, PrimitiveKind, Runner, TaskId, Text, Trace,
};

/// With more tasks than this, the timeline shows how many do what instead of a lane for each.
pub const MOST_LANES: usize = 60;

/// What a task does over a stretch of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// It stands in the ready queue.
    Ready,
    /// It runs.
    Runs,
    /// It stands in the line of a primitive.
    InLine,
    /// It sleeps.
    Sleeps,
    /// It waits for another task, a gather or a future.
    Waits,
    /// It holds a lock or a permit, whatever else it does.
    Holds,
}

/// A stretch of a task's lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub doing: Doing,
    /// The step that began it.
    pub from: u32,
    /// The step that ended it; `None` as long as it lasts.
    pub to: Option<u32>,
}

/// How a task's lane ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneEnd {
    Returned,
    Failed,
    Cancelled,
}

/// One task over the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub label: Text,
    pub segments: Vec<Segment>,
    /// The step in which it finished, and how.
    pub end: Option<(u32, LaneEnd)>,
}

/// A task that wakes, or cancels, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    pub step: u32,
    pub from: TaskId,
    pub to: TaskId,
}

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
    /// By [`Intent::line`].
    lines: [u32; LINES],
    pub holders: u32,
    pub items: u32,
    /// How many letters the longest item has.
    pub longest_item: u16,
}

/// How many intents there are.
const LINES: usize = Intent::Join as usize + 1;

impl PrimitiveExtent {
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
    now: f64,
    ready: u32,
    waiting_for_task: u32,
    states: Vec<State>,
    /// For each task that stands in a line, or stood there until it was woken: where.
    lines: Vec<Option<(PrimitiveId, Intent)>>,
    /// For each primitive how many stand in its lines now, by [`Intent::line`].
    inside: Vec<[u32; LINES]>,
    /// For each primitive how many items it has now.
    items: Vec<u32>,
    /// For each primitive its holders and where in their lane they began.
    holders: Vec<Vec<(Option<TaskId>, usize)>>,
    /// When each step begins and ends, in seconds.
    pub(super) clock: Vec<(f64, f64)>,
    pub(super) lanes: Vec<Lane>,
    pub(super) wakes: Vec<Wake>,
    pub(super) counts: Vec<Counts>,
    pub(super) primitives: Vec<PrimitiveExtent>,
    /// By [`GatherId`](crate::trace::GatherId).
    pub(super) gathers: Vec<GatherKind>,
    pub(super) extent: LoopExtent,
    /// All tasks that finish, in that order.
    pub(super) finished: Vec<TaskId>,
    /// Whether the run has ended.
    pub(super) ended: bool,
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
            Event::Clock { seconds } => self.now = *seconds,
            Event::Step { runner } => self.begin_step(runner),
            Event::TaskCreated { label, .. } => {
                self.states.push(State::Ready);
                self.lines.push(None);
                self.counts_now().ready += 1;
                if self.lanes.len() < MOST_LANES {
                    self.lanes.push(Lane { label: label.clone(), segments: Vec::new(), end: None });
                }
            }
            Event::TaskRenamed { task, label } => {
                if let Some(lane) = self.lanes.get_mut(task.0 as usize) {
                    lane.label = label.clone();
                }
            }
            Event::Ready { task, cause } => {
                self.ready += 1;
                self.extent.ready = self.extent.ready.max(self.ready);
                self.enter(*task, State::Ready);
                if let (Cause::Woken(_) | Cause::Cancelled, Some(from)) = (cause, self.running)
                    && (from.0 as usize) < MOST_LANES
                    && (task.0 as usize) < MOST_LANES
                {
                    self.wakes.push(Wake { step, from, to: *task });
                }
            }
            Event::Scheduled { .. } => {
                self.ready += 1;
                self.extent.ready = self.extent.ready.max(self.ready);
            }
            Event::Awaits { task, on, .. } => self.suspend(*task, on),
            Event::Finished { task, outcome } => {
                self.enter(*task, State::Finished);
                self.finished.push(*task);
                if let Some(lane) = self.lanes.get_mut(task.0 as usize) {
                    let end = match outcome {
                        Outcome::Returned => LaneEnd::Returned,
                        Outcome::Failed(_) => LaneEnd::Failed,
                        Outcome::Cancelled => LaneEnd::Cancelled,
                    };
                    lane.end = Some((step, end));
                }
            }
            Event::PrimitiveCreated { kind, .. } => {
                self.primitives.push(PrimitiveExtent {
                    kind: *kind,
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
            Event::Blocked { seconds, .. } => {
                self.now += seconds;
                if let Some((_, end)) = self.clock.last_mut() {
                    *end = self.now;
                }
            }
            Event::GatherCreated { kind, .. } => self.gathers.push(*kind),
            Event::Skipped => self.ready = self.ready.saturating_sub(1),
            Event::Ended { .. } => self.ended = true,
            Event::CancelRequested { .. }
            | Event::LockShared { .. }
            | Event::GatherGrew { .. }
            | Event::PrimitiveNamed { .. }
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
        let (step, Some(task)) = (self.steps(), self.running) else { return };
        if let Some((primitive, intent)) = self.lines[task.0 as usize].take() {
            let count = &mut self.inside[primitive.0 as usize][intent.line() as usize];
            *count = count.saturating_sub(1);
        }
        if let Some(lane) = self.lanes.get_mut(task.0 as usize) {
            close(lane, step - 1);
            lane.segments.push(Segment { doing: Doing::Runs, from: step, to: Some(step) });
        }
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
        let step = self.steps();
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
        let Some(lane) = self.lanes.get_mut(index) else { return };
        close(lane, step);
        let doing = match state {
            State::Ready => Doing::Ready,
            State::InLine(..) => Doing::InLine,
            State::Sleeping => Doing::Sleeps,
            State::WaitingForGather | State::WaitingForTask => Doing::Waits,
            State::Finished => return,
        };
        lane.segments.push(Segment { doing, from: step, to: None });
    }

    fn acquire(&mut self, primitive: PrimitiveId) {
        let step = self.steps();
        let index = primitive.0 as usize;
        let holder = self.running;
        let segment = match holder.and_then(|task| self.lanes.get_mut(task.0 as usize)) {
            Some(lane) => {
                lane.segments.push(Segment { doing: Doing::Holds, from: step, to: None });
                lane.segments.len() - 1
            }
            None => 0,
        };
        self.holders[index].push((holder, segment));
        self.primitives[index].holders = self.primitives[index].holders.max(self.holders[index].len() as u32);
    }

    fn release(&mut self, primitive: PrimitiveId) {
        let step = self.steps();
        let holders = &mut self.holders[primitive.0 as usize];
        let position = holders.iter().position(|(holder, _)| *holder == self.running).unwrap_or(0);
        if position >= holders.len() {
            return;
        }
        let (holder, segment) = holders.remove(position);
        if let Some(lane) = holder.and_then(|task| self.lanes.get_mut(task.0 as usize)) {
            lane.segments[segment].to = Some(step);
        }
    }

    fn counts_now(&mut self) -> &mut Counts {
        self.counts.last_mut().expect("`extend` begins with the counts of step 0")
    }
}

/// Ends what a task does now; what it holds goes on.
fn close(lane: &mut Lane, step: u32) {
    let open = lane.segments.iter_mut().rev().find(|segment| segment.to.is_none() && segment.doing != Doing::Holds);
    if let Some(segment) = open {
        segment.to = Some(step);
    }
}
