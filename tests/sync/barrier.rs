//! [`Barrier`] as tasks see it.

use std::rc::Rc;
use std::sync::Arc;

use signalbox::sync::{
    Barrier, BarrierChange, BarrierState, BarrierWait, BarrierWaitError, BrokenBarrierError, PartiesError,
};

use crate::executor::{settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    tasks_pass_a_barrier_together,
    who_comes_while_a_barrier_drains_waits_until_it_is_empty,
    a_barrier_needs_a_party,
    a_barrier_of_one_holds_nobody_up,
    a_reset_sends_away_who_is_there,
    an_abort_sends_away_all_until_a_reset,
    a_broken_barrier_is_reset_at_once_when_nobody_is_there,
    changes_wait_for_their_turn,
    a_wait_that_is_dropped_leaves_the_barrier,
    a_wait_dropped_while_a_barrier_drains_lets_the_others_in,
    a_wait_that_is_interrupted_leaves_the_barrier,
    a_wait_interrupted_while_it_is_blocked_has_not_arrived,
    a_wait_interrupted_before_its_turn_ends_at_once,
    a_cancelled_wait_stays_where_it_is,
];

const ABORTED: Option<Result<usize, BarrierWaitError>> =
    Some(Err(BarrierWaitError::Broken(BrokenBarrierError::Aborted)));
const ABORTED_OR_RESET: Option<Result<usize, BarrierWaitError>> =
    Some(Err(BarrierWaitError::Broken(BrokenBarrierError::AbortedOrReset)));
const INTERRUPTED: Option<Result<usize, BarrierWaitError>> = Some(Err(BarrierWaitError::Interrupted));

fn barrier(parties: usize) -> Barrier {
    Barrier::new(parties).unwrap()
}

async fn tasks_pass_a_barrier_together() {
    let (barrier, log) = (Rc::new(barrier(3)), Log::default());
    for name in ["a", "b", "c", "d", "e", "f"] {
        let (barrier, log) = (barrier.clone(), log.clone());
        spawn(async move {
            log.add(name);
            let position = barrier.wait().await.unwrap();
            log.add(format!("{name}{position}"));
        });
    }
    settle().await;
    assert_eq!(log.take(), "a, b, c, c2, d, e, f, a0, b1, f2, d0, e1");
    assert_eq!((barrier.state(), barrier.count()), (BarrierState::Filling, 0));
}

async fn who_comes_while_a_barrier_drains_waits_until_it_is_empty() {
    let barrier = barrier(2);
    assert_eq!((barrier.parties(), barrier.waiting(), barrier.state()), (2, 0, BarrierState::Filling));
    let mut first = Stepped::waiting(barrier.wait());
    assert_eq!((barrier.waiting(), barrier.count()), (1, 1));
    assert_eq!(barrier.wait().await, Ok(1));
    assert!(first.is_woken());
    assert_eq!((barrier.state(), barrier.waiting(), barrier.count()), (BarrierState::Draining, 0, 1));

    let mut late = Stepped::waiting(barrier.wait());
    assert_eq!(barrier.count(), 1);
    assert_eq!(first.poll(), Some(Ok(0)));
    assert_eq!((barrier.state(), barrier.count()), (BarrierState::Filling, 0));
    assert!(late.is_woken());
    assert!(late.poll().is_none());
    assert_eq!(barrier.waiting(), 1);
    assert_eq!(barrier.wait().await, Ok(1));
    assert_eq!(late.poll(), Some(Ok(0)));
}

async fn a_barrier_needs_a_party() {
    assert_eq!(Barrier::new(0).unwrap_err(), PartiesError);
    assert_eq!(PartiesError.to_string(), "parties must be >= 1");
}

async fn a_barrier_of_one_holds_nobody_up() {
    let barrier = barrier(1);
    for _ in 0..2 {
        assert_eq!(barrier.wait().await, Ok(0));
        assert_eq!(barrier.state(), BarrierState::Filling);
    }
}

async fn a_reset_sends_away_who_is_there() {
    let barrier = barrier(3);
    let mut waits = [0; 2].map(|_| Stepped::waiting(barrier.wait()));
    barrier.reset().await;
    assert_eq!((barrier.state(), barrier.waiting(), barrier.count()), (BarrierState::Resetting, 0, 2));
    assert!(waits.iter().all(Stepped::is_woken));
    let mut late = Stepped::waiting(barrier.wait());
    assert_eq!(waits[0].poll(), ABORTED_OR_RESET);
    assert!(!late.is_woken());
    assert_eq!(waits[1].poll(), ABORTED_OR_RESET);
    assert_eq!(barrier.state(), BarrierState::Filling);
    assert!(late.is_woken());
    assert!(late.poll().is_none());
    assert_eq!(barrier.waiting(), 1);
    assert_eq!(BrokenBarrierError::AbortedOrReset.to_string(), "Abort or reset of barrier");
}

