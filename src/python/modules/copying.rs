//! `copy` and `weakref`.

use std::rc::Rc;

use super::{builtins, containers};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, ExceptionKind, Instance, Native, Partial, Raised, Set, Value, raise};

/// An attribute of `copy`.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "copy", call: |machine, it| copy(machine, it.alone("copy")?) },
        Native {
            name: "deepcopy",
            call: |machine, it| {
                let [value, _] = it.bind("deepcopy", ["x", "memo"], 1)?;
                deep_copy(machine, value, &mut Vec::new())
            },
        },
    ];
    super::function(FUNCTIONS, name)
}

fn copy(machine: &mut Machine, value: &Value) -> Result<Value, Raised> {
    if let Some(copy) = machine.call_special_nested(value, "__copy__", &[])? {
        return Ok(copy);
    }
    match value {
        Value::List(list) => Ok(Value::list(list.items.borrow().clone())),
        Value::Dict(dict) => containers::copy(machine, dict),
        Value::Set(set) if !set.is_frozen => Set::value(machine, set.members(), false),
        Value::Instance(instance) => {
            let copied = Instance::of(instance.class.clone());
            copied.attributes.update(machine, &instance.attributes)?;
            if let Some(core) = instance.core() {
                copied.core.replace(copy(machine, &core)?);
            }
            Ok(Value::Instance(Rc::new(copied)))
        }
        Value::Object(_) => match machine.attribute_of(value, "copy") {
            Ok(method) => machine.call_value(&method, &[]),
            Err(_) => Ok(value.clone()),
        },
        other => Ok(other.clone()),
    }
}

/// A copy of a value and of all that it holds. `seen`: what has been copied already, with its copies.
fn deep_copy(machine: &mut Machine, value: &Value, seen: &mut Vec<(Value, Value)>) -> Result<Value, Raised> {
    if let Some((_, copy)) = seen.iter().find(|(other, _)| other.address().is_some() && other.is(value)) {
        return Ok(copy.clone());
    }
    if seen.len() > 10_000 {
        return raise(ExceptionKind::MemoryError, "Signalbox copies up to 10000 objects at once");
    }
    let all = |machine: &mut Machine, values: Vec<Value>, seen: &mut Vec<(Value, Value)>| {
        values.iter().map(|value| deep_copy(machine, value, seen)).collect::<Result<Vec<Value>, Raised>>()
    };
    match value {
        Value::List(list) => {
            let copied = Value::list(Vec::new());
            seen.push((value.clone(), copied.clone()));
            let items = list.items.borrow().clone();
            let items = all(machine, items, seen)?;
            if let Value::List(list) = &copied {
                list.items.replace(items);
            }
            Ok(copied)
        }
        Value::Tuple(items) => Ok(Value::tuple(all(machine, items.to_vec(), seen)?)),
        Value::Set(set) => {
            let members = all(machine, set.members(), seen)?;
            Set::value(machine, members, set.is_frozen)
        }
        Value::Dict(dict) => {
            let copied = copy(machine, value)?;
            seen.push((value.clone(), copied.clone()));
            let values = all(machine, dict.values(), seen)?;
            if let Value::Dict(copied) = &copied {
                dict.keys().into_iter().zip(values).try_for_each(|(key, value)| copied.insert(machine, key, value))?;
            }
            Ok(copied)
        }
        Value::Instance(_) => {
            let copied = copy(machine, value)?;
            seen.push((value.clone(), copied.clone()));
            if let Value::Instance(instance) = &copied {
                let values = all(machine, instance.attributes.values(), seen)?;
                for (key, value) in instance.attributes.keys().into_iter().zip(values) {
                    instance.attributes.insert(machine, key, value)?;
                }
                if let Some(core) = instance.core() {
                    instance.core.replace(deep_copy(machine, &core, seen)?);
                }
            }
            Ok(copied)
        }
        Value::Object(_) => copy(machine, value),
        other => Ok(other.clone()),
    }
}

/// An attribute of `weakref`. Nothing goes away while the program can still ask for it.
pub fn weakref(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "ref", call: reference },
        Native { name: "WeakMethod", call: reference },
        Native {
            name: "proxy",
            call: |_, it| {
                let [object, _] = it.bind("proxy", ["object", "callback"], 1)?;
                Ok(object.clone())
            },
        },
        Native {
            name: "WeakKeyDictionary",
            call: |machine, it| Ok(Value::Dict(Rc::new(builtins::entries(machine, it)?))),
        },
        Native {
            name: "WeakValueDictionary",
            call: |machine, it| Ok(Value::Dict(Rc::new(builtins::entries(machine, it)?))),
        },
        Native { name: "finalize", call: |_, _| Ok(Value::None) },
    ];
    match name {
        "WeakSet" => Some(Value::Class(Class::Set)),
        _ => super::function(FUNCTIONS, name),
    }
}

fn reference(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static GIVE: Native = Native { name: "weakref", call: |_, it| it.alone("weakref").cloned() };
    let [object, _] = arguments.bind("ref", ["object", "callback"], 1)?;
    let partial = Partial { function: Value::Native(&GIVE), positional: vec![object.clone()], keywords: Vec::new() };
    Ok(Value::Partial(Rc::new(partial)))
}
