//! Walks over the syntax tree. There is one copy of the code that knows what a node consists of, for all who look.

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{ExceptHandler, Expr, Keyword, Parameter, Pattern, Stmt};

/// A node of the syntax tree that may be of interest.
#[derive(Clone, Copy)]
pub enum Node<'a> {
    Statement(&'a Stmt),
    Expression(&'a Expr),
    Keyword(&'a Keyword),
    Parameter(&'a Parameter),
    ExceptHandler(&'a ExceptHandler),
    Pattern(&'a Pattern),
}

/// Somebody who looks at a program.
pub trait Walk<'a> {
    /// Comes to a node. Its parts are visited only through [`Self::parts`].
    fn visit(&mut self, node: Node<'a>);

    /// Visits the nodes that a node consists of.
    fn parts(&mut self, node: Node<'a>) {
        parts(node, &mut |part| self.visit(part));
    }

    /// Visits an expression.
    fn visit_expression(&mut self, expression: &'a Expr) {
        self.visit(Node::Expression(expression));
    }

    /// Visits statements.
    fn visit_body(&mut self, body: &'a [Stmt]) {
        for statement in body {
            self.visit(Node::Statement(statement));
        }
    }
}

fn parts<'a>(node: Node<'a>, each: &mut dyn FnMut(Node<'a>)) {
    let parts = &mut Parts(each);
    match node {
        Node::Statement(statement) => visitor::walk_stmt(parts, statement),
        Node::Expression(expression) => visitor::walk_expr(parts, expression),
        Node::Keyword(keyword) => visitor::walk_keyword(parts, keyword),
        Node::Parameter(parameter) => visitor::walk_parameter(parts, parameter),
        Node::ExceptHandler(handler) => visitor::walk_except_handler(parts, handler),
        Node::Pattern(pattern) => visitor::walk_pattern(parts, pattern),
    }
}

struct Parts<'v, 'a>(&'v mut dyn FnMut(Node<'a>));

impl<'a> Visitor<'a> for Parts<'_, 'a> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        (self.0)(Node::Statement(statement));
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        (self.0)(Node::Expression(expression));
    }

    fn visit_keyword(&mut self, keyword: &'a Keyword) {
        (self.0)(Node::Keyword(keyword));
    }

    fn visit_parameter(&mut self, parameter: &'a Parameter) {
        (self.0)(Node::Parameter(parameter));
    }

    fn visit_except_handler(&mut self, handler: &'a ExceptHandler) {
        (self.0)(Node::ExceptHandler(handler));
    }

    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        (self.0)(Node::Pattern(pattern));
    }
}
