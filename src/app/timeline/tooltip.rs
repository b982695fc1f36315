//! What the timeline tells of the place under the pointer.

use yew::prelude::Html;

use super::super::html::{element, tint, words};
use crate::draw::{Detail, mark_text};

/// What is told, and where on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    pub detail: Detail,
    /// In pixels from the left upper corner of the timeline.
    pub x: i32,
    pub y: i32,
    /// Whether it stands below the pointer, where there is no room above.
    pub below: bool,
    /// Whether a finger asked for it, which is not seen to leave.
    pub touched: bool,
}

pub fn tooltip(tip: &Tip) -> Html {
    let Tip { detail, x, y, below, .. } = tip;
    let mut title = Vec::new();
    if let Some(task) = detail.task {
        title.push(words("span", &["mark ", tint(task)].concat(), &mark_text(&detail.title)));
    }
    title.push(words("b", "", &detail.title));
    let mut lines = vec![element("p", &[], &[], title)];
    lines.extend(detail.lines.iter().map(|line| words("p", "", line)));
    let class = if *below { "tip below" } else { "tip" };
    element("div", &["class", "role", "style"], &[class, "tooltip", &format!("--x:{x}px;--y:{y}px")], lines)
}
