//! [`Condition`] as tasks see it.

use std::cell::Cell;
use std::rc::Rc;

use signalbox::sync::{
    Acquire, AcquireGuard, Condition, ConditionWait, ConditionWaitError, Lock, Lockable, NotifyError, ReleaseError,
};

use crate::executor::{settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    tasks_wait_until_a_predicate_holds,
    a_notification_reaches_as_many_as_it_is_for,
    a_condition_is_acquired_and_released_like_its_lock,
    without_the_lock_nobody_waits_or_notifies,
    who_is_notified_waits_for_the_lock_again,
    conditions_share_a_lock,
    a_notification_goes_to_another_when_a_notified_wait_is_dropped,
    a_notification_goes_to_another_when_a_wait_is_dropped_on_its_way_to_the_lock,
    a_wait_that_is_dropped_before_it_begins_keeps_the_lock,
    a_wait_cancelled_in_place_is_not_notified,
    an_interrupted_wait_takes_the_lock_again_and_notifies_another,
    a_wait_interrupted_on_its_way_to_the_lock_goes_to_the_end_of_the_line,
    a_wait_interrupted_when_notified_notifies_another,
    a_wait_interrupted_before_it_begins_keeps_the_lock,
    an_interrupted_wait_may_be_dropped,
    a_guard_comes_back_from_a_wait,
];

async fn tasks_wait_until_a_predicate_holds() {
    let (condition, stock, log) = (Rc::new(Condition::new()), Rc::new(Cell::new(0)), Log::default());
    for name in ["a", "b", "c"] {
        let (condition, stock, log) = (condition.clone(), stock.clone(), log.clone());
        spawn(async move {
            let guard = condition.lock().await;
            let _guard = condition.wait_for(guard, || stock.get() > 0).await;
            assert!(condition.is_locked());
            stock.set(stock.get() - 1);
            log.add(name);
        });
    }
    settle().await;
    assert_eq!((condition.waiting(), condition.is_locked()), (3, false));
    {
        let _guard = condition.lock().await;
        stock.set(2);
        condition.notify_all().unwrap();
        assert_eq!(log.take(), "");
    }
    settle().await;
    assert_eq!((log.take().as_str(), condition.waiting()), ("a, b", 1));

    let _guard = condition.lock().await;
    stock.set(1);
    condition.notify(1).unwrap();
    drop(_guard);
    settle().await;
    assert_eq!((log.take().as_str(), condition.waiting()), ("c", 0));
}

/// Waits at a condition that nobody holds.
async fn waiting<P: std::ops::Deref<Target = Lock>>(condition: &Condition<P>) -> Stepped<ConditionWait<&Condition<P>>> {
    condition.acquire().await;
    Stepped::waiting(condition.notified())
}

async fn a_notification_reaches_as_many_as_it_is_for() {
    let condition = Condition::default();
    let waits = [waiting(&condition).await, waiting(&condition).await, waiting(&condition).await];
    assert!(condition.try_acquire());
    assert_eq!(condition.notify(0), Ok(()));
    assert!(!waits[0].is_woken());
    assert_eq!(condition.notify(2), Ok(()));
    assert_eq!(waits.each_ref().map(Stepped::is_woken), [true, true, false]);
    assert_eq!(condition.waiting(), 3, "they leave when they run");
    assert_eq!(condition.notify(1), Ok(()));
    assert!(waits[2].is_woken(), "those who are notified do not count");
    assert_eq!(condition.notify_all(), Ok(()));
}

async fn a_condition_is_acquired_and_released_like_its_lock() {
    let condition = Condition::new();
    assert_eq!(condition.release(), Err(ReleaseError));
    condition.acquire().await;
    assert!(condition.is_locked() && !condition.try_acquire() && condition.try_lock().is_none());
    let mut first = Stepped::waiting(condition.acquire());
    let mut second = Stepped::waiting(condition.lock());
    let third = Stepped::waiting(condition.as_lock().acquire());
    assert_eq!((condition.as_lock().waiting(), condition.waiting()), (3, 0));
    assert_eq!(condition.release(), Ok(()));
    assert!(first.is_woken() && !condition.is_locked());
    assert!(first.poll().is_some());
    assert_eq!(condition.release(), Ok(()));
    drop(second.poll().expect("its turn"));
    assert!(third.is_woken());
    drop(third);
    assert!(condition.try_lock().is_some());
    assert!(!condition.is_locked());
    assert!(condition.try_acquire());
}

