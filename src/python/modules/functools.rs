//! `functools`.

use std::cell::OnceCell;
use std::rc::Rc;

use super::{caching, dispatch};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Descriptor, Dict, ExceptionKind, Function, Native, Partial, Raised, Value, raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    match name {
        "update_wrapper" => Some(Value::Native(&UPDATE)),
        name => FUNCTIONS.iter().find(|function| function.name == name).map(Value::Native),
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "partial", call: partial },
    Native {
        name: "wraps",
        call: |_, it| {
            let Some(wrapped) = it.positional.first() else {
                return raise(ExceptionKind::TypeError, "wraps() missing 1 required positional argument: 'wrapped'");
            };
            Ok(bound(&WRAP, wrapped.clone()))
        },
    },
    Native { name: "reduce", call: reduce },
    Native { name: "total_ordering", call: dispatch::total_ordering },
    Native { name: "singledispatch", call: |_, it| dispatch::single_dispatch(it, false) },
    Native { name: "singledispatchmethod", call: |_, it| dispatch::single_dispatch(it, true) },
    Native { name: "partialmethod", call: |_, it| dispatch::partial_method(it) },
    Native { name: "cache", call: caching::cache },
    Native { name: "lru_cache", call: caching::lru_cache },
    Native { name: "cmp_to_key", call: caching::cmp_to_key },
    Native {
        name: "cached_property",
        call: |_, it| Ok(Value::Descriptor(Rc::new(Descriptor::Cached(it.alone("cached_property")?.clone())))),
    },
];

static UPDATE: Native = Native {
    name: "update_wrapper",
    call: |machine, it| match it.positional {
        [wrapper, wrapped, ..] => {
            (WRAP.call)(machine, &Arguments { positional: &[wrapped.clone(), wrapper.clone()], keywords: &[] })
        }
        _ => raise(ExceptionKind::TypeError, "update_wrapper() missing 2 required positional arguments"),
    },
};

/// Gives a function the name of the one that it wraps.
static WRAP: Native = Native {
    name: "update_wrapper",
    call: |machine, it| {
        let [wrapped, wrapper] = it.bind("update_wrapper", ["wrapped", "wrapper"], 2)?;
        match (wrapper, machine.attribute_of(wrapped, "__name__")) {
            (Value::Function(function), Ok(Value::Str(name))) => {
                let attributes = Dict::default();
                for source in [wrapped, wrapper] {
                    if let Value::Function(source) = source
                        && let Some(own) = source.attributes.get()
                    {
                        attributes.update(machine, own)?;
                    }
                }
                if let Ok(qualified_name) = machine.attribute_of(wrapped, "__qualname__") {
                    attributes.set("__qualname__", qualified_name);
                }
                attributes.set("__wrapped__", wrapped.clone());
                let Function { code, defaults, keyword_defaults, captured, .. } = &**function;
                let function = Function {
                    name: name.as_str().into(),
                    code: code.clone(),
                    defaults: defaults.clone(),
                    keyword_defaults: keyword_defaults.clone(),
                    captured: captured.clone(),
                    documentation: machine.attribute_of(wrapped, "__doc__").unwrap_or(Value::None),
                    attributes: OnceCell::from(Rc::new(attributes)),
                };
                Ok(Value::Function(Rc::new(function)))
            }
            (other, Ok(name)) => {
                // Whatever takes attributes gets them.
                for (attribute, value) in [("__name__", name), ("__wrapped__", wrapped.clone())] {
                    let _ = machine.set_attribute_of(other, attribute, value);
                }
                if let Ok(documentation) = machine.attribute_of(wrapped, "__doc__") {
                    let _ = machine.set_attribute_of(other, "__doc__", documentation);
                }
                Ok(other.clone())
            }
            (other, _) => Ok(other.clone()),
        }
    },
};

/// A function that is called with this value before its other arguments.
fn bound(function: &'static Native, value: Value) -> Value {
    let partial = Partial { function: Value::Native(function), positional: vec![value], keywords: Vec::new() };
    Value::Partial(Rc::new(partial))
}

fn reduce(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [function, iterable, initial] = arguments.bind("reduce", ["function", "iterable", "initial"], 2)?;
    let mut items = machine.collect(iterable)?.into_iter();
    let first = if matches!(initial, Value::Unbound) { items.next() } else { Some(initial.clone()) };
    let Some(mut result) = first else {
        return raise(ExceptionKind::TypeError, "reduce() of empty iterable with no initial value");
    };
    for item in items {
        result = machine.call_value(function, &[result, item])?;
    }
    Ok(result)
}

fn partial(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [function, positional @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "type 'partial' takes at least one argument");
    };
    let partial =
        Partial { function: function.clone(), positional: positional.to_vec(), keywords: arguments.keywords.to_vec() };
    Ok(Value::Partial(Rc::new(partial)))
}
