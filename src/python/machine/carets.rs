//! The source lines of a traceback, with what went wrong marked below them. See `StackSummary.format_frame_summary` in
//! CPython's `traceback`.

use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::parse_module;
use ruff_text_size::{Ranged, TextRange};

use crate::python::compile::Position;

/// A place in some lines: which of them, and the byte in it.
type Spot = (usize, usize);

/// The lines of the text from which a position comes, indented by four, with `^` and `~` below what is marked.
///
/// `is_lookup`: of a method call only the method is marked, which was not found.
pub(super) fn marked_source(text: &str, position: Position, is_lookup: bool) -> String {
    let lines: Vec<&str> = text.split('\n').collect();
    let first = position.line.saturating_sub(1) as usize;
    if first >= lines.len() {
        return String::new();
    }
    let start_of_first: usize = lines[..first].iter().map(|line| line.len() + 1).sum();
    let Some(mut begin) = (position.begin as usize).checked_sub(start_of_first) else {
        return indented(lines[first].trim());
    };
    let mut end = position.end as usize - start_of_first;
    let mut last = first;
    while last + 1 < lines.len() && end > lines[last].len() {
        end -= lines[last].len() + 1;
        last += 1;
    }
    let lines = dedented(&lines[first..=last]);
    let removed = text[start_of_first..].split('\n').next().map_or(0, |line| line.trim_end().len()) - lines[0].len();
    begin = begin.saturating_sub(removed).min(lines[0].len());
    let last = lines.len() - 1;
    end = end.saturating_sub(removed).min(lines[last].len());

    let mut marked = Marked { lines, begin, end };
    let mut parsed = parse_segment(&marked.segment());
    if is_lookup
        && let Some(Expr::Call(call)) = &parsed
        && let Expr::Attribute(method) = &*call.func
    {
        let (line, column) = marked.spot(method.end().to_usize());
        marked.lines.truncate(line + 1);
        marked.end = column;
        parsed = None;
    }
    let anchors = parsed.and_then(|expression| marked.anchors(&expression));
    marked.show(anchors)
}

/// Lines of source, and what of them is marked: from a byte of the first to a byte of the last.
struct Marked {
    lines: Vec<String>,
    begin: usize,
    end: usize,
}

impl Marked {
    fn segment(&self) -> String {
        let all = self.lines.join("\n");
        let end = all.len() - (self.lines[self.lines.len() - 1].len() - self.end);
        all.get(self.begin..end).unwrap_or_default().to_owned()
    }

    /// Where a byte of the segment, as [`parse_segment`] counts them, stands.
    fn spot(&self, offset: usize) -> Spot {
        let mut column = offset - OPENING.len() + self.begin;
        let mut line = 0;
        while line + 1 < self.lines.len() && column > self.lines[line].len() {
            column -= self.lines[line].len() + 1;
            line += 1;
        }
        (line, column)
    }

    /// Goes on to the first character that is wanted, past comments and the ends of lines.
    fn seek(&self, (mut line, mut column): Spot, wanted: fn(char) -> bool) -> Option<Spot> {
        loop {
            match self.lines.get(line)?.get(column..)?.chars().next() {
                Some(other) if !matches!(other, '\\' | '#') => {
                    if wanted(other) {
                        return Some((line, column));
                    }
                    column += other.len_utf8();
                }
                _ => (line, column) = (line + 1, 0),
            }
        }
    }

    /// What is to be told apart within what is marked: an operator, or brackets.
    fn anchors(&self, expression: &Expr) -> Option<(Spot, Spot)> {
        let after = |range: TextRange| self.spot(range.end().to_usize());
        match expression {
            Expr::BinOp(it) => {
                let begin = self.seek(after(it.left.range()), |other| !other.is_whitespace() && other != ')')?;
                let right = self.spot(it.right.start().to_usize());
                let (line, column) = begin;
                let next = self.lines[line][column + 1..].chars().next();
                let is_double = (line, column + 1) < right
                    && next.is_some_and(|next| !next.is_whitespace() && !matches!(next, '\\' | '#'));
                Some((begin, (line, column + 1 + usize::from(is_double))))
            }
            Expr::Subscript(it) => Some((self.seek(after(it.value.range()), |other| other == '[')?, after(it.range()))),
            Expr::Call(it) => Some((self.seek(after(it.func.range()), |other| other == '(')?, after(it.range()))),
            _ => None,
        }
    }

