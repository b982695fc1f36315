//! What tasks are called on the page.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::python::compile::Names;
use crate::python::values::Value;
use crate::trace::Text;

/// Gives each task a label that says which coroutine it runs, and that no other task has.
#[derive(Default)]
pub(super) struct Labels {
    repeated: Names<()>,
    taken: Names<()>,
    /// How many tasks run each function.
    counts: Names<u32>,
}

impl Labels {
    /// `repeated`: functions that the program calls more than once, whose tasks are numbered.
    pub fn new(repeated: Names<()>) -> Self {
        Self { repeated, ..Self::default() }
    }

    /// Takes a label, unless another task has it.
    fn take(&mut self, label: &str) -> bool {
        let is_free = !self.taken.contains(label);
        self.taken.insert(label, ());
        is_free
    }

    /// The label of a new task that runs `function`; `number` is the one that the program itself gave it.
    fn next(&mut self, function: &Rc<str>, number: Option<i64>) -> Text {
        let mut ordinal = self.counts.get(function).map_or(1, |count| count + 1);
        self.counts.insert(function, ordinal);
        let is_repeated = self.repeated.contains(function);
        let first: Text = match number.filter(|_| is_repeated) {
            Some(number) => format!("{function} {number}").into(),
            None if is_repeated || ordinal > 1 => format!("{function} {ordinal}").into(),
            None => function.clone(),
        };
        let mut label = first;
        while !self.take(&label) {
            ordinal += 1;
            label = format!("{function} {ordinal}").into();
        }
        label
    }

    /// A label that the program chose, with a number behind it if another task has the same.
    fn named(&mut self, name: &str) -> Text {
        let mut label: Text = name.into();
        let mut ordinal = 1;
        while !self.take(&label) {
            ordinal += 1;
            label = format!("{name} ({ordinal})").into();
        }
        label
    }
}

impl Machine {
    /// The label of a new task that begins with this frame.
    pub fn label_frame(&mut self, frame: &Frame) -> Text {
        let parameters = frame.code.signature.names.len();
        let number = frame.values[..parameters].iter().find_map(|value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        });
        self.labels.next(&frame.code.name, number)
    }

    /// The label of a new task that runs a native coroutine.
    pub fn label_native(&mut self, name: &str) -> Text {
        let name = name.rsplit('.').next().unwrap_or(name);
        self.labels.next(&name.into(), None)
    }

    /// The label of a new task that the program has named itself.
    pub fn label_named(&mut self, name: &str) -> Text {
        self.labels.named(name)
    }
}
