//! Methods of strings.

use super::text_format::{format, format_map};
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Dict, ExceptionKind, Native, Raised, Value, raise};

/// Methods of strings.
pub static METHODS: &[Native] = &[
    Native { name: "format", call: format },
    Native { name: "encode", call: super::bytes::encode },
    Native { name: "join", call: join },
    Native { name: "format_map", call: format_map },
    Native { name: "split", call: |_, it| split(it, false) },
    Native { name: "rsplit", call: |_, it| split(it, true) },
    Native { name: "splitlines", call: split_lines },
    Native { name: "strip", call: |_, it| trim(it, true, true) },
    Native { name: "lstrip", call: |_, it| trim(it, true, false) },
    Native { name: "rstrip", call: |_, it| trim(it, false, true) },
    Native { name: "upper", call: |_, it| Ok(Value::text(uppercase(text(it)?))) },
    Native { name: "lower", call: |_, it| Ok(Value::text(lowercase(text(it)?))) },
    Native { name: "casefold", call: |_, it| Ok(Value::text(lowercase(&text(it)?.replace('ß', "ss")))) },
    Native { name: "swapcase", call: |_, it| Ok(Value::text(swap_case(text(it)?))) },
    Native { name: "title", call: |_, it| Ok(Value::text(title(text(it)?))) },
    Native { name: "capitalize", call: |_, it| Ok(Value::text(capitalize(text(it)?))) },
    Native { name: "startswith", call: |_, it| affix(it, "startswith", |text, part| text.starts_with(part)) },
    Native { name: "endswith", call: |_, it| affix(it, "endswith", |text, part| text.ends_with(part)) },
    Native {
        name: "removeprefix",
        call: |_, it| Ok(Value::text(text(it)?.strip_prefix(part(it, 1)?).unwrap_or(text(it)?))),
    },
    Native {
        name: "removesuffix",
        call: |_, it| Ok(Value::text(text(it)?.strip_suffix(part(it, 1)?).unwrap_or(text(it)?))),
    },
    Native { name: "partition", call: |_, it| partition(it, false) },
    Native { name: "rpartition", call: |_, it| partition(it, true) },
    Native { name: "replace", call: replace },
    Native { name: "find", call: |_, it| Ok(Value::Int(find(it, false)?.unwrap_or(-1))) },
    Native { name: "rfind", call: |_, it| Ok(Value::Int(find(it, true)?.unwrap_or(-1))) },
    Native { name: "index", call: |_, it| found(it, false) },
    Native { name: "rindex", call: |_, it| found(it, true) },
    Native { name: "count", call: |_, it| Ok(Value::from(places(within(it)?.0, part(it, 1)?).len())) },
    Native { name: "ljust", call: |machine, it| justify(machine, it, '<') },
    Native { name: "rjust", call: |machine, it| justify(machine, it, '>') },
    Native { name: "center", call: |machine, it| justify(machine, it, '^') },
    Native { name: "zfill", call: zfill },
    Native { name: "expandtabs", call: expand_tabs },
    Native { name: "translate", call: translate },
    Native { name: "isdigit", call: |_, it| is_all(it, |character| character.is_ascii_digit()) },
    Native { name: "isdecimal", call: |_, it| is_all(it, |character| character.is_ascii_digit()) },
    Native { name: "isnumeric", call: |_, it| is_all(it, |character| character.is_ascii_digit()) },
    Native { name: "isalpha", call: |_, it| is_all(it, is_alphabetic) },
    Native {
        name: "isalnum",
        call: |_, it| is_all(it, |character| character.is_ascii_digit() || is_alphabetic(character)),
    },
    Native { name: "isspace", call: |_, it| is_all(it, char::is_whitespace) },
    Native { name: "isascii", call: |_, it| Ok(Value::Bool(text(it)?.is_ascii())) },
    Native { name: "isprintable", call: |_, it| Ok(Value::Bool(!text(it)?.contains(char::is_control))) },
    Native { name: "isidentifier", call: is_identifier },
    Native { name: "isupper", call: |_, it| Ok(Value::Bool(is_cased(text(it)?, uppercase))) },
    Native { name: "islower", call: |_, it| Ok(Value::Bool(is_cased(text(it)?, lowercase))) },
    Native { name: "istitle", call: |_, it| Ok(Value::Bool(is_cased(text(it)?, title))) },
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
        let Value::Str(item) = &item.plain() else {
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

fn split(arguments: &Arguments<'_>, from_end: bool) -> Result<Value, Raised> {
    let [text, separator, most] = arguments.bind("split", ["self", "sep", "maxsplit"], 1)?;
    let Value::Str(text) = &text else { return Ok(Value::list(Vec::new())) };
    let most = match most {
        Value::Int(most) => usize::try_from(*most).ok(),
        _ => None,
    };
    if from_end && let Some(most) = most {
        return split_from_end(text, separator, most);
    }
    let parts = match separator {
        Value::Str(separator) if separator.is_empty() => return raise(ExceptionKind::ValueError, "empty separator"),
        Value::Str(separator) => pieces(text, separator, most),
        _ => words(text, most),
    };
    Ok(Value::list(parts.into_iter().map(Value::from).collect()))
}

/// `rsplit` with a limit: the last so many separators count.
fn split_from_end(text: &str, separator: &Value, most: usize) -> Result<Value, Raised> {
    let mut parts: Vec<Value> = Vec::new();
    let mut rest = match separator {
        Value::Str(_) => text,
        _ => text.trim_end(),
    };
    let mut has_more = true;
    while parts.len() < most && has_more {
        let cut = match separator {
            Value::Str(separator) if separator.is_empty() => {
                return raise(ExceptionKind::ValueError, "empty separator");
            }
            Value::Str(separator) => rest.rsplit_once(separator.as_str()),
            _ => rest.rsplit_once(char::is_whitespace).map(|(before, word)| (before.trim_end(), word)),
        };
        let (before, last) = cut.unwrap_or(("", rest));
        has_more = cut.is_some();
        if has_more || matches!(separator, Value::Str(_)) || !last.is_empty() {
            parts.push(Value::from(last));
        }
        rest = before;
    }
    if has_more && (matches!(separator, Value::Str(_)) || !rest.is_empty()) {
        parts.push(Value::from(rest));
    }
    parts.reverse();
    Ok(Value::list(parts))
}

fn split_lines(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [text, keeps_ends] = arguments.bind("splitlines", ["self", "keepends"], 1)?;
    let Value::Str(text) = text else { return Ok(Value::list(Vec::new())) };
    let keeps_ends = !matches!(keeps_ends, Value::Unbound) && keeps_ends.is_true();
    let mut lines = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let behind = &rest[end..];
        let width = if behind.starts_with("\r\n") { 2 } else { behind.len().min(1) };
        lines.push(Value::from(&rest[..if keeps_ends { end + width } else { end }]));
        rest = &rest[end + width..];
    }
    Ok(Value::list(lines))
}

fn partition(arguments: &Arguments<'_>, from_end: bool) -> Result<Value, Raised> {
    let (text, separator) = (text(arguments)?, part(arguments, 1)?);
    if separator.is_empty() {
        return raise(ExceptionKind::ValueError, "empty separator");
    }
    let cut = if from_end { text.rsplit_once(separator) } else { text.split_once(separator) };
    let parts = match cut {
        Some((before, behind)) => [before, separator, behind],
        None if from_end => ["", "", text],
        None => [text, "", ""],
    };
    Ok(Value::tuple(parts.into_iter().map(Value::from).collect()))
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
    let (text, _) = within(arguments)?;
    match arguments.positional.get(1) {
        Some(Value::Str(part)) => Ok(Value::Bool(has(text, part))),
        Some(Value::Tuple(parts)) => {
            Ok(Value::Bool(parts.iter().any(|part| matches!(part, Value::Str(part) if has(text, part)))))
        }
        other => {
            let given = other.map_or("nothing", Value::type_name);
            let message = format!("{name} first arg must be str or a tuple of str, not {given}");
            raise(ExceptionKind::TypeError, message)
        }
    }
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let (text, old, new) = (text(arguments)?, part(arguments, 1)?, part(arguments, 2)?);
    let named = arguments.keywords.first().map(|(_, most)| most);
    let most = match arguments.positional.get(3).or(named) {
        Some(Value::Int(most)) => usize::try_from(*most).ok(),
        _ => None,
    };
    let pieces = pieces(text, old, most);
    machine.check_size(text.len().saturating_add(pieces.len().saturating_mul(new.len())))?;
    Ok(Value::text(pieces.join(new)))
}

/// The part of the text between the boundaries that follow the first argument, and how many characters precede it.
fn within<'a>(arguments: &Arguments<'a>) -> Result<(&'a str, usize), Raised> {
    let text = text(arguments)?;
    let length = || text.chars().count() as i64;
    let boundary = |position: usize| match arguments.positional.get(position) {
        None | Some(Value::None) => Ok(None),
        Some(value) => value.whole().map(|at| {
            let at = if at < 0 { (at + length()).max(0) } else { at };
            let byte = text.char_indices().nth(at as usize).map_or(text.len(), |(byte, _)| byte);
            Some((byte, at as usize))
        }),
    };
    let (begin, skipped) = boundary(2)?.unwrap_or((0, 0));
    let end = boundary(3)?.map_or(text.len(), |(byte, _)| byte);
    Ok((text.get(begin..end).unwrap_or(""), skipped))
}

