//! What stands for a task everywhere on the page: one colour and one short text.

use crate::decimal;
use crate::trace::TaskId;

/// How many colours tasks take in turn. Colour 0 is kept for the first task, the program's own coroutine.
pub const COLOURS: u32 = 8;

/// The longest text a mark has room for, in characters.
const LONGEST_MARK: usize = 4;

/// The number of a task's colour: 0 for the first task, otherwise from 1 to [`COLOURS`].
pub fn colour(task: TaskId) -> u32 {
    match task.0 {
        0 => 0,
        number => (number - 1) % COLOURS + 1,
    }
}

/// The text of a task's mark: the number at the end of its label, or the beginning of the label where it has none. Of
/// a label made of several words, their first letters.
pub fn mark_text(label: &str) -> String {
    let stem = label.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if stem.len() < label.len() {
        return label[stem.len()..].to_owned();
    }
    if label.chars().count() <= LONGEST_MARK {
        return label.to_owned();
    }
    let mut initials = String::new();
    let mut previous = '_';
    for letter in label.chars() {
        let begins_word =
            letter.is_ascii_alphanumeric() && (!previous.is_ascii_alphanumeric() || letter.is_ascii_uppercase());
        if begins_word && initials.len() < LONGEST_MARK {
            initials.push(letter);
        }
        previous = letter;
    }
    if initials.len() < 2 { label.chars().take(LONGEST_MARK).collect() } else { initials }
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
    fn a_mark_is_the_number_or_the_beginning_of_the_label() {
        for (label, mark) in [
            ("worker 3", "3"),
            ("limited_resource 12", "12"),
            ("main", "main"),
            ("producer", "prod"),
            ("newsProducer", "nP"),
            ("safe_increment", "si"),
            ("", ""),
        ] {
            assert_eq!(mark_text(label), mark, "{label}");
        }
    }
}
