//! The code of one function while it is being written.

use std::rc::Rc;

use ruff_python_ast::Stmt;

use super::code::{Code, CodeKind, Handler, Handling, Instruction, Position, Recipe, Signature};
use super::names::Names;
use super::scope::Scope;
use crate::python::values::Value;

/// A place in the code to jump to, known once it is reached.
#[derive(Clone, Copy, Debug)]
pub struct Label(usize);

/// What encloses the statement being compiled, and must be dealt with when control leaves it early.
pub enum Block<'a> {
    Loop {
        repeat: Label,
        end: Label,
        /// The iterator of a `for` lies on the stack.
        has_iterator: bool,
    },
    /// An exception goes to the handlers of a `try`; nothing else needs care.
    Try {
        guard: Guard,
    },
    Finally {
        guard: Guard,
        body: &'a [Stmt],
    },
    /// The context manager lies on the stack.
    With {
        guard: Guard,
        is_async: bool,
        /// The context manager in the text.
        source: Position,
    },
    /// An exception is being handled, and lies in this local.
    Handler {
        local: u32,
        /// Of `except*`, which `return`, `break` and `continue` may not leave.
        is_star: bool,
    },
    /// The value of a `return` lies on the stack while `finally` runs.
    PendingReturn,
}

impl Block<'_> {
    /// Whether it is the body of an `except*`.
    pub fn is_star_handler(&self) -> bool {
        matches!(self, Self::Handler { is_star: true, .. })
    }

    /// The guard that is up while control is inside.
    pub fn guard(&mut self) -> Option<&mut Guard> {
        match self {
            Self::Try { guard } | Self::Finally { guard, .. } | Self::With { guard, .. } => Some(guard),
            _ => None,
        }
    }
}

/// A stretch of code whose exceptions go to one place.
#[derive(Clone, Copy, Debug)]
pub struct Guard {
    pub target: Label,
    pub depth: u32,
    begin: usize,
}

/// Where a name lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Local(u32),
    Cell(u32),
    Global,
}

/// The code of one function while it is being written.
pub struct Builder<'a> {
    pub name: Rc<str>,
    pub qualified_name: Rc<str>,
    pub kind: CodeKind,
    pub signature: Signature,
    pub line: u32,
    pub scope: Scope,
    /// Comprehensions that are open, with the places of the names they bind.
    pub comprehensions: Vec<Names<Place>>,
    pub places: Names<Place>,
    pub blocks: Vec<Block<'a>>,
    /// Values that lie on the stack between statements: iterators and context managers.
    pub pinned: u32,
    /// Where the instructions to come are from.
    pub source: Position,
    pub free: Vec<u32>,
    pub recipes: Vec<Recipe>,
    /// Annotated variables of a class, with the text of their annotations.
    pub annotations: Vec<(Rc<str>, String)>,
    instructions: Vec<Instruction>,
    positions: Vec<Position>,
    constants: Vec<Value>,
    names: Vec<Rc<str>>,
    handlers: Vec<Handler>,
    handling: Vec<Handling>,
    local_names: Vec<Rc<str>>,
    /// Instruction number by label.
    labels: Vec<Option<u32>>,
}

impl<'a> Builder<'a> {
    /// `around` is the function in which this one is defined.
    pub fn new(name: &str, kind: CodeKind, scope: Scope, line: u32, around: Option<&Self>) -> Self {
        let qualified_name = match around {
            Some(around) if around.kind == CodeKind::Class => format!("{}.{name}", around.qualified_name).into(),
            Some(around) if around.kind != CodeKind::Module => {
                format!("{}.<locals>.{name}", around.qualified_name).into()
            }
            _ => name.into(),
        };
        let mut builder = Self {
            name: name.into(),
            qualified_name,
            kind,
            signature: Signature::default(),
            line,
            scope,
            comprehensions: Vec::new(),
            places: Names::default(),
            blocks: Vec::new(),
            pinned: 0,
            source: Position { line, ..Position::default() },
            free: Vec::new(),
            recipes: Vec::new(),
            annotations: Vec::new(),
            instructions: Vec::new(),
            positions: Vec::new(),
            constants: Vec::new(),
            names: Vec::new(),
            handlers: Vec::new(),
            handling: Vec::new(),
            local_names: Vec::new(),
            labels: Vec::new(),
        };
        builder.emit(Instruction::Begin);
        builder
    }

