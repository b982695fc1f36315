//! The stage in the document: what stands still below, what moves above it.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, element, keyed, text, tint, words};
use super::icons;
use super::inspector::key;
use super::page::Message;
use crate::draw::{
    CallbackMark, Caption, CaptionKind, Card, Cell, CellKind, Chip, Crowd, CrowdKind, Place, PlaceKind, Rectangle,
    Seat, SeatKind, Slot, SlotKind, Stage, Token, grouped, mark_text, seconds,
};
use crate::lab::Subject;
use crate::trace::{Activity, Callback as LoopCallback, Outcome};

/// The stage; `glide` is how long a token moves, in milliseconds.
pub fn stage(send: &Callback<Message>, stage: &Stage, glide: u32) -> Html {
    let style = format!("height:{}px;--size:{}px;--glide:{glide}ms", stage.height, stage.size);
    let mut children = vec![
        layer(&stage.places, place),
        layer(&stage.cards, |shown| card(shown, send)),
        layer(&stage.slots, slot),
        layer(&stage.cells, |shown| cell(shown, stage)),
        layer(&stage.captions, caption),
        layer(&stage.crowds, crowd),
        layer(&stage.seats, seat),
        layer(&stage.chips, |shown| chip(shown, stage)),
        layer(&stage.callbacks, |shown| callback(shown, stage)),
        layer(&stage.tokens, |shown| token(shown, stage)),
    ];
    if stage.left_out > 0 || stage.tasks_per_dot > 1 {
        children.push(words("p", "stage-note", &note(stage)));
    }
    element("div", &["class", "style"], &["stage", &style], children)
}

/// All things of one kind: they lie below those of the next.
fn layer<T>(things: &[T], view: impl Fn(&T) -> Html) -> Html {
    let mut children = Vec::new();
    for thing in things {
        children.push(view(thing));
    }
    element("div", &[], &[], children)
}

fn note(stage: &Stage) -> String {
    let mut parts = Vec::new();
    if stage.tasks_per_dot > 1 {
        parts.push(format!("each dot is {} tasks", stage.tasks_per_dot));
    }
    if stage.left_out > 0 {
        parts.push(format!("{} more primitives are not shown", stage.left_out));
    }
    parts.join(" · ")
}

fn bounds(rectangle: &Rectangle) -> String {
    let Rectangle { x, y, width, height } = rectangle;
    format!("left:{x}px;top:{y}px;width:{width}px;height:{height}px")
}

/// The classes that apply, one after the other.
fn classes(all: &[&str]) -> String {
    let mut classes = String::new();
    for class in all {
        if !classes.is_empty() && !class.is_empty() {
            classes.push(' ');
        }
        classes.push_str(class);
    }
    classes
}

fn place(place: &Place) -> Html {
    let (name, title, order) = match place.kind {
        PlaceKind::Ready => ("ready", "Ready queue", " · next first"),
        PlaceKind::Running => ("running", "Running", ""),
        PlaceKind::Sleeping => ("sleeping", "Sleeping", " · wakes at"),
        PlaceKind::Finished => ("finished", "Finished", ""),
    };
    let class = classes(&["place", name, if place.count > 0 { "occupied" } else { "" }]);
    let mut children = vec![element("h2", &[], &[], vec![text(title), words("span", "", order)])];
    if place.count > 1 {
        children.push(words("span", "count", &grouped(place.count)));
    }
    element("section", &["class", "style", "aria-label"], &[&class, &bounds(&place.rectangle), title], children)
}

fn card(card: &Card, send: &Callback<Message>) -> Html {
    let (mut inspected, mut name) = (String::new(), text(&card.name));
    if let crate::draw::Subject::Primitive(primitive) = card.subject {
        inspected = key(Subject::Primitive(primitive));
        let names = &["class", "role", "tabindex", "aria-label", "data-inspect"];
        let values = &["open", "button", "0", &["Inspect ", &card.name].concat(), &inspected];
        name = element("span", names, values, vec![name]);
    }
    let mut heading = vec![name, words("span", "detail", &card.detail)];
    if let Some(line) = card.line {
        let about = Button { class: "to-line", ..Button::default() };
        heading.push(button(about, text(&format!("line {line}")), send, Message::Pointed(line)));
    }
    let class = classes(&["card", if card.present { "" } else { "absent" }, if card.compact { "compact" } else { "" }]);
    let names = &["class", "style", "aria-label", "title", "data-primitive", "data-inspect"];
    let kind = card.kind.map_or("", |kind| kind.name());
    let mut children = vec![element("h3", &[], &[], heading), words("p", "heard", &card.description)];
    let mut title = "";
    if card.compact {
        title = &card.figures;
    } else {
        let figures = vec![text(&card.figures)];
        children.push(element("p", &["class", "title"], &["figures", &card.figures], figures));
    }
    element("section", names, &[&class, &bounds(&card.rectangle), &card.name, title, kind, &inspected], children)
}

