//! Methods of strings, and the two older ways to format: `str.format` and `%`.

use crate::python::compile::Conversion;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Native, Raised, Value, raise, str};

/// Methods of strings.
pub static METHODS: &[Native] = &[
    Native { name: "format", call: format },
    Native { name: "encode", call: super::bytes::encode },
    Native { name: "join", call: join },
    Native { name: "split", call: split },
    Native { name: "splitlines", call: |_, it| Ok(Value::list(text(it)?.lines().map(Value::from).collect())) },
    Native { name: "strip", call: |_, it| trim(it, true, true) },
    Native { name: "lstrip", call: |_, it| trim(it, true, false) },
    Native { name: "rstrip", call: |_, it| trim(it, false, true) },
    Native { name: "upper", call: |_, it| Ok(Value::text(uppercase(text(it)?))) },
    Native { name: "lower", call: |_, it| Ok(Value::text(lowercase(text(it)?))) },
    Native { name: "title", call: |_, it| Ok(Value::text(title(text(it)?))) },
    Native { name: "capitalize", call: |_, it| Ok(Value::text(capitalize(text(it)?))) },
    Native { name: "startswith", call: |_, it| affix(it, "startswith", |text, part| text.starts_with(part)) },
    Native { name: "endswith", call: |_, it| affix(it, "endswith", |text, part| text.ends_with(part)) },
    Native { name: "replace", call: replace },
    Native { name: "find", call: find },
    Native { name: "count", call: count },
    Native { name: "ljust", call: |machine, it| justify(machine, it, '<') },
    Native { name: "rjust", call: |machine, it| justify(machine, it, '>') },
    Native { name: "center", call: |machine, it| justify(machine, it, '^') },
    Native { name: "zfill", call: zfill },
    Native { name: "isdigit", call: |_, it| is_all(it, |character| character.is_ascii_digit()) },
    Native { name: "isalpha", call: |_, it| is_all(it, is_alphabetic) },
    Native { name: "isspace", call: |_, it| is_all(it, char::is_whitespace) },
];

fn text<'a>(arguments: &Arguments<'a>) -> Result<&'a str, Raised> {
    part(arguments, 0)
}

fn part<'a>(arguments: &Arguments<'a>, position: usize) -> Result<&'a str, Raised> {
    match arguments.positional.get(position) {
        Some(Value::Str(text)) => Ok(text),
        Some(other) => raise(ExceptionKind::TypeError, format!("a string was expected, not {}", other.type_name())),
        None => raise(ExceptionKind::TypeError, "this method needs one more argument"),
    }
}

fn join(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let separator = text(arguments)?;
    let Some(iterable) = arguments.positional.get(1) else {
        return raise(ExceptionKind::TypeError, "str.join() takes exactly one argument (0 given)");
    };
    let mut joined = String::new();
    for (position, item) in machine.collect(iterable)?.iter().enumerate() {
        let Value::Str(item) = item else {
            let message = format!("sequence item {position}: expected str instance, {} found", item.type_name());
            return raise(ExceptionKind::TypeError, message);
        };
        if position > 0 {
            joined.push_str(separator);
        }
        joined.push_str(item);
    }
    Ok(Value::text(joined))
}

fn split(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [text, separator, most] = arguments.bind("split", ["self", "sep", "maxsplit"], 1)?;
    let Value::Str(text) = &text else { return Ok(Value::list(Vec::new())) };
    let most = match most {
        Value::Int(most) => usize::try_from(*most).ok(),
        _ => None,
    };
    let parts = match separator {
        Value::Str(separator) if separator.is_empty() => return raise(ExceptionKind::ValueError, "empty separator"),
        Value::Str(separator) => pieces(text, separator, most),
        _ => words(text, most),
    };
    Ok(Value::list(parts.into_iter().map(Value::from).collect()))
}

/// Where the text contains another one, in bytes.
fn places(text: &str, sought: &str) -> Vec<usize> {
    text.match_indices(sought).map(|(place, _)| place).collect()
}

/// What stands between the separators, the first so many of which count.
fn pieces<'a>(text: &'a str, separator: &str, most: Option<usize>) -> Vec<&'a str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    for place in places(text, separator).into_iter().take(most.unwrap_or(usize::MAX)) {
        pieces.push(&text[begin..place]);
        begin = place + separator.len();
    }
    pieces.push(&text[begin..]);
    pieces
}

/// What stands between blanks; what follows so many words stays together.
fn words(text: &str, most: Option<usize>) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).filter(|_| Some(words.len()) != most).unwrap_or(rest.len());
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

fn trim(arguments: &Arguments<'_>, at_start: bool, at_end: bool) -> Result<Value, Raised> {
    let mut text = text(arguments)?;
    let removed: Option<Vec<char>> = match arguments.positional.get(1) {
        Some(Value::Str(characters)) => Some(characters.chars().collect()),
        _ => None,
    };
    let is_removed = |character: char| match &removed {
        Some(removed) => removed.contains(&character),
        None => character.is_whitespace(),
    };
    if at_start {
        text = text.trim_start_matches(is_removed);
    }
    if at_end {
        text = text.trim_end_matches(is_removed);
    }
    Ok(Value::text(text))
}

