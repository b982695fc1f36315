//! A lane for each task: what it does when, and who wakes whom.

use super::path::Path;
use super::window::{Scale, View, Window};
use crate::draw::history::History;
use crate::draw::lane::{Doing, Hold, Lane, Segment, Wake};
use crate::draw::mark::{COLOURS, colour};
use crate::order::ordered;
use crate::trace::{Awaited, Outcome, PrimitiveId, TaskId, Text};

/// Lanes are no lower and no higher than this, in pixels: what does not fit is scrolled.
const LOWEST_LANE: f64 = 17.0;
const HIGHEST_LANE: f64 = 44.0;
/// What stands in a lane is no higher than this, in pixels.
const HIGHEST_BAR: f64 = 20.0;
/// Between the lowest lane and the ticks' texts.
const MARGIN: f64 = 6.0;
/// What is narrower than this is drawn this wide.
const LEAST_WIDTH: f64 = 2.0;
/// More arrows than this would hide what they point to.
const MOST_ARROWS: usize = 400;
/// How wide a letter in a bar is taken to be, and what is kept free around the text, in pixels.
const LETTER: f64 = 5.9;
const AROUND_TEXT: f64 = 10.0;
/// How far the mark of an end reaches from its middle, in pixels.
const END_REACH: f64 = 4.0;

/// How a part of a lane looks. What comes later is drawn over what comes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Ready,
    Waits,
    Sleeps,
    Holds,
    /// Held within another hold.
    HoldsInside,
    InLine,
    Runs,
    Finished,
    Failed,
    Cancelled,
}

