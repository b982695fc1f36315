//! Classes of the program: making them, their instances, and looking up what belongs to either.

use std::rc::Rc;

use super::execute::Flow;
use super::{Frame, Machine, Owner};
use crate::python::compile::{CLASS_CELL, mangled};
use crate::python::modules;
use crate::python::values::{
    Bound, Class, Descriptor, Dict, Exception, ExceptionKind, Instance, Method, Raised, Super, UserClass, Value, raise,
};

/// What looking up an attribute comes to.
pub(super) enum Found {
    Value(Value),
    /// It is what this function returns for these arguments.
    Call(Value, Vec<Value>),
}

impl Machine {
    /// An attribute that a class of the program has a say in; `None` if there is no such.
    pub(super) fn look_up(&mut self, object: &Value, name: &str) -> Result<Option<Found>, Raised> {
        let found = match object {
            Value::Type(class) => match (class.find(name), name) {
                (Some(value), _) => Some(bind_to_class(value, object)),
                (None, "__name__") => Some(Value::text(&*class.name)),
                (None, "__qualname__") => Some(Value::text(&*class.qualified_name)),
                (None, "__module__") => Some(Value::from("__main__")),
                (None, "__dict__") => Some(Value::Dict(class.attributes.clone())),
                (None, "__bases__") => Some(Value::tuple(class.bases.clone())),
                (None, "__mro__") => Some(order_of(class)),
                (None, "__doc__") => Some(Value::None),
                (None, name) => modules::object_method(name).map(Value::Native),
            },
            Value::Super(it) => self.look_up_behind(it, name),
            _ => {
                let (Some(class), Some(attributes)) = (object.user_class(), object.own_attributes()) else {
                    return Ok(None);
                };
                let inherited = class.find(name);
                if let Some(Value::Descriptor(descriptor)) = &inherited
                    && let Descriptor::Property { getter, .. } = &**descriptor
                {
                    return Ok(Some(Found::Call(getter.clone(), vec![object.clone()])));
                }
                match (attributes.get_named(name), inherited) {
                    (Some(value), _) => Some(value),
                    (None, Some(Value::Descriptor(cached))) if let Descriptor::Cached(getter) = &*cached.clone() => {
                        let value = self.call_value(getter, std::slice::from_ref(object))?;
                        attributes.set(name, value.clone());
                        Some(value)
                    }
                    (None, Some(value)) => Some(bind(value, object)),
                    (None, None) => match (name, object) {
                        ("__class__", _) => Some(Value::Type(class.clone())),
                        ("__dict__", Value::Instance(instance)) => Some(Value::Dict(instance.attributes.clone())),
                        ("__doc__", _) => Some(Value::None),
                        ("__module__", _) => Some(Value::from("__main__")),
                        _ => {
                            let is_builtin = matches!(object, Value::Exception(_))
                                && (modules::method(object, name).is_some()
                                    || modules::is_exception_attribute(object, name));
                            match class.find("__getattr__") {
                                Some(function) if !is_builtin => {
                                    let arguments = vec![object.clone(), Value::text(name)];
                                    return Ok(Some(Found::Call(function, arguments)));
                                }
                                _ => None,
                            }
                        }
                    },
                }
            }
        };
        Ok(found.map(Found::Value))
    }

    /// What `super().name` means.
    fn look_up_behind(&mut self, it: &Super, name: &str) -> Option<Value> {
        let class = it.receiver.user_class().or_else(|| it.receiver.user_class_itself())?;
        match class.find_behind(&it.class, name) {
            Some(value) if it.receiver.user_class_itself().is_some() => Some(bind_to_class(value, &it.receiver)),
            Some(value) => Some(bind(value, &it.receiver)),
            None if name == "__new__" => modules::object_method(name).map(Value::Native),
            None => {
                let own = || modules::method(&it.receiver, name);
                let method = modules::object_method(name).or_else(own)?;
                Some(Value::Bound(Rc::new(Bound { receiver: it.receiver.clone(), method })))
            }
        }
    }

    /// Puts an attribute in the place of the object on top.
    pub(super) fn load_attribute(&mut self, frame: &mut Frame, name: &str) -> Result<Option<Flow>, Raised> {
        match self.look_up(&frame.top().clone(), name)? {
            Some(Found::Value(value)) => frame.replace_top(value),
            Some(Found::Call(function, arguments)) => {
                frame.replace_top(function);
                let count = arguments.len();
                frame.values.extend(arguments);
                return self.call(frame, count, &[]);
            }
            None => {
                let value = self.attribute(&frame.top().clone(), name)?;
                frame.replace_top(value);
            }
        }
        Ok(None)
    }

