//! Why nothing could be put or taken.

use core::error::Error;
use core::fmt;

/// The queue is shut down: `asyncio.QueueShutDown`. Gives back the item that could not be put, if it was about one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShutDown<T = ()>(pub T);

/// Why [`Queue::put_nowait`](super::Queue::put_nowait) did not take the item, with the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutNowaitError<T> {
    /// There is no room: `asyncio.QueueFull`.
    Full(T),
    /// The queue is shut down: `asyncio.QueueShutDown`.
    ShutDown(T),
}

/// Why [`Queue::get_nowait`](super::Queue::get_nowait) had nothing to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetNowaitError {
    /// There is no item now: `asyncio.QueueEmpty`.
    Empty,
    /// There is no item and there will be none: `asyncio.QueueShutDown`.
    ShutDown,
}

/// There was no unfinished item: the `ValueError` of `asyncio.Queue.task_done`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskDoneError;

const SHUT_DOWN: &str = "queue is shut down";

impl<T> fmt::Display for ShutDown<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(SHUT_DOWN)
    }
}

impl<T> fmt::Display for PutNowaitError<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Full(_) => "queue is full",
            Self::ShutDown(_) => SHUT_DOWN,
        })
    }
}

impl fmt::Display for GetNowaitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "queue is empty",
            Self::ShutDown => SHUT_DOWN,
        })
    }
}

impl fmt::Display for TaskDoneError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("task_done() called too many times")
    }
}

impl<T: fmt::Debug> Error for ShutDown<T> {}
impl<T: fmt::Debug> Error for PutNowaitError<T> {}
impl Error for GetNowaitError {}
impl Error for TaskDoneError {}
