//! `enum`.

use std::rc::Rc;

use crate::python::compile::Operator;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Derivation, Dict, Enumeration, EnumerationKind, ExceptionKind, Instance, Iter, Native,
    NativeClass, Object, Raised, UserClass, Value, raise, value_of,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    let class = match name {
        "Enum" => &ENUM,
        "IntEnum" => &INT_ENUM,
        "StrEnum" => &STR_ENUM,
        "Flag" => &FLAG,
        "IntFlag" => &INT_FLAG,
        "auto" => &AUTO,
        "nonmember" => &NO_MEMBER,
        "unique" => return Some(Value::Native(&UNIQUE)),
        _ => return None,
    };
    Some(Value::Class(Class::Native(class)))
}

const PLAIN: NativeClass = NativeClass {
    module: "enum",
    base_for: Derivation::Whole,
    construct: |machine, it| functional(machine, &ENUM, it),
    ..NativeClass::PLAIN
};

/// `enum.Enum`.
pub static ENUM: NativeClass = NativeClass { name: "Enum", ..PLAIN };
static INT_ENUM: NativeClass = NativeClass {
    name: "IntEnum",
    base: Class::Native(&ENUM),
    construct: |machine, it| functional(machine, &INT_ENUM, it),
    ..PLAIN
};
static STR_ENUM: NativeClass = NativeClass {
    name: "StrEnum",
    base: Class::Native(&ENUM),
    construct: |machine, it| functional(machine, &STR_ENUM, it),
    ..PLAIN
};
static FLAG: NativeClass = NativeClass {
    name: "Flag",
    base: Class::Native(&ENUM),
    methods: FLAG_METHODS,
    construct: |machine, it| functional(machine, &FLAG, it),
    ..PLAIN
};
static INT_FLAG: NativeClass = NativeClass {
    name: "IntFlag",
    base: Class::Native(&FLAG),
    methods: FLAG_METHODS,
    construct: |machine, it| functional(machine, &INT_FLAG, it),
    ..PLAIN
};

/// What `auto()` leaves until the class is made.
static AUTO: NativeClass = NativeClass {
    name: "auto",
    module: "enum",
    construct: |_, _| Ok(Object::value(&AUTO, Rc::new(Later(None)))),
    methods: &[
        Native { name: "__or__", call: |_, it| later(it, Operator::Or) },
        Native { name: "__and__", call: |_, it| later(it, Operator::And) },
        Native { name: "__xor__", call: |_, it| later(it, Operator::Xor) },
        Native { name: "__ror__", call: |_, it| later(it, Operator::Or) },
    ],
    ..NativeClass::PLAIN
};

/// A value that is known when the class is made: what `auto()` stands for, or what an operator makes of such.
struct Later(Option<(Operator, Value, Value)>);

fn later(arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("auto", ["self", "other"], 2)?;
    Ok(Object::value(&AUTO, Rc::new(Later(Some((operator, left.clone(), right.clone()))))))
}

/// The value that one written in the body of a class has in the end. `known`: those that `auto()` stood for so far.
fn settled(machine: &mut Machine, value: &Value, known: &[(Value, Value)]) -> Result<Value, Raised> {
    if let Some((_, value)) = known.iter().find(|(auto, _)| auto.is(value)) {
        return Ok(value.clone());
    }
    if let Ok(later) = Object::state_of::<Later>(value)
        && let Some((operator, left, right)) = &later.0
    {
        let (left, right) = (settled(machine, left, known)?, settled(machine, right, known)?);
        return machine.operate(*operator, &left, &right);
    }
    Ok(value.clone())
}

static NO_MEMBER: NativeClass = NativeClass {
    name: "nonmember",
    module: "enum",
    construct: |_, it| Ok(Object::value(&NO_MEMBER, Rc::new(it.alone("nonmember")?.clone()))),
    ..NativeClass::PLAIN
};

