//! Tasks: coroutines that the loop resumes. See `asyncio.tasks.Task`.

use std::rc::Rc;

use super::callback::DoneCallback;
use super::future::{Future, Kind, Outcome};
use super::gather;
use super::host::{Host, Input, Progress, Request};
use crate::trace::{self, Awaited, Cause, Event, PrimitiveId, TaskId, Text};

/// A request for cancellation passes through no more tasks than this that wait for each other; the one where it stops
/// is told when it runs.
const DEEPEST_CANCELLATION: u32 = 500;

/// A coroutine under way.
pub(super) struct Task<H: Host> {
    /// Gone when it is done: then it lives as long as the program holds it.
    pub future: Option<Rc<Future<H>>>,
    /// Given by the program, or else it is `Task-` and the number.
    pub name: Option<Text>,
    pub number: u32,
    /// Taken out while it runs, and gone when it is done.
    pub coroutine: Option<H::Coroutine>,
    pub waiting: Waiting<H>,
    /// `CancelledError` is raised when it is resumed next.
    pub must_cancel: bool,
    pub cancel_message: Option<H::Value>,
    /// How many requests for its cancellation nobody has taken back. See `Task.cancelling`.
    pub cancelling: u32,
    /// Its cancellation is under way: tasks that await each other in a circle are each asked once.
    pub is_being_cancelled: bool,
    /// The one of the program's loops that runs it.
    pub event_loop: u32,
}

/// What a task is suspended at.
pub(super) enum Waiting<H: Host> {
    /// It runs, or stands in the ready queue with nothing to collect.
    Nothing,
    /// The timer with this number.
    Sleep { timer: u64 },
    /// A `sleep` that was cancelled, or a wait at a primitive that was: it stands in the ready queue.
    Cancelled { message: Option<H::Value> },
    /// A primitive's line.
    Primitive(PrimitiveId),
    /// A primitive that has woken it: it stands in the ready queue.
    Woken,
    /// A future, whose outcome it collects when it runs.
    Future(Rc<Future<H>>),
}

/// Requests the cancellation of a future, a task or a gather. False if it is done already.
///
/// A plain future is cancelled at once. A task is woken with `CancelledError` and may refuse. See
/// `asyncio.Future.cancel`, `Task.cancel` and `_GatheringFuture.cancel`.
pub fn cancel<H: Host>(host: &mut H, future: &Rc<Future<H>>, message: Option<H::Value>) -> bool {
    let event_loop = host.event_loop();
    if future.is_done() || event_loop.cancellations >= DEEPEST_CANCELLATION {
        return false;
    }
    event_loop.cancellations += 1;
    let is_requested = match &future.kind {
        Kind::Plain(_) => {
            event_loop.complete(future, Outcome::Cancelled(message));
            true
        }
        Kind::Gather(gather) => gather::cancel(host, gather, message.as_ref()),
        Kind::Task(task) => {
            cancel_task(host, *task, message);
            true
        }
    };
    host.event_loop().cancellations -= 1;
    is_requested
}

/// Requests the cancellation of a future that is not done, and gives what to await for its end, however it ends.
/// Afterwards [`stop_waiting`] is due. See `asyncio.tasks._cancel_and_wait`.
pub fn cancel_and_wait<H: Host>(host: &mut H, future: &Rc<Future<H>>) -> Rc<Future<H>> {
    let waiter = match future.task() {
        Some(task) => Future::awaited_as(Awaited::Task(task)),
        None => Future::new(),
    };
    future.add_callback(DoneCallback::Release(waiter.clone()));
    cancel(host, future, None);
    waiter
}

/// Takes back what [`cancel_and_wait`] left with the future.
pub fn stop_waiting<H: Host>(future: &Rc<Future<H>>, waiter: &Rc<Future<H>>) {
    future.remove_callbacks(|callback| matches!(callback, DoneCallback::Release(other) if Rc::ptr_eq(other, waiter)));
}

fn cancel_task<H: Host>(host: &mut H, task: TaskId, message: Option<H::Value>) {
    let event_loop = host.event_loop();
    event_loop.record(Event::CancelRequested { task });
    event_loop.task(task).cancelling += 1;
    interrupt(host, task, message);
}

/// Cancels what a task waits for, or else marks the task itself.
fn interrupt<H: Host>(host: &mut H, task: TaskId, message: Option<H::Value>) {
    let entry = host.event_loop().task(task);
    if std::mem::replace(&mut entry.is_being_cancelled, true) {
        return;
    }
    let interrupted = match &entry.waiting {
        Waiting::Sleep { .. } => {
            wake_cancelled(host, task, message.clone());
            true
        }
        Waiting::Primitive(_) => {
            let pending = entry.coroutine.as_mut().is_some_and(H::cancel_wait);
            if pending {
                wake_cancelled(host, task, message.clone());
            }
            pending
        }
        Waiting::Future(future) => {
            let future = future.clone();
            cancel(host, &future, message.clone())
        }
        Waiting::Nothing | Waiting::Cancelled { .. } | Waiting::Woken => false,
    };
    let entry = host.event_loop().task(task);
    entry.is_being_cancelled = false;
    if !interrupted {
        entry.must_cancel = true;
        entry.cancel_message = message;
    }
}

