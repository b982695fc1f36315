//! [`Condition`].

mod error;
mod wait;

use core::fmt;
use core::ops::Deref;
use core::ptr;

pub use self::error::{ConditionWaitError, NotifyError};
pub use self::wait::{AnyCondition, ConditionWait};
pub(super) use self::wait::{Place, Waiting};
use super::acquire::line::Line;
use super::acquire::{Acquirable, Acquire, AcquireGuard, Guard};
use super::lock::{Lock, ReleaseError};
use super::wait_list::WaitList;

/// A lock, and a line in which tasks that have given it up wait until they are notified.
///
/// It follows `asyncio.Condition` of CPython 3.14. Who is notified waits for the lock again like everybody else, at the
/// end of its line, and goes on when it has it. `P` leads to the lock: [`new`](Self::new) makes one of its own, and
/// several conditions [`over`](Self::over) an `Rc<Lock>` share it.
///
/// # Examples
///
/// ```
/// use std::cell::Cell;
///
/// use signalbox::sync::Condition;
/// # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
/// #     loop {
/// #         if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
/// # async fn join(first: impl Future<Output = ()>, second: impl Future<Output = ()>) {
/// #     let (mut first, mut second) = (Box::pin(first), Box::pin(second));
/// #     let mut done = (false, false);
/// #     std::future::poll_fn(|context| {
/// #         done.0 = done.0 || first.as_mut().poll(context).is_ready();
/// #         done.1 = done.1 || second.as_mut().poll(context).is_ready();
/// #         if done == (true, true) { Poll::Ready(()) } else { Poll::Pending }
/// #     })
/// #     .await;
/// # }
///
/// let (condition, bowls) = (Condition::new(), Cell::new(0));
/// let bear = async {
///     let guard = condition.lock().await;
///     let _guard = condition.wait_for(guard, || bowls.get() > 0).await;
///     bowls.set(bowls.get() - 1);
/// };
/// let cook = async {
///     let _guard = condition.lock().await;
///     bowls.set(1);
///     condition.notify(1).unwrap();
/// };
/// block_on(join(bear, cook));
/// assert_eq!(bowls.get(), 0);
///
/// // Without a guard: to wait or to notify, somebody must hold the lock.
/// block_on(async {
///     assert_eq!(condition.notified().await.unwrap_err().to_string(), "cannot wait on un-acquired lock");
///     assert_eq!(condition.notify_all().unwrap_err().to_string(), "cannot notify on un-acquired lock");
/// });
/// ```
pub struct Condition<P = OwnLock> {
    lock: P,
    waiters: WaitList,
}

/// The lock of a [`Condition`] that shares it with nobody.
#[derive(Debug, Default)]
pub struct OwnLock(Lock);

/// Holds the lock of a [`Condition`] and releases it when dropped. One that borrows nothing is a
/// `Guard<Rc<Condition>>`.
pub type ConditionGuard<'a, P = OwnLock> = Guard<&'a Condition<P>>;

/// What a guard holds if a [`Condition`] can wait with it: a [`Lock`] or the condition itself.
pub trait Lockable: Acquirable {
    /// The lock that the guard holds.
    fn as_lock(&self) -> &Lock;
}

impl Condition {
    /// A condition with a lock of its own.
    pub const fn new() -> Self {
        Self::over(OwnLock(Lock::new()))
    }
}

impl<P: Deref<Target = Lock>> Condition<P> {
    /// A condition over the lock behind a handle.
    pub const fn over(lock: P) -> Self {
        Self { lock, waiters: WaitList::new() }
    }

    /// The lock, which it may share.
    pub fn as_lock(&self) -> &Lock {
        &self.lock
    }

    /// Waits for the lock and holds it until the guard is dropped, as [`Lock::lock`].
    pub const fn lock(&self) -> AcquireGuard<&Self> {
        AcquireGuard::new(self)
    }

