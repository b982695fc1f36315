//! The timeline, and the playhead that can be dragged along it.

use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};
use yew::NodeRef;
use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, input, listen, push_text, raw, tag, text};
use super::page::Message;
use super::showing::Drawn;
use crate::decimal;
use crate::draw::{ABOVE, BELOW, Band, Lanes, PictureBody, Scale, colour, grouped, mark_text, seconds};
use crate::trace::TaskId;

/// What the timeline shows besides its picture.
pub struct Shown<'a> {
    pub drawn: Option<&'a Drawn>,
    /// Where the playhead stands, in pixels.
    pub playhead: f64,
    /// The arrows of the step that is shown, as path data.
    pub arrows: String,
    /// How many tasks are in each band.
    pub counts: Vec<(Band, u32)>,
    /// The height of what is drawn, in pixels.
    pub height: f64,
    pub scale: Scale,
    pub step: u32,
    pub steps: u32,
    /// The virtual clock, in seconds.
    pub time: f64,
    /// Where something was done to the run from outside, in pixels.
    pub interventions: Vec<f64>,
}

/// The timeline; `plot` is the element that the picture is drawn in, `scrubber` the slider over it.
pub fn timeline(send: &Callback<Message>, plot: &NodeRef, scrubber: &NodeRef, shown: &Shown) -> Html {
    let Shown { drawn, playhead, arrows, counts, height, scale, step, steps, time, interventions } = shown;
    let scale_button = |shown: Scale, name: &'static str| {
        let pressed = if *scale == shown { "true" } else { "false" };
        button(Button { pressed, ..Button::default() }, text(name), send, Message::Scaled(shown))
    };
    let legend = if counts.is_empty() { raw(LANES_LEGEND) } else { density_legend(counts) };
    let scales = vec![scale_button(Scale::Seconds, "seconds"), scale_button(Scale::Steps, "steps")];
    let head = vec![
        element("div", &["class"], &["legend"], vec![legend]),
        element("span", &["class", "role", "aria-label"], &["scales", "group", "Scale of the timeline"], scales),
    ];
    let labels = match drawn {
        Some(Drawn { picture, .. }) if let PictureBody::Lanes(lanes) = &picture.body => labels(lanes),
        _ if counts.is_empty() => text(""),
        _ => ceiling(counts, *height),
    };
    let valuetext = format!("step {step} of {steps}, {}", seconds(*time));
    let names = &["class", "type", "aria-label", "min", "max", "step", "aria-valuetext"];
    let values = &["scrubber", "range", "Timeline", "0", &steps.to_string(), "1", &valuetext];
    let mut slider = tag("input", names, values, vec![]);
    slider.node_ref = scrubber.clone();
    slider.set_value(Some(step.to_string()));
    listen(&mut slider, "input", send, |event| Some(Message::Sought(input(&event).value_as_number().max(0.0) as u32)));
    let mut drawing = vec![slider.into()];
    if let Some(drawn) = drawn {
        let now = format!(
            "<svg class=\"now\" aria-hidden=\"true\"><path d=\"{arrows}\" transform=\"translate(0 {ABOVE})\"/></svg>"
        );
        let left = decimal::fixed(*playhead, 1);
        let veil = ["left:", &left, "px"].concat();
        let place = ["transform:translateX(", &left, "px)"].concat();
        drawing.push(raw(drawn.svg.clone()));
        drawing.push(element("div", &["class", "style"], &["veil", &veil], vec![]));
        drawing.push(raw(now));
        for place in interventions {
            let style = ["left:", &decimal::fixed(*place, 1), "px"].concat();
            drawing.push(element("div", &["class", "style"], &["what-if-mark", &style], vec![]));
        }
        drawing.push(element("div", &["class", "style"], &["playhead", &place], vec![]));
    }
    let drawn_height = ["--drawn:", &decimal::plain(height + f64::from(ABOVE + BELOW)), "px"].concat();
    let mut area = tag("div", &["class", "style"], &["plot", &drawn_height], drawing);
    area.node_ref = plot.clone();
    listen(&mut area, "pointerdown", send, grabbed);
    listen(&mut area, "pointermove", send, dragged);
    let children = vec![
        element("div", &["class"], &["timeline-head"], head),
        element("div", &["class", "style"], &["labels", &format!("padding-top:{ABOVE}px")], vec![labels]),
        area.into(),
    ];
    element("div", &["class"], &["timeline"], children)
}

fn grabbed(event: Event) -> Option<Message> {
    let event: PointerEvent = event.unchecked_into();
    if event.button() != 0 {
        return None;
    }
    event.prevent_default();
    Some(Message::Grabbed { pointer: event.pointer_id(), x: event.client_x() })
}

fn dragged(event: Event) -> Option<Message> {
    let event: PointerEvent = event.unchecked_into();
    (event.buttons() & 1 == 1).then(|| Message::Dragged { x: event.client_x() })
}

/// What the looks in a lane mean.
const LANES_LEGEND: &str = "\
    <span><i class=\"key holds\"></i>holds</span>\
    <span><i class=\"key in-line\"></i>in line</span>\
    <span><i class=\"key sleeps\"></i>asleep</span>\
    <span><i class=\"key waits\"></i>awaits tasks</span>\
    <span><i class=\"key runs\"></i>runs</span>\
    <span><svg width=\"16\" height=\"12\" viewBox=\"0 0 16 12\" aria-hidden=\"true\">\
    <path class=\"arrows\" d=\"M2 1Q11 5 5 10M5 6L5 10.5L9.5 9\"/></svg>wakes</span>";

fn labels(lanes: &Lanes) -> Html {
    let mut html = String::new();
    let height = decimal::fixed(lanes.pitch * lanes.label_every as f64, 2);
    for (number, label) in lanes.labels.iter().enumerate().step_by(lanes.label_every) {
        let colour = colour(TaskId(number as u32));
        html += &format!(
            "<div class=\"label\" data-inspect=\"t{number}\" style=\"height:{height}px;--c:var(--t{colour})\" title=\""
        );
        push_text(&mut html, label);
        html.push_str("\"><i></i><span class=\"whole\">");
        push_text(&mut html, label);
        html.push_str("</span><span class=\"short\">");
        push_text(&mut html, &mark_text(label));
        html.push_str("</span></div>");
    }
    raw(html)
}

/// How many tasks the height of the picture stands for.
fn ceiling(counts: &[(Band, u32)], height: f64) -> Html {
    let total: u32 = counts.iter().map(|(_, count)| count).sum();
    let total = grouped(total as usize);
    let height = decimal::plain(height);
    raw(format!("<div class=\"ceiling\" style=\"height:{height}px\"><span>{total}<br>tasks</span><span>0</span></div>"))
}

fn density_legend(counts: &[(Band, u32)]) -> Html {
    let mut html = String::new();
    for (band, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let (class, count, name) = (band.class(), grouped(*count as usize), band.name());
        html +=
            &format!("<span><i class=\"key band\" style=\"--paint:var(--{class})\"></i><b>{count}</b> {name}</span>");
    }
    raw(html)
}
