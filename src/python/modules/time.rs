//! `time`, on the virtual clock.

use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "time", call: now },
        Native { name: "monotonic", call: now },
        Native { name: "perf_counter", call: now },
        Native { name: "sleep", call: sleep },
    ];
    FUNCTIONS.iter().find(|function| function.name == name).map(Value::Native)
}

fn now(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::Float(machine.clock()))
}

/// Blocks everything: the clock moves, and nobody else does.
fn sleep(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [seconds] = arguments.bind("sleep", ["seconds"], 1)?;
    let seconds = match seconds {
        Value::Float(seconds) if !seconds.is_nan() => *seconds,
        Value::Float(_) => return raise(ExceptionKind::ValueError, "Invalid value NaN (not a number)"),
        other => other.whole()? as f64,
    };
    if seconds < 0.0 {
        return raise(ExceptionKind::ValueError, "sleep length must be non-negative");
    }
    let line = machine.line();
    machine.block(seconds, line);
    Ok(Value::None)
}
