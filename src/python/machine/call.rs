//! Calls: of functions of the program, of native functions, of classes.

use std::rc::{Rc, Weak};

use super::arguments::{bind, keywords, keywords_of};
use super::execute::Flow;
use super::program::Exit;
use super::unwind::handled;
use super::{DEEPEST_NESTING, Frame, Machine, NESTING_OF_CALL, Owner, Stack, WORK_OF_NESTED_CALL};
use crate::python::compile::CodeKind;
use crate::python::modules::{self, Cache};
use crate::python::values::{
    Arguments, Bound, Class, Coroutine, Descriptor, Exception, ExceptionKind, Function, Generator, Raised, Value,
    raise, unfit,
};
use crate::trace::OlderForm;

impl Machine {
    /// Calls what lies under `count` arguments, the last of which are keywords. A call of the program's own function
    /// gives the frame to run; any other is done when this returns, and its result lies on the stack.
    pub(super) fn call(&mut self, frame: &mut Frame, count: usize, names: &[Value]) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count;
        let callee = frame.values[from - 1].clone();
        match &callee {
            Value::Method(method) => {
                frame.values[from - 1] = method.function.clone();
                frame.values.insert(from, method.receiver.clone());
                self.call(frame, count + 1, names)
            }
            Value::Type(class) => self.construct(frame, class, count, names),
            cached if modules::is_cached(cached) => self.call_cached(frame, cached, count, names),
            Value::Instance(instance) if let Some(function @ Value::Function(_)) = instance.class.find("__call__") => {
                frame.values[from - 1] = function;
                frame.values.insert(from, callee.clone());
                self.call(frame, count + 1, names)
            }
            Value::Function(function) if names.is_empty() => {
                let arguments = frame.values.drain(from..);
                let values = self.bind_positional(function, arguments)?;
                frame.pop();
                self.enter_function(frame, function, values)
            }
            _ => {
                let keywords = keywords(names, &frame.values[from + count - names.len()..]);
                let positional = &frame.values[from..from + count - names.len()];
                let flow = match &callee {
                    Value::Function(function) => {
                        let values = bind(function, positional, &keywords)?;
                        frame.values.truncate(from - 1);
                        return self.enter_function(frame, function, values);
                    }
                    other => {
                        self.leave_for_native(frame);
                        self.call_native(other, positional, &keywords)?
                    }
                };
                frame.values.truncate(from - 1);
                self.finish_call(frame, flow)
            }
        }
    }

    /// Calls a method by name, without making a bound method where it can be avoided.
    pub(super) fn call_method(&mut self, frame: &mut Frame, name: &str, count: usize) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count - 1;
        if let Some(class) = frame.values[from].user_class()
            && frame.values[from].user_class_itself().is_none()
        {
            let is_shadowed = frame.values[from].own_attributes().is_some_and(|own| own.get_named(name).is_some());
            if !is_shadowed && let Some(Value::Function(function)) = class.find(name) {
                let values = self.bind_positional(&function, frame.values.drain(from..))?;
                return self.enter_function(frame, &function, values);
            }
            let callee = self.attribute(&frame.values[from].clone(), name)?;
            frame.values[from] = callee;
            return self.call(frame, count, &[]);
        }
        if let Value::Str(_) | Value::Bytes(_) = &frame.values[from] {
            for argument in &mut frame.values[from + 1..] {
                if let Value::Instance(_) = argument {
                    *argument = argument.plain();
                }
            }
        }
        let Some(method) = modules::method(&frame.values[from], name) else {
            let callee = self.attribute(&frame.values[from], name)?;
            frame.values[from] = callee;
            return self.call(frame, count, &[]);
        };
        self.leave_for_native(frame);
        self.close_abandoned();
        let arguments = Arguments { positional: &frame.values[from..], keywords: &[] };
        let result = (method.call)(self, &arguments)?;
        frame.values.truncate(from);
        self.finish_call(frame, result)
    }

    /// Calls with a list of positional and a dict of keyword arguments.
    pub(super) fn call_spread(&mut self, frame: &mut Frame) -> Result<Option<Flow>, Raised> {
        let (keywords, positional, callee) = (frame.pop(), frame.pop(), frame.pop());
        let Value::List(positional) = &positional else {
            return raise(ExceptionKind::TypeError, "argument after * must be an iterable");
        };
        let keywords = keywords_of(&keywords)?;
        let positional = positional.items.take();
        if let Value::Function(_) | Value::Method(_) | Value::Type(_) | Value::Instance(_) = &callee {
            let count = positional.len() + keywords.len();
            frame.push(callee);
            frame.values.extend(positional);
            let mut names = Vec::with_capacity(keywords.len());
            for (name, value) in keywords {
                names.push(Value::text(&*name));
                frame.push(value);
            }
            return self.call(frame, count, &names);
        }
        self.leave_for_native(frame);
        let has_loop = keywords.iter().any(|(name, _)| &**name == "loop");
        let result = match modules::takes_loop(&callee).filter(|_| has_loop) {
            Some(form) => self.call_with_loop(&callee, &positional, keywords, form)?,
            None => self.call_native(&callee, &positional, &keywords)?,
        };
        self.finish_call(frame, result)
    }

    /// Calls something that may take, or may once have taken, the argument `loop`, which is among the named ones.
    pub(super) fn call_taking_loop(
        &mut self,
        frame: &mut Frame,
        count: usize,
        names: &[Value],
    ) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count;
        let Some(form) = modules::takes_loop(&frame.values[from - 1]) else {
            return self.call(frame, count, names);
        };
        let keywords = keywords(names, &frame.values[from + count - names.len()..]);
        self.leave_for_native(frame);
        let positional = &frame.values[from..from + count - names.len()];
        let result = self.call_with_loop(&frame.values[from - 1], positional, keywords, form)?;
        frame.values.truncate(from - 1);
        self.finish_call(frame, result)
    }

    /// Calls a cached function that lies under its arguments. Its own calls must not nest: they may be many.
    fn call_cached(
        &mut self,
        frame: &mut Frame,
        cached: &Value,
        count: usize,
        names: &[Value],
    ) -> Result<Option<Flow>, Raised> {
        let from = frame.values.len() - count;
        let keywords = keywords(names, &frame.values[from + count - names.len()..]);
        let positional = &frame.values[from..from + count - names.len()];
        match modules::look_up_cached(self, cached, positional, &keywords)? {
            Cache::Hit(value) => {
                frame.values.truncate(from - 1);
                frame.push(value);
                Ok(None)
            }
            Cache::Miss(function, entry) => {
                frame.values[from - 1] = function;
                match self.call(frame, count, names)? {
                    Some(Flow::Call(mut callee)) => {
                        callee.owner = Owner::Cache(entry);
                        Ok(Some(Flow::Call(callee)))
                    }
                    flow => {
                        entry.keep(self, frame.top());
                        Ok(flow)
                    }
                }
            }
        }
    }

    /// Keeps what native functions may ask about their caller.
    fn leave_for_native(&mut self, frame: &Frame) {
        self.current_line = frame.line();
        self.handled = if frame.code.handling.is_empty() { None } else { handled(frame) };
    }

    fn finish_call(&mut self, frame: &mut Frame, result: Value) -> Result<Option<Flow>, Raised> {
        frame.push(result);
        Ok(match (&self.run_requested, &self.ending) {
            (Some(_), _) => Some(Flow::RunLoop),
            // The call has ended the program.
            (None, Some(_)) => Some(Flow::Pause),
            (None, None) => None,
        })
    }

    /// A frame for a call of the function, or the coroutine or generator that the call gives.
    fn enter_function(
        &mut self,
        frame: &mut Frame,
        function: &Function,
        values: Vec<Value>,
    ) -> Result<Option<Flow>, Raised> {
        let callee = new_frame(function, values);
        match function.code.kind {
            CodeKind::Function | CodeKind::Class | CodeKind::Module => {
                if self.is_due_for_pause() {
                    // A pause would need a place to come back to; the next loop or plain call takes it.
                    self.until_pause = 1;
                }
                Ok(Some(Flow::Call(callee)))
            }
            _ => {
                frame.push(self.suspended(function, callee));
                Ok(None)
            }
        }
    }

    /// Calls anything and waits for its result, for native functions. `await` is not possible in there.
    pub fn call_value(&mut self, callee: &Value, positional: &[Value]) -> Result<Value, Raised> {
        self.call_value_with(callee, positional, &[])
    }

    /// As [`Self::call_value`], with keyword arguments.
    pub fn call_value_with(
        &mut self,
        callee: &Value,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        let Value::Function(function) = callee else { return self.call_native(callee, positional, keywords) };
        let values = bind(function, positional, keywords)?;
        let frame = new_frame(function, values);
        match function.code.kind {
            CodeKind::Function | CodeKind::Class | CodeKind::Module => self.run_nested(frame),
            _ => Ok(self.suspended(function, frame)),
        }
    }

    /// Runs a frame to its end within a native function.
    pub(super) fn run_nested(&mut self, frame: Frame) -> Result<Value, Raised> {
        self.run_stack_nested(Stack::of(frame), None)
    }

    /// Runs a stack to its end within a native function, after an exception was raised in it if there is one.
    pub(super) fn run_stack_nested(&mut self, mut stack: Stack, thrown: Option<Raised>) -> Result<Value, Raised> {
        self.work += WORK_OF_NESTED_CALL;
        self.nested(NESTING_OF_CALL, |machine| {
            let mut exit = thrown.and_then(|exception| machine.raise_in(&mut stack, exception));
            loop {
                match exit.take().unwrap_or_else(|| machine.run(&mut stack)) {
                    Exit::Returned(value) | Exit::Yielded(value) => return Ok(value),
                    Exit::Raised(exception) => return Err(exception),
                    Exit::Paused if machine.ending.is_none() => {}
                    Exit::Paused => {
                        return raise(ExceptionKind::RuntimeError, "the program was stopped");
                    }
                    Exit::Suspended { .. } | Exit::RunLoop => {
                        machine.run_requested = None;
                        return raise(ExceptionKind::RuntimeError, "a function called from here cannot wait");
                    }
                }
            }
        })
    }

    /// Does what may come back to itself, on the real stack, of which it takes so much.
    ///
    /// # Errors
    /// `RecursionError` where too much is taken already.
    pub fn nested<T>(&mut self, cost: usize, work: impl FnOnce(&mut Self) -> Result<T, Raised>) -> Result<T, Raised> {
        if self.nesting >= DEEPEST_NESTING {
            return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
        }
        self.nesting += cost;
        let result = work(self);
        self.nesting -= cost;
        result
    }

    /// Calls anything but a function of the program.
    pub fn call_native(
        &mut self,
        callee: &Value,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        self.close_abandoned();
        match callee {
            Value::Native(native) => (native.call)(self, &Arguments { positional, keywords }),
            Value::Bound(bound) => {
                let Bound { receiver, method } = &**bound;
                let with_receiver: Vec<Value> = match receiver {
                    // Texts and numbers take others as they are, whatever derives from them.
                    Value::Str(_) | Value::Bytes(_) | Value::Int(_) | Value::Float(_) => {
                        [receiver].into_iter().chain(positional).map(Value::plain).collect()
                    }
                    _ => [receiver].into_iter().chain(positional).cloned().collect(),
                };
                (method.call)(self, &Arguments { positional: &with_receiver, keywords })
            }
            Value::Class(Class::Exception(kind)) => match keywords {
                _ if kind.is_group() => Exception::construct(*kind, None, positional.to_vec()).map(Value::Exception),
                [] => Exception::construct(*kind, None, positional.to_vec()).map(Value::Exception),
                _ => raise(ExceptionKind::TypeError, format!("{}() takes no keyword arguments", kind.name())),
            },
            Value::Class(Class::Native(class)) => (class.construct)(self, &Arguments { positional, keywords }),
            Value::Class(class) => match modules::constructor(*class) {
                Some(native) => (native.call)(self, &Arguments { positional, keywords }),
                None => raise(ExceptionKind::TypeError, format!("cannot create '{}' instances", class.name())),
            },
            Value::Partial(partial) => {
                let all: Vec<Value> = partial.positional.iter().chain(positional).cloned().collect();
                let is_kept = |kept: &&(Rc<str>, Value)| !keywords.iter().any(|(name, _)| *name == kept.0);
                let named: Vec<_> = partial.keywords.iter().filter(is_kept).chain(keywords).cloned().collect();
                self.charge(all.len());
                self.call_through(&partial.function, &all, &named)
            }
            Value::Function(_) => self.call_value_with(callee, positional, keywords),
            Value::Descriptor(descriptor) => match &**descriptor {
                Descriptor::Builtin(method) => (method.call)(self, &Arguments { positional, keywords }),
                Descriptor::Static(function) => self.call_through(function, positional, keywords),
                _ => unfit(callee, "is not callable"),
            },
            Value::Method(method) => {
                let with_receiver: Vec<Value> = [&method.receiver].into_iter().chain(positional).cloned().collect();
                self.call_through(&method.function, &with_receiver, keywords)
            }
            Value::Type(class) => match class.meta.get().and_then(|meta| meta.find("__call__")) {
                Some(function) => {
                    let with_receiver: Vec<Value> = [callee].into_iter().chain(positional).cloned().collect();
                    self.call_through(&function, &with_receiver, keywords)
                }
                None => self.construct_nested(class, positional, keywords),
            },
            Value::Instance(instance) if let Some(function) = instance.class.find("__call__") => {
                let with_receiver: Vec<Value> = [callee].into_iter().chain(positional).cloned().collect();
                self.call_through(&function, &with_receiver, keywords)
            }
            other => match modules::method(other, "__call__") {
                Some(method) => {
                    let with_receiver: Vec<Value> = [callee].into_iter().chain(positional).cloned().collect();
                    (method.call)(self, &Arguments { positional: &with_receiver, keywords })
                }
                None => unfit(other, "is not callable"),
            },
        }
    }

    /// Calls what a callable stands for, which may stand for another in its turn.
    fn call_through(
        &mut self,
        callee: &Value,
        positional: &[Value],
        keywords: &[(Rc<str>, Value)],
    ) -> Result<Value, Raised> {
        match callee {
            // It sees to its depth itself, or ends here.
            Value::Function(_) | Value::Native(_) => self.call_value_with(callee, positional, keywords),
            _ => self.nested(1, |machine| machine.call_value_with(callee, positional, keywords)),
        }
    }

    /// Calls what takes, or once took, the argument `loop=`: the loop is the current one for the time of the call.
    #[cold]
    #[inline(never)]
    fn call_with_loop(
        &mut self,
        callee: &Value,
        positional: &[Value],
        mut keywords: Vec<(Rc<str>, Value)>,
        form: Option<OlderForm>,
    ) -> Result<Value, Raised> {
        if let Some(form) = form {
            self.note(form);
        }
        let given = keywords.iter().position(|(name, _)| &**name == "loop");
        match given.map(|position| keywords.remove(position).1) {
            Some(Value::EventLoop(number)) if !self.is_in_loop() => {
                self.with_loop(number, |machine| machine.call_native(callee, positional, &keywords))
            }
            _ => self.call_native(callee, positional, &keywords),
        }
    }

    /// The locals of a call with as many positional arguments as there are plain parameters; anything else takes the
    /// long way.
    fn bind_positional(
        &mut self,
        function: &Function,
        arguments: std::vec::Drain<'_, Value>,
    ) -> Result<Vec<Value>, Raised> {
        let code = &function.code;
        let signature = &code.signature;
        let is_plain = signature.positional == arguments.len()
            && signature.keyword_only == 0
            && !signature.rest
            && !signature.keyword_rest;
        if !is_plain {
            let positional: Vec<Value> = arguments.collect();
            return bind(function, &positional, &[]);
        }
        let mut values = Vec::with_capacity(code.locals + 4);
        values.extend(arguments);
        values.resize(code.locals, Value::Unbound);
        Ok(values)
    }

    /// What a call of a coroutine or generator function gives.
    fn suspended(&self, function: &Function, frame: Frame) -> Value {
        let name = function.code.name.clone();
        let frame = Some(frame).into();
        match function.code.kind {
            CodeKind::Coroutine => Value::Coroutine(Rc::new(Coroutine {
                name,
                frame,
                stack: None.into(),
                unawaited: self.unawaited.clone(),
            })),
            kind => {
                let is_async = kind == CodeKind::AsyncGenerator;
                let abandoned = if is_async { Rc::downgrade(&self.abandoned) } else { Weak::new() };
                let generator =
                    Rc::new(Generator { name, frame, running: false.into(), passed: Value::None.into(), abandoned });
                if is_async { Value::AsyncGenerator(generator) } else { Value::Generator(generator) }
            }
        }
    }
}

fn new_frame(function: &Function, mut values: Vec<Value>) -> Frame {
    for (slot, cell) in function.code.free.iter().zip(&function.captured) {
        values[*slot as usize] = cell.clone();
    }
    Frame { code: function.code.clone(), next: 0, values, owner: Owner::Caller }
}
