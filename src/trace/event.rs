//! What can happen in a run, one [`Event`] at a time.

use std::rc::Rc;

use super::older::OlderForm;

/// A text that several events and views share.
pub type Text = Rc<str>;

/// A task, numbered from 0 in order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// A lock, semaphore, queue, ..., numbered from 0 in order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PrimitiveId(pub u32);

/// A `gather`, `TaskGroup` and the like, numbered from 0 in order of creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GatherId(pub u32);

/// The kinds of primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrimitiveKind {
    Lock,
    Event,
    Condition,
    Semaphore,
    BoundedSemaphore,
    Barrier,
    Queue,
    PriorityQueue,
    LifoQueue,
}

impl PrimitiveKind {
    /// The name of its class in `asyncio`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lock => "Lock",
            Self::Event => "Event",
            Self::Condition => "Condition",
            Self::Semaphore => "Semaphore",
            Self::BoundedSemaphore => "BoundedSemaphore",
            Self::Barrier => "Barrier",
            Self::Queue => "Queue",
            Self::PriorityQueue => "PriorityQueue",
            Self::LifoQueue => "LifoQueue",
        }
    }

    /// What it is in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Lock => "lock",
            Self::Event => "event",
            Self::Condition => "condition",
            Self::Semaphore => "semaphore",
            Self::BoundedSemaphore => "bounded semaphore",
            Self::Barrier => "barrier",
            Self::Queue => "queue",
            Self::PriorityQueue => "priority queue",
            Self::LifoQueue => "LIFO queue",
        }
    }

    /// Whether it has permits.
    pub fn is_semaphore(self) -> bool {
        matches!(self, Self::Semaphore | Self::BoundedSemaphore)
    }

    /// Whether it has items.
    pub fn is_queue(self) -> bool {
        matches!(self, Self::Queue | Self::PriorityQueue | Self::LifoQueue)
    }

    /// Whether there is something to count in it: permits taken, items, or who is inside.
    pub fn counts_inside(self) -> bool {
        self.is_semaphore() || self.is_queue() || self == Self::Barrier
    }
}

/// What a barrier does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarrierPhase {
    /// It holds back who comes until all are there.
    #[default]
    Filling,
    /// All are there and leave; who comes now waits outside.
    Draining,
    /// It was reset while tasks were in it, which have to leave first.
    Resetting,
    /// It was aborted: who is in it, or comes, gets an exception.
    Broken,
}

impl BarrierPhase {
    /// The word for it, as in the `repr` of a barrier.
    pub fn name(self) -> &'static str {
        match self {
            Self::Filling => "filling",
            Self::Draining => "draining",
            Self::Resetting => "resetting",
            Self::Broken => "broken",
        }
    }
}

/// Who watches several tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GatherKind {
    Gather,
    Wait,
    AsCompleted,
    TaskGroup,
    Shield,
}

impl GatherKind {
    /// Its name in `asyncio`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gather => "gather",
            Self::Wait => "wait",
            Self::AsCompleted => "as_completed",
            Self::TaskGroup => "TaskGroup",
            Self::Shield => "shield",
        }
    }
}

impl GatherKind {
    /// How its tasks are called: "two tasks it gathers".
    pub(super) fn whose(self) -> &'static str {
        match self {
            Self::Gather => "it gathers",
            Self::Wait | Self::AsCompleted => "it watches",
            Self::TaskGroup => "of its TaskGroup",
            Self::Shield => "it shields",
        }
    }
}

/// What the event loop runs in one step.
#[derive(Clone, Debug, PartialEq)]
pub enum Runner {
    /// A task is resumed.
    Task(TaskId),
    /// A callback is called.
    Callback(Callback),
}

impl Runner {
    /// Whether it stood in the ready queue before it ran.
    pub fn was_ready(&self) -> bool {
        !matches!(self, Self::Callback(Callback::Intervention(_)))
    }
}

/// What the person who watches a run does to it between two of its steps, to see what would happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intervention {
    /// Asks a task to stop, as `Task.cancel` does.
    Cancel(TaskId),
    /// Does something to a primitive.
    Change(PrimitiveId, Change),
}

