//! What runs the tasks of every contestant: as little as an executor can be, so that the primitives are what is timed.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, RawWaker, RawWakerVTable, Waker};

/// More tasks than any benchmark has: no round pays for growing the ready queue.
const MOST: usize = 16_384;

struct Ready {
    queue: VecDeque<usize>,
    /// Whether a task is in the queue already; waking it again then changes nothing.
    is_queued: Vec<bool>,
}

thread_local! {
    static READY: RefCell<Ready> =
        RefCell::new(Ready { queue: VecDeque::with_capacity(MOST), is_queued: Vec::with_capacity(MOST) });
}

struct Task<'a> {
    future: Pin<Box<dyn Future<Output = ()> + 'a>>,
    waker: Waker,
    is_finished: bool,
}

/// Tasks that run in the order in which they were spawned or woken, on one thread.
#[derive(Default)]
pub struct Executor<'a> {
    tasks: Vec<Task<'a>>,
}

impl<'a> Executor<'a> {
    /// Adds a task, which begins with [`run`](Self::run).
    pub fn spawn(&mut self, future: impl Future<Output = ()> + 'a) {
        let task = Task { future: Box::pin(future), waker: waker(self.tasks.len()), is_finished: false };
        self.tasks.push(task);
    }

    /// Runs all tasks to their end.
    ///
    /// # Panics
    ///
    /// If one never ends.
    pub fn run(&mut self) {
        READY.with_borrow_mut(|ready| {
            ready.is_queued.clear();
            ready.is_queued.resize(self.tasks.len(), true);
            ready.queue.clear();
            ready.queue.extend(0..self.tasks.len());
        });
        let mut unfinished = self.tasks.len();
        while let Some(index) = next() {
            let task = &mut self.tasks[index];
            if !task.is_finished && task.future.as_mut().poll(&mut Context::from_waker(&task.waker)).is_ready() {
                task.is_finished = true;
                unfinished -= 1;
            }
        }
        assert_eq!(unfinished, 0, "tasks wait forever");
    }
}

fn next() -> Option<usize> {
    READY.with_borrow_mut(|ready| {
        let index = ready.queue.pop_front()?;
        ready.is_queued[index] = false;
        Some(index)
    })
}

/// Lets every other task that is ready run once.
pub fn pass() -> impl Future<Output = ()> {
    let mut has_passed = false;
    std::future::poll_fn(move |context| {
        if std::mem::replace(&mut has_passed, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
}

/// A waker that is cloned and dropped for nothing: counting references would take longer than much of what is timed.
fn waker(index: usize) -> Waker {
    const METHODS: RawWakerVTable = RawWakerVTable::new(|data| RawWaker::new(data, &METHODS), wake, wake, |_| ());

    fn wake(data: *const ()) {
        READY.with_borrow_mut(|ready| {
            let index = data.addr();
            if !std::mem::replace(&mut ready.is_queued[index], true) {
                ready.queue.push_back(index);
            }
        });
    }

    // SAFETY: the data is a number that is never followed as a pointer, and it is the same in every clone; on any
    // thread, `wake` reaches only what is that thread's own.
    unsafe { Waker::new(ptr::without_provenance(index), &METHODS) }
}
