//! `concurrent.futures`: pools of worker threads.
//!
//! There are no threads here. A call runs at once, and what it blocks for, as by `time.sleep`, keeps one of the pool's
//! workers busy for so long; who waits for the result waits until then.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::stream::{self, Parts};
use super::system;
use crate::order;
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Class, Exception, ExceptionKind, Native, NativeClass, Object, Raised, Set, Value, raise,
};

/// An attribute of the module.
pub fn get(name: &str) -> Option<Value> {
    static FUNCTIONS: &[Native] =
        &[Native { name: "as_completed", call: as_completed }, Native { name: "wait", call: wait }];
    match name {
        // After `import concurrent.futures` the program finds it in `concurrent`.
        "futures" => super::find("concurrent.futures").map(Value::Module),
        "ThreadPoolExecutor" => Some(Value::Class(Class::Native(&THREADS))),
        "ProcessPoolExecutor" => Some(Value::Class(Class::Native(&PROCESSES))),
        "Future" => Some(Value::Class(Class::Native(&FUTURE))),
        "TimeoutError" => Some(Value::Class(Class::Exception(ExceptionKind::TimeoutError))),
        "FIRST_COMPLETED" | "FIRST_EXCEPTION" | "ALL_COMPLETED" => Some(Value::text(name)),
        _ => super::function(FUNCTIONS, name),
    }
}

/// A pool.
struct Pool {
    /// When each of its workers will be free, on the virtual clock.
    free: RefCell<Vec<f64>>,
    is_shut_down: Cell<bool>,
}

static THREADS: NativeClass = NativeClass {
    name: "ThreadPoolExecutor",
    module: "concurrent.futures.thread",
    methods: METHODS,
    construct: |machine, it| construct(machine, it, &THREADS, system::CORES + 4),
    ..NativeClass::PLAIN
};

static PROCESSES: NativeClass = NativeClass {
    name: "ProcessPoolExecutor",
    module: "concurrent.futures.process",
    methods: METHODS,
    construct: |machine, it| construct(machine, it, &PROCESSES, system::CORES),
    ..NativeClass::PLAIN
};

const METHODS: &[Native] = &[
    Native {
        name: "submit",
        call: |machine, it| match it.positional {
            [pool, function, rest @ ..] => submit(machine, pool, function, rest, it.keywords),
            _ => raise(ExceptionKind::TypeError, "submit() missing 1 required positional argument: 'fn'"),
        },
    },
    Native { name: "map", call: map },
    Native {
        name: "shutdown",
        call: |machine, it| {
            let [pool, wait, _] = it.bind("shutdown", ["self", "wait", "cancel_futures"], 1)?;
            shut_down(machine, pool, matches!(wait, Value::Unbound) || wait.is_true())
        },
    },
    Native { name: "__enter__", call: |_, it| it.alone("__enter__").cloned() },
    Native {
        name: "__exit__",
        call: |machine, it| {
            shut_down(machine, &it.positional[0], true)?;
            Ok(Value::Bool(false))
        },
    },
];

fn construct(
    _: &mut Machine,
    arguments: &Arguments<'_>,
    class: &'static NativeClass,
    usual: i64,
) -> Result<Value, Raised> {
    let [workers, ..] = arguments.bind(class.name, ["max_workers", "thread_name_prefix", "initializer"], 0)?;
    let workers = if matches!(workers, Value::Unbound | Value::None) { usual } else { workers.whole()? };
    if workers <= 0 {
        return raise(ExceptionKind::ValueError, "max_workers must be greater than 0");
    }
    let free = RefCell::new(vec![0.0; workers.min(1000) as usize]);
    Ok(Object::value(class, Rc::new(Pool { free, is_shut_down: Cell::new(false) })))
}

/// In how many seconds a call ends that keeps a worker of a pool busy for so long. Any other executor has a worker for
/// every call.
///
/// # Errors
/// `RuntimeError` if the pool takes no more calls.
pub fn seconds_until_done(machine: &Machine, executor: &Value, busy: f64) -> Result<f64, Raised> {
    let Ok(pool) = Object::state_of::<Pool>(executor) else { return Ok(busy) };
    if pool.is_shut_down.get() {
        return raise(ExceptionKind::RuntimeError, "cannot schedule new futures after shutdown");
    }
    let now = machine.clock();
    let mut free = pool.free.borrow_mut();
    let mut first = 0;
    for worker in 1..free.len() {
        if free[worker] < free[first] {
            first = worker;
        }
    }
    free[first] = free[first].max(now) + busy;
    Ok(free[first] - now)
}

fn shut_down(machine: &mut Machine, pool: &Value, waits: bool) -> Result<Value, Raised> {
    let pool = Object::state_of::<Pool>(pool)?;
    pool.is_shut_down.set(true);
    if waits {
        let last = pool.free.borrow().iter().copied().fold(0.0, f64::max);
        wait_until(machine, last);
    }
    Ok(Value::None)
}

/// Blocks everything until a moment of the virtual clock.
fn wait_until(machine: &mut Machine, moment: f64) {
    let seconds = moment - machine.clock();
    if seconds > 0.0 {
        let line = machine.line();
        machine.block(seconds, line);
    }
}

