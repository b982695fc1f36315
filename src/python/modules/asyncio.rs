//! `asyncio`: tasks, futures and the loop. Its primitives are in a file of their own.

use std::rc::Rc;

use super::{event_loop as loops, primitives};
use crate::event_loop::{self, Future, Input, Outcome, Request};
use crate::python::machine::{MOST_TASKS, Machine, Run, Stack};
use crate::python::values::{
    Arguments, Awaitable, Class, Exception, ExceptionKind, Native, NativeCoroutine, Polled, Raised, Value, raise, str,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    let exception = ExceptionKind::ALL.iter().find(|kind| kind.name() == name);
    match (name, exception) {
        ("TimeoutError", _) => Some(Value::Class(Class::Exception(ExceptionKind::TimeoutError))),
        (_, Some(kind)) if kind.is_asyncio() => Some(Value::Class(Class::Exception(*kind))),
        ("Future", _) => Some(Value::Class(Class::Future)),
        ("Runner", _) => Some(Value::Class(Class::Runner)),
        ("Task", _) => Some(Value::Class(Class::Task)),
        _ => {
            let mut functions = FUNCTIONS.iter().chain(loops::FUNCTIONS);
            let function = functions.find(|function| function.name == name).map(Value::Native);
            function.or_else(|| primitives::class(name).map(Value::Class))
        }
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "run", call: run },
    Native { name: "sleep", call: sleep },
    Native { name: "gather", call: gather },
    Native { name: "create_task", call: create_task },
    Native { name: "ensure_future", call: ensure_future },
    Native { name: "current_task", call: current_task },
    Native { name: "all_tasks", call: all_tasks },
    Native { name: "get_running_loop", call: get_running_loop },
    Native { name: "iscoroutine", call: is_coroutine },
];

/// Methods of futures and tasks. Those of tasks alone do no harm on a future.
pub static FUTURE: &[Native] = &[
    Native { name: "done", call: |_, it| Ok(Value::Bool(future(it.alone("done")?)?.is_done())) },
    Native { name: "cancelled", call: |_, it| Ok(Value::Bool(future(it.alone("cancelled")?)?.is_cancelled())) },
    Native { name: "result", call: result },
    Native { name: "exception", call: exception },
    Native { name: "cancel", call: cancel },
    Native { name: "set_result", call: set_result },
    Native { name: "set_exception", call: set_exception },
    Native { name: "get_name", call: get_name },
    Native { name: "set_name", call: |_, _| Ok(Value::None) },
];

/// Methods of coroutines.
pub static COROUTINE: &[Native] = &[Native { name: "close", call: close }];

fn run(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [main, ..] = arguments.bind("run", ["main", "debug", "loop_factory"], 1)?;
    if machine.is_in_loop() {
        return raise(ExceptionKind::RuntimeError, "asyncio.run() cannot be called from a running event loop");
    }
    let event_loop = machine.new_loop();
    machine.set_loop(Some(event_loop));
    machine.use_loop(event_loop)?;
    let task = as_future(machine, main)?;
    machine.request_run(Run::Whole(task));
    Ok(Value::None)
}

/// A task for a coroutine. See `asyncio.create_task`.
pub(super) fn spawn(machine: &mut Machine, coroutine: &Value, name: Option<&str>) -> Result<Value, Raised> {
    if machine.event_loop().tasks_created() >= MOST_TASKS {
        return raise(ExceptionKind::MemoryError, format!("Signalbox runs up to {MOST_TASKS} tasks"));
    }
    let (stack, label, line) = match coroutine {
        Value::Coroutine(coroutine) => {
            let Some(frame) = coroutine.frame.take() else {
                return raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine");
            };
            let label = match name {
                Some(name) => machine.label_named(name),
                None => machine.label_frame(&frame),
            };
            let line = frame.code.line;
            (Stack::of(frame), label, line)
        }
        Value::NativeCoroutine(native) => {
            let label = match name {
                Some(name) => machine.label_named(name),
                None => machine.label_native(native.name),
            };
            (Stack { frames: Vec::new(), native: Some(native.clone()) }, label, machine.line())
        }
        other => {
            return raise(ExceptionKind::TypeError, format!("a coroutine was expected, got {}", str(other)));
        }
    };
    Ok(Value::Future(machine.event_loop().create_task(stack, label, line)))
}

/// See `asyncio.create_task`.
pub(super) fn create_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [coroutine, name, _] = arguments.bind("create_task", ["coro", "name", "context"], 1)?;
    if !machine.is_in_loop() {
        return raise(ExceptionKind::RuntimeError, "no running event loop");
    }
    match name {
        Value::Unbound | Value::None => spawn(machine, coroutine, None),
        name => spawn(machine, coroutine, Some(&str(name))),
    }
}

fn ensure_future(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [awaitable] = arguments.bind("ensure_future", ["coro_or_future"], 1)?;
    as_future(machine, awaitable).map(Value::Future)
}

/// The future for anything that can be awaited.
pub(super) fn as_future(machine: &mut Machine, awaitable: &Value) -> Result<Rc<Future<Machine>>, Raised> {
    match awaitable {
        Value::Future(future) => Ok(future.clone()),
        Value::Coroutine(_) | Value::NativeCoroutine(_) => {
            machine.use_current_loop()?;
            match spawn(machine, awaitable, None)? {
                Value::Future(future) => Ok(future),
                _ => raise(ExceptionKind::TypeError, "a task was expected"),
            }
        }
        _ => {
            let message = "An asyncio.Future, a coroutine or an awaitable is required";
            raise(ExceptionKind::TypeError, message)
        }
    }
}

