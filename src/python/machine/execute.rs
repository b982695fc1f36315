//! One instruction after another.

use std::rc::Rc;

use super::awaiting::is_awaitable;
use super::variables::{cell, unbound_local};
use super::{Frame, Machine, Owner, Stack, quick};
use crate::event_loop::Request;
use crate::python::compile::Instruction;
use crate::python::modules;
use crate::python::values::{Dict, Exception, ExceptionKind, Function, Named, Raised, Set, Slice, Value, str, unfit};

/// Why a frame stopped running.
pub(super) enum Flow {
    /// It calls a function, awaits a coroutine, or takes the next value of a generator.
    Call(Frame),
    /// It raises an exception where a generator stands.
    Throw(Frame, Raised),
    Return(Value),
    Yield(Value),
    Suspend(Request<Machine>),
    /// The program's top level asked for the event loop.
    RunLoop,
    /// It has used up its time for now.
    Pause,
}

/// What asking an iterator for its next value gives.
enum Taken {
    /// The value, or none at the end.
    Value(Option<Value>),
    /// A generator's frame, to be run until it yields.
    Call(Frame),
}

impl Machine {
    /// Runs the innermost frame, and the functions of the program that it calls, until they need somebody else. On an
    /// exception, the innermost frame stands behind the instruction at fault.
    pub(super) fn execute(&mut self, stack: &mut Stack) -> Result<Flow, Raised> {
        let Some(mut frame) = stack.frames.last_mut() else { return Ok(Flow::Pause) };
        let mut code = frame.code.clone();
        loop {
            let instruction = code.instructions[frame.next];
            frame.next += 1;
            match instruction {
                Instruction::Begin => {}
                Instruction::Constant(position) => frame.push(quick::copy(&code.constants[position as usize])),
                Instruction::LoadLocal(slot) if quick::load_two(frame, slot as usize, &code) => {}
                Instruction::LoadLocal(slot) => match &frame.values[slot as usize] {
                    Value::Unbound => return Err(unbound_local(frame, slot)),
                    value => {
                        let value = quick::copy(value);
                        frame.push(value);
                    }
                },
                Instruction::LoadInClass { local, global } => {
                    let found = match &frame.values[usize::from(local)] {
                        Value::Unbound => &self.globals[usize::from(global)],
                        value => value,
                    };
                    match found.clone() {
                        Value::Unbound => return Err(self.unbound_global(global.into())),
                        value => frame.push(value),
                    }
                }
                Instruction::StoreLocal(slot) if quick::store(&mut frame.values, slot as usize) => {}
                Instruction::StoreLocal(slot) => {
                    let value = frame.pop();
                    let old = std::mem::replace(&mut frame.values[slot as usize], value);
                    if let Value::Coroutine(_) = old {
                        self.let_go(old, frame);
                    }
                }
                Instruction::DeleteLocal(slot) => {
                    let old = std::mem::replace(&mut frame.values[slot as usize], Value::Unbound);
                    if let Value::Coroutine(_) = old {
                        self.let_go(old, frame);
                    }
                }
                Instruction::MakeCell(slot) => {
                    let value = std::mem::replace(&mut frame.values[slot as usize], Value::Unbound);
                    frame.values[slot as usize] = Value::Cell(Rc::new(value.into()));
                }
                Instruction::LoadCell(slot) => {
                    let value = match &frame.values[slot as usize] {
                        Value::Cell(cell) => cell.borrow().clone(),
                        _ => Value::Unbound,
                    };
                    if matches!(value, Value::Unbound) {
                        return Err(unbound_local(frame, slot));
                    }
                    frame.push(value);
                }
                Instruction::StoreCell(slot) => {
                    let value = frame.pop();
                    *cell(frame, slot).borrow_mut() = value;
                }
                Instruction::DeleteCell(slot) => *cell(frame, slot).borrow_mut() = Value::Unbound,
                Instruction::PushCell(slot) => {
                    let cell = cell(frame, slot);
                    frame.push(Value::Cell(cell));
                }
                Instruction::LoadGlobal(number) => match &self.globals[number as usize] {
                    Value::Unbound => return Err(self.unbound_global(number)),
                    value => frame.values.push(quick::copy(value)),
                },
                Instruction::StoreGlobal(number) => self.globals[number as usize] = frame.pop(),
                Instruction::DeleteGlobal(number) => {
                    // A builtin that the name was taken from is there again.
                    let name = &self.executable.globals[number as usize];
                    self.globals[number as usize] = modules::builtin(name).unwrap_or(Value::Unbound);
                }
                Instruction::NamePrimitives(name) => {
                    let value = frame.top().clone();
                    self.name_primitives(&value, &code.names[name as usize], Named::Fully);
                }
                Instruction::NameAttribute(name) => {
                    let value = frame.top().clone();
                    self.name_primitives(&value, &code.names[name as usize], Named::InObject);
                }

                Instruction::Pop => match frame.pop() {
                    Value::NativeCoroutine(coroutine) if coroutine.is_lost() => {
                        self.warn_of_unawaited(coroutine.name, frame.line());
                    }
                    coroutine @ Value::Coroutine(_) => self.let_go(coroutine, frame),
                    other => drop(other),
                },
                Instruction::Duplicate => {
                    let top = frame.top().clone();
                    frame.push(top);
                }
                Instruction::DuplicateTwo => {
                    let from = frame.values.len() - 2;
                    frame.values.extend_from_within(from..);
                }
                Instruction::RotateTwo => rotate(frame, 2),
                Instruction::RotateThree => rotate(frame, 3),

                Instruction::Binary(operator) | Instruction::InPlace(operator)
                    if quick::operate(operator, &mut frame.values) => {}
                Instruction::Binary(operator) => {
                    let right = frame.pop();
                    let result = self.binary(operator, frame.top(), &right)?;
                    frame.replace_top(result);
                }
                Instruction::InPlace(operator) => {
                    let right = frame.pop();
                    let left = frame.top().clone();
                    let result = self.in_place(operator, left, &right)?;
                    frame.replace_top(result);
                }
                Instruction::Negative => self.unary(frame, Self::negative)?,
                Instruction::Positive => self.unary(frame, Self::positive)?,
                Instruction::Invert => self.unary(frame, Self::invert)?,
                Instruction::Not => {
                    let result = !self.truth(frame.top())?;
                    frame.replace_top(Value::Bool(result));
                }
                Instruction::Compare(comparison) if quick::compare(comparison, frame, &code) => {}
                Instruction::Compare(comparison) => {
                    let right = frame.pop();
                    let result = self.compare(comparison, frame.top(), &right)?;
                    frame.replace_top(Value::Bool(result));
                }

                Instruction::Attribute(name) => {
                    if let Some(flow) = self.load_attribute(frame, &code.names[name as usize])? {
                        return Ok(flow);
                    }
                }
                Instruction::StoreAttribute(name) => {
                    let object = frame.pop();
                    let value = frame.pop();
                    self.store_attribute(&object, &code.names[name as usize], value)?;
                }
                Instruction::DeleteAttribute(name) => {
                    let object = frame.pop();
                    self.delete_attribute(&object, &code.names[name as usize])?;
                }
                Instruction::Subscript => {
                    let index = frame.pop();
                    let result = self.subscript(frame.top(), &index)?;
                    frame.replace_top(result);
                }
                Instruction::StoreSubscript => {
                    let index = frame.pop();
                    let object = frame.pop();
                    let value = frame.pop();
                    self.store_subscript(&object, &index, value)?;
                }
                Instruction::DeleteSubscript => {
                    let index = frame.pop();
                    let object = frame.pop();
                    self.delete_subscript(&object, &index)?;
                }
                Instruction::BuildSlice => {
                    let (step, stop, start) = (frame.pop(), frame.pop(), frame.pop());
                    frame.push(Value::Slice(Rc::new(Slice { start, stop, step })));
                }

                Instruction::BuildTuple(count) => {
                    let items = take(frame, count);
                    frame.push(Value::tuple(items));
                }
                Instruction::BuildList(count) => {
                    let items = take(frame, count);
                    frame.push(Value::list(items));
                }
                Instruction::BuildSet(count) => {
                    let set = Set::from_members(self, take(frame, count))?;
                    frame.push(Value::Set(Rc::new(set)));
                }
                Instruction::BuildDict(_) => frame.push(Value::Dict(Rc::new(Dict::default()))),
                Instruction::BuildString(count) => {
                    let from = frame.values.len() - count as usize;
                    let text = frame.values.drain(from..).map(|part| str(&part)).collect::<String>();
                    frame.push(Value::text(text));
                }
                Instruction::ListToTuple => {
                    if let Value::List(list) = frame.pop() {
                        frame.push(Value::tuple(list.items.take()));
                    }
                }
                Instruction::Append(depth) => {
                    let value = frame.pop();
                    if let Value::List(list) = under(frame, depth) {
                        list.items.borrow_mut().push(value);
                    }
                }
                Instruction::AddToSet(depth) => {
                    let value = frame.pop();
                    if let Value::Set(set) = under(frame, depth) {
                        set.insert(self, value)?;
                    }
                }
                Instruction::AddToDict(depth) => {
                    let value = frame.pop();
                    let key = frame.pop();
                    if let Value::Dict(dict) = under(frame, depth) {
                        dict.insert(self, key, value)?;
                    }
                }
                Instruction::Extend(depth) => {
                    let values = frame.pop();
                    let items = self.collect(&values).map_err(|exception| spread_failure(exception, &values))?;
                    if let Value::List(list) = under(frame, depth) {
                        self.check_size(list.items.borrow().len() + items.len())?;
                        list.items.borrow_mut().extend(items);
                    }
                }
                Instruction::UpdateSet(depth) => {
                    let values = frame.pop();
                    let items = self.collect(&values)?;
                    if let Value::Set(set) = under(frame, depth) {
                        set.extend(self, items)?;
                    }
                }
                Instruction::UpdateDict(depth) => {
                    let other = frame.pop();
                    let Some(entries) = modules::mapping_entries(self, &other)? else {
                        return unfit(&other, "is not a mapping");
                    };
                    if let Value::Dict(dict) = under(frame, depth) {
                        dict.update(self, &entries)?;
                    }
                }
                Instruction::Unpack(count) => {
                    let value = frame.pop();
                    let items = self.unpack(&value, count as usize, None)?;
                    frame.values.extend(items.into_iter().rev());
                }
                Instruction::UnpackStarred { before, after } => {
                    let value = frame.pop();
                    let items = self.unpack(&value, before as usize, Some(after as usize))?;
                    frame.values.extend(items.into_iter().rev());
                }
                Instruction::Format { conversion, has_specification } => {
                    let specification = if has_specification { Some(frame.pop()) } else { None };
                    let value = frame.pop();
                    let text = self.format(&value, conversion, specification.as_ref())?;
                    frame.push(Value::text(text));
                }

                Instruction::Jump(target) => frame.next = target as usize,
                Instruction::Loop(target) => {
                    if self.is_due_for_pause() {
                        // The jump is made when it goes on.
                        frame.next -= 1;
                        return Ok(Flow::Pause);
                    }
                    frame.next = target as usize;
                }
                Instruction::JumpIfFalse(target) => {
                    if !self.truth(&frame.pop())? {
                        frame.next = target as usize;
                    }
                }
                Instruction::JumpIfTrue(target) => {
                    if self.truth(&frame.pop())? {
                        frame.next = target as usize;
                    }
                }
                Instruction::JumpIfFalseOrPop(target) => {
                    if self.truth(frame.top())? {
                        frame.pop();
                    } else {
                        frame.next = target as usize;
                    }
                }
                Instruction::JumpIfTrueOrPop(target) => {
                    if self.truth(frame.top())? {
                        frame.next = target as usize;
                    } else {
                        frame.pop();
                    }
                }
                Instruction::Iterate if let Value::Instance(_) = frame.top() => {
                    if let Some(flow) = self.begin_iteration(frame)? {
                        return Ok(flow);
                    }
                }
                Instruction::Next(_) if quick::next_of_range(&mut frame.values) => {}
                Instruction::Next(_) if let Value::Instance(_) = frame.top() => {
                    if let Some(flow) = self.next_of_own(frame)? {
                        return Ok(flow);
                    }
                }
                Instruction::Iterate => {
                    let iterator = self.iterate(frame.top())?;
                    frame.replace_top(iterator);
                }
                Instruction::Next(target) => {
                    let next = match self.take_next(frame.top(), Value::None)? {
                        Taken::Value(next) => next,
                        Taken::Call(callee) => return Ok(Flow::Call(callee)),
                    };
                    match next {
                        Some(value) => frame.push(value),
                        None => {
                            frame.pop();
                            frame.next = target as usize;
                        }
                    }
                }

                Instruction::MakeFunction(recipe) => {
                    let recipe = &code.recipes[recipe as usize];
                    let captured = take(frame, recipe.captured);
                    let mut keyword_defaults = Vec::new();
                    for has_default in recipe.keyword_defaults.iter().rev() {
                        keyword_defaults.insert(0, if *has_default { frame.pop() } else { Value::Unbound });
                    }
                    let defaults = take(frame, recipe.defaults);
                    let name = recipe.code.name.clone();
                    let documentation = recipe.code.signature.documentation.clone().map_or(Value::None, Value::Str);
                    let code = recipe.code.clone();
                    let attributes = std::cell::OnceCell::new();
                    let function =
                        Function { name, code, defaults, keyword_defaults, captured, documentation, attributes };
                    frame.push(Value::Function(Rc::new(function)));
                }
                Instruction::Call { .. }
                | Instruction::CallKeywords { .. }
                | Instruction::CallMethod { .. }
                | Instruction::CallSpread
                    if self.until_pause <= 1 =>
                {
                    self.until_pause = super::WORK_PER_SLICE;
                    // The call is made when it goes on.
                    frame.next -= 1;
                    return Ok(Flow::Pause);
                }
                Instruction::Call { arguments } => {
                    let is_called = self.call_quickly(stack, arguments as usize);
                    let Some(innermost) = stack.frames.last_mut() else { return Ok(Flow::Pause) };
                    frame = innermost;
                    if is_called {
                        code = frame.code.clone();
                        continue;
                    }
                    if let Some(flow) = self.call(frame, arguments as usize, &[])? {
                        return Ok(flow);
                    }
                }
                Instruction::CallKeywords { arguments, names } => {
                    let Value::Tuple(names) = &code.constants[names as usize] else { continue };
                    if let Some(flow) = self.call(frame, arguments as usize, names)? {
                        return Ok(flow);
                    }
                }
                Instruction::CallWithLoop { arguments, names } => {
                    let Value::Tuple(names) = &code.constants[names as usize] else { continue };
                    if let Some(flow) = self.call_taking_loop(frame, arguments as usize, names)? {
                        return Ok(flow);
                    }
                }
                Instruction::CallSpread => {
                    if let Some(flow) = self.call_spread(frame)? {
                        return Ok(flow);
                    }
                }
                Instruction::CallMethod { name, arguments } => {
                    if let Some(flow) = self.call_method(frame, &code.names[name as usize], arguments as usize)? {
                        return Ok(flow);
                    }
                }
                Instruction::Return => {
                    let has_returned = self.return_quickly(stack);
                    let Some(innermost) = stack.frames.last_mut() else { return Ok(Flow::Pause) };
                    frame = innermost;
                    if !has_returned {
                        return Ok(Flow::Return(frame.pop()));
                    }
                    code = frame.code.clone();
                }

                Instruction::Await | Instruction::AwaitNext(_) => {
                    if let Some(flow) = self.begin_await(frame)? {
                        return Ok(flow);
                    }
                }
                Instruction::OfferLock(form) => {
                    self.current_line = frame.line();
                    if let Some(offered) = modules::offer_lock(frame.top()) {
                        self.note(form);
                        frame.replace_top(offered);
                    }
                }
                Instruction::Yield => return Ok(Flow::Yield(frame.pop())),
                Instruction::YieldFrom if is_awaitable(frame.top()) => {
                    if let Some(flow) = self.begin_await(frame)? {
                        return Ok(flow);
                    }
                }
                Instruction::YieldFrom => {
                    let sent = match &frame.owner {
                        Owner::Generator(generator) => generator.passed.replace(Value::None),
                        _ => Value::None,
                    };
                    let next = match self.take_next(frame.top(), sent)? {
                        Taken::Value(next) => next,
                        Taken::Call(callee) => return Ok(Flow::Call(callee)),
                    };
                    match next {
                        Some(value) => {
                            // Yields again when it is resumed.
                            frame.next -= 1;
                            return Ok(Flow::Yield(value));
                        }
                        None => frame.replace_top(Value::None),
                    }
                }

                Instruction::StepGenerator => {
                    if let Some(flow) = self.begin_step(frame)? {
                        return Ok(flow);
                    }
                }
                rare => {
                    if let Some(flow) = self.execute_rare(frame, &code, rare)? {
                        return Ok(flow);
                    }
                }
            }
        }
    }

