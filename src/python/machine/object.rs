//! Attributes of objects and classes of the program: looking them up, storing and deleting them.

use std::rc::Rc;

use super::execute::Flow;
use super::{Frame, Machine};
use crate::python::compile::{CLASS_CELL, mangled};
use crate::python::modules;
use crate::python::values::{
    Bound, Class, Descriptor, Dict, ExceptionKind, Method, Native, Raised, Super, UserClass, Value, raise,
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
        if let Value::Instance(instance) = object
            && let Some(function) = instance.class.find("__getattribute__")
        {
            let arguments = [object.clone(), Value::text(name)];
            return match (self.call_value(&function, &arguments), instance.class.find("__getattr__")) {
                (Err(exception), Some(function)) if exception.kind.is_a(ExceptionKind::AttributeError) => {
                    Ok(Some(Found::Call(function, arguments.to_vec())))
                }
                (result, _) => result.map(|value| Some(Found::Value(value))),
            };
        }
        self.look_up_plainly(object, name)
    }

    /// An attribute past `__getattribute__`.
    pub fn attribute_plainly(&mut self, object: &Value, name: &str) -> Result<Value, Raised> {
        match self.look_up_plainly(object, name)? {
            Some(Found::Value(value)) => Ok(value),
            Some(Found::Call(function, arguments)) => self.call_value(&function, &arguments),
            None => self.attribute_of_builtin(object, name),
        }
    }

    fn look_up_plainly(&mut self, object: &Value, name: &str) -> Result<Option<Found>, Raised> {
        let found = match object {
            Value::Type(class) => match (class.find(name), name) {
                (Some(value @ Value::Instance(_)), _) if let Some(function) = getter_of(&value) => {
                    return Ok(Some(Found::Call(function, vec![value, Value::None, object.clone()])));
                }
                (Some(value), _) => Some(bind_to_class(value, object)),
                (None, "__name__") => Some(Value::text(&*class.name)),
                (None, "__qualname__") => Some(Value::text(&*class.qualified_name)),
                (None, "__module__") => Some(Value::from("__main__")),
                (None, "__dict__") => Some(Value::Dict(class.attributes.clone())),
                (None, "__bases__") => Some(match class.bases.is_empty() {
                    true => Value::tuple(vec![Value::Class(Class::Object)]),
                    false => Value::tuple(class.bases.clone()),
                }),
                (None, "__mro__") => Some(order_of(class)),
                (None, "mro") => Some(Value::Bound(Rc::new(Bound { receiver: object.clone(), method: &MRO }))),
                (None, "__subclasses__") => None,
                (None, "__class__") => Some(object.class_value()),
                (None, "__doc__") => Some(Value::None),
                (None, name) => match class.meta.get().and_then(|meta| meta.find(name)) {
                    Some(Value::Descriptor(descriptor))
                        if let Descriptor::Property { getter, .. } = &*descriptor.clone() =>
                    {
                        return Ok(Some(Found::Call(getter.clone(), vec![object.clone()])));
                    }
                    Some(value) => Some(bind(value, object)),
                    None => modules::class_attribute(class.builtin, name)
                        .filter(|_| class.builtin != Class::Object)
                        .map(|value| bind_to_class(value, object))
                        .or_else(|| modules::object_method(name).map(Value::Native)),
                },
            },
            Value::Super(it) => self.look_up_behind(it, name),
            _ => {
                let (Some(class), Some(attributes)) = (object.user_class(), object.own_attributes()) else {
                    return Ok(None);
                };
                let inherited = class.find(name);
                match &inherited {
                    Some(Value::Descriptor(descriptor)) if let Descriptor::Property { getter, .. } = &**descriptor => {
                        return Ok(Some(Found::Call(getter.clone(), vec![object.clone()])));
                    }
                    Some(value @ Value::Instance(descriptor))
                        if descriptor.class.find("__set__").is_some()
                            && let Some(function) = getter_of(value) =>
                    {
                        let arguments = vec![value.clone(), object.clone(), Value::Type(class.clone())];
                        return Ok(Some(Found::Call(function, arguments)));
                    }
                    _ => {}
                }
                match (attributes.get_named(name), inherited) {
                    (Some(value), _) => Some(value),
                    (None, Some(Value::Descriptor(cached))) if let Descriptor::Cached(getter) = &*cached.clone() => {
                        let value = self.call_value(getter, std::slice::from_ref(object))?;
                        attributes.set(name, value.clone());
                        Some(value)
                    }
                    (None, Some(value @ Value::Instance(_))) if let Some(function) = getter_of(&value) => {
                        let arguments = vec![value, object.clone(), Value::Type(class.clone())];
                        return Ok(Some(Found::Call(function, arguments)));
                    }
                    (None, Some(value)) => Some(bind(value, object)),
                    (None, None) => match (name, object) {
                        ("__class__", _) => Some(Value::Type(class.clone())),
                        ("__dict__", Value::Instance(instance)) => Some(Value::Dict(instance.attributes.clone())),
                        ("__doc__", _) => Some(Value::None),
                        ("__module__", _) => Some(Value::from("__main__")),
                        _ => match class.find("__getattr__") {
                            Some(function) if !self.has_builtin_attribute(object, name) => {
                                let arguments = vec![object.clone(), Value::text(name)];
                                return Ok(Some(Found::Call(function, arguments)));
                            }
                            _ => None,
                        },
                    },
                }
            }
        };
        Ok(found.map(Found::Value))
    }

    /// Whether the builtin class that an object derives from has such an attribute.
    fn has_builtin_attribute(&mut self, object: &Value, name: &str) -> bool {
        match object.core() {
            Some(core) => self.attribute(&core, name).is_ok(),
            None => {
                modules::is_exception_attribute(object, name)
                    || matches!(object, Value::Exception(_)) && modules::method(object, name).is_some()
            }
        }
    }

    /// What `super().name` means.
    fn look_up_behind(&mut self, it: &Super, name: &str) -> Option<Value> {
        let receiver = &it.receiver;
        let is_class = receiver.user_class_itself().is_some_and(|class| class.derives_from(&it.class));
        let class = if is_class { receiver.user_class_itself() } else { receiver.user_class() }?;
        if let Some(value) = class.find_behind(&it.class, name) {
            return Some(if is_class { bind_to_class(value, receiver) } else { bind(value, receiver) });
        }
        if name == "__new__" {
            return modules::object_method(name).map(Value::Native);
        }
        let bound = |receiver: &Value, method| Value::Bound(Rc::new(Bound { receiver: receiver.clone(), method }));
        if is_class {
            return match modules::class_attribute(class.builtin, name) {
                Some(value) if class.builtin != Class::Object => Some(bind_to_class(value, receiver)),
                _ => Some(bound(receiver, modules::object_method(name)?)),
            };
        }
        if let Some(method) = modules::method(receiver, name).filter(|_| name != "__init__") {
            return Some(bound(receiver, method));
        }
        if let Some(core) = receiver.core().filter(|_| name != "__init__")
            && let Ok(value) = self.attribute(&core, name)
        {
            return Some(value);
        }
        Some(bound(receiver, modules::object_method(name)?))
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
            if class.enumeration().is_some_and(|enumeration| enumeration.names.get_named(name).is_some()) {
                return raise(ExceptionKind::AttributeError, format!("cannot reassign member '{name}'"));
            }
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
        match class.find(name) {
            Some(Value::Descriptor(descriptor)) if let Descriptor::Property { setter, .. } = &*descriptor.clone() => {
                if matches!(setter, Value::Unbound) {
                    let message = format!("property '{name}' of '{}' object has no setter", class.name);
                    return raise(ExceptionKind::AttributeError, message);
                }
                self.call_value(setter, &[object.clone(), value.clone()])?;
                return Ok(true);
            }
            Some(Value::Instance(descriptor)) if let Some(function) = descriptor.class.find("__set__") => {
                let arguments = [Value::Instance(descriptor), object.clone(), value.clone()];
                self.call_value(&function, &arguments)?;
                return Ok(true);
            }
            _ => {}
        }
        let Value::Instance(instance) = object else { return Ok(false) };
        if class.has_slots && !class.has_slot(name) {
            let message = match class.find(name) {
                Some(_) => format!("'{}' object attribute '{name}' is read-only", class.name),
                None => format!(
                    "'{}' object has no attribute '{name}' and no __dict__ for setting new attributes",
                    class.name
                ),
            };
            return raise(ExceptionKind::AttributeError, message);
        }
        if class.record().is_some_and(|record| record.is_frozen) && instance.attributes.get_named(name).is_some() {
            if class.builtin == Class::Tuple {
                return raise(ExceptionKind::AttributeError, "can't set attribute");
            }
            return raise(ExceptionKind::FrozenInstanceError, format!("cannot assign to field '{name}'"));
        }
        instance.attributes.set(name, value.clone());
        Ok(true)
    }

    /// Deletes an attribute.
    pub fn delete_attribute(&mut self, object: &Value, name: &str) -> Result<(), Raised> {
        match object.user_class().filter(|_| object.user_class_itself().is_none()).and_then(|it| it.find("__delattr__"))
        {
            Some(function) => self.call_value(&function, &[object.clone(), Value::text(name)]).map(|_| ()),
            None => self.delete_plainly(object, name),
        }
    }

    /// Deletes an attribute, past the class's own `__delattr__`.
    pub fn delete_plainly(&mut self, object: &Value, name: &str) -> Result<(), Raised> {
        if let Value::Instance(instance) = object {
            match instance.class.find(name) {
                Some(Value::Descriptor(descriptor))
                    if let Descriptor::Property { deleter, .. } = &*descriptor.clone() =>
                {
                    if matches!(deleter, Value::Unbound) {
                        let message = format!("property '{name}' of '{}' object has no deleter", instance.class.name);
                        return raise(ExceptionKind::AttributeError, message);
                    }
                    return self.call_value(deleter, std::slice::from_ref(object)).map(|_| ());
                }
                Some(Value::Instance(descriptor)) if let Some(function) = descriptor.class.find("__delete__") => {
                    return self.call_value(&function, &[Value::Instance(descriptor), object.clone()]).map(|_| ());
                }
                _ => {}
            }
            if instance.class.record().is_some_and(|record| record.is_frozen) {
                return raise(ExceptionKind::FrozenInstanceError, format!("cannot delete field '{name}'"));
            }
        }
        let attributes = match object {
            Value::Type(class) => Some(&*class.attributes),
            Value::Function(function) => function.attributes.get().map(|attributes| &**attributes),
            other => other.own_attributes(),
        };
        match attributes.and_then(|attributes| attributes.remove_named(name)) {
            Some(_) => Ok(()),
            None => {
                let message = match object {
                    Value::Type(class) => format!("type object '{}' has no attribute '{name}'", class.name),
                    _ => format!("'{}' object has no attribute '{name}'", object.type_name()),
                };
                raise(ExceptionKind::AttributeError, message)
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

/// The `__get__` of what a class of the program holds.
fn getter_of(value: &Value) -> Option<Value> {
    value.user_class()?.find("__get__")
}

static MRO: Native = Native {
    name: "mro",
    call: |_, it| match it.alone("mro")?.user_class_itself() {
        Some(class) => match order_of(class) {
            Value::Tuple(order) => Ok(Value::list(order.to_vec())),
            other => Ok(other),
        },
        None => Ok(Value::None),
    },
};

/// What a class holds, as an attribute of an object.
fn bind(value: Value, object: &Value) -> Value {
    match value {
        Value::Object(ref it) if it.class.is_function => {
            Value::Method(Rc::new(Method { receiver: object.clone(), function: value }))
        }
        Value::Function(_) => Value::Method(Rc::new(Method { receiver: object.clone(), function: value })),
        Value::Descriptor(ref descriptor) => match **descriptor {
            Descriptor::Builtin(method) => Value::Bound(Rc::new(Bound { receiver: object.clone(), method })),
            _ => bind_to_class(value, &object.class_value()),
        },
        value => value,
    }
}

/// What a class holds, as an attribute of the class.
fn bind_to_class(value: Value, class: &Value) -> Value {
    let Value::Descriptor(descriptor) = &value else { return value };
    match &**descriptor {
        Descriptor::Static(function) => function.clone(),
        Descriptor::Builtin(method) => Value::Native(method),
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
