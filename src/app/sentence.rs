//! What just happened and why, in one sentence; and what the page has to say besides.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, keyed, mark, raw, text, words};
use super::inspector::key;
use super::moment::{Moment, Piece};
use super::page::Message;
use crate::lab::Subject;

/// What stands in the place of the sentence before the first step.
const BEGINNING: &str =
    "<span class=\"hint\">Nothing has run yet. Press <b>Play</b>, or go step by step with the arrow keys.</span>";

/// What just happened and why. While the run plays, a screen reader could not keep up, and is told when it stops.
pub fn sentence(moment: Option<&Moment>, playing: bool) -> Html {
    let said = match moment {
        None => vec![text("\u{a0}")],
        Some(moment) if moment.sentence.is_empty() => vec![raw(BEGINNING)],
        Some(moment) => said(&moment.sentence),
    };
    let live = if playing { "off" } else { "polite" };
    let sentence = element("p", &["role", "aria-live"], &["status", live], said);
    element("div", &["class"], &["sentence"], vec![sentence])
}

/// A sentence with its tasks and primitives as things that can be inspected.
pub fn said(pieces: &[Piece]) -> Vec<Html> {
    let said = |piece: &Piece| match piece {
        Piece::Text(words) => text(words),
        Piece::Task(task) => {
            let mark = element("span", &["aria-hidden"], &["true"], vec![mark(task)]);
            let key = key(Subject::Task(task.task));
            element("b", &["class", "data-inspect"], &["named", &key], vec![mark, text(&task.label)])
        }
        Piece::Primitive(primitive, name) => {
            element("code", &["data-inspect"], &[&key(Subject::Primitive(*primitive))], vec![text(name)])
        }
    };
    pieces.iter().map(said).collect()
}

/// What goes wrong in a run, at which step, and a picture of it.
pub struct Trouble {
    pub step: u32,
    pub explanation: String,
    pub picture: Option<String>,
}

/// What is wrong with the address, with what was run before, or with the run.
/// `at` is where the playhead stands.
pub fn notices(send: &Callback<Message>, notices: &[String], trouble: Option<&Trouble>, at: u32) -> Html {
    let mut children = Vec::new();
    for (index, notice) in notices.iter().enumerate() {
        let about = Button { class: "quiet", name: "Dismiss", ..Button::default() };
        let dismiss = button(about, text("×"), send, Message::Dismissed(index));
        children.push(keyed(index.to_string(), "p", &["class"], &["notice"], vec![words("span", "", notice), dismiss]));
    }
    if let Some(Trouble { step, explanation, picture }) = trouble {
        let mut said = vec![words("span", "", explanation)];
        said.extend(picture.clone().map(raw));
        // It stays when it has nothing left to do: without it, the stage would move.
        let (step, idle) = (*step, at == *step);
        let says = text(&format!("Go to step {step}"));
        said.push(button(Button { idle, ..Button::default() }, says, send, Message::Sought(step)));
        children.push(element("p", &["class"], &["notice trouble"], said));
    }
    element("div", &["role", "class"], &["alert", "notices"], children)
}
