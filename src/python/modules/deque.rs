//! `collections.deque`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::stream::{self, Parts};
use crate::disposal::dispose;
use crate::python::compile::Comparison;
use crate::python::machine::{Machine, position};
use crate::python::values::{
    Arguments, Derivation, ExceptionKind, Native, NativeClass, Object, Raised, Value, raise, unfit,
};

/// The class.
pub static DEQUE: NativeClass = NativeClass {
    name: "deque",
    module: "collections",
    methods: &[
        Native { name: "append", call: |_, it| add(it, true) },
        Native { name: "appendleft", call: |_, it| add(it, false) },
        Native { name: "popleft", call: |_, it| take(it, false) },
        Native { name: "pop", call: |_, it| take(it, true) },
        Native { name: "__len__", call: |_, it| Ok(Value::from(this(it)?.items.borrow().len())) },
        Native { name: "__iter__", call: iterate },
        Native { name: "__getitem__", call: get },
        Native { name: "__setitem__", call: set },
        Native { name: "__delitem__", call: delete },
        Native { name: "extend", call: |machine, it| extend(machine, it, true) },
        Native { name: "extendleft", call: |machine, it| extend(machine, it, false) },
        Native { name: "clear", call: |_, it| Ok(empty(&*this(it)?)) },
        Native { name: "rotate", call: rotate },
        Native { name: "copy", call: |_, it| Ok(with(members(it)?, this(it)?.most)) },
        Native {
            name: "reverse",
            call: |_, it| {
                this(it)?.items.borrow_mut().make_contiguous().reverse();
                Ok(Value::None)
            },
        },
        Native {
            name: "__reversed__",
            call: |machine, it| {
                let mut members = members(it)?;
                members.reverse();
                machine.iterate(&Value::list(members))
            },
        },
        Native { name: "count", call: count },
        Native { name: "index", call: index },
        Native { name: "remove", call: remove },
        Native { name: "insert", call: insert },
        Native { name: "__repr__", call: represent },
        Native { name: "__eq__", call: |machine, it| compare(machine, it, Comparison::Equal) },
        Native { name: "__lt__", call: |machine, it| compare(machine, it, Comparison::Less) },
        Native { name: "__add__", call: join },
        Native {
            name: "__iadd__",
            call: |machine, it| {
                extend(machine, it, true)?;
                Ok(it.positional[0].clone())
            },
        },
    ],
    construct,
    base_for: Derivation::Within,
    attribute: |object, name| match (name, object.state::<Deque>()) {
        ("maxlen", Some(deque)) => Some(deque.most.map_or(Value::None, Value::from)),
        _ => None,
    },
    ..NativeClass::PLAIN
};

struct Deque {
    items: RefCell<VecDeque<Value>>,
    /// How many items there is room for.
    most: Option<usize>,
}

impl Drop for Deque {
    fn drop(&mut self) {
        dispose(self.items.take());
    }
}

impl Deque {
    /// Adds an item at the right or left end; the one at the other end goes if there is no room.
    fn add(&self, item: Value, is_right: bool) {
        let mut items = self.items.borrow_mut();
        if is_right {
            items.push_back(item);
        } else {
            items.push_front(item);
        }
        if self.most.is_some_and(|most| items.len() > most) {
            // Dropping an item may run code, but none that holds the deque.
            drop(if is_right { items.pop_front() } else { items.pop_back() });
        }
    }
}

fn this(arguments: &Arguments<'_>) -> Result<Rc<Deque>, Raised> {
    match arguments.positional {
        [deque, ..] => Object::state_of(deque),
        [] => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

fn argument<'a>(arguments: &Arguments<'a>) -> Result<&'a Value, Raised> {
    match arguments.positional {
        [_, argument] => Ok(argument),
        _ => raise(ExceptionKind::TypeError, "this method takes exactly one argument"),
    }
}

fn members(arguments: &Arguments<'_>) -> Result<Vec<Value>, Raised> {
    Ok(this(arguments)?.items.borrow().iter().cloned().collect())
}

fn with(members: Vec<Value>, most: Option<usize>) -> Value {
    Object::value(&DEQUE, Rc::new(Deque { items: RefCell::new(members.into()), most }))
}

fn construct(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [iterable, most] = arguments.bind("deque", ["iterable", "maxlen"], 0)?;
    let most = match most {
        Value::Unbound | Value::None => None,
        most => match usize::try_from(most.whole()?) {
            Ok(most) => Some(most),
            Err(_) => return raise(ExceptionKind::ValueError, "maxlen must be non-negative"),
        },
    };
    let deque = Deque { items: RefCell::default(), most };
    if !matches!(iterable, Value::Unbound) {
        machine.collect(iterable)?.into_iter().for_each(|item| deque.add(item, true));
    }
    Ok(Object::value(&DEQUE, Rc::new(deque)))
}

fn add(arguments: &Arguments<'_>, is_right: bool) -> Result<Value, Raised> {
    this(arguments)?.add(argument(arguments)?.clone(), is_right);
    Ok(Value::None)
}

fn take(arguments: &Arguments<'_>, is_right: bool) -> Result<Value, Raised> {
    let deque = this(arguments)?;
    let mut items = deque.items.borrow_mut();
    match if is_right { items.pop_back() } else { items.pop_front() } {
        Some(item) => Ok(item),
        None => raise(ExceptionKind::IndexError, "pop from an empty deque"),
    }
}

