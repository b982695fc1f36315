//! The tests behind the patterns of `match`.

use std::rc::Rc;

use crate::python::machine::{Machine, is_instance};
use crate::python::values::{Arguments, Class, Dict, ExceptionKind, Native, Raised, Value, raise, unfit};

/// Whether a value is a sequence of so many items, or with a star of at least as many.
pub static SEQUENCE: Native = Native {
    name: "match sequence",
    call: |machine, it| {
        let [subject, least, has_star] = it.bind("match", ["subject", "least", "has_star"], 3)?;
        let subject = &subject.plain();
        let length = match subject {
            Value::Tuple(items) => items.len() as i64,
            Value::List(list) => list.items.borrow().len() as i64,
            Value::Range(range) => range.len() as i64,
            Value::Object(object) if object.class.name == "deque" => {
                machine.call_special_nested(subject, "__len__", &[])?.unwrap_or(Value::None).whole()?
            }
            _ => return Ok(Value::Bool(false)),
        };
        let least = least.whole()?;
        Ok(Value::Bool(if has_star.is_true() { length >= least } else { length == least }))
    },
};

/// The values of a mapping under some keys, then with a star what it has beyond them; `None` unless it has them all.
pub static MAPPING: Native = Native {
    name: "match mapping",
    call: |machine, it| {
        let [subject, keys, has_rest] = it.bind("match", ["subject", "keys", "has_rest"], 3)?;
        let (Value::Dict(dict), Value::Tuple(keys)) = (&subject.plain(), keys) else { return Ok(Value::None) };
        let seen = Dict::default();
        let mut values = Vec::new();
        for key in keys.iter() {
            if seen.get(machine, key)?.is_some() {
                let key = crate::python::values::repr(key);
                return raise(ExceptionKind::ValueError, format!("mapping pattern checks duplicate key ({key})"));
            }
            seen.insert(machine, key.clone(), Value::None)?;
            match dict.get(machine, key)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        if has_rest.is_true() {
            let rest = Dict::default();
            rest.update(machine, dict)?;
            for key in keys.iter() {
                rest.remove(machine, key)?;
            }
            values.push(Value::Dict(Rc::new(rest)));
        }
        Ok(Value::tuple(values))
    },
};

/// The attributes that a class pattern asks for, first so many by position; `None` for what is no instance of the class
/// or lacks one of them.
pub static CLASS: Native = Native { name: "match class", call: class };

fn class(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [subject, class, count, names] = arguments.bind("match", ["subject", "class", "count", "names"], 4)?;
    let (Value::Class(_) | Value::Type(_), Value::Tuple(names)) = (class, names) else {
        return raise(ExceptionKind::TypeError, "called match pattern must be a class");
    };
    if is_instance(subject, class) != Some(true) {
        return Ok(Value::None);
    }
    let count = usize::try_from(count.whole()?).unwrap_or(0);
    let (is_itself, by_position) = if count > 0 { positional(class)? } else { (false, Vec::new()) };
    let most = if is_itself { 1 } else { by_position.len() };
    let called = match class {
        Value::Type(class) => class.name.to_string(),
        Value::Class(class) => class.name().to_owned(),
        _ => String::new(),
    };
    if count > most {
        let plural = if most == 1 { "" } else { "s" };
        let message = format!("{called}() accepts {most} positional sub-pattern{plural} ({count} given)");
        return raise(ExceptionKind::TypeError, message);
    }
    let mut values = Vec::new();
    let mut asked: Vec<&Value> = Vec::new();
    if is_itself && count > 0 {
        values.push(subject.clone());
    }
    let by_position = &by_position[..count.min(by_position.len())];
    for name in by_position.iter().chain(names.iter()) {
        let Value::Str(text) = name else {
            let kind = name.type_name();
            return raise(ExceptionKind::TypeError, format!("__match_args__ elements must be strings (got {kind})"));
        };
        if asked.iter().any(|other| other.is(name)) {
            let message = format!("{called}() got multiple sub-patterns for attribute '{text}'");
            return raise(ExceptionKind::TypeError, message);
        }
        asked.push(name);
        match machine.attribute_of(subject, text) {
            Ok(value) => values.push(value),
            Err(exception) if exception.kind.is_a(ExceptionKind::AttributeError) => return Ok(Value::None),
            Err(exception) => return Err(exception),
        }
    }
    Ok(Value::tuple(values))
}

/// Whether the one positional pattern of a class stands for the object itself, and else the attributes that they stand
/// for.
fn positional(class: &Value) -> Result<(bool, Vec<Value>), Raised> {
    use Class::{Bool, Bytes, Dict, Float, Int, List, Set, Str, Tuple};
    let own = match class {
        Value::Type(class) => class,
        Value::Class(class) => {
            return Ok((matches!(class, Bool | Bytes | Dict | Float | Int | List | Set | Str | Tuple), Vec::new()));
        }
        other => return unfit(other, "is no class"),
    };
    match own.find("__match_args__") {
        Some(Value::Tuple(names)) => Ok((false, names.to_vec())),
        Some(other) => {
            let (name, kind) = (&own.name, other.type_name());
            raise(ExceptionKind::TypeError, format!("{name}.__match_args__ must be a tuple (got {kind})"))
        }
        None => Ok((false, Vec::new())),
    }
}
