//! Futures polled by hand.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

/// A future that is polled by hand, and whether it has been woken since.
pub struct Stepped<F> {
    pub future: F,
    pub flag: Arc<Flag>,
}

#[derive(Default)]
pub struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<F: Future + Unpin> Stepped<F> {
    /// A future that has not been polled.
    pub fn new(future: F) -> Self {
        Self { future, flag: Arc::default() }
    }

    /// A future that has been polled once and has to wait.
    pub fn waiting(future: F) -> Self {
        let mut stepped = Self::new(future);
        assert!(stepped.poll().is_none(), "it should have to wait");
        stepped
    }

    pub fn poll(&mut self) -> Option<F::Output> {
        self.flag.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(self.flag.clone());
        match Pin::new(&mut self.future).poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => Some(output),
            Poll::Pending => None,
        }
    }

    pub fn is_woken(&self) -> bool {
        self.flag.0.load(Ordering::Relaxed)
    }
}
