//! Builtin functions and classes.

use std::rc::Rc;

use super::generators::{aiter, anext};
use super::{bytes, numbers, objects, stream, system};
use crate::order;
use crate::python::compile::Conversion;
use crate::python::compile::Operator;
use crate::python::machine::{Machine, is_instance};
use crate::python::values::{
    Arguments, Class, Dict, ExceptionKind, Native, NativeClass, Object, Raised, Range, Set, Slice, Use, Value, hash,
    raise,
};
use crate::trace::Stream;

/// A builtin function or class.
pub fn get(name: &str) -> Option<Value> {
    const CLASSES: &[Class] = &[
        Class::Object,
        Class::Bool,
        Class::Int,
        Class::Float,
        Class::Str,
        Class::Bytes,
        Class::Tuple,
        Class::List,
        Class::Dict,
        Class::Set,
        Class::FrozenSet,
        Class::Range,
        Class::Slice,
        Class::Meta,
    ];
    if name == "NotImplemented" {
        return Some(Value::NotImplemented);
    }
    let mut functions = FUNCTIONS.iter().chain(numbers::FUNCTIONS).chain(objects::FUNCTIONS);
    let function = functions.find(|function| function.name == name).map(Value::Native);
    function.or_else(|| CLASSES.iter().find(|class| class.name() == name).map(|class| Value::Class(*class)))
}

/// What calling a builtin class does.
pub fn constructor(class: Class) -> Option<&'static Native> {
    static CONSTRUCTORS: &[(Class, Native)] = &[
        (
            Class::Bool,
            Native {
                name: "bool",
                call: |machine, it| {
                    Ok(Value::Bool(match it.positional.first() {
                        Some(value) => machine.truth(value)?,
                        None => false,
                    }))
                },
            },
        ),
        (Class::Int, Native { name: "int", call: numbers::int }),
        (Class::Float, Native { name: "float", call: numbers::float }),
        (
            Class::Str,
            Native {
                name: "str",
                call: |machine, it| {
                    Ok(Value::text(match it.positional.first() {
                        Some(value) => machine.str(value)?,
                        None => String::new(),
                    }))
                },
            },
        ),
        (Class::Bytes, Native { name: "bytes", call: bytes::construct }),
        (Class::Tuple, Native { name: "tuple", call: |machine, it| Ok(Value::tuple(given(machine, it)?)) }),
        (Class::List, Native { name: "list", call: |machine, it| Ok(Value::list(given(machine, it)?)) }),
        (
            Class::Set,
            Native {
                name: "set",
                call: |machine, it| {
                    Ok(Value::Set(Rc::new({
                        let members = given(machine, it)?;
                        Set::from_members(machine, members)?
                    })))
                },
            },
        ),
        (
            Class::FrozenSet,
            Native {
                name: "frozenset",
                call: |machine, it| {
                    let members = given(machine, it)?;
                    Set::value(machine, members, true)
                },
            },
        ),
        (Class::Object, Native { name: "object", call: |_, _| Ok(Object::value(&OBJECT, Rc::new(()))) }),
        (Class::Dict, Native { name: "dict", call: |machine, it| Ok(Value::Dict(Rc::new(entries(machine, it)?))) }),
        (Class::Range, Native { name: "range", call: range }),
        (Class::Slice, Native { name: "slice", call: slice }),
        (Class::Meta, Native { name: "type", call: |machine, it| machine.call_type(None, it.positional, it.keywords) }),
    ];
    CONSTRUCTORS.iter().find(|(made, _)| *made == class).map(|(_, native)| native)
}

static FUNCTIONS: &[Native] = &[
    Native { name: "print", call: print },
    Native { name: "len", call: len },
    Native { name: "repr", call: |machine, it| machine.repr(it.alone("repr")?).map(Value::text) },
    Native { name: "format", call: format },
    Native { name: "min", call: |machine, it| extreme(machine, it, "min") },
    Native { name: "max", call: |machine, it| extreme(machine, it, "max") },
    Native { name: "sum", call: sum },
    Native { name: "any", call: |machine, it| quantify(machine, it, true) },
    Native { name: "all", call: |machine, it| quantify(machine, it, false) },
    Native { name: "sorted", call: sorted },
    Native { name: "reversed", call: stream::reversed },
    Native { name: "enumerate", call: stream::enumerate },
    Native { name: "zip", call: stream::zip },
    Native { name: "map", call: stream::map },
    Native { name: "filter", call: stream::filter },
    Native { name: "iter", call: stream::iter },
    Native { name: "next", call: next },
    Native { name: "aiter", call: aiter },
    Native { name: "anext", call: anext },
    Native { name: "isinstance", call: isinstance },
    Native { name: "callable", call: |_, it| Ok(Value::Bool(is_callable(it.alone("callable")?))) },
    Native { name: "id", call: id },
    Native {
        name: "ascii",
        call: |machine, it| machine.format(it.alone("ascii")?, Conversion::Ascii, None).map(Value::text),
    },
    Native { name: "ord", call: ord },
    Native { name: "chr", call: chr },
];

