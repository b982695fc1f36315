//! The event loop: ready queue, timers, a virtual clock, tasks, futures and what is built of them.
//!
//! It orders everything as CPython's `asyncio.base_events.BaseEventLoop` does and knows nothing of the language whose
//! coroutines it runs: that is the [`Host`].

#![warn(missing_docs)]

mod as_completed;
mod callback;
mod future;
mod gather;
mod host;
mod scheduler;
mod shield;
mod switch;
mod task;
mod task_group;
mod timeout;
mod timer;
mod wait;
mod waker;

pub use as_completed::AsCompleted;
pub use callback::{DoneCallback, Handle, Observer};
pub use future::{Future, Outcome};
pub use gather::gather;
pub use host::{Host, Input, Progress, Request};
pub use scheduler::{EventLoop, Turn, WaitsFor, turn};
pub use shield::shield;
pub use task::{cancel, cancel_and_wait, stop_waiting};
pub use task_group::{Leaving, TaskGroup};
pub use timeout::{Timeout, TimeoutState};
pub use wait::{ReturnWhen, Wait};
