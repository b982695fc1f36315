//! `datetime.strptime`: reading a moment as a format says.

use super::calendar::MONTHS;
use crate::python::machine::Machine;
use crate::python::values::{Arguments, ExceptionKind, Raised, Value, raise, repr};

/// Year, month, day, hour, minute, second and microsecond of a text.
///
/// # Errors
/// `ValueError` if the text does not match the format.
pub fn read(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<[i64; 7], Raised> {
    let [text, format] = arguments.bind("strptime", ["date_string", "format"], 2)?;
    let (given, wanted) = (machine.str(text)?, machine.str(format)?);
    let mut parts = [1900, 1, 1, 0, 0, 0, 0];
    let (mut rest, mut is_afternoon) = (&*given, None);
    let mut codes = wanted.chars();
    let mut matches = true;
    while let (true, Some(code)) = (matches, codes.next()) {
        if code.is_whitespace() {
            rest = rest.trim_start();
            continue;
        }
        if code != '%' {
            matches = rest.starts_with(code);
            rest = rest.strip_prefix(code).unwrap_or(rest);
            continue;
        }
        let (position, digits) = match codes.next() {
            Some('Y') => (0, 4),
            Some('m') => (1, 2),
            Some('d') => (2, 2),
            Some('H' | 'I') => (3, 2),
            Some('M') => (4, 2),
            Some('S') => (5, 2),
            Some('f') => (6, 6),
            Some(code @ ('b' | 'B')) => {
                let named = MONTHS.iter().position(|month| {
                    let name = if code == 'b' { &month[..3] } else { month };
                    rest.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
                });
                matches = named.is_some();
                if let Some(month) = named {
                    parts[1] = month as i64 + 1;
                    rest = &rest[if code == 'b' { 3 } else { MONTHS[month].len() }..];
                }
                continue;
            }
            Some('p') => {
                is_afternoon = rest.get(..2).map(|half| half.eq_ignore_ascii_case("pm"));
                matches = is_afternoon.is_some();
                rest = rest.get(2..).unwrap_or("");
                continue;
            }
            other => {
                let code = other.map(String::from).unwrap_or_default();
                return raise(ExceptionKind::ValueError, format!("Signalbox does not read %{code} in times"));
            }
        };
        let end = rest.bytes().take(digits).take_while(u8::is_ascii_digit).count();
        matches = if position == 0 { end == 4 } else { end > 0 };
        let mut number: i64 = rest[..end].parse().unwrap_or(0);
        if position == 6 {
            number *= 10_i64.pow(6 - end as u32);
        }
        parts[position] = number;
        rest = &rest[end..];
    }
    if let Some(is_afternoon) = is_afternoon {
        parts[3] = parts[3] % 12 + if is_afternoon { 12 } else { 0 };
    }
    let limits = [(1, 9999), (1, 12), (1, 31), (0, 23), (0, 59), (0, 61), (0, 999_999)];
    matches &= parts.iter().zip(limits).all(|(part, (least, most))| (least..=most).contains(part));
    let (given, wanted) = (repr(&Value::text(&*given)), repr(&Value::text(&*wanted)));
    match (matches, rest) {
        (true, "") => Ok(parts),
        (true, rest) => raise(ExceptionKind::ValueError, format!("unconverted data remains: {rest}")),
        (false, _) => raise(ExceptionKind::ValueError, format!("time data {given} does not match format {wanted}")),
    }
}
