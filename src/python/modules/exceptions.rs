//! Methods and attributes of exceptions.

use crate::python::machine::{Machine, is_instance};
use crate::python::values::{Arguments, Class, ExceptionKind, Native, Raised, Value, raise, split, unfit};

/// Methods of exceptions; the last three are those of groups alone.
static METHODS: &[Native] = &[
    Native { name: "add_note", call: add_note },
    // Where an exception came through is not for programs to change.
    Native { name: "with_traceback", call: |_, it| Ok(it.positional[0].clone()) },
    Native { name: "split", call: |machine, it| divide(machine, it, "split") },
    Native { name: "subgroup", call: |machine, it| divide(machine, it, "subgroup") },
    Native { name: "derive", call: derive },
];

/// The methods that exceptions of this kind have.
pub fn methods(kind: ExceptionKind) -> &'static [Native] {
    if kind.is_group() { METHODS } else { &METHODS[..2] }
}

/// An attribute of an exception, if it has it.
pub fn attribute(exception: &Raised, name: &str) -> Option<Value> {
    let linked = |other: &Option<Raised>| other.clone().map_or(Value::None, Value::Exception);
    let arguments = exception.arguments.borrow();
    Some(match name {
        "args" => Value::tuple(arguments.clone()),
        "__cause__" => linked(&exception.cause.borrow()),
        "__context__" => linked(&exception.context.borrow()),
        "__suppress_context__" => Value::Bool(exception.suppress_context.get()),
        "__traceback__" if exception.traceback.borrow().is_empty() => Value::None,
        "message" if exception.kind.is_group() => arguments[0].clone(),
        "exceptions" if exception.kind.is_group() => {
            Value::tuple(exception.exceptions.iter().cloned().map(Value::Exception).collect())
        }
        "value" if exception.kind == ExceptionKind::StopIteration => exception.value(),
        "code" if exception.kind == ExceptionKind::SystemExit => exception.value(),
        _ => return exception.attributes.get_named(name),
    })
}

/// Stores an attribute in an exception.
pub fn set_attribute(machine: &mut Machine, exception: &Raised, name: &str, value: Value) -> Result<(), Raised> {
    let link = match (name, &value) {
        ("__cause__" | "__context__", Value::Exception(other)) => Some(other.clone()),
        ("__cause__" | "__context__", Value::None) => None,
        ("__cause__" | "__context__", _) => {
            let message = format!("exception {} must be None or derive from BaseException", name.trim_matches('_'));
            return raise(ExceptionKind::TypeError, message);
        }
        ("__suppress_context__", _) => {
            exception.suppress_context.set(value.is_true());
            return Ok(());
        }
        ("args", _) => {
            exception.arguments.replace(machine.collect(&value)?);
            return Ok(());
        }
        _ => {
            exception.attributes.set(name, value);
            return Ok(());
        }
    };
    if name == "__cause__" {
        exception.suppress_context.set(true);
        exception.cause.replace(link);
    } else {
        exception.context.replace(link);
    }
    Ok(())
}

fn receiver(value: &Value) -> Result<&Raised, Raised> {
    match value {
        Value::Exception(exception) => Ok(exception),
        other => unfit(other, "is not an exception"),
    }
}

fn add_note(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [exception, note] = arguments.bind("add_note", ["self", "note"], 2)?;
    if !matches!(note, Value::Str(_)) {
        let message = format!("add_note() argument must be str, not {}", note.type_name());
        return raise(ExceptionKind::TypeError, message);
    }
    let exception = receiver(exception)?;
    match exception.attributes.get_named("__notes__") {
        Some(Value::List(notes)) => notes.items.borrow_mut().push(note.clone()),
        _ => exception.attributes.set("__notes__", Value::list(vec![note.clone()])),
    }
    Ok(Value::None)
}

fn divide(machine: &mut Machine, arguments: &Arguments<'_>, name: &str) -> Result<Value, Raised> {
    let [group, condition] = arguments.bind(name, ["self", "matcher_value"], 2)?;
    let is_function = matches!(condition, Value::Function(_) | Value::Native(_) | Value::Bound(_) | Value::Partial(_));
    if !is_function && !is_catchable(condition) {
        let message = "expected an exception type, a tuple of exception types, or a callable (other than a class)";
        return raise(ExceptionKind::TypeError, message);
    }
    let (matched, rest) = split(receiver(group)?, &mut |exception| {
        let exception = Value::Exception(exception.clone());
        match is_function {
            true => Ok(machine.call_value(condition, &[exception])?.is_true()),
            false => Ok(is_instance(&exception, condition).unwrap_or(false)),
        }
    })?;
    let value = |part: Option<Raised>| part.map_or(Value::None, Value::Exception);
    Ok(if name == "split" { Value::tuple(vec![value(matched), value(rest)]) } else { value(matched) })
}

fn derive(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [group, exceptions] = arguments.bind("derive", ["self", "excs"], 2)?;
    let message = attribute(receiver(group)?, "message").unwrap_or(Value::None);
    machine
        .call_value(&Value::Class(Class::Exception(ExceptionKind::BaseExceptionGroup)), &[message, exceptions.clone()])
}

/// Whether `except` can name this: a class of exceptions, or a tuple of such classes.
pub fn is_catchable(class: &Value) -> bool {
    match class {
        Value::Class(Class::Exception(_)) => true,
        Value::Type(class) => matches!(class.builtin, Class::Exception(_)),
        Value::Tuple(classes) => classes.iter().all(is_catchable),
        _ => false,
    }
}
