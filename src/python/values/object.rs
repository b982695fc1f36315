//! Objects that modules are written for: instances of classes written in Rust that the machine knows nothing of.

use std::any::Any;
use std::rc::Rc;

use super::{Arguments, Class, ExceptionKind, Native, Raised, Value, raise};
use crate::python::machine::Machine;

/// A class written in Rust. A static of it begins with what differs from [`NativeClass::PLAIN`].
///
/// Python's special methods are methods as any other, by their names: `__enter__` and `__exit__` make `with` work,
/// `__aenter__` and `__aexit__` make `async with` work, `__aiter__` and `__anext__` make `async for` work. The last four
/// but `__aiter__` return something to await. `__exit__` and `__aexit__` take a class, an exception and a traceback, each
/// `None` where the block ended well; a true result suppresses the exception, and an error takes its place.
pub struct NativeClass {
    pub name: &'static str,
    /// `builtins` for none.
    pub module: &'static str,
    /// The class that it derives from.
    pub base: Class,
    pub methods: &'static [Native],
    /// What calling the class does.
    pub construct: fn(&mut Machine, &Arguments<'_>) -> Result<Value, Raised>,
    /// An attribute that is no method.
    pub attribute: fn(&Object, name: &str) -> Option<Value>,
    /// What the class itself offers besides its methods: class methods and constants.
    pub of_class: fn(name: &str) -> Option<Value>,
    /// Sets an attribute. False if the program may not.
    pub assign: fn(&Object, name: &str, value: &Value) -> bool,
    /// Whether programs may derive classes from it, and what its methods then work on.
    pub base_for: Derivation,
    /// Whether an object of it that a class of the program holds is a method there, as a function is.
    pub is_function: bool,
    /// What `repr` shows, if not the class alone.
    pub represent: fn(&Object) -> Option<String>,
}

/// What a class written in Rust is to classes of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivation {
    /// They cannot derive from it.
    None,
    /// Its methods work on an object of it within theirs.
    Within,
    /// Its methods work on their objects themselves.
    Whole,
}

impl NativeClass {
    /// A class with no name, no methods and no instances that programs can make.
    pub const PLAIN: Self = Self {
        name: "",
        module: "builtins",
        base: Class::Object,
        methods: &[],
        construct: |_, _| raise(ExceptionKind::TypeError, "cannot create instances of this class"),
        attribute: |_, _| None,
        of_class: |_| None,
        assign: |_, _, _| false,
        base_for: Derivation::None,
        is_function: false,
        represent: |_| None,
    };
}

impl PartialEq for NativeClass {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Eq for NativeClass {}

impl std::fmt::Debug for NativeClass {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// An instance of a [`NativeClass`].
pub struct Object {
    pub class: &'static NativeClass,
    pub state: Rc<dyn Any>,
}

impl Object {
    /// An object as a value.
    pub fn value(class: &'static NativeClass, state: Rc<dyn Any>) -> Value {
        Value::Object(Rc::new(Self { class, state }))
    }

    /// The state of an object, if it is of this type.
    pub fn state<T: Any>(&self) -> Option<Rc<T>> {
        self.state.clone().downcast().ok()
    }

    /// The state of a method's receiver.
    ///
    /// # Errors
    /// `TypeError` if the value is no object with such a state.
    pub fn state_of<T: Any>(value: &Value) -> Result<Rc<T>, Raised> {
        let state = match value {
            Value::Object(object) => object.state(),
            _ => None,
        };
        state.map_or_else(
            || {
                raise(
                    ExceptionKind::TypeError,
                    format!("descriptor does not apply to a '{}' object", value.type_name()),
                )
            },
            Ok,
        )
    }
}
