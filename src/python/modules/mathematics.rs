//! `math`.

use super::numbers::truncated;
use crate::python::compile::Operator;
use crate::python::elementary::{cos, exp, ln, log_of_base, sin};
use crate::python::format::float_repr;
use crate::python::integer::BigInt;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise, unfit};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    Some(Value::Float(match name {
        "pi" => std::f64::consts::PI,
        "e" => std::f64::consts::E,
        "tau" => std::f64::consts::TAU,
        "inf" => f64::INFINITY,
        "nan" => f64::NAN,
        _ => return super::function(FUNCTIONS, name),
    }))
}

static FUNCTIONS: &[Native] = &[
    Native { name: "floor", call: |machine, it| round(machine, it, "__floor__", f64::floor) },
    Native { name: "ceil", call: |machine, it| round(machine, it, "__ceil__", f64::ceil) },
    Native { name: "trunc", call: |machine, it| round(machine, it, "__trunc__", f64::trunc) },
    Native { name: "sqrt", call: |_, it| of_one(it, |number| (number >= 0.0).then(|| number.sqrt())) },
    Native { name: "fabs", call: |_, it| of_one(it, |number| Some(number.abs())) },
    Native { name: "exp", call: |_, it| of_one(it, |number| Some(exp(number))) },
    Native { name: "sin", call: |_, it| of_one(it, |number| number.is_finite().then(|| sin(number))) },
    Native { name: "cos", call: |_, it| of_one(it, |number| number.is_finite().then(|| cos(number))) },
    Native { name: "tan", call: |_, it| of_one(it, |number| number.is_finite().then(|| sin(number) / cos(number))) },
    Native { name: "degrees", call: |_, it| of_one(it, |number| Some(number * (180.0 / std::f64::consts::PI))) },
    Native { name: "radians", call: |_, it| of_one(it, |number| Some(number * (std::f64::consts::PI / 180.0))) },
    Native { name: "log", call: logarithm },
    Native { name: "log2", call: |_, it| of_one(it, |number| (number > 0.0).then(|| log_of_base(number, 2.0))) },
    Native { name: "log10", call: |_, it| of_one(it, |number| (number > 0.0).then(|| log_of_base(number, 10.0))) },
    Native { name: "isnan", call: |_, it| Ok(Value::Bool(number(it.alone("isnan")?)?.is_nan())) },
    Native { name: "isinf", call: |_, it| Ok(Value::Bool(number(it.alone("isinf")?)?.is_infinite())) },
    Native { name: "isfinite", call: |_, it| Ok(Value::Bool(number(it.alone("isfinite")?)?.is_finite())) },
    Native { name: "isclose", call: is_close },
    Native { name: "pow", call: power },
    Native { name: "fmod", call: |_, it| of_two(it, |a, b| a % b) },
    Native { name: "copysign", call: |_, it| of_two(it, f64::copysign) },
    Native { name: "hypot", call: hypotenuse },
    Native { name: "dist", call: distance },
    Native { name: "modf", call: parts },
    Native { name: "fsum", call: exact_sum },
    Native { name: "prod", call: product },
    Native { name: "factorial", call: factorial },
    Native { name: "gcd", call: |machine, it| fold(machine, it, 0, greatest_divisor) },
    Native { name: "lcm", call: |machine, it| fold(machine, it, 1, least_multiple) },
    Native { name: "isqrt", call: whole_root },
    Native { name: "comb", call: |machine, it| count_choices(machine, it, true) },
    Native { name: "perm", call: |machine, it| count_choices(machine, it, false) },
];

/// The number that a value is.
pub fn number(value: &Value) -> Result<f64, Raised> {
    match value.as_float() {
        Some(number) => Ok(number),
        None => raise(ExceptionKind::TypeError, format!("must be real number, not {}", value.type_name())),
    }
}

/// A function of one number, which gives nothing where it is not defined.
fn of_one(arguments: &Arguments<'_>, function: fn(f64) -> Option<f64>) -> Result<Value, Raised> {
    let given = number(arguments.alone("math")?)?;
    match function(given) {
        _ if given.is_nan() => Ok(Value::Float(given)),
        Some(result) if result.is_infinite() && given.is_finite() => {
            raise(ExceptionKind::OverflowError, "math range error")
        }
        Some(result) => Ok(Value::Float(result)),
        None => out_of_domain(given),
    }
}

