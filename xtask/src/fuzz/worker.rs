//! A process that tries programs until one brings it down.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::program::Outcome;

/// How many programs a process tries before it is replaced: what they leave in memory is not held against the next.
const BATCH: u64 = 500;

/// After this long, a program hangs. What takes shorter, the worker itself complains about.
const PATIENCE: Duration = Duration::from_secs(60);

/// Kilobytes of memory that a process gets, with all that is no program's.
const MOST_MEMORY: u32 = 2_000_000;

/// A program that brought its worker down.
pub struct Failure {
    pub seed: u64,
    /// What it has in common with others: where the panic was, or what else happened.
    pub kind: String,
}

/// A process under way.
pub struct Worker {
    child: Child,
    /// Seeds, each before its program is tried.
    seeds: Receiver<u64>,
    complaints: Option<JoinHandle<String>>,
    /// The seed that was told last, or comes first.
    last: u64,
}

impl Worker {
    /// Starts trying the programs of a seed and those that follow, in steps of `stride`.
    pub fn start(binary: &Path, target: &str, corpus: &Path, first: u64, stride: u64) -> Outcome<Self> {
        let numbers = [first, stride, BATCH].map(|number| number.to_string());
        let mut command = limited(binary);
        command.arg(target).arg(corpus).args(numbers);
        Self::spawn(command, first)
    }

    /// Starts trying one program.
    pub fn of_file(binary: &Path, target: &str, file: &Path) -> Outcome<Self> {
        let mut command = limited(binary);
        command.arg(target).arg(file);
        Self::spawn(command, 0)
    }

    fn spawn(mut command: Command, first: u64) -> Outcome<Self> {
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = child.map_err(|error| format!("the worker did not start: {error}"))?;
        let output = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut errors = child.stderr.take().expect("standard error is piped");
        let (sender, seeds) = channel();
        thread::spawn(move || {
            let lines = output.lines().map_while(Result::ok);
            lines.filter_map(|line| line.parse().ok()).try_for_each(|seed: u64| sender.send(seed))
        });
        let complaints = thread::spawn(move || {
            let mut text = Vec::new();
            let _ = errors.read_to_end(&mut text);
            String::from_utf8_lossy(&text).into_owned()
        });
        Ok(Self { child, seeds, complaints: Some(complaints), last: first })
    }

    /// Waits until the process ends, until a program takes too long, or until `end`: how many programs survived, and the
    /// one that did not.
    pub fn watch(&mut self, end: Instant) -> (u64, Option<Failure>) {
        let mut begun = 0_u64;
        let mut limit = Instant::now() + PATIENCE;
        loop {
            match self.seeds.recv_timeout(limit.min(end).saturating_duration_since(Instant::now())) {
                Ok(seed) => {
                    self.last = seed;
                    begun += 1;
                    limit = Instant::now() + PATIENCE;
                }
                Err(RecvTimeoutError::Timeout) => {
                    let hangs = Instant::now() >= limit;
                    let failure = hangs.then(|| Failure { seed: self.last, kind: "it hangs".to_owned() });
                    return (begun.saturating_sub(1), failure);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let failure = self.failure(limit).map(|kind| Failure { seed: self.last, kind });
                    return (begun - u64::from(failure.is_some() && begun > 0), failure);
                }
            }
        }
    }

    /// What the process came to that tried one program.
    pub fn verdict(mut self) -> Option<String> {
        let limit = Instant::now() + PATIENCE;
        match self.seeds.recv_timeout(PATIENCE) {
            Err(RecvTimeoutError::Timeout) => Some("it hangs".to_owned()),
            _ => self.failure(limit),
        }
    }

    /// What brought down the process, whose output has ended, if anything did.
    fn failure(&mut self, limit: Instant) -> Option<String> {
        let status = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break status,
                // The memory of a program may take long to be given back.
                _ if Instant::now() > limit => return Some("it hangs".to_owned()),
                _ => thread::sleep(Duration::from_millis(2)),
            }
        };
        // Who stops it from outside has found nothing.
        if status.success() || status.to_string().contains("SIGTERM") {
            return None;
        }
        let complaints = self.complaints.take().and_then(|complaints| complaints.join().ok()).unwrap_or_default();
        Some(kind_of(&complaints).unwrap_or_else(|| status.to_string()))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command for a process that gets a bounded share of the memory, where the system can see to that.
fn limited(binary: &Path) -> Command {
    if !cfg!(unix) {
        return Command::new(binary);
    }
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("ulimit -v {MOST_MEMORY}; exec \"$0\" \"$@\"")).arg(binary);
    shell
}

/// What failures like this one have in common.
fn kind_of(complaints: &str) -> Option<String> {
    let mut lines = complaints.lines();
    if complaints.contains("has overflowed its stack") {
        return Some("the stack overflows".to_owned());
    }
    if complaints.contains("memory allocation of") {
        return Some("memory runs out".to_owned());
    }
    let panicked = lines.find_map(|line| line.split_once(" panicked at ").map(|(_, place)| place.to_owned()))?;
    let words = lines.next().unwrap_or_default();
    // Numbers differ from program to program.
    let words: String = words.chars().filter(|letter| !letter.is_ascii_digit()).take(100).collect();
    Some(format!("{panicked} {words}"))
}
