//! One program with its controls: what can be tuned, what is wrong with it, and its run.

mod diagnostic;
mod tunable;

pub use diagnostic::{Diagnostic, DiagnosticKind};
pub use tunable::{Tunable, TunableKind};