async fn an_abort_sends_away_all_until_a_reset() {
    let barrier = barrier(2);
    let mut wait = Stepped::waiting(barrier.wait());
    barrier.abort().await;
    assert!(barrier.is_broken() && wait.is_woken());
    assert_eq!((barrier.waiting(), barrier.count()), (0, 1));
    assert_eq!(Stepped::new(barrier.wait()).poll(), ABORTED);
    assert_eq!(wait.poll(), ABORTED_OR_RESET);
    assert_eq!(Stepped::new(barrier.wait()).poll(), ABORTED);
    assert_eq!(BarrierWaitError::Broken(BrokenBarrierError::Aborted).to_string(), "Barrier aborted");
    assert!(barrier.is_broken());
    barrier.reset().await;
    assert!(!barrier.is_broken());
    assert!(Stepped::new(barrier.wait()).poll().is_none());
}

async fn a_broken_barrier_is_reset_at_once_when_nobody_is_there() {
    let barrier = barrier(2);
    let mut wait = Stepped::waiting(barrier.wait());
    barrier.abort().await;
    barrier.reset().await;
    assert_eq!(barrier.state(), BarrierState::Resetting);
    assert_eq!(wait.poll(), ABORTED_OR_RESET);
    assert_eq!(barrier.state(), BarrierState::Filling);
    barrier.abort().await;
    barrier.reset().await;
    assert_eq!(barrier.state(), BarrierState::Filling);
}

/// A waiter whose waker polls everything else finds the barrier's lock held; nothing else ever does.
async fn changes_wait_for_their_turn() {
    use std::cell::RefCell;
    use std::future::Future;
    use std::pin::Pin;
    use std::task::{Context, Poll, Wake, Waker};

    type Waits = (Vec<Stepped<BarrierWait<Rc<Barrier>>>>, Vec<Stepped<BarrierChange<Rc<Barrier>>>>);
    thread_local! {
        static BARRIER: Rc<Barrier> = Rc::new(barrier(2));
        static WAITS: RefCell<Waits> = RefCell::default();
    }
    struct Crowd;
    impl Wake for Crowd {
        fn wake(self: Arc<Self>) {
            let barrier = BARRIER.with(Rc::clone);
            WAITS.with_borrow_mut(|(waits, changes)| {
                for _ in 0..3 {
                    waits.push(Stepped::waiting(BarrierWait::new(barrier.clone())));
                }
                for _ in 0..2 {
                    changes.push(Stepped::waiting(BarrierChange::reset(barrier.clone())));
                }
                changes.push(Stepped::waiting(BarrierChange::abort(barrier.clone())));
            });
        }
    }

    let barrier = BARRIER.with(Rc::clone);
    let waker = Waker::from(Arc::new(Crowd));
    let mut first = BarrierWait::new(barrier.clone());
    assert!(Pin::new(&mut first).poll(&mut Context::from_waker(&waker)).is_pending());
    assert_eq!(barrier.wait().await, Ok(1));
    let (mut waits, mut changes) = WAITS.take();
    assert!(waits[0].is_woken());
    assert_eq!(Pin::new(&mut first).poll(&mut Context::from_waker(Waker::noop())), Poll::Pending, "they were first");

    // A turn that is given up goes to the next, whichever way.
    assert!(waits[1].future.cancel());
    drop(waits.remove(0));
    assert!(!waits[0].is_woken(), "it is cancelled, and in the way");
    waits[0].future.interrupt();
    assert_eq!(waits[0].poll(), INTERRUPTED);
    assert!(waits[1].is_woken());
    waits[1].future.interrupt();
    assert!(!waits[1].future.cancel());
    assert_eq!(waits[1].poll(), INTERRUPTED);
    assert!(changes[0].is_woken());
    assert!(changes[1].future.cancel());
    drop(changes.remove(0));
    assert!(!changes[0].is_woken() && !changes[1].is_woken());
    drop(changes.remove(0));
    assert!(changes[0].is_woken());
    assert_eq!(changes[0].poll(), Some(()));
    assert!(barrier.is_broken());
    assert_eq!(
        Pin::new(&mut first).poll(&mut Context::from_waker(Waker::noop())),
        Poll::Ready(ABORTED_OR_RESET.unwrap())
    );
}

async fn a_wait_that_is_dropped_leaves_the_barrier() {
    let barrier = Rc::new(barrier(2));
    drop(Stepped::waiting(BarrierWait::new(barrier.clone())));
    assert_eq!((barrier.waiting(), barrier.count()), (0, 0));
    drop(barrier.wait());
    let mut wait = Stepped::waiting(barrier.wait());
    assert_eq!(barrier.wait().await, Ok(1));
    assert_eq!(wait.poll(), Some(Ok(0)));
}

