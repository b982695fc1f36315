//! `dataclasses`.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::python::compile::{Code, CodeKind, Comparison, Instruction, Position, Signature};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Dict, ExceptionKind, Field, Function, Native, NativeClass, Object, Partial, Raised, Record, UserClass,
    Value, raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    FUNCTIONS.iter().find(|function| function.name == name).map(Value::Native)
}

static FUNCTIONS: &[Native] = &[
    Native { name: "dataclass", call: dataclass },
    Native { name: "field", call: field },
    Native { name: "asdict", call: |_, it| Ok(as_dict(it.alone("asdict")?)) },
    Native { name: "astuple", call: |_, it| Ok(as_tuple(it.alone("astuple")?)) },
    Native { name: "replace", call: replace },
];

/// What `field(...)` leaves in the class until `dataclass` takes it.
static FIELD: NativeClass = NativeClass { name: "Field", module: "dataclasses", ..NativeClass::PLAIN };

fn option(arguments: &Arguments<'_>, name: &str, default: bool) -> bool {
    let given = arguments.keywords.iter().find(|(keyword, _)| &**keyword == name);
    given.map_or(default, |(_, value)| value.is_true())
}

fn field(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let value = |name: &str| {
        let given = arguments.keywords.iter().find(|(keyword, _)| &**keyword == name);
        given.map_or(Value::Unbound, |(_, value)| value.clone())
    };
    let (default, factory) = (value("default"), value("default_factory"));
    if !matches!(default, Value::Unbound) && !matches!(factory, Value::Unbound) {
        return raise(ExceptionKind::ValueError, "cannot specify both default and default_factory");
    }
    let field = Field {
        name: "".into(),
        default,
        factory,
        is_represented: option(arguments, "repr", true),
        is_compared: option(arguments, "compare", true),
        is_initialized: option(arguments, "init", true),
        is_keyword_only: option(arguments, "kw_only", false),
    };
    Ok(Object::value(&FIELD, Rc::new(field)))
}

fn dataclass(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let class = match arguments.positional {
        [Value::Type(class)] => class,
        [] => {
            let partial = Partial {
                function: Value::Native(&FUNCTIONS[0]),
                positional: Vec::new(),
                keywords: arguments.keywords.to_vec(),
            };
            return Ok(Value::Partial(Rc::new(partial)));
        }
        _ => return raise(ExceptionKind::TypeError, "dataclass() should be called on a class"),
    };
    let fields = fields(class, option(arguments, "kw_only", false), false)?;
    let is_frozen = option(arguments, "frozen", false);
    let has_own = |name: &str| class.attributes.get_named(name).is_some();
    if option(arguments, "init", true) && !has_own("__init__") {
        class.attributes.set("__init__", initializer(class, &fields)?);
    }
    if !has_own("__match_args__") {
        let by_position = fields.iter().filter(|field| field.is_initialized && !field.is_keyword_only);
        let names = by_position.map(|field| Value::text(&*field.name)).collect();
        class.attributes.set("__match_args__", Value::tuple(names));
    }
    let record = Record {
        fields,
        is_equal_by_value: option(arguments, "eq", true),
        is_ordered: option(arguments, "order", false),
        is_frozen,
        is_represented: option(arguments, "repr", true),
    };
    class.record.replace(Some(Rc::new(record)));
    Ok(Value::Type(class.clone()))
}

/// The fields of a class that is no dataclass itself.
pub fn fields_of(class: &Rc<UserClass>) -> Result<Vec<Field>, Raised> {
    fields(class, false, true)
}

