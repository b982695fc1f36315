//! `contextvars`: variables of which every task has a value of its own.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::machine::{Context, Machine};
use crate::python::values::{
    Arguments, Class, Exception, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, repr,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static COPY: Native = Native { name: "copy_context", call: |machine, _| Ok(context(machine.context.clone())) };
    match name {
        "ContextVar" => Some(Value::Class(Class::Native(&VARIABLE))),
        "Context" => Some(Value::Class(Class::Native(&CONTEXT))),
        "Token" => Some(Value::Class(Class::Native(&TOKEN))),
        "copy_context" => Some(Value::Native(&COPY)),
        _ => None,
    }
}

struct Variable {
    name: String,
    default: Value,
}

static VARIABLE: NativeClass = NativeClass {
    name: "ContextVar",
    construct: |machine, it| {
        let [name, default] = it.bind("ContextVar", ["name", "default"], 1)?;
        let variable = Variable { name: machine.str(name)?, default: default.clone() };
        Ok(Object::value(&VARIABLE, Rc::new(variable)))
    },
    methods: &[
        Native { name: "get", call: get_value },
        Native { name: "set", call: set },
        Native { name: "reset", call: reset },
    ],
    attribute: |object, name| match (name, object.state::<Variable>()) {
        ("name", Some(variable)) => Some(Value::text(&*variable.name)),
        _ => None,
    },
    represent: |object| {
        let variable = object.state::<Variable>()?;
        let default = match &variable.default {
            Value::Unbound => String::new(),
            default => [" default=", &repr(default)].concat(),
        };
        Some(["<ContextVar name='", &variable.name, "'", &default, ">"].concat())
    },
    ..NativeClass::PLAIN
};

/// What `set` gives: the value that there was before, unbound if there was none.
struct Token {
    variable: Value,
    before: Value,
    is_used: RefCell<bool>,
}

static TOKEN: NativeClass = NativeClass {
    name: "Token",
    methods: &[
        Native { name: "__enter__", call: |_, it| it.alone("__enter__").cloned() },
        Native {
            name: "__exit__",
            call: |machine, it| {
                let token = &it.positional[0];
                let variable = Object::state_of::<Token>(token)?.variable.clone();
                reset(machine, &Arguments { positional: &[variable, token.clone()], keywords: &[] })
            },
        },
    ],
    attribute: |object, name| {
        let token = object.state::<Token>()?;
        match name {
            "var" => Some(token.variable.clone()),
            "old_value" => Some(token.before.given_or(Value::Class(Class::Native(&MISSING)))),
            _ => None,
        }
    },
    of_class: |name| (name == "MISSING").then_some(Value::Class(Class::Native(&MISSING))),
    ..NativeClass::PLAIN
};

static MISSING: NativeClass = NativeClass { name: "Token.MISSING", ..NativeClass::PLAIN };

fn found(context: &Context, variable: &Value) -> Option<Value> {
    let bindings = context.as_ref()?;
    bindings.iter().find(|(other, _)| other.is(variable)).map(|(_, value)| value.clone())
}

fn get_value(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [variable, default] = arguments.bind("get", ["self", "default"], 1)?;
    if let Some(value) = found(&machine.context, variable) {
        return Ok(value);
    }
    let own = Object::state_of::<Variable>(variable)?;
    match default.given_or(own.default.clone()) {
        Value::Unbound => Err(Exception::new(ExceptionKind::LookupError, vec![variable.clone()])),
        default => Ok(default),
    }
}

/// Binds a variable in the context that is current, or takes its binding away. Contexts share their bindings until one
/// of them changes.
fn bind(context: &mut Context, variable: &Value, value: Value) {
    let bindings = Rc::make_mut(context.get_or_insert_default());
    bindings.retain(|(other, _)| !other.is(variable));
    if !matches!(value, Value::Unbound) {
        bindings.push((variable.clone(), value));
    }
}

