//! The building blocks of the page, each written once: Yew's `html!` makes half a kilobyte of code of every element.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlInputElement};
use yew::prelude::{AttrValue, Callback, Html};
use yew::virtual_dom::{AttributeOrProperty, Attributes, Listener, ListenerKind, VTag, VText};

use super::moment::Named;
use super::page::Message;
use crate::draw::{colour, mark_text};
use crate::trace::TaskId;

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

/// The class by which the style sheets know the colour of a task.
pub fn tint(task: TaskId) -> &'static str {
    ["c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"][colour(task) as usize]
}

/// Adds the small round mark of a task: a dot in its colour with its short text.
pub fn push_mark(html: &mut String, task: &Named) {
    *html += &format!("<span class=\"mark {}\" data-inspect=\"t{}\" title=\"", tint(task.task), task.task.0);
    push_text(html, &task.label);
    html.push_str("\">");
    push_text(html, &mark_text(&task.label));
    html.push_str("</span>");
}

/// The same mark as an element: what changes often is faster changed than made anew.
pub fn mark(task: &Named) -> Html {
    let (class, inspected) = (["mark ", tint(task.task)].concat(), format!("t{}", task.task.0));
    let names = &["class", "data-inspect", "title"];
    element("span", names, &[&class, &inspected, &task.label], vec![text(&mark_text(&task.label))])
}

/// Elements from their text. The browser reads it anew whenever it changes, which takes long.
pub fn raw(html: impl Into<AttrValue>) -> Html {
    Html::from_html_unchecked(html.into())
}

/// A text in an element.
pub fn text(text: &str) -> Html {
    VText::new(Rc::<str>::from(text)).into()
}

/// The names of an element's attributes. Yew compares them by their address, as long as they are the same.
pub type Names = &'static [&'static str];

/// An element: the names of its attributes, their values, and what is in it. An attribute without a value is left out.
///
/// A `style` is set as a property: the page's security policy forbids the attribute, in whose text anybody's words
/// might end up.
pub fn tag(tag: &'static str, names: Names, values: &[&str], children: Vec<Html>) -> VTag {
    let mut element = VTag::new(tag);
    let mut given = Vec::new();
    for (name, value) in names.iter().zip(values) {
        given.push(match *name {
            _ if value.is_empty() => None,
            "style" => Some(AttributeOrProperty::Property(JsValue::from_str(value))),
            _ => Some(AttributeOrProperty::Attribute(Rc::<str>::from(*value).into())),
        });
    }
    element.attributes = Attributes::Dynamic { keys: names, values: given.into() };
    if let Some(inside) = element.children_mut() {
        *inside = children.into_iter().collect();
    }
    element
}

/// An element that nobody listens to.
pub fn element(name: &'static str, names: Names, values: &[&str], children: Vec<Html>) -> Html {
    tag(name, names, values, children).into()
}

/// The same with a key, by which it is found again among its neighbours and may glide to another place.
pub fn keyed(key: String, name: &'static str, names: Names, values: &[&str], children: Vec<Html>) -> Html {
    let mut element = tag(name, names, values, children);
    element.key = Some(key.into());
    element.into()
}

/// An element with a class, if it needs one, and nothing but a text in it.
pub fn words(name: &'static str, class: &str, words: &str) -> Html {
    element(name, &["class"], &[class], vec![text(words)])
}

/// Tells the page what an event means.
struct Ear {
    /// The name of the event.
    event: &'static str,
    send: Callback<Message>,
    meaning: Box<dyn Fn(Event) -> Option<Message>>,
}

impl Listener for Ear {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(self.event.into())
    }

    fn handle(&self, event: Event) {
        if let Some(message) = (self.meaning)(event) {
            self.send.emit(message);
        }
    }

    fn passive(&self) -> bool {
        false
    }
}

/// Listens to the events of an element; `meaning` is the message that an event is to the page, if it is one.
pub fn listen(
    element: &mut VTag,
    event: &'static str,
    send: &Callback<Message>,
    meaning: impl Fn(Event) -> Option<Message> + 'static,
) {
    give_ear(element, Ear { event, send: send.clone(), meaning: Box::new(meaning) });
}

/// Apart from [`listen`], of which there is a copy for every meaning.
#[inline(never)]
fn give_ear(element: &mut VTag, ear: Ear) {
    element.add_listener(Rc::new(ear));
}

/// The element in which something was entered. Of a text area or a list, nothing but the `value` may be asked.
pub fn input(event: &Event) -> HtmlInputElement {
    event.target().expect("an event of an element").unchecked_into()
}

/// What a button is like.
#[derive(Default)]
pub struct Button<'a> {
    pub class: &'static str,
    /// Its name, where that is not what it says.
    pub name: &'static str,
    pub title: &'a str,
    /// Of a button that stays pressed: `true` or `false`.
    pub pressed: &'static str,
    /// Whether it does nothing now. It is not truly disabled: it would lose the focus under the hands of those who use
    /// the keyboard.
    pub idle: bool,
}

/// A button, and the message that it is to press it.
pub fn button(about: Button, says: Html, send: &Callback<Message>, message: Message) -> Html {
    let Button { class, name, title, pressed, idle } = about;
    let names = &["class", "aria-label", "title", "aria-pressed", "aria-disabled"];
    let mut button = tag("button", names, &[class, name, title, pressed, if idle { "true" } else { "" }], vec![says]);
    listen(&mut button, "click", send, move |_| Some(message.clone()));
    button.into()
}

/// What can be chosen in a list.
pub fn choosable(value: &str, says: &str, chosen: bool) -> Html {
    element("option", &["value", "selected"], &[value, if chosen { "selected" } else { "" }], vec![text(says)])
}

/// A list to choose from; `meaning` is what it means to choose a value.
pub fn list(
    name: &str,
    class: &str,
    choosable: Vec<Html>,
    send: &Callback<Message>,
    meaning: fn(String) -> Option<Message>,
) -> Html {
    let mut list = tag("select", &["aria-label"], &[name], choosable);
    listen(&mut list, "change", send, move |event| meaning(input(&event).value()));
    element("span", &["class"], &[class], vec![list.into()])
}
