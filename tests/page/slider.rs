//! Sliders, moved by keyboard and by mouse.

use std::ops::RangeInclusive;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

use crate::page::{Page, SLIDERS};

/// The width of a slider's thumb in Chromium, in pixels. A slider's ends are half a thumb inside its box.
const THUMB: f64 = 16.0;

/// More key presses than this take too long.
const MOST_PRESSES: f64 = 60.0;

/// Between two movements of the mouse, for the page to come to rest.
const BETWEEN_MOVES: Duration = Duration::from_millis(60);

/// A slider of the page, by its name. It is looked up again for every use, since the page may have drawn it anew.
#[derive(Clone, Copy)]
pub struct Slider<'page> {
    page: &'page Page,
    name: &'page str,
}

impl<'page> Slider<'page> {
    pub(crate) fn new(page: &'page Page, name: &'page str) -> Self {
        Self { page, name }
    }

    /// Where it stands.
    #[track_caller]
    pub fn value(self) -> f64 {
        self.number("element.value ?? element.getAttribute('aria-valuenow')")
    }

    /// Between which values it can be moved.
    #[track_caller]
    pub fn range(self) -> RangeInclusive<f64> {
        let minimum = self.number("element.min || element.getAttribute('aria-valuemin') || 0");
        let maximum = self.number("element.max || element.getAttribute('aria-valuemax') || 100");
        minimum..=maximum
    }

    /// Moves it to a value with the arrow keys.
    #[track_caller]
    pub fn set(self, value: f64) {
        let step = self.number("element.step || 1");
        let presses = (value - self.value()) / step;
        let key = if presses > 0.0 { Key::Right } else { Key::Left };
        assert!(presses.abs() <= MOST_PRESSES, "{} is {} key presses away from {value}", self.name, presses.abs());
        for _ in 0..presses.abs().round() as usize {
            self.press(&key);
        }
        self.wait_for(value);
    }

    /// Moves it to its least value with the home key.
    #[track_caller]
    pub fn set_to_least(self) {
        self.press(&Key::Home);
    }

    /// Moves it to its greatest value with the end key.
    #[track_caller]
    pub fn set_to_greatest(self) {
        self.press(&Key::End);
    }

    /// Drags its thumb with the mouse to about where a value is, and goes the last steps with the arrow keys: a pixel
    /// is not always a value.
    ///
    /// # Panics
    ///
    /// When dragging brings it nowhere near.
    #[track_caller]
    pub fn drag_to(self, value: f64) {
        let range = self.range();
        let length = range.end() - range.start();
        let (from, to) = (self.place(self.value()), self.place(value));
        let middle = (from.0.midpoint(to.0), from.1);
        let browser = self.page.browser();
        let drag = browser
            .driver
            .action_chain()
            .move_to(from.0, from.1)
            .click_and_hold()
            .move_to(middle.0, middle.1)
            .move_to(to.0, to.1)
            .release();
        let dragged = browser.runtime.block_on(drag.perform());
        dragged.unwrap_or_else(|error| panic!("the slider named {} cannot be dragged: {error}", self.name));
        self.page.wait_until(&format!("{} to be dragged to about {value}", self.name), |_| {
            (self.value() - value).abs() <= (length / 10.0).max(1.0)
        });
        self.set(value);
    }

    /// Takes its thumb with the mouse, and moves it to the next value and back, so many times.
    #[track_caller]
    pub fn shake(self, moves: usize) {
        let (value, step) = (self.value(), self.number("element.step || 1"));
        let next = if value + step <= *self.range().end() { value + step } else { value - step };
        let places = [self.place(value), self.place(next)];
        let mouse = |what: &str, (x, y): (i64, i64)| {
            let event = json!({ "type": what, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            self.page.browser().devtools("Input.dispatchMouseEvent", event);
        };
        mouse("mousePressed", places[0]);
        for number in 0..moves {
            mouse("mouseMoved", places[(number + 1) % 2]);
            thread::sleep(BETWEEN_MOVES);
        }
        mouse("mouseReleased", places[moves % 2]);
    }

    /// Where its thumb is at a value, in the window.
    #[track_caller]
    fn place(self, value: f64) -> (i64, i64) {
        let range = self.range();
        let script = "element.scrollIntoView({ block: 'center' });
            const { left, top, width, height } = element.getBoundingClientRect();
            return [left, top, width, height]";
        let [left, top, width, height]: [f64; 4] = self.page.ask(SLIDERS, self.name, script, Value::Null);
        let x = left + THUMB / 2.0 + (width - THUMB) * (value - range.start()) / (range.end() - range.start());
        (x.round() as i64, (top + height / 2.0).round() as i64)
    }

    #[track_caller]
    fn press(self, key: &Key) {
        let press = |slider: &WebElement| self.page.wait(slider.send_keys(key.clone() + ""));
        self.page.on_element(SLIDERS, self.name, press);
    }

    #[track_caller]
    fn wait_for(self, value: f64) {
        self.page.wait_until(&format!("{} to be {value}", self.name), |_| (self.value() - value).abs() < 1e-9);
    }

    /// A number that an expression finds at `element`.
    #[track_caller]
    fn number(self, expression: &str) -> f64 {
        self.page.ask(SLIDERS, self.name, &format!("return Number({expression})"), Value::Null)
    }
}