const FLAG_METHODS: &[Native] = &[
    Native { name: "__or__", call: |machine, it| combine(machine, it, Operator::Or) },
    Native { name: "__and__", call: |machine, it| combine(machine, it, Operator::And) },
    Native { name: "__xor__", call: |machine, it| combine(machine, it, Operator::Xor) },
    Native { name: "__ror__", call: |machine, it| combine(machine, it, Operator::Or) },
    Native { name: "__rand__", call: |machine, it| combine(machine, it, Operator::And) },
    Native { name: "__rxor__", call: |machine, it| combine(machine, it, Operator::Xor) },
    Native {
        name: "__invert__",
        call: |machine, it| {
            let Some((class, enumeration, bits)) = flag(it.alone("__invert__")?) else { return Ok(Value::None) };
            let all = all_bits(&enumeration);
            flag_of(machine, &class, &enumeration, all & !bits)
        },
    },
    Native { name: "__bool__", call: |_, it| Ok(Value::Bool(value_of(it.alone("__bool__")?).is_true())) },
    Native {
        name: "__contains__",
        call: |_, it| {
            let [whole, part] = it.bind("__contains__", ["self", "other"], 2)?;
            match (flag(whole), flag(part)) {
                (Some((_, _, whole)), Some((_, _, part))) => Ok(Value::Bool(part & whole == part)),
                _ => raise(ExceptionKind::TypeError, "unsupported operand type(s) for 'in'"),
            }
        },
    },
    Native {
        name: "__iter__",
        call: |_, it| Ok(Value::iterator(Iter::Values(parts(it.alone("__iter__")?).into_iter()))),
    },
    Native { name: "__len__", call: |_, it| Ok(Value::from(parts(it.alone("__len__")?).len())) },
];

/// A flag's class and bits.
fn flag(value: &Value) -> Option<(Rc<UserClass>, Rc<Enumeration>, i64)> {
    let class = value.user_class()?;
    let enumeration = class.enumeration().filter(|enumeration| enumeration.kind.is_flag())?;
    match value_of(value) {
        Value::Int(bits) => Some((class.clone(), enumeration, bits)),
        _ => None,
    }
}

fn all_bits(enumeration: &Enumeration) -> i64 {
    let bits = |member: &Value| value_of(member).whole().unwrap_or(0);
    enumeration.members.borrow().iter().fold(0, |all, member| all | bits(member))
}

/// The flags of one bit that a flag consists of.
fn parts(value: &Value) -> Vec<Value> {
    let Some((_, enumeration, bits)) = flag(value) else { return Vec::new() };
    let mut members = enumeration.members();
    members.retain(|member| value_of(member).whole().is_ok_and(|bit| bit & bits == bit));
    members
}

fn combine(machine: &mut Machine, arguments: &Arguments<'_>, operator: Operator) -> Result<Value, Raised> {
    let [left, right] = arguments.bind("Flag", ["self", "other"], 2)?;
    let Some((class, enumeration, a)) = flag(left) else { return Ok(Value::NotImplemented) };
    let b = match (flag(right), right) {
        (Some((other, _, b)), _) if Rc::ptr_eq(&class, &other) => b,
        (_, Value::Int(b)) if enumeration.kind == EnumerationKind::IntFlag => *b,
        _ => return Ok(Value::NotImplemented),
    };
    let bits = match operator {
        Operator::Or => a | b,
        Operator::And => a & b,
        _ => a ^ b,
    };
    flag_of(machine, &class, &enumeration, bits)
}

