//! Operators and comparisons.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Machine;
use super::arithmetic::float;
use super::special::has_operators;
use crate::python::compile::{Comparison, Operator};
use crate::python::modules;
use crate::python::values::{
    Class, ExceptionKind, Raised, Set, Value, are_equal, equal, order_of_numbers, raise, repr, str,
};

/// Values within values that are ordered.
const DEEPEST_ORDER: usize = 300;

impl Machine {
    /// A binary operator, for native functions.
    pub fn operate(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        self.binary(operator, left, right)
    }

    pub(super) fn binary(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        match (left, right) {
            (Value::Int(a), Value::Int(b)) => self.whole(operator, *a, *b),
            (Value::Float(a), Value::Float(b)) => float(operator, *a, *b),
            _ => {
                if (has_operators(left) || has_operators(right))
                    && let Some(result) = self.operate_special(operator, left, right)?
                {
                    return Ok(result);
                }
                match (left.core(), right.core()) {
                    (None, None) => self.mixed(operator, left, right),
                    (Some(left), None) => self.binary(operator, &left, right),
                    (None, Some(right)) => self.binary(operator, left, &right),
                    (Some(left), Some(right)) => self.binary(operator, &left, &right),
                }
            }
        }
    }

    fn mixed(&mut self, operator: Operator, left: &Value, right: &Value) -> Result<Value, Raised> {
        if let Some(result) = self.numbers(operator, left, right)? {
            return Ok(result);
        }
        match (operator, left, right) {
            (Operator::Add, Value::Str(a), Value::Str(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Value::text(format!("{a}{b}")))
            }
            (Operator::Add, Value::Bytes(a), Value::Bytes(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Value::Bytes(Rc::new([a.as_slice(), b].concat())))
            }
            (Operator::Add, Value::List(a), Value::List(b)) => {
                self.check_size(a.items.borrow().len() + b.items.borrow().len())?;
                let mut items = a.items.borrow().clone();
                items.extend(b.items.borrow().iter().cloned());
                Ok(Value::list(items))
            }
            (Operator::Add, Value::Tuple(a), Value::Tuple(b)) => {
                self.check_size(a.len() + b.len())?;
                Ok(Value::tuple(a.iter().chain(b.iter()).cloned().collect()))
            }
            (Operator::Multiply, sequence, count) if is_sequence(sequence) && count.class().is_subclass(Class::Int) => {
                self.repeat(sequence, count)
            }
            (Operator::Multiply, count, sequence) if is_sequence(sequence) && count.class().is_subclass(Class::Int) => {
                self.repeat(sequence, count)
            }
            (Operator::Modulo, Value::Str(template), _) => modules::percent_format(self, template, right),
            (Operator::Or, Value::Dict(a), Value::Dict(b)) => {
                let joined = super::super::values::Dict::default();
                joined.update(self, a)?;
                joined.update(self, b)?;
                Ok(Value::Dict(Rc::new(joined)))
            }
            (Operator::Or, left, right)
                if (modules::is_type(left) || matches!(left, Value::Tuple(_)))
                    && (modules::is_type(right) || matches!(right, Value::None)) =>
            {
                // A union, as `isinstance` takes it.
                let mut classes = if let Value::Tuple(classes) = left { classes.to_vec() } else { vec![left.clone()] };
                classes.push(right.clone());
                Ok(Value::tuple(classes))
            }
            (Operator::Or | Operator::And | Operator::Xor | Operator::Subtract, Value::Set(a), Value::Set(b)) => {
                set_operation(self, operator, a, b)
            }
            _ => {
                let (left, right, symbol) = (left.type_name(), right.type_name(), operator.symbol());
                let message = match (operator, left) {
                    (Operator::Multiply, "str" | "list" | "tuple" | "bytes") => {
                        format!("can't multiply sequence by non-int of type '{right}'")
                    }
                    (Operator::Multiply, left) if matches!(right, "str" | "list" | "tuple" | "bytes") => {
                        format!("can't multiply sequence by non-int of type '{left}'")
                    }
                    (Operator::Power, _) => {
                        format!("unsupported operand type(s) for ** or pow(): '{left}' and '{right}'")
                    }
                    (Operator::Add, "str") => format!("can only concatenate str (not \"{right}\") to str"),
                    (Operator::Add, "bytes") => format!("can't concat {right} to bytes"),
                    (Operator::Add, "tuple") => format!("can only concatenate tuple (not \"{right}\") to tuple"),
                    (Operator::Add, "list") => format!("can only concatenate list (not \"{right}\") to list"),
                    _ => format!("unsupported operand type(s) for {symbol}: '{left}' and '{right}'"),
                };
                raise(ExceptionKind::TypeError, message)
            }
        }
    }

