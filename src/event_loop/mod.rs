//! The event loop: ready queue, timers, a virtual clock, tasks, futures and what is built of them.
//!
//! It orders everything as CPython's `asyncio.base_events.BaseEventLoop` does and knows nothing of the language whose
//! coroutines it runs: that is the [`Host`].

mod future;
mod gather;
mod host;
mod scheduler;
mod switch;
mod task;
mod timer;
mod waker;

pub use future::{DoneCallback, Future, Outcome};
pub use gather::gather;
pub use host::{Host, Input, Progress, Request};
pub use scheduler::{EventLoop, Turn, turn};
pub use task::cancel;