/// The flag with these bits.
fn flag_of(
    machine: &mut Machine,
    class: &Rc<UserClass>,
    enumeration: &Enumeration,
    bits: i64,
) -> Result<Value, Raised> {
    let is_it = |member: &&Value| value_of(member).is(&Value::Int(bits));
    if let Some(member) = enumeration.members.borrow().iter().find(is_it) {
        return Ok(member.clone());
    }
    if let Some(member) = enumeration.combined.borrow().iter().find(is_it) {
        return Ok(member.clone());
    }
    let unknown = bits & !all_bits(enumeration);
    if unknown != 0 && enumeration.kind == EnumerationKind::Flag {
        let width = (64 - all_bits(enumeration).leading_zeros()).max(64 - bits.unsigned_abs().leading_zeros()) as usize;
        let (name, given, allowed) = (&class.qualified_name, bits, all_bits(enumeration));
        let message = format!(
            "<flag '{name}'> invalid value {given}\n    given 0b0 {given:0width$b}\n  allowed 0b0 {allowed:0width$b}"
        );
        return raise(ExceptionKind::ValueError, message);
    }
    let mut names = Vec::new();
    for member in enumeration.members() {
        if value_of(&member).whole()? & bits != 0
            && let Value::Instance(member) = &member
        {
            names.push(machine.str(&member.attributes.get_named("_name_").unwrap_or(Value::None))?);
        }
    }
    let name = match (names.is_empty(), unknown) {
        (true, _) => Value::None,
        (_, 0) => Value::text(names.join("|")),
        _ => Value::text(format!("{}|{unknown}", names.join("|"))),
    };
    let member = Instance::of(class.clone());
    if enumeration.kind == EnumerationKind::IntFlag {
        member.core.replace(Value::Int(bits));
    }
    name_member(&member, &name, &Value::Int(bits));
    let member = Value::Instance(Rc::new(member));
    enumeration.combined.borrow_mut().push(member.clone());
    Ok(member)
}

fn name_member(member: &Instance, name: &Value, value: &Value) {
    for (attribute, value) in [("_name_", name), ("name", name), ("_value_", value), ("value", value)] {
        member.attributes.set(attribute, value.clone());
    }
}

static UNIQUE: Native = Native {
    name: "unique",
    call: |machine, it| {
        let class = it.alone("unique")?;
        let Some(enumeration) = class.user_class_itself().and_then(|class| class.enumeration()) else {
            return Ok(class.clone());
        };
        let mut doubles = Vec::new();
        for (name, member) in enumeration.names.entries() {
            let own = machine.attribute_of(&member, "name")?;
            if !own.is(&name) {
                doubles.push(format!("{} -> {}", machine.str(&name)?, machine.str(&own)?));
            }
        }
        if doubles.is_empty() {
            return Ok(class.clone());
        }
        let message = format!("duplicate values found in {}: {}", machine.repr(class)?, doubles.join(", "));
        raise(ExceptionKind::ValueError, message)
    },
};

/// `Enum("Name", "A B C")` and its like.
fn functional(machine: &mut Machine, base: &'static NativeClass, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let names = ["value", "names", "module", "qualname", "type", "start"];
    let [name, names, _, _, _, start] = arguments.bind("EnumType.__call__", names, 2)?;
    let name = machine.str(name)?;
    let attributes = Rc::new(Dict::default());
    let first = if matches!(start, Value::Unbound) { 1 } else { start.whole()? };
    let members = match names {
        Value::Str(names) => names.replace(',', " ").split_whitespace().map(Value::from).collect(),
        Value::Dict(names) => {
            names.entries().into_iter().map(|(name, value)| Value::tuple(vec![name, value])).collect()
        }
        names => machine.collect(names)?,
    };
    for (position, member) in members.iter().enumerate() {
        match member {
            Value::Tuple(pair) if pair.len() == 2 => attributes.set(&machine.str(&pair[0])?, pair[1].clone()),
            name => {
                let value = match kind_of(base) {
                    EnumerationKind::Str => Value::text(machine.str(name)?.to_lowercase()),
                    kind if kind.is_flag() => Value::Int(first << position.min(62)),
                    _ => Value::Int(first + position as i64),
                };
                attributes.set(&machine.str(name)?, value);
            }
        }
    }
    let name: Rc<str> = name.into();
    let class = UserClass::new(name.clone(), name, vec![Value::Class(Class::Native(base))], attributes)?;
    complete(machine, &class)?;
    Ok(Value::Type(class))
}

fn kind_of(class: &'static NativeClass) -> EnumerationKind {
    match class.name {
        "IntEnum" => EnumerationKind::Int,
        "StrEnum" => EnumerationKind::Str,
        "Flag" => EnumerationKind::Flag,
        "IntFlag" => EnumerationKind::IntFlag,
        _ => EnumerationKind::Plain,
    }
}

