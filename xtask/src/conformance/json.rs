//! Reads the lines of JSON that both sides answer with: one flat object of strings and whole numbers each.

use std::collections::HashMap;
use std::str::Chars;

/// The members of an object by their name, numbers as they are written. `None` where the line is something else.
pub fn members(line: &str) -> Option<HashMap<String, String>> {
    let mut rest = line.trim().strip_prefix('{')?.strip_suffix('}')?.chars();
    let mut members = HashMap::new();
    loop {
        let name = string(&mut rest)?;
        rest = rest.as_str().trim_start().strip_prefix(':')?.trim_start().chars();
        let value = if rest.as_str().starts_with('"') { string(&mut rest)? } else { number(&mut rest) };
        members.insert(name, value);
        match rest.as_str().trim_start().strip_prefix(',') {
            Some(more) => rest = more.chars(),
            None => return rest.as_str().trim_start().is_empty().then_some(members),
        }
    }
}

fn number(rest: &mut Chars) -> String {
    let text = rest.as_str();
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '-').unwrap_or(text.len());
    *rest = text[end..].chars();
    text[..end].to_owned()
}

fn string(rest: &mut Chars) -> Option<String> {
    *rest = rest.as_str().trim_start().strip_prefix('"')?.chars();
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => text.push(escaped(rest)?),
            letter => text.push(letter),
        }
    }
}

fn escaped(rest: &mut Chars) -> Option<char> {
    Some(match rest.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let first = code_unit(rest)?;
            if !(0xd800..0xdc00).contains(&first) {
                return char::from_u32(first);
            }
            // The second half of a letter beyond the first 65,536.
            *rest = rest.as_str().strip_prefix("\\u")?.chars();
            let second = code_unit(rest)?.checked_sub(0xdc00)?;
            char::from_u32(0x10000 + ((first - 0xd800) << 10) + second)?
        }
        other => other,
    })
}

fn code_unit(rest: &mut Chars) -> Option<u32> {
    let digits = rest.as_str().get(..4)?;
    *rest = rest.as_str()[4..].chars();
    u32::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_numbers_are_read() {
        let members = members(r#"{"status": 3,"stdout":"a\n\"b\" \u00e9 \ud83d\ude00\\", "stderr": ""}"#).unwrap();
        assert_eq!(members["status"], "3");
        assert_eq!(members["stdout"], "a\n\"b\" é 😀\\");
        assert_eq!(members["stderr"], "");
    }

    #[test]
    fn half_a_line_is_no_object() {
        for line in ["", "{", r#"{"a": "b"#, r#"{"a": "b\u12"}"#, r#"{"a": 1} x"#, "panicked at"] {
            assert_eq!(members(line), None, "{line}");
        }
    }
}
