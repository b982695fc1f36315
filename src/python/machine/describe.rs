//! What `repr` says of tasks, futures and scheduled calls. See `asyncio.base_futures` and `asyncio.base_tasks`.

use std::rc::Rc;

use super::Machine;
use crate::event_loop::{DoneCallback, Future, Outcome, WaitsFor};
use crate::order;
use crate::python::compile::Code;
use crate::python::format::float_repr;
use crate::python::values::{Coroutine, Dict, Value, repr};
use crate::trace::TaskId;

/// Futures that wait for each other are shown this deep.
const DEEPEST: usize = 8;

/// Of what a task was made.
pub enum TaskSource {
    Function(Rc<Code>),
    /// A coroutine written in Rust, by its name.
    Native(&'static str),
}

impl Machine {
    /// The name of a future's class, as it is shown.
    pub(super) fn future_class(&self, future: &Future<Self>) -> &'static str {
        match future.task() {
            Some(_) => "Task",
            None if future.is_gather() => "_GatheringFuture",
            None => "Future",
        }
    }

    /// A future, a gather or a task as `repr` shows it.
    pub(super) fn future_text(&mut self, future: &Rc<Future<Self>>) -> String {
        self.future_within(future, 0)
    }

    fn future_within(&mut self, future: &Rc<Future<Self>>, depth: usize) -> String {
        if depth > DEEPEST {
            return "...".to_owned();
        }
        let outcome = future.outcome();
        let mut text = format!("<{} ", self.future_class(future));
        text.push_str(match &outcome {
            None if future.task().is_some_and(|task| self.event_loop.cancelling(task) > 0) => "cancelling",
            None => "pending",
            Some(Outcome::Cancelled(_)) => "cancelled",
            Some(_) => "finished",
        });
        if let Some(task) = future.task() {
            let name = repr(&Value::text(self.event_loop.task_name(task)));
            let is_over = outcome.is_some() || self.ending.is_some();
            text.push_str(&format!(" name={name} coro=<{}>", self.coroutine_text(task, is_over)));
            let waits = match self.event_loop.task_waits_for(task) {
                None => None,
                Some(WaitsFor::Pending) => Some("<Future pending cb=[Task.task_wakeup()]>".to_owned()),
                Some(WaitsFor::Cancelled) => Some("<Future cancelled>".to_owned()),
                Some(WaitsFor::Woken) => Some("<Future finished result=True>".to_owned()),
                Some(WaitsFor::Future(awaited)) => Some(self.future_within(&awaited, depth + 1)),
            };
            if let Some(waits) = waits {
                text.push_str(&format!(" wait_for={waits}"));
            }
        }
        match outcome {
            Some(Outcome::Value(value)) => {
                text.push_str(&format!(" result={}", self.short_text(&value)));
            }
            Some(Outcome::Exception(exception)) => {
                let exception = self.repr(&Value::Exception(exception)).unwrap_or_default();
                text.push_str(&format!(" exception={exception}"));
            }
            _ => {}
        }
        let callbacks = future.describe_callbacks(|callback| match callback {
            DoneCallback::Wake(_) => "Task.task_wakeup()".to_owned(),
            DoneCallback::Notify(observer) => [observer.function_name(), "()"].concat(),
            DoneCallback::Release(_) => "_release_waiter()()".to_owned(),
            DoneCallback::Call(call) => self.callback_text(&call.function),
            DoneCallback::Stop => "_run_until_complete_cb()".to_owned(),
        });
        if let Some(callbacks) = callbacks {
            text.push_str(&format!(" cb=[{callbacks}]"));
        }
        text.push('>');
        text
    }

    /// The coroutine of a task, as far as a program can ask for its name.
    pub fn coroutine_of(&self, task: TaskId) -> Value {
        let name: Rc<str> = match self.task_sources.get(task.0 as usize) {
            Some(TaskSource::Function(code)) => code.name.clone(),
            Some(TaskSource::Native(name)) => (*name).into(),
            None => return Value::None,
        };
        let unawaited = Rc::default();
        Value::Coroutine(Rc::new(Coroutine { name, frame: None.into(), stack: None.into(), unawaited }))
    }

