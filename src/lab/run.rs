//! One run of a program, recorded turn by turn.

use std::cell::{Ref, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::python::{self, Diagnostic, Executable, Machine};
use crate::trace::{Intervention, TaskId, Trace, write_event};

pub use crate::python::{FrameState, Progress};

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
    /// What is done to the run from outside, each after the step of its number, in that order. Each is a step of its
    /// own, so that one that follows another at once comes after the next step.
    pub interventions: Vec<(u32, Intervention)>,
}

/// A run as far as it has come.
pub struct Run {
    machine: Machine,
    trace: Rc<RefCell<Trace>>,
}

impl Run {
    /// A run of `program` before its first instruction.
    pub fn new(program: &Program, settings: &Settings) -> Self {
        Self::recording_into(Trace::default(), program, settings)
    }

    /// The same run once more, to be looked into: it keeps no trace, and notes what this task returns.
    pub fn to_look_into(program: &Program, settings: &Settings, task: TaskId) -> Self {
        let mut run = Self::recording_into(Trace::forgetful(), program, settings);
        run.machine.watch_result(task);
        run
    }

    fn recording_into(trace: Trace, program: &Program, settings: &Settings) -> Self {
        let trace = Rc::new(RefCell::new(trace));
        let until = settings.until.unwrap_or(f64::INFINITY);
        let mut machine = Machine::new(program.executable.clone(), trace.clone(), settings.seed, until);
        machine.intervene(&settings.interventions);
        Self { machine, trace }
    }

    /// Lets the run rest once it has run this step, with all that happens before the next.
    pub fn rest_after(&mut self, step: u32) {
        self.machine.rest_after(step);
    }

    /// The functions that a task is in, with their variables, innermost first; none if it has ended.
    pub fn stack(&self, task: TaskId) -> Vec<FrameState> {
        self.machine.stack(task)
    }

    /// What the task returned that the run was asked to note.
    pub fn result(&self) -> Option<&str> {
        self.machine.watched_result()
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
