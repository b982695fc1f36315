//! The line in which futures wait, shared by all primitives.
//!
//! An entry goes through the states of the `asyncio.Future` that a waiting coroutine of CPython awaits: it waits, and
//! then it is either woken or cancelled. In both cases it may keep its place in the line until the future that owns
//! it runs or is dropped.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::mem;
use core::task::{Context, Poll, Waker, ready};

struct Entry {
    /// Present while it waits: neither woken nor cancelled.
    waker: Option<Waker>,
    /// How many joined before it.
    ticket: u64,
    standing: Standing,
}

#[derive(Clone, Copy, PartialEq)]
enum Standing {
    Contending,
    Cancelled,
    /// It stands in the line no more.
    Gone,
}

/// A line of waiting futures, first come first.
///
/// All operations take constant time on the average, but for one: when many have gone from the middle of a line, it
/// takes logarithmic time to find somebody in it. Memory is taken in proportion to the longest line there ever was. No
/// method runs foreign code while the entries are borrowed: those that wake one hand the waker to the caller, who calls
/// it when its own state is settled.
pub struct WaitList {
    /// In the order of their tickets. Those that are gone stay until the line is empty or their room is needed.
    entries: RefCell<Vec<Entry>>,
    /// All entries before this position are gone.
    head: Cell<usize>,
    /// No entry before this position waits.
    next_to_wake: Cell<usize>,
    /// How many stand in the line, the woken and the cancelled among them.
    length: Cell<usize>,
    /// How many of them are cancelled.
    cancelled: Cell<usize>,
    /// How many have ever joined.
    joined: Cell<u64>,
}

impl WaitList {
    pub const fn new() -> Self {
        Self {
            entries: RefCell::new(Vec::new()),
            head: Cell::new(0),
            next_to_wake: Cell::new(0),
            length: Cell::new(0),
            cancelled: Cell::new(0),
            joined: Cell::new(0),
        }
    }

    /// How many stand in the line, the woken and the cancelled among them.
    pub fn len(&self) -> usize {
        self.length.get()
    }

    /// Whether anyone stands in the line who is not cancelled.
    pub fn is_contended(&self) -> bool {
        self.length.get() != self.cancelled.get()
    }

    /// Wakes the first that still waits. It keeps its place.
    #[must_use]
    #[inline]
    pub fn wake_next(&self) -> Option<Waker> {
        if self.len() == 0 { None } else { self.wake_before(u64::MAX) }
    }

    /// Wakes the first `count` of those that still wait now. They keep their places. Who joins because somebody is woken
    /// is not among them.
    pub fn wake(&self, count: usize) {
        let end = self.joined.get();
        for _ in 0..count {
            let Some(waker) = self.wake_before(end) else { return };
            waker.wake();
        }
    }

    /// Wakes the first that still waits, if its ticket is below `end`.
    fn wake_before(&self, end: u64) -> Option<Waker> {
        let entries = &mut *self.entries.borrow_mut();
        loop {
            let position = self.next_to_wake.get();
            let entry = entries.get_mut(position).filter(|entry| entry.ticket < end)?;
            self.next_to_wake.set(position + 1);
            if entry.waker.is_some() {
                return entry.waker.take();
            }
        }
    }

    /// Wakes the very first, unless it is woken or cancelled already. It keeps its place.
    #[must_use]
    #[inline]
    pub fn wake_head(&self) -> Option<Waker> {
        if self.len() == 0 { None } else { self.head(&mut self.entries.borrow_mut()).waker.take() }
    }

    /// Wakes the first that still waits and takes it out of the line, with all before it.
    #[must_use]
    #[inline]
    pub fn pop(&self) -> Option<Waker> {
        if self.len() == 0 { None } else { self.pop_entries() }
    }

    fn pop_entries(&self) -> Option<Waker> {
        let entries = &mut *self.entries.borrow_mut();
        while self.len() > 0 {
            let entry = self.head(entries);
            let waker = entry.waker.take();
            self.remove(entry);
            self.tidy(entries);
            if waker.is_some() {
                return waker;
            }
        }
        None
    }

