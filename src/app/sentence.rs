//! What just happened and why, in one sentence; and what the page has to say besides.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, keyed, push_mark, push_text, raw, text, words};
use super::moment::{Moment, Piece};
use super::page::Message;

/// What stands in the place of the sentence before the first step.
const BEGINNING: &str =
    "<span class=\"hint\">Nothing has run yet. Press <b>Play</b>, or go step by step with the arrow keys.</span>";

/// What just happened and why.
pub fn sentence(moment: Option<&Moment>) -> Html {
    let mut html = String::new();
    match moment {
        None => html.push('\u{a0}'),
        Some(moment) if moment.sentence.is_empty() => html.push_str(BEGINNING),
        Some(moment) => push_pieces(&mut html, &moment.sentence),
    }
    element("div", &["class"], &["sentence"], vec![element("p", &["role"], &["status"], vec![raw(html)])])
}

/// Adds a sentence.
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
