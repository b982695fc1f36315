//! Makes a program smaller as long as it shows what it showed.

use super::syntax::{Block, Clause, Statement};

/// How many smaller programs are tried at most.
const PATIENCE: usize = 3000;

/// Calls that take as many arguments as there are.
const LISTS: [&str; 2] = ["asyncio.gather", "say"];

/// The smallest program found for which `still_differs` holds, as it does for `program`.
pub fn shrink<E>(program: Block, mut still_differs: impl FnMut(&Block) -> Result<bool, E>) -> Result<Block, E> {
    let mut smallest = program;
    let mut tried = 0;
    loop {
        let mut found = false;
        let mut next = 0;
        let mut candidates = smaller_blocks(&smallest);
        while next < candidates.len() && tried < PATIENCE {
            tried += 1;
            if still_differs(&candidates[next])? {
                smallest = candidates.swap_remove(next);
                // What did not help before seldom helps now: it goes on where it is, and from the start afterwards.
                candidates = smaller_blocks(&smallest);
                found = true;
            } else {
                next += 1;
            }
        }
        if !found || tried == PATIENCE {
            return Ok(smallest);
        }
    }
}

/// The block with something taken away, the largest pieces first.
fn smaller_blocks(block: &Block) -> Vec<Block> {
    let mut smaller = Vec::new();
    let mut piece = block.len();
    while piece > 0 {
        for start in (0..block.len()).step_by(piece) {
            let mut rest = block.clone();
            rest.drain(start..(start + piece).min(block.len()));
            smaller.push(rest);
        }
        piece /= 2;
    }
    for (index, statement) in block.iter().enumerate() {
        for replacement in smaller_statements(statement) {
            let mut other = block.clone();
            other.splice(index..=index, replacement);
            smaller.push(other);
        }
    }
    smaller
}

/// What may stand in a statement's place.
fn smaller_statements(statement: &Statement) -> Vec<Block> {
    let clauses = match statement {
        Statement::Line(line) if line.contains('\n') => return Vec::new(),
        Statement::Line(line) => {
            return smaller_lines(line).into_iter().map(|line| vec![Statement::Line(line)]).collect();
        }
        Statement::Compound(clauses) => clauses,
    };
    let mut smaller: Vec<Block> = Vec::new();
    if !clauses[0].head.contains("def ") {
        smaller.extend(clauses.iter().map(|clause| clause.body.clone()));
    }
    let with = |changed: Vec<Clause>| vec![Statement::Compound(changed)];
    // A `try` keeps at least one clause beside its own.
    let fewest = if clauses[0].head == "try:" { 2 } else { 1 };
    for index in 1..clauses.len() {
        let mut fewer = clauses.clone();
        fewer.remove(index);
        let is_lone_else = fewer.get(1).is_some_and(|clause| clause.head == "else:");
        if fewer.len() >= fewest && !is_lone_else {
            smaller.push(with(fewer));
        }
    }
    for (index, clause) in clauses.iter().enumerate() {
        for body in smaller_blocks(&clause.body) {
            // An empty body says `pass`: only worth it where there was more than one statement, or it never ends.
            let mut changed = clauses.clone();
            changed[index].body = body;
            smaller.push(with(changed));
        }
        for head in smaller_lines(&clause.head) {
            let mut changed = clauses.clone();
            changed[index].head = head;
            smaller.push(with(changed));
        }
    }
    smaller
}

/// The line with one call replaced by one of its arguments, or without one of its arguments, or with a smaller number.
fn smaller_lines(line: &str) -> Vec<String> {
    let mut smaller = Vec::new();
    for (open, _) in line.match_indices(['(', '[']) {
        let Some(close) = closing(line, open) else { continue };
        let arguments = arguments(line, open + 1, close);
        let name = line[..open].rfind(|letter: char| !letter.is_alphanumeric() && !"_.".contains(letter));
        let start = name.map_or(0, |before| before + 1);
        for (index, (first, last)) in arguments.iter().enumerate() {
            let argument = &line[*first..*last];
            if line[start..open].contains('.') && !is_keyword(argument) {
                smaller.push(format!("{}{}{}", &line[..start], argument.trim(), &line[close + 1..]));
            }
            let is_list = line[open..].starts_with('[') || LISTS.iter().any(|call| line[..open].ends_with(call));
            if is_list || is_keyword(argument) {
                let others = arguments.iter().enumerate().filter(|(other, _)| *other != index);
                let rest: Vec<_> = others.map(|(_, (first, last))| line[*first..*last].trim()).collect();
                smaller.push(format!("{}{}{}", &line[..=open], rest.join(", "), &line[close..]));
            }
        }
    }
    if let Some(digits) = line.strip_prefix("n = ") {
        let number: usize = digits.parse().unwrap_or(0);
        smaller.extend((1..number).map(|number| format!("n = {number}")));
    }
    smaller
}

/// Whether an argument is one such as `timeout=1`.
fn is_keyword(argument: &str) -> bool {
    argument
        .split_once('=')
        .is_some_and(|(name, _)| name.trim().chars().all(|letter| letter.is_alphabetic() || letter == '_'))
}

/// Where the bracket at `open` is closed.
fn closing(line: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (index, letter) in line[open..].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + index);
        }
    }
    None
}

/// Where the arguments between two places begin and end.
fn arguments(line: &str, start: usize, end: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut first = start;
    let mut depth = 0;
    for (index, letter) in line[start..end].char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                found.push((first, start + index));
                first = start + index + 1;
            }
            _ => {}
        }
    }
    if !line[first..end].trim().is_empty() {
        found.push((first, end));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::syntax::{clause, compound, line, render};

    #[test]
    fn only_what_matters_is_left() {
        let attempt = Statement::Compound(vec![
            clause(
                "try:",
                vec![line("noise()"), line("await asyncio.wait_for(asyncio.gather(noise(), culprit(1)), 2)")],
            ),
            clause("except ValueError:", vec![line("noise()")]),
        ]);
        let program = vec![line("noise()"), compound("for turn in range(3):", vec![attempt, line("noise()")])];
        let shrunk = shrink(program, |block| Ok::<_, ()>(render(block).contains("culprit(")));
        assert_eq!(render(&shrunk.unwrap()), "await culprit(1)\n");
    }

    #[test]
    fn a_try_keeps_a_handler() {
        let attempt =
            vec![Statement::Compound(vec![clause("try:", vec![line("a")]), clause("finally:", vec![line("b")])])];
        assert!(smaller_blocks(&attempt).iter().all(|block| !render(block).ends_with("try:\n    a\n")));
    }
}
