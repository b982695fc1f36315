//! One primitive: what it is like, and everything that was done at it.

use std::collections::VecDeque;

use super::actor;
use super::task::named;
use crate::lab::Sentence;
use crate::trace::Awaited;
use crate::trace::words::{count, counted, seconds};
use crate::trace::{
    BarrierPhase, Cause, Event, Intent, Primitive, PrimitiveId, PrimitiveKind, Runner, Snapshot, TaskId, Text, Trace,
};

/// So many of the latest deeds are kept.
const MOST_KEPT: usize = 200;

/// Something that was done at a primitive.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    pub step: u32,
    /// When, in seconds.
    pub time: f64,
    runner: Option<Runner>,
    act: Act,
}

#[derive(Clone, Debug, PartialEq)]
enum Act {
    Created,
    Took,
    GaveBack,
    Joined(Intent),
    Woke(TaskId),
    Set,
    Cleared,
    Notified(u32),
    Barrier(BarrierPhase, u32),
    Put(Text),
    Got(Text),
    TaskDone,
    ShutDown,
    Resized(u32),
}

/// What was done at a primitive up to one of a run's steps.
#[derive(Debug)]
pub struct PrimitiveRecord {
    pub primitive: PrimitiveId,
    /// How many steps have been taken in, the program's top level among them.
    taken_in: u32,
    now: f64,
    runner: Option<Runner>,
    /// The latest, in order.
    pub deeds: VecDeque<Deed>,
    /// How many came before those.
    pub forgotten: usize,
}

impl PrimitiveRecord {
    /// The record of a primitive before anything has happened.
    pub fn new(primitive: PrimitiveId) -> Self {
        Self { primitive, taken_in: 0, now: 0.0, runner: None, deeds: VecDeque::new(), forgotten: 0 }
    }

    /// Goes to the moment after `step`.
    pub fn seek(&mut self, trace: &Trace, step: u32) {
        if step + 1 < self.taken_in {
            *self = Self::new(self.primitive);
        }
        while self.taken_in <= step {
            for event in trace.step_events(self.taken_in) {
                match event {
                    Event::Clock { seconds } => self.now = *seconds,
                    Event::Blocked { seconds, .. } => self.now += seconds,
                    Event::Step { runner } => self.runner = Some(runner.clone()),
                    event => {
                        if let Some(act) = act(event, self.primitive) {
                            self.add(act);
                        }
                    }
                }
            }
            self.taken_in += 1;
        }
    }

    fn add(&mut self, act: Act) {
        if self.deeds.len() == MOST_KEPT {
            self.deeds.pop_front();
            self.forgotten += 1;
        }
        self.deeds.push_back(Deed { step: self.taken_in, time: self.now, runner: self.runner.clone(), act });
    }
}

/// What an event is to a primitive, if it is about that.
fn act(event: &Event, primitive: PrimitiveId) -> Option<Act> {
    let (at, act) = match event {
        Event::PrimitiveCreated { primitive, .. } => (primitive, Act::Created),
        Event::Acquired { primitive } => (primitive, Act::Took),
        Event::Released { primitive } => (primitive, Act::GaveBack),
        Event::Awaits { on: Awaited::Primitive { primitive, intent }, .. } => (primitive, Act::Joined(*intent)),
        Event::Ready { task, cause: Cause::Woken(primitive) } => (primitive, Act::Woke(*task)),
        Event::EventSet { primitive } => (primitive, Act::Set),
        Event::EventCleared { primitive } => (primitive, Act::Cleared),
        Event::Notified { primitive, tasks } => (primitive, Act::Notified(*tasks)),
        Event::BarrierChanged { primitive, phase, inside } => (primitive, Act::Barrier(*phase, *inside)),
        Event::Put { primitive, item, .. } => (primitive, Act::Put(item.clone())),
        Event::Got { primitive, item } => (primitive, Act::Got(item.clone())),
        Event::TaskDone { primitive } => (primitive, Act::TaskDone),
        Event::ShutDown { primitive, .. } => (primitive, Act::ShutDown),
        Event::Resized { primitive, capacity } => (primitive, Act::Resized(*capacity)),
        _ => return None,
    };
    (*at == primitive).then_some(act)
}

