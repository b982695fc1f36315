//! The decimal digits of a float, in the layouts that CPython's `PyOS_double_to_string` knows.

/// A finite float that is not negative has no decimal digits but zeros after this many.
const MOST_DIGITS: usize = 1100;

/// How the digits are chosen and laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// The fewest digits that read back as the same float.
    Repr,
    /// So many digits after the point.
    Fixed(usize),
    /// One digit before the point, so many after it, and an exponent.
    Exponent(usize),
    /// So many significant digits, with an exponent where that is shorter.
    General(usize),
}

/// How a float is written.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub layout: Layout,
    /// Keep the point, and in [`Layout::General`] the zeros at the end.
    pub alternate: bool,
    /// Write `1` as `1.0`.
    pub point_zero: bool,
}

/// Writes a float that is not negative. Infinity and NaN are `inf` and `nan` in every style.
pub fn write_float(value: f64, style: Style) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return "inf".into();
    }
    match style.layout {
        Layout::Fixed(precision) => {
            let mut text = format!("{value:.*}", precision.min(MOST_DIGITS));
            if precision == 0 && style.alternate {
                text.push('.');
            }
            text.extend(std::iter::repeat_n('0', precision.saturating_sub(MOST_DIGITS)));
            text
        }
        Layout::Exponent(precision) => {
            let (digits, exponent) = significant(format!("{value:.*e}", precision.min(MOST_DIGITS)));
            let wanted = precision + 1;
            with_exponent(&digits, wanted, exponent, style.alternate)
        }
        Layout::General(precision) => {
            let precision = precision.max(1);
            let (digits, exponent) = significant(format!("{value:.*e}", precision.min(MOST_DIGITS) - 1));
            // The zero that follows the point counts as a digit.
            let limit = if style.point_zero { precision as i32 - 1 } else { precision as i32 };
            let digits = if style.alternate { digits } else { digits.trim_end_matches('0').to_owned() };
            let wanted = if style.alternate { precision } else { digits.len() };
            if exponent < -4 || exponent >= limit {
                with_exponent(&digits, wanted, exponent, style.alternate)
            } else {
                with_point(&digits, wanted, exponent, style)
            }
        }
        Layout::Repr => {
            let (digits, exponent) = shortest(value);
            if (-4..16).contains(&exponent) {
                with_point(&digits, digits.len(), exponent, style)
            } else {
                with_exponent(&digits, digits.len(), exponent, style.alternate)
            }
        }
    }
}

/// The fewest digits that read back as the same float, nearest to it. Where two are equally near, Python takes the even
/// one and Rust the greater.
fn shortest(value: f64) -> (String, i32) {
    let (digits, exponent) = significant(format!("{value:e}"));
    // With fewer digits there are no two.
    if digits.len() >= 15 {
        let even = format!("{value:.*e}", digits.len() - 1);
        if even.parse() == Ok(value) {
            return significant(even);
        }
    }
    (digits, exponent)
}

/// The digits and the exponent of what Rust's `{:e}` writes.
fn significant(text: String) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

/// `wanted` digits with a point after the first, and the exponent.
fn with_exponent(digits: &str, wanted: usize, exponent: i32, alternate: bool) -> String {
    let first = if digits.is_empty() { "0" } else { &digits[..1] };
    let mut text = first.to_owned();
    if wanted > 1 || alternate {
        text.push('.');
    }
    if wanted > 1 {
        text.push_str(&digits[1..]);
        text.extend(std::iter::repeat_n('0', wanted - digits.len()));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push_str(&format!("e{sign}{:02}", exponent.abs()));
    text
}

/// `wanted` digits with the point where the exponent puts it.
fn with_point(digits: &str, wanted: usize, exponent: i32, style: Style) -> String {
    let mut text = String::new();
    // How many of the digits stand before the point.
    let whole = usize::try_from(exponent + 1).unwrap_or(0);
    if whole == 0 {
        text.push('0');
    } else {
        text.push_str(&digits[..whole.min(digits.len())]);
        text.extend(std::iter::repeat_n('0', whole - whole.min(digits.len())));
    }
    let leading_zeros = usize::try_from(-1 - exponent).unwrap_or(0);
    let fraction = digits.get(whole..).unwrap_or("");
    let trailing_zeros = wanted.saturating_sub(digits.len().max(whole));
    if fraction.len() + trailing_zeros > 0 {
        text.push('.');
        text.extend(std::iter::repeat_n('0', leading_zeros));
        text.push_str(fraction);
        text.extend(std::iter::repeat_n('0', trailing_zeros));
    } else if style.point_zero {
        text.push_str(".0");
    } else if style.alternate {
        text.push('.');
    }
    text
}
