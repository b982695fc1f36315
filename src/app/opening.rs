//! Which program the page shows, and the address that says so.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::address::{Address, packed, unpacked};
use super::browser;
use super::demos::{DEFAULT, DEFAULT_TEXT};
use super::fetch;
use super::header::Choice;
use super::page::{Message, Origin, Page};
use super::{programs, rest};

/// What the address asks for that the page has now.
pub(super) fn present() -> Address {
    let location = browser::window().location();
    Address::read(&location.search().unwrap_or_default(), &location.hash().unwrap_or_default())
}

/// Tells the page, for as long as it is open, when somebody has put another program into its address.
pub(super) fn listen(send: Callback<Message>) {
    let changed = Closure::<dyn Fn()>::new(move || send.emit(Message::Readdressed));
    let _ = browser::window().add_event_listener_with_callback("hashchange", changed.as_ref().unchecked_ref());
    changed.forget();
}

impl Page {
    /// Opens what an address asks for.
    pub(super) fn visit(&mut self, address: Address) {
        self.speed = address.speed;
        if let Some(frame) = &mut self.frame {
            frame.address = address.clone();
        }
        if let Some(theme) = address.theme {
            self.theme = theme;
            self.apply_theme();
        }
        if address.program.is_some() {
            return self.fetch_rest_for(address);
        }
        let asks_for_nothing = address.demo.is_none() && address.tuned.is_empty() && address.complaints.is_empty();
        match programs::programs().into_iter().next() {
            Some(own) if asks_for_nothing && self.frame.is_none() => {
                self.origin = Origin::Own;
                self.begin_unless_crashed(own, address);
            }
            _ => self.fetch(address),
        }
    }

    /// Begins with the program that an address holds as soon as there is all code that this takes.
    fn fetch_rest_for(&mut self, address: Address) {
        self.asked += 1;
        let (asked, send) = (self.asked, self.send.clone());
        let came = Callback::from(move |trouble: Option<String>| {
            let (address, send) = (Box::new(address.clone()), send.clone());
            match trouble {
                None => spawn_local(unpack(asked, address, send)),
                Some(reason) => send.emit(Message::Fetched(asked, address, Err(rest::missing(&reason)))),
            }
        });
        if rest::is_there() { came.emit(None) } else { rest::fetch(came) }
    }

    pub(super) fn open(&mut self, choice: Choice) {
        match choice {
            Choice::Demo(demo) => {
                let address = Address::of(Some(demo));
                self.set_address(&address.write());
                self.fetch(address);
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
    fn fetch(&mut self, address: Address) {
        self.asked += 1;
        let (asked, demo) = (self.asked, address.demo.unwrap_or(DEFAULT));
        if std::ptr::eq(demo, DEFAULT) {
            return self.take_fetched(asked, address, Ok(DEFAULT_TEXT.to_owned()));
        }
        let send = self.send.clone();
        spawn_local(async move {
            let missing = || ["The demo “", demo.title, "” could not be loaded. Is there a connection?"].concat();
            let text = fetch::text_of(demo).await.ok_or_else(missing);
            send.emit(Message::Fetched(asked, Box::new(address), text));
        });
    }

    pub(super) fn take_fetched(&mut self, asked: u32, address: Address, text: Result<String, String>) {
        if self.asked != asked {
            // Something else was asked for meanwhile.
            return;
        }
        match text {
            Ok(text) => {
                if address.program.is_some() {
                    self.origin = Origin::Shared;
                    return self.begin_unless_crashed(text, address);
                }
                self.origin = Origin::Demo(address.demo.unwrap_or(DEFAULT));
                self.begin(text, address);
            }
            Err(trouble) => {
                let nothing_is_shown = self.text.is_empty();
                if nothing_is_shown || address.program.is_some() {
                    self.fetch(Address::of(None));
                }
                self.notices.push(trouble);
            }
        }
    }

    /// Runs a text from its beginning, or as an address asks for.
    pub(super) fn begin(&mut self, text: String, mut address: Address) {
        self.asked += 1;
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

    /// The same, unless the page came to a stop over it.
    fn begin_unless_crashed(&mut self, text: String, address: Address) {
        if self.frame.is_some() || !programs::has_crashed() {
            return self.begin(text, address);
        }
        self.text = text.into();
        self.read_text();
        self.notices = vec![
            "Signalbox stopped while it ran this program, so it has not been started again. Change it, or pick a demo."
                .to_owned(),
        ];
    }

    /// A control was let go: the address says what is shown now. What is shown of somebody's own text, it does not say.
    pub(super) fn settle(&self) {
        match self.origin {
            Origin::Demo(demo) => self.set_address(&Address::tuned(demo, &self.tuned, self.seed).write()),
            Origin::Shared => self.pack(),
            Origin::Own => {}
        }
    }

    /// In a frame there is a link to what is shown, so it has to be known how that stands in an address.
    pub(super) fn pack_for_frame(&self) {
        if self.frame.is_some() && !matches!(self.origin, Origin::Demo(_)) {
            self.pack();
        }
    }

    fn pack(&self) {
        let (send, text) = (self.send.clone(), self.text.clone());
        spawn_local(async move {
            let program = packed(&text).await.ok();
            send.emit(Message::Packed(text, program));
        });
    }

    /// It is known how a text stands in an address; whether that is to be seen.
    pub(super) fn take_packed(&mut self, text: Rc<str>, program: Option<String>) -> bool {
        let Some(program) = program.filter(|_| self.text == text) else { return false };
        if self.origin == Origin::Shared {
            let address = Address { program: Some(program.clone()), seed: self.seed, ..Address::of(None) };
            self.set_address(&address.write());
        }
        self.packed = Some((text, program));
        self.frame.is_some()
    }

    /// The address of what is shown, without what a program is that is not known yet as it stands in an address.
    pub(super) fn address(&self) -> Address {
        let mut address = match self.origin {
            Origin::Demo(demo) => Address::tuned(demo, &self.tuned, self.seed),
            Origin::Shared | Origin::Own => Address { seed: self.seed, ..Address::of(None) },
        };
        if address.demo.is_none() {
            let packed = self.packed.as_ref().filter(|(text, _)| *text == self.text);
            address.program = packed.map(|(_, program)| program.clone());
        }
        address.step = self.shown_step();
        address.speed = self.speed;
        address
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

async fn unpack(asked: u32, address: Box<Address>, send: Callback<Message>) {
    let text = unpacked(address.program.as_deref().unwrap_or_default()).await;
    send.emit(Message::Fetched(asked, address, text.map_err(|reason| reason + " This is the default demo.")));
}
