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
            scheduled(arguments.alone("cancel")?)?.handle.cancel();
            Ok(Value::None)
        },
    },
    Native {
        name: "cancelled",
        call: |_, it| Ok(Value::Bool(scheduled(it.alone("cancelled")?)?.handle.is_cancelled())),
    },
    Native { name: "when", call: |_, it| Ok(scheduled(it.alone("when")?)?.when.clone()) },
];

struct Scheduled {
    handle: Rc<Handle<Machine>>,
    /// When it is due, as the number that the program gave or was given; `None` for the next turn.
    when: Value,
}

/// A handle as a value.
pub fn value(handle: Rc<Handle<Machine>>, when: Value) -> Value {
    let class = if matches!(when, Value::None) { &HANDLE } else { &TIMER_HANDLE };
    Object::value(class, Rc::new(Scheduled { handle, when }))
}

fn scheduled(value: &Value) -> Result<Rc<Scheduled>, Raised> {
    Object::state_of(value)
}
