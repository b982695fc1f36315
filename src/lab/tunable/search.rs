//! Which literals of a program decide how many, how much or how long.

use std::ops::Range;

use ruff_python_ast::{Expr, ExprCall, Number, Operator, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use super::TunableKind;
use super::survey::{Binding, Call, Loop, ScopeId, Survey, callee};

/// How many names a value is followed through.
const LONGEST_CHAIN: u32 = 8;

/// A literal that is worth a control.
pub struct Candidate {
    pub range: Range<usize>,
    pub value: f64,
    pub whole: bool,
    /// The name that the program gives it.
    pub own_name: Option<String>,
    /// The name made for it from what it is used for.
    pub made_name: String,
    pub kind: TunableKind,
    /// The least value with which the program makes sense.
    pub least: f64,
}

/// Arguments of `asyncio` and `time` that are worth a control: function, position, keyword, what it controls, and its
/// least value.
const ARGUMENTS: [(&str, usize, &str, TunableKind, f64); 11] = [
    // A semaphore without a permit stops everyone who comes.
    ("Semaphore", 0, "value", TunableKind::Permits, 1.0),
    ("BoundedSemaphore", 0, "value", TunableKind::Permits, 1.0),
    ("Queue", 0, "maxsize", TunableKind::Capacity, 0.0),
    ("PriorityQueue", 0, "maxsize", TunableKind::Capacity, 0.0),
    ("LifoQueue", 0, "maxsize", TunableKind::Capacity, 0.0),
    // A barrier for nobody is refused.
    ("Barrier", 0, "parties", TunableKind::Parties, 1.0),
    ("sleep", 0, "delay", TunableKind::Duration, 0.0),
    ("timeout", 0, "delay", TunableKind::Duration, 0.0),
    ("wait_for", 1, "timeout", TunableKind::Duration, 0.0),
    ("wait", 1, "timeout", TunableKind::Duration, 0.0),
    ("call_later", 0, "delay", TunableKind::Duration, 0.0),
];

/// All candidates, by their place in the text.
pub fn candidates(body: &[Stmt]) -> Vec<Candidate> {
    let mut search = Search { survey: Survey::of(body), found: Vec::new() };
    search.look_at_calls();
    search.look_at_loops();
    search.look_at_constants();
    search.found
}

struct Search<'a> {
    survey: Survey<'a>,
    /// In the order in which they stand in the text.
    found: Vec<Candidate>,
}

/// What a value is used for.
struct Purpose {
    kind: TunableKind,
    least: f64,
    made_name: String,
}

/// A value on its way back to the literals it comes from.
#[derive(Clone, Copy)]
struct Followed<'a> {
    value: &'a Expr,
    scope: ScopeId,
    /// The name that is bound to this very value.
    name: Option<&'a str>,
    /// Whether this is all of the value, rather than a part of a calculation.
    whole: bool,
    /// How many names led here.
    chain: u32,
}

impl<'a> Followed<'a> {
    fn start(value: &'a Expr, scope: ScopeId) -> Self {
        Self { value, scope, name: None, whole: true, chain: 0 }
    }

    fn part(self, value: &'a Expr) -> Self {
        Self { value, name: None, whole: false, ..self }
    }
}

impl<'a> Search<'a> {
    /// Semaphores, queues, sleeps.
    fn look_at_calls(&mut self) {
        for index in 0..self.survey.calls.len() {
            let Call { scope, call, goes_to } = self.survey.calls[index];
            let Some(function) = self.asyncio_function(call) else { continue };
            for (name, position, keyword, kind, least) in ARGUMENTS {
                let Some(value) = argument(call, position, keyword).filter(|_| name == function) else { continue };
                let (default, suffix) = match kind {
                    TunableKind::Capacity => ("queue", "maxsize"),
                    TunableKind::Parties => ("barrier", "parties"),
                    _ => ("semaphore", "permits"),
                };
                let made_name = format!("{}_{suffix}", goes_to.unwrap_or(default));
                self.follow(Followed::start(value, scope), &Purpose { kind, least, made_name });
            }
        }
    }

