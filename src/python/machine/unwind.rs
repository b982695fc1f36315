//! Exceptions on their way up.

use std::rc::Rc;

use super::generator::{expects, leaving_generator};
use super::{Frame, Machine, Owner, Stack, is_instance};
use crate::python::compile::{CodeKind, Instruction};
use crate::python::modules::is_catchable;
use crate::python::values::{
    Class, Exception, ExceptionKind, NativeCoroutine, Raised, Value, after_handlers, raise, split,
};

/// Where an exception has come to.
pub(super) enum Unwound {
    /// A frame handles it, and is to be run.
    Caught,
    /// A native coroutine is to be resumed with it.
    Native(Rc<NativeCoroutine>, Raised),
    /// Nobody handles it.
    Uncaught(Raised),
}

impl Machine {
    /// Takes an exception to the innermost handler of the stack, or to the innermost native coroutine that awaits part
    /// of it. Without either the stack is empty afterwards.
    pub(super) fn unwind(&mut self, stack: &mut Stack, exception: Raised) -> Unwound {
        let is_raised_again = |frame: &Frame| {
            matches!(frame.last_instruction(), Some(Instruction::Reraise(_) | Instruction::RaiseRest(_)))
        };
        if exception.context.borrow().is_none()
            && !stack.frames.last().is_some_and(is_raised_again)
            && let Some(handled) = stack.frames.iter().rev().find_map(handled)
            && !Rc::ptr_eq(&handled, &exception)
        {
            *exception.context.borrow_mut() = Some(handled);
        }
        let mut exception = exception;
        while let Some(frame) = stack.frames.last_mut() {
            let at = frame.next.saturating_sub(1) as u32;
            if expects(frame, &exception) {
                return Unwound::Caught;
            }
            // An exception that is raised again has come through this frame before.
            if !is_raised_again(frame) && frame.code.kind != CodeKind::Step {
                if exception.kind == ExceptionKind::NameError && exception.traceback.borrow().is_empty() {
                    self.suggest_name(&exception, frame);
                }
                exception.traceback.borrow_mut().push((frame.code.name.clone(), frame.position()));
            }
            let handler =
                frame.code.handlers.iter().find(|handler| (handler.begin..handler.end).contains(&at)).copied();
            if let Some(handler) = handler {
                let kept = frame.code.locals + handler.depth as usize;
                // What is dropped may pass its turn at a primitive on.
                frame.drop_values(kept);
                self.event_loop.collect_wakes();
                frame.values.push(Value::Exception(exception));
                frame.next = handler.target as usize;
                return Unwound::Caught;
            }
            let owner = stack.frames.pop().map(|mut frame| {
                self.garbage.keep(&exception, &frame.values);
                frame.drop_values(frame.code.locals);
                frame.owner
            });
            if let Some(Owner::Native(native)) = owner {
                return Unwound::Native(native, exception);
            }
            match owner {
                Some(Owner::Generator(generator)) => exception = leaving_generator(&generator, exception, false),
                Some(Owner::AsyncGenerator(generator)) => exception = leaving_generator(&generator, exception, true),
                _ => {}
            }
        }
        Unwound::Uncaught(exception)
    }

    /// The exception that `raise value` raises.
    pub(super) fn exception_of(&mut self, value: &Value) -> Result<Raised, Raised> {
        match value {
            Value::Exception(exception) => Ok(exception.clone()),
            Value::Type(class) if matches!(class.builtin, Class::Exception(_)) => {
                match self.construct_nested(class, &[], &[])? {
                    Value::Exception(exception) => Ok(exception),
                    _ => raise(ExceptionKind::TypeError, "exceptions must derive from BaseException"),
                }
            }
            Value::Class(Class::Exception(kind)) => Exception::construct(*kind, None, Vec::new()),
            _ => raise(ExceptionKind::TypeError, "exceptions must derive from BaseException"),
        }
    }
}

/// The exception that a frame is handling where it stands.
pub(super) fn handled(frame: &Frame) -> Option<Raised> {
    let at = frame.next.saturating_sub(1) as u32;
    let inside = frame.code.handling.iter().find(|handling| (handling.begin..handling.end).contains(&at))?;
    match &frame.values[inside.local as usize] {
        Value::Exception(exception) => Some(exception.clone()),
        _ => None,
    }
}

/// Whether `except class` catches the exception.
pub(super) fn catches(class: &Value, exception: &Value) -> Result<bool, Raised> {
    if !is_catchable(class) {
        let message = "catching classes that do not inherit from BaseException is not allowed";
        return raise(ExceptionKind::TypeError, message);
    }
    Ok(is_instance(exception, class).unwrap_or(false))
}

/// Takes the part that an `except*` names out of what is left of an exception. The locals from `slot` on: the
/// exception, what is left of it, the part, and a list of what the handlers raised.
pub(super) fn take_exception(frame: &mut Frame, slot: usize) -> Result<(), Raised> {
    let class = frame.pop();
    let is_group = |class: &Value| match class {
        Value::Class(Class::Exception(kind)) => kind.is_group(),
        Value::Type(class) => matches!(class.builtin, Class::Exception(kind) if kind.is_group()),
        _ => false,
    };
    if is_group(&class) || matches!(&class, Value::Tuple(classes) if classes.iter().any(is_group)) {
        let message = "catching ExceptionGroup with except* is not allowed. Use except instead.";
        return raise(ExceptionKind::TypeError, message);
    }
    // Also when nothing is left: what cannot be caught is an error all the same.
    catches(&class, &Value::None)?;
    let (mut matched, mut rest) = match &frame.values[slot + 1] {
        Value::Exception(left) => split(left, &mut |exception| catches(&class, &Value::Exception(exception.clone())))?,
        _ => (None, None),
    };
    if let Some(naked) = matched.take_if(|matched| !matched.kind.is_group()) {
        let group = naked.wrapped();
        group.traceback.borrow_mut().push((frame.code.name.clone(), frame.position()));
        matched = Some(group);
    }
    let value = |part: &mut Option<Raised>| part.take().map_or(Value::None, Value::Exception);
    let is_match = matched.is_some();
    frame.values[slot + 1] = value(&mut rest);
    frame.values[slot + 2] = value(&mut matched);
    frame.push(Value::Bool(is_match));
    Ok(())
}

/// What is raised behind the handlers of an `except*`, if anything. The locals are those of [`take_exception`].
pub(super) fn rest_to_raise(frame: &Frame, slot: usize) -> Option<Raised> {
    let exception = |value: &Value| match value {
        Value::Exception(exception) => Some(exception.clone()),
        _ => None,
    };
    let raised = match &frame.values[slot + 3] {
        Value::List(raised) => raised.items.borrow().iter().filter_map(exception).collect(),
        _ => Vec::new(),
    };
    after_handlers(&exception(&frame.values[slot])?, raised, exception(&frame.values[slot + 1]))
}
