//! Runs of real programs, for the tests of the pictures.

use super::{History, Plan, Room, Stage};
use crate::lab::{Program, Progress, Run, Settings};
use crate::trace::{Playback, Snapshot};

pub const SEMAPHORE: &str = include_str!("../../static/demos/semaphore.py");
pub const LOCK: &str = include_str!("../../static/demos/lock.py");
pub const TEN_THOUSAND: &str = include_str!("../../static/demos/lock-ten-thousand.py");
pub const QUEUE: &str = include_str!("../../static/demos/queue.py");

/// A room as on an ordinary screen.
pub const ROOM: Room = Room { width: 930, height: Some(420), comfort: 300 };

/// A run and its history.
pub struct Example {
    pub run: Run,
    pub history: History,
}

impl Example {
    /// Runs a program to its end, or for at least so many steps.
    pub fn new(text: &str, steps: u32) -> Self {
        let program = Program::compile(text).expect("the example is a program");
        let mut run = Run::new(&program, &Settings::default());
        while run.trace().steps() < steps && run.turn() == Progress::More {}
        let mut history = History::default();
        history.extend(&run.trace());
        Self { run, history }
    }

    pub fn snapshot(&self, step: u32) -> Snapshot {
        Playback::default().seek(&self.run.trace(), step).clone()
    }

    pub fn plan(&self, room: Room) -> Plan {
        Plan::new(&self.history, self.run.trace().latest(), room)
    }

    pub fn stage(&self, room: Room, step: u32) -> Stage {
        self.plan(room).arrange(&self.history, &self.snapshot(step))
    }
}
