//! Cuts the passages out of functions that no demo comes through, and makes functions of them.
//!
//! A function that handles everything a program may say is needed at once, but most of what it handles is not. Where
//! a list of statements was not reached from some statement on, the rest of the list becomes a function: it gets
//! the locals that it reads, leaves those that it sets and that are read later in globals, and returns by which way it
//! is left, if there are several: to one of the labels around it, out of the function, or just on.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::code::{Node, result_of};
use super::live::{self, Labels, Locals};
use super::text::{Form, Module, name_at};

/// Passages of fewer expressions are left where they are, in most functions.
const LEAST: usize = 7;

/// Whose functions are cut only where there is much to be gained, and how much that is. What the page goes through
/// depends on more than a build can play to it: on what is in the document, on sizes and moments.
const CUT_LITTLE: (&str, usize) = ("signalbox::app::", 100);

/// Whose functions are not cut. For what the page is drawn with, that holds even more; where memory is found and lists
/// grow, and what is thrown away when a run is given up, depends on moments, too. Of such functions, those that were
/// reached are there as a whole.
const NOT_CUT: [&str; 11] = [
    "yew::",
    "wasm_bindgen",
    "js_sys::",
    "web_sys::",
    "gloo",
    "dlmalloc",
    "hashbrown",
    "alloc::collections::",
    "alloc::raw_vec::",
    "alloc::vec::",
    "drop_in_place<",
];

/// A module with passages cut out, and the names of the functions that were reached.
pub struct Cut<'a> {
    pub text: String,
    pub reached: BTreeSet<&'a str>,
}

/// The call of [`POINTER`](super::halves::POINTER).
const CHECK: &str = "(call $rest.pointer";

/// Cuts a module; `reached` are the numbers of the places that were.
pub fn cut<'a>(module: &Module<'a>, reached: &BTreeSet<usize>) -> Cut<'a> {
    let mut cut = Cut { text: String::from("(module\n"), reached: BTreeSet::new() };
    let (mut passages, mut globals) = (Passages::default(), String::new());
    let mut next = 0;
    for form in module.forms() {
        if form.kind() != "func" {
            cut.text += form.text;
            continue;
        }
        let first = next;
        let mut code = form.code(&mut next);
        // What does nothing has no place.
        if code.is_empty() || reached.contains(&first) {
            let name = form.name();
            cut.reached.insert(name);
            code.iter_mut().for_each(check_pointers);
            let is_cut_little = name.contains(CUT_LITTLE.0);
            if !is_cut_little && NOT_CUT.iter().any(|part| name.contains(part)) {
                cut.text += form.head_and_code().0;
                code.iter().for_each(|node| node.write(&mut cut.text, &as_it_is));
                cut.text += " )\n";
                continue;
            }
            let least = if is_cut_little { CUT_LITTLE.1 } else { LEAST };
            Function::new(form, reached, least, &mut passages).write(&code, &mut cut.text);
        } else {
            cut.text += form.text;
        }
    }
    for (kind, count) in &passages.globals {
        for number in 0..*count {
            let _ = writeln!(globals, " (global $left.{kind}.{number} (mut {kind}) ({kind}.const 0))");
        }
    }
    cut.text = [&cut.text, &globals, &passages.functions, ")\n"].concat();
    cut
}

/// Has function pointers looked at before they are called.
fn check_pointers(node: &mut Node) {
    node.children.iter_mut().for_each(check_pointers);
    if node.operation() == "call_indirect"
        && let Some(pointer) = node.children.pop()
    {
        node.children.push(Node { line: CHECK, children: vec![pointer], place: None });
    }
}

/// What has been cut out of all functions.
#[derive(Default)]
struct Passages {
    functions: String,
    count: usize,
    /// How many globals of each type a passage needs, at most.
    globals: BTreeMap<String, usize>,
}

/// A function out of which passages are cut.
struct Function<'a, 'p> {
    form: Form<'a>,
    reached: &'p BTreeSet<usize>,
    /// Passages of fewer expressions are left where they are.
    least: usize,
    passages: &'p mut Passages,
    numbers: BTreeMap<&'a str, usize>,
    locals: Vec<(&'a str, &'a str)>,
    labels: Labels<'a>,
    /// The labels that take a value.
    valued: BTreeSet<&'a str>,
}

/// A way out of a passage.
enum Way<'a> {
    On,
    To(&'a str),
    Return,
}

