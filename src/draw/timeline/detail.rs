//! Everything there is to say about one place in the timeline.

use super::blocks::block_text;
use super::density::density_counts;
use super::lanes::{Lanes, extent_of, extent_of_hold};
use super::window::{Scale, View};
use super::{Picture, PictureBody};
use crate::draw::history::History;
use crate::draw::lane::{Block, Doing, Lane, Segment};
use crate::trace::words::{count, counted, seconds};
use crate::trace::{Awaited, Cause, Intent, Outcome, PrimitiveId, TaskId};

/// A step's mark is found this far from it, in pixels.
const REACH: f64 = 3.0;
/// With more tasks than this it is not looked up who holds what somebody waits for.
const MOST_ASKED: usize = 500;
/// No more holders than this are named.
const MOST_NAMED: usize = 4;

/// What a pointer at a place in the timeline is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Detail {
    /// The task whose lane it is.
    pub task: Option<TaskId>,
    pub title: String,
    pub lines: Vec<String>,
}

impl Picture {
    /// What there is to say about a place in the picture: in pixels, from the upper left corner of the lanes.
    pub fn detail(&self, history: &History, x: f64, y: f64) -> Option<Detail> {
        let view = &self.view;
        if !(0.0..=view.width).contains(&x) {
            return None;
        }
        match &self.body {
            PictureBody::Lanes(lanes) => {
                let number = lanes.lane_at(view, y)?;
                Some(of_lane(history, view, number, x))
            }
            PictureBody::Density(_) => of_crowd(history, view, x),
        }
    }
}

impl Lanes {
    /// Whether there is more of them than the view shows.
    pub fn overflow(&self, view: &View) -> bool {
        self.whole_height > view.height
    }
}

fn of_crowd(history: &History, view: &View, x: f64) -> Option<Detail> {
    let step = view.step_at(history, x);
    let counts = density_counts(history, step).into_iter().filter(|(_, count)| *count > 0);
    let lines = counts.map(|(band, number)| format!("{} {}", count(number as usize), band.name())).collect();
    let title = format!("step {}, {}", count(step as usize), seconds(history.time_after(step)));
    Some(Detail { task: None, title, lines })
}

fn of_lane(history: &History, view: &View, number: usize, x: f64) -> Detail {
    let lane = &history.lanes[number];
    let mut lines = Vec::new();
    let segment = segment_at(history, view, lane, x);
    match segment {
        Some(index) => tell_segment(history, lane, index, &mut lines),
        None => match &lane.end {
            Some((step, outcome)) if x >= view.playhead(history, *step) => {
                lines.push(match outcome {
                    Outcome::Returned => "finished".to_owned(),
                    Outcome::Failed(exception) => format!("failed: {exception}"),
                    Outcome::Cancelled => "was cancelled".to_owned(),
                });
                lines.push(format!("in step {}, at {}", count(*step as usize), time(history, *step)));
            }
            _ => lines.push("not there yet".to_owned()),
        },
    }
    for hold in &lane.holds {
        let (left, right) = extent_of_hold(history, view, hold);
        if left <= x && x <= right.max(left + REACH) {
            let name = history.primitive_name(hold.primitive);
            lines.push(format!("holds {name}{}", stretch(history, hold.from, hold.to)));
        }
    }
    if let Some(block) = block_at(history, view, x)
        && block.task != Some(TaskId(number as u32))
    {
        lines.push(format!("kept waiting by {}, line {}", block_text(history, block), block.line));
    }
    Detail { task: Some(TaskId(number as u32)), title: lane.label.to_string(), lines }
}

/// The segment at a place in a lane: the shortest of those that are there or very near.
fn segment_at(history: &History, view: &View, lane: &Lane, x: f64) -> Option<usize> {
    let step = view.step_at(history, x);
    let mut found = None;
    let mut least = f64::INFINITY;
    // Many steps can share a moment: those of the same time are all looked at.
    let first = match view.window.scale {
        Scale::Steps => step.saturating_sub(1),
        Scale::Seconds => {
            let moment = view.moment((x - REACH).max(0.0));
            history.clock.partition_point(|(_, end)| *end < moment).saturating_sub(1) as u32
        }
    };
    let begin = lane.segments.partition_point(|segment| segment.to.is_some_and(|to| to < first));
    for (index, segment) in lane.segments.iter().enumerate().skip(begin) {
        let (left, right) = extent_of(history, view, segment);
        if left > x + REACH {
            break;
        }
        let width = right - left;
        let reach = if segment.doing == Doing::Runs && width < 2.0 * REACH { REACH } else { 0.0 };
        // Where nothing can be seen there is nothing to point at.
        if (width < 1.0 && reach == 0.0) || x < left - reach || x > right + reach {
            continue;
        }
        if width <= least {
            (found, least) = (Some(index), width);
        }
    }
    found
}

fn block_at<'a>(history: &'a History, view: &View, x: f64) -> Option<&'a Block> {
    let reach = REACH / 2.0;
    let at = |block: &&Block| match view.window.scale {
        Scale::Seconds => view.x(block.from) - reach <= x && x <= view.x(block.to) + reach,
        Scale::Steps => view.x(f64::from(block.step)) <= x && x <= view.x(f64::from(block.step + 1)),
    };
    history.blocks.iter().find(at)
}

