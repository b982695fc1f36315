//! One run of a program, recorded turn by turn.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use crate::python::Diagnostic;
use crate::trace::Trace;

/// A program that can be run.
#[derive(Clone, Debug)]
pub struct Program {
    text: Rc<str>,
}

impl Program {
    /// Parses and compiles a text, or says everything that is wrong with it.
    pub fn compile(text: &str) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self { text: text.into() })
    }

    /// The text it was compiled from.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// What a run depends on besides the program's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Where `random` starts.
    pub seed: u64,
    /// The virtual time at which the run is stopped, in seconds.
    pub until: Option<f64>,
}

/// Whether there is more to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    More,
    Ended,
}

/// A run as far as it has come.
#[derive(Debug)]
pub struct Run {
    trace: Rc<RefCell<Trace>>,
}

impl Run {
    /// A run of `program` before its first instruction.
    pub fn new(_program: &Program, _settings: &Settings) -> Self {
        Self { trace: Rc::default() }
    }

    /// Runs one turn of the event loop, or a bounded part of one where a step takes long.
    pub fn turn(&mut self) -> Progress {
        Progress::Ended
    }

    /// What has happened so far.
    pub fn trace(&self) -> Ref<'_, Trace> {
        self.trace.borrow()
    }
}