/// The builtin class of the values that lie within the members.
fn within(class: &UserClass, kind: EnumerationKind) -> Option<Class> {
    match kind {
        EnumerationKind::Int | EnumerationKind::IntFlag => return Some(Class::Int),
        EnumerationKind::Str => return Some(Class::Str),
        _ => {}
    }
    let classes = std::iter::once(class).chain(class.ancestors().iter().map(|class| &**class));
    classes.flat_map(|class| &class.bases).find_map(|base| match base {
        Value::Class(class @ (Class::Int | Class::Str | Class::Float | Class::Bytes | Class::Tuple)) => Some(*class),
        _ => None,
    })
}

/// Makes a class whose base is an enumeration what it is to be.
pub fn complete(machine: &mut Machine, class: &Rc<UserClass>) -> Result<(), Raised> {
    let Class::Native(base) = class.builtin else { return Ok(()) };
    if base.module != "enum" {
        return Ok(());
    }
    if let Some(ancestor) =
        class.ancestors().iter().find(|ancestor| ancestor.enumeration().is_some_and(|it| it.names.len() > 0))
    {
        let message = format!("<enum '{}'> cannot extend <enum '{}'>", class.name, ancestor.name);
        return raise(ExceptionKind::TypeError, message);
    }
    let enumeration = Rc::new(Enumeration {
        kind: kind_of(base),
        names: Rc::default(),
        members: Vec::new().into(),
        combined: Vec::new().into(),
    });
    class.enumeration.replace(Some(enumeration.clone()));
    let (mut values, mut autos) = (Vec::new(), Vec::new());
    for (name, value) in class.attributes.entries() {
        let Value::Str(text) = &name else { continue };
        if let Ok(value) = Object::state_of::<Value>(&value)
            && matches!(&class.attributes.get_named(text), Some(Value::Object(object)) if object.class == &NO_MEMBER)
        {
            class.attributes.set(text, Value::clone(&value));
            continue;
        }
        if !is_member(class, text, &value) {
            continue;
        }
        let value = match settled(machine, &value, &autos)? {
            Value::Object(object) if object.class == &AUTO => {
                let next = next_value(machine, class, enumeration.kind, &name, &values)?;
                autos.push((value, next.clone()));
                next
            }
            value => value,
        };
        values.push(value.clone());
        let member = new_member(machine, class, enumeration.kind, &name, value)?;
        let value = value_of(&member);
        let mut known = None;
        for other in enumeration.members.borrow().iter() {
            if machine.is_equal(&value_of(other), &value)? {
                known = Some(other.clone());
                break;
            }
        }
        let member = known.unwrap_or_else(|| {
            enumeration.members.borrow_mut().push(member.clone());
            member
        });
        enumeration.names.set(text, member.clone());
        class.attributes.set(text, member);
    }
    class.attributes.set("__members__", Value::Dict(enumeration.names.clone()));
    Ok(())
}

/// Whether what the body of a class leaves under a name becomes a member.
fn is_member(class: &UserClass, name: &str, value: &Value) -> bool {
    let is_private = name.starts_with(&format!("_{}__", class.name));
    let is_special = name.starts_with('_') && name.ends_with('_');
    !is_private
        && !is_special
        && !matches!(value, Value::Function(_) | Value::Native(_) | Value::Descriptor(_) | Value::Type(_))
        && !matches!(value, Value::Object(object) if object.class.is_function)
        && value.user_class().is_none_or(|own| own.find("__get__").is_none())
}

