//! The run once more, up to the playhead, to read the variables of a task where they are.
//!
//! A run is a function of its text and settings, so nothing has to be recorded for this while nobody looks. Forward the
//! second run goes on from where it rests; back it begins again.

use gloo_timers::callback::Timeout;
use yew::prelude::Callback;

use super::Message;
use crate::app::browser::now;
use crate::app::page;
use crate::lab::{FrameState, Program, Progress, Run, Settings};
use crate::trace::TaskId;

/// Milliseconds of turns after which the page may paint.
const SLICE: f64 = 8.0;
/// Milliseconds after which a playhead that keeps moving is followed again.
const PAUSE: u32 = 100;

/// A second run and what has been read of it.
pub struct SecondRun {
    send: Callback<page::Message>,
    run: Option<Run>,
    /// The step at which to read.
    wanted: u32,
    timer: Option<Timeout>,
    /// The step after which the rest was read.
    pub step: Option<u32>,
    /// Innermost first.
    pub stack: Vec<FrameState>,
    pub result: Option<String>,
}

impl SecondRun {
    pub fn new(send: Callback<page::Message>) -> Self {
        Self { send, run: None, wanted: 0, timer: None, step: None, stack: Vec::new(), result: None }
    }

    /// Another task, or another run, is looked at.
    pub fn forget(&mut self) {
        *self = Self::new(self.send.clone());
    }

    /// The playhead stands at a step.
    pub fn follow(&mut self, step: u32) {
        self.wanted = step;
        if self.step != Some(step) && self.timer.is_none() {
            self.call_after(if self.step.is_some() { PAUSE } else { 0 });
        }
    }

    fn call_after(&mut self, milliseconds: u32) {
        let send = self.send.clone();
        self.timer = Some(Timeout::new(milliseconds, move || send.emit(page::Message::Inspector(Message::Due))));
    }

    /// Runs on for a while; whether there is something new to show.
    pub fn go_on(&mut self, program: &Program, settings: &Settings, task: TaskId) -> bool {
        self.timer = None;
        let run = match self.run.take() {
            Some(run) if run.trace().steps() <= self.wanted => run,
            _ => Run::to_look_into(program, settings, task),
        };
        let run = self.run.insert(run);
        run.rest_after(self.wanted);
        let begin = now();
        while run.turn() == Progress::More {
            if now() - begin > SLICE {
                self.call_after(0);
                return false;
            }
        }
        self.stack = run.stack(task);
        self.result = run.result().map(str::to_owned);
        self.step = Some(self.wanted);
        true
    }
}
