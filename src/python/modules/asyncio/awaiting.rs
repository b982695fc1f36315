//! What waits for time and for other tasks: `sleep`, `gather`, `shield`, `wait`, `wait_for`, `as_completed`.

use std::rc::Rc;

use super::as_future;
use crate::event_loop::{self, AsCompleted, Future, Host, Input, Request, ReturnWhen, Timeout, Wait};
use crate::python::machine::{Delegate, Machine};
use crate::python::values::{
    Arguments, Awaitable, Exception, ExceptionKind, Native, NativeClass, NativeCoroutine, Object, Polled, Raised, Set,
    Value, raise, str,
};
use crate::trace::OlderForm;

/// See `asyncio.sleep`.
pub fn sleep(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [delay, result] = arguments.bind("sleep", ["delay", "result"], 1)?;
    let seconds = seconds(delay)?;
    if seconds.is_nan() {
        return raise(ExceptionKind::ValueError, "Invalid delay: NaN (not a number)");
    }
    let result = result.given_or(Value::None);
    Ok(NativeCoroutine::value("sleep", Sleep { seconds, result, has_begun: false }))
}

struct Sleep {
    seconds: f64,
    result: Value,
    has_begun: bool,
}

impl Awaitable for Sleep {
    fn resume(&mut self, _: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            return Err(exception);
        }
        if self.has_begun {
            return Ok(Polled::Ready(self.result.clone()));
        }
        self.has_begun = true;
        let seconds = self.seconds;
        Ok(Polled::Pending(if seconds <= 0.0 { Request::NextTurn } else { Request::Sleep { seconds } }))
    }
}

/// See `asyncio.gather`.
pub fn gather(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let mut return_exceptions = false;
    for (name, value) in arguments.keywords {
        match &**name {
            "return_exceptions" => return_exceptions = value.is_true(),
            other => {
                let message = format!("gather() got an unexpected keyword argument '{other}'");
                return raise(ExceptionKind::TypeError, message);
            }
        }
    }
    if arguments.positional.is_empty() {
        machine.use_current_loop()?;
    }
    let children = as_futures(machine, arguments.positional)?;
    Ok(Value::Future(event_loop::gather(machine, children, return_exceptions)))
}

/// See `asyncio.shield`.
pub fn shield(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [awaitable] = arguments.bind("shield", ["arg"], 1)?;
    let inner = as_future(machine, awaitable)?;
    Ok(Value::Future(event_loop::shield(machine, &inner)))
}

/// See `asyncio.wait`.
pub fn wait(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [futures, timeout, return_when] = arguments.bind("wait", ["fs", "timeout", "return_when"], 1)?;
    let state = WaitState::New {
        futures: futures.clone(),
        timeout: timeout.given_or(Value::None),
        return_when: return_when.given_or(Value::from("ALL_COMPLETED")),
    };
    Ok(NativeCoroutine::value("wait", state))
}

enum WaitState {
    New { futures: Value, timeout: Value, return_when: Value },
    Waiting(Rc<Wait<Machine>>),
}

impl Awaitable for WaitState {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let wait = match self {
            Self::New { futures, timeout, return_when } => {
                if let Input::Exception(exception) = input {
                    return Err(exception);
                }
                begin_wait(machine, futures, timeout, return_when)?
            }
            Self::Waiting(wait) => {
                let (done, pending) = wait.end(machine);
                if let Input::Exception(exception) = input {
                    return Err(exception);
                }
                return Ok(Polled::Ready(Value::tuple(vec![set(machine, done)?, set(machine, pending)?])));
            }
        };
        let waiter = wait.waiter().clone();
        *self = Self::Waiting(wait);
        Ok(Polled::Pending(Request::Future(waiter)))
    }
}

