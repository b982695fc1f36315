//! What the program has printed up to the playhead.

use yew::prelude::Html;

use super::html::{element, keyed, raw, text};
use super::moment::Moment;
use crate::decimal;
use crate::trace::Ending;

/// The program's output.
pub fn output(moment: Option<&Moment>) -> Html {
    let lines = moment.map_or(&[][..], |moment| &moment.output);
    let mut aside = String::new();
    if let Some(moment) = moment
        && let Some(ending) = &moment.ending
    {
        aside = format!("{} after {} s", epitaph(ending), decimal::fixed(moment.time, 2));
    } else if lines.is_empty() {
        aside.push_str("nothing printed yet");
    }
    if let Some(first) = lines.first()
        && first.number > 0
    {
        aside += &format!(" · {} lines before these", first.number);
    }
    let mut shown = Vec::new();
    for line in lines {
        let class = match (line.current, line.error) {
            (true, true) => "current error-text",
            (true, false) => "current",
            (false, true) => "error-text",
            (false, false) => "",
        };
        shown.push(keyed(line.number.to_string(), "p", &["class"], &[class], vec![raw(line.html.clone())]));
    }
    // Without lines the log is truly empty, to eyes and ears alike.
    let log = if shown.is_empty() { vec![] } else { vec![element("div", &["class"], &["lines"], shown)] };
    let heading = vec![text("Output"), element("span", &["class"], &["aside"], vec![text(&aside)])];
    let children = vec![
        element("h2", &[], &[], heading),
        element("div", &["class", "role", "aria-label", "tabindex"], &["log", "log", "Output", "0"], log),
    ];
    element("section", &["class", "aria-label"], &["output", "What the program prints"], children)
}

/// What stands over the output at the end of a run.
fn epitaph(ending: &Ending) -> &'static str {
    match ending {
        Ending::Finished => "ended",
        Ending::Raised { .. } => "ended by an exception",
        Ending::Stuck { .. } => "can never continue",
        Ending::Horizon { .. } | Ending::Stopped { .. } => "stopped",
    }
}
