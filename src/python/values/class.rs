//! Classes of the program, and their instances.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Class, Dict, ExceptionKind, Raised, Value, raise};
use crate::disposal::dispose;

/// Classes of the program that one derives from.
const MOST_ANCESTORS: usize = 500;

/// A class that the program defines.
pub struct UserClass {
    pub name: Rc<str>,
    /// The name with those of the functions and classes around it.
    pub qualified_name: Rc<str>,
    pub bases: Vec<Value>,
    /// The classes of the program that it derives from, in the order in which attributes are looked up in them.
    ancestors: Vec<Rc<UserClass>>,
    /// The builtin class that it derives from: `object`, or a class of exceptions.
    pub builtin: Class,
    pub attributes: Rc<Dict>,
    /// What `@dataclass` has made of it.
    pub record: RefCell<Option<Rc<Record>>>,
}

/// What a dataclass knows of itself.
pub struct Record {
    /// Inherited ones first.
    pub fields: Vec<Field>,
    pub is_equal_by_value: bool,
    pub is_ordered: bool,
    pub is_frozen: bool,
    pub is_represented: bool,
}

/// A field of a dataclass.
#[derive(Clone)]
pub struct Field {
    pub name: Rc<str>,
    pub is_represented: bool,
    pub is_compared: bool,
    pub is_initialized: bool,
    /// Unbound if there is none.
    pub default: Value,
    /// What to call for a default; unbound if there is none.
    pub factory: Value,
    pub is_keyword_only: bool,
}

/// An object of a class of the program.
pub struct Instance {
    pub class: Rc<UserClass>,
    pub attributes: Rc<Dict>,
}

/// A function of a class together with the object, or class, that it is called on.
pub struct Method {
    pub receiver: Value,
    pub function: Value,
}

/// What `super()` gives: the attributes of an object that classes behind `class` define.
pub struct Super {
    pub class: Rc<UserClass>,
    pub receiver: Value,
}

/// What a class holds that is more than a value.
pub enum Descriptor {
    /// Its getter, and its setter if it has one.
    Property {
        getter: Value,
        setter: Value,
    },
    /// As `functools.cached_property`.
    Cached(Value),
    Static(Value),
    Class(Value),
}

impl Drop for UserClass {
    fn drop(&mut self) {
        dispose(std::mem::take(&mut self.bases));
        dispose(std::mem::take(&mut self.ancestors));
    }
}

impl UserClass {
    /// A new class.
    ///
    /// # Errors
    /// `TypeError` if a base is no class that can be derived from, or if the bases cannot be put in order.
    pub fn new(
        name: Rc<str>,
        qualified_name: Rc<str>,
        bases: Vec<Value>,
        attributes: Rc<Dict>,
    ) -> Result<Rc<Self>, Raised> {
        let mut builtin = Class::Object;
        let mut orders = Vec::new();
        let mut direct = Vec::new();
        for base in &bases {
            let inherited = match base {
                Value::Type(base) => {
                    orders.push([base.clone()].into_iter().chain(base.ancestors.iter().cloned()).collect());
                    direct.push(base.clone());
                    base.builtin
                }
                Value::Class(class @ (Class::Object | Class::Exception(_))) => *class,
                other => {
                    let what = if let Value::Class(class) = other { class.name() } else { other.type_name() };
                    return raise(
                        ExceptionKind::TypeError,
                        format!("Signalbox does not run classes derived from {what}"),
                    );
                }
            };
            if inherited.is_subclass(builtin) {
                builtin = inherited;
            }
        }
        orders.push(direct);
        if orders.iter().any(|order| order.len() > MOST_ANCESTORS) {
            let message = format!("Signalbox derives a class from up to {MOST_ANCESTORS} others");
            return raise(ExceptionKind::MemoryError, message);
        }
        let Some(ancestors) = merge(orders) else {
            let names: Vec<&str> =
                bases.iter().filter_map(|base| base.user_class_itself()).map(|it| &*it.name).collect();
            let message =
                format!("Cannot create a consistent method resolution order (MRO) for bases {}", names.join(", "));
            return raise(ExceptionKind::TypeError, message);
        };
        Ok(Rc::new(Self { name, qualified_name, bases, ancestors, builtin, attributes, record: RefCell::default() }))
    }

