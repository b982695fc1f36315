//! What the modules offer to programs: functions and coroutines written in Rust.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{Coroutine, ExceptionKind, Raised, Value, raise};
use crate::disposal::dispose;
use crate::event_loop::{Input, Request};
use crate::python::machine::Machine;

/// A function or method written in Rust. A method finds its receiver before the other arguments.
pub struct Native {
    pub name: &'static str,
    pub call: fn(&mut Machine, &Arguments<'_>) -> Result<Value, Raised>,
}

/// What a function is called with.
pub struct Arguments<'a> {
    pub positional: &'a [Value],
    pub keywords: &'a [(Rc<str>, Value)],
}

/// A method together with its receiver.
pub struct Bound {
    pub receiver: Value,
    pub method: &'static Native,
}

/// A function together with its first arguments: `functools.partial`.
pub struct Partial {
    pub function: Value,
    pub positional: Vec<Value>,
    pub keywords: Vec<(Rc<str>, Value)>,
}

impl Drop for Bound {
    fn drop(&mut self) {
        dispose(std::mem::replace(&mut self.receiver, Value::None));
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        dispose(std::mem::replace(&mut self.function, Value::None));
        dispose(std::mem::take(&mut self.positional));
        dispose(std::mem::take(&mut self.keywords));
    }
}

/// A module that programs can import.
pub struct Module {
    pub name: &'static str,
    /// The value of an attribute, if there is such an attribute.
    pub get: fn(name: &str) -> Option<Value>,
}

/// A coroutine written in Rust, to be awaited once.
pub struct NativeCoroutine {
    /// Its name, such as `Lock.acquire`.
    pub name: &'static str,
    /// Gone when it has ended.
    pub state: RefCell<Option<Box<dyn Awaitable>>>,
    pub has_begun: Cell<bool>,
}

/// How far a native coroutine came.
pub enum Polled {
    Ready(Value),
    Pending(Request<Machine>),
    /// It awaits a coroutine of the program, and is to be resumed with what comes of that.
    Await(Rc<Coroutine>),
}

/// The state of a native coroutine.
pub trait Awaitable {
    /// Goes on until it ends or has to wait.
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised>;

    /// Cancels, in place, the wait at a primitive. False if the wait was over already.
    fn cancel(&mut self) -> bool {
        false
    }
}

impl Drop for NativeCoroutine {
    fn drop(&mut self) {
        dispose(self.state.take());
    }
}

impl NativeCoroutine {
    /// Whether nobody else holds it, and it never began.
    pub fn is_lost(self: &Rc<Self>) -> bool {
        !self.has_begun.get() && self.state.borrow().is_some() && Rc::strong_count(self) == 1
    }

    /// A coroutine as a value.
    pub fn value(name: &'static str, state: impl Awaitable + 'static) -> Value {
        Value::NativeCoroutine(Rc::new(Self {
            name,
            state: RefCell::new(Some(Box::new(state))),
            has_begun: false.into(),
        }))
    }
}

impl<'a> Arguments<'a> {
    /// The arguments at their parameters, the first `required` of which must be given; the others are
    /// [`Value::Unbound`] where they are not. A method's receiver counts as its first parameter.
    pub fn bind<const N: usize>(
        &self,
        function: &str,
        parameters: [&str; N],
        required: usize,
    ) -> Result<[&'a Value; N], Raised> {
        let mut values = [&Value::Unbound; N];
        self.bind_to(&mut values, function, &parameters, required)?;
        Ok(values)
    }

    /// The same for a class that is written in Python: the messages are about its `__init__`.
    pub fn bind_init<const N: usize>(
        &self,
        class: &str,
        parameters: [&str; N],
        required: usize,
    ) -> Result<[&'a Value; N], Raised> {
        let given = self.positional.len() + 1;
        if given > N + 1 {
            // The object itself counts.
            let counts = match (required + 1, N + 1) {
                (1, 1) => "1 positional argument".to_owned(),
                (least, most) if least == most => format!("{most} positional arguments"),
                (least, most) => format!("from {least} to {most} positional arguments"),
            };
            let message = format!("{class}.__init__() takes {counts} but {given} were given");
            return raise(ExceptionKind::TypeError, message);
        }
        let values = self.bind(&[class, ".__init__"].concat(), parameters, 0)?;
        match values[..required].iter().position(|value| matches!(value, Value::Unbound)) {
            Some(position) => {
                let missing = parameters[position];
                let message = format!("{class}.__init__() missing 1 required positional argument: '{missing}'");
                raise(ExceptionKind::TypeError, message)
            }
            None => Ok(values),
        }
    }

    fn bind_to(
        &self,
        values: &mut [&'a Value],
        function: &str,
        parameters: &[&str],
        required: usize,
    ) -> Result<(), Raised> {
        let wrong = |message: String| raise(ExceptionKind::TypeError, format!("{function}() {message}"));
        let (most, count) = (parameters.len(), self.positional.len());
        if count > most {
            return wrong(format!("takes at most {most} arguments ({count} given)"));
        }
        for (place, value) in values.iter_mut().zip(self.positional) {
            *place = value;
        }
        for (name, value) in self.keywords {
            let Some(position) = parameters.iter().position(|parameter| *parameter == &**name) else {
                return wrong(format!("got an unexpected keyword argument '{name}'"));
            };
            values[position] = value;
        }
        match values[..required].iter().position(|value| matches!(value, Value::Unbound)) {
            Some(position) => wrong(format!("missing required argument: '{}'", parameters[position])),
            None => Ok(()),
        }
    }

    /// The one receiver and no other argument.
    pub fn alone(&self, function: &str) -> Result<&'a Value, Raised> {
        match (self.positional, self.keywords) {
            ([receiver], []) => Ok(receiver),
            _ => raise(ExceptionKind::TypeError, format!("{function}() takes no arguments")),
        }
    }
}
