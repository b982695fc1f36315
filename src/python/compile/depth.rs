//! How deep a program is nested, as far as its letters tell: the parser, and whoever walks over what it gives, would
//! exhaust the stack.

/// What expressions within expressions may weigh.
const MOST_WEIGHT: u32 = 1000;
/// What a bracket weighs, or an operator with nothing before it: `not`, a sign, `lambda`.
const WEIGHT: u32 = 5;
/// What an operator between two expressions weighs, or what follows one: a call, an index, an attribute.
const SMALL_WEIGHT: u32 = 2;
/// As CPython's.
const DEEPEST_INDENTATION: usize = 100;

const TOO_DEEP: &str = "brackets or operators are nested too deeply here";
const TOO_INDENTED: &str = "too many levels of indentation";

/// Where in a text, in bytes, something is nested too deeply, if anything is, with a sentence.
pub fn too_deep(text: &str) -> Option<(usize, &'static str)> {
    // Whatever is a string and what is not: in a text with errors, the parser may see that otherwise.
    let mut open_in_line = 0_u32;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'(' | b'[' | b'{' => open_in_line += WEIGHT,
            b')' | b']' | b'}' => open_in_line = open_in_line.saturating_sub(WEIGHT),
            b'\n' | b'\r' => open_in_line = 0,
            _ => {}
        }
        if open_in_line > MOST_WEIGHT {
            return Some((offset, TOO_DEEP));
        }
    }
    let bytes = text.as_bytes();
    let byte_at = |offset: usize| bytes.get(offset).copied().unwrap_or(b'\n');
    let mut indentations = vec![0];
    // For each open bracket, what the expression around it weighs so far.
    let mut open: Vec<u32> = Vec::new();
    // For each open f-string, its quote and how many brackets were open before it.
    let mut templates: Vec<(&[u8], usize)> = Vec::new();
    let mut weight = 0;
    let mut follows_operand = false;
    let mut offset = 0;
    while offset < bytes.len() {
        let begin = offset;
        let byte = bytes[offset];
        offset += 1;
        let template = templates.last().filter(|(_, level)| open.len() <= *level).map(|(quote, _)| *quote);
        match byte {
            // Within the text of an f-string, its end and its fields count alone.
            b'\\' if template.is_some() => offset += 1,
            b'{' if template.is_some() && byte_at(offset) == b'{' => offset += 1,
            b'\n' | b'\r' if template.is_some_and(|quote| quote.len() == 1) => {
                templates.pop();
                offset = begin;
            }
            _ if let Some(quote) = template
                && bytes[begin..].starts_with(quote) =>
            {
                offset = begin + quote.len();
                templates.pop();
            }
            _ if template.is_some() && byte != b'{' => {}
            b'\n' | b'\r' if open.is_empty() => {
                weight = 0;
                follows_operand = false;
                let indentation = bytes[offset..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
                if !matches!(byte_at(offset + indentation), b'\n' | b'\r' | b'#') {
                    indentations.retain(|outer| *outer < indentation);
                    indentations.push(indentation);
                }
                if indentations.len() > DEEPEST_INDENTATION {
                    return Some((offset, TOO_INDENTED));
                }
            }
            // In the field of an f-string it may be part of a format.
            b'#' if templates.is_empty() => {
                offset += bytes[offset..].iter().take_while(|byte| !b"\n\r".contains(byte)).count()
            }
            // The line goes on.
            b'\\' => offset += 1,
            b'"' | b'\'' => {
                let is_triple = bytes[begin..].starts_with(&[byte; 3]);
                let quote = &bytes[begin..begin + if is_triple { 3 } else { 1 }];
                let mut prefix = bytes[..begin].iter().rev().take(2).take_while(|byte| byte.is_ascii_alphabetic());
                if prefix.any(|byte| b"fFtT".contains(byte)) {
                    templates.push((quote, open.len()));
                    offset = begin + quote.len();
                } else {
                    offset = end_of_string(bytes, begin, quote);
                }
                follows_operand = true;
            }
            b'(' | b'[' | b'{' => {
                open.push(weight);
                weight += WEIGHT;
                follows_operand = false;
            }
            b')' | b']' | b'}' => {
                weight = open.pop().unwrap_or(weight) + SMALL_WEIGHT;
                follows_operand = true;
            }
            b',' | b';' => {
                weight = open.last().map_or(0, |outer| outer + WEIGHT);
                follows_operand = false;
            }
            b'*' if byte_at(offset) == b'*' => {
                offset += 1;
                weight += WEIGHT;
                follows_operand = false;
            }
            b'+' | b'-' | b'~' | b'*' | b'/' | b'%' | b'@' | b'&' | b'|' | b'^' | b'<' | b'>' | b'.' => {
                weight += if follows_operand || byte == b'.' { SMALL_WEIGHT } else { WEIGHT };
                follows_operand = false;
            }
            b'=' | b':' | b'!' => follows_operand = false,
            _ if byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80 => {
                let is_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'_' || **byte >= 0x80;
                offset += bytes[offset..].iter().take_while(is_word).count();
                let word = &bytes[begin..offset];
                let is_prefix = [&b"not"[..], b"lambda", b"await", b"else", b"yield"].contains(&word);
                weight += if is_prefix { WEIGHT } else { 0 };
                follows_operand = !is_prefix && ![&b"and"[..], b"or", b"if", b"in", b"is", b"return"].contains(&word);
            }
            _ => {}
        }
        if weight > MOST_WEIGHT {
            return Some((begin, TOO_DEEP));
        }
    }
    None
}

