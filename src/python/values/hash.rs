//! Equality and hashing.

use std::cmp::Ordering;
use std::hash::Hasher;
use std::rc::Rc;

use rustc_hash::FxHasher;

use super::{ExceptionKind, Raised, Value, raise};
use crate::python::integer::{BigInt, compare_with_float, hash_of_float};
use crate::python::machine::{Machine, has_operators};

/// Values within values that are compared and hashed.
const DEEPEST: usize = 300;
/// Pairs of values that are compared for one answer: what is shared within can be met again and again.
const MOST_COMPARED: usize = 20_000_000;

/// Whether two values are equal, as `==` asks, without asking the program; what is too deep to tell is not.
pub fn equal(left: &Value, right: &Value) -> bool {
    Equality { machine: None, compared: 0, failure: None }.of(left, right, 0).unwrap_or(false)
}

/// Whether two values are equal, as `==` asks. Their own classes are not asked, but those of the values within.
///
/// # Errors
/// What the program raises, or `RecursionError` if they lie too deep in each other to tell.
pub fn are_equal(machine: &mut Machine, left: &Value, right: &Value) -> Result<bool, Raised> {
    let mut equality = Equality { machine: Some(machine), compared: 0, failure: None };
    let answer = equality.of(left, right, 0);
    match (answer, equality.failure) {
        (Some(answer), _) => Ok(answer),
        (None, Some(exception)) => Err(exception),
        (None, None) => raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded"),
    }
}

/// A comparison under way.
struct Equality<'a> {
    /// Who asks the program; without it, what would have to be asked is equal to itself alone.
    machine: Option<&'a mut Machine>,
    compared: usize,
    failure: Option<Raised>,
}

