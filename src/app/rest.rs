//! The rest of the page's code: what no demo needs.
//!
//! `cargo xtask build` divides the code into two files, so that a first visit is light. The second is fetched with the
//! first text of somebody's own, or when a dialog or the inspector is opened or the timeline is pointed at. Where the code
//! is in one piece, as under `trunk serve`, the rest is always there.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use yew::Callback;

// A script in the page's head does it.
#[wasm_bindgen]
extern "C" {
    /// Tells what the rest is to be joined to: the exports of the code that runs.
    #[wasm_bindgen(js_name = beginRest)]
    fn begin(exports: &JsValue);

    #[wasm_bindgen(js_name = hasRest)]
    fn has() -> bool;

    /// Fetches the rest. `then` is called when it is there, or with the reason why it cannot be had.
    #[wasm_bindgen(js_name = fetchRest)]
    fn start_to_fetch(then: &Function);

    /// Loads the rest while everything else stands still.
    #[wasm_bindgen(js_name = loadRest)]
    fn load();
}

/// Has to be called before anything that may not be there.
pub fn prepare() {
    begin(&wasm_bindgen::exports());
}

/// Whether all code is there.
pub fn is_there() -> bool {
    has()
}

/// Fetches the rest. `came` is told when it is there, or why it cannot be had.
pub fn fetch(came: Callback<Option<String>>) {
    let then = Closure::once_into_js(move |reason: Option<String>| came.emit(reason));
    start_to_fetch(then.unchecked_ref());
}

/// Says that the rest cannot be had.
pub fn missing(reason: &str) -> String {
    let sentence = "A part of Signalbox that this takes could not be loaded. Your program is stored; try again, or reload the \
                    page. (";
    [sentence, reason, ")"].concat()
}

/// Loads the rest at once. The divided code calls this where it needs something that was not foreseen, so this must
/// not need anything itself.
#[wasm_bindgen]
pub fn load_rest() {
    load();
}
