//! Methods of lists, dicts, sets and tuples.

use std::rc::Rc;

use super::builtins;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Dict, Exception, ExceptionKind, List, Native, Raised, Set, Value, equal, raise, repr,
};

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
    Native { name: "items", call: items },
    Native { name: "keys", call: |_, it| Ok(Value::list(dict(it)?.keys())) },
    Native { name: "values", call: |_, it| Ok(Value::list(dict(it)?.values())) },
    Native { name: "pop", call: dict_pop },
    Native { name: "setdefault", call: setdefault },
    Native { name: "update", call: update },
    Native { name: "clear", call: |_, it| dict(it).map(Dict::clear).map(|()| Value::None) },
    Native { name: "copy", call: dict_copy },
];

/// Methods of sets.
pub static SET: &[Native] = &[
    Native { name: "add", call: add },
    Native { name: "discard", call: |_, it| set(it)?.remove(argument(it)?).map(|_| Value::None) },
    Native { name: "remove", call: set_remove },
    Native { name: "pop", call: set_pop },
    Native { name: "clear", call: |_, it| set(it).map(Set::clear).map(|()| Value::None) },
    Native { name: "update", call: set_update },
    Native { name: "copy", call: |_, it| Ok(Value::Set(Rc::new(Set::from_members(set(it)?.members())?))) },
];

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

fn dict<'a>(arguments: &Arguments<'a>) -> Result<&'a Dict, Raised> {
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

fn remove(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let sought = argument(arguments)?;
    let mut items = list(arguments)?.items.borrow_mut();
    match items.iter().position(|item| equal(item, sought)) {
        Some(position) => {
            let removed = items.remove(position);
            drop(items);
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
    let sought = argument(arguments)?;
    let items = machine.collect(&arguments.positional[0])?;
    match items.iter().position(|item| equal(item, sought)) {
        Some(position) => Ok(Value::from(position)),
        None => raise(ExceptionKind::ValueError, format!("{} is not in list", repr(sought))),
    }
}

fn count(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let sought = argument(arguments)?;
    let items = machine.collect(&arguments.positional[0])?;
    Ok(Value::from(items.iter().filter(|item| equal(item, sought)).count()))
}

fn get(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("get", ["self", "key", "default"], 2)?;
    Ok(dict(arguments)?.get(key)?.unwrap_or_else(|| default.given_or(Value::None)))
}

fn items(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let entries = dict(arguments)?.entries();
    Ok(Value::list(entries.into_iter().map(|(key, value)| Value::tuple(vec![key, value])).collect()))
}

fn dict_pop(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("pop", ["self", "key", "default"], 2)?;
    match (dict(arguments)?.remove(key)?, default) {
        (Some(value), _) => Ok(value),
        (None, Value::Unbound) => Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()])),
        (None, default) => Ok(default.clone()),
    }
}

fn setdefault(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, default] = arguments.bind("setdefault", ["self", "key", "default"], 2)?;
    let dict = dict(arguments)?;
    if let Some(value) = dict.get(key)? {
        return Ok(value);
    }
    let default = default.given_or(Value::None);
    dict.insert(key.clone(), default.clone())?;
    Ok(default)
}

fn update(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let dict = dict(arguments)?;
    let others = Arguments { positional: &arguments.positional[1..], keywords: arguments.keywords };
    let constructor = builtins::constructor(crate::python::values::Class::Dict);
    let other = constructor.map_or(Ok(Value::None), |native| (native.call)(machine, &others))?;
    if let Value::Dict(other) = other {
        dict.update(&other)?;
    }
    Ok(Value::None)
}

fn dict_copy(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let copy = Dict::default();
    copy.update(dict(arguments)?)?;
    Ok(Value::Dict(Rc::new(copy)))
}

fn add(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    set(arguments)?.insert(argument(arguments)?.clone())?;
    Ok(Value::None)
}

fn set_remove(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let member = argument(arguments)?;
    match set(arguments)?.remove(member)? {
        true => Ok(Value::None),
        false => Err(Exception::new(ExceptionKind::KeyError, vec![member.clone()])),
    }
}

fn set_pop(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let set = set(arguments)?;
    let Some((_, first)) = set.member_from(0) else {
        return Err(Exception::new(ExceptionKind::KeyError, vec![Value::from("pop from an empty set")]));
    };
    set.remove(&first)?;
    Ok(first)
}

fn set_update(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let set = set(arguments)?;
    for iterable in &arguments.positional[1..] {
        set.extend(machine.collect(iterable)?)?;
    }
    Ok(Value::None)
}
