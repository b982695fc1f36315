//! The program under a mouse and a keyboard.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::page::Page;

/// Puts a literal that can be dragged into view and says where its middle is; nothing as long as there is none.
const MIDDLE: &str = "
const literal = document.querySelectorAll('[data-tunable]')[arguments[0]];
if (!literal) return null;
literal.scrollIntoView({ block: 'nearest' });
const { left, top, width, height } = literal.getBoundingClientRect();
return [left + width / 2, top + height / 2]";

impl Page {
    /// The numbers in the program's text that can be dragged.
    pub fn literals(&self) -> Vec<String> {
        let script = "return [...document.querySelectorAll('[data-tunable]')].map(literal => literal.textContent)";
        serde_json::from_value(self.evaluate(script, &[])).expect("a list of texts")
    }

    /// Takes a number in the program's text, counted from 0, drags it so many pixels to the right and lets it go.
    #[track_caller]
    pub fn drag_literal(&self, index: usize, pixels: i32) {
        let middle = self.evaluate(MIDDLE, &[index.into()]);
        let (x, y): (f64, f64) = serde_json::from_value(middle).expect("the number is there");
        let mouse = |kind: &str, x: f64| {
            let held = json!({ "type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            self.browser().devtools("Input.dispatchMouseEvent", held);
        };
        mouse("mousePressed", x);
        // What is taken is drawn anew under way, and the mouse keeps it.
        for part in 1..=3 {
            mouse("mouseMoved", x + f64::from(pixels * part) / 3.0);
        }
        mouse("mouseReleased", x + f64::from(pixels));
    }

    /// Replaces the program by what these keys type.
    #[track_caller]
    pub fn type_program(&self, keys: &str) {
        self.paste_program(" ");
        self.press_key(Key::Backspace);
        self.type_keys(keys);
    }

    /// Presses Tab while the shift key is held down, in the editor.
    #[track_caller]
    pub fn press_shift_tab(&self) {
        let keys = self.browser().driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
        self.wait(keys.perform()).expect("shift and Tab can be pressed");
    }

    /// The words on a task's token, for somebody who hears them.
    pub fn token(&self, task: &str) -> Option<String> {
        let script = "return document.querySelector(`[data-task=\"${arguments[0]}\"]`)?.ariaLabel ?? null";
        self.evaluate(script, &[Value::from(task)]).as_str().map(str::to_owned)
    }
}
