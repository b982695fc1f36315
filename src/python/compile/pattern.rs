//! `match`: patterns are tests of locals that no name leads to. Names are bound once a whole pattern holds.

use ruff_python_ast::{Expr, Identifier, Pattern, PatternMatchClass, PatternMatchMapping, PatternMatchOr, StmtMatch};
use ruff_text_size::Ranged;

use super::builder::Label;
use super::code::Comparison;
use super::function::Access;
use super::{Compiler, Instruction};
use crate::python::modules::patterns;
use crate::python::values::{Native, Value};

/// Names that a pattern binds, with the locals in which their values lie meanwhile.
type Captures<'a> = Vec<(&'a Identifier, u32)>;

impl<'a> Compiler<'a> {
    pub(super) fn match_statement(&mut self, statement: &'a StmtMatch) {
        let end = self.here().label();
        self.expression(&statement.subject);
        let subject = self.store_hidden();
        for (position, case) in statement.cases.iter().enumerate() {
            if position + 1 < statement.cases.len() && case.guard.is_none() {
                self.check_refutable(&case.pattern);
            }
            let next = self.here().label();
            let mut captures = Captures::new();
            self.at(case);
            self.pattern(&case.pattern, subject, next, &mut captures);
            for (name, local) in captures {
                self.emit(Instruction::LoadLocal(local));
                self.name(&name.id, Access::Store, name);
            }
            if let Some(guard) = &case.guard {
                self.expression(guard);
                self.here().jump(Instruction::JumpIfFalse, next);
            }
            self.statements(&case.body);
            self.here().jump(Instruction::Jump, end);
            self.here().place(next);
        }
        self.here().place(end);
    }

    /// Pops a value into a local that no name leads to.
    fn store_hidden(&mut self) -> u32 {
        let local = self.here().new_local("");
        self.emit(Instruction::StoreLocal(local));
        local
    }

    /// Goes on if the local matches the pattern, or jumps.
    fn pattern(&mut self, pattern: &'a Pattern, subject: u32, fail: Label, captures: &mut Captures<'a>) {
        match pattern {
            Pattern::MatchValue(it) => {
                self.emit(Instruction::LoadLocal(subject));
                self.expression(&it.value);
                self.emit(Instruction::Compare(Comparison::Equal));
                self.here().jump(Instruction::JumpIfFalse, fail);
            }
            Pattern::MatchSingleton(it) => {
                self.emit(Instruction::LoadLocal(subject));
                self.here().constant(match it.value {
                    ruff_python_ast::Singleton::None => Value::None,
                    ruff_python_ast::Singleton::True => Value::Bool(true),
                    ruff_python_ast::Singleton::False => Value::Bool(false),
                });
                self.emit(Instruction::Compare(Comparison::Is));
                self.here().jump(Instruction::JumpIfFalse, fail);
            }
            Pattern::MatchAs(it) => {
                if let Some(pattern) = &it.pattern {
                    self.pattern(pattern, subject, fail, captures);
                }
                if let Some(name) = &it.name {
                    self.capture_name(name, subject, captures);
                }
            }
            // Only within a sequence, where the list of what it stands for is the subject.
            Pattern::MatchStar(it) => {
                if let Some(name) = &it.name {
                    self.capture_name(name, subject, captures);
                }
            }
            Pattern::MatchSequence(it) => self.sequence(&it.patterns, subject, fail, captures),
            Pattern::MatchMapping(it) => self.mapping(it, subject, fail, captures),
            Pattern::MatchClass(it) => self.class_pattern(it, subject, fail, captures),
            Pattern::MatchOr(it) => self.alternatives(it, subject, fail, captures),
        }
    }

    fn capture_name(&mut self, name: &'a Identifier, local: u32, captures: &mut Captures<'a>) {
        if captures.iter().any(|(other, _)| other.id == name.id) {
            self.reject(name, format!("multiple assignments to name '{}' in pattern", name.id));
        }
        captures.push((name, local));
    }

    /// Pushes a function that tests, and the value to test.
    fn begin_test(&mut self, test: &'static Native, subject: u32) {
        self.here().constant(Value::Native(test));
        self.emit(Instruction::LoadLocal(subject));
    }

    fn sequence(&mut self, patterns: &'a [Pattern], subject: u32, fail: Label, captures: &mut Captures<'a>) {
        let mut stars = patterns.iter().enumerate().filter(|(_, pattern)| pattern.is_match_star());
        let star = stars.next().map(|(position, _)| position);
        if let Some((_, second)) = stars.next() {
            self.reject(second, "multiple starred names in sequence pattern");
            return;
        }
        let least = patterns.len() - usize::from(star.is_some());
        self.begin_test(&patterns::SEQUENCE, subject);
        self.here().constant(Value::from(least));
        self.here().constant(Value::Bool(star.is_some()));
        self.emit(Instruction::Call { arguments: 3 });
        self.here().jump(Instruction::JumpIfFalse, fail);
        self.emit(Instruction::LoadLocal(subject));
        self.emit(match star {
            Some(before) => Instruction::UnpackStarred { before: before as u16, after: (least - before) as u16 },
            None => Instruction::Unpack(least as u32),
        });
        self.parts(patterns, fail, captures);
    }

