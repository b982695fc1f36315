//! The special methods of builtin values, for programs that call them by name: `super().__setitem__(key, value)`.

use crate::python::compile::{Comparison, Operator};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, ExceptionKind, Native, Raised, Value, raise};

/// The special method of this name that values of a builtin class have.
pub fn special(value: &Value, name: &str) -> Option<&'static Native> {
    of_class(value.class(), name)
}

/// The same for a class.
pub fn of_class(class: Class, name: &str) -> Option<&'static Native> {
    if !name.starts_with("__") {
        return None;
    }
    let is_dict = matches!(class, Class::Dict) || matches!(class, Class::Native(native) if native.base == Class::Dict);
    let is_number = matches!(class, Class::Int | Class::Bool | Class::Float);
    let is_set = matches!(class, Class::Set | Class::FrozenSet);
    let is_sequence = matches!(class, Class::Str | Class::Bytes | Class::Tuple | Class::List | Class::Range);
    let tables: [(bool, &'static [Native]); 8] = [
        (is_dict || is_set || is_sequence, SIZED),
        (is_dict || is_sequence, SUBSCRIPTABLE),
        (is_dict || class == Class::List, CHANGEABLE),
        (is_number || is_sequence, ARITHMETIC),
        (is_number, NUMBER),
        (is_number || is_set || is_dict, LOGIC),
        (matches!(class, Class::Iterator | Class::Generator), ITERATOR),
        (is_dict || is_number || is_set || is_sequence, COMPARISONS),
    ];
    let tables = tables.into_iter().filter(|(applies, _)| *applies);
    tables.flat_map(|(_, table)| table).find(|method| method.name == name)
}

static SIZED: &[Native] = &[
    Native { name: "__len__", call: |machine, it| of_builtin(machine, it, "len") },
    Native { name: "__iter__", call: |machine, it| machine.iterate(&receiver(it)?) },
    Native { name: "__reversed__", call: |machine, it| of_builtin(machine, it, "reversed") },
    Native {
        name: "__contains__",
        call: |machine, it| {
            let [container, member] = it.bind("__contains__", ["self", "key"], 2)?;
            machine.compare_values(Comparison::In, member, &container.plain()).map(Value::Bool)
        },
    },
];

static SUBSCRIPTABLE: &[Native] = &[Native {
    name: "__getitem__",
    call: |machine, it| {
        let [object, key] = it.bind("__getitem__", ["self", "key"], 2)?;
        machine.item_of(&object.plain(), key)
    },
}];

static CHANGEABLE: &[Native] = &[
    Native {
        name: "__setitem__",
        call: |machine, it| {
            let [object, key, value] = it.bind("__setitem__", ["self", "key", "value"], 3)?;
            machine.set_item_of(&object.plain(), key, value.clone()).map(|()| Value::None)
        },
    },
    Native {
        name: "__delitem__",
        call: |machine, it| {
            let [object, key] = it.bind("__delitem__", ["self", "key"], 2)?;
            machine.delete_item_of(&object.plain(), key).map(|()| Value::None)
        },
    },
    Native {
        name: "__iadd__",
        call: |machine, it| {
            let [object, items] = it.bind("__iadd__", ["self", "value"], 2)?;
            let extend = machine.attribute_of(&object.plain(), "extend")?;
            machine.call_value(&extend, std::slice::from_ref(items))?;
            Ok(object.clone())
        },
    },
];

static ARITHMETIC: &[Native] = &[
    Native { name: "__add__", call: |machine, it| operate(machine, it, Operator::Add, false) },
    Native { name: "__radd__", call: |machine, it| operate(machine, it, Operator::Add, true) },
    Native { name: "__mul__", call: |machine, it| operate(machine, it, Operator::Multiply, false) },
    Native { name: "__rmul__", call: |machine, it| operate(machine, it, Operator::Multiply, true) },
    Native { name: "__mod__", call: |machine, it| operate(machine, it, Operator::Modulo, false) },
];

