//! What the shapes of a timeline mean: of those that occur in it.

use super::lanes::Look;
use super::path::Path;
use crate::draw::history::History;
use crate::draw::mark::COLOURS;

/// The colour of the legend's own shapes, which belong to no task.
pub const NOBODY: u32 = COLOURS + 1;
/// The size of a shape, in pixels.
pub const KEY_WIDTH: f64 = 18.0;
pub const KEY_HEIGHT: f64 = 12.0;

/// A shape of a timeline with lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    Bar(Look),
    Wakes,
    Blocked,
    Intervention,
}

/// The shapes that occur in a run with lanes.
pub fn legend(history: &History) -> Vec<Key> {
    let some = |occurs: bool, key| occurs.then_some(key);
    let keys = [
        some(history.primitives.iter().any(|primitive| primitive.holders > 0), Key::Bar(Look::Holds)),
        some(history.waits_in_line(), Key::Bar(Look::InLine)),
        some(history.extent.sleeping > 0, Key::Bar(Look::Sleeps)),
        some(history.extent.waiting_for_task > 0 || !history.gathers.is_empty(), Key::Bar(Look::Waits)),
        some(true, Key::Bar(Look::Runs)),
        some(!history.wakes.is_empty(), Key::Wakes),
        some(!history.blocks.is_empty(), Key::Blocked),
        some(history.ends[0], Key::Bar(Look::Finished)),
        some(history.ends[1], Key::Bar(Look::Failed)),
        some(history.ends[2], Key::Bar(Look::Cancelled)),
        some(!history.interventions.is_empty(), Key::Intervention),
    ];
    keys.into_iter().flatten().collect()
}

impl Key {
    /// What it means, in a word or two.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bar(Look::Holds | Look::HoldsInside) => "holds",
            Self::Bar(Look::InLine) => "in line",
            Self::Bar(Look::Sleeps) => "asleep",
            Self::Bar(Look::Waits) => "awaits tasks",
            Self::Bar(Look::Ready) => "ready",
            Self::Bar(Look::Runs) => "runs",
            Self::Bar(Look::Finished) => "finished",
            Self::Bar(Look::Failed) => "failed",
            Self::Bar(Look::Cancelled) => "cancelled",
            Self::Wakes => "wakes",
            Self::Blocked => "blocks all",
            Self::Intervention => "what if",
        }
    }

    /// Its class, and its shape with its left upper corner at a point.
    pub fn shape(self, x: f64, y: f64) -> (&'static str, String) {
        let mut path = Path::default();
        let middle = y + KEY_HEIGHT / 2.0;
        let class = match self {
            Self::Bar(look) => {
                match look {
                    Look::Finished | Look::Failed | Look::Cancelled => path.ending(look, x + 9.0, middle, 4.0),
                    Look::Runs => path.bar(x + 8.0, y, 3.0, KEY_HEIGHT, 1.5),
                    Look::Sleeps | Look::Ready => path.rectangle(x, middle - 1.0, KEY_WIDTH, 2.0),
                    Look::Waits => path.bar(x, middle - 2.5, KEY_WIDTH, 5.0, 2.0),
                    _ => path.bar(x, y + 1.0, KEY_WIDTH, 10.0, 3.0),
                }
                look.name()
            }
            Self::Wakes => {
                path.move_to(x + 4.0, y + 0.5);
                path.curve((x + 14.0, middle - 1.0), (x + 7.0, y + 10.5));
                path.move_to(x + 6.6, y + 5.5);
                path.line_to(x + 7.0, y + 10.5);
                path.line_to(x + 11.5, y + 9.0);
                "arrows"
            }
            Self::Blocked => {
                path.rectangle(x + 2.0, y, 14.0, KEY_HEIGHT);
                "blocked"
            }
            Self::Intervention => {
                path.move_to(x + 9.0, y);
                path.line_to(x + 9.0, y + KEY_HEIGHT);
                "intervention"
            }
        };
        (class, path.into_string())
    }
}
