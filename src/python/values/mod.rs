//! What a program's names are bound to.

mod class;
mod collections;
mod enumeration;
mod exception;
mod function;
mod group;
mod hash;
mod iterator;
mod native;
mod object;
mod primitive;
mod represent;

use std::cell::RefCell;
use std::rc::Rc;

pub use class::{Descriptor, Field, Instance, Method, Record, Super, UserClass, can_be_derived_from};
pub use collections::{Dict, List, Range, Set, Slice, Tuple, Variant};
pub use enumeration::{Enumeration, EnumerationKind, value_of};
pub use exception::{Exception, ExceptionKind, Raised, raise, unfit};
pub use function::{Abandoned, Coroutine, Function, Generator, Unawaited};
pub use group::{after_handlers, split};
pub use hash::{Use, are_equal, equal, hash, order_of_numbers, shown_hash};
pub use iterator::Iter;
pub use native::{Arguments, Awaitable, Bound, Module, Native, NativeCoroutine, Partial, Polled};
pub use object::{Derivation, NativeClass, Object};
pub use primitive::{Items, Named, Order, Primitive, Queue, Sync};
pub use represent::{repr, repr_with, repr_within, str};

use super::integer::BigInt;
use super::machine::Machine;
use crate::event_loop::Future;

/// Any value of a program. Two words, so that a stack of them is cheap to move, and a tag of four bytes, so that a move
/// takes three instructions: what follows a smaller tag would be moved byte by byte.
#[derive(Clone)]
#[repr(u32)]
pub enum Value {
    /// A local or global name that is not bound (yet). No program ever sees it.
    Unbound,
    None,
    Ellipsis,
    Bool(bool),
    Int(i64),
    /// A whole number that 64 bits cannot hold.
    Big(Rc<BigInt>),
    Float(f64),
    Str(Rc<String>),
    Bytes(Rc<Vec<u8>>),
    Tuple(Rc<Tuple>),
    List(Rc<List>),
    Dict(Rc<Dict>),
    Set(Rc<Set>),
    Range(Rc<Range>),
    Slice(Rc<Slice>),
    Function(Rc<Function>),
    Native(&'static Native),
    Bound(Rc<Bound>),
    Partial(Rc<Partial>),
    Class(Class),
    Module(&'static Module),
    Exception(Rc<Exception>),
    Iterator(Rc<RefCell<Iter>>),
    Generator(Rc<Generator>),
    AsyncGenerator(Rc<Generator>),
    Coroutine(Rc<Coroutine>),
    NativeCoroutine(Rc<NativeCoroutine>),
    Future(Rc<Future<Machine>>),
    Primitive(Rc<Primitive>),
    Object(Rc<Object>),
    Instance(Rc<Instance>),
    Type(Rc<UserClass>),
    Method(Rc<Method>),
    Super(Rc<Super>),
    Descriptor(Rc<Descriptor>),
    NotImplemented,
    /// By its number.
    EventLoop(u32),
    /// A variable that an inner function shares. No program ever sees it.
    Cell(Rc<RefCell<Value>>),
}

/// The classes that a program can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Object,
    None,
    Bool,
    Int,
    Float,
    Str,
    Bytes,
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    Range,
    Slice,
    Function,
    Method,
    Builtin,
    Module,
    Iterator,
    Generator,
    AsyncGenerator,
    Coroutine,
    Future,
    Task,
    EventLoop,
    Lock,
    Event,
    Condition,
    Semaphore,
    BoundedSemaphore,
    Barrier,
    Queue,
    PriorityQueue,
    LifoQueue,
    /// `type`: the class of classes.
    Meta,
    Partial,
    Ellipsis,
    Exception(ExceptionKind),
    Native(&'static NativeClass),
    NotImplemented,
    Super,
    Property,
    StaticMethod,
    TypeMethod,
}

impl Class {
    /// The name that CPython gives the class.
    pub fn name(self) -> &'static str {
        match self {
            Self::Object => "object",
            Self::None => "NoneType",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
            Self::Bytes => "bytes",
            Self::Tuple => "tuple",
            Self::List => "list",
            Self::Dict => "dict",
            Self::Set => "set",
            Self::FrozenSet => "frozenset",
            Self::Range => "range",
            Self::Slice => "slice",
            Self::Function => "function",
            Self::Method => "method",
            Self::Builtin => "builtin_function_or_method",
            Self::Module => "module",
            Self::Iterator => "iterator",
            Self::Generator => "generator",
            Self::AsyncGenerator => "async_generator",
            Self::Coroutine => "coroutine",
            Self::Future => "Future",
            Self::Task => "Task",
            Self::EventLoop => "_UnixSelectorEventLoop",
            Self::Lock => "Lock",
            Self::Event => "Event",
            Self::Condition => "Condition",
            Self::Semaphore => "Semaphore",
            Self::BoundedSemaphore => "BoundedSemaphore",
            Self::Barrier => "Barrier",
            Self::Queue => "Queue",
            Self::PriorityQueue => "PriorityQueue",
            Self::LifoQueue => "LifoQueue",
            Self::Meta => "type",
            Self::Partial => "partial",
            Self::Ellipsis => "ellipsis",
            Self::Exception(kind) => kind.name(),
            Self::Native(class) => class.name,
            Self::NotImplemented => "NotImplementedType",
            Self::Super => "super",
            Self::Property => "property",
            Self::StaticMethod => "staticmethod",
            Self::TypeMethod => "classmethod",
        }
    }

    /// The name with its module, where that is not `builtins`.
    pub fn qualified_name(self) -> String {
        match self {
            Self::Lock | Self::Event | Self::Condition | Self::Semaphore | Self::BoundedSemaphore | Self::Barrier => {
                ["asyncio.locks.", self.name()].concat()
            }
            Self::Queue | Self::PriorityQueue | Self::LifoQueue => ["asyncio.queues.", self.name()].concat(),
            Self::Exception(kind) => kind.qualified_name().to_string(),
            Self::Native(class) if class.module != "builtins" => format!("{}.{}", class.module, class.name),
            _ => self.name().to_string(),
        }
    }

    /// Whether every instance of this class is one of `other`, too.
    pub fn is_subclass(self, other: Self) -> bool {
        match (self, other) {
            (_, Self::Object) | (Self::Bool, Self::Int) => true,
            (Self::Task, Self::Future) | (Self::BoundedSemaphore, Self::Semaphore) => true,
            (Self::PriorityQueue | Self::LifoQueue, Self::Queue) => true,
            (Self::Exception(kind), Self::Exception(ancestor)) => kind.is_a(ancestor),
            (Self::Native(class), other) if self != other && class.base != Self::Object => {
                class.base.is_subclass(other)
            }
            _ => self == other,
        }
    }
}

impl Value {
    /// A string.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Str(Rc::new(text.into()))
    }

