//! The event loop as programs hold it, and how they come by one.

use std::rc::Rc;

use super::asyncio::{as_future, handle, seconds, spawn, thread};
use super::contextvars;
use crate::event_loop::{Future, Input, Request};
use crate::python::compile::Operator;
use crate::python::machine::{Context, Machine, Run, ScheduledCall};
use crate::python::values::{
    Arguments, Awaitable, Dict, ExceptionKind, Native, NativeCoroutine, Polled, Raised, Value, raise, unfit,
};
use crate::trace::OlderForm;

/// Functions of `asyncio` that find, make and set loops.
pub static FUNCTIONS: &[Native] = &[
    Native { name: "get_event_loop", call: get_event_loop },
    Native { name: "new_event_loop", call: new_event_loop },
    Native { name: "set_event_loop", call: set_event_loop },
    Native { name: "coroutine", call: coroutine },
];

/// Makes a loop: see `asyncio.EventLoop`.
pub static EVENT_LOOP: Native = Native { name: "EventLoop", call: new_event_loop };
/// Makes a future: see `asyncio.Future`.
pub static FUTURE: Native = Native { name: "Future", call: new_future };
/// Makes a task: see `asyncio.Task`.
pub static TASK: Native = Native { name: "Task", call: new_task };

/// Methods of the loop.
pub static METHODS: &[Native] = &[
    Native { name: "time", call: |machine, _| Ok(Value::Float(machine.event_loop().time())) },
    Native { name: "create_task", call: create_task },
    Native { name: "create_future", call: |_, _| Ok(Value::Future(Future::new())) },
    Native { name: "call_soon", call: call_soon },
    Native { name: "call_soon_threadsafe", call: call_soon },
    Native { name: "call_later", call: |machine, it| call_timed(machine, it, true) },
    Native { name: "call_at", call: |machine, it| call_timed(machine, it, false) },
    Native { name: "run_until_complete", call: run_until_complete },
    Native { name: "run_in_executor", call: thread::run_in_executor },
    Native { name: "run_forever", call: run_forever },
    Native { name: "stop", call: stop },
    Native { name: "close", call: close },
    Native { name: "is_running", call: is_running },
    Native { name: "is_closed", call: is_closed },
    Native {
        name: "shutdown_asyncgens",
        call: |_, _| Ok(NativeCoroutine::value("shutdown_asyncgens", NextTurn(true))),
    },
    Native {
        name: "shutdown_default_executor",
        call: |_, _| Ok(NativeCoroutine::value("shutdown_default_executor", NextTurn(true))),
    },
    Native { name: "add_signal_handler", call: |_, _| Ok(Value::None) },
    Native { name: "remove_signal_handler", call: |_, _| Ok(Value::Bool(true)) },
    Native { name: "call_exception_handler", call: |machine, it| tell(machine, it, Machine::call_exception_handler) },
    Native {
        name: "default_exception_handler",
        call: |machine, it| tell(machine, it, |it, about| it.log_failure(about)),
    },
    Native { name: "set_exception_handler", call: set_exception_handler },
    Native {
        name: "get_exception_handler",
        call: |machine, it| Ok(machine.exception_handler(number(it.alone("get_exception_handler")?)?)),
    },
    Native { name: "get_debug", call: |_, _| Ok(Value::Bool(false)) },
    Native { name: "set_debug", call: |_, _| Ok(Value::None) },
];

fn new_event_loop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind("new_event_loop", [], 0)?;
    Ok(Value::EventLoop(machine.new_loop()))
}

fn get_event_loop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind("get_event_loop", [], 0)?;
    machine.current_loop(OlderForm::GetEventLoop).map(Value::EventLoop)
}

fn set_event_loop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [event_loop] = arguments.bind("set_event_loop", ["loop"], 1)?;
    let number = match event_loop {
        Value::None => None,
        Value::EventLoop(number) => Some(*number),
        other => {
            let name = other.type_name();
            let message = format!("loop must be an instance of AbstractEventLoop or None, not '{name}'");
            return raise(ExceptionKind::TypeError, message);
        }
    };
    machine.set_loop(number);
    Ok(Value::None)
}

/// `@asyncio.coroutine`: the compiler has made a coroutine of the function already.
fn coroutine(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let function = arguments.alone("coroutine")?;
    machine.note(OlderForm::CoroutineDecorator);
    Ok(function.clone())
}

/// A method that the class `asyncio.Task` once had. In place of the running loop they took the current one.
pub fn task_class_method(name: &str) -> Value {
    static METHODS: [Native; 2] = [
        Native { name: "current_task", call: |machine, it| of_current_loop(machine, it, super::asyncio::current_task) },
        Native { name: "all_tasks", call: |machine, it| of_current_loop(machine, it, super::asyncio::all_tasks) },
    ];
    Value::Native(&METHODS[usize::from(name == "all_tasks")])
}

fn of_current_loop(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    function: fn(&mut Machine, &Arguments<'_>) -> Result<Value, Raised>,
) -> Result<Value, Raised> {
    machine.note(OlderForm::TaskClassMethod);
    let [given] = arguments.bind("Task", ["loop"], 0)?;
    let event_loop = match given {
        Value::Unbound | Value::None => Value::EventLoop(machine.current_loop(OlderForm::GetEventLoop)?),
        given => given.clone(),
    };
    function(machine, &Arguments { positional: &[event_loop], keywords: &[] })
}

/// What a bare `yield` awaits in a coroutine of the older kind: the next turn.
pub fn asleep() -> Value {
    static ASLEEP: Native = Native { name: "sleep", call: |_, _| Ok(NativeCoroutine::value("sleep", NextTurn(false))) };
    Value::Native(&ASLEEP)
}

/// The number of a loop.
pub(super) fn number(event_loop: &Value) -> Result<u32, Raised> {
    match event_loop {
        Value::EventLoop(number) => Ok(*number),
        other => raise(ExceptionKind::TypeError, format!("an event loop was expected, got {}", other.type_name())),
    }
}

fn new_future(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind("Future", [], 0)?;
    machine.current_loop(OlderForm::TaskWithoutLoop)?;
    Ok(Value::Future(Future::new()))
}

fn new_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [coroutine, name, context, _] = arguments.bind("Task", ["coro", "name", "context", "eager_start"], 1)?;
    machine.use_current_loop()?;
    spawn(machine, coroutine, name, context)
}

