//! The virtual machine: it runs bytecode and is the host of the event loop.

mod access;
mod arguments;
mod arithmetic;
mod awaiting;
mod by_hand;
mod call;
mod carets;
mod class;
mod construct;
mod delegate;
mod describe;
mod execute;
mod frame;
mod garbage;
mod generator;
mod host;
mod iterate;
mod label;
mod loops;
mod object;
pub mod operate;
mod program;
mod quick;
mod report;
mod special;
mod statements;
mod suggest;
mod text;
mod traceback;
mod unwind;
mod variables;
mod watch;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

pub use access::position;
pub use arithmetic::to_float;
pub use delegate::Delegate;
pub use describe::TaskSource;
pub use frame::{Context, Frame, Owner, Stack};
pub use generator::Step;
pub use host::ScheduledCall;
pub use operate::{ordering, shorten};
pub use program::{Progress, Run};
pub use special::has_operators;
pub use watch::FrameState;

use self::garbage::Garbage;
use self::label::Labels;
use self::loops::Loops;
use self::program::Phase;
use self::watch::Watch;
use super::compile::Executable;
use super::modules;
use super::random::MersenneTwister;
use super::values::{Abandoned, Class, Dict, Generator, Named, Primitive, Raised, Sync, Unawaited, Value, repr_within};
use crate::event_loop::EventLoop;
use crate::trace::{Ending, Event, OlderForm, PrimitiveId, PrimitiveKind, Stream, Text, Trace};

/// Jumps and calls that one step may make without an `await`: about a second of work.
const MOST_WORK_PER_STEP: u64 = 20_000_000;
/// Elements of a collection that cost as much as a jump or a call.
const ELEMENTS_PER_WORK: u64 = 256;
/// What a call costs that a native function makes.
const WORK_OF_NESTED_CALL: u64 = 8;
/// Jumps and calls after which a step is interrupted so that the page stays alive.
const WORK_PER_SLICE: u64 = 50_000;
/// As CPython's `sys.getrecursionlimit()`.
const DEEPEST_CALL: usize = 1000;
/// Native functions that call back into the program use the real stack, which is much smaller: of it, each such call
/// takes as much as some iterators within iterators, or some waits within waits.
const DEEPEST_NESTING: usize = 300;
const NESTING_OF_CALL: usize = 5;
/// The largest list, string or dict that is made in one go.
pub const LARGEST_COLLECTION: usize = 10_000_000;
/// Tasks of one program.
pub const MOST_TASKS: usize = 100_000;
/// Locks, queues and their like of one program: the page remembers many moments of each.
const MOST_PRIMITIVES: u32 = 100_000;
/// Bytes of memory of the whole page: phones give no tab more.
const MOST_MEMORY: usize = 1 << 30;
/// Bytes that a program prints.
const LONGEST_OUTPUT: usize = 10_000_000;
/// Events of one trace: half a gigabyte.
const LONGEST_TRACE: usize = 12_000_000;
/// Bytes of a key in the name of what a dict holds.
const LONGEST_KEY: usize = 24;

/// A program under way, with everything it needs.
pub struct Machine {
    executable: Rc<Executable>,
    event_loop: EventLoop<Machine>,
    trace: Rc<RefCell<Trace>>,
    globals: Vec<Value>,
    /// What a coroutine that is driven by hand has yielded; nothing while none is.
    handed: Option<Value>,
    /// The top level of the program.
    main: Stack,
    phase: Phase,
    pub random: MersenneTwister,
    labels: Labels,
    primitives: u32,
    /// What the person who watches asks for.
    watch: Watch,
    loops: Loops,
    /// What the loop has just been asked to do, to be picked up by the program's top level.
    run_requested: Option<Run>,
    /// Work of the step under way, and how much of it until the next pause.
    work: u64,
    until_pause: u64,
    nesting: usize,
    /// What frames that have ended kept their values in, empty.
    spare: Vec<Vec<Value>>,
    /// Bytes printed so far.
    printed: usize,
    /// In a worker thread: for how many seconds it has been busy.
    thread: Option<f64>,
    ending: Option<Ending>,
    /// Asynchronous generators to be closed.
    abandoned: Rc<Abandoned>,
    /// The attributes of the program's classes and their instances.
    namespaces: Vec<Weak<Dict>>,
    /// Asynchronous generators that have begun.
    generators: Vec<Weak<Generator>>,
    /// Names of coroutines that were dropped before they began, to be told.
    unawaited: Rc<Unawaited>,
    /// Of which coroutines and lines that was told.
    warned: Vec<(Rc<str>, u32)>,
    /// Exception handlers of loops, by their numbers.
    exception_handlers: Vec<(u32, Value)>,
    garbage: Garbage,
    /// What each task was made of.
    task_sources: Vec<TaskSource>,
    /// The line that called the native function under way, or ran last.
    current_line: u32,
    /// The exception that is being handled where the native function under way was called.
    handled: Option<Raised>,
    /// The values of context variables, for what runs now.
    pub context: Context,
    /// What modules remember, each in a type of its own.
    states: Vec<Rc<dyn Any>>,
    /// The line at which the outermost function of the stack under way stands; 0 while it runs itself.
    outer_line: u32,
}