    /// Drops a value, and tells what is lost with it at this line.
    #[cold]
    #[inline(never)]
    fn let_go(&mut self, value: Value, frame: &Frame) {
        drop(value);
        self.current_line = frame.line();
        self.report_dropped();
    }

    /// Takes the next value of an iterator, or the frame that will yield it.
    fn take_next(&mut self, iterator: &Value, sent: Value) -> Result<Taken, Raised> {
        match iterator {
            Value::Iterator(iterator) => Ok(Taken::Value(iterator.borrow_mut().take_next()?)),
            Value::Generator(generator) => {
                Ok(self.resume_generator(generator, sent)?.map_or(Taken::Value(None), Taken::Call))
            }
            other => self.next_of_object(other).map(Taken::Value),
        }
    }

    /// Counts a jump backwards or a call. True when the step should be interrupted.
    pub(super) fn is_due_for_pause(&mut self) -> bool {
        self.work += 1;
        self.until_pause -= 1;
        if self.until_pause > 0 {
            return false;
        }
        self.until_pause = super::WORK_PER_SLICE;
        true
    }

    fn unary(
        &mut self,
        frame: &mut Frame,
        operation: fn(&mut Self, &Value) -> Result<Value, Raised>,
    ) -> Result<(), Raised> {
        let result = operation(self, frame.top())?;
        frame.replace_top(result);
        Ok(())
    }
}

pub(super) const NOT_ITERABLE: &str = "is not iterable";

/// What CPython says of a value behind a star that is not iterable.
fn spread_failure(exception: Raised, value: &Value) -> Raised {
    if !exception.message().ends_with(NOT_ITERABLE) {
        return exception;
    }
    let message = format!("Value after * must be an iterable, not {}", value.type_name());
    Exception::new(ExceptionKind::TypeError, vec![Value::text(message)])
}

/// Moves the top under the next ones, `count` values in all.
fn rotate(frame: &mut Frame, count: usize) {
    let from = frame.values.len() - count;
    frame.values[from..].rotate_right(1);
}

/// The last values of the stack.
fn take(frame: &mut Frame, count: u32) -> Vec<Value> {
    frame.values.split_off(frame.values.len() - count as usize)
}

/// The value this deep under the top.
fn under(frame: &Frame, depth: u32) -> &Value {
    &frame.values[frame.values.len() - 1 - depth as usize]
}
