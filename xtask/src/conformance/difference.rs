//! Whether both sides agree, and in what way they do not.

use std::fmt;

use super::process::Answer;

/// In what way Signalbox is not CPython.
#[derive(Clone, Debug)]
pub enum Difference {
    /// Signalbox does not run the program, for this reason.
    Refused(String),
    /// There is no answer from Signalbox, or none from CPython.
    Silent(&'static str),
    /// Another exit status: CPython's, then Signalbox's.
    Ending(u8, u8),
    /// The first line of the output that is another: its number, CPython's and Signalbox's.
    Output(usize, String, String),
    /// The exception that nothing caught: CPython's, then Signalbox's.
    Uncaught(String, String),
}

impl Difference {
    /// What sets the two answers apart, if anything does.
    pub fn between(cpython: Option<&Answer>, signalbox: Option<&Answer>) -> Option<Self> {
        let Some(theirs) = cpython else { return Some(Self::Silent("CPython")) };
        let Some(ours) = signalbox else { return Some(Self::Silent("Signalbox")) };
        if ours.status == 2 {
            return Some(Self::Refused(reason(&ours.stderr)));
        }
        if theirs.stdout != ours.stdout {
            let (mut left, mut right) = (theirs.stdout.lines(), ours.stdout.lines());
            for number in 1.. {
                let (left, right) = (left.next(), right.next());
                if left != right {
                    let shown = |line: Option<&str>| line.unwrap_or("(nothing more)").to_owned();
                    return Some(Self::Output(number, shown(left), shown(right)));
                }
                if left.is_none() {
                    break;
                }
            }
        }
        if theirs.status != ours.status {
            return Some(Self::Ending(theirs.status, ours.status));
        }
        let uncaught = last_line(&theirs.stderr);
        if theirs.status == 1 && !ours.stderr.lines().any(|line| without_address(line) == uncaught) {
            return Some(Self::Uncaught(uncaught.to_owned(), last_line(&ours.stderr).to_owned()));
        }
        None
    }

    /// Whether a smaller program that differs in the second way still shows the first.
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Refused(left), Self::Refused(right)) => left == right,
            (Self::Silent(left), Self::Silent(right)) => left == right,
            (Self::Ending(..), Self::Ending(..)) => true,
            (Self::Output(_, left, _), Self::Output(_, right, _)) => what(left) == what(right),
            (Self::Uncaught(left, _), Self::Uncaught(right, _)) => left.split(':').next() == right.split(':').next(),
            _ => false,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(sentence) => write!(f, "refused: {sentence}"),
            Self::Silent(side) => write!(f, "no answer from {side}"),
            Self::Ending(theirs, ours) => write!(f, "exit status {theirs}, Signalbox {ours}"),
            Self::Output(number, theirs, ours) => write!(f, "line {number} is {theirs:?}, Signalbox {ours:?}"),
            Self::Uncaught(theirs, ours) => write!(f, "uncaught {theirs:?}, Signalbox {ours:?}"),
        }
    }
}

/// What a line is about: programs print the time, the task, what happens, and details.
fn what(line: &str) -> String {
    let words: Vec<_> = line.split(' ').skip(2).take(2).collect();
    let words = words.join(" ");
    words.split('(').next().unwrap_or_default().chars().filter(|letter| letter.is_alphabetic()).collect()
}

/// The first sentence of a refusal, without the place that it names.
fn reason(stderr: &str) -> String {
    let line = stderr.lines().next().unwrap_or_default();
    line.splitn(4, ':').last().unwrap_or_default().trim().to_owned()
}

/// The line that names the exception, at the end of a traceback; of a group, the one of its last leaf. Signalbox may
/// go on after it: about tasks whose exceptions nobody has asked for.
fn last_line(stderr: &str) -> &str {
    stderr.lines().rev().map(without_address).find(|line| !line.is_empty()).unwrap_or_default()
}

/// The line without the frame that is drawn around groups, and without what follows the name of a task or future.
fn without_address(line: &str) -> &str {
    let line = line.trim_start_matches([' ', '|', '+', '-']);
    line.split(": <").next().unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u8, stdout: &str, stderr: &str) -> Answer {
        Answer { status, stdout: stdout.to_owned(), stderr: stderr.to_owned() }
    }

    fn between(theirs: &Answer, ours: &Answer) -> String {
        Difference::between(Some(theirs), Some(ours))
            .map_or_else(|| "none".to_owned(), |difference| difference.to_string())
    }

    #[test]
    fn the_first_line_that_is_another_is_named() {
        assert_eq!(between(&answer(0, "a\nb\n", ""), &answer(0, "a\nb\n", "a note\n")), "none");
        assert_eq!(between(&answer(0, "a\nb\n", ""), &answer(0, "a\nc\n", "")), r#"line 2 is "b", Signalbox "c""#);
        assert_eq!(
            between(&answer(3, "a\n", ""), &answer(0, "a\nb\n", "")),
            r#"line 2 is "(nothing more)", Signalbox "b""#
        );
        assert_eq!(between(&answer(3, "a\n", ""), &answer(4, "a\n", "")), "exit status 3, Signalbox 4");
    }

    #[test]
    fn tracebacks_are_compared_by_what_was_raised() {
        let theirs = "Traceback (most recent call last):\n  File \"runners.py\", line 5, in run\nValueError: 1\n";
        assert_eq!(between(&answer(1, "", theirs), &answer(1, "", "ValueError: 1\n")), "none");
        assert_eq!(
            between(&answer(1, "", theirs), &answer(1, "", "ValueError: 2\n")),
            r#"uncaught "ValueError: 1", Signalbox "ValueError: 2""#
        );
        let group = "  + Exception Group Traceback (most recent call last):\n  | ExceptionGroup: two (1 sub-exception)\n  \
                     +-+---------------- 1 ----------------\n    | KeyError: 3\n    +------------------------------------\n";
        assert_eq!(last_line(group), "KeyError: 3");
        assert_eq!(
            last_line("RuntimeError: Task cannot await on itself: <Task at 0x1>\n"),
            "RuntimeError: Task cannot await on itself"
        );
    }

    #[test]
    fn a_refusal_is_known_by_its_sentence() {
        let refused = answer(2, "", "target/1.py:3:5: classes are not supported\ntarget/1.py:9:5: another\n");
        assert_eq!(between(&answer(0, "", ""), &refused), "refused: classes are not supported");
    }
}
