//! The playhead moves by itself.

use gloo_timers::callback::Timeout;

use super::page::{Message, Page};
use super::transport::STEPS_A_SECOND;

/// The page is not drawn more often than this while it plays, in milliseconds.
const SHORTEST_TICK: f64 = 32.0;

impl Page {
    pub(super) fn play(&mut self) {
        if let Some(frame) = self.frame.as_mut().filter(|frame| !frame.seen) {
            frame.plays_when_seen = true;
            return;
        }
        self.played = 0.0;
        self.wait_for_tick();
    }

    fn wait_for_tick(&mut self) {
        let send = self.send.clone();
        let delay = (1000.0 / (STEPS_A_SECOND * self.speed)).max(SHORTEST_TICK);
        self.playing = Some(Timeout::new(delay as u32, move || send.emit(Message::Tick)));
    }

    pub(super) fn tick(&mut self) {
        if self.playing.is_none() {
            return;
        }
        self.played += (STEPS_A_SECOND * self.speed * SHORTEST_TICK / 1000.0).max(1.0);
        let whole = self.played as u32;
        self.played -= f64::from(whole);
        self.seek(self.shown_step() + whole);
        if self.is_over() {
            self.playing = None;
        } else {
            self.wait_for_tick();
        }
    }

    /// Whether the last step is shown of a run that has ended, or was stopped.
    pub(super) fn is_over(&self) -> bool {
        self.showing.as_ref().is_some_and(|showing| {
            let is_whole = showing.history().ended() || showing.engine.is_stopped();
            is_whole && self.shown_step() == showing.steps()
        })
    }
}
