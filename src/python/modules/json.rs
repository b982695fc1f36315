//! `json`, between values and text.

use crate::python::format::float_repr;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, Dict, ExceptionKind, Native, Raised, Value, raise};

/// Deeper nesting than this is refused: it would exhaust the stack.
const DEEPEST: usize = 200;

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[Native { name: "dumps", call: dump }, Native { name: "loads", call: load }];
    match name {
        "JSONDecodeError" => Some(Value::Class(Class::Exception(ExceptionKind::JSONDecodeError))),
        _ => super::function(FUNCTIONS, name),
    }
}

struct Writer<'a> {
    out: String,
    /// What stands for one level of nesting, if each entry has a line of its own.
    indent: Option<String>,
    between_items: String,
    behind_key: String,
    sorts_keys: bool,
    is_ascii: bool,
    default: &'a Value,
}

fn dump(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let names = ["obj", "indent", "separators", "sort_keys", "ensure_ascii", "default", "skipkeys", "allow_nan"];
    let [object, indent, separators, sort_keys, ensure_ascii, default, ..] = arguments.bind("dumps", names, 1)?;
    let indent = match indent {
        Value::Unbound | Value::None => None,
        Value::Str(indent) => Some(indent.to_string()),
        width => Some(" ".repeat(usize::try_from(width.whole()?).unwrap_or(0).min(100))),
    };
    let (between_items, behind_key) = match separators {
        Value::Tuple(parts) if parts.len() == 2 => (machine.str(&parts[0])?, machine.str(&parts[1])?),
        _ => (if indent.is_some() { "," } else { ", " }.to_owned(), ": ".to_owned()),
    };
    let mut writer = Writer {
        out: String::new(),
        indent,
        between_items,
        behind_key,
        sorts_keys: !matches!(sort_keys, Value::Unbound) && sort_keys.is_true(),
        is_ascii: matches!(ensure_ascii, Value::Unbound) || ensure_ascii.is_true(),
        default,
    };
    writer.write(machine, object, 0)?;
    Ok(Value::text(writer.out))
}

impl Writer<'_> {
    fn write(&mut self, machine: &mut Machine, value: &Value, depth: usize) -> Result<(), Raised> {
        if depth > DEEPEST {
            return raise(ExceptionKind::ValueError, "Circular reference detected");
        }
        match value {
            Value::None => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Int(_) | Value::Big(_) => self.out.push_str(&crate::python::values::repr(value)),
            Value::Float(number) => self.out.push_str(&float(*number)),
            Value::Str(text) => self.string(text),
            Value::List(list) => {
                let items = list.items.borrow().clone();
                self.items(machine, &items, depth)?;
            }
            Value::Tuple(items) => self.items(machine, items, depth)?,
            Value::Dict(dict) => self.dict(machine, dict, depth)?,
            Value::Instance(instance) if let Some(core) = instance.core() => self.write(machine, &core, depth)?,
            other if !matches!(self.default, Value::Unbound | Value::None) => {
                let replacement = machine.call_value(self.default, std::slice::from_ref(other))?;
                self.write(machine, &replacement, depth + 1)?;
            }
            other => {
                let message = format!("Object of type {} is not JSON serializable", other.type_name());
                return raise(ExceptionKind::TypeError, message);
            }
        }
        Ok(())
    }

    fn line(&mut self, depth: usize) {
        if let Some(indent) = &self.indent {
            self.out.push('\n');
            self.out.push_str(&indent.repeat(depth));
        }
    }

    fn items(&mut self, machine: &mut Machine, items: &[Value], depth: usize) -> Result<(), Raised> {
        self.out.push('[');
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(&self.between_items);
            }
            self.line(depth + 1);
            self.write(machine, item, depth + 1)?;
        }
        if !items.is_empty() {
            self.line(depth);
        }
        self.out.push(']');
        Ok(())
    }

    fn dict(&mut self, machine: &mut Machine, dict: &Dict, depth: usize) -> Result<(), Raised> {
        self.out.push('{');
        let mut keys = dict.keys();
        if self.sorts_keys {
            keys = super::builtins::sort(machine, keys, None, false)?;
        }
        for (position, key) in keys.iter().enumerate() {
            if position > 0 {
                self.out.push_str(&self.between_items);
            }
            self.line(depth + 1);
            match &key.plain() {
                Value::Str(name) => self.string(name),
                number @ Value::Int(_) => self.string(&crate::python::values::repr(number)),
                Value::Float(number) => self.string(&float(*number)),
                Value::Bool(true) => self.string("true"),
                Value::Bool(false) => self.string("false"),
                Value::None => self.string("null"),
                other => {
                    let message = format!("keys must be str, int, float, bool or None, not {}", other.type_name());
                    return raise(ExceptionKind::TypeError, message);
                }
            }
            self.out.push_str(&self.behind_key);
            let value = dict.get(machine, key)?.unwrap_or(Value::None);
            self.write(machine, &value, depth + 1)?;
        }
        if !keys.is_empty() {
            self.line(depth);
        }
        self.out.push('}');
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for character in text.chars() {
            match character {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                other if (other as u32) < 0x20 || self.is_ascii && !other.is_ascii() => {
                    for unit in other.encode_utf16(&mut [0; 2]) {
                        self.out.push_str("\\u");
                        for shift in [12, 8, 4, 0] {
                            let digit = u32::from(*unit >> shift & 15);
                            self.out.extend(char::from_digit(digit, 16));
                        }
                    }
                }
                other => self.out.push(other),
            }
        }
        self.out.push('"');
    }
}