async fn a_wait_dropped_while_a_barrier_drains_lets_the_others_in() {
    let barrier = barrier(3);
    let [mut first, second] = [0; 2].map(|_| Stepped::waiting(barrier.wait()));
    assert_eq!(barrier.wait().await, Ok(2));
    let gone = Stepped::waiting(barrier.wait());
    let mut late = [0; 2].map(|_| Stepped::waiting(barrier.wait()));
    assert_eq!(first.poll(), Some(Ok(0)));
    assert_eq!(barrier.state(), BarrierState::Draining);
    let flag = gone.flag.clone();
    drop(gone);
    assert_eq!(Arc::strong_count(&flag), 1, "nobody would wake it");
    drop(second);
    assert_eq!(barrier.state(), BarrierState::Filling);
    assert!(late.iter().all(Stepped::is_woken));
    assert!(late.iter_mut().all(|wait| wait.poll().is_none()));
    assert_eq!(barrier.wait().await, Ok(2));
    let [first, second] = late.each_mut().map(Stepped::poll);
    assert_eq!((first, second), (Some(Ok(0)), Some(Ok(1))));
}

async fn a_wait_that_is_interrupted_leaves_the_barrier() {
    let barrier = barrier(3);
    let [mut first, mut second] = [0; 2].map(|_| Stepped::waiting(barrier.wait()));
    assert!(first.future.cancel());
    assert!(!first.future.cancel());
    first.future.interrupt();
    assert_eq!(barrier.count(), 2, "it leaves when it runs");
    assert_eq!(first.poll(), INTERRUPTED);
    assert_eq!(barrier.count(), 1);
    assert!(second.is_woken(), "as in CPython, in case the first had been notified");
    assert!(second.poll().is_none());
    assert_eq!(BarrierWaitError::Interrupted.to_string(), "the wait was interrupted");
    first.future.interrupt();
    assert!(!first.future.cancel(), "it is over");
    let mut third = Stepped::waiting(barrier.wait());
    assert_eq!(barrier.wait().await, Ok(2));
    third.future.interrupt();
    assert_eq!(third.poll(), INTERRUPTED, "although the barrier lets it pass");
    assert_eq!(barrier.state(), BarrierState::Draining);
    assert_eq!(second.poll(), Some(Ok(1)));
    assert_eq!(barrier.state(), BarrierState::Filling);
}

async fn a_wait_interrupted_while_it_is_blocked_has_not_arrived() {
    let barrier = barrier(2);
    let mut first = Stepped::waiting(barrier.wait());
    assert_eq!(barrier.wait().await, Ok(1));
    let mut late = [0; 3].map(|_| Stepped::waiting(barrier.wait()));
    assert!(late[0].future.cancel());
    late[0].future.interrupt();
    assert_eq!(late[0].poll(), INTERRUPTED);
    assert_eq!(barrier.count(), 1);
    assert!(late[1].is_woken());
    assert!(late[1].poll().is_none(), "the barrier still drains");
    assert_eq!(first.poll(), Some(Ok(0)));
    let [_, first, second] = &mut late;
    assert!(first.is_woken() && second.is_woken());
    assert!(first.poll().is_none());
    assert_eq!(second.poll(), Some(Ok(1)));
    assert_eq!(first.poll(), Some(Ok(0)));
}

async fn a_wait_interrupted_before_its_turn_ends_at_once() {
    let barrier = barrier(1);
    let mut wait = Stepped::new(barrier.wait());
    assert!(wait.future.cancel());
    assert!(!wait.future.cancel());
    assert!(wait.poll().is_none());
    wait.future.interrupt();
    assert_eq!(wait.poll(), INTERRUPTED);
    assert_eq!(barrier.wait().await, Ok(0), "nothing is left behind");
    let mut reset = Stepped::new(barrier.reset());
    assert!(reset.future.cancel());
    assert!(reset.poll().is_none());
}

async fn a_cancelled_wait_stays_where_it_is() {
    let barrier = barrier(2);
    let mut wait = Stepped::waiting(barrier.wait());
    assert!(wait.future.cancel());
    assert_eq!(barrier.wait().await, Ok(1), "it counts until it runs");
    assert!(!wait.is_woken());
    assert!(wait.poll().is_none());
    assert_eq!(barrier.state(), BarrierState::Draining);
    drop(wait);
    assert_eq!(barrier.state(), BarrierState::Filling);
}

/// A test that panics would end all tests in the browser.
#[cfg(not(target_arch = "wasm32"))]
mod panics {
    use super::{INTERRUPTED, barrier};
    use crate::stepped::Stepped;

    #[test]
    #[should_panic(expected = "polled after completion")]
    fn a_wait_that_is_over_cannot_be_polled() {
        let barrier = barrier(1);
        let mut wait = Stepped::new(barrier.wait());
        assert_eq!(wait.poll(), Some(Ok(0)));
        wait.poll();
    }

    #[test]
    #[should_panic(expected = "polled after completion")]
    fn an_interrupted_wait_that_is_over_cannot_be_polled() {
        let barrier = barrier(1);
        let mut wait = Stepped::new(barrier.wait());
        wait.future.interrupt();
        assert_eq!(wait.poll(), INTERRUPTED);
        wait.poll();
    }
}
