//! `signalbox run`: runs programs as CPython would.

use std::fmt::Write as _;
use std::io::Write;

use super::options::{Options, REFUSED, load};
use crate::lab::{Program, Progress, Run, Settings};
use crate::trace::{Ending, Stream, json_string};

/// Runs all programs. The exit status is that of the last one that did not just end.
pub fn run(options: &Options) -> u8 {
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
