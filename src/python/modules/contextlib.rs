//! `contextlib`.

use std::rc::Rc;

use crate::event_loop::Input;
use crate::python::machine::{Delegate, Machine, Step, is_instance};
use crate::python::values::{
    Arguments, Awaitable, Class, Derivation, Exception, ExceptionKind, Generator, Native, NativeClass, NativeCoroutine,
    Object, Partial, Polled, Raised, Value, raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "contextmanager", call: |_, it| decorated(it) },
        Native { name: "asynccontextmanager", call: |_, it| decorated(it) },
        Native {
            name: "suppress",
            call: |_, it| Ok(Object::value(&SUPPRESS, Rc::new(Value::tuple(it.positional.to_vec())))),
        },
        Native { name: "closing", call: |_, it| Ok(Object::value(&CLOSING, Rc::new(it.alone("closing")?.clone()))) },
        Native { name: "aclosing", call: |_, it| Ok(Object::value(&CLOSING, Rc::new(it.alone("aclosing")?.clone()))) },
        Native {
            name: "nullcontext",
            call: |_, it| {
                let [result] = it.bind("nullcontext", ["enter_result"], 0)?;
                Ok(Object::value(&NULL, Rc::new(result.given_or(Value::None))))
            },
        },
    ];
    match name {
        "ContextDecorator" => return Some(Value::Class(Class::Native(&DECORATOR))),
        "AbstractContextManager" => return Some(Value::Class(Class::Native(&ABSTRACT))),
        "AbstractAsyncContextManager" => return Some(Value::Class(Class::Native(&ASYNC_ABSTRACT))),
        _ => {}
    }
    super::function(FUNCTIONS, name).or_else(|| super::exit_stack::class(name))
}

/// A base for context managers, which are entered as themselves.
static ABSTRACT: NativeClass = NativeClass {
    name: "AbstractContextManager",
    module: "contextlib",
    base_for: Derivation::Whole,
    methods: &[
        Native { name: "__enter__", call: |_, it| it.alone("__enter__").cloned() },
        Native { name: "__exit__", call: |_, _| Ok(Value::None) },
    ],
    ..NativeClass::PLAIN
};

static ASYNC_ABSTRACT: NativeClass = NativeClass {
    name: "AbstractAsyncContextManager",
    module: "contextlib",
    base_for: Derivation::Whole,
    methods: &[
        Native { name: "__aenter__", call: |_, it| it.alone("__aenter__").cloned().map(ready) },
        Native { name: "__aexit__", call: |_, _| Ok(ready(Value::None)) },
    ],
    ..NativeClass::PLAIN
};

/// A base for context managers that decorate functions, too.
static DECORATOR: NativeClass = NativeClass {
    name: "ContextDecorator",
    module: "contextlib",
    base_for: Derivation::Whole,
    methods: &[Native { name: "__call__", call: decorate }],
    ..NativeClass::PLAIN
};

/// What a context manager makes of a function that it decorates.
fn decorate(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static INNER: NativeClass = NativeClass {
        name: "function",
        is_function: true,
        methods: &[Native {
            name: "__call__",
            call: |machine, it| {
                let [me, rest @ ..] = it.positional else { return Ok(Value::None) };
                let (manager, function) = (*Object::state_of::<(Value, Value)>(me)?).clone();
                let manager = match machine.call_special_nested(&manager, "_recreate_cm", &[])? {
                    Some(fresh) => fresh,
                    None => manager,
                };
                machine.call_special_nested(&manager, "__enter__", &[])?;
                let result = machine.call_value_with(&function, rest, it.keywords);
                let details = match &result {
                    Ok(_) => [Value::None, Value::None, Value::None],
                    Err(exception) => {
                        let exception = Value::Exception(exception.clone());
                        [exception.class_value(), exception, Value::None]
                    }
                };
                let suppresses = machine.call_special_nested(&manager, "__exit__", &details)?;
                match result {
                    Err(exception) if !suppresses.is_some_and(|it| it.is_true()) => Err(exception),
                    result => Ok(result.unwrap_or(Value::None)),
                }
            },
        }],
        attribute: |object, name| match (&object.state::<(Value, Value)>()?.1, name) {
            (Value::Function(function), "__name__") => Some(Value::text(&*function.name)),
            (Value::Function(function), "__doc__") => Some(function.documentation.clone()),
            _ => None,
        },
        ..NativeClass::PLAIN
    };
    let [manager, function] = arguments.bind("__call__", ["self", "func"], 2)?;
    Ok(Object::value(&INNER, Rc::new((manager.clone(), function.clone()))))
}

