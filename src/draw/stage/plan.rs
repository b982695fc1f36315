//! The stage without anybody on it: where each place and each card stands for the whole of a run.
//!
//! It is made from the most that ever stands anywhere, so that nothing but tasks moves while a run is played.

use super::crowd;
use super::region::{Rectangle, Region};
use super::zones::{self, Zone};
use crate::draw::history::{History, Use};
use crate::trace::{GatherId, PrimitiveId, Snapshot};

/// Between two boxes of the loop, and between two cards.
const GAP: i32 = 12;
/// From a box's edge to what is in it.
pub const PADDING: i32 = 14;
/// From a box's upper edge to its first seat.
const HEADING: i32 = 36;
/// What a time under a sleeping task takes.
const TIME_HEIGHT: i32 = 16;
/// From a card's upper edge to the captions of its zones.
const CARD_HEADING: i32 = 44;
/// From the last seat of a card to its lower edge: a line of figures.
const CARD_FOOTING: i32 = 40;
/// The same where long figures may take two lines, and of a card without figures.
const NARROW_FOOTING: i32 = 56;
const BARE_FOOTING: i32 = 20;
/// The same two of a compact card.
const COMPACT_HEADING: i32 = 36;
const COMPACT_FOOTING: i32 = 12;
/// Below this width, the loop's boxes stand in two rows.
const NARROW: i32 = 600;
/// More primitives than this have compact cards; with more than that, the rest has none.
const MOST_LARGE_CARDS: usize = 12;
const MOST_CARDS: usize = 200;
/// So many cards may become compact for larger tokens.
const MANY_CARDS: usize = 4;
/// Tokens smaller than this are hard to read.
const LEAST_LEGIBLE: i32 = 32;
/// Tokens at a great many primitives are no larger than this.
const LARGEST_WHEN_MANY: i32 = 36;
/// With more gathers than this, only those that a task awaits now are shown.
const MOST_GATHERS: usize = 3;
/// The height of the dots in a box of the loop, in pixels.
const CROWD_HEIGHT: i32 = 70;

/// The size of tokens in pixels, and how many rows of them a place may have, from most to least generous.
const DENSITIES: [(i32, i32); 16] = [
    (60, 1),
    (56, 1),
    (52, 1),
    (48, 1),
    (44, 1),
    (40, 1),
    (46, 2),
    (40, 2),
    (36, 2),
    (36, 3),
    (32, 2),
    (32, 3),
    (32, 4),
    (28, 3),
    (28, 4),
    (24, 5),
];
/// On a narrow stage, tokens are no larger than this.
const LARGEST_WHEN_NARROW: i32 = 40;
/// Tokens as large as this may be made smaller for all cards to stand in fewer rows.
const LEAST_FOR_FEWER_ROWS: i32 = 40;
/// The same where there are more tasks than seats.
const CROWDED: (i32, i32) = (36, 1);

/// What the page has to offer, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub width: i32,
    /// The height it must not exceed; `None` where the page grows with the stage.
    pub height: Option<i32>,
    /// The height it may take without need, for the sake of looks.
    pub comfort: i32,
}

/// What a card shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Primitive(PrimitiveId),
    Gather(GatherId),
    /// Tasks that wait for another task, or for a future.
    Waiting,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct CardPlan {
    pub subject: Subject,
    pub rectangle: Rectangle,
    pub zones: Vec<Zone>,
}

/// Where everything stands, as long as the run and the room stay the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The size of a token.
    pub(super) size: i32,
    /// Whether cards have room for nothing but their names and zones.
    pub(super) compact: bool,
    /// The boxes of the loop: ready, running, sleeping, finished.
    pub(super) boxes: [Rectangle; 4],
    pub(super) seats: [Region; 4],
    pub(super) cards: Vec<CardPlan>,
    /// In how many rows the cards stand.
    rows_of_cards: i32,
    /// How many primitives have no card.
    pub(super) left_out: usize,
    pub(super) tasks_per_dot: u32,
}

