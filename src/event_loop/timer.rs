//! What is due at a time of the virtual clock.

use std::cmp::Ordering;
use std::rc::Rc;

use super::callback::Handle;
use super::host::Host;
use crate::trace::TaskId;

/// Something that happens at a time.
pub(super) struct Timer<H: Host> {
    /// In seconds of the virtual clock.
    pub when: f64,
    /// In order of creation: timers due at the same instant fire in the order in which they were set.
    pub number: u64,
    pub alarm: Alarm<H>,
}

/// What a timer does when it is due.
pub(super) enum Alarm<H: Host> {
    /// Ends the sleep of a task, if it still sleeps on this timer.
    EndSleep(TaskId),
    /// Makes a call, if it is not cancelled.
    Call(Rc<Handle<H>>),
}

impl<H: Host> Ord for Timer<H> {
    /// The timer due first is the greatest, because `BinaryHeap` yields the greatest first.
    fn cmp(&self, other: &Self) -> Ordering {
        other.when.total_cmp(&self.when).then(other.number.cmp(&self.number))
    }
}

impl<H: Host> PartialOrd for Timer<H> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<H: Host> PartialEq for Timer<H> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<H: Host> Eq for Timer<H> {}
