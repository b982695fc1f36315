//! From program text to bytecode.

mod assignment;
mod builder;
mod class;
mod code;
mod depth;
mod expression;
mod function;
mod guarded;
mod hints;
mod names;
mod pattern;
mod scope;
mod statement;
mod support;

use std::rc::Rc;

use ruff_python_ast::{ExprAttribute, Stmt};
use ruff_python_parser::{ParseErrorType, parse_module};
use ruff_text_size::{Ranged, TextRange, TextSize};

pub use class::{CLASS_CELL, mangled};
pub use code::{Code, CodeKind, Comparison, Conversion, Instruction, Operator, Position, Signature};
pub use depth::too_deep;

use self::builder::Builder;
pub use self::names::Names;
use self::scope::{Analysis, Scopes};
use super::diagnostic::{Diagnostic, DiagnosticKind};
use crate::order;
use crate::trace::OlderForm;

/// Programs longer than this many bytes are refused.
pub const LONGEST_PROGRAM: usize = 200_000;

/// A program, ready to be run.
#[derive(Debug)]
pub struct Executable {
    /// The name of its file, for tracebacks.
    pub file: Rc<str>,
    pub text: Rc<str>,
    /// The top level.
    pub code: Rc<Code>,
    /// The coroutine that takes an asynchronous generator one step on.
    pub step: Rc<Code>,
    /// The names of all global variables, by number.
    pub globals: Vec<Rc<str>>,
    /// Functions that the program calls in a loop or in more than one place.
    pub repeated: Names<()>,
}

/// Compiles the program of a file, or says everything that keeps it from running.
pub fn compile(text: &str, file: &str) -> Result<Executable, Vec<Diagnostic>> {
    let positions = Positions::new(text);
    let refuse = |kind, offset, message: String| {
        let (line, column) = positions.line_and_column(offset);
        vec![Diagnostic { kind, line, column, message }]
    };
    if text.len() > LONGEST_PROGRAM {
        let message = format!("this text has {} bytes; Signalbox reads up to {LONGEST_PROGRAM}", text.len());
        return Err(refuse(DiagnosticKind::Unsupported, TextSize::default(), message));
    }
    if let Some((offset, message)) = too_deep(text) {
        return Err(refuse(DiagnosticKind::Unsupported, TextSize::from(offset as u32), message.to_owned()));
    }
    let parsed = parse_module(text).map_err(|error| {
        let place = error.location.start();
        let found = text.get(place.to_usize()..).unwrap_or_default();
        // `asyncio.async(...)`, or its import.
        let message = match found.strip_prefix("async") {
            Some(rest) if rest.starts_with(['(', '\n', '\r', ',']) => OlderForm::AsyncFunction.sentence(),
            _ if text[..place.to_usize()].ends_with("\\N{") => {
                "Signalbox knows no characters by name: put the character itself here, or its number as in \\u2014"
                    .into()
            }
            _ if text[..place.to_usize()].rsplit('\n').next().is_some_and(|before| before.trim() == "print") => {
                "Missing parentheses in call to 'print'. Did you mean print(...)?".into()
            }
            _ => syntax_message(&error.error),
        };
        refuse(DiagnosticKind::Syntax, place, message)
    })?;
    let body = &parsed.syntax().body;
    let Analysis { scopes, imports, repeated, wrong } = scope::analyse(body);
    let mut compiler = Compiler {
        positions: &positions,
        scopes,
        imports,
        globals: Names::default(),
        builders: Vec::new(),
        diagnostics: Vec::new(),
        optional_imports: 0,
    };
    for (range, message) in wrong {
        compiler.reject(&range, message);
    }
    let code = compiler.module(body);
    if !compiler.diagnostics.is_empty() {
        let place = |diagnostic: &Diagnostic| u64::from(diagnostic.line) << 32 | u64::from(diagnostic.column);
        return Err(order::ordered(compiler.diagnostics, place));
    }
    let globals = compiler.globals.iter().map(|(name, ())| name.clone()).collect();
    Ok(Executable {
        file: file.into(),
        text: text.into(),
        code: Rc::new(code),
        step: Rc::new(Code::step()),
        globals,
        repeated,
    })
}

