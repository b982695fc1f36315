//! `contextlib.ExitStack` and `AsyncExitStack`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::event_loop::Input;
use crate::python::machine::{Delegate, Machine};
use crate::python::values::{
    Arguments, Awaitable, Class, ExceptionKind, Native, NativeClass, NativeCoroutine, Object, Polled, Raised, Value,
    raise,
};

/// One of the two classes.
pub fn class(name: &str) -> Option<Value> {
    let class = match name {
        "ExitStack" => &STACK,
        "AsyncExitStack" => &ASYNC_STACK,
        _ => return None,
    };
    Some(Value::Class(Class::Native(class)))
}

/// What is to be called at the end.
struct Exit {
    function: Value,
    positional: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
    /// It takes the exception with which the stack is left, and may suppress it.
    takes_exception: bool,
    is_async: bool,
}

type Exits = RefCell<Vec<Exit>>;

static STACK: NativeClass = NativeClass {
    name: "ExitStack",
    module: "contextlib",
    construct: |_, _| Ok(Object::value(&STACK, Rc::new(Exits::default()))),
    methods: &[
        Native { name: "enter_context", call: enter_context },
        Native { name: "push", call: |machine, it| push(machine, it, "__exit__") },
        Native { name: "callback", call: |_, it| callback(it, false) },
        Native { name: "pop_all", call: pop_all },
        Native { name: "__enter__", call: |_, it| it.alone("__enter__").cloned() },
        Native {
            name: "__exit__",
            call: |machine, it| {
                let [_, _, exception, _] = it.bind("__exit__", ["self", "typ", "value", "traceback"], 4)?;
                leave(machine, it, exception)
            },
        },
        Native { name: "close", call: |machine, it| leave(machine, it, &Value::None) },
    ],
    ..NativeClass::PLAIN
};

static ASYNC_STACK: NativeClass = NativeClass {
    name: "AsyncExitStack",
    module: "contextlib",
    construct: |_, _| Ok(Object::value(&ASYNC_STACK, Rc::new(Exits::default()))),
    methods: &[
        Native { name: "enter_context", call: enter_context },
        Native { name: "enter_async_context", call: enter_async_context },
        Native { name: "push", call: |machine, it| push(machine, it, "__exit__") },
        Native { name: "push_async_exit", call: |machine, it| push(machine, it, "__aexit__") },
        Native { name: "callback", call: |_, it| callback(it, false) },
        Native { name: "push_async_callback", call: |_, it| callback(it, true) },
        Native { name: "pop_all", call: pop_all },
        Native {
            name: "__aenter__",
            call: |_, it| {
                let entered = Entering { stack: None, entered: Err(it.alone("__aenter__")?.clone()) };
                Ok(NativeCoroutine::value("__aenter__", entered))
            },
        },
        Native {
            name: "__aexit__",
            call: |_, it| {
                let [_, _, exception, _] = it.bind("__aexit__", ["self", "typ", "value", "traceback"], 4)?;
                Ok(NativeCoroutine::value("__aexit__", Leaving::new(it, exception)?))
            },
        },
        Native { name: "aclose", call: |_, it| Ok(NativeCoroutine::value("aclose", Leaving::new(it, &Value::None)?)) },
    ],
    ..NativeClass::PLAIN
};

fn exits(arguments: &Arguments<'_>) -> Result<Rc<Exits>, Raised> {
    match arguments.positional {
        [stack, ..] => Object::state_of(stack),
        [] => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

/// How a context manager is left.
fn exit_of(machine: &mut Machine, manager: &Value, method: &str) -> Result<Exit, Raised> {
    let function = machine.attribute_of(manager, method).or_else(|_| {
        let sort = if method == "__aexit__" { "asynchronous " } else { "" };
        let name = match manager.user_class() {
            Some(class) => class.full_name(),
            None => ["builtins.", &manager.class().qualified_name()].concat(),
        };
        let message = format!("'{name}' object does not support the {sort}context manager protocol");
        raise(ExceptionKind::TypeError, message)
    })?;
    let is_async = method == "__aexit__";
    Ok(Exit { function, positional: Vec::new(), keywords: Vec::new(), takes_exception: true, is_async })
}

fn enter_context(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, manager] = arguments.bind("enter_context", ["self", "cm"], 2)?;
    let exit = exit_of(machine, manager, "__exit__")?;
    let enter = machine.attribute_of(manager, "__enter__")?;
    let result = machine.call_value(&enter, &[])?;
    exits(arguments)?.borrow_mut().push(exit);
    Ok(result)
}

fn enter_async_context(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, manager] = arguments.bind("enter_async_context", ["self", "cm"], 2)?;
    let exit = exit_of(machine, manager, "__aexit__")?;
    let enter = machine.attribute_of(manager, "__aenter__")?;
    let entered = Delegate::new(machine.call_value(&enter, &[])?);
    let entering = Entering { stack: Some((exits(arguments)?, exit)), entered: Ok(entered) };
    Ok(NativeCoroutine::value("enter_async_context", entering))
}

/// Takes a context manager that has been entered already, or a function like its `__exit__`.
fn push(machine: &mut Machine, arguments: &Arguments<'_>, method: &str) -> Result<Value, Raised> {
    let [_, given] = arguments.bind("push", ["self", "exit"], 2)?;
    let exit = exit_of(machine, given, method).unwrap_or_else(|_| Exit {
        function: given.clone(),
        positional: Vec::new(),
        keywords: Vec::new(),
        takes_exception: true,
        is_async: method == "__aexit__",
    });
    exits(arguments)?.borrow_mut().push(exit);
    Ok(given.clone())
}

