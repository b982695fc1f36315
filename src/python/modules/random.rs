//! `random`: CPython's own numbers, from seed 0 unless the program says otherwise.

use crate::python::machine::Machine;
use crate::python::random::MersenneTwister;
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise, unfit};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "random", call: |machine, _| Ok(Value::Float(machine.random.random())) },
        Native { name: "randint", call: randint },
        Native { name: "randrange", call: randrange },
        Native { name: "uniform", call: uniform },
        Native { name: "choice", call: choice },
        Native { name: "shuffle", call: shuffle },
        Native { name: "sample", call: sample },
        Native { name: "expovariate", call: expovariate },
        Native { name: "gauss", call: gauss },
        Native { name: "seed", call: seed },
    ];
    FUNCTIONS.iter().find(|function| function.name == name).map(Value::Native)
}

fn float(value: &Value) -> Result<f64, Raised> {
    match value {
        Value::Float(number) => Ok(*number),
        other => Ok(other.whole()? as f64),
    }
}

fn or_value_error<T>(result: Result<T, String>) -> Result<T, Raised> {
    result.or_else(|message| raise(ExceptionKind::ValueError, message))
}

fn randint(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [low, high] = arguments.bind("randint", ["a", "b"], 2)?;
    or_value_error(machine.random.randint(low.whole()?, high.whole()?)).map(Value::Int)
}

fn randrange(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [start, stop, step] = arguments.bind("randrange", ["start", "stop", "step"], 1)?;
    let optional = |value: &Value| match value {
        Value::Unbound | Value::None => Ok(None),
        other => other.whole().map(Some),
    };
    let (stop, step) = (optional(stop)?, optional(step)?);
    or_value_error(machine.random.randrange(start.whole()?, stop, step)).map(Value::Int)
}

fn uniform(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [low, high] = arguments.bind("uniform", ["a", "b"], 2)?;
    Ok(Value::Float(machine.random.uniform(float(low)?, float(high)?)))
}

fn choice(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [sequence] = arguments.bind("choice", ["seq"], 1)?;
    let items = machine.collect(sequence)?;
    if items.is_empty() {
        return raise(ExceptionKind::IndexError, "Cannot choose from an empty sequence");
    }
    Ok(items[machine.random.choice_index(items.len())].clone())
}

fn shuffle(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [sequence] = arguments.bind("shuffle", ["x"], 1)?;
    let Value::List(list) = &sequence else {
        return unfit(sequence, "does not support item assignment");
    };
    machine.random.shuffle(&mut list.items.borrow_mut());
    Ok(Value::None)
}

fn sample(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [population, count] = arguments.bind("sample", ["population", "k"], 2)?;
    let items = machine.collect(population)?;
    let Ok(count) = usize::try_from(count.whole()?) else {
        return raise(ExceptionKind::ValueError, "Sample larger than population or is negative");
    };
    let picked = or_value_error(machine.random.sample_indices(items.len(), count))?;
    Ok(Value::list(picked.into_iter().map(|position| items[position].clone()).collect()))
}

fn expovariate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [rate] = arguments.bind("expovariate", ["lambd"], 0)?;
    let rate = if matches!(rate, Value::Unbound) { 1.0 } else { float(rate)? };
    if rate == 0.0 {
        return raise(ExceptionKind::ZeroDivisionError, "division by zero");
    }
    Ok(Value::Float(machine.random.expovariate(rate)))
}

fn gauss(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [mean, deviation] = arguments.bind("gauss", ["mu", "sigma"], 0)?;
    let or = |value: &Value, default: f64| if matches!(value, Value::Unbound) { Ok(default) } else { float(value) };
    let (mean, deviation) = (or(mean, 0.0)?, or(deviation, 1.0)?);
    Ok(Value::Float(machine.random.gauss(mean, deviation)))
}

fn seed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [seed] = arguments.bind("seed", ["a"], 0)?;
    // As CPython does, a negative seed counts like its opposite; no seed at all still has to be repeatable.
    let seed = if matches!(seed, Value::Unbound | Value::None) { 0 } else { seed.whole()?.unsigned_abs() };
    machine.random = MersenneTwister::from_seed(seed);
    Ok(Value::None)
}
