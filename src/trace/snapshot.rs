//! The state of all tasks and primitives at one step.

use std::collections::VecDeque;

use super::event::*;

/// A task as it stands after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its label on the page, such as `worker 3`.
    pub label: Text,
    /// The line of the program where it stands.
    pub line: u32,
    /// What it does once the running step is over.
    pub state: TaskState,
    /// When it came into this state, in seconds.
    pub since: f64,
    /// The primitive in whose line it stands, until it runs again.
    pub in_line: Option<PrimitiveId>,
    /// How many permits of semaphores it holds.
    permits: u32,
    /// When it gives up what it does, in seconds, outermost timeout first.
    pub deadlines: Vec<f64>,
}

impl Task {
    /// When it gives up what it does, in seconds, unless that is done before.
    pub fn deadline(&self) -> Option<f64> {
        self.deadlines.iter().copied().reduce(f64::min)
    }
}

/// What a task does.
#[derive(Clone, Debug, PartialEq)]
pub enum TaskState {
    /// It stands in the ready queue.
    Ready,
    /// It is suspended. A running task is in this state already when its step ends with an `await`.
    Waiting(Awaited),
    /// It is done.
    Finished(Outcome),
}

/// The words that the page uses for a task's state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    Ready,
    Running,
    Waiting,
    Sleeping,
    Finished,
    Cancelled,
    Failed,
}

impl Activity {
    /// The word in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Running => "running",
            Self::Waiting => "waiting",
            Self::Sleeping => "sleeping",
            Self::Finished => "finished",
            Self::Cancelled => "cancelled",
            Self::Failed => "failed",
        }
    }
}

/// A task in the line of a primitive.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiter {
    pub task: TaskId,
    pub intent: Intent,
    /// When it joined the line, in seconds.
    pub since: f64,
    /// It has been woken and stands in the ready queue; it leaves the line when it runs.
    pub woken: bool,
}

/// An item in a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// How many were put into the queue before it.
    pub number: u32,
    /// How it is shown.
    pub text: Text,
}

/// A lock, semaphore, queue, ... as it stands after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Primitive {
    pub kind: PrimitiveKind,
    /// The variable that holds it, once there is one.
    pub name: Option<Text>,
    /// The line that created it.
    pub line: u32,
    /// Permits of a semaphore, `maxsize` of a queue (0: no limit), `parties` of a barrier, 1 for a
    /// lock and a condition, 0 for an event.
    pub capacity: u32,
    /// Who holds it, in order of acquisition: a task may be here more than once. `None` stands for a callback, for
    /// the program's top level, and for a task that has finished without giving its permit back: the permit is taken,
    /// but nobody has it.
    pub holders: Vec<Option<TaskId>>,
    /// How many permits a semaphore has been given on top of its capacity, by releases of what nobody had taken.
    pub extra: u32,
    /// Of a semaphore, which tasks have held it so far, by [`TaskId`].
    has_held: Vec<bool>,
    /// The lock of a condition, unless it has one of its own: see [`Snapshot::lock_of`].
    pub lock: Option<PrimitiveId>,
    /// The line, first come first.
    pub line_of_waiters: VecDeque<Waiter>,
    /// Whether an event is set.
    pub is_set: bool,
    /// What a barrier does.
    pub phase: BarrierPhase,
    /// How many places of a barrier are taken.
    pub inside: u32,
    /// The items in a queue, first out first.
    pub items: VecDeque<Item>,
    /// How many items have been put into a queue so far.
    pub put: u32,
    /// Items put into a queue and not yet reported with `task_done`.
    pub unfinished: u32,
    /// Whether a queue was shut down.
    pub shut_down: bool,
    /// The most holders (or items, or tasks at a barrier) at any one time so far.
    pub most_inside: u32,
    /// The longest the line has been so far.
    pub longest_line: u32,
    /// The longest that a task has waited in line so far, in seconds, and which task.
    pub longest_wait: Option<(f64, TaskId)>,
}

impl Primitive {
    /// Those who stand in the line of this intent, next first.
    pub fn waiting(&self, line: Intent) -> impl Iterator<Item = &Waiter> {
        self.line_of_waiters.iter().filter(move |waiter| waiter.intent.line() == line)
    }

