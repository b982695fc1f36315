//! Statements.

use ruff_python_ast::{ExceptHandler, Expr, Stmt, StmtFor, StmtIf, StmtImportFrom, StmtTry, StmtWhile, StmtWith};

use super::builder::{Block, Label};
use super::function::Access;
use super::{CodeKind, Compiler, Instruction};
use crate::python::modules;
use crate::python::values::{Class, ExceptionKind, Value};

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
            }
            Stmt::AnnAssign(it) => {
                if let Some(value) = &it.value {
                    self.expression(value);
                    self.name_primitives(value, Some(&it.target));
                    self.assign(&it.target);
                }
            }
            Stmt::AugAssign(it) => self.augmented_assignment(it),
            Stmt::FunctionDef(it) => self.function_definition(it),
            Stmt::Return(it) => {
                if matches!(self.here().kind, CodeKind::Module) {
                    self.reject(it, "'return' outside function");
                }
                match &it.value {
                    Some(value) => self.expression(value),
                    None => self.here().constant(Value::None),
                }
                self.leave_blocks(0, true);
                self.emit(Instruction::Return);
                self.here().reguard(0);
            }
            Stmt::If(it) => self.if_statement(it),
            Stmt::While(it) => self.while_statement(it),
            Stmt::For(it) => self.for_statement(it),
            Stmt::Break(it) => self.leave_loop(it, true),
            Stmt::Continue(it) => self.leave_loop(it, false),
            Stmt::With(it) => self.with_statement(it, 0),
            Stmt::Try(it) => self.try_statement(it),
            Stmt::Raise(it) => match (&it.exc, &it.cause) {
                (None, _) => {
                    let handled = self.here().blocks.iter().rev().find_map(|block| match block {
                        Block::Handler { local } => Some(*local),
                        _ => None,
                    });
                    self.emit(handled.map_or(Instruction::RaiseAgain, Instruction::Reraise));
                }
                (Some(exception), None) => {
                    self.expression(exception);
                    self.emit(Instruction::Raise);
                }
                (Some(exception), Some(cause)) => {
                    self.expression(exception);
                    self.expression(cause);
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
                }
            }
            Stmt::ClassDef(it) => self.refuse(it, "Signalbox does not run classes yet"),
            Stmt::Match(it) => self.refuse(it, "Signalbox does not run match yet"),
            Stmt::TypeAlias(it) => self.refuse(it, "Signalbox does not run type aliases"),
            Stmt::IpyEscapeCommand(it) => self.reject(it, "this is not a statement of Python"),
        }
    }

    /// A primitive that is made and stored in a variable gets the variable's name on the page.
    fn name_primitives(&mut self, value: &Expr, target: Option<&Expr>) {
        let name = match target {
            Some(Expr::Name(name)) => &name.id,
            Some(Expr::Attribute(attribute)) => &attribute.attr.id,
            _ => return,
        };
        if matches!(value, Expr::Call(_) | Expr::List(_) | Expr::ListComp(_)) {
            let name = self.here().name(name);
            self.emit(Instruction::NamePrimitives(name));
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
        if statement.is_async {
            self.refuse(statement, "Signalbox does not run 'async for' yet");
        }
        let (repeat, exhausted, end) = (self.here().label(), self.here().label(), self.here().label());
        self.expression(&statement.iter);
        self.emit(Instruction::Iterate);
        self.here().place(repeat);
        self.here().jump(Instruction::Next, exhausted);
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

    fn leave_loop(&mut self, node: &impl ruff_text_size::Ranged, is_break: bool) {
        let blocks = &self.here().blocks;
        let Some(depth) = blocks.iter().rposition(|block| matches!(block, Block::Loop { .. })) else {
            let word = if is_break { "'break' outside loop" } else { "'continue' not properly in loop" };
            self.reject(node, word);
            return;
        };
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

    /// Writes what has to happen before control leaves the blocks from `depth` on, innermost first.
    ///
    /// With `carries_value`, the value of a `return` lies on top and stays there.
    fn leave_blocks(&mut self, depth: usize, carries_value: bool) {
        let mut left = Vec::new();
        let pinned = self.here().pinned;
        while self.here().blocks.len() > depth {
            let Some(mut block) = self.here().blocks.pop() else { break };
            if let Some(guard) = block.guard().copied() {
                self.here().unguard(guard);
            }
            match &block {
                Block::Loop { has_iterator: true, .. } if carries_value => {
                    self.emit(Instruction::RotateTwo);
                    self.emit(Instruction::Pop);
                    self.here().pinned -= 1;
                }
                Block::Loop { .. } | Block::Try { .. } | Block::Handler { .. } => {}
                Block::With { is_async, .. } => {
                    if carries_value {
                        self.emit(Instruction::RotateTwo);
                    }
                    self.exit(*is_async, None);
                    self.emit(Instruction::Pop);
                    self.here().pinned -= 1;
                }
                Block::Finally { body, .. } => {
                    let body: &'a [Stmt] = body;
                    let line = self.here().current_line;
                    if carries_value {
                        self.here().blocks.push(Block::PendingReturn);
                        self.here().pinned += 1;
                    }
                    self.statements(body);
                    if carries_value {
                        self.here().blocks.pop();
                        self.here().pinned -= 1;
                    }
                    self.here().current_line = line;
                }
                Block::PendingReturn => {
                    // This `return`, `break` or `continue` in a `finally` replaces the pending one.
                    if carries_value {
                        self.emit(Instruction::RotateTwo);
                    }
                    self.emit(Instruction::Pop);
                    self.here().pinned -= 1;
                }
            }
            left.push(block);
        }
        self.here().pinned = pinned;
        self.here().blocks.extend(left.into_iter().rev());
    }

    /// Leaves a context manager, with the exception in the local if there is one.
    fn exit(&mut self, is_async: bool, exception: Option<u16>) {
        if is_async {
            self.emit(Instruction::ExitAsync { exception });
            self.emit(Instruction::Await);
        } else {
            self.emit(Instruction::Exit { exception });
        }
    }

    fn with_statement(&mut self, statement: &'a StmtWith, position: usize) {
        let Some(item) = statement.items.get(position) else {
            self.statements(&statement.body);
            return;
        };
        let is_async = statement.is_async;
        if is_async && self.here().kind != CodeKind::Coroutine {
            self.reject(statement, "'async with' outside async function");
        }
        self.context_manager(&item.context_expr, is_async);
        let line = self.here().current_line;
        if is_async {
            self.emit(Instruction::EnterAsync);
            self.emit(Instruction::Await);
        } else {
            self.emit(Instruction::Enter);
        }
        let (failed, suppressed, end) = (self.here().label(), self.here().label(), self.here().label());
        self.here().pinned += 1;
        let guard = self.here().guard(failed);
        self.here().blocks.push(Block::With { guard, is_async });
        match &item.optional_vars {
            Some(target) => self.assign(target),
            None => self.emit(Instruction::Pop),
        }
        self.with_statement(statement, position + 1);
        self.end_guarded_block();
        self.here().current_line = line;
        self.exit(is_async, None);
        self.emit(Instruction::Pop);
        self.here().jump(Instruction::Jump, end);

        self.here().place(failed);
        let local = self.here().new_local("");
        self.here().pinned -= 1;
        self.emit(Instruction::StoreLocal(local));
        let begin = self.here().position();
        self.exit(is_async, Some(local as u16));
        self.here().jump(Instruction::JumpIfTrue, suppressed);
        self.emit(Instruction::Reraise(local));
        self.here().handled(begin, local);
        self.here().place(suppressed);
        self.emit(Instruction::DeleteLocal(local));
        self.here().place(end);
    }

    /// Takes down the innermost block and its guard.
    fn end_guarded_block(&mut self) {
        let block = self.here().blocks.pop();
        if let Some(guard) = block.and_then(|mut block| block.guard().copied()) {
            self.here().unguard(guard);
        }
    }

    fn try_statement(&mut self, statement: &'a StmtTry) {
        if statement.is_star {
            self.refuse(statement, "Signalbox does not run 'except*' yet");
        }
        if statement.finalbody.is_empty() {
            self.try_except(statement);
            return;
        }
        let (failed, end) = (self.here().label(), self.here().label());
        let guard = self.here().guard(failed);
        self.here().blocks.push(Block::Finally { guard, body: &statement.finalbody });
        self.try_except(statement);
        self.end_guarded_block();
        self.statements(&statement.finalbody);
        self.here().jump(Instruction::Jump, end);

        self.here().place(failed);
        let local = self.here().new_local("");
        self.emit(Instruction::StoreLocal(local));
        let begin = self.here().position();
        self.here().blocks.push(Block::Handler { local });
        self.statements(&statement.finalbody);
        self.here().blocks.pop();
        self.emit(Instruction::Reraise(local));
        self.here().handled(begin, local);
        self.here().place(end);
    }

    fn try_except(&mut self, statement: &'a StmtTry) {
        if statement.handlers.is_empty() {
            self.statements(&statement.body);
            return;
        }
        let (failed, end) = (self.here().label(), self.here().label());
        let guard = self.here().guard(failed);
        self.here().blocks.push(Block::Try { guard });
        self.statements(&statement.body);
        self.end_guarded_block();
        self.statements(&statement.orelse);
        self.here().jump(Instruction::Jump, end);

        self.here().place(failed);
        let local = self.here().new_local("");
        self.emit(Instruction::StoreLocal(local));
        let begin = self.here().position();
        self.here().blocks.push(Block::Handler { local });
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let next = self.here().label();
            self.at(handler);
            if let Some(class) = &handler.type_ {
                self.expression(class);
                self.emit(Instruction::MatchesException(local));
                self.here().jump(Instruction::JumpIfFalse, next);
            }
            if let Some(name) = &handler.name {
                self.emit(Instruction::LoadLocal(local));
                self.name(&name.id, Access::Store, name);
            }
            self.statements(&handler.body);
            if let Some(name) = &handler.name {
                // As CPython does: the name is gone behind the handler.
                self.here().constant(Value::None);
                self.name(&name.id, Access::Store, name);
                self.name(&name.id, Access::Delete, name);
            }
            self.emit(Instruction::DeleteLocal(local));
            self.here().jump(Instruction::Jump, end);
            self.here().place(next);
        }
        self.emit(Instruction::Reraise(local));
        self.here().blocks.pop();
        self.here().handled(begin, local);
        self.here().place(end);
    }
}