impl Plan {
    /// The stage for all that `history` has seen; `latest` is the state after it.
    pub fn new(history: &History, latest: &Snapshot, room: Room) -> Self {
        // Where one card stands below the other, many of them are a long way to scroll.
        let most_large = if room.height.is_none() { MANY_CARDS - 1 } else { MOST_LARGE_CARDS };
        let is_many = latest.primitives.len() > most_large;
        let largest = match room.width < NARROW {
            _ if is_many => LARGEST_WHEN_MANY,
            true => LARGEST_WHEN_NARROW,
            false => i32::MAX,
        };
        let least = if latest.primitives.len() >= MANY_CARDS { LEAST_LEGIBLE } else { 0 };
        let plans = DENSITIES
            .into_iter()
            .filter(|(size, _)| !is_many && *size >= least)
            .map(|(size, rows)| (size, rows, false));
        let plans = plans.chain(DENSITIES.into_iter().map(|(size, rows)| (size, rows, true)));
        let mut found: Option<Self> = None;
        let mut too_high: Option<Self> = None;
        for (size, rows, compact) in plans.filter(|(size, ..)| *size <= largest) {
            if found.is_some() && (compact || size < LEAST_FOR_FEWER_ROWS) {
                break;
            }
            // What has to be scrolled should at least be legible.
            if too_high.is_some() && compact && size < LEAST_LEGIBLE {
                break;
            }
            let (plan, everybody_sits) = Self::with(history, latest, room, size, rows, (false, compact));
            if !everybody_sits {
                continue;
            }
            if room.height.is_some_and(|height| plan.height > height) {
                if too_high.as_ref().is_none_or(|lowest| plan.height < lowest.height) {
                    too_high = Some(plan);
                }
            } else if found.as_ref().is_none_or(|found| plan.rows_of_cards < found.rows_of_cards) {
                found = Some(plan);
            }
        }
        // What is higher than the room can be scrolled.
        let mut plan = found
            .or(too_high)
            .unwrap_or_else(|| Self::with(history, latest, room, CROWDED.0, CROWDED.1, (true, is_many)).0);
        plan.spread(room.comfort - plan.height);
        plan
    }

    /// Takes up to so many pixels more in height than needed, most of them in the cards.
    fn spread(&mut self, spare: i32) {
        let (of_boxes, of_cards) = ((spare / 6).clamp(0, 18), (spare / 2 / self.rows_of_cards.max(1)).clamp(0, 44));
        let top = self.boxes[0].bottom().max(self.boxes[3].bottom());
        for (rectangle, seats) in self.boxes.iter_mut().zip(&mut self.seats) {
            if rectangle.bottom() == top {
                rectangle.height += of_boxes;
            }
            seats.y += if rectangle.bottom() >= top { of_boxes / 2 } else { 0 };
        }
        let mut row = 0;
        let mut row_top = i32::MAX;
        for card in &mut self.cards {
            if row_top != i32::MAX && card.rectangle.y > row_top {
                row += 1;
            }
            row_top = card.rectangle.y;
            card.rectangle.y += of_boxes + row * of_cards;
            card.rectangle.height += of_cards;
            for zone in &mut card.zones {
                let down = of_boxes + row * of_cards + of_cards / 2;
                zone.caption = zone.caption.map(|(x, y)| (x, y + down));
                zone.seats.y += down;
                zone.seats.crowd = zone.seats.crowd.map(|crowd| Rectangle { y: crowd.y + down, ..crowd });
            }
        }
        self.height += of_boxes + self.rows_of_cards * of_cards;
    }

    /// The plan for one size of tokens, and whether everybody finds a seat in it.
    fn with(
        history: &History,
        latest: &Snapshot,
        room: Room,
        size: i32,
        rows: i32,
        (crowded, compact): (bool, bool),
    ) -> (Self, bool) {
        let mut plan = Self {
            width: room.width,
            height: 0,
            size,
            compact,
            boxes: [Rectangle::default(); 4],
            seats: Default::default(),
            cards: Vec::new(),
            rows_of_cards: 0,
            left_out: 0,
            tasks_per_dot: 1,
        };
        let mut everybody_sits = plan.lay_loop(history, rows, crowded);
        let crowds = plan.seats.iter().filter_map(|region| region.crowd);
        let tasks_per_dot = crowds.map(|area| crowd::tasks_per_dot(history.tasks() as u32, area)).max();
        plan.tasks_per_dot = tasks_per_dot.unwrap_or(1);
        everybody_sits &= plan.lay_cards(history, latest, rows, crowded);
        (plan, everybody_sits)
    }