    /// An attribute of the class or of those it derives from.
    pub fn find(&self, name: &str) -> Option<Value> {
        let inherited = || self.ancestors.iter().find_map(|class| class.attributes.get_named(name));
        self.attributes.get_named(name).or_else(inherited)
    }

    /// An attribute of the classes behind another, in the order of this one's.
    pub fn find_behind(&self, class: &Rc<Self>, name: &str) -> Option<Value> {
        let behind = match self.ancestors.iter().position(|ancestor| Rc::ptr_eq(ancestor, class)) {
            Some(position) => &self.ancestors[position + 1..],
            None => &self.ancestors[..],
        };
        behind.iter().find_map(|class| class.attributes.get_named(name))
    }

    /// Whether it is the other class or derives from it.
    pub fn derives_from(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.ancestors.iter().any(|class| std::ptr::eq(&**class, other))
    }

    /// The classes of the program that it derives from, nearest first.
    pub fn ancestors(&self) -> &[Rc<Self>] {
        &self.ancestors
    }

    /// The name as messages and `repr` show it.
    pub fn full_name(&self) -> String {
        format!("__main__.{}", self.qualified_name)
    }

    /// What `@dataclass` has made of it, or of the nearest class that it derives from.
    pub fn record(&self) -> Option<Rc<Record>> {
        let inherited = || self.ancestors.iter().find_map(|class| class.record.borrow().clone());
        self.record.borrow().clone().or_else(inherited)
    }
}

/// The classes of several orders in one that agrees with all, if there is one: the C3 linearization.
fn merge(mut orders: Vec<Vec<Rc<UserClass>>>) -> Option<Vec<Rc<UserClass>>> {
    let mut merged = Vec::new();
    loop {
        orders.retain(|order| !order.is_empty());
        if orders.is_empty() {
            return Some(merged);
        }
        let is_behind =
            |class: &Rc<UserClass>| orders.iter().any(|order| order[1..].iter().any(|other| Rc::ptr_eq(other, class)));
        let next = orders.iter().map(|order| &order[0]).find(|class| !is_behind(class))?.clone();
        for order in &mut orders {
            if Rc::ptr_eq(&order[0], &next) {
                order.remove(0);
            }
        }
        merged.push(next);
    }
}

impl Instance {
    /// The values of the fields that count for a dataclass's comparisons.
    pub fn compared_fields(&self, record: &Record) -> Vec<Value> {
        let compared = record.fields.iter().filter(|field| field.is_compared);
        compared.map(|field| self.attributes.get_named(&field.name).unwrap_or(Value::None)).collect()
    }
}

impl Value {
    /// The class of the program that it is an instance of.
    pub fn user_class(&self) -> Option<&Rc<UserClass>> {
        match self {
            Self::Instance(instance) => Some(&instance.class),
            Self::Exception(exception) => exception.class.as_ref(),
            _ => None,
        }
    }

    /// The class of the program that it is.
    pub fn user_class_itself(&self) -> Option<&Rc<UserClass>> {
        match self {
            Self::Type(class) => Some(class),
            _ => None,
        }
    }

    /// The attributes that the program has stored in an object of its own class.
    pub fn own_attributes(&self) -> Option<&Dict> {
        match self {
            Self::Instance(instance) => Some(&instance.attributes),
            Self::Exception(exception) => Some(&exception.attributes),
            _ => None,
        }
    }

    /// Its class, as a value.
    pub fn class_value(&self) -> Self {
        match self.user_class() {
            Some(class) => Self::Type(class.clone()),
            None => Self::Class(self.class()),
        }
    }
}
