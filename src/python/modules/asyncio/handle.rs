//! `asyncio.Handle` and `asyncio.TimerHandle`: what scheduling a call gives.

use std::rc::Rc;

use crate::event_loop::Handle;
use crate::python::machine::Machine;
use crate::python::values::{Native, NativeClass, Object, Raised, Value};

static HANDLE: NativeClass =
    NativeClass { name: "Handle", module: "asyncio.events", methods: METHODS, ..NativeClass::PLAIN };

static TIMER_HANDLE: NativeClass =
    NativeClass { name: "TimerHandle", module: "asyncio.events", methods: METHODS, ..NativeClass::PLAIN };

const METHODS: &[Native] = &[
    Native {
        name: "cancel",
        call: |_, arguments| {
            handle(arguments.alone("cancel")?)?.cancel();
            Ok(Value::None)
        },
    },
    Native { name: "cancelled", call: |_, it| Ok(Value::Bool(handle(it.alone("cancelled")?)?.is_cancelled())) },
    Native { name: "when", call: |_, it| Ok(handle(it.alone("when")?)?.when().map_or(Value::None, Value::Float)) },
];

/// A handle as a value.
pub fn value(handle: Rc<Handle<Machine>>) -> Value {
    Object::value(if handle.when().is_some() { &TIMER_HANDLE } else { &HANDLE }, handle)
}

fn handle(value: &Value) -> Result<Rc<Handle<Machine>>, Raised> {
    Object::state_of(value)
}
