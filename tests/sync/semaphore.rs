//! [`Semaphore`] as tasks see it.

use std::cell::Cell;
use std::rc::Rc;

use signalbox::sync::Semaphore;

use crate::executor::{pass, settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    a_semaphore_lets_in_as_many_as_it_has_permits,
    a_released_permit_belongs_to_the_first_in_line,
    permits_released_ahead_reach_those_who_came_later,
    a_permit_goes_to_the_next_when_a_woken_waiter_is_dropped,
    cancelled_waiters_do_not_lock_a_semaphore,
];

async fn a_semaphore_lets_in_as_many_as_it_has_permits() {
    let (semaphore, log) = (Rc::new(Semaphore::new(2)), Log::default());
    let inside = Rc::new(Cell::new(0));
    for name in ["a", "b", "c", "d", "e"] {
        let (semaphore, log, inside) = (semaphore.clone(), log.clone(), inside.clone());
        spawn(async move {
            let _permit = semaphore.permit().await;
            inside.set(inside.get() + 1);
            log.add(format!("{name}{}", inside.get()));
            pass().await;
            inside.set(inside.get() - 1);
        });
    }
    settle().await;
    assert_eq!(log.take(), "a1, b2, c1, d2, e1");
    assert_eq!(semaphore.value(), 2);
}

async fn a_released_permit_belongs_to_the_first_in_line() {
    let semaphore = Semaphore::new(1);
    let permit = semaphore.permit().await;
    let mut first = Stepped::waiting(semaphore.permit());
    let second = Stepped::waiting(semaphore.permit());
    drop(permit);
    assert!(first.is_woken() && !second.is_woken());
    assert_eq!(semaphore.value(), 0, "the permit is on its way");
    assert!(semaphore.is_locked());
    assert!(semaphore.try_permit().is_none());
    assert_eq!(semaphore.waiting(), 2);
    assert!(first.poll().is_some());
    assert!(second.is_woken(), "the first permit was dropped at once");
}

async fn permits_released_ahead_reach_those_who_came_later() {
    let semaphore = Semaphore::new(0);
    let mut first = Stepped::waiting(semaphore.acquire());
    semaphore.release();
    semaphore.release();
    assert_eq!(semaphore.value(), 1);
    assert!(semaphore.is_locked(), "the first is still in line");
    let mut second = Stepped::waiting(semaphore.acquire());
    assert!(!second.is_woken());

    assert!(first.poll().is_some());
    assert!(second.is_woken());
    assert_eq!(semaphore.value(), 0);
    assert!(second.poll().is_some());
}

async fn a_permit_goes_to_the_next_when_a_woken_waiter_is_dropped() {
    let semaphore = Semaphore::new(0);
    let first = Stepped::waiting(semaphore.acquire());
    let second = Stepped::waiting(semaphore.acquire());
    semaphore.release();
    drop(first);
    assert!(second.is_woken());
    drop(second);
    assert_eq!(semaphore.value(), 1);
    assert!(!semaphore.is_locked());
}

async fn cancelled_waiters_do_not_lock_a_semaphore() {
    let semaphore = Semaphore::new(0);
    let mut first = Stepped::waiting(semaphore.acquire());
    assert!(first.future.cancel());
    semaphore.release();
    assert_eq!((semaphore.value(), semaphore.waiting()), (1, 1));
    assert!(!semaphore.is_locked());
    assert!(semaphore.try_acquire());
    drop(first);
    assert_eq!((semaphore.value(), semaphore.waiting()), (0, 0));
}