static SUPPRESS: NativeClass = NativeClass {
    name: "suppress",
    module: "contextlib",
    methods: &[
        Native { name: "__enter__", call: |_, _| Ok(Value::None) },
        Native {
            name: "__exit__",
            call: |_, it| {
                let (suppressed, exception) = left_with::<Value>(it)?;
                let is_suppressed = |it: Raised| is_instance(&Value::Exception(it), &suppressed).unwrap_or(false);
                Ok(Value::Bool(exception.is_some_and(is_suppressed)))
            },
        },
    ],
    ..NativeClass::PLAIN
};

static CLOSING: NativeClass = NativeClass {
    name: "closing",
    module: "contextlib",
    methods: &[
        Native { name: "__enter__", call: held },
        Native { name: "__exit__", call: |machine, it| close(machine, it, "close").map(|_| Value::None) },
        Native { name: "__aenter__", call: |machine, it| held(machine, it).map(ready) },
        Native { name: "__aexit__", call: |machine, it| close(machine, it, "aclose") },
    ],
    ..NativeClass::PLAIN
};

static NULL: NativeClass = NativeClass {
    name: "nullcontext",
    module: "contextlib",
    methods: &[
        Native { name: "__enter__", call: held },
        Native { name: "__exit__", call: |_, _| Ok(Value::None) },
        Native { name: "__aenter__", call: |machine, it| held(machine, it).map(ready) },
        Native { name: "__aexit__", call: |_, _| Ok(ready(Value::None)) },
    ],
    ..NativeClass::PLAIN
};

/// The generator behind a context manager, and the call that makes another one.
struct Managed {
    generator: Rc<Generator>,
    call: Value,
}

fn call_again(arguments: &Arguments<'_>) -> Value {
    let (positional, keywords) = (arguments.positional.to_vec(), arguments.keywords.to_vec());
    Value::Partial(Rc::new(Partial { function: Value::Native(&MAKE), positional, keywords }))
}

/// A context manager that a generator is behind. See `contextlib._GeneratorContextManager`.
static MANAGER: NativeClass = NativeClass {
    name: "_GeneratorContextManager",
    module: "contextlib",
    methods: &[
        Native { name: "__call__", call: decorate },
        Native {
            name: "_recreate_cm",
            call: |machine, it| {
                let call = Object::state_of::<Managed>(it.alone("_recreate_cm")?)?.call.clone();
                machine.call_value(&call, &[])
            },
        },
        Native {
            name: "__enter__",
            call: |machine, it| {
                let generator = Object::state_of::<Managed>(&it.positional[0])?.generator.clone();
                let entered = machine.send(&generator, Value::None);
                verdict(entered, None)
            },
        },
        Native {
            name: "__exit__",
            call: |machine, it| {
                let (managed, exception) = left_with::<Managed>(it)?;
                let generator = managed.generator.clone();
                let result = match &exception {
                    Some(exception) => machine.throw(&generator, exception.clone()),
                    None => machine.send(&generator, Value::None),
                };
                verdict(result, Some(exception))
            },
        },
    ],
    ..NativeClass::PLAIN
};

/// See `contextlib._AsyncGeneratorContextManager`.
static ASYNC_MANAGER: NativeClass = NativeClass {
    name: "_AsyncGeneratorContextManager",
    module: "contextlib",
    methods: &[
        Native {
            name: "__aenter__",
            call: |machine, it| {
                let generator = Object::state_of::<Managed>(&it.positional[0])?.generator.clone();
                let step = Delegate::new(machine.step_generator(&generator, Step::Send(Value::None)));
                Ok(NativeCoroutine::value("__aenter__", Stepping { step, left_with: None }))
            },
        },
        Native {
            name: "__aexit__",
            call: |machine, it| {
                let (managed, exception) = left_with::<Managed>(it)?;
                let generator = managed.generator.clone();
                let step = exception.clone().map_or(Step::Send(Value::None), Step::Throw);
                let step = Delegate::new(machine.step_generator(&generator, step));
                Ok(NativeCoroutine::value("__aexit__", Stepping { step, left_with: Some(exception) }))
            },
        },
    ],
    ..NativeClass::PLAIN
};

/// Calls a generator function and makes a context manager of the generator.
static MAKE: Native = Native {
    name: "helper",
    call: |machine, it| {
        let [function, rest @ ..] = it.positional else {
            return raise(ExceptionKind::TypeError, "contextmanager() missing 1 required positional argument: 'func'");
        };
        match machine.call_value_with(function, rest, it.keywords)? {
            Value::Generator(generator) => {
                Ok(Object::value(&MANAGER, Rc::new(Managed { generator, call: call_again(it) })))
            }
            Value::AsyncGenerator(generator) => {
                Ok(Object::value(&ASYNC_MANAGER, Rc::new(Managed { generator, call: Value::None })))
            }
            other => {
                let message = format!("'{}' object is not an iterator", other.type_name());
                raise(ExceptionKind::TypeError, message)
            }
        }
    },
};

