//! CPython's own tests for asyncio, on Signalbox. The installed Python has them, and takes them apart itself.
//!
//! Every test becomes a program: the stand-ins for `unittest` and `re`, what the test needs of its module, a call. Tests
//! that touch what is private to CPython's classes are left out, and so are those that CPython 3.14 fails itself, because
//! the installed tests are of another version. No test is copied into the repository.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use super::process::{self, Answer, CPython};
use super::{Report, build_signalbox, json, results, signalbox};
use crate::file::write;
use crate::install;
use crate::program::{self, Outcome, say};

/// The test modules. An older Python that has not all of them goes without.
const MODULES: [&str; 5] = ["test_locks", "test_queues", "test_timeouts", "test_taskgroups", "test_waitfor"];

/// Tests of what Signalbox does differently on purpose, and why.
const DIFFERENT: [(&str, &str); 1] = [(
    "test_locks.LockTests.test_lock_by_with_statement",
    "Signalbox runs `with await lock`, as Python before 3.9 did, and notes that it is an older form",
)];

/// A test as a program.
struct Test {
    /// Such as `test_locks.LockTests.test_repr`.
    name: String,
    program: String,
    /// Why it cannot be run; empty if it can.
    obstacle: String,
}

/// What came of a test.
enum Verdict {
    Passed,
    Failed(String),
    LeftOut(String),
}

/// Runs the tests of a folder, or else of the installed Python, and says what came of them. Where there are none it says
/// so.
pub fn run(folder: Option<&str>) -> Outcome<Report> {
    let start = Instant::now();
    let Some(tests) = separate(folder)? else { return Ok(Report::default()) };
    build_signalbox()?;
    let paths = write_programs(&tests)?;
    let verdicts = judge(&tests, &paths)?;
    let mut report = Report::default();
    let mut left_out = 0;
    for ((test, path), verdict) in tests.iter().zip(&paths).zip(verdicts) {
        match verdict {
            Verdict::Passed => report.agreed += 1,
            Verdict::LeftOut(reason) => {
                left_out += 1;
                println!("{} is left out: {reason}", test.name);
            }
            Verdict::Failed(failure) => {
                report.differed += 1;
                println!("{} FAILED: {failure}\n  {}", test.name, path.display());
            }
        }
    }
    let (passed, failed, seconds) = (report.agreed, report.differed, start.elapsed().as_secs_f64());
    say(&format!("CPython's own tests: {passed} passed, {failed} failed, {left_out} left out, after {seconds:.0} s"));
    Ok(report)
}

/// Has Python take the test modules apart. `None` if there is no Python, or if it came without its tests.
fn separate(folder: Option<&str>) -> Outcome<Option<Vec<Test>>> {
    let here = program::root().join("xtask/src/conformance/cpython");
    let stand_ins = ["patterns.py", "test_case.py"].map(|name| here.join(name).display().to_string()).join(",");
    let Some(python) = program::find(&["python3", "python"]) else {
        say("CPython's own tests are skipped: there is no Python on PATH");
        return Ok(None);
    };
    // The command runs in the workspace's folder, which need not be where the folder was named.
    let given = folder.and_then(|folder| std::path::absolute(folder).ok()).unwrap_or_default();
    let mut command = program::command(&python.display().to_string());
    command.arg("-B").arg(here.join("separate.py")).arg(stand_ins).arg(given).args(MODULES);
    let lines = program::output(&mut command).unwrap_or_default();
    if let (true, Some(folder)) = (lines.is_empty(), folder) {
        return Err(format!("{folder} has no tests that Python can read: {} are looked for", MODULES.join(", ")));
    }
    if lines.is_empty() {
        say(
            "CPython's own tests are skipped: the Python on PATH is older than 3.9, or came without its package `test`",
        );
        return Ok(None);
    }
    let test = |line: &str| {
        let mut members = json::members(line)?;
        let mut member = |name| members.remove(name);
        Some(Test { name: member("name")?, program: member("program")?, obstacle: member("obstacle")? })
    };
    let tests: Option<Vec<Test>> = lines.lines().map(test).collect();
    tests.map(Some).ok_or_else(|| "separate.py gave a line that is no JSON".to_owned())
}

