//! Lists, dicts, sets, ranges and slices.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use hashbrown::HashTable;

use super::hash::{Use, equal, hash, hash_of_name, hash_plainly};
use super::{NativeClass, Raised, Value};
use crate::disposal::dispose;
use crate::python::machine::Machine;

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

    /// Puts a value under the key that was found at the position, or else under a new one.
    fn insert(&mut self, (hash, position): (u64, Option<usize>), key: Value, value: Value) {
        if let Some(position) = position
            && let Some(Some((_, _, place))) = self.entries.get_mut(position)
        {
            *place = value;
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

    fn remove(&mut self, (hash, position): (u64, Option<usize>)) -> Option<Value> {
        let position = position?;
        if let Ok(place) = self.positions.find_entry(hash, |candidate| *candidate == position) {
            place.remove();
        }
        let removed = self.entries.get_mut(position)?.take()?;
        self.live -= 1;
        Some(removed.2)
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
    pub fn get(&self, machine: &mut Machine, key: &Value) -> Result<Option<Value>, Raised> {
        let (_, position) = self.find(machine, key, Use::DictKey)?;
        Ok(position.and_then(|position| self.value_at(position)))
    }

    /// The value under a key, if that can be told without asking the program.
    pub fn get_plainly(&self, key: &Value) -> Option<Value> {
        let position = self.table.borrow().find(hash_plainly(key)?, key)?;
        self.value_at(position)
    }

    fn value_at(&self, position: usize) -> Option<Value> {
        let table = self.table.borrow();
        table.entries.get(position)?.as_ref().map(|(_, _, value)| value.clone())
    }

    /// The hash of a key, and where it is.
    fn find(&self, machine: &mut Machine, key: &Value, purpose: Use) -> Result<(u64, Option<usize>), Raised> {
        match hash_plainly(key) {
            Some(hash) => Ok((hash, self.table.borrow().find(hash, key))),
            None => self.find_asking(machine, key, purpose),
        }
    }

    /// As [`Self::find`], for a key whose hash the program knows, or none.
    #[cold]
    fn find_asking(&self, machine: &mut Machine, key: &Value, purpose: Use) -> Result<(u64, Option<usize>), Raised> {
        let hash = hash(machine, key, purpose)?;
        // The program may change the dict while it is asked.
        let table = self.table.borrow();
        let mut candidates = Vec::new();
        for position in table.positions.iter_hash(hash) {
            match &table.entries[*position] {
                Some((other, candidate, _)) if *other == hash => candidates.push((*position, candidate.clone())),
                _ => {}
            }
        }
        drop(table);
        for (position, candidate) in candidates {
            if candidate.is(key) || machine.is_equal(&candidate, key)? {
                return Ok((hash, Some(position)));
            }
        }
        Ok((hash, None))
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
            None => table.insert((hash_of_name(name), None), Value::text(name), value),
        }
    }

    /// Removes a name and returns its value.
    pub fn remove_named(&self, name: &str) -> Option<Value> {
        let position = self.table.borrow().find_named(name);
        self.table.borrow_mut().remove((hash_of_name(name), position))
    }

    /// Sets the value under a key, which keeps its place if it was there.
    pub fn insert(&self, machine: &mut Machine, key: Value, value: Value) -> Result<(), Raised> {
        let found = self.find(machine, &key, Use::DictKey)?;
        self.table.borrow_mut().insert(found, key, value);
        Ok(())
    }

    /// Takes over the entries of another dict.
    pub fn update(&self, machine: &mut Machine, other: &Self) -> Result<(), Raised> {
        other.entries().into_iter().try_for_each(|(key, value)| self.insert(machine, key, value))
    }

    /// Removes a key and returns its value.
    pub fn remove(&self, machine: &mut Machine, key: &Value) -> Result<Option<Value>, Raised> {
        let found = self.find(machine, key, Use::DictKey)?;
        Ok(self.table.borrow_mut().remove(found))
    }

    /// Removes the first entry, in its order.
    pub fn remove_first(&self) {
        let mut table = self.table.borrow_mut();
        let first = table.entries.iter().position(Option::is_some);
        if let Some(hash) = first.and_then(|first| table.entries[first].as_ref()).map(|entry| entry.0) {
            drop(table.remove((hash, first)));
        }
    }

    /// Removes everything.
    pub fn clear(&self) {
        drop(self.table.take());
    }

    /// A dict of these entries.
    pub fn from_entries(machine: &mut Machine, entries: Vec<(Value, Value)>) -> Result<Self, Raised> {
        let dict = Self::default();
        entries.into_iter().try_for_each(|(key, value)| dict.insert(machine, key, value))?;
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
    pub fn from_members(machine: &mut Machine, members: Vec<Value>) -> Result<Self, Raised> {
        let set = Self::default();
        set.extend(machine, members)?;
        Ok(set)
    }

    /// As [`Self::from_members`], but frozen if it is to be.
    pub fn value(machine: &mut Machine, members: Vec<Value>, is_frozen: bool) -> Result<Value, Raised> {
        let mut set = Self::from_members(machine, members)?;
        set.is_frozen = is_frozen;
        Ok(Value::Set(Rc::new(set)))
    }

    /// Adds members.
    pub fn extend(&self, machine: &mut Machine, members: Vec<Value>) -> Result<(), Raised> {
        members.into_iter().try_for_each(|member| self.insert(machine, member))
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether `member` is one.
    pub fn contains(&self, machine: &mut Machine, member: &Value) -> Result<bool, Raised> {
        Ok(self.members.find(machine, member, Use::SetElement)?.1.is_some())
    }

    /// Whether `member` is one, as far as that can be told without asking the program.
    pub fn contains_plainly(&self, member: &Value) -> bool {
        self.members.get_plainly(member).is_some()
    }

    /// Adds a member.
    pub fn insert(&self, machine: &mut Machine, member: Value) -> Result<(), Raised> {
        let found = self.members.find(machine, &member, Use::SetElement)?;
        self.members.table.borrow_mut().insert(found, member, Value::None);
        Ok(())
    }

    /// Removes a member. False if it was none.
    pub fn remove(&self, machine: &mut Machine, member: &Value) -> Result<bool, Raised> {
        let found = self.members.find(machine, member, Use::SetElement)?;
        Ok(self.members.table.borrow_mut().remove(found).is_some())
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
