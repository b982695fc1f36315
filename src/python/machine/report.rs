//! What goes wrong where nobody hears of it: the event loop's exception handler, and warnings.

use std::rc::Rc;

use super::{Machine, ScheduledCall};
use crate::event_loop::{Future, Outcome};
use crate::order;
use crate::python::modules;
use crate::python::values::{Dict, Raised, Value, str};
use crate::trace::{Ending, Stream};

impl Machine {
    /// The exception handler of a loop of the program, or `None`. See `loop.get_exception_handler`.
    pub fn exception_handler(&self, event_loop: u32) -> Value {
        let found = self.exception_handlers.iter().find(|(number, _)| *number == event_loop);
        found.map_or(Value::None, |(_, handler)| handler.clone())
    }

    /// See `loop.set_exception_handler`.
    pub fn set_exception_handler(&mut self, event_loop: u32, handler: Value) {
        self.exception_handlers.retain(|(number, _)| *number != event_loop);
        if !matches!(handler, Value::None) {
            self.exception_handlers.push((event_loop, handler));
        }
    }

    /// Tells the loop's exception handler that something went wrong. See `loop.call_exception_handler`.
    pub fn call_exception_handler(&mut self, context: &Rc<Dict>) {
        let number = self.event_loop.number();
        let handler = self.exception_handler(number);
        if matches!(handler, Value::None) {
            return self.log_failure(context);
        }
        let arguments = [Value::EventLoop(number), Value::Dict(context.clone())];
        if let Err(exception) = self.call_value(&handler, &arguments) {
            let message = "Unhandled error in exception handler".to_owned();
            let details = [("context", Value::Dict(context.clone()))];
            self.log_failure(&failure(message, Some(&exception), details));
        }
    }

    /// Prints what the exception handler is told. See `loop.default_exception_handler`.
    pub fn log_failure(&mut self, context: &Dict) {
        let message = context.get_named("message").filter(Value::is_true);
        let mut text = message.map_or_else(|| "Unhandled exception in event loop".to_owned(), |message| str(&message));
        text.push('\n');
        let mut details = Vec::new();
        for (key, value) in context.entries() {
            let key = str(&key);
            if key != "message" && key != "exception" {
                details.push((key, value));
            }
        }
        for position in order::ascending(details.len(), &mut |one, other| details[one].0 < details[other].0) {
            let (key, value) = &details[position];
            let value = self.repr(value).unwrap_or_default();
            text.push_str(&format!("{key}: {value}\n"));
        }
        if let Some(Value::Exception(exception)) = context.get_named("exception") {
            text.push_str(&self.traceback(&exception));
        }
        self.print(Stream::Error, &text);
    }

    /// Whether there is something to tell.
    pub(super) fn has_dropped(&self) -> bool {
        !self.unawaited.borrow().is_empty() || self.event_loop.has_unretrieved()
    }

    /// Takes note of coroutines written in Rust that are about to be dropped and never began.
    pub(super) fn note_lost(&self, values: &[Value]) {
        for value in values {
            if let Value::NativeCoroutine(coroutine) = value
                && coroutine.is_lost()
            {
                self.unawaited.borrow_mut().push(coroutine.name.into());
            }
        }
    }

    /// Tells of what was dropped since the last call without anybody having asked what became of it.
    pub(super) fn report_dropped(&mut self) {
        if !self.unawaited.borrow().is_empty() {
            for name in self.unawaited.take() {
                self.warn_of_unawaited(&name, self.current_line);
            }
        }
        for future in self.event_loop.take_unretrieved() {
            let Some(Outcome::Exception(exception)) = future.outcome() else { continue };
            let message = format!("{} exception was never retrieved", self.future_class(&future));
            let context = failure(message, Some(&exception), [("future", Value::Future(future))]);
            self.call_exception_handler(&context);
        }
    }

    /// Warns, once for each line, that a coroutine was dropped before it began. Line 0: at the end of the program.
    pub(super) fn warn_of_unawaited(&mut self, name: &str, line: u32) {
        if self.warned.iter().any(|(other, at)| &**other == name && *at == line) {
            return;
        }
        self.warned.push((name.into(), line));
        let place = match line {
            0 => "sys:1".to_owned(),
            line => format!("{}:{line}", self.executable.file),
        };
        let mut text = format!("{place}: RuntimeWarning: coroutine '{name}' was never awaited\n");
        if line > 0 {
            let source = self.executable.text.lines().nth(line as usize - 1).unwrap_or_default();
            text.push_str(&format!("  {}\n", source.trim()));
        }
        text.push_str("RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n");
        self.print(Stream::Error, &text);
    }

    /// Tells that a callback raised, and goes on.
    pub(super) fn report_callback_failure(&mut self, call: ScheduledCall, when: Option<f64>, exception: &Raised) {
        let message = format!("Exception in callback {}", self.callback_text(&call.function));
        let handle = modules::handle_of(call, when);
        self.call_exception_handler(&failure(message, Some(exception), [("handle", handle)]));
    }

    /// Tells of tasks that failed while `asyncio.run` was cancelling what was left.
    pub(super) fn report_failed_shutdown(&mut self, tasks: Vec<Rc<Future<Self>>>) {
        for task in tasks {
            if let Some(Outcome::Exception(exception)) = task.outcome() {
                let message = "unhandled exception during asyncio.run() shutdown".to_owned();
                let context = failure(message, Some(&exception), [("task", Value::Future(task))]);
                self.call_exception_handler(&context);
            }
        }
    }

    /// Drops all that the program holds, at its end, and tells what is lost with it.
    pub(super) fn tear_down(&mut self, ending: &Ending) {
        self.current_line = 0;
        self.main.frames.clear();
        self.globals.fill(Value::Unbound);
        if !matches!(ending, Ending::Finished | Ending::Raised { .. }) {
            return;
        }
        self.report_dropped();
        // What CPython's last collection of garbage finds, in the order in which it was made.
        let mut lost = std::mem::take(&mut self.garbage.futures);
        lost.extend(self.event_loop.all_unfinished_tasks());
        let number = |future: &Rc<Future<Self>>| future.task().map_or(u64::MAX, |task| u64::from(task.0));
        for future in order::ordered(lost, number) {
            if future.is_done() {
                drop(future);
                self.report_dropped();
            } else {
                self.report_destroyed(future);
            }
        }
    }

    fn report_destroyed(&mut self, task: Rc<Future<Self>>) {
        let unawaited = task.task().and_then(|task| self.event_loop.task_coroutine(task));
        let unawaited = unawaited.and_then(|stack| stack.frames.first()).filter(|frame| !frame.has_begun());
        let unawaited = unawaited.map(|frame| frame.code.qualified_name.clone());
        let message = "Task was destroyed but it is pending!".to_owned();
        self.call_exception_handler(&failure(message, None, [("task", Value::Future(task))]));
        if let Some(name) = unawaited {
            self.warn_of_unawaited(&name, 0);
        }
    }
}

/// What an exception handler is told.
pub(super) fn failure<const N: usize>(
    message: String,
    exception: Option<&Raised>,
    details: [(&str, Value); N],
) -> Rc<Dict> {
    let context = Dict::default();
    context.set("message", Value::text(message));
    if let Some(exception) = exception {
        context.set("exception", Value::Exception(exception.clone()));
    }
    for (name, value) in details {
        context.set(name, value);
    }
    Rc::new(context)
}
