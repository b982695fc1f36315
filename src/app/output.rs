//! What the program has printed up to the playhead.

use web_sys::Element;
use yew::prelude::*;

use super::mark::Mark;
use super::moment::{Moment, OutputLine, Same};
use crate::trace::Ending;

#[derive(Properties, PartialEq)]
pub struct OutputProperties {
    pub moment: Option<Same<Moment>>,
}

#[function_component]
pub fn Output(properties: &OutputProperties) -> Html {
    let log = use_node_ref();
    let (step, lines, earlier) = match &properties.moment {
        Some(moment) => (moment.step, moment.output.as_slice(), moment.earlier_output),
        None => (0, [].as_slice(), 0),
    };
    use_effect_with((earlier + lines.len(), log.clone()), |(_, log)| {
        if let Some(log) = log.cast::<Element>() {
            log.set_scroll_top(log.scroll_height());
        }
    });
    let line = |(index, line): (usize, &OutputLine)| {
        html! {
            <p
                key={earlier + index}
                class={classes!(
                    (line.step == step && step > 0).then_some("current"),
                    line.error.then_some("error-text"),
                )}
            >
                <span class="when">{ format!("{:.2}", line.time) }</span>
                <span class="who">
                    { for line.writer.as_ref().map(|task| html! { <Mark task={task.clone()} /> }) }
                </span>
                <code>{ &line.text }</code>
            </p>
        }
    };
    let over = properties.moment.as_ref().and_then(|moment| Some((moment.time, moment.ending.as_ref()?)));
    html! {
        <section class="output" aria-label="What the program prints">
            <h2>{ "Output" }</h2>
            <div class="log" role="log" aria-label="Output" tabindex="0" ref={log}>
                if earlier > 0 {
                    <p class="hint">{ format!("{earlier} lines before these") }</p>
                }
                if lines.is_empty() && over.is_none() {
                    <p class="hint">{ "nothing printed yet" }</p>
                }
                { for lines.iter().enumerate().map(line) }
                { for over.map(|(time, ending)| html! { <p class="over">{ epitaph(time, ending) }</p> }) }
            </div>
        </section>
    }
}

/// The last line under the output.
fn epitaph(time: f64, ending: &Ending) -> String {
    match ending {
        Ending::Finished => format!("The program ended after {time:.2} s."),
        Ending::Raised { .. } => format!("An exception ended the program after {time:.2} s."),
        Ending::Stuck { .. } => format!("The program can never continue after {time:.2} s."),
        Ending::Horizon { until } => format!("The clock was stopped at {until:.2} s."),
        Ending::Stopped { .. } => format!("The program was stopped after {time:.2} s."),
    }
}
