//! `collections`: `deque` and `defaultdict`.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Dict, ExceptionKind, Iter, Native, NativeClass, Object, Raised, Value, raise, repr,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static DEFAULT_DICT: Native = Native { name: "defaultdict", call: default_dict };
    match name {
        "deque" => Some(Value::Class(Class::Native(&DEQUE))),
        "defaultdict" => Some(Value::Native(&DEFAULT_DICT)),
        "OrderedDict" => Some(Value::Class(Class::Dict)),
        _ => None,
    }
}

fn default_dict(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let dict = Dict::default();
    let mut given = arguments.positional.iter();
    if let Some(factory) = given.next()
        && !matches!(factory, Value::None)
    {
        dict.factory.replace(Some(factory.clone()));
    }
    if let Some(entries) = given.next()
        && let Value::Dict(entries) = machine.call_value(&Value::Class(Class::Dict), std::slice::from_ref(entries))?
    {
        dict.update(&entries)?;
    }
    Ok(Value::Dict(Rc::new(dict)))
}

struct Deque {
    items: RefCell<VecDeque<Value>>,
    most: Option<usize>,
}

static DEQUE: NativeClass = NativeClass {
    name: "deque",
    module: "collections",
    methods: &[
        Native { name: "append", call: |_, it| put(it, "append", |deque, item| deque.add(item)) },
        Native { name: "appendleft", call: |_, it| put(it, "appendleft", |deque, item| deque.add_left(item)) },
        Native { name: "pop", call: |_, it| take(it, "pop", VecDeque::pop_back) },
        Native { name: "popleft", call: |_, it| take(it, "popleft", VecDeque::pop_front) },
        Native { name: "extend", call: |machine, it| extend(machine, it, Deque::add) },
        Native { name: "extendleft", call: |machine, it| extend(machine, it, Deque::add_left) },
        Native {
            name: "clear",
            call: |_, it| {
                deque(it)?.items.borrow_mut().clear();
                Ok(Value::None)
            },
        },
        Native {
            name: "copy",
            call: |_, it| {
                let deque = deque(it)?;
                let items = deque.items.borrow().clone().into();
                Ok(Object::value(&DEQUE, Rc::new(Deque { items, most: deque.most })))
            },
        },
        Native { name: "rotate", call: rotate },
        Native { name: "remove", call: remove },
        Native {
            name: "count",
            call: |machine, it| {
                let [_, sought] = it.bind("count", ["self", "value"], 2)?;
                let mut count = 0;
                for item in deque(it)?.snapshot() {
                    count += i64::from(machine.is_equal(&item, sought)?);
                }
                Ok(Value::Int(count))
            },
        },
        Native { name: "__len__", call: |_, it| Ok(Value::from(deque(it)?.items.borrow().len())) },
        Native { name: "__iter__", call: |_, it| Ok(Value::iterator(Iter::Values(deque(it)?.snapshot().into_iter()))) },
        Native {
            name: "__getitem__",
            call: |_, it| {
                let deque = deque(it)?;
                let items = deque.items.borrow();
                Ok(items[position(&it.positional[1], items.len())?].clone())
            },
        },
        Native {
            name: "__setitem__",
            call: |_, it| {
                let deque = deque(it)?;
                let mut items = deque.items.borrow_mut();
                let at = position(&it.positional[1], items.len())?;
                items[at] = it.positional[2].clone();
                Ok(Value::None)
            },
        },
    ],
    construct: |machine, it| {
        let [iterable, most] = it.bind("deque", ["iterable", "maxlen"], 0)?;
        let most = match most {
            Value::Unbound | Value::None => None,
            most => Some(usize::try_from(most.whole()?).unwrap_or(0)),
        };
        let deque = Deque { items: RefCell::default(), most };
        if !matches!(iterable, Value::Unbound) {
            machine.collect(iterable)?.into_iter().for_each(|item| deque.add(item));
        }
        Ok(Object::value(&DEQUE, Rc::new(deque)))
    },
    attribute: |object, name| {
        let deque = object.state::<Deque>()?;
        (name == "maxlen").then(|| deque.most.map_or(Value::None, Value::from))
    },
    represent: |object| {
        let deque = object.state::<Deque>()?;
        let items = repr(&Value::list(deque.snapshot()));
        Some(match deque.most {
            Some(most) => format!("deque({items}, maxlen={most})"),
            None => format!("deque({items})"),
        })
    },
};

impl Deque {
    fn add(&self, item: Value) {
        let mut items = self.items.borrow_mut();
        items.push_back(item);
        if self.most.is_some_and(|most| items.len() > most) {
            items.pop_front();
        }
    }

    fn add_left(&self, item: Value) {
        let mut items = self.items.borrow_mut();
        items.push_front(item);
        if self.most.is_some_and(|most| items.len() > most) {
            items.pop_back();
        }
    }

    fn snapshot(&self) -> Vec<Value> {
        self.items.borrow().iter().cloned().collect()
    }
}

fn deque(arguments: &Arguments<'_>) -> Result<Rc<Deque>, Raised> {
    Object::state_of(arguments.positional.first().unwrap_or(&Value::None))
}

fn put(arguments: &Arguments<'_>, name: &str, add: fn(&Deque, Value)) -> Result<Value, Raised> {
    let [_, item] = arguments.bind(name, ["self", "item"], 2)?;
    add(&*deque(arguments)?, item.clone());
    Ok(Value::None)
}

fn take(
    arguments: &Arguments<'_>,
    name: &str,
    take: fn(&mut VecDeque<Value>) -> Option<Value>,
) -> Result<Value, Raised> {
    arguments.alone(name)?;
    match take(&mut deque(arguments)?.items.borrow_mut()) {
        Some(item) => Ok(item),
        None => raise(ExceptionKind::IndexError, "pop from an empty deque"),
    }
}

fn extend(machine: &mut Machine, arguments: &Arguments<'_>, add: fn(&Deque, Value)) -> Result<Value, Raised> {
    let [_, items] = arguments.bind("extend", ["self", "iterable"], 2)?;
    let deque = deque(arguments)?;
    machine.collect(items)?.into_iter().for_each(|item| add(&deque, item));
    Ok(Value::None)
}

fn rotate(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, steps] = arguments.bind("rotate", ["self", "n"], 1)?;
    let deque = deque(arguments)?;
    let mut items = deque.items.borrow_mut();
    if !items.is_empty() {
        let steps = steps.given_or(Value::Int(1)).whole()?.rem_euclid(items.len() as i64);
        items.rotate_right(steps as usize);
    }
    Ok(Value::None)
}

fn remove(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, sought] = arguments.bind("remove", ["self", "value"], 2)?;
    let deque = deque(arguments)?;
    for (at, item) in deque.snapshot().iter().enumerate() {
        if machine.is_equal(item, sought)? {
            deque.items.borrow_mut().remove(at);
            return Ok(Value::None);
        }
    }
    raise(ExceptionKind::ValueError, "deque.remove(x): x not in deque")
}

fn position(index: &Value, length: usize) -> Result<usize, Raised> {
    let index = index.whole()?;
    let at = if index < 0 { index + length as i64 } else { index };
    if (0..length as i64).contains(&at) {
        Ok(at as usize)
    } else {
        raise(ExceptionKind::IndexError, "deque index out of range")
    }
}