/// A small thing at its place.
fn thing(class: &str, rectangle: &Rectangle, says: &str) -> Html {
    element("span", &["class", "style"], &[class, &bounds(rectangle)], vec![text(says)])
}

fn slot(slot: &Slot) -> Html {
    let class = match slot.kind {
        SlotKind::Free => "slot",
        SlotKind::Taken => "slot taken",
        SlotKind::Open => "slot taken open",
        SlotKind::Broken => "slot broken",
        SlotKind::Dark => "slot lamp",
        SlotKind::Lit => "slot lamp lit",
    };
    thing(class, &slot.rectangle, slot.text)
}

fn cell(cell: &Cell, stage: &Stage) -> Html {
    let Rectangle { x, y, width, height } = cell.rectangle;
    let mut style = format!("transform:translate({x}px,{y}px);width:{width}px;height:{height}px");
    let mut colour = "";
    let (class, title, children) = match &cell.kind {
        CellKind::Room => ("cell room", String::new(), vec![]),
        CellKind::Closed => ("cell room closed", String::new(), vec![]),
        CellKind::Item(item) => {
            // It comes from the hands of the task that runs.
            let (x, y) = stage.running_seat;
            style += &format!(";--from:translate({x}px,{y}px)");
            ("cell item", item.to_string(), vec![text(item)])
        }
        CellKind::Taken(item) => ("cell item taken", item.to_string(), vec![text(item)]),
        CellKind::Child { task, label, outcome } => {
            colour = tint(*task);
            let (class, ended) = match outcome {
                None => ("cell child", String::new()),
                Some(Outcome::Returned) => ("cell child done", ", finished".to_owned()),
                Some(Outcome::Cancelled) => ("cell child cancelled", ", cancelled".to_owned()),
                Some(Outcome::Failed(exception)) => ("cell child failed", [", failed: ", exception].concat()),
            };
            let most = if width < LEAST_FOR_MARK { 0 } else { MOST_IN_SQUARE };
            let mark: String = mark_text(label).chars().take(most).collect();
            (class, [label, &*ended].concat(), vec![text(&mark)])
        }
        CellKind::Progress(thousandths) => {
            let width = format!("width:{}%", thousandths / 10);
            ("cell progress", String::new(), vec![element("i", &["style"], &[&width], vec![])])
        }
    };
    let key = format!("{}-{}", cell.key.0, cell.key.1);
    keyed(key, "span", &["class", "style", "title"], &[&classes(&[class, colour]), &style, &title], children)
}

/// A square smaller than this has no room for a mark, in pixels.
const LEAST_FOR_MARK: i32 = 20;
/// And one with a mark has room for so many letters of it.
const MOST_IN_SQUARE: usize = 4;

fn caption(caption: &Caption) -> Html {
    let class = match caption.kind {
        CaptionKind::Zone => "caption zone",
        CaptionKind::Time => "caption when",
        CaptionKind::Deadline => return deadline(caption),
        CaptionKind::Empty => "caption empty",
        CaptionKind::More => "caption rest",
    };
    thing(class, &caption.rectangle, &caption.text)
}

/// On the edge of the token below it.
fn deadline(caption: &Caption) -> Html {
    let label = words("b", "", &caption.text);
    element("span", &["class", "style"], &["caption deadline", &bounds(&caption.rectangle)], vec![label])
}

fn crowd(crowd: &Crowd) -> Html {
    let class = match crowd.kind {
        CrowdKind::Ready => "crowd ready",
        CrowdKind::Waiting => "crowd waiting",
        CrowdKind::Sleeping => "crowd sleeping",
        CrowdKind::Finished => "crowd finished",
    };
    [thing(class, &crowd.full, ""), thing(class, &crowd.rest, "")].into_iter().collect()
}

/// Where something stands that moves.
fn at(x: i32, y: i32) -> String {
    format!("transform:translate({x}px,{y}px)")
}

