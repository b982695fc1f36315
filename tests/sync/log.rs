//! What tasks report.

use std::cell::RefCell;
use std::rc::Rc;

/// What tasks report, in order.
#[derive(Clone, Default)]
pub struct Log(Rc<RefCell<Vec<String>>>);

impl Log {
    pub fn add(&self, entry: impl Into<String>) {
        self.0.borrow_mut().push(entry.into());
    }

    /// What was reported since the last time.
    pub fn take(&self) -> String {
        self.0.take().join(", ")
    }
}
