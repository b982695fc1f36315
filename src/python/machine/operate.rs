//! Operators, comparisons, attributes, items and context managers.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Machine;
use crate::python::compile::{Comparison, Operator};
use crate::python::modules;
use crate::python::values::{
    Bound, ExceptionKind, NativeCoroutine, Primitive, Raised, Set, Slice, Sync, Value, equal, raise, repr, str, unfit,
};

impl Machine {
    /// A binary operator, for native functions.
    pub fn operate(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        self.binary(operator, left, right)
    }

    /// An attribute, for native functions.
    pub fn attribute_of(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        self.attribute(object, name)
    }

    /// An item, for native functions.
    pub fn item_of(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        self.subscript(object, index)
    }

    pub(super) fn binary(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        match (left, right) {
            (Value::Int(a), Value::Int(b)) => self.whole(operator, *a, *b),
            (Value::Float(a), Value::Float(b)) => float(operator, *a, *b),
            _ => self.mixed(operator, left, right),
        }
    }

    /// Operators on whole numbers.
    fn whole(&mut self, operator: Operator, a: i64, b: i64) -> Result<Value, Raised> {
        let result = match operator {
            Operator::Add => a.checked_add(b),
            Operator::Subtract => a.checked_sub(b),
            Operator::Multiply => a.checked_mul(b),
            Operator::Divide if b == 0 => return raise(ExceptionKind::ZeroDivisionError, "division by zero"),
            Operator::Divide => return Ok(Value::Float(a as f64 / b as f64)),
            Operator::FloorDivide | Operator::Modulo if b == 0 => {
                return raise(ExceptionKind::ZeroDivisionError, "division by zero");
            }
            Operator::FloorDivide => a.checked_div(b).map(|quotient| {
                let is_exact = a % b == 0;
                if !is_exact && (a < 0) != (b < 0) { quotient - 1 } else { quotient }
            }),
            Operator::Modulo => {
                a.checked_rem(b).map(|rest| if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
            }
            Operator::Power if b < 0 => return float(operator, a as f64, b as f64),
            Operator::Power => u32::try_from(b).ok().and_then(|b| a.checked_pow(b)),
            Operator::LeftShift | Operator::RightShift if b < 0 => {
                return raise(ExceptionKind::ValueError, "negative shift count");
            }
            Operator::LeftShift if a == 0 => Some(0),
            Operator::LeftShift => u32::try_from(b).ok().filter(|b| *b < 63).and_then(|b| a.checked_mul(1 << b)),
            Operator::RightShift => Some(a >> b.min(63)),
            Operator::And => Some(a & b),
            Operator::Or => Some(a | b),
            Operator::Xor => Some(a ^ b),
        };
        result.map_or_else(too_large, |number| Ok(Value::Int(number)))
    }

    fn mixed(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        if let (Some(a), Some(b)) = (number(left), number(right)) {
            return match (a, b) {
                (Number::Whole(a), Number::Whole(b)) => {
                    let result = self.whole(operator, a, b)?;
                    let is_logic = matches!(operator, Operator::And | Operator::Or | Operator::Xor);
                    match (left, right, &result) {
                        (Value::Bool(_), Value::Bool(_), Value::Int(bit)) if is_logic => Ok(Value::Bool(*bit != 0)),
                        _ => Ok(result),
                    }
                }
                (a, b) => float(operator, a.as_float(), b.as_float()),
            };
        }
        match (operator, left, right) {
            (Operator::Add, Value::Str(a), Value::Str(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Value::text(format!("{a}{b}")))
            }
            (Operator::Add, Value::List(a), Value::List(b)) => {
                let mut items = a.items.borrow().clone();
                items.extend(b.items.borrow().iter().cloned());
                Ok(Value::list(items))
            }
            (Operator::Add, Value::Tuple(a), Value::Tuple(b)) => {
                Ok(Value::tuple(a.iter().chain(b.iter()).cloned().collect()))
            }
            (Operator::Multiply, sequence, Value::Int(count)) | (Operator::Multiply, Value::Int(count), sequence)
                if matches!(sequence, Value::Str(_) | Value::List(_) | Value::Tuple(_)) =>
            {
                self.repeat(sequence, *count)
            }
            (Operator::Modulo, Value::Str(template), _) => super::super::modules::percent_format(self, template, right),
            (Operator::Or, Value::Dict(a), Value::Dict(b)) => {
                let joined = super::super::values::Dict::default();
                joined.update(a)?;
                joined.update(b)?;
                Ok(Value::Dict(Rc::new(joined)))
            }
            (Operator::Or | Operator::And | Operator::Xor | Operator::Subtract, Value::Set(a), Value::Set(b)) => {
                set_operation(operator, a, b)
            }
            _ => {
                let (left, right, symbol) = (left.type_name(), right.type_name(), operator.symbol());
                let message = match (operator, left) {
                    (Operator::Add, "str") => format!("can only concatenate str (not \"{right}\") to str"),
                    (Operator::Add, "list") => format!("can only concatenate list (not \"{right}\") to list"),
                    _ => format!("unsupported operand type(s) for {symbol}: '{left}' and '{right}'"),
                };
                raise(ExceptionKind::TypeError, message)
            }
        }
    }

    fn repeat(&mut self, sequence: &Value, count: i64) -> Result<Value, Raised> {
        let count = usize::try_from(count).unwrap_or(0);
        let repeated = |items: &[Value]| -> Result<Vec<Value>, Raised> {
            self.check_size(items.len().saturating_mul(count))?;
            Ok(items.iter().cycle().take(items.len() * count).cloned().collect())
        };
        match sequence {
            Value::Str(text) => {
                self.check_size(text.len().saturating_mul(count))?;
                Ok(Value::text(text.repeat(count)))
            }
            Value::List(list) => Ok(Value::list(repeated(&list.items.borrow())?)),
            Value::Tuple(items) => Ok(Value::tuple(repeated(items)?)),
            other => Ok(other.clone()),
        }
    }

    /// `+=` and its like: lists and sets change in place.
    pub(super) fn in_place(&mut self, operator: Operator, left: Value, right: &Value) -> Result<Value, Raised> {
        match (operator, &left) {
            (Operator::Add, Value::List(list)) => {
                let items = self.collect(right)?;
                list.items.borrow_mut().extend(items);
                Ok(left)
            }
            _ => self.binary(operator, &left, right),
        }
    }

    pub(super) fn negative(&mut self, value: &Value) -> Result<Value, Raised> {
        match (value, number(value)) {
            (_, Some(Number::Whole(number))) => number.checked_neg().map_or_else(too_large, |it| Ok(Value::Int(it))),
            (_, Some(Number::Float(number))) => Ok(Value::Float(-number)),
            (value, None) => bad_operand("-", value),
        }
    }

    pub(super) fn positive(&mut self, value: &Value) -> Result<Value, Raised> {
        match number(value) {
            Some(Number::Whole(number)) => Ok(Value::Int(number)),
            Some(Number::Float(number)) => Ok(Value::Float(number)),
            None => bad_operand("+", value),
        }
    }

    pub(super) fn invert(&mut self, value: &Value) -> Result<Value, Raised> {
        match number(value) {
            Some(Number::Whole(number)) => Ok(Value::Int(!number)),
            _ => bad_operand("~", value),
        }
    }

    pub(super) fn compare(&mut self, comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Raised> {
        let ordered = |symbol: &str, holds: fn(Ordering) -> bool| -> Result<bool, Raised> {
            match order(left, right)? {
                Order::Known(ordering) => Ok(holds(ordering)),
                // Comparisons with nan are all false.
                Order::None => Ok(false),
                Order::Unsupported => {
                    let (left, right) = (left.type_name(), right.type_name());
                    let message = format!("'{symbol}' not supported between instances of '{left}' and '{right}'");
                    raise(ExceptionKind::TypeError, message)
                }
            }
        };
        match comparison {
            Comparison::Equal => Ok(equal(left, right)),
            Comparison::NotEqual => Ok(!equal(left, right)),
            Comparison::Is => Ok(left.is(right)),
            Comparison::IsNot => Ok(!left.is(right)),
            Comparison::Less => ordered("<", Ordering::is_lt),
            Comparison::LessOrEqual => ordered("<=", Ordering::is_le),
            Comparison::Greater => ordered(">", Ordering::is_gt),
            Comparison::GreaterOrEqual => ordered(">=", Ordering::is_ge),
            Comparison::In => self.contains(right, left),
            Comparison::NotIn => Ok(!self.contains(right, left)?),
        }
    }

    /// Whether `left` is less than `right`, for sorting.
    pub fn is_less(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        self.compare(Comparison::Less, left, right)
    }

    fn contains(&mut self, container: &Value, member: &Value) -> Result<bool, Raised> {
        match (container, member) {
            (Value::Dict(dict), _) => Ok(dict.get(member)?.is_some()),
            (Value::Set(set), _) => set.contains(member),
            (Value::Str(text), Value::Str(part)) => Ok(text.contains(part.as_str())),
            (Value::Str(_), other) => {
                let message = format!("'in <string>' requires string as left operand, not {}", other.type_name());
                raise(ExceptionKind::TypeError, message)
            }
            (Value::Range(range), Value::Int(number)) => {
                let offset = number.wrapping_sub(range.start);
                let position = if range.step == 0 { -1 } else { offset / range.step };
                let is_on_step = range.step != 0 && offset % range.step == 0;
                Ok(is_on_step && position >= 0 && (position as usize) < range.len())
            }
            _ => {
                let iterator = self.iterate(container).or_else(|_| {
                    let message =
                        format!("argument of type '{}' is not a container or iterable", container.type_name());
                    raise(ExceptionKind::TypeError, message)
                })?;
                while let Some(item) = self.next_value(&iterator)? {
                    if equal(&item, member) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
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
        match (object, name) {
            (Value::Function(function), "__name__") => Ok(Value::text(&*function.code.name)),
            (Value::Native(native), "__name__") => Ok(Value::text(native.name)),
            (Value::Class(class), "__name__" | "__qualname__") => Ok(Value::text(class.name())),
            (_, "__class__") => Ok(Value::Class(object.class())),
            (Value::Exception(exception), "args") => Ok(Value::tuple(exception.arguments.clone())),
            (Value::Exception(exception), "__cause__") => {
                Ok(exception.cause.borrow().clone().map_or(Value::None, Value::Exception))
            }
            (Value::Exception(exception), "__context__") => {
                Ok(exception.context.borrow().clone().map_or(Value::None, Value::Exception))
            }
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

    pub(super) fn store_attribute(&mut self, object: &Value, name: &str, _value: Value) -> Result<(), Raised> {
        let message = format!("'{}' object has no attribute '{name}'", object.type_name());
        raise(ExceptionKind::AttributeError, message)
    }

    pub(super) fn subscript(&mut self, object: &Value, index: &Value) -> Result<Value, Raised> {
        match (object, index) {
            (Value::Dict(dict), key) => match dict.get(key)? {
                Some(value) => Ok(value),
                None => Err(super::super::values::Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
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
                None => Err(super::super::values::Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
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
        self.enter(manager)
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

enum Number {
    Whole(i64),
    Float(f64),
}

impl Number {
    fn as_float(&self) -> f64 {
        match self {
            Self::Whole(number) => *number as f64,
            Self::Float(number) => *number,
        }
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Bool(value) => Some(Number::Whole(i64::from(*value))),
        Value::Int(value) => Some(Number::Whole(*value)),
        Value::Float(value) => Some(Number::Float(*value)),
        _ => None,
    }
}

fn too_large() -> Result<Value, Raised> {
    raise(ExceptionKind::OverflowError, "Signalbox counts up to 9223372036854775807 so far")
}

fn bad_operand(symbol: &str, value: &Value) -> Result<Value, Raised> {
    raise(ExceptionKind::TypeError, format!("bad operand type for unary {symbol}: '{}'", value.type_name()))
}

fn float(operator: Operator, a: f64, b: f64) -> Result<Value, Raised> {
    let result = match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide | Operator::FloorDivide | Operator::Modulo if b == 0.0 => {
            return raise(ExceptionKind::ZeroDivisionError, "division by zero");
        }
        Operator::Divide => a / b,
        Operator::FloorDivide => (a / b).floor(),
        Operator::Modulo => {
            let rest = a % b;
            if rest != 0.0 && (rest < 0.0) != (b < 0.0) { rest + b } else { rest }
        }
        Operator::Power if a == 0.0 && b < 0.0 => {
            return raise(ExceptionKind::ZeroDivisionError, "zero to a negative power");
        }
        Operator::Power => a.powf(b),
        other => {
            let message = format!("unsupported operand type(s) for {}: 'float' and 'float'", other.symbol());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    Ok(Value::Float(result))
}

enum Order {
    Known(Ordering),
    None,
    Unsupported,
}

fn order(left: &Value, right: &Value) -> Result<Order, Raised> {
    if let (Some(a), Some(b)) = (number(left), number(right)) {
        let ordering = match (&a, &b) {
            (Number::Whole(a), Number::Whole(b)) => Some(a.cmp(b)),
            _ => a.as_float().partial_cmp(&b.as_float()),
        };
        return Ok(ordering.map_or(Order::None, Order::Known));
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => Ok(Order::Known(a.cmp(b))),
        (Value::Tuple(a), Value::Tuple(b)) => order_of_all(a, b),
        (Value::List(a), Value::List(b)) => order_of_all(&a.items.borrow(), &b.items.borrow()),
        _ => Ok(Order::Unsupported),
    }
}

fn order_of_all(left: &[Value], right: &[Value]) -> Result<Order, Raised> {
    for (a, b) in left.iter().zip(right) {
        if !equal(a, b) {
            return order(a, b);
        }
    }
    Ok(Order::Known(left.len().cmp(&right.len())))
}

fn set_operation(operator: Operator, left: &Rc<Set>, right: &Rc<Set>) -> Result<Value, Raised> {
    let mut members = Vec::new();
    for member in left.members() {
        let is_shared = right.contains(&member)?;
        if match operator {
            Operator::And => is_shared,
            Operator::Or => true,
            _ => !is_shared,
        } {
            members.push(member);
        }
    }
    if matches!(operator, Operator::Or | Operator::Xor) {
        for member in right.members() {
            if !left.contains(&member)? {
                members.push(member);
            }
        }
    }
    Ok(Value::Set(Rc::new(Set::from_members(members)?)))
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

/// The text of a value for a traceback's or trace's reader: short.
pub fn shorten(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = match value {
        Value::Str(_) | Value::Exception(_) => repr(value),
        other => str(other),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
