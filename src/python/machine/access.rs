//! Attributes, items and context managers.

use std::rc::Rc;

use super::Machine;
use super::arithmetic::{Number, number};
use super::object::Found;
use crate::python::modules;
use crate::python::values::{Bound, Class, Exception, ExceptionKind, Raised, Range, Slice, Value, raise, unfit};

impl Machine {
    /// An attribute, for native functions.
    pub fn attribute_of(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        self.attribute(object, name)
    }

    /// Stores an attribute, for native functions.
    pub fn set_attribute_of(&mut self, object: &Value, name: &str, value: Value) -> Result<(), Raised> {
        self.store_attribute(object, name, value)
    }

    /// An item, for native functions.
    pub fn item_of(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        self.subscript(object, index)
    }

    /// Stores an item, for native functions.
    pub fn set_item_of(&mut self, object: &Value, index: &Value, value: Value) -> Result<(), Raised> {
        self.store_subscript(object, index, value)
    }

    /// Deletes an item, for native functions.
    pub fn delete_item_of(&mut self, object: &Value, index: &Value) -> Result<(), Raised> {
        self.delete_subscript(object, index)
    }

    pub(super) fn attribute(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        match self.look_up(object, name)? {
            Some(Found::Value(value)) => Ok(value),
            Some(Found::Call(function, arguments)) => self.call_value(&function, &arguments),
            None => self.attribute_of_builtin(object, name),
        }
    }

    /// An attribute that no class of the program has a say in.
    pub(super) fn attribute_of_builtin(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        if let Value::Instance(_) = object
            && let Some(method) = modules::method(object, name)
        {
            return Ok(Value::Bound(Rc::new(Bound { receiver: object.clone(), method })));
        }
        if let Some(core) = object.core()
            && let Ok(value) = self.attribute(&core, name)
        {
            return Ok(value);
        }
        if let Value::Function(function) = object
            && let Some(value) = function.attributes.get().and_then(|attributes| attributes.get_named(name))
        {
            return Ok(value);
        }
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
        if let Value::Primitive(primitive) = object
            && let Some(value) = modules::primitive_attribute(primitive, name)
        {
            return Ok(value);
        }
        if let Value::Object(object) = object
            && let Some(value) = (object.class.attribute)(object, name)
        {
            return Ok(value);
        }
        if let Some(value) = modules::number_attribute(object, name) {
            return Ok(value);
        }
        match (object, name) {
            (Value::Function(function), "__name__") => Ok(Value::text(&*function.name)),
            (Value::Native(native), "__name__") => Ok(Value::text(native.name)),
            (Value::Class(class), "__name__" | "__qualname__") => Ok(Value::text(class.name())),
            (Value::Class(Class::Task), "all_tasks" | "current_task") => Ok(modules::task_class_method(name)),
            (Value::Class(class), name) if let Some(value) = modules::class_attribute(*class, name) => Ok(value),
            (Value::Class(_), name) if let Some(method) = modules::object_method(name) => Ok(Value::Native(method)),
            (Value::Function(function), "__dict__") => {
                Ok(Value::Dict(function.attributes.get_or_init(Rc::default).clone()))
            }
            (Value::Function(function), "__doc__") => Ok(function.documentation.clone()),
            (Value::Function(_), "__module__") => Ok(Value::from("__main__")),
            (Value::Function(function), "__qualname__") => Ok(Value::text(match function.name == function.code.name {
                true => &*function.code.qualified_name,
                false => &*function.name,
            })),
            (Value::Coroutine(coroutine), "__name__" | "__qualname__") => Ok(Value::text(&*coroutine.name)),
            (Value::Generator(it) | Value::AsyncGenerator(it), "__name__" | "__qualname__") => {
                Ok(Value::text(&*it.name))
            }
            (Value::Slice(slice), "start") => Ok(slice.start.clone()),
            (Value::Slice(slice), "stop") => Ok(slice.stop.clone()),
            (Value::Slice(slice), "step") => Ok(slice.step.clone()),
            (Value::Method(method), "__self__") => Ok(method.receiver.clone()),
            (Value::Method(method), name) => self.attribute(&method.function.clone(), name),
            (Value::Descriptor(_), name) if let Some(method) = modules::descriptor_method(name) => {
                Ok(Value::Bound(Rc::new(Bound { receiver: object.clone(), method })))
            }
            (_, name) if let Some(method) = modules::special_method(object, name) => {
                Ok(Value::Bound(Rc::new(Bound { receiver: object.clone(), method })))
            }
            (Value::Instance(_), name) if let Some(method) = modules::object_method(name) => {
                Ok(Value::Bound(Rc::new(Bound { receiver: object.clone(), method })))
            }
            (_, "__class__") => Ok(Value::Class(object.class())),
            _ => {
                let owner = match object {
                    Value::Class(class) => format!("type object '{}'", class.name()),
                    Value::Type(class) => format!("type object '{}'", class.name),
                    other => format!("'{}' object", other.type_name()),
                };
                let message = format!("{owner} has no attribute '{name}'");
                let error = Exception::new(ExceptionKind::AttributeError, vec![Value::text(message)]);
                error.attributes.set("name", Value::text(name));
                error.attributes.set("obj", object.clone());
                Err(error)
            }
        }
    }

