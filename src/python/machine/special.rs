//! Special methods: what `with` and `async for` call.

use super::execute::Flow;
use super::{Frame, Machine};
use crate::python::modules;
use crate::python::values::{ExceptionKind, Raised, Value, raise};

impl Machine {
    /// Whether a value has a special method.
    fn has_special(&self, object: &Value, name: &str) -> bool {
        modules::method(object, name).is_some()
    }

    /// Calls a special method of an object that has it. The result lies on the stack, or the frame to run comes back.
    fn call_special(
        &mut self,
        frame: &mut Frame,
        object: Value,
        name: &str,
        arguments: &[Value],
    ) -> Result<Option<Flow>, Raised> {
        frame.push(object);
        frame.values.extend_from_slice(arguments);
        self.call_method(frame, name, arguments.len())
    }

    /// Calls a special method, for native functions. `None` if the object has none of this name.
    pub fn call_special_nested(
        &mut self,
        object: &Value,
        name: &str,
        arguments: &[Value],
    ) -> Result<Option<Value>, Raised> {
        if !self.has_special(object, name) {
            return Ok(None);
        }
        let method = self.attribute(object, name)?;
        self.call_value(&method, arguments).map(Some)
    }

    /// Enters the context manager on top, which stays: pushes what `as` names, or what to await for it.
    pub(super) fn enter(&mut self, frame: &mut Frame, is_async: bool) -> Result<Option<Flow>, Raised> {
        let manager = frame.top().clone();
        for name in [exit_name(is_async), enter_name(is_async)] {
            if !self.has_special(&manager, name) {
                return self.no_manager(&manager, is_async, name);
            }
        }
        self.call_special(frame, manager, enter_name(is_async), &[])
    }

    /// Leaves the context manager on top, with the exception in the local if there is one: puts in its place whether
    /// the exception is suppressed, or what to await to know.
    pub(super) fn leave(
        &mut self,
        frame: &mut Frame,
        exception: Option<u16>,
        is_async: bool,
    ) -> Result<Option<Flow>, Raised> {
        let manager = frame.pop();
        let exception = exception.map_or(Value::None, |slot| frame.values[slot as usize].clone());
        let class = if matches!(exception, Value::None) { Value::None } else { Value::Class(exception.class()) };
        self.call_special(frame, manager, exit_name(is_async), &[class, exception, Value::None])
    }

    fn no_manager<T>(&self, manager: &Value, is_async: bool, missed: &str) -> Result<T, Raised> {
        let name = manager.class().qualified_name();
        let sort = if is_async { "asynchronous context manager" } else { "context manager" };
        let mut message = format!("'{name}' object does not support the {sort} protocol (missed {missed} method)");
        let has_other =
            [exit_name(!is_async), enter_name(!is_async)].iter().all(|name| self.has_special(manager, name));
        if has_other {
            let (sort, statement) =
                if is_async { ("context manager", "with") } else { ("asynchronous context manager", "async with") };
            message.push_str(&format!(" but it supports the {sort} protocol. Did you mean to use '{statement}'?"));
        }
        raise(ExceptionKind::TypeError, message)
    }

    /// Puts the asynchronous iterator of what lies on top in its place.
    pub(super) fn iterate_async(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        if !self.has_special(frame.top(), "__aiter__") {
            let name = frame.top().type_name();
            let message = format!("'async for' requires an object with __aiter__ method, got {name}");
            return raise(ExceptionKind::TypeError, message);
        }
        let iterable = frame.pop();
        self.call_special(frame, iterable, "__aiter__", &[])
    }

    /// Pushes what to await for the next value of the asynchronous iterator on top.
    pub(super) fn next_async(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        let iterator = frame.top().clone();
        if !self.has_special(&iterator, "__anext__") {
            let name = iterator.type_name();
            let message =
                format!("'async for' received an object from __aiter__ that does not implement __anext__: {name}");
            return raise(ExceptionKind::TypeError, message);
        }
        self.call_special(frame, iterator, "__anext__", &[])
    }
}

fn enter_name(is_async: bool) -> &'static str {
    if is_async { "__aenter__" } else { "__enter__" }
}

fn exit_name(is_async: bool) -> &'static str {
    if is_async { "__aexit__" } else { "__exit__" }
}
