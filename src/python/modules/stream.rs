//! Iterators that ask the program for more as they go: `map`, `zip` and their like, and what those of `itertools` rest on.

use std::cell::RefCell;
use std::rc::Rc;

use crate::disposal::dispose;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Iter, Native, NativeClass, Object, Raised, Value, raise, unfit};

/// How an iterator comes by its next value.
pub type Step = fn(&mut Machine, &mut Parts) -> Result<Option<Value>, Raised>;

/// What an iterator works on. Each uses what it needs.
pub struct Parts {
    /// What it calls for each value.
    pub function: Value,
    /// The iterators that it takes values from.
    pub sources: Vec<Value>,
    /// Values that it has taken and still needs.
    pub kept: Vec<Value>,
    pub numbers: [i64; 3],
    pub positions: Vec<usize>,
}

impl Parts {
    /// With iterators over these iterables.
    pub fn over(machine: &mut Machine, iterables: &[Value]) -> Result<Self, Raised> {
        let mut sources = Vec::with_capacity(iterables.len());
        for iterable in iterables {
            sources.push(machine.iterate(iterable)?);
        }
        Ok(Self { function: Value::None, sources, kept: Vec::new(), numbers: [0; 3], positions: Vec::new() })
    }
}

struct Stream {
    step: Step,
    parts: RefCell<Parts>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        let parts = self.parts.get_mut();
        dispose(std::mem::take(&mut parts.sources));
        dispose(std::mem::take(&mut parts.kept));
    }
}

/// A class of iterators.
pub const fn class(name: &'static str, module: &'static str) -> NativeClass {
    NativeClass { name, module, methods: METHODS, ..NativeClass::PLAIN }
}

/// An iterator as a value.
pub fn value(class: &'static NativeClass, step: Step, parts: Parts) -> Value {
    Object::value(class, Rc::new(Stream { step, parts: RefCell::new(parts) }))
}

const METHODS: &[Native] = &[
    Native {
        name: "__next__",
        call: |machine, it| match next(machine, it.alone("__next__")?)? {
            Some(value) => Ok(value),
            None => raise_stop(),
        },
    },
    Native { name: "__iter__", call: |_, it| it.alone("__iter__").cloned() },
];

fn next(machine: &mut Machine, iterator: &Value) -> Result<Option<Value>, Raised> {
    let stream = Object::state_of::<Stream>(iterator)?;
    match stream.parts.try_borrow_mut() {
        Ok(mut parts) => machine.nested(1, |machine| (stream.step)(machine, &mut parts)),
        Err(_) => raise(ExceptionKind::ValueError, "iterator already executing"),
    }
}

/// The end of an iterator.
pub fn raise_stop<T>() -> Result<T, Raised> {
    Err(crate::python::values::Exception::new(ExceptionKind::StopIteration, Vec::new()))
}

/// The next value of each source; `None` as soon as one has none. With `strict`, the sources have to end together.
pub fn row(machine: &mut Machine, parts: &Parts, strict: Option<&str>) -> Result<Option<Vec<Value>>, Raised> {
    let mut row = Vec::with_capacity(parts.sources.len());
    for (position, source) in parts.sources.iter().enumerate() {
        let value = machine.next_value(source)?;
        match (value, strict) {
            (Some(value), _) => row.push(value),
            (None, None) => return Ok(None),
            (None, Some(name)) if position > 0 => return uneven(name, position, "shorter"),
            (None, Some(name)) => {
                for (position, source) in parts.sources.iter().enumerate().skip(1) {
                    if machine.next_value(source)?.is_some() {
                        return uneven(name, position, "longer");
                    }
                }
                return Ok(None);
            }
        }
    }
    Ok(Some(row).filter(|row| !row.is_empty()))
}

fn uneven<T>(name: &str, position: usize, how: &str) -> Result<T, Raised> {
    let others = if position == 1 { " 1".to_owned() } else { format!("s 1-{position}") };
    raise(ExceptionKind::ValueError, format!("{name}() argument {} is {how} than argument{others}", position + 1))
}

fn is_strict(arguments: &Arguments<'_>) -> bool {
    arguments.keywords.iter().any(|(name, value)| &**name == "strict" && value.is_true())
}

/// See `zip`.
pub fn zip(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static ZIP: NativeClass = class("zip", "builtins");
    let parts = Parts::over(machine, arguments.positional)?;
    let step: Step = match is_strict(arguments) {
        true => |machine, parts| Ok(row(machine, parts, Some("zip"))?.map(Value::tuple)),
        false => |machine, parts| Ok(row(machine, parts, None)?.map(Value::tuple)),
    };
    Ok(value(&ZIP, step, parts))
}