async fn without_the_lock_nobody_waits_or_notifies() {
    let condition = Condition::new();
    assert_eq!(condition.notified().await, Err(ConditionWaitError::NotAcquired));
    assert_eq!(condition.notify(1), Err(NotifyError));
    assert_eq!(condition.notify_all(), Err(NotifyError));
    assert_eq!(ConditionWaitError::NotAcquired.to_string(), "cannot wait on un-acquired lock");
    assert_eq!(NotifyError.to_string(), "cannot notify on un-acquired lock");
    assert_eq!((condition.waiting(), condition.is_locked()), (0, false));
    let wait = waiting(&condition).await;
    assert_eq!(condition.notify(1), Err(NotifyError));
    assert!(!wait.is_woken());
}

async fn who_is_notified_waits_for_the_lock_again() {
    let condition = Condition::new();
    let mut first = waiting(&condition).await;
    let mut second = waiting(&condition).await;
    assert!(condition.try_acquire());
    condition.notify_all().unwrap();
    let mut other = Stepped::waiting(condition.acquire());
    assert!(first.poll().is_none());
    assert_eq!((condition.waiting(), condition.as_lock().waiting()), (1, 2));
    condition.release().unwrap();
    assert!(other.poll().is_some() && !first.is_woken());
    condition.release().unwrap();
    assert!(first.is_woken());
    assert!(second.poll().is_none(), "it comes behind the first");
    assert_eq!(first.poll(), Some(Ok(())));
    assert!(condition.is_locked() && !second.is_woken());
    condition.release().unwrap();
    assert_eq!(second.poll(), Some(Ok(())));
    assert_eq!((condition.waiting(), condition.as_lock().waiting(), condition.is_locked()), (0, 0, true));
}

async fn conditions_share_a_lock() {
    let lock = Rc::new(Lock::new());
    let [full, empty] = [0; 2].map(|_| Rc::new(Condition::over(lock.clone())));
    lock.acquire().await;
    let mut wait = Stepped::waiting(ConditionWait::new(full.clone()));
    assert!(!lock.is_locked());
    let mut acquire = Acquire::new(empty.clone());
    assert!(Stepped::new(&mut acquire).poll().is_some());
    assert!(lock.is_locked() && full.is_locked());
    empty.notify_all().unwrap();
    assert!(!wait.is_woken());
    full.notify_all().unwrap();
    assert!(wait.is_woken());
    empty.release().unwrap();
    assert_eq!(wait.poll(), Some(Ok(())));
    assert!(empty.is_locked());
    assert!(std::ptr::eq(full.as_lock(), Lockable::as_lock(&*lock)));
}

async fn a_notification_goes_to_another_when_a_notified_wait_is_dropped() {
    let condition = Condition::new();
    let waits = [waiting(&condition).await, waiting(&condition).await, waiting(&condition).await];
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    let [first, second, third] = waits;
    drop(second);
    assert!(!third.is_woken(), "it was not notified");
    drop(first);
    assert!(third.is_woken());
    assert_eq!(condition.waiting(), 1);
}

async fn a_notification_goes_to_another_when_a_wait_is_dropped_on_its_way_to_the_lock() {
    let condition = Condition::new();
    let mut first = waiting(&condition).await;
    let second = waiting(&condition).await;
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    assert!(first.poll().is_none());
    let other = Stepped::waiting(condition.acquire());
    condition.release().unwrap();
    assert!(first.is_woken() && !other.is_woken());
    drop(first);
    assert!(other.is_woken(), "the lock is for the next in its line");
    assert!(second.is_woken(), "and the notification for the next in its own");
}

