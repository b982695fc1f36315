//! What a card says, and who stands on it.

use super::arrange::{Member, running_task};
use super::crowd::CrowdKind;
use super::describe::{cells_caption, describe_primitive, lamp_caption, line_caption, places_caption, slots_caption};
use super::plan::{CardPlan, Plan, Subject};
use super::region::{Rectangle, Region};
use super::zones::{Zone, ZoneKind};
use super::{Caption, CaptionKind, Card, Cell, CellKind, Chip, SeatKind, Slot, SlotKind, Stage};
use crate::decimal;
use crate::draw::history::History;
use crate::trace::words::{count as grouped, counted};
use crate::trace::{
    Awaited, BarrierPhase, Gather, GatherId, Intent, Item, Outcome, Primitive, PrimitiveId, PrimitiveKind, Snapshot,
    TaskId, TaskState, Waiter,
};

/// An item in the hands of a task is no wider than this, in pixels.
const MOST_TAKEN: i32 = 92;

impl Plan {
    pub(super) fn arrange_card(&self, stage: &mut Stage, plan: &CardPlan, history: &History, snapshot: &Snapshot) {
        let mut card = Card {
            subject: plan.subject,
            rectangle: plan.rectangle,
            kind: None,
            name: String::new(),
            detail: String::new(),
            line: None,
            figures: String::new(),
            description: String::new(),
            present: false,
            compact: self.compact,
        };
        match plan.subject {
            Subject::Primitive(id) => match snapshot.primitives.get(id.0 as usize) {
                Some(primitive) => {
                    describe_primitive(&mut card, snapshot, id);
                    for zone in &plan.zones {
                        self.arrange_zone(stage, zone, id, primitive, snapshot);
                    }
                }
                None => card.name = history.primitives[id.0 as usize].kind.noun().to_owned(),
            },
            Subject::Gather(id) => {
                card.name = history.gathers[id.0 as usize].name().to_owned();
                if let Some(gather) = snapshot.gathers.get(id.0 as usize) {
                    self.arrange_gather(stage, &mut card, &plan.zones, (id, gather), snapshot);
                }
            }
            Subject::Waiting => self.arrange_pairs(stage, &mut card, &plan.zones, snapshot),
        }
        if self.compact && matches!(plan.subject, Subject::Primitive(_)) {
            card.detail.clear();
        } else if !card.present && card.detail.is_empty() {
            card.detail = "does not exist yet".to_owned();
        }
        stage.cards.push(card);
    }

    fn arrange_zone(
        &self,
        stage: &mut Stage,
        zone: &Zone,
        id: PrimitiveId,
        primitive: &Primitive,
        snapshot: &Snapshot,
    ) {
        let text = match zone.kind {
            ZoneKind::Slots => {
                let lock = snapshot.primitive(snapshot.lock_of(id));
                self.arrange_slots(stage, &zone.seats, id, lock, snapshot);
                slots_caption(lock, (primitive.kind == PrimitiveKind::Condition).then_some(primitive))
            }
            ZoneKind::Lamp => {
                let kind = if primitive.is_set { SlotKind::Lit } else { SlotKind::Dark };
                stage.slots.push(Slot { rectangle: seat_rectangle(&zone.seats, 0), kind, text: "" });
                lamp_caption(primitive).to_owned()
            }
            ZoneKind::Places => {
                self.arrange_places(stage, &zone.seats, primitive, snapshot);
                places_caption(primitive)
            }
            ZoneKind::Cells => {
                let taken = snapshot.taken.as_ref().filter(|_| running_task(snapshot).is_some());
                self.arrange_cells(stage, &zone.seats, (id, primitive), taken);
                cells_caption(primitive)
            }
            ZoneKind::Line(intent) => {
                let count = primitive.waiting(intent).count();
                let running = running_task(snapshot);
                let mut members = primitive.waiting(intent).map(|waiter| member(waiter, snapshot, running));
                self.seat(stage, snapshot, &zone.seats, &mut members, count);
                self.rest(stage, &zone.seats, count, CrowdKind::Waiting, "nobody");
                line_caption(primitive, intent).to_owned()
            }
            ZoneKind::Awaiting | ZoneKind::Children | ZoneKind::Pairs => return,
        };
        caption(stage, zone, text);
    }

