//! `asyncio.Handle` and `asyncio.TimerHandle`: what scheduling a call gives.

use std::rc::Rc;

use crate::event_loop::Handle;
use crate::python::machine::{Machine, ScheduledCall};
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

/// What `repr` says of a handle; `None` for an object of another class.
pub fn text(machine: &Machine, object: &Object) -> Option<String> {
    let scheduled = object.state::<Scheduled>()?;
    let call = scheduled.handle.function();
    let function = call.as_ref().map(|call| &call.function);
    Some(machine.handle_text(function, scheduled.handle.when(), scheduled.handle.is_cancelled()))
}

/// The handle of a call that has been made.
pub fn of_call(call: ScheduledCall, when: Option<f64>) -> Value {
    let number = when.map_or(Value::None, Value::Float);
    value(Handle::of_function(call, when), number)
}

fn scheduled(value: &Value) -> Result<Rc<Scheduled>, Raised> {
    Object::state_of(value)
}
