//! Sentences with tasks and primitives in them.

use crate::trace::words::primitive_name;
use crate::trace::{PrimitiveId, Snapshot, TaskId};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phrase {
    Text(String),
    /// A task, which the page shows in its colour.
    Task(TaskId),
    /// A primitive, which the page shows as its variable's name.
    Primitive(PrimitiveId),
}

/// A sentence for the person who watches the run, without a full stop.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Phrase>);

impl Sentence {
    /// The sentence as plain text, with names as they are in this snapshot.
    pub fn plain(&self, snapshot: &Snapshot) -> String {
        let mut plain = String::new();
        for phrase in &self.0 {
            match phrase {
                Phrase::Text(text) => plain.push_str(text),
                Phrase::Task(task) => plain.push_str(&snapshot.task(*task).label),
                Phrase::Primitive(primitive) => plain.push_str(&primitive_name(snapshot.primitive(*primitive))),
            }
        }
        plain
    }

    /// The sentence and a text behind it.
    pub fn text(mut self, text: &str) -> Self {
        match self.0.last_mut() {
            Some(Phrase::Text(last)) => last.push_str(text),
            _ => self.0.push(Phrase::Text(text.to_owned())),
        }
        self
    }

    /// The sentence and a task behind it.
    pub fn task(mut self, task: TaskId) -> Self {
        self.0.push(Phrase::Task(task));
        self
    }

    /// The sentence and a primitive behind it.
    pub fn primitive(mut self, primitive: PrimitiveId) -> Self {
        self.0.push(Phrase::Primitive(primitive));
        self
    }

    /// The sentence and another behind it.
    pub fn then(self, other: &Self) -> Self {
        other.0.iter().fold(self, |sentence, phrase| match phrase {
            Phrase::Text(text) => sentence.text(text),
            Phrase::Task(task) => sentence.task(*task),
            Phrase::Primitive(primitive) => sentence.primitive(*primitive),
        })
    }

    /// Whether it lists several things or has a clause, so that an `and` behind it needs a comma.
    pub(super) fn has_commas_or_and(&self) -> bool {
        self.0
            .iter()
            .any(|phrase| matches!(phrase, Phrase::Text(text) if text.contains(", ") || text.contains(" and ")))
    }

    /// The beginning of a sentence.
    pub fn say(text: &str) -> Self {
        Self::default().text(text)
    }
}
