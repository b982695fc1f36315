//! HTML written as text, for what nothing ever listens to: it takes a fraction of the code that elements take.

use yew::AttrValue;
use yew::prelude::*;

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
