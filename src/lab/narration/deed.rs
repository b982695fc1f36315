//! What the running step did to tasks and primitives.

use super::{Narrator, Place, Sentence, quoted};
use crate::trace::words::{count, counted, seconds};
use crate::trace::{Cause, Event, Intent, Primitive, PrimitiveId, Snapshot, TaskId};

/// Something that is done to a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Acquire,
    Release,
    Put,
    Get,
    TaskDone,
}

/// One or more acts of the same kind on the same primitive.
struct Deed<'a> {
    act: Act,
    primitive: PrimitiveId,
    times: usize,
    /// The last item that was put or taken.
    item: &'a str,
}

/// All that a step did.
#[derive(Default)]
pub(super) struct Deeds<'a> {
    deeds: Vec<Deed<'a>>,
    primitives_created: Vec<PrimitiveId>,
    tasks_created: Vec<TaskId>,
    cancelled: Vec<TaskId>,
    /// Tasks that were woken in a primitive's line.
    woken: Vec<(TaskId, PrimitiveId)>,
    /// Before which of the deeds it printed something for the first time.
    printed_before: Option<usize>,
    blocked: Option<(f64, u32)>,
}

impl<'a> Deeds<'a> {
    pub(super) fn take_in(&mut self, event: &'a Event) {
        match event {
            Event::Acquired { primitive } => self.did(Act::Acquire, *primitive, ""),
            Event::Released { primitive } => self.did(Act::Release, *primitive, ""),
            Event::Put { primitive, item, .. } => self.did(Act::Put, *primitive, item),
            Event::Got { primitive, item } => self.did(Act::Get, *primitive, item),
            Event::TaskDone { primitive } => self.did(Act::TaskDone, *primitive, ""),
            Event::PrimitiveCreated { primitive, .. } => self.primitives_created.push(*primitive),
            Event::TaskCreated { task, .. } => self.tasks_created.push(*task),
            Event::CancelRequested { task } => self.cancelled.push(*task),
            Event::Ready { task, cause: Cause::Woken(primitive) } => self.woken.push((*task, *primitive)),
            Event::Printed { .. } => self.printed_before = self.printed_before.or(Some(self.deeds.len())),
            Event::Blocked { seconds, line } => self.blocked = Some((*seconds, *line)),
            _ => {}
        }
    }

    fn did(&mut self, act: Act, primitive: PrimitiveId, item: &'a str) {
        match self.deeds.iter_mut().find(|deed| deed.act == act && deed.primitive == primitive) {
            Some(deed) => (deed.times, deed.item) = (deed.times + 1, item),
            None => self.deeds.push(Deed { act, primitive, times: 1, item }),
        }
    }

    /// Adds the parts of the sentence that tell of these deeds.
    pub(super) fn tell(&self, narrator: &mut Narrator) {
        if let Some((time, line)) = self.blocked {
            let words = format!("blocked the whole event loop for {} (line {line})", seconds(time));
            narrator.part(Place::Deed, 9, Sentence::say(&words));
        }
        self.tell_created(narrator);
        for number in 0..=self.deeds.len() {
            if self.printed_before == Some(number) {
                narrator.part(Place::Deed, 2, Sentence::say("printed"));
            }
            if let Some(deed) = self.deeds.get(number) {
                let same = |other: &Deed| other.primitive == deed.primitive && other.act == Act::Acquire;
                let acquired = self.deeds[..number].iter().any(same);
                let wakes = self.woken.iter().any(|(_, primitive)| *primitive == deed.primitive);
                deed.tell(acquired, wakes, narrator);
            }
        }
        match self.cancelled[..] {
            [] => {}
            [task] => narrator.part(Place::Deed, 8, Sentence::say("asked ").task(task).text(" to stop")),
            _ => {
                let words = format!("asked {} to stop", counted(self.cancelled.len(), "task"));
                narrator.part(Place::Deed, 8, Sentence::say(&words));
            }
        }
        self.tell_woken(narrator);
    }

    fn tell_created(&self, narrator: &mut Narrator) {
        // The first task of all is there before any line of the program's coroutines runs.
        let tasks = if narrator.after.step == 0 { &[] } else { &self.tasks_created[..] };
        let mut words = Sentence::say("created ");
        match self.primitives_created[..] {
            [] => {}
            [primitive] => words = words.primitive(primitive),
            [first, second] if tasks.is_empty() => words = words.primitive(first).text(" and ").primitive(second),
            [first, second] => words = words.primitive(first).text(", ").primitive(second),
            _ => words = words.text(&format!("{} primitives", self.primitives_created.len())),
        }
        if !self.primitives_created.is_empty() && !tasks.is_empty() {
            words = words.text(" and ");
        }
        match tasks {
            [] if self.primitives_created.is_empty() => return,
            [] => {}
            [task] => words = words.task(*task),
            _ => words = words.text(&counted(tasks.len(), "task")),
        }
        narrator.part(Place::Deed, 5, words);
    }