fn begin_wait(
    machine: &mut Machine,
    futures: &Value,
    timeout: &Value,
    return_when: &Value,
) -> Result<Rc<Wait<Machine>>, Raised> {
    if let Value::Future(_) | Value::Coroutine(_) | Value::NativeCoroutine(_) = futures {
        let message = format!("expect a list of futures, not {}", futures.type_name());
        return raise(ExceptionKind::TypeError, message);
    }
    let awaitables = machine.collect(futures)?;
    if awaitables.is_empty() {
        return raise(ExceptionKind::ValueError, "Set of Tasks/Futures is empty.");
    }
    let return_when = match str(return_when).as_str() {
        "FIRST_COMPLETED" => ReturnWhen::FirstCompleted,
        "FIRST_EXCEPTION" => ReturnWhen::FirstException,
        "ALL_COMPLETED" => ReturnWhen::AllCompleted,
        other => return raise(ExceptionKind::ValueError, format!("Invalid return_when value: {other}")),
    };
    if awaitables.iter().any(|it| matches!(it, Value::Coroutine(_) | Value::NativeCoroutine(_))) {
        machine.note(OlderForm::WaitOnCoroutines);
    }
    let futures = as_futures(machine, &awaitables)?;
    let timeout = optional_seconds(timeout)?;
    Ok(Wait::begin(machine, &futures, timeout, return_when))
}

fn set(machine: &mut Machine, futures: Vec<Rc<Future<Machine>>>) -> Result<Value, Raised> {
    Set::value(machine, futures.into_iter().map(Value::Future).collect(), false)
}

/// A future for each: a task for a coroutine, which is one task even if it is given twice.
pub fn as_futures(machine: &mut Machine, awaitables: &[Value]) -> Result<Vec<Rc<Future<Machine>>>, Raised> {
    let mut futures: Vec<Rc<Future<Machine>>> = Vec::with_capacity(awaitables.len());
    for (position, awaitable) in awaitables.iter().enumerate() {
        let is_used = matches!(awaitable, Value::Coroutine(coroutine) if coroutine.frame.borrow().is_none());
        let twin = if is_used { awaitables[..position].iter().position(|other| other.is(awaitable)) } else { None };
        let future = match twin {
            Some(twin) => futures[twin].clone(),
            None => as_future(machine, awaitable)?,
        };
        futures.push(future);
    }
    Ok(futures)
}

/// A number of seconds.
pub fn seconds(value: &Value) -> Result<f64, Raised> {
    match value.as_float() {
        Some(seconds) => Ok(seconds),
        None => {
            let message = format!("'<=' not supported between instances of '{}' and 'int'", value.type_name());
            raise(ExceptionKind::TypeError, message)
        }
    }
}

/// A number of seconds, or none for `None`.
pub fn optional_seconds(value: &Value) -> Result<Option<f64>, Raised> {
    match value {
        Value::Unbound | Value::None => Ok(None),
        value => seconds(value).map(Some),
    }
}

/// See `asyncio.wait_for`.
pub fn wait_for(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [awaitable, timeout] = arguments.bind("wait_for", ["fut", "timeout"], 2)?;
    let state = WaitFor::New { awaitable: awaitable.clone(), timeout: timeout.clone() };
    Ok(NativeCoroutine::value("wait_for", state))
}

enum WaitFor {
    New {
        awaitable: Value,
        timeout: Value,
    },
    /// The time was up from the start: the future was cancelled, and its end is awaited.
    Cancelling {
        future: Rc<Future<Machine>>,
        waiter: Rc<Future<Machine>>,
    },
    Inside {
        timeout: Rc<Timeout<Machine>>,
        awaited: Delegate,
    },
}

impl Awaitable for WaitFor {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        match self {
            Self::New { .. } if matches!(input, Input::Exception(_)) => {}
            Self::New { awaitable, timeout } => match optional_seconds(timeout)? {
                Some(seconds) if seconds <= 0.0 => {
                    let future = as_future(machine, awaitable)?;
                    if let Some(result) = future.result(machine) {
                        return result.map(Polled::Ready);
                    }
                    let waiter = event_loop::cancel_and_wait(machine, &future);
                    *self = Self::Cancelling { future, waiter: waiter.clone() };
                    return Ok(Polled::Pending(Request::Future(waiter)));
                }
                seconds => {
                    let now = machine.event_loop().time();
                    let timeout = Timeout::at(seconds.map(|seconds| now + seconds));
                    if let Err(message) = timeout.enter(machine) {
                        return raise(ExceptionKind::RuntimeError, message);
                    }
                    *self = Self::Inside { timeout, awaited: Delegate::new(awaitable.clone()) };
                }
            },
            _ => {}
        }
        match self {
            Self::New { .. } => input.raised().map_or(Ok(Polled::Ready(Value::None)), Err),
            Self::Cancelling { future, waiter } => {
                event_loop::stop_waiting(future, waiter);
                if let Some(exception) = input.raised() {
                    return Err(exception);
                }
                match future.result(machine) {
                    Some(Err(exception)) if Machine::is_cancellation(&exception) => {
                        Err(Machine::timeout_error(Some(&exception)))
                    }
                    Some(result) => result.map(Polled::Ready),
                    None => Ok(Polled::Ready(Value::None)),
                }
            }
            Self::Inside { timeout, awaited } => {
                let result = match awaited.resume(machine, input) {
                    Ok(Polled::Ready(value)) => Ok(value),
                    Ok(polled) => return Ok(polled),
                    Err(exception) => Err(exception),
                };
                timeout.exit(machine, result.as_ref().err())?;
                result.map(Polled::Ready)
            }
        }
    }

    fn cancel(&mut self) -> bool {
        match self {
            Self::Inside { awaited, .. } => awaited.cancel(),
            _ => false,
        }
    }
}

