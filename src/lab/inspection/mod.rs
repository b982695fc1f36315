//! What there is to say about one task or one primitive, and what can be done to it to see what would happen.

mod primitive;
mod task;
#[cfg(test)]
mod tests;

pub use primitive::{Deed, PrimitiveRecord, state_of_primitive};
pub use task::{TaskRecord, Times, state_of_task};

use super::Sentence;
use crate::trace::{
    Callback, Change, Ending, Intent, Intervention, PrimitiveId, PrimitiveKind, Runner, Snapshot, TaskId, TaskState,
};

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Task(TaskId),
    Primitive(PrimitiveId),
}

/// What can be done to a task or a primitive as it stands, so that the run goes on otherwise.
pub fn interventions(snapshot: &Snapshot, subject: Subject) -> Vec<Intervention> {
    let mut possible = Vec::new();
    if !matches!(snapshot.ending, None | Some(Ending::Stuck { .. })) {
        return possible;
    }
    match subject {
        Subject::Task(task) => {
            if !matches!(snapshot.task(task).state, TaskState::Finished(_)) {
                possible.push(Intervention::Cancel(task));
            }
        }
        Subject::Primitive(id) => {
            for change in changes(snapshot, id) {
                possible.push(Intervention::Change(id, change));
            }
        }
    }
    possible
}

fn changes(snapshot: &Snapshot, id: PrimitiveId) -> Vec<Change> {
    let primitive = snapshot.primitive(id);
    let lock = snapshot.primitive(snapshot.lock_of(id));
    let mut changes = Vec::new();
    match primitive.kind {
        kind if kind.is_semaphore() => {
            changes.push(Change::AddPermit);
            let nobody_waits = primitive.waiting(Intent::Acquire).next().is_none();
            if nobody_waits && primitive.free() > 0 {
                changes.push(Change::TakePermit);
            }
        }
        kind if kind.is_queue() => {
            if primitive.capacity > 0 {
                changes.push(Change::AddRoom);
            }
            if primitive.capacity > 1 {
                changes.push(Change::TakeRoom);
            }
        }
        PrimitiveKind::Event if primitive.is_set => changes.push(Change::Clear),
        PrimitiveKind::Event => changes.push(Change::Set),
        PrimitiveKind::Lock | PrimitiveKind::Condition => {
            if primitive.waiting(Intent::Notify).any(|waiter| !waiter.woken) {
                changes.push(Change::Notify);
            }
            if !lock.holders.is_empty() {
                changes.push(Change::Release);
            }
        }
        _ => {}
    }
    changes
}

/// What the button says that does it.
pub fn intervention_name(intervention: Intervention) -> &'static str {
    match intervention {
        Intervention::Cancel(_) => "Cancel this task",
        Intervention::Change(_, change) => match change {
            Change::AddPermit => "One more permit",
            Change::TakePermit => "One permit fewer",
            Change::Release => "Release the lock",
            Change::Set => "Set the event",
            Change::Clear => "Clear the event",
            Change::Notify => "Notify one task",
            Change::AddRoom => "Room for one more",
            Change::TakeRoom => "Room for one fewer",
        },
    }
}

/// It as a question's words: `what if ...`.
pub fn what_if(intervention: Intervention) -> Sentence {
    let (before, id, after) = match intervention {
        Intervention::Cancel(task) => return Sentence::default().task(task).text(" is cancelled"),
        Intervention::Change(id, change) => match change {
            Change::AddPermit => ("", id, " has one more permit"),
            Change::TakePermit => ("", id, " has one permit fewer"),
            Change::Release => ("", id, " is released"),
            Change::Set => ("", id, " is set"),
            Change::Clear => ("", id, " is cleared"),
            Change::Notify => ("one task is notified at ", id, ""),
            Change::AddRoom => ("", id, " has room for one more"),
            Change::TakeRoom => ("", id, " has room for one fewer"),
        },
    };
    let words = if before.is_empty() { Sentence::default() } else { Sentence::say(before) }.primitive(id);
    if after.is_empty() { words } else { words.text(after) }
}

/// Who did something, at the beginning of a sentence.
fn actor(runner: Option<&Runner>) -> Sentence {
    match runner {
        Some(Runner::Task(task)) => Sentence::default().task(*task),
        Some(Runner::Callback(Callback::Function(name))) => Sentence::say("the callback ").text(name),
        Some(Runner::Callback(Callback::Intervention(_))) => Sentence::say("you"),
        Some(Runner::Callback(_)) => Sentence::say("the event loop"),
        None => Sentence::say("the program's top level"),
    }
}
