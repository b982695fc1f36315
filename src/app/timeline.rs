//! The timeline, and the playhead that can be dragged along it.

use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use super::moment::{Named, Same};
use super::page::Message;
use crate::draw::{
    Band, COLOURS, Density, Lanes, Layer, Look, Picture, PictureBody, Scale, Tick, colour, grouped, mark_text, seconds,
};
use crate::trace::TaskId;

/// What lies below the lanes, for the ticks' texts, and above them, for the clock's, in pixels.
const BELOW: f64 = 20.0;
const ABOVE: f64 = 16.0;

/// What the timeline shows besides its picture.
pub struct Shown<'a> {
    pub picture: Option<&'a Same<Picture>>,
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
    let Shown { picture, playhead, arrows, counts, height, scale, step, steps, time } = shown;
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
    let lanes = picture.as_ref().and_then(|picture| match &picture.body {
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
                if let Some(picture) = picture {
                    <Drawing picture={(*picture).clone()} height={*height} />
                    <div class="veil" style={format!("left:{playhead:.1}px")} />
                    <svg class="now" aria-hidden="true"><path d={arrows.clone()} transform={format!("translate(0 {ABOVE})")} /></svg>
                    <div class="playhead" style={format!("transform:translateX({playhead:.1}px)")} />
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct DrawingProperties {
    picture: Same<Picture>,
    height: f64,
}

/// The picture without the playhead: drawn once for a run.
#[function_component]
fn Drawing(properties: &DrawingProperties) -> Html {
    let DrawingProperties { picture, height } = properties;
    let tick = |tick: &Tick| {
        let x = format!("{:.1}", tick.x);
        html! {
            <>
                <line x1={x.clone()} x2={x.clone()} y1={ABOVE.to_string()} y2={(ABOVE + height).to_string()} />
                <text {x} y={(ABOVE + height + 15.0).to_string()}>{ &tick.text }</text>
            </>
        }
    };
    let clock_mark = |mark: &Tick| {
        let x = format!("{:.1}", mark.x);
        html! {
            <g class="clock-mark">
                <line x1={x.clone()} x2={x.clone()} y1={ABOVE.to_string()} y2={(ABOVE + height).to_string()} />
                <text {x} y="11">{ &mark.text }</text>
            </g>
        }
    };
    let body = match &picture.body {
        PictureBody::Lanes(lanes) => lanes_drawing(lanes),
        PictureBody::Density(density) => density_drawing(density),
    };
    html! {
        <svg class="drawing" aria-hidden="true">
            { hatches() }
            <g class="ticks">{ for picture.ticks.iter().map(tick) }{ for picture.clock_marks.iter().map(clock_mark) }</g>
            <g transform={format!("translate(0 {ABOVE})")}>{ body }</g>
        </svg>
    }
}

fn lanes_drawing(lanes: &Lanes) -> Html {
    let layer = |layer: &Layer| {
        let paint = match layer.look {
            Look::InLine => format!("url(#hatch{})", layer.colour),
            _ => format!("var(--t{})", layer.colour),
        };
        html! { <path class={layer.look.name()} style={format!("--paint:{paint}")} d={layer.path.clone()} /> }
    };
    html! { <>{ for lanes.layers.iter().map(layer) }<path class="arrows" d={lanes.arrows.clone()} /></> }
}

fn density_drawing(density: &Density) -> Html {
    let band = |(band, path): &(Band, String)| {
        html! { <path class={format!("band {}", band_class(*band))} d={path.clone()} /> }
    };
    html! { <>{ for density.bands.iter().map(band) }</> }
}

/// Hatchings in the tasks' colours, for those who wait in line.
fn hatches() -> Html {
    let hatch = |number: u32| {
        html! {
            <pattern
                id={format!("hatch{number}")} width="6" height="6" patternUnits="userSpaceOnUse"
                patternTransform="rotate(45)"
            >
                <rect width="2.4" height="6" style={format!("fill:var(--t{number})")} />
            </pattern>
        }
    };
    html! { <defs>{ for (0..=COLOURS).map(hatch) }</defs> }
}

fn labels(lanes: &Lanes) -> Html {
    let label = |(number, label): (usize, &crate::trace::Text)| {
        let task = Named { task: TaskId(number as u32), label: label.clone() };
        html! {
            <div
                class="label" title={label.to_string()}
                style={format!("height:{:.2}px;--c:var(--t{})", lanes.pitch * lanes.label_every as f64, colour(task.task))}
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
            <span><i class={format!("key band {}", band_class(*band))} /><b>{ grouped(*count as usize) }</b>{ " " }{ band.name() }</span>
        }
    };
    html! { <>{ for counts.iter().filter(|(_, count)| *count > 0).map(entry) }</> }
}

fn band_class(band: Band) -> &'static str {
    match band {
        Band::InLine => "band-in-line",
        Band::Waits => "band-waits",
        Band::Sleeps => "band-sleeps",
        Band::Ready => "band-ready",
        Band::Finished => "band-finished",
    }
}
