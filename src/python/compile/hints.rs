//! What a program says to its readers and tools: docstrings, type parameters and aliases.

use std::rc::Rc;

use ruff_python_ast::{Expr, Stmt, StmtTypeAlias, TypeParams};

use super::Compiler;
use super::function::Access;
use crate::python::modules;
use crate::python::values::{Class, Value};

impl<'a> Compiler<'a> {
    /// Type parameters stand for nothing, but have to be there where a program names them.
    pub(super) fn type_parameters(&mut self, parameters: Option<&'a TypeParams>) {
        for parameter in parameters.into_iter().flat_map(|parameters| parameters.iter()) {
            self.here().constant(Value::Class(Class::Object));
            self.name(&parameter.name().id, Access::Store, parameter);
        }
    }

    /// An alias is known by its name alone: what it stands for is evaluated when it is asked for, which nobody does.
    pub(super) fn type_alias(&mut self, alias: &'a StmtTypeAlias) {
        if let Expr::Name(name) = &*alias.name {
            self.here().constant(modules::type_alias(&name.id));
            self.name(&name.id, Access::Store, name);
        }
    }
}

/// The docstring of a function or class, without the blanks that all its lines begin with.
pub fn documentation(body: &[Stmt]) -> Option<Rc<String>> {
    let Stmt::Expr(first) = body.first()? else { return None };
    let Expr::StringLiteral(text) = &*first.value else { return None };
    let text = text.value.to_str();
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let written = text.split('\n').skip(1).filter(|line| !line.trim_start_matches(' ').is_empty());
    let margin = written.map(blanks).min().unwrap_or(0);
    let mut cleaned = String::new();
    for (position, line) in text.split('\n').enumerate() {
        if position > 0 {
            cleaned.push('\n');
        }
        let removed = if position == 0 { usize::MAX } else { margin };
        cleaned.push_str(&line[blanks(line).min(removed)..]);
    }
    Some(Rc::new(cleaned))
}