    fn tell_woken(&self, narrator: &mut Narrator) {
        let words = match self.woken[..] {
            [] => return,
            [(task, primitive)] => Sentence::default().task(task).text(how_woken(narrator.before, task, primitive)),
            [(first, _), (second, _)] => Sentence::default().task(first).text(" and ").task(second).text(" wake"),
            [(first, _), ..] => {
                Sentence::default().task(first).text(&format!(" and {} more wake", count(self.woken.len() - 1)))
            }
        };
        narrator.part(Place::Consequence, 7, words);
    }
}

/// What becomes of a task that is woken in a primitive's line, of which `before` is the state.
fn how_woken(before: &Snapshot, task: TaskId, primitive: PrimitiveId) -> &'static str {
    let Some(primitive) = before.primitives.get(primitive.0 as usize) else { return " wakes" };
    let line = || primitive.line_of_waiters.iter();
    let Some(waiter) = line().find(|waiter| waiter.task == task) else { return " wakes" };
    let first = line().find(|other| other.intent.line() == waiter.intent.line() && !other.woken);
    match waiter.intent {
        Intent::Join => "'s join is over",
        _ if first.is_some_and(|first| first.task == task) => ", first in line, wakes",
        _ => ", next in line, wakes",
    }
}

impl Deed<'_> {
    /// `acquired`: the same step acquired the primitive before. `wakes`: somebody is woken there.
    fn tell(&self, acquired: bool, wakes: bool, narrator: &mut Narrator) {
        let primitive = narrator.after.primitive(self.primitive);
        let semaphore = primitive.kind.is_semaphore();
        let permits = if self.times == 1 { "a permit".to_owned() } else { counted(self.times, "permit") };
        let items = if self.times == 1 { quoted(self.item) } else { counted(self.times, "item") };
        let (weight, words) = match self.act {
            Act::Acquire => return self.tell_acquired(narrator),
            Act::Release if acquired => (6, Sentence::say("gave it back")),
            Act::Release if semaphore => (6, Sentence::say(&format!("released {permits} of "))),
            Act::Release => (6, Sentence::say("released ")),
            Act::Put => (6, Sentence::say(&format!("put {items} into "))),
            Act::Get => (6, Sentence::say(&format!("took {items} out of "))),
            Act::TaskDone if self.times == 1 => (4, Sentence::say("finished an item of ")),
            Act::TaskDone => (4, Sentence::say(&format!("finished {items} of "))),
        };
        // Who is woken must not appear out of nothing.
        let weight = if wakes { 8 } else { weight };
        let words = if self.act == Act::Release && acquired { words } else { words.primitive(self.primitive) };
        narrator.part(Place::Deed, weight, words);
    }

    fn tell_acquired(&self, narrator: &mut Narrator) {
        let primitive = narrator.after.primitive(self.primitive);
        let semaphore = primitive.kind.is_semaphore();
        let waited = narrator.after.running_task().filter(|task| {
            narrator.before.tasks.get(task.0 as usize).is_some_and(|task| task.in_line == Some(self.primitive))
        });
        let Some(task) = waited else {
            let words = if semaphore {
                let (left, all) = (permits_left(primitive), primitive.capacity);
                Sentence::say("took a permit of ").primitive(self.primitive).text(&format!(" ({left} of {all} left)"))
            } else {
                Sentence::say("took ").primitive(self.primitive)
            };
            return narrator.part(Place::Deed, 7, words);
        };
        let releaser = narrator.releaser(task, self.primitive).map(|runner| narrator.runner(runner));
        let words = match (semaphore, releaser) {
            (true, Some(releaser)) => {
                let words = Sentence::say("got the permit of ").primitive(self.primitive).text(" that ");
                words.then(&releaser).text(" released")
            }
            (true, None) => Sentence::say("got a permit of ").primitive(self.primitive),
            (false, Some(releaser)) => Sentence::say("got ").primitive(self.primitive).text(" from ").then(&releaser),
            (false, None) => Sentence::say("got ").primitive(self.primitive),
        };
        narrator.part(Place::Deed, 8, words);
        let mut waiting = primitive.line_of_waiters.iter().filter(|waiter| !waiter.woken);
        let words = match (waiting.next(), waiting.count()) {
            (None, _) => Sentence::say("nobody waits any more"),
            (Some(last), 0) => Sentence::default().task(last.task).text(" still waits"),
            (Some(next), more) => {
                let words = format!("{} still wait, ", counted(more + 1, "task"));
                Sentence::say(&words).task(next.task).text(" is next")
            }
        };
        narrator.part(Place::Consequence, 5, words);
    }
}

/// How many permits of a semaphore are left for whoever comes next: those of woken tasks are taken already.
pub(super) fn permits_left(semaphore: &Primitive) -> usize {
    let woken = semaphore.line_of_waiters.iter().filter(|waiter| waiter.woken && waiter.intent == Intent::Acquire);
    (semaphore.capacity as usize).saturating_sub(semaphore.holders.len() + woken.count())
}
