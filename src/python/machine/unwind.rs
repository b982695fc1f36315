//! Exceptions on their way up.

use std::rc::Rc;

use super::{Frame, Machine, Owner, Stack};
use crate::python::compile::{Executable, Instruction};
use crate::python::values::{Class, Exception, ExceptionKind, NativeCoroutine, Raised, Value, raise};

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
        if exception.context.borrow().is_none()
            && let Some(handled) = stack.frames.iter().rev().find_map(handled)
            && !Rc::ptr_eq(&handled, &exception)
        {
            *exception.context.borrow_mut() = Some(handled);
        }
        let mut exception = exception;
        while let Some(frame) = stack.frames.last_mut() {
            let at = frame.next.saturating_sub(1) as u32;
            // An exception that is raised again has come through this frame before.
            if !matches!(frame.last_instruction(), Some(Instruction::Reraise(_))) {
                exception.traceback.borrow_mut().push((frame.code.name.clone(), frame.line()));
            }
            let handler =
                frame.code.handlers.iter().find(|handler| (handler.begin..handler.end).contains(&at)).copied();
            if let Some(handler) = handler {
                let kept = frame.code.locals + handler.depth as usize;
                // What is dropped may pass its turn at a primitive on.
                frame.values.truncate(kept);
                self.event_loop.collect_wakes();
                frame.values.push(Value::Exception(exception));
                frame.next = handler.target as usize;
                return Unwound::Caught;
            }
            let owner = stack.frames.pop().map(|frame| frame.owner);
            if let Some(Owner::Native(native)) = owner {
                return Unwound::Native(native, exception);
            }
            if let Some(Owner::Generator(generator)) = owner {
                generator.running.set(false);
                if exception.kind == ExceptionKind::StopIteration {
                    let cause = exception;
                    exception = Exception::new(
                        ExceptionKind::RuntimeError,
                        vec![Value::from("generator raised StopIteration")],
                    );
                    *exception.cause.borrow_mut() = Some(cause);
                }
            }
        }
        Unwound::Uncaught(exception)
    }

    /// The exception that `raise value` raises.
    pub(super) fn exception_of(&mut self, value: &Value) -> Result<Raised, Raised> {
        match value {
            Value::Exception(exception) => Ok(exception.clone()),
            Value::Class(Class::Exception(kind)) => Ok(Exception::new(*kind, Vec::new())),
            _ => raise(ExceptionKind::TypeError, "exceptions must derive from BaseException"),
        }
    }
}

/// The exception that a frame is handling where it stands.
fn handled(frame: &Frame) -> Option<Raised> {
    let at = frame.next.saturating_sub(1) as u32;
    let inside = frame.code.handling.iter().find(|handling| (handling.begin..handling.end).contains(&at))?;
    match &frame.values[inside.local as usize] {
        Value::Exception(exception) => Some(exception.clone()),
        _ => None,
    }
}

/// The exception as CPython prints it when nobody catches it.
pub(super) fn traceback(exception: &Raised, program: &Executable) -> String {
    let mut out = String::new();
    write_traceback(exception, program, &mut out, 0);
    out
}

fn write_traceback(exception: &Raised, program: &Executable, out: &mut String, depth: usize) {
    const LONGEST_CHAIN: usize = 20;
    let cause = exception.cause.borrow().clone();
    let context = exception.context.borrow().clone().filter(|_| !exception.suppress_context.get());
    if depth < LONGEST_CHAIN
        && let Some(earlier) = cause.as_ref().or(context.as_ref())
    {
        write_traceback(earlier, program, out, depth + 1);
        out.push_str(match cause {
            Some(_) => "\nThe above exception was the direct cause of the following exception:\n\n",
            None => "\nDuring handling of the above exception, another exception occurred:\n\n",
        });
    }
    out.push_str("Traceback (most recent call last):\n");
    for (function, line) in exception.traceback.borrow().iter().rev() {
        out.push_str(&format!("  File \"{}\", line {line}, in {function}\n", program.file));
        if let Some(source) = program.text.lines().nth(line.saturating_sub(1) as usize) {
            out.push_str(&format!("    {}\n", source.trim()));
        }
    }
    out.push_str(&exception.last_line());
    out.push('\n');
}
