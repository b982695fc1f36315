//! How numbers and strings are written: `repr`, and the format mini-language behind `format` and f-strings.
//!
//! CPython 3.14 decides every character, error texts included (`Python/formatter_unicode.c`, `Python/pystrtod.c`).

mod digits;
mod number;
mod repr;
mod spec;
#[cfg(test)]
mod tests;
mod text;

pub use number::{format_float, format_int};
pub use repr::{ascii, bytes_repr, float_repr, string_repr};
pub use text::format_str;

/// The exception that CPython raises for a format that cannot be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatError {
    /// The name of its class: `ValueError`, `OverflowError` or `MemoryError`.
    pub exception: &'static str,
    pub message: String,
}

impl FormatError {
    fn value(message: impl Into<String>) -> Self {
        Self { exception: "ValueError", message: message.into() }
    }

    fn overflow(message: &str) -> Self {
        Self { exception: "OverflowError", message: message.into() }
    }
}
