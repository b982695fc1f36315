//! The command line.

use std::process::ExitCode;

/// Does what the command line's arguments say.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
