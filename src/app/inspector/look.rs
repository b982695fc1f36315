//! What the panel says, as plain data.

use crate::app::moment::{Named, Piece, named, pieces};
use crate::lab::{PrimitiveRecord, Subject, TaskRecord, Times, interventions, state_of_primitive, state_of_task};
use crate::trace::{Intervention, Snapshot, TaskId, Trace};

/// What has been gathered about the subject so far.
pub enum Record {
    Task(TaskId, TaskRecord),
    Primitive(PrimitiveRecord),
}

/// Everything about the subject after one step.
pub struct Look {
    pub subject: Subject,
    pub mark: Option<Named>,
    pub name: String,
    /// A task's state, or the class of a primitive.
    pub detail: String,
    /// Where the task stands, or the primitive was created.
    pub line: Option<u32>,
    pub said: Vec<Vec<Piece>>,
    /// Of a task: who created it, and in which step.
    pub origin: Option<(Vec<Piece>, u32)>,
    pub times: Option<Times>,
    /// Of a primitive: what was done at it, latest first, each with its step and time.
    pub deeds: Vec<(u32, f64, Vec<Piece>)>,
    pub forgotten: usize,
    pub possible: Vec<Intervention>,
}

impl Record {
    /// Nothing so far.
    pub fn new(subject: Subject) -> Self {
        match subject {
            Subject::Task(task) => Self::Task(task, TaskRecord::new(task)),
            Subject::Primitive(primitive) => Self::Primitive(PrimitiveRecord::new(primitive)),
        }
    }

    /// Looks at the subject after a step, of which this is the snapshot.
    pub fn look(&mut self, trace: &Trace, snapshot: &Snapshot, step: u32) -> Look {
        let mut look = match self {
            Self::Task(task, record) => {
                record.seek(trace, step);
                look_at_task(snapshot, *task, record)
            }
            Self::Primitive(record) => {
                record.seek(trace, step);
                look_at_primitive(snapshot, record)
            }
        };
        if look.line.is_some() {
            look.possible = interventions(snapshot, look.subject);
        }
        look
    }
}

/// A subject that there is not yet.
fn nothing(subject: Subject) -> Look {
    let what = match subject {
        Subject::Task(_) => "a task",
        Subject::Primitive(_) => "a primitive",
    };
    Look {
        subject,
        mark: None,
        name: what.to_owned(),
        detail: String::new(),
        line: None,
        said: vec![vec![Piece::Text("does not exist yet".to_owned())]],
        origin: None,
        times: None,
        deeds: Vec::new(),
        forgotten: 0,
        possible: Vec::new(),
    }
}

fn look_at_task(snapshot: &Snapshot, task: TaskId, record: &TaskRecord) -> Look {
    let mut look = nothing(Subject::Task(task));
    let Some(state) = snapshot.tasks.get(task.0 as usize) else { return look };
    look.mark = Some(named(snapshot, task));
    look.name = state.label.to_string();
    look.detail = snapshot.activity(task).name().to_owned();
    look.line = Some(state.line);
    look.said.clear();
    for sentence in state_of_task(snapshot, task, record.since) {
        look.said.push(pieces(sentence, snapshot));
    }
    look.origin = Some((pieces(record.origin(), snapshot), record.created.0));
    look.times = Some(record.times);
    look
}

fn look_at_primitive(snapshot: &Snapshot, record: &PrimitiveRecord) -> Look {
    let id = record.primitive;
    let mut look = nothing(Subject::Primitive(id));
    let Some(primitive) = snapshot.primitives.get(id.0 as usize) else { return look };
    look.name = primitive.name.as_deref().unwrap_or(primitive.kind.noun()).to_owned();
    look.detail = ["asyncio.", primitive.kind.name()].concat();
    look.line = Some(primitive.line);
    look.said.clear();
    for sentence in state_of_primitive(snapshot, id) {
        look.said.push(pieces(sentence, snapshot));
    }
    for deed in record.deeds.iter().rev() {
        look.deeds.push((deed.step, deed.time, pieces(deed.words(snapshot, id), snapshot)));
    }
    look.forgotten = record.forgotten;
    look
}
