//! `collections.namedtuple` and `typing.NamedTuple`.

use std::rc::Rc;

use super::dataclasses::{fields_of, initializer};
use crate::python::compile::Comparison;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Descriptor, Dict, ExceptionKind, Field, Native, NativeClass, Object, Raised, Record, UserClass,
    Value, raise,
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
    let class = UserClass::new(name.clone(), name, Vec::new(), Rc::default())?;
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
    attributes.set("__init__", initializer(class, &fields)?);
    attributes.set("_fields", Value::tuple(names.clone()));
    attributes.set("__match_args__", Value::tuple(names));
    attributes.set("_field_defaults", Value::Dict(Rc::new(defaults)));
    attributes.set("_make", Value::Descriptor(Rc::new(Descriptor::Class(Value::Native(&MAKE)))));
    for method in METHODS {
        if attributes.get_named(method.name).is_none() {
            attributes.set(method.name, Object::value(&METHOD, Rc::new(method)));
        }
    }
    let record = Record { fields, is_equal_by_value: true, is_ordered: true, is_frozen: true, is_represented: true };
    class.record.replace(Some(Rc::new(record)));
    Ok(())
}

/// A method of the classes, in a form that a class can hold.
static METHOD: NativeClass = NativeClass {
    name: "function",
    methods: &[
        Native { name: "__get__", call: |_, it| Ok(it.positional[0].clone()) },
        Native {
            name: "__call__",
            call: |machine, it| {
                let [method, rest @ ..] = it.positional else { return Ok(Value::None) };
                let method = Object::state_of::<&'static Native>(method)?;
                if rest.is_empty() {
                    let message = format!("{}() missing 1 required positional argument: 'self'", method.name);
                    return raise(ExceptionKind::TypeError, message);
                }
                (method.call)(machine, &Arguments { positional: rest, keywords: it.keywords })
            },
        },
    ],
    ..NativeClass::PLAIN
};

static METHODS: &[Native] = &[
    Native { name: "__iter__", call: |machine, it| machine.iterate(&values(it.alone("__iter__")?)) },
    Native { name: "__len__", call: |_, it| Ok(Value::from(names(it.alone("__len__")?).len())) },
    Native {
        name: "__getitem__",
        call: |machine, it| {
            let [me, index] = it.bind("__getitem__", ["self", "key"], 2)?;
            machine.item_of(&values(me), index)
        },
    },
    Native { name: "__eq__", call: |machine, it| compare(machine, it, Comparison::Equal) },
    Native { name: "__lt__", call: |machine, it| compare(machine, it, Comparison::Less) },
    Native { name: "__le__", call: |machine, it| compare(machine, it, Comparison::LessOrEqual) },
    Native { name: "__gt__", call: |machine, it| compare(machine, it, Comparison::Greater) },
    Native { name: "__ge__", call: |machine, it| compare(machine, it, Comparison::GreaterOrEqual) },
    Native { name: "_asdict", call: |_, it| as_dict(it.alone("_asdict")?, &[]).map(|dict| Value::Dict(Rc::new(dict))) },
    Native { name: "_replace", call: replace },
    Native { name: "index", call: |machine, it| of_tuple(machine, it, "index") },
    Native { name: "count", call: |machine, it| of_tuple(machine, it, "count") },
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

/// The object as a tuple; any other value as it is.
fn values(object: &Value) -> Value {
    let Value::Instance(instance) = object else { return object.clone() };
    let value = |name: &Rc<str>| instance.attributes.get_named(name).unwrap_or(Value::None);
    Value::tuple(names(object).iter().map(value).collect())
}

fn compare(machine: &mut Machine, arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("tuple", ["self", "other"], 2)?;
    let (left, right) = (values(left), values(right));
    match right.class() {
        Class::Tuple => machine.compare_values(comparison, &left, &right).map(Value::Bool),
        _ => Ok(Value::NotImplemented),
    }
}

fn of_tuple(machine: &mut Machine, arguments: &Arguments<'_>, method: &str) -> Result<Value, Raised> {
    let method = machine.attribute_of(&values(&arguments.positional[0]), method)?;
    machine.call_value(&method, &arguments.positional[1..])
}

/// The fields of an object with their values, some of them replaced.
fn as_dict(object: &Value, replaced: &[(Rc<str>, Value)]) -> Result<Dict, Raised> {
    let dict = Dict::default();
    if let Value::Tuple(values) = values(object) {
        for (name, value) in names(object).iter().zip(values.iter()) {
            let other = replaced.iter().find(|(replaced, _)| replaced == name);
            dict.insert(Value::text(&**name), other.map_or(value, |(_, value)| value).clone())?;
        }
    }
    Ok(dict)
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
    let values = as_dict(object, arguments.keywords)?.values();
    machine.call_value(&object.class_value(), &values)
}
