//! Which part of a run the timeline shows, and in which scale.

use crate::decimal;
use crate::draw::history::History;
use crate::draw::mark::seconds;
use crate::trace::words::count;

/// Two ticks are no closer than this, in pixels.
const TICK_DISTANCE: f64 = 72.0;
/// Two marks of the clock's time are no closer than this, in pixels.
const CLOCK_MARK_DISTANCE: f64 = 52.0;
/// How many steps of a run that has not ended are shown at once.
const STEPS_AT_ONCE: u32 = 160;
/// Of such a run, so many steps decide how many seconds are shown at once.
const STEPS_FOR_SECONDS: u32 = 50;
/// Where in such a window the playhead stays, as a part of its width.
const PLAYHEAD_AT: f64 = 0.6;

/// What a distance on the timeline means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Seconds,
    Steps,
}

/// The part of a run that is shown: from and to, in the unit of a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    pub scale: Scale,
    pub from: f64,
    pub to: f64,
}

impl Window {
    /// All of a run, or a part of it that follows the playhead: for a run whose end nobody knows.
    pub fn new(history: &History, scale: Scale, playhead: u32, follows: bool) -> Self {
        let whole = match scale {
            Scale::Seconds => history.duration(),
            Scale::Steps => f64::from(history.steps() + 1),
        };
        if !follows {
            // Nothing stands still at the very edge.
            let margin = if scale == Scale::Seconds { whole * 0.02 } else { 0.0 };
            return Self { scale, from: 0.0, to: if whole > 0.0 { whole + margin } else { 1.0 } };
        }
        let (length, at) = match scale {
            Scale::Seconds => {
                let length = nice_above(history.time_after(STEPS_FOR_SECONDS));
                (if length > 0.0 { length } else { 1.0 }, history.time_after(playhead))
            }
            Scale::Steps => (f64::from(STEPS_AT_ONCE), f64::from(playhead)),
        };
        let from = (at - length * PLAYHEAD_AT).max(0.0);
        Self { scale, from, to: from + length }
    }
}

/// A line across the picture with a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub x: f64,
    pub text: String,
}

/// A window and the room it is drawn in, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    pub window: Window,
    pub width: f64,
    pub height: f64,
}

impl View {
    /// Where a moment, in the unit of the scale, stands in the picture.
    pub fn x(&self, moment: f64) -> f64 {
        (moment - self.window.from) / (self.window.to - self.window.from) * self.width
    }

    /// Where the playhead stands after a step.
    pub fn playhead(&self, history: &History, step: u32) -> f64 {
        self.x(match self.window.scale {
            Scale::Seconds => history.time_after(step),
            Scale::Steps => f64::from(step + 1),
        })
    }

    /// The step whose end is nearest to the left of `x`. Where many steps share a moment, the last of them.
    pub fn step_at(&self, history: &History, x: f64) -> u32 {
        let moment = self.window.from + x / self.width * (self.window.to - self.window.from);
        let step = match self.window.scale {
            Scale::Steps => (moment - 0.5).max(0.0) as u32,
            Scale::Seconds => {
                // A little to the right still means the moment itself.
                let reach = moment + 3.0 / self.width * (self.window.to - self.window.from);
                history.clock.partition_point(|(_, end)| *end <= reach).saturating_sub(1) as u32
            }
        };
        step.min(history.steps())
    }

    /// The moments written under the picture.
    pub fn ticks(&self) -> Vec<Tick> {
        let length = self.window.to - self.window.from;
        let mut distance = nice_above(length * TICK_DISTANCE / self.width.max(1.0));
        if self.window.scale == Scale::Steps {
            distance = distance.max(1.0);
        }
        if distance <= 0.0 {
            return Vec::new();
        }
        let decimals = if distance < 0.0095 {
            3
        } else if distance < 0.095 {
            2
        } else {
            usize::from(distance < 0.95)
        };
        let mut ticks = Vec::new();
        let mut number = (self.window.from / distance).ceil();
        while number * distance <= self.window.to {
            let moment = number * distance;
            let (x, text) = match self.window.scale {
                Scale::Seconds => (moment, decimal::fixed(moment, decimals) + " s"),
                // The playhead stands after a step when it has run.
                Scale::Steps => (moment + 1.0, count(moment as usize)),
            };
            ticks.push(Tick { x: self.x(x), text });
            number += 1.0;
        }
        ticks
    }

    /// In the scale of steps, where the virtual clock moves.
    pub fn clock_marks(&self, history: &History) -> Vec<Tick> {
        if self.window.scale == Scale::Seconds {
            return Vec::new();
        }
        let from = self.window.from.max(1.0) as usize;
        let to = (self.window.to as usize).min(history.clock.len());
        let mut marks: Vec<Tick> = Vec::new();
        for step in from..to {
            let (begin, before) = (history.clock[step].0, history.clock[step - 1].1);
            let x = self.x(step as f64);
            if begin > before && marks.last().is_none_or(|mark| x - mark.x >= CLOCK_MARK_DISTANCE) {
                marks.push(Tick { x, text: seconds(begin) });
            }
        }
        marks
    }
}

/// The least of 1, 2, 5, 10, 20, ... and 0.5, 0.2, 0.1, ... that is not below `value`; 0 for 0.
fn nice_above(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let mut power = 1.0;
    while power > value {
        power /= 10.0;
    }
    while power * 10.0 <= value {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|nice| *nice >= value * 0.999_999)
        .unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_between_ticks_are_round() {
        let nice = [0.0, 0.034, 0.5, 1.0, 1.1, 7.0, 42.0].map(nice_above);
        for (found, expected) in nice.into_iter().zip([0.0, 0.05, 0.5, 1.0, 2.0, 10.0, 50.0]) {
            assert!((found - expected).abs() < 1e-9, "{found} instead of {expected}");
        }
    }

    #[test]
    fn ticks_of_seconds_carry_their_unit() {
        let window = Window { scale: Scale::Seconds, from: 0.0, to: 3.06 };
        let ticks = View { window, width: 400.0, height: 100.0 }.ticks();
        assert_eq!(ticks.iter().map(|tick| &*tick.text).collect::<Vec<_>>(), ["0 s", "1 s", "2 s", "3 s"]);
        assert_eq!(ticks[0].x, 0.0);
    }
}
