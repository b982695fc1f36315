//! `datetime.timedelta`.

use std::rc::Rc;

use super::calendar::padded;
use crate::python::compile::{Comparison, Operator};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit};

/// The class.
pub static TIMEDELTA: NativeClass = NativeClass {
    name: "timedelta",
    module: "datetime",
    methods: &[
        Native { name: "total_seconds", call: |_, it| Ok(Value::Float(seconds(this(it)?))) },
        Native { name: "__str__", call: |_, it| Ok(Value::text(shown(this(it)?))) },
        Native { name: "__add__", call: |_, it| combine(it, i64::saturating_add) },
        Native { name: "__radd__", call: |_, it| combine(it, i64::saturating_add) },
        Native { name: "__sub__", call: |_, it| combine(it, i64::saturating_sub) },
        Native { name: "__mul__", call: |_, it| scale(it, Operator::Multiply) },
        Native { name: "__rmul__", call: |_, it| scale(it, Operator::Multiply) },
        Native { name: "__truediv__", call: |_, it| scale(it, Operator::Divide) },
        Native { name: "__floordiv__", call: |_, it| scale(it, Operator::FloorDivide) },
        Native { name: "__eq__", call: |_, it| compare(it, Comparison::Equal) },
        Native { name: "__lt__", call: |_, it| compare(it, Comparison::Less) },
        Native { name: "__le__", call: |_, it| compare(it, Comparison::LessOrEqual) },
        Native { name: "__gt__", call: |_, it| compare(it, Comparison::Greater) },
        Native { name: "__ge__", call: |_, it| compare(it, Comparison::GreaterOrEqual) },
        Native { name: "__neg__", call: |_, it| Ok(value(this(it)?.saturating_neg())) },
        Native { name: "__abs__", call: |_, it| Ok(value(this(it)?.saturating_abs())) },
        Native { name: "__bool__", call: |_, it| Ok(Value::Bool(this(it)? != 0)) },
    ],
    construct,
    attribute: |object, name| {
        let microseconds = object.state::<i64>()?;
        let (days, seconds, rest) = parts(*microseconds);
        match name {
            "days" => Some(Value::Int(days)),
            "seconds" => Some(Value::Int(seconds)),
            "microseconds" => Some(Value::Int(rest)),
            _ => None,
        }
    },
    represent: |object| {
        let (days, seconds, rest) = parts(*object.state::<i64>()?);
        let named = [("days", days), ("seconds", seconds), ("microseconds", rest)];
        let shown: Vec<String> =
            named.iter().filter(|(_, number)| *number != 0).map(|(name, number)| format!("{name}={number}")).collect();
        let shown = if shown.is_empty() { "0".to_owned() } else { shown.join(", ") };
        Some(["datetime.timedelta(", &shown, ")"].concat())
    },
    ..NativeClass::PLAIN
};

/// A length of time, in microseconds, as a value.
pub fn value(microseconds: i64) -> Value {
    Object::value(&TIMEDELTA, Rc::new(microseconds))
}

/// The microseconds of a length of time, if the value is one.
pub fn microseconds_of(value: &Value) -> Option<i64> {
    match value {
        Value::Object(object) if object.class == &TIMEDELTA => object.state::<i64>().map(|it| *it),
        _ => None,
    }
}

fn this(arguments: &Arguments<'_>) -> Result<i64, Raised> {
    match arguments.positional.first().and_then(microseconds_of) {
        Some(microseconds) => Ok(microseconds),
        None => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

fn construct(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    const UNITS: [i64; 7] = [86_400_000_000, 1_000_000, 1, 1000, 60_000_000, 3_600_000_000, 604_800_000_000];
    let names = ["days", "seconds", "microseconds", "milliseconds", "minutes", "hours", "weeks"];
    let given = arguments.bind("timedelta", names, 0)?;
    let (mut whole, mut part) = (0_i64, 0.0);
    for (number, unit) in given.into_iter().zip(UNITS) {
        match number {
            Value::Unbound => {}
            Value::Float(number) => {
                let rest = number.fract();
                whole = whole.saturating_add((number.trunc() as i64).saturating_mul(unit));
                part += rest * unit as f64;
            }
            other => whole = whole.saturating_add(other.whole()?.saturating_mul(unit)),
        }
    }
    Ok(value(whole.saturating_add(part.round_ties_even() as i64)))
}

fn seconds(microseconds: i64) -> f64 {
    microseconds as f64 / 1e6
}

/// Days, seconds and microseconds, of which only the days can be negative.
fn parts(microseconds: i64) -> (i64, i64, i64) {
    let seconds = microseconds.div_euclid(1_000_000);
    (seconds.div_euclid(86_400), seconds.rem_euclid(86_400), microseconds.rem_euclid(1_000_000))
}

fn shown(microseconds: i64) -> String {
    let (days, seconds, rest) = parts(microseconds);
    let mut text = match days {
        0 => String::new(),
        1 | -1 => format!("{days} day, "),
        days => format!("{days} days, "),
    };
    text += &[&padded(seconds / 3600, 1), ":", &padded(seconds / 60 % 60, 2), ":", &padded(seconds % 60, 2)].concat();
    if rest > 0 {
        text += &[".", &padded(rest, 6)].concat();
    }
    text
}

fn combine(arguments: &Arguments<'_>, with: fn(i64, i64) -> i64) -> Result<Value, Raised> {
    match arguments.positional.get(1).and_then(microseconds_of) {
        Some(other) => Ok(value(with(this(arguments)?, other))),
        None => Ok(Value::NotImplemented),
    }
}

fn scale(arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [_, other] = arguments.bind("timedelta", ["self", "other"], 2)?;
    let this = this(arguments)?;
    let zero = || raise(ExceptionKind::ZeroDivisionError, "division by zero");
    match (operator, microseconds_of(other), other) {
        (Operator::Multiply, None, Value::Int(number)) => Ok(value(this.saturating_mul(*number))),
        (Operator::Multiply, None, Value::Float(number)) => Ok(value((this as f64 * number).round_ties_even() as i64)),
        (Operator::Multiply, ..) => Ok(Value::NotImplemented),
        (_, Some(0), _) | (_, None, Value::Int(0)) => zero(),
        (Operator::Divide, Some(other), _) => Ok(Value::Float(this as f64 / other as f64)),
        (Operator::FloorDivide, Some(other), _) => Ok(Value::Int(this.wrapping_div_euclid(other))),
        (Operator::FloorDivide, None, Value::Int(number)) => Ok(value(this.wrapping_div_euclid(*number))),
        (_, None, number) => match number.as_float() {
            Some(0.0) => zero(),
            Some(number) => Ok(value((this as f64 / number).round_ties_even() as i64)),
            None => Ok(Value::NotImplemented),
        },
        (_, Some(_), _) => unfit(other, "cannot divide a timedelta"),
    }
}

fn compare(arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let this = this(arguments)?;
    Ok(match arguments.positional.get(1).and_then(microseconds_of) {
        Some(other) => Value::Bool(holds(comparison, this, other)),
        None => Value::NotImplemented,
    })
}

/// Whether a comparison of two numbers holds.
pub fn holds(comparison: Comparison, left: i64, right: i64) -> bool {
    match comparison {
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
        _ => left == right,
    }
}
