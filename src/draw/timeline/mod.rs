//! The timeline: all of a run, a lane for each task, or how many tasks do what where there are too many for lanes.

mod density;
mod lanes;
mod path;
mod svg;
#[cfg(test)]
mod tests;
mod window;

pub use density::{Band, Density, density_counts};
pub use lanes::{Lanes, Layer, Look};
pub use svg::{ABOVE, BELOW};
pub use window::{Scale, Tick, View, Window};

use super::history::{History, MOST_LANES};

/// The timeline as it is drawn, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub view: View,
    pub ticks: Vec<Tick>,
    /// Where the virtual clock moves, in the scale of steps.
    pub clock_marks: Vec<Tick>,
    pub body: PictureBody,
}

/// What is drawn of the tasks.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureBody {
    Lanes(Lanes),
    Density(Density),
}

impl Picture {
    /// The part of a run that `view` shows.
    pub fn new(history: &History, view: View) -> Self {
        let body = if history.tasks() > MOST_LANES {
            PictureBody::Density(Density::new(history, &view))
        } else {
            PictureBody::Lanes(Lanes::new(history, &view))
        };
        Self { ticks: view.ticks(), clock_marks: view.clock_marks(history), view, body }
    }
}
