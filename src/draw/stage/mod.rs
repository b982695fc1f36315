//! The stage: where everything stands after one step of a run.
//!
//! A task has one token, which stands where its control is. It may leave a seat behind it that is still its own, and a
//! chip of its colour in the lock or the permit that it holds.

mod arrange;
mod cards;
mod crowd;
mod describe;
mod plan;
mod region;
#[cfg(test)]
mod tests;
mod zones;

pub use crowd::{Crowd, CrowdKind};
pub use plan::{Plan, Room, Subject};
pub use region::Rectangle;

use crate::trace::{Activity, Callback, Outcome, PrimitiveId, PrimitiveKind, TaskId, Text};

/// Everything on the stage after one step. Lists of what moves are in the order of tasks, not of places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    pub width: i32,
    pub height: i32,
    /// The width and height of a token.
    pub size: i32,
    pub places: Vec<Place>,
    pub cards: Vec<Card>,
    pub slots: Vec<Slot>,
    pub cells: Vec<Cell>,
    pub seats: Vec<Seat>,
    pub chips: Vec<Chip>,
    pub tokens: Vec<Token>,
    pub callbacks: Vec<CallbackMark>,
    pub captions: Vec<Caption>,
    pub crowds: Vec<Crowd>,
    /// How many tasks one dot of a crowd stands for.
    pub tasks_per_dot: u32,
    /// The upper left corner of the running task's seat: what is new comes from there.
    pub running_seat: (i32, i32),
    /// How many primitives have no card.
    pub left_out: usize,
}

/// The boxes of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    Ready,
    Running,
    Sleeping,
    Finished,
}

/// A box of the loop.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub kind: PlaceKind,
    pub rectangle: Rectangle,
    /// How many stand in it.
    pub count: usize,
}

/// What one primitive or gather is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub subject: Subject,
    pub rectangle: Rectangle,
    pub kind: Option<PrimitiveKind>,
    /// The variable's name, or what the card is about.
    pub name: String,
    /// What follows the name.
    pub detail: String,
    /// The line of the program that it comes from.
    pub line: Option<u32>,
    /// A line of figures at its foot.
    pub figures: String,
    /// All of it in words.
    pub description: String,
    /// Whether it exists yet, and matters still.
    pub present: bool,
    /// Whether it has room for nothing but its name and its zones.
    pub compact: bool,
}

/// What a slot is, and how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotKind {
    /// A permit, the one place of a lock, or a place at a barrier.
    Free,
    /// The same with somebody in it.
    Taken,
    /// A place at a barrier that has opened: who is in it leaves.
    Open,
    /// A place at a barrier that is broken.
    Broken,
    /// The lamp of an event that is not set.
    Dark,
    /// The lamp of an event that is set.
    Lit,
}

/// A permit, a place, or a lamp.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    pub rectangle: Rectangle,
    pub kind: SlotKind,
    /// What it says where no chip is.
    pub text: &'static str,
}

/// A cell of a queue, or a task of a gather.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The same for the same item, wherever it stands.
    pub key: (u32, usize),
    pub rectangle: Rectangle,
    pub kind: CellKind,
}

/// What a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub enum CellKind {
    /// Room for one item.
    Room,
    /// The same in a queue that is shut down.
    Closed,
    Item(Text),
    /// An item that the running task has just taken out.
    Taken(Text),
    /// A task of a gather, and how it ended if it has.
    Child {
        task: TaskId,
        label: Text,
        outcome: Option<Outcome>,
    },
    /// How much is done, in thousandths.
    Progress(u32),
}

/// Why a seat without its task's token is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeatKind {
    /// The task runs now and goes here next.
    Next,
    /// The task has been woken and leaves the line when it runs.
    Woken,
}

/// A seat whose task's token stands elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Seat {
    pub task: TaskId,
    pub label: Text,
    pub x: i32,
    pub y: i32,
    pub kind: SeatKind,
}

/// What a holder leaves in the lock or the permit, or the task that another waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct Chip {
    pub task: TaskId,
    pub label: Text,
    /// What it is in, and which of the task's chips there it is.
    pub key: (Option<PrimitiveId>, usize),
    pub x: i32,
    pub y: i32,
    pub size: i32,
}

/// The token of a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    pub task: TaskId,
    pub label: Text,
    pub x: i32,
    pub y: i32,
    pub activity: Activity,
    /// Whether the running step woke it, or an earlier one, from a primitive's line in which it still has its seat.
    pub woken: bool,
    /// The exception that it raised, if it has failed.
    pub exception: Option<Text>,
    /// When it gives up what it waits for, in seconds, if it ever does.
    pub gives_up: Option<f64>,
}

/// A callback in the ready queue, or the one that runs.
#[derive(Clone, Debug, PartialEq)]
pub struct CallbackMark {
    pub callback: Callback,
    pub x: i32,
    pub y: i32,
}

/// What a caption is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptionKind {
    /// Over a zone of a card.
    Zone,
    /// Under a token, in its middle.
    Time,
    /// On the lower edge of the token of a task that gives up at this time.
    Deadline,
    /// In an empty place.
    Empty,
    /// For those who have no seat.
    More,
}

/// A short text on the stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Caption {
    pub kind: CaptionKind,
    pub rectangle: Rectangle,
    pub text: String,
}