    /// The coroutine of a task: where it stands, or where it is defined. See `asyncio.coroutines._format_coroutine`.
    fn coroutine_text(&self, task: TaskId, is_done: bool) -> String {
        let file = &self.executable.file;
        match self.task_sources.get(task.0 as usize) {
            Some(TaskSource::Function(code)) if is_done => {
                format!("{}() done, defined at {file}:{}", code.qualified_name, code.line)
            }
            Some(TaskSource::Function(code)) => {
                let suspended = self.event_loop.task_coroutine(task).and_then(|stack| stack.frames.first());
                let line = match suspended {
                    Some(frame) => frame.line(),
                    None if self.outer_line > 0 => self.outer_line,
                    None => self.current_line,
                };
                format!("{}() running at {file}:{line}", code.qualified_name)
            }
            Some(TaskSource::Native(name)) => format!("{name}() {}", if is_done { "done" } else { "running" }),
            None => String::new(),
        }
    }

    /// A function that is called for somebody else. See `asyncio.format_helpers._format_callback_source`.
    pub(super) fn callback_text(&self, function: &Value) -> String {
        let mut function = function;
        let mut calls = "()".to_owned();
        while let Value::Partial(partial) = function {
            function = &partial.function;
            calls.push_str("()");
        }
        match function {
            Value::Function(function) => {
                let code = &function.code;
                format!("{}{calls} at {}:{}", code.qualified_name, self.executable.file, code.line)
            }
            Value::Method(method) if let Value::Function(function) = &method.function => {
                [&*function.code.qualified_name, &*calls].concat()
            }
            Value::Bound(bound) => format!("{}.{}{calls}", bound.receiver.type_name(), bound.method.name),
            Value::Native(native) => [native.name, &*calls].concat(),
            other => repr(other) + &calls,
        }
    }

    /// A scheduled call as `repr` shows it. `function`: gone when it was called or cancelled.
    pub fn handle_text(&self, function: Option<&Value>, when: Option<f64>, is_cancelled: bool) -> String {
        let mut text = String::from(if when.is_some() { "<TimerHandle" } else { "<Handle" });
        if is_cancelled {
            text.push_str(" cancelled");
        }
        if let Some(when) = when {
            text.push_str(&format!(" when={}", float_repr(when)));
        }
        if let Some(function) = function {
            text.push(' ');
            text.push_str(&self.callback_text(function));
        }
        text.push('>');
        text
    }

    /// An event loop as `repr` shows it. See `BaseEventLoop.__repr__`.
    pub(super) fn loop_text(&mut self, event_loop: u32) -> String {
        let shown = |is: bool| if is { "True" } else { "False" };
        let running = shown(self.running_loop() == Some(event_loop));
        let closed = shown(self.is_closed(event_loop));
        format!("<_UnixSelectorEventLoop running={running} closed={closed} debug=False>")
    }

    /// A value in few words. See `reprlib.repr`.
    fn short_text(&mut self, value: &Value) -> String {
        const LONGEST: usize = 30;
        const MOST: usize = 6;
        let (open, items, close) = match value {
            Value::List(list) => ("[", list.items.borrow().clone(), "]"),
            Value::Tuple(items) => ("(", items.to_vec(), if items.len() == 1 { ",)" } else { ")" }),
            Value::Dict(dict) => return self.short_dict(dict),
            Value::Int(_) | Value::Float(_) | Value::Set(_) => return self.repr(value).unwrap_or_default(),
            value => {
                let text = self.repr(value).unwrap_or_default();
                let count = text.chars().count();
                if count <= LONGEST {
                    return text;
                }
                let begin = (LONGEST - 3) / 2;
                let end = LONGEST - 3 - begin;
                let head: String = text.chars().take(begin).collect();
                let tail: String = text.chars().skip(count - end).collect();
                return [&*head, "...", &*tail].concat();
            }
        };
        let mut texts: Vec<String> = items.iter().take(MOST).map(|item| self.short_text(item)).collect();
        if items.len() > MOST {
            texts.push("...".to_owned());
        }
        [open, &texts.join(", "), close].concat()
    }

    fn short_dict(&mut self, dict: &Dict) -> String {
        const MOST: usize = 4;
        let entries = dict.entries();
        let mut order: Vec<usize> = (0..entries.len()).collect();
        if entries.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
            order = order::ascending(entries.len(), &mut |one, other| match (&entries[one].0, &entries[other].0) {
                (Value::Str(one), Value::Str(other)) => one < other,
                _ => false,
            });
        }
        let mut texts = Vec::new();
        for position in order.into_iter().take(MOST) {
            let (key, value) = &entries[position];
            texts.push([self.short_text(key), ": ".to_owned(), self.short_text(value)].concat());
        }
        if entries.len() > MOST {
            texts.push("...".to_owned());
        }
        ["{", &texts.join(", "), "}"].concat()
    }
}
