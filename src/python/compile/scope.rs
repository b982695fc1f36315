//! Which names are local, shared with inner functions, or global.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{Comprehension, Expr, ExprContext, Parameters, Stmt};
use ruff_text_size::{Ranged, TextRange, TextSize};

/// The names of one function, comprehension or module.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// It has frames of its own, unlike a list comprehension.
    pub is_function: bool,
    /// Names bound here.
    pub bound: BTreeSet<String>,
    pub globals: BTreeSet<String>,
    pub nonlocals: BTreeSet<String>,
    /// Names bound here that inner functions use.
    pub captured: BTreeSet<String>,
    /// Names of functions around it that this one or inner ones use.
    pub free: BTreeSet<String>,
    /// It contains `yield`.
    pub yields: bool,
    used: BTreeSet<String>,
    /// Names that inner functions use and do not bind.
    wanted: BTreeSet<String>,
}

/// All scopes of a program, by where their node begins and ends.
pub type Scopes = BTreeMap<(TextSize, TextSize), Scope>;

/// How a scope is found again.
pub fn key(range: TextRange) -> (TextSize, TextSize) {
    (range.start(), range.end())
}

/// Analyses a program. The module's own scope is at an empty range at its start.
pub fn analyse(body: &[Stmt]) -> Scopes {
    let mut analysis = Analysis { scopes: Scopes::new(), open: vec![Scope { is_function: true, ..Scope::default() }] };
    analysis.visit_body(body);
    let module = analysis.open.pop().unwrap_or_default();
    analysis.scopes.insert(key(TextRange::default()), module);
    analysis.scopes
}

struct Analysis {
    scopes: Scopes,
    open: Vec<Scope>,
}

impl Analysis {
    fn here(&mut self) -> &mut Scope {
        self.open.last_mut().expect("the module's scope is open to the end")
    }

    /// The innermost scope with frames of its own: where an assignment expression binds.
    fn function(&mut self) -> &mut Scope {
        self.open.iter_mut().rev().find(|scope| scope.is_function).expect("the module's scope is open to the end")
    }

    fn bind(&mut self, name: &str) {
        let here = self.here();
        if !here.globals.contains(name) && !here.nonlocals.contains(name) {
            here.bound.insert(name.to_string());
        }
    }

    fn open(&mut self, is_function: bool) {
        self.open.push(Scope { is_function, ..Scope::default() });
    }

    /// Ends a scope: names that it uses and does not bind are the business of the one around it.
    fn close(&mut self, range: TextRange) {
        let Some(mut scope) = self.open.pop() else { return };
        scope.captured = scope.bound.intersection(&scope.wanted).cloned().collect();
        let is_outside = |name: &&String| !scope.bound.contains(*name) && !scope.globals.contains(*name);
        let wanted: BTreeSet<String> = scope.wanted.iter().filter(is_outside).cloned().collect();
        let used: BTreeSet<String> = scope.used.union(&scope.nonlocals).filter(is_outside).cloned().collect();
        scope.free = wanted.union(&used).cloned().collect();
        let around = self.here();
        if scope.is_function {
            around.wanted.extend(scope.free.iter().cloned());
        } else {
            around.used.extend(used);
            around.wanted.extend(wanted);
            around.yields |= scope.yields;
        }
        self.scopes.insert(key(range), scope);
    }

    fn parameters(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            let name = parameter.name().id.to_string();
            self.here().bound.insert(name);
        }
    }

    fn defaults(&mut self, parameters: &Parameters) {
        for parameter in parameters.iter() {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    fn comprehension<'a>(
        &mut self,
        range: TextRange,
        is_function: bool,
        elements: impl Iterator<Item = &'a Expr>,
        generators: &'a [Comprehension],
    ) {
        let Some(first) = generators.first() else { return };
        self.visit_expr(&first.iter);
        self.open(is_function);
        for (position, generator) in generators.iter().enumerate() {
            if position > 0 {
                self.visit_expr(&generator.iter);
            }
            self.visit_expr(&generator.target);
            for condition in &generator.ifs {
                self.visit_expr(condition);
            }
        }
        for element in elements {
            self.visit_expr(element);
        }
        self.close(range);
    }
}

impl<'a> Visitor<'a> for Analysis {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.bind(&function.name.id);
                for decorator in &function.decorator_list {
                    self.visit_expr(&decorator.expression);
                }
                self.defaults(&function.parameters);
                self.open(true);
                self.parameters(&function.parameters);
                self.visit_body(&function.body);
                self.close(function.range());
            }
            Stmt::Global(global) => {
                for name in &global.names {
                    self.here().globals.insert(name.id.to_string());
                }
            }
            Stmt::Nonlocal(nonlocal) => {
                for name in &nonlocal.names {
                    self.here().nonlocals.insert(name.id.to_string());
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(name.id.split('.').next().unwrap_or_default());
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    self.bind(&alias.asname.as_ref().unwrap_or(&alias.name).id);
                }
            }
            Stmt::Try(attempt) => {
                for handler in &attempt.handlers {
                    if let Some(name) = handler.as_except_handler().and_then(|handler| handler.name.as_ref()) {
                        self.bind(&name.id);
                    }
                }
                visitor::walk_stmt(self, statement);
            }
            // An annotation of a variable is not evaluated in a function, and of no use elsewhere.
            Stmt::AnnAssign(assign) => {
                self.visit_expr(&assign.target);
                if let Some(value) = &assign.value {
                    self.visit_expr(value);
                }
            }
            _ => visitor::walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load | ExprContext::Invalid => {
                    self.here().used.insert(name.id.to_string());
                }
                ExprContext::Store | ExprContext::Del => self.bind(&name.id),
            },
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                if let Expr::Name(name) = &*named.target {
                    let function = self.function();
                    if !function.globals.contains(name.id.as_str()) && !function.nonlocals.contains(name.id.as_str()) {
                        function.bound.insert(name.id.to_string());
                    }
                }
            }
            Expr::Lambda(lambda) => {
                if let Some(parameters) = &lambda.parameters {
                    self.defaults(parameters);
                }
                self.open(true);
                if let Some(parameters) = &lambda.parameters {
                    self.parameters(parameters);
                }
                self.visit_expr(&lambda.body);
                self.close(lambda.range());
            }
            Expr::ListComp(it) => self.comprehension(it.range(), false, [&*it.elt].into_iter(), &it.generators),
            Expr::SetComp(it) => self.comprehension(it.range(), false, [&*it.elt].into_iter(), &it.generators),
            Expr::DictComp(it) => {
                let elements = it.key.iter().map(|key| &**key).chain([&*it.value]);
                self.comprehension(it.range(), false, elements, &it.generators);
            }
            Expr::Generator(it) => {
                self.comprehension(it.range(), true, [&*it.elt].into_iter(), &it.generators);
                if let Some(scope) = self.scopes.get_mut(&key(it.range())) {
                    scope.yields = true;
                }
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.here().yields = true;
                visitor::walk_expr(self, expression);
            }
            _ => visitor::walk_expr(self, expression),
        }
    }
}
