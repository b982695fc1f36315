//! `heapq` and `bisect`: lists that are kept as heaps, or in order.

use std::cell::RefCell;

use super::builtins::sort;
use super::primitives::heap;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Items, List, Native, Raised, Value, raise};

/// An attribute of `heapq`.
pub fn heapq(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "heappush", call: push },
        Native { name: "heappop", call: |machine, it| pop(machine, list(it, "heappop")?) },
        Native { name: "heapify", call: heapify },
        Native { name: "heappushpop", call: push_and_pop },
        Native { name: "heapreplace", call: replace },
        Native { name: "nsmallest", call: |machine, it| best(machine, it, false) },
        Native { name: "nlargest", call: |machine, it| best(machine, it, true) },
        Native { name: "merge", call: merge },
    ];
    super::function(FUNCTIONS, name)
}

/// An attribute of `bisect`.
pub fn bisect(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "bisect", call: |machine, it| place(machine, it, false).map(Value::from) },
        Native { name: "bisect_right", call: |machine, it| place(machine, it, false).map(Value::from) },
        Native { name: "bisect_left", call: |machine, it| place(machine, it, true).map(Value::from) },
        Native { name: "insort", call: |machine, it| insert(machine, it, false) },
        Native { name: "insort_right", call: |machine, it| insert(machine, it, false) },
        Native { name: "insort_left", call: |machine, it| insert(machine, it, true) },
    ];
    super::function(FUNCTIONS, name)
}

fn list<'a>(arguments: &Arguments<'a>, function: &str) -> Result<&'a List, Raised> {
    match arguments.positional.first() {
        Some(Value::List(list)) => Ok(list),
        other => {
            let name = other.map_or("nothing", Value::type_name);
            let place = if arguments.positional.len() > 1 { " 1" } else { "" };
            raise(ExceptionKind::TypeError, format!("{function}() argument{place} must be list, not {name}"))
        }
    }
}

fn item<'a>(arguments: &Arguments<'a>) -> Result<&'a Value, Raised> {
    match arguments.positional {
        [_, item] => Ok(item),
        other => raise(ExceptionKind::TypeError, format!("expected 2 arguments, got {}", other.len())),
    }
}

/// Does something with the items of a list as those of a heap.
fn as_heap<T>(
    machine: &mut Machine,
    list: &List,
    work: impl FnOnce(&mut Machine, &RefCell<Items>) -> Result<T, Raised>,
) -> Result<T, Raised> {
    let items = RefCell::new(Items(list.items.take().into()));
    let result = work(machine, &items);
    list.items.replace(items.into_inner().0.into());
    result
}

fn push(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let item = item(arguments)?.clone();
    as_heap(machine, list(arguments, "heappush")?, |machine, items| heap::push(machine, items, item))?;
    Ok(Value::None)
}

fn pop(machine: &mut Machine, list: &List) -> Result<Value, Raised> {
    match as_heap(machine, list, heap::pop)? {
        Some(least) => Ok(least),
        None => raise(ExceptionKind::IndexError, "index out of range"),
    }
}

fn heapify(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    as_heap(machine, list(arguments, "heapify")?, heap::heapify)?;
    Ok(Value::None)
}

/// Takes the least out for another item, which goes in.
fn exchange(machine: &mut Machine, list: &List, item: &Value) -> Result<Value, Raised> {
    let least = match list.items.borrow_mut().first_mut() {
        Some(first) => std::mem::replace(first, item.clone()),
        None => return raise(ExceptionKind::IndexError, "index out of range"),
    };
    as_heap(machine, list, |machine, items| heap::settle(machine, items, 0))?;
    Ok(least)
}

fn push_and_pop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (list, item) = (list(arguments, "heappushpop")?, item(arguments)?);
    let first = list.items.borrow().first().cloned();
    match first {
        Some(first) if machine.is_less(&first, item)? => exchange(machine, list, item),
        _ => Ok(item.clone()),
    }
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    exchange(machine, list(arguments, "heapreplace")?, item(arguments)?)
}

fn best(machine: &mut Machine, arguments: &Arguments<'_>, are_largest: bool) -> Result<Value, Raised> {
    let [count, iterable, key] = arguments.bind("nsmallest", ["n", "iterable", "key"], 2)?;
    let count = usize::try_from(count.whole()?).unwrap_or(0);
    let items = machine.collect(iterable)?;
    let mut sorted = sort(machine, items, Some(key), are_largest)?;
    sorted.truncate(count);
    Ok(Value::list(sorted))
}

/// See `heapq.merge`. The inputs are taken whole: nobody sees that, unless they never end.
fn merge(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let keyword = |name: &str| arguments.keywords.iter().find(|(key, _)| &**key == name).map(|(_, value)| value);
    let mut items = Vec::new();
    for iterable in arguments.positional {
        items.extend(machine.collect(iterable)?);
    }
    let is_reversed = keyword("reverse").is_some_and(Value::is_true);
    let sorted = sort(machine, items, keyword("key"), is_reversed)?;
    machine.iterate(&Value::list(sorted))
}

/// Where an item belongs in a list in order: before its equals, or behind them.
fn place(machine: &mut Machine, arguments: &Arguments<'_>, is_before: bool) -> Result<usize, Raised> {
    let [sequence, item, low, high, key] = arguments.bind("bisect", ["a", "x", "lo", "hi", "key"], 2)?;
    let items = machine.collect(sequence)?;
    let or = |value: &Value, default: usize| match value {
        Value::Unbound | Value::None => Ok(default),
        value => value.whole().map(|at| usize::try_from(at).unwrap_or(0)),
    };
    let (mut low, mut high) = (or(low, 0)?, or(high, items.len())?.min(items.len()));
    while low < high {
        let middle = (low + high) / 2;
        let other = match key {
            Value::Unbound | Value::None => items[middle].clone(),
            key => machine.call_value(key, std::slice::from_ref(&items[middle]))?,
        };
        let goes_behind = match is_before {
            true => machine.is_less(&other, item)?,
            false => !machine.is_less(item, &other)?,
        };
        if goes_behind {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(low)
}

fn insert(machine: &mut Machine, arguments: &Arguments<'_>, is_before: bool) -> Result<Value, Raised> {
    let [sequence, item, low, high, key] = arguments.bind("insort", ["a", "x", "lo", "hi", "key"], 2)?;
    let sought = match key {
        Value::Unbound | Value::None => item.clone(),
        key => machine.call_value(key, std::slice::from_ref(item))?,
    };
    let positional = [sequence, &sought, low, high, key].map(Clone::clone);
    let at = place(machine, &Arguments { positional: &positional, keywords: &[] }, is_before)?;
    let Value::List(list) = sequence else {
        let name = sequence.type_name();
        return raise(ExceptionKind::TypeError, format!("insort() argument 1 must be list, not {name}"));
    };
    let mut items = list.items.borrow_mut();
    let at = at.min(items.len());
    items.insert(at, item.clone());
    Ok(Value::None)
}
