//! The stage in the document: what stands still below, what moves above it.

use yew::prelude::*;

use super::icons;
use super::page::Message;
use crate::draw::{
    CallbackMark, Caption, CaptionKind, Card, Cell, CellKind, Chip, Crowd, CrowdKind, Place, PlaceKind, Rectangle,
    Seat, SeatKind, Slot, Stage, Token, colour, grouped, mark_text,
};
use crate::trace::{Activity, Callback as LoopCallback, PrimitiveKind};

/// The stage; `glide` is how long a token moves, in milliseconds.
pub fn stage(send: &Callback<Message>, stage: &Stage, glide: u32) -> Html {
    let style = format!("height:{}px;--size:{}px;--glide:{glide}ms", stage.height, stage.size);
    html! {
        <div class="stage" {style}>
            { for stage.places.iter().map(place) }
            { for stage.cards.iter().map(|shown| card(shown, send)) }
            { for stage.slots.iter().map(slot) }
            <div>{ for stage.cells.iter().map(cell) }</div>
            { for stage.captions.iter().map(caption) }
            { for stage.crowds.iter().map(crowd) }
            <div>{ for stage.seats.iter().map(seat) }</div>
            <div>{ for stage.chips.iter().map(|shown| chip(shown, stage)) }</div>
            <div>{ for stage.callbacks.iter().map(callback) }</div>
            <div>{ for stage.tokens.iter().map(|shown| token(shown, stage)) }</div>
            if stage.left_out > 0 || stage.tasks_per_dot > 1 {
                <p class="stage-note">{ note(stage) }</p>
            }
        </div>
    }
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

fn place(place: &Place) -> Html {
    let (name, title, order) = match place.kind {
        PlaceKind::Ready => ("ready", "Ready queue", " · next first"),
        PlaceKind::Running => ("running", "Running", ""),
        PlaceKind::Sleeping => ("sleeping", "Sleeping", " · wakes at"),
        PlaceKind::Finished => ("finished", "Finished", ""),
    };
    let occupied = (place.count > 0).then_some("occupied");
    html! {
        <section class={classes!("place", name, occupied)} style={bounds(&place.rectangle)} aria-label={title}>
            <h2>{ title }<span>{ order }</span></h2>
            if place.count > 1 {
                <span class="count">{ grouped(place.count) }</span>
            }
        </section>
    }
}

fn card(card: &Card, send: &Callback<Message>) -> Html {
    let to_line = |line: u32| {
        html! {
            <button class="to-line" onclick={send.reform(move |_| Message::Pointed(line))}>{ format!("line {line}") }</button>
        }
    };
    html! {
        <section
            class={classes!("card", (!card.present).then_some("absent"))}
            style={bounds(&card.rectangle)}
            aria-label={card.name.clone()}
            data-primitive={card.kind.map(PrimitiveKind::name)}
        >
            <h3>{ &card.name }<span class="detail">{ &card.detail }</span>{ for card.line.map(to_line) }</h3>
            <p class="heard">{ &card.description }</p>
            <p class="figures">{ &card.figures }</p>
        </section>
    }
}

fn slot(slot: &Slot) -> Html {
    html! {
        <span class={classes!("slot", slot.taken.then_some("taken"))} style={bounds(&slot.rectangle)}>{ slot.text }</span>
    }
}

fn cell(cell: &Cell) -> Html {
    let key = format!("{}-{}", cell.key.0, cell.key.1);
    let Rectangle { x, y, width, height } = cell.rectangle;
    let style = format!("transform:translate({x}px,{y}px);width:{width}px;height:{height}px");
    match &cell.kind {
        CellKind::Room => html! { <span {key} class="cell room" {style} /> },
        CellKind::Item(text) => {
            html! { <span {key} class="cell item" {style} title={text.to_string()}>{ &**text }</span> }
        }
        CellKind::Child { task, label, done } => html! {
            <span
                {key}
                class={classes!("cell", "child", done.then_some("done"))}
                style={format!("{style};--c:var(--t{})", colour(*task))}
                title={format!("{label}{}", if *done { ", finished" } else { "" })}
            />
        },
        CellKind::Progress(thousandths) => html! {
            <span {key} class="cell progress" {style}><i style={format!("width:{}%", f64::from(*thousandths) / 10.0)} /></span>
        },
    }
}

fn caption(caption: &Caption) -> Html {
    let name = match caption.kind {
        CaptionKind::Zone => "zone",
        CaptionKind::Time => "when",
        CaptionKind::Empty => "empty",
        CaptionKind::More => "rest",
    };
    html! { <span class={classes!("caption", name)} style={bounds(&caption.rectangle)}>{ &caption.text }</span> }
}

fn crowd(crowd: &Crowd) -> Html {
    let name = match crowd.kind {
        CrowdKind::Ready => "ready",
        CrowdKind::Waiting => "waiting",
        CrowdKind::Sleeping => "sleeping",
        CrowdKind::Finished => "finished",
    };
    html! {
        <>
            <span class={classes!("crowd", name)} style={bounds(&crowd.full)} />
            <span class={classes!("crowd", name)} style={bounds(&crowd.rest)} />
        </>
    }
}

fn seat(seat: &Seat) -> Html {
    let kind = match seat.kind {
        SeatKind::Next => "next",
        SeatKind::Woken => "woken",
    };
    html! {
        <span
            key={format!("{}-{kind}", seat.task.0)}
            class={classes!("seat", kind)}
            style={format!("transform:translate({}px,{}px);--c:var(--t{})", seat.x, seat.y, colour(seat.task))}
        >
            { mark_text(&seat.label) }
        </span>
    }
}

fn chip(chip: &Chip, stage: &Stage) -> Html {
    let Chip { task, label, key, x, y, size } = chip;
    // It comes from the hands of the task that runs.
    let inset = (stage.size - size) / 2;
    let (from_x, from_y) = (stage.running_seat.0 + inset, stage.running_seat.1 + inset);
    html! {
        <span
            key={format!("{}-{}-{}", key.0.map_or(-1, |primitive| i64::from(primitive.0)), task.0, key.1)}
            class="chip"
            title={label.to_string()}
            style={format!(
                "transform:translate({x}px,{y}px);--from:translate({from_x}px,{from_y}px);--size:{size}px;--c:var(--t{})",
                colour(*task),
            )}
        >
            { mark_text(label) }
        </span>
    }
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
    let tint = tint.map_or("var(--soft)".to_owned(), |task| format!("var(--t{})", colour(task)));
    html! {
        <span
            {key}
            class="callback"
            {title}
            style={format!("transform:translate({}px,{}px);--c:{tint}", mark.x, mark.y)}
        >
            { sign }
        </span>
    }
}

fn token(token: &Token, stage: &Stage) -> Html {
    let Token { task, label, x, y, activity, woken } = token;
    let (from_x, from_y) = stage.running_seat;
    let text = mark_text(label);
    let long = match text.chars().count() {
        0..=2 => None,
        3 => Some("three"),
        _ => Some("long"),
    };
    let state = activity.name();
    html! {
        <span
            key={task.0}
            class={classes!("token", long, woken.then_some("woken"), (*activity == Activity::Running).then_some("runs"))}
            role="img"
            aria-label={format!("{label}, {state}")}
            title={format!("{label}, {state}")}
            data-task={label.to_string()}
            data-state={state}
            style={format!(
                "transform:translate({x}px,{y}px);--from:translate({from_x}px,{from_y}px);--c:var(--t{})",
                colour(*task),
            )}
        >
            { text }
        </span>
    }
}
