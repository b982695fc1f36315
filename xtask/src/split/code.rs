//! The code of a function as a tree: what `wasm-opt` prints, an expression a line, deeper inside one another.

use super::text::name_at;

/// An expression with what it is computed from, or a list of statements.
pub struct Node<'a> {
    /// The line with which it begins, such as `(local.set $0`.
    pub line: &'a str,
    pub children: Vec<Node<'a>>,
    /// The number of the place right before it, if a run may come as far as the statement before it and no further.
    pub place: Option<usize>,
}

impl<'a> Node<'a> {
    /// Reads expressions that stand one after the other.
    pub fn read(text: &'a str) -> Vec<Self> {
        let mut lines: Vec<(usize, &str)> = Vec::new();
        for line in text.lines() {
            let trimmed = line.trim_start();
            if !trimmed.is_empty() && !trimmed.starts_with(";;") {
                lines.push((line.len() - trimmed.len(), trimmed));
            }
        }
        let depth = lines.first().map_or(0, |(depth, _)| *depth);
        Self::read_at(&lines, &mut 0, depth)
    }

    fn read_at(lines: &[(usize, &'a str)], next: &mut usize, depth: usize) -> Vec<Self> {
        let mut nodes = Vec::new();
        while let Some((at, line)) = lines.get(*next)
            && *at == depth
            && *line != ")"
        {
            *next += 1;
            let mut node = Node { line, children: Vec::new(), place: None };
            if lines.get(*next).is_some_and(|(below, _)| *below > depth) {
                node.children = Self::read_at(lines, next, depth + 1);
                // The line that closes it.
                *next += 1;
            }
            nodes.push(node);
        }
        nodes
    }

    /// What is done, such as `local.set`.
    pub fn operation(&self) -> &'a str {
        self.line[1..].split([' ', ')']).next().unwrap_or_default()
    }

    /// The names behind the operation, such as a local or labels.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        let mut rest = self.line;
        std::iter::from_fn(move || {
            let at = rest.find(" $")?;
            let name = name_at(&rest[at + 1..]);
            rest = &rest[at + 1 + name.len()..];
            Some(name)
        })
    }

    pub fn name(&self) -> &'a str {
        self.names().next().unwrap_or_default()
    }

    /// The type of the value that a list ends with.
    pub fn result(&self) -> Option<&'a str> {
        result_of(self.line)
    }

    /// Whether its children are statements, one after the other.
    pub fn is_list(&self) -> bool {
        matches!(self.operation(), "block" | "loop" | "then" | "else")
    }

    /// Whether nothing that follows it is ever reached.
    pub fn ends(&self) -> bool {
        matches!(self.operation(), "br" | "br_table" | "return" | "unreachable")
    }

    /// Whether a run may leave it for somewhere else than what follows.
    fn diverts(&self) -> bool {
        matches!(self.operation(), "br" | "br_if" | "br_table" | "return" | "unreachable")
            || self.children.iter().any(Self::diverts)
    }

    /// How many expressions there are in it.
    pub fn size(&self) -> usize {
        1 + self.children.iter().map(Self::size).sum::<usize>()
    }

    /// Calls `visit` with this and all in it.
    pub fn walk<'n>(&'n self, visit: &mut impl FnMut(&'n Node<'a>)) {
        visit(self);
        self.children.iter().for_each(|child| child.walk(visit));
    }

    /// Writes it, each line as `rewrite` has it.
    pub fn write(&self, text: &mut String, rewrite: &impl Fn(&mut String, &Node)) {
        rewrite(text, self);
        text.push('\n');
        if !self.children.is_empty() {
            self.children.iter().for_each(|child| child.write(text, rewrite));
            text.push_str(")\n");
        }
    }
}

/// Numbers the places in a list of statements, and in all lists within.
pub fn number(list: &mut [Node], next: &mut usize) {
    let mut is_new = true;
    for node in list {
        if is_new {
            node.place = Some(*next);
            *next += 1;
        }
        is_new = node.diverts();
        number_within(node, next);
    }
}

fn number_within(node: &mut Node, next: &mut usize) {
    if node.is_list() {
        number(&mut node.children, next);
    } else {
        node.children.iter_mut().for_each(|child| number_within(child, next));
    }
}

/// The type that a function or a list is said to give.
pub fn result_of(text: &str) -> Option<&str> {
    let (_, result) = text.split_once("(result ")?;
    result.split(')').next()
}
