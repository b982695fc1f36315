//! A lane for each task: what it does when, and who wakes whom.

use super::path::Path;
use super::window::{Scale, View};
use crate::draw::history::{Doing, History, LaneEnd, Segment, Wake};
use crate::draw::mark::{COLOURS, colour};
use crate::draw::order::ordered;
use crate::trace::{TaskId, Text};

/// Lanes are no higher than this, in pixels.
const HIGHEST_LANE: f64 = 44.0;
/// What stands in a lane is no higher than this, in pixels.
const HIGHEST_BAR: f64 = 20.0;
/// Between the lowest lane and the ticks' texts.
const MARGIN: f64 = 6.0;
/// Lanes closer than this have no room for a text each.
const LEAST_FOR_TEXT: f64 = 12.0;
/// What is narrower than this is drawn this wide.
const LEAST_WIDTH: f64 = 2.0;
/// More arrows than this would hide what they point to.
const MOST_ARROWS: usize = 400;

/// How a part of a lane looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Ready,
    Waits,
    Sleeps,
    InLine,
    Holds,
    Runs,
    /// Where a task failed or was cancelled.
    Cross,
}

impl Look {
    const ALL: [Self; 7] = [Self::Ready, Self::Waits, Self::Sleeps, Self::InLine, Self::Holds, Self::Runs, Self::Cross];

    /// Its name in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Waits => "waits",
            Self::Sleeps => "sleeps",
            Self::InLine => "in-line",
            Self::Holds => "holds",
            Self::Runs => "runs",
            Self::Cross => "cross",
        }
    }
}

/// Everything of one look and one colour, as path data.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    pub look: Look,
    pub colour: u32,
    pub path: String,
}

/// The lanes of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Lanes {
    /// From lane to lane, in pixels.
    pub pitch: f64,
    pub labels: Vec<Text>,
    /// One label in so many has room to be written.
    pub label_every: usize,
    pub layers: Vec<Layer>,
    /// All arrows from who woke to whom.
    pub arrows: String,
}

impl Lanes {
    /// The lanes in the part of a run that `view` shows.
    pub fn new(history: &History, view: &View) -> Self {
        let count = history.lanes.len().max(1);
        let pitch = ((view.height - MARGIN) / count as f64).min(HIGHEST_LANE);
        let mut paths: Vec<Path> = vec![Path::default(); Look::ALL.len() * (COLOURS as usize + 1)];
        for (number, lane) in history.lanes.iter().enumerate() {
            let colour = colour(TaskId(number as u32)) as usize;
            let mut drawing = LaneDrawing {
                view,
                history,
                top: number as f64 * pitch,
                pitch,
                reached: [f64::NEG_INFINITY; Look::ALL.len()],
            };
            let paths = &mut paths[colour * Look::ALL.len()..(colour + 1) * Look::ALL.len()];
            for segment in &lane.segments {
                drawing.segment(paths, segment);
            }
            if let Some((step, end)) = lane.end {
                drawing.end(paths, step, end);
            }
        }
        let layers: Vec<Layer> = paths
            .into_iter()
            .enumerate()
            .filter(|(_, path)| !path.is_empty())
            .map(|(index, path)| Layer {
                look: Look::ALL[index % Look::ALL.len()],
                colour: (index / Look::ALL.len()) as u32,
                path: path.into_string(),
            })
            .collect();
        let layers = ordered(layers, |layer| layer.look as u64);
        let label_every = (LEAST_FOR_TEXT / pitch).ceil().max(1.0) as usize;
        let labels = history.lanes.iter().map(|lane| lane.label.clone()).collect();
        let arrows = Self::arrows(history, view, pitch, &history.wakes);
        Self { pitch, labels, label_every, layers, arrows }
    }

    /// The arrows of one step alone.
    pub fn arrows_of(&self, history: &History, view: &View, step: u32) -> String {
        let from = history.wakes.partition_point(|wake| wake.step < step);
        let to = history.wakes.partition_point(|wake| wake.step <= step);
        Self::arrows(history, view, self.pitch, &history.wakes[from..to])
    }

