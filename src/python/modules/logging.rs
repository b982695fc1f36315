//! `logging` in its basic form: loggers, and what is done by way of the root logger.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::calendar::{Moment, padded};
use super::log_handlers::{
    BASE_HANDLER, FILTER, FORMATTER, HANDLER, Handler, NULL_HANDLER, RECORD, Record, formatted, formatter, handle,
    handler, new_handler, passes, shown, write,
};
use super::system;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Dict, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};

const LEVELS: &[(&str, i64)] = &[
    ("CRITICAL", 50),
    ("ERROR", 40),
    ("WARNING", 30),
    ("INFO", 20),
    ("DEBUG", 10),
    ("NOTSET", 0),
    ("FATAL", 50),
    ("WARN", 30),
];

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    if let Some((_, level)) = LEVELS.iter().find(|(level, _)| *level == name) {
        return Some(Value::Int(*level));
    }
    let class = match name {
        "Logger" => &LOGGER,
        "Handler" => &BASE_HANDLER,
        "StreamHandler" => &HANDLER,
        "Filter" => &FILTER,
        "LogRecord" => &RECORD,
        "NullHandler" => &NULL_HANDLER,
        "Formatter" => &FORMATTER,
        "BASIC_FORMAT" => return Some(Value::from(BASIC_FORMAT)),
        _ => return super::function(FUNCTIONS, name).or_else(|| super::function(OF_ROOT, name)),
    };
    Some(Value::Class(Class::Native(class)))
}

static FUNCTIONS: &[Native] = &[
    Native { name: "basicConfig", call: configure },
    Native { name: "getLogger", call: get_logger },
    Native { name: "getLevelName", call: |_, it| Ok(level_name(it.alone("getLevelName")?)) },
    Native {
        name: "disable",
        call: |machine, it| {
            let [level] = it.bind("disable", ["level"], 0)?;
            machine.state::<Logging>().disabled.set(if let Value::Unbound = level { 50 } else { level_of(level)? });
            Ok(Value::None)
        },
    },
    Native { name: "shutdown", call: |_, _| Ok(Value::None) },
    Native { name: "captureWarnings", call: |_, _| Ok(Value::None) },
];

/// What the module does by way of the root logger.
static OF_ROOT: &[Native] = &[
    Native { name: "debug", call: |machine, it| log_to_root(machine, it, 10) },
    Native { name: "info", call: |machine, it| log_to_root(machine, it, 20) },
    Native { name: "warning", call: |machine, it| log_to_root(machine, it, 30) },
    Native { name: "warn", call: |machine, it| log_to_root(machine, it, 30) },
    Native { name: "error", call: |machine, it| log_to_root(machine, it, 40) },
    Native { name: "critical", call: |machine, it| log_to_root(machine, it, 50) },
    Native { name: "fatal", call: |machine, it| log_to_root(machine, it, 50) },
    Native { name: "exception", call: |machine, it| log_to_root(machine, it, EXCEPTION) },
    Native {
        name: "log",
        call: |machine, it| match it.positional {
            [level, rest @ ..] => {
                let level = level_of(level)?;
                log_to_root(machine, &Arguments { positional: rest, keywords: it.keywords }, level)
            }
            [] => raise(ExceptionKind::TypeError, "log() missing 2 required positional arguments: 'level' and 'msg'"),
        },
    },
];

/// The level of what `exception` logs: an error, with the exception that is being handled.
const EXCEPTION: i64 = -1;
const BASIC_FORMAT: &str = "%(levelname)s:%(name)s:%(message)s";

/// The loggers of a program.
#[derive(Default)]
struct Logging {
    /// The root first.
    loggers: RefCell<Vec<Value>>,
    /// What is not above this level is not logged.
    disabled: Cell<i64>,
}

struct Logger {
    name: String,
    level: Cell<i64>,
    handlers: Value,
    filters: RefCell<Vec<Value>>,
    propagates: Cell<bool>,
    is_disabled: Cell<bool>,
}

