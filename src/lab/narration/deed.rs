//! What the running step did to tasks and primitives.

use super::{Narrator, Place, Sentence, quoted};
use crate::trace::words::{count, counted, seconds};
use crate::trace::{
    BarrierPhase, Cause, Event, Intent, Primitive, PrimitiveId, PrimitiveKind, Snapshot, TaskId, Waiter,
};

/// Something that is done to a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Acquire,
    Release,
    Set,
    Clear,
    Notify,
    /// Coming to a barrier, leaving it or changing what it does: its phase now, and how many are inside.
    Barrier(BarrierPhase, u32),
    Put,
    Get,
    TaskDone,
    ShutDown,
}

/// One or more acts of the same kind on the same primitive.
struct Deed<'a> {
    act: Act,
    primitive: PrimitiveId,
    /// How often, or how many tasks were notified.
    times: usize,
    /// The last item that was put or taken, and how many would come out before it.
    item: (&'a str, u32),
}

const NO_ITEM: (&str, u32) = ("", 0);

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
    /// What was given another number of permits or places, and how many it has now.
    resized: Option<(PrimitiveId, u32)>,
}

impl<'a> Deeds<'a> {
    pub(super) fn take_in(&mut self, event: &'a Event) {
        match event {
            Event::Acquired { primitive } => self.did(Act::Acquire, *primitive, 1, NO_ITEM),
            Event::Released { primitive } => self.did(Act::Release, *primitive, 1, NO_ITEM),
            Event::EventSet { primitive } => self.did(Act::Set, *primitive, 1, NO_ITEM),
            Event::EventCleared { primitive } => self.did(Act::Clear, *primitive, 1, NO_ITEM),
            Event::Notified { primitive, tasks } => self.did(Act::Notify, *primitive, *tasks as usize, NO_ITEM),
            Event::BarrierChanged { primitive, phase, inside } => {
                self.did(Act::Barrier(*phase, *inside), *primitive, 1, NO_ITEM);
            }
            Event::Put { primitive, item, position } => self.did(Act::Put, *primitive, 1, (item, *position)),
            Event::Got { primitive, item } => self.did(Act::Get, *primitive, 1, (item, 0)),
            Event::TaskDone { primitive } => self.did(Act::TaskDone, *primitive, 1, NO_ITEM),
            Event::ShutDown { primitive, .. } => self.did(Act::ShutDown, *primitive, 1, NO_ITEM),
            Event::PrimitiveCreated { primitive, .. } => self.primitives_created.push(*primitive),
            Event::TaskCreated { task, .. } => self.tasks_created.push(*task),
            Event::CancelRequested { task } => self.cancelled.push(*task),
            Event::Ready { task, cause: Cause::Woken(primitive) } => self.woken.push((*task, *primitive)),
            Event::Printed { .. } => self.printed_before = self.printed_before.or(Some(self.deeds.len())),
            Event::Resized { primitive, capacity } => self.resized = Some((*primitive, *capacity)),
            Event::Blocked { seconds, line } => self.blocked = Some((*seconds, *line)),
            _ => {}
        }
    }

