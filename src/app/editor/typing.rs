//! Keys that do more in the editor than in other text fields.
//!
//! What they change is put in as if typed, so that the browser's own undo takes it back.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, HtmlTextAreaElement, KeyboardEvent};

use crate::app::browser;
use crate::app::html::input;

/// One level of indentation.
const INDENT: &str = "    ";
/// What makes a line a comment.
const COMMENT: &str = "# ";
/// After a line that ends so, the next is one level deeper.
const OPENING: [char; 4] = [':', '(', '[', '{'];

/// Tab and Shift+Tab indent and take back, Ctrl+/ makes lines comments or code again, Enter keeps the indentation;
/// Escape leaves the editor.
pub(super) fn key_down(event: &KeyboardEvent) {
    if event.is_composing() {
        return;
    }
    let area: HtmlTextAreaElement = input(event).unchecked_into();
    let text = area.value();
    let place = |units: Result<Option<u32>, _>| place_of(&text, units.ok().flatten().unwrap_or(0));
    let (from, to) = (place(area.selection_start()), place(area.selection_end()));
    let line_start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
    let before = &text[line_start..from];
    let indentation = indentation(before);
    let several_lines = text[from..to].contains('\n');
    let control = event.ctrl_key() || event.meta_key();
    match event.key().as_str() {
        "Escape" => {
            let _ = area.blur();
            return;
        }
        "Tab" if control || event.alt_key() => return,
        "Tab" if event.shift_key() => change_lines(&area, &text, (from, to), taken_back),
        "Tab" if several_lines => change_lines(&area, &text, (from, to), indented),
        "Tab" => insert(&INDENT[before.chars().count() % INDENT.len()..]),
        "/" if control => {
            let lines = &text[lines_of(&text, from, to).0..lines_of(&text, from, to).1];
            let code = || lines.split('\n').filter(|line| !is_blank(line));
            if code().all(|line| line.trim_start().starts_with('#')) {
                change_lines(&area, &text, (from, to), uncommented);
            } else {
                let margin = code().map(|line| self::indentation(line).len()).min().unwrap_or(0);
                change_lines(&area, &text, (from, to), |line| commented(line, margin));
            }
        }
        "Enter" if !control => {
            let deeper = if before.trim_end().ends_with(OPENING) { INDENT } else { "" };
            insert(&["\n", indentation, deeper].concat());
        }
        // Back to the level before.
        "Backspace" if from == to && !control && !before.is_empty() && indentation.len() == before.len() => {
            let width = (before.len() - 1) % INDENT.len() + 1;
            select(&area, &text, from - width, from);
            insert("");
        }
        _ => return,
    }
    event.prevent_default();
}

/// Puts the caret at a place in the text, in bytes, and the focus into the editor.
pub(super) fn place_caret(area: &HtmlTextAreaElement, at: usize) {
    // In this order: the browser scrolls to where the caret is when the focus comes.
    select(area, &area.value(), at, at);
    let _ = area.focus();
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

fn indented(line: &str) -> String {
    if is_blank(line) { line.to_owned() } else { [INDENT, line].concat() }
}

fn taken_back(line: &str) -> String {
    let width = indentation(line).len();
    let left = width.saturating_sub(1) / INDENT.len() * INDENT.len();
    line[width - left..].to_owned()
}

fn commented(line: &str, margin: usize) -> String {
    if is_blank(line) { line.to_owned() } else { [&line[..margin], COMMENT, &line[margin..]].concat() }
}

fn uncommented(line: &str) -> String {
    let Some((before, after)) = line.split_once('#') else { return line.to_owned() };
    [before, after.strip_prefix(' ').unwrap_or(after)].concat()
}

/// Where the lines begin and end that a selection touches. A line of which only the beginning is reached is not one.
fn lines_of(text: &str, from: usize, to: usize) -> (usize, usize) {
    let start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
    let last = if to > from && text[..to].ends_with('\n') { to - 1 } else { to };
    (start, text[last..].find('\n').map_or(text.len(), |newline| last + newline))
}

/// Changes the lines of a selection, which goes along.
fn change_lines(area: &HtmlTextAreaElement, text: &str, (from, to): (usize, usize), change: impl Fn(&str) -> String) {
    let (start, end) = lines_of(text, from, to);
    let mut changed = String::new();
    // How far the first line's code has moved, and all that follows.
    let mut first = None;
    for line in text[start..end].split('\n') {
        if first.is_some() {
            changed.push('\n');
        }
        let new = change(line);
        first.get_or_insert(new.len() as isize - line.len() as isize);
        changed += &new;
    }
    if changed == text[start..end] {
        return;
    }
    let all = changed.len() as isize - (end - start) as isize;
    select(area, text, start, end);
    insert(&changed);
    let text = area.value();
    let moved = |place: usize, by: isize| text.floor_char_boundary((place as isize + by).max(start as isize) as usize);
    select(area, &text, moved(from, first.unwrap_or(0)), moved(to, all));
}

/// A place in the text, in bytes; the browser counts in UTF-16 units.
fn place_of(text: &str, units: u32) -> usize {
    let mut counted = 0;
    for (place, letter) in text.char_indices() {
        if counted >= units {
            return place;
        }
        counted += letter.len_utf16() as u32;
    }
    text.len()
}

fn select(area: &HtmlTextAreaElement, text: &str, from: usize, to: usize) {
    let units = |place: usize| text[..place].encode_utf16().count() as u32;
    let _ = area.set_selection_range(units(from), units(to));
}

/// Puts a text in the place of the selection, as if typed.
fn insert(text: &str) {
    if let Ok(document) = browser::document().dyn_into::<HtmlDocument>() {
        let command = if text.is_empty() { "delete" } else { "insertText" };
        let _ = document.exec_command_with_show_ui_and_value(command, false, text);
    }
}
