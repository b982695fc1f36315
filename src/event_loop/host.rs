//! What the event loop asks of the language whose coroutines it runs.

use std::rc::Rc;

use super::future::Future;
use super::scheduler::EventLoop;
use crate::trace::{Intent, PrimitiveId, TaskId, Text};

/// The interpreter behind the tasks: it owns an [`EventLoop`] and runs the coroutines that the loop hands it.
pub trait Host: Sized + 'static {
    /// What coroutines return and futures hold.
    type Value: Clone;
    /// What coroutines raise.
    type Exception: Clone;
    /// A suspended computation.
    type Coroutine;
    /// Something that can be called between two steps of tasks.
    type Function: Clone;

    /// The loop that this host runs on.
    fn event_loop(&mut self) -> &mut EventLoop<Self>;

    /// Runs a task's coroutine until it suspends or ends, or until the host wants a pause: then the loop calls again
    /// with [`Input::Continue`] before it does anything else.
    fn resume(&mut self, task: TaskId, coroutine: &mut Self::Coroutine, input: Input<Self>) -> Progress<Self>;

    /// Cancels, in place, the wait at a primitive in which the coroutine is suspended. False if the wait was over
    /// already: the coroutine has been woken and not yet run.
    fn cancel_wait(coroutine: &mut Self::Coroutine) -> bool;

    /// Calls a function that was scheduled as a callback. `when`: for which time, if it was for one.
    fn call(&mut self, function: Self::Function, when: Option<f64>);

    /// Tells the program's exception handler of the failure of a future of which nobody else will hear. See
    /// `loop.call_exception_handler`.
    fn report(&mut self, message: String, exception: &Self::Exception, future: &Rc<Future<Self>>);

    /// The name of the class of an exception.
    fn class_name(exception: &Self::Exception) -> String;

    /// The function with one more argument: the future whose end it is told.
    fn with_future(function: Self::Function, future: Rc<Future<Self>>) -> Self::Function;

    /// The name of a function, for the trace.
    fn function_name(function: &Self::Function) -> Text;

    /// True once the program must not go on: a limit was reached, or an exception left a callback.
    fn is_halted(&self) -> bool;

    /// The value of a coroutine that returns nothing.
    fn none() -> Self::Value;

    /// A list of values, for `gather`.
    fn list(values: Vec<Self::Value>) -> Self::Value;

    /// The exception as a value, for `gather(return_exceptions=True)`.
    fn exception_value(exception: &Self::Exception) -> Self::Value;

    /// A cancelled task among the results of `gather(return_exceptions=True)`.
    fn cancelled_value(message: Option<Self::Value>) -> Self::Value;

    /// A new `CancelledError`, with the message given to `cancel`.
    fn cancelled_error(&self, message: Option<Self::Value>) -> Self::Exception;

    /// What a task raises that awaits itself.
    fn self_await_error(&self) -> Self::Exception;

    /// A `TimeoutError`, raised from the `CancelledError` by which a timeout interrupted its task.
    fn timeout_error(cause: Option<&Self::Exception>) -> Self::Exception;

    /// Puts a `TimeoutError` between an exception and the `CancelledError` in whose handling it was raised. See
    /// `Timeout._insert_timeout_error`.
    fn insert_timeout_error(exception: &Self::Exception);

    /// An exception group of these exceptions, which a `TaskGroup` raises.
    fn exception_group(message: &str, exceptions: Vec<Self::Exception>) -> Self::Exception;

    /// Whether the exception is a `CancelledError`.
    fn is_cancellation(exception: &Self::Exception) -> bool;

    /// Whether the exception ends the program even when it is raised in a task: `SystemExit`, `KeyboardInterrupt`.
    fn ends_program(exception: &Self::Exception) -> bool;

    /// Ends the program with this exception.
    fn end_program(&mut self, exception: Self::Exception);

    /// The exception as the last line of its traceback, for the trace.
    fn describe(exception: &Self::Exception) -> Text;
}

/// With what a coroutine is resumed.
pub enum Input<H: Host> {
    /// It begins, its turn has come at a primitive, or its `sleep` is over.
    Proceed,
    /// The future that it awaited has this result.
    Value(H::Value),
    /// This exception is raised where it is suspended.
    Exception(H::Exception),
    /// It goes on after a pause that the host asked for.
    Continue,
}

impl<H: Host> Input<H> {
    /// The exception that is to be raised, if it is that.
    pub fn raised(self) -> Option<H::Exception> {
        match self {
            Self::Exception(exception) => Some(exception),
            _ => None,
        }
    }
}

/// How far a coroutine came.
pub enum Progress<H: Host> {
    /// It awaits something, at this line.
    Suspended {
        /// What it awaits.
        on: Request<H>,
        /// The line of the program.
        line: u32,
    },
    /// It returned.
    Returned(H::Value),
    /// It raised.
    Raised(H::Exception),
    /// The host wants to give others time: the step is not over.
    Paused,
}

/// What a coroutine waits for.
pub enum Request<H: Host> {
    /// The next turn of the loop: a bare `yield`, as in `sleep(0)`.
    NextTurn,
    /// A delay in seconds of the virtual clock.
    Sleep {
        /// How long; more than 0.
        seconds: f64,
    },
    /// Its turn at a primitive. The host has left the task's waker there.
    Primitive {
        /// Where it waits.
        primitive: PrimitiveId,
        /// What it wants there.
        intent: Intent,
    },
    /// The completion of a future that is not done yet.
    Future(Rc<Future<H>>),
}