fn out_of_domain(given: f64) -> Result<Value, Raised> {
    let shown = float_repr(given);
    let message = match given <= 0.0 {
        true => format!("expected a nonnegative input, got {shown}"),
        false => format!("expected a finite input, got {shown}"),
    };
    raise(ExceptionKind::ValueError, message)
}

fn of_two(arguments: &Arguments<'_>, function: fn(f64, f64) -> f64) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("math", ["x", "y"], 2)?;
    let (left, right) = (number(left)?, number(right)?);
    let result = function(left, right);
    if result.is_nan() && !left.is_nan() && !right.is_nan() {
        return raise(ExceptionKind::ValueError, "math domain error");
    }
    Ok(Value::Float(result))
}

fn round(machine: &mut Machine, arguments: &Arguments<'_>, method: &str, to: fn(f64) -> f64) -> Result<Value, Raised> {
    match arguments.alone(method)? {
        number @ (Value::Int(_) | Value::Big(_)) => Ok(number.clone()),
        Value::Bool(number) => Ok(Value::Int(i64::from(*number))),
        Value::Float(number) => truncated(to(*number)),
        other => match machine.call_special_nested(other, method, &[])? {
            Some(result) => Ok(result),
            None => raise(ExceptionKind::TypeError, format!("must be real number, not {}", other.type_name())),
        },
    }
}

fn logarithm(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [given, base] = arguments.bind("log", ["x", "base"], 1)?;
    let is_float = matches!(given, Value::Float(_));
    let given = number(given)?;
    if given <= 0.0 {
        let shown = if is_float { [", got ", &float_repr(given)].concat() } else { String::new() };
        return raise(ExceptionKind::ValueError, ["expected a positive input", &shown].concat());
    }
    Ok(Value::Float(match base {
        Value::Unbound => ln(given),
        base => {
            let base = number(base)?;
            if base <= 0.0 {
                return raise(ExceptionKind::ValueError, "math domain error");
            }
            if base == 1.0 {
                return raise(ExceptionKind::ZeroDivisionError, "division by zero");
            }
            ln(given) / ln(base)
        }
    }))
}

fn is_close(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [a, b, relative, absolute] = arguments.bind("isclose", ["a", "b", "rel_tol", "abs_tol"], 2)?;
    let or = |value: &Value, default| if matches!(value, Value::Unbound) { Ok(default) } else { number(value) };
    let (a, b, relative, absolute) = (number(a)?, number(b)?, or(relative, 1e-9)?, or(absolute, 0.0)?);
    let difference = (a - b).abs();
    let is_near = difference.is_finite() && difference <= (relative * a.abs().max(b.abs())).max(absolute);
    Ok(Value::Bool(a == b || is_near))
}

fn power(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [base, exponent] = arguments.bind("pow", ["x", "y"], 2)?;
    let (base, exponent) = (Value::Float(number(base)?), Value::Float(number(exponent)?));
    machine.operate(Operator::Power, &base, &exponent)
}

fn hypotenuse(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut squares = 0.0;
    for side in arguments.positional {
        squares += number(side)?.powi(2);
    }
    Ok(Value::Float(squares.sqrt()))
}

fn distance(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [p, q] = arguments.bind("dist", ["p", "q"], 2)?;
    let mut squares = 0.0;
    for (a, b) in machine.collect(p)?.iter().zip(machine.collect(q)?) {
        squares += (number(a)? - number(&b)?).powi(2);
    }
    Ok(Value::Float(squares.sqrt()))
}

fn parts(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let given = number(arguments.alone("modf")?)?;
    Ok(Value::tuple(vec![Value::Float(given - given.trunc()), Value::Float(given.trunc())]))
}

