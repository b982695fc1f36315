//! Attributes, items and context managers.

use std::rc::Rc;

use super::Machine;
use super::operate::{Number, number};
use crate::python::modules;
use crate::python::values::{
    Bound, Class, Exception, ExceptionKind, Native, NativeCoroutine, Primitive, Raised, Slice, Sync, Value, raise,
    unfit,
};
use crate::trace::OlderForm;

impl Machine {
    /// An attribute, for native functions.
    pub fn attribute_of(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        self.attribute(object, name)
    }

    /// An item, for native functions.
    pub fn item_of(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        self.subscript(object, index)
    }

    pub(super) fn attribute(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        if let Value::Module(module) = object {
            return match (module.get)(name) {
                Some(value) => Ok(value),
                None => {
                    let message = format!("module '{}' has no attribute '{name}'", module.name);
                    raise(ExceptionKind::AttributeError, message)
                }
            };
        }
        if let Some(method) = modules::method(object, name) {
            return Ok(Value::Bound(Rc::new(Bound { receiver: object.clone(), method })));
        }
        if let Value::Exception(exception) = object
            && let Some(value) = modules::exception_attribute(exception, name)
        {
            return Ok(value);
        }
        match (object, name) {
            (Value::Function(function), "__name__") => Ok(Value::text(&*function.code.name)),
            (Value::Native(native), "__name__") => Ok(Value::text(native.name)),
            (Value::Class(class), "__name__" | "__qualname__") => Ok(Value::text(class.name())),
            (Value::Class(Class::Task), "all_tasks" | "current_task") => {
                self.note(OlderForm::TaskClassMethod);
                Ok(modules::task_class_method(name))
            }
            (_, "__class__") => Ok(Value::Class(object.class())),
            (Value::Primitive(primitive), "maxsize") if let Sync::Queue(queue) = &primitive.sync => {
                Ok(Value::from(queue.capacity()))
            }
            _ => {
                let owner = match object {
                    Value::Class(class) => format!("type object '{}'", class.name()),
                    other => format!("'{}' object", other.type_name()),
                };
                raise(ExceptionKind::AttributeError, format!("{owner} has no attribute '{name}'"))
            }
        }
    }

    pub(super) fn store_attribute(&mut self, object: &Value, name: &str, value: Value) -> Result<(), Raised> {
        if let Value::Exception(exception) = object {
            return modules::set_exception_attribute(self, exception, name, value);
        }
        let message = format!("'{}' object has no attribute '{name}'", object.type_name());
        raise(ExceptionKind::AttributeError, message)
    }

    pub(super) fn subscript(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => match dict.get(key)? {
                Some(value) => Ok(value),
                None => Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
            },
            (Value::List(list), Value::Slice(slice)) => {
                let items = list.items.borrow();
                Ok(Value::list(positions(slice, items.len())?.into_iter().map(|at| items[at].clone()).collect()))
            }
            (Value::Tuple(items), Value::Slice(slice)) => {
                Ok(Value::tuple(positions(slice, items.len())?.into_iter().map(|at| items[at].clone()).collect()))
            }
            (Value::Str(text), Value::Slice(slice)) => {
                let characters: Vec<char> = text.chars().collect();
                Ok(Value::text(
                    positions(slice, characters.len())?.into_iter().map(|at| characters[at]).collect::<String>(),
                ))
            }
            (Value::List(list), index) => {
                let items = list.items.borrow();
                Ok(items[position(index, items.len(), "list")?].clone())
            }
            (Value::Tuple(items), index) => Ok(items[position(index, items.len(), "tuple")?].clone()),
            (Value::Range(range), index) => Ok(Value::Int(range.at(position(index, range.len(), "range object")?))),
            (Value::Str(text), index) => {
                let at = position(index, text.chars().count(), "string")?;
                Ok(Value::text(text.chars().nth(at).map(String::from).unwrap_or_default()))
            }
            // `list[int]` in an annotation or alias.
            (Value::Class(_), _) => Ok(object.clone()),
            _ => unfit(object, "is not subscriptable"),
        }
    }

    pub(super) fn store_subscript(&mut self, object: &Value, index: &Value, value: Value) -> Result<(), Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => dict.insert(key.clone(), value),
            (Value::List(list), Value::Slice(slice)) => {
                let replacement = self.collect(&value)?;
                let mut items = list.items.borrow_mut();
                let at = positions(slice, items.len())?;
                if !matches!(slice.step, Value::None | Value::Int(1)) {
                    return raise(ExceptionKind::ValueError, "Signalbox assigns to slices without a step only");
                }
                let begin = at.first().copied().unwrap_or_else(|| bound(&slice.start, items.len(), 0));
                items.splice(begin..begin + at.len(), replacement);
                Ok(())
            }
            (Value::List(list), index) => {
                let mut items = list.items.borrow_mut();
                let at = position(index, items.len(), "list assignment")?;
                items[at] = value;
                Ok(())
            }
            _ => unfit(object, "does not support item assignment"),
        }
    }

    pub(super) fn delete_subscript(&mut self, object: &Value, index: &Value) -> Result<(), Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => match dict.remove(key)? {
                Some(_) => Ok(()),
                None => Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
            },
            (Value::List(list), Value::Slice(slice)) => {
                let mut items = list.items.borrow_mut();
                let gone = positions(slice, items.len())?;
                let mut position = 0;
                items.retain(|_| {
                    position += 1;
                    !gone.contains(&(position - 1))
                });
                Ok(())
            }
            (Value::List(list), index) => {
                let mut items = list.items.borrow_mut();
                let at = position(index, items.len(), "list assignment")?;
                items.remove(at);
                Ok(())
            }
            _ => unfit(object, "does not support item deletion"),
        }
    }

    /// What entering a plain context manager gives.
    pub(super) fn enter(&mut self, manager: &Value) -> Result<Value, Raised> {
        if let Value::Runner(runner) = manager {
            modules::runner::open(self, *runner)?;
            return Ok(manager.clone());
        }
        if is_held(manager) {
            return Ok(Value::None);
        }
        let name = manager.class().qualified_name();
        let hint = match holdable(manager) {
            Some(_) => {
                " (missed __exit__ method) but it supports the asynchronous context manager protocol. Did you mean to \
                 use 'async with'?"
            }
            None => " (missed __exit__ method)",
        };
        let message = format!("'{name}' object does not support the context manager protocol{hint}");
        raise(ExceptionKind::TypeError, message)
    }

    pub(super) fn exit(&mut self, manager: &Value, _exception: Option<Value>) -> Result<Value, Raised> {
        if let Value::Runner(runner) = manager {
            return modules::runner::close(self, *runner);
        }
        if is_held(manager) {
            return self.call_value(manager, &[]);
        }
        self.enter(manager)
    }

    /// What to await instead of a lock that is awaited for a `with`: it acquires the lock and gives what releases it.
    pub(super) fn offer_lock(&mut self, value: &Value, form: OlderForm) -> Option<Value> {
        let primitive = holdable(value)?.clone();
        self.note(form);
        let held = Value::Bound(Rc::new(Bound { receiver: value.clone(), method: &HELD }));
        Some(NativeCoroutine::value("__await__", modules::Waiting::acquire(primitive, held)))
    }

    /// What to await to enter an asynchronous context manager.
    pub(super) fn enter_async(&mut self, manager: &Value) -> Result<Value, Raised> {
        match holdable(manager) {
            Some(primitive) => {
                Ok(NativeCoroutine::value("__aenter__", modules::Waiting::acquire(primitive.clone(), Value::None)))
            }
            None => no_async_manager(manager),
        }
    }

    /// What to await to leave an asynchronous context manager.
    pub(super) fn exit_async(&mut self, manager: &Value, _exception: Option<Value>) -> Result<Value, Raised> {
        match holdable(manager) {
            Some(primitive) => Ok(NativeCoroutine::value("__aexit__", modules::Leave::new(primitive.clone()))),
            None => no_async_manager(manager),
        }
    }
}

