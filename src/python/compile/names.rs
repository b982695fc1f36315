//! Names in order of insertion, each with something that belongs to it.

use std::hash::Hasher;
use std::rc::Rc;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

/// A map from names, walked in order of insertion.
#[derive(Clone, Debug)]
pub struct Names<T> {
    positions: HashTable<usize>,
    entries: Vec<(Rc<str>, T)>,
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self { positions: HashTable::new(), entries: Vec::new() }
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(name.as_bytes());
    hasher.finish()
}

impl<T> Names<T> {
    /// How many names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The position of a name in order of insertion.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.positions.find(hash(name), |position| &*self.entries[*position].0 == name).copied()
    }

    /// Whether the name is there.
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// What belongs to a name.
    pub fn get(&self, name: &str) -> Option<&T> {
        self.position(name).map(|position| &self.entries[position].1)
    }

    /// Adds a name, or replaces what belongs to it, and returns its position.
    pub fn insert(&mut self, name: &str, value: T) -> usize {
        if let Some(position) = self.position(name) {
            self.entries[position].1 = value;
            return position;
        }
        let position = self.entries.len();
        self.positions.insert_unique(hash(name), position, |position| hash(&self.entries[*position].0));
        self.entries.push((name.into(), value));
        position
    }

    /// All names with what belongs to them.
    pub fn iter(&self) -> impl Iterator<Item = &(Rc<str>, T)> {
        self.entries.iter()
    }
}
