//! `asyncio.timeout` and `timeout_at`.

use std::rc::Rc;

use super::awaiting::optional_seconds;
use crate::event_loop::{Host, Timeout, TimeoutState};
use crate::python::format::float_repr;
use crate::python::machine::{Machine, round};
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise};

/// Methods of timeouts.
pub static METHODS: &[Native] = &[
    Native { name: "when", call: |_, it| Ok(time(timeout(it.alone("when")?)?.when())) },
    Native { name: "expired", call: |_, it| Ok(Value::Bool(timeout(it.alone("expired")?)?.is_expired())) },
    Native { name: "reschedule", call: reschedule },
];

/// See `asyncio.timeout`.
pub fn after(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [delay] = arguments.bind("timeout", ["delay"], 1)?;
    super::check_running(machine)?;
    let now = machine.event_loop().time();
    Ok(Value::Timeout(Timeout::at(optional_seconds(delay)?.map(|delay| now + delay))))
}

/// See `asyncio.timeout_at`.
pub fn at(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [when] = arguments.bind("timeout_at", ["when"], 1)?;
    Ok(Value::Timeout(Timeout::at(optional_seconds(when)?)))
}

/// The `TimeoutError` that takes the place of a `CancelledError`.
pub fn error(cancellation: &Raised) -> Raised {
    Machine::timeout_error(Some(cancellation))
}

fn timeout(value: &Value) -> Result<&Rc<Timeout<Machine>>, Raised> {
    match value {
        Value::Timeout(timeout) => Ok(timeout),
        other => raise(ExceptionKind::TypeError, format!("a timeout was expected, got {}", other.type_name())),
    }
}

fn time(when: Option<f64>) -> Value {
    when.map_or(Value::None, Value::Float)
}

fn reschedule(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, when] = arguments.bind("reschedule", ["self", "when"], 2)?;
    let when = optional_seconds(when)?;
    match timeout(receiver)?.reschedule(machine, when) {
        Ok(()) => Ok(Value::None),
        Err(TimeoutState::Created) => raise(ExceptionKind::RuntimeError, "Timeout has not been entered"),
        Err(state) => {
            raise(ExceptionKind::RuntimeError, format!("Cannot change state of {} Timeout", state.name()))
        }
    }
}

/// `async with` begins.
pub fn enter(machine: &mut Machine, timeout: &Rc<Timeout<Machine>>) -> Result<(), Raised> {
    timeout.enter(machine).or_else(|message| raise(ExceptionKind::RuntimeError, message))
}

/// A timeout as `repr` shows it.
pub fn repr(timeout: &Timeout<Machine>) -> String {
    let when = match (timeout.state(), timeout.when()) {
        (TimeoutState::Entered, Some(when)) => format!(" when={}", float_repr(round(when, 3))),
        (TimeoutState::Entered, None) => " when=None".to_owned(),
        _ => String::new(),
    };
    format!("<Timeout [{}]{when}>", timeout.state().name())
}