/// What `auto()` stands for.
fn next_value(
    machine: &mut Machine,
    class: &Rc<UserClass>,
    kind: EnumerationKind,
    name: &Value,
    before: &[Value],
) -> Result<Value, Raised> {
    if let Some(function) = class.find("_generate_next_value_") {
        let function = machine.unwrap_static(function);
        let arguments = [name.clone(), Value::Int(1), Value::from(before.len()), Value::list(before.to_vec())];
        return machine.call_value(&function, &arguments);
    }
    let last = before.iter().filter_map(|value| value.whole().ok()).max();
    Ok(match (kind, last) {
        (EnumerationKind::Str, _) => Value::text(machine.str(name)?.to_lowercase()),
        (_, None) => Value::Int(1),
        (kind, Some(last)) if kind.is_flag() => Value::Int(1 << (64 - last.max(0).leading_zeros()).min(62)),
        (_, Some(last)) => Value::Int(last + 1),
    })
}

fn new_member(
    machine: &mut Machine,
    class: &Rc<UserClass>,
    kind: EnumerationKind,
    name: &Value,
    value: Value,
) -> Result<Value, Raised> {
    let arguments = match &value {
        Value::Tuple(items) => items.to_vec(),
        one => vec![one.clone()],
    };
    if kind == EnumerationKind::Str && !matches!(value, Value::Str(_)) {
        return raise(ExceptionKind::TypeError, format!("{} is not a string", machine.repr(&value)?));
    }
    let member = match class.find("__new__") {
        Some(new) => {
            let new = machine.unwrap_static(new);
            let arguments: Vec<Value> = [Value::Type(class.clone())].into_iter().chain(arguments.clone()).collect();
            machine.call_value(&new, &arguments)?
        }
        None => {
            let member = Instance::of(class.clone());
            if let Some(within) = within(class, kind) {
                let arguments = if within == Class::Tuple { vec![value.clone()] } else { arguments.clone() };
                member.core.replace(machine.call_value(&Value::Class(within), &arguments)?);
            }
            Value::Instance(Rc::new(member))
        }
    };
    let Value::Instance(instance) = &member else { return Ok(member) };
    let value = match instance.attributes.get_named("_value_") {
        Some(value) => value,
        None => instance.core().unwrap_or(value),
    };
    name_member(instance, name, &value);
    if let Some(initialize) = class.find("__init__") {
        let arguments: Vec<Value> = [&member].into_iter().chain(&arguments).cloned().collect();
        machine.call_value(&initialize, &arguments)?;
        if let Some(value) = instance.attributes.get_named("_value_") {
            instance.attributes.set("value", value);
        }
    }
    Ok(member)
}

/// What calling an enumeration gives: the member with a value.
///
/// # Errors
/// `ValueError` if there is none.
pub fn member_with(machine: &mut Machine, class: &Rc<UserClass>, arguments: &[Value]) -> Result<Value, Raised> {
    let (Some(enumeration), [value]) = (class.enumeration(), arguments) else {
        let message = format!("<enum '{}'> takes one value", class.name);
        return raise(ExceptionKind::TypeError, message);
    };
    if let Some(member) = find(machine, class, value)? {
        return Ok(member);
    }
    if enumeration.kind.is_flag()
        && let Value::Int(bits) = value
    {
        let bits = if *bits < 0 { all_bits(&enumeration) & *bits } else { *bits };
        return flag_of(machine, class, &enumeration, bits);
    }
    if class.find("_missing_").is_some() {
        let missing = machine.attribute_of(&Value::Type(class.clone()), "_missing_")?;
        let member = machine.call_value(&missing, std::slice::from_ref(value))?;
        if !matches!(member, Value::None) {
            return Ok(member);
        }
    }
    raise(ExceptionKind::ValueError, format!("{} is not a valid {}", machine.repr(value)?, class.qualified_name))
}

/// The member that a value is, or the one with this value.
pub fn find(machine: &mut Machine, class: &Rc<UserClass>, value: &Value) -> Result<Option<Value>, Raised> {
    if value.user_class().is_some_and(|own| Rc::ptr_eq(own, class)) {
        return Ok(Some(value.clone()));
    }
    let Some(enumeration) = class.enumeration() else { return Ok(None) };
    let members = enumeration.members.borrow().clone();
    for member in members {
        if machine.is_equal(&value_of(&member), value)? {
            return Ok(Some(member));
        }
    }
    Ok(None)
}