async fn a_wait_that_is_dropped_before_it_begins_keeps_the_lock() {
    let condition = Condition::new();
    condition.acquire().await;
    drop(condition.notified());
    assert!(condition.is_locked());
    let mut wait = Stepped::new(condition.notified());
    assert!(wait.future.cancel());
    assert!(!wait.future.cancel());
    assert!(wait.poll().is_none());
    drop(wait);
    assert_eq!((condition.is_locked(), condition.waiting()), (true, 0));
}

async fn a_wait_cancelled_in_place_is_not_notified() {
    let condition = Condition::new();
    let mut first = waiting(&condition).await;
    let second = waiting(&condition).await;
    assert!(first.future.cancel());
    assert!(!first.future.cancel());
    assert_eq!(condition.waiting(), 2);
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    assert!(!first.is_woken() && second.is_woken());
    assert!(first.poll().is_none());
    drop(first);
    assert_eq!(condition.waiting(), 1);
}

async fn an_interrupted_wait_takes_the_lock_again_and_notifies_another() {
    let condition = Condition::new();
    let mut first = waiting(&condition).await;
    let second = waiting(&condition).await;
    assert!(condition.try_acquire());
    assert!(first.future.cancel());
    first.future.interrupt();
    assert_eq!(condition.waiting(), 1);
    assert!(first.poll().is_none(), "the lock is held");
    assert_eq!(condition.as_lock().waiting(), 1);
    condition.release().unwrap();
    assert!(first.is_woken() && !second.is_woken());
    assert_eq!(first.poll(), Some(Err(ConditionWaitError::Interrupted)));
    assert!(condition.is_locked() && second.is_woken());
    assert_eq!(ConditionWaitError::Interrupted.to_string(), "the wait was interrupted");
    first.future.interrupt();
    assert!(!first.future.cancel(), "it is over");
    condition.release().unwrap();

    let mut third = waiting(&condition).await;
    third.future.interrupt();
    assert_eq!(third.poll(), Some(Err(ConditionWaitError::Interrupted)), "the lock is free");
    assert!(condition.is_locked());
}

async fn a_wait_interrupted_on_its_way_to_the_lock_goes_to_the_end_of_the_line() {
    let condition = Condition::new();
    let mut wait = waiting(&condition).await;
    let next = waiting(&condition).await;
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    assert!(wait.poll().is_none());
    let mut other = Stepped::waiting(condition.acquire());
    assert!(wait.future.cancel(), "it is cancelled in the line of the lock");
    assert!(!wait.future.cancel());
    condition.release().unwrap();
    assert!(!wait.is_woken() && !other.is_woken(), "as in CPython, it holds up the line until it runs");
    wait.future.interrupt();
    assert!(other.is_woken(), "the lock is for the next in line");
    assert!(wait.poll().is_none());
    assert_eq!(condition.as_lock().waiting(), 2);
    assert!(other.poll().is_some());
    assert!(!next.is_woken());

    // Once more, and it is as well to be cancelled in between.
    wait.future.interrupt();
    assert!(wait.future.cancel());
    wait.future.interrupt();
    assert!(wait.poll().is_none());
    condition.release().unwrap();
    assert_eq!(wait.poll(), Some(Err(ConditionWaitError::Interrupted)));
    assert!(next.is_woken());
}

async fn a_wait_interrupted_when_notified_notifies_another() {
    let condition = Condition::new();
    let mut first = waiting(&condition).await;
    let second = waiting(&condition).await;
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    condition.release().unwrap();
    assert!(!first.future.cancel(), "it is notified");
    first.future.interrupt();
    assert!(!second.is_woken(), "the notification stays with it until it has the lock");
    assert_eq!(first.poll(), Some(Err(ConditionWaitError::Interrupted)));
    assert!(second.is_woken());
}

async fn a_wait_interrupted_before_it_begins_keeps_the_lock() {
    let condition = Condition::new();
    let other = waiting(&condition).await;
    condition.acquire().await;
    let mut wait = Stepped::new(condition.notified());
    assert!(wait.future.cancel());
    wait.future.interrupt();
    assert_eq!(wait.poll(), Some(Err(ConditionWaitError::Interrupted)));
    assert!(condition.is_locked() && !other.is_woken());
}

