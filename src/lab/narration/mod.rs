//! What happened in a step and why, in one sentence.

mod deed;
mod sentence;
#[cfg(test)]
mod tests;
mod waiting;

pub use sentence::{Phrase, Sentence};

use crate::order;
use crate::trace::words::{count, seconds};
use crate::trace::{
    Callback, Cause, Ending, Event, GatherId, Outcome, PrimitiveId, Runner, Snapshot, TaskId, TaskState, Trace,
};
use deed::Deeds;

/// Longer sentences lose their least important parts; how the run ended is told on top.
const LONGEST: usize = 120;

/// Texts of the program, such as messages of exceptions, are cut after so many characters.
const LONGEST_QUOTE: usize = 60;

/// One sentence about the step that leads from one snapshot to the next: who did what, and what follows from it. For
/// step 0, which has no step before it, `before` is the empty snapshot.
pub fn narrate(trace: &Trace, before: &Snapshot, after: &Snapshot) -> Sentence {
    let mut narrator = Narrator { trace, before, after, parts: Vec::new(), released: Vec::new(), did_something: false };
    let events = trace.step_events(after.step);
    for event in events {
        match event {
            Event::Clock { seconds: time } => {
                narrator.part(Place::Time, 5, Sentence::say(&format!("t = {}: ", seconds(*time))));
            }
            Event::Step { runner: Runner::Callback(Callback::Intervention(_)) } => {
                narrator.part(Place::Time, 10, Sentence::say("What if: "));
            }
            Event::Ended { ending } => narrator.part(Place::Ending, 10, ending_sentence(ending)),
            _ => {}
        }
    }
    match &after.running {
        Some(Runner::Callback(Callback::SleepEnds(task))) => narrator.sleep_ends(*task, events),
        Some(Runner::Callback(Callback::GatherNotes { gather, child })) => {
            narrator.gather_notes(*gather, *child, events)
        }
        Some(Runner::Callback(Callback::TimeIsUp(task))) => {
            narrator.part(Place::Whole, 9, Sentence::say("the time is up that ").task(*task).text(" gave itself"));
            narrator.others(events);
        }
        Some(Runner::Callback(Callback::JobEnds)) => {
            narrator.part(Place::Whole, 9, Sentence::say("a worker thread has done its work"));
            narrator.others(events);
        }
        Some(Runner::Callback(Callback::RunEnds)) => {
            let sentence = Sentence::say("what the program waited for is done, so the event loop stops");
            narrator.part(Place::Whole, 9, sentence);
        }
        _ => narrator.deeds(events),
    }
    narrator.sentence()
}

/// Where in the sentence a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// The time, when the clock has just moved.
    Time,
    /// What the one who ran did, in the past tense and without naming who it was.
    Deed,
    /// What happens to others because of it.
    Consequence,
    /// Where it goes next, in the present tense and without naming who it is.
    Next,
    /// A sentence of its own.
    Whole,
    /// How the run ended.
    Ending,
}

/// A part of the sentence. Those of least weight are left out where the sentence gets too long.
struct Part {
    place: Place,
    weight: u32,
    words: Sentence,
}

struct Narrator<'a> {
    trace: &'a Trace,
    before: &'a Snapshot,
    after: &'a Snapshot,
    parts: Vec<Part>,
    /// What was released one after the other and has not been told yet, with its weight.
    released: Vec<(u32, Sentence)>,
    /// Whether there is more to tell of the step than where its task goes next.
    did_something: bool,
}

impl<'a> Narrator<'a> {
    fn part(&mut self, place: Place, weight: u32, words: Sentence) {
        self.parts.push(Part { place, weight, words });
    }

    /// Tells of what was released as one deed.
    fn tell_released(&mut self) {
        let released = std::mem::take(&mut self.released);
        let mut weight = 0;
        let mut words = Sentence::say("released ");
        for (index, (its_weight, what)) in released.iter().enumerate() {
            if index > 0 {
                words = words.text(if index + 1 == released.len() { " and " } else { ", " });
            }
            weight = weight.max(*its_weight);
            words = words.then(what);
        }
        if !released.is_empty() {
            self.part(Place::Deed, weight, words);
        }
    }

