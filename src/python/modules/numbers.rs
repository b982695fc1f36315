//! What programs do with numbers beyond operators: `int`, `float`, `round`, `pow` and their like, and the methods of
//! numbers.

use super::bytes::int_to_bytes;
use crate::decimal;
use crate::python::compile::{Conversion, Operator};
use crate::python::integer::{BigInt, ParseError, parse, parts};
use crate::python::machine::{Machine, to_float};
use crate::python::values::{
    Arguments, Class, ExceptionKind, Native, Raised, Use, Value, hash, raise, repr, shown_hash, unfit,
};

/// Functions about numbers that are always there.
pub static FUNCTIONS: &[Native] = &[
    Native { name: "abs", call: abs },
    Native { name: "round", call: round },
    Native { name: "divmod", call: divmod },
    Native { name: "pow", call: pow },
    Native {
        name: "hash",
        call: |machine, it| {
            let value = it.alone("hash")?;
            let own = value.user_class().and_then(|class| class.own_hash());
            match own.filter(|own| !matches!(own, Value::None)) {
                Some(function) => machine.call_value(&function, std::slice::from_ref(value)),
                None => hash_of(machine, value),
            }
        },
    },
    Native { name: "bin", call: |machine, it| radix(machine, it, "bin", "#b") },
    Native { name: "hex", call: |machine, it| radix(machine, it, "hex", "#x") },
    Native { name: "oct", call: |machine, it| radix(machine, it, "oct", "#o") },
];

/// Methods of whole numbers.
pub static INT: &[Native] = &[
    Native { name: "bit_length", call: |_, it| Ok(Value::from(integer(it, "bit_length")?.bit_length() as usize)) },
    Native { name: "bit_count", call: |_, it| Ok(Value::from(integer(it, "bit_count")?.bit_count() as usize)) },
    Native { name: "is_integer", call: |_, _| Ok(Value::Bool(true)) },
    Native { name: "conjugate", call: |_, it| Ok(integer(it, "conjugate")?.into()) },
    Native { name: "to_bytes", call: int_to_bytes },
    Native {
        name: "as_integer_ratio",
        call: |_, it| Ok(Value::tuple(vec![integer(it, "as_integer_ratio")?.into(), Value::Int(1)])),
    },
];

/// Methods of floats.
pub static FLOAT: &[Native] = &[
    Native {
        name: "is_integer",
        call: |_, it| Ok(Value::Bool(matches!(it.alone("is_integer")?, Value::Float(number) if number.fract() == 0.0))),
    },
    Native { name: "as_integer_ratio", call: integer_ratio },
    Native { name: "conjugate", call: |_, it| it.alone("conjugate").cloned() },
];

/// An attribute of a number that is no method.
pub fn attribute(number: &Value, name: &str) -> Option<Value> {
    match (number, name) {
        (Value::Float(_), "real") => Some(number.clone()),
        (Value::Float(_), "imag") => Some(Value::Float(0.0)),
        (Value::Int(_) | Value::Big(_) | Value::Bool(_), "real" | "numerator") => Some(number.integer()?.into()),
        (Value::Int(_) | Value::Big(_) | Value::Bool(_), "imag") => Some(Value::Int(0)),
        (Value::Int(_) | Value::Big(_) | Value::Bool(_), "denominator") => Some(Value::Int(1)),
        _ => None,
    }
}

/// What `hash` gives: CPython's own number for numbers and tuples of them.
pub fn hash_of(machine: &mut Machine, value: &Value) -> Result<Value, Raised> {
    let hash = hash(machine, value, Use::Itself)?;
    Ok(Value::Int(shown_hash(value).unwrap_or((hash >> 2) as i64)))
}

fn integer(arguments: &Arguments<'_>, name: &str) -> Result<BigInt, Raised> {
    let receiver = arguments.alone(name)?;
    receiver.integer().map_or_else(|| unfit(receiver, "cannot be interpreted as an integer"), Ok)
}

/// The whole number that a float is after its fraction is cut off.
pub fn truncated(number: f64) -> Result<Value, Raised> {
    if number.is_nan() {
        return raise(ExceptionKind::ValueError, "cannot convert float NaN to integer");
    }
    if number.is_infinite() {
        return raise(ExceptionKind::OverflowError, "cannot convert float infinity to integer");
    }
    Ok(BigInt::from_float(number).into())
}

