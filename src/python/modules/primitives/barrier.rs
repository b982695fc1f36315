//! `Barrier`.

use std::rc::Rc;
use std::task::Poll;

use super::lock::not_comparable;
use super::{coroutine, poll, receiver};
use crate::event_loop::{Input, Request};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, Exception, ExceptionKind, Native, Polled, Primitive, Raised, Sync, Value, raise,
};
use crate::sync::{self, BarrierChange, BarrierState, BarrierWait, BarrierWaitError};
use crate::trace::{BarrierPhase, Event, Intent, PrimitiveId, PrimitiveKind};

/// Methods of barriers.
pub static METHODS: &[Native] = &[
    Native { name: "wait", call: |_, it| wait(it, "wait") },
    Native { name: "reset", call: |_, it| change(it, "reset", BarrierChange::reset) },
    Native { name: "abort", call: |_, it| change(it, "abort", BarrierChange::abort) },
    Native { name: "__aenter__", call: |_, it| wait(it, "__aenter__") },
    Native { name: "__aexit__", call: |_, _| coroutine("__aexit__", Nothing) },
];

type Barrier = Rc<sync::Barrier>;

pub fn new_barrier(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [parties] = arguments.bind_init("Barrier", ["parties"], 1)?;
    let parties = match parties {
        Value::Int(parties) => usize::try_from(*parties).unwrap_or(0),
        Value::Bool(party) => usize::from(*party),
        other => return not_comparable("<", other),
    };
    match sync::Barrier::new(parties) {
        Ok(barrier) => Ok(machine.new_primitive(PrimitiveKind::Barrier, parties, Sync::Barrier(Rc::new(barrier)))),
        Err(error) => raise(ExceptionKind::ValueError, error.to_string()),
    }
}

fn barrier(primitive: &Primitive) -> Result<&Barrier, Raised> {
    match &primitive.sync {
        Sync::Barrier(barrier) => Ok(barrier),
        _ => raise(ExceptionKind::TypeError, "a barrier was expected"),
    }
}

fn wait(arguments: &Arguments<'_>, name: &'static str) -> Result<Value, Raised> {
    let primitive = receiver(arguments, name)?;
    let barrier = barrier(primitive)?.clone();
    let wait = BarrierWait::new(barrier.clone());
    coroutine(
        if name == "wait" { "Barrier.wait" } else { name },
        Waiting { at: Place { id: primitive.id, barrier }, wait, progress: Progress::New, exception: None },
    )
}

fn change(
    arguments: &Arguments<'_>,
    name: &'static str,
    change: fn(Barrier) -> BarrierChange<Barrier>,
) -> Result<Value, Raised> {
    let primitive = receiver(arguments, name)?;
    let barrier = barrier(primitive)?.clone();
    let change = change(barrier.clone());
    coroutine(name, Changing { at: Place { id: primitive.id, barrier }, change: Some(change) })
}

/// A barrier and its name in the trace.
struct Place {
    id: PrimitiveId,
    barrier: Barrier,
}

impl Place {
    /// What the barrier does, and how many are in it.
    fn state(&self) -> (BarrierPhase, u32) {
        let phase = match self.barrier.state() {
            BarrierState::Filling => BarrierPhase::Filling,
            BarrierState::Draining => BarrierPhase::Draining,
            BarrierState::Resetting => BarrierPhase::Resetting,
            BarrierState::Broken => BarrierPhase::Broken,
        };
        (phase, self.barrier.count() as u32)
    }

    fn record(&self, machine: &mut Machine, (phase, inside): (BarrierPhase, u32)) {
        machine.record(Event::BarrierChanged { primitive: self.id, phase, inside });
    }
}

/// How far a wait has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    New,
    /// It waits for those inside to leave.
    Outside,
    /// It waits for the others.
    Inside,
}

/// `wait`, and the beginning of `async with`.
struct Waiting {
    at: Place,
    wait: BarrierWait<Barrier>,
    progress: Progress,
    /// The latest exception that interrupted it.
    exception: Option<Raised>,
}

impl Awaitable for Waiting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            if self.progress == Progress::New {
                return Err(exception);
            }
            self.exception = Some(exception);
            self.wait.interrupt();
        }
        let (phase, inside) = self.at.state();
        let polled = poll(machine, &mut self.wait);
        let parties = self.at.barrier.parties();
        if matches!(polled, Poll::Ready(Ok(index)) if index + 1 == parties) {
            // All are there for a moment, before the one who completes them leaves.
            self.at.record(machine, (BarrierPhase::Draining, parties as u32));
            self.at.record(machine, self.at.state());
        } else if self.at.state() != (phase, inside) {
            self.at.record(machine, self.at.state());
        }
        match polled {
            Poll::Pending => {
                let arrived = self.at.state().1 > inside;
                if arrived || self.progress == Progress::New {
                    self.progress = if arrived { Progress::Inside } else { Progress::Outside };
                }
                let intent = if self.progress == Progress::Inside { Intent::Meet } else { Intent::Drain };
                Ok(Polled::Pending(Request::Primitive { primitive: self.at.id, intent }))
            }
            Poll::Ready(Ok(index)) => Ok(Polled::Ready(Value::from(index))),
            Poll::Ready(Err(BarrierWaitError::Broken(error))) => {
                raise(ExceptionKind::BrokenBarrierError, error.to_string())
            }
            Poll::Ready(Err(BarrierWaitError::Interrupted)) => Err(self.exception.take().unwrap_or_else(|| {
                // Nothing else interrupts it.
                Exception::new(ExceptionKind::CancelledError, Vec::new())
            })),
        }
    }

    fn cancel(&mut self) -> bool {
        self.wait.cancel()
    }
}

/// `reset` and `abort`.
struct Changing {
    at: Place,
    /// Gone when it was cancelled.
    change: Option<BarrierChange<Barrier>>,
}

impl Awaitable for Changing {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.change = None;
            return Err(exception);
        }
        let before = self.at.state();
        if let Some(change) = &mut self.change
            && poll(machine, change) == Poll::Pending
        {
            return Ok(Polled::Pending(Request::Primitive { primitive: self.at.id, intent: Intent::Acquire }));
        }
        if self.at.state() != before {
            self.at.record(machine, self.at.state());
        }
        Ok(Polled::Ready(Value::None))
    }

    fn cancel(&mut self) -> bool {
        self.change.as_mut().is_some_and(BarrierChange::cancel)
    }
}

/// The end of `async with`.
struct Nothing;

impl Awaitable for Nothing {
    fn resume(&mut self, _: &mut Machine, _: Input<Machine>) -> Result<Polled, Raised> {
        Ok(Polled::Ready(Value::None))
    }
}