    /// How many permits a semaphore has in all, taken or not.
    pub fn permits(&self) -> usize {
        self.capacity as usize + self.extra as usize
    }

    /// How many permits of a semaphore anybody can take who comes now.
    pub fn free(&self) -> usize {
        self.permits().saturating_sub(self.holders.len() + self.kept())
    }

    /// How many permits are kept for tasks that have been woken and have not run yet: nobody else can take them.
    pub fn kept(&self) -> usize {
        let woken = self.waiting(Intent::Acquire).filter(|waiter| waiter.woken).count();
        woken.min(self.permits().saturating_sub(self.holders.len()))
    }

    /// Whose place a release frees, if anybody's: that of who releases; else one that nobody has. A task that has given
    /// back all it took releases what is not there; any other does it for the oldest holder.
    fn given_back_by(&self, releaser: Option<TaskId>) -> Option<usize> {
        let place_of = |holder| self.holders.iter().position(|other| *other == holder);
        let has_held = |task: TaskId| self.has_held.get(task.0 as usize) == Some(&true);
        let oldest = if self.holders.is_empty() || releaser.is_some_and(has_held) { None } else { Some(0) };
        place_of(releaser).or_else(|| place_of(None)).or(oldest)
    }
}

/// A gather, a `TaskGroup` and the like as it stands after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Gather {
    pub kind: GatherKind,
    pub children: std::rc::Rc<[TaskId]>,
    /// How many of its tasks it has noted as done.
    pub noted: u32,
    /// Who awaits it.
    pub waiter: Option<TaskId>,
}

/// Everything as it stands after one step, before the loop takes the next.
///
/// The task that ran in this step counts as running: what it did is done, and where it goes next is already in its
/// state, but it leaves the place of the running task only with the next step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// How many steps have been run; 0 is the program's top level, before the loop took its first step.
    pub step: u32,
    /// How many turns of the loop have begun.
    pub turn: u32,
    /// The virtual clock, in seconds.
    pub time: f64,
    /// By [`TaskId`].
    pub tasks: Vec<Task>,
    /// What ran in this step.
    pub running: Option<Runner>,
    /// The ready queue, next first.
    pub ready: VecDeque<Runner>,
    /// Which of the program's event loops this is the ready queue of, and the queues of the others.
    pub event_loop: u32,
    pub aside: Vec<(u32, VecDeque<Runner>)>,
    /// By [`PrimitiveId`].
    pub primitives: Vec<Primitive>,
    /// By [`GatherId`].
    pub gathers: Vec<Gather>,
    /// How many tasks are done.
    pub finished: u32,
    /// What this step took last out of a queue.
    pub taken: Option<(PrimitiveId, Item)>,
    /// How the run ended, if it has.
    pub ending: Option<Ending>,
}

impl Snapshot {
    /// The task with this number.
    pub fn task(&self, task: TaskId) -> &Task {
        &self.tasks[task.0 as usize]
    }

    /// The primitive with this number.
    pub fn primitive(&self, primitive: PrimitiveId) -> &Primitive {
        &self.primitives[primitive.0 as usize]
    }

    /// Where it is told who holds a primitive and who waits to hold it: of a condition over a shared lock, at that lock.
    pub fn lock_of(&self, primitive: PrimitiveId) -> PrimitiveId {
        self.primitive(primitive).lock.unwrap_or(primitive)
    }

    /// The task that ran in this step, if a task did.
    pub fn running_task(&self) -> Option<TaskId> {
        match self.running {
            Some(Runner::Task(task)) => Some(task),
            _ => None,
        }
    }

    /// The word for what a task does.
    pub fn activity(&self, task: TaskId) -> Activity {
        match &self.task(task).state {
            _ if self.running_task() == Some(task) && self.ending.is_none() => Activity::Running,
            TaskState::Finished(Outcome::Returned) => Activity::Finished,
            TaskState::Finished(Outcome::Failed(_)) => Activity::Failed,
            TaskState::Finished(Outcome::Cancelled) => Activity::Cancelled,
            TaskState::Ready | TaskState::Waiting(Awaited::NextTurn) => Activity::Ready,
            TaskState::Waiting(Awaited::Clock { .. }) => Activity::Sleeping,
            TaskState::Waiting(_) => Activity::Waiting,
        }
    }