    /// Matches the values on the stack, the first on top, with their patterns.
    fn parts(&mut self, patterns: impl IntoIterator<Item = &'a Pattern>, fail: Label, captures: &mut Captures<'a>) {
        let parts: Vec<_> = patterns.into_iter().map(|pattern| (pattern, self.store_hidden())).collect();
        for (pattern, local) in parts {
            self.pattern(pattern, local, fail, captures);
        }
    }

    /// Unpacks the tuple on top, or jumps where a test has left `None` in its place.
    fn unpack_or_fail(&mut self, count: usize, fail: Label) {
        let found = self.store_hidden();
        self.emit(Instruction::LoadLocal(found));
        self.here().constant(Value::None);
        self.emit(Instruction::Compare(Comparison::Is));
        self.here().jump(Instruction::JumpIfTrue, fail);
        self.emit(Instruction::LoadLocal(found));
        self.emit(Instruction::Unpack(count as u32));
    }

    fn mapping(&mut self, mapping: &'a PatternMatchMapping, subject: u32, fail: Label, captures: &mut Captures<'a>) {
        self.begin_test(&patterns::MAPPING, subject);
        let text = self.positions.text;
        for (position, key) in mapping.keys.iter().enumerate() {
            let written = &text[key.range()];
            let is_same = |other: &Expr| other.is_literal_expr() && &text[other.range()] == written;
            if mapping.keys[..position].iter().any(is_same) {
                self.reject(key, format!("mapping pattern checks duplicate key ({written})"));
            }
            self.expression(key);
        }
        self.emit(Instruction::BuildTuple(mapping.keys.len() as u32));
        self.here().constant(Value::Bool(mapping.rest.is_some()));
        self.emit(Instruction::Call { arguments: 3 });
        self.unpack_or_fail(mapping.keys.len() + usize::from(mapping.rest.is_some()), fail);
        let values: Vec<_> = mapping.patterns.iter().map(|pattern| (pattern, self.store_hidden())).collect();
        let rest = mapping.rest.as_ref().map(|name| (name, self.store_hidden()));
        for (pattern, local) in values {
            self.pattern(pattern, local, fail, captures);
        }
        if let Some((name, local)) = rest {
            self.capture_name(name, local, captures);
        }
    }

    fn class_pattern(&mut self, class: &'a PatternMatchClass, subject: u32, fail: Label, captures: &mut Captures<'a>) {
        let (positional, keywords) = (&class.arguments.patterns, &class.arguments.keywords);
        for (position, keyword) in keywords.iter().enumerate() {
            if keywords[..position].iter().any(|other| other.attr.id == keyword.attr.id) {
                self.reject(keyword, format!("attribute name repeated in class pattern: {}", keyword.attr.id));
            }
        }
        self.begin_test(&patterns::CLASS, subject);
        self.expression(&class.cls);
        self.here().constant(Value::from(positional.len()));
        let names = keywords.iter().map(|keyword| Value::text(keyword.attr.id.as_str())).collect();
        self.here().constant(Value::tuple(names));
        self.emit(Instruction::Call { arguments: 4 });
        self.unpack_or_fail(positional.len() + keywords.len(), fail);
        self.parts(positional.iter().chain(keywords.iter().map(|keyword| &keyword.pattern)), fail, captures);
    }

    /// Whichever alternative holds, a name's value then lies in the same local.
    fn alternatives(&mut self, it: &'a PatternMatchOr, subject: u32, fail: Label, captures: &mut Captures<'a>) {
        let matched = self.here().label();
        let mut shared = Captures::new();
        for (position, alternative) in it.patterns.iter().enumerate() {
            let is_last = position + 1 == it.patterns.len();
            if !is_last {
                self.check_refutable(alternative);
            }
            let next = if is_last { fail } else { self.here().label() };
            let mut own = Captures::new();
            self.pattern(alternative, subject, next, &mut own);
            if position == 0 {
                shared = own.iter().map(|(name, _)| (*name, self.here().new_local(""))).collect();
            }
            let place_of = |name: &Identifier| shared.iter().find(|(other, _)| other.id == name.id);
            if own.len() != shared.len() || own.iter().any(|(name, _)| place_of(name).is_none()) {
                self.reject(it, "alternative patterns bind different names");
                return;
            }
            for (name, local) in own {
                let Some((_, place)) = shared.iter().find(|(other, _)| other.id == name.id) else { continue };
                self.emit(Instruction::LoadLocal(local));
                self.emit(Instruction::StoreLocal(*place));
            }
            if !is_last {
                self.here().jump(Instruction::Jump, matched);
                self.here().place(next);
            }
        }
        self.here().place(matched);
        for (name, local) in shared {
            self.capture_name(name, local, captures);
        }
    }

    /// Complains about a pattern that always holds and has others behind it.
    fn check_refutable(&mut self, pattern: &Pattern) {
        let mut inner = pattern;
        loop {
            match inner {
                Pattern::MatchAs(it) => match (&it.pattern, &it.name) {
                    (Some(pattern), _) => inner = pattern,
                    (None, Some(name)) => {
                        let name = &name.id;
                        self.reject(pattern, format!("name capture '{name}' makes remaining patterns unreachable"));
                        return;
                    }
                    (None, None) => {
                        self.reject(pattern, "wildcard makes remaining patterns unreachable");
                        return;
                    }
                },
                Pattern::MatchOr(it) => match it.patterns.last() {
                    Some(last) => inner = last,
                    None => return,
                },
                _ => return,
            }
        }
    }
}