/// See `map`.
pub fn map(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static MAP: NativeClass = class("map", "builtins");
    let [function, iterables @ ..] = arguments.positional else { return too_few_for_map() };
    if iterables.is_empty() {
        return too_few_for_map();
    }
    let mut parts = Parts::over(machine, iterables)?;
    parts.function = function.clone();
    let step: Step = match is_strict(arguments) {
        true => |machine, parts| apply(machine, parts, Some("map")),
        false => |machine, parts| apply(machine, parts, None),
    };
    Ok(value(&MAP, step, parts))
}

fn too_few_for_map() -> Result<Value, Raised> {
    raise(ExceptionKind::TypeError, "map() must have at least two arguments.")
}

fn apply(machine: &mut Machine, parts: &mut Parts, strict: Option<&str>) -> Result<Option<Value>, Raised> {
    match row(machine, parts, strict)? {
        Some(row) => machine.call_value(&parts.function, &row).map(Some),
        None => Ok(None),
    }
}

/// Whether the function of an iterator holds for a value; without a function, whether the value is true.
pub fn holds(machine: &mut Machine, parts: &Parts, value: &Value) -> Result<bool, Raised> {
    match &parts.function {
        Value::None => machine.truth(value),
        function => {
            let result = machine.call_value(function, std::slice::from_ref(value))?;
            machine.truth(&result)
        }
    }
}

/// An iterator with a function and one iterable, which are its two arguments.
pub fn of_function(
    machine: &mut Machine,
    arguments: &Arguments<'_>,
    class: &'static NativeClass,
    step: Step,
) -> Result<Value, Raised> {
    let [function, iterable] = arguments.bind(class.name, ["function", "iterable"], 2)?;
    let mut parts = Parts::over(machine, std::slice::from_ref(iterable))?;
    parts.function = function.clone();
    Ok(value(class, step, parts))
}

/// The next value for which the function holds, or does not hold.
pub fn next_that(machine: &mut Machine, parts: &mut Parts, wanted: bool) -> Result<Option<Value>, Raised> {
    while let Some(value) = machine.next_value(&parts.sources[0])? {
        if holds(machine, parts, &value)? == wanted {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

/// See `filter`.
pub fn filter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static FILTER: NativeClass = class("filter", "builtins");
    of_function(machine, arguments, &FILTER, |machine, parts| next_that(machine, parts, true))
}

/// See `enumerate`.
pub fn enumerate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static ENUMERATE: NativeClass = class("enumerate", "builtins");
    let [iterable, start] = arguments.bind("enumerate", ["iterable", "start"], 1)?;
    let mut parts = Parts::over(machine, std::slice::from_ref(iterable))?;
    parts.numbers[0] = if let Value::Unbound = start { 0 } else { start.whole()? };
    Ok(value(
        &ENUMERATE,
        |machine, parts| {
            let Some(item) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
            let number = parts.numbers[0];
            let Some(next) = number.checked_add(1) else {
                return raise(ExceptionKind::OverflowError, "Signalbox does not enumerate that far");
            };
            parts.numbers[0] = next;
            Ok(Some(Value::tuple(vec![Value::Int(number), item])))
        },
        parts,
    ))
}

/// See `iter`: of an iterable, or of a function that is called until it returns a certain value.
pub fn iter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static CALLS: NativeClass = class("callable_iterator", "builtins");
    let [function, sentinel] = arguments.bind("iter", ["object", "sentinel"], 1)?;
    if let Value::Unbound = sentinel {
        return machine.iterate(function);
    }
    let mut parts = Parts::over(machine, &[])?;
    parts.function = function.clone();
    parts.kept.push(sentinel.clone());
    Ok(value(
        &CALLS,
        |machine, parts| {
            if parts.kept.is_empty() {
                return Ok(None);
            }
            let value = machine.call_value(&parts.function, &[])?;
            if machine.is_equal(&value, &parts.kept[0])? {
                parts.kept.clear();
                return Ok(None);
            }
            Ok(Some(value))
        },
        parts,
    ))
}

/// See `reversed`.
pub fn reversed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let sequence = arguments.alone("reversed")?;
    if let Some(iterator) = machine.call_special_nested(sequence, "__reversed__", &[])? {
        return Ok(iterator);
    }
    if matches!(sequence, Value::Set(_) | Value::Iterator(_) | Value::Generator(_) | Value::Int(_) | Value::None) {
        return unfit(sequence, "is not reversible");
    }
    let mut items = machine.collect(sequence)?;
    items.reverse();
    Ok(Value::iterator(Iter::Values(items.into_iter())))
}