    /// Stores an attribute in an object of the program's own class. False if it is none.
    pub(super) fn store_in_own(&mut self, object: &Value, name: &str, value: &Value) -> Result<bool, Raised> {
        if let Value::Type(class) = object {
            class.attributes.set(name, value.clone());
            return Ok(true);
        }
        let Some(class) = object.user_class().cloned() else { return Ok(false) };
        if let Some(function) = class.find("__setattr__") {
            self.call_value(&function, &[object.clone(), Value::text(name), value.clone()])?;
            return Ok(true);
        }
        self.store_plainly(object, name, value)
    }

    /// Stores an attribute in an object of the program's own class, past the class's own `__setattr__`. False if it is
    /// none.
    pub fn store_plainly(&mut self, object: &Value, name: &str, value: &Value) -> Result<bool, Raised> {
        let Some(class) = object.user_class() else { return Ok(false) };
        if let Some(Value::Descriptor(descriptor)) = class.find(name)
            && let Descriptor::Property { setter, .. } = &*descriptor
        {
            if matches!(setter, Value::Unbound) {
                let message = format!("property '{name}' of '{}' object has no setter", class.name);
                return raise(ExceptionKind::AttributeError, message);
            }
            self.call_value(setter, &[object.clone(), value.clone()])?;
            return Ok(true);
        }
        let Value::Instance(instance) = object else { return Ok(false) };
        if class.record().is_some_and(|record| record.is_frozen) && instance.attributes.get_named(name).is_some() {
            return raise(ExceptionKind::FrozenInstanceError, format!("cannot assign to field '{name}'"));
        }
        instance.attributes.set(name, value.clone());
        Ok(true)
    }

    /// Deletes an attribute.
    pub fn delete_attribute(&mut self, object: &Value, name: &str) -> Result<(), Raised> {
        let attributes = match object {
            Value::Type(class) => Some(&*class.attributes),
            other => other.own_attributes(),
        };
        match attributes.and_then(|attributes| attributes.remove_named(name)) {
            Some(_) => Ok(()),
            None => {
                let message = format!("'{}' object has no attribute '{name}'", object.type_name());
                raise(ExceptionKind::AttributeError, message)
            }
        }
    }

    /// Makes a class of its bases and its namespace, which lie on the stack.
    pub(super) fn make_class(&mut self, frame: &mut Frame, name: &Rc<str>, bases: usize) -> Result<(), Raised> {
        let Value::Dict(attributes) = frame.pop() else { return Ok(()) };
        let mut bases = frame.values.split_off(frame.values.len() - bases);
        bases.iter_mut().for_each(modules::leave_arguments);
        let count = bases.len();
        bases.retain(|base| !base.is(&Value::Native(&modules::NAMED_TUPLE)));
        let is_named_tuple = bases.len() < count;
        let cell = attributes.remove_named(CLASS_CELL);
        let short = name.rsplit('.').next().unwrap_or(name).into();
        self.remember(&attributes);
        let class = UserClass::new(short, name.clone(), bases, attributes)?;
        if let Some(Value::Cell(cell)) = cell {
            *cell.borrow_mut() = Value::Type(class.clone());
        }
        if is_named_tuple {
            modules::complete_named_tuple(&class)?;
        }
        frame.push(Value::Type(class));
        Ok(())
    }

