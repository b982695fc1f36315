//! The timeline, and the playhead that can be dragged along it.

use crate::decimal::{fixed, plain};
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::html::{Button, button, element, push_text, raw, text};
use super::page::Message;
use super::showing::Drawn;
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
}

/// The timeline; `plot` is the element that the picture is drawn in, `scrubber` the slider over it.
pub fn timeline(send: &Callback<Message>, plot: &NodeRef, scrubber: &NodeRef, shown: &Shown) -> Html {
    let Shown { drawn, playhead, arrows, counts, height, scale, step, steps, time } = shown;
    let seek = {
        let (send, plot) = (send.clone(), plot.clone());
        move |event: &PointerEvent| {
            if let Some(plot) = plot.cast::<Element>() {
                send.emit(Message::SoughtAt(f64::from(event.client_x()) - plot.get_bounding_client_rect().left()));
            }
        }
    };
    let onpointerdown = {
        let (seek, plot, scrubber) = (seek.clone(), plot.clone(), scrubber.clone());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            event.prevent_default();
            if let Some(plot) = plot.cast::<Element>() {
                let _ = plot.set_pointer_capture(event.pointer_id());
            }
            if let Some(scrubber) = scrubber.cast::<HtmlElement>() {
                let _ = scrubber.focus();
            }
            seek(&event);
        })
    };
    let onpointermove = Callback::from(move |event: PointerEvent| {
        if event.buttons() & 1 == 1 {
            seek(&event);
        }
    });
    let oninput = send.reform(|event: InputEvent| {
        let input: HtmlInputElement = event.target_unchecked_into();
        Message::Sought(input.value_as_number().max(0.0) as u32)
    });
    let scale_button = |shown: Scale, name: &'static str| {
        let about = Button { pressed: Some(*scale == shown), ..Button::default() };
        button(about, text(name), send.reform(move |_| Message::Scaled(shown)))
    };
    let lanes = drawn.and_then(|drawn| match &drawn.picture.body {
        PictureBody::Lanes(lanes) => Some(lanes),
        PictureBody::Density(_) => None,
    });
    let scales = vec![scale_button(Scale::Seconds, "seconds"), scale_button(Scale::Steps, "steps")];
    let scales_named = [("class", "scales"), ("role", "group"), ("aria-label", "Scale of the timeline")];
    let legend = if counts.is_empty() { raw(LANES_LEGEND) } else { density_legend(counts) };
    let head = vec![element("div", &[("class", "legend")], vec![legend]), element("span", &scales_named, scales)];
    let labels = match lanes {
        Some(lanes) => labels(lanes),
        None if counts.is_empty() => text(""),
        None => ceiling(counts, *height),
    };
    let mut drawing = Vec::new();
    if let Some(drawn) = drawn {
        let now = format!(
            "<svg class=\"now\" aria-hidden=\"true\"><path d=\"{arrows}\" transform=\"translate(0 {})\"/></svg>",
            plain(ABOVE)
        );
        drawing.push(raw(drawn.svg.clone()));
        let playhead = fixed(*playhead, 1);
        drawing.push(element("div", &[("class", "veil"), ("style", &format!("left:{playhead}px"))], vec![]));
        drawing.push(raw(now));
        let place = format!("transform:translateX({playhead}px)");
        drawing.push(element("div", &[("class", "playhead"), ("style", &place)], vec![]));
    }
    let valuetext = format!("step {step} of {steps}, {}", seconds(*time));
    let plot = html! {
        <div class="plot" ref={plot.clone()} {onpointerdown} {onpointermove} style={format!("--drawn:{}px", plain(height + ABOVE + BELOW))}>
            <input
                ref={scrubber.clone()} class="scrubber" type="range" aria-label="Timeline" min="0" max={steps.to_string()}
                step="1" value={step.to_string()} aria-valuetext={valuetext} {oninput}
            />
            { for drawing }
        </div>
    };
    let children = vec![
        element("div", &[("class", "timeline-head")], head),
        element("div", &[("class", "labels"), ("style", &format!("padding-top:{}px", plain(ABOVE)))], vec![labels]),
        plot,
    ];
    element("div", &[("class", "timeline")], children)
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
    for (number, label) in lanes.labels.iter().enumerate().step_by(lanes.label_every) {
        let (height, colour) = (fixed(lanes.pitch * lanes.label_every as f64, 2), colour(TaskId(number as u32)));
        html += &format!("<div class=\"label\" style=\"height:{height}px;--c:var(--t{colour})\" title=\"");
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
    let (total, height) = (grouped(total as usize), plain(height));
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