fn seat(seat: &Seat) -> Html {
    let mark = mark_text(&seat.label);
    let kind = match seat.kind {
        SeatKind::Next => "next",
        SeatKind::Woken => "woken",
    };
    let class = classes(&["seat", tint(seat.task), length(&mark), kind]);
    let key = format!("{}-{kind}", seat.task.0);
    keyed(key, "span", &["class", "style"], &[&class, &at(seat.x, seat.y)], vec![text(&mark)])
}

fn chip(chip: &Chip, stage: &Stage) -> Html {
    let Chip { task, label, key: (primitive, number), x, y, size } = chip;
    let mark = mark_text(label);
    // It comes from the hands of the task that runs.
    let inset = (stage.size - size) / 2;
    let (from_x, from_y) = (stage.running_seat.0 + inset, stage.running_seat.1 + inset);
    let style = at(*x, *y) + &format!(";--from:translate({from_x}px,{from_y}px);--size:{size}px");
    let place = format!("{}-{}-{number}", primitive.map_or(-1, |primitive| i64::from(primitive.0)), task.0);
    let class = classes(&["chip", tint(*task), length(&mark)]);
    keyed(
        place,
        "span",
        &["class", "style", "title", "data-inspect"],
        &[&class, &style, label, &key(Subject::Task(*task))],
        vec![text(&mark)],
    )
}

fn callback(mark: &CallbackMark, stage: &Stage) -> Html {
    let (mut key, sign, title, task) = match &mark.callback {
        LoopCallback::SleepEnds(task) => (format!("sleep-{}", task.0), icons::clock(), "a timer is due", Some(*task)),
        LoopCallback::GatherNotes { gather, child } => (
            format!("gather-{}-{}", gather.0, child.0),
            icons::check(),
            "whoever watches this task notes that it is done",
            Some(*child),
        ),
        LoopCallback::TimeIsUp(task) => (format!("time-{}", task.0), icons::clock(), "a timeout is due", Some(*task)),
        LoopCallback::JobEnds => ("job".to_owned(), icons::check(), "a worker thread is done", None),
        LoopCallback::RunEnds => ("end".to_owned(), icons::stop(), "the loop stops", None),
        LoopCallback::Intervention(_) => ("by-you".to_owned(), icons::call(), "what you did", None),
        LoopCallback::Function(name) => (format!("function-{name}"), icons::call(), "a callback", None),
    };
    // The same function may be scheduled several times.
    let before = stage.callbacks.iter().take_while(|other| !std::ptr::eq(*other, mark));
    for _ in before.filter(|other| other.callback == mark.callback) {
        key.push('+');
    }
    // No task has colour 9.
    let class = ["callback ", task.map_or("c9", tint)].concat();
    keyed(key, "span", &["class", "style", "title"], &[&class, &at(mark.x, mark.y), title], vec![sign])
}

/// The style of a text that needs smaller letters.
fn length(text: &str) -> &'static str {
    match text.chars().count() {
        0..=2 => "",
        3 => "three",
        4 => "long",
        _ => "longest",
    }
}

fn token(token: &Token, stage: &Stage) -> Html {
    let Token { task, label, x, y, activity, woken, exception, gives_up } = token;
    let (from_x, from_y) = stage.running_seat;
    let (mark, state) = (mark_text(label), activity.name());
    let runs = *activity == Activity::Running;
    let (woken, runs) = (if *woken { "woken" } else { "" }, if runs { "runs" } else { "" });
    let class = classes(&["token", tint(*task), length(&mark), woken, runs]);
    let style = at(*x, *y) + &format!(";--from:translate({from_x}px,{from_y}px)");
    let mut name = format!("{label}, {state}");
    if let Some(exception) = exception {
        name += &[": ", exception].concat();
    }
    if let Some(at) = gives_up {
        name += &[", gives up at ", &seconds(*at)].concat();
    }
    if !label.ends_with(&mark) {
        // Who speaks to the page says what can be read on it.
        name += &[", marked ", &mark].concat();
    }
    let inspected = key(Subject::Task(*task));
    let names =
        &["class", "style", "role", "aria-label", "title", "data-task", "data-state", "data-inspect", "tabindex"];
    let values = &[&class, &style, "button", &name, &name, label, state, &inspected, "0"];
    keyed(task.0.to_string(), "span", names, values, vec![text(&mark)])
}