fn wake_cancelled<H: Host>(host: &mut H, task: TaskId, message: Option<H::Value>) {
    let event_loop = host.event_loop();
    event_loop.task(task).waiting = Waiting::Cancelled { message };
    event_loop.enqueue(task, Cause::Cancelled);
}

/// Runs a task until it suspends or ends. True if the host asked for a pause. See `Task.__step`.
pub(super) fn step<H: Host>(host: &mut H, task: TaskId, continued: bool) -> bool {
    let entry = host.event_loop().task(task);
    let waiting = std::mem::replace(&mut entry.waiting, Waiting::Nothing);
    let Some(mut coroutine) = entry.coroutine.take() else { return false };
    let input = if continued { Input::Continue } else { input(host, task, waiting) };
    let progress = host.resume(task, &mut coroutine, input);
    match progress {
        Progress::Suspended { on, line } => {
            host.event_loop().task(task).coroutine = Some(coroutine);
            suspend(host, task, on, line);
            return false;
        }
        Progress::Paused => {
            host.event_loop().task(task).coroutine = Some(coroutine);
            return true;
        }
        Progress::Returned(value) => {
            drop(coroutine);
            let entry = host.event_loop().task(task);
            if entry.must_cancel {
                entry.must_cancel = false;
                let message = entry.cancel_message.take();
                finish(host, task, Outcome::Cancelled(message));
            } else {
                finish(host, task, Outcome::Value(value));
            }
        }
        Progress::Raised(exception) => {
            drop(coroutine);
            if H::is_cancellation(&exception) {
                if let Some(future) = &host.event_loop().task(task).future {
                    future.set_cancelled_with(exception);
                }
                finish(host, task, Outcome::Cancelled(None));
            } else {
                let ends = H::ends_program(&exception);
                finish(host, task, Outcome::Exception(exception.clone()));
                if ends {
                    host.end_program(exception);
                }
            }
        }
    }
    false
}

/// With what a task is resumed, after what it waited for.
fn input<H: Host>(host: &mut H, task: TaskId, waiting: Waiting<H>) -> Input<H> {
    let entry = host.event_loop().task(task);
    let must_cancel = std::mem::take(&mut entry.must_cancel);
    let message = entry.cancel_message.clone();
    let collected = match waiting {
        Waiting::Cancelled { message } => Input::Exception(host.cancelled_error(message)),
        Waiting::Future(future) => match future.result(host) {
            Some(Ok(value)) => Input::Value(value),
            Some(Err(exception)) => Input::Exception(exception),
            // It awaited itself.
            None => Input::Exception(host.self_await_error()),
        },
        _ => Input::Proceed,
    };
    match collected {
        Input::Exception(exception) if must_cancel && H::is_cancellation(&exception) => Input::Exception(exception),
        _ if must_cancel => Input::Exception(host.cancelled_error(message)),
        collected => collected,
    }
}

fn suspend<H: Host>(host: &mut H, task: TaskId, on: Request<H>, line: u32) {
    let event_loop = host.event_loop();
    let (waiting, on) = match on {
        Request::NextTurn => {
            event_loop.record(Event::Awaits { task, on: Awaited::NextTurn, line });
            event_loop.enqueue(task, Cause::Yielded);
            return;
        }
        Request::Sleep { seconds } => {
            let (timer, until) = event_loop.sleep(task, seconds);
            (Waiting::Sleep { timer }, Awaited::Clock { until })
        }
        Request::Primitive { primitive, intent } => {
            (Waiting::Primitive(primitive), Awaited::Primitive { primitive, intent })
        }
        Request::Future(future) if future.task() == Some(task) => {
            event_loop.record(Event::Awaits { task, on: Awaited::Task(task), line });
            event_loop.task(task).waiting = Waiting::Future(future);
            event_loop.enqueue(task, Cause::Yielded);
            return;
        }
        Request::Future(future) => {
            let on = match &future.kind {
                Kind::Plain(awaited) => *awaited,
                Kind::Task(task) => Awaited::Task(*task),
                Kind::Gather(gather) => Awaited::Gather(gather.id),
            };
            future.add_callback(DoneCallback::Wake(task));
            (Waiting::Future(future), on)
        }
    };
    event_loop.record(Event::Awaits { task, on, line });
    let entry = event_loop.task(task);
    entry.waiting = waiting;
    // It was cancelled by its own hand: what it now waits for is cancelled at once.
    if entry.must_cancel {
        let message = entry.cancel_message.clone();
        entry.must_cancel = false;
        interrupt(host, task, message);
    }
}

fn finish<H: Host>(host: &mut H, task: TaskId, outcome: Outcome<H>) {
    let event_loop = host.event_loop();
    let recorded = match &outcome {
        Outcome::Value(_) => trace::Outcome::Returned,
        Outcome::Cancelled(_) => trace::Outcome::Cancelled,
        Outcome::Exception(exception) => trace::Outcome::Failed(H::describe(exception)),
    };
    event_loop.record(Event::Finished { task, outcome: recorded });
    if let Some(future) = event_loop.task(task).future.take() {
        event_loop.complete(&future, outcome);
    }
}
