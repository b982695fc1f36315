//! [`Lock`] as tasks see it.

use std::rc::Rc;

use signalbox::sync::{AcquireGuard, Guard, Lock, ReleaseError};

use crate::executor::{pass, settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    tasks_hold_a_lock_in_the_order_they_came,
    nobody_overtakes_a_task_that_a_lock_is_handed_to,
    any_task_may_release_a_lock,
    a_lock_that_is_not_held_cannot_be_released,
    a_lock_passes_over_a_waiter_that_is_dropped,
    a_lock_goes_to_the_next_when_a_woken_waiter_is_dropped,
    a_waiter_cancelled_in_place_holds_up_a_lock_until_it_is_dropped,
    a_lock_is_free_when_only_cancelled_waiters_are_in_line,
    a_wait_that_is_decided_cannot_be_cancelled,
    a_wait_that_moves_to_another_task_wakes_that_task,
    futures_and_guards_can_own_what_they_wait_for,
    a_forgotten_guard_leaves_the_lock_held,
];

async fn tasks_hold_a_lock_in_the_order_they_came() {
    let (lock, log) = (Rc::new(Lock::new()), Log::default());
    for name in ["a", "b", "c"] {
        let (lock, log) = (lock.clone(), log.clone());
        spawn(async move {
            for _ in 0..2 {
                let _guard = lock.lock().await;
                log.add(format!("{name} in"));
                pass().await;
                log.add(format!("{name} out"));
            }
        });
    }
    settle().await;
    let round = "a in, a out, b in, b out, c in, c out";
    assert_eq!(log.take(), format!("{round}, {round}"));
    assert!(!lock.is_locked());
}

async fn nobody_overtakes_a_task_that_a_lock_is_handed_to() {
    let lock = Lock::new();
    let guard = lock.try_lock().expect("it is free");
    let mut first = Stepped::waiting(lock.lock());
    drop(guard);
    assert!(first.is_woken());
    assert!(!lock.is_locked(), "it is unlocked until the first in line runs");
    assert!(lock.try_lock().is_none());
    let mut late = Stepped::waiting(lock.lock());
    assert_eq!(lock.waiting(), 2);

    let guard = first.poll().expect("its turn");
    assert!(lock.is_locked());
    assert!(!late.is_woken());
    drop(guard);
    assert!(late.is_woken());
    assert!(late.poll().is_some());
    assert!(!lock.is_locked(), "the last guard is gone");
}

async fn any_task_may_release_a_lock() {
    let (lock, log) = (Rc::new(Lock::new()), Log::default());
    lock.acquire().await;
    let (waiting_lock, waiting_log) = (lock.clone(), log.clone());
    spawn(async move {
        waiting_lock.acquire().await;
        waiting_log.add("acquired");
    });
    settle().await;
    assert_eq!(log.take(), "");
    let releasing = lock.clone();
    spawn(async move { releasing.release().unwrap() });
    settle().await;
    assert_eq!(log.take(), "acquired");
    assert!(lock.is_locked());
}

async fn a_lock_that_is_not_held_cannot_be_released() {
    let lock = Lock::new();
    assert_eq!(lock.release(), Err(ReleaseError));
    assert_eq!(ReleaseError.to_string(), "Lock is not acquired.");
    let guard = lock.lock().await;
    lock.release().unwrap();
    drop(guard);
    assert!(!lock.is_locked(), "a guard does not mind that its lock was released");
}

async fn a_lock_passes_over_a_waiter_that_is_dropped() {
    let lock = Lock::new();
    lock.acquire().await;
    let [first, second, mut third] = [0; 3].map(|_| Stepped::waiting(lock.acquire()));
    drop(second);
    drop(first);
    assert_eq!(lock.waiting(), 1);
    lock.release().unwrap();
    assert!(third.poll().is_some());
}

async fn a_lock_goes_to_the_next_when_a_woken_waiter_is_dropped() {
    let lock = Lock::new();
    lock.acquire().await;
    let first = Stepped::waiting(lock.lock());
    let mut second = Stepped::waiting(lock.lock());
    lock.release().unwrap();
    assert!(first.is_woken() && !second.is_woken());
    drop(first);
    assert!(second.is_woken());
    assert!(second.poll().is_some());
}

async fn a_waiter_cancelled_in_place_holds_up_a_lock_until_it_is_dropped() {
    let lock = Lock::new();
    lock.acquire().await;
    let mut first = Stepped::waiting(lock.acquire());
    let mut second = Stepped::waiting(lock.acquire());
    assert!(first.future.cancel());
    assert!(!first.is_woken(), "who cancels sees to the task");
    assert!(!first.future.cancel(), "it is cancelled already");
    assert_eq!(lock.waiting(), 2);

    lock.release().unwrap();
    assert!(!second.is_woken());
    assert!(!lock.try_acquire(), "the second is before us");
    assert!(first.poll().is_none(), "a cancelled wait never completes");
    drop(first);
    assert!(second.is_woken());
    assert!(second.poll().is_some());
}

async fn a_lock_is_free_when_only_cancelled_waiters_are_in_line() {
    let lock = Lock::new();
    lock.acquire().await;
    let mut waiters = [0; 3].map(|_| Stepped::waiting(lock.acquire()));
    assert!(waiters.iter_mut().all(|waiter| waiter.future.cancel()));
    lock.release().unwrap();
    assert!(lock.try_acquire());
    drop(waiters);
    assert!(lock.is_locked());
    assert_eq!(lock.waiting(), 0);
}

async fn a_wait_that_is_decided_cannot_be_cancelled() {
    let lock = Lock::new();
    lock.acquire().await;
    let mut waiter = Stepped::waiting(lock.acquire());
    lock.release().unwrap();
    assert!(!waiter.future.cancel());
    assert!(waiter.poll().is_some());
    assert!(!waiter.future.cancel());

    let mut unpolled = Stepped::new(lock.acquire());
    assert!(unpolled.future.cancel());
    lock.release().unwrap();
    assert!(unpolled.poll().is_none(), "a cancelled wait never completes");
}

async fn a_wait_that_moves_to_another_task_wakes_that_task() {
    let lock = Lock::new();
    lock.acquire().await;
    let Stepped { future, flag } = Stepped::waiting(lock.acquire());
    let moved = Stepped::waiting(future);
    lock.release().unwrap();
    assert!(moved.is_woken());
    assert_eq!(std::sync::Arc::strong_count(&flag), 1, "nothing is kept of the task that waited before");
}

async fn futures_and_guards_can_own_what_they_wait_for() {
    let (lock, log) = (Rc::new(Lock::new()), Log::default());
    let first = AcquireGuard::new(lock.clone()).await;
    let second = AcquireGuard::new(lock.clone());
    let second_log = log.clone();
    spawn(async move {
        let guard: Guard<Rc<Lock>> = second.await;
        second_log.add("second");
        drop(guard);
    });
    settle().await;
    assert_eq!(log.take(), "");
    drop(first);
    settle().await;
    assert_eq!(log.take(), "second");
    assert_eq!(Rc::strong_count(&lock), 1);
}

async fn a_forgotten_guard_leaves_the_lock_held() {
    let lock = Rc::new(Lock::new());
    AcquireGuard::new(lock.clone()).await.forget();
    assert!(lock.is_locked());
    assert_eq!(Rc::strong_count(&lock), 1);
    lock.release().unwrap();
}
