//! The top of the page: what it is, which program it shows, and the theme.

use yew::prelude::{Callback, Html};

use super::address::Theme;
use super::demos::{DEMOS, demo};
use super::html::{Button, button, choosable, element, list, text};
use super::icons;
use super::page::Message;

/// A program that can be picked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A demo, by its slug.
    Demo(&'static str),
    /// One of the texts people wrote, 0 being the newest.
    Own(usize),
}

/// The top of the page, with `own` the titles of the texts people wrote.
pub fn header(send: &Callback<Message>, choice: Choice, own: &[String], theme: Theme) -> Html {
    let mut demos = Vec::new();
    for demo in &DEMOS {
        demos.push(choosable(demo.slug, demo.title, choice == Choice::Demo(demo.slug)));
    }
    let mut programs = vec![element("optgroup", &["label"], &["Demos"], demos)];
    if !own.is_empty() {
        let mut yours = Vec::new();
        for (index, title) in own.iter().enumerate() {
            let says = [if index == 0 { "Your program: " } else { "Earlier: " }, title].concat();
            yours.push(choosable(&index.to_string(), &says, choice == Choice::Own(index)));
        }
        programs.push(element("optgroup", &["label"], &["Yours"], yours));
    }
    let lesson = match choice {
        Choice::Demo(slug) => demo(slug).map_or("", |demo| demo.lesson),
        Choice::Own(_) => "Your own program. It is stored in this browser only.",
    };
    let title = format!("Light or dark (now {})", theme.name());
    let about = Button { class: "quiet", name: "Light or dark", title: &title, ..Button::default() };
    let children = vec![
        element("h1", &["class"], &["logo"], vec![icons::logo(), text("Signalbox")]),
        list("Program to watch", "picker", programs, send, |value| Some(Message::Opened(chosen(&value)?))),
        element("p", &["class", "title"], &["lesson", lesson], vec![text(lesson)]),
        button(about, icons::theme(), send, Message::ThemeToggled),
    ];
    element("header", &[], &[], children)
}

/// The program that a value in the list stands for.
fn chosen(value: &str) -> Option<Choice> {
    match value.parse() {
        Ok(index) => Some(Choice::Own(index)),
        Err(_) => demo(value).map(|demo| Choice::Demo(demo.slug)),
    }
}
