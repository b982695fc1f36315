//! Statements that guard a block: `with` and `try`.

use ruff_python_ast::{ExceptHandler, ExceptHandlerExceptHandler, Stmt, StmtTry, StmtWith};

use super::builder::{Block, Label};
use super::function::Access;
use super::{Compiler, Instruction};
use crate::python::values::Value;

impl<'a> Compiler<'a> {
    /// Writes what has to happen before control leaves the blocks from `depth` on, innermost first.
    ///
    /// With `carries_value`, the value of a `return` lies on top and stays there.
    pub(super) fn leave_blocks(&mut self, depth: usize, carries_value: bool) {
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
                Block::With { is_async, source, .. } => {
                    if carries_value {
                        self.emit(Instruction::RotateTwo);
                    }
                    let leaving = std::mem::replace(&mut self.here().source, *source);
                    self.exit(*is_async, None);
                    self.emit(Instruction::Pop);
                    self.here().source = leaving;
                    self.here().pinned -= 1;
                }
                Block::Finally { body, .. } => {
                    let body: &'a [Stmt] = body;
                    let source = self.here().source;
                    if carries_value {
                        self.here().blocks.push(Block::PendingReturn);
                        self.here().pinned += 1;
                    }
                    self.statements(body);
                    if carries_value {
                        self.here().blocks.pop();
                        self.here().pinned -= 1;
                    }
                    self.here().source = source;
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
        self.emit(Instruction::Exit { exception, is_async });
        if is_async {
            self.emit(Instruction::Await);
        }
    }

    pub(super) fn with_statement(&mut self, statement: &'a StmtWith, position: usize) {
        let Some(item) = statement.items.get(position) else {
            self.statements(&statement.body);
            return;
        };
        let is_async = statement.is_async;
        if is_async && !self.here().kind.can_await() {
            self.reject(statement, "'async with' outside async function");
        }
        self.context_manager(&item.context_expr, is_async);
        self.at(&item.context_expr);
        let source = self.here().source;
        self.emit(Instruction::Enter { is_async });
        if is_async {
            self.emit(Instruction::Await);
        }
        let (failed, suppressed, end) = (self.here().label(), self.here().label(), self.here().label());
        self.here().pinned += 1;
        let guard = self.here().guard(failed);
        self.here().blocks.push(Block::With { guard, is_async, source });
        match &item.optional_vars {
            Some(target) => self.assign(target),
            None => self.emit(Instruction::Pop),
        }
        self.with_statement(statement, position + 1);
        self.end_guarded_block();
        self.here().source = source;
        self.exit(is_async, None);
        self.emit(Instruction::Pop);
        self.here().jump(Instruction::Jump, end);

        self.here().place(failed);
        let local = self.here().new_local("");
        self.here().pinned -= 1;
        self.here().source = source;
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

    pub(super) fn try_statement(&mut self, statement: &'a StmtTry) {
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
        self.here().blocks.push(Block::Handler { local, is_star: false });
        self.statements(&statement.finalbody);
        self.here().blocks.pop();
        self.emit(Instruction::Reraise(local));
        self.here().handled(begin, local);
        self.here().place(end);
    }

    /// A `try` without its `finally`.
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
        if statement.is_star {
            self.star_handlers(statement, end);
        } else {
            self.handlers(statement, end);
        }
        self.here().place(end);
    }

    fn handlers(&mut self, statement: &'a StmtTry, end: Label) {
        let local = self.here().new_local("");
        self.emit(Instruction::StoreLocal(local));
        let begin = self.here().position();
        self.here().blocks.push(Block::Handler { local, is_star: false });
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let next = self.here().label();
            self.at(handler);
            if let Some(class) = &handler.type_ {
                self.expression(class);
                self.at(&**class);
                self.emit(Instruction::MatchesException(local));
                self.here().jump(Instruction::JumpIfFalse, next);
            }
            self.handler_body(handler, local);
            self.emit(Instruction::DeleteLocal(local));
            self.here().jump(Instruction::Jump, end);
            self.here().place(next);
        }
        self.emit(Instruction::Reraise(local));
        self.here().blocks.pop();
        self.here().handled(begin, local);
    }

    /// A handler's body, with the exception in the local under the handler's name.
    fn handler_body(&mut self, handler: &'a ExceptHandlerExceptHandler, local: u32) {
        if let Some(name) = &handler.name {
            self.emit(Instruction::LoadLocal(local));
            self.name(&name.id, Access::Store, name);
        }
        self.statements(&handler.body);
        self.forget_name(handler);
    }

    /// As CPython does: the name is gone behind the handler.
    fn forget_name(&mut self, handler: &'a ExceptHandlerExceptHandler) {
        if let Some(name) = &handler.name {
            self.here().constant(Value::None);
            self.name(&name.id, Access::Store, name);
            self.name(&name.id, Access::Delete, name);
        }
    }

    /// The handlers of `except*`: each takes its part of the exception, and what they raise is raised behind the last.
    fn star_handlers(&mut self, statement: &'a StmtTry, end: Label) {
        let locals = [(); 4].map(|()| self.here().new_local(""));
        let [original, rest, matched, raised] = locals;
        self.emit(Instruction::Duplicate);
        self.emit(Instruction::StoreLocal(original));
        self.emit(Instruction::StoreLocal(rest));
        self.emit(Instruction::BuildList(0));
        self.emit(Instruction::StoreLocal(raised));
        let begin = self.here().position();
        for handler in &statement.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let (failed, next) = (self.here().label(), self.here().label());
            self.at(handler);
            if let Some(class) = &handler.type_ {
                self.expression(class);
            }
            self.emit(Instruction::TakeException(original));
            self.here().jump(Instruction::JumpIfFalse, next);
            let guard = self.here().guard(failed);
            self.here().blocks.push(Block::Try { guard });
            self.here().blocks.push(Block::Handler { local: matched, is_star: true });
            let body = self.here().position();
            self.handler_body(handler, matched);
            self.here().handled(body, matched);
            self.here().blocks.pop();
            self.end_guarded_block();
            self.here().jump(Instruction::Jump, next);
            self.here().place(failed);
            self.emit(Instruction::LoadLocal(raised));
            self.emit(Instruction::RotateTwo);
            self.emit(Instruction::Append(0));
            self.emit(Instruction::Pop);
            self.forget_name(handler);
            self.here().place(next);
        }
        self.emit(Instruction::RaiseRest(original));
        self.here().handled(begin, original);
        for local in locals {
            self.emit(Instruction::DeleteLocal(local));
        }
        self.here().jump(Instruction::Jump, end);
    }
}
