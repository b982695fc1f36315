//! Makes a program smaller as long as it fails in the same way.

use std::path::{Path, PathBuf};

use super::results;
use super::worker::Worker;
use crate::file::write;
use crate::program::{self, Outcome};

/// How many smaller programs are tried at most. One that hangs takes long to tell.
const PATIENCE: usize = 300;
const PATIENCE_WITH_HANGS: usize = 12;

/// Leaves the smallest program found that fails as that of the seed does, and says where it is.
pub fn shrink(binary: &Path, target: &str, corpus: &Path, seed: u64, kind: &str) -> Outcome<PathBuf> {
    let file = results().join(format!("{target}-{seed}.py"));
    let mut show = std::process::Command::new(binary);
    let text = program::output(show.arg("show").arg(corpus).arg(seed.to_string()));
    let mut smallest = text.ok_or_else(|| format!("the program of seed {seed} cannot be made again"))?;
    let candidate = results().join(format!("{target}-{seed}-candidate.py"));
    let mut patience = if kind.contains("took") || kind.contains("hangs") { PATIENCE_WITH_HANGS } else { PATIENCE };
    let fails = |text: &str| -> Outcome<bool> {
        write(&candidate, text)?;
        Ok(Worker::of_file(binary, target, &candidate)?.verdict().as_deref() == Some(kind))
    };
    for unit in [Unit::Line, Unit::Letter] {
        let mut size = pieces(&smallest, unit).len() / 2;
        while size > 0 && patience > 0 {
            let mut start = 0;
            while start < pieces(&smallest, unit).len() && patience > 0 {
                patience -= 1;
                let pieces = pieces(&smallest, unit);
                let end = (start + size).min(pieces.len());
                let smaller = pieces[..start].concat() + &pieces[end..].concat();
                if fails(&smaller)? {
                    smallest = smaller;
                } else {
                    start += size;
                }
            }
            size /= 2;
        }
    }
    let _ = std::fs::remove_file(&candidate);
    write(&file, &smallest)?;
    Ok(file)
}

/// What is taken away.
#[derive(Clone, Copy)]
enum Unit {
    Line,
    Letter,
}

fn pieces(text: &str, unit: Unit) -> Vec<&str> {
    match unit {
        Unit::Line => text.split_inclusive('\n').collect(),
        Unit::Letter => {
            let ends = text.char_indices().map(|(start, letter)| &text[start..start + letter.len_utf8()]);
            ends.collect()
        }
    }
}