fn find(arguments: &Arguments<'_>, is_last: bool) -> Result<Option<i64>, Raised> {
    let (text, skipped) = within(arguments)?;
    let sought = part(arguments, 1)?;
    let place = if is_last { text.rfind(sought) } else { text.find(sought) };
    Ok(place.map(|place| (text[..place].chars().count() + skipped) as i64))
}

fn found(arguments: &Arguments<'_>, is_last: bool) -> Result<Value, Raised> {
    match find(arguments, is_last)? {
        Some(place) => Ok(Value::Int(place)),
        None => raise(ExceptionKind::ValueError, "substring not found"),
    }
}

fn expand_tabs(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [text, size] = arguments.bind("expandtabs", ["self", "tabsize"], 1)?;
    let Value::Str(text) = text else { return Ok(Value::None) };
    let size = if let Value::Unbound = size { 8 } else { usize::try_from(size.whole()?).unwrap_or(0).min(1000) };
    let (mut expanded, mut column) = (String::new(), 0);
    for character in text.chars() {
        match character {
            '\t' => {
                let width = if size == 0 { 0 } else { size - column % size };
                expanded.extend(std::iter::repeat_n(' ', width));
                column += width;
            }
            '\n' | '\r' => {
                expanded.push(character);
                column = 0;
            }
            other => {
                expanded.push(other);
                column += 1;
            }
        }
    }
    Ok(Value::text(expanded))
}

