//! `uuid` and `secrets`: what is random, but leaves the numbers of `random` alone.

use std::cell::RefCell;
use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::random::MersenneTwister;
use crate::python::values::{Class, ExceptionKind, Native, NativeClass, Object, Value, raise};

/// An attribute of `uuid`.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native { name: "uuid4", call: |machine, _| Ok(random_id(machine, 4)) },
        Native { name: "uuid1", call: |machine, _| Ok(random_id(machine, 1)) },
    ];
    match name {
        "UUID" => Some(Value::Class(Class::Native(&UUID))),
        _ => super::function(FUNCTIONS, name),
    }
}

/// An attribute of `secrets`.
pub fn secrets(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] = &[
        Native {
            name: "token_hex",
            call: |machine, it| {
                let [count] = it.bind("token_hex", ["nbytes"], 0)?;
                let count = if matches!(count, Value::Unbound | Value::None) { 32 } else { count.whole()? };
                let mut token = String::new();
                for _ in 0..count.clamp(0, 10_000) {
                    token.push_str(&hexadecimal(draw(machine, 8), 2));
                }
                Ok(Value::text(token))
            },
        },
        Native {
            name: "randbelow",
            call: |machine, it| match u64::try_from(it.alone("randbelow")?.whole()?) {
                Ok(limit) if limit > 0 => {
                    let source = machine.state::<Source>();
                    let number = source.0.borrow_mut().randbelow(limit);
                    Ok(Value::Int(number as i64))
                }
                _ => raise(ExceptionKind::ValueError, "Upper bound must be positive."),
            },
        },
        Native {
            name: "choice",
            call: |machine, it| {
                let items = machine.collect(it.alone("choice")?)?;
                if items.is_empty() {
                    return raise(ExceptionKind::IndexError, "Cannot choose from an empty sequence");
                }
                let source = machine.state::<Source>();
                let at = source.0.borrow_mut().choice_index(items.len());
                Ok(items[at].clone())
            },
        },
    ];
    super::function(FUNCTIONS, name)
}

/// Where the numbers come from: the same in every run, as everything.
struct Source(RefCell<MersenneTwister>);

impl Default for Source {
    fn default() -> Self {
        Self(RefCell::new(MersenneTwister::from_seed(0x5160_a1b0)))
    }
}

fn draw(machine: &mut Machine, bits: u32) -> u64 {
    machine.state::<Source>().0.borrow_mut().getrandbits(bits)
}

fn hexadecimal(number: u64, digits: usize) -> String {
    let digit = |place: usize| char::from_digit((number >> (4 * place) & 15) as u32, 16);
    (0..digits).rev().filter_map(digit).collect()
}

static UUID: NativeClass = NativeClass {
    name: "UUID",
    module: "uuid",
    construct: |machine, it| {
        let [text] = it.bind("UUID", ["hex"], 1)?;
        let digits: String = machine.str(text)?.chars().filter(char::is_ascii_hexdigit).collect();
        match digits.len() {
            32 => Ok(Object::value(&UUID, Rc::new(digits.to_ascii_lowercase()))),
            _ => raise(ExceptionKind::ValueError, "badly formed hexadecimal UUID string"),
        }
    },
    methods: &[
        Native {
            name: "__str__",
            call: |_, it| Ok(Value::text(with_dashes(&Object::state_of::<String>(&it.positional[0])?))),
        },
        Native {
            name: "__eq__",
            call: |_, it| {
                let [left, right] = it.bind("__eq__", ["self", "other"], 2)?;
                let (left, Ok(right)) = (Object::state_of::<String>(left)?, Object::state_of::<String>(right)) else {
                    return Ok(Value::NotImplemented);
                };
                Ok(Value::Bool(left == right))
            },
        },
    ],
    attribute: |object, name| {
        let digits = object.state::<String>()?;
        match name {
            "hex" => Some(Value::text(&**digits)),
            "version" => digits[12..13].parse().ok().map(Value::Int),
            _ => None,
        }
    },
    represent: |object| Some(["UUID('", &with_dashes(&object.state::<String>()?), "')"].concat()),
    ..NativeClass::PLAIN
};

fn with_dashes(digits: &str) -> String {
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

fn random_id(machine: &mut Machine, version: u64) -> Value {
    let first = draw(machine, 64) & !0xf000 | version << 12;
    let second = draw(machine, 64) & !(3 << 62) | 2 << 62;
    Object::value(&UUID, Rc::new(hexadecimal(first, 16) + &hexadecimal(second, 16)))
}