fn tell_segment(history: &History, lane: &Lane, index: usize, lines: &mut Vec<String>) {
    let segment = &lane.segments[index];
    match segment.doing {
        Doing::Runs => {
            let step = segment.from;
            lines.push(format!("runs in step {}, at {}", count(step as usize), time(history, step)));
            for block in history.blocks.iter().filter(|block| block.step == step) {
                lines.push(format!(
                    "blocks all others for {}: time.sleep in line {}",
                    seconds(block.to - block.from),
                    block.line
                ));
            }
            return;
        }
        Doing::Ready { cause, by } => {
            lines.push("ready, waits for the loop to run it".to_owned());
            lines.push(told_cause(history, cause, by));
        }
        Doing::Awaits(awaited) => {
            let place = if segment.line > 0 { format!(", line {}", segment.line) } else { String::new() };
            lines.push(told_awaited(history, awaited) + &place);
            if let Awaited::Primitive { primitive, intent } = awaited
                && intent.line() == Intent::Acquire
            {
                lines.extend(holders(history, primitive, segment.from));
            }
        }
    }
    lines.push(stretch(history, segment.from, segment.to).trim_start_matches([',', ' ']).to_owned());
    if let Doing::Awaits(_) = segment.doing {
        lines.extend(told_wake(history, lane, index));
    }
}

/// What ended a wait.
fn told_wake(history: &History, lane: &Lane, index: usize) -> Option<String> {
    let Segment { doing: Doing::Ready { cause, by }, from, .. } = lane.segments.get(index + 1)? else { return None };
    Some(format!("{} in step {}", told_cause(history, *cause, *by), count(*from as usize)))
}

fn told_cause(history: &History, cause: Cause, by: Option<TaskId>) -> String {
    let by = |verb: &str, otherwise: &str| match by {
        Some(task) => format!("{verb} {}", history.lanes[task.0 as usize].label),
        None => otherwise.to_owned(),
    };
    match cause {
        Cause::Created => by("created by", "created"),
        Cause::Yielded => "gave up its turn".to_owned(),
        Cause::Slept => "its time was over".to_owned(),
        Cause::Woken(_) => by("woken by", "woken"),
        Cause::Completed => by("what it awaited was done by", "what it awaited was done"),
        Cause::Cancelled => by("cancelled by", "cancelled"),
    }
}

fn told_awaited(history: &History, awaited: Awaited) -> String {
    match awaited {
        Awaited::NextTurn => "gives up its turn".to_owned(),
        Awaited::Clock { until } if until.is_infinite() => "asleep for ever".to_owned(),
        Awaited::Clock { until } => format!("asleep until {}", seconds(until)),
        Awaited::Job { until } => format!("awaits a thread until {}", seconds(until)),
        Awaited::Task(task) => format!("awaits {}", history.lanes[task.0 as usize].label),
        Awaited::Gather(gather) => format!("awaits its tasks ({})", history.gathers[gather.0 as usize].name()),
        Awaited::Future => "awaits a future".to_owned(),
        Awaited::Primitive { primitive, intent } => {
            let name = history.primitive_name(primitive);
            match intent {
                Intent::Acquire => format!("in line for {name}"),
                Intent::Reacquire => format!("in line for the lock of {name} again"),
                Intent::Notify => format!("waits for a notification of {name}"),
                Intent::Set => format!("waits for {name} to be set"),
                Intent::Meet => format!("waits for the others at {name}"),
                Intent::Drain => format!("waits for a place at {name}"),
                Intent::Get => format!("waits for an item of {name}"),
                Intent::Put => format!("waits for room in {name}"),
                Intent::Join => format!("waits until all items of {name} are done"),
            }
        }
    }
}

/// Who held a primitive in a step.
fn holders(history: &History, primitive: PrimitiveId, step: u32) -> Option<String> {
    if history.lanes.len() > MOST_ASKED {
        return None;
    }
    let mut holders = Vec::new();
    for lane in &history.lanes {
        let end = lane.holds.partition_point(|hold| hold.from <= step);
        let holds = |hold: &crate::draw::lane::Hold| hold.primitive == primitive && hold.to.is_none_or(|to| to >= step);
        if lane.holds[..end].iter().any(holds) {
            holders.push(&*lane.label);
        }
    }
    match holders.len() {
        0 => None,
        number if number > MOST_NAMED => Some(format!("held by {}", counted(number, "task"))),
        _ => Some(format!("held by {}", holders.join(", "))),
    }
}

/// Since when, and for how long: `, since 1.00 s for 2.00 s (steps 3 to 9)`.
fn stretch(history: &History, from: u32, to: Option<u32>) -> String {
    let last = to.unwrap_or(history.steps());
    let begin = history.time_after(from);
    let length = seconds(history.time_after(last) - begin);
    let so_far = if to.is_none() { " so far" } else { "" };
    let (from, last) = (count(from as usize), count(last as usize));
    format!(", since {} for {length}{so_far} (steps {from} to {last})", seconds(begin))
}

fn time(history: &History, step: u32) -> String {
    seconds(history.time_after(step))
}
