//! In which order a queue gives out what was put into it.

use std::collections::VecDeque;

/// What keeps the items of a [`BufferedQueue`](super::BufferedQueue), and so decides which is next.
pub trait Buffer {
    /// What is kept.
    type Item;

    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there is no item.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an item.
    fn put(&mut self, item: Self::Item);

    /// Takes out the next item, if there is one.
    fn get(&mut self) -> Option<Self::Item>;

    /// The items in the order in which they are stored.
    fn iter(&self) -> impl Iterator<Item = &Self::Item>;
}

/// The buffer of a [`Queue`](super::Queue): who came first is next.
#[derive(Debug)]
pub struct FirstInFirstOut<T>(VecDeque<T>);

/// The buffer of a [`LifoQueue`](super::LifoQueue): who came last is next.
#[derive(Debug)]
pub struct LastInFirstOut<T>(Vec<T>);

/// The buffer of a [`PriorityQueue`](super::PriorityQueue): the smallest is next. It is a binary heap that decides
/// among equals, and stores its items, exactly as CPython's `heapq`.
#[derive(Debug)]
pub struct SmallestFirst<T>(Vec<T>);

impl<T> FirstInFirstOut<T> {
    /// Without items.
    pub const fn new() -> Self {
        Self(VecDeque::new())
    }
}

impl<T> LastInFirstOut<T> {
    /// Without items.
    pub const fn new() -> Self {
        Self(Vec::new())
    }
}

impl<T> SmallestFirst<T> {
    /// Without items.
    pub const fn new() -> Self {
        Self(Vec::new())
    }
}

impl<T: Ord> SmallestFirst<T> {
    /// Moves an item towards the root while it is smaller than its parent.
    fn rise(&mut self, mut index: usize) {
        while index > 0 {
            let parent = (index - 1) / 2;
            if self.0[index] >= self.0[parent] {
                break;
            }
            self.0.swap(index, parent);
            index = parent;
        }
    }

    /// Moves the root down to a leaf, past the smaller child each time and past the right one of equals, without
    /// looking where it belongs: it came from the end, and so does not belong far above.
    fn sink(&mut self) -> usize {
        let mut index = 0;
        loop {
            let mut child = 2 * index + 1;
            if child >= self.0.len() {
                return index;
            }
            if child + 1 < self.0.len() && self.0[child] >= self.0[child + 1] {
                child += 1;
            }
            self.0.swap(index, child);
            index = child;
        }
    }
}

impl<T> Buffer for FirstInFirstOut<T> {
    type Item = T;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn put(&mut self, item: T) {
        self.0.push_back(item);
    }

    fn get(&mut self) -> Option<T> {
        self.0.pop_front()
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T> Buffer for LastInFirstOut<T> {
    type Item = T;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn put(&mut self, item: T) {
        self.0.push(item);
    }

    fn get(&mut self) -> Option<T> {
        self.0.pop()
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T: Ord> Buffer for SmallestFirst<T> {
    type Item = T;

    fn len(&self) -> usize {
        self.0.len()
    }

    fn put(&mut self, item: T) {
        self.0.push(item);
        self.rise(self.0.len() - 1);
    }

    fn get(&mut self) -> Option<T> {
        if self.0.is_empty() {
            return None;
        }
        let smallest = self.0.swap_remove(0);
        let leaf = self.sink();
        self.rise(leaf);
        Some(smallest)
    }

    fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.iter()
    }
}

impl<T> Default for FirstInFirstOut<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Default for LastInFirstOut<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Default for SmallestFirst<T> {
    fn default() -> Self {
        Self::new()
    }
}
