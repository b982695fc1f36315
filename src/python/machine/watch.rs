//! What the person who watches asks of a run: to stop at a step, to be looked into, and to go another way from there.

use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use super::{Frame, Machine};
use crate::event_loop;
use crate::python::modules;
use crate::python::values::{Primitive, Sync, Value, repr_within};
use crate::trace::{Callback, Event, Intervention, PrimitiveId, Runner, TaskId, Text};

/// A value is shown with no more characters than this.
const LONGEST_VALUE: usize = 120;

/// A function of a task's stack as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameState {
    /// Its name, with those of the classes and functions around it.
    pub function: Text,
    /// The line of the program where it stands.
    pub line: u32,
    /// Its variables that have a value, and what that looks like.
    pub locals: Vec<(Text, String)>,
}

/// What is asked of a run.
#[derive(Default)]
pub(super) struct Watch {
    /// What is yet to be done, and after which steps, in that order.
    interventions: VecDeque<(u32, Intervention)>,
    /// After which step it rests.
    until: Option<u32>,
    resting: bool,
    /// All primitives, as long as there are interventions to come.
    primitives: Vec<Weak<Primitive>>,
    /// The task whose result is noted.
    task: Option<TaskId>,
    result: Option<String>,
}

impl Watch {
    pub(super) fn is_resting(&self) -> bool {
        self.resting
    }

    pub(super) fn note(&mut self, primitive: &Rc<Primitive>) {
        if !self.interventions.is_empty() {
            self.primitives.push(Rc::downgrade(primitive));
        }
    }
}

impl Machine {
    /// Lets interventions happen, each after the step of its number, as a step of its own. To be called before the
    /// program begins.
    pub fn intervene(&mut self, interventions: &[(u32, Intervention)]) {
        self.watch.interventions = interventions.iter().copied().collect();
        self.rest_in_time();
    }

    /// Lets the run rest after a step, with all that happens before the next; 0 is the program's top level.
    pub fn rest_after(&mut self, step: u32) {
        self.watch.until = Some(step);
        self.watch.resting = false;
        self.rest_in_time();
    }

    /// Notes the result of this task when it returns. To be called before the program begins.
    pub fn watch_result(&mut self, task: TaskId) {
        self.watch.task = Some(task);
    }

    /// What the task returned whose result is noted.
    pub fn watched_result(&self) -> Option<&str> {
        self.watch.result.as_deref()
    }

    /// The functions of a task that is not done and does not run, innermost first.
    pub fn stack(&self, task: TaskId) -> Vec<FrameState> {
        if task.0 as usize >= self.event_loop.tasks_created() {
            return Vec::new();
        }
        let frames = self.event_loop.task_coroutine(task).map_or(&[][..], |stack| &stack.frames);
        frames.iter().rev().map(|frame| self.frame_state(frame)).collect()
    }

    pub(super) fn note_result(&mut self, task: TaskId, value: &Value) {
        if self.watch.task == Some(task) {
            self.watch.result = Some(self.brief(value));
        }
    }

    /// How many permits a semaphore has, or how much room a queue.
    pub fn capacity(&self, primitive: PrimitiveId) -> u32 {
        self.trace.borrow().latest().primitive(primitive).capacity
    }

    fn rest_in_time(&mut self) {
        let next = self.watch.interventions.front().map_or(u32::MAX, |(step, _)| *step);
        self.event_loop.rest_after(self.watch.until.unwrap_or(u32::MAX).min(next));
    }

    /// The loop rests: because that was asked for, or because an intervention is due.
    pub(super) fn intervene_or_rest(&mut self) {
        let step = self.trace.borrow().steps();
        if self.watch.until.is_some_and(|until| until <= step) {
            self.watch.resting = true;
            return;
        }
        let due = self.watch.interventions.pop_front();
        self.rest_in_time();
        let Some((_, intervention)) = due else { return };
        self.work = 0;
        self.record(Event::Step { runner: Runner::Callback(Callback::Intervention(intervention)) });
        match intervention {
            Intervention::Cancel(task) if (task.0 as usize) < self.event_loop.tasks_created() => {
                if let Some(future) = self.event_loop.task_future(task) {
                    event_loop::cancel(self, &future, None);
                }
            }
            Intervention::Cancel(_) => {}
            Intervention::Change(primitive, change) => {
                let primitive = self.watch.primitives.get(primitive.0 as usize).and_then(Weak::upgrade);
                if let Some(primitive) = primitive {
                    modules::change_primitive(self, &primitive, change);
                }
            }
        }
    }

    fn frame_state(&self, frame: &Frame) -> FrameState {
        let mut locals = Vec::new();
        for (name, value) in frame.code.local_names.iter().zip(&frame.values) {
            let shown = match value {
                Value::Cell(cell) => self.local(&cell.borrow()),
                value => self.local(value),
            };
            if let Some(shown) = shown.filter(|_| !name.is_empty()) {
                locals.push((name.clone(), shown));
            }
        }
        FrameState { function: frame.code.qualified_name.clone(), line: frame.line(), locals }
    }

    fn local(&self, value: &Value) -> Option<String> {
        if matches!(value, Value::Unbound) { None } else { Some(self.brief(value)) }
    }

    /// A value in few characters, without asking the program, whose answer could do anything.
    fn brief(&self, value: &Value) -> String {
        let text = repr_within(value, LONGEST_VALUE, &mut |value| self.own_words(value));
        let text = match value {
            Value::Primitive(primitive) => self.primitive_text(primitive, &text),
            _ => text,
        };
        match text.char_indices().nth(LONGEST_VALUE) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    }

    /// What `repr` shows of a primitive, with its name in the place of where it lives.
    fn primitive_text(&self, primitive: &Primitive, text: &str) -> String {
        let trace = self.trace.borrow();
        let name = trace.latest().primitive(primitive.id).name.as_deref().unwrap_or_default();
        let space = if name.is_empty() { "" } else { " " };
        let (_, state) = text.split_once("0x").and_then(|(_, rest)| rest.split_once(' ')).unwrap_or(("", ">"));
        let state =
            if matches!(primitive.sync, Sync::Queue(_)) { state.to_owned() } else { state.replace(['[', ']'], "") };
        [name, space, "<", primitive.class().name(), " ", &state].concat()
    }

    /// What is shown of values that would have to be asked.
    fn own_words(&self, value: &Value) -> Option<String> {
        match value {
            Value::Future(future) => {
                let trace = self.trace.borrow();
                let task = trace.latest().tasks.get(future.task()?.0 as usize)?;
                Some(format!("<Task {}>", task.label))
            }
            Value::Instance(instance) if instance.class.record().is_none() => {
                let mut text = format!("<{}", instance.class.name);
                for (name, value) in instance.attributes.entries() {
                    if text.len() > LONGEST_VALUE {
                        break;
                    }
                    let (name, value) = (crate::python::values::str(&name), repr_within(&value, 40, &mut |_| None));
                    text += &[" ", &name, "=", &value].concat();
                }
                text.push('>');
                Some(text)
            }
            _ => None,
        }
    }
}