/// The sum of floats as if it were rounded once.
pub fn sum_of(numbers: &[f64]) -> f64 {
    // Parts that do not overlap, smallest first, whose sum is exact (Shewchuk).
    let mut parts: Vec<f64> = Vec::new();
    for number in numbers {
        let mut rest = *number;
        let mut kept = 0;
        for at in 0..parts.len() {
            let (large, small) = if rest.abs() >= parts[at].abs() { (rest, parts[at]) } else { (parts[at], rest) };
            let sum = large + small;
            let lost = small - (sum - large);
            if lost != 0.0 {
                parts[kept] = lost;
                kept += 1;
            }
            rest = sum;
        }
        parts.truncate(kept);
        parts.push(rest);
    }
    // Summed from the largest until something is lost: half a unit is rounded as what lies below it says.
    let Some(mut sum) = parts.pop() else { return 0.0 };
    while let Some(part) = parts.pop() {
        let before = sum;
        sum = before + part;
        let lost = part - (sum - before);
        if lost != 0.0 {
            let below = parts.last().copied().unwrap_or(0.0);
            if below != 0.0 && (lost < 0.0) == (below < 0.0) {
                let doubled = lost * 2.0;
                let up = sum + doubled;
                if up - sum == doubled {
                    sum = up;
                }
            }
            break;
        }
    }
    sum
}

fn exact_sum(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut numbers = Vec::new();
    for value in machine.collect(arguments.alone("fsum")?)? {
        numbers.push(number(&value)?);
    }
    Ok(Value::Float(sum_of(&numbers)))
}

fn product(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, start] = arguments.bind("prod", ["iterable", "start"], 1)?;
    let mut product = start.given_or(Value::Int(1));
    for factor in machine.collect(iterable)? {
        product = machine.operate(Operator::Multiply, &product, &factor)?;
    }
    Ok(product)
}

fn factorial(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let number = arguments.alone("factorial")?.whole()?;
    if number < 0 {
        return raise(ExceptionKind::ValueError, "factorial() not defined for negative values");
    }
    let mut product = Value::Int(1);
    for factor in 2..=number {
        product = machine.operate(Operator::Multiply, &product, &Value::Int(factor))?;
    }
    Ok(product)
}

fn fold(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    start: i64,
    with: fn(&BigInt, &BigInt) -> BigInt,
) -> Result<Value, Raised> {
    let mut result = BigInt::from(start);
    for value in arguments.positional {
        let Some(number) = value.integer() else { return unfit(value, "cannot be interpreted as an integer") };
        result = with(&result, &number).with_sign(false);
        machine.check_size(usize::try_from(result.bit_length() / 8).unwrap_or(usize::MAX))?;
    }
    Ok(result.into())
}

fn greatest_divisor(a: &BigInt, b: &BigInt) -> BigInt {
    let (mut a, mut b) = (a.clone(), b.clone());
    while !b.is_zero() {
        let rest = a.divide(&b).1;
        (a, b) = (b, rest);
    }
    a
}

fn least_multiple(a: &BigInt, b: &BigInt) -> BigInt {
    if a.is_zero() || b.is_zero() { BigInt::default() } else { a.divide(&greatest_divisor(a, b)).0.multiply(b) }
}

fn whole_root(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let number = arguments.alone("isqrt")?;
    let Some(number) = number.integer() else { return unfit(number, "cannot be interpreted as an integer") };
    if number.is_negative() {
        return raise(ExceptionKind::ValueError, "isqrt() argument must be nonnegative");
    }
    // Newton's method, from above.
    let mut root = BigInt::from(1_i64).shift_left(number.bit_length().div_ceil(2));
    while !number.is_zero() {
        let next = root.add(&number.divide(&root).0).shift_right(1);
        if next >= root {
            return Ok(root.into());
        }
        root = next;
    }
    Ok(Value::Int(0))
}

fn count_choices(machine: &mut Machine, arguments: &Arguments<'_>, any_order: bool) -> Result<Value, Raised> {
    let [all, chosen] = arguments.bind(if any_order { "comb" } else { "perm" }, ["n", "k"], 1)?;
    let all = all.whole()?;
    let chosen = if matches!(chosen, Value::Unbound | Value::None) { all } else { chosen.whole()? };
    if all < 0 || chosen < 0 {
        let name = if all < 0 { "n" } else { "k" };
        return raise(ExceptionKind::ValueError, format!("{name} must be a non-negative integer"));
    }
    if chosen > all {
        return Ok(Value::Int(0));
    }
    let steps = if any_order { chosen.min(all - chosen) } else { chosen };
    let mut count = Value::Int(1);
    for step in 0..steps {
        count = machine.operate(Operator::Multiply, &count, &Value::Int(all - step))?;
        if any_order {
            count = machine.operate(Operator::FloorDivide, &count, &Value::Int(step + 1))?;
        }
    }
    match count {
        Value::Int(_) => Ok(count),
        other => unfit(&other, "is no count"),
    }
}