    /// Takes in what happened next.
    pub fn apply(&mut self, event: &Event) {
        let now = self.time;
        match event {
            Event::Turn => self.turn += 1,
            Event::Clock { seconds } => self.time = *seconds,
            Event::Step { runner } => {
                self.step += 1;
                self.taken = None;
                if runner.was_ready() {
                    self.ready.pop_front();
                }
                if let Runner::Task(task) = runner {
                    self.leave_line(*task);
                }
                if let Runner::Callback(Callback::GatherNotes { gather, .. }) = runner {
                    self.gathers[gather.0 as usize].noted += 1;
                }
                self.running = Some(runner.clone());
            }
            Event::TaskCreated { label, line, .. } => self.tasks.push(Task {
                label: label.clone(),
                line: *line,
                state: TaskState::Ready,
                since: now,
                in_line: None,
                permits: 0,
                deadlines: Vec::new(),
            }),
            Event::TaskRenamed { task, label } => self.tasks[task.0 as usize].label = label.clone(),
            Event::Ready { task, cause } => {
                if let Cause::Woken(primitive) = cause {
                    let line = &mut self.primitives[primitive.0 as usize].line_of_waiters;
                    if let Some(waiter) = line.iter_mut().find(|waiter| waiter.task == *task) {
                        waiter.woken = true;
                    }
                }
                self.enter(*task, TaskState::Ready);
                self.ready.push_back(Runner::Task(*task));
            }
            Event::Skipped => {
                self.ready.pop_front();
            }
            Event::Scheduled { callback } => self.ready.push_back(Runner::Callback(callback.clone())),
            Event::Awaits { task, on, line } => {
                self.tasks[task.0 as usize].line = *line;
                match on {
                    Awaited::Primitive { primitive, intent } => self.join_line(*task, *primitive, *intent),
                    Awaited::Gather(gather) => self.gathers[gather.0 as usize].waiter = Some(*task),
                    _ => {}
                }
                self.enter(*task, TaskState::Waiting(*on));
            }
            Event::DeadlineSet { task, at } => self.tasks[task.0 as usize].deadlines.push(*at),
            Event::DeadlineLifted { task, at } => {
                let deadlines = &mut self.tasks[task.0 as usize].deadlines;
                if let Some(position) = deadlines.iter().rposition(|deadline| deadline == at) {
                    deadlines.remove(position);
                }
            }
            Event::Finished { task, outcome } => {
                self.finished += 1;
                self.leave_permits(*task);
                self.enter(*task, TaskState::Finished(outcome.clone()));
            }
            Event::GatherCreated { kind, children, .. } => {
                self.gathers.push(Gather { kind: *kind, children: children.clone(), noted: 0, waiter: None });
            }
            Event::GatherGrew { gather, child } => {
                let children = &mut self.gathers[gather.0 as usize].children;
                *children = children.iter().chain([child]).copied().collect();
            }
            Event::PrimitiveCreated { kind, capacity, line, .. } => self.primitives.push(Primitive {
                kind: *kind,
                name: None,
                line: *line,
                capacity: *capacity,
                holders: Vec::new(),
                extra: 0,
                has_held: Vec::new(),
                lock: None,
                line_of_waiters: VecDeque::new(),
                is_set: false,
                phase: BarrierPhase::Filling,
                inside: 0,
                items: VecDeque::new(),
                put: 0,
                unfinished: 0,
                shut_down: false,
                most_inside: 0,
                longest_line: 0,
                longest_wait: None,
            }),
            Event::LockShared { primitive, lock } => self.primitives[primitive.0 as usize].lock = Some(*lock),
            Event::PrimitiveNamed { primitive, name } => {
                self.primitives[primitive.0 as usize].name = Some(name.clone());
            }
            Event::Resized { primitive, capacity } => self.primitives[primitive.0 as usize].capacity = *capacity,
            Event::Acquired { primitive } => self.acquire(*primitive),
            Event::Released { primitive } => self.release(*primitive),
            Event::EventSet { primitive } => self.primitives[primitive.0 as usize].is_set = true,
            Event::EventCleared { primitive } => self.primitives[primitive.0 as usize].is_set = false,
            Event::BarrierChanged { primitive, phase, inside } => {
                let primitive = &mut self.primitives[primitive.0 as usize];
                (primitive.phase, primitive.inside) = (*phase, *inside);
                primitive.most_inside = primitive.most_inside.max(*inside);
            }
            Event::Put { primitive, item, position } => {
                let primitive = &mut self.primitives[primitive.0 as usize];
                let position = primitive.items.len().min(*position as usize);
                primitive.items.insert(position, Item { number: primitive.put, text: item.clone() });
                primitive.put += 1;
                primitive.unfinished += 1;
                primitive.most_inside = primitive.most_inside.max(primitive.items.len() as u32);
            }
            Event::Got { primitive, item } => {
                // Of items that are equal, a priority queue may give another than the first.
                let items = &mut self.primitives[primitive.0 as usize].items;
                let position = items.iter().position(|one| one.text == *item).unwrap_or(0);
                self.taken = items.remove(position).map(|item| (*primitive, item));
            }
            Event::TaskDone { primitive } => {
                let unfinished = &mut self.primitives[primitive.0 as usize].unfinished;
                *unfinished = unfinished.saturating_sub(1);
            }
            Event::ShutDown { primitive, immediate } => {
                let primitive = &mut self.primitives[primitive.0 as usize];
                primitive.shut_down = true;
                if *immediate {
                    primitive.unfinished = primitive.unfinished.saturating_sub(primitive.items.len() as u32);
                    primitive.items.clear();
                }
            }
            Event::Ended { ending } => self.ending = Some(ending.clone()),
            Event::Blocked { seconds, .. } => self.time += seconds,
            Event::LoopChanged { event_loop } => {
                let left = std::mem::take(&mut self.ready);
                if !left.is_empty() {
                    self.aside.push((self.event_loop, left));
                }
                if let Some(position) = self.aside.iter().position(|(number, _)| number == event_loop) {
                    self.ready = self.aside.swap_remove(position).1;
                }
                self.event_loop = *event_loop;
            }
            Event::LoopClosed => self.ready.clear(),
            Event::CancelRequested { .. } | Event::Notified { .. } | Event::Printed { .. } | Event::Noted { .. } => {}
        }
    }

