//! What a program prints, in pieces that the page can leave alone once they are written.

use super::moment::{Named, Same};
use crate::trace::{Runner, Stream, Trace};

/// Lines in a chunk.
const CHUNK: usize = 50;
/// More chunks than this are not shown at once.
const MOST_CHUNKS: usize = 40;

/// A line of output.
#[derive(Clone, Debug, PartialEq)]
pub struct PrintedLine {
    pub time: f64,
    pub writer: Option<Named>,
    pub error: bool,
    /// What it was written in: each part with its step.
    pub parts: Vec<(u32, String)>,
}

impl PrintedLine {
    /// As much of it as was written by the end of a step; `None` if nothing was.
    pub fn until(&self, step: u32) -> Option<String> {
        let written = self.parts.partition_point(|(at, _)| *at <= step);
        (written > 0).then(|| self.parts[..written].iter().map(|(_, text)| text.as_str()).collect())
    }
}

/// Some lines of output as far as they are shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Chunk {
    /// How many lines come before it.
    pub before: usize,
    pub lines: Same<Vec<PrintedLine>>,
    /// The step up to which it is shown; of a chunk that is shown whole always the same.
    pub until: u32,
    /// The step that is shown, if it wrote any of these lines.
    pub current: Option<u32>,
}

/// All that a program has printed so far.
#[derive(Debug)]
pub struct Printout {
    taken_in: usize,
    full: Vec<Same<Vec<PrintedLine>>>,
    last: Vec<PrintedLine>,
    /// `last` as it is shown.
    shared: Same<Vec<PrintedLine>>,
    /// Whether the last line has not come to its end.
    open: bool,
}

impl Default for Printout {
    fn default() -> Self {
        Self { taken_in: 0, full: Vec::new(), last: Vec::new(), shared: Same::new(Vec::new()), open: false }
    }
}

impl Printout {
    /// Takes in what `trace` has gained since the last call.
    pub fn extend(&mut self, trace: &Trace) {
        let output = trace.output();
        if self.taken_in == output.len() {
            return;
        }
        for printed in &output[self.taken_in..] {
            let writer = match &printed.runner {
                Some(Runner::Task(task)) => {
                    Some(Named { task: *task, label: trace.latest().task(*task).label.clone() })
                }
                _ => None,
            };
            for part in printed.text.split_inclusive('\n') {
                let text = part.strip_suffix('\n').unwrap_or(part).to_owned();
                match self.last.last_mut() {
                    Some(line) if self.open => line.parts.push((printed.step, text)),
                    _ => self.begin_line(PrintedLine {
                        time: printed.time,
                        writer: writer.clone(),
                        error: printed.stream == Stream::Error,
                        parts: vec![(printed.step, text)],
                    }),
                }
                self.open = !part.ends_with('\n');
            }
        }
        self.taken_in = output.len();
        self.shared = Same::new(self.last.clone());
    }

    fn begin_line(&mut self, line: PrintedLine) {
        if self.last.len() == CHUNK {
            self.full.push(Same::new(std::mem::take(&mut self.last)));
        }
        self.last.push(line);
    }

    /// The last lines that were written by the end of a step.
    pub fn until(&self, step: u32) -> Vec<Chunk> {
        let all = || self.full.iter().chain(Some(&self.shared));
        let begun = all().take_while(|lines| lines.first().is_some_and(|line| line.parts[0].0 <= step)).count();
        let first = begun.saturating_sub(MOST_CHUNKS);
        all()
            .enumerate()
            .take(begun)
            .skip(first)
            .map(|(number, lines)| {
                let steps = || lines.iter().flat_map(|line| &line.parts).map(|(at, _)| *at);
                Chunk {
                    before: number * CHUNK,
                    lines: lines.clone(),
                    until: if steps().all(|at| at <= step) { u32::MAX } else { step },
                    current: steps().any(|at| at == step).then_some(step),
                }
            })
            .collect()
    }
}
