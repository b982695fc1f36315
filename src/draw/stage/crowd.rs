//! Many tasks as dots.

use super::region::Rectangle;

/// The distance between two dots, in pixels.
pub const PITCH: i32 = 5;

/// What the tasks of a crowd do, which decides how its dots look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CrowdKind {
    Ready,
    Waiting,
    Sleeping,
    Finished,
}

/// Tasks without a seat, as rows of dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crowd {
    pub kind: CrowdKind,
    /// Rows that are full.
    pub full: Rectangle,
    /// The last row.
    pub rest: Rectangle,
}

/// How many tasks one dot stands for, so that `count` of them fit into `area`: 1, 2, 5, 10, 20, ...
pub fn tasks_per_dot(count: u32, area: Rectangle) -> u32 {
    let room = ((area.width / PITCH) * (area.height / PITCH)).max(1) as u32;
    let mut power = 1;
    loop {
        if let Some(each) = [power, 2 * power, 5 * power].into_iter().find(|each| count.div_ceil(*each) <= room) {
            return each;
        }
        power *= 10;
    }
}

/// How high an area of `width` has to be for the dots of `count` tasks.
pub fn height(count: u32, tasks_per_dot: u32, width: i32) -> i32 {
    let columns = (width / PITCH).max(1) as u32;
    count.div_ceil(tasks_per_dot).div_ceil(columns) as i32 * PITCH
}

impl Crowd {
    /// The dots of `count` tasks, from the upper left of `area`. A part of a dot's worth still gets a dot.
    pub fn new(kind: CrowdKind, count: u32, tasks_per_dot: u32, area: Rectangle) -> Self {
        let dots = count.div_ceil(tasks_per_dot) as i32;
        let columns = (area.width / PITCH).max(1);
        let (rows, rest) = (dots / columns, dots % columns);
        let full = Rectangle { width: if rows > 0 { columns * PITCH } else { 0 }, height: rows * PITCH, ..area };
        let rest = Rectangle { x: area.x, y: area.y + rows * PITCH, width: rest * PITCH, height: PITCH };
        Self { kind, full, rest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_task_is_part_of_a_dot_and_all_dots_fit() {
        let area = Rectangle { x: 0, y: 0, width: 300, height: 90 };
        assert_eq!(tasks_per_dot(1080, area), 1);
        assert_eq!(tasks_per_dot(1081, area), 2);
        assert_eq!(tasks_per_dot(9_987, area), 10);
        let crowd = Crowd::new(CrowdKind::Ready, 9_987, 10, area);
        assert_eq!((crowd.full.width, crowd.full.height, crowd.rest.width), (300, 80, 195));
        let crowd = Crowd::new(CrowdKind::Ready, 120, 1, area);
        assert_eq!((crowd.full.height, crowd.rest.width, crowd.rest.y), (10, 0, 10));
    }
}