    fn arrange_slots(
        &self,
        stage: &mut Stage,
        region: &Region,
        id: PrimitiveId,
        primitive: &Primitive,
        snapshot: &Snapshot,
    ) {
        let slots = primitive.permits().max(primitive.holders.len()).max(1);
        let shown = region.seated(slots);
        let size = self.size * 3 / 4;
        for index in 0..shown {
            let rectangle = seat_rectangle(region, index);
            let holder = primitive.holders.get(index);
            let text = match holder {
                None if index < primitive.holders.len() + primitive.kept() => "kept",
                None => "free",
                Some(None) => "taken",
                Some(Some(_)) => "",
            };
            let kind = if holder.is_some() { SlotKind::Taken } else { SlotKind::Free };
            stage.slots.push(Slot { rectangle, kind, text });
            if let Some(Some(task)) = holder {
                let before = primitive.holders[..index].iter().filter(|other| **other == Some(*task)).count();
                let inset = (region.seat_width - size) / 2;
                stage.chips.push(Chip {
                    task: *task,
                    label: snapshot.task(*task).label.clone(),
                    key: (Some(id), before),
                    x: rectangle.x + inset,
                    y: rectangle.y + inset,
                    size,
                });
            }
        }
        self.rest(stage, region, slots, CrowdKind::Finished, "");
    }

    /// Those who are inside a barrier stand in its places.
    fn arrange_places(&self, stage: &mut Stage, region: &Region, primitive: &Primitive, snapshot: &Snapshot) {
        let inside = primitive.waiting(Intent::Meet).count();
        let places = (primitive.capacity as usize).max(inside).max(1);
        for index in 0..region.seated(places) {
            let kind = match primitive.phase {
                BarrierPhase::Broken => SlotKind::Broken,
                BarrierPhase::Draining if index < inside => SlotKind::Open,
                _ if index < inside => SlotKind::Taken,
                _ => SlotKind::Free,
            };
            stage.slots.push(Slot { rectangle: seat_rectangle(region, index), kind, text: "" });
        }
        let inset = (region.seat_width - self.size) / 2;
        let within = Region {
            x: region.x + inset,
            y: region.y + inset,
            seat_width: self.size,
            seat_height: self.size,
            gap: region.gap + 2 * inset,
            ..region.clone()
        };
        let running = running_task(snapshot);
        let mut members = primitive.waiting(Intent::Meet).map(|waiter| member(waiter, snapshot, running));
        self.seat(stage, snapshot, &within, &mut members, inside);
        self.rest(stage, region, places, CrowdKind::Finished, "");
    }

    fn arrange_cells(
        &self,
        stage: &mut Stage,
        region: &Region,
        (id, primitive): (PrimitiveId, &Primitive),
        taken: Option<&(PrimitiveId, Item)>,
    ) {
        let count = primitive.items.len();
        let room = || if primitive.shut_down { CellKind::Closed } else { CellKind::Room };
        let rectangle = |index| seat_rectangle(region, index);
        let capacity = match primitive.capacity {
            0 => region.capacity(),
            capacity => capacity as usize,
        };
        for index in 0..region.seated(capacity.max(count)) {
            stage.cells.push(Cell { key: (u32::MAX - id.0, index), rectangle: rectangle(index), kind: room() });
        }
        for (index, item) in primitive.items.iter().take(region.seated(count)).enumerate() {
            let kind = CellKind::Item(item.text.clone());
            stage.cells.push(Cell { key: (id.0, item.number as usize), rectangle: rectangle(index), kind });
        }
        // In the hands of who has just taken it.
        if let Some((taken_from, item)) = taken
            && *taken_from == id
        {
            let (x, y) = stage.running_seat;
            let (width, height) = (region.seat_width.min(MOST_TAKEN), (self.size / 2).clamp(16, 22));
            let rectangle = Rectangle { x: x + (self.size - width) / 2, y: y + self.size * 4 / 5, width, height };
            let kind = CellKind::Taken(item.text.clone());
            stage.cells.push(Cell { key: (id.0, item.number as usize), rectangle, kind });
        }
        if count > 0 {
            self.rest(stage, region, count, CrowdKind::Ready, "");
        }
    }

