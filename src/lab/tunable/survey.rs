//! One walk over the syntax tree, which gathers what the search for tunables needs to know.

use ruff_python_ast::{Comprehension, ExceptHandler, Expr, ExprCall, ExprContext, Pattern, Stmt, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use crate::python::syntax::{Node, Walk};

/// A scope, by the order in which they begin; 0 is the module's.
pub type ScopeId = usize;

/// What a name stands for, as far as one statement says.
#[derive(Clone, Copy)]
pub enum Binding<'a> {
    /// It is assigned this value.
    Value(&'a Expr),
    /// It is a parameter of this function.
    Parameter(&'a StmtFunctionDef),
    /// It is something else.
    Other,
}

/// A call somewhere in the program.
pub struct Call<'a> {
    pub scope: ScopeId,
    pub call: &'a ExprCall,
    /// The variable or parameter that its value goes to.
    pub goes_to: Option<&'a str>,
}

/// A loop over `range(...)`, in a `for` statement, a comprehension or a `map`.
pub struct Loop<'a> {
    pub scope: ScopeId,
    /// The call of `range`.
    pub range: &'a ExprCall,
    /// The names of all that is called in each round and not awaited right there.
    pub called: Vec<&'a str>,
}

/// What there is in a program.
#[derive(Default)]
pub struct Survey<'a> {
    /// Of each scope, the one around it.
    pub parents: Vec<ScopeId>,
    /// All bindings of all names.
    pub bindings: Vec<(ScopeId, &'a str, Binding<'a>)>,
    /// Names that some function declares `global` or `nonlocal`: anyone may assign to them.
    pub shared: Vec<&'a str>,
    /// Names that are read.
    pub read: Vec<&'a str>,
    /// Imported modules: the name here, and the module's own.
    pub modules: Vec<(&'a str, &'a str)>,
    /// Names imported from a module: the name here, the module and the name there.
    pub imported: Vec<(&'a str, &'a str, &'a str)>,
    pub async_functions: Vec<&'a str>,
    pub calls: Vec<Call<'a>>,
    pub loops: Vec<Loop<'a>>,
    scope: ScopeId,
    /// Which of `loops` are around the current node, in the same function.
    open_loops: Vec<usize>,
    goes_to: Option<&'a str>,
    /// The call that is awaited right where it is made.
    awaited: Option<TextRange>,
}

impl<'a> Survey<'a> {
    /// Looks at a whole program.
    pub fn of(body: &'a [Stmt]) -> Self {
        let mut survey = Self { parents: vec![0], ..Self::default() };
        survey.visit_body(body);
        survey
    }

    fn bind(&mut self, name: &'a str, binding: Binding<'a>) {
        self.bindings.push((self.scope, name, binding));
    }

    /// Visits the value that goes to a variable.
    fn visit_value(&mut self, goes_to: Option<&'a str>, value: &'a Expr) {
        let outer = std::mem::replace(&mut self.goes_to, goes_to);
        self.visit_expression(value);
        self.goes_to = outer;
    }

    fn assign(&mut self, target: &'a Expr, value: &'a Expr) {
        match (target, value) {
            (Expr::Tuple(targets), Expr::Tuple(values)) if targets.elts.len() == values.elts.len() => {
                for (target, value) in targets.elts.iter().zip(&values.elts) {
                    self.assign(target, value);
                }
            }
            (Expr::Name(name), _) => {
                self.bind(&name.id, Binding::Value(value));
                self.visit_value(Some(&name.id), value);
            }
            _ => {
                self.visit_value(variable(target), value);
                self.visit_expression(target);
            }
        }
    }

    /// Visits what is inside a function or class.
    fn visit_scope(&mut self, body: &'a [Stmt], parameters: Option<&'a StmtFunctionDef>) {
        let around = std::mem::replace(&mut self.scope, self.parents.len());
        self.parents.push(around);
        let loops_around = std::mem::take(&mut self.open_loops);
        for parameter in parameters.iter().flat_map(|function| function.parameters.iter()) {
            let binding = parameters.filter(|_| !parameter.is_variadic()).map_or(Binding::Other, Binding::Parameter);
            self.bind(parameter.name(), binding);
        }
        self.visit_body(body);
        self.open_loops = loops_around;
        self.scope = around;
    }

    /// Opens a loop if it is one over `range(...)`.
    fn open_loop(&mut self, over: &'a Expr) -> bool {
        let Some(range) = over.as_call_expr().filter(|call| callee(call) == Some("range")) else { return false };
        self.open_loops.push(self.loops.len());
        self.loops.push(Loop { scope: self.scope, range, called: Vec::new() });
        true
    }

    fn visit_comprehension_of(&mut self, generators: &'a [Comprehension], whole: &'a Expr) {
        let opened = generators.iter().filter(|generator| self.open_loop(&generator.iter)).count();
        self.parts(Node::Expression(whole));
        self.open_loops.truncate(self.open_loops.len() - opened);
    }

