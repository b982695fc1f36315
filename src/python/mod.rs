//! Python programs: parsed, compiled to bytecode, and run on the event loop.

mod compile;
mod diagnostic;
mod elementary;
pub mod format;
pub mod integer;
#[cfg(target_arch = "wasm32")]
pub mod letters;
mod machine;
mod modules;
mod random;
pub mod syntax;
mod values;

pub use compile::{Executable, LONGEST_PROGRAM, compile, too_deep};
pub use diagnostic::{Diagnostic, DiagnosticKind};
pub use machine::{FrameState, Machine, Progress};