    fn arrange_gather(
        &self,
        stage: &mut Stage,
        card: &mut Card,
        zones: &[Zone],
        (id, gather): (GatherId, &Gather),
        snapshot: &Snapshot,
    ) {
        let total = gather.children.len();
        let waiting = gather.waiter.filter(
            |task| matches!(snapshot.task(*task).state, TaskState::Waiting(Awaited::Gather(awaited)) if awaited == id),
        );
        let ends = ends(gather, snapshot);
        card.present = waiting.is_some() || ends.over < total;
        card.detail = match waiting {
            Some(task) => format!("{} waits", snapshot.task(task).label),
            None if ends.over == total => "done".to_owned(),
            None => counted(total, "task"),
        };
        if let Some(task) = ends.first_failed {
            card.detail += &[" · ", &snapshot.task(task).label, " failed"].concat();
        }
        let progress = ends.in_words(total);
        card.description = progress.clone();
        for zone in zones {
            match zone.kind {
                ZoneKind::Awaiting => {
                    let running = running_task(snapshot);
                    let mut members = waiting.into_iter().map(|task| away_if_running(task, running));
                    self.seat(stage, snapshot, &zone.seats, &mut members, usize::from(waiting.is_some()));
                    self.rest(stage, &zone.seats, usize::from(waiting.is_some()), CrowdKind::Waiting, "nobody");
                    caption(stage, zone, "awaits".to_owned());
                }
                _ => {
                    arrange_children(stage, zone, (id, gather), ends.over, snapshot);
                    caption(stage, zone, progress.clone());
                }
            }
        }
    }

    /// Tasks that wait for another task, or for a future: each with what it waits for.
    fn arrange_pairs(&self, stage: &mut Stage, card: &mut Card, zones: &[Zone], snapshot: &Snapshot) {
        card.name = "await".to_owned();
        card.detail = "tasks that wait for another".to_owned();
        let on_a_card = |gather: &GatherId| self.cards.iter().any(|card| card.subject == Subject::Gather(*gather));
        let pairs = || {
            (0..snapshot.tasks.len() as u32).map(TaskId).filter_map(|task| match &snapshot.task(task).state {
                TaskState::Waiting(Awaited::Task(other)) => Some((task, Some(*other), String::new())),
                TaskState::Waiting(Awaited::Future) => Some((task, None, "future".to_owned())),
                TaskState::Waiting(Awaited::Job { until }) => Some((task, None, decimal::fixed(*until, 2) + " s")),
                TaskState::Waiting(Awaited::Gather(gather)) if !on_a_card(gather) => {
                    Some((task, unfinished_child(snapshot, *gather), String::new()))
                }
                _ => None,
            })
        };
        let count = pairs().count();
        card.present = count > 0;
        card.description = format!("{} waiting", counted(count, "task"));
        let Some(zone) = zones.first() else { return };
        let running = running_task(snapshot);
        let mut members = pairs().map(|(task, ..)| away_if_running(task, running));
        self.seat(stage, snapshot, &zone.seats, &mut members, count);
        let size = self.size * 3 / 4;
        for (index, (_, other, otherwise)) in pairs().take(zone.seats.seated(count)).enumerate() {
            let (x, y) = zone.seats.seat(index);
            let arrow = Rectangle { x: x + self.size + 4, y, width: 16, height: self.size };
            let text = ["→ ", &otherwise].concat();
            stage.captions.push(Caption { kind: CaptionKind::Empty, rectangle: arrow, text });
            if let Some(task) = other {
                let (x, y) = (x + self.size + 20, y + (self.size - size) / 2);
                let label = snapshot.task(task).label.clone();
                stage.chips.push(Chip { task, label, key: (None, index), x, y, size });
            }
        }
        self.rest(stage, &zone.seats, count, CrowdKind::Waiting, "nobody");
        caption(stage, zone, "who waits → for whom".to_owned());
    }
}

