//! `Event`.

use std::rc::Rc;
use std::task::Poll;

use super::{coroutine, poll, receiver};
use crate::event_loop::{Input, Request};
use crate::python::machine::Machine;
use crate::python::values::{
    Arguments, Awaitable, ExceptionKind, Native, Polled, Primitive, Raised, Sync, Value, raise,
};
use crate::sync::{self, EventWait};
use crate::trace::{self, Intent, PrimitiveId, PrimitiveKind};

/// Methods of events.
pub static METHODS: &[Native] = &[
    Native { name: "wait", call: wait },
    Native { name: "set", call: set },
    Native { name: "clear", call: clear },
    Native { name: "is_set", call: |_, it| Ok(Value::Bool(event(receiver(it, "is_set")?)?.is_set())) },
];

pub fn new_event(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let [] = arguments.bind_init("Event", [], 0)?;
    Ok(machine.new_primitive(PrimitiveKind::Event, 0, Sync::Event(Rc::new(sync::Event::new()))))
}

fn event(primitive: &Primitive) -> Result<&Rc<sync::Event>, Raised> {
    match &primitive.sync {
        Sync::Event(event) => Ok(event),
        _ => raise(ExceptionKind::TypeError, "an event was expected"),
    }
}

fn set(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    set_event(machine, receiver(arguments, "set")?)?;
    Ok(Value::None)
}

/// Sets an event, if it is not set.
pub fn set_event(machine: &mut Machine, primitive: &Primitive) -> Result<(), Raised> {
    let event = event(primitive)?;
    if !event.is_set() {
        machine.record(trace::Event::EventSet { primitive: primitive.id });
        event.set();
        machine.event_loop().collect_wakes();
    }
    Ok(())
}

fn clear(machine: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    clear_event(machine, receiver(arguments, "clear")?)?;
    Ok(Value::None)
}

/// Clears an event, if it is set.
pub fn clear_event(machine: &mut Machine, primitive: &Primitive) -> Result<(), Raised> {
    let event = event(primitive)?;
    if event.is_set() {
        machine.record(trace::Event::EventCleared { primitive: primitive.id });
        event.clear();
    }
    Ok(())
}

fn wait(_: &mut Machine, arguments: &Arguments<'_>) -> Result<Value, Raised> {
    let primitive = receiver(arguments, "wait")?;
    let wait = EventWait::new(event(primitive)?.clone());
    coroutine("Event.wait", Waiting { id: primitive.id, wait: Some(wait) })
}

struct Waiting {
    id: PrimitiveId,
    /// Gone when the wait was cancelled.
    wait: Option<EventWait<Rc<sync::Event>>>,
}

impl Awaitable for Waiting {
    fn resume(&mut self, machine: &mut Machine, input: Input<Machine>) -> Result<Polled, Raised> {
        if let Input::Exception(exception) = input {
            self.wait = None;
            return Err(exception);
        }
        if let Some(wait) = &mut self.wait
            && poll(machine, wait) == Poll::Pending
        {
            return Ok(Polled::Pending(Request::Primitive { primitive: self.id, intent: Intent::Set }));
        }
        Ok(Polled::Ready(Value::Bool(true)))
    }

    fn cancel(&mut self) -> bool {
        self.wait.as_mut().is_some_and(EventWait::cancel)
    }
}
