//! The machine as the event loop sees it.

use std::rc::Rc;

use super::program::Exit;
use super::report::failure;
use super::unwind::Unwound;
use super::{Context, DEEPEST_CALL, Frame, Machine, Owner, Stack, generator};
use crate::event_loop::{EventLoop, Future, Host, Input, Progress};
use crate::python::values::{Coroutine, Exception, ExceptionKind, NativeCoroutine, Polled, Raised, Value, raise};
use crate::trace::{TaskId, Text};

/// A function with its arguments, scheduled as a callback.
#[derive(Clone)]
pub struct ScheduledCall {
    pub function: Value,
    pub arguments: Vec<Value>,
    /// The values of context variables where it was scheduled.
    pub context: Context,
}

impl Host for Machine {
    type Value = Value;
    type Exception = Raised;
    type Coroutine = Stack;
    type Function = ScheduledCall;

    fn event_loop(&mut self) -> &mut EventLoop<Self> {
        &mut self.event_loop
    }

    fn resume(&mut self, task: TaskId, stack: &mut Stack, input: Input<Self>) -> Progress<Self> {
        if !matches!(input, Input::Continue) {
            self.work = 0;
        }
        let outer = std::mem::replace(&mut self.context, stack.context.take());
        let exit = self.resume_stack(stack, input);
        stack.context.replace(std::mem::replace(&mut self.context, outer));
        match exit {
            Exit::Returned(value) | Exit::Yielded(value) => {
                self.note_result(task, &value);
                Progress::Returned(value)
            }
            Exit::Raised(exception) => Progress::Raised(exception),
            Exit::Suspended { on, line } => Progress::Suspended { on, line },
            Exit::Paused => Progress::Paused,
            Exit::RunLoop => {
                self.run_requested = None;
                let message = "asyncio.run() cannot be called from a running event loop";
                match raise::<()>(ExceptionKind::RuntimeError, message) {
                    Err(exception) => Progress::Raised(exception),
                    Ok(()) => Progress::Returned(Value::None),
                }
            }
        }
    }

    fn cancel_wait(stack: &mut Stack) -> bool {
        let Some(native) = stack.awaited_native() else { return false };
        native.state.borrow_mut().as_mut().is_some_and(|state| state.cancel())
    }

    fn call(&mut self, call: ScheduledCall, when: Option<f64>) {
        self.work = 0;
        let outer = std::mem::replace(&mut self.context, call.context.clone());
        match self.call_value(&call.function, &call.arguments) {
            Ok(_) => {}
            Err(exception) if Self::ends_program(&exception) => self.end_program(exception),
            Err(exception) => self.report_callback_failure(call, when, &exception),
        }
        self.context = outer;
        self.event_loop.collect_wakes();
    }

    fn report(&mut self, message: String, exception: &Raised, future: &Rc<Future<Self>>) {
        let context = failure(message, Some(exception), [("future", Value::Future(future.clone()))]);
        self.call_exception_handler(&context);
    }

    fn class_name(exception: &Raised) -> String {
        Value::Exception(exception.clone()).type_name().to_owned()
    }

    fn with_future(mut call: ScheduledCall, future: Rc<Future<Self>>) -> ScheduledCall {
        call.arguments.push(Value::Future(future));
        call
    }

    fn function_name(call: &ScheduledCall) -> Text {
        match &call.function {
            Value::Function(function) => function.code.name.clone(),
            Value::Bound(bound) => format!("{}.{}", bound.receiver.type_name(), bound.method.name).into(),
            Value::Native(native) => native.name.into(),
            Value::Method(method) => {
                let inner = ScheduledCall { function: method.function.clone(), arguments: Vec::new(), context: None };
                Self::function_name(&inner)
            }
            Value::Partial(partial) => {
                let inner = ScheduledCall { function: partial.function.clone(), arguments: Vec::new(), context: None };
                Self::function_name(&inner)
            }
            other => other.type_name().into(),
        }
    }

    fn is_halted(&self) -> bool {
        self.ending.is_some()
    }

    fn none() -> Value {
        Value::None
    }

    fn list(values: Vec<Value>) -> Value {
        Value::list(values)
    }

    fn exception_value(exception: &Raised) -> Value {
        Value::Exception(exception.clone())
    }

    fn cancelled_value(message: Option<Value>) -> Value {
        let message = message.unwrap_or_else(|| Value::from(""));
        Value::Exception(Exception::new(ExceptionKind::CancelledError, vec![message]))
    }

    fn cancelled_error(&self, message: Option<Value>) -> Raised {
        Exception::new(ExceptionKind::CancelledError, message.into_iter().collect())
    }

    fn self_await_error(&self) -> Raised {
        let message = "Task cannot await on itself: <Task pending>";
        Exception::new(ExceptionKind::RuntimeError, vec![Value::from(message)])
    }

    fn timeout_error(cause: Option<&Raised>) -> Raised {
        let error = Exception::new(ExceptionKind::TimeoutError, Vec::new());
        error.suppress_context.set(cause.is_some());
        *error.cause.borrow_mut() = cause.cloned();
        *error.context.borrow_mut() = cause.cloned();
        error
    }