    fn enter(&mut self, task: TaskId, state: TaskState) {
        let now = self.time;
        let task = &mut self.tasks[task.0 as usize];
        task.state = state;
        task.since = now;
    }

    fn acquire(&mut self, primitive: PrimitiveId) {
        let holder = self.running_task();
        let primitive = &mut self.primitives[primitive.0 as usize];
        primitive.holders.push(holder);
        primitive.most_inside = primitive.most_inside.max(primitive.holders.len() as u32);
        if let Some(task) = holder
            && primitive.kind.is_semaphore()
        {
            let index = task.0 as usize;
            self.tasks[index].permits += 1;
            if primitive.has_held.len() <= index {
                primitive.has_held.resize(index + 1, false);
            }
            primitive.has_held[index] = true;
        }
    }

    fn release(&mut self, primitive: PrimitiveId) {
        let releaser = self.running_task();
        let primitive = &mut self.primitives[primitive.0 as usize];
        match primitive.given_back_by(releaser) {
            Some(place) => {
                let holder = primitive.holders.remove(place);
                if let Some(task) = holder
                    && primitive.kind.is_semaphore()
                {
                    self.tasks[task.0 as usize].permits -= 1;
                }
            }
            None if primitive.kind.is_semaphore() => primitive.extra += 1,
            None => {}
        }
    }

    /// What a task holds when it ends stays taken, but it does not have it any more. A lock is another matter: that its
    /// holder has ended is what is wrong then.
    fn leave_permits(&mut self, task: TaskId) {
        if std::mem::take(&mut self.tasks[task.0 as usize].permits) == 0 {
            return;
        }
        for primitive in &mut self.primitives {
            if primitive.kind.is_semaphore() {
                for holder in &mut primitive.holders {
                    holder.take_if(|holder| *holder == task);
                }
            }
        }
    }

