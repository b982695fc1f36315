//! The timeline: all of a run, a lane for each task, or how many tasks do what where there are too many for lanes.

mod blocks;
mod density;
mod detail;
mod file;
mod lanes;
mod legend;
mod path;
mod svg;
#[cfg(test)]
mod tests;
mod window;

pub use blocks::BlockBand;
pub use density::{Band, Density, density_counts};
pub use detail::Detail;
pub use file::{Drawing, Shades, draw};
pub use lanes::{BarText, Lanes, Layer, Look, whole_height};
pub use legend::{KEY_HEIGHT, KEY_WIDTH, Key, legend};
pub use svg::{ABOVE, BELOW, key_svg, pattern_svg};
pub use window::{Scale, Tick, View, Window};

use super::history::History;
use crate::trace::Text;

/// With more tasks than this, the timeline shows at first how many do what instead of a lane for each.
pub const MOST_LANES: usize = 60;
/// Marks that are no further apart than this are drawn as one, in pixels.
const GAP: f64 = 0.5;

/// The timeline as it is drawn, in CSS pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub view: View,
    pub ticks: Vec<Tick>,
    /// Where the virtual clock moves, in the scale of steps.
    pub clock_marks: Vec<Tick>,
    pub blocks: Vec<BlockBand>,
    /// Where somebody stepped in from outside.
    pub interventions: Vec<(f64, Text)>,
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
        Self::with_gap(history, view, GAP)
    }

    /// The same with marks drawn as one that are no further apart than `gap` pixels.
    fn with_gap(history: &History, view: View, gap: f64) -> Self {
        let body = if view.has_lanes {
            PictureBody::Lanes(Lanes::new(history, &view, gap))
        } else {
            PictureBody::Density(Density::new(history, &view))
        };
        let blocks = blocks::bands(history, &view);
        let mut clock_marks = view.clock_marks(history);
        // What is said of a blocking call stands at the same height.
        clock_marks.retain(|mark| {
            let apart =
                |band: &BlockBand| band.text.is_empty() || mark.x > band.text_end() || mark.x + 44.0 < band.text_x;
            blocks.iter().all(apart)
        });
        let mut interventions = Vec::new();
        for (step, what) in &history.interventions {
            let x = view.playhead(history, *step);
            if (0.0..=view.width).contains(&x) {
                interventions.push((x, what.clone()));
            }
        }
        Self { ticks: view.ticks(), clock_marks, blocks, interventions, view, body }
    }
}