/// The first letter large, all others small.
fn capitalize(text: &str) -> String {
    match text.chars().next() {
        Some(first) => uppercase(&text[..first.len_utf8()]) + &lowercase(&text[first.len_utf8()..]),
        None => String::new(),
    }
}

/// The first letter of every word large, all others small.
fn title(text: &str) -> String {
    text.split_inclusive(|character: char| !is_alphabetic(character)).map(capitalize).collect()
}

#[cfg(not(target_arch = "wasm32"))]
fn uppercase(text: &str) -> String {
    text.to_uppercase()
}

#[cfg(not(target_arch = "wasm32"))]
fn lowercase(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(target_arch = "wasm32"))]
fn is_alphabetic(character: char) -> bool {
    character.is_alphabetic()
}

// The browser has the tables of Unicode's letters already: another copy would be 10 KB to download.
#[cfg(target_arch = "wasm32")]
fn uppercase(text: &str) -> String {
    js_sys::JsString::from(text).to_upper_case().into()
}

#[cfg(target_arch = "wasm32")]
fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

#[cfg(target_arch = "wasm32")]
fn is_alphabetic(character: char) -> bool {
    use crate::python::letters::has_property;
    character.is_ascii_alphabetic() || !character.is_ascii() && has_property(character, "Alphabetic")
}

fn affix(arguments: &Arguments<'_>, name: &str, has: fn(&str, &str) -> bool) -> Result<Value, Raised> {
    let text = text(arguments)?;
    match arguments.positional.get(1) {
        Some(Value::Str(part)) => Ok(Value::Bool(has(text, part))),
        Some(Value::Tuple(parts)) => {
            Ok(Value::Bool(parts.iter().any(|part| matches!(part, Value::Str(part) if has(text, part)))))
        }
        _ => raise(ExceptionKind::TypeError, format!("{name} first arg must be str or a tuple of str")),
    }
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (text, old, new) = (text(arguments)?, part(arguments, 1)?, part(arguments, 2)?);
    let most = match arguments.positional.get(3) {
        Some(Value::Int(most)) => usize::try_from(*most).ok(),
        _ => None,
    };
    let pieces = pieces(text, old, most);
    machine.check_size(text.len().saturating_add(pieces.len().saturating_mul(new.len())))?;
    Ok(Value::text(pieces.join(new)))
}

fn find(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (text, sought) = (text(arguments)?, part(arguments, 1)?);
    let position = places(text, sought).first().map(|place| text[..*place].chars().count() as i64);
    Ok(Value::Int(position.unwrap_or(-1)))
}

fn count(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    Ok(Value::from(places(text(arguments)?, part(arguments, 1)?).len()))
}

fn justify(machine: &mut Machine, arguments: &Arguments<'_>, align: char) -> Result<Value, Raised> {
    let (text, Some(Value::Int(width))) = (text(arguments)?, arguments.positional.get(1)) else {
        return raise(ExceptionKind::TypeError, "a width was expected");
    };
    let width = usize::try_from(*width).unwrap_or(0);
    machine.check_size(width)?;
    let fill = part(arguments, 2).ok().and_then(|fill| fill.chars().next()).unwrap_or(' ');
    let missing = width.saturating_sub(text.chars().count());
    // CPython puts the odd blank of `center` to the left when the width is odd, too.
    let before = match align {
        '<' => 0,
        '>' => missing,
        _ => missing / 2 + (missing & width & 1),
    };
    let blanks = |count: usize| std::iter::repeat_n(fill, count).collect::<String>();
    Ok(Value::text(format!("{}{text}{}", blanks(before), blanks(missing - before))))
}

fn zfill(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (text, Some(Value::Int(width))) = (text(arguments)?, arguments.positional.get(1)) else {
        return raise(ExceptionKind::TypeError, "a width was expected");
    };
    let width = usize::try_from(*width).unwrap_or(0);
    machine.check_size(width)?;
    let sign = usize::from(text.starts_with(['+', '-']));
    let zeros = "0".repeat(width.saturating_sub(text.chars().count()));
    Ok(Value::text(format!("{}{zeros}{}", &text[..sign], &text[sign..])))
}

fn is_all(arguments: &Arguments<'_>, test: fn(char) -> bool) -> Result<Value, Raised> {
    let text = text(arguments)?;
    Ok(Value::Bool(!text.is_empty() && text.chars().all(test)))
}

/// `"...".format(...)`: see the format string syntax in CPython's documentation of `string`.
fn format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let template = text(arguments)?;
    let given = Arguments { positional: &arguments.positional[1..], keywords: arguments.keywords };
    let mut next = 0;
    format_fields(machine, template, &given, &mut next, 0).map(Value::text)
}