/// The elements of the one iterable given, if any.
fn given(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Vec<Value>, Raised> {
    match arguments.positional {
        [] => Ok(Vec::new()),
        [iterable] => machine.collect(iterable),
        many => raise(ExceptionKind::TypeError, format!("expected at most 1 argument, got {}", many.len())),
    }
}

fn print(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (mut separator, mut end, mut stream) = (" ".to_string(), "\n".to_string(), Stream::Out);
    let mut writer = None;
    for (name, value) in arguments.keywords {
        match (&**name, value) {
            ("sep" | "end" | "file", Value::None) | ("flush", _) => {}
            ("sep", Value::Str(text)) => separator = text.to_string(),
            ("end", Value::Str(text)) => end = text.to_string(),
            ("file", file) => match system::stream(file) {
                Some(given) => stream = given,
                None => writer = Some(file.clone()),
            },
            ("sep" | "end", other) => {
                return raise(
                    ExceptionKind::TypeError,
                    format!("{name} must be None or a string, not {}", other.type_name()),
                );
            }
            _ => {
                let message = format!("print() got an unexpected keyword argument '{name}'");
                return raise(ExceptionKind::TypeError, message);
            }
        }
    }
    if let Some(file) = writer {
        let write = machine.attribute_of(&file, "write")?;
        for (position, value) in arguments.positional.iter().enumerate() {
            if position > 0 {
                machine.call_value(&write, &[Value::from(&*separator)])?;
            }
            let text = machine.str(value)?;
            machine.call_value(&write, &[Value::text(text)])?;
        }
        return machine.call_value(&write, &[Value::text(end)]).map(|_| Value::None);
    }
    let mut text = String::new();
    for (position, value) in arguments.positional.iter().enumerate() {
        if position > 0 {
            text.push_str(&separator);
        }
        text.push_str(&machine.str(value)?);
    }
    text.push_str(&end);
    machine.print(stream, &text);
    Ok(Value::None)
}

fn len(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let length = match arguments.alone("len")? {
        Value::Str(text) => text.chars().count(),
        Value::Bytes(bytes) => bytes.len(),
        Value::Tuple(items) => items.len(),
        Value::List(list) => list.items.borrow().len(),
        Value::Dict(dict) => dict.len(),
        Value::Set(set) => set.len(),
        Value::Range(range) => {
            return match i64::try_from(range.count()) {
                Ok(count) => Ok(Value::Int(count)),
                Err(_) => raise(ExceptionKind::OverflowError, "Python int too large to convert to C ssize_t"),
            };
        }
        other if let Some(length) = machine.call_special_nested(other, "__len__", &[])? => return Ok(length),
        Value::Instance(instance) if let Some(core) = instance.core() => {
            return len(machine, &Arguments { positional: &[core], keywords: &[] });
        }
        Value::Type(class) if let Some(enumeration) = class.enumeration() => enumeration.members().len(),
        other => {
            return raise(ExceptionKind::TypeError, format!("object of type '{}' has no len()", other.type_name()));
        }
    };
    Ok(Value::from(length))
}

/// What `object()` gives: something that is nothing but itself.
static OBJECT: NativeClass = NativeClass { name: "object", ..NativeClass::PLAIN };

/// Whether an object says what its keys are, as a mapping does.
fn has_keys(machine: &mut Machine, object: &Value) -> bool {
    matches!(object, Value::Instance(_) | Value::Object(_)) && machine.attribute_of(object, "keys").is_ok()
}

/// The entries of a mapping; `None` for what is none.
pub fn mapping_entries(machine: &mut Machine, object: &Value) -> Result<Option<Rc<Dict>>, Raised> {
    if let Value::Dict(dict) = object.plain() {
        return Ok(Some(dict));
    }
    if !has_keys(machine, object) {
        return Ok(None);
    }
    let entries = entries(machine, &Arguments { positional: std::slice::from_ref(object), keywords: &[] })?;
    Ok(Some(Rc::new(entries)))
}

/// The entries that `dict(...)` is called for.
pub fn entries(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Dict, Raised> {
    let dict = Dict::default();
    match arguments.positional {
        [] => {}
        [given] if let Value::Dict(other) = &given.plain() => dict.update(machine, other)?,
        [mapping] if has_keys(machine, mapping) => {
            let keys = machine.attribute_of(mapping, "keys")?;
            let keys = machine.call_value(&keys, &[])?;
            for key in machine.collect(&keys)? {
                let value = machine.item_of(mapping, &key)?;
                dict.insert(machine, key, value)?;
            }
        }
        [pairs] => {
            for (position, pair) in machine.collect(pairs)?.iter().enumerate() {
                match machine.collect(pair)?.as_slice() {
                    [key, value] => dict.insert(machine, key.clone(), value.clone())?,
                    other => {
                        let length = other.len();
                        let message = format!(
                            "dictionary update sequence element #{position} has length {length}; 2 is required"
                        );
                        return raise(ExceptionKind::ValueError, message);
                    }
                }
            }
        }
        many => {
            let message = format!("dict expected at most 1 argument, got {}", many.len());
            return raise(ExceptionKind::TypeError, message);
        }
    }
    for (name, value) in arguments.keywords {
        dict.set(name, value.clone());
    }
    Ok(dict)
}

fn slice(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (start, stop, step) = match arguments.positional {
        [stop] => (Value::None, stop.clone(), Value::None),
        [start, stop] => (start.clone(), stop.clone(), Value::None),
        [start, stop, step] => (start.clone(), stop.clone(), step.clone()),
        other => {
            let message = format!("slice expected 1 to 3 arguments, got {}", other.len());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    Ok(Value::Slice(Rc::new(Slice { start, stop, step })))
}

fn range(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut numbers = Vec::new();
    for value in arguments.positional {
        numbers.push(value.whole()?);
    }
    let range = match numbers.as_slice() {
        [stop] => Range { start: 0, stop: *stop, step: 1 },
        [start, stop] => Range { start: *start, stop: *stop, step: 1 },
        [_, _, 0] => return raise(ExceptionKind::ValueError, "range() arg 3 must not be zero"),
        [start, stop, step] => Range { start: *start, stop: *stop, step: *step },
        [] => return raise(ExceptionKind::TypeError, "range expected at least 1 argument, got 0"),
        many => {
            return raise(ExceptionKind::TypeError, format!("range expected at most 3 arguments, got {}", many.len()));
        }
    };
    Ok(Value::Range(Rc::new(range)))
}

fn format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [value, specification] = arguments.bind("format", ["value", "format_spec"], 1)?;
    machine.format(value, Conversion::None, Some(specification)).map(Value::text)
}

/// The value of a keyword argument, if it is given.
fn keyword<'a>(arguments: &'a Arguments<'_>, name: &str) -> Option<&'a Value> {
    arguments.keywords.iter().find(|(key, _)| &**key == name).map(|(_, value)| value)
}

/// What to sort by: the value itself, or what a key function makes of it.
fn sort_key(machine: &mut Machine, key: Option<&Value>, value: &Value) -> Result<Value, Raised> {
    match key {
        None | Some(Value::None | Value::Unbound) => Ok(value.clone()),
        Some(function) => machine.call_value(function, std::slice::from_ref(value)),
    }
}

fn extreme(machine: &mut Machine, arguments: &Arguments<'_>, name: &str) -> Result<Value, Raised> {
    let items = match arguments.positional {
        [] => return raise(ExceptionKind::TypeError, format!("{name} expected at least 1 argument, got 0")),
        [iterable] => machine.collect(iterable)?,
        many => many.to_vec(),
    };
    let key = keyword(arguments, "key").cloned();
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        let sort_key = sort_key(machine, key.as_ref(), &item)?;
        let is_better = match &best {
            None => true,
            Some((best, _)) if name == "min" => machine.is_less(&sort_key, best)?,
            Some((best, _)) => machine.is_less(best, &sort_key)?,
        };
        if is_better {
            best = Some((sort_key, item));
        }
    }
    match (best, keyword(arguments, "default")) {
        (Some((_, item)), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => raise(ExceptionKind::ValueError, format!("{name}() iterable argument is empty")),
    }
}

fn sum(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, start] = arguments.bind("sum", ["iterable", "start"], 1)?;
    let mut total = start.given_or(Value::Int(0));
    if let Value::Str(_) = total {
        return raise(ExceptionKind::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    }
    // What rounding has cost so far: CPython's sums of floats are Neumaier's.
    let mut lost = 0.0;
    for item in machine.collect(iterable)? {
        let with_fraction = matches!(total, Value::Float(_));
        total = match (total.as_float(), item.as_float()) {
            (Some(a), Some(b)) if with_fraction => {
                let sum = a + b;
                lost += if a.abs() >= b.abs() { (a - sum) + b } else { (b - sum) + a };
                Value::Float(sum)
            }
            _ => machine.operate(Operator::Add, &total, &item)?,
        };
    }
    Ok(match total {
        Value::Float(sum) if lost.is_finite() => Value::Float(sum + lost),
        other => other,
    })
}

fn quantify(machine: &mut Machine, arguments: &Arguments<'_>, sought: bool) -> Result<Value, Raised> {
    let iterator = machine.iterate(arguments.alone(if sought { "any" } else { "all" })?)?;
    while let Some(item) = machine.next_value(&iterator)? {
        if machine.truth(&item)? == sought {
            return Ok(Value::Bool(sought));
        }
    }
    Ok(Value::Bool(!sought))
}

fn sorted(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, key, reverse] = arguments.bind("sorted", ["iterable", "key", "reverse"], 1)?;
    let items = machine.collect(iterable)?;
    sort(machine, items, Some(key), !matches!(reverse, Value::Unbound) && reverse.is_true()).map(Value::list)
}

/// Numbers in the order of the keys, if these are all whole or all floats: quick to compare, and close together.
fn places_of_numbers(keyed: &[(Value, Value)]) -> Option<Vec<i64>> {
    let are_floats = matches!(keyed.first(), Some((Value::Float(_), _)));
    let place = |(key, _): &(Value, Value)| match key {
        Value::Int(number) if !are_floats => Some(*number),
        // The bits of floats are in their order but for the sign; both zeros are equal, and NaN has no place.
        Value::Float(number) if are_floats && !number.is_nan() => {
            let bits = (number + 0.0).to_bits().cast_signed();
            Some(bits ^ (bits >> 63).cast_unsigned().wrapping_shr(1).cast_signed())
        }
        _ => None,
    };
    keyed.iter().map(place).collect()
}

/// A stable sort, as CPython's; comparisons can raise.
pub fn sort(
    machine: &mut Machine,
    items: Vec<Value>,
    key: Option<&Value>,
    is_reversed: bool,
) -> Result<Vec<Value>, Raised> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items {
        keyed.push((sort_key(machine, key, &item)?, item));
    }
    if let Some(places) = places_of_numbers(&keyed) {
        let order = if is_reversed {
            order::ascending(places.len(), &mut |left, right| places[right] < places[left])
        } else {
            order::ascending(places.len(), &mut |left, right| places[left] < places[right])
        };
        return Ok(order.into_iter().map(|position| keyed[position].1.clone()).collect());
    }
    let mut failure = None;
    let order = order::ascending(keyed.len(), &mut |left, right| {
        if failure.is_some() {
            return false;
        }
        let (left, right) = if is_reversed { (right, left) } else { (left, right) };
        machine.is_less(&keyed[left].0, &keyed[right].0).unwrap_or_else(|exception| {
            failure = Some(exception);
            false
        })
    });
    match failure {
        Some(exception) => Err(exception),
        None => Ok(order.into_iter().map(|position| keyed[position].1.clone()).collect()),
    }
}

fn next(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterator, default] = arguments.bind("next", ["iterator", "default"], 1)?;
    match (machine.next_value(iterator)?, default) {
        (Some(value), _) => Ok(value),
        (None, Value::Unbound) => Err(crate::python::values::Exception::new(ExceptionKind::StopIteration, Vec::new())),
        (None, default) => Ok(default.clone()),
    }
}

