//! The program: a text area over its own coloured picture, with every task's mark at the line where it stands.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDocument, HtmlTextAreaElement};
use yew::prelude::*;

use super::browser;
use super::mark::mark;
use super::moment::{LineMarks, Moment, Same};
use super::page::Message;
use crate::lab::{Diagnostic, Span, Tunable};

/// One level of indentation.
const INDENT: &str = "    ";
/// The height of a line, and the width of what stands before the text, in pixels, as in the style sheet.
const LINE_HEIGHT: u32 = 21;

#[derive(Properties, PartialEq)]
pub struct EditorProperties {
    pub send: Callback<Message>,
    pub text: Rc<str>,
    pub spans: Same<Vec<Span>>,
    pub tunables: Same<Vec<Tunable>>,
    pub diagnostics: Same<Vec<Diagnostic>>,
    pub moment: Option<Same<Moment>>,
    /// A line to be shown, and how often lines have been asked for.
    pub pointed: Option<(u32, u32)>,
}

#[function_component]
pub fn Editor(properties: &EditorProperties) -> Html {
    let EditorProperties { send, text, spans, tunables, diagnostics, moment, pointed } = properties;
    let scroller = use_node_ref();
    use_effect_with((*pointed, scroller.clone()), |(pointed, scroller)| {
        if let (Some((line, _)), Some(element)) = (pointed, scroller.cast::<Element>()) {
            let top = (line * LINE_HEIGHT) as i32 - element.client_height() / 2;
            element.set_scroll_top(top.max(0));
        }
    });

    let oninput = send.reform(|event: InputEvent| {
        let area: HtmlTextAreaElement = event.target_unchecked_into();
        Message::Edited(area.value())
    });
    let first_error = diagnostics.first();
    let current = moment.as_ref().and_then(|moment| moment.current_line);
    // The marks belong to the last text that could be run.
    let marks_of = |line: u32| {
        let moment = moment.as_ref().filter(|_| first_error.is_none())?;
        moment.marks.iter().find(|marks| marks.line == line).cloned()
    };
    let mut offset = 0;
    let mut lines = Vec::new();
    for (index, line_text) in text.split('\n').enumerate() {
        let line = index as u32 + 1;
        let range = offset..offset + line_text.len();
        offset = range.end + 1;
        lines.push(html! {
            <Line
                key={line}
                number={line}
                pieces={pieces(line_text, range.start, spans, tunables)}
                marks={marks_of(line)}
                current={current == Some(line) && first_error.is_none()}
                wrong={first_error.is_some_and(|error| error.line == line)}
                pointed={pointed.filter(|(pointed, _)| *pointed == line).map(|(_, times)| times)}
            />
        });
    }
    html! {
        <section class="editor" aria-label="Program text" ref={scroller}>
            <div class="paper">
                <pre aria-hidden="true">{ for lines }</pre>
                <textarea
                    aria-label="Program"
                    aria-invalid={first_error.is_some().to_string()}
                    spellcheck="false"
                    autocapitalize="off"
                    autocomplete="off"
                    wrap="off"
                    value={text.to_string()}
                    {oninput}
                    onkeydown={Callback::from(keep_indentation)}
                />
                <div role="alert" class="error-room">
                    if let Some(error) = first_error {
                        <p class="error" key={format!("{}", error.line)} style={format!("--line:{};--column:{}", error.line, error.column - 1)}>
                            <b>{ format!("Line {}, column {}: ", error.line, error.column) }</b>{ &error.message }
                        </p>
                    }
                </div>
            </div>
        </section>
    }
}

/// Part of a line in one colour.
#[derive(Clone, Debug, PartialEq)]
struct Piece {
    text: String,
    class: &'static str,
    tunable: bool,
}

