//! `collections.namedtuple` and `typing.NamedTuple`.

use std::rc::Rc;

use super::dataclasses::{fields_of, initializer};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Descriptor, Dict, ExceptionKind, Field, Native, Raised, Record, UserClass, Value, raise,
};

/// `collections.namedtuple`.
pub static NAMEDTUPLE: Native = Native { name: "namedtuple", call: named_tuple };

/// `typing.NamedTuple`: a base for a class, or a function.
pub static NAMED_TUPLE: Native = Native {
    name: "NamedTuple",
    call: |machine, it| {
        let [name, fields] = it.bind("NamedTuple", ["typename", "fields"], 2)?;
        let mut names = Vec::new();
        for field in machine.collect(fields)? {
            names.extend(machine.collect(&field)?.into_iter().next());
        }
        named_tuple(machine, &Arguments { positional: &[name.clone(), Value::list(names)], keywords: &[] })
    },
};

fn named_tuple(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let names = ["typename", "field_names", "rename", "defaults", "module"];
    let [name, fields, _, defaults, _] = arguments.bind("namedtuple", names, 2)?;
    let names: Vec<String> = match fields {
        Value::Str(names) => names.replace(',', " ").split_whitespace().map(str::to_owned).collect(),
        names => {
            let mut all = Vec::new();
            for name in machine.collect(names)? {
                all.push(machine.str(&name)?);
            }
            all
        }
    };
    for (position, name) in names.iter().enumerate() {
        if names[..position].contains(name) {
            return raise(ExceptionKind::ValueError, format!("Encountered duplicate field name: '{name}'"));
        }
        if name.starts_with('_') {
            let message = format!("Field names cannot start with an underscore: '{name}'");
            return raise(ExceptionKind::ValueError, message);
        }
    }
    let defaults = match defaults {
        Value::Unbound | Value::None => Vec::new(),
        defaults => machine.collect(defaults)?,
    };
    let Some(first_default) = names.len().checked_sub(defaults.len()) else {
        return raise(ExceptionKind::TypeError, "Got more default values than field names");
    };
    let field = |(position, name): (usize, &String)| Field {
        name: name.as_str().into(),
        default: position.checked_sub(first_default).map_or(Value::Unbound, |at| defaults[at].clone()),
        factory: Value::Unbound,
        is_represented: true,
        is_compared: true,
        is_initialized: true,
        is_keyword_only: false,
    };
    let fields = names.iter().enumerate().map(field).collect();
    let name: Rc<str> = machine.str(name)?.into();
    let class = UserClass::new(name.clone(), name, vec![Value::Class(Class::Tuple)], Rc::default())?;
    complete(&class, fields)?;
    Ok(Value::Type(class))
}

/// Makes a class whose base is `NamedTuple` what it is to be.
pub fn complete_class(class: &Rc<UserClass>) -> Result<(), Raised> {
    let fields = fields_of(class)?;
    complete(class, fields)
}

fn complete(class: &Rc<UserClass>, fields: Vec<Field>) -> Result<(), Raised> {
    let names: Vec<Value> = fields.iter().map(|field| Value::text(&*field.name)).collect();
    let defaults = Dict::default();
    for field in fields.iter().filter(|field| !matches!(field.default, Value::Unbound)) {
        defaults.set(&field.name, field.default.clone());
    }
    let attributes = &class.attributes;
    for method in METHODS {
        if attributes.get_named(method.name).is_none() {
            attributes.set(method.name, Value::Descriptor(Rc::new(Descriptor::Builtin(method))));
        }
    }
    attributes.set("__init__", initializer(class, &fields)?);
    attributes.set("_fields", Value::tuple(names.clone()));
    attributes.set("__match_args__", Value::tuple(names));
    attributes.set("_field_defaults", Value::Dict(Rc::new(defaults)));
    attributes.set("_make", Value::Descriptor(Rc::new(Descriptor::Class(Value::Native(&MAKE)))));
    let record = Record { fields, is_equal_by_value: true, is_ordered: true, is_frozen: true, is_represented: true };
    class.record.replace(Some(Rc::new(record)));
    Ok(())
}

static METHODS: &[Native] = &[
    Native {
        // Called at the end of `__init__`, when the fields are there.
        name: "__post_init__",
        call: |_, it| {
            let object = it.alone("__post_init__")?;
            if let Value::Instance(instance) = object {
                instance.core.replace(values(object));
            }
            Ok(Value::None)
        },
    },
    Native { name: "_asdict", call: |_, it| Ok(Value::Dict(Rc::new(as_dict(it.alone("_asdict")?, &[])))) },
    Native { name: "_replace", call: replace },
];

static MAKE: Native = Native {
    name: "_make",
    call: |machine, it| {
        let [class, iterable] = it.bind("_make", ["cls", "iterable"], 2)?;
        let values = machine.collect(iterable)?;
        machine.call_value(class, &values)
    },
};

/// The names of the fields of an object.
fn names(object: &Value) -> Vec<Rc<str>> {
    let record = object.user_class().and_then(|class| class.record());
    record.map_or_else(Vec::new, |record| record.fields.iter().map(|field| field.name.clone()).collect())
}

/// The values of the fields of an object.
fn values(object: &Value) -> Value {
    let Value::Instance(instance) = object else { return Value::None };
    let value = |name: &Rc<str>| instance.attributes.get_named(name).unwrap_or(Value::None);
    Value::tuple(names(object).iter().map(value).collect())
}

/// The fields of an object with their values, some of them replaced.
fn as_dict(object: &Value, replaced: &[(Rc<str>, Value)]) -> Dict {
    let dict = Dict::default();
    if let Value::Tuple(values) = values(object) {
        for (name, value) in names(object).iter().zip(values.iter()) {
            let other = replaced.iter().find(|(replaced, _)| replaced == name);
            dict.set(name, other.map_or(value, |(_, value)| value).clone());
        }
    }
    dict
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let object = &arguments.positional[0];
    let known = names(object);
    let unknown: Vec<Value> = arguments
        .keywords
        .iter()
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, _)| Value::text(&**name))
        .collect();
    if !unknown.is_empty() {
        let message = ["Got unexpected field names: ", &machine.repr(&Value::list(unknown))?].concat();
        return raise(ExceptionKind::TypeError, message);
    }
    let values = as_dict(object, arguments.keywords).values();
    machine.call_value(&object.class_value(), &values)
}
