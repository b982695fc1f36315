//! The command line: runs programs as CPython would, and prints traces.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::process::ExitCode;

use crate::lab::{self, Program, Progress, Run, Settings};
use crate::trace::{Ending, Stream, json_string};

const USAGE: &str = "\
usage: signalbox run   [--json] [--until S] [--seed N] [--set NAME=VALUE]... PROGRAM...
       signalbox trace [--until S] PROGRAM

run    runs each PROGRAM on a virtual clock and prints what CPython would print
trace  prints everything that happens, one JSON object a line

--json            one line per program: {\"path\",\"status\",\"stdout\",\"stderr\"}
--until S         stop after S seconds of virtual time
--seed N          where random starts (0)
--set NAME=VALUE  change a worker count, a semaphore's permits, a queue's size, ... by its name

A PROGRAM of - is read from standard input. Exit status: 0 ended; 1 uncaught exception; 2 not a program that can be
run; 3 can never continue; 4 still running at the limit.
";

/// Exit status for what is not a program that can be run, and for wrong options.
const REFUSED: u8 = 2;

/// What the arguments ask for.
#[derive(Default)]
struct Options {
    json: bool,
    settings: Settings,
    /// `--set`, by name.
    values: Vec<(String, String)>,
    programs: Vec<String>,
}

/// Does what the command line's arguments say.
pub fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("run") => parse(arguments, &["--json", "--until", "--seed", "--set"]).map(|options| run(&options)),
        Some("trace") => parse(arguments, &["--until"]).and_then(|options| match options.programs.as_slice() {
            [path] => Ok(trace(path, &options)),
            _ => Err("trace takes one PROGRAM".to_string()),
        }),
        Some("--help" | "-h" | "help") => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some(other) => Err(format!("there is no command {other:?}")),
        None => Err("a command is missing".to_string()),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(sentence) => {
            eprintln!("signalbox: {sentence}\n\n{USAGE}");
            ExitCode::from(REFUSED)
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>, known: &[&str]) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        if !argument.starts_with("--") {
            options.programs.push(argument);
            continue;
        }
        if !known.contains(&argument.as_str()) {
            return Err(format!("there is no option {argument}"));
        }
        if argument == "--json" {
            options.json = true;
            continue;
        }
        let value = arguments.next().ok_or_else(|| format!("{argument} needs a value"))?;
        match argument.as_str() {
            "--until" => {
                let seconds = value.parse().ok().filter(|seconds: &f64| *seconds >= 0.0);
                options.settings.until = Some(seconds.ok_or("--until needs a number of seconds")?);
            }
            "--seed" => options.settings.seed = value.parse().map_err(|_| "--seed needs a whole number")?,
            _ => {
                let (name, value) = value.split_once('=').ok_or("--set needs NAME=VALUE")?;
                options.values.push((name.to_string(), value.to_string()));
            }
        }
    }
    if options.programs.is_empty() {
        return Err("a PROGRAM is missing".to_string());
    }
    Ok(options)
}

/// A program's text with the values that were set, compiled; or sentences that say why it cannot be run.
fn load(path: &str, options: &Options) -> Result<Program, String> {
    let name = if path == "-" { "<stdin>" } else { path };
    let text = read(path).map_err(|error| format!("{name}:1:1: cannot be read: {error}\n"))?;
    let text = options.values.iter().try_fold(text, |text, (name, value)| lab::with_named_value(&text, name, value));
    let text = text.map_err(|sentence| format!("{name}:1:1: {sentence}\n"))?;
    Program::compile_file(&text, name).map_err(|diagnostics| {
        let lines = diagnostics.iter().map(|diagnostic| format!("{name}:{diagnostic}\n"));
        lines.collect()
    })
}

fn read(path: &str) -> std::io::Result<String> {
    if path != "-" {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// Runs all programs. The exit status is that of the last one that did not just end.
fn run(options: &Options) -> u8 {
    let mut worst = 0;
    for path in &options.programs {
        let mut output = Output::new(options.json);
        let status = match load(path, options) {
            Ok(program) => run_program(&program, &options.settings, &mut output),
            Err(sentences) => {
                output.write(Stream::Error, &sentences);
                REFUSED
            }
        };
        if options.json {
            output.print_json(path, status);
        } else if status != 0 {
            worst = status;
        }
    }
    worst
}

fn run_program(program: &Program, settings: &Settings, output: &mut Output) -> u8 {
    let mut run = Run::new(program, settings);
    let mut written = 0;
    loop {
        let progress = run.turn();
        let trace = run.trace();
        for printed in &trace.output()[written..] {
            output.write(printed.stream, &printed.text);
        }
        written = trace.output().len();
        if progress == Progress::More {
            continue;
        }
        return match trace.ending() {
            None | Some(Ending::Finished) => 0,
            Some(Ending::Raised { .. }) => 1,
            Some(Ending::Stuck { explanation }) => {
                output.write(Stream::Error, &format!("{explanation}\n"));
                3
            }
            Some(Ending::Horizon { .. }) => 4,
            Some(Ending::Stopped { explanation, .. }) => {
                output.write(Stream::Error, &format!("{explanation}\n"));
                4
            }
        };
    }
}

fn trace(path: &str, options: &Options) -> u8 {
    match load(path, options) {
        Ok(program) => {
            let mut run = Run::new(&program, &options.settings);
            run.finish();
            let lines = lab::trace_lines(&run.trace());
            // A reader that has seen enough closes the pipe.
            let _ = std::io::stdout().lock().write_all(lines.as_bytes());
            0
        }
        Err(sentences) => {
            eprint!("{sentences}");
            REFUSED
        }
    }
}

/// Where a program's output goes: straight on, or into one line of JSON.
struct Output {
    collected: Option<(String, String)>,
}

impl Output {
    fn new(is_json: bool) -> Self {
        Self { collected: is_json.then(Default::default) }
    }

    fn write(&mut self, stream: Stream, text: &str) {
        // A reader that has seen enough closes the pipe; the program runs on, as in CPython with a full pipe buffer.
        match (&mut self.collected, stream) {
            (Some((out, _)), Stream::Out) => out.push_str(text),
            (Some((_, error)), Stream::Error) => error.push_str(text),
            (None, Stream::Out) => drop(std::io::stdout().write_all(text.as_bytes())),
            (None, Stream::Error) => drop(std::io::stderr().write_all(text.as_bytes())),
        }
    }

    fn print_json(&self, path: &str, status: u8) {
        let (out, error) = self.collected.as_ref().map_or(("", ""), |(out, error)| (out, error));
        let mut line = String::from("{\"path\":");
        json_string(path, &mut line);
        let _ = write!(line, ",\"status\":{status},\"stdout\":");
        json_string(out, &mut line);
        line.push_str(",\"stderr\":");
        json_string(error, &mut line);
        line.push('}');
        println!("{line}");
    }
}
