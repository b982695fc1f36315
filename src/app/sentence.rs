//! What just happened and why, in one sentence; and what the page has to say besides.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, keyed, mark, push_mark, push_text, raw, text, words};
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
        Some(moment) => moment.sentence.iter().map(said).collect(),
    };
    let live = if playing { "off" } else { "polite" };
    let sentence = element("p", &["role", "aria-live"], &["status", live], said);
    element("div", &["class"], &["sentence"], vec![sentence])
}

fn said(piece: &Piece) -> Html {
    match piece {
        Piece::Text(words) => text(words),
        Piece::Task(task) => {
            let mark = element("span", &["aria-hidden"], &["true"], vec![mark(task)]);
            let key = key(Subject::Task(task.task));
            element("b", &["class", "data-inspect"], &["named", &key], vec![mark, text(&task.label)])
        }
        Piece::Primitive(primitive, name) => {
            element("code", &["data-inspect"], &[&key(Subject::Primitive(*primitive))], vec![text(name)])
        }
    }
}

/// Adds a sentence to a text from which elements are made.
pub fn push_pieces(html: &mut String, pieces: &[Piece]) {
    pieces.iter().for_each(|piece| push_piece(html, piece));
}

fn push_piece(html: &mut String, piece: &Piece) {
    match piece {
        Piece::Text(text) => push_text(html, text),
        Piece::Task(task) => {
            *html += &format!("<b class=\"named\" data-inspect=\"t{}\"><span aria-hidden=\"true\">", task.task.0);
            push_mark(html, task);
            html.push_str("</span>");
            push_text(html, &task.label);
            html.push_str("</b>");
        }
        Piece::Primitive(primitive, name) => {
            *html += &format!("<code data-inspect=\"p{}\">", primitive.0);
            push_text(html, name);
            html.push_str("</code>");
        }
    }
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
        if at != *step {
            let step = *step;
            let says = text(&format!("Go to step {step}"));
            said.push(button(Button::default(), says, send, Message::Sought(step)));
        }
        children.push(element("p", &["class"], &["notice trouble"], said));
    }
    element("div", &["role", "class"], &["alert", "notices"], children)
}