impl Machine {
    /// A machine before the program's first instruction. `until`: where the virtual clock stops, in seconds.
    pub fn new(executable: Rc<Executable>, trace: Rc<RefCell<Trace>>, seed: u64, until: f64) -> Self {
        let initial = |name: &Rc<str>| match &**name {
            "__file__" => Value::text(&*executable.file),
            name => modules::builtin(name).unwrap_or(Value::Unbound),
        };
        let globals = executable.globals.iter().map(initial).collect();
        let module = executable.code.clone();
        let values = vec![Value::Unbound; module.locals];
        let main = Stack::of(Frame { code: module, next: 0, values, owner: Owner::Caller });
        Self {
            labels: Labels::new(executable.repeated.clone()),
            executable,
            event_loop: EventLoop::new(trace.clone(), until),
            trace,
            globals,
            handed: None,
            main,
            phase: Phase::TopLevel,
            random: MersenneTwister::from_seed(seed),
            primitives: 0,
            watch: Watch::default(),
            loops: Loops::default(),
            run_requested: None,
            work: 0,
            until_pause: WORK_PER_SLICE,
            nesting: 0,
            spare: Vec::new(),
            printed: 0,
            thread: None,
            ending: None,
            abandoned: Rc::default(),
            namespaces: Vec::new(),
            generators: Vec::new(),
            unawaited: Rc::default(),
            warned: Vec::new(),
            exception_handlers: Vec::new(),
            garbage: Garbage::default(),
            task_sources: Vec::new(),
            current_line: 0,
            handled: None,
            context: None,
            states: Vec::new(),
            outer_line: 0,
        }
    }

    /// The loop, for what native functions schedule.
    pub fn event_loop(&mut self) -> &mut EventLoop<Machine> {
        &mut self.event_loop
    }

    /// Adds to the trace.
    pub fn record(&self, event: Event) {
        self.event_loop.record(event);
    }

    /// What a module remembers of this program.
    pub fn state<T: Any + Default>(&mut self) -> Rc<T> {
        if let Some(state) = self.states.iter().find_map(|state| state.clone().downcast().ok()) {
            return state;
        }
        let state = Rc::new(T::default());
        self.states.push(state.clone());
        state
    }

    /// The exception that is being handled. See `sys.exception`.
    pub fn handled(&self) -> Option<Raised> {
        self.handled.clone()
    }

    /// Whether what runs does so in a worker thread.
    pub fn is_in_thread(&self) -> bool {
        self.thread.is_some()
    }

    /// The name of the program's file.
    pub fn file(&self) -> Rc<str> {
        self.executable.file.clone()
    }

    /// A line of the program's text, counted from 1.
    pub fn source_line(&self, line: u32) -> &str {
        self.executable.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default()
    }

    /// Writes to the program's output.
    pub fn print(&mut self, stream: Stream, text: &str) {
        self.report_dropped();
        self.record(Event::Printed { stream, text: text.into() });
        self.printed += text.len();
        if self.printed > LONGEST_OUTPUT {
            self.stop(format!("it keeps up to {} megabytes of output", LONGEST_OUTPUT / 1_000_000));
        }
    }

    /// Ends the program because of a limit of Signalbox.
    fn stop(&mut self, limit: String) {
        let explanation = format!("Signalbox stops here: {limit}");
        self.halt(Ending::Stopped { explanation: explanation.into(), line: self.line() });
    }

    /// Ends the program when it takes too much memory.
    fn check_memory(&mut self) {
        if crate::memory::used() > MOST_MEMORY {
            self.stop(format!("it gives a program up to {} megabytes of memory", MOST_MEMORY >> 20));
        }
    }

    /// Counts the elements of something that is made in one go as work, so that memory is looked at often enough.
    pub fn charge(&mut self, size: usize) {
        let work = size as u64 / ELEMENTS_PER_WORK;
        self.work += work;
        self.until_pause = self.until_pause.saturating_sub(work).max(1);
    }

    /// Notes that the line under way uses a form of an older Python.
    pub fn note(&self, form: OlderForm) {
        let line = self.line();
        if !self.trace.borrow().notes().contains(&(form, line)) {
            self.record(Event::Noted { form, line });
        }
    }

    /// A new primitive as a value.
    pub fn new_primitive(&mut self, kind: PrimitiveKind, capacity: usize, sync: Sync) -> Value {
        let id = PrimitiveId(self.primitives);
        self.primitives += 1;
        if self.primitives > MOST_PRIMITIVES {
            self.stop(format!("it makes up to {MOST_PRIMITIVES} locks, queues and the like"));
        }
        let capacity = u32::try_from(capacity).unwrap_or(u32::MAX);
        self.record(Event::PrimitiveCreated { primitive: id, kind, capacity, line: self.line() });
        let primitive = Rc::new(Primitive { id, sync, named: Cell::default() });
        self.watch.note(&primitive);
        Value::Primitive(primitive)
    }

