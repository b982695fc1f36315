//! `await`.

use std::rc::Rc;

use super::execute::Flow;
use super::{Frame, Machine, Owner};
use crate::event_loop::{Future, Input, Request};
use crate::python::values::{ExceptionKind, Polled, Raised, Value, raise, unfit};

impl Machine {
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
            Value::Instance(instance) if let Some(function) = instance.class.find("__await__") => {
                let awaited = self.call_value(&function, &[Value::Instance(instance)])?;
                if let Value::Generator(generator) = &awaited {
                    let mut callee = self.resume_generator(generator, Value::None)?;
                    if let Some(callee) = &mut callee {
                        callee.owner = Owner::Awaiter;
                    }
                    return Ok(callee.map(Flow::Call));
                }
                if !is_awaitable(&awaited) {
                    let name = awaited.type_name();
                    return raise(
                        ExceptionKind::TypeError,
                        format!("__await__() returned non-iterator of type '{name}'"),
                    );
                }
                frame.replace_top(awaited);
                self.begin_await(frame)
            }
            other => unfit(&other, "can't be awaited"),
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