fn isinstance(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [value, class] = arguments.bind("isinstance", ["obj", "class_or_tuple"], 2)?;
    match is_instance(value, class) {
        Some(is_instance) => Ok(Value::Bool(is_instance)),
        None => raise(ExceptionKind::TypeError, "isinstance() arg 2 must be a type, a tuple of types, or a union"),
    }
}

/// Whether a value can be called.
pub fn is_callable(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::Native(_) | Value::Bound(_) | Value::Partial(_) => true,
        Value::Class(_) | Value::Type(_) | Value::Method(_) => true,
        value if super::method(value, "__call__").is_some() => true,
        value => value.user_class().is_some_and(|class| class.find("__call__").is_some()),
    }
}

fn id(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("id")?;
    if let Value::Primitive(primitive) = value {
        return Ok(Value::Int(primitive.address()));
    }
    Ok(Value::Int(match value.address() {
        Some(address) => address as i64,
        None => (hash(machine, value, Use::Itself)? >> 8) as i64,
    }))
}

fn ord(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = arguments.alone("ord")?;
    let mut characters = match value {
        Value::Str(text) => text.chars(),
        other => {
            let message = format!("ord() expected string of length 1, but {} found", other.type_name());
            return raise(ExceptionKind::TypeError, message);
        }
    };
    match (characters.next(), characters.next()) {
        (Some(character), None) => Ok(Value::Int(i64::from(u32::from(character)))),
        _ => {
            let length = machine.str(value)?.chars().count();
            let message = format!("ord() expected a character, but string of length {length} found");
            raise(ExceptionKind::TypeError, message)
        }
    }
}

fn chr(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let character = match arguments.alone("chr")? {
        Value::Int(number) => u32::try_from(*number).ok().and_then(char::from_u32),
        _ => None,
    };
    match character {
        Some(character) => Ok(Value::text(character)),
        None => raise(ExceptionKind::ValueError, "chr() arg not in range(0x110000)"),
    }
}
