//! Everything that the page says about one step of a run.

use std::ops::Deref;
use std::rc::Rc;

use crate::draw::{History, Plan, Room, Stage};
use crate::lab::{Phrase, narrate};
use crate::trace::{Ending, Playback, PrimitiveId, Runner, Snapshot, Stream, TaskId, TaskState, Text, Trace};

/// More lines of output than this are not shown.
const MOST_OUTPUT_LINES: usize = 200;
/// At one line of the program, no more tasks than this are shown one by one.
pub const MOST_MARKS: usize = 3;

/// A value that is equal only to itself, for cheap comparison of properties.
#[derive(Debug)]
pub struct Same<T>(Rc<T>);

impl<T> Same<T> {
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Same<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A task as the page speaks of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub task: TaskId,
    pub label: Text,
}

/// A part of the sentence about a step.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    Text(String),
    Task(Named),
    Primitive(String),
}

/// The tasks that stand at a line of the program.
#[derive(Clone, Debug, PartialEq)]
pub struct LineMarks {
    /// From 1.
    pub line: u32,
    /// The first of them.
    pub tasks: Vec<Named>,
    pub count: usize,
}

/// A line of output.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputLine {
    pub time: f64,
    pub step: u32,
    pub writer: Option<Named>,
    pub error: bool,
    pub text: String,
}

/// Everything that the page says about one step.
#[derive(Debug)]
pub struct Moment {
    pub step: u32,
    pub time: f64,
    pub stage: Stage,
    pub sentence: Vec<Piece>,
    pub marks: Vec<LineMarks>,
    /// The line where the running task stands.
    pub current_line: Option<u32>,
    pub output: Vec<OutputLine>,
    /// How many lines of output came before the first of `output`.
    pub earlier_output: usize,
    /// How the run ended, at its last step.
    pub ending: Option<Ending>,
}

/// Finds moments of one run.
#[derive(Debug, Default)]
pub struct Finder {
    before: Playback,
    after: Playback,
    /// The plan, and the room and the number of events it was made for.
    plan: Option<(Room, usize, Plan)>,
}

impl Finder {
    /// What there is to say about a step of `trace`, of which `history` has taken in everything.
    pub fn moment(&mut self, trace: &Trace, history: &History, step: u32, room: Room) -> Moment {
        let length = trace.events().len();
        if !self.plan.as_ref().is_some_and(|(planned, events, _)| *planned == room && *events == length) {
            self.plan = Some((room, length, Plan::new(history, trace.latest(), room)));
        }
        let (_, _, plan) = self.plan.as_ref().expect("it has just been made");
        let snapshot = self.after.seek(trace, step);
        let sentence = match step {
            0 => Vec::new(),
            _ => {
                let before = self.before.seek(trace, step - 1);
                narrate(trace, before, snapshot).0.into_iter().map(|phrase| piece(phrase, snapshot)).collect()
            }
        };
        let (output, earlier_output) = output(trace, snapshot);
        Moment {
            step,
            time: snapshot.time,
            stage: plan.arrange(history, snapshot),
            sentence,
            marks: marks(snapshot),
            current_line: match &snapshot.ending {
                None => snapshot.running_task().map(|task| snapshot.task(task).line),
                Some(Ending::Raised { line, .. } | Ending::Stopped { line, .. }) => Some(*line),
                Some(_) => None,
            },
            output,
            earlier_output,
            ending: snapshot.ending.clone(),
        }
    }
}

fn named(snapshot: &Snapshot, task: TaskId) -> Named {
    Named { task, label: snapshot.task(task).label.clone() }
}

fn primitive_name(snapshot: &Snapshot, primitive: PrimitiveId) -> String {
    let primitive = snapshot.primitive(primitive);
    primitive.name.as_deref().map_or_else(|| primitive.kind.name().to_lowercase(), str::to_owned)
}

fn piece(phrase: Phrase, snapshot: &Snapshot) -> Piece {
    match phrase {
        Phrase::Text(text) => Piece::Text(text),
        Phrase::Task(task) => Piece::Task(named(snapshot, task)),
        Phrase::Primitive(primitive) => Piece::Primitive(primitive_name(snapshot, primitive)),
    }
}

/// Where the tasks stand that have not finished, by line.
fn marks(snapshot: &Snapshot) -> Vec<LineMarks> {
    let mut marks: Vec<LineMarks> = Vec::new();
    for (number, task) in snapshot.tasks.iter().enumerate() {
        if matches!(task.state, TaskState::Finished(_)) {
            continue;
        }
        let found = marks.iter_mut().find(|marks| marks.line == task.line);
        let marks = match found {
            Some(marks) => marks,
            None => {
                marks.push(LineMarks { line: task.line, tasks: Vec::new(), count: 0 });
                marks.last_mut().expect("it has just been added")
            }
        };
        marks.count += 1;
        if marks.tasks.len() < MOST_MARKS {
            marks.tasks.push(named(snapshot, TaskId(number as u32)));
        }
    }
    marks
}

/// The last lines of output up to the step of `snapshot`, and how many came before them.
fn output(trace: &Trace, snapshot: &Snapshot) -> (Vec<OutputLine>, usize) {
    let printed = trace.output_until(snapshot.step);
    let first = printed.len().saturating_sub(MOST_OUTPUT_LINES);
    let mut lines: Vec<OutputLine> = Vec::new();
    let mut unfinished = false;
    for write in &printed[first..] {
        let writer = match &write.runner {
            Some(Runner::Task(task)) => Some(named(snapshot, *task)),
            _ => None,
        };
        for part in write.text.split_inclusive('\n') {
            let text = part.strip_suffix('\n').unwrap_or(part);
            match lines.last_mut() {
                Some(line) if unfinished => line.text.push_str(text),
                _ => lines.push(OutputLine {
                    time: write.time,
                    step: write.step,
                    writer: writer.clone(),
                    error: write.stream == Stream::Error,
                    text: text.to_owned(),
                }),
            }
            unfinished = !part.ends_with('\n');
        }
    }
    let surplus = lines.len().saturating_sub(MOST_OUTPUT_LINES);
    lines.drain(..surplus);
    (lines, first + surplus)
}
