//! What became of a whole run, in words.

use super::Sentence;
use crate::trace::words::{count, counted, seconds};
use crate::trace::{Awaited, Ending, Outcome, PrimitiveId, Snapshot, TaskId, TaskState, circle};

/// Of a circle, no more tasks than this are told one by one.
const MOST_TOLD: usize = 4;

/// A task in a deadlock, and what it waits for: something that the next task of the circle holds, or its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub task: TaskId,
    pub waits_for: Option<PrimitiveId>,
}

/// The tasks of a run that wait for each other in a circle when it ends; none if it ends otherwise.
pub fn circle_of(snapshot: &Snapshot) -> Vec<Link> {
    if !matches!(snapshot.ending, Some(Ending::Stuck { .. })) {
        return Vec::new();
    }
    let link = |task| match &snapshot.task(task).state {
        TaskState::Waiting(Awaited::Primitive { primitive, .. }) => Link { task, waits_for: Some(*primitive) },
        _ => Link { task, waits_for: None },
    };
    circle(snapshot).into_iter().map(link).collect()
}

/// How a run ended and what it took, as one sentence; none as long as it goes on.
pub fn summary(snapshot: &Snapshot) -> Option<Sentence> {
    let steps = counted(snapshot.step as usize, "step");
    let spent = if snapshot.time > 0.0 { format!("{} and {steps}", seconds(snapshot.time)) } else { steps };
    Some(match snapshot.ending.as_ref()? {
        Ending::Finished => finished(snapshot, &spent),
        Ending::Raised { exception, line } => {
            let exception = super::narration::quoted(exception);
            let ended = format!("{exception} (line {line}) ended the program after {spent}; {}", how_many(snapshot));
            Sentence::say(&ended)
        }
        Ending::Stuck { .. } => stuck(snapshot, &spent),
        Ending::Horizon { until } => {
            Sentence::say(&format!("Still running at {}: {}", seconds(*until), how_many(snapshot)))
        }
        Ending::Stopped { explanation, .. } => Sentence::say(explanation),
    })
}

fn finished(snapshot: &Snapshot, spent: &str) -> Sentence {
    let [returned, failed, cancelled] = outcomes(snapshot);
    let all = snapshot.tasks.len();
    let mut words = match all {
        0 if snapshot.step == 0 => {
            return Sentence::say("The program ended without an event loop: there is nothing to watch but its output");
        }
        0 => return Sentence::say("The program has ended without a task"),
        1 if returned == 1 => format!("Finished in {spent}"),
        _ if returned == all => format!("All {} finished in {spent}", counted(all, "task")),
        _ => {
            let mut words = format!("All {} ended in {spent}: ", counted(all, "task"));
            let mut others = Vec::new();
            for (number, how) in [(returned, "finished"), (failed, "failed"), (cancelled, "cancelled")] {
                if number > 0 {
                    others.push([&count(number), " ", how].concat());
                }
            }
            words += &others.join(", ");
            words
        }
    };
    let mut longest: Option<(f64, TaskId, PrimitiveId)> = None;
    for (number, primitive) in snapshot.primitives.iter().enumerate() {
        if let Some((wait, task)) = primitive.longest_wait
            && longest.is_none_or(|(longest, ..)| wait > longest)
        {
            longest = Some((wait, task, PrimitiveId(number as u32)));
        }
    }
    let Some((wait, task, primitive)) = longest else { return Sentence::say(&words) };
    words += "; the longest wait was ";
    let words = Sentence::say(&words).task(task).text("'s, ").text(&seconds(wait));
    words.text(" at ").primitive(primitive)
}

fn stuck(snapshot: &Snapshot, spent: &str) -> Sentence {
    let circle = circle_of(snapshot);
    if circle.is_empty() {
        return Sentence::say(&format!("Stuck after {spent}: nobody can ever go on; {}", how_many(snapshot)));
    }
    let mut sentence = Sentence::say(&format!("Deadlock after {spent}: "));
    for (position, link) in circle.iter().take(MOST_TOLD).enumerate() {
        if position > 0 {
            sentence = sentence.text(", ");
        }
        sentence = sentence.task(link.task);
        // What the one before it waits for, and the last for the first.
        let before = circle[(position + circle.len() - 1) % circle.len()];
        if let Some(held) = before.waits_for {
            sentence = sentence.text(" holds ").primitive(held).text(" and");
        }
        let next = circle[(position + 1) % circle.len()].task;
        sentence = match link.waits_for {
            Some(primitive) if before.waits_for == Some(primitive) => sentence.text(" waits for it"),
            Some(primitive) => sentence.text(" waits for ").primitive(primitive),
            None => sentence.text(" waits for the end of ").task(next),
        };
    }
    match circle.len() {
        length if length > MOST_TOLD => sentence.text(&format!(", and so on: {} in a circle", counted(length, "task"))),
        _ => sentence,
    }
}

/// How many tasks have come to their end.
fn how_many(snapshot: &Snapshot) -> String {
    let (ended, all) = (snapshot.finished as usize, snapshot.tasks.len());
    match all {
        1 => format!("its task has {}ended", if ended == 1 { "" } else { "not " }),
        _ => format!("{} of {} {} ended", count(ended), counted(all, "task"), if ended == 1 { "has" } else { "have" }),
    }
}

/// How many tasks returned, failed and were cancelled.
fn outcomes(snapshot: &Snapshot) -> [usize; 3] {
    let mut outcomes = [0; 3];
    for task in &snapshot.tasks {
        match &task.state {
            TaskState::Finished(Outcome::Returned) => outcomes[0] += 1,
            TaskState::Finished(Outcome::Failed(_)) => outcomes[1] += 1,
            TaskState::Finished(Outcome::Cancelled) => outcomes[2] += 1,
            _ => {}
        }
    }
    outcomes
}
