//! Why a condition did not do what it was asked.

use core::error::Error;
use core::fmt;

/// Why a [`ConditionWait`](super::ConditionWait) ended without a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConditionWaitError {
    /// Nobody held the lock when it began: the `RuntimeError` of `asyncio.Condition.wait`.
    NotAcquired,
    /// It was [interrupted](super::ConditionWait::interrupt), and has the lock again.
    Interrupted,
}

/// Nobody held the lock: the `RuntimeError` of `asyncio.Condition.notify`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotifyError;

impl fmt::Display for ConditionWaitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotAcquired => "cannot wait on un-acquired lock",
            Self::Interrupted => "the wait was interrupted",
        })
    }
}

impl fmt::Display for NotifyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("cannot notify on un-acquired lock")
    }
}

impl Error for ConditionWaitError {}
impl Error for NotifyError {}
