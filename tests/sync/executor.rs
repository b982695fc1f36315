//! What runs tasks: the browser's microtasks, or natively a plain executor with the same order.

use std::future::Future;
use std::task::Poll;

#[cfg(not(target_arch = "wasm32"))]
pub use self::native::{run, spawn};
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_futures::spawn_local as spawn;

/// Lets every other task that is ready run once.
pub fn pass() -> impl Future<Output = ()> {
    let mut passed = false;
    std::future::poll_fn(move |context| {
        if std::mem::replace(&mut passed, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

/// Lets the other tasks run until none moves any more.
pub async fn settle() {
    for _ in 0..50 {
        pass().await;
    }
}

/// Runs tasks in the order in which they were spawned or woken.
#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::cell::{Cell, RefCell};
    use std::collections::VecDeque;
    use std::future::Future;
    use std::pin::Pin;
    use std::rc::Rc;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Wake, Waker};

    type Task = Pin<Box<dyn Future<Output = ()>>>;

    thread_local! {
        static TASKS: RefCell<Vec<Option<Task>>> = const { RefCell::new(Vec::new()) };
        static READY: Arc<Mutex<VecDeque<usize>>> = Arc::default();
    }

    struct TaskWaker {
        task: usize,
        ready: Arc<Mutex<VecDeque<usize>>>,
    }

    impl Wake for TaskWaker {
        fn wake(self: Arc<Self>) {
            self.ready.lock().unwrap().push_back(self.task);
        }
    }

    pub fn spawn(future: impl Future<Output = ()> + 'static) {
        let task = TASKS.with_borrow_mut(|tasks| {
            tasks.push(Some(Box::pin(future)));
            tasks.len() - 1
        });
        READY.with(|ready| ready.lock().unwrap().push_back(task));
    }

    /// Runs a scenario to its end.
    pub fn run(scenario: impl Future<Output = ()> + 'static) {
        let finished = Rc::new(Cell::new(false));
        let finishes = finished.clone();
        spawn(async move {
            scenario.await;
            finishes.set(true);
        });
        let ready = READY.with(Arc::clone);
        while !finished.get() {
            let task = ready.lock().unwrap().pop_front().expect("nothing can continue");
            let Some(mut future) = TASKS.with_borrow_mut(|tasks| tasks[task].take()) else { continue };
            let waker = Waker::from(Arc::new(TaskWaker { task, ready: ready.clone() }));
            if future.as_mut().poll(&mut Context::from_waker(&waker)).is_pending() {
                TASKS.with_borrow_mut(|tasks| tasks[task] = Some(future));
            }
        }
    }
}
