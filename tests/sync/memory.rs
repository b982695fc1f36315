//! Waiting takes no memory once the lines are as long as they get.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use signalbox::sync::{Barrier, BoundedSemaphore, Condition, Event, Lock, PriorityQueue, Queue, Semaphore};

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, which counts what each thread asks for.
struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

// SAFETY: everything is left to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: the caller keeps the system's rules.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: it came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Whether a hundred more of the same take no memory after the first.
fn takes_no_more(mut once: impl FnMut()) {
    once();
    let before = ALLOCATIONS.get();
    (0..100).for_each(|_| once());
    assert_eq!(ALLOCATIONS.get() - before, 0);
}

fn poll<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    Pin::new(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// Lets three wait, one of which is dropped and one cancelled and dropped, and the last complete.
fn visit<F: Future + Unpin>(mut waits: [F; 3], cancel: fn(&mut F) -> bool, wake: impl FnOnce()) {
    assert!(waits.iter_mut().all(|wait| poll(wait).is_pending()));
    let [first, mut second, mut third] = waits;
    drop(first);
    cancel(&mut second);
    drop(second);
    wake();
    assert!(poll(&mut third).is_ready());
}

#[test]
fn waiting_takes_no_memory() {
    use signalbox::sync::{Acquire, BarrierWait, ConditionWait, EventWait, Get, Put};
    let lock = Lock::new();
    assert!(lock.try_acquire());
    takes_no_more(|| visit([0; 3].map(|_| lock.acquire()), Acquire::cancel, || lock.release().unwrap()));

    let semaphore = Semaphore::new(0);
    takes_no_more(|| visit([0; 3].map(|_| semaphore.acquire()), Acquire::cancel, || semaphore.release()));

    let semaphore = BoundedSemaphore::new(1);
    assert!(semaphore.try_acquire());
    takes_no_more(|| visit([0; 3].map(|_| semaphore.acquire()), Acquire::cancel, || semaphore.release().unwrap()));

    let event = Event::new();
    takes_no_more(|| {
        visit([0; 3].map(|_| event.wait()), EventWait::cancel, || event.set());
        event.clear();
    });

    let condition = Condition::new();
    takes_no_more(|| {
        let waits = [0; 3].map(|_| {
            assert!(condition.try_acquire());
            let mut wait = condition.notified();
            assert!(poll(&mut wait).is_pending());
            wait
        });
        visit(waits, ConditionWait::cancel, || {
            assert!(condition.try_acquire());
            condition.notify_all().unwrap();
            condition.release().unwrap();
        });
        condition.release().unwrap();
    });

    let barrier = Barrier::new(4).unwrap();
    takes_no_more(|| {
        let mut others = [0; 2].map(|_| barrier.wait());
        visit([0; 3].map(|_| barrier.wait()), BarrierWait::cancel, || {
            assert!(others.iter_mut().all(|wait| poll(wait).is_pending()));
            assert!(poll(&mut barrier.wait()).is_ready());
        });
        assert!(others.iter_mut().all(|wait| poll(wait).is_ready()));
    });

    let queue = Queue::new(1);
    takes_no_more(|| visit([0; 3].map(|_| queue.get()), Get::cancel, || queue.put_nowait(1).unwrap()));
    queue.put_nowait(1).unwrap();
    takes_no_more(|| visit([0; 3].map(|_| queue.put(2)), Put::cancel, || assert!(queue.get_nowait().is_ok())));

    let queue = PriorityQueue::new(0);
    takes_no_more(|| visit([0; 3].map(|_| queue.get()), Get::cancel, || queue.put_nowait(1).unwrap()));
}

#[test]
fn coming_and_going_behind_others_takes_no_memory() {
    let event = Event::new();
    let mut first = event.wait();
    assert!(poll(&mut first).is_pending());
    let mut others = [0; 3].map(|_| event.wait());
    let mut next = 0;
    takes_no_more(|| {
        for _ in 0..100 {
            next = (next + 1) % 3;
            others[next] = event.wait();
            assert!(poll(&mut others[next]).is_pending());
        }
    });
    event.set();
    assert!(poll(&mut first).is_ready());
    assert!(others.iter_mut().all(|other| poll(other).is_ready()));
}
