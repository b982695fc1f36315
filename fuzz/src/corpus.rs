//! The programs that mutations start from.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tokens::tokens;

/// Programs, and what there is in them to be put elsewhere.
pub struct Corpus {
    pub programs: Vec<String>,
    /// All names in them, each once.
    pub names: Vec<String>,
    /// All lines in them that are not blank, with their indentation.
    pub lines: Vec<String>,
}

impl Corpus {
    /// All programs below a folder, in an order that depends on their names alone.
    pub fn read(folder: &str) -> Self {
        let mut paths = Vec::new();
        find(Path::new(folder), &mut paths);
        paths.sort();
        let programs: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
        assert!(!programs.is_empty(), "there are programs in {folder}");
        let mut names: Vec<String> = Vec::new();
        let mut lines: Vec<String> = Vec::new();
        for program in &programs {
            let is_name = |token: &&str| token.starts_with(|first: char| first.is_alphabetic() || first == '_');
            names.extend(tokens(program).into_iter().filter(is_name).map(str::to_owned));
            lines.extend(program.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned));
        }
        for list in [&mut names, &mut lines] {
            list.sort();
            list.dedup();
        }
        Self { programs, names, lines }
    }
}

fn find(folder: &Path, paths: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            find(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "py") {
            paths.push(path);
        }
    }
}
