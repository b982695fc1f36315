//! Futures and tasks as programs hold them.

use std::rc::Rc;

use crate::event_loop::{self, Future, Outcome};
use crate::python::machine::{Machine, ScheduledCall};
use crate::python::values::{Arguments, Class, Exception, ExceptionKind, Native, Raised, Value, equal, raise, str};

/// Methods of futures and tasks. Those of tasks alone do no harm on a future.
pub static METHODS: &[Native] = &[
    Native { name: "done", call: |_, it| Ok(Value::Bool(future(it.alone("done")?)?.is_done())) },
    Native { name: "cancelled", call: |_, it| Ok(Value::Bool(future(it.alone("cancelled")?)?.is_cancelled())) },
    Native { name: "result", call: result },
    Native { name: "exception", call: exception },
    Native { name: "cancel", call: cancel },
    Native { name: "set_result", call: set_result },
    Native { name: "set_exception", call: set_exception },
    Native { name: "get_name", call: get_name },
    Native { name: "set_name", call: set_name },
    Native {
        name: "get_coro",
        call: |machine, it| match future(it.alone("get_coro")?)?.task() {
            Some(task) => Ok(machine.coroutine_of(task)),
            None => raise(ExceptionKind::AttributeError, "'Future' object has no attribute 'get_coro'"),
        },
    },
    Native { name: "cancelling", call: cancelling },
    Native { name: "uncancel", call: uncancel },
    Native { name: "add_done_callback", call: add_done_callback },
    Native { name: "remove_done_callback", call: remove_done_callback },
];

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
        let operation = if matches!(outcome, Outcome::Value(_)) { "set_result" } else { "set_exception" };
        return raise(ExceptionKind::RuntimeError, format!("Task does not support {operation} operation"));
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
    Ok(Value::text(task.map_or_else(String::new, |task| machine.event_loop().task_name(task))))
}

fn set_name(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, name] = arguments.bind("set_name", ["self", "value"], 2)?;
    if let Some(task) = future(receiver)?.task() {
        let name = str(name);
        let label = machine.label_named(&name);
        machine.event_loop().rename_task(task, &name, label);
    }
    Ok(Value::None)
}

fn cancelling(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let task = future(arguments.alone("cancelling")?)?.task();
    Ok(Value::Int(task.map_or(0, |task| i64::from(machine.event_loop().cancelling(task)))))
}

fn uncancel(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let task = future(arguments.alone("uncancel")?)?.task();
    Ok(Value::Int(task.map_or(0, |task| i64::from(machine.event_loop().uncancel(task)))))
}

fn add_done_callback(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, function, _] = arguments.bind("add_done_callback", ["self", "fn", "context"], 2)?;
    let call = ScheduledCall { function: function.clone(), arguments: Vec::new(), context: machine.context.clone() };
    machine.event_loop().call_when_done(future(receiver)?, call);
    Ok(Value::None)
}

fn remove_done_callback(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, function] = arguments.bind("remove_done_callback", ["self", "fn"], 2)?;
    let removed = future(receiver)?.remove_functions(|call| equal(&call.function, function));
    Ok(Value::from(removed))
}
