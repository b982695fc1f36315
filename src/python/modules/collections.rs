//! Methods of lists, dicts, sets and tuples.

use std::rc::Rc;

use super::views::{Shown, view};
use super::{builtins, containers};
use crate::python::compile::{Comparison, Operator};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, Exception, ExceptionKind, List, Native, Raised, Set, Value, raise};

/// Methods of lists.
pub static LIST: &[Native] = &[
    Native { name: "append", call: append },
    Native { name: "pop", call: pop },
    Native { name: "extend", call: extend },
    Native { name: "insert", call: insert },
    Native { name: "remove", call: remove },
    Native {
        name: "clear",
        call: |_, it| list(it).map(|list| drop(List::new(list.items.take()))).map(|()| Value::None),
    },
    Native { name: "copy", call: |_, it| Ok(Value::list(list(it)?.items.borrow().clone())) },
    Native {
        name: "reverse",
        call: |_, it| list(it).map(|list| list.items.borrow_mut().reverse()).map(|()| Value::None),
    },
    Native { name: "sort", call: sort },
    Native { name: "index", call: index },
    Native { name: "count", call: count },
];

/// Methods of tuples.
pub static TUPLE: &[Native] = &[Native { name: "index", call: index }, Native { name: "count", call: count }];

/// Methods of dicts.
pub static DICT: &[Native] = &[
    Native { name: "get", call: get },
    Native { name: "items", call: |_, it| view(it, Shown::Items) },
    Native { name: "keys", call: |_, it| view(it, Shown::Keys) },
    Native { name: "values", call: |_, it| view(it, Shown::Values) },
    Native { name: "popitem", call: pop_item },
    Native { name: "pop", call: dict_pop },
    Native { name: "setdefault", call: setdefault },
    Native { name: "update", call: update },
    Native { name: "clear", call: |_, it| dict(it).map(Dict::clear).map(|()| Value::None) },
    Native { name: "copy", call: |machine, it| containers::copy(machine, dict(it)?) },
    Native {
        name: "__contains__",
        call: |machine, it| Ok(Value::Bool(dict(it)?.get(machine, argument(it)?)?.is_some())),
    },
];

/// Methods of sets.
pub static SET: &[Native] = &[
    Native { name: "add", call: add },
    Native { name: "discard", call: |machine, it| set(it)?.remove(machine, argument(it)?).map(|_| Value::None) },
    Native { name: "remove", call: set_remove },
    Native { name: "pop", call: set_pop },
    Native { name: "clear", call: |_, it| set(it).map(Set::clear).map(|()| Value::None) },
    Native { name: "update", call: set_update },
    Native { name: "intersection_update", call: |machine, it| change(machine, it, Operator::And) },
    Native { name: "difference_update", call: |machine, it| change(machine, it, Operator::Subtract) },
    Native { name: "symmetric_difference_update", call: |machine, it| change(machine, it, Operator::Xor) },
    // From here on, those of frozen sets as well.
    Native { name: "copy", call: |machine, it| Set::value(machine, set(it)?.members(), set(it)?.is_frozen) },
    Native { name: "union", call: |machine, it| combine(machine, it, Operator::Or) },
    Native { name: "intersection", call: |machine, it| combine(machine, it, Operator::And) },
    Native { name: "difference", call: |machine, it| combine(machine, it, Operator::Subtract) },
    Native { name: "symmetric_difference", call: |machine, it| combine(machine, it, Operator::Xor) },
    Native { name: "issubset", call: |machine, it| relate(machine, it, Comparison::LessOrEqual) },
    Native { name: "issuperset", call: |machine, it| relate(machine, it, Comparison::GreaterOrEqual) },
    Native { name: "isdisjoint", call: is_disjoint },
];

/// Methods of frozen sets.
pub fn frozen_set() -> &'static [Native] {
    let first = SET.iter().position(|method| method.name == "copy").unwrap_or(0);
    &SET[first..]
}

/// `dict.fromkeys`.
pub static FROM_KEYS: Native = Native {
    name: "fromkeys",
    call: |machine, it| {
        let [keys, value] = it.bind("fromkeys", ["iterable", "value"], 1)?;
        let value = value.given_or(Value::None);
        let entries = machine.collect(keys)?.into_iter().map(|key| (key, value.clone())).collect();
        Ok(Value::Dict(Rc::new(Dict::from_entries(machine, entries)?)))
    },
};

