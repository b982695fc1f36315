//! Python programs: parsed, compiled to bytecode, and run on the event loop.

mod diagnostic;
pub mod format;

pub use diagnostic::{Diagnostic, DiagnosticKind};
