//! Functions and classes that are more than they say: `functools.singledispatch`, `partialmethod`, `total_ordering`.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::compile::Comparison;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Descriptor, ExceptionKind, Native, NativeClass, Object, Partial, Raised, Value, raise, unfit,
};

/// What `singledispatch` and `singledispatchmethod` make of a function.
struct Dispatch {
    function: Value,
    /// The functions for classes, the last one first.
    registered: RefCell<Vec<(Value, Value)>>,
    is_method: bool,
}

static DISPATCH: NativeClass = NativeClass {
    name: "function",
    methods: DISPATCH_METHODS,
    attribute: |object, name| match name {
        "__name__" | "__doc__" | "__wrapped__" => {
            let dispatch = object.state::<Dispatch>()?;
            match (&dispatch.function, name) {
                (Value::Function(function), "__name__") => Some(Value::text(&*function.name)),
                (Value::Function(function), "__doc__") => Some(function.documentation.clone()),
                (function, _) => Some(function.clone()),
            }
        }
        _ => None,
    },
    ..NativeClass::PLAIN
};

static DISPATCH_METHOD: NativeClass =
    NativeClass { methods: &[CALL, REGISTER], is_function: true, ..NativeClass::PLAIN };

const CALL: Native = Native { name: "__call__", call };
const REGISTER: Native = Native { name: "register", call: register };

const DISPATCH_METHODS: &[Native] = &[
    CALL,
    REGISTER,
    Native {
        name: "dispatch",
        call: |_, it| {
            let [dispatch, class] = it.bind("dispatch", ["self", "cls"], 2)?;
            Ok(function_for(&*Object::state_of::<Dispatch>(dispatch)?, class))
        },
    },
];

/// `functools.singledispatch` and, for methods, `functools.singledispatchmethod`.
pub fn single_dispatch(arguments: &Arguments<'_>, is_method: bool) -> Result<Value, Raised> {
    let function = arguments.alone("singledispatch")?.clone();
    let class = if is_method { &DISPATCH_METHOD } else { &DISPATCH };
    Ok(Object::value(class, Rc::new(Dispatch { function, registered: RefCell::default(), is_method })))
}

fn register(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static REGISTER_FOR: Native = REGISTER;
    let [dispatch, class, function] = arguments.bind("register", ["self", "cls", "func"], 2)?;
    let state = Object::state_of::<Dispatch>(dispatch)?;
    let (classes, function) = match (class, function) {
        (class, Value::Unbound) if super::is_type(class) || matches!(class, Value::Tuple(_)) => {
            let positional = vec![dispatch.clone(), class.clone()];
            let partial = Partial { function: Value::Native(&REGISTER_FOR), positional, keywords: Vec::new() };
            return Ok(Value::Partial(Rc::new(partial)));
        }
        (Value::Function(function), Value::Unbound) => {
            let mut classes = Vec::new();
            for name in function.code.signature.hint.as_deref().unwrap_or_default().split('|') {
                match machine.named(name.trim().split('[').next().unwrap_or_default()) {
                    Some(class) if super::is_type(&class) => classes.push(class),
                    _ => {
                        let message = format!("Invalid first argument to `register()`: {}", machine.repr(class)?);
                        return raise(ExceptionKind::TypeError, message);
                    }
                }
            }
            (classes, class)
        }
        (Value::Tuple(classes), function) => (classes.to_vec(), function),
        (class, function) => (vec![class.clone()], function),
    };
    for class in classes {
        state.registered.borrow_mut().insert(0, (class, function.clone()));
    }
    Ok(function.clone())
}

/// The function for objects of a class.
fn function_for(dispatch: &Dispatch, class: &Value) -> Value {
    let mut order = Vec::new();
    let mut builtin = match class {
        Value::Type(class) => {
            order.push(Value::Type(class.clone()));
            order.extend(class.ancestors().iter().cloned().map(Value::Type));
            class.builtin
        }
        Value::Class(class) => *class,
        _ => Class::Object,
    };
    loop {
        order.push(Value::Class(builtin));
        builtin = match builtin {
            Class::Object => break,
            Class::Bool => Class::Int,
            Class::Native(native) => native.base,
            Class::Exception(kind) => {
                // Those that others derive from come first in the list.
                let ancestors = ExceptionKind::ALL.iter().rev().filter(|ancestor| kind.is_a(**ancestor));
                order.extend(ancestors.map(|ancestor| Value::Class(Class::Exception(*ancestor))));
                Class::Object
            }
            _ => Class::Object,
        };
    }
    let registered = dispatch.registered.borrow();
    let found = order.iter().find_map(|class| registered.iter().find(|(other, _)| other.is(class)));
    found.map_or_else(|| dispatch.function.clone(), |(_, function)| function.clone())
}

