//! `collections`: `Counter`, `defaultdict` and `OrderedDict`.

use std::cell::OnceCell;
use std::rc::Rc;

use super::collections::dict;
use super::{builtins, chain_map, deque, named_tuple, objects};
use crate::order;
use crate::python::compile::Operator;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Derivation, Dict, Exception, ExceptionKind, Iter, Native, NativeClass, Raised, Value, Variant,
    raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    let class = match name {
        "deque" => &deque::DEQUE,
        "Counter" => &COUNTER,
        "defaultdict" => &DEFAULT,
        "OrderedDict" => &ORDERED,
        "ChainMap" => &chain_map::CHAIN_MAP,
        "namedtuple" => return Some(Value::Native(&named_tuple::NAMEDTUPLE)),
        "abc" => return super::find("collections.abc").map(Value::Module),
        _ => return None,
    };
    Some(Value::Class(Class::Native(class)))
}

/// An attribute of `collections.abc`. After `import collections.abc`, `collections` has all the rest as well.
pub fn abc(name: &str) -> Option<Value> {
    objects::typing(name).or_else(|| get(name))
}

const PLAIN: NativeClass =
    NativeClass { module: "collections", base: Class::Dict, base_for: Derivation::Within, ..NativeClass::PLAIN };

static DEFAULT: NativeClass = NativeClass {
    name: "defaultdict",
    construct: |machine, it| {
        let (factory, rest) = match it.positional {
            [factory, rest @ ..] => (factory.clone(), rest),
            [] => (Value::None, it.positional),
        };
        if !matches!(factory, Value::None) && !builtins::is_callable(&factory) {
            return raise(ExceptionKind::TypeError, "first argument must be callable or None");
        }
        variant(machine, &DEFAULT, factory, &Arguments { positional: rest, keywords: it.keywords })
    },
    ..PLAIN
};

static ORDERED: NativeClass = NativeClass {
    name: "OrderedDict",
    methods: &[
        Native { name: "move_to_end", call: move_to_end },
        Native { name: "popitem", call: pop_item_from_either_end },
        Native {
            name: "__eq__",
            call: |machine, it| {
                let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
                let (Value::Dict(left), Value::Dict(right)) = (left, right) else { return Ok(Value::NotImplemented) };
                // Only among themselves does the order count.
                if right.class() != Some(&ORDERED) {
                    return Ok(Value::NotImplemented);
                }
                let flat = |dict: &Dict| Value::list(dict.entries().into_iter().flat_map(<[Value; 2]>::from).collect());
                machine.is_equal(&flat(left), &flat(right)).map(Value::Bool)
            },
        },
    ],
    construct: |machine, it| variant(machine, &ORDERED, Value::None, it),
    ..PLAIN
};

static COUNTER: NativeClass = NativeClass {
    name: "Counter",
    methods: &[
        Native { name: "most_common", call: most_common },
        Native { name: "elements", call: elements },
        Native { name: "total", call: total },
        Native { name: "update", call: |machine, it| count_in(machine, it, Operator::Add) },
        Native { name: "subtract", call: |machine, it| count_in(machine, it, Operator::Subtract) },
        Native { name: "__add__", call: |machine, it| combine(machine, it, Operator::Add) },
        Native { name: "__sub__", call: |machine, it| combine(machine, it, Operator::Subtract) },
        Native { name: "__and__", call: |machine, it| combine(machine, it, Operator::And) },
        Native { name: "__or__", call: |machine, it| combine(machine, it, Operator::Or) },
        Native { name: "__pos__", call: |machine, it| kept(machine, it, Operator::Add) },
        Native { name: "__neg__", call: |machine, it| kept(machine, it, Operator::Subtract) },
    ],
    construct: |machine, it| {
        let counter = of_class(&COUNTER, Value::None, Dict::default());
        let arguments: Vec<Value> = [&counter].into_iter().chain(it.positional).cloned().collect();
        count_in(machine, &Arguments { positional: &arguments, keywords: it.keywords }, Operator::Add)?;
        Ok(counter)
    },
    ..PLAIN
};

/// A dict of a derived class, with these entries.
fn of_class(class: &'static NativeClass, factory: Value, mut dict: Dict) -> Value {
    dict.variant = OnceCell::from(Box::new(Variant { class, factory }));
    Value::Dict(Rc::new(dict))
}

fn variant(
    machine: &mut Machine,
    class: &'static NativeClass,
    factory: Value,
    arguments: &Arguments<'_>,
) -> Result<Value, Raised> {
    let dict = builtins::entries(machine, arguments)?;
    Ok(of_class(class, factory, dict))
}

/// What a dict gives for a key that is not there. See `dict.__missing__`.
pub fn missing(machine: &mut Machine, dict: &Dict, key: &Value) -> Result<Value, Raised> {
    match dict.variant.get() {
        Some(variant) if variant.class == &COUNTER => return Ok(Value::Int(0)),
        Some(variant) if !matches!(variant.factory, Value::None) => {
            let value = machine.call_value(&variant.factory, &[])?;
            dict.insert(machine, key.clone(), value.clone())?;
            return Ok(value);
        }
        _ => {}
    }
    Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()]))
}

