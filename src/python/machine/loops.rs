//! The event loops of a program, and which of them is meant where none is named.

use super::Machine;
use crate::python::values::{ExceptionKind, Raised, raise};
use crate::trace::OlderForm;

/// The loops that a program has made, numbered from 0.
#[derive(Default)]
pub(super) struct Loops {
    /// Of each, whether it was closed.
    closed: Vec<bool>,
    current: Current,
}

/// What `asyncio.set_event_loop` has said.
#[derive(Clone, Copy, Default)]
enum Current {
    /// Nothing: older Pythons make a loop where one is needed.
    #[default]
    Unsaid,
    /// None, which `asyncio.run` also says when it is over.
    None,
    Loop(u32),
}

impl Machine {
    /// A new loop, by its number. See `asyncio.new_event_loop`.
    pub fn new_loop(&mut self) -> u32 {
        self.loops.closed.push(false);
        self.loops.closed.len() as u32 - 1
    }

    /// Names the loop that is meant outside of a running one. See `asyncio.set_event_loop`.
    pub fn set_loop(&mut self, event_loop: Option<u32>) {
        self.loops.current = event_loop.map_or(Current::None, Current::Loop);
    }

    /// The loop that runs.
    pub fn running_loop(&mut self) -> Option<u32> {
        self.is_in_loop().then(|| self.event_loop.number())
    }

    /// The loop that runs, or the one that was set. Before any was set, one is made, as older Pythons did, and `form`
    /// is noted. See `asyncio.get_event_loop`.
    ///
    /// # Errors
    /// `RuntimeError` where none is set any more.
    pub fn current_loop(&mut self, form: OlderForm) -> Result<u32, Raised> {
        match (self.running_loop(), self.loops.current) {
            (Some(event_loop), _) | (None, Current::Loop(event_loop)) => Ok(event_loop),
            (None, Current::None) => {
                raise(ExceptionKind::RuntimeError, "There is no current event loop in thread 'MainThread'.")
            }
            (None, Current::Unsaid) => {
                self.note(form);
                let event_loop = self.new_loop();
                self.set_loop(Some(event_loop));
                Ok(event_loop)
            }
        }
    }

    /// Takes the loop for what is made next: tasks, and calls for later.
    ///
    /// # Errors
    /// `RuntimeError` if it is closed, or if another one runs.
    pub fn use_loop(&mut self, event_loop: u32) -> Result<(), Raised> {
        if self.is_closed(event_loop) {
            return raise(ExceptionKind::RuntimeError, "Event loop is closed");
        }
        if self.running_loop().is_some_and(|running| running != event_loop) {
            let message = "Signalbox runs one event loop at a time: another one is running";
            return raise(ExceptionKind::RuntimeError, message);
        }
        self.event_loop.switch_to(event_loop);
        Ok(())
    }

    /// Takes the current loop for a task made without naming one. See [`Self::current_loop`].
    ///
    /// # Errors
    /// `RuntimeError` if there is none, or it is closed.
    pub fn use_current_loop(&mut self) -> Result<(), Raised> {
        let event_loop = self.current_loop(OlderForm::TaskWithoutLoop)?;
        self.use_loop(event_loop)
    }

    /// Whether the loop was closed.
    pub fn is_closed(&self, event_loop: u32) -> bool {
        self.loops.closed.get(event_loop as usize).copied().unwrap_or(true)
    }

    /// Closes a loop: nothing that waits in it ever runs. See `loop.close`.
    pub fn close_loop(&mut self, event_loop: u32) {
        if let Some(closed) = self.loops.closed.get_mut(event_loop as usize) {
            *closed = true;
            self.event_loop.close(event_loop);
        }
    }

    /// Calls something with a certain loop as the current one: the `loop=` that it was given.
    pub fn with_loop<T>(&mut self, event_loop: u32, call: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.loops.current, Current::Loop(event_loop));
        let result = call(self);
        self.loops.current = before;
        result
    }
}
