//! When failed futures that nobody has asked about are let go of: CPython keeps the variables of a function as long as a
//! traceback leads through it, and what is part of a circle until its garbage is collected.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::event_loop::{Future, Outcome};
use crate::python::values::{Raised, Value};

/// Failed futures that are told of at the program's end: CPython collects them by then.
#[derive(Default)]
pub(super) struct Garbage {
    pub futures: Vec<Rc<Future<Machine>>>,
}

impl Garbage {
    /// An exception leaves a function with these values: it keeps what CPython keeps with its traceback.
    pub fn keep(&mut self, exception: &Raised, values: &[Value]) {
        let mut is_circle = false;
        let mut kept = exception.kept.borrow_mut();
        each_future(values, &mut |future| {
            if future.is_unretrieved() {
                kept.push(future.clone());
            } else if matches!(future.outcome(), Some(Outcome::Exception(other)) if Rc::ptr_eq(&other, exception)) {
                is_circle = true;
            }
        });
        if is_circle {
            self.futures.append(&mut kept);
        }
    }

    /// A coroutine returns. Its variables stay if one of them is a future whose traceback leads through it.
    pub fn keep_circle(&mut self, frame: &Frame) {
        let mut kept = Vec::new();
        each_future(&frame.values, &mut |future| {
            if future.is_unretrieved() {
                kept.push(future.clone());
            }
        });
        if kept.is_empty() {
            return;
        }
        let mut is_circle = false;
        each_future(&frame.values, &mut |future| {
            if let Some(Outcome::Exception(exception)) = future.outcome() {
                is_circle |=
                    exception.traceback.borrow().iter().any(|(function, _)| Rc::ptr_eq(function, &frame.code.name));
            }
        });
        if is_circle {
            self.futures.append(&mut kept);
        }
    }
}

/// Each future among some values, or in a list of futures among them.
fn each_future(values: &[Value], visit: &mut dyn FnMut(&Rc<Future<Machine>>)) {
    for value in values {
        match value {
            Value::Future(future) => visit(future),
            Value::List(list) => {
                let items = list.items.borrow();
                if let Some(Value::Future(_)) = items.first() {
                    each_future(&items, visit);
                }
            }
            _ => {}
        }
    }
}
