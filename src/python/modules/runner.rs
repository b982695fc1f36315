//! `asyncio.Runner`: several coroutines, one after another, in one event loop.

use super::asyncio::as_future;
use super::event_loop::take_to_run;
use crate::python::machine::{Machine, Run, Runner};
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise};

/// Makes a runner. Its loop is made when it is first needed.
pub static CONSTRUCTOR: Native = Native { name: "Runner", call: new };

/// Methods of runners.
pub static METHODS: &[Native] = &[
    Native { name: "run", call: run },
    Native { name: "close", call: |machine, it| close(machine, number(it.alone("close")?)?) },
    Native {
        name: "get_loop",
        call: |machine, it| open(machine, number(it.alone("get_loop")?)?).map(Value::EventLoop),
    },
];

fn new(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, _] = arguments.bind("Runner", ["debug", "loop_factory"], 0)?;
    machine.runners.push(Runner::Created);
    Ok(Value::Runner(machine.runners.len() as u32 - 1))
}

fn number(runner: &Value) -> Result<u32, Raised> {
    match runner {
        Value::Runner(number) => Ok(*number),
        other => raise(ExceptionKind::TypeError, format!("a runner was expected, got {}", other.type_name())),
    }
}

/// The loop of a runner: what entering its `with` makes sure of.
///
/// # Errors
/// `RuntimeError` if the runner is closed.
pub fn open(machine: &mut Machine, runner: u32) -> Result<u32, Raised> {
    match machine.runners[runner as usize] {
        Runner::Open(event_loop) => Ok(event_loop),
        Runner::Closed => raise(ExceptionKind::RuntimeError, "Runner is closed"),
        Runner::Created => {
            let event_loop = machine.new_loop();
            machine.set_loop(Some(event_loop));
            machine.runners[runner as usize] = Runner::Open(event_loop);
            Ok(event_loop)
        }
    }
}

fn run(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, coroutine, _] = arguments.bind("run", ["self", "coro", "context"], 2)?;
    if machine.is_in_loop() {
        return raise(ExceptionKind::RuntimeError, "Runner.run() cannot be called from a running event loop");
    }
    let event_loop = open(machine, number(receiver)?)?;
    take_to_run(machine, event_loop)?;
    let task = machine.with_loop(event_loop, |machine| as_future(machine, coroutine))?;
    machine.request_run(Run::Until(task));
    Ok(Value::None)
}

/// Closes a runner and its loop: what leaving its `with` does.
///
/// # Errors
/// `RuntimeError` if a loop runs.
pub fn close(machine: &mut Machine, runner: u32) -> Result<Value, Raised> {
    if let Runner::Open(event_loop) = machine.runners[runner as usize] {
        machine.runners[runner as usize] = Runner::Closed;
        if let Err(error) = take_to_run(machine, event_loop) {
            machine.set_loop(None);
            machine.close_loop(event_loop);
            return Err(error);
        }
        machine.request_run(Run::Close);
    }
    Ok(Value::None)
}
