//! `asyncio.Runner`: several coroutines, one after another, in one event loop.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{as_future, spawn};
use crate::python::machine::{Machine, Run};
use crate::python::modules::contextvars;
use crate::python::modules::event_loop::take_to_run;
use crate::python::values::{Arguments, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise};

/// The class.
pub static RUNNER: NativeClass = NativeClass {
    name: "Runner",
    module: "asyncio.runners",
    methods: &[
        Native { name: "__enter__", call: enter },
        Native { name: "__exit__", call: |machine, it| close(machine, &it.positional[0]) },
        Native { name: "run", call: run },
        Native { name: "close", call: |machine, it| close(machine, it.alone("close")?) },
        Native { name: "get_loop", call: |machine, it| open(machine, it.alone("get_loop")?).map(Value::EventLoop) },
    ],
    construct: new,
    ..NativeClass::PLAIN
};

struct Runner {
    state: Cell<State>,
    /// The context that all its coroutines run in, once it has a loop.
    context: RefCell<Value>,
}

/// What has become of a runner.
#[derive(Clone, Copy)]
enum State {
    /// It has no loop yet.
    Created,
    /// It has this loop.
    Open(u32),
    Closed,
}

fn new(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, _] = arguments.bind("Runner", ["debug", "loop_factory"], 0)?;
    Ok(Object::value(&RUNNER, Rc::new(Runner { state: Cell::new(State::Created), context: Value::None.into() })))
}

/// The loop of a runner, made when it is first needed.
fn open(machine: &mut Machine, runner: &Value) -> Result<u32, Raised> {
    let runner = Object::state_of::<Runner>(runner)?;
    match runner.state.get() {
        State::Open(event_loop) => Ok(event_loop),
        State::Closed => raise(ExceptionKind::RuntimeError, "Runner is closed"),
        State::Created => {
            let event_loop = machine.new_loop();
            machine.set_loop(Some(event_loop));
            runner.state.set(State::Open(event_loop));
            runner.context.replace(contextvars::copy(machine));
            Ok(event_loop)
        }
    }
}

fn enter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let runner = arguments.alone("__enter__")?;
    open(machine, runner)?;
    Ok(runner.clone())
}

fn run(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [runner, coroutine, context] = arguments.bind("run", ["self", "coro", "context"], 2)?;
    if machine.is_in_loop() {
        return raise(ExceptionKind::RuntimeError, "Runner.run() cannot be called from a running event loop");
    }
    let event_loop = open(machine, runner)?;
    take_to_run(machine, event_loop)?;
    let context = match context {
        Value::Unbound | Value::None => Object::state_of::<Runner>(runner)?.context.borrow().clone(),
        given => given.clone(),
    };
    let task = machine.with_loop(event_loop, |machine| match coroutine {
        Value::Coroutine(_) | Value::NativeCoroutine(_) => {
            let task = spawn(machine, coroutine, &Value::None, &context)?;
            as_future(machine, &task)
        }
        other => as_future(machine, other),
    })?;
    machine.request_run(Run::Until(task));
    Ok(Value::None)
}

/// Cancels what is left and closes the loop.
fn close(machine: &mut Machine, runner: &Value) -> Result<Value, Raised> {
    let runner = Object::state_of::<Runner>(runner)?;
    if let State::Open(event_loop) = runner.state.replace(State::Closed) {
        if let Err(error) = take_to_run(machine, event_loop) {
            machine.set_loop(None);
            machine.close_loop(event_loop);
            return Err(error);
        }
        machine.request_run(Run::Close);
    }
    Ok(Value::None)
}
