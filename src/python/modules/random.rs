//! `random`: CPython's own numbers, from seed 0 unless the program says otherwise.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::random::MersenneTwister;
use crate::python::values::{
    Arguments, Class, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    match name {
        "Random" | "SystemRandom" => Some(Value::Class(Class::Native(&RANDOM))),
        _ => super::function(FUNCTIONS, name),
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "random", call: |machine, it| on_own(machine, it, 0) },
    Native { name: "randint", call: |machine, it| on_own(machine, it, 1) },
    Native { name: "randrange", call: |machine, it| on_own(machine, it, 2) },
    Native { name: "uniform", call: |machine, it| on_own(machine, it, 3) },
    Native { name: "choice", call: |machine, it| on_own(machine, it, 4) },
    Native { name: "choices", call: |machine, it| on_own(machine, it, 5) },
    Native { name: "shuffle", call: |machine, it| on_own(machine, it, 6) },
    Native { name: "sample", call: |machine, it| on_own(machine, it, 7) },
    Native { name: "expovariate", call: |machine, it| on_own(machine, it, 8) },
    Native { name: "gauss", call: |machine, it| on_own(machine, it, 9) },
    Native { name: "normalvariate", call: |machine, it| on_own(machine, it, 10) },
    Native { name: "triangular", call: |machine, it| on_own(machine, it, 11) },
    Native { name: "getrandbits", call: |machine, it| on_own(machine, it, 12) },
    Native { name: "seed", call: |machine, it| on_own(machine, it, 13) },
];

/// A generator of the program's own, and what it does. The functions of the module do the same with the machine's.
static RANDOM: NativeClass = NativeClass {
    name: "Random",
    module: "random",
    methods: METHODS,
    construct: |machine, it| {
        let random = Object::value(&RANDOM, Rc::new(RefCell::new(MersenneTwister::from_seed(0))));
        let [given] = it.bind("Random", ["x"], 0)?;
        seed(machine, &Arguments { positional: &[random.clone(), given.given_or(Value::None)], keywords: &[] })?;
        Ok(random)
    },
    ..NativeClass::PLAIN
};

const METHODS: &[Native] = &[
    Native { name: "random", call: |machine, it| draw(machine, &it.positional[0], |it| Value::Float(it.random())) },
    Native { name: "randint", call: randint },
    Native { name: "randrange", call: randrange },
    Native { name: "uniform", call: uniform },
    Native { name: "choice", call: choice },
    Native { name: "choices", call: choices },
    Native { name: "shuffle", call: shuffle },
    Native { name: "sample", call: sample },
    Native { name: "expovariate", call: expovariate },
    Native { name: "gauss", call: |machine, it| normal(machine, it, MersenneTwister::gauss) },
    Native { name: "normalvariate", call: |machine, it| normal(machine, it, MersenneTwister::normalvariate) },
    Native { name: "triangular", call: triangular },
    Native { name: "getrandbits", call: getrandbits },
    Native { name: "seed", call: seed },
];

/// A method, with the machine's own generator for its receiver.
fn on_own(machine: &mut Machine, arguments: &Arguments<'_>, method: usize) -> Result<Value, Raised> {
    let positional: Vec<Value> = [&Value::None].into_iter().chain(arguments.positional).cloned().collect();
    (METHODS[method].call)(machine, &Arguments { positional: &positional, keywords: arguments.keywords })
}

/// Draws from a generator: an object's, or the machine's for `None`.
fn draw<T>(machine: &mut Machine, receiver: &Value, how: impl FnOnce(&mut MersenneTwister) -> T) -> Result<T, Raised> {
    if let Value::None = receiver {
        return Ok(how(&mut machine.random));
    }
    let random = Object::state_of::<RefCell<MersenneTwister>>(receiver)?;
    Ok(how(&mut random.borrow_mut()))
}

fn float(value: &Value) -> Result<f64, Raised> {
    match value {
        Value::Float(number) => Ok(*number),
        other => Ok(other.whole()? as f64),
    }
}

fn float_or(value: &Value, default: f64) -> Result<f64, Raised> {
    if matches!(value, Value::Unbound) { Ok(default) } else { float(value) }
}

fn or_value_error<T>(result: Result<T, String>) -> Result<T, Raised> {
    result.or_else(|message| raise(ExceptionKind::ValueError, message))
}

fn randint(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, low, high] = arguments.bind("randint", ["self", "a", "b"], 3)?;
    let (low, high) = (low.whole()?, high.whole()?);
    or_value_error(draw(machine, random, |random| random.randint(low, high))?).map(Value::Int)
}

fn randrange(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, start, stop, step] = arguments.bind("randrange", ["self", "start", "stop", "step"], 2)?;
    let optional = |value: &Value| match value {
        Value::Unbound | Value::None => Ok(None),
        other => other.whole().map(Some),
    };
    let (start, stop, step) = (start.whole()?, optional(stop)?, optional(step)?);
    or_value_error(draw(machine, random, |random| random.randrange(start, stop, step))?).map(Value::Int)
}

fn uniform(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, low, high] = arguments.bind("uniform", ["self", "a", "b"], 3)?;
    let (low, high) = (float(low)?, float(high)?);
    draw(machine, random, |random| Value::Float(random.uniform(low, high)))
}

