//! One program with its controls: what can be tuned, what is wrong with it, and its run.

mod finding;
mod highlight;
mod inspection;
mod narration;
mod run;
mod summary;
mod tunable;

pub use crate::python::{Diagnostic, DiagnosticKind};
pub use finding::{Finding, FindingKind, findings};
pub use highlight::{Class, Span, highlight};
pub use inspection::{
    Deed, PrimitiveRecord, Subject, TaskRecord, Times, intervention_name, interventions, state_of_primitive,
    state_of_task, what_if,
};
pub use narration::{Phrase, Sentence, narrate};
pub use run::{FrameState, Program, Progress, Run, Settings, trace_lines};
pub use summary::{Link, circle_of, ending_in_short, summary};
pub use tunable::{Tunable, TunableKind, keep_ranges, tunables, with_named_value, with_value};