static NUMBER: &[Native] = &[
    Native { name: "__sub__", call: |machine, it| operate(machine, it, Operator::Subtract, false) },
    Native { name: "__rsub__", call: |machine, it| operate(machine, it, Operator::Subtract, true) },
    Native { name: "__truediv__", call: |machine, it| operate(machine, it, Operator::Divide, false) },
    Native { name: "__floordiv__", call: |machine, it| operate(machine, it, Operator::FloorDivide, false) },
    Native { name: "__pow__", call: |machine, it| operate(machine, it, Operator::Power, false) },
    Native { name: "__neg__", call: |machine, it| machine.operate(Operator::Subtract, &Value::Int(0), &receiver(it)?) },
    Native { name: "__abs__", call: |machine, it| of_builtin(machine, it, "abs") },
    Native { name: "__int__", call: |machine, it| of_builtin(machine, it, "int") },
    Native { name: "__index__", call: |machine, it| of_builtin(machine, it, "int") },
    Native { name: "__float__", call: |machine, it| of_builtin(machine, it, "float") },
    Native { name: "__bool__", call: |machine, it| of_builtin(machine, it, "bool") },
    Native { name: "__round__", call: |machine, it| of_builtin(machine, it, "round") },
];

static LOGIC: &[Native] = &[
    Native { name: "__or__", call: |machine, it| operate(machine, it, Operator::Or, false) },
    Native { name: "__and__", call: |machine, it| operate(machine, it, Operator::And, false) },
    Native { name: "__xor__", call: |machine, it| operate(machine, it, Operator::Xor, false) },
    Native { name: "__sub__", call: |machine, it| operate(machine, it, Operator::Subtract, false) },
];

static ITERATOR: &[Native] = &[
    Native { name: "__iter__", call: |_, it| receiver(it) },
    Native { name: "__next__", call: |machine, it| of_builtin(machine, it, "next") },
];

static COMPARISONS: &[Native] = &[
    Native { name: "__eq__", call: |machine, it| compare(machine, it, Comparison::Equal) },
    Native { name: "__ne__", call: |machine, it| compare(machine, it, Comparison::NotEqual) },
    Native { name: "__lt__", call: |machine, it| compare(machine, it, Comparison::Less) },
    Native { name: "__le__", call: |machine, it| compare(machine, it, Comparison::LessOrEqual) },
    Native { name: "__gt__", call: |machine, it| compare(machine, it, Comparison::Greater) },
    Native { name: "__ge__", call: |machine, it| compare(machine, it, Comparison::GreaterOrEqual) },
    Native { name: "__hash__", call: |machine, it| super::numbers::hash_of(machine, &receiver(it)?) },
    Native { name: "__repr__", call: |machine, it| machine.repr(&receiver(it)?).map(Value::text) },
    Native { name: "__str__", call: |machine, it| machine.str(&receiver(it)?).map(Value::text) },
    Native { name: "__format__", call: |machine, it| of_builtin(machine, it, "format") },
];

fn receiver(arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match arguments.positional.first() {
        Some(receiver) => Ok(receiver.plain()),
        None => raise(ExceptionKind::TypeError, "a special method needs an object of its class"),
    }
}

/// What the builtin function with this name does.
fn of_builtin(machine: &mut Machine, arguments: &Arguments<'_>, name: &str) -> Result<Value, Raised> {
    let mut positional = arguments.positional.to_vec();
    if let Some(first) = positional.first_mut() {
        *first = first.plain();
    }
    match super::builtin(name) {
        Some(function) => machine.call_value(&function, &positional),
        None => Ok(Value::None),
    }
}

/// `NotImplemented` where the other value does not fit.
fn unless_unfit(result: Result<Value, Raised>) -> Result<Value, Raised> {
    match result {
        Err(exception) if exception.kind == ExceptionKind::TypeError => Ok(Value::NotImplemented),
        result => result,
    }
}

fn operate(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    operator: Operator,
    is_reflected: bool,
) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("operator", ["self", "value"], 2)?;
    let (left, right) = (left.plain(), right.plain());
    let (left, right) = if is_reflected { (right, left) } else { (left, right) };
    unless_unfit(machine.operate(operator, &left, &right))
}

fn compare(machine: &mut Machine, arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("comparison", ["self", "value"], 2)?;
    let (left, right) = (left.plain(), right.plain());
    let is_number = |value: &Value| value.as_float().is_some();
    if matches!(comparison, Comparison::Equal | Comparison::NotEqual)
        && left.class() != right.class()
        && !(is_number(&left) && is_number(&right))
    {
        return Ok(Value::NotImplemented);
    }
    unless_unfit(machine.compare_values(comparison, &left, &right).map(Value::Bool))
}
