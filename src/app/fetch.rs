//! Texts that are fetched when somebody wants to see them.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

use super::browser::window;
use super::demos::{DEFAULT, DEFAULT_TEXT, Demo};

/// The text of a demo; `None` where it cannot be had.
pub async fn text_of(demo: &'static Demo) -> Option<String> {
    if std::ptr::eq(demo, DEFAULT) {
        return Some(DEFAULT_TEXT.to_owned());
    }
    // Relative: the page works under any path.
    let address = ["demos/", demo.slug, ".py"].concat();
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await.ok()?.unchecked_into();
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}
