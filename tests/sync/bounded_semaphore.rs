//! [`BoundedSemaphore`] as tasks see it.

use std::rc::Rc;

use signalbox::sync::{AcquireGuard, BoundedReleaseError, BoundedSemaphore};

use crate::stepped::Stepped;

scenarios![
    a_bounded_semaphore_refuses_a_release_too_many,
    a_permit_on_its_way_is_not_free,
    a_bounded_permit_goes_to_the_next_when_a_woken_waiter_is_dropped,
    a_guard_takes_no_notice_of_a_release_too_many,
    bounded_permits_released_ahead_reach_those_who_came_later,
];

async fn a_bounded_semaphore_refuses_a_release_too_many() {
    let semaphore = BoundedSemaphore::new(2);
    assert_eq!((semaphore.bound(), semaphore.value()), (2, 2));
    assert_eq!(semaphore.release(), Err(BoundedReleaseError));
    assert_eq!(BoundedReleaseError.to_string(), "BoundedSemaphore released too many times");
    assert_eq!(semaphore.value(), 2);
    semaphore.acquire().await;
    assert!(semaphore.try_acquire());
    assert!(semaphore.is_locked() && !semaphore.try_acquire() && semaphore.try_permit().is_none());
    assert_eq!(semaphore.release(), Ok(()));
    assert_eq!(semaphore.release(), Ok(()));
    assert_eq!(semaphore.release(), Err(BoundedReleaseError));
}

async fn a_permit_on_its_way_is_not_free() {
    let semaphore = BoundedSemaphore::new(1);
    semaphore.acquire().await;
    let mut waiter = Stepped::waiting(semaphore.acquire());
    assert_eq!(semaphore.release(), Ok(()));
    assert!(waiter.is_woken());
    assert_eq!((semaphore.value(), semaphore.waiting()), (0, 1));
    assert_eq!(semaphore.release(), Ok(()), "as in CPython, nothing is free yet");
    assert_eq!(semaphore.release(), Err(BoundedReleaseError));
    assert!(waiter.poll().is_some());
    assert_eq!((semaphore.value(), semaphore.waiting()), (1, 0));
}

async fn a_bounded_permit_goes_to_the_next_when_a_woken_waiter_is_dropped() {
    let semaphore = BoundedSemaphore::new(1);
    semaphore.acquire().await;
    let first = Stepped::waiting(semaphore.acquire());
    let second = Stepped::waiting(semaphore.acquire());
    semaphore.release().unwrap();
    drop(first);
    assert!(second.is_woken());
    drop(second);
    assert_eq!(semaphore.value(), 1);
}

async fn a_guard_takes_no_notice_of_a_release_too_many() {
    let semaphore = Rc::new(BoundedSemaphore::new(1));
    let guard = AcquireGuard::new(semaphore.clone()).await;
    semaphore.release().unwrap();
    drop(guard);
    assert_eq!(semaphore.value(), 1);
    drop(semaphore.permit().await);
    assert_eq!(semaphore.value(), 1);
    semaphore.try_permit().unwrap().forget();
    assert_eq!(semaphore.value(), 0);
}

async fn bounded_permits_released_ahead_reach_those_who_came_later() {
    let semaphore = BoundedSemaphore::new(2);
    semaphore.acquire().await;
    semaphore.acquire().await;
    let mut first = Stepped::waiting(semaphore.acquire());
    semaphore.release().unwrap();
    semaphore.release().unwrap();
    let second = Stepped::waiting(semaphore.acquire());
    assert!(!second.is_woken(), "the first is still in line");
    assert!(first.poll().is_some());
    assert!(second.is_woken());
}
