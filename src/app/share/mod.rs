//! What is shown, for others: as an address, as a file, as a picture, and in pages of their own.

mod embedding;
mod forms;
mod picture;
mod saving;
mod sheet;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

pub use embedding::embedding;
pub use forms::Dialect;
pub use sheet::sheet;

use self::forms::Forms;
use super::address::{Address, Theme, packed};
use super::browser;
use super::dialog::Sheet;
use super::page::{self, Page};
use crate::draw::Shades;

/// The longest address that is offered, in characters.
///
/// Browsers take far longer ones; what carries them from one to another does not. Where one message or post may have so
/// many characters, this fits into it with room to spare; a program of some 600 lines fits into this.
const LONGEST_ADDRESS: usize = 8000;
/// Of a longer one it is said that it is long: much of what people chat with takes no more in one message.
const LONG_ADDRESS: usize = 2000;

/// What can be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    Address,
    Element,
    Frame,
    Markdown,
}

impl What {
    /// The id of the element that has it in it.
    fn id(self) -> &'static str {
        match self {
            Self::Address => "shared-address",
            Self::Element => "shared-element",
            Self::Frame => "shared-frame",
            Self::Markdown => "shared-markdown",
        }
    }
}

/// What can be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum File {
    Program,
    Svg,
    Png,
}

/// What happens in the dialogs about sharing.
#[derive(Clone)]
pub enum Message {
    /// One was opened.
    Opened(Sheet),
    /// A text as it stands in an address, or why it cannot be had.
    Packed(Rc<str>, Result<String, String>),
    WithStep(bool),
    Autoplay(bool),
    Themed(Theme),
    /// The shades of a picture that is to be saved.
    Shaded(Shades),
    Written(Dialect),
    Copy(What),
    /// Whether it could be copied.
    Copied(What, bool),
    Save(File),
    /// Why it could not be saved.
    NotSaved,
}

/// What was shown when the dialog was opened.
struct Shown {
    /// Where it is found, from its beginning, without what can be chosen in the dialog.
    address: Address,
    /// Why it has no address.
    trouble: Option<String>,
    text: Rc<str>,
    title: String,
    step: u32,
    /// Whether there is a run of which a picture can be made.
    has_run: bool,
    /// Whether something was done to the run, which no address says.
    has_what_if: bool,
}

/// What is shared, and how.
pub struct Sharing {
    shown: Option<Shown>,
    with_step: bool,
    autoplay: bool,
    theme: Theme,
    shades: Shades,
    dialect: Dialect,
    /// What was copied last, and whether that was possible.
    copied: Option<(What, bool)>,
    not_saved: bool,
}

impl Default for Sharing {
    fn default() -> Self {
        Self {
            shown: None,
            with_step: true,
            autoplay: false,
            theme: Theme::Auto,
            shades: Shades::Light,
            dialect: Dialect::MkDocs,
            copied: None,
            not_saved: false,
        }
    }
}

impl Sharing {
    /// The address without the page's own part; none if it is not known yet, or too long.
    fn address(&self) -> Option<String> {
        let shown = self.shown.as_ref()?;
        if shown.address.demo.is_none() && shown.address.program.is_none() {
            return None;
        }
        let step = if self.with_step { shown.step } else { 0 };
        let address = here() + &Address { step, ..shown.address.clone() }.write();
        (address.len() <= LONGEST_ADDRESS).then_some(address)
    }

    /// What to put into another page.
    fn forms(&self) -> Option<Forms<'_>> {
        let shown = self.shown.as_ref()?;
        let mut address = shown.address.clone();
        address.step = if self.with_step { shown.step } else { 0 };
        address.autoplay = self.autoplay;
        address.theme = Some(self.theme).filter(|theme| *theme != Theme::Auto);
        Some(Forms { page: here(), title: &shown.title, text: &shown.text, address })
    }

    fn text(&self, what: What) -> Option<String> {
        match what {
            What::Address => self.address(),
            What::Element => Some(self.forms()?.element()),
            What::Frame => self.forms()?.frame(),
            What::Markdown => Some(self.forms()?.markdown(self.dialect)),
        }
    }
}

