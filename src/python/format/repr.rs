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
            _ => {
                let code = character as u32;
                out.push_str(&match code {
                    0..=0xff => format!("\\x{code:02x}"),
                    0x100..=0xffff => format!("\\u{code:04x}"),
                    _ => format!("\\U{code:08x}"),
                });
            }
        }
    }
    out.push(quote);
    out
}

/// Whether a character outside ASCII prints (`str.isprintable`). Rust's own escapes follow the same Unicode categories;
/// behind another character, it escapes a combining mark no more than Python does.
fn prints(character: char) -> bool {
    let mut buffer = [b'a'; 5];
    let end = 1 + character.encode_utf8(&mut buffer[1..]).len();
    std::str::from_utf8(&buffer[..end]).is_ok_and(|pair| pair.escape_debug().nth(1) == Some(character))
}
