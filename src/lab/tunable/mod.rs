//! Literals of a program that are offered as controls.

mod search;
mod survey;
#[cfg(test)]
mod tests;

use std::ops::Range;

use ruff_python_parser::parse_module;

use crate::decimal::{self, Decimal};
use crate::python::format::float_repr;
use crate::python::too_deep;
use search::Candidate;

/// The greatest value that is ever written into a program.
const GREATEST: f64 = 1e9;

/// A literal of the program that a slider can change.
#[derive(Clone, Debug, PartialEq)]
pub struct Tunable {
    /// Its name in the page, in addresses and on the command line: the constant's own (`PERMITS`), or one made from
    /// the variable or coroutine it belongs to (`semaphore_permits`, `barrier_parties`, `queue_maxsize`,
    /// `worker_count`).
    pub name: String,
    pub kind: TunableKind,
    /// What the text says now.
    pub value: f64,
    /// The least value the slider offers.
    pub minimum: f64,
    /// The greatest value the slider offers.
    pub maximum: f64,
    /// The distance between two values the slider offers.
    pub step: f64,
    /// The line of the literal, from 1.
    pub line: u32,
    /// Where the literal stands in the text, in bytes.
    pub range: Range<usize>,
    /// Whether the literal is written as a whole number.
    pub whole: bool,
}

/// What a tunable controls.
/// A literal that controls several things is of the kind that comes first here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TunableKind {
    /// How many tasks a `range` makes.
    Workers,
    /// Permits of a semaphore.
    Permits,
    /// `parties` of a barrier.
    Parties,
    /// `maxsize` of a queue.
    Capacity,
    /// Seconds.
    Duration,
    /// Any other number with a name.
    Number,
}

/// The tunables of a program, in the order of their literals; none if it does not parse.
pub fn tunables(text: &str) -> Vec<Tunable> {
    if too_deep(text).is_some() {
        return Vec::new();
    }
    let Ok(parsed) = parse_module(text) else { return Vec::new() };
    let candidates = search::candidates(&parsed.syntax().body);
    let mut names: Vec<String> = Vec::new();
    let mut unique = |wanted: &str| {
        let name = (1..)
            .map(|number| if number == 1 { wanted.to_owned() } else { format!("{wanted}_{number}") })
            .find(|name| !names.contains(name))
            .unwrap_or_default();
        names.push(name.clone());
        name
    };
    // The program's own names stay as they are; a made one gives way.
    let own: Vec<_> = candidates.iter().map(|one| one.own_name.as_deref().map(&mut unique)).collect();
    let named =
        candidates.iter().zip(own).map(|(one, own)| tunable(text, one, own.unwrap_or_else(|| unique(&one.made_name))));
    named.collect()
}

fn tunable(text: &str, candidate: &Candidate, name: String) -> Tunable {
    let Candidate { value, whole, kind, .. } = *candidate;
    let common = match kind {
        TunableKind::Workers => 12.0,
        TunableKind::Permits | TunableKind::Parties => 8.0,
        TunableKind::Capacity => 10.0,
        TunableKind::Duration if whole => 5.0,
        // Where the program counts in microseconds, so does the slider.
        TunableKind::Duration if value > 0.0 && value < 0.01 => 100.0 * value,
        TunableKind::Duration => 2.0,
        TunableKind::Number if whole => 10.0,
        TunableKind::Number => 1.0,
    };
    let maximum = rounded(f64::max(common, 2.0 * value));
    let least = candidate.least.min(value);
    let step = step(maximum, value - least, whole);
    // Nobody knows what the program does with a number: it may divide by it.
    let minimum = if kind == TunableKind::Number && value > 0.0 { step.min(value) } else { least };
    let line = 1 + text[..candidate.range.start].matches('\n').count() as u32;
    Tunable { name, kind, value, minimum, maximum, step, line, range: candidate.range.clone(), whole }
}

/// Lets sliders that were there before keep their ends, so that they do not run away under the hand that moves them: they
/// change only where the value no longer fits between them.
pub fn keep_ranges(tunables: &mut [Tunable], before: &[Tunable]) {
    for tunable in tunables {
        let same = before.iter().find(|one| one.name == tunable.name && one.kind == tunable.kind);
        if let Some(same) = same.filter(|one| one.whole == tunable.whole)
            && (same.minimum..=same.maximum).contains(&tunable.value)
        {
            (tunable.minimum, tunable.maximum, tunable.step) = (same.minimum, same.maximum, same.step);
        }
    }
}

/// The coarsest power of ten that leaves a slider enough positions and lets it stand at its value.
fn step(maximum: f64, value: f64, whole: bool) -> f64 {
    let positions = if whole { 100.0 } else { 20.0 };
    let fits = |step: f64| step * positions <= maximum && ((value / step).round() * step - value).abs() <= value * 1e-9;
    let greater = (1..=6).rev().map(|power| 10f64.powi(power));
    let smaller = (1..=12).map(|power| 1.0 / 10f64.powi(power));
    if whole {
        greater.clone().find(|step| fits(*step)).unwrap_or(1.0)
    } else {
        greater.chain([1.0]).chain(smaller).find(|step| fits(*step)).unwrap_or(1e-12)
    }
}

/// Without the last digits, in which sums of decimal fractions are off: 0.3 for 0.30000000000000004.
fn rounded(value: f64) -> f64 {
    Decimal::exact(value).rounded(13).value()
}

/// The text with another value for a tunable of that text; nothing but the literal is edited. A whole number stays whole,
/// and no number becomes negative or enormous. The text stays as it is for a value that is not finite.
pub fn with_value(text: &str, tunable: &Tunable, value: f64) -> String {
    if !value.is_finite() {
        return text.to_owned();
    }
    let value = value.clamp(0.0, GREATEST);
    let literal = if tunable.whole { decimal::fixed(value, 0) } else { float_repr(rounded(value)) };
    let (before, after) = (&text[..tunable.range.start], &text[tunable.range.end..]);
    [before, &literal, after].concat()
}

/// The text with a value for the tunable of this name, as an address or the command line gives it, and the name as it is
/// in the program, or a sentence that says which names or values there are.
///
/// HTML knows no capitals in the names of attributes: `permits` is `PERMITS` where nothing else could be meant.
pub fn with_named_value(text: &str, name: &str, value_text: &str) -> Result<(String, String), String> {
    let tunables = tunables(text);
    let mut alike = tunables.iter().filter(|tunable| tunable.name.eq_ignore_ascii_case(name));
    let found = match (tunables.iter().find(|tunable| tunable.name == name), alike.next(), alike.next()) {
        (None, only, None) => only,
        (exact, ..) => exact,
    };
    let Some(tunable) = found else {
        let names: Vec<&str> = tunables.iter().map(|tunable| &*tunable.name).collect();
        return Err(match names.as_slice() {
            [] => format!("this program has no number to set, so there is no {name}"),
            names => format!("this program has no {name} to set, only {}", names.join(", ")),
        });
    };
    let least = if tunable.whole { tunable.minimum } else { 0.0 };
    let value = value_text
        .trim()
        .parse()
        .ok()
        .filter(|value: &f64| *value >= least && *value <= GREATEST && (!tunable.whole || value.fract() == 0.0));
    match value {
        Some(value) => Ok((with_value(text, tunable, value), tunable.name.clone())),
        None => {
            let number = if tunable.whole { "a whole number" } else { "a number" };
            let (least, greatest) = (decimal::plain(least), decimal::plain(GREATEST));
            Err(format!("{name} must be {number} from {least} to {greatest}, not {value_text}"))
        }
    }
}
