//! Puts everybody of a snapshot on the stage.

use super::cards::away_if_running;
use super::crowd::{Crowd, CrowdKind};
use super::plan::{PADDING, Plan};
use super::region::{Rectangle, Region};
use super::{CallbackMark, Caption, CaptionKind, Place, PlaceKind, Seat, SeatKind, Stage, Token};
use crate::decimal;
use crate::draw::history::History;
use crate::order::{moment_key, ordered};
use crate::trace::{Activity, Awaited, Outcome, Runner, Snapshot, TaskId, TaskState, words};

/// A token smaller than this has no room for a word before a time, in pixels.
const LEAST_FOR_TILL: i32 = 48;

/// Somebody with a seat in a region.
#[derive(Clone, Copy)]
pub(super) enum Member {
    /// Its token stands here.
    Here(TaskId),
    /// Its token stands elsewhere.
    Away(TaskId, SeatKind),
}

impl Plan {
    /// The stage after the step of `snapshot`, which belongs to the run this plan was made for.
    pub fn arrange(&self, history: &History, snapshot: &Snapshot) -> Stage {
        let mut stage = Stage {
            width: self.width,
            height: self.height,
            size: self.size,
            tasks_per_dot: self.tasks_per_dot,
            running_seat: self.seats[1].seat(0),
            left_out: self.left_out,
            ..Stage::default()
        };
        self.arrange_ready(&mut stage, snapshot);
        self.arrange_running(&mut stage, snapshot);
        self.arrange_sleeping(&mut stage, snapshot);
        self.arrange_finished(&mut stage, history, snapshot);
        for card in &self.cards {
            self.arrange_card(&mut stage, card, history, snapshot);
        }
        self.arrange_deadlines(&mut stage, snapshot);
        // In the order of tasks: an element that changes its place in the document cannot glide on the page.
        stage.tokens = ordered(stage.tokens, |token| token.task.0.into());
        stage.chips = ordered(stage.chips, |chip| {
            u64::from(chip.key.0.map_or(u32::MAX, |primitive| primitive.0)) << 32 | u64::from(chip.task.0)
        });
        stage
    }

    fn place(&self, stage: &mut Stage, kind: PlaceKind, count: usize) {
        stage.places.push(Place { kind, rectangle: self.boxes[kind as usize], count });
    }

    fn arrange_ready(&self, stage: &mut Stage, snapshot: &Snapshot) {
        let region = &self.seats[PlaceKind::Ready as usize];
        let count = snapshot.ready.len();
        self.place(stage, PlaceKind::Ready, count);
        let running = running_task(snapshot);
        for (index, runner) in snapshot.ready.iter().take(region.seated(count)).enumerate() {
            let (x, y) = region.seat(index);
            match runner {
                Runner::Task(task) if running == Some(*task) => {
                    stage.seats.push(self.empty_seat(snapshot, *task, (x, y), SeatKind::Next));
                }
                Runner::Task(task) => stage.tokens.push(self.token(snapshot, *task, (x, y))),
                Runner::Callback(callback) => {
                    stage.callbacks.push(CallbackMark { callback: callback.clone(), x, y });
                }
            }
        }
        self.rest(stage, region, count, CrowdKind::Ready, "nothing is ready");
    }

    fn arrange_running(&self, stage: &mut Stage, snapshot: &Snapshot) {
        let region = &self.seats[PlaceKind::Running as usize];
        let (x, y) = region.seat(0);
        let runner = if snapshot.ending.is_some() { None } else { snapshot.running.as_ref() };
        self.place(stage, PlaceKind::Running, usize::from(runner.is_some()));
        match runner {
            Some(Runner::Task(task)) => stage.tokens.push(self.token(snapshot, *task, (x, y))),
            Some(Runner::Callback(callback)) => {
                stage.callbacks.push(CallbackMark { callback: callback.clone(), x, y });
            }
            None => {
                let text = if snapshot.ending.is_some() { "the end" } else { "nothing yet" };
                self.rest(stage, region, 0, CrowdKind::Ready, text);
            }
        }
    }

    fn arrange_sleeping(&self, stage: &mut Stage, snapshot: &Snapshot) {
        let region = &self.seats[PlaceKind::Sleeping as usize];
        let mut sleepers: Vec<(f64, TaskId)> = Vec::new();
        for (number, task) in snapshot.tasks.iter().enumerate() {
            if let TaskState::Waiting(Awaited::Clock { until }) = task.state {
                sleepers.push((until, TaskId(number as u32)));
            }
        }
        let sleepers = ordered(sleepers, |(until, _)| moment_key(*until));
        self.place(stage, PlaceKind::Sleeping, sleepers.len());
        let running = running_task(snapshot);
        for (index, (until, task)) in sleepers.iter().take(region.seated(sleepers.len())).enumerate() {
            let (x, y) = region.seat(index);
            let token_x = x + (region.seat_width - self.size) / 2;
            if running == Some(*task) {
                stage.seats.push(self.empty_seat(snapshot, *task, (token_x, y), SeatKind::Next));
            } else {
                stage.tokens.push(self.token(snapshot, *task, (token_x, y)));
            }
            stage.captions.push(Caption {
                kind: CaptionKind::Time,
                rectangle: Rectangle { x, y: y + self.size + 2, width: region.seat_width, height: 14 },
                text: decimal::fixed(*until, 2),
            });
        }
        self.rest(stage, region, sleepers.len(), CrowdKind::Sleeping, "no task sleeps");
    }

