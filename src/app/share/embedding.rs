//! The dialog about other people's pages: what to put into them, and how it looks there.

use yew::prelude::{Callback, Html};

use super::sheet::{checkbox, copy_button, refused};
use super::{Dialect, LONGEST_ADDRESS, Message, Sharing, What};
use crate::app::address::Theme;
use crate::app::html::{Names, choosable, element, keyed, list, tag, text, words};
use crate::app::page;
use crate::draw::grouped;

/// The dialog's body.
pub fn embedding(send: &Callback<page::Message>, sharing: &Sharing) -> Html {
    let Some(forms) = sharing.forms() else { return Html::default() };
    let step = sharing.shown.as_ref().map_or(0, |shown| shown.step);
    let mut themes = Vec::new();
    for theme in [Theme::Auto, Theme::Light, Theme::Dark] {
        themes.push(choosable(theme.name(), THEMES[theme as usize], sharing.theme == theme));
    }
    let mut options = vec![
        list("Theme", "picker", themes, send, |name| {
            Some(page::Message::Share(Message::Themed(Theme::named(&name).unwrap_or_default())))
        }),
        checkbox(send, "Play at once", sharing.autoplay, Message::Autoplay),
    ];
    if step > 0 {
        let says = ["From step ", &grouped(step as usize)].concat();
        options.push(checkbox(send, &says, sharing.with_step, Message::WithStep));
    }
    let frame = forms.frame_address();
    let too_long = || {
        let most = grouped(LONGEST_ADDRESS);
        ["This program is too long for the address of a frame, which should have no more than ", &most, " characters."]
            .concat()
    };
    let mut dialects = Vec::new();
    for dialect in Dialect::ALL {
        dialects.push(choosable(dialect.name(), dialect.name(), sharing.dialect == dialect));
    }
    let dialects = list("Markdown for", "picker", dialects, send, |name| {
        Some(page::Message::Share(Message::Written(Dialect::named(&name)?)))
    });
    let said = match sharing.copied {
        Some((_, true)) => "Copied.".to_owned(),
        Some((_, false)) => refused(),
        None => String::new(),
    };
    let form = |what: What, name: &'static str, copy: &'static str, rows: &str, more: Option<Html>| {
        let mut head = vec![words("h3", "", name)];
        head.extend(more);
        let Some(form) = sharing.text(what) else {
            return element(
                "div",
                &["class"],
                &["form"],
                vec![element("div", &["class"], &["row"], head), words("p", "hint", &too_long())],
            );
        };
        head.push(copy_button(send, sharing, what, copy));
        let names: Names = &["id", "readonly", "aria-label", "rows", "spellcheck", "wrap"];
        let mut area = tag("textarea", names, &[what.id(), "readonly", name, rows, "false", "off"], vec![]);
        area.set_value(Some(form));
        element("div", &["class"], &["form"], vec![element("div", &["class"], &["row"], head), area.into()])
    };
    let left = vec![
        element("div", &["class"], &["row"], options),
        form(What::Element, "Element", "Copy the element", "4", None),
        form(What::Frame, "Frame", "Copy the frame", "4", None),
        form(What::Markdown, "Markdown", "Copy the Markdown", "7", Some(dialects)),
        element("p", &["class", "aria-live"], &["outcome", "polite"], vec![text(&said)]),
    ];
    let mut halves = vec![element("div", &["class"], &["forms"], left)];
    if let Some(address) = frame {
        let names: Names = &["src", "title", "sandbox"];
        // Another address is another frame: it would else be a step back in the browser's history.
        let frame = keyed(address.clone(), "iframe", names, &[&address, "Preview", super::forms::SANDBOX], vec![]);
        halves.push(element("div", &["class"], &["preview"], vec![frame]));
    }
    element("div", &["class"], &["sheet-body"], halves)
}

const THEMES: [&str; 3] = ["As the reader prefers", "Light", "Dark"];
