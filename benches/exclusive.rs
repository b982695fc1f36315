//! Locks, and semaphores with one permit.

use std::cell::Cell;
use std::future::Future;
use std::hint::black_box;

use signalbox::sync::{Lock, LockGuard, Permit, Semaphore};

use crate::contest::{Contest, contest};
use crate::executor::{Executor, pass};
use crate::host::time;

const REPETITIONS: usize = 10_000;
const WAITERS: usize = 1_000;

pub fn contests() -> Vec<Contest> {
    vec![
        contest!(
            "Lock, acquire and release alone", alone:
            Lock, tokio::sync::Mutex<()>, async_lock::Mutex<()>, futures::lock::Mutex<()>,
            futures_intrusive::sync::LocalMutex<()>,
        ),
        contest!(
            "Semaphore, acquire and release alone", alone:
            Semaphore, tokio::sync::Semaphore, async_lock::Semaphore, local_sync::semaphore::Semaphore,
            unsync::Semaphore, async_unsync::semaphore::Semaphore, futures_intrusive::sync::LocalSemaphore,
        ),
        contest!(
            "Lock, handed over between 1,000 waiters", handed_over:
            Lock, tokio::sync::Mutex<()>, async_lock::Mutex<()>, futures::lock::Mutex<()>,
            futures_intrusive::sync::LocalMutex<()>,
        ),
        contest!(
            "Semaphore, a permit handed over between 1,000 waiters", handed_over:
            Semaphore, tokio::sync::Semaphore, async_lock::Semaphore, local_sync::semaphore::Semaphore,
            unsync::Semaphore, async_unsync::semaphore::Semaphore, futures_intrusive::sync::LocalSemaphore,
        ),
    ]
}

/// What one task at a time can hold.
trait Exclusive {
    const NAME: &'static str;

    type Guard<'a>
    where
        Self: 'a;

    fn new() -> Self;

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>>;
}

/// Acquires and releases, with nobody else there.
fn alone<E: Exclusive>() -> f64 {
    let exclusive = E::new();
    let mut executor = Executor::default();
    executor.spawn(async {
        for _ in 0..REPETITIONS {
            black_box(exclusive.acquire().await);
        }
    });
    time(|| executor.run()) / REPETITIONS as f64
}

/// All join the line, and then each hands over to the next.
fn handed_over<E: Exclusive>() -> f64 {
    let exclusive = E::new();
    let is_held = Cell::new(false);
    let turns = Cell::new(0);
    let mut executor = Executor::default();
    for _ in 0..=WAITERS {
        executor.spawn(async {
            let guard = exclusive.acquire().await;
            assert!(!is_held.replace(true), "two have it");
            if turns.replace(turns.get() + 1) == 0 {
                // The first keeps it until all others stand in line.
                pass().await;
            }
            is_held.set(false);
            drop(guard);
        });
    }
    let elapsed = time(|| executor.run());
    assert_eq!(turns.get(), WAITERS + 1);
    elapsed / WAITERS as f64
}

impl Exclusive for Lock {
    const NAME: &'static str = "signalbox";

    type Guard<'a> = LockGuard<'a>;

    fn new() -> Self {
        Self::new()
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.lock()
    }
}

impl Exclusive for tokio::sync::Mutex<()> {
    const NAME: &'static str = "tokio";

    type Guard<'a> = tokio::sync::MutexGuard<'a, ()>;

    fn new() -> Self {
        Self::new(())
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.lock()
    }
}

impl Exclusive for async_lock::Mutex<()> {
    const NAME: &'static str = "async-lock";

    type Guard<'a> = async_lock::MutexGuard<'a, ()>;

    fn new() -> Self {
        Self::new(())
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.lock()
    }
}

impl Exclusive for futures::lock::Mutex<()> {
    const NAME: &'static str = "futures";

    type Guard<'a> = futures::lock::MutexGuard<'a, ()>;

    fn new() -> Self {
        Self::new(())
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.lock()
    }
}

impl Exclusive for futures_intrusive::sync::LocalMutex<()> {
    const NAME: &'static str = "futures-intrusive";

    type Guard<'a> = futures_intrusive::sync::LocalMutexGuard<'a, ()>;

    fn new() -> Self {
        Self::new((), true)
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.lock()
    }
}

impl Exclusive for Semaphore {
    const NAME: &'static str = "signalbox";

    type Guard<'a> = Permit<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.permit()
    }
}

impl Exclusive for tokio::sync::Semaphore {
    const NAME: &'static str = "tokio";

    type Guard<'a> = tokio::sync::SemaphorePermit<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    async fn acquire(&self) -> Self::Guard<'_> {
        self.acquire().await.expect("it is open")
    }
}

impl Exclusive for async_lock::Semaphore {
    const NAME: &'static str = "async-lock";

    type Guard<'a> = async_lock::SemaphoreGuard<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.acquire()
    }
}

impl Exclusive for local_sync::semaphore::Semaphore {
    const NAME: &'static str = "local-sync";

    type Guard<'a> = local_sync::semaphore::SemaphorePermit<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    async fn acquire(&self) -> Self::Guard<'_> {
        self.acquire().await.expect("it is open")
    }
}

impl Exclusive for unsync::Semaphore {
    const NAME: &'static str = "unsync";

    type Guard<'a> = unsync::semaphore::Permit<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.acquire(1)
    }
}

impl Exclusive for async_unsync::semaphore::Semaphore {
    const NAME: &'static str = "async-unsync";

    type Guard<'a> = async_unsync::semaphore::Permit<'a>;

    fn new() -> Self {
        Self::new(1)
    }

    async fn acquire(&self) -> Self::Guard<'_> {
        self.acquire().await.expect("it is open")
    }
}

impl Exclusive for futures_intrusive::sync::LocalSemaphore {
    const NAME: &'static str = "futures-intrusive";

    type Guard<'a> = futures_intrusive::sync::LocalSemaphoreReleaser<'a>;

    fn new() -> Self {
        Self::new(true, 1)
    }

    fn acquire(&self) -> impl Future<Output = Self::Guard<'_>> {
        self.acquire(1)
    }
}
