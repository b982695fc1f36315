//! Everything that the page says about one step of a run.

use super::printout::{OutputLine, Printout};
use crate::draw::{History, Plan, Room, Stage, mark_text};
use crate::lab::{Phrase, Sentence, narrate, summary};
use crate::trace::{Ending, Playback, PrimitiveId, Snapshot, TaskId, TaskState, Text, Trace};

/// At one line of the program, no more tasks than this are shown one by one, nor more than have room for their texts.
const MOST_MARKS: usize = 3;
const MOST_MARK_LETTERS: usize = 6;

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
    Primitive(PrimitiveId, String),
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

/// Everything that the page says about one step.
#[derive(Debug)]
pub struct Moment {
    /// The virtual clock, in seconds.
    pub time: f64,
    pub stage: Stage,
    pub sentence: Vec<Piece>,
    pub marks: Vec<LineMarks>,
    /// The line where the running task stands.
    pub current_line: Option<u32>,
    pub output: Vec<OutputLine>,
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
    /// The state after a step of `trace`.
    pub fn snapshot(&mut self, trace: &Trace, step: u32) -> &Snapshot {
        self.after.seek(trace, step)
    }

    /// What there is to say about a step of `trace`, of which `history` has taken in everything.
    pub fn moment(
        &mut self,
        trace: &Trace,
        history: &History,
        printout: &mut Printout,
        step: u32,
        room: Room,
    ) -> Moment {
        let length = trace.events().len();
        if !self.plan.as_ref().is_some_and(|(planned, events, _)| *planned == room && *events == length) {
            self.plan = Some((room, length, Plan::new(history, trace.latest(), room)));
        }
        let (_, _, plan) = self.plan.as_ref().expect("it has just been made");
        let snapshot = self.after.seek(trace, step);
        let sentence = match step {
            _ if let Some(summary) = summary(snapshot) => pieces(summary, snapshot),
            0 => Vec::new(),
            _ => {
                let before = self.before.seek(trace, step - 1);
                pieces(narrate(trace, before, snapshot), snapshot)
            }
        };
        Moment {
            time: snapshot.time,
            stage: plan.arrange(history, snapshot),
            sentence,
            marks: marks(snapshot),
            current_line: match &snapshot.ending {
                None => snapshot.running_task().map(|task| snapshot.task(task).line),
                Some(Ending::Raised { line, .. } | Ending::Stopped { line, .. }) => Some(*line),
                Some(_) => None,
            },
            output: printout.until(snapshot.step),
            ending: snapshot.ending.clone(),
        }
    }
}

/// A task with its name.
pub fn named(snapshot: &Snapshot, task: TaskId) -> Named {
    Named { task, label: snapshot.task(task).label.clone() }
}

fn primitive_name(snapshot: &Snapshot, primitive: PrimitiveId) -> String {
    let primitive = snapshot.primitive(primitive);
    primitive.name.as_deref().map_or_else(|| primitive.kind.name().to_ascii_lowercase(), str::to_owned)
}

/// A sentence as the page shows it.
pub fn pieces(sentence: Sentence, snapshot: &Snapshot) -> Vec<Piece> {
    sentence.0.into_iter().map(|phrase| piece(phrase, snapshot)).collect()
}

fn piece(phrase: Phrase, snapshot: &Snapshot) -> Piece {
    match phrase {
        // A line does not end within a moment.
        Phrase::Text(text) => Piece::Text(text.replace("t = ", "t\u{a0}=\u{a0}")),
        Phrase::Task(task) => Piece::Task(named(snapshot, task)),
        Phrase::Primitive(primitive) => Piece::Primitive(primitive, primitive_name(snapshot, primitive)),
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
            let task = named(snapshot, TaskId(number as u32));
            let letters: usize = marks.tasks.iter().chain([&task]).map(|task| mark_text(&task.label).len()).sum();
            if marks.tasks.is_empty() || letters <= MOST_MARK_LETTERS {
                marks.tasks.push(task);
            }
        }
    }
    marks
}
