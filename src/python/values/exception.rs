//! Exceptions, and the classes that CPython provides for them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Dict, UserClass, Value, str};
use crate::disposal::dispose;
use crate::event_loop::Future;
use crate::python::compile::Position;
use crate::python::machine::Machine;

/// An exception on its way up.
pub type Raised = Rc<Exception>;

/// An exception: what was raised, and where it came through.
pub struct Exception {
    /// The builtin class that it is of, or that its class derives from.
    pub kind: ExceptionKind,
    /// Its class, if that is one of the program's.
    pub class: Option<Rc<UserClass>>,
    /// `args`.
    pub arguments: RefCell<Vec<Value>>,
    /// The exceptions in a group; a group has at least one.
    pub exceptions: Vec<Raised>,
    /// `raise ... from cause`.
    pub cause: RefCell<Option<Raised>>,
    /// The exception that was being handled when this one was raised.
    pub context: RefCell<Option<Raised>>,
    /// `from` was used, so that the context is not shown.
    pub suppress_context: Cell<bool>,
    /// The functions it came through, and where, innermost first.
    pub traceback: RefCell<Vec<(Rc<str>, Position)>>,
    /// What the `__str__` of its class made of it when it was to be printed.
    pub text: RefCell<Option<String>>,
    /// Failed futures that were in variables of the functions it came through, and that nobody has asked about: CPython
    /// keeps them as long as the traceback.
    pub kept: RefCell<Vec<Rc<Future<Machine>>>>,
    /// What a `NameError` suggests in place of the name.
    pub suggestion: RefCell<Option<String>>,
    /// What the program has stored in it; its notes are among them.
    pub attributes: Dict,
}

/// What it keeps goes as CPython lets go of frames: the outermost first, and of each the last variable.
impl Drop for Exception {
    fn drop(&mut self) {
        let kept = self.kept.get_mut();
        while kept.pop().is_some() {}
        dispose(self.arguments.take());
        dispose(std::mem::take(&mut self.exceptions));
        dispose(self.cause.take());
        dispose(self.context.take());
    }
}

impl Exception {
    /// An exception that is raised nowhere yet.
    pub fn new(kind: ExceptionKind, arguments: Vec<Value>) -> Raised {
        Self::with_members(kind, None, arguments, Vec::new())
    }

    pub(super) fn with_members(
        kind: ExceptionKind,
        class: Option<Rc<UserClass>>,
        arguments: Vec<Value>,
        exceptions: Vec<Raised>,
    ) -> Raised {
        Rc::new(Self {
            kind,
            class,
            arguments: arguments.into(),
            exceptions,
            cause: RefCell::default(),
            context: RefCell::default(),
            suppress_context: Cell::new(false),
            traceback: RefCell::default(),
            text: RefCell::default(),
            suggestion: RefCell::default(),
            kept: RefCell::default(),
            attributes: Dict::default(),
        })
    }

    /// What `str` makes of it.
    pub fn message(&self) -> String {
        match self.arguments.borrow().as_slice() {
            [] => String::new(),
            [message, _] if !self.exceptions.is_empty() => {
                let count = self.exceptions.len();
                let plural = if count == 1 { "" } else { "s" };
                format!("{} ({count} sub-exception{plural})", str(message))
            }
            [one] if self.kind == ExceptionKind::KeyError => super::repr(one),
            [one] => str(one),
            many => super::repr(&Value::tuple(many.to_vec())),
        }
    }

    /// The `value` of a `StopIteration`: what a generator returned.
    pub fn value(&self) -> Value {
        self.arguments.borrow().first().cloned().unwrap_or(Value::None)
    }

    /// What `add_note` has added.
    pub fn notes(&self) -> Option<Vec<Value>> {
        match self.attributes.get_named("__notes__") {
            Some(Value::List(notes)) => Some(notes.items.borrow().clone()),
            _ => None,
        }
    }

    /// The last line of its traceback.
    pub fn last_line(&self) -> String {
        let name = match &self.class {
            Some(class) => &*class.qualified_name,
            None => self.kind.qualified_name(),
        };
        match self.text.borrow().clone().unwrap_or_else(|| self.message()) {
            message if message.is_empty() => name.to_string(),
            message => format!("{name}: {message}"),
        }
    }
}

/// An error for a native function to return: an exception with a message.
pub fn raise<T>(kind: ExceptionKind, message: impl AsRef<str>) -> Result<T, Raised> {
    Err(with_message(kind, message.as_ref()))
}

#[cold]
#[inline(never)]
fn with_message(kind: ExceptionKind, message: &str) -> Raised {
    Exception::new(kind, vec![Value::text(message)])
}

/// The `TypeError` for an object that cannot be used like this: "'int' object is not callable".
pub fn unfit<T>(object: &Value, complaint: &str) -> Result<T, Raised> {
    raise(ExceptionKind::TypeError, format!("'{}' object {complaint}", object.type_name()))
}

