//! One program with its controls: what can be tuned, what is wrong with it, and its run.

mod finding;
mod highlight;
mod narration;
mod run;
mod tunable;

pub use crate::python::{Diagnostic, DiagnosticKind};
pub use finding::{Finding, FindingKind, findings};
pub use highlight::{Class, Span, highlight};
pub use narration::{Phrase, Sentence, narrate};
pub use run::{Program, Progress, Run, Settings, trace_lines};
pub use tunable::{Tunable, TunableKind, keep_ranges, tunables, with_named_value, with_value};