fn set(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [variable, value] = arguments.bind("set", ["self", "value"], 2)?;
    let before = found(&machine.context, variable).unwrap_or(Value::Unbound);
    bind(&mut machine.context, variable, value.clone());
    let token = Token { variable: variable.clone(), before, is_used: RefCell::new(false) };
    Ok(Object::value(&TOKEN, Rc::new(token)))
}

fn reset(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [variable, given] = arguments.bind("reset", ["self", "token"], 2)?;
    let token = Object::state_of::<Token>(given)?;
    if !token.variable.is(variable) {
        let message = [&repr(given), " was created by a different ContextVar"].concat();
        return raise(ExceptionKind::ValueError, message);
    }
    if token.is_used.replace(true) {
        let message = [&repr(given), " has already been used once"].concat();
        return raise(ExceptionKind::RuntimeError, message);
    }
    bind(&mut machine.context, variable, token.before.clone());
    Ok(Value::None)
}

static CONTEXT: NativeClass = NativeClass {
    name: "Context",
    construct: |_, _| Ok(context(None)),
    methods: &[
        Native { name: "run", call: run },
        Native {
            name: "get",
            call: |_, it| {
                let [me, variable, default] = it.bind("get", ["self", "key", "default"], 2)?;
                Ok(found(&of(me)?.borrow(), variable).unwrap_or_else(|| default.given_or(Value::None)))
            },
        },
        Native {
            name: "__getitem__",
            call: |_, it| {
                let [me, variable] = it.bind("__getitem__", ["self", "key"], 2)?;
                match found(&of(me)?.borrow(), variable) {
                    Some(value) => Ok(value),
                    None => Err(Exception::new(ExceptionKind::KeyError, vec![variable.clone()])),
                }
            },
        },
        Native {
            name: "__contains__",
            call: |_, it| {
                let [me, variable] = it.bind("__contains__", ["self", "key"], 2)?;
                Ok(Value::Bool(found(&of(me)?.borrow(), variable).is_some()))
            },
        },
        Native { name: "__iter__", call: |machine, it| machine.iterate(&Value::list(column(it, false)?)) },
        Native { name: "__len__", call: |_, it| Ok(Value::from(column(it, false)?.len())) },
        Native { name: "keys", call: |_, it| Ok(Value::list(column(it, false)?)) },
        Native { name: "values", call: |_, it| Ok(Value::list(column(it, true)?)) },
        Native {
            name: "items",
            call: |_, it| {
                let rows = column(it, false)?.into_iter().zip(column(it, true)?);
                Ok(Value::list(rows.map(|(variable, value)| Value::tuple(vec![variable, value])).collect()))
            },
        },
        Native { name: "copy", call: |_, it| Ok(context(of(it.alone("copy")?)?.borrow().clone())) },
    ],
    ..NativeClass::PLAIN
};

/// A copy of the current context.
pub fn copy(machine: &Machine) -> Value {
    context(machine.context.clone())
}

fn context(bindings: Context) -> Value {
    Object::value(&CONTEXT, Rc::new(RefCell::new(bindings)))
}

/// The bindings of a context.
pub fn of(context: &Value) -> Result<Rc<RefCell<Context>>, Raised> {
    Object::state_of(context)
}

/// The variables of a context, or their values.
fn column(arguments: &Arguments<'_>, are_values: bool) -> Result<Vec<Value>, Raised> {
    let context = of(&arguments.positional[0])?;
    let bindings = context.borrow().clone().unwrap_or_default();
    Ok(bindings.iter().map(|(variable, value)| if are_values { value } else { variable }.clone()).collect())
}

fn run(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [me, function, rest @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "run() missing 1 required positional argument");
    };
    let own = of(me)?;
    let outer = std::mem::replace(&mut machine.context, own.take());
    let result = machine.call_value_with(function, rest, arguments.keywords);
    own.replace(std::mem::replace(&mut machine.context, outer));
    result
}