macro_rules! exception_kinds {
    ($($kind:ident: $base:ident,)*) => {
        /// The exception classes that programs can name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ExceptionKind { BaseException, $($kind,)* }

        impl ExceptionKind {
            /// All of them.
            pub const ALL: &[Self] = &[Self::BaseException, $(Self::$kind,)*];

            /// The name of the class.
            pub fn name(self) -> &'static str {
                match self {
                    Self::BaseException => "BaseException",
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            fn base(self) -> Option<Self> {
                match self {
                    Self::BaseException => None,
                    $(Self::$kind => Some(Self::$base),)*
                }
            }
        }
    };
}

exception_kinds! {
    SystemExit: BaseException,
    KeyboardInterrupt: BaseException,
    GeneratorExit: BaseException,
    CancelledError: BaseException,
    BaseExceptionGroup: BaseException,
    Exception: BaseException,
    ExceptionGroup: BaseExceptionGroup,
    ArithmeticError: Exception,
    ZeroDivisionError: ArithmeticError,
    OverflowError: ArithmeticError,
    AssertionError: Exception,
    AttributeError: Exception,
    ImportError: Exception,
    ModuleNotFoundError: ImportError,
    LookupError: Exception,
    IndexError: LookupError,
    KeyError: LookupError,
    MemoryError: Exception,
    NameError: Exception,
    UnboundLocalError: NameError,
    OSError: Exception,
    ConnectionError: OSError,
    ConnectionAbortedError: ConnectionError,
    ConnectionRefusedError: ConnectionError,
    ConnectionResetError: ConnectionError,
    BrokenPipeError: ConnectionError,
    BlockingIOError: OSError,
    ChildProcessError: OSError,
    FileExistsError: OSError,
    InterruptedError: OSError,
    IsADirectoryError: OSError,
    NotADirectoryError: OSError,
    ProcessLookupError: OSError,
    PermissionError: OSError,
    FileNotFoundError: OSError,
    TimeoutError: OSError,
    RuntimeError: Exception,
    NotImplementedError: RuntimeError,
    RecursionError: RuntimeError,
    StopIteration: Exception,
    StopAsyncIteration: Exception,
    TypeError: Exception,
    ValueError: Exception,
    UnicodeError: ValueError,
    JSONDecodeError: ValueError,
    StatisticsError: ValueError,
    FloatingPointError: ArithmeticError,
    BufferError: Exception,
    EOFError: Exception,
    ReferenceError: Exception,
    SyntaxError: Exception,
    SystemError: Exception,
    Warning: Exception,
    UserWarning: Warning,
    DeprecationWarning: Warning,
    PendingDeprecationWarning: Warning,
    FutureWarning: Warning,
    ResourceWarning: Warning,
    RuntimeWarning: Warning,
    SyntaxWarning: Warning,
    UnicodeDecodeError: UnicodeError,
    UnicodeEncodeError: UnicodeError,
    InvalidStateError: Exception,
    FrozenInstanceError: AttributeError,
    BrokenBarrierError: RuntimeError,
    QueueEmpty: Exception,
    QueueFull: Exception,
    QueueShutDown: Exception,
}

impl ExceptionKind {
    /// Whether it is `ancestor` or derives from it.
    pub fn is_a(self, ancestor: Self) -> bool {
        self == ancestor
            || (self == Self::ExceptionGroup && ancestor == Self::Exception)
            || self.base().is_some_and(|base| base.is_a(ancestor))
    }

    /// Whether its instances hold other exceptions.
    pub fn is_group(self) -> bool {
        matches!(self, Self::BaseExceptionGroup | Self::ExceptionGroup)
    }

    /// The name as a traceback shows it, with its module where that is not `builtins`.
    pub fn qualified_name(self) -> &'static str {
        match self {
            Self::CancelledError => "asyncio.exceptions.CancelledError",
            Self::BrokenBarrierError => "asyncio.exceptions.BrokenBarrierError",
            Self::FrozenInstanceError => "dataclasses.FrozenInstanceError",
            Self::JSONDecodeError => "json.decoder.JSONDecodeError",
            Self::StatisticsError => "statistics.StatisticsError",
            Self::InvalidStateError => "asyncio.exceptions.InvalidStateError",
            Self::QueueEmpty => "asyncio.queues.QueueEmpty",
            Self::QueueFull => "asyncio.queues.QueueFull",
            Self::QueueShutDown => "asyncio.queues.QueueShutDown",
            _ => self.name(),
        }
    }

    /// Whether the name is one of `asyncio`'s rather than a builtin.
    pub fn is_asyncio(self) -> bool {
        self.qualified_name().starts_with("asyncio.")
    }
}
