//! What programs can import, and the methods and classes that are always there.

mod asyncio;
mod builtins;
mod bytes;
mod collections;
mod contextlib;
mod dataclasses;
mod event_loop;
mod exceptions;
mod functools;
mod generators;
mod numbers;
mod objects;
pub mod patterns;
mod primitives;
mod random;
mod text;
mod time;

pub use bytes::contains as contains_bytes;
pub use event_loop::{asleep, task_class_method};
pub use exceptions::{attribute as exception_attribute, is_catchable, set_attribute as set_exception_attribute};
pub use numbers::attribute as number_attribute;
pub use objects::{descriptor_method, object_method, type_alias};
pub use primitives::{attribute as primitive_attribute, offer_lock};
pub use text::percent_format;

use super::machine::Machine;
use super::values::{Class, ExceptionKind, Module, Native, Raised, Value};
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
    Module { name: "collections.abc", get: objects::typing },
    Module { name: "abc", get: objects::abc },
    Module { name: "__future__", get: |_| Some(Value::None) },
];

/// The module with this name.
pub fn find(name: &str) -> Option<&'static Module> {
    MODULES.iter().find(|module| module.name == name)
}

/// A task for a coroutine.
pub fn spawn(machine: &mut Machine, coroutine: &Value) -> Result<Value, Raised> {
    asyncio::spawn(machine, coroutine, &Value::None)
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
    let exception = ExceptionKind::ALL.iter().find(|kind| kind.name() == name && !kind.is_asyncio());
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
    methods(receiver.class()).iter().find(|method| method.name == name)
}

/// What a class itself offers: its methods as functions, and what needs no object of it.
pub fn class_attribute(class: Class, name: &str) -> Option<Value> {
    let own = match (class, name) {
        (Class::Int, "from_bytes") => Some(Value::Native(&bytes::INT_FROM_BYTES)),
        (Class::Bytes, "fromhex") => Some(Value::Native(&bytes::FROM_HEX)),
        _ => None,
    };
    own.or_else(|| methods(class).iter().find(|method| method.name == name).map(Value::Native))
}

/// The methods of a class.
fn methods(class: Class) -> &'static [Native] {
    match class {
        Class::Int | Class::Bool => numbers::INT,
        Class::Float => numbers::FLOAT,
        Class::Bytes => bytes::METHODS,
        Class::Str => text::METHODS,
        Class::List => collections::LIST,
        Class::Dict => collections::DICT,
        Class::Set => collections::SET,
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

/// What calling a class does, where instances can be made.
pub fn constructor(class: Class) -> Option<&'static Native> {
    match class {
        Class::Future => return Some(&event_loop::FUTURE),
        Class::Task => return Some(&event_loop::TASK),
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