    /// Loops that make tasks.
    fn look_at_loops(&mut self) {
        // `asyncio.wait` refuses to wait for nothing.
        let waits = self.survey.calls.iter().any(|call| self.asyncio_function(call.call) == Some("wait"));
        for index in 0..self.survey.loops.len() {
            let Loop { scope, range, ref called } = self.survey.loops[index];
            let Some(function) = self.started(called) else { continue };
            let (lower, upper) = match &*range.arguments.args {
                [upper] => (None, upper),
                [lower, upper] | [lower, upper, _] => (Some(lower), upper),
                _ => continue,
            };
            let first = lower.and_then(literal).map_or(0.0, |(lower, _)| lower);
            let least = if waits { first + 1.0 } else { first };
            let purpose = Purpose { kind: TunableKind::Workers, least, made_name: format!("{function}_count") };
            self.follow(Followed::start(upper, scope), &purpose);
        }
    }

    /// Numbers that the program names as constants, whatever they are for.
    fn look_at_constants(&mut self) {
        for index in 0..self.survey.bindings.len() {
            let (scope, name, binding) = self.survey.bindings[index];
            let constant = scope == 0
                && name.contains(|c: char| c.is_ascii_uppercase())
                && !name.contains(|c: char| c.is_ascii_lowercase());
            let Binding::Value(value) = binding else { continue };
            if constant
                && self.survey.read.contains(&name)
                && self.place(value.range().into()).is_err()
                && let Some(followed) = self.meaning(name, 0, 0)
            {
                let purpose = Purpose { kind: TunableKind::Number, least: 0.0, made_name: String::new() };
                self.follow(followed, &purpose);
            }
        }
    }

