//! What the program uses of an older Python.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, push_text, raw, text};
use super::page::Message;
use crate::trace::OlderForm;

/// A quiet list: each form once, with all its lines.
pub fn notes(send: &Callback<Message>, notes: &[(OlderForm, u32)]) -> Html {
    let mut items = Vec::new();
    for (index, (form, _)) in notes.iter().enumerate() {
        if notes[..index].iter().any(|(earlier, _)| earlier == form) {
            continue;
        }
        let mut item = Vec::new();
        for (other, line) in notes {
            if other == form {
                let about = Button { class: "to-line", title: "Show where", ..Button::default() };
                item.push(button(about, text(&format!("line {line}")), send, Message::Pointed(*line)));
            }
        }
        item.push(raw(html(&form.sentence())));
        items.push(element("li", &[], &[], item));
    }
    let list = if items.is_empty() {
        vec![]
    } else {
        vec![element("h2", &[], &[], vec![text("Written for an older Python")]), element("ul", &[], &[], items)]
    };
    element("section", &["class", "aria-label"], &["notes", "Notes"], list)
}

/// A sentence with what stands between backticks as code.
fn html(sentence: &str) -> String {
    let mut html = String::from("<span>");
    for (index, part) in sentence.split('`').enumerate() {
        let is_code = index % 2 == 1;
        html.push_str(if is_code { "<code>" } else { "" });
        push_text(&mut html, part);
        html.push_str(if is_code { "</code>" } else { "" });
    }
    html + "</span>"
}
