//! Which program the page shows, and the address that says so.

use super::address::{Address, of_demo};
use super::browser;
use super::demos::{DEFAULT, DEFAULT_TEXT};
use super::fetch;
use super::header::Choice;
use super::page::{Message, Origin, Page};
use super::programs;

impl Page {
    pub(super) fn open(&mut self, choice: Choice) {
        match choice {
            Choice::Demo(demo) => {
                self.set_address(&of_demo(demo, &[], 0));
                self.fetch(Address::of(Some(demo)));
            }
            Choice::Own(index) => {
                let Some(text) = programs::programs().into_iter().nth(index) else { return };
                programs::keep(&text, false);
                self.own = programs::titles();
                self.set_address("");
                self.origin = Origin::Own;
                self.begin(text, Address::of(None));
            }
        }
    }

    /// Begins with the demo of an address as soon as its text is there.
    pub(super) fn fetch(&mut self, address: Address) {
        let demo = address.demo.unwrap_or(DEFAULT);
        self.fetching = Some(demo);
        if std::ptr::eq(demo, DEFAULT) {
            return self.take_fetched(address, Some(DEFAULT_TEXT.to_owned()));
        }
        let send = self.send.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let text = fetch::text_of(demo).await;
            send.emit(Message::Fetched(Box::new(address), text));
        });
    }

    pub(super) fn take_fetched(&mut self, address: Address, text: Option<String>) {
        let demo = address.demo.unwrap_or(DEFAULT);
        if self.fetching != Some(demo) {
            // Something else was asked for meanwhile.
            return;
        }
        match text {
            Some(text) => {
                self.fetching = None;
                self.origin = Origin::Demo(demo);
                self.begin(text, address);
            }
            None => {
                let nothing_is_shown = self.text.is_empty();
                if nothing_is_shown {
                    self.fetch(Address::of(None));
                }
                self.notices.push(format!("The demo “{}” could not be loaded. Is there a connection?", demo.title));
            }
        }
    }

    /// Runs a text from its beginning, or as an address asks for.
    pub(super) fn begin(&mut self, text: String, mut address: Address) {
        let text = address.tune(text);
        self.text = self.as_edited(text).into();
        self.tunables.clear();
        self.tuned = address.tuned;
        self.notices = address.complaints;
        self.seed = address.seed;
        self.playhead = address.step;
        self.playing = None;
        self.rescale(None);
        self.timeline.one_by_one = None;
        self.inspector.close();
        self.run();
        if address.autoplay {
            self.play();
        }
    }

    /// Stores a text of somebody's own: in the place of the program it was made from, if that was one, too.
    pub(super) fn keep(&mut self, text: &str) {
        if let Some(frame) = &mut self.frame {
            return frame.keep(text);
        }
        programs::keep(text, self.origin == Origin::Own);
        self.own = programs::titles();
    }

    /// Puts the part of an address from its question mark on in the place of the present one. In a frame it stays what the
    /// host made it.
    pub(super) fn set_address(&self, search: &str) {
        if self.frame.is_some() {
            return;
        }
        let window = browser::window();
        let path = window.location().pathname().unwrap_or_default();
        if let Ok(history) = window.history() {
            let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("{path}{search}")));
        }
    }
}
