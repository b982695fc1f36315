//! Names, numbers and times as sentences about a run say them.

use super::event::TaskId;
use super::snapshot::{Primitive, Snapshot};
use crate::decimal;

/// The variable that holds a primitive, or its kind and line if none does.
pub fn primitive_name(primitive: &Primitive) -> String {
    match &primitive.name {
        Some(name) => name.to_string(),
        None => format!("the {} of line {}", primitive.kind.noun(), primitive.line),
    }
}

/// A time in seconds: two decimals, or as many more as it takes, up to a microsecond. A sleep may be without end.
pub fn seconds(time: f64) -> String {
    if time.is_infinite() {
        return "∞ s".to_owned();
    }
    let precise = decimal::fixed(time, 6);
    let point = precise.len() - 7;
    let shortest = precise.trim_end_matches('0').len().max(point + 3);
    format!("{} s", &precise[..shortest])
}

/// A count with commas between thousands.
pub fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The labels of a few tasks, and how many more there are: `worker 1, worker 2, worker 3 and 97 more`.
pub fn tasks(snapshot: &Snapshot, tasks: &[TaskId]) -> String {
    const NAMED: usize = 3;
    let label = |task: &TaskId| &*snapshot.task(*task).label;
    let (named, last) = match tasks {
        [] => return "nobody".into(),
        [only] => return label(only).to_owned(),
        [named @ .., last] if tasks.len() <= NAMED => (named, label(last).to_owned()),
        _ => (&tasks[..NAMED], format!("{} more", count(tasks.len() - NAMED))),
    };
    let named: Vec<&str> = named.iter().map(label).collect();
    format!("{} and {last}", named.join(", "))
}

/// So many things, in the singular or in the plural with an `s`.
pub fn counted(number: usize, thing: &str) -> String {
    format!("{} {thing}{}", count(number), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_two_decimals_or_as_many_as_it_takes() {
        let cases =
            [(0.0, "0.00 s"), (1.5, "1.50 s"), (0.01, "0.01 s"), (0.125, "0.125 s"), (12.000004, "12.000004 s")];
        for (time, expected) in cases {
            assert_eq!(seconds(time), expected);
        }
        assert_eq!(seconds(0.1 + 0.2), "0.30 s");
        assert_eq!(seconds(100.0), "100.00 s");
        assert_eq!(seconds(f64::INFINITY), "∞ s");
    }

    #[test]
    fn counts_have_commas() {
        let cases = [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")];
        for (number, expected) in cases {
            assert_eq!(count(number), expected);
        }
        assert_eq!((&*counted(1, "task"), &*counted(10_000, "task")), ("1 task", "10,000 tasks"));
    }
}
