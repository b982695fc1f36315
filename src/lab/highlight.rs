//! Colours for the program's text.

use std::ops::Range;

use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};
use ruff_text_size::Ranged;

use crate::python::too_deep;

/// A stretch of text with a colour of its own; what lies between two is plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// In bytes. A string may go over several lines.
    pub range: Range<usize>,
    pub class: Class,
}

/// What a stretch of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Keyword,
    String,
    Comment,
    Number,
    /// The name that a `def` or `class` gives.
    Definition,
    /// A function of Python's own that is called, such as `print`.
    Builtin,
}

impl Class {
    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::String => "string",
            Self::Comment => "comment",
            Self::Number => "number",
            Self::Definition => "definition",
            Self::Builtin => "builtin",
        }
    }
}

/// The functions of Python's own that programs of this kind call.
const BUILTINS: &str = "abs all any anext bool bytes callable chr dict divmod enumerate filter float format getattr hasattr \
    hash id input int isinstance iter len list map max min next object ord print range repr reversed \
    round set sorted str sum zip";

/// The spans of a text in order, none over another. A text with errors is coloured as well, but none that is nested too
/// deeply to be read.
pub fn highlight(text: &str) -> Vec<Span> {
    if too_deep(text).is_some() {
        return Vec::new();
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    let tokens = parsed.tokens();
    let mut spans: Vec<Span> = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let range = Range::<usize>::from(token.range());
        let before = index.checked_sub(1).map(|before| tokens[before].kind());
        let after = tokens.get(index + 1).map(Token::kind);
        let Some(class) = class(token.kind(), &text[range.clone()], before, after) else { continue };
        match spans.last_mut() {
            Some(last) if last.class == class && last.range.end == range.start => last.range.end = range.end,
            _ if range.is_empty() => {}
            _ => spans.push(Span { range, class }),
        }
    }
    spans
}

fn class(kind: TokenKind, text: &str, before: Option<TokenKind>, after: Option<TokenKind>) -> Option<Class> {
    match kind {
        TokenKind::Comment => Some(Class::Comment),
        TokenKind::Int | TokenKind::Float | TokenKind::Complex => Some(Class::Number),
        TokenKind::String
        | TokenKind::FStringStart
        | TokenKind::FStringMiddle
        | TokenKind::FStringEnd
        | TokenKind::TStringStart
        | TokenKind::TStringMiddle
        | TokenKind::TStringEnd => Some(Class::String),
        TokenKind::Name if matches!(before, Some(TokenKind::Def | TokenKind::Class)) => Some(Class::Definition),
        TokenKind::Name
            if after == Some(TokenKind::Lpar)
                && before != Some(TokenKind::Dot)
                && BUILTINS.split(' ').any(|name| name == text) =>
        {
            Some(Class::Builtin)
        }
        _ if kind.is_keyword() => Some(Class::Keyword),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The coloured stretches and their classes' names.
    fn coloured(text: &str) -> Vec<(&str, &'static str)> {
        highlight(text).into_iter().map(|span| (&text[span.range], span.class.name())).collect()
    }

    #[test]
    fn keywords_names_numbers_and_comments_are_coloured() {
        let text = "async def worker(n):\n    print(n + 1.5)  # note\n    return None\n";
        let expected = [
            ("async", "keyword"),
            ("def", "keyword"),
            ("worker", "definition"),
            ("print", "builtin"),
            ("1.5", "number"),
            ("# note", "comment"),
            ("return", "keyword"),
            ("None", "keyword"),
        ];
        assert_eq!(coloured(text), expected);
        assert_eq!(coloured("class Pool: ..."), [("class", "keyword"), ("Pool", "definition")]);
        assert_eq!(coloured("print, x.print(1)"), [("1", "number")]);
    }

    #[test]
    fn words_that_are_keywords_in_some_places_are_coloured_there_alone() {
        assert_eq!(coloured("match = case\ntype = 1"), [("1", "number")]);
        let text = "match match:\n    case _: pass";
        assert_eq!(coloured(text), [("match", "keyword"), ("case", "keyword"), ("pass", "keyword")]);
    }

    #[test]
    fn the_fields_of_an_f_string_are_code() {
        let text = "f\"worker {n:.2f} of {len(d['x'])}\" f'{n}'";
        let expected = [
            ("f\"worker ", "string"),
            (".2f", "string"),
            (" of ", "string"),
            ("len", "builtin"),
            ("'x'", "string"),
            ("\"", "string"),
            ("f'", "string"),
            ("'", "string"),
        ];
        assert_eq!(coloured(text), expected);
    }

    #[test]
    fn a_text_with_errors_keeps_its_colours() {
        let text = "x = \"wör\nprint(x)\ndef (:\n  for ) in $ x ?: 12\n\tif";
        let expected = [
            ("\"wör", "string"),
            ("print", "builtin"),
            ("def", "keyword"),
            ("for", "keyword"),
            ("in", "keyword"),
            ("12", "number"),
            ("if", "keyword"),
        ];
        assert_eq!(coloured(text), expected);
        assert_eq!(coloured("x = '''a\ny = 1\n"), [("'''a\ny = 1\n", "string")]);
    }

    #[test]
    fn spans_are_in_order_however_much_has_been_typed() {
        let text = "\u{feff}async def f(é):\r\n\tawait é # ☂\r\n  x = rf'''{é!r:>{2}}\\\n''' + b\"\\0\"\n@g\nmatch x:\n case [1, *_]: 0xg";
        for (end, _) in text.char_indices() {
            let mut last = 0;
            for span in highlight(&text[..end]) {
                assert!(last <= span.range.start && span.range.start < span.range.end, "{end}");
                assert!(text.is_char_boundary(span.range.start) && text.is_char_boundary(span.range.end));
                last = span.range.end;
            }
        }
    }
}
