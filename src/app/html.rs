//! The building blocks of the page, each written once: Yew's `html!` makes half a kilobyte of code of every element.

use web_sys::HtmlSelectElement;
use yew::AttrValue;
use yew::prelude::*;
use yew::virtual_dom::{VTag, VText};

use super::moment::Named;
use crate::draw::{colour, mark_text};

/// Adds a text so that the browser reads exactly that text.
pub fn push_text(html: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            _ => html.push(letter),
        }
    }
}

/// Adds the small round mark of a task: a dot in its colour with its short text.
pub fn push_mark(html: &mut String, task: &Named) {
    *html += &format!("<span class=\"mark\" style=\"--c:var(--t{})\" title=\"", colour(task.task));
    push_text(html, &task.label);
    html.push_str("\">");
    push_text(html, &mark_text(&task.label));
    html.push_str("</span>");
}

/// Elements from their text.
pub fn raw(html: impl Into<AttrValue>) -> Html {
    Html::from_html_unchecked(html.into())
}

/// An element that nobody listens to, with its attributes and what is in it.
pub fn element(tag: &'static str, attributes: &[(&'static str, &str)], children: Vec<Html>) -> Html {
    keyed(String::new(), tag, attributes, children)
}

/// The same with a key, by which it is found again among its neighbours and may glide to another place.
pub fn keyed(key: String, tag: &'static str, attributes: &[(&'static str, &str)], children: Vec<Html>) -> Html {
    let mut element = VTag::new(tag);
    if !key.is_empty() {
        element.key = Some(key.into());
    }
    for (name, value) in attributes {
        element.add_attribute(name, value.to_string());
    }
    element.add_children(children);
    element.into()
}

/// A text in an element.
pub fn text(text: &str) -> Html {
    VText::new(text.to_owned()).into()
}

/// What a button is like.
#[derive(Default)]
pub struct Button {
    pub class: &'static str,
    /// Its name, where that is not what it says.
    pub name: Option<&'static str>,
    pub title: Option<String>,
    /// Of a button that stays pressed: whether it is.
    pub pressed: Option<bool>,
    /// Whether it does nothing now. It is not truly disabled: it would lose the focus under the hands of those who use
    /// the keyboard.
    pub idle: bool,
}

/// A button.
pub fn button(button: Button, says: Html, onclick: Callback<MouseEvent>) -> Html {
    let Button { class, name, title, pressed, idle } = button;
    html! {
        <button
            {class}
            aria-label={name}
            {title}
            aria-pressed={pressed.map(|pressed| if pressed { "true" } else { "false" })}
            aria-disabled={idle.then_some("true")}
            {onclick}
        >
            { says }
        </button>
    }
}

/// What can be chosen in a list.
pub struct Choosable {
    pub value: String,
    pub says: String,
    pub chosen: bool,
}

/// A list to choose from, in groups under titles; a single group without a title stands alone. `chosen` is told the
/// value.
pub fn list(
    name: &'static str,
    class: &'static str,
    groups: Vec<(&str, Vec<Choosable>)>,
    chosen: Callback<String>,
) -> Html {
    let option = |option: Choosable| {
        html! { <option value={option.value} selected={option.chosen}>{ option.says }</option> }
    };
    let group = |(title, options): (&str, Vec<Choosable>)| {
        let options: Vec<Html> = options.into_iter().map(option).collect();
        if title.is_empty() { options.into_iter().collect() } else { element("optgroup", &[("label", title)], options) }
    };
    let groups: Vec<Html> = groups.into_iter().map(group).collect();
    let onchange = chosen.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! { <span {class}><select aria-label={name} {onchange}>{ for groups }</select></span> }
}
