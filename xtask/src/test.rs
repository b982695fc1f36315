//! Everything that has to hold, the quick checks first, up to the first stage that fails.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::conformance;
use crate::program::{self, Outcome, say};
use crate::site;

/// Tests that ran.
#[derive(Default)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
}

/// Runs all stages and counts the tests.
pub fn run(count: &mut Count) -> Outcome {
    let deny = ["--", "--deny", "warnings"];
    let wasm = ["--package", "signalbox", "--target", "wasm32-unknown-unknown", "--lib", "--bins", "--tests"];
    let native = ["test", "--no-fail-fast", "--package", "signalbox", "--package", "xtask"];
    let page = ["test", "--no-fail-fast", "--package", "page-tests"];

    stage("formatting", || program::run(&mut cargo(&["fmt", "--all", "--check"])))?;
    stage("lints, native", || program::run(cargo(&["clippy", "--quiet", "--workspace", "--all-targets"]).args(deny)))?;
    stage("lints, wasm", || program::run(cargo(&["clippy", "--quiet"]).args(wasm).args(deny)))?;
    stage("tests, native", || counted(&mut cargo(&native), count))?;
    stage("random programs, on CPython and here", || {
        let report = conformance::run(&conformance::Options::default())?;
        count.passed += report.agreed;
        count.failed += report.differed;
        report.verdict()
    })?;
    stage("CPython's own tests", || {
        let report = conformance::cpython::run(None)?;
        count.passed += report.agreed;
        count.failed += report.differed;
        report.verdict()
    })?;
    stage("tests, wasm in the browser", || {
        // Said by name, or the driver of another browser would be taken where there is one.
        let chromedriver = program::find(&["chromedriver"]).unwrap_or_default();
        counted(cargo(&["test", "--no-fail-fast"]).args(wasm).env("CHROMEDRIVER", chromedriver), count)
    })?;
    stage("release site", || {
        site::build(&[])?;
        site::report()
    })?;
    stage("tests of the release site", || counted(&mut cargo(&page), count))
}

/// Runs one stage and says its name before and its time after.
fn stage(name: &str, body: impl FnOnce() -> Outcome) -> Outcome {
    say(name);
    let start = Instant::now();
    let outcome = body();
    let verdict = if outcome.is_ok() { "held" } else { "FAILED" };
    say(&format!("{name}: {verdict} after {:.0} s", start.elapsed().as_secs_f64()));
    outcome
}

fn cargo(arguments: &[&str]) -> Command {
    let mut cargo = program::cargo();
    cargo.args(arguments);
    cargo
}

/// Runs tests and adds up what their runners count, while their output passes through.
fn counted(command: &mut Command, count: &mut Count) -> Outcome {
    let words = program::words(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("`{words}` did not start: {error}"))?;
    let output = child.stdout.take().expect("standard output is piped");
    for line in BufReader::new(output).split(b'\n') {
        let line = line.map_err(|error| format!("cannot read what `{words}` prints: {error}"))?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        if let Some((_, result)) = line.split_once("test result: ") {
            count.passed += number_before(result, " passed");
            count.failed += number_before(result, " failed");
        }
    }
    let status = child.wait().map_err(|error| format!("`{words}` was lost: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{words}` failed ({status})")) }
}

/// The number right before `unit` in a line such as `ok. 3 passed; 0 failed`.
fn number_before(line: &str, unit: &str) -> usize {
    let number = line.split_once(unit).and_then(|(before, _)| before.split_whitespace().next_back());
    number.and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_off_the_closing_lines_of_test_runners() {
        for line in ["ok. 12 passed; 3 failed; 0 ignored; finished in 0.01s", "FAILED. 12 passed; 3 failed; 0 ignored"]
        {
            assert_eq!((number_before(line, " passed"), number_before(line, " failed")), (12, 3));
        }
        assert_eq!(number_before("something else", " passed"), 0);
    }
}
