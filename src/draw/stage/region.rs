//! A grid of seats, and the dots of those who find none.

/// A rectangle on the stage, in CSS pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rectangle {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

impl Rectangle {
    pub fn right(&self) -> i32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> i32 {
        self.y + self.height
    }
}

/// Seats in rows, filled in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    pub x: i32,
    pub y: i32,
    pub columns: i32,
    pub rows: i32,
    pub seat_width: i32,
    pub seat_height: i32,
    pub gap: i32,
    /// Whether the first seat is at the right end of its row.
    pub mirrored: bool,
    /// Where dots stand for those without a seat, if any ever are.
    pub crowd: Option<Rectangle>,
}

impl Region {
    /// How many seats of `width` with `gap` between them fit side by side; at least one.
    pub fn columns_within(available: i32, width: i32, gap: i32) -> i32 {
        ((available + gap) / (width + gap)).max(1)
    }

    pub fn capacity(&self) -> usize {
        (self.columns * self.rows) as usize
    }

    pub fn width(&self) -> i32 {
        self.columns * (self.seat_width + self.gap) - self.gap
    }

    pub fn height(&self) -> i32 {
        let seats = self.rows * (self.seat_height + self.gap) - self.gap;
        self.crowd.map_or(seats, |crowd| crowd.bottom() - self.y)
    }

    /// How many of `count` get a seat. When not all do, the last seat is left to the number of the others.
    pub fn seated(&self, count: usize) -> usize {
        if count <= self.capacity() { count } else { self.capacity() - 1 }
    }

    /// The upper left corner of a seat.
    pub fn seat(&self, index: usize) -> (i32, i32) {
        let (row, column) = (index as i32 / self.columns, index as i32 % self.columns);
        let column = if self.mirrored { self.columns - 1 - column } else { column };
        (self.x + column * (self.seat_width + self.gap), self.y + row * (self.seat_height + self.gap))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seats_fill_row_by_row_and_the_last_is_left_to_the_count_of_the_others() {
        let region =
            Region { x: 10, y: 20, columns: 3, rows: 2, seat_width: 40, seat_height: 40, gap: 8, ..Region::default() };
        assert_eq!((region.seat(0), region.seat(2), region.seat(3)), ((10, 20), (106, 20), (10, 68)));
        assert_eq!((region.seated(6), region.seated(7)), (6, 5));
        assert_eq!((region.width(), region.height()), (136, 88));
    }

    #[test]
    fn a_mirrored_region_begins_at_the_right() {
        let region = Region {
            columns: 3,
            rows: 1,
            seat_width: 40,
            seat_height: 40,
            gap: 8,
            mirrored: true,
            ..Region::default()
        };
        assert_eq!((region.seat(0).0, region.seat(2).0), (96, 0));
    }
}
