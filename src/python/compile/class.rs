//! Classes, and what is special about names within them.

use ruff_python_ast::{Expr, StmtAnnAssign, StmtClassDef};
use ruff_text_size::Ranged;

use super::builder::{Builder, Place};
use super::function::Access;
use super::hints::documentation;
use super::{CodeKind, Compiler, Instruction};
use crate::python::modules;
use crate::python::values::{Class, Value, can_be_derived_from};

impl<'a> Compiler<'a> {
    /// A class is made of what a function, its body, leaves in its locals.
    pub(super) fn class_definition(&mut self, class: &'a StmtClassDef) {
        self.type_parameters(class.type_params.as_deref());
        for decorator in &class.decorator_list {
            self.expression(&decorator.expression);
        }
        for base in class.bases() {
            self.check_base(base);
            self.expression(base);
        }
        let has_keywords = !class.keywords().is_empty();
        if has_keywords {
            self.keyword_dict(class.keywords());
        }
        let scope = self.scopes.of(class.range()).clone();
        let line = self.positions.line(class.range().start());
        let mut builder = Builder::new(&class.name.id, CodeKind::Class, scope, line, self.builders.last());
        let qualified_name = builder.qualified_name.clone();
        if builder.scope.captured.contains(CLASS_CELL) {
            let cell = builder.new_local(CLASS_CELL);
            builder.emit(Instruction::MakeCell(cell));
            builder.places.insert(CLASS_CELL, Place::Cell(cell));
        }
        self.builders.push(builder);
        let captured = self.capture();
        if let Some(documentation) = documentation(&class.body) {
            self.here().constant(Value::Str(documentation));
            let local = self.here().new_local("__doc__");
            self.emit(Instruction::StoreLocal(local));
        }
        self.statements(&class.body);
        self.annotations();
        self.emit(Instruction::ReturnNamespace);
        self.make_function(0, Vec::new(), &captured);
        self.at(class);
        self.emit(Instruction::Call { arguments: 0 });
        let name = self.here().name(&qualified_name) as u16;
        self.emit(Instruction::MakeClass { name, bases: class.bases().len() as u16, has_keywords });
        for decorator in class.decorator_list.iter().rev() {
            self.at(&decorator.expression);
            self.emit(Instruction::Call { arguments: 1 });
        }
        self.name(&class.name.id, Access::Store, &class.name);
    }

    /// Complains about a base that Signalbox cannot derive from.
    fn check_base(&mut self, base: &Expr) {
        let found = match base {
            Expr::Name(name) if !self.is_global(&name.id) => modules::builtin(&name.id),
            Expr::Attribute(attribute) => match &*attribute.value {
                Expr::Name(module) => self
                    .imports
                    .get(&module.id)
                    .and_then(|module| modules::find(module))
                    .and_then(|module| (module.get)(&attribute.attr.id)),
                _ => None,
            },
            _ => None,
        };
        if let Some(Value::Class(class)) = found
            && !can_be_derived_from(class)
            && !matches!(class, Class::Bool | Class::None | Class::Range | Class::Slice)
        {
            self.refuse(base, format!("Signalbox does not run classes derived from {}", class.name()));
        }
    }

    /// Notes a variable that is annotated in the body of a class: a dataclass makes fields of them.
    pub(super) fn note_annotation(&mut self, assign: &StmtAnnAssign) {
        if let (CodeKind::Class, Expr::Name(name)) = (self.here().kind, &*assign.target) {
            let range = assign.annotation.range();
            let text = self.positions.text[range.start().to_usize()..range.end().to_usize()].to_owned();
            self.here().annotations.push((name.id.as_str().into(), text));
        }
    }

    /// Leaves the annotations of a class in a variable.
    fn annotations(&mut self) {
        let annotations = std::mem::take(&mut self.here().annotations);
        if annotations.is_empty() {
            return;
        }
        self.emit(Instruction::BuildDict(0));
        for (name, text) in annotations {
            self.here().constant(Value::text(&*name));
            self.here().constant(Value::text(text));
            self.emit(Instruction::AddToDict(0));
        }
        let local = self.here().new_local("__annotations__");
        self.emit(Instruction::StoreLocal(local));
    }

    /// `super()` without arguments: false where there is no class around.
    pub(super) fn bare_super(&mut self, node: &impl Ranged) -> bool {
        let has_receiver = self.here().signature.positional > 0 || self.here().signature.rest;
        if !has_receiver || !matches!(self.find(CLASS_CELL), Place::Cell(_)) {
            return false;
        }
        self.name(CLASS_CELL, Access::Load, node);
        let is_shared = self.here().places.iter().any(|(_, place)| *place == Place::Cell(0));
        self.emit(if is_shared { Instruction::LoadCell(0) } else { Instruction::LoadLocal(0) });
        self.emit(Instruction::MakeSuper);
        true
    }

    /// The name of an attribute: one with two underscores before it is private to the class around.
    pub(super) fn attribute_name(&mut self, name: &str) -> u32 {
        let class = self.builders.iter().rev().find(|builder| builder.kind == CodeKind::Class);
        let mangled = class.and_then(|class| mangled(&class.name, name));
        self.here().name(mangled.as_deref().unwrap_or(name))
    }
}

/// The variable through which functions in a class know the class.
pub const CLASS_CELL: &str = "__class__";

/// The name under which a class keeps an attribute that is private to it; `None` for any other.
pub fn mangled(class: &str, name: &str) -> Option<String> {
    let is_private = name.starts_with("__") && !name.ends_with("__");
    is_private.then(|| format!("_{}{name}", class.trim_start_matches('_')))
}
