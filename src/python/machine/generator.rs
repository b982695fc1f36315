//! Generators: resuming them with a value or an exception, and the coroutines that step asynchronous ones.

use std::rc::{Rc, Weak};

use super::execute::Flow;
use super::{Frame, Machine, Owner, ScheduledCall, Stack};
use crate::event_loop::Future;
use crate::python::compile::{CodeKind, Instruction};
use crate::python::modules;
use crate::python::values::{Coroutine, Exception, ExceptionKind, Generator, Raised, Value, raise};

/// What an asynchronous generator is resumed with.
pub enum Step {
    Send(Value),
    Throw(Raised),
    Close,
}

/// The locals of a coroutine that steps an asynchronous generator.
mod slot {
    pub const GENERATOR: usize = 0;
    pub const SENT: usize = 1;
    pub const THROWN: usize = 2;
    pub const IS_CLOSING: usize = 3;
}

impl Machine {
    /// The frame of a generator, ready to go on with what is sent to it; `None` if it has ended.
    pub(super) fn resume_generator(&mut self, generator: &Rc<Generator>, sent: Value) -> Result<Option<Frame>, Raised> {
        if generator.running.get() {
            return raise(ExceptionKind::ValueError, "generator already executing");
        }
        let Some(mut frame) = generator.frame.take() else { return Ok(None) };
        if !frame.has_begun() {
            if !matches!(sent, Value::None) {
                generator.frame.replace(Some(frame));
                return raise(ExceptionKind::TypeError, "can't send non-None value to a just-started generator");
            }
        } else if stands_at_yield_from(&frame) {
            generator.passed.replace(sent);
        } else {
            // What `yield` itself evaluates to.
            frame.push(sent);
        }
        generator.running.set(true);
        frame.owner = Owner::Generator(generator.clone());
        Ok(Some(frame))
    }

    /// What a generator yields next when this is sent to it. See `generator.send`.
    ///
    /// # Errors
    /// What it raises; at its end `StopIteration` with what it returned.
    pub fn send(&mut self, generator: &Rc<Generator>, sent: Value) -> Result<Value, Raised> {
        match self.resume_generator(generator, sent)? {
            Some(frame) => self.yielded(generator, Stack::of(frame), None),
            None => Err(Exception::new(ExceptionKind::StopIteration, Vec::new())),
        }
    }

    /// What a generator yields when an exception is raised where it stands. See `generator.throw`.
    ///
    /// # Errors
    /// As for [`Self::send`].
    pub fn throw(&mut self, generator: &Rc<Generator>, exception: Raised) -> Result<Value, Raised> {
        if generator.running.get() {
            return raise(ExceptionKind::ValueError, "generator already executing");
        }
        let Some(mut frame) = generator.frame.take() else { return Err(exception) };
        if !frame.has_begun() {
            return Err(exception);
        }
        let mut thrown = Some(exception.clone());
        generator.running.set(true);
        if stands_at_yield_from(&frame) {
            if let Value::Generator(inner) = frame.top().clone() {
                let is_close = exception.kind == ExceptionKind::GeneratorExit;
                match if is_close { self.close(&inner) } else { self.throw(&inner, exception) } {
                    Ok(_) if is_close => {}
                    Ok(value) => {
                        generator.running.set(false);
                        generator.frame.replace(Some(frame));
                        return Ok(value);
                    }
                    Err(end) if end.kind == ExceptionKind::StopIteration => {
                        frame.replace_top(end.value());
                        thrown = None;
                    }
                    Err(other) => thrown = Some(other),
                }
            }
            // It stands behind the `yield from`.
            frame.next += 1;
        }
        frame.owner = Owner::Generator(generator.clone());
        self.yielded(generator, Stack::of(frame), thrown)
    }

    /// Ends a generator, and gives what it returns. See `generator.close`.
    ///
    /// # Errors
    /// What it raises, or `RuntimeError` if it yields.
    pub fn close(&mut self, generator: &Rc<Generator>) -> Result<Value, Raised> {
        let exit = Exception::new(ExceptionKind::GeneratorExit, Vec::new());
        match self.throw(generator, exit) {
            Ok(_) => raise(ExceptionKind::RuntimeError, "generator ignored GeneratorExit"),
            Err(end) if end.kind == ExceptionKind::StopIteration => Ok(end.value()),
            Err(end) if end.kind == ExceptionKind::GeneratorExit => Ok(Value::None),
            Err(other) => Err(other),
        }
    }

