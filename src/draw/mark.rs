//! What stands for a task everywhere on the page: one colour and one short text.

use crate::decimal;
use crate::trace::TaskId;

/// How many colours tasks take in turn. Colour 0 is kept for the first task, the program's own coroutine.
pub const COLOURS: u32 = 8;

/// The longest text a mark has room for, in characters.
const LONGEST_MARK: usize = 5;
/// The most letters before a number, and the most of both together.
const MOST_INITIALS: usize = 2;
const LONGEST_NUMBERED: usize = 4;

/// The number of a task's colour: 0 for the first task, otherwise from 1 to [`COLOURS`].
pub fn colour(task: TaskId) -> u32 {
    match task.0 {
        0 => 0,
        number => (number - 1) % COLOURS + 1,
    }
}

/// The text of a task's mark: the label if it is short, otherwise the first letters of its words, or the beginning of
/// its only word. A number at the end stays whole, behind as many first letters as there is room for: `producer 0` and
/// `consumer 0` are P0 and C0.
pub fn mark_text(label: &str) -> String {
    let stem = label.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let number = &label[stem.len()..];
    if !number.is_empty() {
        let mut letters = initials(stem, LONGEST_NUMBERED.saturating_sub(number.len()).min(MOST_INITIALS));
        if number.len() > 2 {
            letters.clear();
        } else if letters.len() == 1 {
            letters.make_ascii_uppercase();
        }
        return letters + number;
    }
    if label.chars().count() <= LONGEST_MARK {
        return label.to_owned();
    }
    let initials = initials(label, LONGEST_MARK - 1);
    if initials.len() < 2 { label.chars().take(LONGEST_MARK).collect() } else { initials }
}

/// The first letters of the words of a label, at most so many.
fn initials(label: &str, most: usize) -> String {
    let mut initials = String::new();
    let mut previous = '_';
    for letter in label.chars() {
        let begins_word =
            letter.is_ascii_alphanumeric() && (!previous.is_ascii_alphanumeric() || letter.is_ascii_uppercase());
        if begins_word && initials.len() < most {
            initials.push(letter);
        }
        previous = letter;
    }
    initials
}

/// A time or duration in seconds, as the page writes it: `1.50 s`.
pub fn seconds(value: f64) -> String {
    decimal::fixed(value, 2) + " s"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_task_has_a_colour_of_its_own_and_the_others_take_turns() {
        let colours: Vec<u32> = (0..10).map(|number| colour(TaskId(number))).collect();
        assert_eq!(colours, [0, 1, 2, 3, 4, 5, 6, 7, 8, 1]);
    }

    #[test]
    fn a_mark_is_short_and_keeps_the_number_of_the_label() {
        for (label, mark) in [
            ("worker 3", "W3"),
            ("worker 12", "W12"),
            ("worker 1234", "1234"),
            ("limited_resource 12", "lr12"),
            ("newsConsumer 2", "nC2"),
            ("Task-7", "T7"),
            ("7", "7"),
            ("main", "main"),
            ("alice", "alice"),
            ("producer", "produ"),
            ("newsProducer", "nP"),
            ("safe_increment", "si"),
            ("", ""),
        ] {
            assert_eq!(mark_text(label), mark, "{label}");
        }
    }
}
