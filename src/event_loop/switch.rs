//! A program may make several event loops, of which one runs at a time: each has a ready queue and timers of its own.

use std::collections::{BinaryHeap, VecDeque};
use std::rc::Rc;

use super::callback::DoneCallback;
use super::future::Future;
use super::host::Host;
use super::scheduler::{EventLoop, Ready};
use super::timer::Timer;
use crate::trace::Event;

/// What one of the program's loops keeps while another is used.
pub(super) struct Aside<H: Host> {
    number: u32,
    ready: VecDeque<Ready<H>>,
    timers: BinaryHeap<Timer<H>>,
    stopping: bool,
}

impl<H: Host> EventLoop<H> {
    /// Which of the program's loops this is now.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Goes on as another of the program's loops. The clock is the same for all.
    pub fn switch_to(&mut self, number: u32) {
        if number == self.number {
            return;
        }
        let left = Aside {
            number: self.number,
            ready: std::mem::take(&mut self.ready),
            timers: std::mem::take(&mut self.timers),
            stopping: std::mem::take(&mut self.stopping),
        };
        self.aside.push(left);
        if let Some(position) = self.aside.iter().position(|aside| aside.number == number) {
            let Aside { ready, timers, stopping, .. } = self.aside.swap_remove(position);
            (self.ready, self.timers, self.stopping) = (ready, timers, stopping);
        }
        self.number = number;
        self.record(Event::LoopChanged { event_loop: number });
    }

    /// Drops all that one of the program's loops would still do. See `loop.close`.
    pub fn close(&mut self, number: u32) {
        self.aside.retain(|aside| aside.number != number);
        if number == self.number {
            self.timers.clear();
            if !self.ready.is_empty() {
                self.ready.clear();
                self.record(Event::LoopClosed);
            }
        }
    }

    /// Stops at the end of the turn. See `loop.stop`.
    pub fn stop(&mut self) {
        self.stopping = true;
    }

    /// Takes back [`Self::stop_when_done`].
    pub fn forget_stop(&self, future: &Rc<Future<H>>) {
        future.remove_callbacks(|callback| matches!(callback, DoneCallback::Stop));
    }
}
