//! Where things stand in the pictures of a run, as plain data: a moment of it (the stage) and all of it (the timeline).

#[cfg(test)]
mod example;
mod history;
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
    ABOVE, BELOW, Band, Density, Lanes, Layer, Look, Picture, PictureBody, Scale, Tick, View, Window, density_counts,
};
