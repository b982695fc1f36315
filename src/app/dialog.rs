//! The dialog over the page. The browser keeps the focus in it, closes it on Escape and then gives the focus back.

use web_sys::{Element, HtmlDialogElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::NodeRef;
use yew::prelude::{AttrValue, Callback, Html};

use super::demos::Demo;
use super::gallery::{self, gallery};
use super::guide::{guide, keys};
use super::html::{Button, button, element, listen, tag, text, words};
use super::page;
use super::palette::{Entry, palette};
use super::rest;
use super::share::{self, Sharing};

/// What the dialog is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// To search everything and go there.
    Palette,
    /// All demos, with pictures.
    Gallery,
    /// Which primitive is for what.
    Guide,
    Keys,
    /// What is shown, for others.
    Share,
    /// The same in pages of theirs.
    Embed,
}

impl Sheet {
    /// Its title, and its name to screen readers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Palette => "Find a demo or a command",
            Self::Gallery => "Demos",
            Self::Guide => "Which primitive do I need?",
            Self::Keys => "Keys",
            Self::Share => "Share",
            Self::Embed => "Embed",
        }
    }

    /// Its name in the style sheet.
    fn class(self) -> &'static str {
        match self {
            Self::Palette => "palette",
            Self::Gallery => "gallery",
            Self::Guide => "guide",
            Self::Keys => "keys",
            Self::Share => "share",
            Self::Embed => "embed",
        }
    }
}

/// What happens in the dialog.
#[derive(Clone)]
pub enum Message {
    /// It opens, or closes if it is open.
    Opened(Sheet),
    /// Somebody wants to get out.
    Left,
    /// The browser has closed it.
    Closed,
    /// Something is searched for.
    Typed(String),
    /// Another of what was found is the chosen one.
    Moved(usize),
    /// Something was picked: the dialog closes, and this happens to the page.
    Picked(Box<page::Message>),
    /// The picture of a demo is there, by its place in the list of all.
    Pictured(usize, AttrValue),
}

/// What the page knows that a dialog shows.
pub struct Known<'a> {
    /// The demo that is open.
    pub demo: Option<&'static Demo>,
    /// Titles of the texts people wrote, newest first.
    pub own: &'a [String],
    pub sharing: &'a Sharing,
}

/// The dialog, open or not.
#[derive(Default)]
pub struct Dialog {
    element: NodeRef,
    open: Option<Sheet>,
    /// Whether the browser has been told to show it.
    shown: bool,
    query: String,
    chosen: usize,
    /// Whether the chosen one may be out of sight.
    moved: bool,
    /// Pictures of all demos, as far as they have been drawn.
    pictures: Vec<AttrValue>,
}

impl Dialog {
    /// Takes in what happened; gives back what is to happen to the page now.
    pub fn update(&mut self, send: &Callback<page::Message>, message: Message) -> Option<page::Message> {
        match message {
            // Who never opens one does not download what is in it.
            Message::Opened(sheet) if !rest::is_there() => {
                let send = send.clone();
                rest::fetch(Callback::from(move |trouble: Option<String>| {
                    send.emit(match trouble {
                        None => page::Message::Dialog(Message::Opened(sheet)),
                        Some(_) => page::Message::RestCame(trouble),
                    });
                }));
            }
            Message::Opened(sheet) => {
                let before = self.open;
                self.close();
                if before == Some(sheet) {
                    return None;
                }
                self.open = Some(sheet);
                self.query.clear();
                self.chosen = 0;
                match sheet {
                    Sheet::Gallery if self.pictures.is_empty() => self.pictures = gallery::draw(send),
                    Sheet::Share | Sheet::Embed => return Some(page::Message::Share(share::Message::Opened(sheet))),
                    _ => {}
                }
            }
            Message::Left => self.close(),
            // That it was closed is told later: it may have been opened again, or be about to be.
            Message::Closed if !self.shown || self.dialog().is_some_and(|dialog| dialog.open()) => {}
            Message::Closed => self.open = None,
            Message::Typed(query) => {
                self.query = query;
                self.chosen = 0;
                self.moved = true;
            }
            Message::Moved(chosen) => {
                self.chosen = chosen;
                self.moved = true;
            }
            Message::Picked(message) => {
                self.close();
                return Some(*message);
            }
            Message::Pictured(index, picture) => self.pictures[index] = picture,
        }
        None
    }

    /// Whether it is open, and about this.
    pub fn shows(&self, sheet: Sheet) -> bool {
        self.open == Some(sheet)
    }

    fn dialog(&self) -> Option<HtmlDialogElement> {
        self.element.cast()
    }

    fn close(&mut self) {
        self.open = None;
        self.shown = false;
        if let Some(dialog) = self.dialog() {
            // Of one that is closed, this does nothing.
            dialog.close();
        }
    }

    /// Opens it for the browser once there is something in it that can have the focus.
    pub fn rendered(&mut self) {
        let Some(dialog) = self.dialog().filter(|_| self.open.is_some()) else { return };
        if !dialog.open() {
            let _ = dialog.show_modal();
            self.shown = true;
        }
        if std::mem::take(&mut self.moved)
            && let Ok(Some(option)) = dialog.query_selector("[aria-selected=true]")
        {
            let how = ScrollIntoViewOptions::new();
            how.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&how);
        }
    }

    /// The dialog's element, with nothing in it while it is closed.
    pub fn view(&self, send: &Callback<page::Message>, known: &Known) -> Html {
        let mut inside = Vec::new();
        if let Some(sheet) = self.open {
            let body = match sheet {
                Sheet::Palette => palette(send, &Entry::all(known), &self.query, self.chosen),
                Sheet::Gallery => gallery(send, known.demo, &self.pictures),
                Sheet::Guide => guide(send),
                Sheet::Keys => keys(),
                Sheet::Share => share::sheet(send, known.sharing),
                Sheet::Embed => share::embedding(send, known.sharing),
            };
            let leave = page::Message::Dialog(Message::Left);
            let about = Button { class: "quiet", name: "Close", title: "Escape", ..Button::default() };
            let head = vec![words("h2", "", sheet.title()), button(about, text("×"), send, leave)];
            let sheet = vec![element("div", &["class"], &["sheet-head"], head), body];
            inside.push(element("div", &["class"], &["sheet"], sheet));
        }
        let (class, title) = self.open.map_or(("", ""), |sheet| (sheet.class(), sheet.title()));
        let mut dialog = tag("dialog", &["class", "aria-label"], &[class, title], inside);
        dialog.node_ref = self.element.clone();
        listen(&mut dialog, "close", send, |_| Some(page::Message::Dialog(Message::Closed)));
        let dialog_element = self.element.clone();
        listen(&mut dialog, "click", send, move |event| {
            // What surrounds the dialog counts as the dialog itself.
            let outside = event.target().is_some_and(|target| dialog_element.get().is_some_and(|own| *own == target));
            outside.then_some(page::Message::Dialog(Message::Left))
        });
        dialog.into()
    }
}

/// Whether a dialog is open, so that keys are for it alone.
pub fn is_open(element: Option<&Element>) -> bool {
    element.is_some_and(|element| element.closest("dialog").ok().flatten().is_some())
}
