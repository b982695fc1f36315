//! The format mini-language: fill, alignment, sign, width, grouping, precision and type.

use super::FormatError;

/// A longer result is refused with `MemoryError`, as CPython does for what the machine cannot hold: the page must
/// outlive `f"{x:9999999999}"`.
const LONGEST: usize = 1 << 24;

/// A format specification that has been read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec {
    pub fill: char,
    /// `<`, `>`, `=` or `^`.
    pub align: char,
    /// `+`, `-` or a space.
    pub sign: Option<char>,
    /// `z`: no minus sign before a number that is rounded to zero.
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    pub width: usize,
    /// What stands between groups of digits: `,` or `_`.
    pub separator: Option<char>,
    pub precision: Option<usize>,
    /// What stands between groups of digits after the point.
    pub fraction_separator: Option<char>,
    /// The presentation type, if there is one.
    pub presentation: Option<char>,
}

/// The types of value that can be formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    Int,
    Float,
    Str,
}

impl Type {
    fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Float => "float",
            Self::Str => "str",
        }
    }
}

impl Spec {
    /// Reads a specification for a value of this type.
    pub fn parse(text: &str, of: Type) -> Result<Self, FormatError> {
        let mut rest = Rest(text);
        let numeric = of != Type::Str;
        let mut spec = Self {
            fill: ' ',
            align: if numeric { '>' } else { '<' },
            sign: None,
            no_negative_zero: false,
            alternate: false,
            width: 0,
            separator: None,
            precision: None,
            fraction_separator: None,
            presentation: None,
        };
        let (fill, align) = rest.take_alignment();
        spec.align = align.unwrap_or(spec.align);
        spec.sign = rest.take_any("+- ");
        spec.no_negative_zero = rest.take('z');
        spec.alternate = rest.take('#');
        match fill {
            Some(fill) => spec.fill = fill,
            None if rest.take('0') => {
                spec.fill = '0';
                if numeric && align.is_none() {
                    spec.align = '=';
                }
            }
            None => {}
        }
        spec.width = rest.take_number()?.unwrap_or(0);
        spec.separator = rest.take_separator()?;
        if rest.take('.') {
            spec.precision = rest.take_number()?;
            spec.fraction_separator = rest.take_separator()?;
            if spec.precision.is_none() && spec.fraction_separator.is_none() {
                return Err(FormatError::value("Format specifier missing precision"));
            }
        }
        spec.presentation = rest.take_any_character();
        if !rest.0.is_empty() {
            let of = of.name();
            return Err(FormatError::value(format!("Invalid format specifier '{text}' for object of type '{of}'")));
        }
        spec.check_separators(of)?;
        if spec.width > LONGEST || spec.precision.is_some_and(|precision| numeric && precision > LONGEST) {
            return Err(FormatError { exception: "MemoryError", message: String::new() });
        }
        Ok(spec)
    }

    /// Commas go with decimal digits alone, underscores with those of the other bases too.
    fn check_separators(&self, of: Type) -> Result<(), FormatError> {
        let default = if of == Type::Str { 's' } else { 'd' };
        let presentation = self.presentation.unwrap_or(default);
        let allowed = if self.separator == Some('_') { "deEfFgG%boxX" } else { "deEfFgG%" };
        let refused = self
            .separator
            .filter(|_| !allowed.contains(presentation))
            .or(self.fraction_separator.filter(|_| presentation == 'n'));
        match refused {
            None => Ok(()),
            Some(separator) => {
                let presentation = shown(presentation);
                Err(FormatError::value(format!("Cannot specify '{separator}' with '{presentation}'.")))
            }
        }
    }

    /// The error for a presentation type that values of this type do not have.
    pub fn unknown_presentation(&self, of: Type) -> FormatError {
        let presentation = shown(self.presentation.unwrap_or_default());
        FormatError::value(format!("Unknown format code '{presentation}' for object of type '{}'", of.name()))
    }

    /// Adds fill characters to what takes `length` characters, before, after or around it.
    pub fn pad(&self, length: usize, out: &mut String, write: impl FnOnce(&mut String)) {
        let padding = self.width.saturating_sub(length);
        let before = match self.align {
            '<' => 0,
            '^' => padding / 2,
            _ => padding,
        };
        out.extend(std::iter::repeat_n(self.fill, before));
        write(out);
        out.extend(std::iter::repeat_n(self.fill, padding - before));
    }
}

/// A presentation type as error messages show it.
fn shown(presentation: char) -> String {
    if presentation > ' ' && presentation < '\u{80}' {
        presentation.to_string()
    } else {
        format!("\\x{:x}", presentation as u32)
    }
}

/// What is still to be read.
struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn take_any_character(&mut self) -> Option<char> {
        let mut characters = self.0.chars();
        let first = characters.next()?;
        self.0 = characters.as_str();
        Some(first)
    }

    fn take_any(&mut self, wanted: &str) -> Option<char> {
        let first = self.0.chars().next().filter(|first| wanted.contains(*first))?;
        self.0 = &self.0[first.len_utf8()..];
        Some(first)
    }

    fn take(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// The fill character, which only counts before an alignment, and the alignment.
    fn take_alignment(&mut self) -> (Option<char>, Option<char>) {
        let mut characters = self.0.chars();
        let (first, second) = (characters.next(), characters.next());
        if let Some(align) = second.filter(|second| "<>=^".contains(*second)) {
            self.0 = characters.as_str();
            return (first, Some(align));
        }
        (None, self.take_any("<>=^"))
    }

    fn take_number(&mut self) -> Result<Option<usize>, FormatError> {
        let end = self.0.find(|character: char| !character.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        self.0 = rest;
        if digits.is_empty() {
            return Ok(None);
        }
        match digits.parse::<i64>() {
            Ok(number) => Ok(Some(usize::try_from(number).unwrap_or(usize::MAX))),
            Err(_) => Err(FormatError::value("Too many decimal digits in format string")),
        }
    }

    fn take_separator(&mut self) -> Result<Option<char>, FormatError> {
        let separator = self.take_any(",_");
        let other = match separator {
            Some(',') => '_',
            Some('_') => ',',
            _ => return Ok(None),
        };
        if self.0.starts_with(other) {
            return Err(FormatError::value("Cannot specify both ',' and '_'."));
        }
        Ok(separator)
    }
}
