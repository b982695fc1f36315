//! What programs can import, and the methods and classes that are always there.

mod asyncio;
mod builtins;
mod bytes;
mod caching;
mod calendar;
mod chain_map;
mod collections;
mod concurrent;
mod containers;
mod contextlib;
mod contextvars;
mod copying;
mod dataclasses;
mod datetime;
mod deque;
mod dispatch;
mod enumeration;
mod event_loop;
mod exceptions;
mod exit_stack;
mod functools;
mod generators;
mod generic;
mod heaps;
mod inspect;
mod itertools;
mod json;
mod log_handlers;
mod logging;
mod mappings;
mod mathematics;
mod named_tuple;
mod numbers;
mod objects;
mod operators;
pub mod patterns;
mod primitives;
mod protocol;
mod random;
mod statistics;
mod stream;
mod strptime;
mod system;
mod text;
mod text_format;
mod threading;
mod time;
mod timedelta;
mod uuid;
mod views;
mod warning;

pub use asyncio::handle::{of_call as handle_of, text as handle_text};
pub use bytes::contains as contains_bytes;
pub use caching::{Cache, Entry as CacheEntry, is_cached, look_up as look_up_cached};
pub use containers::missing;
pub use contextlib::ready;
pub use enumeration::{complete as complete_enumeration, find as find_member, member_with};
pub use event_loop::{asleep, task_class_method};
pub use exceptions::{attribute as exception_attribute, is_catchable, set_attribute as set_exception_attribute};
pub use generic::{is_type, leave_arguments, with_arguments};
pub use mappings::mapping_entries;
pub use named_tuple::{NAMED_TUPLE, complete_class as complete_named_tuple};
pub use numbers::attribute as number_attribute;
pub use objects::{TYPED_DICT, descriptor_method, object_method, type_alias};
pub use operators::MATRIX_MULTIPLY;
pub use primitives::{attribute as primitive_attribute, change as change_primitive, offer_lock};
pub use protocol::special as special_method;
pub use text_format::percent_format;

use std::rc::Rc;

use super::machine::Machine;
use super::values::{
    Arguments, Class, Derivation, ExceptionKind, Module, Native, NativeClass, Object, Raised, Value, raise,
};
use crate::trace::OlderForm;

/// The modules that programs can import.
static MODULES: &[Module] = &[
    Module { name: "asyncio", get: asyncio::get },
    Module { name: "random", get: random::get },
    Module { name: "time", get: time::get },
    Module { name: "functools", get: functools::get },
    Module { name: "dataclasses", get: dataclasses::get },
    Module { name: "contextlib", get: contextlib::get },
    Module { name: "typing", get: objects::typing },
    Module { name: "collections", get: containers::get },
    Module { name: "collections.abc", get: containers::abc },
    Module { name: "concurrent.futures", get: concurrent::get },
    Module { name: "contextvars", get: contextvars::get },
    Module { name: "copy", get: copying::get },
    Module { name: "datetime", get: datetime::get },
    Module { name: "enum", get: enumeration::get },
    Module { name: "gc", get: warning::gc },
    Module { name: "heapq", get: heaps::heapq },
    Module { name: "bisect", get: heaps::bisect },
    Module { name: "inspect", get: inspect::get },
    Module { name: "itertools", get: itertools::get },
    Module { name: "json", get: json::get },
    Module { name: "logging", get: logging::get },
    Module { name: "math", get: mathematics::get },
    Module { name: "operator", get: operators::get },
    Module { name: "os", get: system::os },
    Module { name: "secrets", get: uuid::secrets },
    Module { name: "signal", get: system::signal },
    Module { name: "statistics", get: statistics::get },
    Module { name: "string", get: system::string },
    Module { name: "sys", get: system::sys },
    Module { name: "threading", get: threading::get },
    Module { name: "traceback", get: inspect::traceback },
    Module { name: "types", get: threading::types },
    Module { name: "uuid", get: uuid::get },
    Module { name: "warnings", get: warning::get },
    Module { name: "weakref", get: copying::weakref },
    Module { name: "abc", get: objects::abc },
    Module { name: "__future__", get: |_| Some(Value::None) },
];

/// The module with this name.
pub fn find(name: &str) -> Option<&'static Module> {
    MODULES.iter().chain(asyncio::PARTS).find(|module| module.name == name)
}

/// The function with this name of a table.
fn function(functions: &'static [Native], name: &str) -> Option<Value> {
    functions.iter().find(|function| function.name == name).map(Value::Native)
}

/// A task for a coroutine.
pub fn spawn(machine: &mut Machine, coroutine: &Value) -> Result<Value, Raised> {
    asyncio::spawn(machine, coroutine, &Value::None, &Value::None)
}

/// `asyncio.create_task`.
pub fn create_task() -> Option<Value> {
    asyncio::get("create_task")
}

/// What a name means that the program does not bind itself.
pub fn builtin(name: &str) -> Option<Value> {
    if name == "__name__" {
        return Some(Value::text("__main__"));
    }
    let name = if matches!(name, "IOError" | "EnvironmentError") { "OSError" } else { name };
    let exception = ExceptionKind::ALL.iter().find(|kind| kind.qualified_name() == name);
    if let Some(kind) = exception {
        return Some(Value::Class(Class::Exception(*kind)));
    }
    builtins::get(name)
}

