//! Days, hours and what they are called: what `time`, `datetime` and `logging` show of a moment.

use crate::decimal;
use crate::python::machine::Machine;

/// Where the virtual clock stands at 0 for who asks for the date: 2024-01-01 00:00:00 UTC, a Monday.
pub const BEGINNING: i64 = 1_704_067_200;

const DAY: i64 = 86_400;
const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date and a time of the day, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub year: i64,
    /// From 1.
    pub month: i64,
    /// From 1.
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub microsecond: i64,
}

impl Moment {
    /// The moment so many microseconds after the beginning of 1970.
    pub fn at(microseconds: i64) -> Self {
        let (seconds, microsecond) = (microseconds.div_euclid(1_000_000), microseconds.rem_euclid(1_000_000));
        let (days, rest) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
        let (year, month, day) = date(days);
        Self { year, month, day, hour: rest / 3600, minute: rest / 60 % 60, second: rest % 60, microsecond }
    }

    /// What the clocks show now.
    pub fn now(machine: &Machine) -> Self {
        Self::at(microseconds(machine.clock()).saturating_add(BEGINNING * 1_000_000))
    }

    /// Days since the beginning of 1970.
    pub fn days(&self) -> i64 {
        days(self.year, self.month, self.day)
    }

    /// Microseconds since the beginning of 1970.
    pub fn microseconds(&self) -> i64 {
        let seconds = self.days() * DAY + self.hour * 3600 + self.minute * 60 + self.second;
        seconds.saturating_mul(1_000_000).saturating_add(self.microsecond)
    }

    /// The day of the week, from 0 for Monday.
    pub fn weekday(&self) -> i64 {
        (self.days() + 3).rem_euclid(7)
    }

    /// The day of the year, from 1.
    pub fn day_of_year(&self) -> i64 {
        self.days() - days(self.year, 1, 1) + 1
    }

    /// See `time.strftime` and `datetime.strftime`, in the "C" locale.
    pub fn formatted(&self, format: &str) -> String {
        let mut text = String::new();
        let mut characters = format.chars();
        while let Some(character) = characters.next() {
            if character != '%' {
                text.push(character);
                continue;
            }
            match characters.next() {
                Some('-') => {
                    let code = characters.next().unwrap_or('-');
                    let padded = self.code(code);
                    let bare = padded.trim_start_matches('0');
                    text.push_str(if bare.is_empty() { "0" } else { bare });
                }
                Some(code) => text.push_str(&self.code(code)),
                None => text.push('%'),
            }
        }
        text
    }

    fn code(&self, code: char) -> String {
        let name = |names: &[&'static str], at: i64| names.get(at as usize).copied().unwrap_or_default();
        let two = |number: i64| padded(number, 2);
        let half = || if self.hour % 12 == 0 { 12 } else { self.hour % 12 };
        match code {
            'a' => name(&DAYS, self.weekday())[..3].into(),
            'A' => name(&DAYS, self.weekday()).into(),
            'b' | 'h' => name(&MONTHS, self.month - 1)[..3].into(),
            'B' => name(&MONTHS, self.month - 1).into(),
            'c' => self.formatted("%a %b %e %H:%M:%S %Y"),
            'd' => two(self.day),
            'D' | 'x' => self.formatted("%m/%d/%y"),
            'e' => {
                if self.day < 10 {
                    [" ", &padded(self.day, 1)].concat()
                } else {
                    two(self.day)
                }
            }
            'f' => padded(self.microsecond, 6),
            'F' => self.formatted("%Y-%m-%d"),
            'H' => two(self.hour),
            'I' => two(half()),
            'j' => padded(self.day_of_year(), 3),
            'm' => two(self.month),
            'M' => two(self.minute),
            'n' => "\n".into(),
            'p' => if self.hour < 12 { "AM" } else { "PM" }.into(),
            'r' => self.formatted("%I:%M:%S %p"),
            'R' => self.formatted("%H:%M"),
            's' => padded(self.microseconds().div_euclid(1_000_000), 1),
            'S' => two(self.second),
            't' => "\t".into(),
            'T' | 'X' => self.formatted("%H:%M:%S"),
            'u' => padded(self.weekday() + 1, 1),
            'U' => two((self.day_of_year() + 6 - (self.weekday() + 1) % 7) / 7),
            'w' => padded((self.weekday() + 1) % 7, 1),
            'W' => two((self.day_of_year() + 6 - self.weekday()) / 7),
            'y' => two(self.year.rem_euclid(100)),
            'Y' => padded(self.year, 1),
            'z' => "+0000".into(),
            'Z' => "UTC".into(),
            '%' => "%".into(),
            other => ['%', other].iter().collect(),
        }
    }
}

/// A number with at least so many digits.
pub fn padded(number: i64, digits: usize) -> String {
    let shown = number.unsigned_abs().to_string();
    let zeros = "0".repeat(digits.saturating_sub(shown.len()));
    [if number < 0 { "-" } else { "" }, &zeros, &shown].concat()
}

/// Seconds as microseconds, to the nearest.
pub fn microseconds(seconds: f64) -> i64 {
    // Through the digits, so that 0.3 is 300000.
    let exact: f64 = decimal::fixed(seconds, 6).parse().unwrap_or(seconds);
    let whole = exact.trunc();
    (whole as i64).saturating_mul(1_000_000).saturating_add(((exact - whole) * 1e6).round() as i64)
}

/// Days from the beginning of 1970 to a date. The years begin in March, so that a leap day is the last of its year.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * month + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The year, month and day so many days after the beginning of 1970.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let is_next = month >= 10;
    (year + era * 400 + i64::from(is_next), if is_next { month - 9 } else { month + 3 }, day)
}

/// How many days a month has.
pub fn days_of_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    days(next_year, next, 1) - days(year, month, 1)
}