/// Where the string ends that begins with a quote.
fn end_of_string(bytes: &[u8], begin: usize, quote: &[u8]) -> usize {
    let mut offset = begin + quote.len();
    while offset < bytes.len() {
        match bytes[offset] {
            b'\\' => offset += 1,
            b'\n' | b'\r' if quote.len() == 1 => return offset,
            _ if bytes[offset..].starts_with(quote) => return offset + quote.len(),
            _ => {}
        }
        offset += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_too_deep(text: &str) -> bool {
        too_deep(text).is_some()
    }

    #[test]
    fn what_is_nested_is_found() {
        for (before, after) in [
            ("(", ")"),
            ("not ", ""),
            ("-", ""),
            ("lambda: ", ""),
            ("1 if x else ", ""),
            ("2 ** ", ""),
            ("f(\n", ")"),
            ("[x, ", "]"),
            ("f'{(", ")}'"),
            ("f'{f\"{", "}\"}'"),
            ("f'{{{x}' + f(", ")"),
        ] {
            let nested = |times: usize| format!("x = {}1{}\n", before.repeat(times), after.repeat(times));
            assert!(!is_too_deep(&nested(50)), "{before}");
            assert!(is_too_deep(&nested(300)), "{before}");
        }
        assert!(is_too_deep(&format!("x = 1{}", " + 1".repeat(2000))));
        assert!(is_too_deep(&format!("print(f'{{m:{{x}}#x}}', {}1)", "lambda x=".repeat(1000))));
        assert!(is_too_deep(&format!("x{}", ".x".repeat(2000))));
        assert!(is_too_deep(&format!("f{}", "()".repeat(2000))));
        let blocks: String = (0..200).map(|level| format!("{}if 1:\n", " ".repeat(level))).collect();
        assert_eq!(too_deep(&blocks).map(|(_, sentence)| sentence), Some(TOO_INDENTED));
    }

    #[test]
    fn what_is_long_is_not_deep() {
        assert!(!is_too_deep(&format!("x = [{}]\n", "-1.5 + 2 ** 3,\n ".repeat(5000))));
        assert!(!is_too_deep(&"x = -1 + a.b(c)[d] # (((([[[[ it's\n".repeat(5000)));
        assert!(!is_too_deep(&format!(
            "print('{}')\nprint(\"\"\"{}\"\"\")\n",
            "-([".repeat(90),
            "-([\n\"'".repeat(2000)
        )));
        assert!(!is_too_deep(&format!("print(f'{}')\n", "-([,".repeat(90))));
        assert!(!is_too_deep(&"if x:\n    if y:\n        pass\n\nelse:\n  pass\n".repeat(1000)));
    }
}