/// Cuts a line, which begins at `begin` in the text, where its colour changes or a tunable begins or ends.
fn pieces(line: &str, begin: usize, spans: &[Span], tunables: &[Tunable]) -> Vec<Piece> {
    let end = begin + line.len();
    if line.is_empty() {
        return Vec::new();
    }
    let mut cuts = vec![begin, end];
    let mut cut = |at: usize| {
        let place = cuts.partition_point(|other| *other < at);
        if at > begin && at < end && cuts[place] != at {
            cuts.insert(place, at);
        }
    };
    let first = spans.partition_point(|span| span.range.end <= begin);
    let spans: Vec<&Span> = spans[first..].iter().take_while(|span| span.range.start < end).collect();
    for range in spans.iter().map(|span| &span.range).chain(tunables.iter().map(|tunable| &tunable.range)) {
        cut(range.start);
        cut(range.end);
    }
    let piece = |cut: &[usize]| {
        Some(Piece {
            text: line.get(cut[0] - begin..cut[1] - begin)?.to_owned(),
            class: spans.iter().find(|span| span.range.contains(&cut[0])).map_or("", |span| span.class.name()),
            tunable: tunables.iter().any(|tunable| tunable.range.contains(&cut[0])),
        })
    };
    cuts.windows(2).filter_map(piece).collect()
}

#[derive(Properties, PartialEq)]
struct LineProperties {
    number: u32,
    pieces: Vec<Piece>,
    marks: Option<LineMarks>,
    current: bool,
    wrong: bool,
    pointed: Option<u32>,
}

#[function_component]
fn Line(properties: &LineProperties) -> Html {
    let LineProperties { number, pieces, marks, current, wrong, pointed } = properties;
    let piece = |piece: &Piece| {
        html! { <span class={classes!(piece.class, piece.tunable.then_some("literal"))}>{ &piece.text }</span> }
    };
    let marked = |marks: &LineMarks| {
        // The number of the others takes the room of one.
        let shown = if marks.count > marks.tasks.len() { marks.tasks.len().clamp(1, 2) } else { marks.tasks.len() };
        let more = marks.count - shown;
        html! {
            <>
                { for marks.tasks.iter().take(shown).map(mark) }
                if more > 0 {
                    <span class="more">{ if more > 999 { format!("+{}k", more / 1000) } else { format!("+{more}") } }</span>
                }
            </>
        }
    };
    // A class that alternates starts the animation again.
    let flash = pointed.map(|times| if times % 2 == 0 { "pointed" } else { "pointed-again" });
    html! {
        <div class={classes!("line", current.then_some("current"), wrong.then_some("wrong"), flash)}>
            <span class="margin">{ for marks.as_ref().map(marked) }</span>
            <span class="line-number">{ *number }</span>
            <code>{ for pieces.iter().map(piece) }{ "\n" }</code>
        </div>
    }
}

/// Tab indents, Shift+Tab takes back, Enter keeps the indentation; Escape leaves the editor.
fn keep_indentation(event: KeyboardEvent) {
    let area: HtmlTextAreaElement = event.target_unchecked_into();
    let position = |found: Result<Option<u32>, _>| found.ok().flatten().unwrap_or(0) as usize;
    // The browser counts in UTF-16 units.
    let before: String = {
        let units: Vec<u16> = area.value().encode_utf16().take(position(area.selection_start())).collect();
        String::from_utf16_lossy(&units)
    };
    let line = before.rsplit('\n').next().unwrap_or("");
    let indentation: String = line.chars().take_while(|letter| *letter == ' ').collect();
    match event.key().as_str() {
        "Escape" => {
            let _ = area.blur();
            return;
        }
        "Tab" if event.shift_key() => {
            let only_indentation = indentation.len() == line.len() && !line.is_empty();
            if only_indentation {
                let begin = before.encode_utf16().count() - (line.len() - 1) % INDENT.len() - 1;
                let _ = area.set_selection_start(Some(begin as u32));
                insert("");
            }
        }
        "Tab" => insert(&INDENT[line.chars().count() % INDENT.len()..]),
        "Enter" if !event.ctrl_key() && !event.meta_key() => {
            let deeper = if line.trim_end().ends_with(':') { INDENT } else { "" };
            insert(&format!("\n{indentation}{deeper}"));
        }
        _ => return,
    }
    event.prevent_default();
}

/// Puts a text in the place of the selection, as if typed: the browser's own undo takes it back.
fn insert(text: &str) {
    if let Ok(document) = browser::document().dyn_into::<HtmlDocument>() {
        let command = if text.is_empty() { "delete" } else { "insertText" };
        let _ = document.exec_command_with_show_ui_and_value(command, false, text);
    }
}
