//! `repr` of floats and strings.

use super::digits::{Layout, Style, write_float};

/// A float as `repr` and `str` write it: the fewest digits that read back as the same float (`float.__repr__`).
pub fn float_repr(value: f64) -> String {
    let digits = write_float(value.abs(), Style { layout: Layout::Repr, alternate: false, point_zero: true });
    if value.is_sign_negative() && !value.is_nan() { format!("-{digits}") } else { digits }
}

/// A string as `repr` writes it: in single quotes unless it holds single quotes alone, and with escapes for what does
/// not print (`str.__repr__`).
pub fn string_repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for character in text.chars() {
        match character {
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\\' => out.push_str("\\\\"),
            ' '..='~' => {
                if character == quote {
                    out.push('\\');
                }
                out.push(character);
            }
            _ if prints(character) => out.push(character),
            _ => out.push_str(&escaped(character)),
        }
    }
    out.push(quote);
    out
}

/// Bytes as `repr` writes them, each that is no character of ASCII that prints as an escape (`bytes.__repr__`).
pub fn bytes_repr(bytes: &[u8]) -> String {
    // As characters of Latin-1, they are escaped alike.
    let text: String = bytes.iter().map(|byte| char::from(*byte)).collect();
    let quoted = string_repr(&text);
    let mut out = String::from("b");
    for character in quoted.chars() {
        match character {
            ' '..='~' => out.push(character),
            _ => out.push_str(&escaped(character)),
        }
    }
    out
}

/// A text with everything beyond ASCII, and what does not print, as escapes: `!a`.
pub fn ascii(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        match character {
            ' '..='~' => out.push(character),
            _ => out.push_str(&escaped(character)),
        }
    }
    out
}

fn escaped(character: char) -> String {
    match character as u32 {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

/// Whether a character outside ASCII prints (`str.isprintable`). Rust's own escapes follow the same Unicode categories;
/// behind another character, it escapes a combining mark no more than Python does.
fn prints(character: char) -> bool {
    let mut buffer = [b'a'; 5];
    let end = 1 + character.encode_utf8(&mut buffer[1..]).len();
    let mut shown = std::str::from_utf8(&buffer[..end]).unwrap_or_default().escape_debug();
    shown.next();
    shown.next() == Some(character)
}
