//! `repr` and `str`.

use std::cell::Cell;
use std::fmt::{self, Write};

use super::{Dict, Instance, Sync, Value};
use crate::order;
use crate::python::format::{bytes_repr, float_repr, string_repr};

/// Deeper nesting than this is shown as `...`, as CPython does for what contains itself.
const DEEPEST: usize = 40;

/// No text becomes much longer than this: what is shared within is shown again and again.
const LONGEST: usize = 10_000_000;

/// The same for all texts that are made within each other, and how many values they show together.
const DEEPEST_OF_ALL: usize = 120;
const MOST_WRITTEN: usize = 1_000_000;

thread_local! {
    /// How deep the value lies whose text is being made, and how many were shown so far.
    static UNDER_WAY: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
}

/// What the program itself says of an object of its own class, if it does.
pub type Represent<'a> = &'a mut dyn FnMut(&Value) -> Option<String>;

/// The value as `repr` shows it, without asking the program.
pub fn repr(value: &Value) -> String {
    repr_with(value, &mut |_| None)
}

/// The value as `repr` shows it.
pub fn repr_with(value: &Value, represent: Represent<'_>) -> String {
    repr_within(value, LONGEST, represent)
}

/// The beginning of what `repr` shows: not much longer than `longest` bytes, however large the value is.
pub fn repr_within(value: &Value, longest: usize, represent: Represent<'_>) -> String {
    let mut writer = Writer { out: String::new(), longest, represent };
    writer.write(value, 0);
    writer.out
}

/// The value as `str` and `print` show it, without asking the program.
pub fn str(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Exception(exception) => exception.message(),
        Value::Primitive(primitive) if matches!(primitive.sync, Sync::Queue(_)) => primitive.shown(None),
        Value::Instance(instance) if let Some(text) = instance.member_text() => text,
        Value::Instance(instance) if let Some(text @ Value::Str(_)) = instance.core() => str(&text),
        other => repr(other),
    }
}

struct Writer<'a> {
    out: String,
    longest: usize,
    represent: Represent<'a>,
}

fn put(out: &mut String, text: fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = out.write_fmt(text);
}

