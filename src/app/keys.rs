//! Keys that work wherever nothing else takes them.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, KeyboardEvent};
use yew::Callback;

use super::browser::{takes_key, window};
use super::dialog::{self, Sheet, is_open};
use super::page::Message;
use super::timeline::Gesture;

/// Listens, for as long as the page is open. `offers_dialogs`: whether some of the keys open one.
pub fn listen(send: Callback<Message>, offers_dialogs: bool) {
    let listener = Closure::<dyn Fn(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if offers_dialogs && (event.ctrl_key() || event.meta_key()) && event.key() == "k" {
            event.prevent_default();
            send.emit(Message::Dialog(dialog::Message::Opened(Sheet::Palette)));
            return;
        }
        if is_open(element.as_ref()) {
            return;
        }
        let taken = element.is_some_and(|element| takes_key(&element, &event.key()));
        if taken || event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
            return;
        }
        let message = match event.key().as_str() {
            " " => Message::PlayOrPause,
            "ArrowRight" => Message::StepForward,
            "ArrowLeft" => Message::StepBack,
            "Home" => Message::Restart,
            "+" | "=" => Message::Timeline(Gesture::Zoom { factor: 0.5, at: None }),
            "-" => Message::Timeline(Gesture::Zoom { factor: 2.0, at: None }),
            "0" => Message::Timeline(Gesture::Fit),
            // The browser closes other things with it.
            "Escape" => return send.emit(Message::Timeline(Gesture::Left)),
            "?" if offers_dialogs => Message::Dialog(dialog::Message::Opened(Sheet::Keys)),
            _ => return,
        };
        event.prevent_default();
        send.emit(message);
    });
    let _ = window().add_event_listener_with_callback("keydown", listener.as_ref().unchecked_ref());
    listener.forget();
}
