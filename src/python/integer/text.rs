//! To and from text.

use super::BigInt;
use super::division::divide_small;

/// More decimal digits than this, CPython neither writes nor reads; it takes too long.
pub const MOST_DIGITS: usize = 4300;

/// What CPython says of a number with more digits.
pub const TOO_LONG: &str = "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";

/// Why a text is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseError {
    Malformed,
    /// It has so many digits.
    TooLong(usize),
}

impl ParseError {
    /// What CPython says of a text with too many digits.
    pub fn message(self) -> String {
        match self {
            Self::Malformed => "invalid literal for int()".to_owned(),
            Self::TooLong(count) => TOO_LONG.replace(';', &format!(": value has {count} digits;")),
        }
    }
}

impl BigInt {
    /// Its digits without sign, in base 2, 8, 10 or 16; `None` if there are more than CPython writes.
    pub fn digits(&self, base: u32) -> Option<String> {
        if self.is_zero() {
            return Some("0".to_owned());
        }
        let mut reversed = Vec::new();
        if base == 10 {
            // Three digits fit into ten bits.
            if self.bit_length() > MOST_DIGITS as u64 * 10 / 3 + 4 {
                return None;
            }
            let mut limbs = self.limbs.clone();
            while !limbs.is_empty() {
                let mut rest = divide_small(&mut limbs, 1_000_000_000);
                for _ in 0..9 {
                    reversed.push(b'0' + (rest % 10) as u8);
                    rest /= 10;
                }
            }
        } else {
            let width = base.trailing_zeros();
            let mut place = 0;
            while place < self.bit_length() {
                let digit = char::from_digit(self.bits(place, width), base);
                reversed.push(digit.unwrap_or_default() as u8);
                place += u64::from(width);
            }
        }
        while reversed.last() == Some(&b'0') {
            reversed.pop();
        }
        let is_too_long = base == 10 && reversed.len() > MOST_DIGITS;
        (!is_too_long).then(|| reversed.iter().rev().map(|digit| char::from(*digit)).collect())
    }

    /// The number as `repr` writes it; `None` if it has more digits than CPython writes.
    pub fn to_text(&self) -> Option<String> {
        let digits = self.digits(10)?;
        Some(if self.is_negative { format!("-{digits}") } else { digits })
    }
}

/// The number that a text is in some base, as `int(text, base)` reads it: with blanks around, a sign, underscores
/// between digits, and a prefix such as `0x` where it fits the base. Base 0 takes it from the prefix.
pub fn parse(text: &str, base: u32) -> Result<BigInt, ParseError> {
    let text = text.trim();
    let (is_negative, text) = match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    };
    let prefixed = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let (digits, base, is_prefixed) = match (base, prefixed) {
        (0, 0) => (text, 10, false),
        (0, prefixed) => (&text[2..], prefixed, true),
        (base, prefixed) if base == prefixed => (&text[2..], base, true),
        (base, _) => (text, base, false),
    };
    // An underscore stands between two digits, or between the prefix and the first.
    let digits = digits.strip_prefix('_').filter(|_| is_prefixed).unwrap_or(digits);
    let is_empty_somewhere = digits.split('_').any(str::is_empty);
    let count = digits.bytes().filter(|byte| *byte != b'_').count();
    if is_empty_somewhere {
        return Err(ParseError::Malformed);
    }
    if !base.is_power_of_two() && count > MOST_DIGITS {
        return Err(ParseError::TooLong(count));
    }
    let mut number = BigInt::default();
    let (mut scale, mut part) = (1, 0);
    for character in digits.chars().filter(|character| *character != '_') {
        let Some(digit) = character.to_digit(base) else { return Err(ParseError::Malformed) };
        part = part * base + digit;
        scale *= base;
        if scale > u32::MAX / 36 {
            number.multiply_small(scale, part);
            (scale, part) = (1, 0);
        }
    }
    number.multiply_small(scale, part);
    Ok(number.with_sign(is_negative))
}
