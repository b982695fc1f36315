//! Tracebacks, as CPython prints them. See `traceback.TracebackException`.

use std::rc::Rc;

use super::Machine;
use super::carets::marked_source;
use super::suggest::suggest_attribute;
use crate::python::compile::{Executable, Position};
use crate::python::values::{ExceptionKind, Raised, Value, str};

/// Members of a group that are printed; of the others, the number is.
const MOST_MEMBERS: usize = 15;
/// Groups within groups that are printed.
const DEEPEST_GROUP: usize = 10;

/// Exceptions that are printed with one, in chains and groups.
const MOST_REPORTED: usize = 1000;

/// How often the same call is printed in a row; of the others, the number is.
const MOST_REPEATED: usize = 3;

const BECAUSE_OF: &str = "\nThe above exception was the direct cause of the following exception:\n\n";
const WHILE_HANDLING: &str = "\nDuring handling of the above exception, another exception occurred:\n\n";

impl Machine {
    /// The exception as CPython prints it when nobody catches it.
    pub fn traceback(&mut self, exception: &Raised) -> String {
        let reports = survey(exception);
        for report in &reports {
            let value = Value::Exception(report.exception.clone());
            if value.user_class().is_some() {
                let text = self.str(&value).unwrap_or_else(|_| "<exception str() failed>".to_owned());
                report.exception.text.replace(Some(text));
            }
        }
        let mut printer =
            Printer { program: &self.executable, reports, out: String::new(), depth: 0, must_close: false };
        printer.chain(0);
        printer.out
    }
}

/// An exception to be printed.
struct Report {
    exception: Raised,
    /// What is printed before it, and how the two belong together.
    earlier: Option<(&'static str, usize)>,
    /// Those in a group.
    members: Vec<usize>,
}

/// The exception, at position 0, and all that is printed with it. What was met once is no cause or context again.
fn survey(exception: &Raised) -> Vec<Report> {
    fn add(reports: &mut Vec<Report>, exception: &Raised) -> usize {
        reports.push(Report { exception: exception.clone(), earlier: None, members: Vec::new() });
        reports.len() - 1
    }
    let mut reports = Vec::new();
    let mut open = vec![add(&mut reports, exception)];
    while let Some(position) = open.pop() {
        if reports.len() >= MOST_REPORTED {
            break;
        }
        let exception = reports[position].exception.clone();
        let is_new = |other: &Raised| reports.iter().all(|known| !Rc::ptr_eq(&known.exception, other));
        let cause = exception.cause.borrow().clone().filter(is_new);
        let context = exception.context.borrow().clone().filter(is_new);
        let earlier = match (cause, context) {
            (Some(cause), _) => Some((BECAUSE_OF, cause)),
            (None, Some(context)) if !exception.suppress_context.get() => Some((WHILE_HANDLING, context)),
            _ => None,
        };
        if let Some((relation, earlier)) = earlier {
            let earlier = add(&mut reports, &earlier);
            reports[position].earlier = Some((relation, earlier));
            open.push(earlier);
        }
        for member in exception.exceptions.iter().take(MOST_MEMBERS) {
            let member = add(&mut reports, member);
            reports[position].members.push(member);
            open.push(member);
        }
    }
    reports
}

struct Printer<'a> {
    program: &'a Executable,
    reports: Vec<Report>,
    out: String,
    /// How many groups are open.
    depth: usize,
    /// The line below the last member of a group has yet to be drawn; the innermost group draws it for all.
    must_close: bool,
}

