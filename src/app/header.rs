//! The top of the page: what it is, which program it shows, and the theme.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::address::Theme;
use super::demos::{DEMOS, demo};
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
    let onchange = {
        let send = send.clone();
        Callback::from(move |event: Event| {
            let select: HtmlSelectElement = event.target_unchecked_into();
            let value = select.value();
            let choice = match value.parse() {
                Ok(index) => Some(Choice::Own(index)),
                Err(_) => demo(&value).map(|demo| Choice::Demo(demo.slug)),
            };
            if let Some(choice) = choice {
                send.emit(Message::Opened(choice));
            }
        })
    };
    let lesson = match choice {
        Choice::Demo(slug) => demo(slug).map_or("", |demo| demo.lesson),
        Choice::Own(_) => "Your own program. It is stored in this browser only.",
    };
    html! {
        <header>
            <h1 class="logo">{ icons::logo() }{ "Signalbox" }</h1>
            <span class="picker">
                <select aria-label="Program to watch" {onchange}>
                    <optgroup label="Demos">
                        { for DEMOS.iter().map(|demo| html! {
                            <option key={demo.slug} value={demo.slug} selected={choice == Choice::Demo(demo.slug)}>
                                { demo.title }
                            </option>
                        }) }
                    </optgroup>
                    if !own.is_empty() {
                        <optgroup label="Yours">
                            { for own.iter().enumerate().map(|(index, title)| html! {
                                <option key={index} value={index.to_string()} selected={choice == Choice::Own(index)}>
                                    { if index == 0 { "Your program: " } else { "Earlier: " } }{ title }
                                </option>
                            }) }
                        </optgroup>
                    }
                </select>
            </span>
            <p class="lesson" title={lesson}>{ lesson }</p>
            <button
                class="quiet"
                aria-label="Light or dark"
                title={format!("Light or dark (now {})", theme.name())}
                onclick={send.reform(|_| Message::ThemeToggled)}
            >
                { icons::theme() }
            </button>
        </header>
    }
}
