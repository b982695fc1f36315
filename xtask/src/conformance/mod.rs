//! Random asyncio programs on CPython 3.14 and on Signalbox: both must print the same and end the same way.
//!
//! Program number *k* of a run with seed *s* is made from the seed *s + k* alone, so one number brings it back.

pub mod cpython;
mod difference;
mod grammar;
mod json;
mod process;
mod random;
mod shrink;
mod syntax;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use difference::Difference;
use grammar::Feature;
use process::{Answer, Answers, CPython};
use syntax::{Block, render};

use crate::file::write;
use crate::install;
use crate::program::{self, Outcome, say};

/// How many programs a process gets at once.
const BATCH: usize = 100;

/// How many differences are made small, if the options do not say.
const SHRUNK: usize = 5;

/// What to run.
pub struct Options {
    programs: usize,
    seed: u64,
    shrink: usize,
    features: Vec<&'static Feature>,
}

impl Default for Options {
    /// What `cargo xtask test` runs.
    fn default() -> Self {
        Self { programs: 300, seed: 1, shrink: SHRUNK, features: grammar::FEATURES.iter().collect() }
    }
}

impl Options {
    /// Reads what was typed after the command.
    pub fn parse(arguments: &[String]) -> Outcome<Self> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("{name} needs a value"))?;
            let number = || value.parse().map_err(|_| format!("{name} needs a whole number"));
            match name.as_str() {
                "--programs" => options.programs = number()? as usize,
                "--seed" => options.seed = number()?,
                "--shrink" => options.shrink = number()? as usize,
                "--without" => {
                    let named = named(value)?;
                    options.features.retain(|feature| !named.contains(&feature.name));
                }
                "--only" => {
                    let named = named(value)?;
                    options.features.retain(|feature| named.contains(&feature.name));
                }
                _ => return Err(format!("there is no option {name}")),
            }
        }
        Ok(options)
    }
}

/// The features in a list with commas.
fn named(list: &str) -> Outcome<Vec<&str>> {
    let known: Vec<_> = grammar::FEATURES.iter().map(|feature| feature.name).collect();
    let named: Vec<_> = list.split(',').collect();
    match named.iter().find(|name| !known.contains(name)) {
        Some(unknown) => Err(format!("there is no {unknown}; there are {}", known.join(", "))),
        None => Ok(named),
    }
}

/// How many programs agreed, and how many did not.
#[derive(Default)]
pub struct Report {
    pub agreed: usize,
    pub differed: usize,
}

impl Report {
    pub fn verdict(&self) -> Outcome {
        match self.differed {
            0 => Ok(()),
            differed => Err(format!("{differed} of {} programs differ", self.agreed + differed)),
        }
    }
}

/// Runs the programs, says what differs, and leaves small programs that show it in `target/conformance/`.
pub fn run(options: &Options) -> Outcome<Report> {
    install::conformance_tools()?;
    build_signalbox()?;
    let start = Instant::now();
    let first = options.seed;
    say(&format!("{} programs from seed {first} on CPython 3.14 and on Signalbox", options.programs));
    let (differences, endings) = compare_all(options)?;
    let mut refusals: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for (seed, difference) in &differences {
        match difference {
            Difference::Refused(sentence) => refusals.entry(sentence).or_insert((0, *seed)).0 += 1,
            _ => println!("seed {seed}: {difference}"),
        }
    }
    for (sentence, (count, seed)) in &refusals {
        println!("seed {seed} and {} more refused: {sentence}", count - 1);
    }
    let refused: Vec<u64> = refusals.values().map(|(_, seed)| *seed).collect();
    let worth_it = |seed: &u64, difference: &Difference| match difference {
        Difference::Refused(_) => refused.contains(seed),
        _ => true,
    };
    let mut bench = Bench::new("small")?;
    for (seed, difference) in differences.iter().filter(|(seed, kind)| worth_it(seed, kind)).take(options.shrink) {
        bench.shrink(*seed, difference, &options.features)?;
    }
    let report = Report { agreed: options.programs - differences.len(), differed: differences.len() };
    let endings: Vec<_> = endings.iter().map(|(status, count)| format!("{count} with {status}")).collect();
    say(&format!(
        "{} programs agree, {} differ, after {:.0} s; on CPython ended {}",
        report.agreed,
        report.differed,
        start.elapsed().as_secs_f64(),
        endings.join(", ")
    ));
    Ok(report)
}

/// Seeds whose programs differ, in order, and how many programs ended with which exit status on CPython.
type Found = (Vec<(u64, Difference)>, BTreeMap<u8, usize>);

