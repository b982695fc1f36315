//! `asyncio`: tasks, and what waits for them. The loop and the primitives are in files of their own.

mod awaiting;
pub mod future;
pub mod handle;
mod runner;
mod task_group;
pub mod thread;
mod timeout;

pub use awaiting::seconds;

use std::rc::Rc;

use super::generators::thrown;
use super::{contextvars, event_loop as loops, inspect, primitives};
use crate::event_loop::Future;
use crate::python::machine::{MOST_TASKS, Machine, Run, Stack, TaskSource};
use crate::python::values::{Arguments, Class, ExceptionKind, Module, Native, Raised, Set, Value, raise, str, unfit};

/// The modules that `asyncio` consists of: each has all that `asyncio` has.
pub static PARTS: &[Module] = &[
    Module { name: "asyncio.coroutines", get },
    Module { name: "asyncio.events", get },
    Module { name: "asyncio.exceptions", get },
    Module { name: "asyncio.futures", get },
    Module { name: "asyncio.locks", get },
    Module { name: "asyncio.queues", get },
    Module { name: "asyncio.runners", get },
    Module { name: "asyncio.taskgroups", get },
    Module { name: "asyncio.tasks", get },
    Module { name: "asyncio.timeouts", get },
];

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    let exception = ExceptionKind::ALL.iter().find(|kind| kind.name() == name);
    match (name, exception) {
        ("TimeoutError", _) => Some(Value::Class(Class::Exception(ExceptionKind::TimeoutError))),
        (_, Some(kind)) if kind.is_asyncio() => Some(Value::Class(Class::Exception(*kind))),
        ("Future", _) => Some(Value::Class(Class::Future)),
        ("Task", _) => Some(Value::Class(Class::Task)),
        ("EventLoop", _) => Some(Value::Class(Class::EventLoop)),
        ("Timeout", _) => Some(Value::Class(Class::Native(&timeout::TIMEOUT))),
        ("Runner", _) => Some(Value::Class(Class::Native(&runner::RUNNER))),
        ("TaskGroup", _) => Some(Value::Class(Class::Native(&task_group::TASK_GROUP))),
        ("FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED", _) => Some(Value::text(name)),
        _ => {
            let mut functions = FUNCTIONS.iter().chain(loops::FUNCTIONS);
            let function = functions.find(|function| function.name == name).map(Value::Native);
            let part = || PARTS.iter().find(|part| part.name.strip_prefix("asyncio.") == Some(name));
            function.or_else(|| primitives::class(name).map(Value::Class)).or_else(|| part().map(Value::Module))
        }
    }
}

static FUNCTIONS: &[Native] = &[
    Native { name: "run", call: run },
    Native { name: "sleep", call: awaiting::sleep },
    Native { name: "gather", call: awaiting::gather },
    Native { name: "shield", call: awaiting::shield },
    Native { name: "wait", call: awaiting::wait },
    Native { name: "wait_for", call: awaiting::wait_for },
    Native { name: "as_completed", call: awaiting::as_completed },
    Native { name: "timeout", call: timeout::after },
    Native { name: "timeout_at", call: timeout::at },
    Native { name: "to_thread", call: thread::to_thread },
    Native { name: "create_task", call: create_task },
    Native { name: "ensure_future", call: ensure_future },
    Native { name: "current_task", call: current_task },
    Native { name: "all_tasks", call: all_tasks },
    Native { name: "get_running_loop", call: get_running_loop },
    Native { name: "iscoroutine", call: is_coroutine },
    Native { name: "iscoroutinefunction", call: inspect::is_coroutine_function },
    Native { name: "isfuture", call: |_, it| Ok(Value::Bool(matches!(it.alone("isfuture")?, Value::Future(_)))) },
];

/// Methods of coroutines.
pub static COROUTINE: &[Native] = &[
    Native { name: "close", call: close },
    Native {
        name: "send",
        call: |machine, it| match it.positional {
            [Value::Coroutine(coroutine), sent] => machine.send_to_coroutine(coroutine, sent.clone()),
            [coroutine, ..] => unfit(coroutine, "is not driven by hand in Signalbox: await it"),
            [] => Ok(Value::None),
        },
    },
    Native {
        name: "throw",
        call: |machine, it| match it.positional {
            [Value::Coroutine(coroutine), ..] => {
                let exception = thrown(machine, it, "throw")?;
                machine.throw_in_coroutine(coroutine, exception)
            }
            [coroutine, ..] => unfit(coroutine, "is not driven by hand in Signalbox: await it"),
            [] => Ok(Value::None),
        },
    },
];

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

