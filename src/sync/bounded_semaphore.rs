//! [`BoundedSemaphore`].

use core::error::Error;
use core::fmt;

use super::acquire::line::Line;
use super::acquire::{Acquirable, Acquire, AcquireGuard, Guard};
use super::semaphore::Semaphore;
use super::wait_list::WaitList;

/// A [`Semaphore`] that never has more free permits than at the beginning: a release too many is an error.
///
/// It follows `asyncio.BoundedSemaphore` of CPython 3.14. As there, what counts are the free permits: a release is in
/// order while at least one is held or on its way to somebody.
///
/// # Examples
///
/// ```
/// use signalbox::sync::BoundedSemaphore;
/// # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
/// #     loop {
/// #         if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
///
/// block_on(async {
///     let connections = BoundedSemaphore::new(2);
///     {
///         let _connection = connections.permit().await;
///         assert_eq!(connections.value(), 1);
///     }
///     let error = connections.release().unwrap_err();
///     assert_eq!(error.to_string(), "BoundedSemaphore released too many times");
/// });
/// ```
pub struct BoundedSemaphore {
    semaphore: Semaphore,
    bound: usize,
}

/// Holds a permit of a [`BoundedSemaphore`] and gives it back when dropped. One that borrows nothing is a
/// `Guard<Rc<BoundedSemaphore>>`.
pub type BoundedPermit<'a> = Guard<&'a BoundedSemaphore>;

impl BoundedSemaphore {
    /// A semaphore with `bound` permits.
    pub const fn new(bound: usize) -> Self {
        Self { semaphore: Semaphore::new(bound), bound }
    }

    /// Waits for a permit and holds it until the guard is dropped.
    ///
    /// For a future and a guard that borrow nothing, see [`AcquireGuard::new`].
    pub const fn permit(&self) -> AcquireGuard<&Self> {
        AcquireGuard::new(self)
    }

    /// Takes a permit if there is one and nobody waits, until the guard is dropped.
    pub fn try_permit(&self) -> Option<BoundedPermit<'_>> {
        self.try_acquire().then(|| Guard::acquired(self))
    }

    /// Waits for a permit and takes it, until somebody calls [`release`](Self::release).
    ///
    /// For a future that borrows nothing, see [`Acquire::new`].
    pub const fn acquire(&self) -> Acquire<&Self> {
        Acquire::new(self)
    }

    /// Takes a permit if there is one and nobody waits, as [`Semaphore::try_acquire`].
    pub fn try_acquire(&self) -> bool {
        self.semaphore.try_acquire()
    }

    /// Gives a permit back, as [`Semaphore::release`].
    ///
    /// # Errors
    ///
    /// If all permits are free already.
    pub fn release(&self) -> Result<(), BoundedReleaseError> {
        if self.semaphore.value() >= self.bound {
            return Err(BoundedReleaseError);
        }
        self.semaphore.release();
        Ok(())
    }

    /// How many permits can be free at most.
    pub const fn bound(&self) -> usize {
        self.bound
    }

    /// How many permits are free, as [`Semaphore::value`].
    pub fn value(&self) -> usize {
        self.semaphore.value()
    }

    /// Whether who asks for a permit now would have to wait, as [`Semaphore::is_locked`].
    pub fn is_locked(&self) -> bool {
        self.semaphore.is_locked()
    }

    /// How many stand in line, as [`Semaphore::waiting`].
    pub fn waiting(&self) -> usize {
        self.semaphore.waiting()
    }
}

impl Acquirable for BoundedSemaphore {}

impl Line for BoundedSemaphore {
    fn waiters(&self) -> &WaitList {
        self.semaphore.waiters()
    }

    fn try_acquire(&self) -> bool {
        self.try_acquire()
    }

    fn admit(&self) {
        self.semaphore.admit();
    }

    fn give_up(&self, woken: bool) {
        self.semaphore.give_up(woken);
    }

    fn release(&self) {
        // Somebody may have released what this guard holds; that is no reason to panic in a destructor.
        let _ = self.release();
    }
}

impl fmt::Debug for BoundedSemaphore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("BoundedSemaphore")
            .field("bound", &self.bound)
            .field("value", &self.value())
            .field("waiting", &self.waiting())
            .finish()
    }
}

/// All permits were free already: the `ValueError` of `asyncio.BoundedSemaphore.release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundedReleaseError;

impl fmt::Display for BoundedReleaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("BoundedSemaphore released too many times")
    }
}

impl Error for BoundedReleaseError {}
