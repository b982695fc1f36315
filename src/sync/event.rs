//! [`Event`].

use core::cell::Cell;
use core::fmt;
use core::future::Future;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::wait_list::{WaitList, Waiter};

/// A flag that tasks wait for.
///
/// It follows `asyncio.Event` of CPython 3.14. Setting it wakes all who wait, in the order in which they came, and a
/// wait that was woken completes even if the flag is cleared before it runs.
///
/// # Examples
///
/// ```
/// use signalbox::sync::Event;
/// # use std::{future::Future, pin::pin, task::{Context, Poll, Waker}};
/// # fn block_on<T>(future: impl Future<Output = T>) -> T {
/// #     let (mut future, mut context) = (pin!(future), Context::from_waker(Waker::noop()));
/// #     loop {
/// #         if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
/// #             return value;
/// #         }
/// #     }
/// # }
///
/// block_on(async {
///     let event = Event::new();
///     assert!(!event.is_set());
///     event.set();
///     event.wait().await;
///
///     event.clear();
///     assert!(!event.is_set());
/// });
/// ```
pub struct Event {
    set: Cell<bool>,
    waiters: WaitList,
}

impl Event {
    /// An event that is not set.
    pub const fn new() -> Self {
        Self { set: Cell::new(false), waiters: WaitList::new() }
    }

    /// Whether the event is set.
    pub fn is_set(&self) -> bool {
        self.set.get()
    }

    /// Sets the event and wakes all who wait for it. Changes nothing if it is set already.
    pub fn set(&self) {
        if !self.set.replace(true) {
            self.waiters.wake(usize::MAX);
        }
    }

    /// Takes the setting back: who waits from now on waits for the next [`set`](Self::set). Those who are woken
    /// already go on.
    pub fn clear(&self) {
        self.set.set(false);
    }

    /// Waits until the event is set; not at all if it is.
    ///
    /// For a future that borrows nothing, see [`EventWait::new`].
    pub const fn wait(&self) -> EventWait<&Self> {
        EventWait::new(self)
    }

    /// How many stand in line, including those that are woken or cancelled and have not run since.
    pub fn waiting(&self) -> usize {
        self.waiters.len()
    }
}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Event").field("set", &self.is_set()).field("waiting", &self.waiting()).finish()
    }
}

/// The future of [`Event::wait`].
///
/// `P` is any handle: `EventWait<&Event>` borrows, `EventWait<Rc<Event>>` can be kept anywhere. It may be dropped at
/// any time.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct EventWait<P: Deref<Target = Event>> {
    event: P,
    waiter: Waiter,
}

impl<P: Deref<Target = Event>> EventWait<P> {
    /// Waits for the event behind a handle.
    pub const fn new(event: P) -> Self {
        Self { event, waiter: Waiter::New }
    }

    /// Cancels the wait as [`Acquire::cancel`](super::Acquire::cancel) does.
    pub fn cancel(&mut self) -> bool {
        self.waiter.cancel(&self.event.waiters)
    }
}

impl<P: Deref<Target = Event>> Future for EventWait<P> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { event, waiter } = &mut *self;
        if waiter.is_new() && event.is_set() {
            *waiter = Waiter::Finished;
            return Poll::Ready(());
        }
        waiter.wait(&event.waiters, context)
    }
}

impl<P: Deref<Target = Event>> Drop for EventWait<P> {
    fn drop(&mut self) {
        self.waiter.leave(&self.event.waiters);
    }
}

// The handle is never pinned.
impl<P: Deref<Target = Event>> Unpin for EventWait<P> {}