    fn lay_loop(&mut self, history: &History, rows: i32, crowded: bool) -> bool {
        let size = self.size;
        let gap = size / 6;
        let running = (size + 2 * PADDING + 16).max(104);
        // A callback stands in the ready queue as well.
        let needs =
            [history.extent.ready, 1, history.extent.sleeping, history.tasks() as u32].map(|need| need.max(1) as i32);
        let titles = if self.width < NARROW {
            [140, running, 130, 110]
        } else {
            [214, running, 186, if crowded { 170 } else { 112 }]
        };
        let wanted = |index: usize| {
            let columns = (needs[index] + rows - 1) / rows;
            (columns * (size + gap) - gap + 2 * PADDING).max(titles[index])
        };
        let rows_of_boxes: &[&[usize]] = if self.width < NARROW { &[&[1, 0], &[2, 3]] } else { &[&[0, 1, 2, 3]] };
        let mut everybody_sits = true;
        let mut y = 0;
        for boxes in rows_of_boxes {
            let flexible: Vec<usize> = boxes.iter().copied().filter(|index| *index != 1).collect();
            let fixed = if boxes.contains(&1) { running + GAP } else { 0 };
            let available = self.width - fixed - GAP * (flexible.len() as i32 - 1);
            let widths =
                share(available, &flexible.iter().map(|index| (titles[*index], wanted(*index))).collect::<Vec<_>>());
            let mut x = 0;
            let mut height = 0;
            for index in *boxes {
                let width = match flexible.iter().position(|flexible| flexible == index) {
                    Some(position) => widths[position],
                    None => running,
                };
                let inner = width - 2 * PADDING;
                let time = if *index == 2 { TIME_HEIGHT } else { 0 };
                // Under a sleeper stands a time.
                let (seat_width, gap) = if *index == 2 { (size.max(40), gap.max(6)) } else { (size, gap) };
                let columns = Region::columns_within(inner, seat_width, gap);
                let rows = if *index == 1 { 1 } else { rows.min((needs[*index] + columns - 1) / columns).max(1) };
                let mut region = Region {
                    x: x + PADDING,
                    y: y + HEADING,
                    columns,
                    rows,
                    seat_width,
                    seat_height: size + time,
                    gap,
                    ..Region::default()
                };
                if region.capacity() < needs[*index] as usize {
                    everybody_sits = false;
                    if crowded && *index != 1 {
                        let top = region.y + region.height() + 10;
                        region.crowd = Some(Rectangle { x: region.x, y: top, width: inner, height: CROWD_HEIGHT });
                    }
                }
                if *index == 1 {
                    region.x = x + (width - size) / 2;
                }
                height = height.max(HEADING + region.height() + PADDING);
                self.boxes[*index] = Rectangle { x, y, width, height: 0 };
                self.seats[*index] = region;
                x += width + GAP;
            }
            for index in *boxes {
                self.boxes[*index].height = height;
            }
            y += height + GAP;
        }
        self.height = y;
        everybody_sits
    }

    fn lay_cards(&mut self, history: &History, latest: &Snapshot, rows: i32, crowded: bool) -> bool {
        let numbers = 0..latest.primitives.len() as u32;
        let primitives = |use_made: Use| {
            let is_so = move |number: &u32| history.primitives[*number as usize].use_made() == use_made;
            numbers.clone().filter(is_so).map(|number| Subject::Primitive(PrimitiveId(number)))
        };
        let mut subjects: Vec<Subject> = if latest.primitives.len() > MOST_LARGE_CARDS {
            // Those where most happens come first.
            primitives(Use::WaitedAt).chain(primitives(Use::Held)).chain(primitives(Use::None)).collect()
        } else {
            numbers.clone().map(|number| Subject::Primitive(PrimitiveId(number))).collect()
        };
        self.left_out = subjects.len().saturating_sub(MOST_CARDS);
        subjects.truncate(MOST_CARDS);
        let awaited = (0..latest.gathers.len() as u32).map(GatherId);
        if latest.gathers.len() <= MOST_GATHERS {
            subjects.extend(
                awaited.filter(|gather| latest.gathers[gather.0 as usize].waiter.is_some()).map(Subject::Gather),
            );
        }
        if history.extent.waiting_for_task > 0 || latest.gathers.len() > MOST_GATHERS {
            subjects.push(Subject::Waiting);
        }

        let mut everybody_sits = true;
        let mut row: Vec<(Subject, i32)> = Vec::new();
        let mut taken = 0;
        for subject in subjects {
            let natural = zones::natural_width(subject, history, latest, self.size, self.compact);
            let wanted = (natural + 2 * PADDING).min(self.width);
            if !row.is_empty() && taken + GAP + wanted > self.width {
                everybody_sits &= self.lay_row(&std::mem::take(&mut row), history, latest, rows, crowded);
                taken = 0;
            }
            taken += wanted + if row.is_empty() { 0 } else { GAP };
            row.push((subject, wanted));
        }
        if !row.is_empty() {
            everybody_sits &= self.lay_row(&row, history, latest, rows, crowded);
        }
        self.height -= GAP;
        everybody_sits
    }

