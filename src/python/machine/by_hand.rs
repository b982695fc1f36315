//! Coroutines that the program drives itself: `send`, `throw` and `close`.

use std::rc::Rc;

use super::program::Exit;
use super::{Machine, NESTING_OF_CALL, Stack};
use crate::event_loop::{Input, Request};
use crate::python::values::{Coroutine, Exception, ExceptionKind, Raised, Value, raise};

impl Machine {
    /// What a coroutine yields next when this is sent to it. See `coroutine.send`.
    ///
    /// # Errors
    /// What it raises; at its end `StopIteration` with what it returned.
    pub fn send_to_coroutine(&mut self, coroutine: &Rc<Coroutine>, sent: Value) -> Result<Value, Raised> {
        if let Some(stack) = coroutine.stack.take() {
            return self.drive(coroutine, stack, Input::Value(sent));
        }
        if coroutine.frame.borrow().is_some() && !matches!(sent, Value::None) {
            return raise(ExceptionKind::TypeError, "can't send non-None value to a just-started coroutine");
        }
        match coroutine.frame.take() {
            Some(frame) => self.drive(coroutine, Stack::of(frame), Input::Proceed),
            None => raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine"),
        }
    }

    /// What a coroutine yields when an exception is raised where it stands. See `coroutine.throw`.
    ///
    /// # Errors
    /// As for [`Self::send_to_coroutine`].
    pub fn throw_in_coroutine(&mut self, coroutine: &Rc<Coroutine>, exception: Raised) -> Result<Value, Raised> {
        match (coroutine.stack.take(), coroutine.frame.take()) {
            (Some(stack), _) => self.drive(coroutine, stack, Input::Exception(exception)),
            (None, Some(_)) => Err(exception),
            (None, None) => raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine"),
        }
    }

    /// Ends a coroutine. See `coroutine.close`.
    ///
    /// # Errors
    /// What it raises, or `RuntimeError` if it yields.
    pub fn close_coroutine(&mut self, coroutine: &Rc<Coroutine>) -> Result<(), Raised> {
        drop(coroutine.frame.take());
        let Some(stack) = coroutine.stack.take() else { return Ok(()) };
        let exit = Exception::new(ExceptionKind::GeneratorExit, Vec::new());
        match self.drive(coroutine, stack, Input::Exception(exit)) {
            Ok(_) => raise(ExceptionKind::RuntimeError, "coroutine ignored GeneratorExit"),
            Err(end) if matches!(end.kind, ExceptionKind::StopIteration | ExceptionKind::GeneratorExit) => Ok(()),
            Err(other) => Err(other),
        }
    }

    fn drive(&mut self, coroutine: &Coroutine, mut stack: Stack, input: Input<Self>) -> Result<Value, Raised> {
        let outer = self.handed.replace(Value::None);
        let exit = self.nested(NESTING_OF_CALL, |machine| {
            let mut exit = machine.resume_stack(&mut stack, input);
            while matches!(exit, Exit::Paused) && machine.ending.is_none() {
                exit = machine.run(&mut stack);
            }
            Ok(exit)
        });
        let handed = std::mem::replace(&mut self.handed, outer);
        match exit? {
            Exit::Returned(value) => {
                let arguments = if matches!(value, Value::None) { Vec::new() } else { vec![value] };
                Err(Exception::new(ExceptionKind::StopIteration, arguments))
            }
            Exit::Raised(exception) => Err(exception),
            Exit::Suspended { on, .. } => {
                coroutine.stack.replace(Some(stack));
                Ok(match on {
                    Request::Future(future) => Value::Future(future),
                    _ => handed.unwrap_or(Value::None),
                })
            }
            Exit::Yielded(value) => Ok(value),
            Exit::RunLoop => {
                self.run_requested = None;
                raise(ExceptionKind::RuntimeError, "asyncio.run() cannot be called from a running event loop")
            }
            Exit::Paused => raise(ExceptionKind::RuntimeError, "the program was stopped"),
        }
    }
}