    pub(super) fn store_attribute(&mut self, object: &Value, name: &str, value: Value) -> Result<(), Raised> {
        if self.store_in_own(object, name, &value)? {
            return Ok(());
        }
        if let Value::Object(it) = object
            && (it.class.assign)(it, name, &value)
        {
            return Ok(());
        }
        if let Value::Exception(exception) = object {
            return modules::set_exception_attribute(self, exception, name, value);
        }
        if let Value::Function(function) = object {
            function.attributes.get_or_init(Rc::default).set(name, value);
            return Ok(());
        }
        if let (Value::EventLoop(_), "slow_callback_duration") = (object, name) {
            // On a virtual clock no callback is slow.
            return Ok(());
        }
        let message = format!(
            "'{}' object has no attribute '{name}' and no __dict__ for setting new attributes",
            object.type_name()
        );
        raise(ExceptionKind::AttributeError, message)
    }

    pub(super) fn subscript(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        match (object, index) {
            (
                Value::List(_) | Value::Tuple(_) | Value::Str(_) | Value::Range(_) | Value::Bytes(_),
                Value::Instance(_),
            ) if let Some(index) = self.call_special_nested(index, "__index__", &[])? => self.subscript(object, &index),
            (Value::Dict(dict), key) => match dict.get(self, key)? {
                Some(value) => Ok(value),
                None => modules::missing(self, dict, key),
            },
            (Value::List(list), Value::Slice(slice)) => {
                self.charge(list.items.borrow().len());
                let items = list.items.borrow();
                Ok(Value::list(positions(slice, items.len())?.into_iter().map(|at| items[at].clone()).collect()))
            }
            (Value::Tuple(items), Value::Slice(slice)) => {
                Ok(Value::tuple(positions(slice, items.len())?.into_iter().map(|at| items[at].clone()).collect()))
            }
            (Value::Range(range), Value::Slice(slice)) => {
                let (start, stop, step) = indices(slice, range.len())?;
                let at = |index: i64| range.start.saturating_add(index.saturating_mul(range.step));
                let range = Range { start: at(start), stop: at(stop), step: step.saturating_mul(range.step) };
                Ok(Value::Range(Rc::new(range)))
            }
            (Value::Bytes(bytes), Value::Slice(slice)) => {
                let picked = positions(slice, bytes.len())?;
                Ok(Value::Bytes(Rc::new(picked.into_iter().map(|at| bytes[at]).collect())))
            }
            (Value::Bytes(bytes), index) => Ok(Value::Int(i64::from(bytes[position(index, bytes.len(), "byte")?]))),
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
            (Value::Instance(_) | Value::Object(_), _) => {
                match (self.call_special_nested(object, "__getitem__", std::slice::from_ref(index))?, object.core()) {
                    (Some(value), _) => Ok(value),
                    (None, Some(core)) => self.subscript_within(object, &core, index),
                    (None, None) => unfit(object, "is not subscriptable"),
                }
            }
            (Value::Type(class), _) => match class.enumeration() {
                Some(enumeration) => enumeration.named(index),
                None => self.subscript_class(object, index),
            },
            (Value::Class(_), _) => Ok(modules::with_arguments(object, index)),
            _ => unfit(object, "is not subscriptable"),
        }
    }

    /// An item of an object that derives from a builtin one: of a dict, what `__missing__` gives for a missing key.
    fn subscript_within(&mut self, object: &Value, core: &Value, index: &Value) -> Result<Value, Raised> {
        if let Value::Dict(dict) = core
            && object.user_class().is_some_and(|class| class.find("__missing__").is_some())
            && dict.get(self, index)?.is_none()
            && let Some(value) = self.call_special_nested(object, "__missing__", std::slice::from_ref(index))?
        {
            return Ok(value);
        }
        self.subscript(core, index)
    }

