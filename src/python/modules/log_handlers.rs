//! What `logging` does with records: handlers, which write them to a stream, and how formatters show them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::calendar::{Moment, padded};
use super::logging::level_of;
use super::system;
use super::text_format::{format, percent_format};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Derivation, Dict, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise,
};
use crate::trace::Stream;

/// Something that writes records.
pub struct Handler {
    pub level: Cell<i64>,
    /// A formatter, or `None`.
    pub formatter: RefCell<Value>,
    /// Filters, each an object or a function.
    pub filters: RefCell<Vec<Value>>,
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
    base_for: Derivation::Within,
    attribute: handler_attribute,
    ..NativeClass::PLAIN
};

/// `logging.Handler`: what a program derives its own from.
pub static BASE_HANDLER: NativeClass = NativeClass {
    name: "Handler",
    module: "logging",
    construct: |_, it| {
        let [level] = it.bind("Handler", ["level"], 0)?;
        let state = new_handler(Value::None);
        state.level.set(if matches!(level, Value::Unbound) { 0 } else { level_of(level)? });
        Ok(Object::value(&BASE_HANDLER, Rc::new(state)))
    },
    methods: HANDLER_METHODS,
    base_for: Derivation::Within,
    attribute: handler_attribute,
    ..NativeClass::PLAIN
};

fn handler_attribute(object: &Object, name: &str) -> Option<Value> {
    let handler = object.state::<Handler>()?;
    match name {
        "level" => Some(Value::Int(handler.level.get())),
        "formatter" => Some(handler.formatter.borrow().clone()),
        "stream" => Some(handler.stream.clone()),
        _ => None,
    }
}

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
            if let Ok(handler) = Object::state_of::<Handler>(handler) {
                handler.formatter.replace(formatter.clone());
            }
            Ok(Value::None)
        },
    },
    Native {
        name: "addFilter",
        call: |_, it| {
            let [handler, filter] = it.bind("addFilter", ["self", "filter"], 2)?;
            Object::state_of::<Handler>(handler)?.filters.borrow_mut().push(filter.clone());
            Ok(Value::None)
        },
    },
    Native {
        name: "format",
        call: |machine, it| {
            let [handler, record] = it.bind("format", ["self", "record"], 2)?;
            shown(machine, &*Object::state_of::<Handler>(handler)?, record).map(Value::text)
        },
    },
    Native {
        name: "emit",
        call: |machine, it| {
            let [handler, record] = it.bind("emit", ["self", "record"], 2)?;
            let handler = Object::state_of::<Handler>(handler)?;
            let text = shown(machine, &handler, record)?;
            write(machine, &handler, text)
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
        formatter(machine, format, date_format, style)
    },
    methods: &[Native {
        name: "format",
        call: |machine, it| {
            let [formatter, record] = it.bind("format", ["self", "record"], 2)?;
            let formatter = Object::state_of::<Formatter>(formatter)?;
            shown_by(machine, Some(&formatter), &*Object::state_of::<Record>(record)?).map(Value::text)
        },
    }],
    base_for: Derivation::Within,
    ..NativeClass::PLAIN
};

/// A handler that writes to a stream.
pub fn handler(stream: Value) -> Value {
    Object::value(&HANDLER, Rc::new(new_handler(stream)))
}

/// A handler that takes every record and formats none.
pub fn new_handler(stream: Value) -> Handler {
    Handler { level: Cell::default(), formatter: Value::None.into(), filters: RefCell::default(), stream }
}

/// `logging.Filter`, which lets everything pass unless it is for the loggers below a name.
pub static FILTER: NativeClass = NativeClass {
    name: "Filter",
    module: "logging",
    construct: |machine, it| {
        let [name] = it.bind("Filter", ["name"], 0)?;
        let name = if matches!(name, Value::Unbound) { String::new() } else { machine.str(name)? };
        Ok(Object::value(&FILTER, Rc::new(name)))
    },
    methods: &[Native {
        name: "filter",
        call: |machine, it| {
            let [filter, record] = it.bind("filter", ["self", "record"], 2)?;
            let name = Object::state_of::<String>(filter)?;
            let logger = machine.attribute_of(record, "name")?;
            let logger = machine.str(&logger)?;
            let rest = logger.strip_prefix(&**name);
            Ok(Value::Bool(name.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))))
        },
    }],
    base_for: Derivation::Within,
    ..NativeClass::PLAIN
};

/// What is logged: `logging.LogRecord`.
pub struct Record {
    pub attributes: Rc<Dict>,
    pub exception: Option<Raised>,
}

