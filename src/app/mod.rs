//! The page.

mod address;
mod browser;
mod demos;
mod dialog;
mod editor;
mod embed;
mod engine;
mod fetch;
mod gallery;
mod guide;
mod header;
mod html;
mod icons;
mod inspector;
mod keys;
mod layout;
mod moment;
mod notes;
mod opening;
mod output;
mod page;
mod palette;
mod playing;
mod printout;
mod programs;
mod rest;
mod sentence;
mod share;
mod showing;
mod stage;
mod timeline;
mod transport;
mod tunables;

use wasm_bindgen::prelude::wasm_bindgen;

/// What a run of a program records, one JSON object a line, for tests and scripts: `window.wasmBindings.trace(text)`.
/// The run stops at `until` seconds of virtual time, if that is given. A text that is not a program that can be run
/// gives its diagnostics instead.
#[wasm_bindgen]
pub fn trace(text: &str, until: Option<f64>) -> String {
    use crate::lab::{Program, Run, Settings, trace_lines};
    match Program::compile(text) {
        Ok(program) => {
            let mut run = Run::new(&program, &Settings { until, ..Settings::default() });
            run.finish();
            trace_lines(&run.trace())
        }
        Err(diagnostics) => diagnostics.iter().map(|diagnostic| format!("{diagnostic}\n")).collect(),
    }
}

/// Puts the page into the document.
pub fn mount() {
    rest::prepare();
    std::panic::set_hook(Box::new(|panic| say_what_went_wrong(&panic.to_string())));
    crate::python::letters::prepare();
    yew::Renderer::<page::Page>::new().render();
}

/// Says in the document, without the page's own machinery, that it cannot go on.
fn say_what_went_wrong(reason: &str) {
    // In a frame nothing was stored that it might have stopped at.
    let advice = if embed::is_here() {
        "Reload"
    } else {
        programs::note_crash();
        "Your program is stored; reload"
    };
    let document = browser::document();
    let (Ok(alert), Some(body)) = (document.create_element("div"), document.body()) else { return };
    let _ = alert.set_attribute("role", "alert");
    let _ = alert.set_attribute("class", "crash");
    alert.set_text_content(Some(&format!(
        "Signalbox itself has stopped, which it never should. {advice} the page to go on. ({reason})"
    )));
    let _ = body.prepend_with_node_1(&alert);
}