    pub(super) fn store_subscript(&mut self, object: &Value, index: &Value, value: Value) -> Result<(), Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => dict.insert(self, key.clone(), value),
            (Value::List(list), Value::Slice(slice)) => {
                let Ok(replacement) = self.collect(&value) else {
                    return raise(ExceptionKind::TypeError, "must assign iterable to extended slice");
                };
                let mut items = list.items.borrow_mut();
                let at = positions(slice, items.len())?;
                if !matches!(slice.step, Value::None | Value::Int(1)) {
                    let (given, wanted) = (replacement.len(), at.len());
                    if given != wanted {
                        let message =
                            format!("attempt to assign sequence of size {given} to extended slice of size {wanted}");
                        return raise(ExceptionKind::ValueError, message);
                    }
                    for (at, value) in at.into_iter().zip(replacement) {
                        items[at] = value;
                    }
                    return Ok(());
                }
                let begin = indices(slice, items.len())?.0 as usize;
                items.splice(begin..begin + at.len(), replacement);
                Ok(())
            }
            (Value::List(list), index) => {
                let mut items = list.items.borrow_mut();
                let at = position(index, items.len(), "list assignment")?;
                items[at] = value;
                Ok(())
            }
            (Value::Instance(_) | Value::Object(_), _) => {
                match (self.call_special_nested(object, "__setitem__", &[index.clone(), value.clone()])?, object.core())
                {
                    (Some(_), _) => Ok(()),
                    (None, Some(core)) => self.store_subscript(&core, index, value),
                    (None, None) => unfit(object, "does not support item assignment"),
                }
            }
            _ => unfit(object, "does not support item assignment"),
        }
    }

    pub(super) fn delete_subscript(&mut self, object: &Value, index: &Value) -> Result<(), Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => match dict.remove(self, key)? {
                Some(_) => Ok(()),
                None => Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
            },
            (Value::List(list), Value::Slice(slice)) => {
                let mut items = list.items.borrow_mut();
                let mut is_gone = vec![false; items.len()];
                positions(slice, items.len())?.into_iter().for_each(|position| is_gone[position] = true);
                let mut position = 0;
                items.retain(|_| {
                    position += 1;
                    !is_gone[position - 1]
                });
                Ok(())
            }
            (Value::List(list), index) => {
                let mut items = list.items.borrow_mut();
                let at = position(index, items.len(), "list assignment")?;
                items.remove(at);
                Ok(())
            }
            (Value::Instance(_) | Value::Object(_), _) => {
                match (self.call_special_nested(object, "__delitem__", std::slice::from_ref(index))?, object.core()) {
                    (Some(_), _) => Ok(()),
                    (None, Some(core)) => self.delete_subscript(&core, index),
                    (None, None) => unfit(object, "does not support item deletion"),
                }
            }
            _ => unfit(object, "doesn't support item deletion"),
        }
    }
}

/// The position that an index means.
pub fn position(index: &Value, length: usize, of: &str) -> Result<usize, Raised> {
    if let Value::Big(_) = index {
        return raise(ExceptionKind::IndexError, "cannot fit 'int' into an index-sized integer");
    }
    let Some(Number::Whole(index)) = number(index) else {
        let of = of.split(' ').next().unwrap_or_default();
        let message = match of {
            "string" => format!("string indices must be integers, not '{}'", index.type_name()),
            of => format!("{of} indices must be integers or slices, not {}", index.type_name()),
        };
        return raise(ExceptionKind::TypeError, message);
    };
    let length = i64::try_from(length).unwrap_or(i64::MAX);
    let position = if index < 0 { index + length } else { index };
    if (0..length).contains(&position) {
        Ok(position as usize)
    } else {
        raise(ExceptionKind::IndexError, format!("{of} index out of range").trim_start_matches("byte "))
    }
}

/// Start, stop and step of a slice within a sequence: `slice.indices`.
fn indices(slice: &Slice, length: usize) -> Result<(i64, i64, i64), Raised> {
    for part in [&slice.start, &slice.stop, &slice.step] {
        if !matches!(part, Value::None | Value::Int(_) | Value::Big(_) | Value::Bool(_)) {
            let message = "slice indices must be integers or None or have an __index__ method";
            return raise(ExceptionKind::TypeError, message);
        }
    }
    // What 64 bits cannot hold lies beyond every end.
    let whole = |part: &Value, default: i64| match number(part) {
        Some(Number::Whole(number)) => number,
        Some(Number::Big(number)) if number.is_negative() => i64::MIN,
        Some(Number::Big(_)) => i64::MAX,
        _ => default,
    };
    let step = whole(&slice.step, 1);
    if step == 0 {
        return raise(ExceptionKind::ValueError, "slice step cannot be zero");
    }
    let size = i64::try_from(length).unwrap_or(i64::MAX);
    let (least, most) = if step > 0 { (0, size) } else { (-1, size - 1) };
    let at = |part: &Value, default: i64| match whole(part, default) {
        _ if matches!(part, Value::None) => default,
        at if at < 0 => (at + size).clamp(least, most),
        at => at.min(most),
    };
    let (first, last) = if step > 0 { (least, most) } else { (most, least) };
    Ok((at(&slice.start, first), at(&slice.stop, last), step))
}

/// The positions that a slice picks, in its order.
fn positions(slice: &Slice, length: usize) -> Result<Vec<usize>, Raised> {
    let (mut now, stop, step) = indices(slice, length)?;
    let mut picked = Vec::new();
    while if step > 0 { now < stop } else { now > stop } {
        picked.push(now as usize);
        now = now.saturating_add(step);
    }
    Ok(picked)
}
