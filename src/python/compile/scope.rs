//! Which names are local, shared with inner functions, or global; and what else one walk over the program tells.

use std::rc::Rc;

use ruff_python_ast::{Comprehension, Expr, ExprContext, Identifier, Parameters, Pattern, Stmt, TypeParams};
use ruff_text_size::{Ranged, TextRange};

use super::class::CLASS_CELL;
use super::names::Names;
use crate::python::syntax::{Node, Walk};

/// The names of one function, comprehension or module.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// It has frames of its own, unlike a list comprehension.
    pub is_function: bool,
    /// It is a comprehension or generator expression: an assignment expression in it binds outside.
    pub is_comprehension: bool,
    /// It is the body of a class, whose names functions inside it do not see.
    pub is_class: bool,
    /// Names bound here.
    pub bound: Names<()>,
    pub globals: Names<()>,
    pub nonlocals: Names<()>,
    /// Names bound here that inner functions use.
    pub captured: Names<()>,
    /// Names of functions around it that this one or inner ones use.
    pub free: Names<()>,
    /// It contains `yield`.
    pub yields: bool,
    /// It contains `await` or `async for`.
    pub awaits: bool,
    used: Names<()>,
    parameters: Names<()>,
    /// Names that inner functions use and do not bind.
    wanted: Names<()>,
}

/// All scopes of a program, by the range of their node.
#[derive(Debug, Default)]
pub struct Scopes {
    scopes: Vec<(TextRange, Scope)>,
}

impl Scopes {
    /// The scope of the node with this range; the module's has an empty one at the start.
    ///
    /// # Panics
    /// If no scope begins there.
    pub fn of(&self, range: TextRange) -> &Scope {
        let found = self.scopes.iter().find(|(other, _)| *other == range);
        &found.expect("every function and comprehension has a scope").1
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Scope> {
        self.scopes.iter().map(|(_, scope)| scope)
    }
}

/// What is known of a program before it is compiled.
pub struct Analysis {
    pub scopes: Scopes,
    /// Modules by the names they are imported under.
    pub imports: Names<Rc<str>>,
    /// Functions that are called in a loop or in more than one place.
    pub repeated: Names<()>,
    /// Declarations that come too late.
    pub wrong: Vec<(TextRange, String)>,
}

/// Analyses a program.
pub fn analyse(body: &[Stmt]) -> Analysis {
    let module = Scope { is_function: true, ..Scope::default() };
    let mut walk = Analyst { open: vec![module], ..Analyst::default() };
    walk.visit_body(body);
    let module = walk.open.pop().unwrap_or_default();
    walk.scopes.scopes.push((TextRange::default(), module));
    Analysis { scopes: walk.scopes, imports: walk.imports, repeated: walk.repeated, wrong: walk.wrong }
}

#[derive(Default)]
struct Analyst {
    scopes: Scopes,
    open: Vec<Scope>,
    imports: Names<Rc<str>>,
    /// How many loops are open.
    loops: u32,
    called: Names<()>,
    repeated: Names<()>,
    wrong: Vec<(TextRange, String)>,
}

impl<'a> Analyst {
    fn here(&mut self) -> &mut Scope {
        self.open.last_mut().expect("the module's scope is open to the end")
    }

    /// Binds the target of an assignment expression: in the innermost scope that is no comprehension, which generator
    /// expressions in between share it with.
    fn bind_outside(&mut self, name: &str) {
        let Some(target) = self.open.iter().rposition(|scope| !scope.is_comprehension) else { return };
        self.open[target].bind(name);
        let is_global = target == 0 || self.open[target].globals.contains(name);
        for scope in self.open[target + 1..].iter_mut().filter(|scope| scope.is_function) {
            let declared = if is_global { &mut scope.globals } else { &mut scope.nonlocals };
            declared.insert(name, ());
        }
    }

