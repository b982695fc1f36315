//! `itertools`.

use super::stream::{Parts, Step, class, holds, next_that, of_function, row, value};
use crate::python::compile::Operator;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Iter, Native, NativeClass, Raised, Value, raise};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    if name == "chain" {
        return Some(Value::Class(crate::python::values::Class::Native(&CHAIN)));
    }
    super::function(FUNCTIONS, name)
}

static FUNCTIONS: &[Native] = &[
    Native { name: "count", call: count },
    Native { name: "cycle", call: cycle },
    Native { name: "repeat", call: repeat },
    Native { name: "islice", call: islice },
    Native { name: "zip_longest", call: zip_longest },
    Native { name: "product", call: product },
    Native { name: "permutations", call: |machine, it| choose(machine, it, &PERMUTATIONS, next_permutation) },
    Native { name: "combinations", call: |machine, it| choose(machine, it, &COMBINATIONS, next_combination) },
    Native {
        name: "combinations_with_replacement",
        call: |machine, it| choose(machine, it, &REPLACING, next_replacing),
    },
    Native { name: "accumulate", call: accumulate },
    Native { name: "groupby", call: groupby },
    Native { name: "takewhile", call: |machine, it| of_function(machine, it, &TAKE_WHILE, take_while) },
    Native { name: "dropwhile", call: |machine, it| of_function(machine, it, &DROP_WHILE, drop_while) },
    Native {
        name: "filterfalse",
        call: |machine, it| of_function(machine, it, &FILTER_FALSE, |machine, parts| next_that(machine, parts, false)),
    },
    Native { name: "starmap", call: |machine, it| of_function(machine, it, &STAR_MAP, star_map) },
    Native { name: "compress", call: compress },
    Native { name: "tee", call: tee },
    Native { name: "batched", call: batched },
    Native { name: "pairwise", call: pairwise },
];

const MODULE: &str = "itertools";
static COUNT: NativeClass = class("count", MODULE);
static CYCLE: NativeClass = class("cycle", MODULE);
static REPEAT: NativeClass = class("repeat", MODULE);
static SLICE: NativeClass = class("islice", MODULE);
static LONGEST: NativeClass = class("zip_longest", MODULE);
static PRODUCT: NativeClass = class("product", MODULE);
static PERMUTATIONS: NativeClass = class("permutations", MODULE);
static COMBINATIONS: NativeClass = class("combinations", MODULE);
static REPLACING: NativeClass = class("combinations_with_replacement", MODULE);
static ACCUMULATE: NativeClass = class("accumulate", MODULE);
static GROUP_BY: NativeClass = class("groupby", MODULE);
static TAKE_WHILE: NativeClass = class("takewhile", MODULE);
static DROP_WHILE: NativeClass = class("dropwhile", MODULE);
static FILTER_FALSE: NativeClass = class("filterfalse", MODULE);
static STAR_MAP: NativeClass = class("starmap", MODULE);
static COMPRESS: NativeClass = class("compress", MODULE);
static TEE: NativeClass = class("_tee", MODULE);
static BATCHED: NativeClass = class("batched", MODULE);
static PAIRWISE: NativeClass = class("pairwise", MODULE);
static CHAIN: NativeClass = NativeClass {
    construct: |machine, it| chain(machine, &Value::tuple(it.positional.to_vec())),
    of_class: |name| {
        static FROM_ITERABLE: Native =
            Native { name: "from_iterable", call: |machine, it| chain(machine, it.alone("from_iterable")?) };
        (name == FROM_ITERABLE.name).then_some(Value::Native(&FROM_ITERABLE))
    },
    ..class("chain", MODULE)
};

/// An iterator over one iterable.
fn over_one(machine: &mut Machine, iterable: &Value) -> Result<Parts, Raised> {
    Parts::over(machine, std::slice::from_ref(iterable))
}

fn count(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [start, step] = arguments.bind("count", ["start", "step"], 0)?;
    let mut parts = Parts::over(machine, &[])?;
    parts.kept = vec![start.given_or(Value::Int(0)), step.given_or(Value::Int(1))];
    let next: Step = |machine, parts| {
        let following = machine.operate(Operator::Add, &parts.kept[0], &parts.kept[1])?;
        Ok(Some(std::mem::replace(&mut parts.kept[0], following)))
    };
    Ok(value(&COUNT, next, parts))
}

fn cycle(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let parts = over_one(machine, arguments.alone("cycle")?)?;
    let next: Step = |machine, parts| {
        if let Some(source) = parts.sources.first() {
            if let Some(value) = machine.next_value(source)? {
                parts.kept.push(value.clone());
                machine.check_size(parts.kept.len())?;
                return Ok(Some(value));
            }
            parts.sources.clear();
        }
        if parts.kept.is_empty() {
            return Ok(None);
        }
        let position = parts.numbers[0] as usize % parts.kept.len();
        parts.numbers[0] = position as i64 + 1;
        Ok(Some(parts.kept[position].clone()))
    };
    Ok(value(&CYCLE, next, parts))
}

