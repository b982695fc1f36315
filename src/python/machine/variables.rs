//! Variables: those that functions share, and those that are not bound.

use std::rc::Rc;

use super::{Frame, Machine};
use crate::python::values::{Exception, ExceptionKind, Raised, Value};

impl Machine {
    /// The error of a global name that nothing is bound to.
    pub(super) fn unbound_global(&self, number: u32) -> Raised {
        let message = format!("name '{}' is not defined", self.executable.globals[number as usize]);
        name_error(message, &self.executable.globals[number as usize])
    }
}

fn name_error(message: String, name: &str) -> Raised {
    let error = Exception::new(ExceptionKind::NameError, vec![Value::text(message)]);
    error.attributes.set("name", Value::text(name));
    error
}

/// The error of a local variable that nothing is bound to.
pub(super) fn unbound_local(frame: &Frame, slot: u32) -> Raised {
    let name = &frame.code.local_names[slot as usize];
    if frame.code.free.contains(&slot) {
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        return name_error(message, name);
    }
    let message = format!("cannot access local variable '{name}' where it is not associated with a value");
    Exception::new(ExceptionKind::UnboundLocalError, vec![Value::text(message)])
}

/// A variable shared with inner functions, made at its first use.
pub(super) fn cell(frame: &mut Frame, slot: u32) -> Rc<std::cell::RefCell<Value>> {
    let place = &mut frame.values[slot as usize];
    if let Value::Cell(cell) = place {
        return cell.clone();
    }
    let cell = Rc::new(std::cell::RefCell::new(std::mem::replace(place, Value::Unbound)));
    *place = Value::Cell(cell.clone());
    cell
}
