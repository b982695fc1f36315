//! The methods of the event loop, as programs call them.

use super::asyncio::create_task;
use crate::event_loop::Future;
use crate::python::machine::{Machine, ScheduledCall};
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise};

/// Methods of the loop.
pub static METHODS: &[Native] = &[
    Native { name: "time", call: |machine, _| Ok(Value::Float(machine.event_loop().time())) },
    Native { name: "create_task", call: new_task },
    Native { name: "create_future", call: |_, _| Ok(Value::Future(Future::new())) },
    Native { name: "call_soon", call: call_soon },
    Native { name: "call_later", call: |machine, it| call_timed(machine, it, true) },
    Native { name: "call_at", call: |machine, it| call_timed(machine, it, false) },
    Native { name: "is_running", call: |machine, _| Ok(Value::Bool(machine.is_in_loop())) },
    Native { name: "is_closed", call: |_, _| Ok(Value::Bool(false)) },
];

fn new_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    create_task(machine, &Arguments { positional: &arguments.positional[1..], keywords: arguments.keywords })
}

fn call_soon(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, function, rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "call_soon() missing 1 required positional argument: 'callback'");
    };
    let call = ScheduledCall { function: function.clone(), arguments: rest.to_vec() };
    machine.event_loop().call_soon(call);
    Ok(Value::None)
}

fn call_timed(machine: &mut Machine, arguments: &Arguments<'_>, is_relative: bool) -> Result<Value, Raised> {
    let [_, when, function, rest @ ..] = arguments.positional else {
        let message = "call_later() missing required positional arguments: 'delay' and 'callback'";
        return raise(ExceptionKind::TypeError, message);
    };
    let when = match when {
        Value::Int(seconds) => *seconds as f64,
        Value::Float(seconds) if !seconds.is_nan() => *seconds,
        _ => return raise(ExceptionKind::TypeError, "delay must be a number"),
    };
    let call = ScheduledCall { function: function.clone(), arguments: rest.to_vec() };
    let event_loop = machine.event_loop();
    let when = if is_relative { event_loop.time() + when } else { when };
    event_loop.call_at(when, call);
    Ok(Value::None)
}
