//! The stage in the document: what stands still below, what moves above it.

use yew::prelude::*;

use super::html::{Button, button, element, keyed, text};
use super::icons;
use super::page::Message;
use crate::draw::{
    CallbackMark, Caption, CaptionKind, Card, Cell, CellKind, Chip, Crowd, CrowdKind, Place, PlaceKind, Rectangle,
    Seat, SeatKind, Slot, Stage, Token, colour, grouped, mark_text,
};
use crate::trace::{Activity, Callback as LoopCallback, TaskId};

/// The stage; `glide` is how long a token moves, in milliseconds.
pub fn stage(send: &Callback<Message>, stage: &Stage, glide: u32) -> Html {
    let style = format!("height:{}px;--size:{}px;--glide:{glide}ms", stage.height, stage.size);
    let layer = |children: Vec<Html>| element("div", &[], children);
    let mut children = vec![
        layer(stage.places.iter().map(place).collect()),
        layer(stage.cards.iter().map(|shown| card(shown, send)).collect()),
        layer(stage.slots.iter().map(slot).collect()),
        layer(stage.cells.iter().map(cell).collect()),
        layer(stage.captions.iter().map(caption).collect()),
        layer(stage.crowds.iter().map(crowd).collect()),
        layer(stage.seats.iter().map(seat).collect()),
        layer(stage.chips.iter().map(|shown| chip(shown, stage)).collect()),
        layer(stage.callbacks.iter().map(callback).collect()),
        layer(stage.tokens.iter().map(|shown| token(shown, stage)).collect()),
    ];
    if stage.left_out > 0 || stage.tasks_per_dot > 1 {
        children.push(element("p", &[("class", "stage-note")], vec![text(&note(stage))]));
    }
    element("div", &[("class", "stage"), ("style", &style)], children)
}

fn note(stage: &Stage) -> String {
    let mut parts = Vec::new();
    if stage.tasks_per_dot > 1 {
        parts.push(format!("each dot is {} tasks", stage.tasks_per_dot));
    }
    if stage.left_out > 0 {
        parts.push(format!("{} more locks, semaphores and queues are not shown", stage.left_out));
    }
    parts.join(" · ")
}

fn bounds(rectangle: &Rectangle) -> String {
    let Rectangle { x, y, width, height } = rectangle;
    format!("left:{x}px;top:{y}px;width:{width}px;height:{height}px")
}

