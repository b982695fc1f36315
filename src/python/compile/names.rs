//! Names in order of insertion, each with something that belongs to it.

use std::hash::Hasher;
use std::rc::Rc;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// A map from names, walked in order of insertion.
#[derive(Clone, Debug)]
pub struct Names<T> {
    index: Index,
    values: Vec<T>,
}

/// The names alone: one copy of the code for whatever belongs to them.
#[derive(Clone, Debug, Default)]
struct Index {
    positions: HashTable<usize>,
    names: Vec<Rc<str>>,
}

impl Index {
    fn position(&self, name: &str) -> Option<usize> {
        self.positions.find(hash(name), |position| &*self.names[*position] == name).copied()
    }

    /// Adds a name that is not there.
    fn push(&mut self, name: &str) {
        self.positions.insert_unique(hash(name), self.names.len(), |position| hash(&self.names[*position]));
        self.names.push(name.into());
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { index: Index::default(), values: Vec::new() }
    }
}

impl<T> Names<T> {
    /// How many names there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// The position of a name in order of insertion.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.index.position(name)
    }

    /// Whether the name is there.
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// What belongs to a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.position(name).map(|position| &self.values[position])
    }

    /// Adds a name, or replaces what belongs to it, and returns its position.
    pub fn insert(&mut self, name: &str, value: T) -> usize {
        match self.position(name) {
            Some(position) => {
                self.values[position] = value;
                position
            }
            None => {
                self.index.push(name);
                self.values.push(value);
                self.values.len() - 1
            }
        }
    }

    /// All names with what belongs to them.
    pub fn iter(&self) -> impl Iterator<Item = (&Rc<str>, &T)> {
        self.index.names.iter().zip(&self.values)
    }
}