    fn did(&mut self, act: Act, primitive: PrimitiveId, times: usize, item: (&'a str, u32)) {
        match self.deeds.iter_mut().find(|deed| deed.act == act && deed.primitive == primitive) {
            Some(deed) => (deed.times, deed.item) = (deed.times + times, item),
            None => self.deeds.push(Deed { act, primitive, times, item }),
        }
    }

    /// Adds the parts of the sentence that tell of these deeds.
    pub(super) fn tell(&self, narrator: &mut Narrator) {
        if let Some((time, line)) = self.blocked {
            let words = format!("blocked the whole event loop for {} (line {line})", seconds(time));
            narrator.part(Place::Deed, 9, Sentence::say(&words));
        }
        if let Some((primitive, capacity)) = self.resized {
            let queue = narrator.after.primitive(primitive).kind.is_queue();
            let things = counted(capacity as usize, if queue { "item" } else { "permit" });
            let given = if queue { " room for " } else { " " };
            let words = Sentence::say("gave ").primitive(primitive).text(given).text(&things);
            narrator.part(Place::Deed, 9, words.text(" in all"));
        }
        self.tell_created(narrator);
        for number in 0..=self.deeds.len() {
            if self.printed_before == Some(number) {
                narrator.tell_released();
                narrator.part(Place::Deed, 2, Sentence::say("printed"));
            }
            if let Some(deed) = self.deeds.get(number) {
                let wakes = self.woken.iter().any(|(_, primitive)| *primitive == deed.primitive);
                if deed.act != Act::Release {
                    narrator.tell_released();
                }
                deed.tell(&self.deeds, number, wakes, narrator);
            }
        }
        narrator.tell_released();
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
        let notified = |(task, primitive): &(TaskId, PrimitiveId)| {
            let line = &narrator.after.primitive(*primitive).line_of_waiters;
            line.iter().any(|waiter| waiter.task == *task && waiter.intent == Intent::Notify)
        };
        let wake = if self.woken.iter().all(notified) { " wake to take the lock again" } else { " wake" };
        let words = match self.woken[..] {
            [] => return,
            [(task, primitive)] => Sentence::default().task(task).text(how_woken(narrator.before, task, primitive)),
            [(first, _), (second, _)] => Sentence::default().task(first).text(" and ").task(second).text(wake),
            [(first, _), ..] => {
                let more = format!(" and {} more", count(self.woken.len() - 1));
                Sentence::default().task(first).text(&more).text(wake)
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
        Intent::Set | Intent::Meet | Intent::Drain => ", which waited for it, wakes",
        Intent::Notify if first.is_some_and(|first| first.task == task) => {
            ", first in line, wakes to take the lock again"
        }
        Intent::Notify => ", next in line, wakes to take the lock again",
        _ if first.is_some_and(|first| first.task == task) => ", first in line, wakes",
        _ => ", next in line, wakes",
    }
}

impl Deed<'_> {
    /// `all`: what the same step did, of which this is the deed of this `number`. `wakes`: somebody is woken there.
    fn tell(&self, all: &[Deed], number: usize, wakes: bool, narrator: &mut Narrator) {
        let earlier = &all[..number];
        let primitive = narrator.after.primitive(self.primitive);
        let here = |deed: &Deed| deed.primitive == self.primitive;
        let acquired =
            earlier.last().is_some_and(here) && earlier.iter().any(|deed| here(deed) && deed.act == Act::Acquire);
        let did = |act| all.iter().any(|deed| here(deed) && deed.act == act);
        let notifies = did(Act::Notify);
        let release_weight = if wakes && !notifies { 8 } else { 6 };
        // A lock that is held just for a notification is not worth a word.
        if matches!(self.act, Act::Acquire | Act::Release) && notifies && did(Act::Acquire) && did(Act::Release) {
            return;
        }
        let items = if self.times == 1 { quoted(self.item.0) } else { counted(self.times, "item") };
        let (weight, before, after) = match self.act {
            Act::Acquire => return self.tell_acquired(narrator),
            Act::Barrier(phase, _) => {
                let Some((before, after)) = self.at_barrier(phase, earlier, narrator) else { return };
                (7, before.to_owned(), after)
            }
            Act::Release if acquired => {
                narrator.tell_released();
                return narrator.part(Place::Deed, release_weight, Sentence::say("gave it back"));
            }
            Act::Release if self.released_too_many(narrator) == self.times => {
                let (permits, all) = (counted(self.times, "permit"), counted(primitive.permits(), "permit"));
                let words = Sentence::say("added ").text(&permits).text(" to ").primitive(self.primitive);
                let words = words.text(", which has ").text(&all).text(" now");
                narrator.tell_released();
                return narrator.part(Place::Deed, release_weight, words);
            }
            Act::Release if self.released_too_many(narrator) > 0 => {
                let after = ", more than it had taken";
                narrator.tell_released();
                (release_weight, format!("released {}", held(primitive, self.times)), after)
            }
            Act::Release => {
                let words = Sentence::say(&held(primitive, self.times)).primitive(self.primitive);
                return narrator.released.push((release_weight, words));
            }
            Act::Set if !wakes => (7, "set ".to_owned(), ", for which nobody waits"),
            Act::Set => (7, "set ".to_owned(), ""),
            Act::Clear => (7, "cleared ".to_owned(), ""),
            Act::Notify if self.times == 0 => (6, "notified nobody, for nobody waits at ".to_owned(), ""),
            Act::Notify => (6, format!("notified {} at ", counted(self.times, "task")), ""),
            Act::Put => (6, format!("put {items} into "), self.out_of_turn(primitive)),
            Act::Get => (6, format!("took {items} out of "), ""),
            Act::TaskDone if self.times == 1 => (4, "finished an item of ".to_owned(), ""),
            Act::TaskDone => (4, format!("finished {items} of "), ""),
            Act::ShutDown => (8, "shut down ".to_owned(), ""),
        };
        // Who is woken must not appear out of nothing.
        let weight = if wakes && self.act != Act::Release { 8 } else { weight };
        narrator.part(Place::Deed, weight, Sentence::say(&before).primitive(self.primitive).text(after));
    }

    /// How many of the permits that a step released nobody had taken.
    fn released_too_many(&self, narrator: &Narrator) -> usize {
        let extra = |snapshot: &Snapshot| snapshot.primitives.get(self.primitive.0 as usize).map_or(0, |one| one.extra);
        (extra(narrator.after) - extra(narrator.before)) as usize
    }

    /// Where an item goes that does not go to the end of a queue.
    fn out_of_turn(&self, queue: &Primitive) -> &'static str {
        match (queue.kind, self.item.1) {
            (PrimitiveKind::Queue, _) => "",
            _ if self.times > 1 => "",
            (_, 0) => ", as the next to come out",
            (_, position) if position + 1 < queue.items.len() as u32 => ", ahead of others",
            _ => ", as the last to come out",
        }
    }

    /// What somebody did at a barrier, around its name, if it is not told otherwise.
    fn at_barrier(
        &self,
        phase: BarrierPhase,
        earlier: &[Deed],
        narrator: &Narrator,
    ) -> Option<(&'static str, &'static str)> {
        let last = earlier.iter().rev().find(|deed| deed.primitive == self.primitive).map(|deed| deed.act);
        let before = match last {
            Some(Act::Barrier(phase, _)) => phase,
            _ => narrator.before.primitives.get(self.primitive.0 as usize)?.phase,
        };
        let line = &narrator.before.primitives.get(self.primitive.0 as usize)?.line_of_waiters;
        let was_inside =
            |waiter: &Waiter| waiter.intent == Intent::Meet && Some(waiter.task) == narrator.after.running_task();
        Some(match (before, phase) {
            (BarrierPhase::Filling, BarrierPhase::Draining) => ("was the last to come to ", ", which opens"),
            (BarrierPhase::Draining | BarrierPhase::Resetting, BarrierPhase::Filling) => {
                ("was the last to leave ", ", which fills again")
            }
            (before, BarrierPhase::Broken) if before != phase => ("aborted ", ""),
            (before, BarrierPhase::Resetting) if before != phase => ("reset ", ""),
            (BarrierPhase::Broken, BarrierPhase::Filling) => ("reset ", ""),
            _ if last.is_none() && line.iter().any(was_inside) => ("left ", ""),
            _ => return None,
        })
    }

    fn tell_acquired(&self, narrator: &mut Narrator) {
        let primitive = narrator.after.primitive(self.primitive);
        let semaphore = primitive.kind.is_semaphore();
        let of = if primitive.kind == PrimitiveKind::Condition { "the lock of " } else { "" };
        // Where it stood in line before this step.
        let stood = narrator.after.running_task().and_then(|task| {
            let at = narrator.before.tasks.get(task.0 as usize)?.in_line?;
            let mut line = narrator.before.primitive(at).line_of_waiters.iter();
            Some((at, line.find(|waiter| waiter.task == task)?))
        });
        if let Some((at, waiter)) = stood
            && waiter.intent == Intent::Notify
            && narrator.before.lock_of(at) == self.primitive
        {
            let again = if waiter.woken { " again" } else { " again before it is cancelled" };
            let words = Sentence::say("took ").text(of).primitive(self.primitive).text(again);
            return narrator.part(Place::Deed, 8, words);
        }
        let waited = stood.filter(|(at, _)| *at == self.primitive).map(|(_, waiter)| waiter.task);
        let Some(task) = waited else {
            let words = if semaphore {
                let (left, all) = (primitive.free(), primitive.permits());
                Sentence::say("took a permit of ").primitive(self.primitive).text(&format!(" ({left} of {all} left)"))
            } else {
                Sentence::say("took ").text(of).primitive(self.primitive)
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
            (false, Some(releaser)) => {
                Sentence::say("got ").text(of).primitive(self.primitive).text(" from ").then(&releaser)
            }
            (false, None) => Sentence::say("got ").text(of).primitive(self.primitive),
        };
        narrator.part(Place::Deed, 8, words);
        let mut waiting = primitive.waiting(Intent::Acquire).filter(|waiter| !waiter.woken);
        let words = match (waiting.next(), waiting.count()) {
            // Others have been woken, too.
            (None, _) if primitive.kept() > 0 => return,
            (None, _) if primitive.kind == PrimitiveKind::Condition => Sentence::say("nobody else waits for the lock"),
            (None, _) => Sentence::say("nobody else waits for it"),
            (Some(last), 0) => Sentence::default().task(last.task).text(" still waits"),
            (Some(next), more) => {
                let words = format!("{} still wait, ", counted(more + 1, "task"));
                Sentence::say(&words).task(next.task).text(" is next")
            }
        };
        narrator.part(Place::Consequence, 5, words);
    }
}

/// What is given back, in front of the primitive's name.
fn held(primitive: &Primitive, times: usize) -> String {
    match primitive.kind {
        PrimitiveKind::Condition => "the lock of ".to_owned(),
        kind if !kind.is_semaphore() => String::new(),
        _ if times == 1 => "a permit of ".to_owned(),
        _ => format!("{} of ", counted(times, "permit")),
    }
}