impl Writer<'_> {
    fn write(&mut self, value: &Value, depth: usize) {
        // What is asked for its own text begins a new one.
        let (all_depth, written) = match UNDER_WAY.get() {
            (0, _) => (0, 0),
            other => other,
        };
        if depth > DEEPEST || all_depth > DEEPEST_OF_ALL || written > MOST_WRITTEN || self.out.len() > self.longest {
            self.out.push_str("...");
            return;
        }
        UNDER_WAY.set((all_depth + 1, written + 1));
        self.write_within(value, depth);
        let (_, written) = UNDER_WAY.get();
        UNDER_WAY.set((all_depth, written));
    }

    fn write_within(&mut self, value: &Value, depth: usize) {
        if (value.user_class().is_some()
            || matches!(value, Value::Big(_) | Value::Future(_) | Value::Object(_) | Value::EventLoop(_)))
            && let Some(text) = (self.represent)(value)
        {
            self.out.push_str(&text);
            return;
        }
        match value {
            Value::Unbound | Value::None | Value::Cell(_) => self.out.push_str("None"),
            Value::Ellipsis => self.out.push_str("Ellipsis"),
            Value::Bool(true) => self.out.push_str("True"),
            Value::Bool(false) => self.out.push_str("False"),
            Value::Int(number) => put(&mut self.out, format_args!("{number}")),
            // Whose digits are too many for CPython, too, has had a chance to say so.
            Value::Big(number) => self.out.push_str(&number.to_text().unwrap_or_else(|| "...".to_owned())),
            Value::Float(number) => self.out.push_str(&float_repr(*number)),
            Value::Str(text) => self.out.push_str(&string_repr(text)),
            Value::Bytes(bytes) => self.out.push_str(&bytes_repr(bytes)),
            Value::Tuple(items) => {
                self.sequence("(", items, if items.len() == 1 { ",)" } else { ")" }, depth);
            }
            Value::List(list) => {
                // The program may change the list while it is asked for the text of an item.
                let items = list.items.borrow().clone();
                self.sequence("[", &items, "]", depth);
            }
            Value::Set(set) if set.len() == 0 => put(&mut self.out, format_args!("{}()", value.type_name())),
            Value::Set(set) if set.is_frozen => self.sequence("frozenset({", &set.members(), "})", depth),
            Value::Set(set) => self.sequence("{", &set.members(), "}", depth),
            Value::Dict(dict) => {
                let end = self.open_dict(dict, depth);
                if end == "()" {
                    self.out.push_str(end);
                    return;
                }
                self.out.push('{');
                for (position, (key, value)) in shown_entries(dict).iter().enumerate() {
                    if position > 0 {
                        self.out.push_str(", ");
                    }
                    if self.out.len() > self.longest {
                        break;
                    }
                    self.write(key, depth + 1);
                    self.out.push_str(": ");
                    self.write(value, depth + 1);
                }
                self.out.push('}');
                self.out.push_str(end);
            }
            Value::Range(range) if range.step == 1 => {
                put(&mut self.out, format_args!("range({}, {})", range.start, range.stop))
            }
            Value::Range(range) => {
                put(&mut self.out, format_args!("range({}, {}, {})", range.start, range.stop, range.step))
            }
            Value::Slice(slice) => {
                let parts = [&slice.start, &slice.stop, &slice.step].map(Value::clone);
                self.sequence("slice(", &parts, ")", depth);
            }
            Value::Function(function) => {
                put(&mut self.out, format_args!("<function {} at {}>", function.code.qualified_name, at(value)))
            }
            Value::Native(native) => put(&mut self.out, format_args!("<built-in function {}>", native.name)),
            Value::Bound(bound) => {
                let class = bound.receiver.type_name();
                put(&mut self.out, format_args!("<bound method {class}.{} of ", bound.method.name));
                self.write(&bound.receiver, depth + 1);
                self.out.push('>');
            }
            Value::Partial(partial) => {
                self.out.push_str("functools.partial(");
                self.write(&partial.function, depth + 1);
                self.out.push(')');
            }
            Value::Class(class) => put(&mut self.out, format_args!("<class '{}'>", class.name())),
            Value::Module(module) => put(&mut self.out, format_args!("<module '{}'>", module.name)),
            Value::Exception(exception) => {
                self.out.push_str(value.type_name());
                let arguments = exception.arguments.borrow().clone();
                self.sequence("(", &arguments, ")", depth);
            }
            Value::Iterator(_) => put(&mut self.out, format_args!("<iterator object at {}>", at(value))),
            Value::Generator(generator) | Value::AsyncGenerator(generator) => {
                put(&mut self.out, format_args!("<{} object {} at {}>", value.type_name(), generator.name, at(value)));
            }
            Value::Coroutine(coroutine) => {
                put(&mut self.out, format_args!("<coroutine object {} at {}>", coroutine.name, at(value)));
            }
            Value::NativeCoroutine(coroutine) => {
                put(&mut self.out, format_args!("<coroutine object {} at {}>", coroutine.name, at(value)));
            }
            Value::Future(future) => {
                let state = match (future.is_done(), future.is_cancelled()) {
                    (_, true) => "cancelled",
                    (true, _) => "finished",
                    _ => "pending",
                };
                put(&mut self.out, format_args!("<{} {state}>", value.type_name()));
            }
            Value::Primitive(primitive) => self.out.push_str(&primitive.shown(Some(&at(value)))),
            Value::Object(object) => match (object.class.represent)(object) {
                Some(text) => self.out.push_str(&text),
                None => {
                    put(&mut self.out, format_args!("<{} object at {}>", value.class().qualified_name(), at(value)))
                }
            },
            Value::Instance(instance) => self.instance(value, instance, depth),
            Value::Type(class) if let Some(enumeration) = class.enumeration() => {
                let kind = if enumeration.kind.is_flag() { "flag" } else { "enum" };
                put(&mut self.out, format_args!("<{kind} '{}'>", class.qualified_name));
            }
            Value::Type(class) => put(&mut self.out, format_args!("<class '{}'>", class.full_name())),
            Value::Method(method) => {
                let name = match &method.function {
                    Value::Function(function) => &*function.code.qualified_name,
                    other => other.type_name(),
                };
                put(&mut self.out, format_args!("<bound method {name} of "));
                self.write(&method.receiver, depth + 1);
                self.out.push('>');
            }
            Value::Super(it) => put(&mut self.out, format_args!("<super: <class '{}'>>", it.class.name)),
            Value::Descriptor(_) => put(&mut self.out, format_args!("<{} object at {}>", value.type_name(), at(value))),
            Value::NotImplemented => self.out.push_str("NotImplemented"),
            Value::EventLoop(_) => self.out.push_str("<_UnixSelectorEventLoop running=True closed=False debug=False>"),
        }
    }

    /// What stands before the entries of a dict of a derived class; gives what stands behind them.
    fn open_dict(&mut self, dict: &Dict, depth: usize) -> &'static str {
        let Some(variant) = dict.variant.get() else { return "" };
        self.out.push_str(variant.class.name);
        if variant.class.name == "defaultdict" {
            self.out.push('(');
            self.write(&variant.factory, depth + 1);
            self.out.push_str(", ");
        } else if dict.len() == 0 {
            return "()";
        } else {
            self.out.push('(');
        }
        ")"
    }

    fn sequence(&mut self, open: &str, items: &[Value], close: &str, depth: usize) {
        self.out.push_str(open);
        for (position, item) in items.iter().enumerate() {
            if position > 0 {
                self.out.push_str(", ");
            }
            if self.out.len() > self.longest {
                break;
            }
            self.write(item, depth + 1);
        }
        self.out.push_str(close);
    }

    /// An object whose class derives from a builtin one: as the builtin object within, under the name of its class.
    fn derived(&mut self, instance: &Instance, core: &Value, depth: usize) {
        let from = self.out.len();
        self.write(core, depth + 1);
        let (name, own) = (core.class(), &instance.class.name);
        let shown = self.out[from..].to_owned();
        let plain = match core {
            Value::Set(set) if !set.is_frozen && set.len() > 0 => format!("{own}({shown})"),
            Value::Set(_) | Value::Object(_) | Value::Dict(_) | Value::Primitive(_) => {
                let begins = [
                    (format!("<{}", name.qualified_name()), format!("<{}", instance.class.full_name())),
                    (format!("<{}", name.name()), format!("<{own}")),
                    (name.name().to_owned(), own.to_string()),
                ];
                let renamed = begins.iter().find_map(|(begin, own)| Some([own, shown.strip_prefix(begin)?].concat()));
                renamed.unwrap_or(shown)
            }
            _ => return,
        };
        self.out.truncate(from);
        self.out.push_str(&plain);
    }

    fn instance(&mut self, value: &Value, instance: &Instance, depth: usize) {
        if let Some(text) = instance.member_repr() {
            self.out.push_str(&text);
            return;
        }
        if let Some(core) = instance.core()
            && instance.class.record().is_none()
        {
            self.derived(instance, &core, depth);
            return;
        }
        let Some(record) = instance.class.record().filter(|record| record.is_represented) else {
            put(&mut self.out, format_args!("<{} object at {}>", instance.class.full_name(), at(value)));
            return;
        };
        self.out.push_str(&instance.class.qualified_name);
        self.out.push('(');
        for (position, field) in record.fields.iter().filter(|field| field.is_represented).enumerate() {
            put(&mut self.out, format_args!("{}{}=", if position > 0 { ", " } else { "" }, field.name));
            self.write(&instance.attributes.get_named(&field.name).unwrap_or(Value::None), depth + 1);
        }
        self.out.push(')');
    }
}

fn at(value: &Value) -> String {
    // Not where it lives: the same program must print the same every time.
    let address = match value {
        Value::Primitive(primitive) => primitive.address(),
        _ => 0x7f00_0000_0000 + value.type_name().len() as i64 * 0x10,
    };
    format!("0x{address:x}")
}

/// The entries of a dict as it is shown: a `Counter` shows the largest counts first.
fn shown_entries(dict: &Dict) -> Vec<(Value, Value)> {
    let mut entries = dict.entries();
    if dict.class().is_some_and(|class| class.name == "Counter") {
        let counts: Vec<f64> = entries.iter().map(|(_, count)| count.as_float().unwrap_or(0.0)).collect();
        let order = order::ascending(counts.len(), &mut |left, right| counts[left] > counts[right]);
        entries = order.into_iter().map(|position| entries[position].clone()).collect();
    }
    entries
}
