//! The command line: runs programs as CPython would, prints their traces, draws their timelines and checks them.

mod blocks;
mod check;
mod draw;
mod options;
mod run;

use std::io::Write;
use std::process::ExitCode;

use crate::lab::{self, Run};
use check::check;
use draw::draw;
use options::{Options, REFUSED, load, parse};
use run::run;

const USAGE: &str = "\
usage: signalbox run   [--json] [--until S] [--seed N] [--set NAME=VALUE]... PROGRAM...
       signalbox check [--json] [--until S] PROGRAM...
       signalbox trace [--until S] PROGRAM
       signalbox draw  [--until S] [--theme light|dark] [-o FILE.svg] PROGRAM

run    runs each PROGRAM on a virtual clock and prints what CPython would print
check  says what is wrong with each PROGRAM, and with those in Markdown files: FILE:LINE: KIND: sentence
trace  prints everything that happens, one JSON object a line
draw   draws the timeline of a run as SVG

--json            one line per program: {\"path\",\"status\",\"stdout\",\"stderr\"}; of check, one line per finding:
                  {\"path\",\"line\",\"kind\",\"sentence\"}
--until S         stop after S seconds of virtual time
--seed N          where random starts (0)
-o FILE.svg       where to write the picture (standard output)
--theme light|dark  draw it for one theme (as who looks at it prefers)
--set NAME=VALUE  change a worker count, a semaphore's permits, a queue's size, ... by its name

A PROGRAM of - is read from standard input. Exit status: 0 ended; 1 uncaught exception; 2 not a program that can be
run; 3 can never continue; 4 still running at the limit. Of check: 1 something was found.
";

/// Does what the command line's arguments say.
pub fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("run") => parse(arguments, &["--json", "--until", "--seed", "--set"]).map(|options| run(&options)),
        Some("check") => parse(arguments, &["--json", "--until"]).map(|options| check(&options)),
        Some("trace") => parse(arguments, &["--until"]).and_then(|options| one("trace", trace, &options)),
        Some("draw") => parse(arguments, &["--until", "--seed", "--set", "--theme", "-o"])
            .and_then(|options| one("draw", draw, &options)),
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

/// Does what is done with one program only.
fn one(command: &str, act: fn(&str, &Options) -> u8, options: &Options) -> Result<u8, String> {
    match options.programs.as_slice() {
        [path] => Ok(act(path, options)),
        _ => Err(format!("{command} takes one PROGRAM")),
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
