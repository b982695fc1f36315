//! Lists, dicts, sets, ranges and slices.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use hashbrown::HashTable;

use super::hash::{Use, equal, hash, hash_of_name};
use super::{NativeClass, Raised, Value};
use crate::disposal::dispose;

/// A list.
#[derive(Default)]
pub struct List {
    pub items: RefCell<Vec<Value>>,
}

impl List {
    pub fn new(items: Vec<Value>) -> Self {
        Self { items: RefCell::new(items) }
    }
}

/// CPython lets go of a list's items from its end: of failed tasks that are lost with it, the last is told first.
impl Drop for List {
    fn drop(&mut self) {
        let mut items = self.items.take();
        if let Some(Value::Future(_) | Value::Coroutine(_)) = items.first() {
            while items.pop().is_some() {}
        }
        dispose(items);
    }
}

/// A tuple.
pub struct Tuple(pub Vec<Value>);

impl Deref for Tuple {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.0
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        dispose(std::mem::take(&mut self.0));
    }
}

/// `range(start, stop, step)`; the step is not 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub start: i64,
    pub stop: i64,
    pub step: i64,
}

impl Range {
    /// How many numbers it has, as far as one can count.
    pub fn len(&self) -> usize {
        usize::try_from(self.count()).unwrap_or(usize::MAX)
    }

    /// How many numbers it has.
    pub fn count(&self) -> u64 {
        let (low, high) = if self.step > 0 { (self.start, self.stop) } else { (self.stop, self.start) };
        match self.step {
            _ if low >= high => 0,
            1 => high.abs_diff(low),
            step => (high.abs_diff(low) - 1) / step.unsigned_abs() + 1,
        }
    }

    /// Its number at a position below its length.
    pub fn at(&self, position: usize) -> i64 {
        self.start.wrapping_add((position as i64).wrapping_mul(self.step))
    }
}

/// `start:stop:step`, each `None` where left out.
pub struct Slice {
    pub start: Value,
    pub stop: Value,
    pub step: Value,
}

/// A dict: entries in order of insertion, found through a table of their positions.
#[derive(Default)]
pub struct Dict {
    table: RefCell<Table>,
    /// What makes it more than a plain dict.
    pub variant: OnceCell<Box<Variant>>,
}

/// What a dict of a class derived from `dict` has besides its entries.
pub struct Variant {
    pub class: &'static NativeClass,
    /// What to call for the value of a key that is not there, as in a `defaultdict`.
    pub factory: Value,
}

#[derive(Default)]
struct Table {
    positions: HashTable<usize>,
    /// An entry that was removed leaves a gap, so that the others keep their positions.
    entries: Vec<Option<(u64, Value, Value)>>,
    live: usize,
}

impl Drop for Table {
    fn drop(&mut self) {
        dispose(std::mem::take(&mut self.entries));
    }
}

impl Table {
    fn find(&self, hash: u64, key: &Value) -> Option<usize> {
        let entries = &self.entries;
        let is_it = |position: &usize| {
            entries[*position].as_ref().is_some_and(|(other, candidate, _)| *other == hash && equal(candidate, key))
        };
        self.positions.find(hash, is_it).copied()
    }

    fn find_named(&self, name: &str) -> Option<usize> {
        if self.live == 0 {
            return None;
        }
        let is_it = |position: &usize| matches!(&self.entries[*position], Some((_, Value::Str(candidate), _)) if candidate.as_str() == name);
        self.positions.find(hash_of_name(name), is_it).copied()
    }

    fn insert(&mut self, hash: u64, key: Value, value: Value) {
        if let Some(position) = self.find(hash, &key) {
            if let Some((_, _, place)) = &mut self.entries[position] {
                *place = value;
            }
            return;
        }
        self.compact();
        let entries = &self.entries;
        let hash_at = |position: &usize| entries[*position].as_ref().map_or(0, |entry| entry.0);
        if self.positions.len() == self.positions.capacity() {
            // To four times the size: a dict that grows is gone through less often.
            self.positions.reserve(2 * entries.len() + 1, hash_at);
        }
        self.positions.insert_unique(hash, entries.len(), hash_at);
        self.entries.push(Some((hash, key, value)));
        self.live += 1;
    }

    fn remove(&mut self, hash: u64, key: &Value) -> Option<Value> {
        let position = self.find(hash, key)?;
        if let Ok(place) = self.positions.find_entry(hash, |candidate| *candidate == position) {
            place.remove();
        }
        self.live -= 1;
        self.entries[position].take().map(|(_, _, value)| value)
    }

    /// Closes the gaps once they are more than half.
    fn compact(&mut self) {
        if self.entries.len() < 16 || self.live * 2 > self.entries.len() {
            return;
        }
        self.entries.retain(Option::is_some);
        self.positions.clear();
        let entries = &self.entries;
        let hash_at = |position: usize| entries[position].as_ref().map_or(0, |entry| entry.0);
        for position in 0..entries.len() {
            self.positions.insert_unique(hash_at(position), position, |position| hash_at(*position));
        }
    }
}

impl Dict {
    /// How many entries it has.
    pub fn len(&self) -> usize {
        self.table.borrow().live
    }

    /// The value under a key. Unhashable keys raise `TypeError`.
    pub fn get(&self, key: &Value) -> Result<Option<Value>, Raised> {
        Ok(self.find(hash(key, Use::DictKey)?, key))
    }

