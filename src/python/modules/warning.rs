//! `warnings` and `gc`: what a run that ends with its page has little use for.

use std::cell::Cell;
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
        Native { name: "filterwarnings", call: filter },
        Native { name: "simplefilter", call: filter },
        Native { name: "resetwarnings", call: |machine, _| Ok(ignore(machine, false)) },
    ];
    match name {
        "catch_warnings" => Some(Value::Class(Class::Native(&CATCH))),
        _ => super::function(FUNCTIONS, name),
    }
}

/// Whether warnings are ignored.
#[derive(Default)]
struct Ignored(Cell<bool>);

fn ignore(machine: &mut Machine, is_ignored: bool) -> Value {
    machine.state::<Ignored>().0.set(is_ignored);
    Value::None
}

fn filter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let is_ignored = matches!(arguments.positional.first(), Some(Value::Str(action)) if action.as_str() == "ignore");
    Ok(ignore(machine, is_ignored))
}

fn warn(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [message, category, ..] = arguments.bind("warn", ["message", "category", "stacklevel", "source"], 1)?;
    if machine.state::<Ignored>().0.get() {
        return Ok(Value::None);
    }
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