static LOGGER: NativeClass = NativeClass {
    name: "Logger",
    module: "logging",
    methods: &[
        Native { name: "debug", call: |machine, it| log(machine, it, 10) },
        Native { name: "info", call: |machine, it| log(machine, it, 20) },
        Native { name: "warning", call: |machine, it| log(machine, it, 30) },
        Native { name: "warn", call: |machine, it| log(machine, it, 30) },
        Native { name: "error", call: |machine, it| log(machine, it, 40) },
        Native { name: "critical", call: |machine, it| log(machine, it, 50) },
        Native { name: "fatal", call: |machine, it| log(machine, it, 50) },
        Native { name: "exception", call: |machine, it| log(machine, it, EXCEPTION) },
        Native {
            name: "log",
            call: |machine, it| match it.positional {
                [logger, level, rest @ ..] => {
                    let positional: Vec<Value> = [logger].into_iter().chain(rest).cloned().collect();
                    let level = level_of(level)?;
                    log(machine, &Arguments { positional: &positional, keywords: it.keywords }, level)
                }
                _ => {
                    raise(ExceptionKind::TypeError, "log() missing 2 required positional arguments: 'level' and 'msg'")
                }
            },
        },
        Native {
            name: "setLevel",
            call: |_, it| {
                let [logger, level] = it.bind("setLevel", ["self", "level"], 2)?;
                Object::state_of::<Logger>(logger)?.level.set(level_of(level)?);
                Ok(Value::None)
            },
        },
        Native {
            name: "addFilter",
            call: |_, it| {
                let [logger, filter] = it.bind("addFilter", ["self", "filter"], 2)?;
                Object::state_of::<Logger>(logger)?.filters.borrow_mut().push(filter.clone());
                Ok(Value::None)
            },
        },
        Native {
            name: "getEffectiveLevel",
            call: |machine, it| {
                let logger = Object::state_of::<Logger>(it.alone("getEffectiveLevel")?)?;
                Ok(Value::Int(effective_level(machine, &logger)?))
            },
        },
        Native {
            name: "isEnabledFor",
            call: |machine, it| {
                let [logger, level] = it.bind("isEnabledFor", ["self", "level"], 2)?;
                let logger = Object::state_of::<Logger>(logger)?;
                Ok(Value::Bool(is_enabled(machine, &logger, level_of(level)?)?))
            },
        },
        Native {
            name: "__repr__",
            call: |machine, it| {
                let logger = Object::state_of::<Logger>(it.alone("__repr__")?)?;
                let level = name_of(effective_level(machine, &logger)?);
                let class = if logger.name == ROOT { "<RootLogger " } else { "<Logger " };
                Ok(Value::text([class, &logger.name, " (", &level, ")>"].concat()))
            },
        },
        Native { name: "addHandler", call: add_handler },
        Native { name: "removeHandler", call: remove_handler },
        Native {
            name: "hasHandlers",
            call: |machine, it| {
                let logger = Object::state_of::<Logger>(it.alone("hasHandlers")?)?;
                Ok(Value::Bool(!handlers_for(machine, &logger)?.is_empty()))
            },
        },
        Native {
            name: "getChild",
            call: |machine, it| {
                let [logger, suffix] = it.bind("getChild", ["self", "suffix"], 2)?;
                let logger = Object::state_of::<Logger>(logger)?;
                let suffix = machine.str(suffix)?;
                let name = if logger.name == ROOT { suffix } else { [&logger.name, ".", &suffix].concat() };
                logger_named(machine, &name)
            },
        },
    ],
    attribute: |object, name| {
        let logger = object.state::<Logger>()?;
        Some(match name {
            "name" => Value::text(&*logger.name),
            "level" => Value::Int(logger.level.get()),
            "handlers" => logger.handlers.clone(),
            "propagate" => Value::Bool(logger.propagates.get()),
            "disabled" => Value::Bool(logger.is_disabled.get()),
            _ => return None,
        })
    },
    assign: |object, name, value| {
        let Some(logger) = object.state::<Logger>() else { return false };
        match name {
            "propagate" => logger.propagates.set(value.is_true()),
            "disabled" => logger.is_disabled.set(value.is_true()),
            _ => return false,
        }
        true
    },
    ..NativeClass::PLAIN
};

const ROOT: &str = "root";

/// A level by its number or name.
pub fn level_of(level: &Value) -> Result<i64, Raised> {
    match level {
        Value::Int(level) => Ok(*level),
        Value::Str(name) => match LEVELS.iter().find(|(level, _)| *level == name.as_str()) {
            Some((_, level)) => Ok(*level),
            None => raise(ExceptionKind::ValueError, format!("Unknown level: '{name}'")),
        },
        other => raise(
            ExceptionKind::TypeError,
            format!("Level not an integer or a valid string: {}", crate::python::values::repr(other)),
        ),
    }
}

/// The name of a level, or the level of a name.
fn level_name(level: &Value) -> Value {
    match level {
        Value::Str(name) => match LEVELS.iter().find(|(level, _)| *level == name.as_str()) {
            Some((_, level)) => Value::Int(*level),
            None => Value::text(["Level ", name].concat()),
        },
        Value::Int(number) => Value::text(name_of(*number)),
        other => other.clone(),
    }
}

fn name_of(number: i64) -> String {
    match LEVELS.iter().find(|(_, level)| *level == number) {
        Some((name, _)) => (*name).to_owned(),
        None => ["Level ", &padded(number, 1)].concat(),
    }
}