fn create_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, coroutine, name, context, _] =
        arguments.bind("create_task", ["self", "coro", "name", "context", "eager_start"], 2)?;
    machine.use_loop(number(receiver)?)?;
    spawn(machine, coroutine, name, context)
}

/// The context that a callback is to run in: the one given, or the current one.
fn given_context(machine: &Machine, arguments: &Arguments<'_>) -> Result<Context, Raised> {
    match arguments.keywords {
        [] => Ok(machine.context.clone()),
        [(name, context)] if &**name == "context" => match context {
            Value::None => Ok(machine.context.clone()),
            context => Ok(contextvars::of(context)?.borrow().clone()),
        },
        [(name, _), ..] => {
            raise(ExceptionKind::TypeError, format!("call_soon() got an unexpected keyword argument '{name}'"))
        }
    }
}

fn call_soon(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, function, rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "call_soon() missing 1 required positional argument: 'callback'");
    };
    machine.use_loop(number(receiver)?)?;
    let context = given_context(machine, arguments)?;
    let call = ScheduledCall { function: function.clone(), arguments: rest.to_vec(), context };
    Ok(handle::value(machine.event_loop().call_soon(call), Value::None))
}

fn call_timed(machine: &mut Machine, arguments: &Arguments<'_>, is_relative: bool) -> Result<Value, Raised> {
    let [receiver, when, function, rest @ ..] = arguments.positional else {
        let message = "call_later() missing required positional arguments: 'delay' and 'callback'";
        return raise(ExceptionKind::TypeError, message);
    };
    if let Value::None = when {
        let message = if is_relative { "delay must not be None" } else { "when cannot be None" };
        return raise(ExceptionKind::TypeError, message);
    }
    machine.use_loop(number(receiver)?)?;
    let when = match is_relative {
        true => machine.operate(Operator::Add, &Value::Float(machine.clock()), when)?,
        false => when.clone(),
    };
    let context = given_context(machine, arguments)?;
    let call = ScheduledCall { function: function.clone(), arguments: rest.to_vec(), context };
    let handle = machine.event_loop().call_at(seconds(&when)?, call);
    Ok(handle::value(handle, when))
}

/// Takes a loop in order to run it. See `BaseEventLoop._check_closed` and `_check_running`.
pub(super) fn take_to_run(machine: &mut Machine, event_loop: u32) -> Result<(), Raised> {
    let complaint = match machine.running_loop() {
        _ if machine.is_closed(event_loop) => "Event loop is closed",
        Some(running) if running == event_loop => "This event loop is already running",
        Some(_) => "Cannot run the event loop while another loop is running",
        None => return machine.use_loop(event_loop),
    };
    raise(ExceptionKind::RuntimeError, complaint)
}

fn run_until_complete(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, awaitable] = arguments.bind("run_until_complete", ["self", "future"], 2)?;
    let event_loop = number(receiver)?;
    take_to_run(machine, event_loop)?;
    let future = machine.with_loop(event_loop, |machine| as_future(machine, awaitable))?;
    machine.request_run(Run::Until(future));
    Ok(Value::None)
}

fn run_forever(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    take_to_run(machine, number(arguments.alone("run_forever")?)?)?;
    machine.request_run(Run::Forever);
    Ok(Value::None)
}

fn stop(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let event_loop = number(arguments.alone("stop")?)?;
    if !machine.is_closed(event_loop) {
        machine.use_loop(event_loop)?;
        machine.event_loop().stop();
    }
    Ok(Value::None)
}

fn close(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let event_loop = number(arguments.alone("close")?)?;
    if machine.running_loop() == Some(event_loop) {
        return raise(ExceptionKind::RuntimeError, "Cannot close a running event loop");
    }
    machine.close_loop(event_loop);
    Ok(Value::None)
}

fn tell(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    handler: fn(&mut Machine, &Rc<Dict>),
) -> Result<Value, Raised> {
    let [_, context] = arguments.bind("call_exception_handler", ["self", "context"], 2)?;
    match context {
        Value::Dict(context) => handler(machine, context),
        other => return unfit(other, "has no attribute 'get'"),
    }
    Ok(Value::None)
}

fn set_exception_handler(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, handler] = arguments.bind("set_exception_handler", ["self", "handler"], 2)?;
    machine.set_exception_handler(number(receiver)?, handler.clone());
    Ok(Value::None)
}

fn is_running(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let event_loop = number(arguments.alone("is_running")?)?;
    Ok(Value::Bool(machine.running_loop() == Some(event_loop)))
}

fn is_closed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let event_loop = number(arguments.alone("is_closed")?)?;
    Ok(Value::Bool(machine.is_closed(event_loop)))
}

/// A coroutine that gives up its turn once, unless it has already: then it has nothing to do.
struct NextTurn(bool);

impl Awaitable for NextTurn {
    fn resume(&mut self, _: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        match input {
            Input::Exception(exception) => Err(exception),
            _ if std::mem::replace(&mut self.0, true) => Ok(Polled::Ready(Value::None)),
            _ => Ok(Polled::Pending(Request::NextTurn)),
        }
    }
}
