//! One run of a program, recorded turn by turn.

use std::cell::{Ref, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::python::{self, Diagnostic, Executable, Machine};
use crate::trace::{Trace, write_event};

pub use crate::python::Progress;

/// A program that can be run.
#[derive(Clone, Debug)]
pub struct Program {
    executable: Rc<Executable>,
}

impl Program {
    /// Parses and compiles a text, or says everything that is wrong with it.
    pub fn compile(text: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::compile_file(text, "program.py")
    }

    /// As [`Self::compile`], for a text whose tracebacks name the file it is from.
    pub fn compile_file(text: &str, file: &str) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self { executable: Rc::new(python::compile(text, file)?) })
    }

    /// The text it was compiled from.
    pub fn text(&self) -> &str {
        &self.executable.text
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

/// A run as far as it has come.
pub struct Run {
    machine: Machine,
    trace: Rc<RefCell<Trace>>,
}

impl Run {
    /// A run of `program` before its first instruction.
    pub fn new(program: &Program, settings: &Settings) -> Self {
        let trace = Rc::new(RefCell::new(Trace::default()));
        let until = settings.until.unwrap_or(f64::INFINITY);
        let machine = Machine::new(program.executable.clone(), trace.clone(), settings.seed, until);
        Self { machine, trace }
    }

    /// Runs one turn of the event loop, or a bounded part of one where a step takes long.
    pub fn turn(&mut self) -> Progress {
        self.machine.advance()
    }

    /// Runs to the end of the program, or to the limit of its virtual time.
    pub fn finish(&mut self) {
        while self.turn() == Progress::More {}
    }

    /// What has happened so far.
    pub fn trace(&self) -> Ref<'_, Trace> {
        self.trace.borrow()
    }
}

impl fmt::Debug for Run {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Run({} steps)", self.trace.borrow().steps())
    }
}

/// All events of a trace, one JSON object a line.
pub fn trace_lines(trace: &Trace) -> String {
    let mut lines = String::new();
    for event in trace.events() {
        write_event(event, &mut lines);
        lines.push('\n');
    }
    lines
}
