//! The way from a primitive's `Waker` back to the event loop.

use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

use crate::trace::TaskId;

/// Tasks that primitives have woken, in order, until the loop collects them.
///
/// `Waker` must be `Send` although nothing here ever leaves its thread, hence the mutex, which is never contended.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    woken: Mutex<Vec<TaskId>>,
}

impl Inbox {
    /// A waker that leaves the task's number in this inbox.
    pub fn waker(self: &Arc<Self>, task: TaskId) -> Waker {
        Waker::from(Arc::new(TaskWaker { task, inbox: self.clone() }))
    }

    /// How many have arrived.
    pub fn len(&self) -> usize {
        self.woken.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Takes out everything that has arrived.
    pub fn drain(&self) -> Vec<TaskId> {
        std::mem::take(&mut *self.woken.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

struct TaskWaker {
    task: TaskId,
    inbox: Arc<Inbox>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.inbox.woken.lock().unwrap_or_else(PoisonError::into_inner).push(self.task);
    }
}
