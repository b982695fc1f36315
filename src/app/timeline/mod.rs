//! The timeline, the playhead that can be dragged along it, and what it tells of the place under the pointer.

mod gesture;
mod tooltip;

pub use gesture::{Gesture, Look};
pub use tooltip::Tip;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, WheelEvent};
use yew::NodeRef;
use yew::prelude::{AttrValue, Callback, Html};

use super::html::{Button, button, element, input, listen, push_text, raw, tag, text, tint, words};
use super::page::Message;
use super::showing::Drawn;
use crate::decimal;
use crate::draw::{
    ABOVE, BELOW, Band, Key, Lanes, PictureBody, Scale, grouped, key_svg, mark_text, pattern_svg, seconds,
};
use crate::trace::TaskId;

thread_local! {
    /// The same for every picture, so the browser reads them once.
    static PATTERNS: AttrValue = pattern_svg().into();
}

/// What the timeline shows besides its picture.
pub struct Shown<'a> {
    pub drawn: Option<&'a Drawn>,
    /// Where the playhead stands, in pixels.
    pub playhead: f64,
    /// The arrows of the step that is shown, as path data.
    pub arrows: String,
    /// How many tasks are in each band.
    pub counts: Vec<(Band, u32)>,
    /// How many tasks the run has so far.
    pub tasks: usize,
    pub legend: Vec<Key>,
    /// The height of what is drawn, in pixels.
    pub height: f64,
    /// The height of all lanes, in pixels.
    pub whole_height: f64,
    pub scale: Scale,
    /// Whether the tasks are shown one by one, where that is to be chosen.
    pub one_by_one: Option<bool>,
    /// Whether a part of the run is shown that somebody chose.
    pub zoomed: bool,
    pub tip: Option<&'a Tip>,
    pub step: u32,
    pub steps: u32,
    /// The virtual clock, in seconds.
    pub time: f64,
    /// Where something was done to the run from outside, in pixels.
    pub interventions: Vec<f64>,
}

/// The timeline; `plot` is the element that the picture is drawn in, `scrubber` the slider over it.
pub fn timeline(send: &Callback<Message>, plot: &NodeRef, scrubber: &NodeRef, shown: &Shown) -> Html {
    let Shown { drawn, counts, tasks, height, whole_height, .. } = shown;
    let labels = match drawn {
        Some(Drawn { picture, .. }) if let PictureBody::Lanes(lanes) = &picture.body => labels(lanes, picture.view.top),
        _ if counts.is_empty() => text(""),
        _ => ceiling(*tasks, *height),
    };
    let labels_height = ["padding-top:", &ABOVE.to_string(), "px;height:", &pixels(height + f64::from(ABOVE))].concat();
    let view = vec![
        element("div", &["class", "style"], &["labels", &labels_height], vec![labels]),
        area(send, plot, scrubber, shown),
    ];
    let around = f64::from(ABOVE + BELOW);
    let sheet = vec![element("div", &["class"], &["timeline-view"], view)];
    let sheet = vec![element("div", &["style"], &[&["height:", &pixels(whole_height + around)].concat()], sheet)];
    let class = if whole_height > height { "timeline-scroll scrolls" } else { "timeline-scroll" };
    let limit = ["height:", &pixels(height + around)].concat();
    let mut scroll = tag("div", &["class", "style"], &[class, &limit], sheet);
    listen(&mut scroll, "scroll", send, |event| {
        let element: Element = event.target()?.dyn_into().ok()?;
        Some(Message::Timeline(Gesture::Scrolled(f64::from(element.scroll_top()))))
    });
    let mut children = vec![head(send, shown), scroll.into()];
    children.push(raw(PATTERNS.with(Clone::clone)));
    children.extend(shown.tip.map(tooltip::tooltip));
    element("div", &["class"], &["timeline"], children)
}

fn pixels(length: f64) -> String {
    decimal::fixed(length, 1) + "px"
}