fn call(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [dispatch, rest @ ..] = arguments.positional else { return Ok(Value::None) };
    let dispatch = Object::state_of::<Dispatch>(dispatch)?;
    let Some(first) = rest.get(usize::from(dispatch.is_method)) else {
        return raise(ExceptionKind::TypeError, "function requires at least 1 positional argument");
    };
    let function = function_for(&dispatch, &first.class_value());
    machine.call_value_with(&function, rest, arguments.keywords)
}

/// `functools.partialmethod`.
pub fn partial_method(arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static METHOD: NativeClass = NativeClass {
        name: "partialmethod",
        module: "functools",
        is_function: true,
        methods: &[Native {
            name: "__call__",
            call: |machine, it| {
                let [method, receiver, rest @ ..] = it.positional else {
                    return raise(ExceptionKind::TypeError, "a method needs an object of its class");
                };
                let partial = Object::state_of::<Partial>(method)?;
                let positional: Vec<Value> =
                    [receiver].into_iter().chain(&partial.positional).chain(rest).cloned().collect();
                let mut keywords = partial.keywords.clone();
                keywords.retain(|(name, _)| it.keywords.iter().all(|(given, _)| given != name));
                keywords.extend(it.keywords.iter().cloned());
                machine.call_value_with(&partial.function, &positional, &keywords)
            },
        }],
        ..NativeClass::PLAIN
    };
    let [function, positional @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "partialmethod() missing 1 required positional argument: 'func'");
    };
    let (positional, keywords) = (positional.to_vec(), arguments.keywords.to_vec());
    Ok(Object::value(&METHOD, Rc::new(Partial { function: function.clone(), positional, keywords })))
}

/// The comparisons that `total_ordering` makes of another one and `==`.
static ORDER: [Native; 4] = [
    Native { name: "__lt__", call: |machine, it| ordered(machine, it, Comparison::Less) },
    Native { name: "__le__", call: |machine, it| ordered(machine, it, Comparison::LessOrEqual) },
    Native { name: "__gt__", call: |machine, it| ordered(machine, it, Comparison::Greater) },
    Native { name: "__ge__", call: |machine, it| ordered(machine, it, Comparison::GreaterOrEqual) },
];

/// `functools.total_ordering`.
pub fn total_ordering(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("total_ordering")?;
    let Value::Type(class) = value else { return unfit(value, "is not a class of the program") };
    if ORDER.iter().all(|method| class.find(method.name).is_none()) {
        let message = "must define at least one ordering operation: < > <= >=";
        return raise(ExceptionKind::ValueError, message);
    }
    for method in &ORDER {
        if class.find(method.name).is_none() {
            class.attributes.set(method.name, Value::Descriptor(Rc::new(Descriptor::Builtin(method))));
        }
    }
    Ok(value.clone())
}

fn ordered(machine: &mut Machine, arguments: &Arguments<'_>, wanted: Comparison) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("comparison", ["self", "other"], 2)?;
    let Some(class) = left.user_class() else { return Ok(Value::NotImplemented) };
    let own = |name: &str| class.find(name).filter(|function| !matches!(function, Value::Descriptor(_)));
    let Some((root, function)) = ORDER.iter().find_map(|method| Some((method.name, own(method.name)?))) else {
        return Ok(Value::NotImplemented);
    };
    let answer = machine.call_value(&function, &[left.clone(), right.clone()])?;
    if let Value::NotImplemented = answer {
        return Ok(answer);
    }
    let (is_root_less, is_root_strict) = (matches!(root, "__lt__" | "__le__"), matches!(root, "__lt__" | "__gt__"));
    let is_wanted_less = matches!(wanted, Comparison::Less | Comparison::LessOrEqual);
    let is_wanted_strict = matches!(wanted, Comparison::Less | Comparison::Greater);
    // To the other side of the root it is its opposite.
    let holds = machine.truth(&answer)? == (is_root_less == is_wanted_less);
    let is_same_side = is_root_less == is_wanted_less;
    let is_exact = if is_same_side { is_root_strict == is_wanted_strict } else { is_root_strict != is_wanted_strict };
    if is_exact {
        return Ok(Value::Bool(holds));
    }
    Ok(Value::Bool(match is_wanted_strict {
        true => holds && !machine.is_equal(left, right)?,
        false => holds || machine.is_equal(left, right)?,
    }))
}