/// What comes of a call.
struct Call {
    result: Result<Value, Raised>,
    /// When it ends, on the virtual clock.
    until: f64,
}

static FUTURE: NativeClass = NativeClass {
    name: "Future",
    module: "concurrent.futures._base",
    methods: &[
        Native { name: "result", call: |machine, it| waited_for(machine, it)?.result.clone() },
        Native {
            name: "exception",
            call: |machine, it| {
                let exception = waited_for(machine, it)?.result.as_ref().err().cloned();
                Ok(exception.map_or(Value::None, Value::Exception))
            },
        },
        Native { name: "done", call: |machine, it| is_done(machine, it, true) },
        Native { name: "running", call: |machine, it| is_done(machine, it, false) },
        Native { name: "cancelled", call: |_, _| Ok(Value::Bool(false)) },
        Native { name: "cancel", call: |_, _| Ok(Value::Bool(false)) },
        Native {
            name: "add_done_callback",
            call: |machine, it| {
                let [future, function] = it.bind("add_done_callback", ["self", "fn"], 2)?;
                machine.call_value(function, std::slice::from_ref(future))?;
                Ok(Value::None)
            },
        },
    ],
    ..NativeClass::PLAIN
};

fn submit(
    machine: &mut Machine,
    pool: &Value,
    function: &Value,
    positional: &[Value],
    keywords: &[(Rc<str>, Value)],
) -> Result<Value, Raised> {
    let (result, busy) = machine.in_thread(|machine| machine.call_value_with(function, positional, keywords));
    let until = machine.clock() + seconds_until_done(machine, pool, busy)?;
    Ok(Object::value(&FUTURE, Rc::new(Call { result, until })))
}

fn waited_for(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Rc<Call>, Raised> {
    let [future, timeout] = arguments.bind("result", ["self", "timeout"], 1)?;
    let call = Object::state_of::<Call>(future)?;
    if let Some(timeout) = timeout.as_float() {
        let limit = machine.clock() + timeout;
        if limit < call.until {
            wait_until(machine, limit);
            return Err(Exception::new(ExceptionKind::TimeoutError, Vec::new()));
        }
    }
    wait_until(machine, call.until);
    Ok(call)
}

fn is_done(machine: &mut Machine, arguments: &Arguments<'_>, wanted: bool) -> Result<Value, Raised> {
    let call = Object::state_of::<Call>(arguments.alone("done")?)?;
    Ok(Value::Bool((machine.clock() >= call.until) == wanted))
}

/// An iterator over futures that waits for each.
fn waiting(machine: &mut Machine, futures: Vec<Value>, gives_results: bool) -> Result<Value, Raised> {
    static WAITING: NativeClass = stream::class("generator", "builtins");
    let mut parts = Parts::over(machine, &[Value::list(futures)])?;
    parts.numbers[0] = i64::from(gives_results);
    Ok(stream::value(
        &WAITING,
        |machine, parts| {
            let Some(future) = machine.next_value(&parts.sources[0])? else { return Ok(None) };
            let call = Object::state_of::<Call>(&future)?;
            wait_until(machine, call.until);
            if parts.numbers[0] == 1 { call.result.clone().map(Some) } else { Ok(Some(future)) }
        },
        parts,
    ))
}

fn map(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [pool, function, iterables @ ..] = arguments.positional else {
        return raise(ExceptionKind::TypeError, "map() missing 1 required positional argument: 'fn'");
    };
    let parts = Parts::over(machine, iterables)?;
    let mut futures = Vec::new();
    while let Some(row) = stream::row(machine, &parts, None)? {
        futures.push(submit(machine, pool, function, &row, &[])?);
    }
    waiting(machine, futures, true)
}

/// The futures of an iterable, the first to end first.
fn by_end(machine: &mut Machine, futures: &Value) -> Result<Vec<Value>, Raised> {
    let futures = machine.collect(futures)?;
    let mut ends = Vec::new();
    for future in &futures {
        ends.push(Object::state_of::<Call>(future)?.until);
    }
    let order = order::ascending(ends.len(), &mut |left, right| ends[left] < ends[right]);
    Ok(order.into_iter().map(|at| futures[at].clone()).collect())
}

fn as_completed(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [futures, _] = arguments.bind("as_completed", ["fs", "timeout"], 1)?;
    let futures = by_end(machine, futures)?;
    waiting(machine, futures, false)
}

fn wait(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [futures, timeout, _] = arguments.bind("wait", ["fs", "timeout", "return_when"], 1)?;
    let futures = by_end(machine, futures)?;
    let limit = timeout.as_float().map_or(f64::INFINITY, |timeout| machine.clock() + timeout);
    let (mut done, mut left) = (Vec::new(), Vec::new());
    for future in futures {
        let until = Object::state_of::<Call>(&future)?.until;
        wait_until(machine, until.min(limit));
        if until <= limit { done.push(future) } else { left.push(future) }
    }
    Ok(Value::tuple(vec![Set::value(machine, done, false)?, Set::value(machine, left, false)?]))
}