    fn repeat(&mut self, sequence: &Value, count: &Value) -> Result<Value, Raised> {
        let Ok(count) = count.whole() else {
            return raise(ExceptionKind::OverflowError, "cannot fit 'int' into an index-sized integer");
        };
        let count = usize::try_from(count).unwrap_or(0);
        let length = match sequence {
            Value::Str(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
            Value::List(list) => list.items.borrow().len(),
            Value::Tuple(items) => items.len(),
            _ => 0,
        };
        self.check_size(length.saturating_mul(count))?;
        let repeated = |items: &[Value]| items.iter().cycle().take(items.len() * count).cloned().collect();
        Ok(match sequence {
            Value::Str(text) => Value::text(text.repeat(count)),
            Value::Bytes(bytes) => Value::Bytes(Rc::new(bytes.repeat(count))),
            Value::List(list) => Value::list(repeated(&list.items.borrow())),
            Value::Tuple(items) => Value::tuple(repeated(items)),
            other => other.clone(),
        })
    }

    /// `+=` and its like: lists and sets change in place.
    pub(super) fn in_place(&mut self, operator: Operator, left: Value, right: &Value) -> Result<Value, Raised> {
        match (operator, &left) {
            (Operator::Add, Value::List(list)) => {
                let items = self.collect(right)?;
                self.check_size(list.items.borrow().len() + items.len())?;
                list.items.borrow_mut().extend(items);
                Ok(left)
            }
            (Operator::Multiply, Value::List(list)) if right.class().is_subclass(Class::Int) => {
                if let Value::List(repeated) = self.repeat(&left, right)? {
                    list.items.swap(&repeated.items);
                }
                Ok(left)
            }
            (Operator::Or, Value::Dict(dict)) if let Value::Dict(other) = right => {
                dict.update(self, other)?;
                Ok(left)
            }
            (Operator::Or | Operator::And | Operator::Xor | Operator::Subtract, Value::Set(set))
                if !set.is_frozen
                    && let Value::Set(other) = right
                    && let Value::Set(result) = set_operation(self, operator, set, other)? =>
            {
                set.clear();
                set.extend(self, result.members())?;
                Ok(left)
            }
            _ => {
                if has_operators(&left)
                    && let Some(result) = self.in_place_special(operator, &left, right)?
                {
                    return Ok(result);
                }
                if let Some(core) = left.core()
                    && let Value::List(_) | Value::Set(_) | Value::Dict(_) | Value::Object(_) = core
                    && self.in_place(operator, core.clone(), right)?.is(&core)
                {
                    return Ok(left);
                }
                self.binary(operator, &left, right).map_err(|error| in_place_error(operator, error))
            }
        }
    }

    pub(super) fn compare(&mut self, comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Raised> {
        if (has_operators(left) || has_operators(right))
            && let Some(holds) = self.compare_special(comparison, left, right)?
        {
            return Ok(holds);
        }
        if let (Value::Instance(_), _) | (_, Value::Instance(_)) = (left, right)
            && let Some(holds) = self.compare_within(comparison, left, right)?
        {
            return Ok(holds);
        }
        if let (Value::Set(left), Value::Set(right)) = (left, right)
            && let Some(holds) = compare_sets(self, comparison, left, right)?
        {
            return Ok(holds);
        }
        let ordered = |machine: &mut Self, symbol: &str, holds: fn(Ordering) -> bool| -> Result<bool, Raised> {
            match order(Some(machine), left, right, 0)? {
                Order::Known(ordering) => Ok(holds(ordering)),
                Order::Within(left, right) => machine.nested(1, |machine| machine.compare(comparison, &left, &right)),
                // Comparisons with nan are all false.
                Order::None => Ok(false),
                Order::Unsupported(left, right) => {
                    let (left, right) = (left.type_name(), right.type_name());
                    let message = format!("'{symbol}' not supported between instances of '{left}' and '{right}'");
                    raise(ExceptionKind::TypeError, message)
                }
            }
        };
        match comparison {
            Comparison::Equal => are_equal(self, left, right),
            Comparison::NotEqual => Ok(!are_equal(self, left, right)?),
            Comparison::Is => Ok(left.is(right)),
            Comparison::IsNot => Ok(!left.is(right)),
            Comparison::Less => ordered(self, "<", Ordering::is_lt),
            Comparison::LessOrEqual => ordered(self, "<=", Ordering::is_le),
            Comparison::Greater => ordered(self, ">", Ordering::is_gt),
            Comparison::GreaterOrEqual => ordered(self, ">=", Ordering::is_ge),
            Comparison::In => self.contains(right, left),
            Comparison::NotIn => Ok(!self.contains(right, left)?),
        }
    }

    /// A comparison of objects that derive from builtin ones: of those within.
    #[cold]
    fn compare_within(&mut self, comparison: Comparison, left: &Value, right: &Value) -> Result<Option<bool>, Raised> {
        match comparison {
            Comparison::Is | Comparison::IsNot | Comparison::Equal | Comparison::NotEqual => Ok(None),
            Comparison::In | Comparison::NotIn => match (left.core(), right.core()) {
                (_, Some(container)) => self.compare(comparison, left, &container).map(Some),
                (Some(part), None) if let Value::Str(_) = right => self.compare(comparison, &part, right).map(Some),
                _ => Ok(None),
            },
            _ => Ok(None),
        }
    }

    /// Whether `left` is less than `right`, for sorting.
    pub fn is_less(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        match (left, right) {
            (Value::Int(left), Value::Int(right)) => Ok(left < right),
            (Value::Float(left), Value::Float(right)) => Ok(left < right),
            _ => self.compare(Comparison::Less, left, right),
        }
    }

    /// Whether two values are equal, as `==` asks.
    pub fn is_equal(&mut self, left: &Value, right: &Value) -> Result<bool, Raised> {
        self.compare(Comparison::Equal, left, right)
    }

    /// A comparison, for native functions.
    pub fn compare_values(&mut self, comparison: Comparison, left: &Value, right: &Value) -> Result<bool, Raised> {
        self.compare(comparison, left, right)
    }

    fn contains(&mut self, container: &Value, member: &Value) -> Result<bool, Raised> {
        match (container, member) {
            (Value::Dict(dict), _) => Ok(dict.get(self, member)?.is_some()),
            (Value::Set(set), _) => set.contains(self, member),
            (Value::Str(text), Value::Str(part)) => Ok(text.contains(part.as_str())),
            (Value::Bytes(bytes), member) => modules::contains_bytes(bytes, member),
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
            (Value::Type(class), _) if class.enumeration().is_some() => {
                modules::find_member(self, class, member).map(|found| found.is_some())
            }
            (Value::Object(_), _)
                if let Some(found) =
                    self.call_special_nested(container, "__contains__", std::slice::from_ref(member))? =>
            {
                self.truth(&found)
            }
            _ => {
                let iterator = self.iterate(container).or_else(|_| {
                    let message =
                        format!("argument of type '{}' is not a container or iterable", container.type_name());
                    raise(ExceptionKind::TypeError, message)
                })?;
                while let Some(item) = self.next_value(&iterator)? {
                    if self.compare(Comparison::Equal, &item, member)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }
}

enum Order {
    Known(Ordering),
    None,
    /// These two, or two within them, have no order.
    Unsupported(Value, Value),
    /// A comparison of values within decides, which only their classes can make.
    Within(Value, Value),
}

/// How two values are ordered, where that is known without asking the program.
pub fn ordering(left: &Value, right: &Value) -> Option<Ordering> {
    match order(None, left, right, 0) {
        Ok(Order::Known(ordering)) => Some(ordering),
        _ => None,
    }
}

/// How two values are ordered; with a machine, the program is asked which of those within are equal.
fn order(machine: Option<&mut Machine>, left: &Value, right: &Value, depth: usize) -> Result<Order, Raised> {
    if let Some(ordering) = order_of_numbers(left, right) {
        return Ok(ordering.map_or(Order::None, Order::Known));
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => Ok(Order::Known(a.cmp(b))),
        (Value::Bytes(a), Value::Bytes(b)) => Ok(Order::Known(a.cmp(b))),
        (Value::Tuple(a), Value::Tuple(b)) => order_of_all(machine, a, b, depth),
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.items.borrow().clone(), b.items.borrow().clone());
            order_of_all(machine, &a, &b, depth)
        }
        (Value::Instance(a), Value::Instance(b))
            if Rc::ptr_eq(&a.class, &b.class)
                && let Some(record) = a.class.record()
                && record.is_ordered =>
        {
            order_of_all(machine, &a.compared_fields(&record), &b.compared_fields(&record), depth)
        }
        (Value::Instance(_), _) | (_, Value::Instance(_)) if left.core().is_some() || right.core().is_some() => {
            order(machine, &left.plain(), &right.plain(), depth)
        }
        _ => Ok(Order::Unsupported(left.clone(), right.clone())),
    }
}

fn order_of_all(
    mut machine: Option<&mut Machine>,
    left: &[Value],
    right: &[Value],
    depth: usize,
) -> Result<Order, Raised> {
    if depth > DEEPEST_ORDER {
        return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
    }
    for (a, b) in left.iter().zip(right) {
        let is_own = has_operators(a) || has_operators(b);
        let are_equal = a.address().is_some() && a.is(b)
            || match &mut machine {
                Some(machine) if is_own => machine.is_equal(a, b)?,
                Some(machine) => are_equal(machine, a, b)?,
                None => equal(a, b),
            };
        if !are_equal {
            return if is_own { Ok(Order::Within(a.clone(), b.clone())) } else { order(machine, a, b, depth + 1) };
        }
    }
    Ok(Order::Known(left.len().cmp(&right.len())))
}

/// Whether one set is part of the other, as `<`, `<=`, `>` and `>=` ask.
fn compare_sets(
    machine: &mut Machine,
    comparison: Comparison,
    left: &Set,
    right: &Set,
) -> Result<Option<bool>, Raised> {
    let (part, whole, is_strict) = match comparison {
        Comparison::Less => (left, right, true),
        Comparison::LessOrEqual => (left, right, false),
        Comparison::Greater => (right, left, true),
        Comparison::GreaterOrEqual => (right, left, false),
        _ => return Ok(None),
    };
    if part.len() > whole.len() || is_strict && part.len() == whole.len() {
        return Ok(Some(false));
    }
    for member in part.members() {
        if !whole.contains(machine, &member)? {
            return Ok(Some(false));
        }
    }
    Ok(Some(true))
}

/// The error of an operator as that of its assignment: `+=`.
#[cold]
fn in_place_error(operator: Operator, error: Raised) -> Raised {
    let begin = ["unsupported operand type(s) for ", operator.symbol()].concat();
    if let [Value::Str(message)] = error.arguments.borrow_mut().as_mut_slice()
        && let Some(rest) = message.strip_prefix(&begin)
    {
        let symbol = operator.symbol().split(' ').next().unwrap_or_default();
        *message = Rc::new(["unsupported operand type(s) for ", symbol, "=", rest].concat());
    }
    error
}

fn is_sequence(value: &Value) -> bool {
    matches!(value, Value::Str(_) | Value::Bytes(_) | Value::List(_) | Value::Tuple(_))
}

fn set_operation(machine: &mut Machine, operator: Operator, left: &Rc<Set>, right: &Rc<Set>) -> Result<Value, Raised> {
    let mut members = Vec::new();
    for member in left.members() {
        let is_shared = right.contains(machine, &member)?;
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
            if !left.contains(machine, &member)? {
                members.push(member);
            }
        }
    }
    Set::value(machine, members, left.is_frozen)
}

/// The text of a value for a traceback's or trace's reader: short.
pub fn shorten(value: &Value) -> String {
    const LONGEST: usize = 40;
    let text = match value {
        Value::Str(_) | Value::Exception(_) => repr(value),
        // Without asking the program: its answer could do anything.
        Value::Instance(instance) if instance.class.record().is_none() => instance.class.name.to_string(),
        other => str(other),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
