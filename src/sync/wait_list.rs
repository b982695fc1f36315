//! The line in which futures wait, shared by all primitives.
//!
//! An entry goes through the states of the `asyncio.Future` that a waiting coroutine of CPython awaits: it waits, and
//! then it is either woken or cancelled. In both cases it may keep its place in the line until the future that owns
//! it runs or is dropped.

use core::cell::{Cell, RefCell};
use core::fmt;
use core::mem;
use core::task::{Context, Poll, Waker, ready};

/// Stands for "no entry".
const NONE: usize = usize::MAX;

enum State {
    Waiting(Waker),
    Woken,
    Cancelled,
    /// The slot belongs to no future.
    Vacant,
}

struct Entry {
    previous: usize,
    /// The entry behind this one, or the next vacant slot.
    next: usize,
    /// Whether it stands in the line. One that does not belongs to a future that has yet to notice.
    in_line: bool,
    /// How many joined before it.
    ticket: u64,
    state: State,
}

impl Entry {
    /// Wakes one that waits.
    fn wake(&mut self) -> Waker {
        match mem::replace(&mut self.state, State::Woken) {
            State::Waiting(waker) => waker,
            _ => unreachable!("the next to wake waits"),
        }
    }
}

/// A line of waiting futures, first come first.
///
/// All operations take constant time, [`pop`](Self::pop) per entry that leaves. Memory is taken only when the line is
/// longer than ever before. No method runs foreign code while the entries are borrowed: those that wake one hand the
/// waker to the caller, who calls it when its own state is settled.
pub struct WaitList {
    entries: RefCell<Vec<Entry>>,
    vacant: Cell<usize>,
    head: Cell<usize>,
    tail: Cell<usize>,
    /// The first entry that is neither woken nor cancelled. It only ever moves towards the end, which is what makes
    /// finding it cheap.
    next_to_wake: Cell<usize>,
    length: Cell<usize>,
    cancelled: Cell<usize>,
    /// How many have ever joined.
    joined: Cell<u64>,
}