    /// The function whose coroutines the rounds of a loop start as tasks, given all that they call.
    fn started(&self, called: &[&'a str]) -> Option<&'a str> {
        if let Some(function) = called.iter().find(|name| self.survey.async_functions.contains(name)) {
            return Some(function);
        }
        let starter = called.iter().position(|name| matches!(*name, "create_task" | "ensure_future"))?;
        Some(called.get(starter + 1).copied().unwrap_or("task"))
    }

    /// The name in `asyncio` or `time` of what is called.
    fn asyncio_function(&self, call: &'a ExprCall) -> Option<&'a str> {
        let known = |module: &str| matches!(module, "asyncio" | "time");
        match &*call.func {
            Expr::Name(name) => self.survey.imported.iter().find_map(|(here, module, there)| match *there {
                "*" if known(module) => Some(name.id.as_str()),
                _ if known(module) && *here == name.id => Some(*there),
                _ => None,
            }),
            Expr::Attribute(attribute) => {
                let of_module = attribute.value.as_name_expr().is_some_and(|owner| {
                    self.survey.modules.iter().any(|(here, module)| *here == owner.id && known(module))
                });
                // The loop that it is called on may have any name.
                (of_module || &*attribute.attr == "call_later").then_some(attribute.attr.as_str())
            }
            _ => None,
        }
    }

    /// Goes from a value back to the literals that it is made of.
    fn follow(&mut self, followed: Followed<'a>, purpose: &Purpose) {
        match followed.value {
            Expr::NumberLiteral(_) if followed.whole => self.note(followed, purpose),
            Expr::Name(name) if followed.chain < LONGEST_CHAIN => {
                if let Some(followed) = self.meaning(&name.id, followed.scope, followed.chain + 1) {
                    self.follow(followed, purpose);
                }
            }
            // What is subtracted or divided by could make the result negative or endless.
            Expr::BinOp(operation) => {
                self.follow(followed.part(&operation.left), purpose);
                if matches!(operation.op, Operator::Add | Operator::Mult) {
                    self.follow(followed.part(&operation.right), purpose);
                }
            }
            Expr::Call(call) if purpose.kind == TunableKind::Duration && callee(call) == Some("uniform") => {
                for bound in &call.arguments.args {
                    self.follow(followed.part(bound), purpose);
                }
            }
            _ => {}
        }
    }

    /// The one value that a name has wherever it is visible.
    fn meaning(&self, name: &str, mut scope: ScopeId, chain: u32) -> Option<Followed<'a>> {
        if self.survey.shared.contains(&name) {
            return None;
        }
        loop {
            let mut here = self.survey.bindings.iter().filter(|(its, bound, _)| *its == scope && *bound == name);
            match (here.next(), here.next()) {
                (None, _) if scope == 0 => return None,
                (None, _) => scope = self.survey.parents[scope],
                (Some((_, name, Binding::Value(value))), None) => {
                    return Some(Followed { name: Some(name), chain, ..Followed::start(value, scope) });
                }
                (Some((_, name, Binding::Parameter(function))), None) => {
                    let (value, scope) = self.argument_of_all(function, name)?;
                    return Some(Followed { name: Some(name), chain, ..Followed::start(value, scope) });
                }
                _ => return None,
            }
        }
    }

    /// What a parameter stands for, if all calls of its function give it the same: the argument of the only call, or the
    /// default that every call leaves alone.
    fn argument_of_all(&self, function: &'a StmtFunctionDef, name: &str) -> Option<(&'a Expr, ScopeId)> {
        let parameters = &function.parameters;
        let position = parameters.posonlyargs.iter().chain(&parameters.args).position(|one| *one.name() == *name);
        let default = parameters.find(name)?.default();
        let mut given = None;
        let mut calls = 0;
        for Call { scope, call, .. } in &self.survey.calls {
            if call.func.as_name_expr().is_none_or(|called| called.id != *function.name) {
                continue;
            }
            calls += 1;
            if call.arguments.args.iter().any(Expr::is_starred_expr)
                || call.arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
            {
                return None;
            }
            given = given.or(argument(call, position.unwrap_or(usize::MAX), name).map(|value| (value, *scope)));
        }
        match given {
            Some(_) if calls > 1 => None,
            Some(given) => Some(given),
            None if calls > 0 => default.map(|default| (default, 0)),
            None => None,
        }
    }

    /// Where the candidate of this range is among those found, or where it would be.
    fn place(&self, range: Range<usize>) -> Result<usize, usize> {
        self.found.binary_search_by_key(&range.start, |candidate| candidate.range.start)
    }

    fn note(&mut self, followed: Followed<'a>, purpose: &Purpose) {
        let Some((value, whole)) = literal(followed.value) else { return };
        let counts = !matches!(purpose.kind, TunableKind::Duration | TunableKind::Number);
        // A number of seconds needs a name to be worth a control; what is counted does not.
        if counts && !whole || !counts && followed.name.is_none() {
            return;
        }
        let range: Range<usize> = followed.value.range().into();
        let place = self.place(range.clone()).unwrap_or_else(|place| {
            let candidate = Candidate {
                range,
                value,
                whole,
                own_name: followed.name.map(str::to_owned),
                made_name: purpose.made_name.clone(),
                kind: purpose.kind,
                least: 0.0,
            };
            self.found.insert(place, candidate);
            place
        });
        let candidate = &mut self.found[place];
        candidate.kind = candidate.kind.min(purpose.kind);
        candidate.least = candidate.least.max(purpose.least);
    }
}

/// The value of a literal that is a number within reason, and whether it is written as a whole number.
fn literal(expression: &Expr) -> Option<(f64, bool)> {
    match &expression.as_number_literal_expr()?.value {
        Number::Int(value) => value.as_i32().map(|value| (f64::from(value), true)),
        Number::Float(value) => value.is_finite().then_some((*value, false)),
        Number::Complex { .. } => None,
    }
}

/// An argument of a call, by position or by keyword.
fn argument<'a>(call: &'a ExprCall, position: usize, keyword: &str) -> Option<&'a Expr> {
    let before = &call.arguments.args[..position.min(call.arguments.args.len())];
    if before.iter().any(Expr::is_starred_expr) {
        return None;
    }
    call.arguments.args.get(position).or_else(|| {
        let given = call.arguments.keywords.iter().find(|given| given.arg.as_deref() == Some(keyword));
        given.map(|given| &given.value)
    })
}
