//! The program from its first instruction to its end: the top level, and the event loop when `asyncio.run` asks for it.

use std::rc::Rc;

use super::execute::Flow;
use super::generator::{end_of_async_generator, end_of_generator, hand_out};
use super::{DEEPEST_CALL, Frame, LONGEST_TRACE, MOST_WORK_PER_STEP, Machine, Owner, Stack};
use crate::event_loop::{self, Future, Input, Request, Turn, gather};
use crate::python::compile::CodeKind;
use crate::python::values::{Exception, ExceptionKind, Raised, Value, raise};
use crate::trace::{Ending, Event, explain_stuck};

/// Turns of the loop that `asyncio.run` takes after the last task: it shuts down asynchronous generators and the
/// default executor, each in a task of its own. What is still scheduled runs in them.
const CLOSING_TURNS: u32 = 4;

/// Tasks that do this. They have names.
const CLOSING_TASKS: u32 = 2;

/// Whether there is more to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    More,
    Ended,
    /// It has run as many steps as it was asked for: see [`Machine::rest_after`].
    Resting,
}

/// What the program's top level can ask of the event loop.
pub enum Run {
    /// To run until the future is done, then to cancel what is left and to close: `asyncio.run`.
    Whole(Rc<Future<Machine>>),
    /// To run until the future is done: `loop.run_until_complete`.
    Until(Rc<Future<Machine>>),
    /// To run until it is stopped: `loop.run_forever`.
    Forever,
    /// To cancel what is left and to close: `asyncio.Runner.close`.
    Close,
}

/// What a run of the loop gives to the program's top level.
type Outcome = Result<Value, Raised>;

/// What the machine is at.
pub(super) enum Phase {
    /// It runs the program's top level.
    TopLevel,
    /// The loop runs.
    Running(Run),
    /// It waits for the tasks it has cancelled.
    Cancelling { all: Rc<Future<Machine>>, tasks: Vec<Rc<Future<Machine>>>, outcome: Outcome },
    /// The loop is about to close, and waits for its worker threads.
    Joining { outcome: Outcome },
    /// The loop is about to close.
    Closing { outcome: Outcome, turns: u32 },
}

/// How far a stack came.
pub(super) enum Exit {
    Returned(Value),
    Raised(Raised),
    /// A generator that was run by a native function yielded.
    Yielded(Value),
    Suspended {
        on: Request<Machine>,
        line: u32,
    },
    RunLoop,
    Paused,
}

impl Machine {
    /// Runs one turn of the event loop, or a bounded part of the program's top level or of a long step.
    pub fn advance(&mut self) -> Progress {
        if self.ending.is_none() {
            match &self.phase {
                Phase::TopLevel => self.run_top_level(),
                _ => self.run_loop(),
            }
        }
        if self.ending.is_none() && self.trace.borrow().events().len() > LONGEST_TRACE {
            self.stop(format!("it records up to {LONGEST_TRACE} events"));
        }
        let Some(ending) = self.ending.clone() else {
            return if self.watch.is_resting() { Progress::Resting } else { Progress::More };
        };
        if self.trace.borrow().ending().is_none() {
            self.tear_down(&ending);
            self.record(Event::Ended { ending });
            self.clear();
        }
        Progress::Ended
    }

    /// The line of the program that runs now.
    pub fn line(&self) -> u32 {
        self.current_line
    }

    /// Breaks the circles in which values keep each other alive.
    fn clear(&mut self) {
        self.main = Stack::default();
        self.event_loop.clear();
        self.globals.clear();
        self.forget_objects();
        self.run_requested = None;
    }

    fn run_top_level(&mut self) {
        let mut main = std::mem::take(&mut self.main);
        let exit = self.run(&mut main);
        self.main = main;
        match exit {
            Exit::Paused => {}
            Exit::RunLoop => {
                self.work = 0;
                match self.run_requested.take() {
                    None => {}
                    Some(Run::Close) => self.shut_down(Ok(Value::None)),
                    Some(run) => {
                        if let Run::Whole(future) | Run::Until(future) = &run {
                            self.event_loop.stop_when_done(future);
                        }
                        self.phase = Phase::Running(run);
                    }
                }
            }
            Exit::Raised(exception) if exception.kind == ExceptionKind::SystemExit => self.halt(Ending::Finished),
            Exit::Raised(exception) => self.fail(&exception),
            Exit::Returned(_) | Exit::Yielded(_) | Exit::Suspended { .. } => self.halt(Ending::Finished),
        }
    }