impl WaitList {
    pub const fn new() -> Self {
        Self {
            entries: RefCell::new(Vec::new()),
            vacant: Cell::new(NONE),
            head: Cell::new(NONE),
            tail: Cell::new(NONE),
            next_to_wake: Cell::new(NONE),
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
    pub fn wake_next(&self) -> Option<Waker> {
        self.wake_next_of(u64::MAX)
    }

    /// Wakes the first `count` of those that still wait now. They keep their places. Who joins because somebody is woken
    /// is not among them.
    pub fn wake(&self, count: usize) {
        let joined = self.joined.get();
        for _ in 0..count {
            let Some(waker) = self.wake_next_of(joined) else { return };
            waker.wake();
        }
    }

    /// Wakes the first that still waits, if it is among the first that ever joined.
    fn wake_next_of(&self, joined: u64) -> Option<Waker> {
        let index = self.next_to_wake.get();
        if index == NONE {
            return None;
        }
        let entries = &mut *self.entries.borrow_mut();
        if entries[index].ticket >= joined {
            return None;
        }
        self.pass_over(entries, index);
        Some(entries[index].wake())
    }

    /// Wakes the very first, unless it is woken or cancelled already. It keeps its place.
    #[must_use]
    pub fn wake_head(&self) -> Option<Waker> {
        if self.next_to_wake.get() == self.head.get() { self.wake_next() } else { None }
    }

    /// Wakes the first that still waits and takes it out of the line, with all before it.
    #[must_use]
    pub fn pop(&self) -> Option<Waker> {
        loop {
            let index = self.head.get();
            if index == NONE {
                return None;
            }
            let entries = &mut *self.entries.borrow_mut();
            let waits = index == self.next_to_wake.get();
            self.pass_over(entries, index);
            self.unlink(entries, index);
            if waits {
                return Some(entries[index].wake());
            }
        }
    }

    fn enter(&self, waker: Waker) -> usize {
        let entries = &mut *self.entries.borrow_mut();
        let tail = self.tail.get();
        let ticket = self.joined.replace(self.joined.get() + 1);
        let entry = Entry { previous: tail, next: NONE, in_line: true, ticket, state: State::Waiting(waker) };
        let mut index = self.vacant.get();
        if index == NONE {
            index = entries.len();
            entries.push(entry);
        } else {
            self.vacant.set(entries[index].next);
            entries[index] = entry;
        }
        match tail {
            NONE => self.head.set(index),
            tail => entries[tail].next = index,
        }
        self.tail.set(index);
        self.length.set(self.length.get() + 1);
        if self.next_to_wake.get() == NONE {
            self.next_to_wake.set(index);
        }
        index
    }

    /// Whether the entry was woken. If so, it leaves.
    fn poll(&self, index: usize, context: &mut Context<'_>) -> Poll<()> {
        let mut entries = self.entries.borrow_mut();
        match &entries[index].state {
            State::Waiting(waker) if !waker.will_wake(context.waker()) => {}
            State::Woken => {
                self.vacate(&mut entries, index);
                return Poll::Ready(());
            }
            _ => return Poll::Pending,
        }
        drop(entries);
        let mut waker = context.waker().clone();
        if let State::Waiting(current) = &mut self.entries.borrow_mut()[index].state {
            mem::swap(current, &mut waker);
        }
        Poll::Pending
    }

    /// Cancels an entry where it stands; whether it still waited.
    fn cancel(&self, index: usize) -> bool {
        let mut entries = self.entries.borrow_mut();
        if !matches!(entries[index].state, State::Waiting(_)) {
            return false;
        }
        self.pass_over(&entries, index);
        self.cancelled.set(self.cancelled.get() + 1);
        let waker = mem::replace(&mut entries[index].state, State::Cancelled);
        drop(entries);
        drop(waker);
        true
    }

    /// Gives the slot back; whether it had been woken.
    fn leave(&self, index: usize) -> bool {
        let mut entries = self.entries.borrow_mut();
        self.pass_over(&entries, index);
        let state = self.vacate(&mut entries, index);
        drop(entries);
        matches!(state, State::Woken)
    }

    /// Takes an entry that is not the next to wake out of the line, if it still stands there, and its slot back.
    fn vacate(&self, entries: &mut [Entry], index: usize) -> State {
        if entries[index].in_line {
            self.unlink(entries, index);
        }
        entries[index].next = self.vacant.replace(index);
        mem::replace(&mut entries[index].state, State::Vacant)
    }

    /// Looks for the next to wake behind `index`, if it was `index`.
    fn pass_over(&self, entries: &[Entry], index: usize) {
        if self.next_to_wake.get() != index {
            return;
        }
        let mut next = entries[index].next;
        while next != NONE && !matches!(entries[next].state, State::Waiting(_)) {
            next = entries[next].next;
        }
        self.next_to_wake.set(next);
    }

    fn unlink(&self, entries: &mut [Entry], index: usize) {
        let Entry { previous, next, .. } = entries[index];
        match previous {
            NONE => self.head.set(next),
            previous => entries[previous].next = next,
        }
        match next {
            NONE => self.tail.set(previous),
            next => entries[next].previous = previous,
        }
        entries[index].in_line = false;
        self.length.set(self.length.get() - 1);
        if matches!(entries[index].state, State::Cancelled) {
            self.cancelled.set(self.cancelled.get() - 1);
        }
    }
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
    /// It has an entry.
    Waiting(usize),
    /// It was cancelled before it was polled.
    Cancelled,
    /// It has no entry any more.
    Finished,
}

/// How a future comes to its turn.
pub enum Turn {
    /// It has just begun.
    First,
    /// It was woken and has left the line.
    Woken,
}

impl Waiter {
    /// Waits until it is the future's turn.
    ///
    /// # Panics
    ///
    /// If the future is finished.
    pub fn poll(&mut self, line: &WaitList, context: &mut Context<'_>) -> Poll<Turn> {
        let turn = match *self {
            Self::New => Turn::First,
            Self::Waiting(index) => {
                ready!(line.poll(index, context));
                Turn::Woken
            }
            Self::Cancelled => return Poll::Pending,
            Self::Finished => panic!("polled after completion"),
        };
        *self = Self::Finished;
        Poll::Ready(turn)
    }

    /// Joins the line at its end.
    pub fn enter(&mut self, line: &WaitList, context: &Context<'_>) {
        *self = Self::Waiting(line.enter(context.waker().clone()));
    }

    /// Cancels the wait in place; whether it was still undecided.
    pub fn cancel(&mut self, line: &WaitList) -> bool {
        match *self {
            Self::New => {
                *self = Self::Cancelled;
                true
            }
            Self::Waiting(index) => line.cancel(index),
            Self::Cancelled | Self::Finished => false,
        }
    }

    /// Gives up the entry, if there is one; whether it had been woken.
    pub fn leave(&mut self, line: &WaitList) -> Option<bool> {
        match mem::replace(self, Self::Finished) {
            Self::Waiting(index) => Some(line.leave(index)),
            _ => None,
        }
    }
}
