//! Puts texts on the clipboard, and files where the browser puts what is downloaded.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement, Url};
use yew::Callback;

use crate::app::browser::{document, window};

/// How much larger than on the page a picture is that is made of pixels: as large as good displays show it.
const ENLARGED: u32 = 2;
/// After so many milliseconds a browser has saved what it was given.
const PATIENCE: u32 = 60_000;

/// Puts a text on the clipboard; `done` is told whether that was possible.
pub fn copy(text: String, done: Callback<bool>) {
    let clipboard = window().navigator().clipboard();
    // Pages that did not come over a safe connection have none.
    if clipboard.is_undefined() {
        return done.emit(false);
    }
    spawn_local(async move { done.emit(JsFuture::from(clipboard.write_text(&text)).await.is_ok()) });
}

/// A name for a file with something of this title in it.
pub fn name_of(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().take(40) {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "program".to_owned() } else { name.to_owned() }
}

/// Saves a text as a file; `not_saved` hears of it if that cannot be done.
pub fn save_text(name: &str, text: &str, not_saved: &Callback<()>) {
    let blob = Blob::new_with_str_sequence(&Array::of1(&text.into()));
    if blob.and_then(|blob| save(name, &blob)).is_err() {
        not_saved.emit(());
    }
}

/// Saves a picture, given as SVG, as a file of pixels; `not_saved` hears of it if that cannot be done.
pub fn save_png(name: String, svg: String, not_saved: Callback<()>) {
    spawn_local(async move {
        let saved = match pixels(&svg).await {
            Ok(blob) => save(&name, &blob),
            Err(error) => Err(error),
        };
        if saved.is_err() {
            not_saved.emit(());
        }
    });
}

async fn pixels(svg: &str) -> Result<Blob, JsValue> {
    // By attributes: each property of its own that is used here would be a line in the script of every first visit.
    let image: HtmlImageElement = document().create_element("img")?.unchecked_into();
    let address = ["data:image/svg+xml,", &String::from(js_sys::encode_uri_component(svg))].concat();
    image.set_attribute("src", &address)?;
    JsFuture::from(image.decode()).await?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    let (width, height) = (image.natural_width() * ENLARGED, image.natural_height() * ENLARGED);
    canvas.set_attribute("width", &width.to_string())?;
    canvas.set_attribute("height", &height.to_string())?;
    let context: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.unchecked_into();
    let (width, height) = (f64::from(width), f64::from(height));
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let mut begin = |resolve: js_sys::Function, _| drop(canvas.to_blob(&resolve));
    // Of a canvas that is too large for the browser there is none.
    JsFuture::from(Promise::new(&mut begin)).await?.dyn_into()
}

fn save(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link: HtmlElement = document().create_element("a")?.unchecked_into();
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    link.click();
    Timeout::new(PATIENCE, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}