/// The logger of this name, which is made where there is none yet.
fn logger_named(machine: &mut Machine, name: &str) -> Result<Value, Raised> {
    let logging = machine.state::<Logging>();
    let mut loggers = logging.loggers.borrow_mut();
    for wanted in [ROOT, name] {
        let is_it = |logger: &&Value| Object::state_of::<Logger>(logger).is_ok_and(|logger| logger.name == wanted);
        let found = loggers.iter().find(is_it).cloned();
        match found {
            Some(logger) if wanted == name => return Ok(logger),
            Some(_) => {}
            None => loggers.push(Object::value(
                &LOGGER,
                Rc::new(Logger {
                    name: wanted.to_owned(),
                    level: Cell::new(if wanted == ROOT { 30 } else { 0 }),
                    handlers: Value::list(Vec::new()),
                    filters: RefCell::default(),
                    propagates: Cell::new(true),
                    is_disabled: Cell::new(false),
                }),
            )),
        }
    }
    match loggers.last() {
        Some(logger) => Ok(logger.clone()),
        None => unfit(&Value::None, "is no logger"),
    }
}

fn root(machine: &mut Machine) -> Result<Value, Raised> {
    logger_named(machine, ROOT)
}

fn get_logger(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [name] = arguments.bind("getLogger", ["name"], 0)?;
    match name {
        Value::Str(name) if !name.is_empty() => logger_named(machine, &name.clone()),
        _ => root(machine),
    }
}

/// A logger and those above it, nearest first.
fn lineage(machine: &mut Machine, logger: &Rc<Logger>) -> Result<Vec<Rc<Logger>>, Raised> {
    let mut lineage = vec![logger.clone()];
    if logger.name == ROOT {
        return Ok(lineage);
    }
    let logging = machine.state::<Logging>();
    let mut name = logger.name.as_str();
    while let Some((parent, _)) = name.rsplit_once('.') {
        let loggers = logging.loggers.borrow();
        lineage
            .extend(loggers.iter().filter_map(|it| Object::state_of::<Logger>(it).ok()).find(|it| it.name == parent));
        name = parent;
    }
    lineage.push(Object::state_of(&root(machine)?)?);
    Ok(lineage)
}

fn effective_level(machine: &mut Machine, logger: &Rc<Logger>) -> Result<i64, Raised> {
    Ok(lineage(machine, logger)?.iter().map(|logger| logger.level.get()).find(|level| *level != 0).unwrap_or(0))
}

fn is_enabled(machine: &mut Machine, logger: &Rc<Logger>, level: i64) -> Result<bool, Raised> {
    let least = machine.state::<Logging>().disabled.get();
    Ok(!logger.is_disabled.get() && level > least && level >= effective_level(machine, logger)?)
}

fn handlers_for(machine: &mut Machine, logger: &Rc<Logger>) -> Result<Vec<Value>, Raised> {
    let mut handlers = Vec::new();
    for logger in lineage(machine, logger)? {
        handlers.extend(machine.collect(&logger.handlers)?);
        if !logger.propagates.get() {
            break;
        }
    }
    Ok(handlers)
}

fn add_handler(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [logger, handler] = arguments.bind("addHandler", ["self", "hdlr"], 2)?;
    if let Value::List(handlers) = &Object::state_of::<Logger>(logger)?.handlers {
        let mut handlers = handlers.items.borrow_mut();
        if !handlers.iter().any(|other| other.is(handler)) {
            handlers.push(handler.clone());
        }
    }
    Ok(Value::None)
}

fn remove_handler(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [logger, handler] = arguments.bind("removeHandler", ["self", "hdlr"], 2)?;
    if let Value::List(handlers) = &Object::state_of::<Logger>(logger)?.handlers {
        handlers.items.borrow_mut().retain(|other| !other.is(handler));
    }
    Ok(Value::None)
}