async fn an_interrupted_wait_may_be_dropped() {
    let condition = Condition::new();
    let mut wait = waiting(&condition).await;
    let next = waiting(&condition).await;
    let acquire = || Stepped::waiting(condition.acquire());
    assert!(condition.try_acquire());
    wait.future.interrupt();
    assert!(wait.poll().is_none());
    let other = acquire();
    condition.release().unwrap();
    drop(wait);
    assert!(other.is_woken() && next.is_woken());
    drop((other, next));

    // Also when it had been notified and has not run since.
    let mut wait = waiting(&condition).await;
    let next = waiting(&condition).await;
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    wait.future.interrupt();
    assert!(!next.is_woken());
    drop(wait);
    assert!(next.is_woken());
}

async fn a_guard_comes_back_from_a_wait() {
    let (lock, log) = (Rc::new(Lock::new()), Log::default());
    let condition = Rc::new(Condition::over(lock.clone()));
    let (waits, waiter_log) = (condition.clone(), log.clone());
    let guard = AcquireGuard::new(lock.clone()).await;
    spawn(async move {
        let guard = waits.wait(guard).await;
        waiter_log.add(format!("locked: {}", waits.is_locked()));
        drop(guard);
        waiter_log.add(format!("locked: {}", waits.is_locked()));
    });
    settle().await;
    assert!(!lock.is_locked());
    let guard = AcquireGuard::new(condition.clone()).await;
    condition.notify(1).unwrap();
    settle().await;
    assert_eq!(log.take(), "");
    drop(guard);
    settle().await;
    assert_eq!(log.take(), "locked: true, locked: false");

    // A future that is dropped leaves nothing behind.
    let guard = condition.lock().await;
    {
        let mut wait = Stepped::waiting(Box::pin(condition.wait(guard)));
        assert_eq!((condition.is_locked(), condition.waiting()), (false, 1));
        condition.acquire().await;
        condition.notify(1).unwrap();
        assert!(wait.poll().is_none());
        assert_eq!(lock.waiting(), 1);
    }
    assert_eq!((condition.is_locked(), condition.waiting(), lock.waiting()), (true, 0, 0));
    condition.release().unwrap();
    let guard = condition.lock().await;
    drop(condition.wait(guard));
    assert!(!condition.is_locked(), "the guard was dropped before the wait began");
}

/// A test that panics would end all tests in the browser.
#[cfg(not(target_arch = "wasm32"))]
mod panics {
    use signalbox::sync::{Condition, Lock};

    use crate::executor::run;

    #[test]
    #[should_panic(expected = "the guard holds another lock")]
    fn a_wait_needs_a_guard_of_its_own_lock() {
        run(async {
            let (condition, lock) = (Condition::new(), Lock::new());
            let guard = lock.lock().await;
            let _guard = condition.wait(guard).await;
        });
    }

    #[test]
    #[should_panic(expected = "somebody released what the guard holds")]
    fn a_wait_needs_a_guard_that_holds() {
        run(async {
            let condition = Condition::new();
            let guard = condition.lock().await;
            condition.release().unwrap();
            let _guard = condition.wait(guard).await;
        });
    }

    #[test]
    #[should_panic(expected = "polled after completion")]
    fn a_wait_that_is_over_cannot_be_polled() {
        let condition = Condition::new();
        assert!(condition.try_acquire());
        let mut wait = crate::stepped::Stepped::waiting(condition.notified());
        assert!(condition.try_acquire());
        condition.notify(1).unwrap();
        condition.release().unwrap();
        assert!(wait.poll().is_some());
        wait.poll();
    }

    #[test]
    #[should_panic(expected = "polled after completion")]
    fn a_wait_that_failed_is_over() {
        let condition = Condition::new();
        let mut wait = crate::stepped::Stepped::new(condition.notified());
        assert!(wait.poll().is_some());
        wait.future.interrupt();
        wait.poll();
    }
}
