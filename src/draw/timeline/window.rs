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

/// How much is shown beyond the end of a run that can never continue, as a part of its length.
const STUCK_MARGIN: f64 = 0.15;
/// No fewer steps than this are shown.
const LEAST_STEPS: f64 = 6.0;
/// No less time than this is shown, in seconds.
const LEAST_SECONDS: f64 = 1e-4;
/// A window that is moved by the playhead has it here, as a part of its width.
const PLAYHEAD_CAUGHT_AT: f64 = 0.25;

/// Where more steps than this belong to a moment, on average, a scale in seconds would show next to none of them. Where
/// nobody ever stands in line, it is not worth much anyway.
const MOST_STEPS_A_MOMENT: u32 = 1000;
const MOST_WITHOUT_LINES: u32 = 10;

/// What a distance on the timeline means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    Seconds,
    Steps,
}

impl Scale {
    /// The scale that shows the most of a run: of one in which no time passes, or hardly ever, the steps.
    pub fn best(history: &History) -> Self {
        let most = if history.waits_in_line() { MOST_STEPS_A_MOMENT } else { MOST_WITHOUT_LINES };
        if history.moments.saturating_mul(most) > history.steps() { Self::Seconds } else { Self::Steps }
    }
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
            let margin = if history.stuck {
                // Who waits for ever is seen to wait.
                whole * STUCK_MARGIN
            } else if scale == Scale::Seconds {
                // Nothing stands still at the very edge.
                whole * 0.02
            } else {
                0.0
            };
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

    /// From its left to its right, in the unit of its scale.
    pub fn length(&self) -> f64 {
        self.to - self.from
    }

    /// `factor` times as long, with the moment `at` where it is; within the bounds of `whole`.
    pub fn zoomed(self, factor: f64, at: f64, whole: Self) -> Self {
        let least = if self.scale == Scale::Steps { LEAST_STEPS } else { LEAST_SECONDS };
        let length = (self.length() * factor).max(least).min(whole.length());
        let share = (at - self.from) / self.length();
        self.placed(at - share * length, length, whole)
    }

    /// Moved to the right by so much, but not beyond the bounds of `whole`.
    pub fn moved(self, by: f64, whole: Self) -> Self {
        self.placed(self.from + by, self.length(), whole)
    }

    /// Moved so far that a moment can be seen in it.
    pub fn with_moment(self, moment: f64, whole: Self) -> Self {
        let length = self.length();
        if moment >= self.from && moment <= self.to {
            return self;
        }
        self.placed(moment - length * PLAYHEAD_CAUGHT_AT, length, whole)
    }

    fn placed(self, from: f64, length: f64, whole: Self) -> Self {
        let from = from.min(whole.to - length).max(whole.from);
        Self { scale: self.scale, from, to: from + length }
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
    /// How far the lanes are scrolled.
    pub top: f64,
    /// Whether each task has a lane, rather than all of them bands that say how many do what.
    pub has_lanes: bool,
}

impl View {
    /// Where a moment, in the unit of the scale, stands in the picture.
    pub fn x(&self, moment: f64) -> f64 {
        (moment - self.window.from) / (self.window.to - self.window.from) * self.width
    }

    /// The moment at a place in the picture, in the unit of the scale.
    pub fn moment(&self, x: f64) -> f64 {
        self.window.from + x / self.width * self.window.length()
    }

    /// The moment in which a step ends, in the unit of the scale.
    pub fn moment_after(&self, history: &History, step: u32) -> f64 {
        match self.window.scale {
            Scale::Seconds => history.time_after(step),
            Scale::Steps => f64::from(step + 1),
        }
    }

    /// The moment in which a step begins, in the unit of the scale.
    pub fn moment_before(&self, history: &History, step: u32) -> f64 {
        match self.window.scale {
            Scale::Seconds => history.clock.get(step as usize).map_or(0.0, |(begin, _)| *begin),
            Scale::Steps => f64::from(step),
        }
    }

    /// Where the playhead stands after a step.
    pub fn playhead(&self, history: &History, step: u32) -> f64 {
        self.x(self.moment_after(history, step))
    }

