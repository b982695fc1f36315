//! What a primitive calls may call the primitive.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use signalbox::sync::{
    Acquire, Barrier, BarrierChange, BarrierState, BarrierWait, Condition, ConditionWait, Event, EventWait, Get, Lock,
    Queue, Semaphore,
};

use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    a_waker_may_use_the_primitive_that_calls_it,
    a_waker_that_waits_anew_is_not_woken_by_the_same_call,
    a_waker_finds_a_wait_in_line_that_makes_way_for_it,
    a_waker_may_drop_who_is_woken_next,
    a_waker_may_use_the_primitive_as_it_is_dropped,
    items_may_use_the_queue_that_drops_them,
];

/// A waker that does something foreign at once, rather than to make a note.
struct Immediately(fn());

impl Wake for Immediately {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

/// A future that has to wait, and does something foreign as soon as it is woken.
fn wait_with(future: impl Future + Unpin + 'static, wake: fn()) -> impl Sized {
    let mut future = future;
    let waker = Waker::from(Arc::new(Immediately(wake)));
    assert!(Pin::new(&mut future).poll(&mut Context::from_waker(&waker)).is_pending());
    future
}

async fn a_waker_may_use_the_primitive_that_calls_it() {
    thread_local! {
        static LOCK: Rc<Lock> = Rc::default();
        static SEMAPHORE: Rc<Semaphore> = Rc::new(Semaphore::new(0));
        static QUEUE: Rc<Queue<i32>> = Rc::default();
    }
    let lock = LOCK.with(Rc::clone);
    lock.acquire().await;
    let waiter = wait_with(Acquire::new(lock.clone()), || LOCK.with(|lock| assert!(!lock.try_acquire())));
    lock.release().unwrap();
    drop(waiter);
    assert!(lock.try_acquire());

    let semaphore = SEMAPHORE.with(Rc::clone);
    let _waiter = wait_with(Acquire::new(semaphore.clone()), || SEMAPHORE.with(|semaphore| semaphore.release()));
    semaphore.release();
    assert_eq!(semaphore.value(), 1);

    let queue = QUEUE.with(Rc::clone);
    let getter = wait_with(Get::new(queue.clone()), || QUEUE.with(|queue| queue.put_nowait(2).unwrap()));
    queue.put_nowait(1).unwrap();
    assert_eq!(queue.items(), [1, 2]);
    drop(getter);
    assert_eq!(queue.getters(), 0);
}

async fn a_waker_that_waits_anew_is_not_woken_by_the_same_call() {
    thread_local! {
        static EVENT: Rc<Event> = Rc::default();
        static CONDITION: Rc<Condition> = Rc::default();
        static AGAIN: RefCell<Vec<Box<dyn IsWoken>>> = RefCell::default();
    }
    trait IsWoken {
        fn is_woken(&self) -> bool;
    }
    impl<F: Future + Unpin> IsWoken for Stepped<F> {
        fn is_woken(&self) -> bool {
            self.is_woken()
        }
    }

    let event = EVENT.with(Rc::clone);
    let _waits: [_; 2] = std::array::from_fn(|_| {
        wait_with(EventWait::new(event.clone()), || {
            let event = EVENT.with(Rc::clone);
            event.clear();
            AGAIN.with_borrow_mut(|again| again.push(Box::new(Stepped::waiting(EventWait::new(event)))));
        })
    });
    event.set();
    assert_eq!(event.waiting(), 4);
    assert!(AGAIN.take().iter().all(|again| !again.is_woken()), "the event was cleared before they came");

    let condition = CONDITION.with(Rc::clone);
    condition.acquire().await;
    let _wait = wait_with(ConditionWait::new(condition.clone()), || {
        let condition = CONDITION.with(Rc::clone);
        let wait = Stepped::waiting(ConditionWait::new(condition.clone()));
        assert!(condition.try_acquire());
        AGAIN.with_borrow_mut(|again| again.push(Box::new(wait)));
    });
    condition.acquire().await;
    condition.notify_all().unwrap();
    assert_eq!(condition.waiting(), 2);
    assert!(!AGAIN.take()[0].is_woken(), "it came after the notification");
}

async fn a_waker_finds_a_wait_in_line_that_makes_way_for_it() {
    thread_local! {
        static CONDITION: Rc<Condition> = Rc::default();
    }
    let condition = CONDITION.with(Rc::clone);
    condition.acquire().await;
    let acquire = wait_with(Acquire::new(condition.clone()), || {
        CONDITION.with(|condition| assert_eq!((condition.waiting(), condition.is_locked()), (1, false)));
    });
    let wait = Stepped::waiting(ConditionWait::new(condition.clone()));
    drop(acquire);
    assert!(condition.try_acquire());
    condition.notify(1).unwrap();
    assert!(wait.is_woken());
}

async fn a_waker_may_drop_who_is_woken_next() {
    thread_local! {
        static BARRIER: Rc<Barrier> = Rc::new(Barrier::new(3).unwrap());
        static NEXT: RefCell<Option<Stepped<BarrierWait<Rc<Barrier>>>>> = RefCell::default();
    }
    let barrier = BARRIER.with(Rc::clone);
    let first = wait_with(BarrierWait::new(barrier.clone()), || drop(NEXT.take()));
    let next = Stepped::waiting(BarrierWait::new(barrier.clone()));
    NEXT.set(Some(next));
    assert_eq!(barrier.wait().await, Ok(2));
    assert_eq!((barrier.state(), barrier.count()), (BarrierState::Draining, 1));
    drop(first);
    assert_eq!((barrier.state(), barrier.count()), (BarrierState::Filling, 0));

    let _first = wait_with(BarrierWait::new(barrier.clone()), || drop(NEXT.take()));
    NEXT.set(Some(Stepped::waiting(BarrierWait::new(barrier.clone()))));
    BarrierChange::reset(barrier.clone()).await;
    assert_eq!((barrier.state(), barrier.count()), (BarrierState::Resetting, 1));
}

async fn a_waker_may_use_the_primitive_as_it_is_dropped() {
    thread_local! {
        static LOCK: Rc<Lock> = Rc::default();
        static DROPPED: RefCell<u32> = const { RefCell::new(0) };
    }
    struct WaitsInTheEnd;
    impl Wake for WaitsInTheEnd {
        fn wake(self: Arc<Self>) {}
    }
    impl Drop for WaitsInTheEnd {
        fn drop(&mut self) {
            drop(Stepped::waiting(Acquire::new(LOCK.with(Rc::clone))));
            DROPPED.with_borrow_mut(|dropped| *dropped += 1);
        }
    }
    fn waiting() -> Acquire<Rc<Lock>> {
        let (mut acquire, waker) = (Acquire::new(LOCK.with(Rc::clone)), Waker::from(Arc::new(WaitsInTheEnd)));
        assert!(Pin::new(&mut acquire).poll(&mut Context::from_waker(&waker)).is_pending());
        acquire
    }

    LOCK.with(Rc::clone).acquire().await;
    drop(waiting());
    assert_eq!(DROPPED.take(), 1);
    let mut acquire = waiting();
    assert!(acquire.cancel());
    assert_eq!(DROPPED.take(), 1);
    let mut acquire = waiting();
    assert!(Pin::new(&mut acquire).poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(DROPPED.take(), 1, "another waker took its place");
}

async fn items_may_use_the_queue_that_drops_them() {
    struct Item(Rc<Queue<Item>>, Log);
    impl Drop for Item {
        fn drop(&mut self) {
            self.1.add(format!("{} left, shut down: {}", self.0.len(), self.0.is_shut_down()));
            assert!(self.0.get_nowait().is_err());
        }
    }
    let (queue, log) = (Rc::new(Queue::default()), Log::default());
    for _ in 0..2 {
        queue.put(Item(queue.clone(), log.clone())).await.ok().unwrap();
    }
    queue.shutdown(true);
    assert_eq!(log.take(), "0 left, shut down: true, 0 left, shut down: true");
}