    fn yielded(&mut self, generator: &Generator, stack: Stack, thrown: Option<Raised>) -> Result<Value, Raised> {
        match self.run_stack_nested(stack, thrown)? {
            Value::Unbound => {
                let result = generator.passed.replace(Value::None);
                let arguments = if matches!(result, Value::None) { Vec::new() } else { vec![result] };
                Err(Exception::new(ExceptionKind::StopIteration, arguments))
            }
            value => Ok(value),
        }
    }

    /// A coroutine that takes an asynchronous generator one step on. See `async_generator.asend`, `athrow` and `aclose`.
    pub fn step_generator(&self, generator: &Rc<Generator>, step: Step) -> Value {
        let code = self.executable.step.clone();
        let mut values = vec![Value::None; code.locals];
        values[slot::GENERATOR] = Value::AsyncGenerator(generator.clone());
        values[slot::IS_CLOSING] = Value::Bool(matches!(step, Step::Close));
        match step {
            Step::Send(value) => values[slot::SENT] = value,
            Step::Throw(exception) => values[slot::THROWN] = Value::Exception(exception),
            Step::Close => {
                values[slot::THROWN] = Value::Exception(Exception::new(ExceptionKind::GeneratorExit, Vec::new()));
            }
        }
        let name = code.name.clone();
        let frame = Some(Frame { code, next: 0, values, owner: Owner::Caller }).into();
        Value::Coroutine(Rc::new(Coroutine { name, frame, stack: None.into(), unawaited: self.unawaited.clone() }))
    }

    /// Has a task close every asynchronous generator that nobody holds any longer. See
    /// `BaseEventLoop._asyncgen_finalizer_hook`.
    pub(super) fn close_abandoned(&mut self) {
        if self.abandoned.borrow().is_empty() {
            return;
        }
        for (name, frame) in self.abandoned.take() {
            let (frame, passed) = (Some(frame).into(), Value::None.into());
            let abandoned = Weak::new();
            let generator = Rc::new(Generator { name, frame, running: false.into(), passed, abandoned });
            let closing = self.step_generator(&generator, Step::Close);
            if let Some(function) = self.is_in_loop().then(modules::create_task).flatten() {
                self.event_loop.call_soon(ScheduledCall { function, arguments: vec![closing], context: None });
            }
        }
    }

    /// Tasks that close the asynchronous generators that have begun and not ended. See `loop.shutdown_asyncgens`.
    pub(super) fn close_generators(&mut self) -> Vec<Rc<Future<Self>>> {
        let generators = std::mem::take(&mut self.generators);
        let mut closing = Vec::new();
        for generator in generators.iter().filter_map(Weak::upgrade) {
            if generator.frame.borrow().is_some() {
                let coroutine = self.step_generator(&generator, Step::Close);
                if let Ok(Value::Future(task)) = modules::spawn(self, &coroutine) {
                    closing.push(task);
                }
            }
        }
        closing
    }

    /// Goes on with the asynchronous generator that a frame of [`Self::step_generator`] steps.
    pub(super) fn begin_step(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        let Value::AsyncGenerator(generator) = frame.values[slot::GENERATOR].clone() else { return Ok(None) };
        let thrown = match &frame.values[slot::THROWN] {
            Value::Exception(exception) => Some(exception.clone()),
            _ => None,
        };
        if generator.running.get() {
            let step = match thrown {
                None => "anext",
                Some(_) if is_closing(frame) => "aclose",
                Some(_) => "athrow",
            };
            let message = format!("{step}(): asynchronous generator is already running");
            return raise(ExceptionKind::RuntimeError, message);
        }
        let sent = frame.values[slot::SENT].clone();
        let Some(mut callee) = generator.frame.take() else {
            return match thrown {
                None => Err(Exception::new(ExceptionKind::StopAsyncIteration, Vec::new())),
                Some(_) => {
                    frame.push(Value::None);
                    Ok(None)
                }
            };
        };
        if !callee.has_begun() {
            if self.generators.len() == self.generators.capacity() {
                self.generators.retain(|generator| generator.strong_count() > 0);
            }
            self.generators.push(Rc::downgrade(&generator));
        }
        match thrown {
            Some(_) if is_closing(frame) && !callee.has_begun() => {
                frame.push(Value::None);
                return Ok(None);
            }
            Some(exception) if !callee.has_begun() => return Err(exception),
            None if !callee.has_begun() && !matches!(sent, Value::None) => {
                generator.frame.replace(Some(callee));
                let message = "can't send non-None value to a just-started async generator";
                return raise(ExceptionKind::TypeError, message);
            }
            _ => {}
        }
        generator.running.set(true);
        callee.owner = Owner::AsyncGenerator(generator);
        match thrown {
            Some(exception) => return Ok(Some(Flow::Throw(callee, exception))),
            None if callee.has_begun() => callee.push(sent),
            None => {}
        }
        Ok(Some(Flow::Call(callee)))
    }
}