/// A task for a coroutine, perhaps with a name and a context. See `asyncio.create_task`.
pub(super) fn spawn(machine: &mut Machine, coroutine: &Value, name: &Value, context: &Value) -> Result<Value, Raised> {
    let given = name;
    let name = match given {
        Value::Unbound | Value::None => None,
        name => Some(str(name)),
    };
    let name = name.as_deref();
    if machine.event_loop().tasks_created() >= MOST_TASKS {
        return raise(ExceptionKind::MemoryError, format!("Signalbox runs up to {MOST_TASKS} tasks"));
    }
    let (mut stack, label, line, source) = match coroutine {
        Value::Coroutine(coroutine) => {
            let Some(frame) = coroutine.frame.take() else {
                // The task finds out in its first step.
                let used = raise(ExceptionKind::RuntimeError, "cannot reuse already awaited coroutine");
                return spawn(machine, &awaiting::Done::value("coroutine", used), given, context);
            };
            let label = match name {
                Some(name) => machine.label_named(name),
                None => machine.label_frame(&frame),
            };
            let line = frame.code.line;
            let source = TaskSource::Function(frame.code.clone());
            (Stack::of(frame), label, line, source)
        }
        Value::NativeCoroutine(native) => {
            let label = match name {
                Some(name) => machine.label_named(name),
                None => machine.label_native(native.name),
            };
            let stack = Stack { native: Some(native.clone()), ..Stack::default() };
            native.has_begun.set(true);
            (stack, label, machine.line(), TaskSource::Native(native.name))
        }
        other => {
            return raise(ExceptionKind::TypeError, format!("a coroutine was expected, got {}", str(other)));
        }
    };
    stack.context = match context {
        Value::Unbound | Value::None => Rc::new(machine.context.clone().into()),
        given => contextvars::of(given)?,
    };
    machine.note_task_source(source);
    Ok(Value::Future(machine.event_loop().create_task(stack, name, label, line)))
}

/// A task that would begin at once, within the one that makes it.
pub(super) fn refuse_eager(eager: &Value) -> Result<(), Raised> {
    if matches!(eager, Value::Unbound) || !eager.is_true() {
        return Ok(());
    }
    let message = "Signalbox begins every task in the next turn of the loop: leave eager_start out";
    raise(ExceptionKind::RuntimeError, message)
}

/// See `asyncio.create_task`.
pub(super) fn create_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let names = ["coro", "name", "context", "eager_start"];
    let [coroutine, name, context, eager] = arguments.bind("create_task", names, 1)?;
    refuse_eager(eager)?;
    if !machine.is_in_loop() {
        return raise(ExceptionKind::RuntimeError, "no running event loop");
    }
    spawn(machine, coroutine, name, context)
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
            match spawn(machine, awaitable, &Value::None, &Value::None)? {
                Value::Future(future) => Ok(future),
                other => unfit(&other, "is no task"),
            }
        }
        Value::Instance(_) => {
            let awaited = machine.awaited_by(awaitable)?;
            as_future(machine, &awaited)
        }
        _ => {
            let message = "An asyncio.Future, a coroutine or an awaitable is required";
            raise(ExceptionKind::TypeError, message)
        }
    }
}

/// Complains if no event loop runs.
fn check_running(machine: &Machine) -> Result<(), Raised> {
    if machine.is_in_loop() { Ok(()) } else { raise(ExceptionKind::RuntimeError, "no running event loop") }
}

pub(super) fn current_task(machine: &mut Machine, _: &Arguments<'_>) -> Result<Value, Raised> {
    check_running(machine)?;
    let event_loop = machine.event_loop();
    let future = event_loop.current_task().and_then(|task| event_loop.task_future(task));
    Ok(future.map_or(Value::None, Value::Future))
}

pub(super) fn all_tasks(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [given] = arguments.bind("all_tasks", ["loop"], 0)?;
    let number = loops::number(&match given {
        Value::Unbound | Value::None => get_running_loop(machine, arguments)?,
        given => given.clone(),
    })?;
    let tasks = machine.event_loop().unfinished_tasks(number).into_iter().map(Value::Future).collect();
    Set::value(machine, tasks, false)
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

fn close(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.alone("close")? {
        Value::Coroutine(coroutine) => machine.close_coroutine(coroutine)?,
        other => close_coroutine(other),
    }
    Ok(Value::None)
}

/// Ends a coroutine that has not begun.
fn close_coroutine(coroutine: &Value) {
    match coroutine {
        Value::Coroutine(coroutine) => drop(coroutine.frame.take()),
        Value::NativeCoroutine(native) => drop(native.state.take()),
        _ => {}
    }
}
