//! The texts that people wrote, kept in the browser: none is ever thrown away for a demo's sake.

use super::browser::{store, stored};

const NAME: &str = "signalbox:programs";
/// Set when the engine stopped in a way it never should; the text that did it is not run again by itself.
const CRASHED: &str = "signalbox:crashed";
/// Between two texts. No Python program has it.
const SEPARATOR: char = '\u{1e}';
/// The oldest text goes when there are more than this.
const MOST: usize = 12;

/// The texts people wrote, newest first.
pub fn programs() -> Vec<String> {
    stored(NAME).map_or_else(Vec::new, |all| all.split(SEPARATOR).map(str::to_owned).collect())
}

/// Stores a text as the newest: in the place of the newest before it if `same` program, else in front of it.
pub fn keep(text: &str, same: bool) {
    let mut all = programs();
    if same && !all.is_empty() {
        all.remove(0);
    }
    all.retain(|other| other != text);
    all.insert(0, text.replace(SEPARATOR, ""));
    all.truncate(MOST);
    store(NAME, &all.join(&SEPARATOR.to_string()));
}

/// Short titles of the texts people wrote, newest first.
pub fn titles() -> Vec<String> {
    programs().iter().map(|text| title(text)).collect()
}

/// A short title of a text: the functions that it defines, but for those of Python's own protocols.
pub fn title(text: &str) -> String {
    let names: Vec<&str> = text
        .lines()
        .filter_map(|line| {
            let line = line.trim_start();
            let line = line.strip_prefix("async ").unwrap_or(line);
            line.strip_prefix("def ")?.split('(').next().map(str::trim).filter(|name| !name.starts_with("__"))
        })
        .take(3)
        .collect();
    if !names.is_empty() {
        return names.join(", ");
    }
    match text.lines().count() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    }
}

/// Notes that the engine stopped in a way it never should.
pub fn note_crash() {
    store(CRASHED, "1");
}

/// Whether the engine stopped so when the page was last open; asked once.
pub fn has_crashed() -> bool {
    let crashed = stored(CRASHED).is_some_and(|noted| noted == "1");
    if crashed {
        store(CRASHED, "0");
    }
    crashed
}