    /// One row of cards, as wide as the stage.
    fn lay_row(
        &mut self,
        row: &[(Subject, i32)],
        history: &History,
        latest: &Snapshot,
        rows: i32,
        crowded: bool,
    ) -> bool {
        let available = self.width - GAP * (row.len() as i32 - 1);
        let widths = share(available, &row.iter().map(|(_, wanted)| (*wanted, *wanted)).collect::<Vec<_>>());
        let (mut x, y) = (0, self.height);
        let mut everybody_sits = true;
        let mut height = 0;
        let first = self.cards.len();
        let (compact, narrow) = (self.compact, self.width < NARROW);
        let heading = if compact { COMPACT_HEADING } else { CARD_HEADING };
        let footing = |subject| match subject {
            _ if compact => COMPACT_FOOTING,
            Subject::Primitive(primitive) if narrow && latest.primitive(primitive).kind.counts_inside() => {
                NARROW_FOOTING
            }
            Subject::Primitive(_) => CARD_FOOTING,
            Subject::Gather(_) | Subject::Waiting => BARE_FOOTING,
        };
        for ((subject, _), width) in row.iter().zip(widths) {
            let area = Rectangle { x: x + PADDING, y: y + heading, width: width - 2 * PADDING, height: 0 };
            let (zones, zones_height, all_sit) = zones::lay(
                *subject,
                history,
                latest,
                area,
                zones::Density {
                    size: self.size,
                    rows: if crowded { rows } else { rows.max(2) },
                    compact: self.compact,
                    tasks_per_dot: crowded.then_some(self.tasks_per_dot),
                },
            );
            everybody_sits &= all_sit;
            height = height.max(heading + zones_height + footing(*subject));
            self.cards.push(CardPlan { subject: *subject, rectangle: Rectangle { x, y, width, height: 0 }, zones });
            x += width + GAP;
        }
        for card in &mut self.cards[first..] {
            card.rectangle.height = height;
        }
        self.height += height + GAP;
        self.rows_of_cards += 1;
        everybody_sits
    }
}

/// Shares out `available` pixels among those who need at least, and would like, so much: what is left over goes to each
/// in proportion to what it likes; where there is too little, what lies between the least and the liked is cut.
fn share(available: i32, wishes: &[(i32, i32)]) -> Vec<i32> {
    let least: i32 = wishes.iter().map(|(least, _)| least).sum();
    let liked: i32 = wishes.iter().map(|(_, liked)| liked).sum();
    let mut left = available;
    let last = wishes.len() - 1;
    wishes
        .iter()
        .enumerate()
        .map(|(index, (minimum, wish))| {
            let width = if index == last {
                left
            } else if liked <= available {
                wish * available / liked.max(1)
            } else if least <= available {
                minimum + (wish - minimum) * (available - least) / (liked - least).max(1)
            } else {
                minimum * available / least.max(1)
            };
            left -= width;
            width
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn room_is_shared_by_wish_and_never_exceeded() {
        assert_eq!(share(300, &[(50, 100), (50, 50)]), [200, 100]);
        assert_eq!(share(120, &[(50, 100), (50, 50)]), [70, 50]);
        assert_eq!(share(80, &[(50, 100), (50, 50)]), [40, 40]);
    }
}
