//! The timeline, and the playhead that can be dragged along it.

use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::html::raw;
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
        html! {
            <button aria-pressed={(*scale == shown).to_string()} onclick={send.reform(move |_| Message::Scaled(shown))}>
                { name }
            </button>
        }
    };
    let lanes = drawn.and_then(|drawn| match &drawn.picture.body {
        PictureBody::Lanes(lanes) => Some(lanes),
        PictureBody::Density(_) => None,
    });
    html! {
        <div class="timeline">
            <div class="timeline-head">
                <div class="legend">
                    if counts.is_empty() { { lanes_legend() } } else { { density_legend(counts) } }
                </div>
                <span class="scales" role="group" aria-label="Scale of the timeline">
                    { scale_button(Scale::Seconds, "seconds") }
                    { scale_button(Scale::Steps, "steps") }
                </span>
            </div>
            <div class="labels" style={format!("padding-top:{ABOVE}px")}>
                if let Some(lanes) = lanes { { labels(lanes) } } else { { ceiling(counts, *height) } }
            </div>
            <div class="plot" ref={plot.clone()} {onpointerdown} {onpointermove} style={format!("--drawn:{}px", height + ABOVE + BELOW)}>
                <input
                    ref={scrubber.clone()} class="scrubber" type="range" aria-label="Timeline" min="0" max={steps.to_string()}
                    step="1" value={step.to_string()} aria-valuetext={format!("step {step} of {steps}, {}", seconds(*time))} {oninput}
                />
                if let Some(drawn) = drawn {
                    { raw(drawn.svg.clone()) }
                    <div class="veil" style={format!("left:{playhead:.1}px")} />
                    <svg class="now" aria-hidden="true"><path d={arrows.clone()} transform={format!("translate(0 {ABOVE})")} /></svg>
                    <div class="playhead" style={format!("transform:translateX({playhead:.1}px)")} />
                }
            </div>
        </div>
    }
}

fn labels(lanes: &Lanes) -> Html {
    let label = |(number, label): (usize, &crate::trace::Text)| {
        html! {
            <div
                class="label" title={label.to_string()}
                style={format!("height:{:.2}px;--c:var(--t{})", lanes.pitch * lanes.label_every as f64, colour(TaskId(number as u32)))}
            >
                <i /><span class="whole">{ label.to_string() }</span><span class="short">{ mark_text(label) }</span>
            </div>
        }
    };
    html! { <>{ for lanes.labels.iter().enumerate().step_by(lanes.label_every).map(label) }</> }
}

/// How many tasks the height of the picture stands for.
fn ceiling(counts: &[(Band, u32)], height: f64) -> Html {
    let total: u32 = counts.iter().map(|(_, count)| count).sum();
    html! {
        <div class="ceiling" style={format!("height:{height}px")}>
            if total > 0 { <span>{ grouped(total as usize) }<br />{ "tasks" }</span><span>{ "0" }</span> }
        </div>
    }
}

fn lanes_legend() -> Html {
    html! {
        <>
            <span><i class="key holds" />{ "holds" }</span>
            <span><i class="key in-line" />{ "in line" }</span>
            <span><i class="key sleeps" />{ "asleep" }</span>
            <span><i class="key waits" />{ "awaits tasks" }</span>
            <span><i class="key runs" />{ "runs" }</span>
            <span><svg width="16" height="12" viewBox="0 0 16 12" aria-hidden="true"><path class="arrows" d="M2 1Q11 5 5 10M5 6L5 10.5L9.5 9" /></svg>{ "wakes" }</span>
        </>
    }
}

fn density_legend(counts: &[(Band, u32)]) -> Html {
    let entry = |(band, count): &(Band, u32)| {
        html! {
            <span><i class="key band" style={format!("--paint:var(--{})", band.class())} /><b>{ grouped(*count as usize) }</b>{ " " }{ band.name() }</span>
        }
    };
    html! { <>{ for counts.iter().filter(|(_, count)| *count > 0).map(entry) }</> }
}