fn callback(arguments: &Arguments<'_>, is_async: bool) -> Result<Value, Raised> {
    let [_, function, rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "callback() missing 1 required positional argument: 'callback'");
    };
    exits(arguments)?.borrow_mut().push(Exit {
        function: function.clone(),
        positional: rest.to_vec(),
        keywords: arguments.keywords.to_vec(),
        takes_exception: false,
        is_async,
    });
    Ok(function.clone())
}

fn pop_all(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let exits = exits(arguments)?.take();
    match arguments.positional {
        [Value::Object(object)] => Ok(Object::value(object.class, Rc::new(Exits::new(exits)))),
        _ => raise(ExceptionKind::TypeError, "pop_all() takes no arguments"),
    }
}

/// How far leaving has come: the exception in flight changes with what the context managers say and raise.
struct Flight {
    /// It was left with an exception.
    was_raised: bool,
    exception: Option<Raised>,
    /// The exception is another one than that with which it was left.
    is_other: bool,
}

impl Flight {
    fn new(exception: &Value) -> Self {
        let exception = match exception {
            Value::Exception(exception) => Some(exception.clone()),
            _ => None,
        };
        Self { was_raised: exception.is_some(), exception, is_other: false }
    }

    /// Calls what is to be called.
    fn call(&self, machine: &mut Machine, exit: &Exit) -> Result<Value, Raised> {
        if !exit.takes_exception {
            return machine.call_value_with(&exit.function, &exit.positional, &exit.keywords);
        }
        let (class, exception) = match &self.exception {
            Some(exception) => {
                let exception = Value::Exception(exception.clone());
                (exception.class_value(), exception)
            }
            None => (Value::None, Value::None),
        };
        machine.call_value(&exit.function, &[class, exception, Value::None])
    }

    /// Takes in what came of it.
    fn take(&mut self, machine: &mut Machine, result: Result<Value, Raised>, takes_exception: bool) {
        match result {
            Ok(answer) => {
                if takes_exception && self.exception.is_some() && machine.truth(&answer).unwrap_or(false) {
                    self.exception = None;
                    self.is_other = false;
                }
            }
            Err(raised) => {
                self.is_other = true;
                if let Some(before) = self.exception.take()
                    && !Rc::ptr_eq(&before, &raised)
                    && raised.context.borrow().is_none()
                {
                    raised.context.replace(Some(before));
                }
                self.exception = Some(raised);
            }
        }
    }

    /// What `__exit__` answers.
    fn answer(&mut self) -> Result<Value, Raised> {
        match self.exception.take() {
            Some(exception) if self.is_other => Err(exception),
            exception => Ok(Value::Bool(self.was_raised && exception.is_none())),
        }
    }
}

fn leave(machine: &mut Machine, arguments: &Arguments<'_>, exception: &Value) -> Result<Value, Raised> {
    let exits = exits(arguments)?;
    let mut flight = Flight::new(exception);
    loop {
        let Some(exit) = exits.borrow_mut().pop() else { return flight.answer() };
        let result = flight.call(machine, &exit);
        flight.take(machine, result, exit.takes_exception);
    }
}

/// Entering an asynchronous context manager, which is to be left in the end.
struct Entering {
    stack: Option<(Rc<Exits>, Exit)>,
    /// What to await, or what is there already.
    entered: Result<Delegate, Value>,
}

impl Awaitable for Entering {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let polled = match &mut self.entered {
            Ok(delegate) => delegate.resume(machine, input)?,
            Err(value) => Polled::Ready(value.clone()),
        };
        if let Polled::Ready(_) = polled
            && let Some((stack, exit)) = self.stack.take()
        {
            stack.borrow_mut().push(exit);
        }
        Ok(polled)
    }

    fn cancel(&mut self) -> bool {
        self.entered.as_mut().is_ok_and(Delegate::cancel)
    }
}

/// Leaving an `AsyncExitStack`.
struct Leaving {
    exits: Rc<Exits>,
    flight: Flight,
    /// What it awaits, and whether that may suppress the exception.
    awaited: Option<(Delegate, bool)>,
}

impl Leaving {
    fn new(arguments: &Arguments<'_>, exception: &Value) -> Result<Self, Raised> {
        Ok(Self { exits: exits(arguments)?, flight: Flight::new(exception), awaited: None })
    }
}

impl Awaitable for Leaving {
    fn resume(&mut self, machine: &mut Machine, mut input: Input<Machine>) -> Result<Polled, Raised> {
        if self.awaited.is_none()
            && let Input::Exception(exception) = input
        {
            return Err(exception);
        }
        loop {
            if let Some((delegate, takes_exception)) = &mut self.awaited {
                let result = match delegate.resume(machine, std::mem::replace(&mut input, Input::Proceed)) {
                    Ok(Polled::Ready(value)) => Ok(value),
                    Ok(pending) => return Ok(pending),
                    Err(exception) => Err(exception),
                };
                let takes_exception = *takes_exception;
                self.awaited = None;
                self.flight.take(machine, result, takes_exception);
            }
            let Some(exit) = self.exits.borrow_mut().pop() else { return self.flight.answer().map(Polled::Ready) };
            input = Input::Proceed;
            match self.flight.call(machine, &exit) {
                Ok(awaitable) if exit.is_async => {
                    self.awaited = Some((Delegate::new(awaitable), exit.takes_exception));
                }
                result => self.flight.take(machine, result, exit.takes_exception),
            }
        }
    }

    fn cancel(&mut self) -> bool {
        self.awaited.as_mut().is_some_and(|(delegate, _)| delegate.cancel())
    }
}