/// The builtin number or text within an object whose class derives from such, and says nothing else for a special method;
/// any other value as it is.
fn without_own(value: &Value, method: &str) -> Value {
    match value.user_class() {
        Some(class) if class.find(method).is_none() => value.plain(),
        _ => value.clone(),
    }
}

/// `int(...)`.
pub fn int(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [value, base] = arguments.bind("int", ["x", "base"], 0)?;
    let value = &without_own(value, "__int__");
    let base = match base {
        Value::Unbound => None,
        base => match base.whole()? {
            base @ (0 | 2..=36) => Some(base as u32),
            _ => return raise(ExceptionKind::ValueError, "int() base must be >= 2 and <= 36, or 0"),
        },
    };
    let text = match value {
        Value::Str(text) => Some(text.to_string()),
        Value::Bytes(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
        _ => None,
    };
    if let Some(text) = text {
        let base = base.unwrap_or(10);
        return match parse(&text, base) {
            Ok(number) => Ok(number.into()),
            Err(ParseError::Malformed) => {
                let message = format!("invalid literal for int() with base {base}: {}", repr(value));
                raise(ExceptionKind::ValueError, message)
            }
            Err(error) => raise(ExceptionKind::ValueError, error.message()),
        };
    }
    match value {
        _ if base.is_some() => raise(ExceptionKind::TypeError, "int() can't convert non-string with explicit base"),
        Value::Unbound => Ok(Value::Int(0)),
        Value::Float(number) => truncated(*number),
        other => {
            if let Some(number) = other.integer() {
                return Ok(number.into());
            }
            for name in ["__int__", "__index__", "__trunc__"] {
                if let Some(number) = machine.call_special_nested(other, name, &[])? {
                    return Ok(number);
                }
            }
            let kind = other.type_name();
            let message =
                format!("int() argument must be a string, a bytes-like object or a real number, not '{kind}'");
            raise(ExceptionKind::TypeError, message)
        }
    }
}

/// `float(...)`.
pub fn float(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.positional.first().map(|value| without_own(value, "__float__")).as_ref() {
        None => Ok(Value::Float(0.0)),
        Some(text @ Value::Str(digits)) => match digits.trim().replace('_', "").parse() {
            Ok(number) => Ok(Value::Float(number)),
            Err(_) => raise(ExceptionKind::ValueError, format!("could not convert string to float: {}", repr(text))),
        },
        Some(other) => {
            if let Some(number) = to_float(other)? {
                return Ok(Value::Float(number));
            }
            if let Some(number) = machine.call_special_nested(other, "__float__", &[])? {
                return Ok(number);
            }
            let message = format!("float() argument must be a string or a real number, not '{}'", other.type_name());
            raise(ExceptionKind::TypeError, message)
        }
    }
}

fn abs(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match &without_own(arguments.alone("abs")?, "__abs__") {
        Value::Float(number) => Ok(Value::Float(number.abs())),
        other => {
            if let Some(number) = other.integer() {
                return Ok(number.with_sign(false).into());
            }
            match machine.call_special_nested(other, "__abs__", &[])? {
                Some(value) => Ok(value),
                None => raise(ExceptionKind::TypeError, format!("bad operand type for abs(): '{}'", other.type_name())),
            }
        }
    }
}

fn round(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [number, digits] = arguments.bind("round", ["number", "ndigits"], 1)?;
    let number = &without_own(number, "__round__");
    let places = match digits {
        Value::Unbound | Value::None => None,
        digits => Some(digits.whole()?),
    };
    if let Some(integer) = number.integer() {
        return match places {
            Some(places @ ..0) => Ok(round_integer(&integer, places.unsigned_abs())),
            _ => Ok(integer.into()),
        };
    }
    match (number, places) {
        (Value::Float(number), None) => truncated(number.round_ties_even()),
        (Value::Float(number), Some(_)) if !number.is_finite() => Ok(Value::Float(*number)),
        // Through text, which rounds the exact value as CPython does.
        (Value::Float(number), Some(places @ 0..=323)) => {
            Ok(Value::Float(decimal::fixed(*number, places as usize).parse().unwrap_or(*number)))
        }
        (Value::Float(number), Some(0..)) => Ok(Value::Float(*number)),
        (Value::Float(number), Some(..-308)) => Ok(Value::Float(0.0_f64.copysign(*number))),
        (Value::Float(number), Some(places)) => {
            // What follows the point decides where the whole number alone would lie between two multiples.
            let (whole, has_fraction) = (number.trunc(), number.fract() != 0.0);
            let doubled = BigInt::from_float(whole).shift_left(1);
            let exact = match has_fraction {
                true => doubled.add(&BigInt::from(if *number < 0.0 { -1_i64 } else { 1 })),
                false => doubled,
            };
            let rounded = rounded(&exact, &BigInt::from(10_i64).power(places.unsigned_abs()).shift_left(1));
            let rounded = rounded.shift_right(1).to_float().unwrap_or(f64::INFINITY);
            Ok(Value::Float(rounded.copysign(*number)))
        }
        (other, _) => {
            let arguments: &[Value] = if places.is_some() { std::slice::from_ref(digits) } else { &[] };
            match machine.call_special_nested(other, "__round__", arguments)? {
                Some(value) => Ok(value),
                None => {
                    let message = format!("type {} doesn't define __round__ method", other.type_name());
                    raise(ExceptionKind::TypeError, message)
                }
            }
        }
    }
}

fn round_integer(number: &BigInt, zeros: u64) -> Value {
    // With more zeros than it has digits, nothing is left of it.
    if zeros > number.bit_length() {
        return Value::Int(0);
    }
    rounded(number, &BigInt::from(10_i64).power(zeros)).into()
}

/// The nearest multiple of an even unit; of two as near, the even one.
fn rounded(number: &BigInt, unit: &BigInt) -> BigInt {
    let (quotient, rest) = number.divide(unit);
    let is_up = match rest.cmp(&unit.shift_right(1)) {
        std::cmp::Ordering::Equal => quotient.is_odd(),
        ordering => ordering.is_gt(),
    };
    quotient.add(&BigInt::from(i64::from(is_up))).multiply(unit)
}

fn divmod(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("divmod", ["x", "y"], 2)?;
    if let Some(result) = machine.call_special_nested(left, "__divmod__", std::slice::from_ref(right))? {
        return Ok(result);
    }
    let quotient = machine.operate(Operator::FloorDivide, left, right)?;
    Ok(Value::tuple(vec![quotient, machine.operate(Operator::Modulo, left, right)?]))
}

fn pow(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [base, exponent, modulus] = arguments.bind("pow", ["base", "exp", "mod"], 2)?;
    match modulus {
        Value::Unbound | Value::None => machine.operate(Operator::Power, base, exponent),
        modulus => machine.power_modulo(base, exponent, modulus),
    }
}

fn radix(machine: &mut Machine, arguments: &Arguments<'_>, name: &str, specification: &str) -> Result<Value, Raised> {
    let value = arguments.alone(name)?;
    if !value.class().is_subclass(Class::Int) {
        return unfit(value, "cannot be interpreted as an integer");
    }
    machine.format(value, Conversion::None, Some(&Value::text(specification))).map(Value::text)
}

fn integer_ratio(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let number = match arguments.alone("as_integer_ratio")? {
        Value::Float(number) => *number,
        other => return unfit(other, "is not a float"),
    };
    if number.is_nan() {
        return raise(ExceptionKind::ValueError, "cannot convert NaN to integer ratio");
    }
    if number.is_infinite() {
        return raise(ExceptionKind::OverflowError, "cannot convert Infinity to integer ratio");
    }
    let (mantissa, exponent) = parts(number);
    let halvings = mantissa.trailing_zeros().min(exponent.min(0).unsigned_abs());
    let numerator = BigInt::from(mantissa.checked_shr(halvings).unwrap_or(0)).with_sign(number < 0.0);
    let exponent = if mantissa == 0 { 0 } else { exponent + halvings as i32 };
    let denominator = BigInt::from(1_i64).shift_left(u64::from(exponent.min(0).unsigned_abs()));
    Ok(Value::tuple(vec![numerator.shift_left(exponent.max(0) as u64).into(), denominator.into()]))
}