    /// Whether the marks tell more than the lines alone.
    fn deserves_marks(&self, has_anchors: bool) -> bool {
        let last = &self.lines[self.lines.len() - 1];
        if let Ok(parsed) = parse_module(&self.lines.join("\n")) {
            let value = match parsed.syntax().body.first() {
                None => return false,
                Some(Stmt::Return(it)) => match it.value.as_deref() {
                    Some(value @ Expr::Call(call)) if call.func.is_name_expr() => Some(value),
                    _ => None,
                },
                Some(Stmt::Assign(it)) if matches!(it.targets.as_slice(), [Expr::Name(_)]) => {
                    Some(&*it.value).filter(|value| value.is_call_expr())
                }
                _ => None,
            };
            let whole: usize = self.lines.iter().map(|line| line.len() + 1).sum();
            let end = whole - 1 - (last.len() - self.end);
            let is_all = |it: &Expr| (it.start().to_usize(), it.end().to_usize()) == (self.begin, end);
            if value.is_some_and(is_all) {
                return false;
            }
        }
        has_anchors || !self.lines[0][..self.begin].trim().is_empty() || !last[self.end..].trim().is_empty()
    }

    /// The first and the last line and those around the anchors.
    fn show(&self, anchors: Option<(Spot, Spot)>) -> String {
        let has_marks = self.deserves_marks(anchors.is_some());
        let last = self.lines.len() - 1;
        let is_shown = |line: usize| {
            let is_near = |(anchor, _): Spot| line.abs_diff(anchor) <= 1;
            line == 0 || line == last || anchors.is_some_and(|(begin, end)| is_near(begin) || is_near(end))
        };
        let mut out: Vec<String> = Vec::new();
        let mut line = 0;
        while line <= last {
            let hidden = (line..=last).take_while(|line| !is_shown(*line)).count();
            if hidden > 1 {
                out.push(format!("...<{hidden} lines>..."));
                line += hidden;
            }
            out.push(self.lines[line].clone());
            if has_marks {
                out.push(self.marks(line, anchors));
            }
            line += 1;
        }
        let lines: Vec<&str> = out.iter().map(String::as_str).collect();
        dedented(&lines).iter().map(|line| indented(line)).collect()
    }

    /// The marks below a line.
    fn marks(&self, line: usize, anchors: Option<(Spot, Spot)>) -> String {
        let text = &self.lines[line];
        let end = if line + 1 == self.lines.len() { self.end } else { text.len() };
        let mut marks = String::new();
        let mut is_blank = true;
        for (column, character) in text[..end].char_indices() {
            is_blank &= character.is_whitespace();
            let mark = if is_blank || line == 0 && column < self.begin {
                " "
            } else {
                match anchors {
                    Some((begin, end)) if (line, column) < begin || (line, column) >= end => "~",
                    _ => "^",
                }
            };
            marks.push_str(mark);
            if is_wide(character) {
                marks.push_str(mark);
            }
        }
        marks
    }
}

/// What [`parse_segment`] puts before a segment.
const OPENING: &str = "(\n";

fn parse_segment(segment: &str) -> Option<Expr> {
    let parsed = parse_module(&[OPENING, segment, "\n)"].concat()).ok()?;
    match parsed.into_syntax().body.pop()? {
        Stmt::Expr(it) => Some(*it.value),
        _ => None,
    }
}

fn indented(line: &str) -> String {
    ["    ", line, "\n"].concat()
}

/// The lines without what all begin with and without white space at the end. See `textwrap.dedent`.
fn dedented(lines: &[&str]) -> Vec<String> {
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let indent = &line[..line.len() - line.trim_start().len()];
        let known = margin.unwrap_or(indent);
        let same = known.bytes().zip(indent.bytes()).take_while(|(a, b)| a == b).count();
        margin = Some(&indent[..same]);
    }
    let margin = margin.map_or(0, str::len);
    lines.iter().map(|line| line.trim_end().get(margin..).unwrap_or_default().to_owned()).collect()
}

/// Whether a character takes the room of two in a terminal.
fn is_wide(character: char) -> bool {
    const WIDE: [(u32, u32); 9] = [
        (0x1100, 0x115f),
        (0x2e80, 0x303e),
        (0x3041, 0xa4cf),
        (0xac00, 0xd7a3),
        (0xf900, 0xfaff),
        (0xfe30, 0xfe6f),
        (0xff00, 0xff60),
        (0x1f300, 0x1faff),
        (0x20000, 0x3fffd),
    ];
    let code = u32::from(character);
    code >= WIDE[0].0 && WIDE.iter().any(|(first, last)| (*first..=*last).contains(&code))
}
