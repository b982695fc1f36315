//! The timeline under a mouse, and under two fingers.

use serde_json::{Value, json};

use crate::page::{Page, SLIDERS};

/// A place in the timeline's picture: as a share of its width, and in pixels from its top.
pub type Place = (f64, f64);

impl Page {
    /// The words in the timeline's picture: names of primitives, moments, what blocks.
    #[track_caller]
    pub fn timeline_texts(&self) -> Vec<String> {
        let script =
            "return [...element.closest('section').querySelectorAll('svg text')].map(text => text.textContent)";
        self.ask(SLIDERS, "Timeline", script, Value::Null)
    }

    /// Everything that is written around the picture.
    #[track_caller]
    pub fn timeline_words(&self) -> String {
        self.ask(SLIDERS, "Timeline", "return element.closest('section').innerText", Value::Null)
    }

    /// What the timeline tells of the place under the pointer.
    pub fn tooltip(&self) -> Option<String> {
        self.evaluate("return document.querySelector('[role=tooltip]')?.innerText ?? null", &[])
            .as_str()
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// How high the timeline's picture is, in pixels.
    #[track_caller]
    pub fn timeline_height(&self) -> f64 {
        self.timeline_box()[3]
    }

    /// Moves the mouse to a place.
    #[track_caller]
    pub fn point_at_timeline(&self, place: Place) {
        self.mouse("mouseMoved", place, json!({}));
    }

    /// Presses the mouse at a place, moves it to another with the button held down, and lets it go.
    #[track_caller]
    pub fn drag_timeline(&self, from: Place, to: Place) {
        let held = json!({ "button": "left", "buttons": 1, "clickCount": 1 });
        self.point_at_timeline(from);
        self.mouse("mousePressed", from, held.clone());
        if to != from {
            self.mouse("mouseMoved", to, held.clone());
        }
        self.mouse("mouseReleased", to, held);
    }

    /// Turns the wheel at a place by so many pixels across and along, with the Ctrl key or without.
    #[track_caller]
    pub fn turn_wheel_at_timeline(&self, place: Place, (across, along): (f64, f64), control: bool) {
        let modifiers = if control { 2 } else { 0 };
        self.mouse("mouseWheel", place, json!({ "deltaX": across, "deltaY": along, "modifiers": modifiers }));
    }

    /// Puts two fingers on the picture, moves both, and lifts them: where they are across it, and how far down.
    #[track_caller]
    pub fn pinch_timeline(&self, from: (f64, f64), to: (f64, f64), down: f64) {
        let [left, top, width, _] = self.timeline_box();
        let touch = |kind: &str, shares: &[f64]| {
            let finger = |(id, share): (usize, &f64)| json!({ "id": id, "x": left + width * share, "y": top + down });
            let fingers: Vec<Value> = shares.iter().enumerate().map(finger).collect();
            self.browser().devtools("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": fingers }));
        };
        touch("touchStart", &[from.0]);
        touch("touchStart", &[from.0, from.1]);
        for part in 1..=4 {
            let on_its_way = |from: f64, to: f64| from + (to - from) * f64::from(part) / 4.0;
            touch("touchMove", &[on_its_way(from.0, to.0), on_its_way(from.1, to.1)]);
        }
        touch("touchEnd", &[]);
    }

    /// Left, top, width and height of the picture, in pixels.
    #[track_caller]
    fn timeline_box(&self) -> [f64; 4] {
        let script = "element.scrollIntoView({ block: 'nearest' });
            const { left, top, width, height } = element.parentElement.getBoundingClientRect();
            return [left, top, width, height]";
        self.ask(SLIDERS, "Timeline", script, Value::Null)
    }

    #[track_caller]
    fn mouse(&self, kind: &str, (share, down): Place, mut parameters: Value) {
        let [left, top, width, _] = self.timeline_box();
        parameters["type"] = kind.into();
        parameters["x"] = (left + width * share).into();
        parameters["y"] = (top + down).into();
        self.browser().devtools("Input.dispatchMouseEvent", parameters);
    }
}