fn choice(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, sequence] = arguments.bind("choice", ["self", "seq"], 2)?;
    if let Value::Set(_) | Value::Dict(_) = sequence {
        return unfit(sequence, "is not subscriptable");
    }
    let items = machine.collect(sequence)?;
    if items.is_empty() {
        return raise(ExceptionKind::IndexError, "Cannot choose from an empty sequence");
    }
    let at = draw(machine, random, |random| random.choice_index(items.len()))?;
    Ok(items[at].clone())
}

fn choices(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, population, weights, sums, count] =
        arguments.bind("choices", ["self", "population", "weights", "cum_weights", "k"], 2)?;
    let items = machine.collect(population)?;
    let count = if let Value::Unbound = count { 1 } else { usize::try_from(count.whole()?).unwrap_or(0) };
    machine.check_size(count)?;
    let mut totals = Vec::new();
    for (given, adds_up) in [(weights, true), (sums, false)] {
        if !matches!(given, Value::Unbound | Value::None) {
            let mut total = 0.0;
            for weight in machine.collect(given)? {
                total = if adds_up { total + float(&weight)? } else { float(&weight)? };
                totals.push(total);
            }
            if totals.len() != items.len() {
                return raise(ExceptionKind::ValueError, "The number of weights does not match the population");
            }
            if total <= 0.0 {
                return raise(ExceptionKind::ValueError, "Total of weights must be greater than zero");
            }
        }
    }
    if items.is_empty() {
        return raise(ExceptionKind::IndexError, "list index out of range");
    }
    let mut chosen = Vec::with_capacity(count);
    for _ in 0..count {
        let at = draw(machine, random, |random| match totals.as_slice() {
            [] => random.choices_index(items.len()),
            totals => random.weighted_index(totals),
        })?;
        chosen.push(items[at].clone());
    }
    Ok(Value::list(chosen))
}

fn shuffle(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, sequence] = arguments.bind("shuffle", ["self", "x"], 2)?;
    let Value::List(list) = &sequence else {
        // CPython finds out after its first draw.
        let length = machine.collect(sequence)?.len();
        if length > 1 {
            draw(machine, random, |random| random.choice_index(length))?;
        }
        return unfit(sequence, "does not support item assignment");
    };
    draw(machine, random, |random| random.shuffle(&mut list.items.borrow_mut()))?;
    Ok(Value::None)
}

fn sample(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, population, count] = arguments.bind("sample", ["self", "population", "k"], 3)?;
    if let Value::Set(_) | Value::Dict(_) = population {
        let message = "Population must be a sequence.  For dicts or sets, use sorted(d).";
        return raise(ExceptionKind::TypeError, message);
    }
    let items = machine.collect(population)?;
    let Ok(count) = usize::try_from(count.whole()?) else {
        return raise(ExceptionKind::ValueError, "Sample larger than population or is negative");
    };
    let picked = or_value_error(draw(machine, random, |random| random.sample_indices(items.len(), count))?)?;
    Ok(Value::list(picked.into_iter().map(|position| items[position].clone()).collect()))
}

fn expovariate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, rate] = arguments.bind("expovariate", ["self", "lambd"], 1)?;
    let rate = float_or(rate, 1.0)?;
    if rate == 0.0 {
        return raise(ExceptionKind::ZeroDivisionError, "division by zero");
    }
    draw(machine, random, |random| Value::Float(random.expovariate(rate)))
}

fn normal(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    method: fn(&mut MersenneTwister, f64, f64) -> f64,
) -> Result<Value, Raised> {
    let [random, mean, deviation] = arguments.bind("gauss", ["self", "mu", "sigma"], 1)?;
    let (mean, deviation) = (float_or(mean, 0.0)?, float_or(deviation, 1.0)?);
    draw(machine, random, |random| Value::Float(method(random, mean, deviation)))
}

fn triangular(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, low, high, mode] = arguments.bind("triangular", ["self", "low", "high", "mode"], 1)?;
    let (low, high) = (float_or(low, 0.0)?, float_or(high, 1.0)?);
    let mode = if matches!(mode, Value::Unbound | Value::None) { None } else { Some(float(mode)?) };
    draw(machine, random, |random| Value::Float(random.triangular(low, high, mode)))
}

fn getrandbits(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, bits] = arguments.bind("getrandbits", ["self", "k"], 2)?;
    match u32::try_from(bits.whole()?) {
        Ok(bits @ 0..=63) => draw(machine, random, |random| Value::Int(random.getrandbits(bits) as i64)),
        Ok(_) => raise(ExceptionKind::OverflowError, "Signalbox draws up to 63 bits at once"),
        Err(_) => raise(ExceptionKind::ValueError, "Cannot convert negative int"),
    }
}

fn seed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [random, seed] = arguments.bind("seed", ["self", "a"], 1)?;
    // As CPython does, a negative seed counts like its opposite; no seed at all still has to be repeatable.
    let seed = match seed {
        Value::Unbound | Value::None => 0,
        Value::Float(_) | Value::Str(_) => {
            return raise(ExceptionKind::TypeError, "Signalbox takes whole numbers as seeds");
        }
        seed => seed.whole()?.unsigned_abs(),
    };
    draw(machine, random, |random| *random = MersenneTwister::from_seed(seed))?;
    Ok(Value::None)
}
