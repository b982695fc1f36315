//! `collections.ChainMap`.

use std::rc::Rc;

use crate::python::compile::Comparison;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, Exception, ExceptionKind, Native, NativeClass, Object, Raised, Value};

/// Several mappings, of which the first that has a key counts.
pub static CHAIN_MAP: NativeClass = NativeClass {
    name: "ChainMap",
    module: "collections",
    construct: |_, it| Ok(chain(it.positional.to_vec())),
    attribute: |object, name| {
        let maps = object.state::<Vec<Value>>()?;
        match name {
            "maps" => Some(Value::list(maps.to_vec())),
            "parents" => Some(chain(maps.get(1..)?.to_vec())),
            _ => None,
        }
    },
    methods: &[
        Native {
            name: "__getitem__",
            call: |machine, it| {
                let key = &it.positional[1];
                find(machine, it)?.ok_or_else(|| Exception::new(ExceptionKind::KeyError, vec![key.clone()]))
            },
        },
        Native {
            name: "get",
            call: |machine, it| {
                let [_, _, default] = it.bind("get", ["self", "key", "default"], 2)?;
                Ok(find(machine, it)?.unwrap_or_else(|| default.given_or(Value::None)))
            },
        },
        Native { name: "__contains__", call: |machine, it| Ok(Value::Bool(find(machine, it)?.is_some())) },
        Native {
            name: "__setitem__",
            call: |machine, it| {
                let [me, key, value] = it.bind("__setitem__", ["self", "key", "value"], 3)?;
                machine.set_item_of(&maps(me)?[0], key, value.clone()).map(|()| Value::None)
            },
        },
        Native {
            name: "__delitem__",
            call: |machine, it| {
                let [me, key] = it.bind("__delitem__", ["self", "key"], 2)?;
                machine.delete_item_of(&maps(me)?[0], key).map(|()| Value::None)
            },
        },
        Native { name: "__iter__", call: |machine, it| of_whole(machine, it, "__iter__") },
        Native { name: "__len__", call: |machine, it| of_whole(machine, it, "__len__") },
        Native { name: "keys", call: |machine, it| of_whole(machine, it, "keys") },
        Native { name: "values", call: |machine, it| of_whole(machine, it, "values") },
        Native { name: "items", call: |machine, it| of_whole(machine, it, "items") },
        Native {
            name: "new_child",
            call: |machine, it| {
                let [me, child] = it.bind("new_child", ["self", "m"], 1)?;
                let child = match child {
                    Value::Unbound | Value::None => Value::Dict(Rc::default()),
                    child => child.clone(),
                };
                for (name, value) in it.keywords.iter().filter(|(name, _)| &**name != "m") {
                    machine.set_item_of(&child, &Value::text(&**name), value.clone())?;
                }
                Ok(chain([child].into_iter().chain(maps(me)?.iter().cloned()).collect()))
            },
        },
        Native {
            name: "__eq__",
            call: |machine, it| {
                let [me, other] = it.bind("__eq__", ["self", "other"], 2)?;
                let other = if maps(other).is_ok() { whole(machine, other)? } else { other.clone() };
                let me = whole(machine, me)?;
                machine.compare_values(Comparison::Equal, &me, &other).map(Value::Bool)
            },
        },
        Native {
            name: "__repr__",
            call: |machine, it| {
                let mut shown = Vec::new();
                for map in maps(it.alone("__repr__")?)?.iter() {
                    shown.push(machine.repr(map)?);
                }
                Ok(Value::text(["ChainMap(", &shown.join(", "), ")"].concat()))
            },
        },
    ],
    ..NativeClass::PLAIN
};

fn chain(mut maps: Vec<Value>) -> Value {
    if maps.is_empty() {
        maps.push(Value::Dict(Rc::default()));
    }
    Object::value(&CHAIN_MAP, Rc::new(maps))
}

fn maps(value: &Value) -> Result<Rc<Vec<Value>>, Raised> {
    Object::state_of(value)
}

fn find(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Option<Value>, Raised> {
    let [me, key, ..] = arguments.positional else { return Ok(None) };
    for map in maps(me)?.iter() {
        if machine.compare_values(Comparison::In, key, map)? {
            return machine.item_of(map, key).map(Some);
        }
    }
    Ok(None)
}

/// All its entries in one dict.
fn whole(machine: &mut Machine, me: &Value) -> Result<Value, Raised> {
    let dict = Dict::default();
    for map in maps(me)?.iter().rev() {
        for key in machine.collect(map)? {
            let value = machine.item_of(map, &key)?;
            dict.insert(machine, key, value)?;
        }
    }
    Ok(Value::Dict(Rc::new(dict)))
}

fn of_whole(machine: &mut Machine, arguments: &Arguments<'_>, method: &str) -> Result<Value, Raised> {
    let whole = whole(machine, arguments.alone(method)?)?;
    let method = machine.attribute_of(&whole, method)?;
    machine.call_value(&method, &[])
}
