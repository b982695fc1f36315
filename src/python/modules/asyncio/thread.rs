//! Blocking calls in worker threads: `asyncio.to_thread` and `loop.run_in_executor`.
//!
//! There are no threads here. The function runs at once, and what it blocks for, as by `time.sleep`, does not stop the
//! event loop but puts off the end of the call.

use std::rc::Rc;

use super::super::concurrent::seconds_until_done;
use crate::event_loop::{Future, Input, Outcome};
use crate::python::machine::{Delegate, Machine};
use crate::python::values::{Arguments, Awaitable, ExceptionKind, NativeCoroutine, Polled, Raised, Value, raise};

/// See `asyncio.to_thread`.
pub fn to_thread(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [function, positional @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "to_thread() missing 1 required positional argument: 'func'");
    };
    let call = Call {
        function: function.clone(),
        positional: positional.to_vec(),
        keywords: arguments.keywords.to_vec(),
        awaited: None,
    };
    Ok(NativeCoroutine::value("to_thread", call))
}

/// See `loop.run_in_executor`.
pub fn run_in_executor(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [_, executor, function, positional @ ..] = arguments.positional else {
        let message = "run_in_executor() missing required positional arguments: 'executor' and 'func'";
        return raise(ExceptionKind::TypeError, message);
    };
    // A thread of an executor knows nothing of the context that the call comes from.
    let outer = machine.context.take();
    let result = submit(machine, executor, function, positional, &[]);
    machine.context = outer;
    result.map(Value::Future)
}

struct Call {
    function: Value,
    positional: Vec<Value>,
    keywords: Vec<(Rc<str>, Value)>,
    awaited: Option<Delegate>,
}

impl Awaitable for Call {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        match &mut self.awaited {
            Some(awaited) => awaited.resume(machine, input),
            None => match input {
                Input::Exception(exception) => Err(exception),
                input => {
                    let context = machine.context.clone();
                    let future = submit(machine, &Value::None, &self.function, &self.positional, &self.keywords);
                    machine.context = context;
                    let future = future?;
                    self.awaited.insert(Delegate::new(Value::Future(future))).resume(machine, input)
                }
            },
        }
    }
}

fn submit(
    machine: &mut Machine,
    executor: &Value,
    function: &Value,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result<Rc<Future<Machine>>, Raised> {
    let (result, seconds) = machine.in_thread(|machine| machine.call_value_with(function, positional, keywords));
    let outcome = match result {
        Ok(value) => Outcome::Value(value),
        Err(exception) => Outcome::Exception(exception),
    };
    let seconds = seconds_until_done(machine, executor, seconds)?;
    Ok(machine.event_loop().complete_after(seconds, outcome))
}