fn repeat(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [object, times] = arguments.bind("repeat", ["object", "times"], 1)?;
    let mut parts = Parts::over(machine, &[])?;
    parts.kept.push(object.clone());
    parts.numbers[0] = if let Value::Unbound = times { i64::MAX } else { times.whole()? };
    let next: Step = |_, parts| {
        parts.numbers[0] -= 1;
        Ok((parts.numbers[0] >= 0).then(|| parts.kept[0].clone()))
    };
    Ok(value(&REPEAT, next, parts))
}

fn chain(machine: &mut Machine, iterables: &Value) -> Result<Value, Raised> {
    let parts = over_one(machine, iterables)?;
    let next: Step = |machine, parts| {
        loop {
            if let Some(current) = parts.sources.get(1) {
                if let Some(value) = machine.next_value(current)? {
                    return Ok(Some(value));
                }
                parts.sources.truncate(1);
            }
            let Some(iterable) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
            let iterator = machine.iterate(&iterable)?;
            parts.sources.push(iterator);
        }
    };
    Ok(value(&CHAIN, next, parts))
}

fn islice(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, start, stop, step] = arguments.bind("islice", ["iterable", "start", "stop", "step"], 2)?;
    let (start, stop) = if let Value::Unbound = stop { (&Value::None, start) } else { (start, stop) };
    let number = |value: &Value, default: i64, what: &str| match value {
        Value::None | Value::Unbound => Ok(default),
        Value::Int(number) if *number >= 0 => Ok(*number),
        _ => raise(
            ExceptionKind::ValueError,
            format!("{what} for islice() must be None or an integer: 0 <= x <= sys.maxsize."),
        ),
    };
    let mut parts = over_one(machine, iterable)?;
    let step = number(step, 1, "Step")?;
    if step == 0 {
        return raise(ExceptionKind::ValueError, "Step for islice() must be a positive integer or None.");
    }
    // The position of the next value, of the next one wanted, and of the end.
    parts.numbers = [0, number(start, 0, "Indices")?, number(stop, i64::MAX, "Stop argument")?];
    parts.positions = vec![step as usize];
    let next: Step = |machine, parts| {
        let [at, wanted, stop] = &mut parts.numbers;
        let target = (*wanted).min(*stop);
        while *at < target {
            *at += 1;
            if machine.next_value(&parts.sources[0])?.is_none() {
                *stop = 0;
                return Ok(None);
            }
        }
        if *at >= *stop {
            return Ok(None);
        }
        *at += 1;
        *wanted = wanted.saturating_add(parts.positions[0] as i64);
        machine.next_value(&parts.sources[0])
    };
    Ok(value(&SLICE, next, parts))
}

fn zip_longest(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut parts = Parts::over(machine, arguments.positional)?;
    parts.function = arguments.keywords.first().map_or(Value::None, |(_, fill)| fill.clone());
    parts.positions = (0..parts.sources.len()).collect();
    let next: Step = |machine, parts| {
        let mut row = vec![parts.function.clone(); parts.sources.len()];
        for position in parts.positions.clone() {
            match machine.next_value(&parts.sources[position])? {
                Some(value) => row[position] = value,
                None => parts.positions.retain(|other| *other != position),
            }
        }
        Ok((!parts.positions.is_empty()).then(|| Value::tuple(row)))
    };
    Ok(value(&LONGEST, next, parts))
}

/// The items of a pool at some positions.
fn picked(pool: &Value, positions: &[usize]) -> Value {
    match pool {
        Value::Tuple(items) => Value::tuple(positions.iter().map(|at| items[*at].clone()).collect()),
        _ => Value::None,
    }
}

fn size(pool: &Value) -> usize {
    if let Value::Tuple(items) = pool { items.len() } else { 0 }
}

fn product(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut parts = Parts::over(machine, &[])?;
    let mut pools = Vec::new();
    for iterable in arguments.positional {
        pools.push(Value::tuple(machine.collect(iterable)?));
    }
    let times = arguments.keywords.first().map_or(Ok(1), |(_, times)| times.whole())?;
    for _ in 0..times {
        parts.kept.extend(pools.iter().cloned());
    }
    parts.positions = vec![0; parts.kept.len()];
    parts.numbers[0] = i64::from(parts.kept.iter().all(|pool| size(pool) > 0));
    let next: Step = |_, parts| {
        if parts.numbers[0] == 0 {
            return Ok(None);
        }
        let item = |(pool, at): (&Value, &usize)| match pool {
            Value::Tuple(items) => items[*at].clone(),
            _ => Value::None,
        };
        let row = parts.kept.iter().zip(&parts.positions).map(item).collect();
        parts.numbers[0] = 0;
        for place in (0..parts.positions.len()).rev() {
            parts.positions[place] += 1;
            if parts.positions[place] < size(&parts.kept[place]) {
                parts.numbers[0] = 1;
                break;
            }
            parts.positions[place] = 0;
        }
        Ok(Some(Value::tuple(row)))
    };
    Ok(value(&PRODUCT, next, parts))
}

