//! [`Lock`].

use core::cell::Cell;
use core::error::Error;
use core::fmt;

use super::acquire::line::Line;
use super::acquire::{Acquirable, Acquire, AcquireGuard, Guard};
use super::wait_list::WaitList;

/// A lock that one task at a time can hold, in the order in which they asked for it.
///
/// It follows `asyncio.Lock` of CPython 3.14. A released lock is handed over in two steps: the release wakes the first
/// in line, and that one takes the lock when it runs. In between the lock is unlocked, and yet nobody else gets past
/// the line.
///
/// # Examples
///
/// ```
/// use signalbox::sync::Lock;
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
///     let lock = Lock::new();
///     {
///         let _guard = lock.lock().await;
///         assert!(lock.is_locked());
///     }
///     assert!(!lock.is_locked());
///
///     // Without a guard, any task may release.
///     lock.acquire().await;
///     assert!(lock.release().is_ok());
///     assert_eq!(lock.release().unwrap_err().to_string(), "Lock is not acquired.");
/// });
/// ```
pub struct Lock {
    locked: Cell<bool>,
    waiters: WaitList,
}

/// Holds a [`Lock`] and releases it when dropped. A guard that borrows nothing is a `Guard<Rc<Lock>>`.
pub type LockGuard<'a> = Guard<&'a Lock>;

impl Lock {
    /// An unlocked lock.
    pub const fn new() -> Self {
        Self { locked: Cell::new(false), waiters: WaitList::new() }
    }

    /// Waits for the lock and holds it until the guard is dropped.
    ///
    /// For a future and a guard that borrow nothing, see [`AcquireGuard::new`].
    pub const fn lock(&self) -> AcquireGuard<&Self> {
        AcquireGuard::new(self)
    }

    /// Takes the lock if nobody holds it and nobody waits for it, until the guard is dropped.
    pub fn try_lock(&self) -> Option<LockGuard<'_>> {
        self.try_acquire().then(|| Guard::acquired(self))
    }

    /// Waits for the lock and takes it, until somebody calls [`release`](Self::release).
    ///
    /// For a future that borrows nothing, see [`Acquire::new`].
    pub const fn acquire(&self) -> Acquire<&Self> {
        Acquire::new(self)
    }

    /// Takes the lock if nobody holds it and nobody waits for it, as the fast path of `asyncio.Lock.acquire`; whether
    /// it did. Waiters that have been cancelled do not count.
    pub fn try_acquire(&self) -> bool {
        let free = !self.locked.get() && !self.waiters.is_contended();
        if free {
            self.locked.set(true);
        }
        free
    }

    /// Unlocks, and wakes the first in line. Any task may do this, not only the one that acquired.
    ///
    /// If the first in line is already woken or cancelled, nobody is woken: it passes its turn on when it leaves.
    ///
    /// # Errors
    ///
    /// If the lock is not locked.
    pub fn release(&self) -> Result<(), ReleaseError> {
        if !self.locked.replace(false) {
            return Err(ReleaseError);
        }
        self.wake_head();
        Ok(())
    }

    /// Whether the lock is held. It is not while it is being handed over.
    pub fn is_locked(&self) -> bool {
        self.locked.get()
    }

    /// How many stand in line, including those that are woken or cancelled and have not run since.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    fn wake_head(&self) {
        if let Some(waker) = self.waiters.wake_head() {
            waker.wake();
        }
    }
}

impl Acquirable for Lock {}

impl Line for Lock {
    fn waiters(&self) -> &WaitList {
        &self.waiters
    }

    fn try_acquire(&self) -> bool {
        self.try_acquire()
    }

    fn admit(&self) {
        self.locked.set(true);
    }

    fn give_up(&self, _woken: bool) {
        if !self.locked.get() {
            self.wake_head();
        }
    }

    fn release(&self) {
        // Somebody may have released what this guard holds; that is no reason to panic in a destructor.
        let _ = self.release();
    }
}

impl Default for Lock {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Lock").field("locked", &self.is_locked()).field("waiting", &self.waiting()).finish()
    }
}

/// The lock to release was not locked: the `RuntimeError` of `asyncio.Lock.release`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseError;

impl fmt::Display for ReleaseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Lock is not acquired.")
    }
}

impl Error for ReleaseError {}