/// A task that steps an asynchronous generator was cancelled before it began: the generator is told. False if the
/// stack is that of another task.
pub(super) fn throw_in_step(stack: &mut Stack, exception: &Raised) -> bool {
    match stack.frames.last_mut() {
        Some(frame) if frame.code.kind == CodeKind::Step => {
            frame.values[slot::THROWN] = Value::Exception(exception.clone());
            true
        }
        _ => false,
    }
}

/// Puts a generator that has yielded aside.
pub(super) fn put_aside(mut frame: Frame) {
    if let Owner::Generator(generator) | Owner::AsyncGenerator(generator) =
        std::mem::replace(&mut frame.owner, Owner::Caller)
    {
        generator.running.set(false);
        generator.frame.replace(Some(frame));
    }
}

/// Gives what the generator on top yields to the frame that asked for it, past all that pass it on with `yield from`.
/// The value comes back if a native function asked.
///
/// # Errors
/// `RuntimeError`, for the frame that asked, if that closes an asynchronous generator.
pub(super) fn hand_out(stack: &mut Stack, value: Value) -> Result<Option<Value>, Raised> {
    while let Some(done) = stack.frames.pop() {
        put_aside(done);
        let Some(receiver) = stack.frames.last_mut() else { break };
        match receiver.last_instruction() {
            // It yields the value in its turn, and asks for the next one when it is resumed.
            Some(Instruction::YieldFrom) => receiver.next -= 1,
            Some(Instruction::StepGenerator) if is_closing(receiver) => {
                return raise(ExceptionKind::RuntimeError, "async generator ignored GeneratorExit");
            }
            _ => {
                receiver.push(value);
                return Ok(None);
            }
        }
    }
    Ok(Some(value))
}

/// Whoever took the next value of a generator learns that there is none.
pub(super) fn end_of_generator(receiver: &mut Frame, value: Value) {
    match receiver.last_instruction() {
        Some(Instruction::Next(target)) => {
            receiver.pop();
            receiver.next = target as usize;
        }
        _ => receiver.replace_top(value),
    }
}

/// Whoever steps an asynchronous generator learns that it has ended.
///
/// # Errors
/// `StopAsyncIteration`, unless the generator is being closed.
pub(super) fn end_of_async_generator(receiver: &mut Frame) -> Result<(), Raised> {
    if !is_closing(receiver) {
        return Err(Exception::new(ExceptionKind::StopAsyncIteration, Vec::new()));
    }
    receiver.push(Value::None);
    Ok(())
}

/// Whether the exception ends what the frame waits for, in a way that it expects: an `async for`, or the closing of an
/// asynchronous generator.
pub(super) fn expects(frame: &mut Frame, exception: &Raised) -> bool {
    match (frame.last_instruction(), exception.kind) {
        (Some(Instruction::AwaitNext(target)), ExceptionKind::StopAsyncIteration) => {
            // What was awaited, and the iterator.
            frame.pop();
            frame.pop();
            frame.next = target as usize;
            true
        }
        (Some(Instruction::Next(target)), ExceptionKind::StopIteration) if let Value::Instance(_) = frame.top() => {
            frame.pop();
            frame.next = target as usize;
            true
        }
        (Some(Instruction::StepGenerator), ExceptionKind::GeneratorExit | ExceptionKind::StopAsyncIteration)
            if is_closing(frame) =>
        {
            frame.push(Value::None);
            true
        }
        _ => false,
    }
}

/// What leaves a generator that raises: its own end cannot be raised in it by hand.
pub(super) fn leaving_generator(generator: &Generator, exception: Raised, is_async: bool) -> Raised {
    generator.running.set(false);
    let sort = if is_async { "async generator" } else { "generator" };
    let message = match exception.kind {
        ExceptionKind::StopIteration => format!("{sort} raised StopIteration"),
        ExceptionKind::StopAsyncIteration if is_async => format!("{sort} raised StopAsyncIteration"),
        _ => return exception,
    };
    let replacement = Exception::new(ExceptionKind::RuntimeError, vec![Value::text(message)]);
    replacement.suppress_context.set(true);
    replacement.context.replace(Some(exception.clone()));
    replacement.cause.replace(Some(exception));
    replacement
}

fn stands_at_yield_from(frame: &Frame) -> bool {
    matches!(frame.code.instructions.get(frame.next), Some(Instruction::YieldFrom))
}

fn is_closing(frame: &Frame) -> bool {
    frame.code.kind == CodeKind::Step && frame.values[slot::IS_CLOSING].is_true()
}
