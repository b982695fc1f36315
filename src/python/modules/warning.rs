//! `warnings` and `gc`: what a run that ends with its page has little use for.

use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, Native, NativeClass, Object, Raised, Value};
use crate::trace::Stream;

/// An attribute of `warnings`.
pub fn get(name: &str) -> Option<Value> {
    static CATCH: NativeClass = NativeClass {
        name: "catch_warnings",
        module: "warnings",
        construct: |_, _| Ok(Object::value(&CATCH, Rc::new(()))),
        methods: &[
            Native { name: "__enter__", call: |_, _| Ok(Value::list(Vec::new())) },
            Native { name: "__exit__", call: |_, _| Ok(Value::None) },
        ],
        ..NativeClass::PLAIN
    };
    static FUNCTIONS: &[Native] = &[
        Native { name: "warn", call: warn },
        Native { name: "filterwarnings", call: |_, _| Ok(Value::None) },
        Native { name: "simplefilter", call: |_, _| Ok(Value::None) },
        Native { name: "resetwarnings", call: |_, _| Ok(Value::None) },
    ];
    match name {
        "catch_warnings" => Some(Value::Class(Class::Native(&CATCH))),
        _ => super::function(FUNCTIONS, name),
    }
}

fn warn(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [message, category, ..] = arguments.bind("warn", ["message", "category", "stacklevel", "source"], 1)?;
    let category = match category {
        Value::Class(class) => class.name().to_owned(),
        Value::Type(class) => class.name.to_string(),
        _ => "UserWarning".to_owned(),
    };
    let (message, line) = (machine.str(message)?, machine.line());
    let place = format!("{}:{line}: ", machine.file());
    let text = [&place, &category, ": ", &message, "\n  ", machine.source_line(line).trim(), "\n"].concat();
    machine.print(Stream::Error, &text);
    Ok(Value::None)
}

/// An attribute of `gc`.
pub fn gc(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "collect", call: |_, _| Ok(Value::Int(0)) },
        Native { name: "disable", call: |_, _| Ok(Value::None) },
        Native { name: "enable", call: |_, _| Ok(Value::None) },
    ];
    super::function(FUNCTIONS, name)
}
