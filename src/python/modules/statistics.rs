//! `statistics`: means, medians and deviations.

use super::builtins::sort;
use super::mathematics::{number, sum_of};
use crate::python::compile::Operator;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, ExceptionKind, Native, Raised, Value, raise};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    match name {
        "StatisticsError" => {
            Some(Value::Class(crate::python::values::Class::Exception(ExceptionKind::StatisticsError)))
        }
        _ => super::function(FUNCTIONS, name),
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "mean", call: mean },
    Native { name: "fmean", call: |machine, it| Ok(Value::Float(float_mean(&numbers(machine, it, 1)?))) },
    Native { name: "median", call: |machine, it| median(machine, it, None) },
    Native { name: "median_low", call: |machine, it| median(machine, it, Some(false)) },
    Native { name: "median_high", call: |machine, it| median(machine, it, Some(true)) },
    Native { name: "mode", call: mode },
    Native { name: "stdev", call: |machine, it| spread(machine, it, 1, f64::sqrt) },
    Native { name: "pstdev", call: |machine, it| spread(machine, it, 0, f64::sqrt) },
    Native { name: "variance", call: |machine, it| spread(machine, it, 1, |variance| variance) },
    Native { name: "pvariance", call: |machine, it| spread(machine, it, 0, |variance| variance) },
];

fn given(machine: &mut Machine, arguments: &Arguments<'_>, least: usize) -> Result<Vec<Value>, Raised> {
    let data = machine.collect(arguments.alone("statistics")?)?;
    if data.len() < least {
        let message = match least {
            1 => "mean requires at least one data point",
            _ => "variance requires at least two data points",
        };
        return raise(ExceptionKind::StatisticsError, message);
    }
    Ok(data)
}

fn numbers(machine: &mut Machine, arguments: &Arguments<'_>, least: usize) -> Result<Vec<f64>, Raised> {
    let mut numbers = Vec::new();
    for value in given(machine, arguments, least)? {
        numbers.push(number(&value)?);
    }
    Ok(numbers)
}

/// The mean as if it were rounded once.
fn float_mean(numbers: &[f64]) -> f64 {
    let count = numbers.len() as f64;
    let mean = sum_of(numbers) / count;
    // What is left when the mean is taken from every number. In two parts, whose products with the count are exact.
    let upper = f64::from_bits(mean.to_bits() & !0x7ff_ffff);
    let mut rest = numbers.to_vec();
    rest.extend([-(upper * count), -((mean - upper) * count)]);
    let corrected = mean + sum_of(&rest) / count;
    if corrected.is_finite() { corrected } else { mean }
}

fn mean(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let data = given(machine, arguments, 1)?;
    if !data.iter().all(|value| matches!(value, Value::Int(_) | Value::Bool(_))) {
        return Ok(Value::Float(float_mean(&numbers(machine, arguments, 1)?)));
    }
    let mut sum = Value::Int(0);
    for value in &data {
        sum = machine.operate(Operator::Add, &sum, value)?;
    }
    divided(machine, &sum, data.len())
}

/// A whole number divided by a count: whole again, where that is exact.
fn divided(machine: &mut Machine, sum: &Value, count: usize) -> Result<Value, Raised> {
    let count = Value::from(count);
    let rest = machine.operate(Operator::Modulo, sum, &count)?;
    let operator = if matches!(rest, Value::Int(0)) { Operator::FloorDivide } else { Operator::Divide };
    machine.operate(operator, sum, &count)
}

fn median(machine: &mut Machine, arguments: &Arguments<'_>, takes_high: Option<bool>) -> Result<Value, Raised> {
    let data = machine.collect(arguments.alone("median")?)?;
    if data.is_empty() {
        return raise(ExceptionKind::StatisticsError, "no median for empty data");
    }
    let data = sort(machine, data, None, false)?;
    let middle = data.len() / 2;
    match takes_high {
        _ if data.len() % 2 == 1 => Ok(data[middle].clone()),
        Some(true) => Ok(data[middle].clone()),
        Some(false) => Ok(data[middle - 1].clone()),
        None => {
            let sum = machine.operate(Operator::Add, &data[middle - 1], &data[middle])?;
            machine.operate(Operator::Divide, &sum, &Value::Int(2))
        }
    }
}

fn mode(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let counts = Dict::default();
    for value in machine.collect(arguments.alone("mode")?)? {
        let count = counts.get(machine, &value)?.map_or(Ok(0), |count| count.whole())?;
        counts.insert(machine, value, Value::Int(count + 1))?;
    }
    let mut best: Option<(Value, i64)> = None;
    for (value, count) in counts.entries() {
        let count = count.whole()?;
        if best.as_ref().is_none_or(|(_, most)| count > *most) {
            best = Some((value, count));
        }
    }
    match best {
        Some((value, _)) => Ok(value),
        None => raise(ExceptionKind::StatisticsError, "no mode for empty data"),
    }
}

/// The variance, or what is made of it. `freedom`: by how much the divisor is less than the count.
fn spread(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    freedom: usize,
    of: fn(f64) -> f64,
) -> Result<Value, Raised> {
    let data = numbers(machine, arguments, freedom + 1)?;
    let mean = float_mean(&data);
    let squares: Vec<f64> = data.iter().map(|number| (number - mean) * (number - mean)).collect();
    let variance = sum_of(&squares) / (data.len() - freedom) as f64;
    // The variance of whole numbers is whole where that is exact.
    let is_whole = given(machine, arguments, 1)?.iter().all(|value| matches!(value, Value::Int(_)));
    let result = of(variance);
    match is_whole && result.fract() == 0.0 && of(4.0) == 4.0 {
        true => Ok(Value::Int(result as i64)),
        false => Ok(Value::Float(result)),
    }
}