/// Leaves the programs in files.
fn write_programs(tests: &[Test]) -> Outcome<Vec<PathBuf>> {
    let folder = results().join("cpython");
    // Those of an earlier run may be of another Python.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let program = |test: &Test| {
        let path = folder.join(format!("{}.py", test.name));
        write(&path, &test.program).map(|()| path)
    };
    tests.iter().map(program).collect()
}

/// Runs what can be run, and what fails on CPython, too.
fn judge(tests: &[Test], paths: &[PathBuf]) -> Outcome<Vec<Verdict>> {
    let can_run = |number: &usize| tests[*number].obstacle.is_empty();
    let run: Vec<usize> = (0..tests.len()).filter(can_run).collect();
    let mut verdicts: Vec<Verdict> = tests.iter().map(|test| Verdict::LeftOut(test.obstacle.clone())).collect();
    let run_paths: Vec<PathBuf> = run.iter().map(|number| paths[*number].clone()).collect();
    for (number, answer) in run.iter().zip(process::signalbox(&signalbox()?, &run_paths)?) {
        verdicts[*number] = verdict(answer.as_ref());
    }
    let is_failed = |number: &usize| matches!(verdicts[*number], Verdict::Failed(_));
    let failed: Vec<usize> = run.into_iter().filter(is_failed).collect();
    if failed.is_empty() {
        return Ok(verdicts);
    }
    install::conformance_tools()?;
    let failed_paths: Vec<PathBuf> = failed.iter().map(|number| paths[*number].clone()).collect();
    let mut cpython = CPython::new();
    cpython.ask(&failed_paths)?;
    for (number, answer) in failed.into_iter().zip(cpython.answers(&failed_paths)?) {
        let different = DIFFERENT.iter().find(|(name, _)| *name == tests[number].name);
        match (verdict(answer.as_ref()), different) {
            (Verdict::Failed(failure), _) if answer.is_some() => {
                verdicts[number] = Verdict::LeftOut(format!("CPython 3.14 fails it: {failure}"));
            }
            (_, Some((_, reason))) => verdicts[number] = Verdict::LeftOut((*reason).to_owned()),
            _ => {}
        }
    }
    Ok(verdicts)
}

/// What an answer says of a test.
fn verdict(answer: Option<&Answer>) -> Verdict {
    let Some(Answer { status, stdout, stderr }) = answer else {
        return Verdict::Failed("the process ended".to_owned());
    };
    // Below the last sentence there may be the frame of an exception group.
    let last_line = stderr.lines().rev().find(|line| line.contains(char::is_alphabetic)).unwrap_or_default();
    let last_line = last_line.trim_start_matches(['|', ' ']);
    match status {
        0 if stdout.is_empty() => Verdict::Passed,
        // A test that skips itself says so.
        0 => Verdict::LeftOut(stdout.trim_end().to_owned()),
        2 => Verdict::LeftOut(last_line.split_once(": ").map_or(last_line, |(_, sentence)| sentence).to_owned()),
        3 => Verdict::Failed("it waits forever".to_owned()),
        4 => Verdict::Failed("it does not end".to_owned()),
        _ => Verdict::Failed(last_line.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(status: u8, stdout: &str, stderr: &str) -> (&'static str, String) {
        let answer = Answer { status, stdout: stdout.to_owned(), stderr: stderr.to_owned() };
        match verdict(Some(&answer)) {
            Verdict::Passed => ("passed", String::new()),
            Verdict::Failed(failure) => ("failed", failure),
            Verdict::LeftOut(reason) => ("left out", reason),
        }
    }

    #[test]
    fn what_a_test_prints_tells_how_it_went() {
        assert_eq!(told(0, "", "Task exception was never retrieved\n").0, "passed");
        assert_eq!(told(0, "skipped: not here\n", ""), ("left out", "skipped: not here".to_owned()));
        let refusal = "a/test.py:9:1: Signalbox has no module x yet\n";
        assert_eq!(told(2, "", refusal), ("left out", "Signalbox has no module x yet".to_owned()));
        let group = "  | ExceptionGroup: all (1 sub-exception)\n    | AssertionError: 1 != 2\n    +-----\n";
        assert_eq!(told(1, "", group), ("failed", "AssertionError: 1 != 2".to_owned()));
        assert_eq!(told(3, "", "").1, "it waits forever");
    }
}