    /// A new list.
    pub fn list(items: Vec<Value>) -> Self {
        Self::List(Rc::new(List::new(items)))
    }

    /// A new tuple.
    pub fn tuple(items: Vec<Value>) -> Self {
        Self::Tuple(Rc::new(Tuple(items)))
    }

    /// An iterator over something that iterates by itself.
    pub fn iterator(iterator: Iter) -> Self {
        Self::Iterator(Rc::new(RefCell::new(iterator)))
    }

    /// Its class.
    pub fn class(&self) -> Class {
        match self {
            Self::Unbound | Self::None | Self::Cell(_) => Class::None,
            Self::Ellipsis => Class::Ellipsis,
            Self::Bool(_) => Class::Bool,
            Self::Int(_) | Self::Big(_) => Class::Int,
            Self::Float(_) => Class::Float,
            Self::Str(_) => Class::Str,
            Self::Bytes(_) => Class::Bytes,
            Self::Tuple(_) => Class::Tuple,
            Self::List(_) => Class::List,
            Self::Dict(dict) => dict.class().map_or(Class::Dict, Class::Native),
            Self::Set(set) if set.is_frozen => Class::FrozenSet,
            Self::Set(_) => Class::Set,
            Self::Range(_) => Class::Range,
            Self::Slice(_) => Class::Slice,
            Self::Function(_) => Class::Function,
            Self::Native(_) => Class::Builtin,
            Self::Bound(_) => Class::Method,
            Self::Partial(_) => Class::Partial,
            Self::Class(_) => Class::Meta,
            Self::Module(_) => Class::Module,
            Self::Exception(exception) => Class::Exception(exception.kind),
            Self::Iterator(_) => Class::Iterator,
            Self::Generator(_) => Class::Generator,
            Self::AsyncGenerator(_) => Class::AsyncGenerator,
            Self::Coroutine(_) | Self::NativeCoroutine(_) => Class::Coroutine,
            Self::Future(future) if future.task().is_some() => Class::Task,
            Self::Future(_) => Class::Future,
            Self::Primitive(primitive) => primitive.class(),
            Self::Object(object) => Class::Native(object.class),
            Self::Instance(_) => Class::Object,
            Self::Type(_) => Class::Meta,
            Self::Method(_) => Class::Method,
            Self::Super(_) => Class::Super,
            Self::Descriptor(descriptor) => match **descriptor {
                Descriptor::Property { .. } | Descriptor::Cached(_) => Class::Property,
                Descriptor::Static(_) => Class::StaticMethod,
                Descriptor::Class(_) => Class::TypeMethod,
                Descriptor::Builtin(_) => Class::Function,
            },
            Self::NotImplemented => Class::NotImplemented,
            Self::EventLoop(_) => Class::EventLoop,
        }
    }