fn float(number: f64) -> String {
    match number {
        _ if number.is_nan() => "NaN".into(),
        f64::INFINITY => "Infinity".into(),
        f64::NEG_INFINITY => "-Infinity".into(),
        _ => float_repr(number),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

fn load(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let Some(Value::Str(text)) = arguments.positional.first() else {
        let name = arguments.positional.first().map_or("nothing", Value::type_name);
        let message = format!("the JSON object must be str, bytes or bytearray, not {name}");
        return raise(ExceptionKind::TypeError, message);
    };
    let mut reader = Reader { text, at: 0 };
    reader.blanks();
    let value = reader.value(0)?;
    reader.blanks();
    if reader.at < text.len() { reader.wrong("Extra data", reader.at) } else { Ok(value) }
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Goes past this text, if it comes next.
    fn takes(&mut self, expected: &str) -> bool {
        let is_next = self.rest().starts_with(expected);
        if is_next {
            self.at += expected.len();
        }
        is_next
    }

    fn wrong<T>(&self, message: &str, at: usize) -> Result<T, Raised> {
        let before = &self.text[..at];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = before.chars().count();
        raise(ExceptionKind::JSONDecodeError, format!("{message}: line {line} column {column} (char {place})"))
    }

    fn value(&mut self, depth: usize) -> Result<Value, Raised> {
        if depth > DEEPEST {
            return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
        }
        let begin = self.at;
        for (word, value) in [
            ("null", Value::None),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("NaN", Value::Float(f64::NAN)),
            ("Infinity", Value::Float(f64::INFINITY)),
            ("-Infinity", Value::Float(f64::NEG_INFINITY)),
        ] {
            if self.takes(word) {
                return Ok(value);
            }
        }
        if self.takes("\"") {
            return self.string().map(Value::text);
        }
        if self.takes("[") {
            return self.list(depth);
        }
        if self.takes("{") {
            return self.dict(depth);
        }
        let end = self.rest().find(|next: char| !next.is_ascii_digit() && !"+-.eE".contains(next));
        let number = &self.rest()[..end.unwrap_or(self.rest().len())];
        let length = number.len();
        let is_number = number.trim_start_matches('-').starts_with(|first: char| first.is_ascii_digit());
        let value = match number.parse() {
            Ok(whole) => Some(Value::Int(whole)),
            Err(_) => number.parse().ok().map(Value::Float),
        };
        match value {
            Some(value) if is_number => {
                self.at += length;
                Ok(value)
            }
            _ => self.wrong("Expecting value", begin),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Raised> {
        let mut items = Vec::new();
        self.blanks();
        if self.takes("]") {
            return Ok(Value::list(items));
        }
        loop {
            self.blanks();
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.takes("]") {
                return Ok(Value::list(items));
            }
            if !self.takes(",") {
                return self.wrong("Expecting ',' delimiter", self.at);
            }
        }
    }

    fn dict(&mut self, depth: usize) -> Result<Value, Raised> {
        let dict = Dict::default();
        self.blanks();
        while !self.takes("}") {
            self.blanks();
            if !self.takes("\"") {
                return self.wrong("Expecting property name enclosed in double quotes", self.at);
            }
            let key = self.string()?;
            self.blanks();
            if !self.takes(":") {
                return self.wrong("Expecting ':' delimiter", self.at);
            }
            self.blanks();
            let value = self.value(depth + 1)?;
            dict.set(&key, value);
            self.blanks();
            if self.takes("}") {
                break;
            }
            if !self.takes(",") {
                return self.wrong("Expecting ',' delimiter", self.at);
            }
            self.blanks();
            if self.rest().starts_with('}') {
                return self.wrong("Illegal trailing comma before end of object", self.at - 1);
            }
        }
        Ok(Value::Dict(std::rc::Rc::new(dict)))
    }

    /// A string, from behind its first quote on.
    fn string(&mut self) -> Result<String, Raised> {
        let begin = self.at - 1;
        let mut text = String::new();
        loop {
            let Some(character) = self.rest().chars().next() else {
                return self.wrong("Unterminated string starting at", begin);
            };
            self.at += character.len_utf8();
            match character {
                '"' => return Ok(text),
                '\\' => {
                    let escaped = self.rest().chars().next().unwrap_or(' ');
                    self.at += escaped.len_utf8().min(self.rest().len());
                    text.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        '"' | '\\' | '/' => escaped,
                        'u' => self.code_point()?,
                        _ => return self.wrong("Invalid \\escape", self.at - 2),
                    });
                }
                other if (other as u32) < 0x20 => return self.wrong("Invalid control character at", self.at - 1),
                other => text.push(other),
            }
        }
    }

    /// What `\uXXXX`, or two of them, stand for.
    fn code_point(&mut self) -> Result<char, Raised> {
        let unit = |reader: &mut Self| {
            let digits = reader.rest().get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
            reader.at += if digits.is_some() { 4 } else { 0 };
            digits
        };
        let Some(first) = unit(self) else { return self.wrong("Invalid \\uXXXX escape", self.at - 1) };
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) && self.takes("\\u") {
            units.extend(unit(self));
        }
        Ok(char::decode_utf16(units).next().and_then(Result::ok).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}