/// `str.maketrans`: a table for `str.translate`.
pub static MAKE_TABLE: Native = Native {
    name: "maketrans",
    call: |machine, it| {
        let table = Dict::default();
        let code = |character: char| Value::Int(i64::from(u32::from(character)));
        match it.positional {
            [Value::Dict(given)] => {
                for (key, value) in given.entries() {
                    let key = match &key {
                        Value::Str(text) => text.chars().next().map_or(Value::None, code),
                        other => other.clone(),
                    };
                    table.insert(machine, key, value)?;
                }
            }
            [Value::Str(from), Value::Str(to), rest @ ..] => {
                if from.chars().count() != to.chars().count() {
                    let message = "the first two maketrans arguments must have equal length";
                    return raise(ExceptionKind::ValueError, message);
                }
                for (from, to) in from.chars().zip(to.chars()) {
                    table.insert(machine, code(from), code(to))?;
                }
                for gone in rest {
                    for character in machine.str(gone)?.chars() {
                        table.insert(machine, code(character), Value::None)?;
                    }
                }
            }
            _ => {
                return raise(ExceptionKind::TypeError, "if you give only one argument to maketrans it must be a dict");
            }
        }
        Ok(Value::Dict(std::rc::Rc::new(table)))
    },
};

fn translate(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [text, table] = arguments.bind("translate", ["self", "table"], 2)?;
    let mut translated = String::new();
    for character in machine.str(text)?.chars() {
        let code = Value::Int(i64::from(u32::from(character)));
        match machine.item_of(table, &code) {
            Ok(Value::None) => {}
            Ok(Value::Str(text)) => translated.push_str(&text),
            Ok(Value::Int(code)) => translated.extend(u32::try_from(code).ok().and_then(char::from_u32)),
            _ => translated.push(character),
        }
    }
    Ok(Value::text(translated))
}

fn swap_case(text: &str) -> String {
    let mut swapped = String::with_capacity(text.len());
    for character in text.chars() {
        let character = String::from(character);
        let upper = uppercase(&character);
        swapped.push_str(&if upper == character { lowercase(&character) } else { upper });
    }
    swapped
}

/// Whether the text has letters, and looks as this way of writing it would make it.
fn is_cased(text: &str, written: fn(&str) -> String) -> bool {
    uppercase(text) != lowercase(text) && written(text) == text
}

fn is_identifier(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let text = text(arguments)?;
    let is_letter = |character: char| character == '_' || is_alphabetic(character);
    let rest_fits = text.chars().all(|character| is_letter(character) || character.is_ascii_digit());
    Ok(Value::Bool(text.chars().next().is_some_and(is_letter) && rest_fits))
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
