//! The rest of the page's code: what no demo needs.
//!
//! `cargo xtask build` divides the code into two files, so that a first visit is light. The second is fetched with the
//! first text of somebody's own. Where the code is in one piece, as under `trunk serve`, the rest is always there.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    /// Loads the rest and puts it behind `first`, the exports of the code that runs; a script in the page's head.
    /// Without `then`, everything stands still until it is there. Otherwise `then` is called when it is, or with the
    /// reason why it cannot be had.
    #[wasm_bindgen(js_name = loadRest)]
    fn load(first: &JsValue, then: Option<&Function>);

    #[wasm_bindgen(js_name = hasRest)]
    fn has(first: &JsValue) -> bool;
}

/// Whether all code is there.
pub fn is_there() -> bool {
    has(&wasm_bindgen::exports())
}

/// Fetches the rest. `came` is told when it is there, or why it cannot be had.
pub fn fetch(came: Callback<Option<String>>) {
    let then = Closure::once_into_js(move |reason: Option<String>| came.emit(reason));
    load(&wasm_bindgen::exports(), Some(then.unchecked_ref()));
}

/// Loads the rest at once. The code that divides the code calls this where something is needed that was not foreseen.
#[wasm_bindgen]
pub fn load_rest() {
    load(&wasm_bindgen::exports(), None);
}