/// An iterator over choices of so many items of an iterable: `numbers` tells whether there are more, and how many.
fn choose(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    class: &'static NativeClass,
    next: Step,
) -> Result<Value, Raised> {
    let required = if class == &PERMUTATIONS { 1 } else { 2 };
    let [iterable, count] = arguments.bind(class.name, ["iterable", "r"], required)?;
    let pool = Value::tuple(machine.collect(iterable)?);
    let all = size(&pool);
    let count = match count {
        Value::Unbound | Value::None => all,
        count => match usize::try_from(count.whole()?) {
            Ok(count) => count,
            Err(_) => return raise(ExceptionKind::ValueError, "r must be non-negative"),
        },
    };
    let mut parts = Parts::over(machine, &[])?;
    let repeats = class == &REPLACING;
    parts.positions = if repeats { vec![0; count] } else { (0..all).collect() };
    parts.numbers = [i64::from(if repeats { all > 0 || count == 0 } else { count <= all }), count as i64, 0];
    parts.kept.push(pool);
    Ok(value(class, next, parts))
}

fn next_permutation(_: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    if parts.numbers[0] == 0 {
        return Ok(None);
    }
    let count = parts.numbers[1] as usize;
    let chosen = picked(&parts.kept[0], &parts.positions[..count]);
    // The next in lexicographic order of which the chosen part differs: what is behind that part stays ascending.
    let positions = &mut parts.positions;
    positions[count..].reverse();
    let rising = (1..positions.len()).rev().find(|at| positions[at - 1] < positions[*at]);
    parts.numbers[0] = i64::from(rising.is_some());
    if let Some(at) = rising {
        if let Some(larger) = (at..positions.len()).rev().find(|other| positions[*other] > positions[at - 1]) {
            positions.swap(at - 1, larger);
        }
        positions[at..].reverse();
    }
    Ok(Some(chosen))
}

fn next_combination(_: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    let count = parts.numbers[1] as usize;
    let all = size(&parts.kept[0]);
    advance(parts, |place| all - count + place, 1)
}

fn next_replacing(_: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    let last = size(&parts.kept[0]).saturating_sub(1);
    advance(parts, |_| last, 0)
}

/// Takes ascending positions one on: the last that is not at its limit grows, and those behind it follow.
fn advance(parts: &mut Parts, limit: impl Fn(usize) -> usize, distance: usize) -> Result<Option<Value>, Raised> {
    if parts.numbers[0] == 0 {
        return Ok(None);
    }
    let count = parts.numbers[1] as usize;
    let chosen = picked(&parts.kept[0], &parts.positions[..count]);
    let positions = &mut parts.positions;
    let grown = (0..count).rev().find(|place| positions[*place] < limit(*place));
    parts.numbers[0] = i64::from(grown.is_some());
    if let Some(grown) = grown {
        positions[grown] += 1;
        for place in grown + 1..count {
            positions[place] = positions[place - 1] + distance;
        }
    }
    Ok(Some(chosen))
}

fn accumulate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, function, initial] = arguments.bind("accumulate", ["iterable", "func", "initial"], 1)?;
    let mut parts = over_one(machine, iterable)?;
    parts.function = function.given_or(Value::None);
    if !matches!(initial, Value::Unbound | Value::None) {
        parts.kept.push(initial.clone());
        parts.numbers[0] = 1;
    }
    let next: Step = |machine, parts| {
        if std::mem::take(&mut parts.numbers[0]) == 1 {
            return Ok(parts.kept.first().cloned());
        }
        let Some(item) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
        let total = match (parts.kept.first(), &parts.function) {
            (None, _) => item,
            (Some(total), Value::None) => machine.operate(Operator::Add, &total.clone(), &item)?,
            (Some(total), function) => machine.call_value(function, &[total.clone(), item])?,
        };
        parts.kept = vec![total.clone()];
        Ok(Some(total))
    };
    Ok(value(&ACCUMULATE, next, parts))
}