/// What an [`Intervention`] does to a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A semaphore has one permit more, which the first in line gets.
    AddPermit,
    /// A semaphore has one permit fewer: one that is free goes.
    TakePermit,
    /// A lock, or the lock of a condition, is released in the place of who holds it.
    Release,
    /// An event is set.
    Set,
    /// An event is cleared.
    Clear,
    /// The first who waits at a condition is notified.
    Notify,
    /// A queue has room for one item more.
    AddRoom,
    /// A queue has room for one item fewer.
    TakeRoom,
}

impl Change {
    /// Its name in a trace.
    pub fn name(self) -> &'static str {
        match self {
            Self::AddPermit => "add_permit",
            Self::TakePermit => "take_permit",
            Self::Release => "release",
            Self::Set => "set",
            Self::Clear => "clear",
            Self::Notify => "notify",
            Self::AddRoom => "add_room",
            Self::TakeRoom => "take_room",
        }
    }
}

/// A call that the event loop makes between the resumptions of tasks.
#[derive(Clone, Debug, PartialEq)]
pub enum Callback {
    /// The timer behind a task's `sleep` is due.
    SleepEnds(TaskId),
    /// A gather takes note that one of its tasks is done.
    GatherNotes { gather: GatherId, child: TaskId },
    /// The task that `asyncio.run` waits for is done: the loop stops.
    RunEnds,
    /// The time is up that this task gave itself: a timeout, or a `wait` with a limit.
    TimeIsUp(TaskId),
    /// A blocking call that a worker thread made is over.
    JobEnds,
    /// A function of the program, by its name.
    Function(Text),
    /// What the person who watches does: not the event loop's doing, and never in the ready queue.
    Intervention(Intervention),
}

/// What a suspended task waits for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Awaited {
    /// The next turn of the loop: `sleep(0)`.
    NextTurn,
    /// The clock, in seconds since the start of the run.
    Clock { until: f64 },
    /// Its turn at a primitive.
    Primitive { primitive: PrimitiveId, intent: Intent },
    /// The end of another task.
    Task(TaskId),
    /// The end of the tasks that it watches together.
    Gather(GatherId),
    /// A blocking call that a worker thread makes until this time, in seconds.
    Job { until: f64 },
    /// A future that nobody has completed yet.
    Future,
}

/// What a task in a primitive's line wants there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Intent {
    /// To hold the lock, the condition's lock, or one permit of the semaphore.
    Acquire,
    /// To hold the condition's lock again, at the end of its wait for a notification.
    Reacquire,
    /// A notification of the condition.
    Notify,
    /// The event, set.
    Set,
    /// All others that the barrier is for.
    Meet,
    /// A place at the barrier, once those inside have left it.
    Drain,
    /// An item of the queue.
    Get,
    /// Room in the queue.
    Put,
    /// The end of all unfinished work of the queue.
    Join,
}

impl Intent {
    /// Its name in a trace.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acquire => "acquire",
            Self::Reacquire => "reacquire",
            Self::Notify => "notify",
            Self::Set => "set",
            Self::Meet => "meet",
            Self::Drain => "drain",
            Self::Get => "get",
            Self::Put => "put",
            Self::Join => "join",
        }
    }

    /// What all want who stand in the same line of a primitive: who takes a condition's lock again stands among those
    /// who take it.
    pub fn line(self) -> Self {
        if self == Self::Reacquire { Self::Acquire } else { self }
    }
}

/// Why a task joined the ready queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// It was created.
    Created,
    /// It gave up its turn with `sleep(0)`.
    Yielded,
    /// Its `sleep` is over.
    Slept,
    /// The running step woke it from a primitive's line.
    Woken(PrimitiveId),
    /// What it awaited, a task or a gather, is done.
    Completed,
    /// The running step cancelled it.
    Cancelled,
}

/// How a task finished.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It returned.
    Returned,
    /// It raised this exception, as its last traceback line says it.
    Failed(Text),
    /// It was cancelled.
    Cancelled,
}

/// Where a line of output goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Out,
    Error,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// The program came to its end.
    Finished,
    /// An exception ended the program: its last traceback line, and the line of the program where it was raised.
    Raised { exception: Text, line: u32 },
    /// Nothing is ready and no timer is pending; the sentence says who waits for what.
    Stuck { explanation: Text },
    /// The virtual clock reached the limit, in seconds.
    Horizon { until: f64 },
    /// A limit of Signalbox was reached: the sentence says which, with the line of the program.
    Stopped { explanation: Text, line: u32 },
}