/// A copy of a dict, of its class.
pub fn copy(machine: &mut Machine, dict: &Dict) -> Result<Value, Raised> {
    let copy = Dict::default();
    copy.update(machine, dict)?;
    Ok(match dict.variant.get() {
        Some(variant) => of_class(variant.class, variant.factory.clone(), copy),
        None => Value::Dict(Rc::new(copy)),
    })
}

fn move_to_end(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, key, last] = arguments.bind("move_to_end", ["self", "key", "last"], 2)?;
    let dict = dict(arguments)?;
    let Some(value) = dict.remove(machine, key)? else {
        return Err(Exception::new(ExceptionKind::KeyError, vec![key.clone()]));
    };
    if matches!(last, Value::Unbound) || last.is_true() {
        dict.insert(machine, key.clone(), value)?;
        return Ok(Value::None);
    }
    let others = dict.entries();
    dict.clear();
    dict.insert(machine, key.clone(), value)?;
    others.into_iter().try_for_each(|(key, value)| dict.insert(machine, key, value))?;
    Ok(Value::None)
}

fn pop_item_from_either_end(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, last] = arguments.bind("popitem", ["self", "last"], 1)?;
    let dict = dict(arguments)?;
    let entries = dict.entries();
    let is_last = matches!(last, Value::Unbound) || last.is_true();
    let Some((key, value)) = (if is_last { entries.last() } else { entries.first() }) else {
        return Err(Exception::new(ExceptionKind::KeyError, vec![Value::from("dictionary is empty")]));
    };
    dict.remove(machine, key)?;
    Ok(Value::tuple(vec![key.clone(), value.clone()]))
}

fn most_common(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, count] = arguments.bind("most_common", ["self", "n"], 1)?;
    let entries = dict(arguments)?.entries();
    let count = match count {
        Value::Unbound | Value::None => entries.len(),
        count => usize::try_from(count.whole()?).unwrap_or(0),
    };
    let mut failure = None;
    let positions = order::ascending(entries.len(), &mut |left, right| {
        machine.is_less(&entries[right].1, &entries[left].1).unwrap_or_else(|exception| {
            failure.get_or_insert(exception);
            false
        })
    });
    if let Some(exception) = failure {
        return Err(exception);
    }
    let entry = |at: usize| Value::tuple(vec![entries[at].0.clone(), entries[at].1.clone()]);
    Ok(Value::list(positions.into_iter().take(count).map(entry).collect()))
}

fn elements(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut elements = Vec::new();
    for (element, count) in dict(arguments)?.entries() {
        let count = usize::try_from(count.whole()?).unwrap_or(0);
        machine.check_size(elements.len().saturating_add(count))?;
        elements.resize(elements.len() + count, element);
    }
    Ok(Value::iterator(Iter::Values(elements.into_iter())))
}

fn total(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut total = Value::Int(0);
    for count in dict(arguments)?.values() {
        total = machine.operate(Operator::Add, &total, &count)?;
    }
    Ok(total)
}

/// `Counter.update` and `subtract`: counts what an iterable has, or takes over the counts of a dict.
fn count_in(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let counter = dict(arguments)?;
    let mut counts = Vec::new();
    match arguments.positional.get(1) {
        None | Some(Value::None) => {}
        Some(Value::Dict(other)) => counts = other.entries(),
        Some(iterable) => {
            counts = machine.collect(iterable)?.into_iter().map(|item| (item, Value::Int(1))).collect();
        }
    }
    counts.extend(arguments.keywords.iter().map(|(name, count)| (Value::text(&**name), count.clone())));
    for (item, count) in counts {
        let before = counter.get(machine, &item)?.unwrap_or(Value::Int(0));
        let now = machine.operate(operator, &before, &count)?;
        counter.insert(machine, item, now)?;
    }
    Ok(Value::None)
}

/// `+counter` and `-counter`.
fn kept(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let empty = of_class(&COUNTER, Value::None, Dict::default());
    let counter = arguments.alone("Counter")?.clone();
    combine(machine, &Arguments { positional: &[empty, counter], keywords: &[] }, operator)
}

/// An operator on two counters: what comes to more than nothing is kept.
fn combine(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("Counter", ["self", "other"], 2)?;
    let (Value::Dict(left), Value::Dict(right)) = (left, right) else { return Ok(Value::NotImplemented) };
    if left.class() != right.class() {
        return Ok(Value::NotImplemented);
    }
    let result = Dict::default();
    let mut items = left.keys();
    if operator != Operator::And {
        items.extend(right.keys());
    }
    for item in items {
        let mut count = |dict: &Dict| dict.get(machine, &item).map(|count| count.unwrap_or(Value::Int(0)));
        let (a, b) = (count(left)?, count(right)?);
        let count = match operator {
            Operator::And => {
                if machine.is_less(&a, &b)? {
                    a
                } else {
                    b
                }
            }
            Operator::Or => {
                if machine.is_less(&a, &b)? {
                    b
                } else {
                    a
                }
            }
            other => machine.operate(other, &a, &b)?,
        };
        if machine.is_less(&Value::Int(0), &count)? {
            result.insert(machine, item, count)?;
        }
    }
    Ok(of_class(&COUNTER, Value::None, result))
}
