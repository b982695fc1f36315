//! The top of the page: what it is, which program it shows, and the theme.

use yew::prelude::*;

use super::address::Theme;
use super::demos::{DEMOS, demo};
use super::html::{Button, Choosable, button, element, list, text};
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
    let chosen = {
        let send = send.clone();
        Callback::from(move |value: String| {
            let choice = match value.parse() {
                Ok(index) => Some(Choice::Own(index)),
                Err(_) => demo(&value).map(|demo| Choice::Demo(demo.slug)),
            };
            if let Some(choice) = choice {
                send.emit(Message::Opened(choice));
            }
        })
    };
    let demos = DEMOS.iter().map(|demo| Choosable {
        value: demo.slug.to_owned(),
        says: demo.title.to_owned(),
        chosen: choice == Choice::Demo(demo.slug),
    });
    let own = own.iter().enumerate().map(|(index, title)| Choosable {
        value: index.to_string(),
        says: format!("{}: {title}", if index == 0 { "Your program" } else { "Earlier" }),
        chosen: choice == Choice::Own(index),
    });
    let mut groups = vec![("Demos", demos.collect()), ("Yours", own.collect::<Vec<_>>())];
    groups.retain(|(_, options)| !options.is_empty());
    let lesson = match choice {
        Choice::Demo(slug) => demo(slug).map_or("", |demo| demo.lesson),
        Choice::Own(_) => "Your own program. It is stored in this browser only.",
    };
    let about = Button {
        class: "quiet",
        name: Some("Light or dark"),
        title: Some(format!("Light or dark (now {})", theme.name())),
        ..Button::default()
    };
    let children = vec![
        element("h1", &[("class", "logo")], vec![icons::logo(), text("Signalbox")]),
        list("Program to watch", "picker", groups, chosen),
        element("p", &[("class", "lesson"), ("title", lesson)], vec![text(lesson)]),
        button(about, icons::theme(), send.reform(|_| Message::ThemeToggled)),
    ];
    element("header", &[], children)
}
