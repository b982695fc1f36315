//! The few things the page asks of the browser itself.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Document, Element, Performance, Storage, Window};

/// At least this wide, the page shows program and stage side by side and does not scroll; the style sheet says the same.
const WIDE: f64 = 1100.0;

pub fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

pub fn document() -> Document {
    window().document().expect("a page has a document")
}

thread_local! {
    /// Asked for once: the driver of a run looks at the time many thousand times.
    static PERFORMANCE: Option<Performance> = window().performance();
}

fn performance() -> Option<Performance> {
    PERFORMANCE.with(Clone::clone)
}

/// Milliseconds since the page was opened.
pub fn now() -> f64 {
    PERFORMANCE.with(|performance| performance.as_ref().map_or(0.0, Performance::now))
}

/// Notes this moment under a name in the browser's performance timeline.
pub fn mark(name: &str) {
    if let Some(performance) = performance() {
        let _ = performance.mark(name);
    }
}

/// Notes how long it has been since a mark.
pub fn measure(name: &str, since: &str) {
    if let Some(performance) = performance() {
        let _ = performance.measure_with_start_mark(name, since);
    }
}

/// Calls `action` once the next picture has been painted.
pub fn after_paint(action: impl FnOnce() + 'static) {
    let frame = Closure::once_into_js(move || gloo_timers::callback::Timeout::new(0, action).forget());
    let _ = window().request_animation_frame(frame.unchecked_ref());
}

/// What the browser keeps for this page; `None` where it may keep nothing.
pub fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// What was stored under a name.
pub fn stored(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Stores a text under a name.
pub fn store(name: &str, text: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage must not keep the program from running.
        let _ = storage.set_item(name, text);
    }
}

/// Whether program and stage stand side by side.
pub fn is_wide() -> bool {
    !super::embed::is_here()
        && window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width >= WIDE)
}

/// Whether the browser's owner asked for dark pages.
pub fn prefers_dark() -> bool {
    window().match_media("(prefers-color-scheme: dark)").ok().flatten().is_some_and(|query| query.matches())
}

/// The element with the document's root, on which the theme is set.
pub fn root() -> Option<Element> {
    document().document_element()
}

/// Whether a key pressed on this element is meant for it rather than for the page.
pub fn takes_key(element: &Element, key: &str) -> bool {
    match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "BUTTON" => key == " ",
        // A slider: it has no use for these.
        "INPUT" => !matches!(key, " " | "?" | "Escape"),
        _ => false,
    }
}