/// Compares all programs, side by side on all processors.
fn compare_all(options: &Options) -> Outcome<Found> {
    let next = AtomicUsize::new(0);
    let lanes = thread::available_parallelism().map_or(1, usize::from);
    let lane = |number: usize| -> Outcome<Found> {
        let mut bench = Bench::new(&format!("lane-{number}"))?;
        let mut found = Found::default();
        loop {
            let start = next.fetch_add(BATCH, Ordering::Relaxed);
            if start >= options.programs {
                return Ok(found);
            }
            let end = (start + BATCH).min(options.programs);
            let seeds: Vec<u64> = (start..end).map(|index| options.seed + index as u64).collect();
            bench.batch(&seeds, &options.features, &mut found)?;
        }
    };
    let outcomes: Vec<_> = thread::scope(|scope| {
        let lane = &lane;
        let lanes: Vec<_> = (0..lanes).map(|number| scope.spawn(move || lane(number))).collect();
        lanes.into_iter().map(|lane| lane.join().expect("a lane does not panic")).collect()
    });
    let mut all = Found::default();
    for outcome in outcomes {
        let (differences, endings) = outcome?;
        all.0.extend(differences);
        for (status, count) in endings {
            *all.1.entry(status).or_default() += count;
        }
    }
    all.0.sort_by_key(|(seed, _)| *seed);
    Ok(all)
}

/// Both sides, and a folder for the programs they are given.
struct Bench {
    folder: PathBuf,
    binary: PathBuf,
    cpython: CPython,
}

impl Bench {
    fn new(name: &str) -> Outcome<Self> {
        // Another run may be under way.
        let folder = results().join(format!("{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
        Ok(Self { folder, binary: signalbox()?, cpython: CPython::new() })
    }

    /// Compares the programs of these seeds and adds what it finds.
    fn batch(&mut self, seeds: &[u64], features: &[&'static Feature], found: &mut Found) -> Outcome {
        let mut paths = Vec::new();
        for seed in seeds {
            let path = self.folder.join(format!("{}.py", paths.len()));
            write(&path, &render(&grammar::program(*seed, features)))?;
            paths.push(path);
        }
        let (cpython, signalbox) = self.answers(&paths)?;
        for (seed, (theirs, ours)) in seeds.iter().zip(cpython.iter().zip(&signalbox)) {
            if let Some(theirs) = theirs {
                *found.1.entry(theirs.status).or_default() += 1;
            }
            found.0.extend(Difference::between(theirs.as_ref(), ours.as_ref()).map(|difference| (*seed, difference)));
        }
        Ok(())
    }

    /// What both sides make of the programs, CPython's first.
    fn answers(&mut self, paths: &[PathBuf]) -> Outcome<(Answers, Answers)> {
        self.cpython.ask(paths)?;
        let ours = process::signalbox(&self.binary, paths)?;
        Ok((self.cpython.answers(paths)?, ours))
    }

    /// Makes the program of a seed small, and writes it down beside what both sides make of it.
    fn shrink(&mut self, seed: u64, difference: &Difference, features: &[&'static Feature]) -> Outcome {
        let path = self.folder.join("candidate.py");
        let mut judge = |program: &Block| -> Outcome<(Option<Answer>, Option<Answer>)> {
            write(&path, &render(program))?;
            let (mut theirs, mut ours) = self.answers(std::slice::from_ref(&path))?;
            Ok((theirs.pop().flatten(), ours.pop().flatten()))
        };
        let small = shrink::shrink(grammar::program(seed, features), |candidate| {
            let (theirs, ours) = judge(candidate)?;
            let shown = Difference::between(theirs.as_ref(), ours.as_ref());
            Ok::<_, String>(shown.is_some_and(|shown| difference.is_like(&shown)))
        })?;
        let (theirs, ours) = judge(&small)?;
        let file = results().join(format!("seed-{seed}.py"));
        write(&file, &render(&small))?;
        for (side, answer) in [("cpython", &theirs), ("signalbox", &ours)] {
            let text = answer.as_ref().map_or_else(String::new, |answer| {
                format!("{}{}[exit {}]\n", answer.stdout, answer.stderr, answer.status)
            });
            write(&file.with_extension(format!("{side}.out")), &text)?;
        }
        let shown = Difference::between(theirs.as_ref(), ours.as_ref()).map(|shown| shown.to_string());
        println!("{}: {}", file.display(), shown.unwrap_or_default());
        Ok(())
    }
}

/// The text of the program of a seed, with all features.
pub fn program_text(seed: u64) -> String {
    render(&grammar::program(seed, &Options::default().features))
}

impl Drop for Bench {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Builds the command line.
fn build_signalbox() -> Outcome {
    program::run(program::cargo().args(["build", "--quiet", "--package", "signalbox", "--bin", "signalbox"]))
}

/// Where the built command line is.
fn signalbox() -> Outcome<PathBuf> {
    let this = std::env::current_exe().map_err(|error| format!("cannot find the built programs: {error}"))?;
    Ok(this.with_file_name(format!("signalbox{}", std::env::consts::EXE_SUFFIX)))
}

/// Where programs that differ are left.
fn results() -> PathBuf {
    program::root().join("target").join("conformance")
}