/// What a decorator makes of a function: another function, which is called with it.
fn decorated(arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static HELPER: NativeClass = NativeClass {
        name: "function",
        is_function: true,
        methods: &[Native {
            name: "__call__",
            call: |machine, it| {
                let [me, rest @ ..] = it.positional else { return Ok(Value::None) };
                let function = Value::clone(&*Object::state_of::<Value>(me)?);
                let positional: Vec<Value> = [function].into_iter().chain(rest.iter().cloned()).collect();
                (MAKE.call)(machine, &Arguments { positional: &positional, keywords: it.keywords })
            },
        }],
        attribute: |object, name| match (&*object.state::<Value>()?, name) {
            (Value::Function(function), "__name__" | "__qualname__") => Some(Value::text(&*function.name)),
            (Value::Function(function), "__doc__") => Some(function.documentation.clone()),
            (function, "__wrapped__") => Some(function.clone()),
            _ => None,
        },
        ..NativeClass::PLAIN
    };
    Ok(Object::value(&HELPER, Rc::new(arguments.alone("contextmanager")?.clone())))
}

/// The state of a context manager, and the exception with which it is left.
fn left_with<T: std::any::Any>(arguments: &Arguments<'_>) -> Result<(Rc<T>, Option<Raised>), Raised> {
    let [manager, _, exception, _] = arguments.bind("__exit__", ["self", "typ", "value", "traceback"], 4)?;
    let exception = match exception {
        Value::Exception(exception) => Some(exception.clone()),
        _ => None,
    };
    Ok((Object::state_of(manager)?, exception))
}

fn held(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok((*Object::state_of::<Value>(&arguments.positional[0])?).clone())
}

fn close(machine: &mut Machine, arguments: &Arguments<'_>, method: &str) -> Result<Value, Raised> {
    let closed = held(machine, arguments)?;
    let method = machine.attribute_of(&closed, method)?;
    machine.call_value(&method, &[])
}

/// What a context manager's generator has done, in terms of `with`. `left_with`: the exception with which it is left, if
/// it is left.
fn verdict(result: Result<Value, Raised>, left_with: Option<Option<Raised>>) -> Result<Value, Raised> {
    let is_end = |end: &Raised| matches!(end.kind, ExceptionKind::StopIteration | ExceptionKind::StopAsyncIteration);
    let wrong = |message: &str| raise(ExceptionKind::RuntimeError, message);
    match (result, left_with) {
        (Ok(value), None) => Ok(value),
        (Err(end), None) if is_end(&end) => {
            let error = Exception::new(ExceptionKind::RuntimeError, vec![Value::from("generator didn't yield")]);
            error.suppress_context.set(true);
            error.context.replace(Some(end));
            Err(error)
        }
        (Err(other), None) => Err(other),
        (Ok(_), Some(None)) => wrong("generator didn't stop"),
        (Ok(_), Some(Some(_))) => wrong("generator didn't stop after throw()"),
        (Err(raised), Some(Some(exception))) if Rc::ptr_eq(&raised, &exception) => Ok(Value::Bool(false)),
        (Err(end), Some(exception)) if is_end(&end) => Ok(Value::Bool(exception.is_some())),
        (Err(other), Some(exception)) => {
            // The generator cannot let its own end through.
            let is_wrapped = other.kind == ExceptionKind::RuntimeError
                && exception.is_some_and(|exception| {
                    is_end(&exception) && other.cause.borrow().as_ref().is_some_and(|it| Rc::ptr_eq(it, &exception))
                });
            if is_wrapped { Ok(Value::Bool(false)) } else { Err(other) }
        }
    }
}

/// Entering or leaving a context manager that an asynchronous generator is behind.
struct Stepping {
    step: Delegate,
    left_with: Option<Option<Raised>>,
}

impl Awaitable for Stepping {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let result = match self.step.resume(machine, input) {
            Ok(Polled::Ready(value)) => Ok(value),
            Err(exception) => Err(exception),
            pending => return pending,
        };
        verdict(result, self.left_with.take()).map(Polled::Ready)
    }

    fn cancel(&mut self) -> bool {
        self.step.cancel()
    }
}

/// Something to await that is there already.
pub fn ready(value: Value) -> Value {
    struct Done(Value);

    impl Awaitable for Done {
        fn resume(&mut self, _: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
            Ok(Polled::Ready(self.0.clone()))
        }
    }

    NativeCoroutine::value("__aenter__", Done(value))
}
