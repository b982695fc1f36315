//! The run that the page shows.

use super::engine::Engine;
use super::moment::{Finder, Moment};
use super::printout::Printout;
use super::timeline::Look;
use yew::AttrValue;

use crate::draw::{History, Picture, Room, Scale, View, Window, whole_height};
use crate::trace::{Ending, Snapshot, Trace};

/// A run, and what has been made of it for the page.
pub struct Showing {
    pub engine: Engine,
    history: History,
    printout: Printout,
    finder: Finder,
    drawn: Option<Drawn>,
    /// Whether the run has been left where it was before it ended: nobody knows its end.
    is_open: bool,
}

/// The timeline as last drawn.
pub struct Drawn {
    pub picture: Picture,
    pub svg: AttrValue,
    /// How many steps the run had, and whether it had ended.
    of: (u32, bool),
}

impl Showing {
    /// Shows the run of `engine` as far as it has come.
    pub fn new(engine: Engine) -> Self {
        let mut showing = Self {
            engine,
            history: History::default(),
            printout: Printout::default(),
            finder: Finder::default(),
            drawn: None,
            is_open: false,
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

    /// The scale that shows the most.
    pub fn best_scale(&self) -> Scale {
        Scale::best(&self.history)
    }

    /// What there is to say about a step.
    pub fn moment(&mut self, step: u32, room: Room) -> Moment {
        let run = self.engine.run();
        let trace = run.trace();
        self.finder.moment(&trace, &self.history, &mut self.printout, step, room)
    }

    /// Shows the run and its state after a step to somebody.
    pub fn with_snapshot<T>(&mut self, step: u32, show: impl FnOnce(&Trace, &Snapshot) -> T) -> T {
        let run = self.engine.run();
        let trace = run.trace();
        let snapshot = self.finder.snapshot(&trace, step);
        show(&trace, snapshot)
    }

    /// The timeline as last drawn.
    pub fn drawn(&self) -> Option<&Drawn> {
        self.drawn.as_ref()
    }

    /// All of the run that is known, in a scale.
    pub fn whole(&self, scale: Scale) -> Window {
        Window::new(&self.history, scale, 0, false)
    }

    /// Draws the timeline as `look` has it, in a room so wide and high, if anything about it has changed.
    pub fn draw(&mut self, look: &mut Look, scale: Scale, playhead: u32, (width, height): (f64, f64), has_lanes: bool) {
        // Once it is so, it stays so while the run goes on for a moment.
        self.is_open |= self.engine.rests();
        let follows = self.is_open && !self.history.ended();
        let all = Window::new(&self.history, scale, playhead, follows);
        let mut view = View { window: all, width, height, top: 0.0, has_lanes };
        let moment = view.moment_after(&self.history, playhead);
        view.window = look.window(all, moment, playhead, self.whole(scale));
        if has_lanes {
            let most = whole_height(self.history.tasks(), height) - height;
            look.top = look.top.min(most);
            view.top = look.top;
        }
        let of = (self.history.steps(), self.history.ended());
        if self.drawn.as_ref().is_none_or(|drawn| (drawn.picture.view, drawn.of) != (view, of)) {
            let picture = Picture::new(&self.history, view);
            self.drawn = Some(Drawn { svg: picture.svg().into(), picture, of });
        }
    }
}
