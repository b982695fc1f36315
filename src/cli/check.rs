//! `signalbox check`: what there is to say against programs, and against those in Markdown and reStructuredText.

use std::io::Write;

use super::blocks::{blocks, has_blocks};
use super::options::{Options, REFUSED, file_name, read};
use crate::lab::{Finding, Program, Progress, Run, findings};
use crate::trace::json_string;

/// Something was found.
const FOUND: u8 = 1;
/// A program that has not ended after so many steps, and so many for each of its tasks, does not end.
const MOST_STEPS: u32 = 50_000;
const STEPS_FOR_EACH_TASK: u32 = 100;

/// Checks all programs. The exit status is 2 if there was one that cannot be run, or else 1 if anything was found.
pub fn check(options: &Options) -> u8 {
    let mut status = 0;
    for path in &options.programs {
        let name = file_name(path);
        let text = match read(path) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{name}:1:1: cannot be read: {error}");
                status = REFUSED;
                continue;
            }
        };
        let programs = if has_blocks(path) { blocks(&text) } else { vec![text] };
        for text in programs {
            status = status.max(check_program(path, &text, options));
        }
    }
    status
}

fn check_program(path: &str, text: &str, options: &Options) -> u8 {
    let name = file_name(path);
    let program = match Program::compile_file(text, name) {
        Ok(program) => program,
        Err(diagnostics) => {
            for diagnostic in diagnostics {
                eprintln!("{name}:{diagnostic}");
            }
            return REFUSED;
        }
    };
    let mut run = Run::new(&program, &options.settings);
    loop {
        let tasks = run.trace().latest().tasks.len() as u32;
        let most = MOST_STEPS.max(tasks.saturating_mul(STEPS_FOR_EACH_TASK));
        // A limit that somebody set says how far to look.
        if (options.settings.until.is_none() && run.trace().steps() > most) || run.turn() != Progress::More {
            break;
        }
    }
    let found = findings(text, &run.trace());
    let mut lines = String::new();
    for finding in &found {
        write(&mut lines, path, finding, options.json);
    }
    // A reader that has seen enough closes the pipe.
    let _ = std::io::stdout().write_all(lines.as_bytes());
    if found.is_empty() { 0 } else { FOUND }
}

fn write(lines: &mut String, path: &str, finding: &Finding, json: bool) {
    let Finding { line, kind, sentence } = finding;
    let kind = kind.name();
    if !json {
        *lines += &format!("{}:{line}: {kind}: {sentence}\n", file_name(path));
        return;
    }
    lines.push_str("{\"path\":");
    json_string(path, lines);
    *lines += &format!(",\"line\":{line},\"kind\":\"{kind}\",\"sentence\":");
    json_string(sentence, lines);
    lines.push_str("}\n");
}