    /// The value under a name, without a string made of it.
    pub fn get_named(&self, name: &str) -> Option<Value> {
        let table = self.table.borrow();
        let position = table.find_named(name)?;
        table.entries[position].as_ref().map(|(_, _, value)| value.clone())
    }

    /// Sets the value under a name.
    pub fn set(&self, name: &str, value: Value) {
        let mut table = self.table.borrow_mut();
        match table.find_named(name) {
            Some(position) => {
                if let Some((_, _, place)) = &mut table.entries[position] {
                    *place = value;
                }
            }
            None => table.insert(hash_of_name(name), Value::text(name), value),
        }
    }

    /// Removes a name and returns its value.
    pub fn remove_named(&self, name: &str) -> Option<Value> {
        self.table.borrow_mut().remove(hash_of_name(name), &Value::text(name))
    }

    fn find(&self, hash: u64, key: &Value) -> Option<Value> {
        let table = self.table.borrow();
        let entry = table.find(hash, key).and_then(|position| table.entries[position].as_ref());
        entry.map(|(_, _, value)| value.clone())
    }

    /// Sets the value under a key, which keeps its place if it was there.
    pub fn insert(&self, key: Value, value: Value) -> Result<(), Raised> {
        self.table.borrow_mut().insert(hash(&key, Use::DictKey)?, key, value);
        Ok(())
    }

    /// Takes over the entries of another dict.
    pub fn update(&self, other: &Self) -> Result<(), Raised> {
        other.entries().into_iter().try_for_each(|(key, value)| self.insert(key, value))
    }

    /// Removes a key and returns its value.
    pub fn remove(&self, key: &Value) -> Result<Option<Value>, Raised> {
        Ok(self.table.borrow_mut().remove(hash(key, Use::DictKey)?, key))
    }

    /// Removes everything.
    pub fn clear(&self) {
        drop(self.table.take());
    }

    /// A dict of these entries.
    pub fn from_entries(entries: Vec<(Value, Value)>) -> Result<Self, Raised> {
        let dict = Self::default();
        entries.into_iter().try_for_each(|(key, value)| dict.insert(key, value))?;
        Ok(dict)
    }

    /// Its class, if that is derived from `dict`.
    pub fn class(&self) -> Option<&'static NativeClass> {
        self.variant.get().map(|variant| variant.class)
    }

    /// Its entries, in order.
    pub fn entries(&self) -> Vec<(Value, Value)> {
        let table = self.table.borrow();
        table.entries.iter().flatten().map(|(_, key, value)| (key.clone(), value.clone())).collect()
    }

    /// Its keys, in order.
    pub fn keys(&self) -> Vec<Value> {
        self.table.borrow().entries.iter().flatten().map(|(_, key, _)| key.clone()).collect()
    }

    /// Its values, in order.
    pub fn values(&self) -> Vec<Value> {
        self.table.borrow().entries.iter().flatten().map(|(_, _, value)| value.clone()).collect()
    }

    /// The entry at or after a position of the table, and the position behind it: for iteration without a copy.
    pub fn entry_from(&self, position: usize) -> Option<(usize, Value)> {
        let table = self.table.borrow();
        let rest = table.entries.get(position..)?;
        let offset = rest.iter().position(Option::is_some)?;
        rest[offset].as_ref().map(|(_, key, _)| (position + offset + 1, key.clone()))
    }
}

/// A set, walked in order of insertion.
#[derive(Default)]
pub struct Set {
    members: Dict,
    /// It is a `frozenset`.
    pub is_frozen: bool,
}

impl Set {
    /// A set of these members.
    pub fn from_members(members: Vec<Value>) -> Result<Self, Raised> {
        let set = Self::default();
        set.extend(members)?;
        Ok(set)
    }

    /// As [`Self::from_members`], but frozen if it is to be.
    pub fn value(members: Vec<Value>, is_frozen: bool) -> Result<Value, Raised> {
        let mut set = Self::from_members(members)?;
        set.is_frozen = is_frozen;
        Ok(Value::Set(Rc::new(set)))
    }

    /// Adds members.
    pub fn extend(&self, members: Vec<Value>) -> Result<(), Raised> {
        members.into_iter().try_for_each(|member| self.insert(member))
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether `member` is one.
    pub fn contains(&self, member: &Value) -> Result<bool, Raised> {
        Ok(self.members.find(hash(member, Use::SetElement)?, member).is_some())
    }

    /// Adds a member.
    pub fn insert(&self, member: Value) -> Result<(), Raised> {
        self.members.table.borrow_mut().insert(hash(&member, Use::SetElement)?, member, Value::None);
        Ok(())
    }

    /// Removes a member. False if it was none.
    pub fn remove(&self, member: &Value) -> Result<bool, Raised> {
        Ok(self.members.table.borrow_mut().remove(hash(member, Use::SetElement)?, member).is_some())
    }

    /// Removes everything.
    pub fn clear(&self) {
        self.members.clear();
    }

    /// Its members.
    pub fn members(&self) -> Vec<Value> {
        self.members.keys()
    }

    /// The member at or after a position, and the position behind it.
    pub fn member_from(&self, position: usize) -> Option<(usize, Value)> {
        self.members.entry_from(position)
    }
}
