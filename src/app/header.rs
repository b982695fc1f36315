//! The top of the page: what it is, which program it shows, and where the rest is.

use yew::prelude::{Callback, Html};

use super::address::Theme;
use super::demos::Demo;
use super::dialog::{self, Sheet};
use super::html::{Button, button, element, listen, raw, tag, text, words};
use super::icons;
use super::page::Message;

/// A program that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Demo(&'static Demo),
    /// One of the texts people wrote, 0 being the newest.
    Own(usize),
}

/// The top of the page, over a program of this title; `lesson` says what there is to see in it.
pub fn header(send: &Callback<Message>, title: &str, lesson: &str, theme: Theme) -> Html {
    let theme = ["Light or dark (now ", theme.name(), ")"].concat();
    let about = Button { class: "quiet", name: "Light or dark", title: &theme, ..Button::default() };
    let children = vec![
        element("h1", &["class"], &["logo"], vec![icons::logo(), text("Signalbox")]),
        picker(send, title),
        words("p", "lesson", lesson),
        opener(send, Sheet::Gallery, "Demos", icons::gallery()),
        opener(send, Sheet::Guide, "Guide", icons::guide()),
        opener(send, Sheet::Keys, "Keys", icons::keys()),
        opener(send, Sheet::Share, "Share", icons::share()),
        opener(send, Sheet::Embed, "Embed", icons::embed()),
        button(about, icons::theme(), send, Message::ThemeToggled),
    ];
    element("header", &[], &[], children)
}

/// Says which program is shown, and leads to the others.
fn picker(send: &Callback<Message>, title: &str) -> Html {
    let names = &["class", "aria-haspopup", "title"];
    let values = &["program", "dialog", Sheet::Palette.title()];
    let keys = raw("<kbd aria-hidden=\"true\">Ctrl K</kbd>");
    let says = vec![words("span", "heard", "Program to watch: "), words("span", "", title), keys];
    let mut picker = tag("button", names, values, says);
    listen(&mut picker, "click", send, |_| Some(open(Sheet::Palette)));
    picker.into()
}

/// A button that opens a dialog.
fn opener(send: &Callback<Message>, sheet: Sheet, name: &'static str, icon: Html) -> Html {
    let says = [icon, words("span", "says", name)].into_iter().collect();
    button(Button { class: "quiet opener", name, title: sheet.title(), ..Button::default() }, says, send, open(sheet))
}

fn open(sheet: Sheet) -> Message {
    Message::Dialog(dialog::Message::Opened(sheet))
}