fn format_fields(
    machine: &mut Machine,
    template: &str,
    arguments: &Arguments<'_>,
    next: &mut usize,
    depth: usize,
) -> Result<String, Raised> {
    if depth > 2 {
        return raise(ExceptionKind::ValueError, "Max string recursion exceeded");
    }
    let mut out = String::new();
    let mut rest = template;
    while let Some(offset) = rest.find(['{', '}']) {
        out.push_str(&rest[..offset]);
        let bracket = &rest[offset..=offset];
        rest = &rest[offset + 1..];
        if rest.starts_with(bracket) {
            out.push_str(bracket);
            rest = &rest[1..];
            continue;
        }
        if bracket == "}" {
            return raise(ExceptionKind::ValueError, "Single '}' encountered in format string");
        }
        let Some(end) = closing(rest) else {
            return raise(ExceptionKind::ValueError, "expected '}' before end of string");
        };
        out.push_str(&format_field(machine, &rest[..end], arguments, next, depth)?);
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Where the replacement field that begins here ends.
fn closing(rest: &str) -> Option<usize> {
    let mut depth = 0;
    for (offset, byte) in rest.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(offset),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn format_field(
    machine: &mut Machine,
    field: &str,
    arguments: &Arguments<'_>,
    next: &mut usize,
    depth: usize,
) -> Result<String, Raised> {
    let (head, specification) = field.split_once(':').unwrap_or((field, ""));
    let (name, conversion) = match head.split_once('!') {
        Some((name, "r")) => (name, Conversion::Repr),
        Some((name, "a")) => (name, Conversion::Ascii),
        Some((name, _)) => (name, Conversion::Str),
        None => (head, Conversion::None),
    };
    let first_end = name.find(['.', '[']).unwrap_or(name.len());
    let (first, path) = name.split_at(first_end);
    let position = if first.is_empty() {
        *next += 1;
        Some(*next - 1)
    } else {
        first.parse().ok()
    };
    let found = match position {
        Some(position) => arguments.positional.get(position).cloned(),
        None => arguments.keywords.iter().find(|(key, _)| &**key == first).map(|(_, value)| value.clone()),
    };
    let mut value = match (found, position) {
        (Some(value), _) => value,
        (None, Some(position)) => {
            let message = format!("Replacement index {position} out of range for positional args tuple");
            return raise(ExceptionKind::IndexError, message);
        }
        (None, None) => {
            return Err(crate::python::values::Exception::new(ExceptionKind::KeyError, vec![Value::from(first)]));
        }
    };
    let mut path = path;
    while !path.is_empty() {
        if let Some(rest) = path.strip_prefix('.') {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            value = machine.attribute_of(&value, &rest[..end])?;
            path = &rest[end..];
        } else {
            let end = path.find(']').unwrap_or(path.len() - 1);
            let index = &path[1..end];
            let index = index.parse().map_or_else(|_| Value::from(index), Value::Int);
            value = machine.item_of(&value, &index)?;
            path = &path[end + 1..];
        }
    }
    let specification = format_fields(machine, specification, arguments, next, depth + 1)?;
    machine.format(&value, conversion, Some(&Value::text(specification)))
}

/// `"..." % values`.
pub fn percent_format(machine: &mut Machine, template: &str, values: &Value) -> Result<Value, Raised> {
    let mut given = match values {
        Value::Tuple(values) => values.to_vec(),
        other => vec![other.clone()],
    }
    .into_iter();
    let mut out = String::new();
    let mut characters = template.chars().peekable();
    while let Some(character) = characters.next() {
        if character != '%' {
            out.push(character);
            continue;
        }
        let mut flags = String::new();
        while let Some(flag) = characters.next_if(|next| "-+ #0123456789.".contains(*next)) {
            flags.push(flag);
        }
        let Some(kind) = characters.next() else {
            return raise(ExceptionKind::ValueError, "incomplete format");
        };
        if kind == '%' {
            out.push('%');
            continue;
        }
        let Some(value) = given.next() else {
            return raise(ExceptionKind::TypeError, "not enough arguments for format string");
        };
        let (value, conversion, presentation) = match (kind, value) {
            ('s', value) => (Value::text(str(&value)), Conversion::None, 's'),
            ('r', value) => (value, Conversion::Repr, 's'),
            ('d' | 'i', Value::Float(number)) => (Value::Int(number as i64), Conversion::None, 'd'),
            ('d' | 'i', value) => (value, Conversion::None, 'd'),
            ('f' | 'e' | 'g' | 'x' | 'X' | 'o' | 'c', value) => (value, Conversion::None, kind),
            _ => return raise(ExceptionKind::ValueError, format!("unsupported format character '{kind}'")),
        };
        // `%-5s` aligns to the left, `%5s` to the right: the opposite of what `format` does with texts.
        let specification = match (flags.strip_prefix('-'), presentation) {
            (Some(rest), _) => format!("<{rest}{presentation}"),
            (None, 's') => format!(">{flags}s"),
            (None, _) => format!("{flags}{presentation}"),
        };
        out.push_str(&machine.format(&value, conversion, Some(&Value::text(specification)))?);
    }
    if given.next().is_some() && matches!(values, Value::Tuple(_)) {
        return raise(ExceptionKind::TypeError, "not all arguments converted during string formatting");
    }
    Ok(Value::text(out))
}
