//! [`Barrier`].

mod change;
mod error;
mod wait;

use core::cell::Cell;
use core::fmt;

pub use self::change::BarrierChange;
pub use self::error::{BarrierWaitError, BrokenBarrierError, PartiesError};
pub use self::wait::BarrierWait;
use super::condition::{Condition, Place};

/// A point that tasks pass together, as soon as a certain number of them has arrived.
///
/// It follows `asyncio.Barrier` of CPython 3.14. The barrier fills until all parties are there, then drains until the
/// last of them has left, and can fill again; who arrives while it drains waits until it is empty. A
/// [`reset`](Self::reset) sends away all who are there, an [`abort`](Self::abort) also all who come later.
///
/// # Examples
///
/// ```
/// use signalbox::sync::{Barrier, BarrierState};
/// # use std::{future::Future, pin::{Pin, pin}, task::{Context, Poll, Waker}};
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
/// #     loop {
/// #         if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
/// # async fn join<T>(first: impl Future<Output = T> + Unpin, second: impl Future<Output = T> + Unpin) -> (T, T) {
/// #     let (mut first, mut second, mut done) = (first, second, (None, None));
/// #     std::future::poll_fn(|context| {
/// #         if done.0.is_none() && let Poll::Ready(value) = Pin::new(&mut first).poll(context) { done.0 = Some(value) }
/// #         if done.1.is_none() && let Poll::Ready(value) = Pin::new(&mut second).poll(context) { done.1 = Some(value) }
/// #         if let (Some(_), Some(_)) = &done { Poll::Ready(()) } else { Poll::Pending }
/// #     })
/// #     .await;
/// #     (done.0.unwrap(), done.1.unwrap())
/// # }
///
/// block_on(async {
///     let barrier = Barrier::new(2).unwrap();
///     assert_eq!(join(barrier.wait(), barrier.wait()).await, (Ok(0), Ok(1)));
///
///     barrier.abort().await;
///     assert_eq!(barrier.state(), BarrierState::Broken);
///     assert_eq!(barrier.wait().await.unwrap_err().to_string(), "Barrier aborted");
/// });
/// assert_eq!(Barrier::new(0).unwrap_err().to_string(), "parties must be >= 1");
/// ```
pub struct Barrier {
    /// Everybody holds its lock while they change something, and waits there for a change of state.
    condition: Condition,
    parties: usize,
    state: Cell<BarrierState>,
    /// How many have arrived and not yet left.
    count: Cell<usize>,
}

/// What a [`Barrier`] does at present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarrierState {
    /// It waits for all parties to arrive.
    Filling,
    /// All have arrived, and it waits for the last of them to leave.
    Draining,
    /// It was reset, and waits for those who are there to leave.
    Resetting,
    /// It was aborted, and lets nobody in until it is reset.
    Broken,
}

impl Barrier {
    /// A barrier that tasks pass `parties` at a time.
    ///
    /// # Errors
    ///
    /// If `parties` is 0.
    pub const fn new(parties: usize) -> Result<Self, PartiesError> {
        if parties == 0 {
            return Err(PartiesError);
        }
        Ok(Self { condition: Condition::new(), parties, state: Cell::new(BarrierState::Filling), count: Cell::new(0) })
    }

    /// Arrives at the barrier and waits until all parties have. Gives the position in which it arrived, from 0 on.
    /// Fails if the barrier is reset or aborted before all parties are there, or was aborted before.
    ///
    /// For a future that borrows nothing, see [`BarrierWait::new`].
    pub const fn wait(&self) -> BarrierWait<&Self> {
        BarrierWait::new(self)
    }

    /// Sends away all who are at the barrier, and lets it fill again. This has to wait for its turn as every change
    /// does.
    ///
    /// For a future that borrows nothing, see [`BarrierChange::reset`].
    pub const fn reset(&self) -> BarrierChange<&Self> {
        BarrierChange::reset(self)
    }

    /// Breaks the barrier: sends away all who are there and all who come until it is [`reset`](Self::reset). This has
    /// to wait for its turn as every change does.
    ///
    /// For a future that borrows nothing, see [`BarrierChange::abort`].
    pub const fn abort(&self) -> BarrierChange<&Self> {
        BarrierChange::abort(self)
    }

    /// How many have to arrive.
    pub const fn parties(&self) -> usize {
        self.parties
    }

    /// How many have arrived and wait for the others: `n_waiting` of CPython. None while the barrier does not fill.
    pub fn waiting(&self) -> usize {
        if self.state.get() == BarrierState::Filling { self.count.get() } else { 0 }
    }

    /// How many have arrived and not yet left, whatever the barrier does.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// What the barrier does.
    pub fn state(&self) -> BarrierState {
        self.state.get()
    }

    /// Whether the barrier was aborted.
    pub fn is_broken(&self) -> bool {
        self.state.get() == BarrierState::Broken
    }

    fn place(&self) -> Place<'_> {
        self.condition.place()
    }

    /// Changes the state and tells everybody.
    fn enter_state(&self, state: BarrierState) {
        self.state.set(state);
        self.place().notify_everybody();
    }

    /// One who has arrived leaves. The last lets those in who wait for the barrier to be empty.
    fn depart(&self) {
        self.count.set(self.count.get() - 1);
        if self.count.get() == 0 {
            self.enter_state(match self.state.get() {
                BarrierState::Draining | BarrierState::Resetting => BarrierState::Filling,
                state => state,
            });
        }
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Barrier")
            .field("state", &self.state())
            .field("parties", &self.parties)
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}
