//! `await`.

use std::rc::Rc;

use super::execute::Flow;
use super::{Frame, Machine, Owner};
use crate::event_loop::{Future, Input, Request};
use crate::python::values::{Coroutine, ExceptionKind, Polled, Raised, Value, raise, unfit};

impl Machine {
    /// What awaiting an object of the program's own class awaits: a coroutine or a future.
    ///
    /// # Errors
    /// `TypeError` if it cannot be awaited, and what its `__await__` raises.
    pub fn awaited_by(&mut self, object: &Value) -> Result<Value, Raised> {
        let Some(awaited) = self.call_special_nested(object, "__await__", &[])? else {
            return unfit(object, "can't be awaited");
        };
        match awaited {
            // An `__await__` that is written as a generator.
            Value::Generator(generator) => {
                let (name, frame) = (generator.name.clone(), generator.frame.take().into());
                Ok(Value::Coroutine(Rc::new(Coroutine { name, frame, stack: None.into(), unawaited: Rc::default() })))
            }
            awaited if is_awaitable(&awaited) => Ok(awaited),
            other => {
                let message = format!("__await__() returned non-iterator of type '{}'", other.type_name());
                raise(ExceptionKind::TypeError, message)
            }
        }
    }

    /// Awaits what lies on top of the stack. `None` if it is there already, and has been replaced by its result.
    pub(super) fn begin_await(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        match frame.top().clone() {
            Value::Coroutine(coroutine) => {
                let Some(mut callee) = coroutine.frame.take() else {
                    return raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine");
                };
                callee.owner = Owner::Awaiter;
                Ok(Some(Flow::Call(callee)))
            }
            Value::NativeCoroutine(native) => {
                let mut input = Input::Proceed;
                loop {
                    match self.poll(&native, input)? {
                        Polled::Ready(value) => {
                            frame.replace_top(value);
                            return Ok(None);
                        }
                        Polled::Pending(request) => return Ok(Some(Flow::Suspend(request))),
                        Polled::Await(coroutine) => match self.frame_awaited_by(&native, &coroutine, 0) {
                            Ok(callee) => return Ok(Some(Flow::Call(callee))),
                            Err(exception) => input = Input::Exception(exception),
                        },
                    }
                }
            }
            Value::Future(future) => match self.await_future(&future)? {
                Some(value) => {
                    frame.replace_top(value);
                    Ok(None)
                }
                None => Ok(Some(Flow::Suspend(Request::Future(future)))),
            },
            other => {
                let awaited = self.awaited_by(&other)?;
                frame.replace_top(awaited);
                self.begin_await(frame)
            }
        }
    }

    /// The result of a future that is done, or `None`.
    fn await_future(&mut self, future: &Rc<Future<Machine>>) -> Result<Option<Value>, Raised> {
        future.result(self).transpose()
    }
}

/// Whether `await` takes it as it is.
pub(super) fn is_awaitable(value: &Value) -> bool {
    matches!(value, Value::Coroutine(_) | Value::NativeCoroutine(_) | Value::Future(_))
}
