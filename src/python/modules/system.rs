//! `sys`, `os` and `signal`, as far as they are harmless, and `string`.

use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Dict, Exception, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};
use crate::trace::Stream;

/// The number of the process, and of its one thread.
pub const PROCESS: i64 = 42;
/// See [`PROCESS`].
pub const THREAD: i64 = 140_000_000_000_000;

/// An attribute of `sys`.
pub fn sys(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "exit", call: exit },
        Native { name: "getrecursionlimit", call: |_, _| Ok(Value::Int(1000)) },
        Native { name: "setrecursionlimit", call: |_, _| Ok(Value::None) },
        Native { name: "exception", call: |machine, _| Ok(machine.handled().map_or(Value::None, Value::Exception)) },
        Native { name: "exc_info", call: exception_information },
        Native { name: "intern", call: |_, it| it.alone("intern").cloned() },
        Native { name: "getdefaultencoding", call: |_, _| Ok(Value::from("utf-8")) },
    ];
    match name {
        "argv" => Some(Value::list(vec![Value::from("")])),
        "version" => Some(Value::from("3.14.2 (Signalbox)")),
        "version_info" => Some(Object::value(&VERSION, Rc::new(()))),
        "platform" => Some(Value::from("linux")),
        "maxsize" => Some(Value::Int(i64::MAX)),
        "byteorder" => Some(Value::from("little")),
        "executable" => Some(Value::from("python")),
        "stdout" | "__stdout__" => Some(Object::value(&STREAM, Rc::new(Stream::Out))),
        "stderr" | "__stderr__" => Some(Object::value(&STREAM, Rc::new(Stream::Error))),
        _ => super::function(FUNCTIONS, name),
    }
}

static VERSION: NativeClass = NativeClass {
    name: "version_info",
    module: "sys",
    methods: &[
        Native { name: "__iter__", call: |machine, _| machine.iterate(&version()) },
        Native {
            name: "__getitem__",
            call: |machine, it| {
                let [_, index] = it.bind("__getitem__", ["self", "key"], 2)?;
                machine.item_of(&version(), index)
            },
        },
        Native { name: "__lt__", call: |machine, it| machine.is_less(&version(), other(it)?).map(Value::Bool) },
        Native { name: "__ge__", call: |machine, it| Ok(Value::Bool(!machine.is_less(&version(), other(it)?)?)) },
        Native { name: "__gt__", call: |machine, it| machine.is_less(other(it)?, &version()).map(Value::Bool) },
        Native { name: "__le__", call: |machine, it| Ok(Value::Bool(!machine.is_less(other(it)?, &version())?)) },
    ],
    attribute: |_, name| match name {
        "major" => Some(Value::Int(3)),
        "minor" => Some(Value::Int(14)),
        "micro" => Some(Value::Int(2)),
        "releaselevel" => Some(Value::from("final")),
        "serial" => Some(Value::Int(0)),
        _ => None,
    },
    represent: |_| Some("sys.version_info(major=3, minor=14, micro=2, releaselevel='final', serial=0)".into()),
    ..NativeClass::PLAIN
};

/// What the version is compared with.
fn other<'a>(arguments: &Arguments<'a>) -> Result<&'a Value, Raised> {
    let [_, other] = arguments.bind("version_info", ["self", "other"], 2)?;
    Ok(other)
}

fn version() -> Value {
    Value::tuple(vec![Value::Int(3), Value::Int(14), Value::Int(2), Value::from("final"), Value::Int(0)])
}

/// `sys.stdout` and `sys.stderr`.
static STREAM: NativeClass = NativeClass {
    name: "TextIOWrapper",
    module: "_io",
    methods: &[
        Native {
            name: "write",
            call: |machine, it| {
                let [stream, text] = it.bind("write", ["self", "text"], 2)?;
                let stream = Object::state_of::<Stream>(stream)?;
                let Value::Str(text) = text else {
                    let message = format!("write() argument must be str, not {}", text.type_name());
                    return raise(ExceptionKind::TypeError, message);
                };
                machine.print(*stream, text);
                Ok(Value::from(text.chars().count()))
            },
        },
        Native {
            name: "writelines",
            call: |machine, it| {
                let [stream, lines] = it.bind("writelines", ["self", "lines"], 2)?;
                let stream = Object::state_of::<Stream>(stream)?;
                for line in machine.collect(lines)? {
                    let line = machine.str(&line)?;
                    machine.print(*stream, &line);
                }
                Ok(Value::None)
            },
        },
        Native { name: "flush", call: |_, _| Ok(Value::None) },
        Native { name: "reconfigure", call: |_, _| Ok(Value::None) },
        Native { name: "isatty", call: |_, _| Ok(Value::Bool(false)) },
    ],
    attribute: |_, name| (name == "encoding").then(|| Value::from("utf-8")),
    ..NativeClass::PLAIN
};

