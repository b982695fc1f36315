//! What programs do most often, without the detours of the general case: whole numbers that 64 bits hold, and calls
//! that give every argument by position. Where one of these does not apply, nothing has happened.
//!
//! Inlined by order, because the page is compiled for size and would make calls of them.

use super::{DEEPEST_CALL, Frame, Machine, Owner, Stack};
use crate::python::compile::{Code, CodeKind, Comparison, Instruction, Operator};
use crate::python::values::{Iter, Value};

/// How many value vectors of ended frames are kept for the next ones.
const MOST_SPARE: usize = 64;

/// Copies a value. Most are numbers or functions to be called, and a clone goes through a table of all kinds.
#[inline(always)]
pub(super) fn copy(value: &Value) -> Value {
    match value {
        Value::Int(number) => Value::Int(*number),
        Value::Function(function) => Value::Function(function.clone()),
        other => other.clone(),
    }
}

/// Takes a value out of its place.
#[inline(always)]
fn take(place: &mut Value) -> Value {
    match place {
        Value::Int(number) => Value::Int(*number),
        other => std::mem::replace(other, Value::Unbound),
    }
}

/// The result of one of the most frequent operators, if 64 bits hold it.
#[inline(always)]
pub(super) fn result(operator: Operator, left: i64, right: i64) -> Option<i64> {
    match operator {
        Operator::Add => left.checked_add(right),
        Operator::Subtract => left.checked_sub(right),
        Operator::Multiply => left.checked_mul(right),
        _ => None,
    }
}

/// Whether a comparison of numbers holds, if it is one of their size.
#[inline(always)]
fn holds(comparison: Comparison, left: i64, right: i64) -> Option<bool> {
    Some(match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::LessOrEqual => left <= right,
        Comparison::Greater => left > right,
        Comparison::GreaterOrEqual => left >= right,
        _ => return None,
    })
}

/// Puts the result of an operator in the place of its two operands.
#[inline(always)]
pub(super) fn operate(operator: Operator, values: &mut Vec<Value>) -> bool {
    let [.., Value::Int(left), Value::Int(right)] = values.as_mut_slice() else { return false };
    let Some(result) = result(operator, *left, *right) else { return false };
    *left = result;
    forget_number(values);
    true
}

/// Puts what a comparison says in the place of its two operands, or jumps by it, where a jump follows.
#[inline(always)]
pub(super) fn compare(comparison: Comparison, frame: &mut Frame, code: &Code) -> bool {
    let [.., Value::Int(left), Value::Int(right)] = frame.values.as_slice() else { return false };
    let Some(holds) = holds(comparison, *left, *right) else { return false };
    forget_number(&mut frame.values);
    forget_number(&mut frame.values);
    branch(holds, frame, code);
    true
}

/// Jumps by what a comparison says where a jump is next, or pushes it.
#[inline(always)]
fn branch(holds: bool, frame: &mut Frame, code: &Code) {
    match code.instructions.get(frame.next) {
        Some(Instruction::JumpIfFalse(target)) => frame.next = if holds { frame.next + 1 } else { *target as usize },
        _ => frame.values.push(Value::Bool(holds)),
    }
}

/// Does what is done with a local that holds a number and another number, which is loaded next: the operator or the
/// comparison behind the two never sees them on the stack.
#[inline(always)]
pub(super) fn load_two(frame: &mut Frame, slot: usize, code: &Code) -> bool {
    let Value::Int(left) = frame.values[slot] else { return false };
    let Some([second, operation]) = code.instructions.get(frame.next..frame.next + 2) else { return false };
    let right = match second {
        Instruction::Constant(position) => &code.constants[*position as usize],
        Instruction::LoadLocal(slot) => &frame.values[*slot as usize],
        _ => return false,
    };
    let Value::Int(right) = *right else { return false };
    match operation {
        Instruction::Binary(operator) | Instruction::InPlace(operator) => {
            let Some(result) = result(*operator, left, right) else { return false };
            frame.values.push(Value::Int(result));
            frame.next += 2;
        }
        Instruction::Compare(comparison) => {
            let Some(holds) = holds(*comparison, left, right) else { return false };
            frame.next += 2;
            branch(holds, frame, code);
        }
        _ => return false,
    }
    true
}

