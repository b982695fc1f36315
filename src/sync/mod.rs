//! Primitives with which tasks of one thread wait for each other.
//!
//! [`Lock`], [`Event`], [`Condition`], [`Semaphore`], [`BoundedSemaphore`], [`Barrier`], [`Queue`],
//! [`LifoQueue`] and [`PriorityQueue`] are built on `core::future` and `core::task` alone and run on any executor. They
//! are fair, and they decide every order as CPython 3.14's asyncio does: who is woken, when, and what becomes of a turn
//! whose owner is cancelled.
//!
//! Each can be used in two ways. Guards release what they hold when they are dropped:
//!
//! ```
//! # async fn example() {
//! # use signalbox::sync::Lock;
//! let lock = Lock::new();
//! let guard = lock.lock().await;
//! # }
//! ```
//!
//! Explicit `acquire` and `release` need not be paired within one task. The futures take any handle, so they can be
//! kept where nothing can be borrowed:
//!
//! ```
//! # async fn example() {
//! # use signalbox::sync::{Acquire, Lock};
//! # use std::rc::Rc;
//! let lock = Rc::new(Lock::new());
//! let acquire: Acquire<Rc<Lock>> = Acquire::new(lock.clone());
//! acquire.await;
//! lock.release().unwrap();
//! # }
//! ```
//!
//! # Cancellation
//!
//! Every future may be dropped at any time: its place in line is given up, and if it had been woken its turn goes to
//! the next. Nothing is lost.
//!
//! asyncio cancels in two stages: `Task.cancel` marks the waiter in its place in the line, and it leaves the line only
//! when its task runs. What happens in between can depend on it. So every future also has a `cancel`, for the first
//! stage; dropping it is the second. Where asyncio does not end a cancelled wait without more waiting, as at a
//! [`Condition`] or [`Barrier`], whose lock it must take again first, the future has an `interrupt` for the second stage
//! as well.
//!
//! # Waking
//!
//! Whoever is to be woken is woken before `release`, `put_nowait` and so on return, in the order in which asyncio would
//! schedule them, and after the primitive's own state is settled: a waker may use the primitive that calls it.
//!
//! # Costs
//!
//! Acquiring and releasing without contention reads and writes a few cells. A line keeps its memory, which is in
//! proportion to the longest it ever was, and joining it, leaving it from anywhere and waking its first take constant
//! time on the average. `cargo bench` compares all this with what other crates take.

#![warn(missing_docs)]

mod acquire;
mod barrier;
mod bounded_semaphore;
mod condition;
mod event;
mod lock;
mod queue;
mod semaphore;
mod wait_list;

pub use acquire::{Acquirable, Acquire, AcquireGuard, Guard};
pub use barrier::{
    Barrier, BarrierChange, BarrierState, BarrierWait, BarrierWaitError, BrokenBarrierError, PartiesError,
};
pub use bounded_semaphore::{BoundedPermit, BoundedReleaseError, BoundedSemaphore};
pub use condition::{
    AnyCondition, Condition, ConditionGuard, ConditionWait, ConditionWaitError, Lockable, NotifyError, OwnLock,
};
pub use event::{Event, EventWait};
pub use lock::{Lock, LockGuard, ReleaseError};
pub use queue::{
    AnyQueue, Buffer, BufferedQueue, FirstInFirstOut, Get, GetNowaitError, GetNowaitWithError, Join, LastInFirstOut,
    LifoQueue, PriorityQueue, Put, PutNowaitError, PutNowaitWithError, Queue, ShutDown, SmallestFirst, TaskDoneError,
    WaitForItem, WaitForRoom,
};
pub use semaphore::{Permit, Semaphore};
