//! Classes of the program, and their instances.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use super::{Class, Derivation, Dict, Enumeration, ExceptionKind, Native, Raised, Value, raise};
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
    /// What it knows of its members, if it is an enumeration.
    pub enumeration: RefCell<Option<Rc<Enumeration>>>,
    /// Its class, if that is one of the program.
    pub meta: OnceCell<Rc<UserClass>>,
    /// The names of what it leaves to those that derive from it, as messages show them; nothing if it leaves nothing.
    pub abstract_names: OnceCell<String>,
    /// Whether its objects have no attributes but those in the `__slots__`.
    pub has_slots: bool,
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
    /// Where the class derives from a builtin one other than `object`: the builtin object within, once it is made.
    pub core: RefCell<Value>,
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
    /// Its getter, and its setter and deleter if it has them.
    Property {
        getter: Value,
        setter: Value,
        deleter: Value,
    },
    /// As `functools.cached_property`.
    Cached(Value),
    Static(Value),
    Class(Value),
    /// A method written in Rust.
    Builtin(&'static Native),
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
                Value::Class(class) if can_be_derived_from(*class) => *class,
                other => {
                    let message = match other {
                        Value::Class(class @ (Class::Bool | Class::None | Class::Range | Class::Slice)) => {
                            format!("type '{}' is not an acceptable base type", class.name())
                        }
                        Value::Class(class) => format!("Signalbox does not run classes derived from {}", class.name()),
                        other => format!("Signalbox does not run classes derived from {}", other.type_name()),
                    };
                    return raise(ExceptionKind::TypeError, message);
                }
            };
            builtin = match (builtin, inherited) {
                (builtin, inherited) if inherited.is_subclass(builtin) => inherited,
                (builtin, inherited) if builtin.is_subclass(inherited) => builtin,
                // A value of the other class lies within the members.
                (builtin @ Class::Native(class), _) | (_, builtin @ Class::Native(class)) if class.module == "enum" => {
                    builtin
                }
                _ => {
                    let message = "multiple bases have instance lay-out conflict";
                    return raise(ExceptionKind::TypeError, message);
                }
            };
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
        let meta = ancestors.iter().find_map(|class: &Rc<Self>| class.meta.get().cloned());
        let has_slots = builtin == Class::Object
            && attributes.get_named("__slots__").is_some()
            && ancestors.iter().all(|class| class.has_slots);
        Ok(Rc::new(Self {
            name,
            qualified_name,
            bases,
            ancestors,
            builtin,
            attributes,
            record: RefCell::default(),
            enumeration: RefCell::default(),
            meta: meta.map_or_else(OnceCell::new, OnceCell::from),
            abstract_names: OnceCell::new(),
            has_slots,
        }))
    }

    /// Whether the `__slots__` have this name.
    pub fn has_slot(&self, name: &str) -> bool {
        let classes = std::iter::once(self).chain(self.ancestors.iter().map(|class| &**class));
        classes.filter_map(|class| class.attributes.get_named("__slots__")).any(|slots| match &slots {
            Value::Str(slot) => slot.as_str() == name,
            Value::Tuple(slots) => slots.iter().any(|slot| matches!(slot, Value::Str(slot) if slot.as_str() == name)),
            Value::List(slots) => {
                slots.items.borrow().iter().any(|slot| matches!(slot, Value::Str(slot) if slot.as_str() == name))
            }
            _ => true,
        })
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

    /// The method that hashes the objects of the class, or `None` for objects that cannot be hashed; nothing where they
    /// are hashed as those of the builtin class.
    pub fn own_hash(&self) -> Option<Value> {
        let classes = std::iter::once(self).chain(self.ancestors.iter().map(|class| &**class));
        for class in classes {
            if let Some(function) = class.attributes.get_named("__hash__") {
                return Some(function);
            }
            if class.attributes.get_named("__eq__").is_some() {
                return Some(Value::None);
            }
            if class.record.borrow().is_some() {
                return None;
            }
        }
        None
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

/// Whether the program can derive a class from a builtin one.
pub fn can_be_derived_from(class: Class) -> bool {
    match class {
        Class::Object | Class::Exception(_) | Class::Meta => true,
        Class::Int | Class::Float | Class::Str | Class::Bytes | Class::Tuple => true,
        Class::List | Class::Dict | Class::Set | Class::FrozenSet => true,
        Class::Lock | Class::Event | Class::Condition | Class::Semaphore | Class::BoundedSemaphore => true,
        Class::Barrier | Class::Queue | Class::PriorityQueue | Class::LifoQueue => true,
        Class::Native(class) => class.base_for != Derivation::None,
        _ => false,
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

impl Drop for Instance {
    fn drop(&mut self) {
        dispose(self.core.replace(Value::None));
    }
}

impl Instance {
    /// A new object, without anything.
    pub fn of(class: Rc<UserClass>) -> Self {
        Self { class, attributes: Rc::default(), core: Value::Unbound.into() }
    }

    /// The builtin object within.
    pub fn core(&self) -> Option<Value> {
        match &*self.core.borrow() {
            Value::Unbound => None,
            core => Some(core.clone()),
        }
    }

    /// The values of the fields that count for a dataclass's comparisons.
    pub fn compared_fields(&self, record: &Record) -> Vec<Value> {
        let compared = record.fields.iter().filter(|field| field.is_compared);
        compared.map(|field| self.attributes.get_named(&field.name).unwrap_or(Value::None)).collect()
    }
}

impl Value {
    /// The builtin object within an object whose class derives from a builtin one.
    pub fn core(&self) -> Option<Self> {
        match self {
            Self::Instance(instance) => instance.core(),
            _ => None,
        }
    }

    /// The builtin object within, or the value itself.
    pub fn plain(&self) -> Self {
        self.core().unwrap_or_else(|| self.clone())
    }

    /// The class of the program that it is an instance of.
    pub fn user_class(&self) -> Option<&Rc<UserClass>> {
        match self {
            Self::Instance(instance) => Some(&instance.class),
            Self::Exception(exception) => exception.class.as_ref(),
            Self::Type(class) => class.meta.get(),
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
