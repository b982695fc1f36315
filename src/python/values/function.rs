//! Functions of the program, and what calling them leaves behind: coroutines and generators.

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use super::{Dict, Value};
use crate::disposal::dispose;
use crate::python::compile::{Code, CodeKind};
use crate::python::machine::{Frame, Stack};

/// A function of the program.
pub struct Function {
    /// As `__name__`: `functools.wraps` gives a function the name of another.
    pub name: Rc<str>,
    pub code: Rc<Code>,
    /// For the last positional parameters.
    pub defaults: Vec<Value>,
    /// For keyword-only parameters, by position among them; unbound where there is none.
    pub keyword_defaults: Vec<Value>,
    /// Variables of the functions around it that it shares.
    pub captured: Vec<Value>,
    /// `__doc__`.
    pub documentation: Value,
    /// What the program has stored in it; made when it first does.
    pub attributes: OnceCell<Rc<Dict>>,
}

impl Drop for Function {
    fn drop(&mut self) {
        for values in [&mut self.captured, &mut self.defaults, &mut self.keyword_defaults] {
            dispose(std::mem::take(values));
        }
    }
}

/// What calling an `async def` function gives.
pub struct Coroutine {
    pub name: Rc<str>,
    /// Its frame, until it is awaited or becomes a task.
    pub frame: RefCell<Option<Frame>>,
    /// Where it stands once the program drives it by hand.
    pub stack: RefCell<Option<Stack>>,
    /// Where its name goes when it is dropped before it begins.
    pub unawaited: Rc<Unawaited>,
}

/// Names of coroutines that were dropped before they began.
pub type Unawaited = RefCell<Vec<Rc<str>>>;

impl Drop for Coroutine {
    fn drop(&mut self) {
        if let Some(frame) = self.frame.get_mut()
            && !frame.has_begun()
            && frame.code.kind == CodeKind::Coroutine
        {
            self.unawaited.borrow_mut().push(frame.code.qualified_name.clone());
        }
        dispose(self.frame.take());
        dispose(self.stack.take());
    }
}

/// What calling a function with `yield` gives, or a generator expression.
pub struct Generator {
    pub name: Rc<str>,
    /// Its frame, while it is suspended.
    pub frame: RefCell<Option<Frame>>,
    /// It is running.
    pub running: Cell<bool>,
    /// What was sent to it, for the generator that it passes on values of; in the end, what it returned.
    pub passed: RefCell<Value>,
    /// Where an asynchronous generator goes that is dropped before its end: what it has yet to clean up can wait.
    pub abandoned: Weak<Abandoned>,
}

/// Asynchronous generators that nobody holds and that have not ended, with their names.
pub type Abandoned = RefCell<Vec<(Rc<str>, Frame)>>;

impl Drop for Generator {
    fn drop(&mut self) {
        let Some(frame) = self.frame.take() else { return };
        match self.abandoned.upgrade() {
            Some(abandoned) if frame.has_begun() => abandoned.borrow_mut().push((self.name.clone(), frame)),
            _ => dispose(frame),
        }
    }
}
