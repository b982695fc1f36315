//! Instructions of statements that are rare: classes, exceptions, `with`, `async for` and imports.

use std::rc::Rc;

use super::execute::Flow;
use super::object::namespace;
use super::unwind::{catches, rest_to_raise, take_exception};
use super::{Frame, Machine};
use crate::python::compile::{Code, Instruction};
use crate::python::modules;
use crate::python::values::{ExceptionKind, Raised, Super, Value, raise};

impl Machine {
    /// Does an instruction that [`Self::execute`] leaves to this.
    pub(super) fn execute_rare(
        &mut self,
        frame: &mut Frame,
        code: &Code,
        instruction: Instruction,
    ) -> Result<Option<Flow>, Raised> {
        match instruction {
            Instruction::ReturnNamespace => return Ok(Some(Flow::Return(namespace(frame)))),
            Instruction::MakeClass { name, bases, has_keywords } => {
                self.make_class(frame, &code.names[name as usize], bases as usize, has_keywords)?;
            }
            Instruction::MakeSuper => {
                let receiver = frame.pop();
                if let Value::Type(class) = frame.pop() {
                    frame.push(Value::Super(Rc::new(Super { class, receiver })));
                }
            }

            Instruction::Raise => {
                let value = frame.pop();
                return Err(self.exception_of(&value)?);
            }
            Instruction::RaiseFrom => {
                let cause = frame.pop();
                let value = frame.pop();
                let exception = self.exception_of(&value)?;
                exception.suppress_context.set(true);
                if !matches!(cause, Value::None) {
                    *exception.cause.borrow_mut() = Some(self.exception_of(&cause)?);
                }
                return Err(exception);
            }
            Instruction::Reraise(slot) => match &frame.values[slot as usize] {
                Value::Exception(exception) => return Err(exception.clone()),
                _ => return raise(ExceptionKind::RuntimeError, "No active exception to reraise"),
            },
            Instruction::RaiseAgain => {
                return raise(ExceptionKind::RuntimeError, "No active exception to reraise");
            }
            Instruction::MatchesException(slot) => {
                let class = frame.pop();
                let matches = catches(&class, &frame.values[slot as usize])?;
                frame.push(Value::Bool(matches));
            }
            Instruction::TakeException(slot) => take_exception(frame, slot as usize)?,
            Instruction::RaiseRest(slot) => {
                if let Some(exception) = rest_to_raise(frame, slot as usize) {
                    return Err(exception);
                }
            }

            Instruction::Enter { is_async } => return self.enter(frame, is_async),
            Instruction::Exit { exception, is_async } => return self.leave(frame, exception, is_async),
            Instruction::IterateAsync => return self.iterate_async(frame),
            Instruction::NextAsync => return self.next_async(frame),
            Instruction::Import(name) => {
                let name = &code.names[name as usize];
                match modules::find(name) {
                    Some(module) => frame.push(Value::Module(module)),
                    None => {
                        let message = format!("No module named '{name}'");
                        return raise(ExceptionKind::ModuleNotFoundError, message);
                    }
                }
            }
            _ => {}
        }
        Ok(None)
    }
}
