//! `signalbox draw`: the timeline of a run as an SVG file.

use std::io::Write;
use std::path::Path;

use super::options::{Options, REFUSED, load};
use crate::draw::{Drawing, History, draw as picture};
use crate::lab::{Program, Progress, Run, ending_in_short};

/// A program that has not ended after so many steps goes on and on, unless `--until` says for how long.
const MOST_STEPS: u32 = 100_000;
/// Of such a program so many steps are drawn.
const STEPS_OF_MANY: u32 = 100;

/// Draws the run of one program. Exit status 0 once it is drawn, however the run ended.
pub fn draw(path: &str, options: &Options) -> u8 {
    let program = match load(path, options) {
        Ok(program) => program,
        Err(sentences) => {
            eprint!("{sentences}");
            return REFUSED;
        }
    };
    let mut run = advanced(&program, options, MOST_STEPS);
    if run.trace().ending().is_none() {
        let tasks = run.trace().latest().tasks.len() as u32;
        run = advanced(&program, options, STEPS_OF_MANY.max(tasks.saturating_mul(20)));
    }
    let mut history = History::default();
    history.extend(&run.trace());
    let name = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path);
    let title = if path == "-" { "Program" } else { name };
    let remark = ending_in_short(&run.trace());
    let svg = picture(&history, &Drawing { title, remark: &remark, shades: options.shades });
    let written = match &options.file {
        Some(file) => std::fs::write(file, svg).map_err(|error| format!("{file}: {error}")),
        // A reader that has seen enough closes the pipe.
        None => {
            drop(std::io::stdout().lock().write_all(svg.as_bytes()));
            Ok(())
        }
    };
    if let Err(error) = written {
        eprintln!("signalbox: {error}");
        return REFUSED;
    }
    0
}

/// A run at its end, or after so many steps where nothing else says how far it goes.
fn advanced(program: &Program, options: &Options, steps: u32) -> Run {
    let mut run = Run::new(program, &options.settings);
    while (options.settings.until.is_some() || run.trace().steps() < steps) && run.turn() == Progress::More {}
    run
}
