//! What every class has: the methods of `object`, and the decorators of methods.

use std::rc::Rc;

use super::named_tuple::NAMED_TUPLE;
use super::numbers::hash_of;
use crate::python::machine::Machine;
use crate::python::values::UserClass;
use crate::python::values::{
    Arguments, Class, Descriptor, ExceptionKind, Native, NativeClass, Object, Raised, Super, Value, raise, repr, str,
};

/// The methods of `object`, as far as programs call them by name.
static OBJECT: &[Native] = &[
    Native { name: "__init__", call: initialize },
    Native { name: "__new__", call: new },
    Native { name: "__repr__", call: |_, it| Ok(Value::text(repr(it.alone("__repr__")?))) },
    Native { name: "__str__", call: |_, it| Ok(Value::text(str(it.alone("__str__")?))) },
    Native { name: "__hash__", call: |_, it| hash_of(it.alone("__hash__")?) },
    Native {
        name: "__eq__",
        call: |_, it| {
            let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
            Ok(if left.is(right) { Value::Bool(true) } else { Value::NotImplemented })
        },
    },
    Native {
        name: "__setattr__",
        call: |machine, it| {
            let [object, name, value] = it.bind("__setattr__", ["self", "name", "value"], 3)?;
            machine.store_plainly(object, &str(name), value).map(|_| Value::None)
        },
    },
];

/// The method of `object` with this name.
pub fn object_method(name: &str) -> Option<&'static Native> {
    OBJECT.iter().find(|method| method.name == name)
}

/// The method of properties with this name.
pub fn descriptor_method(name: &str) -> Option<&'static Native> {
    static SETTER: Native = Native {
        name: "setter",
        call: |_, it| {
            let [property, function] = it.bind("setter", ["self", "fset"], 2)?;
            match property {
                Value::Descriptor(property) if let Descriptor::Property { getter, .. } = &**property => {
                    Ok(descriptor(Descriptor::Property { getter: getter.clone(), setter: function.clone() }))
                }
                other => Ok(other.clone()),
            }
        },
    };
    (name == "setter").then_some(&SETTER)
}

fn initialize(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    if let [Value::Exception(exception), rest @ ..] = arguments.positional {
        if exception.exceptions.is_empty() {
            exception.arguments.replace(rest.to_vec());
        }
        return Ok(Value::None);
    }
    match arguments.positional {
        [_, _, ..] => {
            raise(ExceptionKind::TypeError, "object.__init__() takes exactly one argument (the instance to initialize)")
        }
        _ => {
            let _ = machine;
            Ok(Value::None)
        }
    }
}

fn new(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.positional {
        [Value::Type(class), rest @ ..] => machine.plain_object(class, rest),
        _ => raise(ExceptionKind::TypeError, "object.__new__(X): X is not a type object of this program"),
    }
}

fn descriptor(descriptor: Descriptor) -> Value {
    Value::Descriptor(Rc::new(descriptor))
}

/// `property`, `staticmethod`, `classmethod` and `super`, and what else is about classes.
pub static FUNCTIONS: &[Native] = &[
    Native {
        name: "property",
        call: |_, it| {
            let [getter, setter] = it.bind("property", ["fget", "fset"], 1)?;
            Ok(descriptor(Descriptor::Property { getter: getter.clone(), setter: setter.clone() }))
        },
    },
    Native {
        name: "staticmethod",
        call: |_, it| Ok(descriptor(Descriptor::Static(it.alone("staticmethod")?.clone()))),
    },
    Native { name: "classmethod", call: |_, it| Ok(descriptor(Descriptor::Class(it.alone("classmethod")?.clone()))) },
    Native { name: "super", call: above },
    Native { name: "issubclass", call: is_subclass },
    Native { name: "getattr", call: get_attribute },
    Native {
        name: "hasattr",
        call: |machine, it| {
            let [object, name] = it.bind("hasattr", ["obj", "name"], 2)?;
            match machine.attribute_of(object, &str(name)) {
                Err(exception) if exception.kind.is_a(ExceptionKind::AttributeError) => Ok(Value::Bool(false)),
                result => result.map(|_| Value::Bool(true)),
            }
        },
    },
    Native {
        name: "setattr",
        call: |machine, it| {
            let [object, name, value] = it.bind("setattr", ["obj", "name", "value"], 3)?;
            machine.set_attribute_of(object, &str(name), value.clone()).map(|()| Value::None)
        },
    },
    Native {
        name: "delattr",
        call: |machine, it| {
            let [object, name] = it.bind("delattr", ["obj", "name"], 2)?;
            machine.delete_attribute(object, &str(name)).map(|()| Value::None)
        },
    },
];

