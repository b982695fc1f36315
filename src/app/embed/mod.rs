//! The compact form: what a tutorial shows in the middle of its text.

mod frame;

use web_sys::Element;
use yew::prelude::Html;

pub use frame::{Frame, is_here};

use super::address::Theme;
use super::browser;
use super::html::{Button, Names, button, element, raw, text, words};
use super::icons;
use super::page::{self, Origin, Page};
use super::tunables::sliders;

/// What happens to a page in a frame.
#[derive(Clone)]
pub enum Message {
    /// The frame has come into view, or left it.
    Seen(bool),
    /// The host asks for another theme.
    Themed(Theme),
    /// The program is to be again what the host wants it to be.
    PutBack,
}

impl Page {
    /// The whole page in its compact form.
    pub(super) fn compact(&self, source: Vec<Html>, output: Html) -> Html {
        let random = self.random();
        let mut parts = vec![words("h1", "heard", &self.title())];
        self.view_said(&mut parts);
        self.view_stage(&mut parts);
        self.view_time(&mut parts);
        parts.push(sliders(&self.send, &self.tunables, self.diagnostics.is_empty(), random));
        // What comes and goes must not push its neighbours to other places: their elements would be made anew.
        parts.push(element("div", &[], &[], self.inspector.panel(self.shown_step()).into_iter().collect()));
        let line = self.moment.as_ref().and_then(|moment| moment.current_line);
        let code = line.and_then(|line| self.lines.get(line.checked_sub(1)? as usize));
        let code = code.map_or_else(|| text(""), |code| element("code", &[], &[], vec![raw(code.clone())]));
        parts.push(fold("Source", code, source));
        let last = self.moment.as_ref().and_then(|moment| moment.output.last());
        let last = last.map_or_else(|| text("nothing printed yet"), |line| raw(line.html.clone()));
        parts.push(fold("Output", last, vec![output]));
        parts.push(self.foot());
        element("main", &["class"], &["compact"], parts)
    }

    /// What it is, and the way to the full page.
    fn foot(&self) -> Html {
        let mut foot = vec![icons::logo()];
        let title = match self.origin {
            Origin::Demo(demo) => demo.title,
            Origin::Shared => "Signalbox",
            Origin::Own => "Changed by you",
        };
        foot.push(words("span", "title", title));
        if self.origin == Origin::Own {
            let message = page::Message::Embed(Message::PutBack);
            foot.push(button(Button::default(), text("Put it back"), &self.send, message));
        }
        // From the path on: what the frame itself was asked for must not stay.
        let path = browser::window().location().pathname().unwrap_or_default();
        let names: Names = &["href", "target", "rel"];
        let values = &[&(path + &self.address().write()), "_blank", "noopener"];
        foot.push(element("a", names, values, vec![text("Open in Signalbox")]));
        element("footer", &[], &[], foot)
    }

    /// A text that begins, or what the visitor has made of it in this frame.
    pub(super) fn as_edited(&mut self, text: String) -> String {
        let edited = self.frame.as_mut().and_then(|frame| frame.begin(&text, self.origin));
        if edited.is_some() {
            self.origin = Origin::Own;
        }
        edited.unwrap_or(text)
    }

    /// Opens the fold in which the program's text is.
    pub(super) fn unfold(&self) {
        let fold = self.scroller.cast::<Element>().and_then(|scroller| scroller.closest("details").ok()?);
        if let Some(fold) = fold {
            let _ = fold.set_attribute("open", "");
        }
    }

    /// After the page has been drawn: the host is told how high it is as soon as there is something to see.
    pub(super) fn rendered_in_frame(&mut self) {
        let is_wrong = !self.diagnostics.is_empty();
        let Some(frame) = &mut self.frame else { return };
        if is_wrong || self.moment.is_some() || !self.notices.is_empty() {
            frame.tell(&self.send);
        }
        if is_wrong {
            self.unfold();
        }
    }

    pub(super) fn take_embed(&mut self, message: Message) {
        let Some(frame) = &mut self.frame else { return };
        match message {
            Message::Seen(true) => {
                frame.seen = true;
                if std::mem::take(&mut frame.plays_when_seen) {
                    self.play();
                }
            }
            // Ten of them on a page must not keep the browser busy where nobody looks.
            Message::Seen(false) => {
                frame.seen = false;
                frame.plays_when_seen |= self.playing.take().is_some();
            }
            Message::Themed(theme) => {
                self.theme = theme;
                self.apply_theme();
            }
            Message::PutBack => {
                frame.forget();
                self.origin = frame.origin;
                let (original, mut address) = (frame.original.clone(), frame.address.clone());
                address.autoplay = false;
                self.begin(original, address);
            }
        }
    }
}

/// Something that is folded until somebody wants to see it; `says` is what can be seen of it all the time.
fn fold(name: &'static str, says: Html, inside: Vec<Html>) -> Html {
    let summary = vec![words("h2", "", name), element("span", &["class"], &["says"], vec![says])];
    let mut parts = vec![element("summary", &[], &[], summary)];
    parts.extend(inside);
    element("details", &[], &[], parts)
}
