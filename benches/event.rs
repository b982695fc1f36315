//! Events that wake all who wait.

use std::cell::Cell;
use std::future::Future;

use futures_intrusive::sync::LocalManualResetEvent;
use signalbox::sync::Event;

use crate::contest::{Contest, contest};
use crate::executor::Executor;
use crate::host::time;

const WAITERS: usize = 10_000;

pub fn contests() -> Vec<Contest> {
    vec![contest!(
        "Event, wakes 10,000", wakes_all:
        Event, tokio::sync::Notify, event_listener::Event, local_event::Event, LocalManualResetEvent,
    )]
}

/// What many wait for, and one sets off.
trait Signal {
    const NAME: &'static str;

    fn new() -> Self;

    fn wait(&self) -> impl Future<Output = ()>;

    fn set(&self);
}

/// All wait, one sets the event, and all go on.
fn wakes_all<S: Signal>() -> f64 {
    let signal = S::new();
    let woken = Cell::new(0);
    let mut executor = Executor::default();
    for _ in 0..WAITERS {
        executor.spawn(async {
            signal.wait().await;
            woken.set(woken.get() + 1);
        });
    }
    executor.spawn(async {
        assert_eq!(woken.get(), 0);
        signal.set();
    });
    let elapsed = time(|| executor.run());
    assert_eq!(woken.get(), WAITERS);
    elapsed / WAITERS as f64
}

impl Signal for Event {
    const NAME: &'static str = "signalbox";

    fn new() -> Self {
        Self::new()
    }

    fn wait(&self) -> impl Future<Output = ()> {
        self.wait()
    }

    fn set(&self) {
        self.set();
    }
}

impl Signal for tokio::sync::Notify {
    const NAME: &'static str = "tokio";

    fn new() -> Self {
        Self::new()
    }

    fn wait(&self) -> impl Future<Output = ()> {
        self.notified()
    }

    fn set(&self) {
        self.notify_waiters();
    }
}

impl Signal for event_listener::Event {
    const NAME: &'static str = "event-listener";

    fn new() -> Self {
        Self::new()
    }

    fn wait(&self) -> impl Future<Output = ()> {
        self.listen()
    }

    fn set(&self) {
        self.notify(usize::MAX);
    }
}

impl Signal for local_event::Event {
    const NAME: &'static str = "local-event";

    fn new() -> Self {
        Self::new()
    }

    fn wait(&self) -> impl Future<Output = ()> {
        self.listen()
    }

    fn set(&self) {
        self.notify_all();
    }
}

impl Signal for LocalManualResetEvent {
    const NAME: &'static str = "futures-intrusive";

    fn new() -> Self {
        Self::new(false)
    }

    fn wait(&self) -> impl Future<Output = ()> {
        self.wait()
    }

    fn set(&self) {
        self.set();
    }
}