impl<'a, 'p> Function<'a, 'p> {
    fn new(form: Form<'a>, reached: &'p BTreeSet<usize>, least: usize, passages: &'p mut Passages) -> Self {
        let mut locals = Vec::new();
        for word in ["(param $", "(local $"] {
            let head = if word == "(param $" { form.signature() } else { form.head_and_code().0 };
            for (at, _) in head.match_indices(word) {
                let name = name_at(&head[at + word.len() - 1..]);
                let kind = &head[at + word.len() + name.len()..];
                locals.push((name, kind.split(')').next().unwrap_or_default()));
            }
        }
        let numbers = locals.iter().enumerate().map(|(number, (name, _))| (*name, number)).collect();
        Self { form, reached, least, passages, numbers, locals, labels: Labels::new(), valued: BTreeSet::new() }
    }

    fn write(mut self, code: &[Node<'a>], text: &mut String) {
        let head = self.form.head_and_code().0;
        text.push_str(head);
        text.push_str("  (local $way i32)\n");
        self.list(code, &Locals::default(), result_of(self.form.signature()), text);
        text.push_str(" )\n");
    }

    fn is_reached(&self, node: &Node) -> bool {
        let mut all = true;
        node.walk(&mut |node| all &= node.place.is_none_or(|place| self.reached.contains(&place)));
        all
    }

    /// Writes statements without the passage at their end. `live` is so after them; `value` is what they give.
    fn list(&mut self, list: &[Node<'a>], live: &Locals, value: Option<&'a str>, text: &mut String) {
        let mut lives = vec![live.clone()];
        for node in list.iter().rev() {
            let before = live::before(node, lives.last().cloned().unwrap_or_default(), &mut self.labels, &self.numbers);
            lives.push(before);
        }
        lives.reverse();
        for (index, node) in list.iter().enumerate() {
            if node.place.is_some_and(|place| !self.reached.contains(&place)) {
                if let Some(instead) = self.cut(&list[index..], &lives[index], live, value) {
                    text.push_str(&instead);
                    return;
                }
                list[index..].iter().for_each(|node| node.write(text, &as_it_is));
                return;
            }
            self.node(node, &lives[index + 1], text);
        }
    }

    fn node(&mut self, node: &Node<'a>, live: &Locals, text: &mut String) {
        if self.is_reached(node) {
            return node.write(text, &as_it_is);
        }
        if node.operation() == "block" && node.result().is_some() {
            self.valued.insert(node.name());
        }
        let mut within = live::within(node, live.clone(), &mut self.labels, &self.numbers);
        text.push_str(node.line);
        text.push('\n');
        match node.operation() {
            "block" | "loop" => self.list(&node.children, &within, node.result(), text),
            "if" => {
                self.node(&node.children[0], &within, text);
                for list in &node.children[1..] {
                    text.push_str(list.line);
                    text.push('\n');
                    self.list(&list.children, live, node.result(), text);
                    text.push_str(")\n");
                }
            }
            _ => {
                let mut lives = Vec::new();
                for child in node.children.iter().rev() {
                    lives.push(within.clone());
                    within = live::before(child, within, &mut self.labels, &self.numbers);
                }
                for (child, live) in node.children.iter().zip(lives.iter().rev()) {
                    self.node(child, live, text);
                }
            }
        }
        text.push_str(")\n");
    }

    /// Makes a function of a passage and gives what stands in its place, if that is worth it. `begin` is live where the
    /// passage begins, `end` where it ends.
    fn cut(&mut self, passage: &[Node<'a>], begin: &Locals, end: &Locals, value: Option<&'a str>) -> Option<String> {
        let size: usize = passage.iter().map(Node::size).sum();
        let goes_on = !passage.last()?.ends();
        let value = value.filter(|_| goes_on);
        let (mut named, mut set, mut own, mut targets) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut returns = false;
        for node in passage {
            node.walk(&mut |node| match node.operation() {
                "local.get" => _ = named.insert(node.name()),
                "local.set" | "local.tee" => {
                    named.insert(node.name());
                    set.insert(node.name());
                }
                "block" | "loop" => _ = own.insert(node.name()),
                "br" | "br_if" | "br_table" => targets.extend(node.names()),
                "return" => returns = true,
                _ => {}
            });
        }
        targets.retain(|target| !own.contains(target));
        if targets.iter().any(|target| self.valued.contains(target)) {
            return None;
        }
        let mut ways = Vec::new();
        let mut live = Locals::default();
        if goes_on {
            ways.push(Way::On);
            live.add(end);
        }
        for target in targets {
            ways.push(Way::To(target));
            live.add(&self.labels[target]);
        }
        if returns {
            ways.push(Way::Return);
        }
        let locals = |names: &BTreeSet<&'a str>, live: &Locals| {
            let mut found: Vec<(&str, &str)> = Vec::new();
            for name in names {
                let number = self.numbers[name];
                if live.contains(number) {
                    found.push((self.locals[number].1, name));
                }
            }
            // In the order of their types, so that there are few types of functions.
            found.sort_by_key(|(kind, _)| std::cmp::Reverse(*kind));
            found
        };
        let given = locals(&named, begin);
        let left = locals(&set, &live);
        if size < self.least + given.len() + 2 * left.len() + 3 * (ways.len().saturating_sub(1))
            || left.iter().any(|(kind, _)| !kind.starts_with(['i', 'f']))
        {
            return None;
        }

        let name = format!("$passage.{}", self.passages.count);
        self.passages.count += 1;
        let mut used = BTreeMap::new();
        let mut global = |kind: &str| {
            let count = used.entry(kind.to_owned()).or_insert(0);
            *count += 1;
            format!("$left.{kind}.{}", *count - 1)
        };
        let result = result_of(self.form.signature());
        let returned = result.filter(|_| returns).map(&mut global);
        let last = value.map(&mut global);
        let left: Vec<(String, &str)> = left.iter().map(|(kind, local)| (global(kind), *local)).collect();
        for (kind, count) in used {
            let most = self.passages.globals.entry(kind).or_default();
            *most = count.max(*most);
        }

        let mut code = String::new();
        let leave = |text: &mut String, node: &Node| match node.operation() {
            "return" if node.children.is_empty() => text.push_str("(br $return)"),
            "return" => text.push_str("(br $return"),
            _ => text.push_str(node.line),
        };
        passage.iter().for_each(|node| node.write(&mut code, &leave));
        if let (Some(kind), Some(global)) = (value, &last) {
            code = format!("(global.set {global} (block (result {kind})\n{code}))\n");
        }
        let several = ways.len() > 1;
        for (number, way) in ways.iter().enumerate() {
            match (way, &returned) {
                (Way::On, _) => {}
                (Way::To(label), _) => code = format!("(block {label}\n{code})\n"),
                (Way::Return, None) => code = format!("(block $return\n{code})\n"),
                (Way::Return, Some(global)) => {
                    let kind = result.unwrap_or_default();
                    code = format!("(global.set {global} (block $return (result {kind})\n{code}))\n");
                }
            }
            if several {
                let _ = writeln!(code, "(br $left (i32.const {number}))");
            }
        }
        let mut function = format!(" (func {name}");
        for (kind, local) in &given {
            let _ = write!(function, " (param {local} {kind})");
        }
        function += if several { " (result i32)\n" } else { "\n" };
        for local in &named {
            if !given.iter().any(|(_, other)| other == local) {
                let _ = writeln!(function, "  (local {local} {})", self.locals[self.numbers[local]].1);
            }
        }
        if several {
            let _ = write!(function, "  (local $way i32)\n  (local.set $way (block $left (result i32)\n{code}))\n");
        } else {
            function += &code;
        }
        for (global, local) in &left {
            let _ = writeln!(function, "  (global.set {global} (local.get {local}))");
        }
        function += if several { "  (local.get $way)\n )\n" } else { " )\n" };
        self.passages.functions += &function;

        let mut instead = format!("(call {name}");
        for (_, local) in &given {
            let _ = write!(instead, " (local.get {local})");
        }
        instead += ")\n";
        if several {
            instead = format!("(local.set $way {instead})\n");
        }
        for (global, local) in &left {
            let _ = writeln!(instead, "(local.set {local} (global.get {global}))");
        }
        let give_back = match &returned {
            Some(global) => format!("(return (global.get {global}))\n"),
            None => "(return)\n".to_owned(),
        };
        match ways.as_slice() {
            [] => instead += "(unreachable)\n",
            [Way::On] => {}
            [Way::To(label)] => _ = writeln!(instead, "(br {label})"),
            [Way::Return] => instead += &give_back,
            [Way::On, Way::To(label)] => _ = writeln!(instead, "(br_if {label} (local.get $way))"),
            [Way::On, Way::Return] => _ = writeln!(instead, "(if (local.get $way) (then {give_back}))"),
            _ => {
                let mut table = String::from("(br_table");
                for way in &ways {
                    let target = match way {
                        Way::On => &format!("$on.{}", &name[1..]),
                        Way::To(label) => *label,
                        Way::Return => &format!("$return.{}", &name[1..]),
                    };
                    let _ = write!(table, " {target}");
                }
                table += " (local.get $way))\n";
                if returns {
                    table = format!("(block $return.{}\n{table})\n{give_back}", &name[1..]);
                }
                if goes_on {
                    table = format!("(block $on.{}\n{table})\n", &name[1..]);
                }
                instead += &table;
            }
        }
        if let Some(global) = last {
            let _ = writeln!(instead, "(global.get {global})");
        }
        Some(instead)
    }
}

fn as_it_is(text: &mut String, node: &Node) {
    text.push_str(node.line);
}
