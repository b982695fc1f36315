//! "Did you mean": what a name that does not exist may have been meant to be. See `_compute_suggestion_error` in
//! CPython's `traceback`.

use super::{Frame, Machine};
use crate::python::modules;
use crate::python::values::{ExceptionKind, Raised, Value};

/// Names longer than this are not compared.
const LONGEST: usize = 40;
/// What another letter, or one more or less, costs; the same letter in another case costs half.
const MOVE: usize = 2;

/// The functions and classes that are always there, in CPython's order.
const BUILTINS: &str = "abs all any ascii bin breakpoint callable chr compile delattr dir divmod eval exec format getattr \
    globals hasattr hash hex id input isinstance issubclass iter aiter len locals max min next anext oct ord pow print repr \
    round setattr sorted sum vars None Ellipsis NotImplemented False True bool memoryview bytearray bytes classmethod \
    complex dict enumerate filter float frozenset property int list map object range reversed set slice staticmethod str \
    super tuple type zip";

/// Modules of the standard library whose import is forgotten most.
const MODULES: &str = "abc argparse array ast asyncio atexit base64 bisect calendar cmath collections concurrent \
    configparser contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib dis email enum errno fnmatch \
    fractions functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json \
    keyword linecache locale logging math mimetypes multiprocessing numbers operator os pathlib pickle platform pprint \
    queue random re reprlib sched secrets select selectors shlex shutil signal socket sqlite3 ssl statistics string struct \
    subprocess sys tempfile textwrap threading time timeit token traceback types typing unicodedata unittest urllib uuid \
    warnings weakref xml zipfile zlib zoneinfo";

impl Machine {
    /// What the frame in which a `NameError` was raised suggests in place of the name.
    pub(super) fn suggest_name(&self, exception: &Raised, frame: &Frame) {
        let Some(Value::Str(name)) = exception.attributes.get_named("name") else { return };
        let mut closest = Closest::to(&name);
        for (local, value) in frame.code.local_names.iter().zip(&frame.values) {
            let value = match value {
                Value::Cell(cell) => cell.borrow().clone(),
                value => value.clone(),
            };
            if matches!(value, Value::Unbound) {
                continue;
            }
            if &**local == "self"
                && (value.own_attributes().is_some_and(|own| own.get_named(&name).is_some())
                    || value.user_class().is_some_and(|class| class.find(&name).is_some()))
            {
                exception.suggestion.replace(Some(format!(". Did you mean: 'self.{name}'?")));
                return;
            }
            closest.offer(local);
        }
        for (global, value) in self.executable.globals.iter().zip(&self.globals) {
            if !matches!(value, Value::Unbound) && modules::builtin(global).is_none() {
                closest.offer(global);
            }
        }
        BUILTINS.split_whitespace().for_each(|builtin| closest.offer(builtin));
        for kind in ExceptionKind::ALL.iter().filter(|kind| kind.qualified_name() == kind.name()) {
            closest.offer(kind.name());
        }
        let is_module = MODULES.split_whitespace().any(|module| module == &**name);
        let text = match (closest.found, is_module) {
            (Some(found), false) => format!(". Did you mean: '{found}'?"),
            (Some(found), true) => format!(". Did you mean: '{found}'? Or did you forget to import '{name}'?"),
            (None, true) => format!(". Did you forget to import '{name}'?"),
            (None, false) => return,
        };
        exception.suggestion.replace(Some(text));
    }
}

/// What the object of an `AttributeError` has instead. `is_own`: it was a method of the object that asked.
pub(super) fn suggest_attribute(exception: &Raised, is_own: bool) -> Option<String> {
    let Some(Value::Str(name)) = exception.attributes.get_named("name") else { return None };
    let object = exception.attributes.get_named("obj")?;
    let mut closest = Closest::to(&name);
    closest.hides_private = !is_own && !name.starts_with('_');
    closest.is_sorted = true;
    let mut offer = |keys: Vec<Value>| {
        for key in keys {
            if let Value::Str(key) = key {
                closest.offer(&key);
            }
        }
    };
    if let Some(own) = object.own_attributes() {
        offer(own.keys());
    }
    if let Some(class) = object.user_class().or_else(|| object.user_class_itself()) {
        offer(class.attributes.keys());
        for ancestor in class.ancestors() {
            offer(ancestor.attributes.keys());
        }
    }
    for method in modules::methods(object.class()) {
        closest.offer(method.name);
    }
    Some(format!(". Did you mean: '{}'?", closest.found?))
}

/// The name that is the most like another.
struct Closest<'a> {
    name: &'a str,
    found: Option<String>,
    distance: usize,
    hides_private: bool,
    /// Names that are equally like are taken in the order of the alphabet, not in that in which they come.
    is_sorted: bool,
}

impl<'a> Closest<'a> {
    fn to(name: &'a str) -> Self {
        Self { name, found: None, distance: usize::MAX, hides_private: false, is_sorted: false }
    }

    fn offer(&mut self, name: &str) {
        if name.is_empty() || name == self.name || self.hides_private && name.starts_with('_') {
            return;
        }
        if self.name.len() > LONGEST || name.len() > LONGEST {
            return;
        }
        let distance = distance(self.name.as_bytes(), name.as_bytes());
        // No more than a third of the letters may differ.
        if distance > (name.len() + self.name.len() + 3) * MOVE / 6 {
            return;
        }
        let is_first = || self.is_sorted && self.found.as_deref().is_some_and(|found| name < found);
        if distance < self.distance || distance == self.distance && is_first() {
            self.distance = distance;
            self.found = Some(name.to_owned());
        }
    }
}

/// What it costs to make one word of the other.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut costs: Vec<usize> = (0..=other.len()).map(|count| count * MOVE).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut diagonal = costs[0];
        costs[0] = (row + 1) * MOVE;
        for (column, against) in other.iter().enumerate() {
            let exchange = match (letter, against) {
                (a, b) if a == b => 0,
                (a, b) if a.eq_ignore_ascii_case(b) => MOVE / 2,
                _ => MOVE,
            };
            let cost = (diagonal + exchange).min(costs[column] + MOVE).min(costs[column + 1] + MOVE);
            diagonal = std::mem::replace(&mut costs[column + 1], cost);
        }
    }
    costs[other.len()]
}
