//! What a card says of its primitive.

use super::Card;
use crate::draw::mark::seconds;
use crate::trace::words::{count as grouped, counted, primitive_name};
use crate::trace::{BarrierPhase, Intent, Primitive, PrimitiveId, PrimitiveKind, Snapshot};

/// A description names no more tasks than this one by one.
const MOST_NAMED: usize = 12;

/// Fills in all words of a card.
pub(super) fn describe_primitive(card: &mut Card, snapshot: &Snapshot, id: PrimitiveId) {
    let primitive = snapshot.primitive(id);
    let kind = primitive.kind;
    let class = kind.name();
    card.kind = Some(kind);
    card.present = true;
    card.name = primitive.name.as_deref().unwrap_or(kind.noun()).to_owned();
    card.line = Some(primitive.line);
    card.detail = match (primitive.capacity, primitive.lock) {
        (parties, _) if kind.is_semaphore() || kind == PrimitiveKind::Barrier => format!("asyncio.{class}({parties})"),
        (limit, _) if kind.is_queue() && limit > 0 => format!("asyncio.{class}(maxsize={limit})"),
        (_, Some(lock)) => format!("asyncio.{class}({})", primitive_name(snapshot.primitive(lock))),
        _ => format!("asyncio.{class}()"),
    };
    card.figures = record(primitive, snapshot);

    let mut line = String::new();
    for waiter in primitive.line_of_waiters.iter().take(MOST_NAMED) {
        push_name(&mut line, &snapshot.task(waiter.task).label);
    }
    let waiting = match primitive.line_of_waiters.len() {
        0 => "nobody waits".to_owned(),
        count if count > MOST_NAMED => format!("{} wait, first {line}", counted(count, "task")),
        _ => ["in line ", &line].concat(),
    };
    card.description = [&*state(snapshot, id), "; ", &waiting].concat();
}

/// The most that has been in a primitive so far, and in its line.
fn record(primitive: &Primitive, snapshot: &Snapshot) -> String {
    let Primitive { kind, most_inside, unfinished, capacity, longest_line, .. } = primitive;
    let mut record = match kind {
        kind if kind.is_semaphore() => format!("most at once {most_inside} of {capacity} · "),
        PrimitiveKind::Barrier => format!("most inside {most_inside} of {capacity} · "),
        kind if kind.is_queue() => format!("{unfinished} unfinished · most items {most_inside} · "),
        _ => String::new(),
    };
    if *longest_line == 0 {
        record.push_str("nobody has waited yet");
        return record;
    }
    record += &["longest line ", &grouped(*longest_line as usize)].concat();
    if let Some((wait, task)) = primitive.longest_wait {
        record += &[", wait ", &seconds(wait), " (", &snapshot.task(task).label, ")"].concat();
    }
    record
}

/// What a primitive is like inside.
fn state(snapshot: &Snapshot, id: PrimitiveId) -> String {
    let primitive = snapshot.primitive(id);
    match primitive.kind {
        PrimitiveKind::Event => lamp_caption(primitive).to_owned(),
        PrimitiveKind::Barrier => places_caption(primitive),
        kind if kind.is_queue() => {
            let items = counted(primitive.items.len(), "item");
            if primitive.shut_down { items + ", shut down" } else { items }
        }
        _ => {
            let mut holders = String::new();
            for task in snapshot.primitive(snapshot.lock_of(id)).holders.iter().flatten().take(MOST_NAMED) {
                push_name(&mut holders, &snapshot.task(*task).label);
            }
            let held = if holders.is_empty() { "held by no task".to_owned() } else { ["held by ", &holders].concat() };
            match primitive.kind.is_semaphore() {
                true => [&*slots_caption(primitive, None), ", ", &held].concat(),
                false if snapshot.primitive(snapshot.lock_of(id)).holders.is_empty() => "free".to_owned(),
                false => held,
            }
        }
    }
}

/// Adds a name to a list of names.
fn push_name(list: &mut String, name: &str) {
    if !list.is_empty() {
        list.push_str(", ");
    }
    list.push_str(name);
}

/// Over the permits of a semaphore, or over the one place of a lock. `of_condition`: it is the lock of this condition.
pub(super) fn slots_caption(primitive: &Primitive, of_condition: Option<&Primitive>) -> String {
    let (held, kept) = (primitive.holders.len(), primitive.kept());
    if primitive.kind.is_semaphore() {
        let kept = if kept > 0 { format!(", {kept} kept") } else { String::new() };
        return format!("{} of {} free{kept}", primitive.free(), primitive.permits());
    }
    let held = match (held, kept) {
        (0, 0) => "not locked",
        (0, _) => "kept for the next",
        _ => "locked by",
    };
    match of_condition {
        Some(condition) if condition.lock.is_some() => format!("{}: {held}", primitive_name(primitive)),
        Some(_) => format!("its lock: {held}"),
        None => held.to_owned(),
    }
}

/// Over an event's lamp.
pub(super) fn lamp_caption(event: &Primitive) -> &'static str {
    if event.is_set { "set" } else { "not set" }
}

/// Over a barrier's places.
pub(super) fn places_caption(barrier: &Primitive) -> String {
    let Primitive { phase, inside, capacity, .. } = barrier;
    match phase {
        BarrierPhase::Broken if *inside == 0 => "broken".to_owned(),
        BarrierPhase::Filling => format!("filling · {inside} of {capacity} there"),
        _ => format!("{} · {inside} still inside", phase.name()),
    }
}

/// Over a queue's items.
pub(super) fn cells_caption(queue: &Primitive) -> String {
    let count = queue.items.len();
    let items = match queue.capacity {
        0 => counted(count, "item"),
        capacity => format!("{count} of {capacity} items"),
    };
    let order = match queue.kind {
        PrimitiveKind::PriorityQueue => "lowest out right",
        PrimitiveKind::LifoQueue => "last in, out right",
        _ => "next out right",
    };
    let end = if queue.shut_down { " · shut down" } else { "" };
    [&*items, " · ", order, end].concat()
}

/// Over those who wait for this.
pub(super) fn line_caption(primitive: &Primitive, intent: Intent) -> &'static str {
    match intent {
        Intent::Acquire | Intent::Reacquire if primitive.kind == PrimitiveKind::Condition => {
            let waiting = primitive.waiting(intent).count();
            let again = primitive.waiting(intent).filter(|waiter| waiter.intent == Intent::Reacquire).count();
            if again > 0 && again == waiting { "notified · for its lock again" } else { "in line for the lock" }
        }
        Intent::Acquire | Intent::Reacquire => "in line · next first",
        Intent::Notify => "waiting to be notified",
        Intent::Set => "waiting for it to be set",
        Intent::Meet => "waiting for the others",
        Intent::Drain => "waiting outside",
        Intent::Get => "waiting to get",
        Intent::Put => "waiting to put",
        Intent::Join => "waiting in join",
    }
}
