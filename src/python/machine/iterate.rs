//! Iteration: `for`, unpacking, and native functions that take any iterable.

use super::execute::NOT_ITERABLE;
use super::{LARGEST_COLLECTION, Machine};
use crate::python::modules;
use crate::python::values::{Arguments, ExceptionKind, Iter, Raised, Value, raise, unfit};

impl Machine {
    /// What `iter(value)` gives.
    pub fn iterate(&mut self, value: &Value) -> Result<Value, Raised> {
        let iterator = match value {
            Value::Iterator(_) | Value::Generator(_) => return Ok(value.clone()),
            Value::Range(range) => Iter::Range(**range, 0),
            Value::List(list) => Iter::List(list.clone(), 0),
            Value::Tuple(items) => Iter::Tuple(items.clone(), 0),
            Value::Str(text) => Iter::Str(text.clone(), 0),
            Value::Bytes(bytes) => {
                let numbers: Vec<Value> = bytes.iter().map(|byte| Value::Int(i64::from(*byte))).collect();
                Iter::Values(numbers.into_iter())
            }
            Value::Dict(dict) => Iter::Keys(dict.clone(), 0, dict.len()),
            Value::Set(set) => Iter::Members(set.clone(), 0, set.len()),
            Value::Coroutine(_) | Value::NativeCoroutine(_) | Value::Future(_) => return Ok(value.clone()),
            Value::Instance(_) => {
                return match self.call_special_nested(value, "__iter__", &[])? {
                    Some(iterator) => Ok(iterator),
                    None => match value.core() {
                        Some(core) => self.iterate(&core),
                        None => self.items_by_number(value),
                    },
                };
            }
            Value::Type(class) if let Some(enumeration) = class.enumeration() => {
                Iter::Values(enumeration.members().into_iter())
            }
            Value::Type(_) if let Some(iterator) = self.call_special_nested(value, "__iter__", &[])? => {
                return Ok(iterator);
            }
            other => {
                return match modules::method(other, "__iter__") {
                    Some(method) => {
                        (method.call)(self, &Arguments { positional: std::slice::from_ref(other), keywords: &[] })
                    }
                    None => unfit(other, NOT_ITERABLE),
                };
            }
        };
        Ok(Value::iterator(iterator))
    }

    /// An iterator over what an object gives for the numbers from 0 on: one without `__iter__`.
    fn items_by_number(&mut self, object: &Value) -> Result<Value, Raised> {
        let mut items = Vec::new();
        loop {
            match self.call_special_nested(object, "__getitem__", &[Value::from(items.len())]) {
                Ok(Some(item)) => items.push(item),
                Ok(None) => return unfit(object, NOT_ITERABLE),
                Err(end) if end.kind == ExceptionKind::IndexError => {
                    return Ok(Value::iterator(Iter::Values(items.into_iter())));
                }
                Err(exception) => return Err(exception),
            }
            self.check_size(items.len())?;
        }
    }

    /// The next value of an object that a module is written for.
    pub(super) fn next_of_object(&mut self, iterator: &Value) -> Result<Option<Value>, Raised> {
        if let Value::Instance(_) = iterator {
            return match self.call_special_nested(iterator, "__next__", &[]) {
                Err(exception) if exception.kind == ExceptionKind::StopIteration => Ok(None),
                Ok(None) => unfit(iterator, "is not an iterator"),
                result => result,
            };
        }
        let Some(method) = modules::method(iterator, "__next__") else { return unfit(iterator, "is not an iterator") };
        match (method.call)(self, &Arguments { positional: std::slice::from_ref(iterator), keywords: &[] }) {
            Err(exception) if exception.kind == ExceptionKind::StopIteration => Ok(None),
            result => result.map(Some),
        }
    }

    /// The next value of an iterator, for native functions.
    pub fn next_value(&mut self, iterator: &Value) -> Result<Option<Value>, Raised> {
        match iterator {
            Value::Iterator(iterator) => iterator.borrow_mut().take_next(),
            Value::Generator(generator) => {
                let Some(frame) = self.resume_generator(generator, Value::None)? else { return Ok(None) };
                match self.run_nested(frame)? {
                    Value::Unbound => Ok(None),
                    value => Ok(Some(value)),
                }
            }
            other => self.next_of_object(other),
        }
    }

    /// All values of an iterable.
    pub fn collect(&mut self, value: &Value) -> Result<Vec<Value>, Raised> {
        match value {
            Value::List(list) => return Ok(list.items.borrow().clone()),
            Value::Tuple(items) => return Ok(items.to_vec()),
            _ => {}
        }
        let iterator = self.iterate(value)?;
        let mut items = Vec::new();
        while let Some(item) = self.next_value(&iterator)? {
            items.push(item);
            if items.len() > LARGEST_COLLECTION {
                self.check_size(items.len())?;
            }
        }
        self.charge(items.len());
        Ok(items)
    }

    /// The values for the targets of an unpacking: `before`, then with a star a list, then `after`.
    pub(super) fn unpack(&mut self, value: &Value, before: usize, after: Option<usize>) -> Result<Vec<Value>, Raised> {
        let Ok(mut items) = self.collect(value) else {
            let message = format!("cannot unpack non-iterable {} object", value.type_name());
            return raise(ExceptionKind::TypeError, message);
        };
        let least = before + after.unwrap_or(0);
        if items.len() < least {
            let at_least = if after.is_some() { "at least " } else { "" };
            let message = format!("not enough values to unpack (expected {at_least}{least}, got {})", items.len());
            return raise(ExceptionKind::ValueError, message);
        }
        match after {
            None if items.len() > least => {
                let message = format!("too many values to unpack (expected {least}, got {})", items.len());
                raise(ExceptionKind::ValueError, message)
            }
            None => Ok(items),
            Some(after) => {
                let rest = items.drain(before..items.len() - after).collect();
                items.insert(before, Value::list(rest));
                Ok(items)
            }
        }
    }
}
