//! How the inspector is opened and closed: whatever on the page stands for a task or a primitive says so in
//! `data-inspect`, and a click on it, or Enter, opens it.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};
use yew::NodeRef;
use yew::prelude::Callback;

use super::Message;
use crate::app::browser::{document, is_wide, window};
use crate::app::page;
use crate::lab::Subject;
use crate::trace::{PrimitiveId, TaskId};

/// What does something else when it is clicked.
const CONTROLS: &str = "button, a, input, select, textarea, summary";
/// Between what the panel is about and the panel, where it lies over the page, in pixels.
const DISTANCE: f64 = 16.0;

/// The value of `data-inspect` for a subject.
pub fn key(subject: Subject) -> String {
    match subject {
        Subject::Task(task) => format!("t{}", task.0),
        Subject::Primitive(primitive) => format!("p{}", primitive.0),
    }
}

fn subject(key: &str) -> Option<Subject> {
    let number = key.get(1..)?.parse().ok()?;
    match &key[..1] {
        "t" => Some(Subject::Task(TaskId(number))),
        "p" => Some(Subject::Primitive(PrimitiveId(number))),
        _ => None,
    }
}

/// Listens, for as long as the page is open.
pub fn listen(send: Callback<page::Message>) {
    let listener = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let Some(message) = meaning(&event) else { return };
        // Escape closes other things, too.
        if message != Message::Closed {
            event.prevent_default();
        }
        send.emit(page::Message::Inspector(message));
    });
    for event in ["click", "keydown"] {
        let _ = document().add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
    }
    listener.forget();
}

fn meaning(event: &Event) -> Option<Message> {
    let target: Element = event.target()?.dyn_into().ok()?;
    if event.default_prevented() {
        return None;
    }
    let pointed = target.closest("[data-inspect]").ok().flatten();
    match event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).as_deref() {
        None => {
            let control = target.closest(CONTROLS).ok().flatten();
            let pointed = pointed.filter(|pointed| control.is_none_or(|control| control.contains(Some(pointed))))?;
            subject(&pointed.get_attribute("data-inspect")?).map(Message::Opened)
        }
        Some("Enter" | " ") if !target.matches(CONTROLS).unwrap_or(true) => {
            subject(&target.get_attribute("data-inspect")?).map(Message::Opened)
        }
        Some("Escape") if document().query_selector("dialog[open]").ok().flatten().is_none() => Some(Message::Closed),
        _ => None,
    }
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Gives the panel the focus. Where it lies over the page, what it is about is scrolled to where it can be seen.
pub fn focus(panel: &NodeRef, about: Subject) {
    let Some(panel) = panel.cast::<HtmlElement>() else { return };
    let _ = panel.focus();
    if is_wide() {
        return;
    }
    let key = key(about);
    let there = format!(".card[data-inspect={key}], .token[data-inspect={key}]");
    let Some(there) = document().query_selector(&there).ok().flatten() else { return };
    // The buttons of the playback stick to the panel.
    let buttons = document().query_selector(".transport").ok().flatten();
    let buttons = buttons.map_or(0.0, |buttons| buttons.get_bounding_client_rect().height());
    let bottom = panel.get_bounding_client_rect().top() - buttons - DISTANCE;
    let there = there.get_bounding_client_rect();
    // Only if it was in sight, and no further than its upper edge.
    let hidden = (there.bottom() - bottom).min(there.top() - DISTANCE);
    if hidden > 0.0 && there.top() < bottom + buttons + panel.get_bounding_client_rect().height() {
        window().scroll_by_with_x_and_y(0.0, hidden);
    }
}
