//! What a class derived from `enum.Enum` knows of its members.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Dict, Exception, ExceptionKind, Instance, Raised, UserClass, Value, repr};

/// Which of the classes of `enum` an enumeration derives from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnumerationKind {
    Plain,
    /// `IntEnum`.
    Int,
    /// `StrEnum`.
    Str,
    Flag,
    /// `IntFlag`.
    IntFlag,
}

impl EnumerationKind {
    /// Whether its members can be combined.
    pub fn is_flag(self) -> bool {
        matches!(self, Self::Flag | Self::IntFlag)
    }

    /// Whether `str` and `format` show a member as its value.
    fn is_shown_as_value(self) -> bool {
        matches!(self, Self::Int | Self::Str | Self::IntFlag)
    }
}

/// The members of an enumeration.
pub struct Enumeration {
    pub kind: EnumerationKind,
    /// Every member under its names, those that are but other names included.
    pub names: Rc<Dict>,
    /// The members, each once, in order; of flags also those that consist of others.
    pub members: RefCell<Vec<Value>>,
    /// Combinations of flags that have no name of their own, as far as they were met.
    pub combined: RefCell<Vec<Value>>,
}

impl Enumeration {
    /// What iterating over the enumeration gives: of flags, those of one bit alone.
    pub fn members(&self) -> Vec<Value> {
        let members = self.members.borrow();
        let is_listed = |member: &&Value| {
            !self.kind.is_flag() || value_of(member).as_float().is_some_and(|_| is_one_bit(&value_of(member)))
        };
        members.iter().filter(is_listed).cloned().collect()
    }

    /// The member with a name.
    ///
    /// # Errors
    /// `KeyError` if there is none.
    pub fn named(&self, name: &Value) -> Result<Value, Raised> {
        let found = self.names.get_plainly(name);
        found.ok_or_else(|| Exception::new(ExceptionKind::KeyError, vec![name.clone()]))
    }
}

fn is_one_bit(value: &Value) -> bool {
    matches!(value, Value::Int(bits) if *bits > 0 && bits & (bits - 1) == 0)
}

/// The value of a member.
pub fn value_of(member: &Value) -> Value {
    match member {
        Value::Instance(instance) => instance.attributes.get_named("_value_").unwrap_or(Value::None),
        other => other.clone(),
    }
}

impl UserClass {
    /// What it knows of its members, if it is an enumeration.
    pub fn enumeration(&self) -> Option<Rc<Enumeration>> {
        self.enumeration.borrow().clone()
    }
}

impl Instance {
    /// What `repr` shows of a member of an enumeration, unless the program says otherwise.
    pub fn member_repr(&self) -> Option<String> {
        self.class.enumeration()?;
        let value = repr(&self.attributes.get_named("_value_")?);
        Some(match self.attributes.get_named("_name_")? {
            Value::Str(name) => format!("<{}.{name}: {value}>", self.class.name),
            _ => format!("<{}: {value}>", self.class.name),
        })
    }

    /// What `str` shows of a member of an enumeration, unless the program says otherwise.
    pub fn member_text(&self) -> Option<String> {
        let enumeration = self.class.enumeration()?;
        let value = self.attributes.get_named("_value_")?;
        Some(match self.attributes.get_named("_name_")? {
            _ if enumeration.kind.is_shown_as_value() => super::str(&value),
            Value::Str(name) => format!("{}.{name}", self.class.name),
            _ => format!("{}({})", self.class.name, repr(&value)),
        })
    }
}