/// What is wrong, as a sentence that begins like the rest of ours: in lower case.
fn syntax_message(error: &ParseErrorType) -> String {
    let message = error.to_string();
    let begins_a_sentence = message.chars().nth(1).is_some_and(|second| second.is_ascii_lowercase());
    match message.get(..1) {
        Some(first) if begins_a_sentence => first.to_ascii_lowercase() + &message[1..],
        _ => message,
    }
}

/// Lines and columns of a text.
struct Positions<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Positions<'a> {
    fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset + 1);
        Self { text, line_starts: [0].into_iter().chain(ends).collect() }
    }

    /// The line, from 1.
    fn line(&self, offset: TextSize) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset.to_usize()) as u32
    }

    /// The line and the column in characters, both from 1.
    fn line_and_column(&self, offset: TextSize) -> (u32, u32) {
        let line = self.line(offset);
        let start = self.line_starts[line as usize - 1];
        let before = self.text.get(start..offset.to_usize()).unwrap_or_default();
        (line, before.chars().count() as u32 + 1)
    }
}

/// The compiler's state; its work is spread over the files of this folder by what is compiled.
struct Compiler<'a> {
    positions: &'a Positions<'a>,
    scopes: Scopes,
    /// Modules by the names they are imported under.
    imports: Names<Rc<str>>,
    globals: Names<()>,
    /// The functions being compiled, innermost last.
    builders: Vec<Builder<'a>>,
    diagnostics: Vec<Diagnostic>,
    /// How many statements are open in which an import may fail: `try` with `except ImportError`, and the like.
    optional_imports: u32,
}

impl<'a> Compiler<'a> {
    fn here(&mut self) -> &mut Builder<'a> {
        self.builders.last_mut().expect("the module's code is being written to the end")
    }

    fn module(&mut self, body: &'a [Stmt]) -> Code {
        let scope = self.scopes.of(TextRange::default()).clone();
        self.builders.push(Builder::new("<module>", CodeKind::Module, scope, 1, None));
        self.statements(body);
        self.return_none();
        self.builders.pop().expect("it was pushed above").finish()
    }

    /// What is emitted from here on comes from this part of the text.
    fn at(&mut self, node: &impl Ranged) {
        self.at_range(node.range());
    }

    fn at_range(&mut self, range: TextRange) {
        let line = self.positions.line(range.start());
        self.here().source = Position { line, begin: range.start().to_u32(), end: range.end().to_u32() };
    }

    /// As [`Self::at`]; but what takes an attribute on a later line than it begins on is marked from there. See
    /// `update_start_location_to_match_attr` in CPython's compiler.
    fn at_attribute(&mut self, node: &impl Ranged, attribute: &ExprAttribute) {
        let mut range = node.range();
        if self.positions.line(range.start()) != self.positions.line(attribute.end()) {
            range = attribute.attr.range();
        }
        self.at_range(range);
    }

    fn emit(&mut self, instruction: Instruction) {
        self.here().emit(instruction);
    }

    /// Notes that Signalbox does not run this.
    fn refuse(&mut self, node: &impl Ranged, message: impl AsRef<str>) {
        self.complain(DiagnosticKind::Unsupported, node.start(), message.as_ref());
    }

    /// Notes that this is not Python.
    fn reject(&mut self, node: &impl Ranged, message: impl AsRef<str>) {
        self.complain(DiagnosticKind::Syntax, node.start(), message.as_ref());
    }

    #[cold]
    #[inline(never)]
    fn complain(&mut self, kind: DiagnosticKind, offset: TextSize, message: &str) {
        let (line, column) = self.positions.line_and_column(offset);
        self.diagnostics.push(Diagnostic { kind, line, column, message: message.to_owned() });
    }
}
