//! The targets of assignments.

use ruff_python_ast::{Expr, StmtAugAssign};
use ruff_text_size::Ranged;

use super::expression::operator;
use super::function::Access;
use super::{Compiler, Instruction};

impl<'a> Compiler<'a> {
    /// Pops a value and stores it in a target.
    pub(super) fn assign(&mut self, target: &'a Expr) {
        match target {
            Expr::Attribute(it) => {
                self.expression(&it.value);
                let name = self.attribute_name(&it.attr.id);
                self.at_attribute(it, it);
                self.emit(Instruction::StoreAttribute(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value);
                self.expression(&it.slice);
                self.at(it);
                self.emit(Instruction::StoreSubscript);
            }
            Expr::Tuple(it) => self.unpack(it, &it.elts),
            Expr::List(it) => self.unpack(it, &it.elts),
            Expr::Starred(it) => self.reject(it, "starred assignment target must be in a list or tuple"),
            _ => self.assign_expression(target),
        }
    }

    pub(super) fn assign_expression(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.name(&name.id, Access::Store, name),
            _ => self.reject(target, "cannot assign to this expression"),
        }
    }

    fn unpack(&mut self, node: &impl Ranged, targets: &'a [Expr]) {
        self.at(node);
        match targets.iter().position(Expr::is_starred_expr) {
            None => self.emit(Instruction::Unpack(targets.len() as u32)),
            Some(before) => {
                if let Some(second) = targets[before + 1..].iter().find(|target| target.is_starred_expr()) {
                    self.reject(second, "multiple starred expressions in assignment");
                }
                let after = (targets.len() - before - 1) as u16;
                self.emit(Instruction::UnpackStarred { before: before as u16, after });
            }
        }
        for target in targets {
            match target {
                Expr::Starred(it) => self.assign(&it.value),
                target => self.assign(target),
            }
        }
    }

    pub(super) fn augmented_assignment(&mut self, assign: &'a StmtAugAssign) {
        let Some(operator) = operator(assign.op) else {
            self.refuse(assign, "Signalbox does not run matrices");
            return;
        };
        let operator = Instruction::InPlace(operator);
        match &*assign.target {
            Expr::Attribute(it) => {
                self.expression(&it.value);
                self.emit(Instruction::Duplicate);
                let name = self.attribute_name(&it.attr.id);
                self.at(it);
                self.emit(Instruction::Attribute(name));
                self.expression(&assign.value);
                self.at(assign);
                self.emit(operator);
                self.emit(Instruction::RotateTwo);
                self.at(it);
                self.emit(Instruction::StoreAttribute(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value);
                self.expression(&it.slice);
                self.emit(Instruction::DuplicateTwo);
                self.at(it);
                self.emit(Instruction::Subscript);
                self.expression(&assign.value);
                self.at(assign);
                self.emit(operator);
                self.emit(Instruction::RotateThree);
                self.at(it);
                self.emit(Instruction::StoreSubscript);
            }
            target => {
                self.expression(target);
                self.expression(&assign.value);
                self.at(assign);
                self.emit(operator);
                self.assign(target);
            }
        }
    }

    pub(super) fn delete(&mut self, target: &'a Expr) {
        match target {
            Expr::Name(name) => self.name(&name.id, Access::Delete, name),
            Expr::Subscript(it) => {
                self.expression(&it.value);
                self.expression(&it.slice);
                self.at(it);
                self.emit(Instruction::DeleteSubscript);
            }
            Expr::Tuple(it) => it.elts.iter().for_each(|target| self.delete(target)),
            Expr::List(it) => it.elts.iter().for_each(|target| self.delete(target)),
            Expr::Attribute(it) => {
                self.expression(&it.value);
                let name = self.attribute_name(&it.attr.id);
                self.at(it);
                self.emit(Instruction::DeleteAttribute(name));
            }
            _ => self.reject(target, "cannot delete this expression"),
        }
    }
}
