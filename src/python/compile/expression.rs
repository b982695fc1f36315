//! Expressions.

use std::rc::Rc;

use ruff_python_ast::{
    self as ast, BoolOp, CmpOp, ConversionFlag, Expr, ExprCall, ExprCompare, ExprFString, FStringPart,
    InterpolatedStringElement, Keyword, Number, UnaryOp,
};
use ruff_text_size::Ranged;

use super::code::{CodeKind, Comparison, Conversion, Operator};
use super::function::{Access, Collected};
use super::{Compiler, Instruction};
use crate::python::integer::parse;
use crate::python::modules;
use crate::python::values::Value;
use crate::trace::OlderForm;

impl<'a> Compiler<'a> {
    /// Leaves the expression's value on the stack.
    pub(super) fn expression(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Name(it) => self.name(&it.id, Access::Load, it),
            Expr::NoneLiteral(_) => self.here().constant(Value::None),
            Expr::BooleanLiteral(it) => self.here().constant(Value::Bool(it.value)),
            Expr::EllipsisLiteral(_) => self.here().constant(Value::Ellipsis),
            Expr::StringLiteral(it) => self.here().constant(Value::text(it.value.to_str())),
            Expr::NumberLiteral(it) => match &it.value {
                Number::Int(number) => match number.as_i64() {
                    Some(number) => self.here().constant(Value::Int(number)),
                    None => match parse(&number.to_string(), 0) {
                        Ok(number) => self.here().constant(number.into()),
                        Err(error) => {
                            let advice =
                                "Consider hexadecimal for huge integer literals to avoid decimal conversion limits.";
                            self.reject(it, format!("{} - {advice}", error.message()));
                        }
                    },
                },
                Number::Float(number) => self.here().constant(Value::Float(*number)),
                Number::Complex { .. } => self.refuse(it, "Signalbox does not run complex numbers"),
            },
            Expr::FString(it) => self.f_string(it),
            Expr::Tuple(it) => self.collection(it, &it.elts, Instruction::BuildTuple, Some(Instruction::ListToTuple)),
            Expr::List(it) => self.collection(it, &it.elts, Instruction::BuildList, None),
            Expr::Set(it) => {
                if it.elts.iter().any(Expr::is_starred_expr) {
                    self.emit(Instruction::BuildSet(0));
                    for element in &it.elts {
                        match element {
                            Expr::Starred(starred) => {
                                self.expression(&starred.value);
                                self.at(it);
                                self.emit(Instruction::UpdateSet(0));
                            }
                            _ => {
                                self.expression(element);
                                self.at(it);
                                self.emit(Instruction::AddToSet(0));
                            }
                        }
                    }
                } else {
                    self.collection(it, &it.elts, Instruction::BuildSet, None);
                }
            }
            Expr::Dict(it) => {
                self.emit(Instruction::BuildDict(0));
                for item in &it.items {
                    if let Some(key) = &item.key {
                        self.expression(key);
                        self.expression(&item.value);
                        self.at(it);
                        self.emit(Instruction::AddToDict(0));
                    } else {
                        self.expression(&item.value);
                        self.at(&item.value);
                        self.emit(Instruction::UpdateDict(0));
                    }
                }
            }
            Expr::BinOp(it) if it.op == ast::Operator::MatMult => {
                self.here().constant(Value::Native(&modules::MATRIX_MULTIPLY));
                self.expression(&it.left);
                self.expression(&it.right);
                self.at(it);
                self.emit(Instruction::Call { arguments: 2 });
            }
            Expr::BinOp(it) => {
                self.expression(&it.left);
                self.expression(&it.right);
                match operator(it.op) {
                    Some(operator) => {
                        self.at(it);
                        self.emit(Instruction::Binary(operator));
                    }
                    None => self.refuse(it, "Signalbox does not run matrices"),
                }
            }
            Expr::UnaryOp(it) => {
                self.expression(&it.operand);
                self.at(it);
                self.emit(match it.op {
                    UnaryOp::Not => Instruction::Not,
                    UnaryOp::USub => Instruction::Negative,
                    UnaryOp::UAdd => Instruction::Positive,
                    UnaryOp::Invert => Instruction::Invert,
                });
            }
            Expr::BoolOp(it) => {
                let end = self.here().label();
                let jump = match it.op {
                    BoolOp::And => Instruction::JumpIfFalseOrPop,
                    BoolOp::Or => Instruction::JumpIfTrueOrPop,
                };
                for (position, value) in it.values.iter().enumerate() {
                    self.expression(value);
                    if position + 1 < it.values.len() {
                        self.here().jump(jump, end);
                    }
                }
                self.here().place(end);
            }
            Expr::Compare(it) => self.comparison(it),
            Expr::If(it) => {
                let (otherwise, end) = (self.here().label(), self.here().label());
                self.expression(&it.test);
                self.here().jump(Instruction::JumpIfFalse, otherwise);
                self.expression(&it.body);
                self.here().jump(Instruction::Jump, end);
                self.here().place(otherwise);
                self.expression(&it.orelse);
                self.here().place(end);
            }
            Expr::Named(it) => {
                self.expression(&it.value);
                self.emit(Instruction::Duplicate);
                self.assign_expression(&it.target);
            }
            Expr::Attribute(it) => {
                if let Expr::Name(module) = &*it.value
                    && let Some(module) = self.imports.get(&module.id).cloned()
                {
                    self.check_attribute(it, &module, &it.attr.id);
                }
                self.expression(&it.value);
                let name = self.attribute_name(&it.attr.id);
                self.at_attribute(it, it);
                self.emit(Instruction::Attribute(name));
            }
            Expr::Subscript(it) => {
                self.expression(&it.value);
                self.expression(&it.slice);
                self.at(it);
                self.emit(Instruction::Subscript);
            }
            Expr::Slice(it) => {
                for part in [&it.lower, &it.upper, &it.step] {
                    match part {
                        Some(part) => self.expression(part),
                        None => self.here().constant(Value::None),
                    }
                }
                self.emit(Instruction::BuildSlice);
            }
            Expr::Call(it) => self.call(it),
            Expr::Await(it) => self.awaited(it, &it.value, None),
            Expr::Lambda(it) => self.lambda(it),
            Expr::ListComp(it) => self.comprehension(Collected::List(&it.elt), &it.generators, it.range()),
            Expr::SetComp(it) => self.comprehension(Collected::Set(&it.elt), &it.generators, it.range()),
            Expr::DictComp(it) => match &it.key {
                Some(key) => self.comprehension(Collected::Dict(key, &it.value), &it.generators, it.range()),
                None => self.refuse(it, "Signalbox does not run '**' in comprehensions"),
            },
            Expr::Generator(it) => self.comprehension(Collected::Yielded(&it.elt), &it.generators, it.range()),
            Expr::Yield(it) if self.here().kind == CodeKind::Coroutine => {
                // A coroutine of the older kind gives up its turn.
                self.at(it);
                self.here().constant(modules::asleep());
                self.emit(Instruction::Call { arguments: 0 });
                self.emit(Instruction::Await);
            }
            Expr::Yield(it) => {
                self.check_yield(it);
                match &it.value {
                    Some(value) => self.expression(value),
                    None => self.here().constant(Value::None),
                }
                self.at(it);
                self.emit(Instruction::Yield);
            }
            // In a coroutine of the older kind it is `await`.
            Expr::YieldFrom(it) if self.here().kind == CodeKind::Coroutine => self.awaited(it, &it.value, None),
            Expr::YieldFrom(it) => {
                self.check_yield(it);
                if self.here().kind.can_await() {
                    self.reject(it, "'yield from' inside async function");
                }
                self.expression(&it.value);
                self.at(it);
                self.emit(Instruction::Iterate);
                self.emit(Instruction::YieldFrom);
            }
            Expr::Starred(it) => self.reject(it, "can't use starred expression here"),
            Expr::BytesLiteral(it) => self.here().constant(Value::Bytes(Rc::new(it.value.bytes().collect()))),
            Expr::TString(it) => self.refuse(it, "Signalbox does not run template strings"),
            Expr::IpyEscapeCommand(it) => self.reject(it, "this is not an expression of Python"),
        }
    }

    /// What a `with` enters. A plain one may await a lock, as before Python 3.9.
    pub(super) fn context_manager(&mut self, manager: &'a Expr, is_async: bool) {
        match manager {
            Expr::Await(it) if !is_async => self.awaited(it, &it.value, Some(OlderForm::WithAwait)),
            Expr::YieldFrom(it) if !is_async && self.here().kind == CodeKind::Coroutine => {
                self.awaited(it, &it.value, Some(OlderForm::WithYieldFrom));
            }
            manager => self.expression(manager),
        }
    }

    /// Awaits a value, for a `with` of an older form or for itself.
    fn awaited(&mut self, node: &impl Ranged, value: &'a Expr, form: Option<OlderForm>) {
        if !self.here().kind.can_await() {
            self.reject(node, "'await' outside async function");
        }
        self.expression(value);
        self.at(node);
        if let Some(form) = form {
            self.emit(Instruction::OfferLock(form));
        }
        self.emit(Instruction::Await);
    }

    fn check_yield(&mut self, node: &impl Ranged) {
        if matches!(self.here().kind, CodeKind::Module | CodeKind::Class) {
            self.reject(node, "'yield' outside function");
        }
    }

    /// A list or tuple, possibly with `*others` inside.
    fn collection(
        &mut self,
        node: &impl Ranged,
        elements: &'a [Expr],
        build: fn(u32) -> Instruction,
        finish: Option<Instruction>,
    ) {
        if !elements.iter().any(Expr::is_starred_expr) {
            for element in elements {
                self.expression(element);
            }
            self.at(node);
            self.emit(build(elements.len() as u32));
            return;
        }
        self.spread(elements);
        if let Some(finish) = finish {
            self.emit(finish);
        }
    }

    /// A dict of the named arguments, those with two stars unpacked.
    pub(super) fn keyword_dict(&mut self, keywords: &'a [Keyword]) {
        self.emit(Instruction::BuildDict(0));
        for keyword in keywords {
            match &keyword.arg {
                Some(name) => {
                    self.here().constant(Value::text(name.id.as_str()));
                    self.expression(&keyword.value);
                    self.emit(Instruction::AddToDict(0));
                }
                None => {
                    self.expression(&keyword.value);
                    self.emit(Instruction::UpdateDict(0));
                }
            }
        }
    }

    /// A list of the elements, those with a star unpacked.
    fn spread(&mut self, elements: &'a [Expr]) {
        self.emit(Instruction::BuildList(0));
        for element in elements {
            match element {
                Expr::Starred(starred) => {
                    self.expression(&starred.value);
                    self.at(&*starred.value);
                    self.emit(Instruction::Extend(0));
                }
                _ => {
                    self.expression(element);
                    self.emit(Instruction::Append(0));
                }
            }
        }
    }

    fn comparison(&mut self, compare: &'a ExprCompare) {
        let end = self.here().label();
        self.expression(&compare.left);
        let last = compare.ops.len() - 1;
        for (position, (operator, right)) in compare.ops.iter().zip(&compare.comparators).enumerate() {
            self.expression(right);
            if position < last {
                // The right operand is the left one of the next comparison.
                self.emit(Instruction::Duplicate);
                self.emit(Instruction::RotateThree);
            }
            self.at(compare);
            self.emit(Instruction::Compare(comparison(*operator)));
            if position < last {
                let holds = self.here().label();
                self.here().jump(Instruction::JumpIfTrue, holds);
                self.emit(Instruction::Pop);
                self.here().constant(Value::Bool(false));
                self.here().jump(Instruction::Jump, end);
                self.here().place(holds);
            }
        }
        self.here().place(end);
    }

    fn call(&mut self, call: &'a ExprCall) {
        let arguments = &call.arguments;
        for (position, keyword) in arguments.keywords.iter().enumerate() {
            let is_same =
                |other: &ast::Keyword| other.arg.as_ref().map(|name| &name.id) == keyword.arg.as_ref().map(|it| &it.id);
            if let Some(name) = &keyword.arg
                && arguments.keywords[..position].iter().any(is_same)
            {
                self.reject(keyword, format!("keyword argument repeated: {}", name.id));
            }
        }
        let is_spread = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        if let (Expr::Attribute(method), false, true) = (&*call.func, is_spread, arguments.keywords.is_empty()) {
            // The check of a module's names happens with the attribute.
            if !matches!(&*method.value, Expr::Name(name) if self.imports.contains(&name.id)) {
                self.expression(&method.value);
                for argument in &arguments.args {
                    self.expression(argument);
                }
                self.at_attribute(call, method);
                let name = self.attribute_name(&method.attr.id) as u16;
                self.emit(Instruction::CallMethod { name, arguments: arguments.args.len() as u16 });
                return;
            }
        }
        if matches!(&*call.func, Expr::Name(name) if name.id == "super")
            && arguments.is_empty()
            && self.bare_super(call)
        {
            return;
        }
        self.expression(&call.func);
        if is_spread {
            self.spread(&arguments.args);
            self.keyword_dict(&arguments.keywords);
            self.at_call(call);
            self.emit(Instruction::CallSpread);
            return;
        }
        for argument in &arguments.args {
            self.expression(argument);
        }
        for keyword in &arguments.keywords {
            self.expression(&keyword.value);
        }
        let count = (arguments.args.len() + arguments.keywords.len()) as u16;
        self.at_call(call);
        if arguments.keywords.is_empty() {
            self.emit(Instruction::Call { arguments: count });
        } else {
            let names = arguments.keywords.iter().filter_map(|keyword| keyword.arg.as_ref());
            let names = Value::tuple(names.map(|name| Value::text(name.id.as_str())).collect());
            let names = self.here().constant_position(names) as u16;
            let takes_loop = arguments.find_keyword("loop").is_some() && is_name_of_asyncio(&call.func);
            self.emit(match takes_loop {
                true => Instruction::CallWithLoop { arguments: count, names },
                false => Instruction::CallKeywords { arguments: count, names },
            });
        }
    }

    fn at_call(&mut self, call: &ExprCall) {
        match &*call.func {
            Expr::Attribute(method) => self.at_attribute(call, method),
            _ => self.at(call),
        }
    }

    fn f_string(&mut self, string: &'a ExprFString) {
        let mut parts = 0;
        for part in string.value.iter() {
            match part {
                FStringPart::Literal(literal) => {
                    self.here().constant(Value::text(&*literal.value));
                    parts += 1;
                }
                FStringPart::FString(string) => parts += self.interpolated(&string.elements),
            }
        }
        self.emit(Instruction::BuildString(parts));
    }

    /// Pushes the texts of an f-string's or format specification's parts, and returns how many.
    fn interpolated(&mut self, elements: &'a ast::InterpolatedStringElements) -> u32 {
        let mut parts = 0;
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => self.here().constant(Value::text(&*literal.value)),
                InterpolatedStringElement::Interpolation(field) => {
                    if let Some(debug) = &field.debug_text {
                        self.here().constant(Value::text(debug.as_str()));
                        parts += 1;
                    }
                    self.expression(&field.expression);
                    let has_specification = field.format_spec.is_some();
                    if let Some(specification) = &field.format_spec {
                        let parts = self.interpolated(&specification.elements);
                        self.emit(Instruction::BuildString(parts));
                    }
                    let conversion = match field.conversion {
                        ConversionFlag::Str => Conversion::Str,
                        ConversionFlag::Repr => Conversion::Repr,
                        ConversionFlag::Ascii => Conversion::Ascii,
                        ConversionFlag::None if field.debug_text.is_some() && !has_specification => Conversion::Repr,
                        ConversionFlag::None => Conversion::None,
                    };
                    self.at(field);
                    self.emit(Instruction::Format { conversion, has_specification });
                }
            }
            parts += 1;
        }
        parts
    }
}

