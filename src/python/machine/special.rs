//! Special methods: what `with` and `async for` call.

use super::execute::Flow;
use super::{Frame, Machine};
use crate::python::compile::{Comparison, Operator};
use crate::python::modules;
use crate::python::values::{ExceptionKind, Raised, Value, raise, unfit};

impl Machine {
    /// Whether a value has a special method.
    fn has_special(&self, object: &Value, name: &str) -> bool {
        object.user_class().is_some_and(|class| class.find(name).is_some())
            || modules::method(&object.plain(), name).is_some()
    }

    /// Whether a value counts as true.
    pub fn truth(&mut self, value: &Value) -> Result<bool, Raised> {
        let (Value::Instance(_) | Value::Object(_)) = value else { return Ok(value.is_true()) };
        for name in ["__bool__", "__len__"] {
            if let Some(answer) = self.call_special_nested(value, name, &[])? {
                return Ok(answer.is_true());
            }
        }
        match value.core() {
            Some(core) => self.truth(&core),
            None => Ok(true),
        }
    }

    /// Puts the iterator of an object of the program's own class in its place.
    pub(super) fn begin_iteration(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        if !self.has_special(frame.top(), "__iter__") {
            let iterator = self.iterate(&frame.top().clone())?;
            frame.replace_top(iterator);
            return Ok(None);
        }
        let iterable = frame.pop();
        self.call_special(frame, iterable, "__iter__", &[])
    }

    /// Pushes the next value of an iterator of the program's own class.
    pub(super) fn next_of_own(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        if !self.has_special(frame.top(), "__next__") {
            return unfit(frame.top(), "is not an iterator");
        }
        let iterator = frame.top().clone();
        self.call_special(frame, iterator, "__next__", &[])
    }

    /// An operator of which an operand is an object of the program's own class; `None` if no class has it.
    pub(super) fn operate_special(
        &mut self,
        operator: Operator,
        left: &Value,
        right: &Value,
    ) -> Result<Option<Value>, Raised> {
        let name = name_of(operator);
        match self.ask(left, &format!("__{name}__"), right)? {
            None => self.ask(right, &format!("__r{name}__"), left),
            result => Ok(result),
        }
    }

    /// `+=` and its like, for an object of the program's own class that has a method for it.
    pub(super) fn in_place_special(
        &mut self,
        operator: Operator,
        left: &Value,
        right: &Value,
    ) -> Result<Option<Value>, Raised> {
        self.ask(left, &format!("__i{}__", name_of(operator)), right)
    }

    /// A comparison of which an operand is an object of the program's own class; `None` if no class has it.
    pub(super) fn compare_special(
        &mut self,
        comparison: Comparison,
        left: &Value,
        right: &Value,
    ) -> Result<Option<bool>, Raised> {
        let (name, reflected) = match comparison {
            Comparison::Equal => ("__eq__", "__eq__"),
            Comparison::NotEqual => ("__ne__", "__ne__"),
            Comparison::Less => ("__lt__", "__gt__"),
            Comparison::LessOrEqual => ("__le__", "__ge__"),
            Comparison::Greater => ("__gt__", "__lt__"),
            Comparison::GreaterOrEqual => ("__ge__", "__le__"),
            Comparison::In | Comparison::NotIn => {
                let Some(found) = self.ask(right, "__contains__", left)? else { return Ok(None) };
                return Ok(Some(self.truth(&found)? != (comparison == Comparison::NotIn)));
            }
            Comparison::Is | Comparison::IsNot => return Ok(None),
        };
        let mut result = self.ask(left, name, right)?;
        if result.is_none() {
            result = self.ask(right, reflected, left)?;
        }
        match result {
            Some(result) => self.truth(&result).map(Some),
            None if comparison == Comparison::NotEqual => {
                Ok(self.compare_special(Comparison::Equal, left, right)?.map(|equal| !equal))
            }
            None => Ok(None),
        }
    }

    /// What a special method of an object makes of another; `None` if it has no such method or does not know.
    fn ask(&mut self, object: &Value, name: &str, other: &Value) -> Result<Option<Value>, Raised> {
        let function = match object {
            Value::Object(_) | Value::Dict(_) => {
                // Classes written in Rust know nothing of what derives from them.
                let Some(method) = modules::method(object, name) else { return Ok(None) };
                let arguments = [object.clone(), other.plain()];
                return Ok(match self.call_value(&Value::Native(method), &arguments)? {
                    Value::NotImplemented => None,
                    result => Some(result),
                });
            }
            Value::Instance(instance) => {
                instance.class.find(name).or_else(|| modules::method(object, name).map(Value::Native))
            }
            _ => object.user_class().and_then(|class| class.find(name)),
        };
        let Some(function) = function else { return Ok(None) };
        match self.call_value(&function, &[object.clone(), other.clone()])? {
            Value::NotImplemented => Ok(None),
            result => Ok(Some(result)),
        }
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
        let name = if is_async && has_own(&manager, "acquire") { "acquire" } else { enter_name(is_async) };
        self.call_special(frame, manager, name, &[])
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
        let class = if matches!(exception, Value::None) { Value::None } else { exception.class_value() };
        if is_async && has_own(&manager, "release") {
            self.call_special_nested(&manager, "release", &[])?;
            frame.push(modules::ready(Value::None));
            return Ok(None);
        }
        self.call_special(frame, manager, exit_name(is_async), &[class, exception, Value::None])
    }

    fn no_manager<T>(&self, manager: &Value, is_async: bool, missed: &str) -> Result<T, Raised> {
        let name = match manager.user_class() {
            Some(class) => class.qualified_name.to_string(),
            None => manager.class().qualified_name(),
        };
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

/// Whether the program has written a method of its own for a lock or semaphore, and left it to that how a block is entered
/// and left.
fn has_own(manager: &Value, method: &str) -> bool {
    matches!(manager.core(), Some(Value::Primitive(_)))
        && manager.user_class().is_some_and(|class| {
            class.find(method).is_some() && class.find("__aenter__").is_none() && class.find("__aexit__").is_none()
        })
}

/// Whether operators are asked of the value's class: one of the program, or of a module.
pub fn has_operators(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Dict(dict) => dict.variant.get().is_some(),
        other => other.user_class().is_some(),
    }
}

/// What the special method for an operator is called, between its underscores.
fn name_of(operator: Operator) -> &'static str {
    match operator {
        Operator::Add => "add",
        Operator::Subtract => "sub",
        Operator::Multiply => "mul",
        Operator::Divide => "truediv",
        Operator::FloorDivide => "floordiv",
        Operator::Modulo => "mod",
        Operator::Power => "pow",
        Operator::LeftShift => "lshift",
        Operator::RightShift => "rshift",
        Operator::And => "and",
        Operator::Or => "or",
        Operator::Xor => "xor",
    }
}

fn enter_name(is_async: bool) -> &'static str {
    if is_async { "__aenter__" } else { "__enter__" }
}

fn exit_name(is_async: bool) -> &'static str {
    if is_async { "__aexit__" } else { "__exit__" }
}
