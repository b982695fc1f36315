//! Exception groups: several exceptions raised as one. See PEP 654.

use std::rc::Rc;

use super::{Exception, ExceptionKind, Raised, UserClass, Value, raise};

/// What of an exception meets a condition, and what does not.
pub type Split = (Option<Raised>, Option<Raised>);

/// Groups within groups that are divided.
const DEEPEST: usize = 200;
/// Members of groups that are divided at once: one that is shared can be met again and again.
const MOST_MEMBERS: usize = 1_000_000;

impl Exception {
    /// A group of exceptions, of which there is at least one: an `ExceptionGroup`, or a `BaseExceptionGroup` if one of
    /// them is no `Exception`.
    pub fn group(message: &str, exceptions: Vec<Raised>) -> Raised {
        Self::group_with(Value::text(message), exceptions)
    }

    fn group_with(message: Value, exceptions: Vec<Raised>) -> Raised {
        let is_plain = exceptions.iter().all(|exception| exception.kind.is_a(ExceptionKind::Exception));
        let kind = if is_plain { ExceptionKind::ExceptionGroup } else { ExceptionKind::BaseExceptionGroup };
        let list = Value::list(exceptions.iter().cloned().map(Value::Exception).collect());
        Self::with_members(kind, None, vec![message, list], exceptions)
    }

    /// The group of one that `except*` makes of an exception that is in none.
    pub fn wrapped(self: &Rc<Self>) -> Raised {
        let group = Self::group("", vec![self.clone()]);
        group.arguments.borrow_mut()[1] = Value::tuple(vec![Value::Exception(self.clone())]);
        group
    }

    /// What calling a class of exceptions gives. Raises `TypeError` and `ValueError` for a group that cannot be made.
    pub fn construct(
        kind: ExceptionKind,
        class: Option<Rc<UserClass>>,
        arguments: Vec<Value>,
    ) -> Result<Raised, Raised> {
        if !kind.is_group() {
            return Ok(Self::with_members(kind, class, arguments, Vec::new()));
        }
        let complain = |message: String| raise(ExceptionKind::TypeError, message);
        let [message, members] = arguments.as_slice() else {
            let count = arguments.len();
            return complain(format!("BaseExceptionGroup.__new__() takes exactly 2 arguments ({count} given)"));
        };
        if !matches!(message, Value::Str(_)) {
            let name = message.type_name();
            return complain(format!("BaseExceptionGroup.__new__() argument 1 must be str, not {name}"));
        }
        let members = match members {
            Value::List(list) => list.items.borrow().clone(),
            Value::Tuple(items) => items.to_vec(),
            _ => return complain("second argument (exceptions) must be a sequence".to_owned()),
        };
        if members.is_empty() {
            return raise(ExceptionKind::ValueError, "second argument (exceptions) must be a non-empty sequence");
        }
        let mut exceptions = Vec::with_capacity(members.len());
        for (position, member) in members.iter().enumerate() {
            let Value::Exception(exception) = member else {
                let message = format!("Item {position} of second argument (exceptions) is not an exception");
                return raise(ExceptionKind::ValueError, message);
            };
            exceptions.push(exception.clone());
        }
        let is_plain = exceptions.iter().all(|exception| exception.kind.is_a(ExceptionKind::Exception));
        match (kind, is_plain) {
            (ExceptionKind::ExceptionGroup, false) => {
                complain("Cannot nest BaseExceptions in an ExceptionGroup".to_owned())
            }
            (_, true) => Ok(Self::with_members(ExceptionKind::ExceptionGroup, class, arguments, exceptions)),
            _ => Ok(Self::with_members(kind, class, arguments, exceptions)),
        }
    }

    /// A group with the same message: `derive`.
    pub fn derive(&self, exceptions: Vec<Raised>) -> Raised {
        let message = self.arguments.borrow().first().cloned().unwrap_or(Value::None);
        Self::group_with(message, exceptions)
    }

    /// A part of a group, which was raised where the whole was.
    fn part(&self, exceptions: Vec<Raised>) -> Option<Raised> {
        if exceptions.is_empty() {
            return None;
        }
        let part = self.derive(exceptions);
        part.traceback.replace(self.traceback.borrow().clone());
        part.cause.replace(self.cause.borrow().clone());
        part.context.replace(self.context.borrow().clone());
        part.suppress_context.set(true);
        if let Some(notes) = self.notes() {
            part.attributes.set("__notes__", Value::list(notes));
        }
        Some(part)
    }

    /// Whether it was raised where the other was: it is what is left of it.
    fn is_part_of(&self, whole: &Self) -> bool {
        let same = |a: &Option<Raised>, b: &Option<Raised>| match (a, b) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        self.kind.is_group()
            && *self.traceback.borrow() == *whole.traceback.borrow()
            && same(&self.cause.borrow(), &whole.cause.borrow())
            && same(&self.context.borrow(), &whole.context.borrow())
    }

    fn collect_leaves(self: &Rc<Self>, leaves: &mut Vec<Raised>) {
        match self.exceptions.as_slice() {
            [] => leaves.push(self.clone()),
            members => members.iter().for_each(|member| member.collect_leaves(leaves)),
        }
    }
}

/// Divides an exception, and the exceptions in a group, by a condition. A group that meets it as a whole stays whole.
///
/// # Errors
/// What the condition raises, and `RecursionError` for groups within groups that are too deep or too many.
pub fn split(exception: &Raised, meets: &mut dyn FnMut(&Raised) -> Result<bool, Raised>) -> Result<Split, Raised> {
    split_within(exception, meets, 0, &mut 0)
}

fn split_within(
    exception: &Raised,
    meets: &mut dyn FnMut(&Raised) -> Result<bool, Raised>,
    depth: usize,
    met: &mut usize,
) -> Result<Split, Raised> {
    *met += 1;
    if depth > DEEPEST || *met > MOST_MEMBERS {
        return raise(ExceptionKind::RecursionError, "maximum recursion depth exceeded");
    }
    if meets(exception)? {
        return Ok((Some(exception.clone()), None));
    }
    if exception.exceptions.is_empty() {
        return Ok((None, Some(exception.clone())));
    }
    let (mut matched, mut rest) = (Vec::new(), Vec::new());
    for member in &exception.exceptions {
        let (yes, no) = split_within(member, meets, depth + 1, met)?;
        matched.extend(yes);
        rest.extend(no);
    }
    Ok((exception.part(matched), exception.part(rest)))
}

/// What is raised after the handlers of an `except*` for this exception, if anything: what they raised, and what they
/// left or raised again, which takes the shape that it had. See `_PyExc_PrepReraiseStar`.
pub fn after_handlers(original: &Raised, raised: Vec<Raised>, rest: Option<Raised>) -> Option<Raised> {
    let mut outcome = raised;
    outcome.extend(rest);
    if !original.kind.is_group() {
        return outcome.into_iter().next();
    }
    let (mut fresh, mut leaves) = (Vec::new(), Vec::new());
    for exception in outcome {
        if exception.is_part_of(original) {
            exception.collect_leaves(&mut leaves);
        } else {
            fresh.push(exception);
        }
    }
    let is_left = |exception: &Raised| Ok(leaves.iter().any(|leaf| Rc::ptr_eq(leaf, exception)));
    let left = if leaves.is_empty() { None } else { split(original, &mut { is_left }).ok().and_then(|(left, _)| left) };
    match (fresh.len(), left) {
        (0, left) => left,
        (1, None) => fresh.pop(),
        (_, left) => {
            fresh.extend(left);
            Some(Exception::group("", fresh))
        }
    }
}