/// What the shapes mean, and what can be chosen.
fn head(send: &Callback<Message>, shown: &Shown) -> Html {
    let legend = if shown.counts.is_empty() { lanes_legend(&shown.legend) } else { density_legend(&shown.counts) };
    let choice = |pressed: bool, name: &'static str, message: Message| {
        let pressed = if pressed { "true" } else { "false" };
        button(Button { pressed, ..Button::default() }, text(name), send, message)
    };
    let zoom = |name: &'static str, sign: &'static str, title: &'static str, idle: bool, gesture: Gesture| {
        button(Button { name, title, idle, ..Button::default() }, text(sign), send, Message::Timeline(gesture))
    };
    let zooms = vec![
        zoom("Zoom out", "\u{2212}", "Zoom out (\u{2212})", !shown.zoomed, Gesture::Zoom { factor: 2.0, at: None }),
        zoom("Fit", "fit", "Show all (0)", !shown.zoomed, Gesture::Fit),
        zoom("Zoom in", "+", "Zoom in (+)", false, Gesture::Zoom { factor: 0.5, at: None }),
    ];
    let scale = |scale: Scale, name| choice(shown.scale == scale, name, Message::Scaled(scale));
    let scales = vec![scale(Scale::Seconds, "seconds"), scale(Scale::Steps, "steps")];
    let mut tools = Vec::new();
    if let Some(one_by_one) = shown.one_by_one {
        let detail =
            |wanted: bool, name| choice(one_by_one == wanted, name, Message::Timeline(Gesture::OneByOne(wanted)));
        let details = vec![detail(false, "counts"), detail(true, "tasks")];
        tools.push(element(
            "span",
            &["class", "role", "aria-label"],
            &["scales", "group", "Detail of the timeline"],
            details,
        ));
    }
    tools.push(element("span", &["class", "role", "aria-label"], &["scales", "group", "Zoom of the timeline"], zooms));
    tools.push(element(
        "span",
        &["class", "role", "aria-label"],
        &["scales", "group", "Scale of the timeline"],
        scales,
    ));
    let head = vec![
        element("div", &["class"], &["legend"], vec![legend]),
        element("div", &["class"], &["timeline-tools"], tools),
    ];
    element("div", &["class"], &["timeline-head"], head)
}

/// The picture, and what is laid over it.
fn area(send: &Callback<Message>, plot: &NodeRef, scrubber: &NodeRef, shown: &Shown) -> Html {
    let Shown { drawn, playhead, arrows, height, step, steps, time, zoomed, whole_height, .. } = shown;
    let valuetext = format!("step {step} of {steps}, {}", seconds(*time));
    let names = &["class", "type", "aria-label", "min", "max", "step", "aria-valuetext"];
    let values = &["scrubber", "range", "Timeline", "0", &steps.to_string(), "1", &valuetext];
    let mut slider = tag("input", names, values, vec![]);
    slider.node_ref = scrubber.clone();
    slider.set_value(Some(step.to_string()));
    listen(&mut slider, "input", send, |event| Some(Message::Sought(input(&event).value_as_number().max(0.0) as u32)));
    let mut drawing = vec![slider.into()];
    if let Some(drawn) = drawn {
        drawing.push(raw(drawn.svg.clone()));
        let view = &drawn.picture.view;
        for place in shown.interventions.iter().filter(|place| (0.0..=view.width).contains(*place)) {
            let place = ["left:", &decimal::fixed(*place, 1), "px"].concat();
            drawing.push(element("div", &["class", "style"], &["what-if-mark", &place], vec![]));
        }
        if *playhead <= view.width {
            let left = decimal::fixed(playhead.max(0.0), 1);
            let bounds = ["top:", &ABOVE.to_string(), "px;height:", &pixels(*height)].concat();
            let arrows = element("path", &["d"], &[arrows], vec![]);
            let now = element("svg", &["class", "aria-hidden", "style"], &["now", "true", &bounds], vec![arrows]);
            // After the last step there is nothing to come.
            if step < steps {
                drawing.push(element("div", &["class", "style"], &["veil", &["left:", &left, "px"].concat()], vec![]));
            }
            drawing.push(now);
            if *playhead >= 0.0 {
                let place = ["transform:translateX(", &left, "px)"].concat();
                drawing.push(element("div", &["class", "style"], &["playhead", &place], vec![]));
            }
        }
    }
    let drawn_height = ["--drawn:", &pixels(height + f64::from(ABOVE + BELOW))].concat();
    let class = if *zoomed { "plot zoomed" } else { "plot" };
    let mut area = tag("div", &["class", "style"], &[class, &drawn_height], drawing);
    area.node_ref = plot.clone();
    listen(&mut area, "pointerdown", send, grabbed);
    listen(&mut area, "pointermove", send, moved);
    // A finger by which the browser scrolls the page is cancelled.
    for lifted in ["pointerup", "pointercancel"] {
        listen(&mut area, lifted, send, |event| {
            let event: PointerEvent = event.unchecked_into();
            Some(Message::Timeline(Gesture::LetGo { pointer: event.pointer_id(), x: event.client_x() }))
        });
    }
    listen(&mut area, "pointerleave", send, |event| {
        let event: PointerEvent = event.unchecked_into();
        // A finger that is lifted leaves, too: what it has asked for stays.
        (event.pointer_type() != "touch").then_some(Message::Timeline(Gesture::Left))
    });
    let (zoomed, overflows) = (*zoomed, whole_height > height);
    listen(&mut area, "wheel", send, move |event| turned(event, zoomed, overflows));
    area.into()
}