/// See `logging.basicConfig`.
fn configure(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let names =
        ["level", "format", "datefmt", "style", "stream", "handlers", "force", "encoding", "filename", "filemode"];
    let [level, format, date_format, style, stream, handlers, force, _, file, _] =
        arguments.bind("basicConfig", names, 0)?;
    if !matches!(file, Value::Unbound | Value::None) {
        return raise(ExceptionKind::ValueError, "Signalbox has no files: leave the filename out, and read the output");
    }
    let root = Object::state_of::<Logger>(&root(machine)?)?;
    let Value::List(own) = &root.handlers else { return Ok(Value::None) };
    if !matches!(force, Value::Unbound) && force.is_true() {
        own.items.borrow_mut().clear();
    }
    if !own.items.borrow().is_empty() {
        return Ok(Value::None);
    }
    let usual = Value::from(if matches!(style, Value::Str(style) if style.as_str() == "{") {
        "{levelname}:{name}:{message}"
    } else {
        BASIC_FORMAT
    });
    let formatter = formatter(machine, &format.given_or(usual), date_format, style)?;
    let added = match handlers {
        Value::Unbound | Value::None => vec![handler(stream.given_or(Value::None))],
        handlers => machine.collect(handlers)?,
    };
    for handler in &added {
        if let Ok(handler) = Object::state_of::<Handler>(&handler.plain())
            && matches!(*handler.formatter.borrow(), Value::None)
        {
            handler.formatter.replace(formatter.clone());
        }
    }
    *own.items.borrow_mut() = added;
    if !matches!(level, Value::Unbound | Value::None) {
        root.level.set(level_of(level)?);
    }
    Ok(Value::None)
}

fn log_to_root(machine: &mut Machine, arguments: &Arguments<'_>, level: i64) -> Result<Value, Raised> {
    configure(machine, &Arguments { positional: &[], keywords: &[] })?;
    let root = root(machine)?;
    let positional: Vec<Value> = [&root].into_iter().chain(arguments.positional).cloned().collect();
    log(machine, &Arguments { positional: &positional, keywords: arguments.keywords }, level)
}

/// Logs a message with its arguments.
fn log(machine: &mut Machine, arguments: &Arguments<'_>, level: i64) -> Result<Value, Raised> {
    let [logger, message, rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "Logger.log() missing 1 required positional argument: 'msg'");
    };
    let logger = Object::state_of::<Logger>(logger)?;
    let keyword = |name: &str| arguments.keywords.iter().find(|(key, _)| &**key == name).map(|(_, value)| value);
    let exception = match keyword("exc_info") {
        Some(Value::Exception(exception)) => Some(exception.clone()),
        Some(wanted) if !wanted.is_true() => None,
        None if level != EXCEPTION => None,
        _ => machine.handled(),
    };
    let level = if level == EXCEPTION { 40 } else { level };
    if !is_enabled(machine, &logger, level)? {
        return Ok(Value::None);
    }
    let mut text = machine.str(message)?;
    match rest {
        [] => {}
        [only @ Value::Dict(_)] => text = formatted(machine, &text, only)?,
        _ => text = formatted(machine, &text, &Value::tuple(rest.to_vec()))?,
    }
    let attributes = record(machine, &logger, level, text, keyword("extra"))?;
    let record = Object::value(&RECORD, Rc::new(Record { attributes, exception }));
    if !passes(machine, &logger.filters, &record)? {
        return Ok(Value::None);
    }
    let handlers = handlers_for(machine, &logger)?;
    if handlers.is_empty() {
        if level >= 30 {
            let last_resort = new_handler(Value::None);
            let text = shown(machine, &last_resort, &record)?;
            write(machine, &last_resort, text)?;
        }
        return Ok(Value::None);
    }
    for handler in handlers {
        handle(machine, &handler, &record, level)?;
    }
    Ok(Value::None)
}

/// What a format can show of a record.
fn record(
    machine: &mut Machine,
    logger: &Logger,
    level: i64,
    message: String,
    extra: Option<&Value>,
) -> Result<Rc<Dict>, Raised> {
    let record = Dict::default();
    let clock = machine.clock();
    let moment = Moment::now(machine);
    let in_thread = machine.is_in_thread();
    let event_loop = machine.event_loop();
    let task = event_loop.current_task().map(|task| Value::text(event_loop.task_name(task)));
    let file = machine.file();
    let module = file.rsplit('/').next().unwrap_or_default().to_owned();
    for (name, value) in [
        ("name", Value::text(&*logger.name)),
        ("message", Value::text(message)),
        ("levelname", Value::text(name_of(level))),
        ("levelno", Value::Int(level)),
        ("lineno", Value::Int(i64::from(machine.line()))),
        ("pathname", Value::text(&*file)),
        ("module", Value::text(module.trim_end_matches(".py"))),
        ("filename", Value::text(module)),
        ("process", Value::Int(system::PROCESS)),
        ("processName", Value::from("MainProcess")),
        ("thread", Value::Int(system::THREAD)),
        ("threadName", Value::from(if in_thread { "asyncio_0" } else { "MainThread" })),
        ("taskName", task.unwrap_or(Value::None)),
        ("created", Value::Float(clock)),
        ("relativeCreated", Value::Float((clock * 1000.0).trunc())),
        ("msecs", Value::Float((moment.microsecond / 1000) as f64)),
    ] {
        record.set(name, value);
    }
    if let Some(Value::Dict(extra)) = extra {
        record.update(machine, extra)?;
    }
    Ok(Rc::new(record))
}
