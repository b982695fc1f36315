//! The entries of mappings, the program's own among them.

use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, ExceptionKind, Raised, Value, raise};

/// Whether an object says what its keys are, as a mapping does.
fn has_keys(machine: &mut Machine, object: &Value) -> bool {
    matches!(object, Value::Instance(_) | Value::Object(_)) && machine.attribute_of(object, "keys").is_ok()
}

/// The entries of a mapping; `None` for what is none.
pub fn mapping_entries(machine: &mut Machine, object: &Value) -> Result<Option<Rc<Dict>>, Raised> {
    if let Value::Dict(dict) = object.plain() {
        return Ok(Some(dict));
    }
    if !has_keys(machine, object) {
        return Ok(None);
    }
    let entries = entries(machine, &Arguments { positional: std::slice::from_ref(object), keywords: &[] })?;
    Ok(Some(Rc::new(entries)))
}

/// The entries that `dict(...)` is called for.
pub fn entries(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Dict, Raised> {
    let dict = Dict::default();
    match arguments.positional {
        [] => {}
        [given] if let Value::Dict(other) = &given.plain() => dict.update(machine, other)?,
        [mapping] if has_keys(machine, mapping) => {
            let keys = machine.attribute_of(mapping, "keys")?;
            let keys = machine.call_value(&keys, &[])?;
            for key in machine.collect(&keys)? {
                let value = machine.item_of(mapping, &key)?;
                dict.insert(machine, key, value)?;
            }
        }
        [pairs] => {
            for (position, pair) in machine.collect(pairs)?.iter().enumerate() {
                match machine.collect(pair)?.as_slice() {
                    [key, value] => dict.insert(machine, key.clone(), value.clone())?,
                    other => {
                        let length = other.len();
                        let message = format!(
                            "dictionary update sequence element #{position} has length {length}; 2 is required"
                        );
                        return raise(ExceptionKind::ValueError, message);
                    }
                }
            }
        }
        many => {
            let message = format!("dict expected at most 1 argument, got {}", many.len());
            return raise(ExceptionKind::TypeError, message);
        }
    }
    for (name, value) in arguments.keywords {
        dict.set(name, value.clone());
    }
    Ok(dict)
}
