//! A tunable's literal, dragged to the left or to the right where it stands in the program. Without a pointer, its
//! slider does the same.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlTextAreaElement, PointerEvent};
use yew::virtual_dom::VTag;

use super::typing;
use crate::app::html::listen;
use crate::app::page::{Message, Page};
use crate::lab::Tunable;

/// The attribute by which a literal in the text is known: its tunable's place in the list.
pub(super) const ATTRIBUTE: &str = "data-tunable";
/// All values of a tunable lie within this distance, in pixels.
const TRAVEL: f64 = 240.0;
/// From one value to the next.
const LEAST_PITCH: f64 = 4.0;
const GREATEST_PITCH: f64 = 14.0;

/// What a pointer does to a literal.
#[derive(Clone, Copy)]
pub enum Gesture {
    /// It takes a tunable's literal, at this part of its width.
    Taken {
        tunable: usize,
        x: i32,
        part: f64,
    },
    Moved {
        x: i32,
    },
    LetGo,
    /// The browser needs the pointer for something else.
    Lost,
}

/// A literal in somebody's hand.
pub struct Held {
    tunable: usize,
    x: i32,
    part: f64,
    /// Its value when it was taken.
    value: f64,
    has_moved: bool,
}

/// Listens to what is done to the literals in the editor's paper.
pub(super) fn hear(paper: &mut VTag, send: &yew::Callback<Message>) {
    listen(paper, "pointerdown", send, |event| {
        let event: PointerEvent = event.unchecked_into();
        let literal: Element = event.target()?.dyn_into().ok()?;
        let tunable = literal.get_attribute(ATTRIBUTE)?.parse().ok()?;
        if event.button() != 0 {
            return None;
        }
        // No text is selected instead; the literal itself is drawn anew with every value.
        event.prevent_default();
        if let Ok(Some(paper)) = literal.closest(".paper") {
            let _ = paper.set_pointer_capture(event.pointer_id());
        }
        let bounds = literal.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - bounds.left()) / bounds.width();
        Some(Message::Literal(Gesture::Taken { tunable, x: event.client_x(), part }))
    });
    listen(paper, "pointermove", send, |event| {
        let event: PointerEvent = event.unchecked_into();
        (event.buttons() & 1 == 1).then(|| Message::Literal(Gesture::Moved { x: event.client_x() }))
    });
    listen(paper, "pointerup", send, |_| Some(Message::Literal(Gesture::LetGo)));
    listen(paper, "pointercancel", send, |_| Some(Message::Literal(Gesture::Lost)));
}

impl Page {
    /// Does what a gesture means.
    pub(in crate::app) fn take_literal(&mut self, gesture: Gesture) {
        match gesture {
            Gesture::Taken { tunable, x, part } => {
                let value = self.tunables.get(tunable).map(|tunable| tunable.value);
                self.literal = value.map(|value| Held { tunable, x, part, value, has_moved: false });
            }
            Gesture::Moved { x } => {
                let Some(held) = &mut self.literal else { return };
                let Some(tunable) = self.tunables.get(held.tunable) else { return };
                let value = dragged(tunable, held.value, x - held.x);
                if value != tunable.value {
                    held.has_moved = true;
                    self.send.emit(Message::Tuned(held.tunable, value));
                }
            }
            Gesture::LetGo | Gesture::Lost => match self.literal.take() {
                Some(Held { has_moved: true, .. }) => self.send.emit(Message::Settled),
                // It was meant for the text below.
                Some(held) if matches!(gesture, Gesture::LetGo) => self.point_into(&held),
                _ => {}
            },
        }
    }

    fn point_into(&self, held: &Held) {
        let Some(tunable) = self.tunables.get(held.tunable) else { return };
        let area = self.scroller.cast::<Element>().and_then(|scroller| scroller.query_selector("textarea").ok()?);
        let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) else { return };
        let letters = (held.part * tunable.range.len() as f64).round() as usize;
        typing::place_caret(&area, tunable.range.start + letters.min(tunable.range.len()));
    }
}

/// The value of a tunable that was dragged so many pixels to the right of where its value was `from`.
fn dragged(tunable: &Tunable, from: f64, pixels: i32) -> f64 {
    let Tunable { minimum, maximum, step, .. } = *tunable;
    let pitch = (TRAVEL * step / (maximum - minimum).max(step)).clamp(LEAST_PITCH, GREATEST_PITCH);
    let values = (f64::from(pixels) / pitch).round();
    // On the slider's own values, which begin at the least.
    let value = ((from - minimum) / step + values).round() * step + minimum;
    let value = if values == 0.0 { from } else { value };
    // What steps of 0.1 add up to is not always what it says.
    ((value * 1e6).round() / 1e6).max(minimum).min(maximum)
}