/// The operator, if any builtin class has it.
pub(super) fn operator(operator: ast::Operator) -> Option<Operator> {
    Some(match operator {
        ast::Operator::Add => Operator::Add,
        ast::Operator::Sub => Operator::Subtract,
        ast::Operator::Mult => Operator::Multiply,
        ast::Operator::Div => Operator::Divide,
        ast::Operator::FloorDiv => Operator::FloorDivide,
        ast::Operator::Mod => Operator::Modulo,
        ast::Operator::Pow => Operator::Power,
        ast::Operator::LShift => Operator::LeftShift,
        ast::Operator::RShift => Operator::RightShift,
        ast::Operator::BitAnd => Operator::And,
        ast::Operator::BitOr => Operator::Or,
        ast::Operator::BitXor => Operator::Xor,
        ast::Operator::MatMult => return None,
    })
}

fn comparison(operator: CmpOp) -> Comparison {
    match operator {
        CmpOp::Eq => Comparison::Equal,
        CmpOp::NotEq => Comparison::NotEqual,
        CmpOp::Lt => Comparison::Less,
        CmpOp::LtE => Comparison::LessOrEqual,
        CmpOp::Gt => Comparison::Greater,
        CmpOp::GtE => Comparison::GreaterOrEqual,
        CmpOp::Is => Comparison::Is,
        CmpOp::IsNot => Comparison::IsNot,
        CmpOp::In => Comparison::In,
        CmpOp::NotIn => Comparison::NotIn,
    }
}

/// Whether something is called as tutorials call what `asyncio` has: by its name there.
fn is_name_of_asyncio(callee: &Expr) -> bool {
    let name = match callee {
        Expr::Attribute(it) => &it.attr.id,
        Expr::Name(it) => &it.id,
        _ => return false,
    };
    modules::find("asyncio").is_some_and(|asyncio| (asyncio.get)(name).is_some())
}
