//! What each task of a run does when, as the timeline needs it.

use crate::trace::{Awaited, Cause, Outcome, PrimitiveId, TaskId, Text};

/// What a task does over a stretch of steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Doing {
    /// It stands in the ready queue: why, and in which task's step it came there.
    Ready { cause: Cause, by: Option<TaskId> },
    /// It runs.
    Runs,
    /// It is suspended.
    Awaits(Awaited),
}

/// A stretch of a task's lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    pub doing: Doing,
    /// The line of the program where it stands; 0 where that is not known.
    pub line: u32,
    /// The step that began it.
    pub from: u32,
    /// The step that ended it; `None` as long as it lasts.
    pub to: Option<u32>,
}

/// A stretch in which a task holds a lock or a permit, whatever else it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    pub primitive: PrimitiveId,
    /// How many others the task held when it began.
    pub depth: u32,
    /// The step that began it.
    pub from: u32,
    /// The step that ended it; `None` as long as it lasts.
    pub to: Option<u32>,
}

/// One task over the whole run.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    pub label: Text,
    /// One after the other.
    pub segments: Vec<Segment>,
    /// In order of their beginnings.
    pub holds: Vec<Hold>,
    /// The step in which it finished, and how.
    pub end: Option<(u32, Outcome)>,
}

impl Lane {
    /// A lane before anything happened in it.
    pub fn new(label: Text) -> Self {
        Self { label, segments: Vec::new(), holds: Vec::new(), end: None }
    }

    /// Ends what the task does now with one step and begins something else in another.
    pub fn enter(&mut self, doing: Doing, line: u32, ended: u32, from: u32) {
        self.close(ended);
        let to = if doing == Doing::Runs { Some(from) } else { None };
        self.segments.push(Segment { doing, line, from, to });
    }

    /// Ends what the task does now.
    pub fn close(&mut self, step: u32) {
        if let Some(segment) = self.segments.last_mut()
            && segment.to.is_none()
        {
            segment.to = Some(step);
        }
    }

    /// Takes a lock or a permit; what is returned finds it again in [`Lane::release`].
    pub fn acquire(&mut self, primitive: PrimitiveId, step: u32) -> usize {
        let depth = self.holds.iter().rev().take_while(|hold| hold.to.is_none()).count() as u32;
        self.holds.push(Hold { primitive, depth, from: step, to: None });
        self.holds.len() - 1
    }

    /// Gives a lock or a permit back.
    pub fn release(&mut self, hold: usize, step: u32) {
        self.holds[hold].to = Some(step);
    }

    /// What the task does in these steps, and in the one before them that reaches into them.
    pub fn segments_in(&self, from: u32, to: u32) -> &[Segment] {
        let begin = self.segments.partition_point(|segment| segment.to.is_some_and(|end| end < from));
        let end = self.segments.partition_point(|segment| segment.from <= to);
        &self.segments[begin..end.max(begin)]
    }
}

/// A task that wakes, or cancels, another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wake {
    pub step: u32,
    pub from: TaskId,
    pub to: TaskId,
}

/// A call that kept the whole loop from going on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    /// The step that made it.
    pub step: u32,
    /// Whose step that was; `None` for a callback.
    pub task: Option<TaskId>,
    /// When it began and ended, in seconds.
    pub from: f64,
    pub to: f64,
    /// The line of the program.
    pub line: u32,
}
