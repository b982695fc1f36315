//! A program cut into tokens, roughly: nothing here has to be right, only worth moving about.

/// The tokens of a text, blanks and ends of lines included: together they are the text.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => string(rest, first),
            '#' => rest.find('\n').unwrap_or(rest.len()),
            ' ' => rest.find(|other| other != ' ').unwrap_or(rest.len()),
            _ if is_word(first) => {
                let is_number = first.is_ascii_digit();
                rest.find(|other| !(is_word(other) || is_number && other == '.')).unwrap_or(rest.len())
            }
            _ => {
                let pair = rest.get(..2).filter(|pair| {
                    ["**", "//", "==", "!=", "<=", ">=", "+=", "-=", "->", ":=", "<<", ">>"].contains(pair)
                });
                pair.map_or(first.len_utf8(), str::len)
            }
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after;
    }
    tokens
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// How long the string is at the beginning of a text; one quote, if it has no end.
fn string(text: &str, quote: char) -> usize {
    let triple = [quote; 3].iter().collect::<String>();
    if text.starts_with(&triple) {
        return text[3..].find(&triple).map_or(3, |end| end + 6);
    }
    let end = text[1..].find([quote, '\n']).map(|end| end + 1);
    end.filter(|end| text[*end..].starts_with(quote)).map_or(1, |end| end + 1)
}
