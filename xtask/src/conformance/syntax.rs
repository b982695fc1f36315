//! A program as a tree of statements: as much of Python's syntax as it takes to write one down and to cut one down.

/// A line, or clauses with a body each. What is written as a line of several lines stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub enum Statement {
    Line(String),
    /// `try`, `except` and `finally`; `if` and `else`; or a single clause, such as a loop or a function.
    Compound(Vec<Clause>),
}

/// A head such as `if ready:` and what is indented below it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    pub head: String,
    pub body: Block,
}

pub type Block = Vec<Statement>;

pub fn line(text: impl Into<String>) -> Statement {
    Statement::Line(text.into())
}

pub fn compound(head: impl Into<String>, body: Block) -> Statement {
    Statement::Compound(vec![clause(head, body)])
}

pub fn clause(head: impl Into<String>, body: Block) -> Clause {
    Clause { head: head.into(), body }
}

/// The program's text.
pub fn render(program: &[Statement]) -> String {
    let mut text = String::new();
    write(program, 0, &mut text);
    text
}

fn write(block: &[Statement], depth: usize, text: &mut String) {
    if block.is_empty() {
        write_line("pass", depth, text);
    }
    for statement in block {
        match statement {
            Statement::Line(line) => write_line(line, depth, text),
            Statement::Compound(clauses) => {
                for clause in clauses {
                    if depth == 0 && clause.head.contains("def ") {
                        text.push('\n');
                    }
                    write_line(&clause.head, depth, text);
                    write(&clause.body, depth + 1, text);
                }
            }
        }
    }
}

fn write_line(line: &str, depth: usize, text: &mut String) {
    for _ in 0..depth {
        text.push_str("    ");
    }
    text.push_str(line);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_indented_and_never_empty() {
        let body = vec![line("await asyncio.sleep(1)")];
        let attempt = Statement::Compound(vec![clause("try:", body), clause("finally:", Block::new())]);
        let program = [line("import asyncio"), compound("async def main():", vec![attempt])];
        let text = "import asyncio\n\nasync def main():\n    try:\n        await asyncio.sleep(1)\n    finally:\n        pass\n";
        assert_eq!(render(&program), text);
    }
}