    /// All parts, or the most important ones, as a sentence.
    fn sentence(mut self) -> Sentence {
        self.parts = order::ordered(self.parts, |part| part.place as u64);
        let ending = self.parts.iter().position(|part| part.place == Place::Ending);
        let ending = ending.map(|ending| self.parts.remove(ending));
        let mut sentence = self.joined();
        while self.parts.len() > 1 && sentence.plain(self.after).chars().count() > LONGEST {
            if let Some(least) = (0..self.parts.len()).rev().min_by_key(|index| self.parts[*index].weight) {
                self.parts.remove(least);
            }
            sentence = self.joined();
        }
        match ending {
            Some(ending) => sentence.text("; ").then(&ending.words),
            None => sentence,
        }
    }

    fn joined(&self) -> Sentence {
        let deeds = self.parts.iter().filter(|part| part.place == Place::Deed).count();
        let mut sentence = Sentence::default();
        let mut told = 0;
        let mut others_named = false;
        let mut is_list = false;
        for part in &self.parts {
            if part.place == Place::Time {
                sentence = sentence.then(&part.words);
                continue;
            }
            sentence = match (part.place, told) {
                (Place::Deed | Place::Next, 0) => sentence.then(&self.subject()).text(" "),
                (_, 0) => sentence,
                (Place::Deed, _) if told + 1 == deeds => sentence.text(if is_list { ", and " } else { " and " }),
                (Place::Deed, _) => sentence.text(", "),
                (Place::Next, _) if others_named => sentence.text("; ").then(&self.subject()).text(" "),
                (Place::Next, _) => sentence.text("; it "),
                _ => sentence.text("; "),
            };
            sentence = sentence.then(&part.words);
            is_list = part.words.has_commas_or_and();
            others_named |= part.words.0.iter().any(|phrase| matches!(phrase, Phrase::Task(_)));
            told += 1;
        }
        match &self.after.running {
            _ if told > 0 => sentence,
            Some(Runner::Callback(Callback::Intervention(_))) => sentence.text("nothing could be done here"),
            _ => sentence.then(&self.subject()).text(" runs"),
        }
    }

    /// Who ran in this step.
    fn subject(&self) -> Sentence {
        self.runner(self.after.running.as_ref())
    }

    fn runner(&self, runner: Option<&Runner>) -> Sentence {
        match runner {
            Some(Runner::Task(task)) => Sentence::default().task(*task),
            Some(Runner::Callback(Callback::Function(name))) => Sentence::say(&format!("the callback {name}")),
            Some(Runner::Callback(Callback::Intervention(_))) => Sentence::say("you"),
            Some(Runner::Callback(_)) => Sentence::say("the event loop"),
            None => Sentence::say("the program's top level"),
        }
    }

    fn sleep_ends(&mut self, task: TaskId, events: &[Event]) {
        let wakes = events.iter().any(|event| matches!(event, Event::Ready { task: ready, .. } if *ready == task));
        let sentence = Sentence::default().task(task);
        let sentence = if !wakes {
            sentence.text("'s timer is due, but nobody waits for it any more")
        } else if self.after.ready.front() == Some(&Runner::Task(task)) {
            sentence.text("'s sleep is over; it runs next")
        } else {
            sentence.text("'s sleep is over; it joins the end of the ready queue")
        };
        self.part(Place::Whole, 9, sentence);
    }

    fn gather_notes(&mut self, gather: GatherId, child: TaskId, events: &[Event]) {
        let gather = &self.after.gathers[gather.0 as usize];
        let sentence = match gather.waiter {
            Some(waiter) => Sentence::default().task(waiter).text("'s ").text(gather.kind.name()).text(" notes that "),
            None => Sentence::say("the ").text(gather.kind.name()).text(" notes that "),
        };
        let ended = match &self.after.task(child).state {
            TaskState::Finished(Outcome::Failed(_)) => "has failed",
            TaskState::Finished(Outcome::Cancelled) => "is cancelled",
            _ => "is done",
        };
        let noted = format!(" {ended} ({} of {})", count(gather.noted as usize), count(gather.children.len()));
        let sentence = sentence.task(child).text(&noted);
        self.part(Place::Whole, 9, sentence);
        self.others(events);
    }