fn gather(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut return_exceptions = false;
    for (name, value) in arguments.keywords {
        match &**name {
            "return_exceptions" => return_exceptions = value.is_true(),
            other => {
                let message = format!("gather() got an unexpected keyword argument '{other}'");
                return raise(ExceptionKind::TypeError, message);
            }
        }
    }
    if arguments.positional.is_empty() {
        machine.use_current_loop()?;
    }
    // The same coroutine given twice is one task.
    let mut known: Vec<(&Value, Rc<Future<Machine>>)> = Vec::new();
    let mut children = Vec::with_capacity(arguments.positional.len());
    for awaitable in arguments.positional {
        let is_used = matches!(awaitable, Value::Coroutine(coroutine) if coroutine.frame.borrow().is_none());
        let twin = if is_used { known.iter().find(|(value, _)| value.is(awaitable)) } else { None };
        let child = match twin {
            Some((_, child)) => child.clone(),
            None => as_future(machine, awaitable)?,
        };
        known.push((awaitable, child.clone()));
        children.push(child);
    }
    Ok(Value::Future(event_loop::gather(machine, children, return_exceptions)))
}

pub(super) fn current_task(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    let event_loop = machine.event_loop();
    Ok(event_loop.current_task().map_or(Value::None, |task| Value::Future(event_loop.task_future(task))))
}

pub(super) fn all_tasks(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [given] = arguments.bind("all_tasks", ["loop"], 0)?;
    let number = loops::number(&match given {
        Value::Unbound | Value::None => get_running_loop(machine, arguments)?,
        given => given.clone(),
    })?;
    let tasks = machine.event_loop().unfinished_tasks(number).into_iter().map(Value::Future).collect();
    Ok(Value::Set(Rc::new(crate::python::values::Set::from_members(tasks)?)))
}

fn get_running_loop(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    match machine.running_loop() {
        Some(event_loop) => Ok(Value::EventLoop(event_loop)),
        None => raise(ExceptionKind::RuntimeError, "no running event loop"),
    }
}

fn is_coroutine(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("iscoroutine")?;
    Ok(Value::Bool(matches!(value, Value::Coroutine(_) | Value::NativeCoroutine(_))))
}

fn close(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.alone("close")? {
        Value::Coroutine(coroutine) => drop(coroutine.frame.take()),
        Value::NativeCoroutine(native) => drop(native.state.take()),
        _ => {}
    }
    Ok(Value::None)
}

fn sleep(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [delay, result] = arguments.bind("sleep", ["delay", "result"], 1)?;
    let seconds = match delay {
        Value::Int(seconds) => *seconds as f64,
        Value::Float(seconds) if seconds.is_nan() => {
            return raise(ExceptionKind::ValueError, "Invalid delay: NaN (not a number)");
        }
        Value::Float(seconds) => *seconds,
        Value::Bool(second) => f64::from(*second),
        other => {
            let message = format!("'<=' not supported between instances of '{}' and 'int'", other.type_name());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    let result = result.given_or(Value::None);
    Ok(NativeCoroutine::value("sleep", Sleep { seconds, result, has_begun: false }))
}

struct Sleep {
    seconds: f64,
    result: Value,
    has_begun: bool,
}

impl Awaitable for Sleep {
    fn resume(&mut self, _: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            return Err(exception);
        }
        if self.has_begun {
            return Ok(Polled::Ready(self.result.clone()));
        }
        self.has_begun = true;
        let seconds = self.seconds;
        Ok(Polled::Pending(if seconds <= 0.0 { Request::NextTurn } else { Request::Sleep { seconds } }))
    }
}

fn future(value: &Value) -> Result<&Rc<Future<Machine>>, Raised> {
    match value {
        Value::Future(future) => Ok(future),
        other => raise(ExceptionKind::TypeError, format!("a future was expected, got {}", other.type_name())),
    }
}

fn result(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match future(arguments.alone("result")?)?.result(machine) {
        Some(result) => result,
        None => raise(ExceptionKind::InvalidStateError, "Result is not set."),
    }
}

fn exception(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let future = future(arguments.alone("exception")?)?;
    match future.result(machine) {
        Some(Ok(_)) => Ok(Value::None),
        Some(Err(exception)) if future.is_cancelled() => Err(exception),
        Some(Err(exception)) => Ok(Value::Exception(exception)),
        None => raise(ExceptionKind::InvalidStateError, "Exception is not set."),
    }
}

fn cancel(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [task, message] = arguments.bind("cancel", ["self", "msg"], 1)?;
    let message = if matches!(message, Value::Unbound | Value::None) { None } else { Some(message.clone()) };
    Ok(Value::Bool(event_loop::cancel(machine, future(task)?, message)))
}

fn complete(machine: &mut Machine, future: &Rc<Future<Machine>>, outcome: Outcome<Machine>) -> Result<Value, Raised> {
    if future.task().is_some() {
        return raise(ExceptionKind::RuntimeError, "Task does not support set_result operation");
    }
    if future.is_done() {
        return raise(ExceptionKind::InvalidStateError, "invalid state");
    }
    machine.event_loop().complete(future, outcome);
    Ok(Value::None)
}

fn set_result(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, value] = arguments.bind("set_result", ["self", "result"], 2)?;
    complete(machine, future(receiver)?, Outcome::Value(value.clone()))
}

fn set_exception(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, exception] = arguments.bind("set_exception", ["self", "exception"], 2)?;
    let exception = match exception {
        Value::Exception(exception) => exception.clone(),
        Value::Class(Class::Exception(kind)) => Exception::new(*kind, Vec::new()),
        _ => return raise(ExceptionKind::TypeError, "an exception was expected"),
    };
    complete(machine, future(receiver)?, Outcome::Exception(exception))
}

fn get_name(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let task = future(arguments.alone("get_name")?)?.task();
    Ok(Value::text(task.map_or_else(String::new, |task| machine.task_name(task))))
}
