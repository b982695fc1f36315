//! What `logging` does with records: handlers, which write them to a stream, and how formatters show them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::calendar::{Moment, padded};
use super::logging::level_of;
use super::system;
use super::text_format::{format, percent_format};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise};
use crate::trace::Stream;

/// Something that writes records.
pub struct Handler {
    pub level: Cell<i64>,
    pub formatter: RefCell<Option<Rc<Formatter>>>,
    /// `None` for standard error.
    pub stream: Value,
}

/// How records are shown.
pub struct Formatter {
    format: String,
    /// Empty for the usual one.
    date_format: String,
    /// `%` or `{`.
    style: char,
}

/// `logging.StreamHandler`.
pub static HANDLER: NativeClass = NativeClass {
    name: "StreamHandler",
    module: "logging",
    construct: |_, it| {
        let [stream] = it.bind("StreamHandler", ["stream"], 0)?;
        Ok(handler(stream.given_or(Value::None)))
    },
    methods: HANDLER_METHODS,
    ..NativeClass::PLAIN
};

/// `logging.NullHandler`.
pub static NULL_HANDLER: NativeClass = NativeClass {
    name: "NullHandler",
    module: "logging",
    construct: |_, _| Ok(Object::value(&NULL_HANDLER, Rc::new(()))),
    methods: HANDLER_METHODS,
    ..NativeClass::PLAIN
};

const HANDLER_METHODS: &[Native] = &[
    Native {
        name: "setFormatter",
        call: |_, it| {
            let [handler, formatter] = it.bind("setFormatter", ["self", "fmt"], 2)?;
            let formatter = Object::state_of::<Formatter>(formatter)?;
            if let Ok(handler) = Object::state_of::<Handler>(handler) {
                handler.formatter.replace(Some(formatter));
            }
            Ok(Value::None)
        },
    },
    Native {
        name: "setLevel",
        call: |_, it| {
            let [handler, level] = it.bind("setLevel", ["self", "level"], 2)?;
            let level = level_of(level)?;
            if let Ok(handler) = Object::state_of::<Handler>(handler) {
                handler.level.set(level);
            }
            Ok(Value::None)
        },
    },
    Native { name: "flush", call: |_, _| Ok(Value::None) },
    Native { name: "close", call: |_, _| Ok(Value::None) },
];

/// `logging.Formatter`.
pub static FORMATTER: NativeClass = NativeClass {
    name: "Formatter",
    module: "logging",
    construct: |machine, it| {
        let [format, date_format, style] = it.bind("Formatter", ["fmt", "datefmt", "style"], 0)?;
        Ok(Object::value(&FORMATTER, formatter(machine, format, date_format, style)?))
    },
    ..NativeClass::PLAIN
};

/// A handler that writes to a stream.
pub fn handler(stream: Value) -> Value {
    Object::value(&HANDLER, Rc::new(Handler { level: Cell::default(), formatter: RefCell::default(), stream }))
}

/// A formatter for a format, a format of dates and a style, each as the program gave it.
pub fn formatter(
    machine: &mut Machine,
    format: &Value,
    date_format: &Value,
    style: &Value,
) -> Result<Rc<Formatter>, Raised> {
    let mut text = |value: &Value, default: &str| match value {
        Value::Unbound | Value::None => Ok(default.to_owned()),
        value => machine.str(value),
    };
    let style = text(style, "%")?;
    let (style, usual) = match &*style {
        "%" => ('%', "%(message)s"),
        "{" => ('{', "{message}"),
        _ => return raise(ExceptionKind::ValueError, "Style must be one of: %,{"),
    };
    Ok(Rc::new(Formatter { format: text(format, usual)?, date_format: text(date_format, "")?, style }))
}

/// A text with its arguments.
pub fn formatted(machine: &mut Machine, template: &str, values: &Value) -> Result<String, Raised> {
    let text = percent_format(machine, template, values)?;
    machine.str(&text)
}

/// Has a handler write a record.
pub fn emit(
    machine: &mut Machine,
    handler: &Handler,
    record: &Rc<Dict>,
    exception: Option<&Raised>,
) -> Result<(), Raised> {
    let formatter = handler.formatter.borrow().clone();
    let mut text = match formatter {
        None => match record.get_named("message") {
            Some(message) => machine.str(&message)?,
            None => String::new(),
        },
        Some(formatter) => {
            if formatter.format.contains("asctime") {
                let moment = Moment::now(machine);
                let time = match &*formatter.date_format {
                    "" => moment.formatted("%Y-%m-%d %H:%M:%S") + "," + &padded(moment.microsecond / 1000, 3),
                    date_format => moment.formatted(date_format),
                };
                record.set("asctime", Value::text(time));
            }
            if formatter.style == '%' {
                formatted(machine, &formatter.format, &Value::Dict(record.clone()))?
            } else {
                let name = |(name, value): (Value, Value)| match name {
                    Value::Str(name) => Some((Rc::from(name.as_str()), value)),
                    _ => None,
                };
                let keywords: Vec<(Rc<str>, Value)> = record.entries().into_iter().filter_map(name).collect();
                let template = [Value::text(&*formatter.format)];
                let text = format(machine, &Arguments { positional: &template, keywords: &keywords })?;
                machine.str(&text)?
            }
        }
    };
    if let Some(exception) = exception {
        text.push('\n');
        text.push_str(machine.traceback(exception).trim_end_matches('\n'));
    }
    text.push('\n');
    match system::stream(&handler.stream) {
        _ if matches!(handler.stream, Value::None) => machine.print(Stream::Error, &text),
        Some(stream) => machine.print(stream, &text),
        None => {
            let write = machine.attribute_of(&handler.stream, "write")?;
            machine.call_value(&write, &[Value::text(text)])?;
        }
    }
    Ok(())
}
