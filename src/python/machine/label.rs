//! What tasks are called on the page.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Expr, Stmt};
use ruff_python_parser::parse_module;

use super::{Frame, Machine};
use crate::python::values::Value;
use crate::trace::Text;

/// Gives each task a label that says which coroutine it runs, and that no other task has.
#[derive(Default)]
pub(super) struct Labels {
    /// Functions that the program calls more than once: their tasks are numbered.
    repeated: BTreeSet<String>,
    taken: BTreeSet<Text>,
    counts: BTreeMap<Rc<str>, u32>,
}

impl Labels {
    pub fn new(text: &str) -> Self {
        let mut calls = Calls::default();
        if let Ok(parsed) = parse_module(text) {
            calls.visit_body(&parsed.syntax().body);
        }
        Self { repeated: calls.repeated, ..Self::default() }
    }

    /// The label of a new task that runs `function`; `number` is the one that the program itself gave it.
    fn next(&mut self, function: &Rc<str>, number: Option<i64>) -> Text {
        let count = self.counts.entry(function.clone()).or_insert(0);
        *count += 1;
        let mut ordinal = *count;
        let is_repeated = self.repeated.contains(&**function);
        let first: Text = match number.filter(|_| is_repeated) {
            Some(number) => format!("{function} {number}").into(),
            None if is_repeated || ordinal > 1 => format!("{function} {ordinal}").into(),
            None => function.clone(),
        };
        let mut label = first;
        while !self.taken.insert(label.clone()) {
            ordinal += 1;
            label = format!("{function} {ordinal}").into();
        }
        label
    }

    /// A label that the program chose, with a number behind it if another task has the same.
    fn named(&mut self, name: &str) -> Text {
        let mut label: Text = name.into();
        let mut ordinal = 1;
        while !self.taken.insert(label.clone()) {
            ordinal += 1;
            label = format!("{name} ({ordinal})").into();
        }
        label
    }
}

impl Machine {
    /// The label of a new task that begins with this frame.
    pub fn label_frame(&mut self, frame: &Frame) -> Text {
        let parameters = frame.code.signature.names.len();
        let number = frame.values[..parameters].iter().find_map(|value| match value {
            Value::Int(number) => Some(*number),
            _ => None,
        });
        self.labels.next(&frame.code.name, number)
    }

    /// The label of a new task that runs a native coroutine.
    pub fn label_native(&mut self, name: &str) -> Text {
        self.labels.next(&name.into(), None)
    }

    /// The label of a new task that the program has named itself.
    pub fn label_named(&mut self, name: &str) -> Text {
        self.labels.named(name)
    }
}

/// Which functions are called in a loop, or in more than one place.
#[derive(Default)]
struct Calls {
    loops: u32,
    seen: BTreeSet<String>,
    repeated: BTreeSet<String>,
}

impl Calls {
    fn repeatedly(&mut self, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        visit(self);
        self.loops -= 1;
    }
}

impl<'a> Visitor<'a> for Calls {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::For(_) | Stmt::While(_) => self.repeatedly(|calls| visitor::walk_stmt(calls, statement)),
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) | Expr::Generator(_) => {
                self.repeatedly(|calls| visitor::walk_expr(calls, expression));
            }
            Expr::Call(call) => {
                if let Expr::Name(name) = &*call.func
                    && (!self.seen.insert(name.id.to_string()) || self.loops > 0)
                {
                    self.repeated.insert(name.id.to_string());
                }
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }
}
