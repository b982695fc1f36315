//! Making objects of the program's own classes.

use std::rc::Rc;

use super::execute::Flow;
use super::{Frame, Machine, Owner};
use crate::python::modules;
use crate::python::values::{
    Class, Derivation, Dict, Exception, ExceptionKind, Instance, Raised, UserClass, Value, raise,
};

impl Machine {
    /// Calls a class of the program that lies under its arguments: makes an object, and runs its `__init__`.
    pub(super) fn construct(
        &mut self,
        frame: &mut Frame,
        class: &Rc<UserClass>,
        count: usize,
        names: &[Value],
    ) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count;
        if let Some(function @ Value::Function(_)) = class.meta.get().and_then(|meta| meta.find("__call__")) {
            frame.values[from - 1] = function;
            frame.values.insert(from, Value::Type(class.clone()));
            return self.call(frame, count + 1, names);
        }
        let positional = frame.values[from..from + count - names.len()].to_vec();
        let keywords = super::arguments::keywords(names, &frame.values[from + count - names.len()..]);
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

    /// As [`Self::construct`], for native functions, and past the `__call__` of a metaclass.
    pub fn construct_nested(
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
        if class.enumeration().is_some() {
            return modules::member_with(self, class, positional);
        }
        if let Some(names) = class.abstract_names.get() {
            let methods = if names.contains(',') { "methods" } else { "method" };
            let message = format!(
                "Can't instantiate abstract class {} without an implementation for abstract {methods} {names}",
                class.name
            );
            return raise(ExceptionKind::TypeError, message);
        }
        if let Some(new) = class.find("__new__").map(|new| self.unwrap_static(new)) {
            let arguments: Vec<Value> = [Value::Type(class.clone())].into_iter().chain(positional.to_vec()).collect();
            return self.call_value_with(&new, &arguments, keywords);
        }
        if class.builtin == Class::Meta {
            return self.call_type(Some(class.clone()), positional, keywords);
        }
        let is_initialized = class.find("__init__").is_some();
        if class.builtin == Class::Object && !is_initialized && (!positional.is_empty() || !keywords.is_empty()) {
            return raise(ExceptionKind::TypeError, format!("{}() takes no arguments", class.name));
        }
        let is_named_tuple = class.builtin == Class::Tuple && class.record().is_some();
        let object = if is_named_tuple { self.plain_object(class, &[]) } else { self.plain_object(class, positional) }?;
        if !is_initialized && let Value::Instance(instance) = &object {
            self.make_core(instance, positional, keywords)?;
        }
        Ok(object)
    }

    /// An object of a class, before its `__init__`: what the `__new__` of the builtin class that it derives from gives.
    ///
    /// # Errors
    /// As for the builtin class with such arguments.
    pub fn plain_object(&mut self, class: &Rc<UserClass>, positional: &[Value]) -> Result<Value, Raised> {
        if let Class::Exception(kind) = class.builtin {
            return Exception::construct(kind, Some(class.clone()), positional.to_vec()).map(Value::Exception);
        }
        let instance = Instance::of(class.clone());
        self.remember(&instance.attributes);
        if is_made_empty(class.builtin) {
            instance.core.replace(self.call_native(&Value::Class(class.builtin), &[], &[])?);
        } else if is_made_whole(class.builtin) {
            instance.core.replace(self.call_native(&Value::Class(class.builtin), positional, &[])?);
        }
        Ok(Value::Instance(Rc::new(instance)))
    }

    /// What the `__init__` of the builtin class that an object derives from does: makes the builtin object within.
    ///
    /// # Errors
    /// As for the builtin class with such arguments.
    pub fn make_core(
        &mut self,
        instance: &Instance,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<(), Raised> {
        let builtin = instance.class.builtin;
        let has_none = matches!(builtin, Class::Native(class) if class.base_for == Derivation::Whole);
        if builtin == Class::Object || has_none || is_made_whole(builtin) {
            return Ok(());
        }
        let core = self.call_native(&Value::Class(builtin), positional, keywords)?;
        instance.core.replace(core);
        Ok(())
    }

    /// Notes the attributes of an object or a class: those that keep each other alive are cleared in the end.
    pub(super) fn remember(&mut self, attributes: &Rc<Dict>) {
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

fn is_instance_of(object: &Value, class: &Rc<UserClass>) -> bool {
    object.user_class().is_some_and(|own| own.derives_from(class))
}

/// Whether objects of the class have a builtin object within that is made before any `__init__`.
fn is_made_empty(class: Class) -> bool {
    match class {
        Class::List | Class::Dict | Class::Set => true,
        Class::Native(class) => class.base == Class::Dict || class.name == "deque",
        _ => false,
    }
}

/// Whether objects of the class have a builtin object within that is made of what the class is called with.
fn is_made_whole(class: Class) -> bool {
    matches!(class, Class::Int | Class::Float | Class::Str | Class::Bytes | Class::Tuple | Class::FrozenSet)
}
