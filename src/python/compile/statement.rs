//! Statements.

use ruff_python_ast::{Expr, Stmt, StmtFor, StmtIf, StmtImportFrom, StmtWhile};

use super::builder::{Block, Label, Place};
use super::function::Access;
use super::support::{catches_import_errors, is_about_the_environment};
use super::{CodeKind, Compiler, Instruction};
use crate::python::modules;
use crate::python::values::{Class, ExceptionKind, Value};

const LEAVES_STAR_HANDLER: &str = "'break', 'continue' and 'return' cannot appear in an except* block";

impl<'a> Compiler<'a> {
    pub(super) fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Expr(it) => {
                self.expression(&it.value);
                self.emit(Instruction::Pop);
            }
            Stmt::Assign(it) => {
                self.expression(&it.value);
                self.name_primitives(&it.value, it.targets.first());
                for (position, target) in it.targets.iter().enumerate() {
                    if position + 1 < it.targets.len() {
                        self.emit(Instruction::Duplicate);
                    }
                    self.assign(target);
                }
                self.name_unpacked_primitives(&it.value, it.targets.first());
            }
            Stmt::AnnAssign(it) => {
                self.note_annotation(it);
                if let Some(value) = &it.value {
                    self.expression(value);
                    self.name_primitives(value, Some(&it.target));
                    self.assign(&it.target);
                }
            }
            Stmt::AugAssign(it) => self.augmented_assignment(it),
            Stmt::FunctionDef(it) => self.function_definition(it),
            Stmt::Return(it) => {
                if matches!(self.here().kind, CodeKind::Module | CodeKind::Class) {
                    self.reject(it, "'return' outside function");
                }
                match &it.value {
                    Some(value) => self.expression(value),
                    None => self.here().constant(Value::None),
                }
                if self.here().kind == CodeKind::AsyncGenerator && it.value.is_some() {
                    self.reject(it, "'return' with value in async generator");
                }
                if self.here().blocks.iter().any(Block::is_star_handler) {
                    self.reject(it, LEAVES_STAR_HANDLER);
                }
                self.leave_blocks(0, true);
                self.emit(Instruction::Return);
                self.here().reguard(0);
            }
            Stmt::If(it) => {
                let is_optional = u32::from(is_about_the_environment(&it.test));
                self.optional_imports += is_optional;
                self.if_statement(it);
                self.optional_imports -= is_optional;
            }
            Stmt::While(it) => self.while_statement(it),
            Stmt::For(it) => self.for_statement(it),
            Stmt::Break(it) => self.leave_loop(it, true),
            Stmt::Continue(it) => self.leave_loop(it, false),
            Stmt::With(it) => self.with_statement(it, 0),
            Stmt::Try(it) => {
                let is_optional = u32::from(it.handlers.iter().any(catches_import_errors));
                let bare = it
                    .handlers
                    .iter()
                    .position(|handler| handler.as_except_handler().is_some_and(|handler| handler.type_.is_none()));
                if let Some(bare) = bare.filter(|bare| bare + 1 < it.handlers.len()) {
                    self.reject(&it.handlers[bare], "default 'except:' must be last");
                }
                self.optional_imports += is_optional;
                self.try_statement(it);
                self.optional_imports -= is_optional;
            }
            Stmt::Raise(it) => match (&it.exc, &it.cause) {
                (None, _) => {
                    let handled = self.here().blocks.iter().rev().find_map(|block| match block {
                        Block::Handler { local, .. } => Some(*local),
                        _ => None,
                    });
                    self.emit(handled.map_or(Instruction::RaiseAgain, Instruction::Reraise));
                }
                (Some(exception), None) => {
                    self.expression(exception);
                    self.at(it);
                    self.emit(Instruction::Raise);
                }
                (Some(exception), Some(cause)) => {
                    self.expression(exception);
                    self.expression(cause);
                    self.at(it);
                    self.emit(Instruction::RaiseFrom);
                }
            },
            Stmt::Assert(it) => {
                let holds = self.here().label();
                self.expression(&it.test);
                self.here().jump(Instruction::JumpIfTrue, holds);
                self.here().constant(Value::Class(Class::Exception(ExceptionKind::AssertionError)));
                if let Some(message) = &it.msg {
                    self.expression(message);
                    self.emit(Instruction::Call { arguments: 1 });
                }
                self.at(&*it.test);
                self.emit(Instruction::Raise);
                self.here().place(holds);
            }
            Stmt::Delete(it) => {
                for target in &it.targets {
                    self.delete(target);
                }
            }
            Stmt::Import(it) => {
                for alias in &it.names {
                    self.import(alias, &alias.name.id);
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.name(name.id.split('.').next().unwrap_or_default(), Access::Store, alias);
                }
            }
            Stmt::ImportFrom(it) => self.import_from(it),
            Stmt::Pass(_) | Stmt::Global(_) => {}
            Stmt::Nonlocal(it) => {
                if self.here().kind == CodeKind::Module {
                    self.reject(it, "nonlocal declaration not allowed at module level");
                    return;
                }
                for name in &it.names {
                    if !matches!(self.find(&name.id), Place::Cell(_)) {
                        self.reject(name, format!("no binding for nonlocal '{}' found", name.id));
                    }
                }
            }
            Stmt::ClassDef(it) => self.class_definition(it),
            Stmt::Match(it) => self.match_statement(it),
            Stmt::TypeAlias(it) => self.type_alias(it),
            Stmt::IpyEscapeCommand(it) => self.reject(it, "this is not a statement of Python"),
        }
    }

    /// A primitive that is made and stored in a variable gets the variable's name on the page.
    fn name_primitives(&mut self, value: &Expr, target: Option<&Expr>) {
        if !may_make_primitives(value) {
            return;
        }
        match target {
            Some(Expr::Name(name)) => {
                let name = self.here().name(&name.id);
                self.emit(Instruction::NamePrimitives(name));
            }
            Some(Expr::Attribute(attribute)) => {
                let name = self.here().name(&attribute.attr.id);
                self.emit(Instruction::NameAttribute(name));
            }
            _ => {}
        }
    }

    /// So do those that are made together and stored in several variables.
    fn name_unpacked_primitives(&mut self, value: &Expr, target: Option<&'a Expr>) {
        let targets = match target {
            Some(Expr::Tuple(tuple)) => &tuple.elts,
            Some(Expr::List(list)) => &list.elts,
            _ => return,
        };
        if !may_make_primitives(value) {
            return;
        }
        for target in targets.iter().filter_map(Expr::as_name_expr) {
            self.name(&target.id, Access::Load, target);
            let name = self.here().name(&target.id);
            self.emit(Instruction::NamePrimitives(name));
            self.emit(Instruction::Pop);
        }
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        let module = import.module.as_ref().map_or("", |module| module.id.as_str());
        if import.level > 0 {
            self.refuse(import, "Signalbox runs one file: there is nothing to import from");
            return;
        }
        self.import(import, module);
        for alias in &import.names {
            if alias.name.id == "*" {
                self.refuse(alias, "Signalbox does not run 'import *': name what you need");
                continue;
            }
            if self.lacks_optional(module, &alias.name.id) {
                continue;
            }
            if module != "__future__" {
                self.check_attribute(alias, module, &alias.name.id);
            }
            if modules::find(module).is_some() {
                self.emit(Instruction::Duplicate);
                let attribute = self.here().name(&alias.name.id);
                self.emit(Instruction::Attribute(attribute));
                self.name(&alias.asname.as_ref().unwrap_or(&alias.name).id, Access::Store, alias);
            }
        }
        self.emit(Instruction::Pop);
    }

    fn if_statement(&mut self, statement: &'a StmtIf) {
        let end = self.here().label();
        let mut next = self.here().label();
        self.condition(&statement.test, next);
        self.statements(&statement.body);
        for clause in &statement.elif_else_clauses {
            self.here().jump(Instruction::Jump, end);
            self.here().place(next);
            next = self.here().label();
            if let Some(test) = &clause.test {
                self.at(test);
                self.condition(test, next);
            }
            self.statements(&clause.body);
        }
        self.here().place(next);
        self.here().place(end);
    }

    /// Goes on if the condition holds, or jumps.
    fn condition(&mut self, test: &'a Expr, otherwise: Label) {
        self.expression(test);
        self.here().jump(Instruction::JumpIfFalse, otherwise);
    }

    fn while_statement(&mut self, statement: &'a StmtWhile) {
        let (repeat, exhausted, end) = (self.here().label(), self.here().label(), self.here().label());
        self.here().place(repeat);
        let is_endless = matches!(&*statement.test, Expr::BooleanLiteral(literal) if literal.value);
        if !is_endless {
            self.condition(&statement.test, exhausted);
        }
        self.here().blocks.push(Block::Loop { repeat, end, has_iterator: false });
        self.statements(&statement.body);
        self.here().blocks.pop();
        self.here().jump(Instruction::Loop, repeat);
        self.here().place(exhausted);
        self.statements(&statement.orelse);
        self.here().place(end);
    }

    fn for_statement(&mut self, statement: &'a StmtFor) {
        let is_async = statement.is_async;
        if is_async && !self.here().kind.can_await() {
            self.reject(statement, "'async for' outside async function");
        }
        let (repeat, exhausted, end) = (self.here().label(), self.here().label(), self.here().label());
        self.expression(&statement.iter);
        self.at(&*statement.iter);
        self.iterate(is_async);
        if is_async {
            self.at(statement);
        }
        self.here().place(repeat);
        self.next(is_async, exhausted);
        self.here().pinned += 1;
        self.assign(&statement.target);
        self.here().blocks.push(Block::Loop { repeat, end, has_iterator: true });
        self.statements(&statement.body);
        self.here().blocks.pop();
        self.here().jump(Instruction::Loop, repeat);
        self.here().pinned -= 1;
        self.here().place(exhausted);
        self.statements(&statement.orelse);
        self.here().place(end);
    }

    /// Puts the iterator of what lies on top in its place.
    pub(super) fn iterate(&mut self, is_async: bool) {
        self.emit(if is_async { Instruction::IterateAsync } else { Instruction::Iterate });
    }

    /// Pushes the next value of the iterator on top, or pops the iterator and jumps.
    pub(super) fn next(&mut self, is_async: bool, exhausted: Label) {
        if is_async {
            self.emit(Instruction::NextAsync);
        }
        self.here().jump(if is_async { Instruction::AwaitNext } else { Instruction::Next }, exhausted);
    }

    fn leave_loop(&mut self, node: &impl ruff_text_size::Ranged, is_break: bool) {
        let blocks = &self.here().blocks;
        let Some(depth) = blocks.iter().rposition(|block| matches!(block, Block::Loop { .. })) else {
            let word = if is_break { "'break' outside loop" } else { "'continue' not properly in loop" };
            self.reject(node, word);
            return;
        };
        if blocks[depth..].iter().any(Block::is_star_handler) {
            self.reject(node, LEAVES_STAR_HANDLER);
        }
        let Block::Loop { repeat, end, has_iterator } = self.here().blocks[depth] else { return };
        self.leave_blocks(depth + 1, false);
        if is_break {
            if has_iterator {
                self.emit(Instruction::Pop);
            }
            self.here().jump(Instruction::Jump, end);
        } else {
            self.here().jump(Instruction::Loop, repeat);
        }
        self.here().reguard(depth + 1);
    }
}

/// Whether the value of an expression may be a new primitive, or hold some.
fn may_make_primitives(value: &Expr) -> bool {
    match value {
        Expr::Call(_) | Expr::List(_) | Expr::ListComp(_) | Expr::Dict(_) | Expr::DictComp(_) | Expr::Generator(_) => {
            true
        }
        Expr::Tuple(tuple) => tuple.elts.iter().any(may_make_primitives),
        _ => false,
    }
}