fn receiver<'a, T>(arguments: &Arguments<'a>, of: fn(&Value) -> Option<&T>) -> Result<&'a T, Raised> {
    match arguments.positional.first().and_then(of) {
        Some(receiver) => Ok(receiver),
        None => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

fn list<'a>(arguments: &Arguments<'a>) -> Result<&'a List, Raised> {
    receiver(arguments, |value| match value {
        Value::List(list) => Some(&**list),
        _ => None,
    })
}

pub fn dict<'a>(arguments: &Arguments<'a>) -> Result<&'a Dict, Raised> {
    receiver(arguments, |value| match value {
        Value::Dict(dict) => Some(&**dict),
        _ => None,
    })
}

fn set<'a>(arguments: &Arguments<'a>) -> Result<&'a Set, Raised> {
    receiver(arguments, |value| match value {
        Value::Set(set) => Some(&**set),
        _ => None,
    })
}

/// The one argument of a method.
fn argument<'a>(arguments: &Arguments<'a>) -> Result<&'a Value, Raised> {
    match arguments.positional {
        [_, argument] => Ok(argument),
        other => {
            let given = other.len().saturating_sub(1);
            raise(ExceptionKind::TypeError, format!("this method takes exactly one argument ({given} given)"))
        }
    }
}

fn append(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    list(arguments)?.items.borrow_mut().push(argument(arguments)?.clone());
    Ok(Value::None)
}

fn pop(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut items = list(arguments)?.items.borrow_mut();
    let length = items.len() as i64;
    if length == 0 {
        return raise(ExceptionKind::IndexError, "pop from empty list");
    }
    let index = match arguments.positional.get(1) {
        None => -1,
        Some(index) => index.whole()?,
    };
    let position = if index < 0 { index + length } else { index };
    if !(0..length).contains(&position) {
        return raise(ExceptionKind::IndexError, "pop index out of range");
    }
    Ok(items.remove(position as usize))
}

fn extend(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let items = machine.collect(argument(arguments)?)?;
    let list = list(arguments)?;
    machine.check_size(list.items.borrow().len() + items.len())?;
    list.items.borrow_mut().extend(items);
    Ok(Value::None)
}

fn insert(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, Value::Int(index), item] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "insert expected 2 arguments");
    };
    let mut items = list(arguments)?.items.borrow_mut();
    let length = items.len() as i64;
    let position = if *index < 0 { (index + length).max(0) } else { (*index).min(length) };
    items.insert(position as usize, item.clone());
    Ok(Value::None)
}

fn remove(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let sought = argument(arguments)?;
    let list = list(arguments)?;
    let mut found = None;
    // The program may change the list while it is asked.
    let items = list.items.borrow().clone();
    for (position, item) in items.iter().enumerate() {
        if machine.is_equal(item, sought)? {
            found = Some(position);
            break;
        }
    }
    match found.filter(|position| *position < list.items.borrow().len()) {
        Some(position) => {
            let removed = list.items.borrow_mut().remove(position);
            drop(removed);
            Ok(Value::None)
        }
        None => raise(ExceptionKind::ValueError, "list.remove(x): x not in list"),
    }
}

fn sort(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, reverse] = arguments.bind("sort", ["self", "key", "reverse"], 1)?;
    let list = list(arguments)?;
    let items = list.items.take();
    let is_reversed = !matches!(reverse, Value::Unbound) && reverse.is_true();
    match builtins::sort(machine, items.clone(), Some(key), is_reversed) {
        Ok(sorted) => {
            *list.items.borrow_mut() = sorted;
            Ok(Value::None)
        }
        Err(exception) => {
            *list.items.borrow_mut() = items;
            Err(exception)
        }
    }
}

