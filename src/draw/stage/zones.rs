//! The parts of a card, side by side: a semaphore's permits and its line, a queue's items and those on both its sides.

use super::crowd;
use super::plan::Subject;
use super::region::{Rectangle, Region};
use crate::draw::history::{History, PrimitiveExtent};
use crate::trace::{Intent, Primitive, PrimitiveId, PrimitiveKind, Snapshot};

/// Between two zones.
const GAP: i32 = 32;
/// The same on a compact card.
const COMPACT_GAP: i32 = 16;
/// From a zone's caption to its seats.
const CAPTION: i32 = 22;
/// More permits, or cells of a queue, than this are not drawn one by one.
const MOST_SLOTS: u32 = 24;
/// About what a letter takes of a card's name and of its class, and what the line's number takes behind them.
const NAME_LETTER: i32 = 9;
const DETAIL_LETTER: i32 = 7;
const AFTER_DETAIL: i32 = 80;
/// The same of a compact card.
const COMPACT_LETTER: i32 = 8;
const AFTER_NAME: i32 = 62;
/// What the heading of a card without a class takes.
const LEAST_HEADING: i32 = 220;
/// What a letter of an item takes, and what all cells together take at most for the sake of long items.
const ITEM_LETTER: i32 = 8;
const ITEM_ROOM: i32 = 560;
/// Cells are no narrower than this.
const LEAST_CELL: i32 = 24;
/// How many cells are drawn of a queue without a limit, at least; fewer where items have more letters than this.
const FEWEST_CELLS: u32 = 4;
const FEWEST_LONG_CELLS: u32 = 3;
const LONG_ITEM: u16 = 8;
/// More tasks of a gather than this are squares without a text.
const MOST_NAMED_CHILDREN: u32 = 24;
/// More tasks of a gather than this may go on in the next row.
const MOST_IN_ROW_OF_CHILDREN: u32 = 6;
/// A line of more tasks than this may go on in the next row, or in dots.
const LONG_LINE: u32 = 10;

/// What stands in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ZoneKind {
    /// The permits of a semaphore, or the one slot of a lock, a condition's too.
    Slots,
    /// An event's lamp.
    Lamp,
    /// The places of a barrier, and who stands in them.
    Places,
    /// The items of a queue.
    Cells,
    /// The line of those who want this.
    Line(Intent),
    /// The task that awaits a gather.
    Awaiting,
    /// The tasks of a gather.
    Children,
    /// Tasks that wait for another task.
    Pairs,
}

/// A part of a card.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Zone {
    pub kind: ZoneKind,
    /// Where its caption stands, if it has one.
    pub caption: Option<(i32, i32)>,
    pub width: i32,
    pub seats: Region,
}

/// How large and how dense the stage is drawn.
#[derive(Clone, Copy)]
pub(super) struct Density {
    pub size: i32,
    pub rows: i32,
    /// Whether cards do without what is not needed.
    pub compact: bool,
    /// Where there are more tasks than seats: how many of them a dot stands for.
    pub tasks_per_dot: Option<u32>,
}

/// A zone before it has found its place.
struct Wish {
    kind: ZoneKind,
    count: u32,
    seat: (i32, i32),
    gap: i32,
    /// The least it is wide, for its caption.
    least: i32,
}

impl Wish {
    fn width(&self, columns: i32) -> i32 {
        (columns * (self.seat.0 + self.gap) - self.gap).max(self.least)
    }

    fn natural_width(&self) -> i32 {
        let most = if self.kind == ZoneKind::Children { MOST_IN_ROW_OF_CHILDREN } else { LONG_LINE };
        self.width(self.count.clamp(1, most) as i32)
    }
}

/// Whether a card's zones are told apart without captions: the slots of a lock or a semaphore, and its line.
fn speaks_for_itself(subject: Subject, latest: &Snapshot) -> bool {
    let Subject::Primitive(primitive) = subject else { return false };
    let kind = latest.primitive(primitive).kind;
    kind == PrimitiveKind::Lock || kind.is_semaphore()
}