impl Printer<'_> {
    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.out.push_str("  ");
        }
    }

    /// Writes lines, behind a margin when within a group.
    fn put(&mut self, text: &str, margin: &str) {
        for line in text.split_inclusive('\n') {
            if self.depth > 0 {
                self.indent();
                self.out.push_str(margin);
            }
            self.out.push_str(line);
        }
    }

    fn lines(&mut self, text: &str) {
        self.put(text, "| ");
    }

    /// An exception, after those that led to it.
    fn chain(&mut self, last: usize) {
        let mut chain = vec![last];
        while let Some((_, earlier)) = self.reports[chain[chain.len() - 1]].earlier {
            chain.push(earlier);
        }
        while let Some(position) = chain.pop() {
            if self.reports[position].exception.kind.is_group() {
                self.group(position);
            } else {
                self.stack(position, "Traceback (most recent call last):\n", "| ");
            }
            if let Some((relation, _)) = chain.last().and_then(|next| self.reports[*next].earlier) {
                self.lines(relation);
            }
        }
    }

    /// Where an exception came through, itself, and its notes.
    fn stack(&mut self, position: usize, title: &str, margin: &str) {
        let exception = self.reports[position].exception.clone();
        let traceback = exception.traceback.borrow();
        if !traceback.is_empty() {
            self.put(title, margin);
        }
        let mut repeated = 0;
        for (number, (function, position)) in traceback.iter().enumerate().rev() {
            // A function that calls itself is shown a few times only.
            let is_same = |(other, place): &(Rc<str>, Position)| other == function && place.line == position.line;
            repeated = if traceback.get(number + 1).is_some_and(is_same) { repeated + 1 } else { 0 };
            if repeated < MOST_REPEATED {
                let is_lookup = number == 0 && exception.kind.is_a(ExceptionKind::AttributeError);
                let source = marked_source(&self.program.text, *position, is_lookup);
                let line = position.line;
                self.lines(&format!("  File \"{}\", line {line}, in {function}\n{source}", self.program.file));
            } else if number == 0 || !is_same(&traceback[number - 1]) {
                let more = repeated + 1 - MOST_REPEATED;
                let plural = if more > 1 { "s" } else { "" };
                self.lines(&format!("  [Previous line repeated {more} more time{plural}]\n"));
            }
        }
        let suggestion = match exception.kind.is_a(ExceptionKind::AttributeError) {
            true => suggest_attribute(&exception, self.is_about_self(traceback.first())),
            false => exception.suggestion.borrow().clone(),
        };
        self.lines(&(exception.last_line() + &suggestion.unwrap_or_default() + "\n"));
        for note in exception.notes().unwrap_or_default() {
            self.lines(&(str(&note) + "\n"));
        }
    }

    /// Whether an expression begins with `self.`.
    fn is_about_self(&self, place: Option<&(Rc<str>, Position)>) -> bool {
        let rest = place.and_then(|(_, position)| self.program.text.get(position.begin as usize..));
        rest.is_some_and(|rest| rest.starts_with("self."))
    }

    fn group(&mut self, position: usize) {
        if self.depth > DEEPEST_GROUP {
            return self.lines(&format!("... (max_group_depth is {DEEPEST_GROUP})\n"));
        }
        let is_outermost = self.depth == 0;
        if is_outermost {
            self.depth = 1;
        }
        let margin = if is_outermost { "+ " } else { "| " };
        self.stack(position, "Exception Group Traceback (most recent call last):\n", margin);
        let members = std::mem::take(&mut self.reports[position].members);
        let left_out = self.reports[position].exception.exceptions.len() - members.len();
        let parts = members.len() + usize::from(left_out > 0);
        self.must_close = false;
        for part in 0..parts {
            let is_last = part + 1 == parts;
            self.must_close |= is_last;
            let title = if part < members.len() { (part + 1).to_string() } else { "...".to_owned() };
            self.indent();
            self.out.push_str(if part == 0 { "+-" } else { "  " });
            self.out.push_str(&format!("+---------------- {title} ----------------\n"));
            self.depth += 1;
            match members.get(part) {
                Some(member) => self.chain(*member),
                None => {
                    let plural = if left_out > 1 { "s" } else { "" };
                    self.lines(&format!("and {left_out} more exception{plural}\n"));
                }
            }
            if is_last && self.must_close {
                self.indent();
                self.out.push_str("+------------------------------------\n");
                self.must_close = false;
            }
            self.depth -= 1;
        }
        if is_outermost {
            self.depth = 0;
        }
    }
}