/// The fields of a class: those it inherits, and its annotated variables.
fn fields(class: &Rc<UserClass>, are_keyword_only: bool, is_named_tuple: bool) -> Result<Vec<Field>, Raised> {
    let mut fields: Vec<Field> = Vec::new();
    for ancestor in class.ancestors().iter().rev() {
        if let Some(record) = &*ancestor.record.borrow() {
            record.fields.iter().for_each(|field| put(&mut fields, field.clone()));
        }
    }
    let Some(Value::Dict(annotations)) = class.attributes.get_named("__annotations__") else { return Ok(fields) };
    let mut must_be_named = are_keyword_only;
    for (name, annotation) in annotations.entries() {
        let (Value::Str(name), Value::Str(annotation)) = (&name, &annotation) else { continue };
        if annotation.contains("ClassVar") {
            continue;
        }
        if annotation.ends_with("KW_ONLY") {
            must_be_named = true;
            continue;
        }
        let given = class.attributes.get_named(name);
        let mut field = match &given {
            Some(Value::Object(object)) if let Some(field) = object.state::<Field>() => (*field).clone(),
            Some(value @ (Value::List(_) | Value::Dict(_) | Value::Set(_))) if !is_named_tuple => {
                let kind = value.type_name();
                let message =
                    format!("mutable default <class '{kind}'> for field {name} is not allowed: use default_factory");
                return raise(ExceptionKind::ValueError, message);
            }
            given => Field {
                name: "".into(),
                default: given.clone().unwrap_or(Value::Unbound),
                factory: Value::Unbound,
                is_represented: true,
                is_compared: true,
                is_initialized: true,
                is_keyword_only: false,
            },
        };
        field.name = name.as_str().into();
        field.is_keyword_only |= must_be_named;
        if matches!(field.default, Value::Unbound) {
            class.attributes.remove_named(name);
        } else {
            class.attributes.set(name, field.default.clone());
        }
        put(&mut fields, field);
    }
    Ok(fields)
}

/// Adds a field, in the place of one with the same name.
fn put(fields: &mut Vec<Field>, field: Field) {
    match fields.iter_mut().find(|other| other.name == field.name) {
        Some(other) => *other = field,
        None => fields.push(field),
    }
}

