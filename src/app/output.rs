//! What the program has printed up to the playhead.

use crate::draw::seconds;
use yew::prelude::*;

use super::html::raw;
use super::moment::Moment;
use super::printout::OutputLine;
use crate::trace::Ending;

/// The program's output.
pub fn output(moment: Option<&Moment>) -> Html {
    let lines = moment.map_or(&[][..], |moment| &moment.output);
    let over = moment.and_then(|moment| Some((moment.time, moment.ending.as_ref()?)));
    let before = lines.first().map_or(0, |line| line.number);
    let line = |line: &OutputLine| {
        let class = classes!(line.current.then_some("current"), line.error.then_some("error-text"));
        html! { <p key={line.number} {class}>{ raw(line.html.clone()) }</p> }
    };
    // Without lines the log is truly empty, to eyes and ears alike.
    html! {
        <section class="output" aria-label="What the program prints">
            <h2>
                { "Output" }
                <span class="aside">
                    { for over.map(|(time, ending)| epitaph(time, ending)) }
                    { for (before > 0).then(|| format!(" · {before} lines before these")) }
                    if lines.is_empty() && over.is_none() { { "nothing printed yet" } }
                </span>
            </h2>
            <div class="log" role="log" aria-label="Output" tabindex="0">
                if !lines.is_empty() {
                    <div class="lines">{ for lines.iter().map(line) }</div>
                }
            </div>
        </section>
    }
}

/// What stands over the output at the end of a run.
fn epitaph(time: f64, ending: &Ending) -> String {
    let end = match ending {
        Ending::Finished => "ended",
        Ending::Raised { .. } => "ended by an exception",
        Ending::Stuck { .. } => "can never continue",
        Ending::Horizon { .. } | Ending::Stopped { .. } => "stopped",
    };
    format!("{end} after {}", seconds(time))
}