    /// Notes a declaration of a name that has been used before.
    fn check_declared_first(&mut self, name: &Identifier, sort: &str) {
        let scope = self.here();
        let how = match (scope.parameters.contains(&name.id), scope.bound.contains(&name.id)) {
            (true, _) => {
                let message = format!("name '{}' is parameter and {sort}", name.id);
                self.wrong.push((name.range(), message));
                return;
            }
            (_, true) => "assigned to before",
            (_, false) if scope.used.contains(&name.id) => "used prior to",
            _ => return,
        };
        self.wrong.push((name.range(), format!("name '{}' is {how} {sort} declaration", name.id)));
    }

    fn bind(&mut self, name: &str) {
        self.here().bind(name);
    }

    fn open(&mut self, is_function: bool) {
        self.open.push(Scope { is_function, ..Scope::default() });
    }

    /// Ends a scope: names that it uses and does not bind are the business of the one around it.
    fn close(&mut self, range: TextRange) {
        let Some(mut scope) = self.open.pop() else { return };
        let around = self.here();
        for (name, ()) in scope.wanted.iter() {
            if scope.is_class && &**name == CLASS_CELL {
                scope.bound.insert(name, ());
                scope.captured.insert(name, ());
            } else if scope.bound.contains(name) && !scope.is_class {
                scope.captured.insert(name, ());
            } else if !scope.globals.contains(name) {
                scope.free.insert(name, ());
                around.wanted.insert(name, ());
            }
        }
        for (name, ()) in scope.used.iter().chain(scope.nonlocals.iter()) {
            if !scope.bound.contains(name) && !scope.globals.contains(name) {
                scope.free.insert(name, ());
                let sort = if scope.is_function { &mut around.wanted } else { &mut around.used };
                sort.insert(name, ());
            }
        }
        around.yields |= scope.yields && !scope.is_function;
        around.awaits |= scope.awaits && !scope.is_function;
        self.scopes.scopes.push((range, scope));
    }

    fn parameters(&mut self, parameters: &'a Parameters) {
        for parameter in parameters.iter() {
            let name = parameter.name();
            if self.here().parameters.contains(&name.id) {
                self.wrong.push((name.range(), format!("duplicate argument '{}' in function definition", name.id)));
            }
            self.here().bound.insert(&parameter.name().id, ());
            self.here().parameters.insert(&parameter.name().id, ());
        }
    }

    fn type_parameters(&mut self, parameters: Option<&'a TypeParams>) {
        for parameter in parameters.into_iter().flat_map(|parameters| parameters.iter()) {
            self.bind(&parameter.name().id);
        }
    }

    fn defaults(&mut self, parameters: &'a Parameters) {
        for parameter in parameters.iter() {
            if let Some(default) = parameter.default() {
                self.visit_expression(default);
            }
        }
    }

