//! `threading`, as far as one thread needs it, and `types`.

use std::cell::Cell;
use std::rc::Rc;

use super::system;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Dict, ExceptionKind, Native, NativeClass, Object, Raised, Value, are_equal, raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "current_thread", call: |machine, _| Ok(thread(machine.is_in_thread())) },
        Native { name: "main_thread", call: |_, _| Ok(thread(false)) },
        Native { name: "get_ident", call: |machine, _| Ok(Value::Int(number(machine.is_in_thread()))) },
        Native { name: "get_native_id", call: |machine, _| Ok(Value::Int(number(machine.is_in_thread()))) },
        Native { name: "active_count", call: |_, _| Ok(Value::Int(1)) },
        Native { name: "enumerate", call: |_, _| Ok(Value::list(vec![thread(false)])) },
    ];
    let class = match name {
        "Lock" => &LOCK,
        "RLock" => &REENTRANT,
        "local" => &LOCAL,
        _ => return super::function(FUNCTIONS, name),
    };
    Some(Value::Class(Class::Native(class)))
}

/// The one thread, or for what runs in an executor another one.
fn thread(is_worker: bool) -> Value {
    static THREAD: NativeClass = NativeClass {
        name: "Thread",
        module: "threading",
        methods: &[Native { name: "is_alive", call: |_, _| Ok(Value::Bool(true)) }],
        attribute: |object, name| {
            let is_worker = *object.state::<bool>()?;
            match name {
                "name" => Some(Value::from(if is_worker { "asyncio_0" } else { "MainThread" })),
                "ident" | "native_id" => Some(Value::Int(number(is_worker))),
                "daemon" => Some(Value::Bool(false)),
                _ => None,
            }
        },
        represent: |object| {
            let is_worker = *object.state::<bool>()?;
            let (class, name) = if is_worker { ("Thread", "asyncio_0") } else { ("_MainThread", "MainThread") };
            Some(format!("<{class}({name}, started {})>", number(is_worker)))
        },
        ..NativeClass::PLAIN
    };
    Object::value(&THREAD, Rc::new(is_worker))
}

fn number(is_worker: bool) -> i64 {
    system::THREAD + i64::from(is_worker)
}

/// How often a lock is held. Nobody can wait for it: there is but one thread.
type Held = Cell<i64>;

static LOCK: NativeClass = NativeClass {
    name: "lock",
    module: "_thread",
    construct: |_, _| Ok(Object::value(&LOCK, Rc::new(Held::default()))),
    methods: LOCK_METHODS,
    ..NativeClass::PLAIN
};

static REENTRANT: NativeClass = NativeClass {
    name: "RLock",
    module: "_thread",
    construct: |_, _| Ok(Object::value(&REENTRANT, Rc::new(Held::default()))),
    methods: LOCK_METHODS,
    ..NativeClass::PLAIN
};

const LOCK_METHODS: &[Native] = &[
    Native { name: "acquire", call: acquire },
    Native { name: "__enter__", call: acquire },
    Native { name: "release", call: release },
    Native { name: "__exit__", call: release },
    Native { name: "locked", call: |_, it| Ok(Value::Bool(Object::state_of::<Held>(&it.positional[0])?.get() > 0)) },
];

fn acquire(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [lock, blocking, _] = arguments.bind("acquire", ["self", "blocking", "timeout"], 1)?;
    let held = Object::state_of::<Held>(lock)?;
    if held.get() > 0 && lock.class() == Class::Native(&LOCK) {
        if !matches!(blocking, Value::Unbound) && !blocking.is_true() {
            return Ok(Value::Bool(false));
        }
        let message = "Signalbox stops here: a threading.Lock that is held already would block the only thread for \
                       ever; asyncio.Lock lets other tasks run in the meantime";
        return raise(ExceptionKind::RuntimeError, message);
    }
    held.set(held.get() + 1);
    Ok(Value::Bool(true))
}

fn release(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let held = Object::state_of::<Held>(&arguments.positional[0])?;
    if held.get() == 0 {
        return raise(ExceptionKind::RuntimeError, "release unlocked lock");
    }
    held.set(held.get() - 1);
    Ok(Value::None)
}

static LOCAL: NativeClass = NativeClass {
    name: "_local",
    module: "_thread",
    construct: |_, _| Ok(Object::value(&LOCAL, Rc::new(Dict::default()))),
    ..NAMESPACE
};

/// An object whose attributes the program sets as it likes: `types.SimpleNamespace`.
const NAMESPACE: NativeClass = NativeClass {
    name: "SimpleNamespace",
    module: "types",
    attribute: |object, name| object.state::<Dict>()?.get_named(name),
    assign: |object, name, value| match object.state::<Dict>() {
        Some(attributes) => {
            attributes.set(name, value.clone());
            true
        }
        None => false,
    },
    ..NativeClass::PLAIN
};

static SIMPLE: NativeClass = NativeClass {
    construct: |machine, it| {
        let attributes = super::builtins::entries(machine, it)?;
        Ok(Object::value(&SIMPLE, Rc::new(attributes)))
    },
    methods: &[
        Native {
            name: "__repr__",
            call: |machine, it| {
                let mut parts = Vec::new();
                for (name, value) in Object::state_of::<Dict>(&it.positional[0])?.entries() {
                    parts.push([machine.str(&name)?, machine.repr(&value)?].join("="));
                }
                Ok(Value::text(["namespace(", &parts.join(", "), ")"].concat()))
            },
        },
        Native {
            name: "__eq__",
            call: |machine, it| {
                let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
                let (left, Ok(right)) = (Object::state_of::<Dict>(left)?, Object::state_of::<Dict>(right)) else {
                    return Ok(Value::NotImplemented);
                };
                are_equal(machine, &Value::Dict(left), &Value::Dict(right)).map(Value::Bool)
            },
        },
    ],
    ..NAMESPACE
};

/// An attribute of `types`.
pub fn types(name: &str) -> Option<Value> {
    static COROUTINE: Native = Native { name: "coroutine", call: |_, it| it.alone("coroutine").cloned() };
    Some(Value::Class(match name {
        "coroutine" => return Some(Value::Native(&COROUTINE)),
        "SimpleNamespace" => Class::Native(&SIMPLE),
        "GenericAlias" => Class::Native(&super::generic::GENERIC_ALIAS),
        "FunctionType" | "LambdaType" => Class::Function,
        "MethodType" => Class::Method,
        "BuiltinFunctionType" => Class::Builtin,
        "CoroutineType" => Class::Coroutine,
        "GeneratorType" => Class::Generator,
        "AsyncGeneratorType" => Class::AsyncGenerator,
        "ModuleType" => Class::Module,
        "NoneType" => Class::None,
        "TracebackType" | "FrameType" => Class::Object,
        _ => return None,
    }))
}