impl Deed {
    /// It in words.
    pub fn words(&self, snapshot: &Snapshot, primitive: PrimitiveId) -> Sentence {
        let primitive = snapshot.primitive(primitive);
        let semaphore = primitive.kind.is_semaphore();
        let what = match &self.act {
            Act::Created => "created it".to_owned(),
            Act::Took if semaphore => "took a permit".to_owned(),
            Act::Took if primitive.kind == PrimitiveKind::Condition => "took its lock".to_owned(),
            Act::Took => "took it".to_owned(),
            Act::GaveBack if semaphore => "gave a permit back".to_owned(),
            Act::GaveBack if primitive.kind == PrimitiveKind::Condition => "released its lock".to_owned(),
            Act::GaveBack => "released it".to_owned(),
            Act::Joined(intent) => waits_for(*intent, primitive.kind).to_owned(),
            Act::Woke(task) => return actor(self.runner.as_ref()).text(" woke ").task(*task),
            Act::Set => "set it".to_owned(),
            Act::Cleared => "cleared it".to_owned(),
            Act::Notified(tasks) => format!("notified {}", counted(*tasks as usize, "task")),
            Act::Barrier(phase, inside) => {
                format!("made it {} ({} of {} inside)", phase.name(), inside, primitive.capacity)
            }
            Act::Put(item) => format!("put {item}"),
            Act::Got(item) => format!("took {item}"),
            Act::TaskDone => "finished an item".to_owned(),
            Act::ShutDown => "shut it down".to_owned(),
            Act::Resized(capacity) if semaphore => format!("gave it {} in all", counted(*capacity as usize, "permit")),
            Act::Resized(capacity) => format!("gave it room for {}", counted(*capacity as usize, "item")),
        };
        actor(self.runner.as_ref()).text(" ").text(&what)
    }
}

fn waits_for(intent: Intent, kind: PrimitiveKind) -> &'static str {
    match intent {
        Intent::Acquire if kind.is_semaphore() => "waits for a permit",
        Intent::Acquire if kind == PrimitiveKind::Condition => "waits for its lock",
        Intent::Reacquire => "waits for its lock again",
        Intent::Acquire | Intent::Set => "waits for it",
        Intent::Notify => "waits to be notified",
        Intent::Meet => "waits for the others",
        Intent::Drain => "waits for a place",
        Intent::Get => "waits for an item",
        Intent::Put => "waits for room",
        Intent::Join => "waits for the end of all work",
    }
}

/// What a primitive is like now, as sentences: its state, who waits, and its records.
pub fn state_of_primitive(snapshot: &Snapshot, id: PrimitiveId) -> Vec<Sentence> {
    let primitive = snapshot.primitive(id);
    let mut said = vec![inside(snapshot, id, primitive)];
    for intent in [
        Intent::Acquire,
        Intent::Notify,
        Intent::Set,
        Intent::Meet,
        Intent::Drain,
        Intent::Get,
        Intent::Put,
        Intent::Join,
    ] {
        let mut waiting = Vec::new();
        for waiter in primitive.waiting(intent) {
            waiting.push(waiter.task);
        }
        if !waiting.is_empty() {
            let words = match intent {
                Intent::Notify => "wait to be notified: ",
                Intent::Get => "wait for an item: ",
                Intent::Put => "wait for room: ",
                Intent::Join => "wait for the end of all work: ",
                _ => "wait, next first: ",
            };
            said.push(Sentence::say(words).then(&named(&waiting)));
        }
    }
    if primitive.line_of_waiters.is_empty() {
        said.push(Sentence::say("nobody waits"));
    }
    let mut records = format!("longest line {}", count(primitive.longest_line as usize));
    if primitive.kind.counts_inside() {
        records = format!("most at once {}, {records}", count(primitive.most_inside as usize));
    }
    let mut records = Sentence::say(&records);
    if let Some((wait, task)) = primitive.longest_wait {
        records = records.text(", longest wait ").text(&seconds(wait)).text(" by ").task(task);
    }
    said.push(records);
    said
}

fn inside(snapshot: &Snapshot, id: PrimitiveId, primitive: &Primitive) -> Sentence {
    match primitive.kind {
        PrimitiveKind::Event => Sentence::say(if primitive.is_set { "set" } else { "not set" }),
        PrimitiveKind::Barrier => Sentence::say(&format!(
            "{}: {} of {} places are taken",
            primitive.phase.name(),
            primitive.inside,
            primitive.capacity
        )),
        kind if kind.is_queue() => {
            let items = counted(primitive.items.len(), "item");
            let room = if primitive.capacity > 0 { format!(" of {}", primitive.capacity) } else { String::new() };
            let shut = if primitive.shut_down { ", shut down" } else { "" };
            Sentence::say(&format!("{items}{room}, {} unfinished{shut}", count(primitive.unfinished as usize)))
        }
        kind => {
            let holders = &snapshot.primitive(snapshot.lock_of(id)).holders;
            let mut tasks = Vec::new();
            for task in holders.iter().flatten() {
                tasks.push(*task);
            }
            if kind.is_semaphore() {
                let free = counted(primitive.free(), "permit");
                let words = Sentence::say(&format!("{free} of {} free", primitive.permits()));
                return if tasks.is_empty() { words } else { words.text("; held by ").then(&named(&tasks)) };
            }
            match holders.len() {
                0 if primitive.kept() > 0 => Sentence::say("kept for the next in line"),
                0 => Sentence::say("not locked"),
                _ if tasks.is_empty() => Sentence::say("locked, by no task"),
                _ => Sentence::say("locked by ").then(&named(&tasks)),
            }
        }
    }
}
