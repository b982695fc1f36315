//! How many tasks do what over a run, for runs with more tasks than there is room for lanes.

use super::path::Path;
use super::window::{Scale, View};
use crate::draw::history::{Counts, History};

/// The width of what is drawn with one height, in pixels.
const COLUMN: f64 = 2.0;
/// Kept free above the picture, in pixels.
const MARGIN: f64 = 6.0;

/// What a share of the tasks does. From the bottom of the picture to its top.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    InLine,
    Waits,
    Sleeps,
    Ready,
    Finished,
}

impl Band {
    /// All bands, from the bottom of the picture to its top.
    pub const ALL: [Self; 5] = [Self::InLine, Self::Waits, Self::Sleeps, Self::Ready, Self::Finished];

    /// What the tasks in it do, in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::InLine => "in line",
            Self::Waits => "waiting",
            Self::Sleeps => "asleep",
            Self::Ready => "ready",
            Self::Finished => "finished",
        }
    }

    fn count(self, counts: &Counts) -> u32 {
        match self {
            Self::InLine => counts.in_line,
            Self::Waits => counts.waiting,
            Self::Sleeps => counts.sleeping,
            Self::Ready => counts.ready,
            Self::Finished => counts.finished,
        }
    }
}

/// The bands of a run, each as path data.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    pub bands: Vec<(Band, String)>,
}

/// How many tasks are in each band after a step.
pub fn density_counts(history: &History, step: u32) -> [(Band, u32); 5] {
    let counts = history.counts_after(step);
    Band::ALL.map(|band| (band, band.count(&counts)))
}

impl Density {
    /// The bands in the part of a run that `view` shows.
    pub fn new(history: &History, view: &View) -> Self {
        let columns = (view.width / COLUMN) as usize;
        let tasks = f64::from(history.tasks().max(1) as u32);
        let height = view.height - MARGIN;
        let counts: Vec<Counts> = (0..columns).filter_map(|column| counts_in(history, view, column)).collect();
        let mut floor = vec![0.0; counts.len()];
        let mut bands = Vec::new();
        for band in Band::ALL {
            if counts.iter().all(|counts| band.count(counts) == 0) {
                continue;
            }
            let mut path = Path::default();
            let y = |share: f64| MARGIN + height * (1.0 - share / tasks);
            let ceiling: Vec<f64> =
                counts.iter().zip(&floor).map(|(counts, floor)| floor + f64::from(band.count(counts))).collect();
            outline(&mut path, ceiling.iter().map(|share| y(*share)), false);
            outline(&mut path, floor.iter().map(|share| y(*share)), true);
            path.close();
            bands.push((band, path.into_string()));
            floor = ceiling;
        }
        Self { bands }
    }
}

/// The counts in the middle of a column; `None` where the run has not come.
fn counts_in(history: &History, view: &View, column: usize) -> Option<Counts> {
    let middle = (column as f64 + 0.5) * COLUMN;
    let moment = view.window.from + middle / view.width * (view.window.to - view.window.from);
    let step = match view.window.scale {
        Scale::Steps => moment as usize,
        Scale::Seconds => history.clock.partition_point(|(_, end)| *end <= moment).saturating_sub(1),
    };
    let last = history.counts.len() - 1;
    if step > last && !history.ended { None } else { history.counts.get(step.min(last)).copied() }
}

/// Goes along the tops of columns, rightwards or back.
fn outline(path: &mut Path, heights: impl DoubleEndedIterator<Item = f64> + ExactSizeIterator, back: bool) {
    let columns = heights.enumerate();
    if back {
        for (column, y) in columns.rev() {
            path.line_to((column as f64 + 1.0) * COLUMN, y);
            path.line_to(column as f64 * COLUMN, y);
        }
        return;
    }
    for (column, y) in columns {
        let x = column as f64 * COLUMN;
        if column == 0 {
            path.move_to(x, y)
        } else {
            path.line_to(x, y)
        }
        path.line_to(x + COLUMN, y);
    }
}
