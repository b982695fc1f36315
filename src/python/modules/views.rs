//! What `dict.keys()`, `dict.values()` and `dict.items()` give: views that follow the dict.

use std::rc::Rc;

use crate::python::compile::Operator;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, Iter, Native, NativeClass, Object, Raised, Set, Value, are_equal, unfit};

/// What a view of a dict shows.
#[derive(Clone, Copy, PartialEq)]
pub enum Shown {
    Keys,
    Values,
    Items,
}

struct View {
    dict: Rc<Dict>,
    shown: Shown,
}

impl View {
    fn members(&self) -> Vec<Value> {
        match self.shown {
            Shown::Keys => self.dict.keys(),
            Shown::Values => self.dict.values(),
            Shown::Items => {
                self.dict.entries().into_iter().map(|(key, value)| Value::tuple(vec![key, value])).collect()
            }
        }
    }
}

static KEYS: NativeClass = NativeClass { name: "dict_keys", methods: METHODS, ..NativeClass::PLAIN };
static VALUES: NativeClass = NativeClass { name: "dict_values", methods: METHODS, ..NativeClass::PLAIN };
static ITEMS: NativeClass = NativeClass { name: "dict_items", methods: METHODS, ..NativeClass::PLAIN };

const METHODS: &[Native] = &[
    Native { name: "__iter__", call: |_, it| Ok(values(members(it)?)) },
    Native { name: "__len__", call: |_, it| Ok(Value::from(Object::state_of::<View>(&it.positional[0])?.dict.len())) },
    Native {
        name: "__reversed__",
        call: |_, it| {
            let mut members = members(it)?;
            members.reverse();
            Ok(values(members))
        },
    },
    Native {
        name: "__repr__",
        call: |machine, it| {
            let shown = machine.repr(&Value::list(members(it)?))?;
            Ok(Value::text([it.positional[0].type_name(), "(", &shown, ")"].concat()))
        },
    },
    Native { name: "__contains__", call: contains },
    Native {
        name: "__eq__",
        call: |machine, it| {
            let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
            if left.is(right) {
                return Ok(Value::Bool(true));
            }
            let (left, right) = (set_of(machine, left)?, set_of(machine, right)?);
            are_equal(machine, &left, &right).map(Value::Bool)
        },
    },
    Native { name: "__and__", call: |machine, it| as_sets(machine, it, Operator::And) },
    Native { name: "__or__", call: |machine, it| as_sets(machine, it, Operator::Or) },
    Native { name: "__sub__", call: |machine, it| as_sets(machine, it, Operator::Subtract) },
    Native { name: "__xor__", call: |machine, it| as_sets(machine, it, Operator::Xor) },
];

/// A view as a value: the one receiver is the dict.
pub fn view(arguments: &Arguments<'_>, shown: Shown) -> Result<Value, Raised> {
    let class = match shown {
        Shown::Keys => &KEYS,
        Shown::Values => &VALUES,
        Shown::Items => &ITEMS,
    };
    match arguments.alone("keys")? {
        Value::Dict(dict) => Ok(Object::value(class, Rc::new(View { dict: dict.clone(), shown }))),
        other => unfit(other, "is not a dict"),
    }
}

fn values(members: Vec<Value>) -> Value {
    Value::iterator(Iter::Values(members.into_iter()))
}

fn members(arguments: &Arguments<'_>) -> Result<Vec<Value>, Raised> {
    Ok(Object::state_of::<View>(&arguments.positional[0])?.members())
}

fn contains(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [view, sought] = arguments.bind("__contains__", ["self", "key"], 2)?;
    let view = Object::state_of::<View>(view)?;
    if view.shown == Shown::Keys {
        return Ok(Value::Bool(view.dict.get(machine, sought)?.is_some()));
    }
    for member in view.members() {
        if machine.is_equal(&member, sought)? {
            return Ok(Value::Bool(true));
        }
    }
    Ok(Value::Bool(false))
}

fn set_of(machine: &mut Machine, iterable: &Value) -> Result<Value, Raised> {
    let members = machine.collect(iterable)?;
    Set::value(machine, members, false)
}

fn as_sets(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("view", ["self", "other"], 2)?;
    let (left, right) = (set_of(machine, left)?, set_of(machine, right)?);
    machine.operate(operator, &left, &right)
}
