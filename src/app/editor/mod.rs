//! The program: a text area over its own coloured picture, with every task's mark at the line where it stands.

mod literal;
mod typing;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::{AttrValue, Callback, Html, NodeRef};

pub use literal::{Gesture, Held};

use crate::app::browser;
use crate::app::html::{element, input, keyed, listen, mark, push_text, raw, tag, text, words};
use crate::app::moment::{LineMarks, Moment, Named};
use crate::app::page::Message;
use crate::draw::mark_text;
use crate::lab::{Diagnostic, Span, Tunable};

/// Two marks with more letters leave no room for the number of the others.
const MOST_LETTERS: usize = 4;
/// The height of a line in pixels, as in the style sheet.
pub const LINE_HEIGHT: u32 = 21;

/// What the editor shows.
pub struct Source<'a> {
    pub text: &'a str,
    /// The same, line by line, in colours.
    pub lines: &'a [AttrValue],
    pub error: Option<&'a Diagnostic>,
    pub moment: Option<&'a Moment>,
    /// A line to which a card points, and how often any has been pointed to.
    pub pointed: Option<(u32, u32)>,
}

/// The program's text, in the element `scroller`.
pub fn editor(send: &Callback<Message>, scroller: &NodeRef, source: &Source) -> Html {
    let mut lines = Vec::new();
    for (index, code) in source.lines.iter().enumerate() {
        lines.push(line(source, index as u32 + 1, code));
    }
    let names = &["aria-label", "aria-invalid", "spellcheck", "autocapitalize", "autocomplete", "wrap"];
    let invalid = if source.error.is_some() { "true" } else { "false" };
    let mut area = tag("textarea", names, &["Program", invalid, "false", "off", "off", "off"], vec![]);
    area.set_value(Some(source.text.to_owned()));
    listen(&mut area, "input", send, |event| Some(Message::Edited(input(&event).value())));
    listen(&mut area, "focusin", send, |_| Some(Message::EditorEntered));
    listen(&mut area, "keydown", send, |event| {
        typing::key_down(&event.unchecked_into());
        None
    });
    let mut errors = Vec::new();
    if let Some(Diagnostic { line, column, message, .. }) = source.error {
        let place = words("b", "", &format!("Line {line}, column {column}: "));
        let style = format!("--line:{line};--column:{}", column - 1);
        let error = vec![place, text(message)];
        errors.push(keyed(line.to_string(), "p", &["class", "style"], &["error", &style], error));
    }
    let paper = vec![
        element("pre", &["aria-hidden"], &["true"], lines),
        area.into(),
        element("div", &["role", "class"], &["alert", "error-room"], errors),
    ];
    let mut paper = tag("div", &["class"], &["paper"], paper);
    literal::hear(&mut paper, send);
    let mut editor = tag("section", &["class", "aria-label"], &["editor", "Program text"], vec![paper.into()]);
    editor.node_ref = scroller.clone();
    editor.into()
}

/// Scrolls no further than needed to where a line can be seen, after the next picture. Who writes is left alone.
pub fn follow(scroller: &NodeRef, line: u32) {
    let Some(scroller) = scroller.cast::<Element>() else { return };
    browser::after_paint(move || {
        if scroller.query_selector("textarea:focus").is_ok_and(|writes| writes.is_some()) {
            return;
        }
        let (top, line) = (scroller.scroll_top(), (line * LINE_HEIGHT) as i32);
        // With the line before it and the line behind it.
        let (least, most) = (line + 2 * LINE_HEIGHT as i32 - scroller.client_height(), line - 2 * LINE_HEIGHT as i32);
        if top < least || top > most {
            scroller.set_scroll_top(if top < least { least } else { most });
        }
    });
}

/// A line of the program with its number, from 1, and the marks of the tasks that stand there.
fn line(source: &Source, number: u32, code: &AttrValue) -> Html {
    // Where tasks stand is known of the last text that could be run.
    let moment = source.moment.filter(|_| source.error.is_none());
    let mut class = String::from("line");
    if moment.is_some_and(|moment| moment.current_line == Some(number)) {
        class.push_str(" current");
    }
    if source.error.is_some_and(|error| error.line == number) {
        class.push_str(" wrong");
    }
    match source.pointed {
        // A class that alternates starts the animation again.
        Some((line, times)) if line == number => class.push_str([" pointed", " pointed-again"][times as usize % 2]),
        _ => {}
    }
    let marks = moment.and_then(|moment| moment.marks.iter().find(|marks| marks.line == number));
    let children = vec![
        element("span", &["class"], &["margin"], marks.map(margin).unwrap_or_default()),
        words("span", "line-number", &number.to_string()),
        element("code", &[], &[], vec![raw(code.clone())]),
    ];
    element("div", &["class"], &[&class], children)
}

/// The marks of the tasks at a line, and the number of those for whom there is no room.
fn margin(marks: &LineMarks) -> Vec<Html> {
    let letters = |task: &Named| mark_text(&task.label).len();
    // The number of the others takes the room of one.
    let shown = match marks.count > marks.tasks.len() {
        true if marks.tasks.iter().take(2).map(letters).sum::<usize>() > MOST_LETTERS => 1,
        true => marks.tasks.len().min(2),
        false => marks.tasks.len(),
    };
    let mut margin: Vec<Html> = marks.tasks[..shown].iter().map(mark).collect();
    match marks.count - shown {
        0 => {}
        more if more > 999 => margin.push(words("span", "more", &format!("+{}k", more / 1000))),
        more => margin.push(words("span", "more", &format!("+{more}"))),
    }
    margin
}

/// The lines of a text in colours, with the tunables' literals underlined.
pub fn coloured(text: &str, spans: &[Span], tunables: &[Tunable]) -> Vec<AttrValue> {
    let mut begin = 0;
    let line = |line: &str| {
        let html = coloured_line(line, begin, spans, tunables);
        begin += line.len() + 1;
        html.into()
    };
    text.split('\n').map(line).collect()
}

/// One line, which begins at `begin` in the text, cut where its colour changes or a literal begins or ends.
fn coloured_line(line: &str, begin: usize, spans: &[Span], tunables: &[Tunable]) -> String {
    let end = begin + line.len();
    let mut cuts = vec![begin, end];
    let mut cut = |at: usize| {
        let place = cuts.partition_point(|other| *other < at);
        if at > begin && at < end && cuts[place] != at {
            cuts.insert(place, at);
        }
    };
    let first = spans.partition_point(|span| span.range.end <= begin);
    let spans = || spans[first..].iter().take_while(|span| span.range.start < end);
    for range in spans().map(|span| &span.range).chain(tunables.iter().map(|tunable| &tunable.range)) {
        cut(range.start);
        cut(range.end);
    }
    let mut html = String::new();
    for cut in cuts.windows(2) {
        let Some(text) = line.get(cut[0] - begin..cut[1] - begin) else { continue };
        let class = spans().find(|span| span.range.contains(&cut[0])).map_or("", |span| span.class.name());
        let literal = tunables.iter().position(|tunable| tunable.range.contains(&cut[0]));
        match literal {
            None if class.is_empty() => {
                push_text(&mut html, text);
                continue;
            }
            None => html += &["<span class=\"", class, "\">"].concat(),
            Some(tunable) => {
                let attribute = literal::ATTRIBUTE;
                html += &format!("<span class=\"{class} literal\" title=\"drag to change\" {attribute}=\"{tunable}\">");
            }
        }
        push_text(&mut html, text);
        html.push_str("</span>");
    }
    // The height of an empty line, and what is copied of it.
    html.push('\n');
    html
}