    /// Lets the clock run while everything stands still.
    ///
    /// In a worker thread, only the thread waits.
    pub fn block(&mut self, seconds: f64, line: u32) {
        if let Some(busy) = &mut self.thread {
            *busy += seconds;
            return;
        }
        if !self.event_loop.block(seconds, line) {
            let until = self.event_loop.limit();
            self.halt(Ending::Horizon { until });
        }
    }

    /// Does something in a worker thread, and says for how many seconds it kept the thread busy.
    pub fn in_thread<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, f64) {
        let outer = self.thread.replace(0.0);
        let result = work(self);
        let busy = std::mem::replace(&mut self.thread, outer).unwrap_or(0.0);
        (result, busy)
    }

    /// The time that the program reads off a clock, in seconds.
    pub fn clock(&self) -> f64 {
        self.event_loop.time() + self.thread.unwrap_or(0.0)
    }

    /// Asks the program's top level to let the loop run as soon as the native function under way returns. The result
    /// of the run takes the place of that function's.
    pub fn request_run(&mut self, run: Run) {
        self.run_requested = Some(run);
    }

    /// Takes note of what the next task is made of.
    pub fn note_task_source(&mut self, source: TaskSource) {
        self.task_sources.push(source);
    }

    /// Whether the event loop runs.
    pub fn is_in_loop(&self) -> bool {
        !matches!(self.phase, Phase::TopLevel)
    }

    /// Gives a primitive, or those in a list, a dict or an object, the name of what they are stored in.
    fn name_primitives(&mut self, value: &Value, name: &str, how: Named) {
        match value {
            Value::Instance(instance) => {
                if let Some(core @ Value::Primitive(_)) = instance.core() {
                    self.name_primitives(&core, name, how);
                }
                if how == Named::Fully {
                    for (attribute, item) in instance.attributes.entries() {
                        if let (Value::Str(attribute), Value::Primitive(_)) = (attribute, &item) {
                            self.name_primitives(&item, &format!("{name}.{}", attribute.as_str()), how);
                        }
                    }
                }
            }
            Value::Primitive(primitive) if primitive.named.get() < how => {
                primitive.named.set(how);
                self.record(Event::PrimitiveNamed { primitive: primitive.id, name: name.into() });
            }
            Value::List(list) => {
                let items = list.items.borrow();
                for (position, item) in items.iter().enumerate() {
                    if may_be_primitive(item) {
                        self.name_primitives(item, &format!("{name}[{position}]"), how);
                    }
                }
            }
            Value::Dict(dict) => {
                let first = dict.entry_from(0).and_then(|(_, key)| dict.get_plainly(&key));
                if !first.as_ref().is_some_and(may_be_primitive) {
                    return;
                }
                for (key, item) in dict.entries() {
                    if may_be_primitive(&item) {
                        let key = repr_within(&key, LONGEST_KEY, &mut |_| None);
                        self.name_primitives(&item, &format!("{name}[{key}]"), how);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes on what ended a callback or a task and must end the program.
    fn halt(&mut self, ending: Ending) {
        self.ending.get_or_insert(ending);
    }

    /// Ends the program with an uncaught exception: its traceback is printed.
    fn fail(&mut self, exception: &Raised) {
        let traceback = self.traceback(exception);
        self.print(Stream::Error, &traceback);
        let line = exception.traceback.borrow().first().map_or(0, |(_, position)| position.line);
        self.halt(Ending::Raised { exception: Text::from(exception.last_line()), line });
    }

    /// What a global name means.
    pub fn named(&self, name: &str) -> Option<Value> {
        let position = self.executable.globals.iter().position(|global| &**global == name);
        match position.map(|position| self.globals[position].clone()) {
            None | Some(Value::Unbound) => super::modules::builtin(name),
            found => found,
        }
    }

    /// Complains that a collection would be too large for the page.
    pub fn check_size(&mut self, size: usize) -> Result<(), Raised> {
        self.charge(size);
        if size > LARGEST_COLLECTION {
            let message = format!("Signalbox makes nothing of more than {LARGEST_COLLECTION} elements");
            return super::values::raise(super::values::ExceptionKind::MemoryError, message);
        }
        Ok(())
    }
}

/// Whether the value is an instance of a class, or of one of a tuple of classes.
pub fn is_instance(value: &Value, class: &Value) -> Option<bool> {
    match class {
        Value::Class(class) => Some(match value {
            Value::Exception(exception) if let Some(own) = &exception.class => own.derives_from_builtin(*class),
            Value::Instance(instance) => {
                instance.class.derives_from_builtin(*class)
                    || instance.core().is_some_and(|core| core.class().is_subclass(*class))
            }
            value => value.class().is_subclass(*class),
        }),
        Value::Type(class) => Some(value.user_class().is_some_and(|own| own.derives_from(class))),
        Value::Tuple(classes) => {
            classes.iter().try_fold(false, |found, class| Some(found || is_instance(value, class)?))
        }
        Value::None => Some(value.class() == Class::None),
        _ => None,
    }
}

/// Whether a value is a primitive or of a class derived from one's.
fn may_be_primitive(value: &Value) -> bool {
    matches!(value, Value::Primitive(_) | Value::Instance(_))
}