    fn insert_timeout_error(exception: &Raised) {
        let mut exception = exception.clone();
        loop {
            let Some(context) = exception.context.borrow().clone() else { return };
            if Self::is_cancellation(&context) {
                let error = Self::timeout_error(Some(&context));
                *exception.context.borrow_mut() = Some(error);
                return;
            }
            exception = context;
        }
    }

    fn exception_group(message: &str, exceptions: Vec<Raised>) -> Raised {
        Exception::group(message, exceptions)
    }

    fn is_cancellation(exception: &Raised) -> bool {
        exception.kind.is_a(ExceptionKind::CancelledError)
    }

    fn ends_program(exception: &Raised) -> bool {
        matches!(exception.kind, ExceptionKind::SystemExit | ExceptionKind::KeyboardInterrupt)
    }

    fn end_program(&mut self, exception: Raised) {
        if exception.kind == ExceptionKind::SystemExit {
            self.halt(crate::trace::Ending::Finished);
        } else {
            self.fail(&exception);
        }
    }

    fn describe(exception: &Raised) -> Text {
        exception.last_line().into()
    }
}

impl Machine {
    /// Goes on with a task's stack.
    pub(super) fn resume_stack(&mut self, stack: &mut Stack, input: Input<Machine>) -> Exit {
        self.outer_line = 0;
        let has_begun = stack.frames.last().is_none_or(|frame| frame.has_begun());
        let awaited = if has_begun { stack.awaited_native().cloned() } else { None };
        let exit = match (awaited, input) {
            (_, Input::Continue) | (None, Input::Proceed) => None,
            (Some(native), input) => self.go_on(stack, &native, input),
            (None, Input::Value(value)) => done_with(stack, value),
            (None, Input::Exception(exception)) if !has_begun => {
                if generator::throw_in_step(stack, &exception) {
                    None
                } else {
                    Some(Exit::Raised(exception))
                }
            }
            (None, Input::Exception(exception)) => self.raise_in(stack, exception),
        };
        let exit = exit.unwrap_or_else(|| self.run(stack));
        self.close_abandoned();
        self.report_dropped();
        exit
    }

    /// Goes on with a native coroutine that the frame on top awaits. `None` if the stack is to be run.
    pub(super) fn go_on(
        &mut self,
        stack: &mut Stack,
        native: &Rc<NativeCoroutine>,
        input: Input<Machine>,
    ) -> Option<Exit> {
        match self.poll(native, input) {
            Ok(Polled::Ready(value)) => done_with(stack, value),
            Ok(Polled::Pending(on)) => Some(Exit::Suspended { on, line: stack.line() }),
            Ok(Polled::Await(coroutine)) => match self.frame_awaited_by(native, &coroutine, stack.frames.len()) {
                Ok(frame) => {
                    stack.frames.push(frame);
                    None
                }
                Err(exception) => self.go_on(stack, native, Input::Exception(exception)),
            },
            Err(exception) => self.raise_in(stack, exception),
        }
    }

    /// Raises an exception where a stack stands. `None` if the stack is to be run.
    pub(super) fn raise_in(&mut self, stack: &mut Stack, exception: Raised) -> Option<Exit> {
        let unwound = self.unwind(stack, exception);
        if stack.frames.len() <= 1 {
            self.outer_line = 0;
        }
        match unwound {
            Unwound::Caught => None,
            Unwound::Native(native, exception) => self.go_on(stack, &native, Input::Exception(exception)),
            Unwound::Uncaught(exception) => Some(Exit::Raised(exception)),
        }
    }

    /// The frame of a coroutine that a native coroutine awaits.
    pub(super) fn frame_awaited_by(
        &mut self,
        native: &Rc<NativeCoroutine>,
        coroutine: &Coroutine,
        depth: usize,
    ) -> Result<Frame, Raised> {
        if depth >= DEEPEST_CALL {
            return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
        }
        let Some(mut frame) = coroutine.frame.take() else {
            return raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine");
        };
        frame.owner = Owner::Native(native.clone());
        Ok(frame)
    }

    /// Runs a native coroutine until it ends or has to wait.
    pub fn poll(&mut self, native: &Rc<NativeCoroutine>, input: Input<Machine>) -> Result<Polled, Raised> {
        self.nested(1, |machine| machine.poll_within(native, input))
    }

    fn poll_within(&mut self, native: &Rc<NativeCoroutine>, input: Input<Machine>) -> Result<Polled, Raised> {
        let Some(mut state) = native.state.take() else {
            return raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine");
        };
        native.has_begun.set(true);
        let result = state.resume(self, input);
        match result {
            Ok(Polled::Pending(_) | Polled::Await(_)) => *native.state.borrow_mut() = Some(state),
            // What it still holds may pass its turn on.
            _ => drop(state),
        }
        self.event_loop.collect_wakes();
        result
    }
}

/// What the frame on top awaited has this result. The result is the whole stack's if there is no frame.
fn done_with(stack: &mut Stack, value: Value) -> Option<Exit> {
    match stack.frames.last_mut() {
        None => Some(Exit::Returned(value)),
        Some(frame) => {
            frame.replace_top(value);
            None
        }
    }
}
