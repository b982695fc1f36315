//! [`Semaphore`].

use core::cell::Cell;
use core::fmt;

use super::acquire::line::Line;
use super::acquire::{Acquirable, Acquire, AcquireGuard, Guard};
use super::wait_list::WaitList;

/// A number of permits that tasks take and give back, in the order in which they asked for them.
///
/// It follows `asyncio.Semaphore` of CPython 3.14. A released permit belongs at once to the first in line: it does not
/// show in [`value`](Self::value) while that one is on its way.
///
/// # Examples
///
/// ```
/// use signalbox::sync::Semaphore;
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
///     let semaphore = Semaphore::new(2);
///     let first = semaphore.permit().await;
///     let second = semaphore.permit().await;
///     assert!(semaphore.is_locked());
///     drop(first);
///     assert_eq!(semaphore.value(), 1);
///
///     // A permit can be taken for good, and a new one given.
///     second.forget();
///     semaphore.release();
///     assert_eq!(semaphore.value(), 2);
/// });
/// ```
pub struct Semaphore {
    value: Cell<usize>,
    waiters: WaitList,
}

/// Holds a permit of a [`Semaphore`] and gives it back when dropped. One that borrows nothing is a
/// `Guard<Rc<Semaphore>>`.
pub type Permit<'a> = Guard<&'a Semaphore>;

impl Semaphore {
    /// A semaphore with `value` permits.
    pub const fn new(value: usize) -> Self {
        Self { value: Cell::new(value), waiters: WaitList::new() }
    }

    /// Waits for a permit and holds it until the guard is dropped.
    ///
    /// For a future and a guard that borrow nothing, see [`AcquireGuard::new`].
    pub const fn permit(&self) -> AcquireGuard<&Self> {
        AcquireGuard::new(self)
    }

    /// Takes a permit if there is one and nobody waits, until the guard is dropped.
    pub fn try_permit(&self) -> Option<Permit<'_>> {
        self.try_acquire().then(|| Guard::acquired(self))
    }

    /// Waits for a permit and takes it, until somebody calls [`release`](Self::release).
    ///
    /// For a future that borrows nothing, see [`Acquire::new`].
    pub const fn acquire(&self) -> Acquire<&Self> {
        Acquire::new(self)
    }

    /// Takes a permit if there is one and nobody waits, as the fast path of `asyncio.Semaphore.acquire`; whether it
    /// did.
    pub fn try_acquire(&self) -> bool {
        let free = !self.is_locked();
        if free {
            self.value.set(self.value.get() - 1);
        }
        free
    }

    /// Gives a permit to the first in line that has none yet, or else adds it to the free ones. Any task may do this,
    /// whether or not it has acquired.
    ///
    /// # Panics
    ///
    /// If there would be more than `usize::MAX` permits.
    pub fn release(&self) {
        match self.waiters.wake_next() {
            // The permit has never been free.
            Some(waker) => waker.wake(),
            None => self.add_permit(),
        }
    }

    /// How many permits are free. While others wait in line, even these cannot be taken.
    pub fn value(&self) -> usize {
        self.value.get()
    }

    /// Whether who asks for a permit now would have to wait: there is none, or someone waits who is not cancelled.
    pub fn is_locked(&self) -> bool {
        self.value.get() == 0 || self.waiters.is_contended()
    }

    /// How many stand in line, including those that are woken or cancelled and have not run since.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    fn add_permit(&self) {
        self.value.set(self.value.get().checked_add(1).expect("too many permits"));
    }

    /// Gives a free permit to the first in line that has none yet; whether there was one to take it.
    fn wake_next(&self) -> bool {
        let Some(waker) = self.waiters.wake_next() else { return false };
        self.value.set(self.value.get() - 1);
        waker.wake();
        true
    }

    /// Those who came while someone woken was still in line had to wait although there were permits.
    #[cold]
    fn wake_all_allowed(&self) {
        while self.value.get() > 0 && self.wake_next() {}
    }
}

impl Acquirable for Semaphore {}

impl Line for Semaphore {
    fn waiters(&self) -> &WaitList {
        &self.waiters
    }

    fn try_acquire(&self) -> bool {
        self.try_acquire()
    }

    fn admit(&self) {
        if self.value.get() > 0 {
            self.wake_all_allowed();
        }
    }

    fn give_up(&self, woken: bool) {
        if woken {
            self.add_permit();
        }
        self.wake_all_allowed();
    }

    fn release(&self) {
        self.release();
    }
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Semaphore").field("value", &self.value()).field("waiting", &self.waiting()).finish()
    }
}
