//! Programs bent out of shape: whatever they say, Signalbox must not panic, hang or take more memory than it may.
//!
//! Workers try one program after the other in their own processes, because a process does not survive what is looked
//! for. Program number *k* of a run with seed *s* is made from *s + k* and the programs of the repository.

mod shrink;
mod worker;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use worker::{Failure, Worker};

use crate::conformance;
use crate::file::write;
use crate::program::{self, Outcome, say};

/// Programs of the conformance test that are among those that mutations start from.
const GENERATED: u64 = 200;

/// Where the repository has programs.
const FOLDERS: [&str; 3] = ["tests/programs", "tests/tutorials", "static/demos"];

/// How many failures are made small.
const SHRUNK: usize = 12;

/// What to run.
pub struct Options {
    target: String,
    minutes: f64,
    seed: u64,
}

impl Options {
    /// Reads what was typed after the command.
    pub fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self { target: String::new(), minutes: 5.0, seed: 1 };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "parse" | "run" => options.target.clone_from(argument),
                "--minutes" => options.minutes = value()?.parse().map_err(|_| "--minutes needs a number")?,
                "--seed" => options.seed = value()?.parse().map_err(|_| "--seed needs a whole number")?,
                _ => return Err(format!("there is no option {argument}")),
            }
        }
        if options.target.is_empty() {
            return Err("fuzz what: parse or run?".to_owned());
        }
        Ok(options)
    }
}

/// What all lanes have found so far.
#[derive(Default)]
struct Found {
    tried: u64,
    /// By what they have in common: how many there were, and the first of them.
    failures: BTreeMap<String, (usize, u64)>,
}

/// Tries programs as long as the options say, and leaves small ones that fail in `target/fuzz/`.
pub fn run(options: &Options) -> Outcome {
    let binary = build()?;
    let corpus = results().join(&options.target);
    gather(&corpus)?;
    let target = &options.target;
    say(&format!("fuzz {target}: {} minutes from seed {}", options.minutes, options.seed));
    let end = Instant::now() + Duration::from_secs_f64(options.minutes * 60.0);
    let found = Mutex::new(Found::default());
    let lanes = thread::available_parallelism().map_or(1, usize::from) as u64;
    let outcomes: Vec<Outcome> = thread::scope(|scope| {
        let lane = |lane: u64| {
            let mut seed = options.seed + lane;
            while Instant::now() < end {
                let mut worker = Worker::start(&binary, target, &corpus, seed, lanes)?;
                let (tried, failure) = worker.watch(end);
                seed += tried * lanes;
                let mut found = found.lock().expect("no lane panics");
                found.tried += tried;
                if let Some(Failure { seed: failed, kind }) = failure {
                    seed = failed + lanes;
                    let (count, _) = found.failures.entry(kind.clone()).or_insert((0, failed));
                    *count += 1;
                    if *count == 1 {
                        println!("seed {failed}: {kind}");
                    }
                }
            }
            Ok(())
        };
        let lanes: Vec<_> = (0..lanes).map(|number| scope.spawn(move || lane(number))).collect();
        lanes.into_iter().map(|lane| lane.join().expect("a lane does not panic")).collect()
    });
    outcomes.into_iter().collect::<Outcome>()?;
    let Found { tried, failures } = found.into_inner().expect("no lane panics");
    for (kind, (count, seed)) in failures.iter().take(SHRUNK) {
        let file = shrink::shrink(&binary, target, &corpus, *seed, kind)?;
        println!("{count} times: {kind}\n    {}", file.display());
    }
    let count: usize = failures.values().map(|(count, _)| count).sum();
    say(&format!("fuzz {target}: {tried} programs, {count} failures of {} kinds", failures.len()));
    if failures.is_empty() { Ok(()) } else { Err(format!("fuzz {target} found failures")) }
}

/// Builds the worker.
fn build() -> Outcome<PathBuf> {
    program::run(program::cargo().args(["build", "--quiet", "--profile", "fuzz", "--package", "fuzz"]))?;
    let folder = program::root().join("target").join("fuzz");
    Ok(folder.join(format!("fuzz{}", std::env::consts::EXE_SUFFIX)))
}

/// Puts all programs that mutations start from in one folder.
fn gather(corpus: &Path) -> Outcome {
    let _ = fs::remove_dir_all(corpus);
    fs::create_dir_all(corpus).map_err(|error| format!("cannot make {}: {error}", corpus.display()))?;
    for seed in 1..=GENERATED {
        write(&corpus.join(format!("generated-{seed}.py")), &conformance::program_text(seed))?;
    }
    for folder in FOLDERS {
        let entries = fs::read_dir(program::root().join(folder)).map_err(|error| format!("{folder}: {error}"))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            // What takes long to run is no use ten thousand times.
            let is_long = path.file_stem().is_some_and(|stem| stem == "lock-ten-thousand");
            if path.extension().is_some_and(|extension| extension == "py") && !is_long {
                let name = path.file_name().unwrap_or_default();
                fs::copy(&path, corpus.join(name)).map_err(|error| format!("{}: {error}", path.display()))?;
            }
        }
    }
    Ok(())
}

/// Where programs that fail are left.
fn results() -> PathBuf {
    program::root().join("target").join("fuzzed")
}