    fn join_line(&mut self, task: TaskId, primitive: PrimitiveId, intent: Intent) {
        let since = self.time;
        self.tasks[task.0 as usize].in_line = Some(primitive);
        let primitive = &mut self.primitives[primitive.0 as usize];
        primitive.line_of_waiters.push_back(Waiter { task, intent, since, woken: false });
        primitive.longest_line = primitive.longest_line.max(primitive.line_of_waiters.len() as u32);
    }

    /// A task that runs again stands in no line any more.
    fn leave_line(&mut self, task: TaskId) {
        let now = self.time;
        let Some(primitive) = self.tasks[task.0 as usize].in_line.take() else { return };
        let primitive = &mut self.primitives[primitive.0 as usize];
        let Some(position) = primitive.line_of_waiters.iter().position(|waiter| waiter.task == task) else { return };
        let waited = now - primitive.line_of_waiters[position].since;
        primitive.line_of_waiters.remove(position);
        if waited > primitive.longest_wait.map_or(0.0, |(longest, _)| longest) {
            primitive.longest_wait = Some((waited, task));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Trace;

    const SEATS: PrimitiveId = PrimitiveId(0);

    /// A run of four tasks with one primitive, in which each of these tasks does this in a step of its own.
    fn after(kind: PrimitiveKind, capacity: u32, steps: &[(u32, &[Event])]) -> Trace {
        let mut trace = Trace::default();
        for number in 0..4 {
            trace.record(Event::TaskCreated { task: TaskId(number), label: "guest".into(), line: 1 });
        }
        trace.record(Event::PrimitiveCreated { primitive: SEATS, kind, capacity, line: 2 });
        for (task, events) in steps {
            trace.record(Event::Step { runner: Runner::Task(TaskId(*task)) });
            events.iter().for_each(|event| trace.record(event.clone()));
        }
        trace
    }

    fn seats(trace: &Trace) -> (Vec<Option<u32>>, usize, usize) {
        let seats = trace.latest().primitive(SEATS);
        (seats.holders.iter().map(|holder| holder.map(|task| task.0)).collect(), seats.free(), seats.permits())
    }

    const TAKE: Event = Event::Acquired { primitive: SEATS };
    const GIVE: Event = Event::Released { primitive: SEATS };

    fn ends(task: u32) -> Event {
        Event::Finished { task: TaskId(task), outcome: Outcome::Returned }
    }

    #[test]
    fn who_releases_once_too_often_takes_nobodys_place() {
        let steps: [(u32, &[Event]); 3] = [(0, &[TAKE]), (1, &[TAKE]), (0, &[GIVE, GIVE])];
        let trace = after(PrimitiveKind::BoundedSemaphore, 2, &steps);
        assert_eq!(seats(&trace), (vec![Some(1)], 2, 3));
    }

    #[test]
    fn a_permit_of_a_task_that_has_finished_is_taken_until_somebody_else_releases_it() {
        let steps: [(u32, &[Event]); 2] = [(0, &[TAKE, ends(0)]), (1, &[TAKE])];
        let trace = after(PrimitiveKind::Semaphore, 2, &steps);
        assert_eq!(seats(&trace), (vec![None, Some(1)], 0, 2));
        let steps = [steps[0], steps[1], (2, &[GIVE])];
        assert_eq!(seats(&after(PrimitiveKind::Semaphore, 2, &steps)), (vec![Some(1)], 1, 2));
    }

    #[test]
    fn one_task_may_release_for_another() {
        let steps: [(u32, &[Event]); 2] = [(0, &[TAKE]), (1, &[GIVE])];
        assert_eq!(seats(&after(PrimitiveKind::Semaphore, 1, &steps)), (vec![], 1, 1));
        assert_eq!(seats(&after(PrimitiveKind::Lock, 1, &steps)), (vec![], 1, 1));
        let signals: [(u32, &[Event]); 3] = [(0, &[GIVE]), (1, &[TAKE]), (0, &[GIVE])];
        assert_eq!(seats(&after(PrimitiveKind::Semaphore, 0, &signals)), (vec![], 1, 1));
    }

    #[test]
    fn a_lock_stays_with_the_task_that_finished_with_it() {
        let trace = after(PrimitiveKind::Lock, 1, &[(0, &[TAKE, ends(0)])]);
        assert_eq!(seats(&trace).0, [Some(0)]);
    }
}
