//! What was done to the run, with the way back.

use yew::prelude::{Callback, Html};

use super::Message;
use crate::app::html::{Button, button, element, text, words};
use crate::app::moment::pieces;
use crate::app::page;
use crate::app::sentence::said;
use crate::app::showing::Showing;
use crate::lab::what_if as question;
use crate::trace::Intervention;

/// One line for each thing that was done to the run that is shown; `at` is where the playhead stands.
pub fn what_if(
    send: &Callback<page::Message>,
    done: &[(u32, Intervention)],
    showing: Option<&Showing>,
    at: u32,
) -> Html {
    let mut lines = Vec::new();
    if let Some(showing) = showing {
        let run = showing.engine.run();
        let trace = run.trace();
        let snapshot = trace.latest();
        for (index, (step, intervention)) in done.iter().enumerate() {
            let is_known = match intervention {
                Intervention::Cancel(task) => (task.0 as usize) < snapshot.tasks.len(),
                Intervention::Change(primitive, _) => (primitive.0 as usize) < snapshot.primitives.len(),
            };
            if !is_known {
                continue;
            }
            let mut asked = said(&pieces(question(*intervention), snapshot));
            asked.push(text(&format!(" after step {step}?")));
            let back = if index + 1 < done.len() { "Take back from here" } else { "Take it back" };
            let back_message = page::Message::Inspector(Message::TakenBack(index));
            let go = page::Message::Sought(step + 1);
            let mut children = vec![words("b", "", "What if"), element("span", &[], &[], asked)];
            if at != step + 1 {
                let says = text(&format!("Go to step {}", step + 1));
                children.push(button(Button { class: "quiet", ..Button::default() }, says, send, go));
            }
            children.push(button(Button::default(), text(back), send, back_message));
            lines.push(element("p", &["class"], &["notice what-if"], children));
        }
    }
    if lines.is_empty() {
        return element("div", &[], &[], lines);
    }
    element("section", &["aria-label"], &["What if"], lines)
}
