//! What a primitive calls may call the primitive.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use signalbox::sync::{Acquire, Get, Lock, Queue, Semaphore};

use crate::log::Log;

scenarios![a_waker_may_use_the_primitive_that_calls_it, items_may_use_the_queue_that_drops_them,];

/// A waker that does something foreign at once, rather than to make a note.
struct Immediately(fn());

impl Wake for Immediately {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}

async fn a_waker_may_use_the_primitive_that_calls_it() {
    thread_local! {
        static LOCK: Rc<Lock> = Rc::default();
        static SEMAPHORE: Rc<Semaphore> = Rc::new(Semaphore::new(0));
        static QUEUE: Rc<Queue<i32>> = Rc::default();
    }
    fn wait_with(future: impl Future + Unpin + 'static, wake: fn()) -> impl Sized {
        let mut future = future;
        let waker = Waker::from(Arc::new(Immediately(wake)));
        assert!(Pin::new(&mut future).poll(&mut Context::from_waker(&waker)).is_pending());
        future
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
