//! Programs run on both sides: each gives one line of JSON for every path it is given.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use super::json;
use crate::install;
use crate::program::{self, Outcome};

/// Seconds of virtual time after which a program that still runs is left.
const LIMIT: &str = "30";

/// How long a program may take. On a machine that is busy, it is CPython's start that takes long.
const PATIENCE: Duration = Duration::from_secs(90);

/// What came of a program on one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// As the command line's exit status: 0 ended, 1 raised, 2 refused, 3 can never continue, 4 cut off.
    pub status: u8,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    fn from_line(line: &str) -> Option<Self> {
        let mut members = json::members(line)?;
        let status = members.get("status")?.parse().ok()?;
        Some(Self { status, stdout: members.remove("stdout")?, stderr: members.remove("stderr")? })
    }
}

/// One for every program, in order; `None` for a program that the side does not survive.
pub type Answers = Vec<Option<Answer>>;

/// CPython, started once for many programs: the start alone takes longer than hundreds of them.
pub struct CPython {
    running: Option<Running>,
}

impl CPython {
    pub fn new() -> Self {
        Self { running: None }
    }

    /// Has the programs run while the caller does something else; [`Self::answers`] collects what comes of them.
    pub fn ask(&mut self, paths: &[PathBuf]) -> Outcome {
        let running = match &mut self.running {
            Some(running) => running,
            None => self.running.insert(Running::start(&mut Self::command(), Stdio::piped())?),
        };
        let lines: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
        let input = running.child.stdin.as_mut().expect("standard input is piped");
        // Where the process is gone there will be no answer, which is noticed then.
        let _ = input.write_all(lines.as_bytes()).and_then(|()| input.flush());
        Ok(())
    }

    /// What came of the programs that were asked for last.
    pub fn answers(&mut self, paths: &[PathBuf]) -> Outcome<Answers> {
        let mut answers = Vec::new();
        while answers.len() < paths.len() {
            let answer = self.running.as_mut().and_then(Running::answer);
            let is_gone = answer.is_none();
            answers.push(answer);
            if is_gone {
                if answers.iter().all(Option::is_none) && answers.len() > 3 {
                    return Err("CPython does not answer: does `node` 20 or newer start?".to_owned());
                }
                self.running = None;
                self.ask(&paths[answers.len()..])?;
            }
        }
        Ok(answers)
    }

    fn command() -> Command {
        let server = program::root().join("xtask/src/conformance/oracle/serve.mjs");
        let mut node = program::command("node");
        node.arg(server).arg(install::pyodide_folder()).arg(LIMIT);
        node
    }
}

/// What Signalbox makes of the programs.
pub fn signalbox(binary: &Path, paths: &[PathBuf]) -> Outcome<Answers> {
    let mut answers = Vec::new();
    while answers.len() < paths.len() {
        let mut command = Command::new(binary);
        command.args(["run", "--json", "--until", LIMIT]).args(&paths[answers.len()..]);
        let mut running = Running::start(&mut command, Stdio::null())?;
        loop {
            let answer = if answers.len() < paths.len() { running.answer() } else { break };
            let is_gone = answer.is_none();
            answers.push(answer);
            if is_gone {
                break;
            }
        }
    }
    Ok(answers)
}

/// A process whose lines are waited for, but not forever.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(command: &mut Command, input: Stdio) -> Outcome<Self> {
        let words = program::words(command);
        let child = command.stdin(input).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let name = words.split(' ').next().unwrap_or_default();
        let mut child = child.map_err(|error| format!("`{name}` did not start: {error}"))?;
        let output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let (sender, lines) = channel();
        thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Ok(Self { child, lines })
    }

    fn answer(&mut self) -> Option<Answer> {
        Answer::from_line(&self.lines.recv_timeout(PATIENCE).ok()?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
