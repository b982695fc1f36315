//! The small round mark of a task, in texts and margins.

use yew::prelude::*;

use super::moment::Named;
use crate::draw::{colour, mark_text};

/// A dot in the task's colour with its short text.
pub fn mark(task: &Named) -> Html {
    let Named { task, label } = task;
    html! {
        <span class="mark" style={format!("--c:var(--t{})", colour(*task))} title={label.to_string()}>
            { mark_text(label) }
        </span>
    }
}