impl Look {
    const ALL: [Self; 10] = [
        Self::Ready,
        Self::Waits,
        Self::Sleeps,
        Self::Holds,
        Self::HoldsInside,
        Self::InLine,
        Self::Runs,
        Self::Finished,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Its name in a style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Waits => "waits",
            Self::Sleeps => "sleeps",
            Self::Holds => "holds",
            Self::HoldsInside => "inside",
            Self::InLine => "in-line",
            Self::Runs => "runs",
            Self::Finished => "end",
            Self::Failed => "end failed",
            Self::Cancelled => "end cancelled",
        }
    }

    fn of(doing: Doing) -> Self {
        match doing {
            Doing::Ready { .. } => Self::Ready,
            Doing::Runs => Self::Runs,
            Doing::Awaits(Awaited::Primitive { .. }) => Self::InLine,
            Doing::Awaits(Awaited::Clock { .. }) => Self::Sleeps,
            Doing::Awaits(_) => Self::Waits,
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

/// The name of a primitive in the bar of who holds it or stands in its line.
#[derive(Clone, Debug, PartialEq)]
pub struct BarText {
    pub x: f64,
    /// The foot of its letters.
    pub y: f64,
    pub text: Text,
    /// Whether it stands on the full colour of a hold.
    pub on_colour: bool,
}

/// The lanes of a run that can be seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Lanes {
    /// From lane to lane, in pixels.
    pub pitch: f64,
    /// The number of the first lane that can be seen.
    pub first: usize,
    /// The labels of those that can be seen.
    pub labels: Vec<Text>,
    /// The longest label of all.
    pub longest: Text,
    /// The height of all lanes, in pixels; the view shows as much of them as it is high.
    pub whole_height: f64,
    pub layers: Vec<Layer>,
    pub texts: Vec<BarText>,
    /// All arrows from who woke to whom.
    pub arrows: String,
}

/// From lane to lane, in pixels, where so many lanes have this height.
pub fn pitch(lanes: usize, height: f64) -> f64 {
    ((height - MARGIN) / lanes.max(1) as f64).max(LOWEST_LANE).min(HIGHEST_LANE)
}

/// The height of all lanes, of which a view of this height shows as much as there is room for.
pub fn whole_height(lanes: usize, height: f64) -> f64 {
    (pitch(lanes, height) * lanes as f64 + MARGIN).max(height)
}

impl Lanes {
    /// The lanes in the part of a run that `view` shows. Bars that are no further than `gap` pixels apart are one.
    pub fn new(history: &History, view: &View, gap: f64) -> Self {
        let count = history.lanes.len();
        let pitch = pitch(count, view.height);
        let first = ((view.top / pitch) as usize).min(count);
        let last = (((view.top + view.height) / pitch).ceil() as usize).min(count).max(first);
        let steps = view.steps(history);
        let mut paths: Vec<Path> = vec![Path::default(); Look::ALL.len() * (COLOURS as usize + 1)];
        let mut texts = Vec::new();
        for (number, lane) in history.lanes.iter().enumerate().take(last).skip(first) {
            let colour = colour(TaskId(number as u32)) as usize;
            let mut drawing = LaneDrawing {
                view,
                history,
                top: number as f64 * pitch - view.top,
                pitch,
                gap,
                bars: [None; Look::ALL.len()],
                paths: &mut paths[colour * Look::ALL.len()..(colour + 1) * Look::ALL.len()],
                texts: &mut texts,
            };
            drawing.lane(lane, steps);
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
        let labels = history.lanes[first..last].iter().map(|lane| lane.label.clone()).collect();
        let mut longest: Text = "".into();
        for lane in &history.lanes {
            if lane.label.len() > longest.len() {
                longest = lane.label.clone();
            }
        }
        let arrows = arrows(history, view, pitch, wakes_in(history, steps));
        Self { pitch, first, labels, longest, whole_height: whole_height(count, view.height), layers, texts, arrows }
    }

    /// The arrows of one step alone.
    pub fn arrows_of(&self, history: &History, view: &View, step: u32) -> String {
        arrows(history, view, self.pitch, wakes_in(history, (step, step)))
    }

    /// The number of the lane at a height in the picture, if there is one.
    pub fn lane_at(&self, view: &View, y: f64) -> Option<usize> {
        let lane = (y + view.top) / self.pitch;
        (y >= 0.0 && y <= view.height && lane < (self.first + self.labels.len()) as f64).then_some(lane as usize)
    }
}

fn wakes_in(history: &History, (first, last): (u32, u32)) -> &[Wake] {
    let from = history.wakes.partition_point(|wake| wake.step < first);
    let to = history.wakes.partition_point(|wake| wake.step <= last);
    &history.wakes[from..to]
}

fn arrows(history: &History, view: &View, pitch: f64, wakes: &[Wake]) -> String {
    let mut path = Path::default();
    if wakes.len() > MOST_ARROWS {
        return String::new();
    }
    for wake in wakes {
        let x = view.playhead(history, wake.step) - half_step(view);
        let middle = |task: TaskId| (f64::from(task.0) + 0.5) * pitch - view.top;
        let (from, to) = (middle(wake.from), middle(wake.to));
        if !(0.0..=view.width).contains(&x) || from.max(to) < 0.0 || from.min(to) > view.height {
            continue;
        }
        let down = if to > from { 1.0 } else { -1.0 };
        let reach = (pitch * 0.3).min(7.0);
        let (from, to) = (from + down * reach, to - down * reach);
        let bow = 6.0 + ((to - from).abs() * 0.12).min(14.0);
        path.move_to(x, from);
        path.curve((x + bow, (from + to) / 2.0), (x + 1.0, to));
        let head = (pitch * 0.25).min(4.5);
        path.move_to(x + 1.0 - head * 0.3, to - down * head * 1.2);
        path.line_to(x + 1.0, to);
        path.line_to(x + 1.0 + head, to - down * head * 0.7);
    }
    path.into_string()
}

/// Half of a step's width, where steps have one.
fn half_step(view: &View) -> f64 {
    match view.window.scale {
        Scale::Seconds => 0.0,
        Scale::Steps => view.width / view.window.length() / 2.0,
    }
}

/// From where to where a segment goes, in pixels.
pub fn extent_of(history: &History, view: &View, segment: &Segment) -> (f64, f64) {
    let begin = match segment.doing {
        Doing::Runs => view.moment_before(history, segment.from),
        _ => view.moment_after(history, segment.from),
    };
    (view.x(begin), end_of(history, view, segment.to))
}

/// From where to where a hold goes, in pixels.
pub fn extent_of_hold(history: &History, view: &View, hold: &Hold) -> (f64, f64) {
    (view.x(view.moment_before(history, hold.from)), end_of(history, view, hold.to))
}

/// Where a step ends, in pixels. What never ends in a program that can never continue goes on beyond its last step.
fn end_of(history: &History, view: &View, step: Option<u32>) -> f64 {
    match step {
        None if history.stuck => view.x(Window::new(history, view.window.scale, 0, false).to),
        _ => view.playhead(history, step.unwrap_or(history.steps())),
    }
}

#[derive(Clone, Copy)]
struct Bar {
    left: f64,
    right: f64,
    /// Whether it is several that are too close to be told apart.
    several: bool,
}

struct LaneDrawing<'a> {
    view: &'a View,
    history: &'a History,
    top: f64,
    pitch: f64,
    gap: f64,
    /// The bar of each look that may still grow.
    bars: [Option<Bar>; Look::ALL.len()],
    paths: &'a mut [Path],
    texts: &'a mut Vec<BarText>,
}

impl LaneDrawing<'_> {
    fn lane(&mut self, lane: &Lane, (first, last): (u32, u32)) {
        // With one primitive alone there is no question which it is.
        let names = self.history.primitives.len() > 1;
        let end = lane.holds.partition_point(|hold| hold.from <= last);
        let holds = &lane.holds[..end];
        for (index, hold) in holds.iter().enumerate() {
            if hold.to.is_some_and(|to| to < first) {
                continue;
            }
            let (left, right) = extent_of_hold(self.history, self.view, hold);
            self.bar(if hold.depth == 0 { Look::Holds } else { Look::HoldsInside }, left, right);
            if names {
                let next = holds.get(index + 1).map(|next| extent_of_hold(self.history, self.view, next).0);
                let wait = self.line_within(lane, hold);
                let free = right.min(next.unwrap_or(right)).min(wait.unwrap_or(right));
                self.text(hold.primitive, left, free, true);
            }
        }
        for segment in lane.segments_in(first, last) {
            let (left, right) = extent_of(self.history, self.view, segment);
            let look = Look::of(segment.doing);
            if right - left < LEAST_WIDTH && look != Look::Runs {
                continue;
            }
            self.bar(look, left, right);
            if let (true, Doing::Awaits(Awaited::Primitive { primitive, .. })) = (names, segment.doing) {
                self.text(primitive, left, right, false);
            }
        }
        for look in Look::ALL {
            self.finish_bar(look);
        }
        if let Some((step, outcome)) = &lane.end {
            self.end(*step, outcome);
        }
    }

    /// Where a task that holds something begins to stand in line for something else.
    fn line_within(&self, lane: &Lane, hold: &Hold) -> Option<f64> {
        let segments = lane.segments_in(hold.from, hold.to.unwrap_or(self.history.steps()));
        let waits =
            segments.iter().find(|segment| segment.from >= hold.from && Look::of(segment.doing) == Look::InLine);
        Some(extent_of(self.history, self.view, waits?).0)
    }

    /// Adds a bar, or makes the last one of its look longer.
    fn bar(&mut self, look: Look, left: f64, right: f64) {
        let right = right.max(left + LEAST_WIDTH);
        if right < 0.0 || left > self.view.width {
            return;
        }
        // Round ends of what goes on are not seen.
        let (left, right) = (left.max(-20.0), right.min(self.view.width + 20.0));
        // What a task does is told apart by what is between; of marks that touch there is nothing to tell.
        let near = if look == Look::Runs { self.gap } else { self.gap - 0.5 };
        match &mut self.bars[look as usize] {
            Some(bar) if left <= bar.right + near && (right - left < 6.0 || look == Look::Runs) => {
                bar.right = bar.right.max(right);
                bar.several = true;
            }
            _ => {
                self.finish_bar(look);
                self.bars[look as usize] = Some(Bar { left, right, several: false });
            }
        }
    }

    fn finish_bar(&mut self, look: Look) {
        let Some(Bar { left, right, several }) = self.bars[look as usize].take() else { return };
        let (mut y, mut height) = self.place(look);
        if look == Look::Runs && several && right - left > 6.0 {
            // Steps without a gap between them would hide what is done between them.
            (y, height) = (y + height * 0.35, height * 0.3);
        }
        let radius = match look {
            Look::Runs => 1.5,
            Look::HoldsInside | Look::InLine => 3.0,
            _ => 4.0,
        };
        self.paths[look as usize].bar(left, y, right - left, height, radius);
    }

    /// How high a look stands in the lane, and its height.
    fn place(&self, look: Look) -> (f64, f64) {
        // How much of the lane it takes, from its middle.
        let part = match look {
            Look::Holds => 0.62,
            Look::InLine | Look::HoldsInside => 0.46,
            Look::Runs => 0.8,
            Look::Waits => 0.2,
            _ => 0.0,
        };
        let height = if part > 0.0 { (self.pitch * part).max(2.0).min(HIGHEST_BAR * part / 0.62) } else { 2.0 };
        (self.top + (self.pitch - height) / 2.0, height)
    }

    fn text(&mut self, primitive: PrimitiveId, left: f64, right: f64, on_colour: bool) {
        let (left, right) = (left.max(0.0), right.min(self.view.width));
        let name = self.history.primitive_name(primitive);
        if name.chars().count() as f64 * LETTER + AROUND_TEXT > right - left {
            return;
        }
        let y = self.top + self.pitch / 2.0 + 3.5;
        self.texts.push(BarText { x: left + AROUND_TEXT / 2.0 + 1.0, y, text: name.into(), on_colour });
    }

    /// A mark whose shape says how the task ended: a tick, a cross, a circle with a line through it.
    fn end(&mut self, step: u32, outcome: &Outcome) {
        let x = self.view.playhead(self.history, step);
        if !(0.0..=self.view.width).contains(&x) {
            return;
        }
        // Beside the end, but within the picture.
        let x = (x + 7.0).min(self.view.width - END_REACH - 1.0);
        let y = self.top + self.pitch / 2.0;
        let reach = (self.pitch * 0.2).min(END_REACH);
        let look = match outcome {
            Outcome::Returned => Look::Finished,
            Outcome::Failed(_) => Look::Failed,
            Outcome::Cancelled => Look::Cancelled,
        };
        self.paths[look as usize].ending(look, x, y, reach);
    }
}

impl Path {
    /// The mark of an ending around a point.
    pub fn ending(&mut self, look: Look, x: f64, y: f64, reach: f64) {
        match look {
            Look::Finished => {
                self.move_to(x - reach, y);
                self.line_to(x - reach * 0.25, y + reach * 0.75);
                self.line_to(x + reach, y - reach * 0.75);
            }
            Look::Failed => {
                self.move_to(x - reach, y - reach);
                self.line_to(x + reach, y + reach);
                self.move_to(x - reach, y + reach);
                self.line_to(x + reach, y - reach);
            }
            _ => {
                self.circle(x, y, reach);
                self.move_to(x - reach * 0.7, y + reach * 0.7);
                self.line_to(x + reach * 0.7, y - reach * 0.7);
            }
        }
    }
}
