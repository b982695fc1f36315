//! What happened in a run: events in order, and the state after any step, folded from them.
//!
//! The page and the command line read nothing else.

mod event;
mod json;
mod older;
mod recording;
mod snapshot;
mod stuck;
pub mod words;

pub use event::{
    Awaited, BarrierPhase, Callback, Cause, Change, Ending, Event, GatherId, GatherKind, Intent, Intervention, Outcome,
    PrimitiveId, PrimitiveKind, Runner, Stream, TaskId, Text,
};
pub use json::{json_string, write_event};
pub use older::OlderForm;
pub use recording::{Playback, Printed, Trace};
pub use snapshot::{Activity, Gather, Item, Primitive, Snapshot, Task, TaskState, Waiter};
pub use stuck::{circle, explain_stuck};