fn empty(deque: &Deque) -> Value {
    drop(deque.items.take());
    Value::None
}

fn extend(machine: &mut Machine, arguments: &Arguments<'_>, is_right: bool) -> Result<Value, Raised> {
    let deque = this(arguments)?;
    for item in machine.collect(argument(arguments)?)? {
        deque.add(item, is_right);
    }
    Ok(Value::None)
}

fn iterate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    static ITERATOR: NativeClass = stream::class("_deque_iterator", "collections");
    let mut parts = Parts::over(machine, &[])?;
    parts.kept.push(arguments.alone("__iter__")?.clone());
    parts.numbers[1] = this(arguments)?.items.borrow().len() as i64;
    Ok(stream::value(
        &ITERATOR,
        |_, parts| {
            let deque = Object::state_of::<Deque>(&parts.kept[0])?;
            let items = deque.items.borrow();
            if items.len() as i64 != parts.numbers[1] {
                return raise(ExceptionKind::RuntimeError, "deque mutated during iteration");
            }
            parts.numbers[0] += 1;
            Ok(items.get(parts.numbers[0] as usize - 1).cloned())
        },
        parts,
    ))
}

fn get(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let deque = this(arguments)?;
    let items = deque.items.borrow();
    Ok(items[place(argument(arguments)?, items.len())?].clone())
}

fn place(index: &Value, length: usize) -> Result<usize, Raised> {
    if let Value::Slice(_) = index {
        return raise(ExceptionKind::TypeError, "sequence index must be integer, not 'slice'");
    }
    position(index, length, "deque")
}

fn set(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let deque = this(arguments)?;
    let [_, index, value] = arguments.bind("__setitem__", ["self", "key", "value"], 3)?;
    let at = place(index, deque.items.borrow().len())?;
    let before = std::mem::replace(&mut deque.items.borrow_mut()[at], value.clone());
    drop(before);
    Ok(Value::None)
}

fn delete(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let deque = this(arguments)?;
    let at = place(argument(arguments)?, deque.items.borrow().len())?;
    let gone = deque.items.borrow_mut().remove(at);
    drop(gone);
    Ok(Value::None)
}

fn rotate(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, steps] = arguments.bind("rotate", ["self", "n"], 1)?;
    let steps = if let Value::Unbound = steps { 1 } else { steps.whole()? };
    let deque = this(arguments)?;
    let mut items = deque.items.borrow_mut();
    if !items.is_empty() {
        let steps = steps.rem_euclid(items.len() as i64) as usize;
        items.rotate_right(steps);
    }
    Ok(Value::None)
}

/// Where an item stands, if it is there.
fn find(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Option<usize>, Raised> {
    let sought = argument(arguments)?;
    for (at, item) in members(arguments)?.iter().enumerate() {
        if machine.is_equal(item, sought)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn count(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut count = 0;
    for item in members(arguments)? {
        count += i64::from(machine.is_equal(&item, argument(arguments)?)?);
    }
    Ok(Value::Int(count))
}

fn index(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    match find(machine, arguments)? {
        Some(at) => Ok(Value::from(at)),
        None => raise(ExceptionKind::ValueError, "deque.index(x): x not in deque"),
    }
}

fn remove(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let Some(at) = find(machine, arguments)? else {
        return raise(ExceptionKind::ValueError, "deque.remove(x): x not in deque");
    };
    let gone = this(arguments)?.items.borrow_mut().remove(at);
    drop(gone);
    Ok(Value::None)
}

fn insert(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, index, item] = arguments.bind("insert", ["self", "index", "item"], 3)?;
    let deque = this(arguments)?;
    let mut items = deque.items.borrow_mut();
    let length = items.len() as i64;
    if deque.most.is_some_and(|most| items.len() >= most) {
        return raise(ExceptionKind::IndexError, "deque already at its maximum size");
    }
    let index = index.whole()?;
    let at = if index < 0 { index + length } else { index }.clamp(0, length);
    items.insert(at as usize, item.clone());
    Ok(Value::None)
}

fn represent(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let shown = machine.repr(&Value::list(members(arguments)?))?;
    let most = this(arguments)?.most.map(|most| format!(", maxlen={most}")).unwrap_or_default();
    Ok(Value::text(["deque(", &shown, &most, ")"].concat()))
}

fn compare(machine: &mut Machine, arguments: &Arguments<'_>, comparison: Comparison) -> Result<Value, Raised> {
    let [_, other] = arguments.bind("deque", ["self", "other"], 2)?;
    let Ok(other) = Object::state_of::<Deque>(other) else { return Ok(Value::NotImplemented) };
    let (left, right) = (members(arguments)?, other.items.borrow().iter().cloned().collect());
    let (left, right) = (Value::list(left), Value::list(right));
    Ok(Value::Bool(match comparison {
        Comparison::Equal => machine.is_equal(&left, &right)?,
        _ => machine.is_less(&left, &right)?,
    }))
}

fn join(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, other] = arguments.bind("deque", ["self", "other"], 2)?;
    let Ok(other) = Object::state_of::<Deque>(other) else {
        return unfit(other, "cannot be concatenated to a deque");
    };
    let mut joined = members(arguments)?;
    joined.extend(other.items.borrow().iter().cloned());
    Ok(with(joined, this(arguments)?.most))
}
