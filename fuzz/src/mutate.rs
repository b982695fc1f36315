//! Programs bent out of shape.

use crate::corpus::Corpus;
use crate::expression::{EXTREMES, attribute, expression, operator};
use crate::random::Random;
use crate::tokens::tokens;

/// Programs are kept below this, in bytes: longer ones are slow and tell nothing new.
const LONGEST: usize = 60_000;

/// Letters that texts seldom have.
const ODD_LETTERS: &[&str] = &[
    "\0",
    "\r",
    "\r\n",
    "\t",
    "\u{c}",
    "\u{feff}",
    "\u{a0}",
    "\u{2028}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "ﬁ",
    "١",
    "²",
    "名",
    "\u{1f600}",
    "\u{200b}",
    "\u{202e}",
    "\u{10ffff}",
    "\u{e000}",
    "\\",
    "\\\n",
    "\"",
    "'",
    "\"\"\"",
    "#",
    "$",
    "?",
    "!",
    "`",
    ";",
    ":",
    "\n",
    "\n\n",
    "    ",
    "\u{7f}",
    "\u{1b}[0m",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    "f'",
    "f\"{",
    "b'",
    "rb'",
    "t'",
    "@",
    ":=",
    "->",
    "0x",
    "1e",
    "0777",
    "1_",
    ".",
];

/// What may be written many times before an expression, and after it.
const WRAPPINGS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("not ", ""),
    ("-", ""),
    ("~", ""),
    ("await ", ""),
    ("lambda: ", ""),
    ("lambda x=", ": 1"),
    ("f(", ")"),
    ("", "()"),
    ("", "[0]"),
    ("", ".x"),
    ("1 + ", ""),
    ("", " + 1"),
    ("2 ** ", ""),
    ("1 if 1 else ", ""),
    ("1 < ", ""),
    ("a and ", ""),
    ("[x for x in ", "]"),
    ("{1: ", "}"),
    ("*", ""),
    ("f'{", "}'"),
    ("f\"{f'{", "}'}\""),
    ("(yield ", ")"),
    ("(x := ", ")"),
    ("'a' ", ""),
    ("a, ", ""),
    ("a = ", ""),
    ("", ", 1"),
    ("", " % 1"),
    ("a[", "]"),
    ("a.b(", ").c"),
];

/// Statements that hold others.
const HEADS: &[&str] = &[
    "if 1:",
    "while 1:",
    "for x in [1]:",
    "try:",
    "with a:",
    "async with a:",
    "async for x in a:",
    "def f():",
    "async def g():",
    "class A:",
    "else:",
    "elif 0:",
    "except:",
    "except* ValueError:",
    "finally:",
    "match x:",
    "case [1, *_]:",
];

/// Statements with a taste for trouble.
const STATEMENTS: &[&str] = &[
    "l = []; l.append(l); print(l, l == [l], repr(l))",
    "d = {}; d[1] = d; print(d, d == {1: d})",
    "del x",
    "raise",
    "raise ValueError from None",
    "raise KeyError(KeyError())",
    "return",
    "break",
    "continue",
    "global x",
    "nonlocal x",
    "await asyncio.sleep(float('inf'))",
    "await asyncio.sleep(1e308)",
    "asyncio.current_task().cancel()",
    "[t.cancel() for t in asyncio.all_tasks()]",
    "await asyncio.sleep(-1)",
    "asyncio.get_running_loop().call_at(-1e308, print, 1)",
    "asyncio.get_running_loop().stop()",
    "asyncio.get_running_loop().close()",
    "await asyncio.current_task()",
    "await asyncio.gather(*asyncio.all_tasks())",
    "yield",
    "yield asyncio.sleep(0)",
    "x = yield from range(3)",
    "class A(A if 0 else object): __slots__ = ()",
    "class A(Exception): __init__ = print",
    "class A: __eq__ = __hash__ = lambda *a: 1 / 0",
    "class A: __getattr__ = getattr",
    "class A: __repr__ = lambda self: repr([self])",
    "class A(list, dict): pass",
    "import asyncio as print",
    "l = [3, 1, 2]; l.sort(key=lambda x: l.clear() or x)",
    "for x in (l := [1]): l.append(x) if len(l) < 9999 else None",
    "e = ValueError(); e.__cause__ = e; raise e",
    "e = ValueError(); e.__context__ = KeyError(e); raise e",
    "sys.exit(10**30)",
    "exit()",
    "try:\n    1 / 0\nfinally:\n    asyncio.run(main())",
    "async with asyncio.timeout(-1): await asyncio.sleep(0)",
    "async with asyncio.TaskGroup() as tg: tg.create_task(tg.create_task(asyncio.sleep(0)))",
    "asyncio.create_task(asyncio.sleep(0)).cancel()",
    "t = asyncio.create_task(asyncio.sleep(1)); t.add_done_callback(lambda t: t.cancel())",
    "f = asyncio.Future(); f.set_exception(StopIteration)",
    "f = asyncio.Future(); f.add_done_callback(f.set_result); f.cancel()",
    "g = (g.throw(ValueError) for x in [1]); next(g)",
    "def f(): yield; f()\nlist(f())",
    "c = asyncio.sleep(1)\nfor _ in range(5000): c = asyncio.wait_for(c, 1)",
    "assert 0, asyncio.Lock()",
    "l = []\nfor _ in range(99999): l = [l]",
    "l = ()\nfor _ in range(99999): l = (l, l)",
    "while True: pass",
    "s = 'x'\nwhile True: s += s",
    "l = [1]\nwhile True: l += l",
    "while True: asyncio.create_task(asyncio.sleep(0))",
    "while True: await asyncio.sleep(0)",
    "while True: print(1)",
    "print('x' * 10**7)",
    "print(*range(10**6))",
    "match x:\n    case {'a': [*y], **z}: pass\n    case int(1) | str(): pass",
    "type X = int",
    "with a, b as c: pass",
    "a, *b, (c, d) = 1, 2, 3, (4, 5)",
    "*a, *b = 1",
    "x: int = y: int",
    "print(f'{x!r:{y}.{z}}')",
    "print(f'{1:{2:{3}}}')",
    "a[::] += 1",
    "(a, b) += 1",
    "from asyncio import *",
    "from . import x",
    "import os.path",
    "async def f(): return [x async for x in y]",
    "lambda: (yield)",
    "@a\n@b()\ndef f(a, /, b=1, *c, d, **e): pass",
];

