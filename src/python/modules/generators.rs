//! Methods of generators and asynchronous generators.

use std::rc::Rc;

use crate::event_loop::Input;
use crate::python::machine::{Delegate, Machine, Step};
use crate::python::values::{
    Arguments, Awaitable, ExceptionKind, Generator, Native, NativeCoroutine, Polled, Raised, Value, raise, unfit,
};

/// Methods of generators.
pub static GENERATOR: &[Native] = &[
    Native { name: "send", call: send },
    Native {
        name: "throw",
        call: |machine, it| {
            let exception = thrown(machine, it, "throw")?;
            machine.throw(generator(&it.positional[0])?, exception)
        },
    },
    Native { name: "close", call: |machine, it| machine.close(generator(it.alone("close")?)?) },
];

/// Methods of asynchronous generators.
pub static ASYNC_GENERATOR: &[Native] = &[
    Native { name: "__aiter__", call: |_, it| it.alone("__aiter__").cloned() },
    Native {
        name: "__anext__",
        call: |machine, it| Ok(machine.step_generator(generator(it.alone("__anext__")?)?, Step::Send(Value::None))),
    },
    Native {
        name: "asend",
        call: |machine, it| {
            let [receiver, value] = it.bind("asend", ["self", "value"], 2)?;
            Ok(machine.step_generator(generator(receiver)?, Step::Send(value.clone())))
        },
    },
    Native {
        name: "athrow",
        call: |machine, it| {
            let exception = thrown(machine, it, "athrow")?;
            Ok(machine.step_generator(generator(&it.positional[0])?, Step::Throw(exception)))
        },
    },
    Native {
        name: "aclose",
        call: |machine, it| Ok(machine.step_generator(generator(it.alone("aclose")?)?, Step::Close)),
    },
];

fn generator(value: &Value) -> Result<&Rc<Generator>, Raised> {
    match value {
        Value::Generator(generator) | Value::AsyncGenerator(generator) => Ok(generator),
        other => unfit(other, "is not a generator"),
    }
}

fn send(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, value] = arguments.bind("send", ["self", "value"], 2)?;
    machine.send(generator(receiver)?, value.clone())
}

/// The exception among the arguments of `throw` and `athrow`.
pub fn thrown(machine: &mut Machine, arguments: &Arguments<'_>, name: &str) -> Result<Raised, Raised> {
    let [_, kind, value, _] = arguments.bind(name, ["self", "type", "value", "traceback"], 2)?;
    match (kind, value) {
        (Value::Exception(exception), _) | (_, Value::Exception(exception)) => Ok(exception.clone()),
        (Value::Class(class), _) => match machine.call_value(&Value::Class(*class), &[])? {
            Value::Exception(exception) => Ok(exception),
            _ => no_exception(kind),
        },
        _ => no_exception(kind),
    }
}

fn no_exception<T>(value: &Value) -> Result<T, Raised> {
    let name = value.type_name();
    let message = format!("exceptions must be classes or instances deriving from BaseException, not {name}");
    raise(ExceptionKind::TypeError, message)
}

/// `aiter(value)`: the asynchronous iterator of a value.
pub fn aiter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("aiter")?;
    match machine.call_special_nested(value, "__aiter__", &[])? {
        Some(iterator) => Ok(iterator),
        None => unfit(value, "is not an async iterable"),
    }
}

/// `anext(iterator, default)`: what to await for its next value.
pub fn anext(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterator, default] = arguments.bind("anext", ["iterator", "default"], 1)?;
    match (machine.call_special_nested(iterator, "__anext__", &[])?, default) {
        (None, _) => unfit(iterator, "is not an async iterator"),
        (Some(awaitable), Value::Unbound) => Ok(awaitable),
        (Some(awaitable), default) => {
            Ok(NativeCoroutine::value("anext", NextOr { next: Delegate::new(awaitable), default: default.clone() }))
        }
    }
}

/// Waits for the next value of an asynchronous iterator, for which another stands in at its end.
struct NextOr {
    next: Delegate,
    default: Value,
}

impl Awaitable for NextOr {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        match self.next.resume(machine, input) {
            Err(end) if end.kind == ExceptionKind::StopAsyncIteration => Ok(Polled::Ready(self.default.clone())),
            result => result,
        }
    }

    fn cancel(&mut self) -> bool {
        self.next.cancel()
    }
}
