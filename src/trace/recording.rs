//! The list of everything that happened in a run, and the way to any of its moments.

use super::OlderForm;
use super::event::{Ending, Event, Runner, Stream, Text};
use super::snapshot::Snapshot;

/// Events between two kept snapshots, to begin with; doubled whenever [`MOST_CHECKPOINTS`] is reached.
const FIRST_SPACING: usize = 1024;
/// More snapshots than this are never kept: with ten thousand tasks each is a megabyte.
const MOST_CHECKPOINTS: usize = 32;

/// One write to the program's output.
#[derive(Clone, Debug, PartialEq)]
pub struct Printed {
    /// The step that wrote it.
    pub step: u32,
    /// When, in seconds.
    pub time: f64,
    /// Who wrote it; `None` for the program's top level.
    pub runner: Option<Runner>,
    pub stream: Stream,
    /// What was written, line ends included.
    pub text: Text,
}

/// Everything that happened in a run so far, in order.
#[derive(Debug, Default)]
pub struct Trace {
    events: Vec<Event>,
    /// For each step, where its events end. The turn and the movement of the clock that lead to a step are part of it.
    step_ends: Vec<usize>,
    /// Where a turn began that has not run a step yet.
    turn_begin: Option<usize>,
    output: Vec<Printed>,
    notes: Vec<(OlderForm, u32)>,
    latest: Snapshot,
    /// Nothing is kept but the latest state.
    forgets: bool,
}

impl Trace {
    /// A trace of a run that is only to be looked at where it stands: it has no events and no output.
    pub fn forgetful() -> Self {
        Self { forgets: true, ..Self::default() }
    }

    /// Adds what happened next.
    pub fn record(&mut self, event: Event) {
        match &event {
            Event::Turn | Event::Step { .. } | Event::Printed { .. } if self.forgets => {}
            Event::Turn => self.turn_begin = Some(self.events.len()),
            Event::Step { .. } => self.step_ends.push(self.turn_begin.take().unwrap_or(self.events.len())),
            Event::Printed { stream, text } => self.output.push(Printed {
                step: self.latest.step,
                time: self.latest.time,
                runner: self.latest.running.clone(),
                stream: *stream,
                text: text.clone(),
            }),
            Event::Noted { form, line } => {
                let place = self.notes.partition_point(|(_, earlier)| earlier <= line);
                self.notes.insert(place, (*form, *line));
            }
            _ => {}
        }
        self.latest.apply(&event);
        if !self.forgets {
            self.events.push(event);
        }
    }

    /// All events.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// How many steps the loop has run. Steps count from 1; 0 stands for the program's top level before the first.
    pub fn steps(&self) -> u32 {
        self.latest.step
    }

    /// The events of one step: the turn and the movement of the clock that lead to it, then its [`Event::Step`], then
    /// what it did.
    pub fn step_events(&self, step: u32) -> &[Event] {
        let begin = if step == 0 { 0 } else { self.end_of(step - 1) };
        &self.events[begin..self.end_of(step)]
    }

    /// Where the events of a step end.
    fn end_of(&self, step: u32) -> usize {
        self.step_ends.get(step as usize).copied().unwrap_or(self.events.len())
    }

    /// The forms of older Pythons that the program has used so far, in order of their lines.
    pub fn notes(&self) -> &[(OlderForm, u32)] {
        &self.notes
    }

    /// Everything written so far.
    pub fn output(&self) -> &[Printed] {
        &self.output
    }

    /// The state after all that has happened so far.
    pub fn latest(&self) -> &Snapshot {
        &self.latest
    }

    /// How the run ended, if it has.
    pub fn ending(&self) -> Option<&Ending> {
        self.latest.ending.as_ref()
    }
}

/// Moves through a trace, forward and back.
#[derive(Debug)]
pub struct Playback {
    current: Snapshot,
    /// How many events of the trace `current` has taken in.
    applied: usize,
    /// Snapshots on the way, by the number of events each has taken in.
    checkpoints: Vec<(usize, Snapshot)>,
    spacing: usize,
}

impl Default for Playback {
    fn default() -> Self {
        Self { current: Snapshot::default(), applied: 0, checkpoints: Vec::new(), spacing: FIRST_SPACING }
    }
}

impl Playback {
    /// The state after `step` of `trace`, or after its last step if there are fewer.
    ///
    /// A playback belongs to one trace: start with a new one when the trace is replaced. Only what lies between this
    /// step and the nearest kept snapshot is folded again.
    pub fn seek(&mut self, trace: &Trace, step: u32) -> &Snapshot {
        let end = trace.end_of(step.min(trace.steps()));
        if end < self.applied {
            let kept = self.checkpoints.partition_point(|(applied, _)| *applied <= end);
            (self.applied, self.current) = match kept {
                0 => (0, Snapshot::default()),
                kept => self.checkpoints[kept - 1].clone(),
            };
        }
        while self.applied < end {
            self.current.apply(&trace.events[self.applied]);
            self.applied += 1;
            let last = self.checkpoints.last().map_or(0, |(applied, _)| *applied);
            if self.applied >= last + self.spacing {
                self.keep();
            }
        }
        &self.current
    }

    fn keep(&mut self) {
        if self.checkpoints.len() == MOST_CHECKPOINTS {
            let mut number = 0;
            self.checkpoints.retain(|_| {
                number += 1;
                number % 2 == 0
            });
            self.spacing *= 2;
        }
        self.checkpoints.push((self.applied, self.current.clone()));
    }
}
