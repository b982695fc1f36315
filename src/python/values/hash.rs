//! Equality and hashing.

use std::cmp::Ordering;
use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::FxHasher;

use super::{ExceptionKind, Raised, Value, raise};
use crate::python::integer::{BigInt, compare_with_float, hash_of_float};

/// Values within values that are compared and hashed.
const DEEPEST: usize = 300;
/// Pairs of values that are compared for one answer: what is shared within can be met again and again.
const MOST_COMPARED: usize = 20_000_000;

/// Whether two values are equal, as `==` asks; what is too deep to tell is not.
pub fn equal(left: &Value, right: &Value) -> bool {
    are_equal(left, right).unwrap_or(false)
}

/// Whether two values are equal, as `==` asks; `None` if they lie too deep in each other to tell.
pub fn are_equal(left: &Value, right: &Value) -> Option<bool> {
    equal_within(left, right, 0, &mut 0)
}

fn equal_within(left: &Value, right: &Value, depth: usize, compared: &mut usize) -> Option<bool> {
    *compared += 1;
    if depth > DEEPEST || *compared > MOST_COMPARED {
        return None;
    }
    let mut all_equal = |left: &[Value], right: &[Value]| -> Option<bool> {
        if left.len() != right.len() {
            return Some(false);
        }
        for (a, b) in left.iter().zip(right) {
            let is_same = a.address().is_some() && a.is(b);
            if !is_same && !equal_within(a, b, depth + 1, compared)? {
                return Some(false);
            }
        }
        Some(true)
    };
    Some(match (left, right) {
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Tuple(a), Value::Tuple(b)) => all_equal(a, b)?,
        (Value::List(a), Value::List(b)) => all_equal(&a.items.borrow(), &b.items.borrow())?,
        (Value::Dict(a), Value::Dict(b)) => {
            if a.len() != b.len() {
                return Some(false);
            }
            for (key, value) in a.entries() {
                let Ok(Some(other)) = b.get(&key) else { return Some(false) };
                if !all_equal(&[value], &[other])? {
                    return Some(false);
                }
            }
            true
        }
        (Value::Set(a), Value::Set(b)) => {
            a.len() == b.len() && a.members().iter().all(|member| b.contains(member).unwrap_or(false))
        }
        (Value::Range(a), Value::Range(b)) => {
            a.len() == b.len() && (0..a.len().min(2)).all(|position| a.at(position) == b.at(position))
        }
        (Value::Instance(a), Value::Instance(b)) if !Rc::ptr_eq(a, b) => match a.class.record() {
            Some(record) if record.is_equal_by_value && Rc::ptr_eq(&a.class, &b.class) => {
                all_equal(&a.compared_fields(&record), &b.compared_fields(&record))?
            }
            _ => false,
        },
        (Value::Method(a), Value::Method(b)) => a.receiver.is(&b.receiver) && a.function.is(&b.function),
        _ => match order_of_numbers(left, right) {
            Some(ordering) => ordering == Some(Ordering::Equal),
            None => left.is(right),
        },
    })
}

/// How two numbers of any kinds are ordered, exactly; `None` within for NaN, and without for what are no two numbers.
pub fn order_of_numbers(left: &Value, right: &Value) -> Option<Option<Ordering>> {
    match (number(left), number(right)) {
        (Value::Int(a), Value::Int(b)) => Some(Some(a.cmp(&b))),
        (Value::Float(a), Value::Float(b)) => Some(a.partial_cmp(&b)),
        (Value::Int(a), Value::Float(b)) if a.unsigned_abs() >> f64::MANTISSA_DIGITS == 0 => {
            Some((a as f64).partial_cmp(&b))
        }
        (a, Value::Float(b)) => Some(compare_with_float(&a.integer()?, b)),
        (Value::Float(_), _) => Some(order_of_numbers(right, left)?.map(Ordering::reverse)),
        (a, b) => Some(Some(a.integer()?.cmp(&b.integer()?))),
    }
}

/// The number itself for a truth value.
fn number(value: &Value) -> Value {
    match value {
        Value::Bool(value) => Value::Int(i64::from(*value)),
        Value::Int(_) | Value::Big(_) | Value::Float(_) => value.clone(),
        _ => Value::None,
    }
}

/// Whether the float is a whole number that 64 bits hold.
fn is_small(value: f64) -> bool {
    const BEYOND: f64 = -(i64::MIN as f64);
    value.fract() == 0.0 && (-BEYOND..BEYOND).contains(&value)
}