    /// Takes the lock until the guard is dropped, if nobody holds it or waits for it, as [`Lock::try_lock`].
    pub fn try_lock(&self) -> Option<ConditionGuard<'_, P>> {
        self.try_acquire().then(|| Guard::acquired(self))
    }

    /// Waits for the lock and takes it, until somebody calls [`release`](Self::release).
    pub const fn acquire(&self) -> Acquire<&Self> {
        Acquire::new(self)
    }

    /// Takes the lock if nobody holds it or waits for it, as [`Lock::try_acquire`].
    pub fn try_acquire(&self) -> bool {
        self.lock.try_acquire()
    }

    /// Unlocks the lock, as [`Lock::release`].
    ///
    /// # Errors
    ///
    /// If the lock is not locked.
    pub fn release(&self) -> Result<(), ReleaseError> {
        self.lock.release()
    }

    /// Whether the lock is held, as [`Lock::is_locked`].
    pub fn is_locked(&self) -> bool {
        self.lock.is_locked()
    }

    /// How many wait to be notified, including those that are notified or cancelled and have not run since.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }

    /// Gives up what `guard` holds, waits until it is notified, and waits for the lock again. As in CPython, it may
    /// also go on without a reason.
    ///
    /// The guard may come from this condition or from the lock that it shares. If the future is dropped, the guard is
    /// gone with it; if it had been notified, another is notified instead.
    ///
    /// # Panics
    ///
    /// If the guard holds another lock, or if somebody has released what it holds.
    pub async fn wait<G: Deref<Target: Lockable>>(&self, guard: Guard<G>) -> Guard<G> {
        assert!(ptr::eq(guard.target().as_lock(), self.as_lock()), "the guard holds another lock");
        let handle = guard.into_handle();
        self.notified().await.expect("somebody released what the guard holds");
        Guard::acquired(handle)
    }

    /// [Waits](Self::wait) until `predicate` is true; not at all if it is already. The lock is held whenever the
    /// predicate is asked.
    ///
    /// # Panics
    ///
    /// As [`wait`](Self::wait).
    pub async fn wait_for<G: Deref<Target: Lockable>>(
        &self,
        mut guard: Guard<G>,
        mut predicate: impl FnMut() -> bool,
    ) -> Guard<G> {
        while !predicate() {
            guard = self.wait(guard).await;
        }
        guard
    }

    /// Releases the lock, waits until it is notified, and waits for the lock again: the explicit form of
    /// [`wait`](Self::wait). Fails if the lock is not held.
    ///
    /// For a future that borrows nothing, see [`ConditionWait::new`].
    pub const fn notified(&self) -> ConditionWait<&Self> {
        ConditionWait::new(self)
    }

    /// Notifies the first `count` of those who wait and are not notified or cancelled already.
    ///
    /// # Errors
    ///
    /// If the lock is not held.
    pub fn notify(&self, count: usize) -> Result<(), NotifyError> {
        self.place().notify(count)
    }

    /// Notifies all who wait.
    ///
    /// # Errors
    ///
    /// If the lock is not held.
    pub fn notify_all(&self) -> Result<(), NotifyError> {
        self.notify(usize::MAX)
    }

    pub(super) fn place(&self) -> Place<'_> {
        Place { lock: &self.lock, waiters: &self.waiters }
    }
}

impl Lockable for Lock {
    fn as_lock(&self) -> &Lock {
        self
    }
}

impl<P: Deref<Target = Lock>> Lockable for Condition<P> {
    fn as_lock(&self) -> &Lock {
        self.as_lock()
    }
}

impl<P: Deref<Target = Lock>> Acquirable for Condition<P> {}

impl<P: Deref<Target = Lock>> Line for Condition<P> {
    fn waiters(&self) -> &WaitList {
        self.lock.waiters()
    }

    fn try_acquire(&self) -> bool {
        self.lock.try_acquire()
    }

    fn admit(&self) {
        self.lock.admit();
    }

    fn give_up(&self, woken: bool) {
        self.lock.give_up(woken);
    }

    fn release(&self) {
        Line::release(&*self.lock);
    }
}

impl Deref for OwnLock {
    type Target = Lock;

    fn deref(&self) -> &Lock {
        &self.0
    }
}

impl Default for Condition {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: Deref<Target = Lock>> fmt::Debug for Condition<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Condition")
            .field("locked", &self.is_locked())
            .field("waiting", &self.waiting())
            .finish_non_exhaustive()
    }
}
