//! What the arguments of a command say, and the programs they name.

use std::io::Read;

use crate::draw::Shades;
use crate::lab::{self, Program, Settings};

/// Exit status for what is not a program that can be run, and for wrong options.
pub const REFUSED: u8 = 2;

/// What the arguments ask for.
#[derive(Default)]
pub struct Options {
    pub json: bool,
    pub settings: Settings,
    /// `--set`, by name.
    pub values: Vec<(String, String)>,
    pub programs: Vec<String>,
    /// `-o`: the file to write to.
    pub file: Option<String>,
    /// `--theme`: for which theme to draw.
    pub shades: Shades,
}

/// Reads what stands behind a command that knows these options.
pub fn parse(mut arguments: impl Iterator<Item = String>, known: &[&str]) -> Result<Options, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        // A lone `-` is a program.
        if argument == "-" || !argument.starts_with('-') {
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
            "-o" => options.file = Some(value),
            "--theme" => {
                options.shades = match value.as_str() {
                    "light" => Shades::Light,
                    "dark" => Shades::Dark,
                    _ => return Err("--theme is light or dark".to_string()),
                }
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
pub fn load(path: &str, options: &Options) -> Result<Program, String> {
    let name = file_name(path);
    let text = read(path).map_err(|error| format!("{name}:1:1: cannot be read: {error}\n"))?;
    let mut values = options.values.iter();
    let text = values.try_fold(text, |text, (name, value)| Ok(lab::with_named_value(&text, name, value)?.0));
    let text = text.map_err(|sentence: String| format!("{name}:1:1: {sentence}\n"))?;
    Program::compile_file(&text, name).map_err(|diagnostics| {
        let lines = diagnostics.iter().map(|diagnostic| format!("{name}:{diagnostic}\n"));
        lines.collect()
    })
}

/// How messages name a file.
pub fn file_name(path: &str) -> &str {
    if path == "-" { "<stdin>" } else { path }
}

/// The text of a file, or of standard input.
pub fn read(path: &str) -> std::io::Result<String> {
    if path != "-" {
        return std::fs::read_to_string(path);
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}
