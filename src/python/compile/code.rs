//! Bytecode: what the compiler writes and the machine runs.

use std::rc::Rc;

use crate::python::values::Value;
use crate::trace::OlderForm;

/// One instruction. Values come from and go to the operand stack of the frame; "top" is its last value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    /// The first of every function: a task that is cancelled before it begins stands here.
    Begin,

    // Names and constants.
    Constant(u32),
    LoadLocal(u32),
    /// Loads a variable of the body of a class, or the global of its name where it has no value yet.
    LoadInClass {
        local: u16,
        global: u16,
    },
    StoreLocal(u32),
    DeleteLocal(u32),
    /// The local at this slot becomes a variable that inner functions share.
    MakeCell(u32),
    LoadCell(u32),
    StoreCell(u32),
    DeleteCell(u32),
    /// Pushes the shared variable itself, for a function about to be made.
    PushCell(u32),
    LoadGlobal(u32),
    StoreGlobal(u32),
    DeleteGlobal(u32),
    /// What is on top gets the name of a variable on the page, if it is a primitive or holds some.
    NamePrimitives(u32),
    /// The same with the name of an attribute, until there is a better one.
    NameAttribute(u32),

    // The stack itself.
    Pop,
    Duplicate,
    DuplicateTwo,
    /// Moves the top under the next one or two values.
    RotateTwo,
    RotateThree,

    // Operators.
    Binary(Operator),
    InPlace(Operator),
    Negative,
    Positive,
    Invert,
    Not,
    Compare(Comparison),

    // Attributes and items.
    Attribute(u32),
    StoreAttribute(u32),
    DeleteAttribute(u32),
    Subscript,
    StoreSubscript,
    DeleteSubscript,
    BuildSlice,

    // Collections.
    BuildTuple(u32),
    BuildList(u32),
    BuildSet(u32),
    BuildDict(u32),
    /// Joins strings.
    BuildString(u32),
    ListToTuple,
    /// Pops a value and adds it to the list, set or dict that lies this deep under it.
    Append(u32),
    AddToSet(u32),
    /// Pops a value and the key under it.
    AddToDict(u32),
    Extend(u32),
    UpdateSet(u32),
    UpdateDict(u32),
    Unpack(u32),
    UnpackStarred {
        before: u16,
        after: u16,
    },
    /// Pops a value, and a format specification above it if there is one, and pushes the text.
    Format {
        conversion: Conversion,
        has_specification: bool,
    },

    // Control.
    Jump(u32),
    /// A jump backwards: the place where a long step can be interrupted.
    Loop(u32),
    JumpIfFalse(u32),
    JumpIfTrue(u32),
    /// Jumps with the value still there, or pops it.
    JumpIfFalseOrPop(u32),
    JumpIfTrueOrPop(u32),
    Iterate,
    /// Pushes the next value of the iterator on top, or pops the iterator and jumps.
    Next(u32),

    // Functions.
    /// Pops as the recipe says: shared variables, keyword defaults, defaults.
    MakeFunction(u32),
    Call {
        arguments: u16,
    },
    /// The names of the last arguments are a constant.
    CallKeywords {
        arguments: u16,
        names: u16,
    },
    /// The same for something called by a name of `asyncio`, with an argument `loop`.
    CallWithLoop {
        arguments: u16,
        names: u16,
    },
    /// A list of positional and a dict of keyword arguments lie above the function.
    CallSpread,
    CallMethod {
        name: u16,
        arguments: u16,
    },
    Return,

    // Classes.
    /// Ends the body of a class with a dict of its locals.
    ReturnNamespace,
    /// Pops the dict, a dict of keywords if there are some, and the bases under it.
    MakeClass {
        name: u16,
        bases: u16,
        has_keywords: bool,
    },
    /// Pops an object, and the class under it behind which its attributes are looked up.
    MakeSuper,

    // Coroutines and generators.
    Await,
    Yield,
    /// A lock on top that is awaited for a `with`, as before Python 3.9, is replaced by a coroutine that acquires it and
    /// gives what leaving the `with` releases.
    OfferLock(OlderForm),
    /// `yield from`: pushes what the iterator on top yields, until it ends.
    YieldFrom,
    /// Takes the asynchronous generator in the first local one step on, and pushes what it yields.
    StepGenerator,

    // Exceptions.
    /// Pops an exception, or a class of exceptions.
    Raise,
    /// Pops the cause above it, too.
    RaiseFrom,
    /// Raises the exception in this local again.
    Reraise(u32),
    /// `raise` without an exception, in a function that handles none itself.
    RaiseAgain,
    /// Pops a class, or a tuple of classes, and pushes whether the exception in the local is of it.
    MatchesException(u32),
    /// Pops what an `except*` names. What matches of the exception in the local after this one goes to the local behind
    /// it, and what does not stays; pushes whether anything matches.
    TakeException(u32),
    /// Raises what the handlers of an `except*` left of the exception in this local, and what they raised.
    RaiseRest(u32),

    // `with`.
    /// Pushes what entering the context manager on top gives, or what to await for it.
    Enter {
        is_async: bool,
    },
    /// Leaves the context manager on top, with the exception in the local if there is one: puts in its place whether the
    /// exception is suppressed, or what to await to know.
    Exit {
        exception: Option<u16>,
        is_async: bool,
    },

    // `async for`.
    IterateAsync,
    /// Pushes what to await for the next value of the iterator on top.
    NextAsync,
    /// Awaits it. At the iterator's end, pops the iterator and jumps.
    AwaitNext(u32),

    // Modules.
    /// Pushes the module with this name.
    Import(u32),
}