/// The program of a seed.
pub fn program(corpus: &Corpus, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut text = random.pick(&corpus.programs);
    for _ in 0..random.pick(&[1, 1, 1, 2, 2, 3, 4, 6, 10]) {
        let mutated = mutate(&text, corpus, &mut random);
        if mutated.len() < LONGEST {
            text = mutated;
        }
    }
    text
}

/// The text with something changed.
fn mutate(text: &str, corpus: &Corpus, random: &mut Random) -> String {
    match random.weighted(&[30, 12, 12, 6, 6, 4, 3, 3]) {
        0 => replace_token(text, corpus, random),
        1 => insert_statement(text, corpus, random),
        2 => move_lines(text, corpus, random),
        3 => move_tokens(text, random),
        4 => odd_letters(text, random),
        5 => nest(text, random),
        6 => nest_statements(text, random),
        _ => change_format(text, random),
    }
}

/// Names of the program, the ones it is about more often.
fn names<'a>(tokens: &[&'a str]) -> Vec<&'a str> {
    tokens.iter().copied().filter(|token| is_name(token)).collect()
}

fn is_name(token: &str) -> bool {
    const KEYWORDS: &str = " and as assert async await break class continue def del elif else except finally for from global \
                            if import in is lambda nonlocal not or pass raise return try while with yield ";
    token.starts_with(|first: char| first.is_alphabetic() || first == '_') && !KEYWORDS.contains(&format!(" {token} "))
}

/// Another number, name, string or operator in one place, or an expression there.
fn replace_token(text: &str, corpus: &Corpus, random: &mut Random) -> String {
    let tokens = tokens(text);
    let places: Vec<usize> = (0..tokens.len()).filter(|place| !tokens[*place].trim().is_empty()).collect();
    if places.is_empty() {
        return random.pick(&corpus.lines);
    }
    let names = names(&tokens);
    let place = random.pick(&places);
    let token = tokens[place];
    let follows_point = place > 0 && tokens[place - 1] == ".";
    let replacement = match token.chars().next() {
        Some(first) if first.is_ascii_digit() => match random.below(3) {
            0 => expression(random, &names, 2),
            _ => random.pick(EXTREMES).to_owned(),
        },
        Some('"' | '\'') => expression(random, &names, 1),
        _ if is_name(token) && follows_point => attribute(random).to_owned(),
        _ if is_name(token) => match random.below(4) {
            0 => random.pick(&names).to_owned(),
            1 => random.pick(&corpus.names),
            _ => expression(random, &names, 2),
        },
        Some(first) if "+-*/%<>=&|^".contains(first) => operator(random).to_owned(),
        _ => match random.below(3) {
            0 => String::new(),
            1 => token.repeat(2),
            _ => random.pick(&tokens).to_owned(),
        },
    };
    tokens[..place].concat() + &replacement + &tokens[place + 1..].concat()
}

/// A line's indentation.
fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches(' ').len()]
}

/// The lines of a text, line ends included.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// One statement more.
fn insert_statement(text: &str, corpus: &Corpus, random: &mut Random) -> String {
    let tokens = tokens(text);
    let names = names(&tokens);
    let statement = match random.below(6) {
        0 | 1 => random.pick(STATEMENTS).to_owned(),
        2 => random.pick(&corpus.lines).trim().to_owned(),
        3 => format!("print({})", expression(random, &names, 3)),
        4 if !names.is_empty() => format!("{} = {}", random.pick(&names), expression(random, &names, 3)),
        _ => expression(random, &names, 3),
    };
    let lines = lines(text);
    let place = random.below(lines.len() + 1);
    let indentation = lines.get(place).map_or("", |line| indentation(line)).to_owned();
    let statement: String = statement.split('\n').map(|line| format!("{indentation}{line}\n")).collect();
    lines[..place].concat() + &statement + &lines[place..].concat()
}