    fn arrange_finished(&self, stage: &mut Stage, history: &History, snapshot: &Snapshot) {
        let region = &self.seats[PlaceKind::Finished as usize];
        let count = snapshot.finished as usize;
        self.place(stage, PlaceKind::Finished, count);
        let running = running_task(snapshot);
        let mut members = history.finished.iter().map(|task| away_if_running(*task, running));
        self.seat(stage, snapshot, region, &mut members, count);
        self.rest(stage, region, count, CrowdKind::Finished, "none yet");
    }

    /// Who waits, or is about to, and will give up, has the time of that on the edge of its token or seat. Under a
    /// sleeper stands when it wakes.
    fn arrange_deadlines(&self, stage: &mut Stage, snapshot: &Snapshot) {
        let tokens = stage.tokens.iter().filter(|token| token.activity == Activity::Waiting);
        let tokens = tokens.map(|token| (token.task, token.x, token.y));
        let seats = stage.seats.iter().filter(|seat| seat.kind == SeatKind::Next);
        let seats = seats.map(|seat| (seat.task, seat.x, seat.y));
        for (task, x, y) in tokens.chain(seats) {
            let task = snapshot.task(task);
            let (Some(at), TaskState::Waiting(awaited)) = (task.deadline(), &task.state) else { continue };
            if !matches!(awaited, Awaited::Clock { .. } | Awaited::NextTurn) {
                let rectangle = Rectangle { x, y: y + self.size - 7, width: self.size, height: 14 };
                let till = if self.size < LEAST_FOR_TILL { "" } else { "till " };
                let text = [till, &decimal::fixed(at, 2)].concat();
                stage.captions.push(Caption { kind: CaptionKind::Deadline, rectangle, text });
            }
        }
    }

    /// Gives the first of `count` members their seats.
    pub(super) fn seat(
        &self,
        stage: &mut Stage,
        snapshot: &Snapshot,
        region: &Region,
        members: &mut dyn Iterator<Item = Member>,
        count: usize,
    ) {
        for (index, member) in members.take(region.seated(count)).enumerate() {
            let (x, y) = region.seat(index);
            match member {
                Member::Here(task) => stage.tokens.push(self.token(snapshot, task, (x, y))),
                Member::Away(task, kind) => stage.seats.push(self.empty_seat(snapshot, task, (x, y), kind)),
            }
        }
    }

    /// Says what there is to say about an empty region, and counts those who have no seat.
    pub(super) fn rest(&self, stage: &mut Stage, region: &Region, count: usize, kind: CrowdKind, empty: &str) {
        if count == 0 {
            let (_, y) = region.seat(0);
            // The running task's seat stands in the middle of its box.
            let x = if std::ptr::eq(region, &self.seats[PlaceKind::Running as usize]) {
                self.boxes[PlaceKind::Running as usize].x + PADDING
            } else {
                region.x
            };
            let rectangle = Rectangle { x, y, width: region.width().max(self.size + PADDING), height: self.size };
            stage.captions.push(Caption { kind: CaptionKind::Empty, rectangle, text: empty.to_owned() });
            return;
        }
        let seated = region.seated(count);
        if seated == count {
            return;
        }
        let (x, y) = region.seat(seated);
        let left = count - seated;
        stage.captions.push(Caption {
            kind: CaptionKind::More,
            rectangle: Rectangle { x, y, width: region.seat_width, height: self.size },
            text: ["+", &words::count(left)].concat(),
        });
        if let Some(area) = region.crowd {
            stage.crowds.push(Crowd::new(kind, left as u32, self.tasks_per_dot, area));
        }
    }

    pub(super) fn token(&self, snapshot: &Snapshot, task: TaskId, (x, y): (i32, i32)) -> Token {
        let activity = snapshot.activity(task);
        let woken = activity == Activity::Ready && snapshot.task(task).in_line.is_some();
        let exception = match &snapshot.task(task).state {
            TaskState::Finished(Outcome::Failed(exception)) => Some(exception.clone()),
            _ => None,
        };
        let waits = matches!(activity, Activity::Waiting | Activity::Sleeping);
        let gives_up = snapshot.task(task).deadline().filter(|_| waits);
        Token { task, label: snapshot.task(task).label.clone(), x, y, activity, woken, exception, gives_up }
    }

    fn empty_seat(&self, snapshot: &Snapshot, task: TaskId, (x, y): (i32, i32), kind: SeatKind) -> Seat {
        Seat { task, label: snapshot.task(task).label.clone(), x, y, kind }
    }
}

/// The task whose token stands in the running box.
pub(super) fn running_task(snapshot: &Snapshot) -> Option<TaskId> {
    if snapshot.ending.is_some() { None } else { snapshot.running_task() }
}
