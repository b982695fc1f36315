//! The panel in the document.

use yew::NodeRef;
use yew::prelude::{Callback, Html};

use super::Message;
use super::look::Look;
use super::second_run::SecondRun;
use crate::app::html::{Button, button, element, keyed, listen, mark, push_text, raw, tag, text, words};
use crate::app::page;
use crate::app::sentence::said;
use crate::decimal;
use crate::lab::{FrameState, Subject, Times, intervention_name};
use crate::trace::words::{counted, seconds};

/// The parts of a task's time, in the order of [`Times`], and the classes of their colours.
const PARTS: [(&str, &str); 4] =
    [("running", "runs"), ("ready", "ready"), ("waiting", "in-line"), ("asleep", "sleeps")];

/// The panel; `step` is where the playhead stands.
pub fn panel(send: &Callback<page::Message>, place: &NodeRef, look: &Look, second: &SecondRun, step: u32) -> Html {
    let mut body = Vec::new();
    let mut items: Vec<Html> = look.said.iter().map(|pieces| element("li", &[], &[], said(pieces))).collect();
    if let (Subject::Task(_), Some(result)) = (look.subject, &second.result)
        && look.detail == "finished"
    {
        items.push(element("li", &[], &[], vec![text("returned "), words("code", "", result)]));
    }
    body.push(element("ul", &["class"], &["said"], items));
    body.push(possible(send, look));
    if look.times.is_some() && look.detail != "finished" {
        body.push(stack(send, look, second, step));
    }
    if let Some(times) = &look.times {
        body.push(time(times));
    }
    if let Some((origin, step)) = &look.origin {
        let mut children = said(origin);
        children.push(text(if *step == 0 { " at" } else { " in" }));
        let says = text(&if *step == 0 { "the start".to_owned() } else { format!("step {step}") });
        let about = Button { class: "to-line", title: "Go to this step", ..Button::default() };
        let to_step = button(about, says, send, page::Message::Sought(*step));
        body.push(element("p", &["class"], &["origin"], vec![element("span", &[], &[], children), to_step]));
    }
    if let Subject::Primitive(_) = look.subject {
        body.push(deeds(send, look, step));
    }
    let names = &["class", "aria-label", "tabindex"];
    let children = vec![heading(send, look), element("div", &["class"], &["inspected"], body)];
    let mut panel = tag("section", names, &["inspector", "Inspector", "-1"], children);
    panel.node_ref = place.clone();
    panel.into()
}

fn heading(send: &Callback<page::Message>, look: &Look) -> Html {
    let mut name = Vec::new();
    if let Some(task) = &look.mark {
        name.push(element("span", &["aria-hidden"], &["true"], vec![mark(task)]));
    }
    name.push(text(&look.name));
    let name = element("span", &["class"], &["named"], name);
    let mut children = vec![element("h2", &[], &[], vec![name]), words("span", "detail", &look.detail)];
    if let Some(line) = look.line {
        children.push(to_line(send, line));
    }
    let about = Button { class: "quiet", name: "Close the inspector", title: "Escape", ..Button::default() };
    children.push(button(about, text("×"), send, page::Message::Inspector(Message::Closed)));
    element("div", &["class"], &["inspector-head"], children)
}

fn to_line(send: &Callback<page::Message>, line: u32) -> Html {
    let about = Button { class: "to-line", title: "Show where", ..Button::default() };
    button(about, text(&format!("line {line}")), send, page::Message::Pointed(line))
}

/// What can be done here to see what would happen.
fn possible(send: &Callback<page::Message>, look: &Look) -> Html {
    let mut buttons = Vec::new();
    for intervention in &look.possible {
        let message = page::Message::Inspector(Message::Intervened(*intervention));
        let about = Button { title: "What would happen from this step on?", ..Button::default() };
        buttons.push(button(about, text(intervention_name(*intervention)), send, message));
    }
    if buttons.is_empty() {
        return element("div", &[], &[], buttons);
    }
    buttons.insert(0, words("span", "", "What if, from here:"));
    element("div", &["class", "role", "aria-label"], &["possible", "group", "What if, from here"], buttons)
}