/// A lock that was awaited for a `with`: a method that leaving the `with` calls.
static HELD: Native = Native { name: "_ContextManager", call: modules::release };

fn is_held(manager: &Value) -> bool {
    matches!(manager, Value::Bound(bound) if std::ptr::eq(bound.method, &HELD))
}

/// A primitive that `async with` holds.
fn holdable(manager: &Value) -> Option<&Rc<Primitive>> {
    match manager {
        Value::Primitive(primitive) if !matches!(primitive.sync, Sync::Queue(_)) => Some(primitive),
        _ => None,
    }
}

fn no_async_manager(manager: &Value) -> Result<Value, Raised> {
    unfit(manager, "does not support the asynchronous context manager protocol")
}

/// The position that an index means.
fn position(index: &Value, length: usize, of: &str) -> Result<usize, Raised> {
    let Some(Number::Whole(index)) = number(index) else {
        let of = of.split(' ').next().unwrap_or_default();
        let message = format!("{of} indices must be integers or slices, not {}", index.type_name());
        return raise(ExceptionKind::TypeError, message);
    };
    let position = if index < 0 { index + length as i64 } else { index };
    if (0..length as i64).contains(&position) {
        Ok(position as usize)
    } else {
        raise(ExceptionKind::IndexError, format!("{of} index out of range"))
    }
}

/// Where a slice's boundary lies within a sequence.
fn bound(boundary: &Value, length: usize, default: usize) -> usize {
    match number(boundary) {
        Some(Number::Whole(at)) if at < 0 => (at + length as i64).max(0) as usize,
        Some(Number::Whole(at)) => (at as usize).min(length),
        _ => default,
    }
}

/// The positions that a slice picks, in its order.
fn positions(slice: &Slice, length: usize) -> Result<Vec<usize>, Raised> {
    for part in [&slice.start, &slice.stop, &slice.step] {
        if !matches!(part, Value::None | Value::Int(_) | Value::Bool(_)) {
            let message = "slice indices must be integers or None or have an __index__ method";
            return raise(ExceptionKind::TypeError, message);
        }
    }
    let step = match number(&slice.step) {
        Some(Number::Whole(0)) => return raise(ExceptionKind::ValueError, "slice step cannot be zero"),
        Some(Number::Whole(step)) => step,
        _ => 1,
    };
    let size = length as i64;
    let at = |boundary: &Value, default: i64, least: i64, most: i64| match number(boundary) {
        Some(Number::Whole(at)) => (if at < 0 { at + size } else { at }).clamp(least, most),
        _ => default,
    };
    let mut picked = Vec::new();
    if step > 0 {
        let (mut now, stop) = (at(&slice.start, 0, 0, size), at(&slice.stop, size, 0, size));
        while now < stop {
            picked.push(now as usize);
            now = now.saturating_add(step);
        }
    } else {
        let (mut now, stop) = (at(&slice.start, size - 1, -1, size - 1), at(&slice.stop, -1, -1, size - 1));
        while now > stop {
            picked.push(now as usize);
            now = now.saturating_add(step);
        }
    }
    Ok(picked)
}
