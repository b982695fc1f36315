//! Which locals are still read after a point of a function.

use std::collections::BTreeMap;

use super::code::Node;

/// A set of locals, by their numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Locals(Vec<u64>);

impl Locals {
    pub fn insert(&mut self, local: usize) {
        if self.0.len() <= local / 64 {
            self.0.resize(local / 64 + 1, 0);
        }
        self.0[local / 64] |= 1 << (local % 64);
    }

    pub fn remove(&mut self, local: usize) {
        if let Some(word) = self.0.get_mut(local / 64) {
            *word &= !(1 << (local % 64));
        }
    }

    pub fn contains(&self, local: usize) -> bool {
        self.0.get(local / 64).is_some_and(|word| word >> (local % 64) & 1 == 1)
    }

    pub fn add(&mut self, others: &Self) {
        if self.0.len() < others.0.len() {
            self.0.resize(others.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&others.0) {
            *word |= other;
        }
    }
}

/// What is live where a label leads to.
pub type Labels<'a> = BTreeMap<&'a str, Locals>;

/// What is live before `node`, where `live` is so after it. `numbers` are those of the locals.
pub fn before<'a>(
    node: &Node<'a>,
    live: Locals,
    labels: &mut Labels<'a>,
    numbers: &BTreeMap<&'a str, usize>,
) -> Locals {
    let live = within(node, live, labels, numbers);
    let children = if node.operation() == "if" { &node.children[..1] } else { &node.children[..] };
    before_all(children, live, labels, numbers)
}

/// What is live at the end of what `node` is computed from, or of the statements in it; of an `if`, of its condition.
pub fn within<'a>(
    node: &Node<'a>,
    mut live: Locals,
    labels: &mut Labels<'a>,
    numbers: &BTreeMap<&'a str, usize>,
) -> Locals {
    let label = |name: &str| labels.get(name).cloned().unwrap_or_default();
    match node.operation() {
        "local.get" => live.insert(numbers[node.name()]),
        "local.set" | "local.tee" => live.remove(numbers[node.name()]),
        "br" => return label(node.name()),
        "br_if" => live.add(&label(node.name())),
        "br_table" => {
            live = Locals::default();
            node.names().for_each(|name| live.add(&label(name)));
        }
        "return" | "unreachable" => return Locals::default(),
        "block" => {
            labels.insert(node.name(), live.clone());
        }
        "loop" => {
            // All that another round can add is seen in the first look at it.
            labels.insert(node.name(), Locals::default());
            let begin = before_all(&node.children, live.clone(), labels, numbers);
            labels.insert(node.name(), begin);
        }
        "if" => {
            let mut either = if node.children.len() < 3 { live.clone() } else { Locals::default() };
            for list in &node.children[1..] {
                either.add(&before_all(&list.children, live.clone(), labels, numbers));
            }
            return either;
        }
        _ => {}
    }
    live
}

/// The same for what stands one after the other.
pub fn before_all<'a>(
    nodes: &[Node<'a>],
    live: Locals,
    labels: &mut Labels<'a>,
    numbers: &BTreeMap<&'a str, usize>,
) -> Locals {
    nodes.iter().rev().fold(live, |live, node| before(node, live, labels, numbers))
}