/// `logging.LogRecord`.
pub static RECORD: NativeClass = NativeClass {
    name: "LogRecord",
    module: "logging",
    methods: &[Native {
        name: "getMessage",
        call: |_, it| {
            let record = Object::state_of::<Record>(it.alone("getMessage")?)?;
            Ok(record.attributes.get_named("message").unwrap_or(Value::None))
        },
    }],
    attribute: |object, name| {
        let record = object.state::<Record>()?;
        match name {
            "__dict__" => Some(Value::Dict(record.attributes.clone())),
            "exc_info" => Some(record.exception.clone().map_or(Value::None, |exception| {
                let exception = Value::Exception(exception);
                Value::tuple(vec![exception.class_value(), exception, Value::None])
            })),
            name => record.attributes.get_named(name),
        }
    },
    assign: |object, name, value| match object.state::<Record>() {
        Some(record) => {
            record.attributes.set(name, value.clone());
            true
        }
        None => false,
    },
    ..NativeClass::PLAIN
};

/// A formatter for a format, a format of dates and a style, each as the program gave it.
pub fn formatter(machine: &mut Machine, format: &Value, date_format: &Value, style: &Value) -> Result<Value, Raised> {
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
    let formatter = Formatter { format: text(format, usual)?, date_format: text(date_format, "")?, style };
    Ok(Object::value(&FORMATTER, Rc::new(formatter)))
}

/// A text with its arguments.
pub fn formatted(machine: &mut Machine, template: &str, values: &Value) -> Result<String, Raised> {
    let text = percent_format(machine, template, values)?;
    machine.str(&text)
}

/// Has a handler write a record, if its level and its filters let it.
pub fn handle(machine: &mut Machine, handler: &Value, record: &Value, level: i64) -> Result<(), Raised> {
    let Ok(state) = Object::state_of::<Handler>(&handler.plain()) else { return Ok(()) };
    if level < state.level.get() || !passes(machine, &state.filters, record)? {
        return Ok(());
    }
    machine.call_special_nested(handler, "emit", std::slice::from_ref(record)).map(|_| ())
}

/// Whether all of some filters let a record pass.
pub fn passes(machine: &mut Machine, filters: &RefCell<Vec<Value>>, record: &Value) -> Result<bool, Raised> {
    let filters = filters.borrow().clone();
    for filter in &filters {
        let answer = match machine.call_special_nested(filter, "filter", std::slice::from_ref(record))? {
            Some(answer) => answer,
            None => machine.call_value(filter, std::slice::from_ref(record))?,
        };
        if !machine.truth(&answer)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A record as a handler shows it.
pub fn shown(machine: &mut Machine, handler: &Handler, record: &Value) -> Result<String, Raised> {
    let formatter = handler.formatter.borrow().clone();
    if let Value::None = formatter {
        return shown_by(machine, None, &*Object::state_of::<Record>(record)?);
    }
    let text = machine.call_special_nested(&formatter, "format", std::slice::from_ref(record))?;
    machine.str(&text.unwrap_or(Value::None))
}

fn shown_by(machine: &mut Machine, formatter: Option<&Formatter>, record: &Record) -> Result<String, Raised> {
    let attributes = &record.attributes;
    let mut text = match formatter {
        None => match attributes.get_named("message") {
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
                attributes.set("asctime", Value::text(time));
            }
            if formatter.style == '%' {
                formatted(machine, &formatter.format, &Value::Dict(attributes.clone()))?
            } else {
                let name = |(name, value): (Value, Value)| match name {
                    Value::Str(name) => Some((Rc::from(name.as_str()), value)),
                    _ => None,
                };
                let keywords: Vec<(Rc<str>, Value)> = attributes.entries().into_iter().filter_map(name).collect();
                let template = [Value::text(&*formatter.format)];
                let text = format(machine, &Arguments { positional: &template, keywords: &keywords })?;
                machine.str(&text)?
            }
        }
    };
    if let Some(exception) = &record.exception {
        text.push('\n');
        text.push_str(machine.traceback(exception).trim_end_matches('\n'));
    }
    Ok(text)
}

/// Writes a line where a handler writes.
pub fn write(machine: &mut Machine, handler: &Handler, mut text: String) -> Result<Value, Raised> {
    text.push('\n');
    match system::stream(&handler.stream) {
        _ if matches!(handler.stream, Value::None) => machine.print(Stream::Error, &text),
        Some(stream) => machine.print(stream, &text),
        None => {
            let write = machine.attribute_of(&handler.stream, "write")?;
            machine.call_value(&write, &[Value::text(text)])?;
        }
    }
    Ok(Value::None)
}
