//! What a task waits for at the end of its step, and why it must.

use super::{Narrator, Place, Sentence};
use crate::trace::words::{count, counted, seconds};
use crate::trace::{Awaited, GatherKind, Intent, PrimitiveId, PrimitiveKind, TaskId};

impl Narrator<'_> {
    /// Adds where the task goes that waits from now on.
    pub(super) fn awaits(&mut self, task: TaskId, on: &Awaited) {
        let (weight, words) = match on {
            Awaited::NextTurn => (4, Sentence::say("gives up its turn and joins the end of the ready queue")),
            Awaited::Clock { until } if until.is_finite() => {
                (5, Sentence::say(&format!("sleeps until t = {}", seconds(*until))))
            }
            Awaited::Clock { .. } => (6, Sentence::say("sleeps for ever")),
            Awaited::Task(other) => (7, Sentence::say("waits until ").task(*other).text(" is done")),
            Awaited::Gather(gather) => {
                let gather = &self.after.gathers[gather.0 as usize];
                let name = gather.kind.name();
                let words = match (gather.kind, gather.children.len()) {
                    (GatherKind::Shield, _) => "waits for what it shields".to_owned(),
                    (GatherKind::Wait, children) => format!("waits for its {}", counted(children, "task")),
                    (GatherKind::AsCompleted, _) => "waits for the next of its tasks that is done".to_owned(),
                    (_, 1) => format!("waits until the task of its {name} is done"),
                    (_, children) if gather.noted > 0 => {
                        let left = children.saturating_sub(gather.noted as usize);
                        let (other, are) = (counted(left, "task"), if left == 1 { "is" } else { "are" });
                        format!("waits until the other {other} of its {name} {are} done")
                    }
                    (_, 2) => format!("waits until both tasks of its {name} are done"),
                    (_, children) => format!("waits until all {} tasks of its {name} are done", count(children)),
                };
                (7, Sentence::say(&words))
            }
            Awaited::Job { until } => {
                let words = format!("waits for a worker thread that is busy until t = {}", seconds(*until));
                (7, Sentence::say(&words))
            }
            Awaited::Future => (7, Sentence::say("waits for a future that nobody has completed yet")),
            Awaited::Primitive { primitive, intent } => (9, self.lines_up(task, *primitive, *intent)),
        };
        self.part(Place::Next, weight, words);
    }

    fn lines_up(&self, task: TaskId, id: PrimitiveId, intent: Intent) -> Sentence {
        let primitive = self.after.primitive(id);
        let before = self.before.tasks.get(task.0 as usize).and_then(|task| task.in_line);
        let again = before == Some(id);
        let reason = match intent {
            Intent::Join => {
                let left = count(primitive.unfinished as usize);
                let words = Sentence::say("waits until all items of ").primitive(id);
                return words.text(&format!(" are finished, {left} left"));
            }
            Intent::Get if again => Sentence::say("found ").primitive(id).text(" empty again"),
            Intent::Get => Sentence::say("wanted an item, but ").primitive(id).text(" is empty"),
            Intent::Put if again => Sentence::say("found ").primitive(id).text(" full again"),
            Intent::Put => {
                let full = format!(" is full with {}", counted(primitive.items.len(), "item"));
                Sentence::say("wanted to put an item, but ").primitive(id).text(&full)
            }
            Intent::Set => Sentence::say("waits until ").primitive(id).text(" is set"),
            Intent::Notify => Sentence::say("waits to be notified at ").primitive(id),
            Intent::Meet => {
                let missing = counted(primitive.capacity.saturating_sub(primitive.inside) as usize, "more task");
                let are = if primitive.inside == 1 { "is" } else { "are" };
                let there = format!(" ({} of {} {are} there)", primitive.inside, primitive.capacity);
                return Sentence::say("waits at ").primitive(id).text(" for ").text(&missing).text(&there);
            }
            Intent::Drain => {
                let inside = format!(" until {} left it", counted_have(primitive.inside as usize));
                return Sentence::say("waits outside ").primitive(id).text(&inside);
            }
            Intent::Acquire => self.taken("wanted ", task, id),
            Intent::Reacquire => {
                let notified = before.is_some_and(|at| {
                    let mut line = self.before.primitive(at).waiting(Intent::Notify);
                    line.any(|waiter| waiter.task == task && waiter.woken)
                });
                let wanted = if notified { "was notified and needs " } else { "is cancelled and first needs " };
                self.taken(wanted, task, id)
            }
        };
        let line = primitive.waiting(intent.line());
        let number = count(line.take_while(|waiter| waiter.task != task).count() + 1);
        // Behind what else it did, there is room for a few words only.
        match intent {
            Intent::Get if self.did_something => Sentence::say("waits for an item as number ").text(&number),
            Intent::Put if self.did_something => Sentence::say("waits for room as number ").text(&number),
            Intent::Notify if self.did_something => Sentence::say("waits to be notified, as number ").text(&number),
            _ => return reason.text(&format!(": it joins the line as number {number}")),
        }
        .text(" in line")
    }

    /// What a task wanted, and who has it.
    fn taken(&self, wanted: &str, task: TaskId, id: PrimitiveId) -> Sentence {
        let primitive = self.after.primitive(id);
        let (of, all) = match primitive.kind {
            kind if kind.is_semaphore() => ("a permit of ", primitive.permits()),
            PrimitiveKind::Condition => ("the lock of ", 1),
            _ => ("", 1),
        };
        let wanted = Sentence::say(wanted).text(of).primitive(id).text(", but ");
        match primitive.holders[..] {
            [] if all == 0 => wanted.text("there is none"),
            [Some(holder)] if all == 1 && holder == task => wanted.text("holds it itself"),
            [Some(holder)] if all == 1 => wanted.task(holder).text(" holds it"),
            [None] if all == 1 => wanted.text("it is taken"),
            _ if primitive.holders.len() >= all && all == 2 => wanted.text("both are taken"),
            _ if primitive.holders.len() >= all => wanted.text(&format!("all {} are taken", count(all))),
            // What is free is kept for those who have been woken.
            _ => wanted.text("others were there before"),
        }
    }
}

/// How many tasks have done something, up to the verb's participle.
fn counted_have(tasks: usize) -> String {
    counted(tasks, "task") + if tasks == 1 { " has" } else { " have" }
}