    fn visit_call(&mut self, call: &'a ExprCall) {
        self.calls.push(Call { scope: self.scope, call, goes_to: self.goes_to });
        let name = callee(call);
        if let Some(name) = name.filter(|_| self.awaited != Some(call.range())) {
            for open in &self.open_loops {
                self.loops[*open].called.push(name);
            }
        }
        if let (Some("map"), [Expr::Name(function), over]) = (name, &*call.arguments.args)
            && self.open_loop(over)
        {
            self.open_loops.pop();
            self.loops.last_mut().unwrap().called.push(&function.id);
        }
    }
}

impl<'a> Survey<'a> {
    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                self.bind(&function.name, Binding::Other);
                if function.is_async {
                    self.async_functions.push(&function.name);
                }
                for decorator in &function.decorator_list {
                    self.visit_expression(&decorator.expression);
                }
                for default in function.parameters.iter_non_variadic_params().filter_map(|one| one.default()) {
                    self.visit_expression(default);
                }
                self.visit_scope(&function.body, Some(function));
            }
            Stmt::ClassDef(class) => {
                self.bind(&class.name, Binding::Other);
                self.visit_scope(&class.body, None);
            }
            Stmt::Assign(assignment) => match &*assignment.targets {
                [target] => self.assign(target, &assignment.value),
                targets => {
                    self.visit_value(variable(&targets[0]), &assignment.value);
                    for target in targets {
                        self.visit_expression(target);
                    }
                }
            },
            Stmt::AnnAssign(assignment) => {
                if let Some(value) = &assignment.value {
                    self.assign(&assignment.target, value);
                }
            }
            Stmt::For(each) => {
                let opened = self.open_loop(&each.iter);
                self.parts(Node::Statement(statement));
                if opened {
                    self.open_loops.pop();
                }
            }
            Stmt::Global(global) => self.shared.extend(global.names.iter().map(|name| name.as_str())),
            Stmt::Nonlocal(nonlocal) => self.shared.extend(nonlocal.names.iter().map(|name| name.as_str())),
            Stmt::Import(import) => {
                for alias in &import.names {
                    let here = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(here, Binding::Other);
                    self.modules.push((here, &alias.name));
                }
            }
            Stmt::ImportFrom(import) => {
                let module = import.module.as_ref().map_or("", |module| module.as_str());
                for alias in &import.names {
                    let here = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.bind(here, Binding::Other);
                    self.imported.push((here, module, &alias.name));
                }
            }
            _ => self.parts(Node::Statement(statement)),
        }
    }

    fn expression(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(name) if name.ctx == ExprContext::Load => self.read.push(&name.id),
            Expr::Name(name) => self.bind(&name.id, Binding::Other),
            Expr::Await(awaiting) => {
                self.awaited = Some(awaiting.value.range());
                self.parts(Node::Expression(expression));
            }
            Expr::ListComp(list) => self.visit_comprehension_of(&list.generators, expression),
            Expr::SetComp(set) => self.visit_comprehension_of(&set.generators, expression),
            Expr::DictComp(dict) => self.visit_comprehension_of(&dict.generators, expression),
            Expr::Generator(generator) => self.visit_comprehension_of(&generator.generators, expression),
            Expr::Call(call) => {
                self.visit_call(call);
                let outer = self.goes_to.take();
                self.parts(Node::Expression(expression));
                self.goes_to = outer;
            }
            _ => self.parts(Node::Expression(expression)),
        }
    }

    fn pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(capture) => capture.name.as_ref(),
            Pattern::MatchStar(capture) => capture.name.as_ref(),
            Pattern::MatchMapping(capture) => capture.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.bind(name, Binding::Other);
        }
        self.parts(Node::Pattern(pattern));
    }
}

impl<'a> Walk<'a> for Survey<'a> {
    fn visit(&mut self, node: Node<'a>) {
        match node {
            Node::Statement(statement) => self.statement(statement),
            Node::Expression(expression) => self.expression(expression),
            Node::Pattern(pattern) => self.pattern(pattern),
            Node::Keyword(keyword) => match &keyword.arg {
                Some(name) => self.visit_value(Some(name), &keyword.value),
                None => self.parts(node),
            },
            // Of a `lambda`; parameters of functions are bound where their scope begins.
            Node::Parameter(parameter) => {
                self.bind(&parameter.name, Binding::Other);
                self.parts(node);
            }
            Node::ExceptHandler(ExceptHandler::ExceptHandler(handler)) => {
                if let Some(name) = &handler.name {
                    self.bind(name, Binding::Other);
                }
                self.parts(node);
            }
        }
    }
}

/// The last part of the name of what is called: `put` in `self.queue.put(1)`.
pub fn callee(call: &ExprCall) -> Option<&str> {
    variable(&call.func)
}

/// A variable's or an attribute's name.
fn variable(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(&name.id),
        Expr::Attribute(attribute) => Some(&attribute.attr),
        _ => None,
    }
}