fn grabbed(event: Event) -> Option<Message> {
    let event: PointerEvent = event.unchecked_into();
    if event.button() != 0 {
        return None;
    }
    event.prevent_default();
    let (pointer, x, y) = (event.pointer_id(), event.client_x(), event.client_y());
    let touch = event.pointer_type() == "touch";
    Some(Message::Timeline(Gesture::Grabbed { pointer, x, y, touch }))
}

fn moved(event: Event) -> Option<Message> {
    let event: PointerEvent = event.unchecked_into();
    let (pointer, x, y) = (event.pointer_id(), event.client_x(), event.client_y());
    let held = event.buttons() & 1 == 1;
    Some(Message::Timeline(if held { Gesture::Dragged { pointer, x, y } } else { Gesture::Pointed { x, y } }))
}

/// With Ctrl, or two fingers that part, the wheel zooms. Sideways, or where nothing else could be meant, it scrolls.
fn turned(event: Event, zoomed: bool, overflows: bool) -> Option<Message> {
    let event: WheelEvent = event.unchecked_into();
    let pixels = if event.delta_mode() == 0 { 1.0 } else { 18.0 };
    let (across, along) = (event.delta_x() * pixels, event.delta_y() * pixels);
    let gesture = if event.ctrl_key() || event.meta_key() {
        let turn = (along.abs() * 0.01).min(0.5);
        let factor = if along > 0.0 { 1.0 + turn } else { 1.0 / (1.0 + turn) };
        Gesture::Zoom { factor, at: Some(event.client_x()) }
    } else if !zoomed {
        return None;
    } else if across.abs() > along.abs() || (event.shift_key() && across != 0.0) {
        Gesture::Moved(across)
    } else if event.shift_key() || (!overflows && super::browser::is_wide()) {
        Gesture::Moved(along)
    } else {
        return None;
    };
    event.prevent_default();
    Some(Message::Timeline(gesture))
}

fn lanes_legend(keys: &[Key]) -> Html {
    let mut html = String::new();
    for key in keys {
        html += "<span>";
        html += &key_svg(*key);
        html += key.name();
        html += "</span>";
    }
    raw(html)
}

fn labels(lanes: &Lanes, top: f64) -> Html {
    let mut html = String::new();
    // The longest label decides how wide the column is, whether it can be seen or not.
    html += "<div class=\"label widest\" aria-hidden=\"true\">";
    push_label(&mut html, &lanes.longest);
    html += "</div>";
    for (place, label) in lanes.labels.iter().enumerate() {
        let number = (lanes.first + place) as u32;
        let tint = tint(TaskId(number));
        html += &format!("<div class=\"label {tint}\" data-inspect=\"t{number}\" title=\"");
        push_text(&mut html, label);
        html.push_str("\">");
        push_label(&mut html, label);
        html.push_str("</div>");
    }
    let first = lanes.first as f64 * lanes.pitch - top;
    let style =
        ["margin-top:", &decimal::fixed(first, 2), "px;--pitch:", &decimal::fixed(lanes.pitch, 2), "px"].concat();
    element("div", &["style"], &[&style], vec![raw(html)])
}

fn push_label(html: &mut String, label: &str) {
    html.push_str("<i></i><span class=\"whole\">");
    push_text(html, label);
    html.push_str("</span><span class=\"short\">");
    push_text(html, &mark_text(label));
    html.push_str("</span>");
}

/// How many tasks the height of the picture stands for.
fn ceiling(total: usize, height: f64) -> Html {
    let tasks = if total == 1 { "task" } else { "tasks" };
    let style = ["height:", &decimal::plain(height), "px"].concat();
    let ends = raw(format!("<span>{}<br>{tasks}</span><span>0</span>", grouped(total)));
    element("div", &["class", "style"], &["ceiling", &style], vec![ends])
}

fn density_legend(counts: &[(Band, u32)]) -> Html {
    let mut bands = Vec::new();
    for (band, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let key = element("i", &["class"], &[&["band-key ", band.class()].concat()], vec![]);
        let count = words("b", "", &grouped(*count as usize));
        bands.push(element("span", &[], &[], vec![key, count, text(band.name())]));
    }
    bands.into_iter().collect()
}