    /// Who goes on because of a callback.
    fn others(&mut self, events: &[Event]) {
        let mut cancelled = Vec::new();
        for event in events {
            match event {
                Event::Ready { task, cause: Cause::Completed } => {
                    self.part(Place::Whole, 8, Sentence::default().task(*task).text(" is ready again"));
                }
                Event::Ready { task, cause: Cause::Cancelled } => cancelled.push(*task),
                _ => {}
            }
        }
        let words = match cancelled[..] {
            [] => return,
            [task] => Sentence::default().task(task).text(" is cancelled"),
            [first, second] => Sentence::default().task(first).text(" and ").task(second).text(" are cancelled"),
            [first, ..] => {
                let more = format!(" and {} more are cancelled", count(cancelled.len() - 1));
                Sentence::default().task(first).text(&more)
            }
        };
        self.part(Place::Whole, 8, words);
    }

    /// What a task, a function of the program or its top level did.
    fn deeds(&mut self, events: &'a [Event]) {
        let mut deeds = Deeds::default();
        events.iter().for_each(|event| deeds.take_in(event));
        deeds.tell(self);
        self.did_something = self.parts.iter().any(|part| part.place == Place::Deed);
        for event in events {
            match event {
                Event::Awaits { task, on, .. } => self.awaits(*task, on),
                Event::Finished { outcome, .. } => {
                    let (weight, words) = match outcome {
                        Outcome::Returned => (6, Sentence::say("is done")),
                        Outcome::Cancelled => (8, Sentence::say("ends, cancelled")),
                        Outcome::Failed(exception) => (9, Sentence::say(&format!("fails with {}", quoted(exception)))),
                    };
                    self.part(Place::Next, weight, words);
                }
                Event::Ready { task, cause: Cause::Completed } => {
                    let words = Sentence::default().task(*task).text(", which waited for it, is ready again");
                    self.part(Place::Consequence, 6, words);
                }
                _ => {}
            }
        }
        if self.after.step == 0 {
            if !self.did_something {
                self.part(Place::Deed, 3, Sentence::say("ran"));
            }
            if let Some(Runner::Task(first)) = self.after.ready.front() {
                let words = Sentence::say("the event loop begins with ").task(*first);
                self.part(Place::Consequence, 6, words);
            }
        }
    }

    /// Who woke a task at a primitive, if it did so by giving something back.
    fn releaser(&self, task: TaskId, primitive: PrimitiveId) -> Option<Option<&'a Runner>> {
        let woken = |event: &Event| matches!(event, Event::Ready { task: of, cause: Cause::Woken(at) } if (*of, *at) == (task, primitive));
        let steps = 0..self.after.step;
        let events = steps.rev().map(|step| self.trace.step_events(step)).find(|events| events.iter().any(woken))?;
        let released =
            events.iter().any(|event| matches!(event, Event::Released { primitive: at } if *at == primitive));
        let runner = events.iter().find_map(|event| match event {
            Event::Step { runner } => Some(runner),
            _ => None,
        });
        released.then_some(runner)
    }
}

fn ending_sentence(ending: &Ending) -> Sentence {
    match ending {
        Ending::Finished => Sentence::say("the program is finished"),
        Ending::Raised { exception, line } => {
            Sentence::say(&format!("{} ends the program (line {line})", quoted(exception)))
        }
        Ending::Stuck { .. } => Sentence::say("nobody can go on: the program is stuck"),
        Ending::Horizon { until } => Sentence::say(&format!("the run is stopped at its limit of {}", seconds(*until))),
        Ending::Stopped { explanation, .. } => Sentence::say(explanation),
    }
}

/// A text of the program, short enough for a sentence.
pub(super) fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
