//! What can happen in a run, one [`Event`] at a time.

use std::rc::Rc;

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
    Semaphore,
    Queue,
}

impl PrimitiveKind {
    /// The name of its class in `asyncio`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lock => "Lock",
            Self::Semaphore => "Semaphore",
            Self::Queue => "Queue",
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
}

/// What a suspended task waits for.
#[derive(Clone, Debug, PartialEq)]
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
    /// To hold the lock, or one permit of the semaphore.
    Acquire,
    /// An item of the queue.
    Get,
    /// Room in the queue.
    Put,
    /// The end of all unfinished work of the queue.
    Join,
}

impl Intent {
    /// The name of the coroutine in which the task waits.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acquire => "acquire",
            Self::Get => "get",
            Self::Put => "put",
            Self::Join => "join",
        }
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
    /// Somebody began to watch these tasks.
    GatherCreated { gather: GatherId, kind: GatherKind, children: Rc<[TaskId]> },
    /// A task was created in a `TaskGroup`.
    GatherGrew { gather: GatherId, child: TaskId },
    /// A primitive was created at this line. `capacity`: permits of a semaphore, `maxsize` of a queue (0: no limit).
    PrimitiveCreated { primitive: PrimitiveId, kind: PrimitiveKind, capacity: u32, line: u32 },
    /// A primitive was stored in a variable.
    PrimitiveNamed { primitive: PrimitiveId, name: Text },
    /// The running step took the lock, or one permit.
    Acquired { primitive: PrimitiveId },
    /// The running step gave the lock, or one permit, back.
    Released { primitive: PrimitiveId },
    /// The running step put an item, shown as `item`, into a queue.
    Put { primitive: PrimitiveId, item: Text },
    /// The running step took an item out of a queue.
    Got { primitive: PrimitiveId, item: Text },
    /// The running step said that one item of the queue has been dealt with.
    TaskDone { primitive: PrimitiveId },
    /// The running step wrote this to its output.
    Printed { stream: Stream, text: Text },
    /// The running step blocked the whole loop for this many seconds, by which the virtual clock moved.
    Blocked { seconds: f64, line: u32 },
    /// The run is over.
    Ended { ending: Ending },
}