fn unfinished_child(snapshot: &Snapshot, gather: GatherId) -> Option<TaskId> {
    let children = &snapshot.gathers.get(gather.0 as usize)?.children;
    children.iter().copied().find(|child| !matches!(snapshot.task(*child).state, TaskState::Finished(_)))
}

/// How the tasks of a gather have ended so far. The gather itself is told of it a little later.
#[derive(Default)]
struct Ends {
    over: usize,
    failed: usize,
    cancelled: usize,
    first_failed: Option<TaskId>,
}

impl Ends {
    fn in_words(&self, total: usize) -> String {
        let Self { over, failed, cancelled, .. } = *self;
        let mut words = format!("{} of {} finished", grouped(over - failed - cancelled), grouped(total));
        for (number, how) in [(failed, " failed"), (cancelled, " cancelled")] {
            if number > 0 {
                words += &[" · ", &grouped(number), how].concat();
            }
        }
        words
    }
}

fn ends(gather: &Gather, snapshot: &Snapshot) -> Ends {
    let mut ends = Ends::default();
    for task in gather.children.iter() {
        let TaskState::Finished(outcome) = &snapshot.task(*task).state else { continue };
        ends.over += 1;
        match outcome {
            Outcome::Returned => {}
            Outcome::Cancelled => ends.cancelled += 1,
            Outcome::Failed(_) => {
                ends.failed += 1;
                ends.first_failed = ends.first_failed.or(Some(*task));
            }
        }
    }
    ends
}

fn arrange_children(
    stage: &mut Stage,
    zone: &Zone,
    (id, gather): (GatherId, &Gather),
    over: usize,
    snapshot: &Snapshot,
) {
    let region = &zone.seats;
    let key = |index| (1 << 30 | id.0, index);
    if gather.children.len() > region.capacity() {
        let thousandths = over * 1000 / gather.children.len();
        let rectangle = Rectangle { x: region.x, y: region.y + 4, width: zone.width, height: 8 };
        stage.cells.push(Cell { key: key(0), rectangle, kind: CellKind::Progress(thousandths as u32) });
        return;
    }
    for (index, task) in gather.children.iter().enumerate() {
        let (x, y) = region.seat(index);
        let outcome = match &snapshot.task(*task).state {
            TaskState::Finished(outcome) => Some(outcome.clone()),
            _ => None,
        };
        let rectangle = Rectangle { x, y, width: region.seat_width, height: region.seat_height };
        let kind = CellKind::Child { task: *task, label: snapshot.task(*task).label.clone(), outcome };
        stage.cells.push(Cell { key: key(index), rectangle, kind });
    }
}

/// All of a seat.
fn seat_rectangle(region: &Region, index: usize) -> Rectangle {
    let (x, y) = region.seat(index);
    Rectangle { x, y, width: region.seat_width, height: region.seat_height }
}

fn caption(stage: &mut Stage, zone: &Zone, text: String) {
    let Some((x, y)) = zone.caption else { return };
    let rectangle = Rectangle { x, y, width: zone.width, height: 16 };
    stage.captions.push(Caption { kind: CaptionKind::Zone, rectangle, text });
}

fn member(waiter: &Waiter, snapshot: &Snapshot, running: Option<TaskId>) -> Member {
    match snapshot.task(waiter.task).state {
        TaskState::Waiting(_) => away_if_running(waiter.task, running),
        // Woken, or cancelled: it stands in the ready queue.
        _ => Member::Away(waiter.task, SeatKind::Woken),
    }
}

pub(super) fn away_if_running(task: TaskId, running: Option<TaskId>) -> Member {
    if running == Some(task) { Member::Away(task, SeatKind::Next) } else { Member::Here(task) }
}
