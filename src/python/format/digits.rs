//! The decimal digits of a float, in the layouts that CPython's `PyOS_double_to_string` knows.

use crate::decimal::{Decimal, rounded_to_places};

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
    let decimal = match style.layout {
        Layout::Fixed(places) => rounded_to_places(value, places),
        Layout::Exponent(places) => Decimal::exact(value).rounded(places + 1),
        Layout::General(count) => Decimal::exact(value).rounded(count.max(1)),
        Layout::Repr => Decimal::shortest(value),
    };
    let (exponent, own) = (decimal.exponent(), decimal.digits().len());
    // How many digits there are in all, and the exponent from which on one is written.
    let (wanted, limit) = match style.layout {
        Layout::Fixed(places) => return with_point(&decimal, places, style),
        Layout::Exponent(places) => (places + 1, i32::MIN),
        // The zero that follows the point counts as a digit.
        Layout::General(count) => {
            (if style.alternate { count.max(1) } else { own }, count.max(1) as i32 - i32::from(style.point_zero))
        }
        Layout::Repr => (own, 16),
    };
    if exponent < -4 || exponent >= limit {
        with_exponent(&decimal, wanted, style.alternate)
    } else {
        with_point(&decimal, usize::try_from(wanted as i32 - exponent - 1).unwrap_or(0), style)
    }
}

/// `wanted` digits with a point after the first, and the exponent.
fn with_exponent(decimal: &Decimal, wanted: usize, alternate: bool) -> String {
    let digits = decimal.digits();
    let mut text = digits.get(..1).unwrap_or("0").to_owned();
    if wanted > 1 || alternate {
        text.push('.');
    }
    text.push_str(digits.get(1..).unwrap_or(""));
    text.extend(std::iter::repeat_n('0', wanted.saturating_sub(digits.len().max(1))));
    let exponent = decimal.exponent();
    let sign = if exponent < 0 { '-' } else { '+' };
    text.push_str(&format!("e{sign}{:02}", exponent.abs()));
    text
}

/// So many digits after the point.
fn with_point(decimal: &Decimal, places: usize, style: Style) -> String {
    let mut text = decimal.with_places(places);
    if places == 0 {
        text.push_str(match style {
            Style { point_zero: true, .. } => ".0",
            Style { alternate: true, .. } => ".",
            _ => "",
        });
    }
    text
}
