//! Where things stand in the pictures of a run, as plain data: a moment of it (the stage) and all of it (the timeline).

#[cfg(test)]
mod example;
mod history;
mod lane;
mod mark;
mod stage;
mod timeline;

pub use crate::trace::words::count as grouped;
pub use history::History;
pub use mark::{COLOURS, colour, mark_text, seconds};
pub use stage::{
    CallbackMark, Caption, CaptionKind, Card, Cell, CellKind, Chip, Crowd, CrowdKind, Place, PlaceKind, Plan,
    Rectangle, Room, Seat, SeatKind, Slot, SlotKind, Stage, Subject, Token,
};
pub use timeline::{
    ABOVE, BELOW, Band, BarText, BlockBand, Density, Detail, Drawing, KEY_HEIGHT, KEY_WIDTH, Key, Lanes, Layer, Look,
    MOST_LANES, Picture, PictureBody, Scale, Shades, Tick, View, Window, density_counts, draw, key_svg, legend,
    pattern_svg, whole_height,
};