    fn arrows(history: &History, view: &View, pitch: f64, wakes: &[Wake]) -> String {
        let mut path = Path::default();
        let visible = |wake: &&Wake| (0.0..=view.width).contains(&view.playhead(history, wake.step));
        if wakes.iter().filter(visible).count() > MOST_ARROWS {
            return String::new();
        }
        for wake in wakes.iter().filter(visible) {
            let x = view.playhead(history, wake.step) - half_step(view);
            let middle = |task: TaskId| (f64::from(task.0) + 0.5) * pitch;
            let (from, to) = (middle(wake.from), middle(wake.to));
            let down = if to > from { 1.0 } else { -1.0 };
            let reach = (pitch * 0.3).min(7.0);
            let (from, to) = (from + down * reach, to - down * reach);
            let bow = 6.0 + ((to - from).abs() * 0.12).min(14.0);
            path.move_to(x, from);
            path.curve((x + bow, (from + to) / 2.0), (x + 1.0, to));
            let head = (pitch * 0.25).clamp(2.0, 4.5);
            path.move_to(x + 1.0 - head * 0.3, to - down * head * 1.2);
            path.line_to(x + 1.0, to);
            path.line_to(x + 1.0 + head, to - down * head * 0.7);
        }
        path.into_string()
    }
}

/// Half of a step's width, where steps have one.
fn half_step(view: &View) -> f64 {
    match view.window.scale {
        Scale::Seconds => 0.0,
        Scale::Steps => view.width / (view.window.to - view.window.from) / 2.0,
    }
}

struct LaneDrawing<'a> {
    view: &'a View,
    history: &'a History,
    top: f64,
    pitch: f64,
    /// How far to the right each look has been drawn: what adds less than half a pixel is left out.
    reached: [f64; Look::ALL.len()],
}

impl LaneDrawing<'_> {
    fn segment(&mut self, paths: &mut [Path], segment: &Segment) {
        let to = segment.to.unwrap_or(self.history.steps());
        let (left, right) = match self.view.window.scale {
            Scale::Steps => {
                let begin = match segment.doing {
                    Doing::Runs | Doing::Holds => segment.from,
                    _ => segment.from + 1,
                };
                (self.view.x(f64::from(begin)), self.view.x(f64::from(to + 1)))
            }
            Scale::Seconds => {
                let begin = match segment.doing {
                    Doing::Runs | Doing::Holds => self.begin_of(segment.from),
                    _ => self.history.time_after(segment.from),
                };
                (self.view.x(begin), self.view.x(self.history.time_after(to)))
            }
        };
        let look = match segment.doing {
            Doing::Ready => Look::Ready,
            Doing::Runs => Look::Runs,
            Doing::InLine => Look::InLine,
            Doing::Sleeps => Look::Sleeps,
            Doing::Waits => Look::Waits,
            Doing::Holds => Look::Holds,
        };
        let instant = right - left < LEAST_WIDTH;
        if instant && !matches!(look, Look::Runs | Look::Holds) {
            return;
        }
        let right = right.max(left + LEAST_WIDTH);
        if right < 0.0 || left > self.view.width || right < self.reached[look as usize] + 0.5 {
            return;
        }
        self.reached[look as usize] = right;
        let (left, right) = (left.max(-1.0), right.min(self.view.width));
        // How much of the lane it takes, from its middle.
        let part = match look {
            Look::Holds | Look::InLine => 0.56,
            Look::Runs => 0.76,
            Look::Waits => 0.2,
            _ => 0.0,
        };
        let height = if part > 0.0 { (self.pitch * part).max(2.0).min(HIGHEST_BAR * part / 0.56) } else { 2.0 };
        let y = self.top + (self.pitch - height) / 2.0;
        let radius = if look == Look::Runs { 1.5 } else { 4.0 };
        paths[look as usize].bar(left, y, right - left, height, radius);
    }

    fn end(&mut self, paths: &mut [Path], step: u32, end: LaneEnd) {
        let x = self.view.playhead(self.history, step);
        if end == LaneEnd::Returned || !(0.0..=self.view.width).contains(&x) {
            return;
        }
        let middle = self.top + self.pitch / 2.0;
        let reach = (self.pitch * 0.2).clamp(1.5, 4.0);
        let path = &mut paths[Look::Cross as usize];
        path.move_to(x - reach, middle - reach);
        path.line_to(x + reach, middle + reach);
        if end == LaneEnd::Failed {
            path.move_to(x - reach, middle + reach);
            path.line_to(x + reach, middle - reach);
        }
    }

    fn begin_of(&self, step: u32) -> f64 {
        self.history.clock.get(step as usize).map_or(0.0, |(begin, _)| *begin)
    }
}
