//! The two older ways to format strings: `str.format` and `%`.

use crate::python::compile::Conversion;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Exception, ExceptionKind, Raised, Value, raise};

fn text<'a>(arguments: &Arguments<'a>) -> Result<&'a str, Raised> {
    match arguments.positional.first() {
        Some(Value::Str(text)) => Ok(text),
        _ => raise(ExceptionKind::TypeError, "a method needs an object of its class"),
    }
}

/// `str.format_map`.
pub fn format_map(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, mapping] = arguments.bind("format_map", ["self", "mapping"], 2)?;
    let Value::Dict(mapping) = mapping else {
        return raise(ExceptionKind::TypeError, "format_map() argument must be a mapping");
    };
    let named = |(key, value): (Value, Value)| match key {
        Value::Str(name) => Some((name.as_str().into(), value)),
        _ => None,
    };
    let keywords: Vec<_> = mapping.entries().into_iter().filter_map(named).collect();
    format(machine, &Arguments { positional: &arguments.positional[..1], keywords: &keywords })
}

/// `"...".format(...)`: see the format string syntax in CPython's documentation of `string`.
pub fn format(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
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
            return Err(Exception::new(ExceptionKind::KeyError, vec![Value::from(first)]));
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
    let mapping = matches!(values, Value::Dict(_) | Value::Object(_) | Value::Instance(_)).then_some(values);
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
        let mut named = None;
        if let Some(mapping) = mapping
            && characters.next_if_eq(&'(').is_some()
        {
            let mut name = String::new();
            for character in characters.by_ref() {
                if character == ')' {
                    break;
                }
                name.push(character);
            }
            named = Some(machine.item_of(mapping, &Value::text(name))?);
        }
        let mut flags = String::new();
        while let Some(flag) = characters.next_if(|next| "-+ #0123456789.*".contains(*next)) {
            flags.push(flag);
        }
        let Some(kind) = characters.next() else {
            return raise(ExceptionKind::ValueError, "incomplete format");
        };
        if kind == '%' {
            out.push('%');
            continue;
        }
        // A width or precision of `*` is an argument of its own.
        while let Some(at) = flags.find('*') {
            let Some(Value::Int(number)) = given.next() else {
                return raise(ExceptionKind::TypeError, "* wants int");
            };
            flags.replace_range(at..=at, &number.to_string());
        }
        let Some(value) = named.or_else(|| given.next()) else {
            return raise(ExceptionKind::TypeError, "not enough arguments for format string");
        };
        let (value, conversion, presentation) = match (kind, value) {
            ('s', value) => (Value::text(machine.str(&value)?), Conversion::None, 's'),
            ('r', value) => (value, Conversion::Repr, 's'),
            ('a', value) => (value, Conversion::Ascii, 's'),
            ('d' | 'i', value) if value.as_float().is_none() => {
                let message = format!("%{kind} format: a real number is required, not {}", value.type_name());
                return raise(ExceptionKind::TypeError, message);
            }
            ('f' | 'F' | 'e' | 'E' | 'g' | 'G', value) if value.as_float().is_none() => {
                let message = format!("must be real number, not {}", value.type_name());
                return raise(ExceptionKind::TypeError, message);
            }
            ('d' | 'i', Value::Float(number)) => (Value::Int(number as i64), Conversion::None, 'd'),
            ('d' | 'i', value) => (value, Conversion::None, 'd'),
            ('c', text @ Value::Str(_)) => (text, Conversion::None, 's'),
            ('f' | 'F' | 'e' | 'E' | 'g' | 'G' | 'x' | 'X' | 'o' | 'c', value) => (value, Conversion::None, kind),
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
    if mapping.is_none() && given.next().is_some() {
        return raise(ExceptionKind::TypeError, "not all arguments converted during string formatting");
    }
    Ok(Value::text(out))
}
