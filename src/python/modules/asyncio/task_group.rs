//! `asyncio.TaskGroup`.

use std::rc::Rc;

use super::awaiting::Done;
use super::spawn;
use crate::event_loop::{Input, Leaving, Request, TaskGroup};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, ExceptionKind, Native, NativeClass, NativeCoroutine, Object, Polled, Raised, Value, raise,
};

/// `asyncio.TaskGroup`.
pub static TASK_GROUP: NativeClass = NativeClass {
    name: "TaskGroup",
    module: "asyncio.taskgroups",
    methods: &[
        Native { name: "__aenter__", call: enter },
        Native { name: "__aexit__", call: leave },
        Native { name: "create_task", call: create_task },
    ],
    construct: |_, arguments| {
        let [] = arguments.bind("TaskGroup", [], 0)?;
        Ok(Object::value(&TASK_GROUP, TaskGroup::<Machine>::new()))
    },
    represent: |object| object.state().map(|group: Rc<TaskGroup<Machine>>| group.describe_state()),
    ..NativeClass::PLAIN
};

fn group(value: &Value) -> Result<Rc<TaskGroup<Machine>>, Raised> {
    Object::state_of(value)
}

fn complain<T>(group: &TaskGroup<Machine>, complaint: &str) -> Result<T, Raised> {
    raise(ExceptionKind::RuntimeError, format!("TaskGroup {} {complaint}", group.describe_state()))
}

fn enter(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let receiver = arguments.alone("__aenter__")?;
    let group = group(receiver)?;
    match group.enter(machine) {
        Ok(()) => Ok(Done::value("__aenter__", Ok(receiver.clone()))),
        Err(complaint) => complain(&group, complaint),
    }
}

fn create_task(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, coroutine, name, context, eager] =
        arguments.bind("create_task", ["self", "coro", "name", "context", "eager_start"], 2)?;
    super::refuse_eager(eager)?;
    let group = group(receiver)?;
    if let Err(complaint) = group.check_open() {
        super::close_coroutine(coroutine);
        return complain(&group, complaint);
    }
    let task = spawn(machine, coroutine, name, context)?;
    if let Value::Future(task) = &task {
        group.add(machine, task.clone());
    }
    Ok(task)
}

fn leave(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [receiver, _, exception, _] = arguments.bind("__aexit__", ["self", "et", "exc", "tb"], 4)?;
    let exception = match exception {
        Value::Exception(exception) => Some(exception.clone()),
        _ => None,
    };
    Ok(NativeCoroutine::value("__aexit__", Exit { group: group(receiver)?, exception, has_begun: false }))
}

/// A task that leaves its group.
struct Exit {
    group: Rc<TaskGroup<Machine>>,
    exception: Option<Raised>,
    has_begun: bool,
}

impl Awaitable for Exit {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        let leaving = if std::mem::replace(&mut self.has_begun, true) {
            self.group.keep_leaving(machine, input.raised(), self.exception.as_ref())
        } else {
            self.group.leave(machine, self.exception.as_ref())
        };
        match leaving {
            Leaving::Wait(future) => Ok(Polled::Pending(Request::Future(future))),
            // The CancelledError by which the group interrupted its parent goes no further.
            Leaving::Left(Ok(())) => Ok(Polled::Ready(Value::None)),
            Leaving::Left(Err(exception)) => Err(exception),
        }
    }
}