    fn run_loop(&mut self) {
        match event_loop::turn(self) {
            Turn::More if self.event_loop.is_amid_turn() => {}
            Turn::More => {
                if let Phase::Closing { turns, .. } = &mut self.phase {
                    *turns -= 1;
                    self.go_on_closing();
                }
            }
            Turn::Stopped if self.ending.is_some() => {}
            Turn::Stopped => self.stopped(),
            Turn::Stuck => {
                let explanation = explain_stuck(self.trace.borrow().latest());
                self.halt(Ending::Stuck { explanation: explanation.into() });
            }
            Turn::Resting => self.intervene_or_rest(),
            Turn::Horizon => self.halt(Ending::Horizon { until: self.event_loop.limit() }),
        }
    }

    /// What follows when the loop has stopped.
    fn stopped(&mut self) {
        match std::mem::replace(&mut self.phase, Phase::TopLevel) {
            Phase::TopLevel => {}
            Phase::Running(Run::Forever | Run::Close) => self.go_back(Ok(Value::None)),
            Phase::Running(Run::Until(future)) => {
                let outcome = self.outcome(&future);
                self.go_back(outcome);
            }
            Phase::Running(Run::Whole(future)) => {
                let outcome = self.outcome(&future);
                self.shut_down(outcome);
            }
            Phase::Cancelling { all, tasks, outcome } => {
                // Who stops the loop here fails the whole run.
                let cancelled = self.outcome(&all);
                self.report_failed_shutdown(tasks);
                self.settle(outcome.and_then(|value| cancelled.map(|_| value)));
            }
            Phase::Joining { outcome } => {
                self.phase = Phase::Closing { outcome, turns: 1 };
                self.go_on_closing();
            }
            Phase::Closing { outcome, .. } => {
                self.set_loop(None);
                self.close_loop(self.event_loop.number());
                self.go_back(outcome);
            }
        }
    }

    /// The result of the future for which the loop ran. See `BaseEventLoop.run_until_complete`.
    fn outcome(&mut self, future: &Rc<Future<Machine>>) -> Outcome {
        self.event_loop.forget_stop(future);
        let early = || raise(ExceptionKind::RuntimeError, "Event loop stopped before Future completed.");
        let result = future.result(self).unwrap_or_else(early);
        if let Err(exception) = &result {
            // In CPython the traceback now leads through functions that hold the future.
            self.garbage.futures.append(&mut exception.kept.borrow_mut());
        }
        result
    }

    /// What `asyncio.Runner.close` does: cancel what is left, wait for it, and let the loop settle.
    fn shut_down(&mut self, outcome: Outcome) {
        let left = self.event_loop.unfinished_tasks(self.event_loop.number());
        if left.is_empty() {
            self.settle(outcome);
            return;
        }
        for task in &left {
            event_loop::cancel(self, task, None);
        }
        let all = gather(self, left.clone(), true);
        self.event_loop.stop_when_done(&all);
        self.phase = Phase::Cancelling { all, tasks: left, outcome };
    }

    fn settle(&mut self, outcome: Outcome) {
        let closing = self.close_generators();
        if !closing.is_empty() {
            let all = gather(self, closing, true);
            self.event_loop.stop_when_done(&all);
            self.phase = Phase::Cancelling { all, tasks: Vec::new(), outcome };
            return;
        }
        self.event_loop.skip_task_names(CLOSING_TASKS);
        self.phase = Phase::Closing { outcome, turns: CLOSING_TURNS };
        self.go_on_closing();
    }

    /// Takes the next of the closing turns, waits for worker threads when it is time for that, or closes the loop.
    fn go_on_closing(&mut self) {
        let Phase::Closing { turns, .. } = self.phase else { return };
        let is_idle = !self.event_loop.has_work_now();
        if (turns == 1 || is_idle && turns > 0)
            && let Some(threads) = self.event_loop.join_threads()
        {
            self.event_loop.stop_when_done(&threads);
            if let Phase::Closing { outcome, .. } = std::mem::replace(&mut self.phase, Phase::TopLevel) {
                self.phase = Phase::Joining { outcome };
            }
        } else if turns == 0 || is_idle {
            self.stopped();
        }
    }

    /// Goes back to the program's top level with what the run gave.
    fn go_back(&mut self, outcome: Outcome) {
        let raised = match outcome {
            Ok(value) => {
                if let Some(frame) = self.main.frames.last_mut() {
                    frame.replace_top(value);
                }
                return;
            }
            Err(exception) => exception,
        };
        let mut main = std::mem::take(&mut self.main);
        if let Some(Exit::Raised(exception)) = self.raise_in(&mut main, raised) {
            self.fail(&exception);
        }
        self.main = main;
    }