/// Where in the program's text an instruction comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// What a traceback marks when the instruction fails: its first byte and the one behind its last.
    pub begin: u32,
    pub end: u32,
}

/// Operators of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    LeftShift,
    RightShift,
    And,
    Or,
    Xor,
}

impl Operator {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::FloorDivide => "//",
            Self::Modulo => "%",
            Self::Power => "** or pow()",
            Self::LeftShift => "<<",
            Self::RightShift => ">>",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
        }
    }
}

/// Comparisons of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Is,
    IsNot,
    In,
    NotIn,
}

/// `!s`, `!r` and `!a` in an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    None,
    Str,
    Repr,
    Ascii,
}

/// Where an exception raised between `begin` and `end` goes.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    pub begin: u32,
    pub end: u32,
    pub target: u32,
    /// How many values the operand stack keeps.
    pub depth: u32,
}

/// A stretch of code in which an exception is being handled.
#[derive(Clone, Copy, Debug)]
pub struct Handling {
    pub begin: u32,
    pub end: u32,
    /// The local that holds the exception.
    pub local: u32,
}

/// What a call of a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeKind {
    Function,
    Coroutine,
    Generator,
    AsyncGenerator,
    /// The machine's own coroutine that takes an asynchronous generator one step on.
    Step,
    /// The body of a class.
    Class,
    /// The program's top level.
    Module,
}

impl CodeKind {
    /// Whether `await` can stand in it.
    pub fn can_await(self) -> bool {
        matches!(self, Self::Coroutine | Self::AsyncGenerator)
    }
}

/// A function's parameters, whose arguments fill its first locals in this order.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    pub names: Vec<Rc<str>>,
    /// How many of `names` can be given by position only.
    pub positional_only: usize,
    /// How many of `names` can be given by position.
    pub positional: usize,
    /// How many after them can be given by keyword only.
    pub keyword_only: usize,
    /// `*args` and `**kwargs`, each in the next local.
    pub rest: bool,
    pub keyword_rest: bool,
    /// The function's docstring.
    pub documentation: Option<Rc<String>>,
    /// The first hint about a parameter's type.
    pub hint: Option<Rc<str>>,
}

/// How to make a function of a code.
#[derive(Debug)]
pub struct Recipe {
    pub code: Rc<Code>,
    pub defaults: u32,
    /// For each keyword-only parameter, whether its default lies on the stack.
    pub keyword_defaults: Vec<bool>,
    pub captured: u32,
}

/// A compiled function, or the top level of the program.
pub struct Code {
    pub name: Rc<str>,
    /// The name with those of the functions around it, as messages show it.
    pub qualified_name: Rc<str>,
    pub kind: CodeKind,
    pub signature: Signature,
    pub instructions: Vec<Instruction>,
    /// For each instruction, where it comes from.
    pub positions: Vec<Position>,
    pub constants: Vec<Value>,
    /// Names of attributes, keywords and imports.
    pub names: Vec<Rc<str>>,
    pub recipes: Vec<Recipe>,
    /// Innermost first.
    pub handlers: Vec<Handler>,
    /// Innermost first.
    pub handling: Vec<Handling>,
    /// How many locals it has, parameters included.
    pub locals: usize,
    /// The names of the locals; those the compiler made up are empty.
    pub local_names: Vec<Rc<str>>,
    /// Locals that the function shares with those around it, in the order in which they were captured.
    pub free: Vec<u32>,
    /// The line of its `def`.
    pub line: u32,
}

impl Code {
    /// The coroutine behind `async_generator.asend`, `athrow` and `aclose`: its locals are the generator, what is sent,
    /// what is thrown, and whether it closes.
    pub fn step() -> Self {
        let instructions = vec![Instruction::Begin, Instruction::StepGenerator, Instruction::Return];
        Self {
            name: "__anext__".into(),
            qualified_name: "__anext__".into(),
            kind: CodeKind::Step,
            signature: Signature::default(),
            positions: vec![Position::default(); instructions.len()],
            instructions,
            constants: Vec::new(),
            names: Vec::new(),
            recipes: Vec::new(),
            handlers: Vec::new(),
            handling: Vec::new(),
            locals: 4,
            local_names: Vec::new(),
            free: Vec::new(),
            line: 0,
        }
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "<code {} line {}>", self.name, self.line)
    }
}
