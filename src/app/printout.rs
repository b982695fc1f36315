//! What a program prints, line by line.

use yew::AttrValue;

use super::html::{push_mark, push_text};
use super::moment::Named;
use crate::decimal;
use crate::trace::{Runner, Stream, Trace};

/// More lines than this are not shown at once.
const MOST_LINES: usize = 1000;

/// A line of output as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputLine {
    /// Which line it is, from 0.
    pub number: usize,
    pub html: AttrValue,
    /// Whether the step that is shown wrote to it.
    pub current: bool,
    pub error: bool,
}

/// A line of output over time.
#[derive(Debug)]
struct Printed {
    time: f64,
    writer: Option<Named>,
    error: bool,
    /// What it was written in: each part with its step.
    parts: Vec<(u32, String)>,
    /// All of it, once it has been shown.
    html: Option<AttrValue>,
}

impl Printed {
    /// As much of it as was written by the end of a step.
    fn html(&self, step: u32) -> AttrValue {
        let time = decimal::fixed(self.time, 2);
        let mut html = ["<span class=\"when\" aria-hidden=\"true\">", &time, "</span>"].concat();
        html.push_str("<span class=\"who\" aria-hidden=\"true\">");
        if let Some(writer) = &self.writer {
            push_mark(&mut html, writer);
        }
        html.push_str("</span><code>");
        for (_, text) in self.parts.iter().take_while(|(at, _)| *at <= step) {
            push_text(&mut html, text);
        }
        html.push_str("</code>");
        html.into()
    }
}

/// All that a program has printed so far.
#[derive(Debug, Default)]
pub struct Printout {
    taken_in: usize,
    lines: Vec<Printed>,
    /// Whether the last line has not come to its end.
    open: bool,
}

impl Printout {
    /// Takes in what `trace` has gained since the last call.
    pub fn extend(&mut self, trace: &Trace) {
        let output = trace.output();
        for printed in &output[self.taken_in..] {
            for part in printed.text.split_inclusive('\n') {
                let text = part.strip_suffix('\n').unwrap_or(part).to_owned();
                match self.lines.last_mut() {
                    Some(line) if self.open => {
                        line.parts.push((printed.step, text));
                        line.html = None;
                    }
                    _ => self.lines.push(Printed {
                        time: printed.time,
                        writer: match &printed.runner {
                            Some(Runner::Task(task)) => {
                                Some(Named { task: *task, label: trace.latest().task(*task).label.clone() })
                            }
                            _ => None,
                        },
                        error: printed.stream == Stream::Error,
                        parts: vec![(printed.step, text)],
                        html: None,
                    }),
                }
                self.open = !part.ends_with('\n');
            }
        }
        self.taken_in = output.len();
    }

    /// The last lines that were begun by the end of a step.
    pub fn until(&mut self, step: u32) -> Vec<OutputLine> {
        let begun = self.lines.partition_point(|line| line.parts[0].0 <= step);
        let first = begun.saturating_sub(MOST_LINES);
        let line = |(index, line): (usize, &mut Printed)| {
            let whole = line.parts.last().is_none_or(|(at, _)| *at <= step);
            let html = match &line.html {
                Some(html) if whole => html.clone(),
                _ => line.html(step),
            };
            if whole {
                line.html = Some(html.clone());
            }
            OutputLine {
                number: first + index,
                html,
                current: line.parts.iter().any(|(at, _)| *at == step),
                error: line.error,
            }
        };
        self.lines[first..begun].iter_mut().enumerate().map(line).collect()
    }
}