/// Whether an exception has a builtin attribute of this name.
pub fn is_exception_attribute(value: &Value, name: &str) -> bool {
    matches!(value, Value::Exception(exception) if exception_attribute(exception, name).is_some())
}

/// The method of this name that a value has.
pub fn method(receiver: &Value, name: &str) -> Option<&'static Native> {
    static AWAIT: Native = Native { name: "__await__", call: |_, it| it.alone("__await__").cloned() };
    if name == AWAIT.name && matches!(receiver.class(), Class::Coroutine | Class::Future | Class::Task) {
        return Some(&AWAIT);
    }
    let class = match receiver {
        // Of what derives from other classes, the methods belong to the object within.
        Value::Instance(instance) => match instance.class.builtin {
            class @ Class::Native(native) if native.base_for == Derivation::Whole => class,
            _ => return None,
        },
        _ => receiver.class(),
    };
    if let Some(method) = methods(class).iter().find(|method| method.name == name) {
        return Some(method);
    }
    match receiver {
        Value::Dict(dict) if dict.variant.get().is_some() => methods(Class::Dict).iter().find(|it| it.name == name),
        _ => None,
    }
}

/// The methods of a class.
pub fn methods(class: Class) -> &'static [Native] {
    match class {
        Class::Int | Class::Bool => numbers::INT,
        Class::Float => numbers::FLOAT,
        Class::Bytes => bytes::METHODS,
        Class::Str => text::METHODS,
        Class::List => collections::LIST,
        Class::Dict => collections::DICT,
        Class::Set => collections::SET,
        Class::FrozenSet => collections::frozen_set(),
        Class::Tuple => collections::TUPLE,
        Class::Future | Class::Task => asyncio::future::METHODS,
        Class::EventLoop => event_loop::METHODS,
        Class::Generator => generators::GENERATOR,
        Class::AsyncGenerator => generators::ASYNC_GENERATOR,
        Class::Coroutine => asyncio::COROUTINE,
        Class::Exception(kind) => exceptions::methods(kind),
        Class::Native(class) => class.methods,
        class => primitives::methods(class).unwrap_or_default(),
    }
}

/// A method as a function, which takes its receiver for its first argument: methods rely on having one.
fn unbound(method: &'static Native) -> Value {
    static METHOD: NativeClass = NativeClass {
        name: "method_descriptor",
        methods: &[Native {
            name: "__call__",
            call: |machine, it| {
                let [callee, rest @ ..] = it.positional else { return Ok(Value::None) };
                let method = Object::state_of::<&'static Native>(callee)?;
                let [receiver, rest @ ..] = rest else {
                    let message = format!("unbound method {}() needs an argument", method.name);
                    return raise(ExceptionKind::TypeError, message);
                };
                let positional: Vec<Value> = [receiver.plain()].into_iter().chain(rest.iter().cloned()).collect();
                (method.call)(machine, &Arguments { positional: &positional, keywords: it.keywords })
            },
        }],
        attribute: |object, name| match name {
            "__name__" | "__qualname__" => Some(Value::from(object.state::<&'static Native>()?.name)),
            _ => None,
        },
        represent: |object| Some(["<method '", object.state::<&'static Native>()?.name, "'>"].concat()),
        ..NativeClass::PLAIN
    };
    Object::value(&METHOD, Rc::new(method))
}

/// What a class itself offers: its methods as functions, and what needs no object of it.
pub fn class_attribute(class: Class, name: &str) -> Option<Value> {
    let own = match (class, name) {
        (Class::Dict, "fromkeys") => Some(Value::Native(&collections::FROM_KEYS)),
        (Class::Int, "from_bytes") => Some(Value::Native(&bytes::INT_FROM_BYTES)),
        (Class::Bytes, "fromhex") => Some(Value::Native(&bytes::FROM_HEX)),
        (Class::Str, "maketrans") => Some(Value::Native(&text::MAKE_TABLE)),
        (Class::Native(class), _) => (class.of_class)(name),
        _ => None,
    };
    let method = methods(class).iter().find(|method| method.name == name);
    own.or_else(|| method.or_else(|| protocol::of_class(class, name)).map(unbound))
}

/// What calling a class does, where instances can be made.
pub fn constructor(class: Class) -> Option<&'static Native> {
    match class {
        Class::Future => return Some(&event_loop::FUTURE),
        Class::Task => return Some(&event_loop::TASK),
        Class::EventLoop => return Some(&event_loop::EVENT_LOOP),
        _ => {}
    }
    builtins::constructor(class).or_else(|| primitives::constructor(class))
}

/// Whether a callable of `asyncio` takes the argument `loop=`: with a form to note if it no longer does.
pub fn takes_loop(callee: &Value) -> Option<Option<OlderForm>> {
    const ONCE: &[&str] = &["sleep", "gather", "wait", "wait_for", "shield", "as_completed"];
    let (name, class) = match callee {
        Value::Native(native) => (native.name, false),
        Value::Class(class) => (class.name(), true),
        _ => return None,
    };
    match name {
        _ if !asyncio::get(name).is_some_and(|value| value.is(callee)) => None,
        "ensure_future" | "Future" | "Task" => Some(None),
        _ if class && primitives::class(name).is_some() && name != "Barrier" => Some(Some(OlderForm::LoopArgument)),
        _ if ONCE.contains(&name) => Some(Some(OlderForm::LoopArgument)),
        _ => None,
    }
}
