//! `repr` and `str`.

use std::fmt::{self, Write};

use super::{Sync, Value};
use crate::python::format::{float_repr, string_repr};

/// Deeper nesting than this is shown as `...`, as CPython does for what contains itself.
const DEEPEST: usize = 40;

/// The value as `repr` shows it.
pub fn repr(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out, 0);
    out
}

/// The value as `str` and `print` show it.
pub fn str(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Exception(exception) => exception.message(),
        Value::Primitive(primitive) if matches!(primitive.sync, Sync::Queue(_)) => primitive.shown(None),
        other => repr(other),
    }
}

fn put(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

fn write(value: &Value, out: &mut String, depth: usize) {
    if depth > DEEPEST {
        out.push_str("...");
        return;
    }
    match value {
        Value::Unbound | Value::None | Value::Cell(_) => out.push_str("None"),
        Value::Ellipsis => out.push_str("Ellipsis"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Int(number) => put(out, format_args!("{number}")),
        Value::Float(number) => out.push_str(&float_repr(*number)),
        Value::Str(text) => out.push_str(&string_repr(text)),
        Value::Tuple(items) => {
            sequence("(", items, if items.len() == 1 { ",)" } else { ")" }, out, depth);
        }
        Value::List(list) => sequence("[", &list.items.borrow(), "]", out, depth),
        Value::Set(set) if set.len() == 0 => out.push_str("set()"),
        Value::Set(set) => sequence("{", &set.members(), "}", out, depth),
        Value::Dict(dict) => {
            out.push('{');
            for (position, (key, value)) in dict.entries().iter().enumerate() {
                if position > 0 {
                    out.push_str(", ");
                }
                write(key, out, depth + 1);
                out.push_str(": ");
                write(value, out, depth + 1);
            }
            out.push('}');
        }
        Value::Range(range) if range.step == 1 => put(out, format_args!("range({}, {})", range.start, range.stop)),
        Value::Range(range) => put(out, format_args!("range({}, {}, {})", range.start, range.stop, range.step)),
        Value::Slice(slice) => {
            let parts = [&slice.start, &slice.stop, &slice.step].map(repr);
            put(out, format_args!("slice({})", parts.join(", ")));
        }
        Value::Function(function) => {
            put(out, format_args!("<function {} at {}>", function.code.qualified_name, at(value)))
        }
        Value::Native(native) => put(out, format_args!("<built-in function {}>", native.name)),
        Value::Bound(bound) => put(
            out,
            format_args!(
                "<bound method {}.{} of {}>",
                bound.receiver.type_name(),
                bound.method.name,
                repr(&bound.receiver)
            ),
        ),
        Value::Partial(partial) => put(out, format_args!("functools.partial({})", repr(&partial.function))),
        Value::Class(class) => put(out, format_args!("<class '{}'>", class.name())),
        Value::Module(module) => put(out, format_args!("<module '{}'>", module.name)),
        Value::Exception(exception) => {
            out.push_str(exception.kind.name());
            sequence("(", &exception.arguments.borrow(), ")", out, depth);
        }
        Value::Iterator(_) => put(out, format_args!("<iterator object at {}>", at(value))),
        Value::Generator(generator) | Value::AsyncGenerator(generator) => {
            put(out, format_args!("<{} object {} at {}>", value.type_name(), generator.name, at(value)));
        }
        Value::Coroutine(coroutine) => {
            put(out, format_args!("<coroutine object {} at {}>", coroutine.name, at(value)));
        }
        Value::NativeCoroutine(coroutine) => {
            put(out, format_args!("<coroutine object {} at {}>", coroutine.name, at(value)));
        }
        Value::Future(future) => {
            let state = match (future.is_done(), future.is_cancelled()) {
                (_, true) => "cancelled",
                (true, _) => "finished",
                _ => "pending",
            };
            put(out, format_args!("<{} {state}>", value.type_name()));
        }
        Value::Primitive(primitive) => out.push_str(&primitive.shown(Some(&at(value)))),
        Value::Object(object) => match (object.class.represent)(object) {
            Some(text) => out.push_str(&text),
            None => put(out, format_args!("<{} object at {}>", value.class().qualified_name(), at(value))),
        },
        Value::EventLoop(_) => out.push_str("<EventLoop running=True closed=False debug=False>"),
    }
}

fn sequence(open: &str, items: &[Value], close: &str, out: &mut String, depth: usize) {
    out.push_str(open);
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push_str(", ");
        }
        write(item, out, depth + 1);
    }
    out.push_str(close);
}

fn at(value: &Value) -> String {
    // Not where it lives: the same program must print the same every time.
    format!("0x{:012x}", 0x7f00_0000_0000_u64 + value.type_name().len() as u64 * 0x10)
}