    pub fn emit(&mut self, instruction: Instruction) {
        self.instructions.push(instruction);
        self.positions.push(self.source);
    }

    /// A local that the program has no name for.
    pub fn new_local(&mut self, name: &str) -> u32 {
        self.local_names.push(name.into());
        self.local_names.len() as u32 - 1
    }

    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        Label(self.labels.len() - 1)
    }

    /// The label stands here.
    pub fn place(&mut self, label: Label) {
        self.labels[label.0] = Some(self.instructions.len() as u32);
    }

    /// A jump, given the instruction's constructor. Labels are resolved when the code is finished.
    pub fn jump(&mut self, instruction: fn(u32) -> Instruction, label: Label) {
        self.emit(instruction(label.0 as u32));
    }

    pub fn constant(&mut self, value: Value) {
        let position = self.constant_position(value);
        self.emit(Instruction::Constant(position));
    }

    pub fn constant_position(&mut self, value: Value) -> u32 {
        let same = |other: &Value| value.class() == other.class() && value.is(other);
        let found = self.constants.iter().rposition(same);
        found.unwrap_or_else(|| {
            self.constants.push(value);
            self.constants.len() - 1
        }) as u32
    }

    pub fn name(&mut self, name: &str) -> u32 {
        let found = self.names.iter().position(|other| &**other == name);
        found.unwrap_or_else(|| {
            self.names.push(name.into());
            self.names.len() - 1
        }) as u32
    }

    /// From here on, exceptions go to `target` with what lies on the stack now.
    pub fn guard(&self, target: Label) -> Guard {
        Guard { target, depth: self.pinned, begin: self.instructions.len() }
    }

    /// Up to here, exceptions went to the guard's target.
    pub fn unguard(&mut self, guard: Guard) {
        let (begin, end) = (guard.begin as u32, self.instructions.len() as u32);
        if begin < end {
            self.handlers.push(Handler { begin, end, target: guard.target.0 as u32, depth: guard.depth });
        }
    }

    /// Guards of all blocks from `depth` on are up again from here.
    pub fn reguard(&mut self, depth: usize) {
        let begin = self.instructions.len();
        for block in &mut self.blocks[depth..] {
            if let Some(guard) = block.guard() {
                guard.begin = begin;
            }
        }
    }

    /// Where the code stands now.
    pub fn position(&self) -> u32 {
        self.instructions.len() as u32
    }

    /// Between `begin` and here, the exception in this local was being handled.
    pub fn handled(&mut self, begin: u32, local: u32) {
        self.handling.push(Handling { begin, end: self.position(), local });
    }

    /// The code, with all jumps resolved.
    pub fn finish(mut self) -> Code {
        let labels = &self.labels;
        let resolve = |label: &mut u32| *label = labels[*label as usize].unwrap_or_default();
        for instruction in &mut self.instructions {
            match instruction {
                Instruction::Jump(label)
                | Instruction::Loop(label)
                | Instruction::JumpIfFalse(label)
                | Instruction::JumpIfTrue(label)
                | Instruction::JumpIfFalseOrPop(label)
                | Instruction::JumpIfTrueOrPop(label)
                | Instruction::Next(label)
                | Instruction::AwaitNext(label) => resolve(label),
                _ => {}
            }
        }
        for handler in &mut self.handlers {
            resolve(&mut handler.target);
        }
        Code {
            name: self.name,
            qualified_name: self.qualified_name,
            kind: self.kind,
            signature: self.signature,
            instructions: self.instructions,
            positions: self.positions,
            constants: self.constants,
            names: self.names,
            recipes: self.recipes,
            handlers: self.handlers,
            handling: self.handling,
            locals: self.local_names.len(),
            local_names: self.local_names,
            free: self.free,
            line: self.line,
        }
    }
}
