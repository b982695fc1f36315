//! The page in a frame of somebody else's page.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use web_sys::Storage;
use yew::Callback;

use super::Message;
use crate::app::address::{Address, Theme};
use crate::app::browser;
use crate::app::page::{self, Origin};

/// What the root element has in the compact form, for the style sheet and for [`is_here`].
const ATTRIBUTE: &str = "data-embed";

// A script in the page's head does it.
#[wasm_bindgen]
extern "C" {
    /// Tells the host from now on how high the page is. `themed` is told the name of the theme that the host asks for,
    /// `seen` whether the frame has come into view or left it.
    #[wasm_bindgen(js_name = beginFrame)]
    fn begin(themed: &Function, seen: &Function);
}

/// Whether the page is in its compact form.
pub fn is_here() -> bool {
    browser::root().is_some_and(|root| root.has_attribute(ATTRIBUTE))
}

/// What a page in a frame knows besides.
pub struct Frame {
    /// The program as the host wants it to be, where it is from, and the address that said so.
    pub original: String,
    pub origin: Origin,
    pub address: Address,
    /// Whether it can be seen.
    pub seen: bool,
    /// Whether it is to play as soon as it can be seen.
    pub plays_when_seen: bool,
    /// Whether the host is told how high the page is.
    tells: bool,
}

impl Frame {
    /// A frame with nothing in it, and the page in its compact form.
    pub fn new(address: Address) -> Self {
        if let Some(root) = browser::root() {
            let _ = root.set_attribute(ATTRIBUTE, "");
        }
        Self {
            original: String::new(),
            origin: Origin::Shared,
            address,
            seen: false,
            plays_when_seen: false,
            tells: false,
        }
    }

    /// Begins with a program as the host wants it to be. What the visitor had made of it before the host's page was loaded
    /// anew comes back.
    ///
    /// Such an edit belongs to the place where it was made. It is kept as long as the browser's tab, like what
    /// is typed into a form: it does not push its way between the programs that the visitor wrote on the full page. The
    /// link to that page takes it along.
    pub fn begin(&mut self, text: &str, origin: Origin) -> Option<String> {
        let edited = session().and_then(|session| session.get_item(&key(text)).ok().flatten());
        self.original = text.to_owned();
        self.origin = origin;
        edited
    }

    /// Keeps what the visitor has made of the program.
    pub fn keep(&self, text: &str) {
        if let Some(session) = session() {
            // A full or forbidden storage must not keep the program from running.
            let _ = session.set_item(&key(&self.original), text);
        }
    }

    /// Forgets what the visitor has made of the program.
    pub fn forget(&self) {
        if let Some(session) = session() {
            let _ = session.remove_item(&key(&self.original));
        }
    }

    /// Begins to tell the host how high the page is, now that there is something to be seen.
    pub fn tell(&mut self, send: &Callback<page::Message>) {
        if std::mem::replace(&mut self.tells, true) {
            return;
        }
        let themed = send
            .reform(|name: String| page::Message::Embed(Message::Themed(Theme::named(&name).unwrap_or(Theme::Auto))));
        let seen = send.reform(|seen| page::Message::Embed(Message::Seen(seen)));
        let themed = Closure::<dyn Fn(String)>::new(move |name| themed.emit(name));
        let seen = Closure::<dyn Fn(bool)>::new(move |is_seen| seen.emit(is_seen));
        begin(themed.as_ref().unchecked_ref(), seen.as_ref().unchecked_ref());
        themed.forget();
        seen.forget();
    }
}

fn session() -> Option<Storage> {
    browser::window().session_storage().ok().flatten()
}

/// The name under which it is kept what a text was changed to.
fn key(original: &str) -> String {
    ["signalbox:edited:", original].concat()
}