impl Page {
    /// Does what was asked for in a dialog about sharing.
    // Whoever shares nothing does not download this.
    #[inline(never)]
    pub(super) fn take_share(&mut self, message: Message) {
        match message {
            Message::Opened(sheet) => self.share(sheet),
            Message::Packed(text, program) => {
                let Some(shown) = self.sharing.shown.as_mut().filter(|shown| Rc::ptr_eq(&shown.text, &text)) else {
                    return;
                };
                match program {
                    Ok(program) => shown.address.program = Some(program),
                    Err(trouble) => shown.trouble = Some(trouble),
                }
                if self.dialog.shows(Sheet::Share) {
                    self.copy(What::Address);
                }
            }
            Message::WithStep(with_step) => {
                self.sharing.with_step = with_step;
                self.sharing.copied = None;
                if self.dialog.shows(Sheet::Share) {
                    // What is said to have been copied is what is there to be seen.
                    self.copy(What::Address);
                }
            }
            Message::Autoplay(autoplay) => self.sharing.autoplay = autoplay,
            Message::Themed(theme) => self.sharing.theme = theme,
            Message::Shaded(shades) => self.sharing.shades = shades,
            Message::Written(dialect) => self.sharing.dialect = dialect,
            Message::Copy(what) => self.copy(what),
            Message::Copied(what, done) => {
                self.sharing.copied = Some((what, done));
                if !done {
                    browser::after_paint(move || select(what));
                }
            }
            Message::Save(file) => self.save(file),
            Message::NotSaved => self.sharing.not_saved = true,
        }
    }

    /// Notes what is shown now, for a dialog that has been opened.
    fn share(&mut self, sheet: Sheet) {
        self.playing = None;
        let address = self.address();
        let is_known = address.demo.is_some() || address.program.is_some();
        self.sharing.shown = Some(Shown {
            step: address.step,
            address,
            trouble: None,
            text: self.text.clone(),
            title: self.title(),
            has_run: self.showing.is_some(),
            has_what_if: self.inspector.steps().next().is_some(),
        });
        self.sharing.with_step = true;
        self.sharing.copied = None;
        self.sharing.not_saved = false;
        self.sharing.shades = if self.is_dark() { Shades::Dark } else { Shades::Light };
        if is_known {
            if sheet == Sheet::Share {
                self.copy(What::Address);
            }
            return;
        }
        let (send, text) = (self.send.clone(), self.text.clone());
        spawn_local(async move {
            let program = packed(&text).await;
            send.emit(page::Message::Share(Message::Packed(text, program)));
        });
    }

    fn copy(&self, what: What) {
        if let Some(text) = self.sharing.text(what) {
            saving::copy(text, self.send.reform(move |done| page::Message::Share(Message::Copied(what, done))));
        }
    }

    /// Saves what is shown as a file.
    fn save(&mut self, file: File) {
        let Some(shown) = &self.sharing.shown else { return };
        let name = match shown.address.demo {
            Some(demo) => demo.slug.to_owned(),
            None => saving::name_of(&shown.title),
        };
        let not_saved = self.send.reform(|()| page::Message::Share(Message::NotSaved));
        if file == File::Program {
            saving::save_text(&(name + ".py"), &shown.text, &not_saved);
        } else if let Some(svg) = self.picture() {
            match file {
                File::Png => saving::save_png(name + ".png", svg, not_saved),
                _ => saving::save_text(&(name + ".svg"), &svg, &not_saved),
            }
        }
        self.sharing.not_saved = false;
    }
}

/// Where the page is, without what it is asked for.
fn here() -> String {
    let location = browser::window().location();
    location.origin().unwrap_or_default() + &location.pathname().unwrap_or_default()
}

/// Selects what could not be copied, so that a key can.
fn select(what: What) {
    if let Some(element) = browser::document().get_element_by_id(what.id()) {
        // A text area has the same method.
        element.unchecked_into::<HtmlInputElement>().select();
    }
}
