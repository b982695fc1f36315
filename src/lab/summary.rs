//! What became of a whole run, in words.

use super::Sentence;
use crate::trace::words::{count, counted, seconds};
use crate::trace::{Awaited, Ending, Outcome, PrimitiveId, Snapshot, TaskId, TaskState, Trace, circle};

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

/// How a run ended in a few words, where that is not simply its end.
pub fn ending_in_short(trace: &Trace) -> String {
    match trace.ending() {
        Some(Ending::Finished) => String::new(),
        Some(Ending::Raised { exception, line }) => format!("line {line}: {exception}"),
        Some(Ending::Stuck { .. }) => "it can never continue".to_owned(),
        Some(Ending::Horizon { until }) => format!("still running at {}", seconds(*until)),
        Some(Ending::Stopped { line, .. }) => format!("stopped in line {line}"),
        None => "and so on".to_owned(),
    }
}

/// How a run ended and what it took, as one sentence; none as long as it goes on.
pub fn summary(snapshot: &Snapshot) -> Option<Sentence> {
    let steps = counted(snapshot.step as usize, "step");
    let spent = if snapshot.time > 0.0 { format!("{} and {steps}", seconds(snapshot.time)) } else { steps };
    Some(match snapshot.ending.as_ref()? {
        Ending::Finished => finished(snapshot, &spent),
        Ending::Raised { exception, line } => {
            let said = super::narration::quoted(exception);
            let ended = format!("{said} (line {line}) ended the program after {spent}");
            let sentence = match first_to_fail(snapshot, exception) {
                Some(task) => Sentence::default().task(task).text("'s ").text(&ended),
                None => Sentence::say(&ended),
            };
            match snapshot.tasks.len() {
                0 | 1 => sentence,
                all => sentence.text(&format!("; of {}, {}", counted(all, "task"), fates(snapshot))),
            }
        }
        Ending::Stuck { .. } => stuck(snapshot, &spent),
        Ending::Horizon { until } => {
            Sentence::say(&format!("Still running at {}: {}", seconds(*until), how_many(snapshot)))
        }
        Ending::Stopped { explanation, .. } => Sentence::say(explanation),
    })
}

fn finished(snapshot: &Snapshot, spent: &str) -> Sentence {
    let returned = outcomes(snapshot)[0];
    let all = snapshot.tasks.len();
    let mut words = match all {
        0 if snapshot.step == 0 => {
            return Sentence::say("The program ended without an event loop: there is nothing to watch but its output");
        }
        0 => return Sentence::say("The program has ended without a task"),
        1 if returned == 1 => format!("Finished in {spent}"),
        2 if returned == 2 => format!("Both tasks finished in {spent}"),
        _ if returned == all => format!("All {} finished in {spent}", counted(all, "task")),
        _ => format!("The program finished in {spent}; of {}, {}", counted(all, "task"), fates(snapshot)),
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

/// The task whose exception ended the program: of those that failed with it, who failed first.
fn first_to_fail(snapshot: &Snapshot, exception: &str) -> Option<TaskId> {
    let mut first: Option<(f64, TaskId)> = None;
    // The first task of a program is the one that the others' exceptions come to.
    for (number, task) in snapshot.tasks.iter().enumerate().rev() {
        if matches!(&task.state, TaskState::Finished(Outcome::Failed(failure)) if **failure == *exception)
            && first
                .is_none_or(|(since, earlier)| task.since < since || task.since == since && number > 0 && earlier.0 > 0)
        {
            first = Some((task.since, TaskId(number as u32)));
        }
    }
    first.map(|(_, task)| task)
}

/// What became of the tasks, as a list: `2 finished, 1 failed, 1 never ended`.
fn fates(snapshot: &Snapshot) -> String {
    let [returned, failed, cancelled, others] = outcomes(snapshot);
    let mut fates = String::new();
    let were = if cancelled == 1 { " was cancelled" } else { " were cancelled" };
    for (number, how) in [(returned, " finished"), (failed, " failed"), (cancelled, were), (others, " never ended")] {
        if number > 0 {
            if !fates.is_empty() {
                fates += ", ";
            }
            fates += &count(number);
            fates += how;
        }
    }
    fates
}

/// How many tasks returned, failed, were cancelled, and did not come to an end.
fn outcomes(snapshot: &Snapshot) -> [usize; 4] {
    let mut outcomes = [0; 4];
    for task in &snapshot.tasks {
        match &task.state {
            TaskState::Finished(Outcome::Returned) => outcomes[0] += 1,
            TaskState::Finished(Outcome::Failed(_)) => outcomes[1] += 1,
            TaskState::Finished(Outcome::Cancelled) => outcomes[2] += 1,
            _ => outcomes[3] += 1,
        }
    }
    outcomes
}