fn stack(send: &Callback<page::Message>, look: &Look, second: &SecondRun, step: u32) -> Html {
    let mut frames = Vec::new();
    for state in &second.stack {
        frames.push(frame(send, state));
    }
    if frames.is_empty() {
        let says = match look.detail.as_str() {
            _ if second.step.is_none() => "is being looked up",
            "failed" | "cancelled" => "none: it has ended",
            _ => "not in a function of the program",
        };
        frames.push(words("li", "hint", says));
    }
    // What was read at another step is not quite true.
    let class = if second.step.is_none_or(|read| read == step) { "stack" } else { "stack stale" };
    let children = vec![words("h3", "", "Stack, innermost first"), element("ol", &["class"], &[class], frames)];
    element("div", &[], &[], children)
}

fn frame(send: &Callback<page::Message>, state: &FrameState) -> Html {
    let mut locals = String::new();
    for (name, value) in &state.locals {
        locals.push_str("<dt>");
        push_text(&mut locals, name);
        locals.push_str("</dt><dd>");
        push_text(&mut locals, value);
        locals.push_str("</dd>");
    }
    let mut children = vec![words("code", "", &state.function), to_line(send, state.line)];
    if !state.locals.is_empty() {
        children.push(element("dl", &[], &[], vec![raw(locals)]));
    }
    element("li", &[], &[], children)
}

/// Where a task's time went, twice: in seconds and in steps.
fn time(times: &Times) -> Html {
    let steps = times.steps.map(f64::from);
    let mut rows = vec![words("h3", "", "Its time")];
    if times.seconds.iter().sum::<f64>() > 0.0 {
        rows.push(bar(&times.seconds, |part| seconds(times.seconds[part])));
    }
    rows.push(bar(&steps, |part| counted(times.steps[part] as usize, "step")));
    element("div", &["class"], &["times"], rows)
}

fn bar(values: &[f64; 4], said: impl Fn(usize) -> String) -> Html {
    let total: f64 = values.iter().sum();
    let (mut drawn, mut legend) = (Vec::new(), String::new());
    for (part, (name, class)) in PARTS.iter().enumerate() {
        if values[part] > 0.0 {
            let width = ["width:", &decimal::fixed(values[part] / total * 100.0, 2), "%"].concat();
            drawn.push(element("i", &["class", "style"], &[&["part ", class].concat(), &width], vec![]));
            legend += &format!("<span><i class=\"part {class}\"></i>{} {name}</span>", said(part));
        }
    }
    let drawn = element("div", &["class", "aria-hidden"], &["split", "true"], drawn);
    [drawn, element("p", &["class"], &["legend"], vec![raw(legend)])].into_iter().collect()
}

/// Everything that was done at a primitive, latest first; each line is a way to its step.
fn deeds(send: &Callback<page::Message>, look: &Look, at: u32) -> Html {
    let mut lines = Vec::new();
    let mut place = look.deeds.len() + look.forgotten;
    for (step, time, pieces) in &look.deeds {
        let inside = vec![
            words("span", "when", &step.to_string()),
            words("span", "when", &seconds(*time)),
            element("span", &[], &[], said(pieces)),
        ];
        let (class, name) = (if *step == at { "deed current" } else { "deed" }, format!("Go to step {step}"));
        let mut line = tag("button", &["class", "title"], &[class, &name], inside);
        let step = *step;
        listen(&mut line, "click", send, move |_| Some(page::Message::Sought(step)));
        lines.push(keyed(place.to_string(), "li", &[], &[], vec![line.into()]));
        place -= 1;
    }
    if look.forgotten > 0 {
        lines.push(words("li", "hint", &format!("and {} before", counted(look.forgotten, "thing"))));
    }
    let children =
        vec![words("h3", "", "What was done here, latest first"), element("ol", &["class"], &["deeds"], lines)];
    element("div", &[], &[], children)
}