    /// The very first. There must be one.
    fn head<'a>(&self, entries: &'a mut [Entry]) -> &'a mut Entry {
        let mut position = self.head.get();
        while entries[position].standing == Standing::Gone {
            position += 1;
        }
        self.head.set(position);
        &mut entries[position]
    }

    fn enter(&self, waker: Waker) -> u64 {
        let entries = &mut *self.entries.borrow_mut();
        if entries.len() == entries.capacity() {
            self.make_room(entries);
        }
        let ticket = self.joined.get();
        self.joined.set(ticket + 1);
        self.length.set(self.length.get() + 1);
        entries.push(Entry { waker: Some(waker), ticket, standing: Standing::Contending });
        ticket
    }

    /// Removes the entries that are gone, if they are so many that no memory need be taken for a long time.
    #[cold]
    fn make_room(&self, entries: &mut Vec<Entry>) {
        if self.len() <= entries.len() / 2 {
            entries.retain(|entry| entry.standing != Standing::Gone);
            self.head.set(0);
            self.next_to_wake.set(0);
        }
    }

    /// Whether the entry was woken. If so, it leaves.
    fn poll(&self, ticket: u64, context: &mut Context<'_>) -> Poll<()> {
        let mut entries = self.entries.borrow_mut();
        let Some(entry) = find(&mut entries, ticket) else { return Poll::Ready(()) };
        match &entry.waker {
            None => {
                self.remove(entry);
                self.tidy(&mut entries);
                return Poll::Ready(());
            }
            Some(waker) if waker.will_wake(context.waker()) => {}
            Some(_) => {
                drop(entries);
                self.replace_waker(ticket, context);
            }
        }
        Poll::Pending
    }

    /// The entry's future has moved to another task.
    #[cold]
    fn replace_waker(&self, ticket: u64, context: &Context<'_>) {
        let waker = context.waker().clone();
        let mut entries = self.entries.borrow_mut();
        match find(&mut entries, ticket) {
            Some(Entry { waker: Some(current), .. }) => {
                let former = mem::replace(current, waker);
                drop(entries);
                drop(former);
            }
            // Cloning may run anything, and this time it woke the entry.
            _ => {
                drop(entries);
                waker.wake();
            }
        }
    }

    /// Cancels an entry where it stands; whether it still waited.
    fn cancel(&self, ticket: u64) -> bool {
        let mut entries = self.entries.borrow_mut();
        let Some(entry) = find(&mut entries, ticket) else { return false };
        let waker = entry.waker.take();
        if waker.is_some() {
            entry.standing = Standing::Cancelled;
            self.cancelled.set(self.cancelled.get() + 1);
        }
        drop(entries);
        waker.is_some()
    }

    /// Takes an entry out of the line, if it is there; whether it still waited.
    fn leave(&self, ticket: u64) -> bool {
        let mut entries = self.entries.borrow_mut();
        let Some(entry) = find(&mut entries, ticket) else { return false };
        let waker = entry.waker.take();
        self.remove(entry);
        self.tidy(&mut entries);
        drop(entries);
        waker.is_some()
    }

    /// Takes an entry that does not wait any more out of the line, if it is there.
    #[inline]
    fn remove(&self, entry: &mut Entry) {
        match mem::replace(&mut entry.standing, Standing::Gone) {
            Standing::Contending => {}
            Standing::Cancelled => self.cancelled.set(self.cancelled.get() - 1),
            Standing::Gone => return,
        }
        self.length.set(self.length.get() - 1);
    }

    /// Forgets those that are gone if that is everybody.
    #[inline]
    fn tidy(&self, entries: &mut Vec<Entry>) {
        if self.len() == 0 {
            entries.clear();
            self.head.set(0);
            self.next_to_wake.set(0);
        }
    }
}

/// The entry with this ticket, unless it has been popped and forgotten.
#[inline]
fn find(entries: &mut [Entry], ticket: u64) -> Option<&mut Entry> {
    let guess = ticket.checked_sub(entries.first()?.ticket)? as usize;
    match entries.get(guess) {
        Some(entry) if entry.ticket == ticket => Some(&mut entries[guess]),
        _ => search(entries, ticket),
    }
}

/// As [`find`], among entries that have moved up.
#[cold]
fn search(entries: &mut [Entry], ticket: u64) -> Option<&mut Entry> {
    let position = entries.binary_search_by_key(&ticket, |entry| entry.ticket).ok()?;
    Some(&mut entries[position])
}

impl fmt::Debug for WaitList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} waiting", self.len())
    }
}

/// A future's part in a line.
#[derive(Debug)]
pub enum Waiter {
    /// The future has never been polled.
    New,
    /// It has the entry with this ticket, or has been woken.
    Waiting(u64),
    /// It was cancelled before it was polled.
    Cancelled,
    /// It was cancelled in the line, and has the entry with this ticket.
    CancelledInLine(u64),
    /// It has no entry any more.
    Finished,
}

impl Waiter {
    /// Whether the future has never been polled.
    pub fn is_new(&self) -> bool {
        matches!(self, Self::New)
    }

    /// Waits in line, and joins it if this is the beginning. It is ready when it is woken, and has left the line.
    ///
    /// # Panics
    ///
    /// If the future is finished.
    pub fn wait(&mut self, line: &WaitList, context: &mut Context<'_>) -> Poll<()> {
        if self.is_new() {
            self.enter(line, context);
            return Poll::Pending;
        }
        self.poll(line, context)
    }

    /// As [`wait`](Self::wait), but ready at once if this is the beginning.
    ///
    /// # Panics
    ///
    /// If the future is finished.
    #[inline]
    pub fn poll(&mut self, line: &WaitList, context: &mut Context<'_>) -> Poll<()> {
        match *self {
            Self::New => {}
            Self::Waiting(ticket) => ready!(line.poll(ticket, context)),
            _ => return self.stay(),
        }
        *self = Self::Finished;
        Poll::Ready(())
    }

    #[cold]
    fn stay(&self) -> Poll<()> {
        assert!(!matches!(self, Self::Finished), "polled after completion");
        Poll::Pending
    }

    /// Joins the line at its end.
    pub fn enter(&mut self, line: &WaitList, context: &Context<'_>) {
        *self = Self::Waiting(line.enter(context.waker().clone()));
    }

    /// Cancels the wait in place; whether it was still undecided.
    pub fn cancel(&mut self, line: &WaitList) -> bool {
        match *self {
            Self::New => *self = Self::Cancelled,
            Self::Waiting(ticket) if line.cancel(ticket) => *self = Self::CancelledInLine(ticket),
            _ => return false,
        }
        true
    }

    /// Gives up the entry, if there is one; whether it had been woken.
    #[inline]
    pub fn leave(&mut self, line: &WaitList) -> Option<bool> {
        match *self {
            Self::Waiting(_) | Self::CancelledInLine(_) => Some(self.leave_line(line)),
            _ => None,
        }
    }

    /// Rare: mostly, a future that is dropped has finished.
    #[cold]
    fn leave_line(&mut self, line: &WaitList) -> bool {
        match mem::replace(self, Self::Finished) {
            Self::Waiting(ticket) => !line.leave(ticket),
            Self::CancelledInLine(ticket) => line.leave(ticket),
            _ => false,
        }
    }
}
