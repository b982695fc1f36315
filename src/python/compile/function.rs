//! Functions, lambdas, comprehensions, and the places of names.

use std::rc::Rc;

use ruff_python_ast::{Comprehension, Expr, ExprLambda, Parameters, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::builder::{Builder, Place};
use super::class::CLASS_CELL;
use super::code::Recipe;
use super::hints::documentation;
use super::names::Names;
use super::{CodeKind, Compiler, Instruction};
use crate::python::values::Value;

/// What is read or written of a name.
#[derive(Clone, Copy)]
pub enum Access {
    Load,
    Store,
    Delete,
}

/// What a comprehension collects.
pub enum Collected<'a> {
    List(&'a Expr),
    Set(&'a Expr),
    Dict(&'a Expr, &'a Expr),
    /// A generator expression yields.
    Yielded(&'a Expr),
}

impl<'a> Compiler<'a> {
    pub(super) fn function_definition(&mut self, function: &'a StmtFunctionDef) {
        self.type_parameters(function.type_params.as_deref());
        for decorator in &function.decorator_list {
            self.expression(&decorator.expression);
        }
        let scope = self.scopes.of(function.range());
        let is_older = function.decorator_list.iter().any(|decorator| self.is_older_coroutine(&decorator.expression));
        let kind = match (function.is_async, scope.yields) {
            (false, _) if is_older => CodeKind::Coroutine,
            (true, true) => CodeKind::AsyncGenerator,
            (true, false) => CodeKind::Coroutine,
            (false, true) => CodeKind::Generator,
            (false, false) => CodeKind::Function,
        };
        let body = &function.body;
        self.function(&function.name.id, kind, function.range(), Some(&function.parameters), |compiler| {
            compiler.here().signature.documentation = documentation(body);
            let hint = function.parameters.iter().find_map(|parameter| parameter.annotation());
            if let Some(hint) = hint.filter(|_| !function.decorator_list.is_empty()) {
                let text = &compiler.positions.text[hint.range().start().to_usize()..hint.range().end().to_usize()];
                compiler.here().signature.hint = Some(text.into());
            }
            compiler.statements(body);
            compiler.return_none();
        });
        for decorator in function.decorator_list.iter().rev() {
            self.at(&decorator.expression);
            self.emit(Instruction::Call { arguments: 1 });
        }
        self.name(&function.name.id, Access::Store, &function.name);
    }

    /// Whether a decorator is `asyncio.coroutine`, which made a coroutine of a generator before there was `async def`.
    fn is_older_coroutine(&self, decorator: &Expr) -> bool {
        match decorator {
            Expr::Attribute(it) => {
                it.attr.id == "coroutine"
                    && matches!(&*it.value, Expr::Name(name) if matches!(name.id.as_str(), "asyncio" | "types"))
            }
            Expr::Name(name) => name.id == "coroutine",
            _ => false,
        }
    }

    pub(super) fn lambda(&mut self, lambda: &'a ExprLambda) {
        let kind = match self.scopes.of(lambda.range()).yields {
            true => CodeKind::Generator,
            false => CodeKind::Function,
        };
        let body = &lambda.body;
        self.function("<lambda>", kind, lambda.range(), lambda.parameters.as_deref(), |compiler| {
            compiler.expression(body);
            compiler.emit(Instruction::Return);
        });
    }

    /// Compiles a function and leaves the instructions that make it.
    fn function(
        &mut self,
        name: &str,
        kind: CodeKind,
        range: TextRange,
        parameters: Option<&'a Parameters>,
        body: impl FnOnce(&mut Self),
    ) {
        let (defaults, keyword_defaults) = parameters.map(|it| self.defaults(it)).unwrap_or_default();
        let scope = self.scopes.of(range).clone();
        let line = self.positions.line(range.start());
        let builder = Builder::new(name, kind, scope, line, self.builders.last());
        self.builders.push(builder);
        if let Some(parameters) = parameters {
            self.parameters(parameters);
        }
        let captured = self.capture();
        body(self);
        self.make_function(defaults, keyword_defaults, &captured);
    }

    /// Ends the function that is being compiled and leaves the instructions that make it. The values of its defaults
    /// lie on the stack.
    pub(super) fn make_function(&mut self, defaults: u32, keyword_defaults: Vec<bool>, captured: &[Rc<str>]) {
        let code = self.builders.pop().expect("its compilation has begun").finish();
        for name in captured {
            match self.find(name) {
                Place::Cell(slot) => self.emit(Instruction::PushCell(slot)),
                _ => unreachable!("{name} is shared with an inner function"),
            }
        }
        let here = self.here();
        here.recipes.push(Recipe { code: code.into(), defaults, keyword_defaults, captured: captured.len() as u32 });
        let recipe = here.recipes.len() as u32 - 1;
        self.emit(Instruction::MakeFunction(recipe));
    }

    /// Pushes the values of all defaults.
    fn defaults(&mut self, parameters: &'a Parameters) -> (u32, Vec<bool>) {
        let mut count = 0;
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            if let Some(default) = &parameter.default {
                self.expression(default);
                count += 1;
            }
        }
        let mut keyword_defaults = Vec::new();
        for parameter in &parameters.kwonlyargs {
            keyword_defaults.push(parameter.default.is_some());
            if let Some(default) = &parameter.default {
                self.expression(default);
            }
        }
        (count, keyword_defaults)
    }

    /// Gives the parameters the first locals.
    fn parameters(&mut self, parameters: &Parameters) {
        let here = self.here();
        let plain = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let names: Vec<String> = plain.map(|parameter| parameter.parameter.name.id.to_string()).collect();
        let signature = &mut here.signature;
        signature.positional_only = parameters.posonlyargs.len();
        signature.positional = signature.positional_only + parameters.args.len();
        signature.keyword_only = parameters.kwonlyargs.len();
        signature.rest = parameters.vararg.is_some();
        signature.keyword_rest = parameters.kwarg.is_some();
        signature.names = names.iter().map(|name| name.as_str().into()).collect();
        let rest = [&parameters.vararg, &parameters.kwarg].into_iter().flatten().map(|it| it.name.id.to_string());
        for name in names.into_iter().chain(rest) {
            let local = here.new_local(&name);
            if here.scope.captured.contains(&name) {
                here.emit(Instruction::MakeCell(local));
                here.places.insert(&name, Place::Cell(local));
            } else {
                here.places.insert(&name, Place::Local(local));
            }
        }
    }

    /// Gives places to shared variables of the functions around this one, and returns their names.
    pub(super) fn capture(&mut self) -> Vec<Rc<str>> {
        let around = self.builders.len() - 1;
        let wanted: Vec<Rc<str>> = self.builders[around].scope.free.iter().map(|(name, ())| name.clone()).collect();
        let captured: Vec<Rc<str>> = wanted
            .into_iter()
            .filter(|name| (1..around + 1).rev().any(|depth| self.is_bound_at(depth - 1, name)))
            .collect();
        let here = self.here();
        for name in &captured {
            let local = here.new_local(name);
            here.free.push(local);
            here.places.insert(name, Place::Cell(local));
        }
        captured
    }

    /// Whether a function that is being compiled binds the name for the functions inside it.
    fn is_bound_at(&self, depth: usize, name: &str) -> bool {
        let builder = &self.builders[depth];
        let in_comprehension = builder.comprehensions.iter().any(|names| names.contains(name));
        let is_visible = !builder.scope.is_class || name == CLASS_CELL;
        in_comprehension || (depth > 0 && is_visible && builder.scope.bound.contains(name)) || builder.free_name(name)
    }

    /// Where a name lives, from here.
    pub(super) fn find(&mut self, name: &str) -> Place {
        let here = self.here();
        if let Some(place) = here.comprehensions.iter().rev().find_map(|names| names.get(name)) {
            return *place;
        }
        if here.scope.globals.contains(name) {
            return Place::Global;
        }
        if let Some(place) = here.places.get(name) {
            return *place;
        }
        if here.kind == CodeKind::Module || !here.scope.bound.contains(name) {
            return Place::Global;
        }
        let local = here.new_local(name);
        let place = match here.scope.captured.contains(name) {
            true => Place::Cell(local),
            false => Place::Local(local),
        };
        here.places.insert(name, place);
        place
    }

    /// Loads, stores or deletes a variable.
    pub(super) fn name(&mut self, name: &str, access: Access, node: &impl Ranged) {
        let place = self.find(name);
        if place == Place::Global && matches!(access, Access::Load) && !self.is_global(name) {
            self.check_builtin(node, name);
        }
        let instruction = match (place, access) {
            (Place::Local(local), Access::Load) if self.here().kind == CodeKind::Class => {
                let global = self.globals.insert(name, ()) as u16;
                Instruction::LoadInClass { local: local as u16, global }
            }
            (Place::Local(slot), Access::Load) => Instruction::LoadLocal(slot),
            (Place::Local(slot), Access::Store) => Instruction::StoreLocal(slot),
            (Place::Local(slot), Access::Delete) => Instruction::DeleteLocal(slot),
            (Place::Cell(slot), Access::Load) => Instruction::LoadCell(slot),
            (Place::Cell(slot), Access::Store) => Instruction::StoreCell(slot),
            (Place::Cell(slot), Access::Delete) => Instruction::DeleteCell(slot),
            (Place::Global, access) => {
                let number = self.globals.insert(name, ()) as u32;
                match access {
                    Access::Load => Instruction::LoadGlobal(number),
                    Access::Store => Instruction::StoreGlobal(number),
                    Access::Delete => Instruction::DeleteGlobal(number),
                }
            }
        };
        self.at(node);
        self.emit(instruction);
    }

    /// Whether the program itself binds the name somewhere as a global.
    pub(super) fn is_global(&self, name: &str) -> bool {
        self.builders[0].scope.bound.contains(name)
            || self.scopes.iter().any(|scope| scope.globals.contains(name) && scope.is_function)
    }

    pub(super) fn comprehension(
        &mut self,
        collected: Collected<'a>,
        generators: &'a [Comprehension],
        range: TextRange,
    ) {
        let Some(first) = generators.first() else { return };
        self.expression(&first.iter);
        self.at(&first.iter);
        self.iterate(first.is_async);
        if let Collected::Yielded(_) = collected {
            self.generator_expression(collected, generators, range);
            return;
        }
        if let Some(generator) = generators.iter().find(|generator| generator.is_async)
            && !self.here().kind.can_await()
        {
            self.reject(generator, "asynchronous comprehension outside of an asynchronous function");
        }
        self.emit(match collected {
            Collected::Set(_) => Instruction::BuildSet(0),
            Collected::Dict(..) => Instruction::BuildDict(0),
            _ => Instruction::BuildList(0),
        });
        self.emit(Instruction::RotateTwo);
        self.bind_targets(range);
        self.here().pinned += 2;
        self.clauses(&collected, generators, 0);
        self.here().pinned -= 2;
        self.here().comprehensions.pop();
    }

    /// Gives the names that a comprehension binds places of their own.
    fn bind_targets(&mut self, range: TextRange) {
        let scope = self.scopes.of(range).clone();
        let here = self.here();
        let mut places = Names::default();
        for (name, ()) in scope.bound.iter() {
            let local = here.new_local(name);
            if scope.captured.contains(name) {
                here.emit(Instruction::MakeCell(local));
                places.insert(name, Place::Cell(local));
            } else {
                places.insert(name, Place::Local(local));
            }
        }
        here.comprehensions.push(places);
    }

    /// A generator expression is a function of one argument: the iterator of its first clause.
    fn generator_expression(&mut self, collected: Collected<'a>, generators: &'a [Comprehension], range: TextRange) {
        let scope = self.scopes.of(range).clone();
        let line = self.positions.line(range.start());
        let kind = if scope.awaits { CodeKind::AsyncGenerator } else { CodeKind::Generator };
        let builder = Builder::new("<genexpr>", kind, scope, line, self.builders.last());
        self.builders.push(builder);
        let here = self.here();
        let source = here.new_local("");
        here.signature.names = vec![".0".into()];
        here.signature.positional = 1;
        let captured = self.capture();
        self.emit(Instruction::LoadLocal(source));
        self.here().pinned += 1;
        self.clauses(&collected, generators, 0);
        self.return_none();
        self.make_function(0, Vec::new(), &captured);
        self.emit(Instruction::RotateTwo);
        self.emit(Instruction::Call { arguments: 1 });
    }

    /// One `for` clause with its conditions, around those that follow. Its iterator lies on the stack.
    fn clauses(&mut self, collected: &Collected<'a>, generators: &'a [Comprehension], position: usize) {
        let generator = &generators[position];
        let (repeat, end) = (self.here().label(), self.here().label());
        self.here().place(repeat);
        self.next(generator.is_async, end);
        self.assign(&generator.target);
        for condition in &generator.ifs {
            self.expression(condition);
            self.here().jump(Instruction::JumpIfFalse, repeat);
        }
        // Between the collection and the top lie the iterators of all clauses so far.
        let depth = position as u32 + 1;
        if position + 1 < generators.len() {
            self.expression(&generators[position + 1].iter);
            self.at(&generators[position + 1].iter);
            self.iterate(generators[position + 1].is_async);
            self.here().pinned += 1;
            self.clauses(collected, generators, position + 1);
            self.here().pinned -= 1;
        } else {
            match collected {
                Collected::List(element) => {
                    self.expression(element);
                    self.emit(Instruction::Append(depth));
                }
                Collected::Set(element) => {
                    self.expression(element);
                    self.emit(Instruction::AddToSet(depth));
                }
                Collected::Dict(key, value) => {
                    self.expression(key);
                    self.expression(value);
                    self.emit(Instruction::AddToDict(depth));
                }
                Collected::Yielded(element) => {
                    self.expression(element);
                    self.emit(Instruction::Yield);
                    self.emit(Instruction::Pop);
                }
            }
        }
        self.here().jump(Instruction::Loop, repeat);
        self.here().place(end);
    }

    pub(super) fn return_none(&mut self) {
        self.here().constant(Value::None);
        self.emit(Instruction::Return);
    }

    pub(super) fn statements(&mut self, body: &'a [Stmt]) {
        for statement in body {
            self.at(statement);
            self.statement(statement);
        }
    }
}

impl Builder<'_> {
    /// Whether the name is shared with a function around this one.
    fn free_name(&self, name: &str) -> bool {
        self.places.get(name).is_some_and(|place| match place {
            Place::Cell(slot) => self.free.contains(slot),
            _ => false,
        })
    }
}
