//! What the program has printed up to the playhead.

use yew::prelude::*;

use super::mark::mark;
use super::moment::{Moment, Same};
use super::printout::{Chunk, PrintedLine};
use crate::trace::Ending;

/// The height of a line, in pixels, as in the style sheet.
const LINE_HEIGHT: usize = 20;

#[derive(Properties, PartialEq)]
pub struct OutputProperties {
    pub moment: Option<Same<Moment>>,
}

#[function_component]
pub fn Output(properties: &OutputProperties) -> Html {
    let chunks = properties.moment.as_ref().map_or(&[][..], |moment| &moment.output);
    let over = properties.moment.as_ref().and_then(|moment| Some((moment.time, moment.ending.as_ref()?)));
    let before = chunks.first().map_or(0, |chunk| chunk.before);
    html! {
        <section class="output" aria-label="What the program prints">
            <h2>
                { "Output" }
                <span class="aside">
                    { for over.map(|(time, ending)| epitaph(time, ending)) }
                    { for (before > 0).then(|| format!("{before} lines before these")) }
                    if chunks.is_empty() && over.is_none() { { "nothing printed yet" } }
                </span>
            </h2>
            <div class="log" role="log" aria-label="Output" tabindex="0">
                <div class="lines">
                    { for chunks.iter().map(|chunk| html! { <ChunkView key={chunk.before} chunk={chunk.clone()} /> }) }
                </div>
            </div>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ChunkProperties {
    chunk: Chunk,
}

#[function_component]
fn ChunkView(properties: &ChunkProperties) -> Html {
    let Chunk { lines, until, current, .. } = &properties.chunk;
    let line = |line: &PrintedLine| {
        let text = line.until(*until)?;
        let now = current.is_some_and(|step| line.parts.iter().any(|(at, _)| *at == step));
        Some(html! {
            <p class={classes!(now.then_some("current"), line.error.then_some("error-text"))}>
                <span class="when" aria-hidden="true">{ format!("{:.2}", line.time) }</span>
                <span class="who" aria-hidden="true">
                    { for line.writer.as_ref().map(mark) }
                </span>
                <code>{ text }</code>
            </p>
        })
    };
    let style = format!("contain-intrinsic-height:auto {}px", lines.len() * LINE_HEIGHT);
    html! { <div class="chunk" {style}>{ for lines.iter().filter_map(line) }</div> }
}

/// What stands over the output at the end of a run.
fn epitaph(time: f64, ending: &Ending) -> String {
    let end = match ending {
        Ending::Finished => "ended",
        Ending::Raised { .. } => "ended by an exception",
        Ending::Stuck { .. } => "can never continue",
        Ending::Horizon { .. } | Ending::Stopped { .. } => "stopped",
    };
    format!("{end} after {time:.2} s")
}
