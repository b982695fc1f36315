//! Drives a run ahead of the playhead, one turn of the loop to a microtask, and lets the page paint between.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::rc::{Rc, Weak};
use std::task::Poll;

use gloo_timers::future::TimeoutFuture;
use yew::Callback;

use super::browser::now;
use crate::lab::{Program, Progress, Run, Settings};

/// After so many milliseconds of turns the page may paint.
const SLICE: f64 = 8.0;
/// The first time the page waits longer: what comes within a blink is painted once, when it is complete.
const FIRST_SLICE: f64 = 60.0;
/// A run that takes longer than this, in milliseconds, is shown as far as it has come.
const PATIENCE: f64 = 150.0;
/// Work that takes longer than this, in milliseconds, can be stopped.
const LONG: f64 = 600.0;
/// How many steps a run is ahead of the playhead, at least, and for each of the most tasks there ever were at once.
const AHEAD: u32 = 400;
const AHEAD_FOR_EACH_TASK: u32 = 40;

/// A run that goes on by itself until it is far enough ahead. Dropping it stops it.
pub struct Engine {
    shared: Rc<Shared>,
}

struct Shared {
    run: RefCell<Run>,
    playhead: Cell<u32>,
    most_alive: Cell<u32>,
    ended: Cell<bool>,
    driven: Cell<bool>,
    /// When it was last set going.
    begun: Cell<f64>,
    stopped: Cell<bool>,
    advanced: Callback<()>,
}

impl Shared {
    fn is_far_enough(&self) -> bool {
        let run = self.run.borrow();
        let trace = run.trace();
        let latest = trace.latest();
        let alive = (latest.tasks.len() as u32).saturating_sub(latest.finished).max(self.most_alive.get());
        self.most_alive.set(alive);
        let ahead = AHEAD.max(alive.saturating_mul(AHEAD_FOR_EACH_TASK));
        self.ended.get() || self.stopped.get() || latest.step >= self.playhead.get().saturating_add(ahead)
    }
}

impl Engine {
    /// Starts a run; `advanced` is told whenever it has come further and the page should look.
    pub fn start(program: &Program, settings: &Settings, playhead: u32, advanced: Callback<()>) -> Self {
        let engine = Self {
            shared: Rc::new(Shared {
                run: RefCell::new(Run::new(program, settings)),
                playhead: Cell::new(playhead),
                most_alive: Cell::new(0),
                ended: Cell::new(false),
                driven: Cell::new(false),
                begun: Cell::new(0.0),
                stopped: Cell::new(false),
                advanced,
            }),
        };
        engine.go_on();
        engine
    }

    /// The run as far as it has come.
    pub fn run(&self) -> std::cell::Ref<'_, Run> {
        self.shared.run.borrow()
    }

    /// Whether nothing is being computed now.
    pub fn rests(&self) -> bool {
        !self.shared.driven.get()
    }

    /// Whether so much is being computed that one may want to stop it.
    pub fn is_busy(&self) -> bool {
        !self.rests() && now() - self.shared.begun.get() > LONG
    }

    /// Whether it was stopped by [`Self::stop_or_go_on`].
    pub fn is_stopped(&self) -> bool {
        self.shared.stopped.get()
    }

    /// Leaves the run where it is, or lets it go on from there.
    pub fn stop_or_go_on(&self) {
        self.shared.stopped.set(!self.is_stopped());
        self.go_on();
    }

    /// Tells where the playhead stands, for the run to stay ahead of it.
    pub fn follow(&self, playhead: u32) {
        self.shared.playhead.set(playhead);
        self.go_on();
    }

    fn go_on(&self) {
        if !self.shared.driven.get() && !self.shared.is_far_enough() {
            self.shared.driven.set(true);
            self.shared.begun.set(now());
            wasm_bindgen_futures::spawn_local(drive(Rc::downgrade(&self.shared)));
        }
    }
}

async fn drive(shared: Weak<Shared>) {
    let mut shown = now();
    let mut slice = FIRST_SLICE;
    loop {
        let begin = now();
        while now() - begin < slice {
            let Some(shared) = shared.upgrade() else { return };
            if shared.is_far_enough() {
                shared.driven.set(false);
                shared.advanced.emit(());
                return;
            }
            if shared.run.borrow_mut().turn() == Progress::Ended {
                shared.ended.set(true);
            }
            drop(shared);
            next_microtask().await;
        }
        if now() - shown > PATIENCE {
            let Some(shared) = shared.upgrade() else { return };
            shared.advanced.emit(());
            shown = now();
        }
        slice = SLICE;
        TimeoutFuture::new(0).await;
    }
}

/// Lets the microtasks run that are waiting now.
async fn next_microtask() {
    let mut yielded = false;
    poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