fn above(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.positional {
        [Value::Type(class), receiver] => {
            Ok(Value::Super(Rc::new(Super { class: class.clone(), receiver: receiver.clone() })))
        }
        [] => raise(ExceptionKind::RuntimeError, "super(): no arguments"),
        _ => raise(ExceptionKind::TypeError, "super() argument 1 must be a type of this program"),
    }
}

fn get_attribute(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [object, name, default] = arguments.bind("getattr", ["obj", "name", "default"], 2)?;
    match (machine.attribute_of(object, &str(name)), default) {
        (Err(exception), Value::Unbound) => Err(exception),
        (Err(exception), default) if exception.kind.is_a(ExceptionKind::AttributeError) => Ok(default.clone()),
        (result, _) => result,
    }
}

fn is_subclass(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [class, other] = arguments.bind("issubclass", ["cls", "class_or_tuple"], 2)?;
    let others = match other {
        Value::Tuple(others) => others.to_vec(),
        other => vec![other.clone()],
    };
    let builtin = |class: &Rc<UserClass>| class.builtin;
    for other in &others {
        let derives = match (class, other) {
            (Value::Type(class), Value::Type(other)) => class.derives_from(other),
            (Value::Type(class), Value::Class(other)) => builtin(class).is_subclass(*other),
            (Value::Class(class), Value::Class(other)) => class.is_subclass(*other),
            (Value::Class(_), Value::Type(_)) => false,
            (Value::Class(_) | Value::Type(_), _) => {
                let message = "issubclass() arg 2 must be a class, a tuple of classes, or a union";
                return raise(ExceptionKind::TypeError, message);
            }
            _ => return raise(ExceptionKind::TypeError, "issubclass() arg 1 must be a class"),
        };
        if derives {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

/// Names that hints about types use. None of them does anything.
pub fn typing(name: &str) -> Option<Value> {
    const HINTS: &[&str] = &[
        "Any",
        "Optional",
        "Union",
        "List",
        "Dict",
        "Set",
        "Tuple",
        "FrozenSet",
        "Callable",
        "Awaitable",
        "Coroutine",
        "AsyncIterator",
        "AsyncIterable",
        "AsyncGenerator",
        "Iterator",
        "Iterable",
        "Generator",
        "Sequence",
        "Mapping",
        "MutableMapping",
        "Type",
        "Generic",
        "Protocol",
        "Literal",
        "Final",
        "ClassVar",
        "Annotated",
        "NoReturn",
        "Never",
        "Self",
        "Hashable",
        "Sized",
        "Deque",
        "DefaultDict",
        "AsyncContextManager",
        "ContextManager",
        "Text",
        "Collection",
        "Container",
        "Reversible",
        "Concatenate",
        "ParamSpec",
        "TypeAlias",
        "Required",
        "NotRequired",
    ];
    static FUNCTIONS: &[Native] = &[
        Native { name: "TypeVar", call: |_, _| Ok(Value::Class(Class::Object)) },
        Native { name: "NewType", call: |_, it| Ok(it.positional.last().cloned().unwrap_or(Value::None)) },
        Native { name: "cast", call: |_, it| Ok(it.positional.last().cloned().unwrap_or(Value::None)) },
        Native { name: "final", call: |_, it| it.alone("final").cloned() },
        Native { name: "override", call: |_, it| it.alone("override").cloned() },
        Native { name: "overload", call: |_, it| it.alone("overload").cloned() },
        Native { name: "runtime_checkable", call: |_, it| it.alone("runtime_checkable").cloned() },
    ];
    match name {
        "TYPE_CHECKING" => Some(Value::Bool(false)),
        "NamedTuple" => Some(Value::Native(&NAMED_TUPLE)),
        name if HINTS.contains(&name) => Some(Value::Class(Class::Object)),
        name => FUNCTIONS.iter().find(|function| function.name == name).map(Value::Native),
    }
}

/// What `type NAME = ...` gives.
pub fn type_alias(name: &str) -> Value {
    static ALIAS: NativeClass = NativeClass {
        name: "TypeAliasType",
        module: "typing",
        attribute: |alias, name| (name == "__name__").then(|| Value::text(alias_name(alias))),
        represent: |alias| Some(alias_name(alias)),
        ..NativeClass::PLAIN
    };
    Object::value(&ALIAS, Rc::new(name.to_owned()))
}

fn alias_name(alias: &Object) -> String {
    alias.state::<String>().map(|name| name.to_string()).unwrap_or_default()
}

/// An attribute of `abc`.
pub fn abc(name: &str) -> Option<Value> {
    static ABSTRACT: Native = Native { name: "abstractmethod", call: |_, it| it.alone("abstractmethod").cloned() };
    match name {
        "ABC" | "ABCMeta" => Some(Value::Class(Class::Object)),
        "abstractmethod" => Some(Value::Native(&ABSTRACT)),
        _ => None,
    }
}
