//! What the timeline tells of the place under the pointer.

use yew::prelude::Html;

use super::super::html::{element, words};
use crate::draw::{Detail, colour, mark_text};

/// Beneath this distance from the top of the window, in pixels, what is told stands below the pointer.
const ROOM_ABOVE: i32 = 190;

/// What is told, and where on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    pub detail: Detail,
    /// In pixels from the left upper corner of the window.
    pub x: i32,
    pub y: i32,
}

pub fn tooltip(tip: &Tip) -> Html {
    let Tip { detail, x, y } = tip;
    let mut title = Vec::new();
    let mut style = format!("--x:{x}px;--y:{y}px");
    if let Some(task) = detail.task {
        style += &format!(";--c:var(--t{})", colour(task));
        title.push(words("span", "mark", &mark_text(&detail.title)));
    }
    title.push(words("b", "", &detail.title));
    let mut lines = vec![element("p", &[], &[], title)];
    lines.extend(detail.lines.iter().map(|line| words("p", "", line)));
    let class = if *y < ROOM_ABOVE { "tip below" } else { "tip" };
    element("div", &["class", "role", "style"], &[class, "tooltip", &style], lines)
}