    /// Runs a stack until it ends, has to wait, or has used up its time for now.
    pub(super) fn run(&mut self, stack: &mut Stack) -> Exit {
        self.check_memory();
        if self.ending.is_some() {
            return Exit::Paused;
        }
        if self.work > MOST_WORK_PER_STEP {
            let line = stack.next_line();
            let explanation = format!(
                "Signalbox stops here: line {line} runs on and on without an await that waits, so no other task ever \
                 gets its turn; in a real program everything would hang"
            );
            self.halt(Ending::Stopped { explanation: explanation.into(), line });
            return Exit::Paused;
        }
        loop {
            self.close_abandoned();
            if self.has_dropped() {
                self.current_line = stack.line();
                self.report_dropped();
            }
            if stack.frames.is_empty() {
                return Exit::Returned(Value::None);
            }
            let result = self.execute(stack);
            self.current_line = stack.line();
            let raised = match result {
                Ok(Flow::Call(callee)) => {
                    if stack.frames.len() < DEEPEST_CALL {
                        if stack.frames.len() == 1 {
                            self.outer_line = self.current_line;
                        }
                        stack.frames.push(callee);
                        continue;
                    }
                    let message = Value::from("maximum recursion depth exceeded");
                    Exception::new(ExceptionKind::RecursionError, vec![message])
                }
                Ok(Flow::Return(value)) => {
                    let Some(mut done) = stack.frames.pop() else { return Exit::Returned(value) };
                    if done.code.kind == CodeKind::Coroutine {
                        self.garbage.keep_circle(&done);
                        self.note_lost(&done.values);
                        done.drop_values(0);
                    }
                    if stack.frames.len() == 1 {
                        self.outer_line = 0;
                    }
                    if let Owner::Generator(generator) | Owner::AsyncGenerator(generator) = &done.owner {
                        generator.running.set(false);
                        generator.passed.replace(value.clone());
                    }
                    if let Owner::Native(native) = &done.owner {
                        match self.go_on(stack, native, Input::Value(value)) {
                            Some(exit) => return exit,
                            None => continue,
                        }
                    }
                    if let Owner::Cache(entry) = &done.owner {
                        entry.keep(self, &value);
                    }
                    let Some(receiver) = stack.frames.last_mut() else {
                        return match done.owner {
                            Owner::Generator(_) => Exit::Returned(Value::Unbound),
                            Owner::Constructor(object) => Exit::Returned(object),
                            _ => Exit::Returned(value),
                        };
                    };
                    match done.owner {
                        Owner::Caller | Owner::Cache(_) => receiver.push(value),
                        Owner::Constructor(object) => {
                            receiver.push(object);
                            if !matches!(value, Value::None) {
                                let name = value.type_name();
                                let message = format!("__init__() should return None, not '{name}'");
                                let error = Exception::new(ExceptionKind::TypeError, vec![Value::text(message)]);
                                if let Some(exit) = self.raise_in(stack, error) {
                                    return exit;
                                }
                            }
                        }
                        Owner::Awaiter | Owner::Native(_) => receiver.replace_top(value),
                        Owner::Generator(_) => end_of_generator(receiver, value),
                        Owner::AsyncGenerator(_) => {
                            if let Err(end) = end_of_async_generator(receiver)
                                && let Some(exit) = self.raise_in(stack, end)
                            {
                                return exit;
                            }
                        }
                    }
                    continue;
                }
                Ok(Flow::Throw(callee, exception)) => {
                    stack.frames.push(callee);
                    exception
                }
                // An `__await__` that is written as a generator.
                Ok(Flow::Yield(value))
                    if let Some(Frame { owner: Owner::Awaiter | Owner::Native(_), .. }) = stack.frames.last() =>
                {
                    let line = stack.line();
                    if let Some(frame) = stack.frames.last_mut() {
                        frame.push(Value::None);
                    }
                    self.work = 0;
                    return match value {
                        Value::Future(future) => Exit::Suspended { on: Request::Future(future), line },
                        value => {
                            if let Some(handed) = &mut self.handed {
                                *handed = value;
                            }
                            Exit::Suspended { on: Request::NextTurn, line }
                        }
                    };
                }
                Ok(Flow::Yield(value)) => match hand_out(stack, value) {
                    Ok(Some(value)) => return Exit::Yielded(value),
                    Ok(None) => continue,
                    Err(exception) => exception,
                },
                Ok(Flow::Suspend(on)) => {
                    self.work = 0;
                    return Exit::Suspended { on, line: stack.line() };
                }
                Ok(Flow::RunLoop) => return Exit::RunLoop,
                Ok(Flow::Pause) => return Exit::Paused,
                Err(exception) => exception,
            };
            if let Some(exit) = self.raise_in(stack, raised) {
                return exit;
            }
        }
    }
}