/// One thing that happened. Whatever stands between two [`Event::Step`]s was done by the first of the two.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The loop begins a turn: one pass over all that is ready now.
    Turn,
    /// Between two turns, the virtual clock moved to this time, in seconds since the start of the run.
    Clock { seconds: f64 },
    /// The loop took the first entry of the ready queue and runs it. Before the first step, the program's
    /// own top level runs.
    Step { runner: Runner },
    /// A task was created, under the label it has on the page; `line` is where its coroutine begins.
    TaskCreated { task: TaskId, label: Text, line: u32 },
    /// A task was given another label.
    TaskRenamed { task: TaskId, label: Text },
    /// A task joined the end of the ready queue.
    Ready { task: TaskId, cause: Cause },
    /// A callback joined the end of the ready queue.
    Scheduled { callback: Callback },
    /// The first entry of the ready queue was a call that has been cancelled since: it left without a step.
    Skipped,
    /// The step ends: its task is suspended at this line until what it awaits comes.
    Awaits { task: TaskId, on: Awaited, line: u32 },
    /// The step ends: its task is done.
    Finished { task: TaskId, outcome: Outcome },
    /// A task asked for the cancellation of another, or of itself.
    CancelRequested { task: TaskId },
    /// A task will give up what it does at this time, in seconds: it came under a timeout, or waits with a limit.
    DeadlineSet { task: TaskId, at: f64 },
    /// The deadline of this time no longer holds.
    DeadlineLifted { task: TaskId, at: f64 },
    /// Somebody began to watch these tasks.
    GatherCreated { gather: GatherId, kind: GatherKind, children: Rc<[TaskId]> },
    /// A task was created in a `TaskGroup`.
    GatherGrew { gather: GatherId, child: TaskId },
    /// A primitive was created at this line. `capacity`: permits of a semaphore, `maxsize` of a queue (0: no limit),
    /// `parties` of a barrier, 1 for a lock and a condition, 0 for an event.
    PrimitiveCreated { primitive: PrimitiveId, kind: PrimitiveKind, capacity: u32, line: u32 },
    /// A condition was created over a primitive that was there before: who holds it, and who waits to hold it, is told
    /// of `lock`. Of a condition with a lock of its own, it is told of the condition.
    LockShared { primitive: PrimitiveId, lock: PrimitiveId },
    /// A primitive was stored in a variable.
    PrimitiveNamed { primitive: PrimitiveId, name: Text },
    /// A semaphore has so many permits from now on, or a queue so much room.
    Resized { primitive: PrimitiveId, capacity: u32 },
    /// The running step took the lock, or one permit.
    Acquired { primitive: PrimitiveId },
    /// The running step gave the lock, or one permit, back.
    Released { primitive: PrimitiveId },
    /// The running step set an event that was not set.
    EventSet { primitive: PrimitiveId },
    /// The running step cleared an event that was set.
    EventCleared { primitive: PrimitiveId },
    /// The running step notified so many of those who wait at a condition.
    Notified { primitive: PrimitiveId, tasks: u32 },
    /// The running step came to a barrier, left it, or changed what it does: this is its phase now, and how many of its
    /// places are taken.
    BarrierChanged { primitive: PrimitiveId, phase: BarrierPhase, inside: u32 },
    /// The running step put an item, shown as `item`, into a queue: so many others would come out before it.
    Put { primitive: PrimitiveId, item: Text, position: u32 },
    /// The running step took an item out of a queue.
    Got { primitive: PrimitiveId, item: Text },
    /// The running step said that one item of the queue has been dealt with.
    TaskDone { primitive: PrimitiveId },
    /// The running step shut a queue down; `immediate`: its items are thrown away.
    ShutDown { primitive: PrimitiveId, immediate: bool },
    /// The running step wrote this to its output.
    Printed { stream: Stream, text: Text },
    /// The running step blocked the whole loop for this many seconds, by which the virtual clock moved.
    Blocked { seconds: f64, line: u32 },
    /// The program used a form of an older Python at this line; said once for each line.
    Noted { form: OlderForm, line: u32 },
    /// Another of the program's event loops is used from now on, numbered from 0; each has a ready queue of its own.
    LoopChanged { event_loop: u32 },
    /// The event loop was closed: what stands in its ready queue never runs.
    LoopClosed,
    /// The run is over.
    Ended { ending: Ending },
}
