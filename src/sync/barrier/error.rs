//! Why a barrier could not be made or passed.

use core::error::Error;
use core::fmt;

/// A barrier needs at least one party: the `ValueError` of `asyncio.Barrier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartiesError;

/// The barrier did not let anybody pass: `asyncio.BrokenBarrierError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrokenBarrierError {
    /// It was broken already.
    Aborted,
    /// It was aborted or reset before all parties were there.
    AbortedOrReset,
}

/// Why a [`BarrierWait`](super::BarrierWait) ended short of passing the barrier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarrierWaitError {
    /// The barrier let nobody pass.
    Broken(BrokenBarrierError),
    /// The wait was [interrupted](super::BarrierWait::interrupt).
    Interrupted,
}

impl fmt::Display for PartiesError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("parties must be >= 1")
    }
}

impl fmt::Display for BrokenBarrierError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Aborted => "Barrier aborted",
            Self::AbortedOrReset => "Abort or reset of barrier",
        })
    }
}

impl fmt::Display for BarrierWaitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(error) => error.fmt(formatter),
            Self::Interrupted => formatter.write_str("the wait was interrupted"),
        }
    }
}

impl Error for PartiesError {}
impl Error for BrokenBarrierError {}
impl Error for BarrierWaitError {}
