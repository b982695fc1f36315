//! What just happened and why, in one sentence; and what the page has to say besides.

use yew::prelude::*;

use super::html::{push_mark, push_text, raw};
use super::moment::{Moment, Piece};
use super::page::Message;

/// What just happened and why.
pub fn sentence(moment: Option<&Moment>) -> Html {
    let Some(moment) = moment else {
        return html! { <div class="sentence"><p role="status">{ "\u{a0}" }</p></div> };
    };
    let mut words = String::new();
    for piece in &moment.sentence {
        match piece {
            Piece::Text(text) => push_text(&mut words, text),
            Piece::Task(task) => {
                words.push_str("<b class=\"named\"><span aria-hidden=\"true\">");
                push_mark(&mut words, task);
                words.push_str("</span>");
                push_text(&mut words, &task.label);
                words.push_str("</b>");
            }
            Piece::Primitive(name) => {
                words.push_str("<code>");
                push_text(&mut words, name);
                words.push_str("</code>");
            }
        }
    }
    html! {
        <div class="sentence">
            <p role="status">
                if moment.sentence.is_empty() {
                    <span class="hint">
                        { "Nothing has run yet. Press " }<b>{ "Play" }</b>{ ", or go step by step with the arrow keys." }
                    </span>
                } else {
                    { raw(words) }
                }
            </p>
        </div>
    }
}

/// What is wrong with the address, with what was run before, or with the run: the step at which it goes wrong, and how.
/// `at` is where the playhead stands.
pub fn notices(send: &Callback<Message>, notices: &[String], trouble: Option<&(u32, String)>, at: u32) -> Html {
    let notice = |(index, text): (usize, &String)| {
        html! {
            <p class="notice" key={index}>
                <span>{ text }</span>
                <button class="quiet" aria-label="Dismiss" onclick={send.reform(move |_| Message::Dismissed(index))}>
                    { "×" }
                </button>
            </p>
        }
    };
    html! {
        <div role="alert" class="notices">
            { for notices.iter().enumerate().map(notice) }
            if let Some((step, text)) = trouble {
                <p class="notice trouble">
                    <span>{ text }</span>
                    if at != *step {
                        <button onclick={let step = *step; send.reform(move |_| Message::Sought(step))}>
                            { format!("Go to step {step}") }
                        </button>
                    }
                </p>
            }
        </div>
    }
}
