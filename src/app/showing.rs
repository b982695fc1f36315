//! The run that the page shows.

use super::engine::Engine;
use super::moment::{Finder, Moment, Same};
use super::printout::Printout;
use crate::draw::{History, Picture, Room, Scale, View, Window};
use crate::trace::Ending;

/// A run, and what has been made of it for the page.
pub struct Showing {
    pub engine: Engine,
    history: History,
    printout: Printout,
    finder: Finder,
    /// The timeline as last drawn, and for what.
    picture: Option<(View, u32, bool, Same<Picture>)>,
}

impl Showing {
    /// Shows the run of `engine` as far as it has come.
    pub fn new(engine: Engine) -> Self {
        let mut showing = Self {
            engine,
            history: History::default(),
            printout: Printout::default(),
            finder: Finder::default(),
            picture: None,
        };
        showing.take_in();
        showing
    }

    /// Looks how far the run has come.
    pub fn take_in(&mut self) {
        let run = self.engine.run();
        let trace = run.trace();
        self.history.extend(&trace);
        self.printout.extend(&trace);
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// How many steps there are so far.
    pub fn steps(&self) -> u32 {
        self.history.steps()
    }

    /// How the run ended, if it has.
    pub fn ending(&self) -> Option<Ending> {
        self.engine.run().trace().ending().cloned()
    }

    /// The scale that shows the most: of a run in which no time passes, the steps.
    pub fn best_scale(&self) -> Scale {
        if self.history.duration() > 0.0 { Scale::Seconds } else { Scale::Steps }
    }

    /// What there is to say about a step.
    pub fn moment(&mut self, step: u32, room: Room) -> Moment {
        let run = self.engine.run();
        let trace = run.trace();
        self.finder.moment(&trace, &self.history, &self.printout, step, room)
    }

    /// The timeline as last drawn.
    pub fn drawn(&self) -> Option<&Same<Picture>> {
        self.picture.as_ref().map(|(_, _, _, picture)| picture)
    }

    /// The timeline, drawn anew only when something about it has changed.
    pub fn picture(&mut self, scale: Scale, playhead: u32, width: f64, height: f64) -> Same<Picture> {
        let follows = !self.history.ended() && self.engine.rests();
        let view = View { window: Window::new(&self.history, scale, playhead, follows), width, height };
        let (steps, ended) = (self.history.steps(), self.history.ended());
        match &self.picture {
            Some((drawn, at, over, picture)) if *drawn == view && *at == steps && *over == ended => picture.clone(),
            _ => {
                let picture = Same::new(Picture::new(&self.history, view));
                self.picture = Some((view, steps, ended, picture.clone()));
                picture
            }
        }
    }
}
