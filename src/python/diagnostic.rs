//! Why a text is not a program that can be run.

use std::fmt;

/// A place in the program's text, and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub kind: DiagnosticKind,
    /// From 1.
    pub line: u32,
    /// In characters, from 1.
    pub column: u32,
    /// A sentence for the person who wrote the program, without a full stop.
    pub message: String,
}

/// What a [`Diagnostic`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiagnosticKind {
    /// The text is not Python.
    Syntax,
    /// It is Python, but with something that Signalbox does not run.
    Unsupported,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}: {}", self.line, self.column, self.message)
    }
}