/// Lines deleted, doubled, moved, or put in from another program.
fn move_lines(text: &str, corpus: &Corpus, random: &mut Random) -> String {
    let lines = lines(text);
    if lines.is_empty() {
        return text.to_owned();
    }
    let begin = random.below(lines.len());
    let end = (begin + random.between(1, 6)).min(lines.len());
    let piece = lines[begin..end].concat();
    let rest = [&lines[..begin], &lines[end..]].concat();
    match random.below(4) {
        0 => rest.concat(),
        1 => lines[..end].concat() + &piece + &lines[end..].concat(),
        2 => {
            let place = random.below(rest.len() + 1);
            rest[..place].concat() + &piece + &rest[place..].concat()
        }
        _ => {
            let other = random.pick(&corpus.programs);
            let others: Vec<&str> = other.split_inclusive('\n').collect();
            let from = random.below(others.len().max(1)).min(others.len());
            let to = (from + random.between(1, 30)).min(others.len());
            lines[..begin].concat() + &others[from..to].concat() + &lines[begin..].concat()
        }
    }
}

/// Tokens deleted, doubled or exchanged.
fn move_tokens(text: &str, random: &mut Random) -> String {
    let mut tokens = tokens(text);
    if tokens.is_empty() {
        return text.to_owned();
    }
    let (one, other) = (random.below(tokens.len()), random.below(tokens.len()));
    match random.below(3) {
        0 => drop(tokens.remove(one)),
        1 => tokens.insert(one, tokens[other]),
        _ => tokens.swap(one, other),
    }
    tokens.concat()
}

/// Letters deleted, put in or exchanged for odd ones; or the text cut off.
fn odd_letters(text: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..random.between(1, 4) {
        let place = random.below(letters.len() + 1);
        match random.below(8) {
            0 => letters.truncate(place),
            1 | 2 if place < letters.len() => drop(letters.remove(place)),
            3 if place < letters.len() => letters.swap(place, 0),
            _ => {
                let odd = random.pick(ODD_LETTERS);
                letters.splice(place..place, odd.chars());
            }
        }
    }
    letters.into_iter().collect()
}

/// Something written around a token many times.
fn nest(text: &str, random: &mut Random) -> String {
    let tokens = tokens(text);
    let places: Vec<usize> = (0..tokens.len()).filter(|place| is_name(tokens[*place])).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    let place = random.pick(&places);
    let (before, after) = random.pick(WRAPPINGS);
    let times = random.pick(&[2, 5, 20, 99, 199, 201, 1000, 5000]);
    let wrapped = before.repeat(times) + tokens[place] + &after.repeat(times);
    tokens[..place].concat() + &wrapped + &tokens[place + 1..].concat()
}

/// A line in many blocks, one within the other.
fn nest_statements(text: &str, random: &mut Random) -> String {
    let lines = lines(text);
    let place = random.below(lines.len() + 1);
    let mut nested = String::new();
    let outer = lines.get(place).map_or(0, |line| indentation(line).len());
    let depth = random.pick(&[1, 3, 20, 99, 101, 300]);
    let head = random.pick(HEADS);
    for level in 0..depth {
        let head = if random.chance(30) { random.pick(HEADS) } else { head };
        nested += &format!("{}{head}\n", " ".repeat(outer + level));
    }
    nested += &format!("{}pass\n", " ".repeat(outer + depth));
    lines[..place].concat() + &nested + &lines[place..].concat()
}

/// Another text in a string.
fn change_format(text: &str, random: &mut Random) -> String {
    let tokens = tokens(text);
    let places: Vec<usize> = (0..tokens.len()).filter(|place| tokens[*place].starts_with(['"', '\''])).collect();
    if places.is_empty() {
        return text.to_owned();
    }
    let place = random.pick(&places);
    let string = tokens[place];
    let letters: Vec<char> = string.chars().collect();
    let at = random.between(1, letters.len().max(2) - 1).min(letters.len());
    let piece = random.pick(&[
        "{",
        "}",
        "{}",
        "{x}",
        "{x!r}",
        "{x:>99}",
        "{x:{y}}",
        "{x=}",
        "{:",
        "!",
        ":>10",
        ":.3f",
        "%s",
        "%",
        "%99d",
        "\\n",
        "\\x",
        "\\N{DASH}",
        "\\u12",
        "\\777",
        "\\\n",
        "{lambda: 1}",
        "{await x}",
        "{(yield)}",
        "{x:%Y}",
        "{x!z}",
        "{*x}",
        "{x:,}",
        "{{}}",
        "{'a' 'b'}",
        "{f'{x}'}",
    ]);
    let changed: String = letters[..at].iter().collect::<String>() + piece + &letters[at..].iter().collect::<String>();
    tokens[..place].concat() + &changed + &tokens[place + 1..].concat()
}