fn groupby(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, key] = arguments.bind("groupby", ["iterable", "key"], 1)?;
    let mut parts = over_one(machine, iterable)?;
    parts.function = key.given_or(Value::None);
    // A group is taken as a whole: nobody sees that, unless the iterable changes while its groups are walked.
    let next: Step = |machine, parts| {
        let mut group = Vec::new();
        let mut key = None;
        if let [first, first_key] = parts.kept.as_slice() {
            group.push(first.clone());
            key = Some(first_key.clone());
            parts.kept.clear();
        }
        while let Some(item) = machine.next_value(&parts.sources[0])? {
            let item_key = match &parts.function {
                Value::None => item.clone(),
                function => machine.call_value(function, std::slice::from_ref(&item))?,
            };
            match &key {
                Some(key) if !machine.is_equal(key, &item_key)? => {
                    parts.kept = vec![item, item_key];
                    break;
                }
                Some(_) => {}
                None => key = Some(item_key),
            }
            group.push(item);
        }
        Ok(key.map(|key| Value::tuple(vec![key, Value::iterator(Iter::Values(group.into_iter()))])))
    };
    Ok(value(&GROUP_BY, next, parts))
}

fn take_while(machine: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    let Some(source) = parts.sources.first() else { return Ok(None) };
    let Some(item) = machine.next_value(source)? else { return Ok(None) };
    if holds(machine, parts, &item)? {
        return Ok(Some(item));
    }
    parts.sources.clear();
    Ok(None)
}

fn drop_while(machine: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    if std::mem::replace(&mut parts.numbers[0], 1) == 0 {
        return next_that(machine, parts, false);
    }
    machine.next_value(&parts.sources[0])
}

fn star_map(machine: &mut Machine, parts: &mut Parts) -> Result<Option<Value>, Raised> {
    let Some(row) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
    let row = machine.collect(&row)?;
    machine.call_value(&parts.function, &row).map(Some)
}

fn compress(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [data, selectors] = arguments.bind("compress", ["data", "selectors"], 2)?;
    let parts = Parts::over(machine, &[data.clone(), selectors.clone()])?;
    let next: Step = |machine, parts| {
        while let Some(row) = row(machine, parts, None)? {
            if machine.truth(&row[1])? {
                return Ok(row.into_iter().next());
            }
        }
        Ok(None)
    };
    Ok(value(&COMPRESS, next, parts))
}

fn tee(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, count] = arguments.bind("tee", ["iterable", "n"], 1)?;
    let count = if let Value::Unbound = count { 2 } else { count.whole()? };
    let (source, seen) = (machine.iterate(iterable)?, Value::list(Vec::new()));
    let next: Step = |machine, parts| {
        let Value::List(seen) = &parts.kept[0] else { return Ok(None) };
        let position = parts.numbers[0] as usize;
        let known = seen.items.borrow().get(position).cloned();
        let item = match known {
            Some(item) => item,
            None => match machine.next_value(&parts.sources[0])? {
                Some(item) => {
                    seen.items.borrow_mut().push(item.clone());
                    item
                }
                None => return Ok(None),
            },
        };
        parts.numbers[0] += 1;
        Ok(Some(item))
    };
    let mut copies = Vec::new();
    for _ in 0..count {
        let mut parts = Parts::over(machine, &[])?;
        parts.sources.push(source.clone());
        parts.kept.push(seen.clone());
        copies.push(value(&TEE, next, parts));
    }
    Ok(Value::tuple(copies))
}

fn batched(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, count, strict] = arguments.bind("batched", ["iterable", "n", "strict"], 2)?;
    let count = count.whole()?;
    if count < 1 {
        return raise(ExceptionKind::ValueError, "n must be at least one");
    }
    let mut parts = over_one(machine, iterable)?;
    parts.numbers = [count, i64::from(!matches!(strict, Value::Unbound) && strict.is_true()), 0];
    let next: Step = |machine, parts| {
        let mut batch = Vec::new();
        while (batch.len() as i64) < parts.numbers[0] {
            let Some(item) = machine.next_value(&parts.sources[0])? else { break };
            batch.push(item);
        }
        if parts.numbers[1] == 1 && !batch.is_empty() && (batch.len() as i64) < parts.numbers[0] {
            return raise(ExceptionKind::ValueError, "batched(): incomplete batch");
        }
        Ok((!batch.is_empty()).then(|| Value::tuple(batch)))
    };
    Ok(value(&BATCHED, next, parts))
}

fn pairwise(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let parts = over_one(machine, arguments.alone("pairwise")?)?;
    let next: Step = |machine, parts| {
        if parts.kept.is_empty() {
            let Some(first) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
            parts.kept.push(first);
        }
        let Some(item) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
        let before = std::mem::replace(&mut parts.kept[0], item.clone());
        Ok(Some(Value::tuple(vec![before, item])))
    };
    Ok(value(&PAIRWISE, next, parts))
}