fn wishes(subject: Subject, history: &History, latest: &Snapshot, size: i32, compact: bool) -> Vec<Wish> {
    let line =
        |intent, count: u32, least| Wish { kind: ZoneKind::Line(intent), count, seat: (size, size), gap: 8, least };
    match subject {
        Subject::Primitive(primitive) => {
            let extent = &history.primitives[primitive.0 as usize];
            let capacity = latest.primitive(primitive).capacity;
            let slots = |kind, count: u32, least| {
                let count = count.clamp(1, MOST_SLOTS);
                Wish { kind, count, seat: (size + 12, size + 12), gap: 8, least }
            };
            let line = |intent, least| line(intent, extent.line(intent), least);
            match extent.kind {
                kind if kind.is_queue() => queue_wishes(primitive, extent, latest, size),
                PrimitiveKind::Event => vec![slots(ZoneKind::Lamp, 1, 60), line(Intent::Set, 140)],
                PrimitiveKind::Condition => {
                    let mut wishes = vec![slots(ZoneKind::Slots, 1, 130), line(Intent::Notify, 140)];
                    // At a lock of its own; a shared one has a card.
                    if extent.line(Intent::Acquire) > 0 {
                        wishes.push(line(Intent::Acquire, 120));
                    }
                    wishes
                }
                PrimitiveKind::Barrier => {
                    let mut wishes = vec![slots(ZoneKind::Places, capacity, 160)];
                    if extent.line(Intent::Drain) > 0 {
                        wishes.push(line(Intent::Drain, 110));
                    }
                    wishes
                }
                _ => {
                    let (of_slots, of_line) = if compact { (0, 48) } else { (84, 120) };
                    let slots = slots(ZoneKind::Slots, latest.primitive(primitive).permits() as u32, of_slots);
                    vec![slots, line(Intent::Acquire, of_line)]
                }
            }
        }
        Subject::Gather(gather) => {
            let count = latest.gathers[gather.0 as usize].children.len() as u32;
            let (side, gap) = if count <= MOST_NAMED_CHILDREN { (28, 6) } else { (14, 6) };
            let [_, failed, cancelled] = history.ends;
            let least = if failed || cancelled { 230 } else { 130 };
            vec![
                Wish { kind: ZoneKind::Awaiting, count: 1, seat: (size, size), gap: 8, least: 60 },
                Wish { kind: ZoneKind::Children, count, seat: (side, side), gap, least },
            ]
        }
        Subject::Waiting => vec![Wish {
            kind: ZoneKind::Pairs,
            count: history.extent.waiting_for_task,
            seat: (2 * size + 20, size),
            gap: 16,
            least: 120,
        }],
    }
}

fn queue_wishes(primitive: PrimitiveId, extent: &PrimitiveExtent, latest: &Snapshot, size: i32) -> Vec<Wish> {
    let line =
        |intent, count: u32, least| Wish { kind: ZoneKind::Line(intent), count, seat: (size, size), gap: 8, least };
    let cells = match latest.primitive(primitive).capacity {
        0 => {
            let fewest = if extent.longest_item > LONG_ITEM { FEWEST_LONG_CELLS } else { FEWEST_CELLS };
            extent.items.max(fewest).min(MOST_SLOTS)
        }
        capacity => capacity.min(MOST_SLOTS),
    };
    let mut wishes = Vec::new();
    if extent.line(Intent::Put) > 0 {
        wishes.push(line(Intent::Put, extent.line(Intent::Put), 130));
    }
    let letters = i32::from(extent.longest_item).min(ITEM_ROOM / cells as i32 / ITEM_LETTER);
    let width = (size * 5 / 6).max(34).max(letters * ITEM_LETTER + 12);
    let least = if latest.primitive(primitive).shut_down { 250 } else { 184 };
    wishes.push(Wish { kind: ZoneKind::Cells, count: cells, seat: (width, size), gap: 6, least });
    wishes.push(line(Intent::Get, extent.line(Intent::Get), 130));
    if extent.line(Intent::Join) > 0 {
        wishes.push(line(Intent::Join, extent.line(Intent::Join), 110));
    }
    wishes
}

