//! What every class has: the methods of `object`, and the decorators of methods.

use std::rc::Rc;

use super::named_tuple::NAMED_TUPLE;
use super::numbers::hash_of;
use crate::python::compile::Comparison;
use crate::python::machine::Machine;
use crate::python::values::UserClass;
use crate::python::values::{
    Arguments, Class, Descriptor, ExceptionKind, Native, NativeClass, Object, Raised, Super, Value, raise, str,
};

/// The methods of `object`, as far as programs call them by name.
static OBJECT: &[Native] = &[
    Native { name: "__init__", call: initialize },
    Native { name: "__new__", call: new },
    Native { name: "__repr__", call: |machine, it| machine.repr_plainly(it.alone("__repr__")?).map(Value::text) },
    Native { name: "__str__", call: |machine, it| machine.str_plainly(it.alone("__str__")?).map(Value::text) },
    Native { name: "__hash__", call: |machine, it| hash_of(machine, it.alone("__hash__")?) },
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
    Native {
        name: "__delattr__",
        call: |machine, it| {
            let [object, name] = it.bind("__delattr__", ["self", "name"], 2)?;
            machine.delete_plainly(object, &str(name)).map(|()| Value::None)
        },
    },
    Native {
        name: "__getattribute__",
        call: |machine, it| {
            let [object, name] = it.bind("__getattribute__", ["self", "name"], 2)?;
            machine.attribute_plainly(object, &str(name))
        },
    },
    Native {
        name: "__ne__",
        call: |machine, it| {
            let [left, right] = it.bind("__ne__", ["self", "other"], 2)?;
            machine.compare_values(Comparison::NotEqual, left, right).map(Value::Bool)
        },
    },
    Native {
        name: "__call__",
        call: |machine, it| match it.positional {
            [Value::Type(class), rest @ ..] => machine.construct_nested(class, rest, it.keywords),
            _ => raise(ExceptionKind::TypeError, "descriptor '__call__' requires a 'type' object"),
        },
    },
    Native {
        name: "__init_subclass__",
        call: |_, it| match it.keywords {
            [] => Ok(Value::None),
            _ => {
                let class = it.positional.first().and_then(|class| class.user_class_itself());
                let name = class.map_or("object", |class| &*class.name);
                raise(ExceptionKind::TypeError, format!("{name}.__init_subclass__() takes no keyword arguments"))
            }
        },
    },
    Native {
        name: "__format__",
        call: |machine, it| {
            let [object, specification] = it.bind("__format__", ["self", "format_spec"], 2)?;
            machine.format_plainly(object, &str(specification)).map(Value::text)
        },
    },
    Native { name: "__sizeof__", call: |_, _| Ok(Value::Int(48)) },
];

/// The method of `object` with this name.
pub fn object_method(name: &str) -> Option<&'static Native> {
    OBJECT.iter().find(|method| method.name == name)
}

/// The method of properties with this name.
pub fn descriptor_method(name: &str) -> Option<&'static Native> {
    static CHANGES: &[Native] = &[
        Native { name: "getter", call: |_, it| changed_property(it, 0) },
        Native { name: "setter", call: |_, it| changed_property(it, 1) },
        Native { name: "deleter", call: |_, it| changed_property(it, 2) },
    ];
    CHANGES.iter().find(|method| method.name == name)
}

/// A property with one of its three functions replaced.
fn changed_property(arguments: &Arguments<'_>, position: usize) -> Result<Value, Raised> {
    let [property, function] = arguments.bind("property", ["self", "function"], 2)?;
    match property {
        Value::Descriptor(property) if let Descriptor::Property { getter, setter, deleter } = &**property => {
            let mut functions = [getter.clone(), setter.clone(), deleter.clone()];
            functions[position] = function.clone();
            let [getter, setter, deleter] = functions;
            Ok(descriptor(Descriptor::Property { getter, setter, deleter }))
        }
        other => Ok(other.clone()),
    }
}

fn initialize(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    if let [Value::Exception(exception), rest @ ..] = arguments.positional {
        if exception.exceptions.is_empty() {
            exception.arguments.replace(rest.to_vec());
        }
        return Ok(Value::None);
    }
    match arguments.positional {
        [Value::Instance(instance), rest @ ..] if instance.class.builtin != Class::Object => {
            machine.make_core(instance, rest, arguments.keywords).map(|()| Value::None)
        }
        [Value::Type(_), ..] => Ok(Value::None),
        [_, _, ..] => {
            raise(ExceptionKind::TypeError, "object.__init__() takes exactly one argument (the instance to initialize)")
        }
        _ => Ok(Value::None),
    }
}

fn new(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.positional {
        [Value::Type(meta), rest @ ..] if meta.builtin == Class::Meta => {
            machine.call_type(Some(meta.clone()), rest, arguments.keywords)
        }
        [Value::Type(class), rest @ ..] => machine.plain_object(class, rest),
        [class @ Value::Class(_)] => machine.call_value(class, &[]),
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
            let [getter, setter, deleter, _] = it.bind("property", ["fget", "fset", "fdel", "doc"], 1)?;
            let [getter, setter, deleter] = [getter, setter, deleter].map(Value::clone);
            Ok(descriptor(Descriptor::Property { getter, setter, deleter }))
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

/// `typing.TypedDict`: a base for a class, or a function.
pub static TYPED_DICT: Native = Native { name: "TypedDict", call: |_, _| Ok(Value::Class(Class::Dict)) };

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
        "TypedDict" => Some(Value::Native(&TYPED_DICT)),
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
    static ABSTRACT: Native = Native {
        name: "abstractmethod",
        call: |_, it| {
            let function = it.alone("abstractmethod")?;
            if let Value::Function(function) = function {
                function.attributes.get_or_init(Rc::default).set("__isabstractmethod__", Value::Bool(true));
            }
            Ok(function.clone())
        },
    };
    match name {
        "ABC" | "ABCMeta" => Some(Value::Class(Class::Object)),
        "abstractmethod" => Some(Value::Native(&ABSTRACT)),
        _ => None,
    }
}
