//! `operator`: operators as functions.

use std::rc::Rc;

use crate::python::compile::{Comparison, Operator};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, Partial, Raised, Value, raise};

/// What `@` does: no builtin class has it.
pub static MATRIX_MULTIPLY: Native = Native {
    name: "matmul",
    call: |machine, it| {
        let [left, right] = it.bind("matmul", ["a", "b"], 2)?;
        for (name, one, other) in [("__matmul__", left, right), ("__rmatmul__", right, left)] {
            match machine.call_special_nested(one, name, std::slice::from_ref(other))? {
                None | Some(Value::NotImplemented) => {}
                Some(result) => return Ok(result),
            }
        }
        let (left, right) = (left.type_name(), right.type_name());
        raise(ExceptionKind::TypeError, format!("unsupported operand type(s) for @: '{left}' and '{right}'"))
    },
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    super::function(FUNCTIONS, name)
}

static FUNCTIONS: &[Native] = &[
    Native { name: "add", call: |machine, it| binary(machine, it, Operator::Add) },
    Native { name: "sub", call: |machine, it| binary(machine, it, Operator::Subtract) },
    Native { name: "mul", call: |machine, it| binary(machine, it, Operator::Multiply) },
    Native { name: "truediv", call: |machine, it| binary(machine, it, Operator::Divide) },
    Native { name: "floordiv", call: |machine, it| binary(machine, it, Operator::FloorDivide) },
    Native { name: "mod", call: |machine, it| binary(machine, it, Operator::Modulo) },
    Native { name: "pow", call: |machine, it| binary(machine, it, Operator::Power) },
    Native { name: "and_", call: |machine, it| binary(machine, it, Operator::And) },
    Native { name: "or_", call: |machine, it| binary(machine, it, Operator::Or) },
    Native { name: "xor", call: |machine, it| binary(machine, it, Operator::Xor) },
    Native { name: "lshift", call: |machine, it| binary(machine, it, Operator::LeftShift) },
    Native { name: "rshift", call: |machine, it| binary(machine, it, Operator::RightShift) },
    Native { name: "concat", call: |machine, it| binary(machine, it, Operator::Add) },
    Native { name: "neg", call: |machine, it| machine.operate(Operator::Subtract, &Value::Int(0), it.alone("neg")?) },
    Native { name: "eq", call: |machine, it| compare(machine, it, Comparison::Equal) },
    Native { name: "ne", call: |machine, it| compare(machine, it, Comparison::NotEqual) },
    Native { name: "lt", call: |machine, it| compare(machine, it, Comparison::Less) },
    Native { name: "le", call: |machine, it| compare(machine, it, Comparison::LessOrEqual) },
    Native { name: "gt", call: |machine, it| compare(machine, it, Comparison::Greater) },
    Native { name: "ge", call: |machine, it| compare(machine, it, Comparison::GreaterOrEqual) },
    Native { name: "is_", call: |machine, it| compare(machine, it, Comparison::Is) },
    Native { name: "is_not", call: |machine, it| compare(machine, it, Comparison::IsNot) },
    Native {
        name: "contains",
        call: |machine, it| {
            let [container, member] = it.bind("contains", ["a", "b"], 2)?;
            machine.compare_values(Comparison::In, member, container).map(Value::Bool)
        },
    },
    Native { name: "not_", call: |machine, it| Ok(Value::Bool(!machine.truth(it.alone("not_")?)?)) },
    Native { name: "truth", call: |machine, it| machine.truth(it.alone("truth")?).map(Value::Bool) },
    Native {
        name: "getitem",
        call: |machine, it| {
            let [container, index] = it.bind("getitem", ["a", "b"], 2)?;
            machine.item_of(container, index)
        },
    },
    Native { name: "itemgetter", call: |_, it| getter(it, &GET_ITEMS) },
    Native { name: "attrgetter", call: |_, it| getter(it, &GET_ATTRIBUTES) },
    Native { name: "methodcaller", call: |_, it| getter(it, &CALL_METHOD) },
];

fn binary(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("operator", ["a", "b"], 2)?;
    machine.operate(operator, left, right)
}

fn compare(machine: &mut Machine, arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("operator", ["a", "b"], 2)?;
    machine.compare_values(comparison, left, right).map(Value::Bool)
}

/// What is called with an object in the end: the function has what it looks for already.
fn getter(arguments: &Arguments<'_>, function: &'static Native) -> Result<Value, Raised> {
    if arguments.positional.is_empty() {
        return raise(ExceptionKind::TypeError, format!("{} expected 1 argument, got 0", function.name));
    }
    let sought = Value::tuple(arguments.positional.to_vec());
    let keywords = arguments.keywords.to_vec();
    Ok(Value::Partial(Rc::new(Partial { function: Value::Native(function), positional: vec![sought], keywords })))
}

/// The object of a getter, and what it looks for.
fn sought<'a>(arguments: &Arguments<'a>) -> Result<(&'a [Value], &'a Value), Raised> {
    match arguments.positional {
        [Value::Tuple(sought), object] => Ok((sought, object)),
        other => {
            let given = other.len().saturating_sub(1);
            raise(ExceptionKind::TypeError, format!("itemgetter expected 1 argument, got {given}"))
        }
    }
}

/// One result as it is, more of them in a tuple.
fn gathered(mut results: Vec<Value>) -> Value {
    match results.pop() {
        Some(only) if results.is_empty() => only,
        Some(last) => {
            results.push(last);
            Value::tuple(results)
        }
        None => Value::None,
    }
}

static GET_ITEMS: Native = Native {
    name: "itemgetter",
    call: |machine, it| {
        let (indices, object) = sought(it)?;
        let mut items = Vec::new();
        for index in indices {
            items.push(machine.item_of(object, index)?);
        }
        Ok(gathered(items))
    },
};

static GET_ATTRIBUTES: Native = Native {
    name: "attrgetter",
    call: |machine, it| {
        let (names, object) = sought(it)?;
        let mut values = Vec::new();
        for name in names {
            let mut value = object.clone();
            for part in machine.str(name)?.split('.') {
                value = machine.attribute_of(&value, part)?;
            }
            values.push(value);
        }
        Ok(gathered(values))
    },
};

static CALL_METHOD: Native = Native {
    name: "methodcaller",
    call: |machine, it| {
        let ([name, rest @ ..], object) = sought(it)? else { return Ok(Value::None) };
        let name = machine.str(name)?;
        let method = machine.attribute_of(object, &name)?;
        machine.call_value_with(&method, rest, it.keywords)
    },
};