/// Stores the number on top in a local that holds a number.
#[inline(always)]
pub(super) fn store(values: &mut Vec<Value>, slot: usize) -> bool {
    let Some(Value::Int(number)) = values.last() else { return false };
    let number = *number;
    let Value::Int(place) = &mut values[slot] else { return false };
    *place = number;
    forget_number(values);
    true
}

/// Pushes the next number of the range on top.
#[inline(always)]
pub(super) fn next_of_range(values: &mut Vec<Value>) -> bool {
    let Some(Value::Iterator(iterator)) = values.last() else { return false };
    let number = match &mut *iterator.borrow_mut() {
        Iter::Range(range, position) if *position < range.len() => {
            *position += 1;
            range.at(*position - 1)
        }
        _ => return false,
    };
    values.push(Value::Int(number));
    true
}

/// Drops the number on top, which takes no work.
#[inline(always)]
fn forget_number(values: &mut Vec<Value>) {
    std::mem::forget(values.pop());
}

impl Machine {
    /// Calls the function of the program that lies under `count` arguments: its frame goes on the stack.
    #[inline(always)]
    pub(super) fn call_quickly(&mut self, stack: &mut Stack, count: usize) -> bool {
        // The outermost frame's line is kept while others run on top of it.
        if stack.frames.len() < 2 || stack.frames.len() >= DEEPEST_CALL || self.is_to_tidy() {
            return false;
        }
        let Some(frame) = stack.frames.last_mut() else { return false };
        let from = frame.values.len() - count;
        let Value::Function(function) = &frame.values[from - 1] else { return false };
        let (code, signature) = (&function.code, &function.code.signature);
        let is_plain = signature.positional == count
            && signature.keyword_only == 0
            && !signature.rest
            && !signature.keyword_rest
            && code.kind == CodeKind::Function
            && code.free.is_empty();
        if !is_plain {
            return false;
        }
        let code = code.clone();
        self.work += 1;
        self.until_pause -= 1;
        let mut values = self.spare.pop().unwrap_or_default();
        for argument in &mut frame.values[from..] {
            values.push(take(argument));
        }
        if count < code.locals {
            values.resize(code.locals, Value::Unbound);
        }
        frame.values.truncate(from - 1);
        // Only a task can be cancelled before it begins.
        let next = usize::from(code.instructions.first() == Some(&Instruction::Begin));
        stack.frames.push(Frame { code, next, values, owner: Owner::Caller });
        true
    }

    /// Returns from a function of the program to the one that called it.
    #[inline(always)]
    pub(super) fn return_quickly(&mut self, stack: &mut Stack) -> bool {
        if stack.frames.len() < 3 || self.is_to_tidy() {
            return false;
        }
        let Some(Frame { code, owner: Owner::Caller, .. }) = stack.frames.last() else { return false };
        if code.kind != CodeKind::Function {
            return false;
        }
        let Some(mut done) = stack.frames.pop() else { return false };
        let value = done.values.last_mut().map_or(Value::Unbound, take);
        if self.spare.len() < MOST_SPARE {
            while let Some(value) = done.values.pop() {
                if let Value::Int(_) = value {
                    std::mem::forget(value);
                }
            }
            self.spare.push(std::mem::take(&mut done.values));
        }
        if let Some(frame) = stack.frames.last_mut() {
            frame.push(value);
        }
        true
    }

    /// Whether something was dropped that has to be told or closed.
    #[inline(always)]
    fn is_to_tidy(&self) -> bool {
        !self.abandoned.borrow().is_empty() || self.has_dropped()
    }
}
