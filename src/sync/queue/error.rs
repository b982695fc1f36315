//! Why nothing could be put or taken.

use core::error::Error;
use core::fmt;

/// The queue is shut down: `asyncio.QueueShutDown`. Gives back the item that could not be put, if it was about one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShutDown<T = ()>(pub T);

/// Why [`BufferedQueue::put_nowait`](super::BufferedQueue::put_nowait) did not take the item, with the item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutNowaitError<T> {
    /// There is no room: `asyncio.QueueFull`.
    Full(T),
    /// The queue is shut down: `asyncio.QueueShutDown`.
    ShutDown(T),
}

/// Why [`BufferedQueue::get_nowait`](super::BufferedQueue::get_nowait) had nothing to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetNowaitError {
    /// There is no item now: `asyncio.QueueEmpty`.
    Empty,
    /// There is no item and there will be none: `asyncio.QueueShutDown`.
    ShutDown,
}

/// Why [`BufferedQueue::put_nowait_with`](super::BufferedQueue::put_nowait_with) did not put anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutNowaitWithError<E> {
    /// There is no room: `asyncio.QueueFull`.
    Full,
    /// The queue is shut down: `asyncio.QueueShutDown`.
    ShutDown,
    /// What was to put the item failed.
    Failed(E),
}

/// Why [`BufferedQueue::get_nowait_with`](super::BufferedQueue::get_nowait_with) had nothing to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetNowaitWithError<E> {
    /// There is no item now: `asyncio.QueueEmpty`.
    Empty,
    /// There is no item and there will be none: `asyncio.QueueShutDown`.
    ShutDown,
    /// What was to take the item failed.
    Failed(E),
}

/// There was no unfinished item: the `ValueError` of `asyncio.Queue.task_done`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaskDoneError;

const FULL: &str = "queue is full";
const EMPTY: &str = "queue is empty";
const SHUT_DOWN: &str = "queue is shut down";

impl<T> fmt::Display for ShutDown<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(SHUT_DOWN)
    }
}

impl<T> fmt::Display for PutNowaitError<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Full(_) => FULL,
            Self::ShutDown(_) => SHUT_DOWN,
        })
    }
}

impl fmt::Display for GetNowaitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => EMPTY,
            Self::ShutDown => SHUT_DOWN,
        })
    }
}

impl<E: fmt::Display> fmt::Display for PutNowaitWithError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full => formatter.write_str(FULL),
            Self::ShutDown => formatter.write_str(SHUT_DOWN),
            Self::Failed(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Display> fmt::Display for GetNowaitWithError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str(EMPTY),
            Self::ShutDown => formatter.write_str(SHUT_DOWN),
            Self::Failed(error) => error.fmt(formatter),
        }
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
impl<E: Error> Error for PutNowaitWithError<E> {}
impl<E: Error> Error for GetNowaitWithError<E> {}
impl Error for TaskDoneError {}
