//! The small round mark of a task, in texts and margins.

use yew::prelude::*;

use super::moment::Named;
use crate::draw::{colour, mark_text};

#[derive(Properties, PartialEq)]
pub struct MarkProperties {
    pub task: Named,
}

/// A dot in the task's colour with its short text.
#[function_component]
pub fn Mark(properties: &MarkProperties) -> Html {
    let Named { task, label } = &properties.task;
    html! {
        <span class="mark" style={format!("--c:var(--t{})", colour(*task))} title={label.to_string()}>
            { mark_text(label) }
        </span>
    }
}