impl Equality<'_> {
    /// `None` where it cannot be told.
    fn of(&mut self, left: &Value, right: &Value, depth: usize) -> Option<bool> {
        self.compared += 1;
        if depth > DEEPEST || self.compared > MOST_COMPARED {
            return None;
        }
        Some(match (left, right) {
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Bytes(a), Value::Bytes(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b,
            (Value::Tuple(a), Value::Tuple(b)) => self.of_all(a, b, depth)?,
            (Value::List(a), Value::List(b)) => {
                if a.items.borrow().len() != b.items.borrow().len() {
                    return Some(false);
                }
                let mut at = 0;
                loop {
                    // The program may change the lists while it is asked.
                    let (one, other) = (a.items.borrow().get(at).cloned(), b.items.borrow().get(at).cloned());
                    let (Some(one), Some(other)) = (one, other) else { break true };
                    if !self.of_item(&one, &other, depth)? {
                        break false;
                    }
                    at += 1;
                }
            }
            (Value::Dict(a), Value::Dict(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                for (key, value) in a.entries() {
                    let found = match &mut self.machine {
                        Some(machine) => b.get(machine, &key),
                        None => Ok(b.get_plainly(&key)),
                    };
                    let Some(other) = self.unless_failed(found)? else { return Some(false) };
                    if !self.of_item(&value, &other, depth)? {
                        return Some(false);
                    }
                }
                true
            }
            (Value::Set(a), Value::Set(b)) => {
                if a.len() != b.len() {
                    return Some(false);
                }
                for member in a.members() {
                    let found = match &mut self.machine {
                        Some(machine) => b.contains(machine, &member),
                        None => Ok(b.contains_plainly(&member)),
                    };
                    if !self.unless_failed(found)? {
                        return Some(false);
                    }
                }
                true
            }
            (Value::Range(a), Value::Range(b)) => {
                a.len() == b.len() && (0..a.len().min(2)).all(|position| a.at(position) == b.at(position))
            }
            (Value::Instance(a), Value::Instance(b)) if Rc::ptr_eq(a, b) => true,
            (Value::Instance(a), _) if let Some(core) = a.core() => self.of(&core, right, depth + 1)?,
            (_, Value::Instance(b)) if let Some(core) = b.core() => self.of(left, &core, depth + 1)?,
            (Value::Instance(a), Value::Instance(b)) => match a.class.record() {
                Some(record) if record.is_equal_by_value && Rc::ptr_eq(&a.class, &b.class) => {
                    self.of_all(&a.compared_fields(&record), &b.compared_fields(&record), depth)?
                }
                _ => false,
            },
            (Value::Method(a), Value::Method(b)) => a.receiver.is(&b.receiver) && a.function.is(&b.function),
            (Value::Bound(a), Value::Bound(b)) => a.receiver.is(&b.receiver) && std::ptr::eq(a.method, b.method),
            _ => match order_of_numbers(left, right) {
                Some(ordering) => ordering == Some(Ordering::Equal),
                None => left.is(right),
            },
        })
    }

    fn of_all(&mut self, left: &[Value], right: &[Value], depth: usize) -> Option<bool> {
        if left.len() != right.len() {
            return Some(false);
        }
        for (a, b) in left.iter().zip(right) {
            if !self.of_item(a, b, depth)? {
                return Some(false);
            }
        }
        Some(true)
    }

    /// The same for values within others: their classes are asked.
    fn of_item(&mut self, left: &Value, right: &Value, depth: usize) -> Option<bool> {
        if left.address().is_some() && left.is(right) {
            return Some(true);
        }
        if let Some(machine) = &mut self.machine
            && (has_operators(left) || has_operators(right))
        {
            let answer = machine.nested(1, |machine| machine.is_equal(left, right));
            return self.unless_failed(answer);
        }
        self.of(left, right, depth + 1)
    }

    fn unless_failed<T>(&mut self, result: Result<T, Raised>) -> Option<T> {
        result.map_err(|exception| self.failure = Some(exception)).ok()
    }
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
        Value::Instance(instance) => instance.core().map_or(Value::None, |core| number(&core)),
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
        Value::Instance(instance) if instance.class.own_hash().is_none() => shown_hash(&instance.core()?),
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

/// A hash that is the same for equal values, and the same in every run; the program is asked for those of its objects.
///
/// # Errors
/// `TypeError` for what can change; what the program raises.
pub fn hash(machine: &mut Machine, value: &Value, purpose: Use) -> Result<u64, Raised> {
    let mut hashing = Hashing { machine: Some(machine), hasher: FxHasher::default(), fed: 0, failure: None };
    let result = hashing.feed(value, 0);
    let unhashable = match (result, hashing.failure) {
        (Ok(()), _) => return Ok(hashing.hasher.finish()),
        (Err(_), Some(exception)) => return Err(exception),
        (Err(Value::Unbound), None) => {
            return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
        }
        (Err(unhashable), None) => unhashable,
    };
    let reason = format!("unhashable type: '{}'", unhashable.type_name());
    let name = value.type_name();
    let message = match purpose {
        Use::DictKey => format!("cannot use '{name}' as a dict key ({reason})"),
        Use::SetElement => format!("cannot use '{name}' as a set element ({reason})"),
        Use::Itself => reason,
    };
    raise(ExceptionKind::TypeError, message)
}

/// The same hash, if it can be had without asking the program.
pub fn hash_plainly(value: &Value) -> Option<u64> {
    let mut hashing = Hashing { machine: None, hasher: FxHasher::default(), fed: 0, failure: None };
    hashing.feed(value, 0).ok().map(|()| hashing.hasher.finish())
}

/// The hash of a string, as [`hash`] gives it.
pub fn hash_of_name(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

/// A hash being made.
struct Hashing<'a> {
    machine: Option<&'a mut Machine>,
    hasher: FxHasher,
    fed: usize,
    failure: Option<Raised>,
}

impl Hashing<'_> {
    /// Feeds a value to the hasher, or returns the part of it that cannot be hashed; nothing if it lies too deep to
    /// tell.
    fn feed(&mut self, value: &Value, depth: usize) -> Result<(), Value> {
        self.fed += 1;
        if depth > DEEPEST || self.fed > MOST_COMPARED {
            return Err(Value::Unbound);
        }
        match value {
            Value::Bool(value) => self.hasher.write_i64(i64::from(*value)),
            Value::Int(value) => self.hasher.write_i64(*value),
            Value::Big(value) => self.hasher.write_i64(value.hash()),
            Value::Float(value) if is_small(*value) => self.hasher.write_i64(*value as i64),
            Value::Float(value) => self.hasher.write_i64(hash_of_float(*value)),
            Value::Str(text) => self.hasher.write(text.as_bytes()),
            Value::Bytes(bytes) => self.hasher.write(bytes),
            Value::Tuple(items) => {
                for item in items.iter() {
                    self.feed(item, depth + 1)?;
                }
                self.hasher.write_usize(items.len());
            }
            Value::Range(range) => self.hasher.write_usize(range.len()),
            Value::Instance(instance) => match instance.class.own_hash() {
                Some(Value::None) => return Err(value.clone()),
                Some(function) => self.feed_own(value, &function)?,
                None => match (instance.core(), instance.class.record()) {
                    (_, Some(record)) if record.is_equal_by_value && instance.core().is_none() => {
                        if !record.is_frozen {
                            return Err(value.clone());
                        }
                        for field in instance.compared_fields(&record) {
                            self.feed(&field, depth + 1)?;
                        }
                    }
                    (Some(core), _) => self.feed(&core, depth + 1).map_err(|part| match part.is(&core) {
                        true => value.clone(),
                        false => part,
                    })?,
                    (None, _) => self.hasher.write_usize(value.address().unwrap_or(0)),
                },
            },
            Value::Set(set) if set.is_frozen => {
                // Whatever the order of the members.
                let before = std::mem::take(&mut self.hasher);
                let mut sum = 0_u64;
                for member in set.members() {
                    self.feed(&member, depth + 1)?;
                    sum = sum.wrapping_add(std::mem::take(&mut self.hasher).finish());
                }
                self.hasher = before;
                self.hasher.write_u64(sum);
            }
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) => return Err(value.clone()),
            Value::Method(method) => {
                self.hasher.write_usize(method.receiver.address().unwrap_or(0));
                self.hasher.write_usize(method.function.address().unwrap_or(0));
            }
            Value::Bound(bound) => {
                self.hasher.write_usize(bound.receiver.address().unwrap_or(0));
                self.hasher.write(bound.method.name.as_bytes());
            }
            other => {
                // Where an object lives differs from run to run, but a dict is walked in order of insertion, so this
                // decides nothing that a program can see.
                let address = other.address();
                self.hasher.write_usize(address.unwrap_or(0));
            }
        }
        Ok(())
    }

    /// Asks an object of the program for its hash.
    fn feed_own(&mut self, object: &Value, function: &Value) -> Result<(), Value> {
        let Some(machine) = &mut self.machine else { return Err(object.clone()) };
        let answer = machine.nested(1, |machine| machine.call_value(function, std::slice::from_ref(object)));
        let hash = answer.and_then(|answer| match answer.integer() {
            Some(hash) => Ok(hash.hash()),
            None => raise(ExceptionKind::TypeError, "__hash__ method should return an integer"),
        });
        match hash {
            Ok(hash) => {
                self.hasher.write_i64(hash);
                Ok(())
            }
            Err(exception) => {
                self.failure = Some(exception);
                Err(object.clone())
            }
        }
    }
}