/// Which stream an object stands for, if it stands for one.
pub fn stream(value: &Value) -> Option<Stream> {
    match value {
        Value::Object(object) if object.class == &STREAM => object.state::<Stream>().map(|stream| *stream),
        _ => None,
    }
}

fn exit(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Err(Exception::new(ExceptionKind::SystemExit, arguments.positional.to_vec()))
}

fn exception_information(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::tuple(match machine.handled() {
        Some(exception) => {
            let exception = Value::Exception(exception);
            vec![exception.class_value(), exception, Value::None]
        }
        None => vec![Value::None, Value::None, Value::None],
    }))
}

/// An attribute of `os`.
pub fn os(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "getpid", call: |_, _| Ok(Value::Int(PROCESS)) },
        Native { name: "getppid", call: |_, _| Ok(Value::Int(1)) },
        Native { name: "cpu_count", call: |_, _| Ok(Value::Int(CORES)) },
        Native { name: "process_cpu_count", call: |_, _| Ok(Value::Int(CORES)) },
        Native {
            name: "getenv",
            call: |_, it| {
                let [_, default] = it.bind("getenv", ["key", "default"], 1)?;
                Ok(default.given_or(Value::None))
            },
        },
    ];
    match name {
        "environ" => Some(Value::Dict(Rc::new(Dict::default()))),
        "sep" => Some(Value::from("/")),
        "linesep" => Some(Value::from("\n")),
        "name" => Some(Value::from("posix")),
        "curdir" => Some(Value::from(".")),
        _ => super::function(FUNCTIONS, name),
    }
}

/// Cores of the machine that programs are told of.
pub const CORES: i64 = 4;

/// An attribute of `signal`. No signal ever comes.
pub fn signal(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[Native { name: "signal", call: |_, _| Ok(Value::None) }];
    const SIGNALS: &[(&str, i64)] = &[
        ("SIGHUP", 1),
        ("SIGINT", 2),
        ("SIGQUIT", 3),
        ("SIGTERM", 15),
        ("SIGALRM", 14),
        ("SIGUSR1", 10),
        ("SIGUSR2", 12),
    ];
    static NUMBER: NativeClass = NativeClass {
        name: "Signals",
        module: "signal",
        methods: &[Native {
            name: "__eq__",
            call: |_, it| {
                let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
                let number = |value: &Value| match value {
                    Value::Object(object) => object.state::<(&str, i64)>().map(|signal| signal.1),
                    other => other.whole().ok(),
                };
                Ok(Value::Bool(number(left) == number(right)))
            },
        }],
        attribute: |object, name| {
            let (shown, number) = *object.state::<(&str, i64)>()?;
            match name {
                "name" => Some(Value::from(shown)),
                "value" => Some(Value::Int(number)),
                _ => None,
            }
        },
        represent: |object| {
            let (shown, number) = *object.state::<(&str, i64)>()?;
            Some(format!("<Signals.{shown}: {number}>"))
        },
        ..NativeClass::PLAIN
    };
    match SIGNALS.iter().find(|(signal, _)| *signal == name) {
        Some(signal) => Some(Object::value(&NUMBER, Rc::new(*signal))),
        None if matches!(name, "SIG_DFL" | "SIG_IGN") => Some(Value::Int(i64::from(name == "SIG_IGN"))),
        None if name == "Signals" => Some(Value::Class(Class::Native(&NUMBER))),
        None => super::function(FUNCTIONS, name),
    }
}

/// An attribute of `string`.
pub fn string(name: &str) -> Option<Value> {
    const LOWER: &str = "abcdefghijklmnopqrstuvwxyz";
    const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const DIGITS: &str = "0123456789";
    const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    const WHITESPACE: &str = " \t\n\r\x0b\x0c";
    static CAPWORDS: Native = Native {
        name: "capwords",
        call: |machine, it| match it.positional {
            [Value::Str(text)] => {
                let mut words = Vec::new();
                for word in text.split_whitespace() {
                    let word = Value::from(word);
                    let capitalize = machine.attribute_of(&word, "capitalize")?;
                    let word = machine.call_value(&capitalize, &[])?;
                    words.push(machine.str(&word)?);
                }
                Ok(Value::text(words.join(" ")))
            }
            _ => unfit(&Value::None, "cannot be capitalized"),
        },
    };
    Some(Value::text(match name {
        "ascii_lowercase" => LOWER.to_owned(),
        "ascii_uppercase" => UPPER.to_owned(),
        "ascii_letters" => [LOWER, UPPER].concat(),
        "digits" => DIGITS.to_owned(),
        "hexdigits" => [DIGITS, "abcdefABCDEF"].concat(),
        "octdigits" => DIGITS[..8].to_owned(),
        "punctuation" => PUNCTUATION.to_owned(),
        "whitespace" => WHITESPACE.to_owned(),
        "printable" => [DIGITS, LOWER, UPPER, PUNCTUATION, WHITESPACE].concat(),
        "capwords" => return Some(Value::Native(&CAPWORDS)),
        _ => return None,
    }))
}
