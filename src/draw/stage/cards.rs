//! What a card says, and who stands on it.

use super::arrange::{Member, running_task};
use super::crowd::CrowdKind;
use super::plan::{CardPlan, Plan, Subject};
use super::region::{Rectangle, Region};
use super::zones::{Zone, ZoneKind};
use super::{Caption, CaptionKind, Card, Cell, CellKind, Chip, SeatKind, Slot, Stage};
use crate::draw::history::History;
use crate::draw::mark::seconds;
use crate::trace::words::{count as grouped, counted};
use crate::trace::{
    Awaited, Gather, GatherId, Intent, Primitive, PrimitiveId, PrimitiveKind, Snapshot, TaskId, TaskState, Waiter,
};

/// A description names no more tasks than this one by one.
const MOST_NAMED: usize = 12;

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
        };
        match plan.subject {
            Subject::Primitive(id) => match snapshot.primitives.get(id.0 as usize) {
                Some(primitive) => {
                    describe_primitive(&mut card, snapshot, primitive);
                    for zone in &plan.zones {
                        self.arrange_zone(stage, zone, id, primitive, snapshot);
                    }
                }
                None => card.name = history.primitives[id.0 as usize].kind.noun().to_owned(),
            },
            Subject::Gather(id) => {
                card.name = "gather".to_owned();
                if let Some(gather) = snapshot.gathers.get(id.0 as usize) {
                    card.name = gather.kind.name().to_owned();
                    self.arrange_gather(stage, &mut card, &plan.zones, (id, gather), snapshot);
                }
            }
            Subject::Waiting => self.arrange_pairs(stage, &mut card, &plan.zones, snapshot),
        }
        if !card.present && card.detail.is_empty() {
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
                self.arrange_slots(stage, &zone.seats, id, primitive, snapshot);
                slots_caption(primitive)
            }
            ZoneKind::Cells => {
                self.arrange_cells(stage, &zone.seats, id, primitive);
                let count = primitive.items.len();
                match primitive.capacity {
                    0 => format!("{} · next out right", counted(count, "item")),
                    capacity => format!("{count} of {capacity} items · next out right"),
                }
            }
            ZoneKind::Line(intent) => {
                let count = primitive.waiting(intent).count();
                let running = running_task(snapshot);
                let mut members = primitive.waiting(intent).map(|waiter| member(waiter, snapshot, running));
                self.seat(stage, snapshot, &zone.seats, &mut members, count);
                self.rest(stage, &zone.seats, count, CrowdKind::Waiting, "nobody");
                match intent {
                    Intent::Acquire => "in line · next first",
                    Intent::Get => "waiting to get",
                    Intent::Put => "waiting to put",
                    Intent::Join => "waiting in join",
                    _ => "waiting",
                }
                .to_owned()
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
        let slots = (primitive.capacity as usize).max(primitive.holders.len()).max(1);
        let shown = region.seated(slots);
        let size = self.size * 3 / 4;
        for index in 0..shown {
            let (x, y) = region.seat(index);
            let holder = primitive.holders.get(index);
            let rectangle = Rectangle { x, y, width: region.seat_width, height: region.seat_height };
            let text = match holder {
                None if index < primitive.holders.len() + primitive.kept() => "kept",
                None => "free",
                Some(None) => "taken",
                Some(Some(_)) => "",
            };
            stage.slots.push(Slot { rectangle, taken: holder.is_some(), text });
            if let Some(Some(task)) = holder {
                let before = primitive.holders[..index].iter().filter(|other| **other == Some(*task)).count();
                let inset = (region.seat_width - size) / 2;
                stage.chips.push(Chip {
                    task: *task,
                    label: snapshot.task(*task).label.clone(),
                    key: (Some(id), before),
                    x: x + inset,
                    y: y + inset,
                    size,
                });
            }
        }
        self.rest(stage, region, slots, CrowdKind::Finished, "");
    }

    fn arrange_cells(&self, stage: &mut Stage, region: &Region, id: PrimitiveId, primitive: &Primitive) {
        let count = primitive.items.len();
        let rectangle = |index| {
            let (x, y) = region.seat(index);
            Rectangle { x, y, width: region.seat_width, height: region.seat_height }
        };
        let capacity = match primitive.capacity {
            0 => region.capacity(),
            capacity => capacity as usize,
        };
        for index in 0..region.seated(capacity.max(count)) {
            stage.cells.push(Cell { key: (u32::MAX - id.0, index), rectangle: rectangle(index), kind: CellKind::Room });
        }
        for (index, item) in primitive.items.iter().take(region.seated(count)).enumerate() {
            let kind = CellKind::Item(item.text.clone());
            stage.cells.push(Cell { key: (id.0, item.number as usize), rectangle: rectangle(index), kind });
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
        card.present = waiting.is_some();
        card.detail = match waiting {
            Some(task) => format!("{} waits", snapshot.task(task).label),
            None if gather.noted as usize == total => "done".to_owned(),
            None => counted(total, "task"),
        };
        card.description = format!("{} of {total} finished", gather.noted);
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
                    arrange_children(stage, zone, (id, gather), snapshot);
                    caption(stage, zone, format!("{} of {} finished", grouped(gather.noted as usize), grouped(total)));
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
                TaskState::Waiting(Awaited::Task(other)) => Some((task, Some(*other))),
                TaskState::Waiting(Awaited::Future | Awaited::Job { .. }) => Some((task, None)),
                TaskState::Waiting(Awaited::Gather(gather)) if !on_a_card(gather) => {
                    Some((task, unfinished_child(snapshot, *gather)))
                }
                _ => None,
            })
        };
        let count = pairs().count();
        card.present = count > 0;
        card.description = format!("{} waiting", counted(count, "task"));
        let Some(zone) = zones.first() else { return };
        let running = running_task(snapshot);
        let mut members = pairs().map(|(task, _)| away_if_running(task, running));
        self.seat(stage, snapshot, &zone.seats, &mut members, count);
        let size = self.size * 3 / 4;
        for (index, (_, other)) in pairs().take(zone.seats.seated(count)).enumerate() {
            let (x, y) = zone.seats.seat(index);
            let arrow = Rectangle { x: x + self.size, y, width: 20, height: self.size };
            let text = if other.is_some() { "→" } else { "→ …" };
            stage.captions.push(Caption { kind: CaptionKind::Empty, rectangle: arrow, text: text.to_owned() });
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

fn arrange_children(stage: &mut Stage, zone: &Zone, (id, gather): (GatherId, &Gather), snapshot: &Snapshot) {
    let region = &zone.seats;
    let key = |index| (1 << 30 | id.0, index);
    if gather.children.len() > region.capacity() {
        let thousandths = u64::from(gather.noted) * 1000 / gather.children.len() as u64;
        let rectangle = Rectangle { x: region.x, y: region.y + 4, width: zone.width, height: 8 };
        stage.cells.push(Cell { key: key(0), rectangle, kind: CellKind::Progress(thousandths as u32) });
        return;
    }
    for (index, task) in gather.children.iter().enumerate() {
        let (x, y) = region.seat(index);
        let done = matches!(snapshot.task(*task).state, TaskState::Finished(_));
        let rectangle = Rectangle { x, y, width: region.seat_width, height: region.seat_height };
        let kind = CellKind::Child { task: *task, label: snapshot.task(*task).label.clone(), done };
        stage.cells.push(Cell { key: key(index), rectangle, kind });
    }
}

fn describe_primitive(card: &mut Card, snapshot: &Snapshot, primitive: &Primitive) {
    let class = primitive.kind.name();
    card.kind = Some(primitive.kind);
    card.present = true;
    card.name = primitive.name.as_deref().unwrap_or(primitive.kind.noun()).to_owned();
    card.line = Some(primitive.line);
    card.detail = match (primitive.kind, primitive.capacity) {
        (kind, permits) if kind.is_semaphore() => format!("asyncio.{class}({permits})"),
        (kind, limit) if kind.is_queue() && limit > 0 => format!("asyncio.{class}(maxsize={limit})"),
        _ => format!("asyncio.{class}()"),
    };
    let Primitive { most_inside, unfinished, capacity, .. } = primitive;
    card.figures = match primitive.kind {
        kind if kind.is_semaphore() => format!("most at once {most_inside} of {capacity} · "),
        kind if kind.is_queue() => format!("{unfinished} unfinished · most items {most_inside} · "),
        _ => String::new(),
    };
    card.figures += &["longest line ", &grouped(primitive.longest_line as usize)].concat();
    if let Some((wait, task)) = primitive.longest_wait {
        card.figures += &[" · longest wait ", &seconds(wait), " (", &snapshot.task(task).label, ")"].concat();
    }

    let mut holders = String::new();
    for holder in primitive.holders.iter().take(MOST_NAMED) {
        push_name(&mut holders, holder.map_or("a callback", |task| &snapshot.task(task).label));
    }
    let mut line = String::new();
    for waiter in primitive.line_of_waiters.iter().take(MOST_NAMED) {
        push_name(&mut line, &snapshot.task(waiter.task).label);
    }
    let inside = match primitive.kind {
        kind if kind.is_queue() => counted(primitive.items.len(), "item"),
        _ if holders.is_empty() => "free".to_owned(),
        _ => ["held by ", &holders].concat(),
    };
    let waiting = match primitive.line_of_waiters.len() {
        0 => "nobody waits".to_owned(),
        count if count > MOST_NAMED => format!("{} wait, first {line}", counted(count, "task")),
        _ => ["in line ", &line].concat(),
    };
    card.description = [&*inside, "; ", &waiting].concat();
}

/// Adds a name to a list of names.
fn push_name(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(name);
}

fn slots_caption(primitive: &Primitive) -> String {
    let (held, kept) = (primitive.holders.len(), primitive.kept());
    match (primitive.kind, held, kept) {
        (PrimitiveKind::Lock, 0, 0) => "not locked".to_owned(),
        (PrimitiveKind::Lock, 0, _) => "kept for the next".to_owned(),
        (PrimitiveKind::Lock, ..) => "locked by".to_owned(),
        _ => {
            let free = (primitive.capacity as usize).saturating_sub(held + kept);
            let kept = if kept > 0 { format!(", {kept} kept") } else { String::new() };
            format!("{free} of {} free{kept}", primitive.capacity)
        }
    }
}

fn caption(stage: &mut Stage, zone: &Zone, text: String) {
    let (x, y) = zone.caption;
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