fn index(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [sequence, sought, start, stop] = arguments.bind("index", ["self", "value", "start", "stop"], 2)?;
    let items = machine.collect(sequence)?;
    let boundary = |value: &Value, default: usize| match value {
        Value::Unbound => Ok(default),
        value => value.whole().map(|at| {
            let at = if at < 0 { at + items.len() as i64 } else { at };
            at.clamp(0, items.len() as i64) as usize
        }),
    };
    let (start, stop) = (boundary(start, 0)?, boundary(stop, items.len())?);
    for (at, item) in items.iter().enumerate().take(stop).skip(start) {
        if machine.is_equal(item, sought)? {
            return Ok(Value::from(at));
        }
    }
    let name = sequence.type_name();
    raise(ExceptionKind::ValueError, [name, ".index(x): x not in ", name].concat())
}

fn count(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let sought = argument(arguments)?;
    let mut count = 0;
    for item in machine.collect(&arguments.positional[0])? {
        count += i64::from(machine.is_equal(&item, sought)?);
    }
    Ok(Value::Int(count))
}

fn get(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("get", ["self", "key", "default"], 2)?;
    Ok(dict(arguments)?.get(machine, key)?.unwrap_or_else(|| default.given_or(Value::None)))
}

fn dict_pop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("pop", ["self", "key", "default"], 2)?;
    match (dict(arguments)?.remove(machine, key)?, default) {
        (Some(value), _) => Ok(value),
        (None, Value::Unbound) => Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
        (None, default) => Ok(default.clone()),
    }
}

fn setdefault(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("setdefault", ["self", "key", "default"], 2)?;
    let dict = dict(arguments)?;
    if let Some(value) = dict.get(machine, key)? {
        return Ok(value);
    }
    let default = default.given_or(Value::None);
    dict.insert(machine, key.clone(), default.clone())?;
    Ok(default)
}

fn update(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let dict = dict(arguments)?;
    let others = Arguments { positional: &arguments.positional[1..], keywords: arguments.keywords };
    let others = builtins::entries(machine, &others)?;
    dict.update(machine, &others)?;
    Ok(Value::None)
}

fn pop_item(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let dict = dict(arguments)?;
    let Some((key, value)) = dict.entries().pop() else {
        return Err(Exception::new(ExceptionKind::KeyError, vec![Value::from("popitem(): dictionary is empty")]));
    };
    dict.remove(machine, &key)?;
    Ok(Value::tuple(vec![key, value]))
}

fn add(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    set(arguments)?.insert(machine, argument(arguments)?.clone())?;
    Ok(Value::None)
}

fn set_remove(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let member = argument(arguments)?;
    match set(arguments)?.remove(machine, member)? {
        true => Ok(Value::None),
        false => Err(Exception::new(ExceptionKind::KeyError, vec![member.clone()])),
    }
}

fn set_pop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let set = set(arguments)?;
    let Some((_, first)) = set.member_from(0) else {
        return Err(Exception::new(ExceptionKind::KeyError, vec![Value::from("pop from an empty set")]));
    };
    set.remove(machine, &first)?;
    Ok(first)
}

fn set_update(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let set = set(arguments)?;
    for iterable in &arguments.positional[1..] {
        let members = machine.collect(iterable)?;
        set.extend(machine, members)?;
    }
    Ok(Value::None)
}

/// A set and the others that a method is called with, one after the other.
fn combine(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let receiver = set(arguments)?;
    let mut result = Set::value(machine, receiver.members(), receiver.is_frozen)?;
    for iterable in &arguments.positional[1..] {
        let members = machine.collect(iterable)?;
        let other = Set::value(machine, members, false)?;
        result = machine.operate(operator, &result, &other)?;
    }
    Ok(result)
}

fn change(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let result = combine(machine, arguments, operator)?;
    let members = machine.collect(&result)?;
    let set = set(arguments)?;
    set.clear();
    set.extend(machine, members)?;
    Ok(Value::None)
}

fn relate(machine: &mut Machine, arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let members = machine.collect(argument(arguments)?)?;
    let other = Set::value(machine, members, false)?;
    machine.compare_values(comparison, &arguments.positional[0], &other).map(Value::Bool)
}

fn is_disjoint(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let set = set(arguments)?;
    for member in machine.collect(argument(arguments)?)? {
        if set.contains(machine, &member)? {
            return Ok(Value::Bool(false));
        }
    }
    Ok(Value::Bool(true))
}
