//! `asyncio.timeout` and `timeout_at`.

use std::rc::Rc;

use super::awaiting::{Done, optional_seconds};
use super::check_running;
use crate::decimal;
use crate::event_loop::{Timeout, TimeoutState};
use crate::python::format::float_repr;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise};

/// `asyncio.Timeout`.
pub static TIMEOUT: NativeClass = NativeClass {
    name: "Timeout",
    module: "asyncio.timeouts",
    methods: &[
        Native { name: "__aenter__", call: enter },
        Native { name: "__aexit__", call: leave },
        Native { name: "when", call: |_, it| Ok(time(timeout(it.alone("when")?)?.when())) },
        Native { name: "expired", call: |_, it| Ok(Value::Bool(timeout(it.alone("expired")?)?.is_expired())) },
        Native { name: "reschedule", call: reschedule },
    ],
    construct: at,
    represent: |object| object.state().map(|timeout: Rc<Timeout<Machine>>| represent(&timeout)),
    ..NativeClass::PLAIN
};

/// See `asyncio.timeout`.
pub fn after(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [delay] = arguments.bind("timeout", ["delay"], 1)?;
    check_running(machine)?;
    let now = machine.event_loop().time();
    Ok(Object::value(&TIMEOUT, Timeout::<Machine>::at(optional_seconds(delay)?.map(|delay| now + delay))))
}

/// See `asyncio.timeout_at`.
pub fn at(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [when] = arguments.bind("timeout_at", ["when"], 1)?;
    Ok(Object::value(&TIMEOUT, Timeout::<Machine>::at(optional_seconds(when)?)))
}

fn timeout(value: &Value) -> Result<Rc<Timeout<Machine>>, Raised> {
    Object::state_of(value)
}

fn time(when: Option<f64>) -> Value {
    when.map_or(Value::None, Value::Float)
}

fn enter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let receiver = arguments.alone("__aenter__")?;
    match timeout(receiver)?.enter(machine) {
        Ok(()) => Ok(Done::value("__aenter__", Ok(receiver.clone()))),
        Err(message) => raise(ExceptionKind::RuntimeError, message),
    }
}

fn leave(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, _, exception, _] = arguments.bind("__aexit__", ["self", "exc_type", "exc_val", "exc_tb"], 4)?;
    let exception = match exception {
        Value::Exception(exception) => Some(exception),
        _ => None,
    };
    let left = timeout(receiver)?.exit(machine, exception);
    Ok(Done::value("__aexit__", left.map(|()| Value::None)))
}

fn reschedule(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, when] = arguments.bind("reschedule", ["self", "when"], 2)?;
    let when = optional_seconds(when)?;
    let complaint = match timeout(receiver)?.reschedule(machine, when) {
        Ok(()) => return Ok(Value::None),
        Err(TimeoutState::Created) => "Timeout has not been entered".to_owned(),
        Err(state) => format!("Cannot change state of {} Timeout", state.name()),
    };
    raise(ExceptionKind::RuntimeError, complaint)
}

fn represent(timeout: &Timeout<Machine>) -> String {
    let when = match (timeout.state(), timeout.when()) {
        (TimeoutState::Entered, Some(when)) => {
            format!(" when={}", float_repr(decimal::fixed(when, 3).parse().unwrap_or(when)))
        }
        (TimeoutState::Entered, None) => " when=None".to_owned(),
        _ => String::new(),
    };
    format!("<Timeout [{}]{when}>", timeout.state().name())
}
