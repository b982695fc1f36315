//! What a native coroutine awaits in its turn.

use super::Machine;
use crate::event_loop::{Input, Request};
use crate::python::values::{Polled, Raised, Value, unfit};

/// Something that a native coroutine awaits, whatever it is, on behalf of whoever awaits the native coroutine.
pub struct Delegate {
    awaitable: Value,
    has_begun: bool,
}

impl Delegate {
    /// To await this value.
    pub fn new(awaitable: Value) -> Self {
        Self { awaitable, has_begun: false }
    }

    /// Goes on, with what the native coroutine itself was resumed with.
    pub fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let begins = !std::mem::replace(&mut self.has_begun, true);
        if begins && matches!(self.awaitable, Value::Instance(_)) {
            self.awaitable = machine.awaited_by(&self.awaitable)?;
        }
        match (&self.awaitable, input) {
            (Value::NativeCoroutine(native), Input::Exception(exception)) if begins => {
                native.state.take();
                Err(exception)
            }
            (Value::NativeCoroutine(native), input) => machine.poll(&native.clone(), input),
            (_, Input::Exception(exception)) => Err(exception),
            (_, Input::Value(value)) => Ok(Polled::Ready(value)),
            (Value::Coroutine(coroutine), _) => Ok(Polled::Await(coroutine.clone())),
            (Value::Future(future), _) => match future.result(machine) {
                Some(result) => result.map(Polled::Ready),
                None => Ok(Polled::Pending(Request::Future(future.clone()))),
            },
            (other, _) => unfit(other, "can't be awaited"),
        }
    }

    /// Cancels, in place, a wait at a primitive. False if there is none, or it is over already.
    pub fn cancel(&mut self) -> bool {
        match &self.awaitable {
            Value::NativeCoroutine(native) => native.state.borrow_mut().as_mut().is_some_and(|state| state.cancel()),
            _ => false,
        }
    }
}