/// How wide a card would like to be inside.
pub(super) fn natural_width(subject: Subject, history: &History, latest: &Snapshot, size: i32, compact: bool) -> i32 {
    let wishes = wishes(subject, history, latest, size, compact);
    let gap = if compact { COMPACT_GAP } else { GAP };
    let zones: i32 = wishes.iter().map(Wish::natural_width).sum::<i32>() + gap * (wishes.len() as i32 - 1);
    let heading = match subject {
        Subject::Primitive(primitive) => {
            let primitive = latest.primitive(primitive);
            let letters = |primitive: &Primitive| {
                let name = primitive.name.as_deref().unwrap_or(primitive.kind.noun());
                name.chars().count() as i32
            };
            if compact {
                return zones.max(letters(primitive) * COMPACT_LETTER + AFTER_NAME);
            }
            let inside = match primitive.lock {
                Some(lock) => letters(latest.primitive(lock)),
                None if primitive.kind.is_queue() && primitive.capacity > 0 => 10,
                None => 1,
            };
            let detail = "asyncio.()".len() + primitive.kind.name().len();
            letters(primitive) * NAME_LETTER + (detail as i32 + inside) * DETAIL_LETTER + AFTER_DETAIL
        }
        Subject::Gather(_) | Subject::Waiting => {
            if compact {
                0
            } else {
                LEAST_HEADING
            }
        }
    };
    zones.max(heading)
}

/// Places a card's zones into `area`, whose height is free: the zones, the height they take, and whether there is a seat
/// for everybody.
pub(super) fn lay(
    subject: Subject,
    history: &History,
    latest: &Snapshot,
    area: Rectangle,
    density: Density,
) -> (Vec<Zone>, i32, bool) {
    let mut zones: Vec<Zone> = Vec::new();
    let mut everybody_sits = true;
    let (mut x, mut y, mut row_height, mut first_of_row) = (area.x, area.y, 0, 0);
    let (gap, caption) = match density.compact {
        true if speaks_for_itself(subject, latest) => (COMPACT_GAP, 0),
        true => (COMPACT_GAP, CAPTION),
        false => (GAP, CAPTION),
    };
    for wish in wishes(subject, history, latest, density.size, density.compact) {
        let count = wish.count.max(1) as i32;
        let mut available = area.right() - x;
        if zones.len() > first_of_row && available < wish.natural_width() && available < wish.width(3.min(count)) {
            align(&mut zones[first_of_row..], row_height - caption);
            (x, y, row_height, first_of_row) = (area.x, y + row_height + GAP / 2, 0, zones.len());
            available = area.width;
        }
        // The cells of a queue should stand in one row, even if they are narrow then.
        let narrowed = (available + wish.gap) / count - wish.gap;
        let seat_width = match wish.kind {
            ZoneKind::Cells => wish.seat.0.min(narrowed.max(LEAST_CELL)),
            _ => wish.seat.0,
        };
        let columns = Region::columns_within(available, seat_width, wish.gap).min(count);
        let rows = ((count + columns - 1) / columns).min(match wish.kind {
            ZoneKind::Slots | ZoneKind::Places => 4,
            _ => density.rows,
        });
        let mut seats = Region {
            x,
            y: y + caption,
            columns,
            rows,
            seat_width,
            seat_height: wish.seat.1,
            gap: wish.gap,
            mirrored: matches!(wish.kind, ZoneKind::Cells | ZoneKind::Line(Intent::Put)),
            crowd: None,
        };
        if seats.capacity() < count as usize && wish.kind != ZoneKind::Children {
            everybody_sits = false;
            if let (Some(each), ZoneKind::Line(_)) = (density.tasks_per_dot, wish.kind) {
                let top = seats.y + seats.height() + 10;
                let height = crowd::height(wish.count, each, available);
                seats.crowd = Some(Rectangle { x, y: top, width: available, height });
            }
        }
        let width = seats.width().max(wish.least).min(available);
        row_height = row_height.max(caption + seats.height());
        zones.push(Zone { kind: wish.kind, caption: (caption > 0).then_some((x, y)), width, seats });
        x += width + gap;
    }
    align(&mut zones[first_of_row..], row_height - caption);
    (zones, y + row_height - area.y, everybody_sits)
}

/// Puts the seats of the zones of one row on a common middle; the highest take `height`.
fn align(zones: &mut [Zone], height: i32) {
    for zone in zones {
        let spare = height - zone.seats.height();
        if zone.seats.rows == 1 && zone.seats.crowd.is_none() {
            zone.seats.y += (spare / 2).min(zone.seats.seat_height / 2);
        }
    }
}
