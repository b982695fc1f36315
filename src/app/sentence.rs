//! What just happened and why, in one sentence; and what the page has to say besides.

use yew::prelude::*;

use super::mark::Mark;
use super::moment::{Moment, Piece, Same};
use super::page::Message;

#[derive(Properties, PartialEq)]
pub struct SentenceProperties {
    pub moment: Option<Same<Moment>>,
}

#[function_component]
pub fn SentenceLine(properties: &SentenceProperties) -> Html {
    let Some(moment) = &properties.moment else {
        return html! { <div class="sentence"><p role="status">{ "\u{a0}" }</p></div> };
    };
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => html! { text },
        Piece::Task(task) => html! { <b class="named"><Mark task={task.clone()} />{ &*task.label }</b> },
        Piece::Primitive(name) => html! { <code>{ name }</code> },
    };
    html! {
        <div class="sentence">
            <p role="status">
                if moment.sentence.is_empty() {
                    <span class="hint">
                        { "Nothing has run yet. Press " }<b>{ "Play" }</b>{ ", or go step by step with the arrow keys." }
                    </span>
                } else {
                    { for moment.sentence.iter().map(piece) }
                }
            </p>
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct NoticesProperties {
    pub send: Callback<Message>,
    pub notices: Vec<String>,
    /// The step at which the run goes wrong, and how.
    pub trouble: Option<(u32, String)>,
    /// Where the playhead stands.
    pub at: u32,
}

/// What is wrong with the address, with the run, or with what was run before.
#[function_component]
pub fn Notices(properties: &NoticesProperties) -> Html {
    let NoticesProperties { send, notices, trouble, at } = properties;
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
                    if at != step {
                        <button onclick={let step = *step; send.reform(move |_| Message::Sought(step))}>
                            { format!("Go to step {step}") }
                        </button>
                    }
                </p>
            }
        </div>
    }
}