    /// The first and the last step that can be seen.
    pub fn steps(&self, history: &History) -> (u32, u32) {
        let Window { scale, from, to } = self.window;
        let (first, last) = match scale {
            Scale::Steps => (from as u32, to as u32),
            Scale::Seconds => {
                let first = history.clock.partition_point(|(_, end)| *end < from);
                (first as u32, history.clock.partition_point(|(begin, _)| *begin <= to) as u32)
            }
        };
        (first, last.min(history.steps()))
    }

    /// The step whose end is nearest to the left of `x`. Where many steps share a moment, the last of them.
    pub fn step_at(&self, history: &History, x: f64) -> u32 {
        let moment = self.moment(x);
        let step = match self.window.scale {
            Scale::Steps => (moment - 0.5).max(0.0) as u32,
            Scale::Seconds => {
                // A little to the right still means the moment itself.
                let reach = self.moment(x + 3.0);
                history.clock.partition_point(|(_, end)| *end <= reach).saturating_sub(1) as u32
            }
        };
        step.min(history.steps())
    }

    /// The moments written under the picture.
    pub fn ticks(&self) -> Vec<Tick> {
        let mut distance = nice_above(self.window.length() * TICK_DISTANCE / self.width.max(1.0));
        if self.window.scale == Scale::Steps {
            distance = distance.max(1.0);
        }
        if distance <= 0.0 {
            return Vec::new();
        }
        let mut decimals = 0;
        let mut unit = 0.95;
        while distance < unit && decimals < 6 {
            decimals += 1;
            unit /= 10.0;
        }
        let mut ticks = Vec::new();
        // The playhead stands after a step when it has run.
        let later = if self.window.scale == Scale::Steps { 1.0 } else { 0.0 };
        let mut number = ((self.window.from - later) / distance).ceil().max(0.0);
        while number * distance + later <= self.window.to {
            let moment = number * distance;
            let text = match self.window.scale {
                Scale::Seconds => decimal::fixed(moment, decimals) + " s",
                Scale::Steps => count(moment as usize),
            };
            ticks.push(Tick { x: self.x(moment + later), text });
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
        let ticks = View { window, width: 400.0, height: 100.0, top: 0.0, has_lanes: true }.ticks();
        assert_eq!(ticks.iter().map(|tick| &*tick.text).collect::<Vec<_>>(), ["0 s", "1 s", "2 s", "3 s"]);
        assert_eq!(ticks[0].x, 0.0);
    }

    #[test]
    fn ticks_of_steps_stand_where_each_has_run_and_none_beyond_the_picture() {
        for (from, to, numbers) in
            [(0.0, 5.0, &["0", "1", "2", "3", "4"][..]), (2.0, 5.0, &["1", "2", "3", "4"]), (1.5, 3.5, &["1", "2"])]
        {
            let window = Window { scale: Scale::Steps, from, to };
            let ticks = View { window, width: 400.0, height: 100.0, top: 0.0, has_lanes: true }.ticks();
            assert_eq!(ticks.iter().map(|tick| &*tick.text).collect::<Vec<_>>(), numbers);
            assert!(ticks.iter().all(|tick| (0.0..=400.0).contains(&tick.x)), "{ticks:?}");
        }
    }

    #[test]
    fn zooming_keeps_the_moment_under_the_pointer_and_stays_within_the_run() {
        let whole = Window { scale: Scale::Seconds, from: 0.0, to: 10.0 };
        let half = whole.zoomed(0.5, 4.0, whole);
        assert_eq!((half.from, half.to), (2.0, 7.0));
        assert_eq!(half.zoomed(4.0, 4.0, whole), whole);
        assert!((half.zoomed(1e-9, 4.0, whole).length() - LEAST_SECONDS).abs() < 1e-9);
        let moved = half.moved(100.0, whole);
        assert_eq!((moved.from, moved.to), (5.0, 10.0));
        assert_eq!(moved.moved(-100.0, whole).from, 0.0);
    }

    #[test]
    fn a_zoomed_window_goes_where_the_playhead_goes() {
        let whole = Window { scale: Scale::Steps, from: 0.0, to: 100.0 };
        let window = Window { scale: Scale::Steps, from: 10.0, to: 30.0 };
        assert_eq!(window.with_moment(20.0, whole), window);
        for moment in [0.0, 5.0, 31.0, 99.0] {
            let moved = window.with_moment(moment, whole);
            assert!(moved.from <= moment && moment <= moved.to && moved.length() == 20.0, "{moved:?}");
        }
    }
}