/// The `__init__` of a dataclass, as a function of the program: its calls are bound, and can fail, as any other.
pub fn initializer(class: &Rc<UserClass>, fields: &[Field]) -> Result<Value, Raised> {
    let has_default = |field: &Field| !matches!((&field.default, &field.factory), (Value::Unbound, Value::Unbound));
    let (mut signature, mut defaults, mut keyword_defaults) = (Signature::default(), Vec::new(), Vec::new());
    signature.names.push("self".into());
    let mut last_default: Option<&str> = None;
    // Where no argument is given for a field with a factory, the field itself stands for it.
    let marker = Value::Object(Rc::new(Object { class: &FIELD, state: Rc::new(()) }));
    let default_of = |field: &Field| match (&field.default, &field.factory) {
        (Value::Unbound, Value::Unbound) => Value::Unbound,
        (Value::Unbound, _) => marker.clone(),
        (default, _) => default.clone(),
    };
    for field in fields.iter().filter(|field| field.is_initialized && !field.is_keyword_only) {
        if has_default(field) {
            last_default = Some(&field.name);
            defaults.push(default_of(field));
        } else if let Some(before) = last_default {
            let message = format!("non-default argument '{}' follows default argument '{before}'", field.name);
            return raise(ExceptionKind::TypeError, message);
        }
        signature.names.push(field.name.clone());
    }
    signature.positional = signature.names.len();
    for field in fields.iter().filter(|field| field.is_initialized && field.is_keyword_only) {
        signature.names.push(field.name.clone());
        keyword_defaults.push(default_of(field));
        signature.keyword_only += 1;
    }
    let mut constants = vec![Value::None, marker.clone()];
    let mut names = Vec::new();
    let mut instructions = vec![Instruction::Begin];
    for field in fields {
        let slot = signature.names.iter().position(|name| *name == field.name).filter(|_| field.is_initialized);
        let mut call_factory = |instructions: &mut Vec<Instruction>| {
            constants.push(field.factory.clone());
            instructions.push(Instruction::Constant(constants.len() as u32 - 1));
            instructions.push(Instruction::Call { arguments: 0 });
        };
        match (slot, &field.factory) {
            (Some(slot), Value::Unbound) => instructions.push(Instruction::LoadLocal(slot as u32)),
            (Some(slot), _) => {
                let slot = slot as u32;
                instructions.push(Instruction::LoadLocal(slot));
                instructions.push(Instruction::Constant(1));
                instructions.push(Instruction::Compare(Comparison::Is));
                let behind = instructions.len() as u32 + 5;
                instructions.push(Instruction::JumpIfTrue(behind - 2));
                instructions.push(Instruction::LoadLocal(slot));
                instructions.push(Instruction::Jump(behind));
                call_factory(&mut instructions);
            }
            (None, Value::Unbound) if matches!(field.default, Value::Unbound) => continue,
            (None, Value::Unbound) => {
                constants.push(field.default.clone());
                instructions.push(Instruction::Constant(constants.len() as u32 - 1));
            }
            (None, _) => call_factory(&mut instructions),
        }
        instructions.push(Instruction::LoadLocal(0));
        names.push(field.name.clone());
        instructions.push(Instruction::StoreAttribute(names.len() as u32 - 1));
    }
    if class.find("__post_init__").is_some() {
        names.push("__post_init__".into());
        instructions.push(Instruction::LoadLocal(0));
        instructions.push(Instruction::CallMethod { name: names.len() as u16 - 1, arguments: 0 });
        instructions.push(Instruction::Pop);
    }
    instructions.extend([Instruction::Constant(0), Instruction::Return]);
    let code = Code {
        name: "__init__".into(),
        qualified_name: format!("{}.__init__", class.qualified_name).into(),
        kind: CodeKind::Function,
        positions: vec![Position::default(); instructions.len()],
        instructions,
        constants,
        names,
        recipes: Vec::new(),
        handlers: Vec::new(),
        handling: Vec::new(),
        locals: signature.names.len(),
        local_names: signature.names.clone(),
        signature,
        free: Vec::new(),
        line: 0,
    };
    let code = Rc::new(code);
    Ok(Value::Function(Rc::new(Function {
        name: code.name.clone(),
        code,
        defaults,
        keyword_defaults,
        captured: Vec::new(),
        documentation: Value::None,
        attributes: OnceCell::new(),
    })))
}

/// The names and values of an instance's fields; `None` if it is no instance of a dataclass.
fn values_of(value: &Value) -> Option<Vec<(Rc<str>, Value)>> {
    let Value::Instance(instance) = value else { return None };
    let record = instance.class.record()?;
    let value_of = |field: &Field| instance.attributes.get_named(&field.name).unwrap_or(Value::None);
    Some(record.fields.iter().map(|field| (field.name.clone(), value_of(field))).collect())
}

fn as_dict(value: &Value) -> Value {
    match (value, values_of(value)) {
        (_, Some(values)) => {
            let dict = Dict::default();
            values.iter().for_each(|(name, value)| dict.set(name, as_dict(value)));
            Value::Dict(Rc::new(dict))
        }
        (Value::List(list), _) => Value::list(list.items.borrow().iter().map(as_dict).collect()),
        (Value::Tuple(items), _) => Value::tuple(items.iter().map(as_dict).collect()),
        (other, _) => other.clone(),
    }
}

fn as_tuple(value: &Value) -> Value {
    match values_of(value) {
        Some(values) => Value::tuple(values.iter().map(|(_, value)| as_tuple(value)).collect()),
        None => value.clone(),
    }
}

fn replace(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [object] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "replace() should be called on dataclass instances");
    };
    let Some(values) = values_of(object) else {
        return raise(ExceptionKind::TypeError, "replace() should be called on dataclass instances");
    };
    let mut keywords = arguments.keywords.to_vec();
    for (name, value) in values {
        if keywords.iter().all(|(given, _)| *given != name) {
            keywords.push((name, value));
        }
    }
    machine.call_value_with(&object.class_value(), &[], &keywords)
}
