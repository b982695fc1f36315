//! Frames: functions of the program under way.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::compile::{Code, Instruction, Position};
use crate::python::modules::CacheEntry;
use crate::python::values::{Generator, NativeCoroutine, Value};

/// A call under way. It can be put aside and looked at at any moment.
pub struct Frame {
    pub code: Rc<Code>,
    /// The instruction to run next.
    pub next: usize,
    /// The locals, then the operand stack.
    pub values: Vec<Value>,
    pub owner: Owner,
}

/// To whom a frame gives its result.
pub enum Owner {
    /// The frame that called it, which goes on with the result on its stack.
    Caller,
    /// The frame that called its class, which goes on with this object on its stack.
    Constructor(Value),
    /// The frame that called it, by way of a cache that keeps its result.
    Cache(CacheEntry),
    /// The frame that awaits it, whose awaited coroutine the result replaces.
    Awaiter,
    /// The native coroutine that awaits it, which the frame below awaits in its turn.
    Native(Rc<NativeCoroutine>),
    /// The generator it came from, for whoever took the next value.
    Generator(Rc<Generator>),
    /// The asynchronous generator it came from, for the frame that steps it.
    AsyncGenerator(Rc<Generator>),
}

impl Frame {
    /// The line it stands at.
    pub fn line(&self) -> u32 {
        self.position().line
    }

    /// The part of the text it stands at.
    pub fn position(&self) -> Position {
        let last = self.next.saturating_sub(1);
        let begin = Position { line: self.code.line, ..Position::default() };
        self.code.positions.get(last).copied().unwrap_or(begin)
    }

    /// Whether it has begun.
    pub fn has_begun(&self) -> bool {
        self.next > 0
    }

    /// The instruction it ran last.
    pub fn last_instruction(&self) -> Option<Instruction> {
        self.next.checked_sub(1).map(|last| self.code.instructions[last])
    }

    /// Drops the values past the first `kept`, the last first, as CPython unwinds its stack: of two generators that are
    /// abandoned, the inner one is closed first.
    pub fn drop_values(&mut self, kept: usize) {
        while self.values.len() > kept {
            self.values.pop();
        }
    }

    pub fn push(&mut self, value: Value) {
        self.values.push(value);
    }

    /// The top of the operand stack.
    pub fn pop(&mut self) -> Value {
        self.values.pop().unwrap_or(Value::Unbound)
    }

    /// Replaces the top of the operand stack.
    pub fn replace_top(&mut self, value: Value) {
        if let Some(top) = self.values.last_mut() {
            *top = value;
        }
    }

    /// The top of the operand stack, still there.
    pub fn top(&self) -> &Value {
        self.values.last().unwrap_or(&Value::Unbound)
    }
}

/// Frames that run on top of each other: what a task, or the program's top level, consists of.
#[derive(Default)]
pub struct Stack {
    pub frames: Vec<Frame>,
    /// Beneath all frames may be a native coroutine, as in `create_task(queue.get())`.
    pub native: Option<Rc<NativeCoroutine>>,
    /// The values of context variables, while it does not run. The program may hold them, too.
    pub context: Rc<RefCell<Context>>,
}

/// The values of context variables (`contextvars.ContextVar`), each with its variable.
pub type Context = Option<Rc<Vec<(Value, Value)>>>;

impl Stack {
    /// A stack of one frame.
    pub fn of(frame: Frame) -> Self {
        Self { frames: vec![frame], ..Self::default() }
    }

    /// The native coroutine that it awaits, if it does.
    pub fn awaited_native(&self) -> Option<&Rc<NativeCoroutine>> {
        match self.frames.last() {
            None => self.native.as_ref(),
            Some(frame) => match (frame.last_instruction(), frame.top()) {
                (
                    Some(Instruction::Await | Instruction::AwaitNext(_) | Instruction::YieldFrom),
                    Value::NativeCoroutine(native),
                ) => Some(native),
                _ => None,
            },
        }
    }

    /// The line that its innermost frame runs next.
    pub fn next_line(&self) -> u32 {
        self.frames.last().and_then(|frame| frame.code.positions.get(frame.next)).map_or(0, |position| position.line)
    }

    /// The line of its innermost frame.
    pub fn line(&self) -> u32 {
        self.frames.last().map_or(0, Frame::line)
    }
}
