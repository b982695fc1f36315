//! Python programs: parsed, compiled to bytecode, and run on the event loop.

mod diagnostic;
pub mod elementary;
pub mod format;
pub mod random;

pub use diagnostic::{Diagnostic, DiagnosticKind};