/// See `asyncio.as_completed`.
pub fn as_completed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [awaitables, timeout] = arguments.bind("as_completed", ["fs", "timeout"], 1)?;
    if let Value::Future(_) | Value::Coroutine(_) | Value::NativeCoroutine(_) = awaitables {
        let message = format!("expects an iterable of awaitables, not {}", awaitables.type_name());
        return raise(ExceptionKind::TypeError, message);
    }
    let awaitables = machine.collect(awaitables)?;
    let futures = as_futures(machine, &awaitables)?;
    let timeout = optional_seconds(timeout)?;
    Ok(Object::value(&AS_COMPLETED, AsCompleted::begin(machine, &futures, timeout)))
}

/// What `as_completed` gives: an iterator over coroutines for results, and an asynchronous iterator over futures.
static AS_COMPLETED: NativeClass = NativeClass {
    name: "_AsCompletedIterator",
    module: "asyncio.tasks",
    methods: &[
        Native { name: "__iter__", call: |_, it| it.alone("__iter__").cloned() },
        Native { name: "__next__", call: |_, it| next_completed(it.alone("__next__")?, true) },
        Native { name: "__aiter__", call: |_, it| it.alone("__aiter__").cloned() },
        Native { name: "__anext__", call: |_, it| next_completed(it.alone("__anext__")?, false) },
    ],
    ..NativeClass::PLAIN
};

fn next_completed(receiver: &Value, wants_result: bool) -> Result<Value, Raised> {
    let watch: Rc<AsCompleted<Machine>> = Object::state_of(receiver)?;
    if !watch.claim() {
        return match wants_result {
            true => raise_bare(ExceptionKind::StopIteration),
            false => Ok(Done::value("__anext__", raise_bare(ExceptionKind::StopAsyncIteration))),
        };
    }
    Ok(NativeCoroutine::value("_wait_for_one", Completed { watch, wants_result, waiter: None }))
}

struct Completed {
    watch: Rc<AsCompleted<Machine>>,
    wants_result: bool,
    waiter: Option<Rc<Future<Machine>>>,
}

impl Awaitable for Completed {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let waiter = self.waiter.take();
        if let Some(exception) = input.raised() {
            if let Some(waiter) = waiter {
                self.watch.give_up(machine, &waiter);
            }
            return Err(exception);
        }
        match self.watch.take() {
            None => {
                let waiter = self.watch.wait();
                self.waiter = Some(waiter.clone());
                Ok(Polled::Pending(Request::Future(waiter)))
            }
            Some(None) => raise_bare(ExceptionKind::TimeoutError),
            Some(Some(future)) if self.wants_result => match future.result(machine) {
                Some(result) => result.map(Polled::Ready),
                None => Ok(Polled::Ready(Value::None)),
            },
            Some(Some(future)) => Ok(Polled::Ready(Value::Future(future))),
        }
    }
}

/// An exception without a message.
fn raise_bare<T>(kind: ExceptionKind) -> Result<T, Raised> {
    Err(Exception::new(kind, Vec::new()))
}

/// A coroutine that has nothing to wait for.
pub struct Done(Option<Result<Value, Raised>>);

impl Done {
    /// The coroutine, with what comes of it.
    pub fn value(name: &'static str, result: Result<Value, Raised>) -> Value {
        NativeCoroutine::value(name, Self(Some(result)))
    }
}

impl Awaitable for Done {
    fn resume(&mut self, _: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
        self.0.take().unwrap_or(Ok(Value::None)).map(Polled::Ready)
    }
}