    /// Calls a class of the program that lies under its arguments: makes an object, and runs its `__init__`.
    pub(super) fn construct(
        &mut self,
        frame: &mut Frame,
        class: &Rc<UserClass>,
        count: usize,
        names: &[Value],
    ) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count;
        let positional = frame.values[from..from + count - names.len()].to_vec();
        let keywords = super::call::keywords(names, &frame.values[from + count - names.len()..]);
        let object = self.new_object(class, &positional, &keywords)?;
        let Some(function) = class.find("__init__").filter(|_| is_instance_of(&object, class)) else {
            frame.values.truncate(from - 1);
            frame.push(object);
            return Ok(None);
        };
        frame.values[from - 1] = function;
        frame.values.insert(from, object.clone());
        match self.call(frame, count + 1, names)? {
            Some(Flow::Call(mut callee)) => {
                callee.owner = Owner::Constructor(object);
                Ok(Some(Flow::Call(callee)))
            }
            flow => {
                frame.replace_top(object);
                Ok(flow)
            }
        }
    }

    /// As [`Self::construct`], for native functions.
    pub(super) fn construct_nested(
        &mut self,
        class: &Rc<UserClass>,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        let object = self.new_object(class, positional, keywords)?;
        if let Some(function) = class.find("__init__").filter(|_| is_instance_of(&object, class)) {
            let arguments: Vec<Value> = [&object].into_iter().chain(positional).cloned().collect();
            self.call_value_with(&function, &arguments, keywords)?;
        }
        Ok(object)
    }

    /// What `__new__` gives.
    fn new_object(
        &mut self,
        class: &Rc<UserClass>,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        let new = match class.find("__new__") {
            Some(Value::Descriptor(descriptor)) => match &*descriptor {
                Descriptor::Static(function) => Some(function.clone()),
                _ => None,
            },
            other => other,
        };
        if let Some(new) = new {
            let arguments: Vec<Value> = [Value::Type(class.clone())].into_iter().chain(positional.to_vec()).collect();
            return self.call_value_with(&new, &arguments, keywords);
        }
        let takes_arguments = class.find("__init__").is_some() || matches!(class.builtin, Class::Exception(_));
        if !takes_arguments && (!positional.is_empty() || !keywords.is_empty()) {
            return raise(ExceptionKind::TypeError, format!("{}() takes no arguments", class.name));
        }
        self.plain_object(class, positional)
    }

    /// An object of a class, before its `__init__`.
    ///
    /// # Errors
    /// As for a group of exceptions with such arguments.
    pub fn plain_object(&mut self, class: &Rc<UserClass>, positional: &[Value]) -> Result<Value, Raised> {
        if let Class::Exception(kind) = class.builtin {
            return Exception::construct(kind, Some(class.clone()), positional.to_vec()).map(Value::Exception);
        }
        let instance = Instance { class: class.clone(), attributes: Rc::default() };
        self.remember(&instance.attributes);
        Ok(Value::Instance(Rc::new(instance)))
    }

    /// Notes the attributes of an object or a class: those that keep each other alive are cleared in the end.
    fn remember(&mut self, attributes: &Rc<Dict>) {
        if self.namespaces.len() == self.namespaces.capacity() {
            self.namespaces.retain(|attributes| attributes.strong_count() > 0);
        }
        self.namespaces.push(Rc::downgrade(attributes));
    }

    /// Breaks the circles in which objects keep each other alive.
    pub(super) fn forget_objects(&mut self) {
        for attributes in std::mem::take(&mut self.namespaces) {
            if let Some(attributes) = attributes.upgrade() {
                attributes.clear();
            }
        }
    }
}

/// What the body of a class leaves behind, for the class to be made of.
pub(super) fn namespace(frame: &Frame) -> Value {
    let namespace = Dict::default();
    for (name, value) in frame.code.local_names.iter().zip(&frame.values) {
        let value = match value {
            Value::Cell(_) if &**name == CLASS_CELL => value.clone(),
            Value::Cell(cell) => cell.borrow().clone(),
            value => value.clone(),
        };
        let is_free = frame.code.free.iter().any(|slot| frame.code.local_names[*slot as usize] == *name);
        if !name.is_empty() && !is_free && !matches!(value, Value::Unbound) {
            namespace.set(mangled(&frame.code.name, name).as_deref().unwrap_or(name), value);
        }
    }
    Value::Dict(Rc::new(namespace))
}

fn is_instance_of(object: &Value, class: &Rc<UserClass>) -> bool {
    object.user_class().is_some_and(|own| own.derives_from(class))
}

/// What a class holds, as an attribute of an object.
fn bind(value: Value, object: &Value) -> Value {
    match value {
        Value::Object(_) if modules::method(&value, "__get__").is_some() => {
            Value::Method(Rc::new(Method { receiver: object.clone(), function: value }))
        }
        Value::Function(_) => Value::Method(Rc::new(Method { receiver: object.clone(), function: value })),
        Value::Descriptor(_) => bind_to_class(value, &object.class_value()),
        value => value,
    }
}

/// What a class holds, as an attribute of the class.
fn bind_to_class(value: Value, class: &Value) -> Value {
    let Value::Descriptor(descriptor) = &value else { return value };
    match &**descriptor {
        Descriptor::Static(function) => function.clone(),
        Descriptor::Class(function) => {
            Value::Method(Rc::new(Method { receiver: class.clone(), function: function.clone() }))
        }
        _ => value,
    }
}

/// A class and those it derives from: `__mro__`.
fn order_of(class: &Rc<UserClass>) -> Value {
    let mut order = vec![Value::Type(class.clone())];
    order.extend(class.ancestors().iter().cloned().map(Value::Type));
    if class.builtin != Class::Object {
        order.push(Value::Class(class.builtin));
    }
    order.push(Value::Class(Class::Object));
    Value::tuple(order)
}