    /// The name of its class, for messages.
    pub fn type_name(&self) -> &str {
        match self.user_class() {
            Some(class) => &class.name,
            None => self.class().name(),
        }
    }

    /// Whether `if` takes it as true.
    pub fn is_true(&self) -> bool {
        match self {
            Self::None => false,
            Self::Bool(value) => *value,
            Self::Int(value) => *value != 0,
            Self::Float(value) => *value != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::Bytes(bytes) => !bytes.is_empty(),
            Self::Tuple(items) => !items.is_empty(),
            Self::List(list) => !list.items.borrow().is_empty(),
            Self::Dict(dict) => dict.len() > 0,
            Self::Set(set) => set.len() > 0,
            Self::Range(range) => range.len() > 0,
            _ => true,
        }
    }

    /// The value of an argument, or this one where it is not given.
    pub fn given_or(&self, default: Self) -> Self {
        if matches!(self, Self::Unbound) { default } else { self.clone() }
    }

    /// The whole number that it is.
    pub fn whole(&self) -> Result<i64, Raised> {
        match self {
            Self::Int(number) => Ok(*number),
            Self::Bool(number) => Ok(i64::from(*number)),
            Self::Big(_) => raise(ExceptionKind::OverflowError, "Python int too large to convert to C ssize_t"),
            Self::Instance(instance) if let Some(core) = instance.core() => core.whole(),
            other => unfit(other, "cannot be interpreted as an integer"),
        }
    }

    /// The number that it is, of whatever kind.
    pub fn as_float(&self) -> Option<f64> {
        match self {
            Self::Float(number) => Some(*number),
            Self::Int(number) => Some(*number as f64),
            Self::Bool(number) => Some(f64::from(*number)),
            Self::Big(number) => number.to_float(),
            Self::Instance(instance) => instance.core()?.as_float(),
            _ => None,
        }
    }

    /// The whole number that it is, whatever its size; `None` for what is none.
    pub fn integer(&self) -> Option<BigInt> {
        match self {
            Self::Int(number) => Some(BigInt::from(*number)),
            Self::Bool(number) => Some(BigInt::from(i64::from(*number))),
            Self::Big(number) => Some(BigInt::clone(number)),
            Self::Instance(instance) => instance.core()?.integer(),
            _ => None,
        }
    }

    /// Whether the two are one object, as `is` asks.
    pub fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::None, Self::None)
            | (Self::NotImplemented, Self::NotImplemented)
            | (Self::Ellipsis, Self::Ellipsis) => true,
            (Self::EventLoop(a), Self::EventLoop(b)) => a == b,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Big(a), Self::Big(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Str(a), Self::Str(b)) => Rc::ptr_eq(a, b) || a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::Class(a), Self::Class(b)) => a == b,
            (Self::Native(a), Self::Native(b)) => std::ptr::eq(*a, *b),
            (Self::Module(a), Self::Module(b)) => std::ptr::eq(*a, *b),
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// Where the object lives, for what is compared and hashed by identity.
    pub fn address(&self) -> Option<usize> {
        fn of<T: ?Sized>(pointer: &Rc<T>) -> Option<usize> {
            Some(Rc::as_ptr(pointer).cast::<()>() as usize)
        }
        match self {
            Self::Tuple(it) => of(it),
            Self::List(it) => of(it),
            Self::Dict(it) => of(it),
            Self::Set(it) => of(it),
            Self::Range(it) => of(it),
            Self::Slice(it) => of(it),
            Self::Function(it) => of(it),
            Self::Bound(it) => of(it),
            Self::Partial(it) => of(it),
            Self::Exception(it) => of(it),
            Self::Iterator(it) => of(it),
            Self::Generator(it) | Self::AsyncGenerator(it) => of(it),
            Self::Coroutine(it) => of(it),
            Self::NativeCoroutine(it) => of(it),
            Self::Future(it) => of(it),
            Self::Primitive(it) => of(it),
            Self::Object(it) => of(it),
            Self::Instance(it) => of(it),
            Self::Type(it) => of(it),
            Self::Method(it) => of(it),
            Self::Super(it) => of(it),
            Self::Descriptor(it) => of(it),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<BigInt> for Value {
    fn from(number: BigInt) -> Self {
        match number.to_i64() {
            Some(small) => Self::Int(small),
            None => Self::Big(Rc::new(number)),
        }
    }
}

impl From<usize> for Value {
    fn from(value: usize) -> Self {
        Self::Int(value as i64)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}
