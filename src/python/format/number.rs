//! Numbers in the format mini-language.

use super::FormatError;
use super::digits::{Layout, Style, write_float};
use super::spec::{Spec, Type};
use crate::python::integer::{BigInt, TOO_LONG};

/// `format(value, spec)` for a whole number (`int.__format__`).
pub fn format_int(value: &BigInt, spec: &str) -> Result<String, FormatError> {
    let spec = Spec::parse(spec, Type::Int)?;
    let (prefix, base) = match spec.presentation.unwrap_or('d') {
        'd' | 'n' => ("", 10),
        'b' => ("0b", 2),
        'o' => ("0o", 8),
        'x' => ("0x", 16),
        'X' => ("0X", 16),
        'c' => return format_character(value, &spec),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return match value.to_float() {
                Some(value) => format_float_as(value, &spec, Type::Int),
                None => Err(FormatError::overflow("int too large to convert to float")),
            };
        }
        _ => return Err(spec.unknown_presentation(Type::Int)),
    };
    check_whole(&spec)?;
    let Some(mut digits) = value.digits(base) else { return Err(FormatError::value(TOO_LONG)) };
    if spec.presentation == Some('X') {
        digits.make_ascii_uppercase();
    }
    let prefix = if spec.alternate { prefix } else { "" };
    let group = if matches!(spec.presentation, Some('b' | 'o' | 'x' | 'X')) { 4 } else { 3 };
    let number = Number { negative: value.is_negative(), prefix, whole: &digits, rest: "", group };
    Ok(number.lay_out(&spec))
}

/// `format(value, spec)` for a float (`float.__format__`).
pub fn format_float(value: f64, spec: &str) -> Result<String, FormatError> {
    if spec.is_empty() {
        return Ok(super::float_repr(value));
    }
    format_float_as(value, &Spec::parse(spec, Type::Float)?, Type::Float)
}

/// What no whole number can be asked for.
fn check_whole(spec: &Spec) -> Result<(), FormatError> {
    if spec.precision.is_some() {
        return Err(FormatError::value("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(FormatError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    Ok(())
}

fn format_character(value: &BigInt, spec: &Spec) -> Result<String, FormatError> {
    check_whole(spec)?;
    if spec.sign.is_some() {
        return Err(FormatError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(FormatError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    // Lone surrogates, which Python's strings can hold and Rust's cannot, are refused as well.
    let Some(value) = value.to_i64() else {
        return Err(FormatError::overflow("Python int too large to convert to C long"));
    };
    let character = u32::try_from(value).ok().and_then(char::from_u32);
    let Some(character) = character else { return Err(FormatError::overflow("%c arg not in range(0x110000)")) };
    let mut out = String::new();
    spec.pad(1, &mut out, |out| out.push(character));
    Ok(out)
}

fn format_float_as(value: f64, spec: &Spec, of: Type) -> Result<String, FormatError> {
    let precision = spec.precision.unwrap_or(6);
    let layout = match spec.presentation {
        None if spec.precision.is_none() => Layout::Repr,
        None | Some('g' | 'G' | 'n') => Layout::General(precision),
        Some('f' | 'F' | '%') => Layout::Fixed(precision),
        Some('e' | 'E') => Layout::Exponent(precision),
        Some(_) => return Err(spec.unknown_presentation(of)),
    };
    let percent = spec.presentation == Some('%');
    let value = if percent { value * 100.0 } else { value };
    let style = Style { layout, alternate: spec.alternate, point_zero: spec.presentation.is_none() };
    let mut text = write_float(value.abs(), style);
    if spec.presentation.is_some_and(|presentation| presentation.is_ascii_uppercase()) {
        text.make_ascii_uppercase();
    }
    if percent {
        text.push('%');
    }
    let zero = !text.bytes().take_while(|byte| *byte != b'e' && *byte != b'E').any(|byte| matches!(byte, b'1'..=b'9'));
    let negative = value.is_sign_negative() && !value.is_nan() && !(spec.no_negative_zero && zero && value.is_finite());
    let whole_end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (whole, rest) = text.split_at(whole_end);
    let grouped;
    let rest = match spec.fraction_separator {
        Some(separator) if rest.starts_with('.') => {
            grouped = group_fraction(rest, separator);
            &grouped
        }
        _ => rest,
    };
    Ok(Number { negative, prefix: "", whole, rest, group: 3 }.lay_out(spec))
}

/// Puts a separator after every third digit behind the point; what follows the digits stays as it is.
fn group_fraction(rest: &str, separator: char) -> String {
    let mut out = String::from(".");
    let fraction = &rest[1..];
    let end = fraction.find(|character: char| !character.is_ascii_digit()).unwrap_or(fraction.len());
    for (index, digit) in fraction[..end].chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            out.push(separator);
        }
        out.push(digit);
    }
    out.push_str(&fraction[end..]);
    out
}

/// The parts of a number, before sign, groups and padding.
struct Number<'a> {
    negative: bool,
    /// `0x` and the like.
    prefix: &'a str,
    /// The digits before the point.
    whole: &'a str,
    /// What follows them.
    rest: &'a str,
    /// How many digits stand between two separators.
    group: usize,
}

impl Number<'_> {
    fn lay_out(&self, spec: &Spec) -> String {
        let sign = match spec.sign {
            _ if self.negative => "-",
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        };
        let around = sign.len() + self.prefix.len() + self.rest.len();
        let zeros_fill = spec.fill == '0' && spec.align == '=';
        let least = if zeros_fill { spec.width.saturating_sub(around) } else { 0 };
        let whole = self.grouped(spec.separator, least);
        let length = around + whole.len();
        let mut out = String::with_capacity(length.max(spec.width));
        if spec.align == '=' {
            out.push_str(sign);
            out.push_str(self.prefix);
            out.extend(std::iter::repeat_n(spec.fill, spec.width.saturating_sub(length)));
            out.push_str(&whole);
            out.push_str(self.rest);
        } else {
            spec.pad(length, &mut out, |out| {
                for part in [sign, self.prefix, &whole, self.rest] {
                    out.push_str(part);
                }
            });
        }
        out
    }

    /// The whole part with separators, and zeros in front until it is `least` characters long: one more where the first
    /// would be a separator.
    fn grouped(&self, separator: Option<char>, least: usize) -> String {
        if self.whole.is_empty() {
            return String::new();
        }
        let mut reversed: Vec<char> = Vec::with_capacity(least.max(self.whole.len()) + 1);
        let mut digits = self.whole.chars().rev();
        let mut written = 0;
        loop {
            let next = digits.next();
            let between = separator.filter(|_| written > 0 && written % self.group == 0);
            if next.is_none() && reversed.len() >= least {
                return reversed.iter().rev().collect();
            }
            reversed.extend(between);
            reversed.push(next.unwrap_or('0'));
            written += 1;
        }
    }
}
