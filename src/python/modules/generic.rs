//! Classes with arguments, such as `list[int]`: `types.GenericAlias`.

use std::rc::Rc;

use crate::python::machine::Machine;
use crate::python::values::{Arguments, Class, Native, NativeClass, Object, Raised, Value, repr};

/// `types.GenericAlias`.
pub static GENERIC_ALIAS: NativeClass = NativeClass {
    name: "GenericAlias",
    module: "types",
    methods: &[Native { name: "__call__", call }],
    attribute: |object, name| {
        let alias = object.state::<Alias>()?;
        match name {
            "__origin__" => Some(alias.origin.clone()),
            "__args__" => Some(Value::tuple(alias.arguments.clone())),
            _ => None,
        }
    },
    represent: |object| Some(represent(&*object.state()?)),
    ..NativeClass::PLAIN
};

struct Alias {
    origin: Value,
    arguments: Vec<Value>,
}

/// Whether a value is a class, perhaps with arguments.
pub fn is_type(value: &Value) -> bool {
    matches!(value, Value::Class(_) | Value::Type(_)) || value.class() == Class::Native(&GENERIC_ALIAS)
}

/// What a class in brackets means: the class with arguments, or itself where it stands for a hint alone.
pub fn with_arguments(class: &Value, arguments: &Value) -> Value {
    if let Value::Class(Class::Object) = class {
        return class.clone();
    }
    let arguments = match arguments {
        Value::Tuple(arguments) => arguments.to_vec(),
        one => vec![one.clone()],
    };
    Object::value(&GENERIC_ALIAS, Rc::new(Alias { origin: class.clone(), arguments }))
}

/// Puts the class alone in the place of a class with arguments: it is what another class can derive from.
pub fn leave_arguments(class: &mut Value) {
    if let Ok(alias) = Object::state_of::<Alias>(class) {
        *class = alias.origin.clone();
    }
}

/// Calling it is calling the class.
fn call(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let alias = Object::state_of::<Alias>(&arguments.positional[0])?;
    machine.call_native(&alias.origin, &arguments.positional[1..], arguments.keywords)
}

fn represent(alias: &Alias) -> String {
    let name = |value: &Value| match value {
        Value::Class(class) => class.qualified_name(),
        Value::Type(class) => class.full_name(),
        Value::Ellipsis => "...".to_owned(),
        other => repr(other),
    };
    let arguments: Vec<String> = alias.arguments.iter().map(name).collect();
    [&name(&alias.origin), "[", &arguments.join(", "), "]"].concat()
}