/// The classes that apply, one after the other.
fn classes(all: &[&str]) -> String {
    all.iter().filter(|class| !class.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

fn place(place: &Place) -> Html {
    let (name, title, order) = match place.kind {
        PlaceKind::Ready => ("ready", "Ready queue", " · next first"),
        PlaceKind::Running => ("running", "Running", ""),
        PlaceKind::Sleeping => ("sleeping", "Sleeping", " · wakes at"),
        PlaceKind::Finished => ("finished", "Finished", ""),
    };
    let class = classes(&["place", name, if place.count > 0 { "occupied" } else { "" }]);
    let mut children = vec![element("h2", &[], vec![text(title), element("span", &[], vec![text(order)])])];
    if place.count > 1 {
        children.push(element("span", &[("class", "count")], vec![text(&grouped(place.count))]));
    }
    element("section", &[("class", &class), ("style", &bounds(&place.rectangle)), ("aria-label", title)], children)
}

fn card(card: &Card, send: &Callback<Message>) -> Html {
    let mut heading = vec![text(&card.name), element("span", &[("class", "detail")], vec![text(&card.detail)])];
    if let Some(line) = card.line {
        let about = Button { class: "to-line", ..Button::default() };
        heading.push(button(about, text(&format!("line {line}")), send.reform(move |_| Message::Pointed(line))));
    }
    let (class, style) = (classes(&["card", if card.present { "" } else { "absent" }]), bounds(&card.rectangle));
    let mut attributes = vec![("class", class.as_str()), ("style", &style), ("aria-label", &card.name)];
    attributes.extend(card.kind.map(|kind| ("data-primitive", kind.name())));
    let children = vec![
        element("h3", &[], heading),
        element("p", &[("class", "heard")], vec![text(&card.description)]),
        element("p", &[("class", "figures")], vec![text(&card.figures)]),
    ];
    element("section", &attributes, children)
}

/// A small thing at its place.
fn thing(class: &str, style: &str, children: Vec<Html>) -> Html {
    element("span", &[("class", class), ("style", style)], children)
}

fn slot(slot: &Slot) -> Html {
    let class = if slot.taken { "slot taken" } else { "slot" };
    thing(class, &bounds(&slot.rectangle), vec![text(slot.text)])
}

fn cell(cell: &Cell) -> Html {
    let Rectangle { x, y, width, height } = cell.rectangle;
    let mut style = format!("transform:translate({x}px,{y}px);width:{width}px;height:{height}px");
    let (class, title, children) = match &cell.kind {
        CellKind::Room => ("cell room", String::new(), vec![]),
        CellKind::Item(item) => ("cell item", item.to_string(), vec![text(item)]),
        CellKind::Child { task, label, done } => {
            style += &format!(";--c:var(--t{})", colour(*task));
            if *done {
                ("cell child done", format!("{label}, done"), vec![])
            } else {
                ("cell child", label.to_string(), vec![])
            }
        }
        CellKind::Progress(thousandths) => {
            let width = format!("width:{}%", thousandths / 10);
            ("cell progress", String::new(), vec![element("i", &[("style", &width)], vec![])])
        }
    };
    let key = format!("{}-{}", cell.key.0, cell.key.1);
    keyed(key, "span", &[("class", class), ("style", &style), ("title", &title)], children)
}

fn caption(caption: &Caption) -> Html {
    let class = match caption.kind {
        CaptionKind::Zone => "caption zone",
        CaptionKind::Time => "caption when",
        CaptionKind::Empty => "caption empty",
        CaptionKind::More => "caption rest",
    };
    thing(class, &bounds(&caption.rectangle), vec![text(&caption.text)])
}

fn crowd(crowd: &Crowd) -> Html {
    let class = match crowd.kind {
        CrowdKind::Ready => "crowd ready",
        CrowdKind::Waiting => "crowd waiting",
        CrowdKind::Sleeping => "crowd sleeping",
        CrowdKind::Finished => "crowd finished",
    };
    [&crowd.full, &crowd.rest].into_iter().map(|part| thing(class, &bounds(part), vec![])).collect()
}

/// Where something stands that moves, and in which colour.
fn at(x: i32, y: i32, colour: &str) -> String {
    format!("transform:translate({x}px,{y}px);--c:var(--{colour})")
}

fn colour_of(task: TaskId) -> String {
    format!("t{}", colour(task))
}

fn seat(seat: &Seat) -> Html {
    let mark = mark_text(&seat.label);
    let kind = match seat.kind {
        SeatKind::Next => "next",
        SeatKind::Woken => "woken",
    };
    let (class, style) = (classes(&["seat", length(&mark), kind]), at(seat.x, seat.y, &colour_of(seat.task)));
    let key = format!("{}-{kind}", seat.task.0);
    keyed(key, "span", &[("class", &class), ("style", &style)], vec![text(&mark)])
}

fn chip(chip: &Chip, stage: &Stage) -> Html {
    let Chip { task, label, key, x, y, size } = chip;
    let mark = mark_text(label);
    // It comes from the hands of the task that runs.
    let inset = (stage.size - size) / 2;
    let (from_x, from_y) = (stage.running_seat.0 + inset, stage.running_seat.1 + inset);
    let style = at(*x, *y, &colour_of(*task)) + &format!(";--from:translate({from_x}px,{from_y}px);--size:{size}px");
    let key = format!("{}-{}-{}", key.0.map_or(-1, |primitive| i64::from(primitive.0)), task.0, key.1);
    let class = classes(&["chip", length(&mark)]);
    keyed(key, "span", &[("class", &class), ("style", &style), ("title", label)], vec![text(&mark)])
}

fn callback(mark: &CallbackMark) -> Html {
    let (key, sign, title, tint) = match &mark.callback {
        LoopCallback::SleepEnds(task) => (format!("sleep-{}", task.0), icons::clock(), "a timer is due", Some(*task)),
        LoopCallback::GatherNotes { child, .. } => (
            format!("gather-{}", child.0),
            icons::check(),
            "a gather notes that one of its tasks is done",
            Some(*child),
        ),
        LoopCallback::RunEnds => ("end".to_owned(), icons::stop(), "the loop stops", None),
        LoopCallback::Function(name) => (format!("function-{name}"), icons::call(), "a callback", None),
    };
    let style = at(mark.x, mark.y, &tint.map_or("soft".to_owned(), colour_of));
    keyed(key, "span", &[("class", "callback"), ("style", &style), ("title", title)], vec![sign])
}

/// The style of a text that needs smaller letters.
fn length(text: &str) -> &'static str {
    match text.chars().count() {
        0..=2 => "",
        3 => "three",
        _ => "long",
    }
}

fn token(token: &Token, stage: &Stage) -> Html {
    let Token { task, label, x, y, activity, woken } = token;
    let (from_x, from_y) = stage.running_seat;
    let (mark, state) = (mark_text(label), activity.name());
    let runs = *activity == Activity::Running;
    let class = classes(&["token", length(&mark), if *woken { "woken" } else { "" }, if runs { "runs" } else { "" }]);
    let style = at(*x, *y, &colour_of(*task)) + &format!(";--from:translate({from_x}px,{from_y}px)");
    let name = format!("{label}, {state}");
    let attributes = [
        ("class", class.as_str()),
        ("style", &style),
        ("role", "img"),
        ("aria-label", &name),
        ("title", &name),
        ("data-task", label),
        ("data-state", state),
    ];
    keyed(task.0.to_string(), "span", &attributes, vec![text(&mark)])
}
