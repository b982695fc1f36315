//! Literals of a program that are offered as controls.

use std::ops::Range;

/// A literal of the program that a slider can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Tunable {
    /// Its name in the page, in addresses and on the command line: the constant's own (`PERMITS`), or one made from
    /// the variable or coroutine it belongs to (`semaphore_permits`, `queue_maxsize`, `worker_count`).
    pub name: String,
    pub kind: TunableKind,
    /// What the text says now.
    pub value: f64,
    /// The least value the slider offers.
    pub minimum: f64,
    /// The greatest value the slider offers.
    pub maximum: f64,
    /// The distance between two values the slider offers.
    pub step: f64,
    /// The line of the literal, from 1.
    pub line: u32,
    /// Where the literal stands in the text, in bytes.
    pub range: Range<usize>,
    /// Whether the literal is written as a whole number.
    pub whole: bool,
}

/// What a tunable controls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TunableKind {
    /// How many tasks a `range` makes.
    Workers,
    /// Permits of a semaphore.
    Permits,
    /// `maxsize` of a queue.
    Capacity,
    /// Seconds.
    Duration,
    /// Any other number with a name.
    Number,
}
