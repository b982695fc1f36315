//! Strings in the format mini-language.

use super::FormatError;
use super::spec::{Spec, Type};

/// `format(text, spec)` for a string (`str.__format__`).
pub fn format_str(text: &str, spec: &str) -> Result<String, FormatError> {
    if spec.is_empty() {
        return Ok(text.to_owned());
    }
    let spec = Spec::parse(spec, Type::Str)?;
    if !matches!(spec.presentation, None | Some('s')) {
        return Err(spec.unknown_presentation(Type::Str));
    }
    let refused = if spec.sign == Some(' ') {
        "Space not allowed"
    } else if spec.sign.is_some() {
        "Sign not allowed"
    } else if spec.no_negative_zero {
        "Negative zero coercion (z) not allowed"
    } else if spec.alternate {
        "Alternate form (#) not allowed"
    } else if spec.align == '=' {
        "'=' alignment not allowed"
    } else {
        ""
    };
    if !refused.is_empty() {
        return Err(FormatError::value(format!("{refused} in string format specifier")));
    }
    let end = spec.precision.and_then(|precision| text.char_indices().nth(precision));
    let text = end.map_or(text, |(end, _)| &text[..end]);
    let mut out = String::new();
    spec.pad(text.chars().count(), &mut out, |out| out.push_str(text));
    Ok(out)
}
