//! Making classes of the program: their metaclasses, and what they tell those they derive from.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::python::compile::CLASS_CELL;
use crate::python::modules;
use crate::python::values::{Class, Descriptor, Dict, ExceptionKind, Raised, UserClass, Value, raise};

impl Machine {
    /// Makes a class of its bases, its keywords if it has some, and its namespace, which lie on the stack.
    pub(super) fn make_class(
        &mut self,
        frame: &mut Frame,
        name: &Rc<str>,
        bases: usize,
        has_keywords: bool,
    ) -> Result<(), Raised> {
        let Value::Dict(attributes) = frame.pop() else { return Ok(()) };
        let keywords = if has_keywords { super::arguments::keywords_of(&frame.pop())? } else { Vec::new() };
        let bases = frame.values.split_off(frame.values.len() - bases);
        let meta = keywords.iter().find(|(name, _)| &**name == "metaclass").map(|(_, meta)| meta.clone());
        let keywords: Vec<_> = keywords.into_iter().filter(|(name, _)| &**name != "metaclass").collect();
        let inherited = || bases.iter().find_map(|base| base.user_class_itself()?.meta.get().cloned());
        let meta = match meta {
            Some(Value::Type(meta)) => Some(meta),
            _ => inherited(),
        };
        let class = match meta {
            None => self.new_class(None, name.clone(), bases, attributes, &keywords)?,
            Some(meta) => {
                let short: &str = name.rsplit('.').next().unwrap_or(name);
                attributes.set("__qualname__", Value::text(&**name));
                let arguments = [Value::text(short), Value::tuple(bases), Value::Dict(attributes)];
                self.construct_nested(&meta, &arguments, &keywords)?
            }
        };
        frame.push(class);
        Ok(())
    }

    /// What `type.__new__` does.
    ///
    /// # Errors
    /// `TypeError` for what is no base; what the classes above raise when they are told.
    pub fn new_class(
        &mut self,
        meta: Option<Rc<UserClass>>,
        name: Rc<str>,
        mut bases: Vec<Value>,
        attributes: Rc<Dict>,
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        bases.iter_mut().for_each(modules::leave_arguments);
        let count = bases.len();
        bases.retain(|base| !base.is(&Value::Native(&modules::NAMED_TUPLE)));
        let is_named_tuple = bases.len() < count;
        let count = bases.len();
        bases.retain(|base| !base.is(&Value::Native(&modules::TYPED_DICT)));
        let is_typed_dict = bases.len() < count;
        if is_typed_dict {
            bases.push(Value::Class(Class::Dict));
        }
        // Such as `total=False`.
        let keywords = if is_typed_dict { &[] } else { keywords };
        if is_named_tuple {
            bases.push(Value::Class(Class::Tuple));
        }
        let cell = attributes.remove_named(CLASS_CELL);
        let qualified_name = match attributes.remove_named("__qualname__") {
            Some(Value::Str(given)) => given.as_str().into(),
            _ => name.clone(),
        };
        let short = name.rsplit('.').next().unwrap_or(&name).into();
        self.remember(&attributes);
        let class = UserClass::new(short, qualified_name, bases, attributes)?;
        if let Some(meta) = meta {
            let _ = class.meta.set(meta);
        }
        if let Some(Value::Cell(cell)) = cell {
            *cell.borrow_mut() = Value::Type(class.clone());
        }
        if is_named_tuple {
            modules::complete_named_tuple(&class)?;
        }
        modules::complete_enumeration(self, &class)?;
        note_abstract(&class);
        let value = Value::Type(class.clone());
        for (name, attribute) in class.attributes.entries() {
            if let Value::Instance(_) = attribute {
                self.call_special_nested(&attribute, "__set_name__", &[value.clone(), name])?;
            }
        }
        let tell = class.ancestors().iter().find_map(|ancestor| ancestor.attributes.get_named("__init_subclass__"));
        match tell {
            Some(function) => {
                let function = unwrap_class_method(function);
                self.call_value_with(&function, std::slice::from_ref(&value), keywords)?;
            }
            None if !keywords.is_empty() => {
                let message = format!("{}.__init_subclass__() takes no keyword arguments", class.name);
                return raise(ExceptionKind::TypeError, message);
            }
            None => {}
        }
        Ok(value)
    }

    /// What calling `type` or a metaclass does, before an `__init__`: the class of an object, or a new class.
    ///
    /// # Errors
    /// As [`Self::new_class`].
    pub fn call_type(
        &mut self,
        meta: Option<Rc<UserClass>>,
        arguments: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        match arguments {
            [object] if meta.is_none() => Ok(object.class_value()),
            [Value::Str(name), Value::Tuple(bases), Value::Dict(namespace)] => {
                let attributes = Dict::default();
                attributes.update(self, namespace)?;
                self.new_class(meta, name.as_str().into(), bases.to_vec(), Rc::new(attributes), keywords)
            }
            _ => raise(ExceptionKind::TypeError, "type() takes 1 or 3 arguments"),
        }
    }

    /// What a class in brackets gives.
    pub(super) fn subscript_class(&mut self, class: &Value, index: &Value) -> Result<Value, Raised> {
        if let Some(value) = self.call_special_nested(class, "__getitem__", std::slice::from_ref(index))? {
            return Ok(value);
        }
        match class.user_class_itself().and_then(|class| class.find("__class_getitem__")) {
            Some(function) => {
                let function = unwrap_class_method(function);
                self.call_value(&function, &[class.clone(), index.clone()])
            }
            None => Ok(class.clone()),
        }
    }

    /// The function that a static method is, or the value itself.
    pub fn unwrap_static(&self, function: Value) -> Value {
        match &function {
            Value::Descriptor(descriptor) if let Descriptor::Static(function) = &**descriptor => function.clone(),
            _ => function,
        }
    }
}

/// The function that a class method is, or the value itself.
fn unwrap_class_method(function: Value) -> Value {
    match &function {
        Value::Descriptor(descriptor) if let Descriptor::Class(function) = &**descriptor => function.clone(),
        _ => function,
    }
}

/// Notes what a class leaves to those that derive from it: what `abc.abstractmethod` has marked.
fn note_abstract(class: &UserClass) {
    fn is_abstract(value: &Value) -> bool {
        match value {
            Value::Function(function) => {
                function.attributes.get().is_some_and(|own| own.get_named("__isabstractmethod__").is_some())
            }
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Property { getter, setter, deleter } => {
                    [getter, setter, deleter].into_iter().any(is_abstract)
                }
                Descriptor::Static(function) | Descriptor::Class(function) | Descriptor::Cached(function) => {
                    is_abstract(function)
                }
                Descriptor::Builtin(_) => false,
            },
            _ => false,
        }
    }
    let classes = std::iter::once(class).chain(class.ancestors().iter().map(|ancestor| &**ancestor));
    let mut names: Vec<String> = Vec::new();
    for owner in classes {
        for (name, value) in owner.attributes.entries() {
            let Value::Str(name) = name else { continue };
            if is_abstract(&value) && class.find(&name).is_some_and(|found| is_abstract(&found)) {
                let name = format!("'{name}'");
                if !names.contains(&name) {
                    let at = names.iter().position(|other| *other > name).unwrap_or(names.len());
                    names.insert(at, name);
                }
            }
        }
    }
    if !names.is_empty() {
        let _ = class.abstract_names.set(names.join(", "));
    }
}
