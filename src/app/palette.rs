//! The palette: type a few letters, and go to a demo, to a program of your own, or do what a button does.

use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::{Callback, Html};

use super::demos::GROUPS;
use super::dialog::{self, Known, Sheet};
use super::header::Choice;
use super::html::{element, input, keyed, listen, tag, text, words};
use super::page::Message;
use crate::draw::Scale;

/// Something that can be found.
pub struct Entry {
    says: String,
    /// Where it belongs, or which key does the same.
    hint: &'static str,
    /// More words by which it is found.
    about: &'static str,
    message: Message,
}

impl Entry {
    /// Everything that can be found.
    pub fn all(known: &Known) -> Vec<Self> {
        let mut entries = Vec::new();
        for group in &GROUPS {
            for demo in group.demos {
                entries.push(Self {
                    says: demo.title.to_owned(),
                    hint: group.title,
                    about: demo.lesson,
                    message: Message::Opened(Choice::Demo(demo)),
                });
            }
        }
        for (index, title) in known.own.iter().enumerate() {
            let says = [if index == 0 { "Your program: " } else { "Earlier: " }, title].concat();
            entries.push(Self { says, hint: "Yours", about: "own", message: Message::Opened(Choice::Own(index)) });
        }
        let sheet = |sheet| Message::Dialog(dialog::Message::Opened(sheet));
        for (says, hint, message) in [
            ("Play or pause", "Space", Message::PlayOrPause),
            ("Step forward", "→", Message::StepForward),
            ("Step back", "←", Message::StepBack),
            ("Restart", "Home", Message::Restart),
            ("Timeline in seconds", "Scale", Message::Scaled(Scale::Seconds)),
            ("Timeline in steps", "Scale", Message::Scaled(Scale::Steps)),
            ("Light or dark", "Theme", Message::ThemeToggled),
            ("All demos with pictures", "Gallery", sheet(Sheet::Gallery)),
            (Sheet::Guide.title(), "Guide", sheet(Sheet::Guide)),
            (Sheet::Keys.title(), "?", sheet(Sheet::Keys)),
            ("Share: an address, a file, a picture", "Share", sheet(Sheet::Share)),
            ("Embed in a page of your own", "Embed", sheet(Sheet::Embed)),
        ] {
            entries.push(Self { says: says.to_owned(), hint, about: "", message });
        }
        entries
    }

    fn has(&self, query: &str) -> bool {
        let words = [&*self.says, self.hint, self.about].join(" ").to_ascii_lowercase();
        query.split_whitespace().all(|word| words.contains(word))
    }
}

/// What has all words of a query, first what has them in its name.
fn found<'a>(entries: &'a [Entry], query: &str) -> Vec<&'a Entry> {
    let query = query.to_ascii_lowercase();
    let named = |entry: &Entry| query.split_whitespace().all(|word| entry.says.to_ascii_lowercase().contains(word));
    let mut found: Vec<&Entry> = Vec::new();
    for wanted in [true, false] {
        for entry in entries {
            if named(entry) == wanted && entry.has(&query) {
                found.push(entry);
            }
        }
    }
    found
}

/// The palette: what was typed, and which of what it finds is the chosen one.
pub fn palette(send: &Callback<Message>, entries: &[Entry], query: &str, chosen: usize) -> Html {
    let found = found(entries, query);
    let mut options = Vec::new();
    for (index, entry) in found.iter().enumerate() {
        let selected = if index == chosen { "true" } else { "false" };
        let says = vec![words("span", "", &entry.says), words("span", "hint", entry.hint)];
        let id = option_id(index);
        let mut option = tag("li", &["id", "role", "aria-selected"], &[&id, "option", selected], says);
        let message = picking(entry);
        listen(&mut option, "click", send, move |_| Some(message.clone()));
        options.push(option.into());
    }
    let names = &[
        "type",
        "role",
        "aria-label",
        "placeholder",
        "aria-expanded",
        "aria-controls",
        "aria-autocomplete",
        "aria-activedescendant",
        "autofocus",
        "autocomplete",
        "spellcheck",
        "enterkeyhint",
    ];
    let active = if found.is_empty() { String::new() } else { option_id(chosen) };
    let name = Sheet::Palette.title();
    let values = &["text", "combobox", name, name, "true", "found", "list", &active, "autofocus", "off", "false", "go"];
    let mut search = tag("input", names, values, vec![]);
    search.set_value(Some(query.to_owned()));
    listen(&mut search, "input", send, |event| Some(Message::Dialog(dialog::Message::Typed(input(&event).value()))));
    let last = found.len().saturating_sub(1);
    let picked = found.get(chosen).map(|entry| picking(entry));
    listen(&mut search, "keydown", send, move |event| {
        let event: KeyboardEvent = event.unchecked_into();
        let message = match event.key().as_str() {
            "ArrowDown" => moving(if chosen < last { chosen + 1 } else { 0 }),
            "ArrowUp" => moving(chosen.checked_sub(1).unwrap_or(last)),
            "Enter" => picked.clone()?,
            _ => return None,
        };
        event.prevent_default();
        Some(message)
    });
    let list = element("ul", &["id", "role", "aria-label"], &["found", "listbox", "Found"], options);
    let count = if found.is_empty() { "Nothing has these words in it." } else { "" };
    let nothing = element("p", &["class", "aria-live"], &["hint", "polite"], vec![text(count)]);
    keyed("palette".to_owned(), "div", &["class"], &["sheet-body"], vec![search.into(), list, nothing])
}

fn option_id(index: usize) -> String {
    ["found", &crate::decimal::plain(index as f64)].concat()
}

fn picking(entry: &Entry) -> Message {
    Message::Dialog(dialog::Message::Picked(Box::new(entry.message.clone())))
}

fn moving(to: usize) -> Message {
    Message::Dialog(dialog::Message::Moved(to))
}