/// The hash of a number, of `None`, or of a tuple of such, as `hash()` shows it in CPython; `None` for anything else.
pub fn shown_hash(value: &Value) -> Option<i64> {
    const PRIMES: [u64; 3] = [11_400_714_785_074_694_791, 14_029_467_366_897_019_727, 2_870_177_450_012_600_261];
    match value {
        Value::Float(value) => Some(hash_of_float(*value)),
        // xxHash, as CPython adapts it.
        Value::Tuple(items) => {
            let mut hash = PRIMES[2];
            for item in items.iter() {
                let lane = shown_hash(item)? as u64;
                hash = hash.wrapping_add(lane.wrapping_mul(PRIMES[1])).rotate_left(31).wrapping_mul(PRIMES[0]);
            }
            hash = hash.wrapping_add(items.len() as u64 ^ PRIMES[2] ^ 3_527_539);
            Some(if hash == u64::MAX { 1_546_275_796 } else { hash as i64 })
        }
        Value::None => Some(0xfca8_6420),
        other => other.integer().map(|number| BigInt::hash(&number)),
    }
}

/// What a hash is wanted for, which CPython names when it cannot be had.
#[derive(Clone, Copy)]
pub enum Use {
    DictKey,
    SetElement,
    Itself,
}

/// A hash that is the same for equal values, and the same in every run. Raises `TypeError` for what can change.
pub fn hash(value: &Value, purpose: Use) -> Result<u64, Raised> {
    let mut hasher = FxHasher::default();
    match feed(value, &mut hasher, 0, &mut 0) {
        Ok(()) => Ok(hasher.finish()),
        Err(Value::Unbound) => raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded"),
        Err(unhashable) => {
            let reason = format!("unhashable type: '{}'", unhashable.type_name());
            let name = value.type_name();
            let message = match purpose {
                Use::DictKey => format!("cannot use '{name}' as a dict key ({reason})"),
                Use::SetElement => format!("cannot use '{name}' as a set element ({reason})"),
                Use::Itself => reason,
            };
            raise(ExceptionKind::TypeError, message)
        }
    }
}

/// The hash of a string, as [`hash`] gives it.
pub fn hash_of_name(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// Feeds a value to the hasher, or returns the part of it that cannot be hashed; nothing if it lies too deep to tell.
fn feed(value: &Value, hasher: &mut FxHasher, depth: usize, fed: &mut usize) -> Result<(), Value> {
    *fed += 1;
    if depth > DEEPEST || *fed > MOST_COMPARED {
        return Err(Value::Unbound);
    }
    match value {
        Value::Bool(value) => hasher.write_i64(i64::from(*value)),
        Value::Int(value) => hasher.write_i64(*value),
        Value::Big(value) => hasher.write_i64(value.hash()),
        Value::Float(value) if is_small(*value) => hasher.write_i64(*value as i64),
        Value::Float(value) => hasher.write_i64(hash_of_float(*value)),
        Value::Str(text) => hasher.write(text.as_bytes()),
        Value::Bytes(bytes) => hasher.write(bytes),
        Value::Tuple(items) => {
            for item in items.iter() {
                feed(item, hasher, depth + 1, fed)?;
            }
            hasher.write_usize(items.len());
        }
        Value::Range(range) => hasher.write_usize(range.len()),
        Value::Instance(instance)
            if let Some(record) = instance.class.record()
                && record.is_equal_by_value =>
        {
            if !record.is_frozen {
                return Err(value.clone());
            }
            for field in instance.compared_fields(&record) {
                feed(&field, hasher, depth + 1, fed)?;
            }
        }
        Value::Set(set) if set.is_frozen => {
            // Whatever the order of the members.
            let mut sum = 0_u64;
            for member in set.members() {
                let mut hasher = FxHasher::default();
                feed(&member, &mut hasher, depth + 1, fed)?;
                sum = sum.wrapping_add(hasher.finish());
            }
            hasher.write_u64(sum);
        }
        // What the program makes equal, it would have to hash.
        Value::Instance(instance) if instance.class.find("__eq__").is_some() => return Err(value.clone()),
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) => {
            return Err(value.clone());
        }
        other => {
            // Where an object lives differs from run to run, but a dict is walked in order of insertion, so this
            // decides nothing that a program can see.
            let address = other.address();
            hasher.write_usize(address.unwrap_or(0));
        }
    }
    Ok(())
}
