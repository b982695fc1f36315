//! One program with its controls: what can be tuned, what is wrong with it, and its run.

mod tunable;

pub use crate::python::{Diagnostic, DiagnosticKind};
pub use tunable::{Tunable, TunableKind};