    fn comprehension(
        &mut self,
        range: TextRange,
        is_function: bool,
        elements: &[&'a Expr],
        generators: &'a [Comprehension],
    ) {
        let Some(first) = generators.first() else { return };
        self.visit_expression(&first.iter);
        self.loops += 1;
        self.open(is_function);
        self.here().is_comprehension = true;
        for (position, generator) in generators.iter().enumerate() {
            self.here().awaits |= generator.is_async;
            if position > 0 {
                self.visit_expression(&generator.iter);
            }
            self.visit_expression(&generator.target);
            for condition in &generator.ifs {
                self.visit_expression(condition);
            }
        }
        for element in elements {
            self.visit_expression(element);
        }
        self.close(range);
        self.loops -= 1;
    }
}

impl Scope {
    fn bind(&mut self, name: &str) {
        if !self.globals.contains(name) && !self.nonlocals.contains(name) {
            self.bound.insert(name, ());
        }
    }
}

impl<'a> Analyst {
    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.bind(&function.name.id);
                self.type_parameters(function.type_params.as_deref());
                for decorator in &function.decorator_list {
                    self.visit_expression(&decorator.expression);
                }
                self.defaults(&function.parameters);
                self.open(true);
                self.parameters(&function.parameters);
                self.visit_body(&function.body);
                self.close(function.range());
            }
            Stmt::ClassDef(class) => {
                self.bind(&class.name.id);
                self.type_parameters(class.type_params.as_deref());
                for decorator in &class.decorator_list {
                    self.visit_expression(&decorator.expression);
                }
                for base in class.bases() {
                    self.visit_expression(base);
                }
                self.open(true);
                self.here().is_class = true;
                self.visit_body(&class.body);
                self.close(class.range());
            }
            Stmt::TypeAlias(alias) => self.visit_expression(&alias.name),
            Stmt::Global(global) => {
                for name in &global.names {
                    self.check_declared_first(name, "global");
                    self.here().globals.insert(&name.id, ());
                }
            }
            Stmt::Nonlocal(nonlocal) => {
                for name in &nonlocal.names {
                    self.check_declared_first(name, "nonlocal");
                    self.here().nonlocals.insert(&name.id, ());
                }
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.imports.insert(&name.id, alias.name.id.as_str().into());
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
                self.parts(Node::Statement(statement));
            }
            // An annotation of a variable is not evaluated in a function, and of no use elsewhere.
            Stmt::AnnAssign(assign) => {
                self.visit_expression(&assign.target);
                if let Some(value) = &assign.value {
                    self.visit_expression(value);
                }
            }
            Stmt::For(_) | Stmt::While(_) => {
                self.loops += 1;
                self.parts(Node::Statement(statement));
                self.loops -= 1;
            }
            _ => self.parts(Node::Statement(statement)),
        }
    }

    fn expression(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) => match name.ctx {
                ExprContext::Load | ExprContext::Invalid => {
                    self.here().used.insert(&name.id, ());
                    if name.id == "super" {
                        self.here().used.insert(CLASS_CELL, ());
                    }
                }
                ExprContext::Store | ExprContext::Del => self.bind(&name.id),
            },
            Expr::Named(named) => {
                self.visit_expression(&named.value);
                if let Expr::Name(name) = &*named.target {
                    self.bind_outside(&name.id);
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
                self.visit_expression(&lambda.body);
                self.close(lambda.range());
            }
            Expr::ListComp(it) => self.comprehension(it.range(), false, &[&*it.elt], &it.generators),
            Expr::SetComp(it) => self.comprehension(it.range(), false, &[&*it.elt], &it.generators),
            Expr::DictComp(it) => {
                let elements = [it.key.as_deref().unwrap_or(&*it.value), &*it.value];
                self.comprehension(it.range(), false, &elements[usize::from(it.key.is_none())..], &it.generators);
            }
            Expr::Generator(it) => {
                self.comprehension(it.range(), true, &[&*it.elt], &it.generators);
                if let Some((_, scope)) = self.scopes.scopes.last_mut() {
                    scope.yields = true;
                }
            }
            Expr::Call(call) => {
                if let Expr::Name(name) = &*call.func {
                    if self.loops > 0 || self.called.contains(&name.id) {
                        self.repeated.insert(&name.id, ());
                    }
                    self.called.insert(&name.id, ());
                }
                self.parts(Node::Expression(expression));
            }
            Expr::Await(_) => {
                self.here().awaits = true;
                self.parts(Node::Expression(expression));
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.here().yields = true;
                self.parts(Node::Expression(expression));
            }
            _ => self.parts(Node::Expression(expression)),
        }
    }
}

impl<'a> Analyst {
    fn pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(it) => it.name.as_ref(),
            Pattern::MatchStar(it) => it.name.as_ref(),
            Pattern::MatchMapping(it) => it.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(&name.id);
        }
        self.parts(Node::Pattern(pattern));
    }
}

impl<'a> Walk<'a> for Analyst {
    fn visit(&mut self, node: Node<'a>) {
        match node {
            Node::Statement(statement) => self.statement(statement),
            Node::Expression(expression) => self.expression(expression),
            Node::Pattern(pattern) => self.pattern(pattern),
            _ => self.parts(node),
        }
    }
}
