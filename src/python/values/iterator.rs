//! Iterators that run no code of the program.

use std::rc::Rc;

use super::{Dict, ExceptionKind, List, Raised, Range, Set, Tuple, Value, raise};
use crate::disposal::dispose;

/// Something to take values from, one at a time.
pub enum Iter {
    /// The numbers of a range from this position on.
    Range(Range, usize),
    List(Rc<List>, usize),
    Tuple(Rc<Tuple>, usize),
    /// The characters of a string, from this byte on.
    Str(Rc<String>, usize),
    /// From this position on, as long as there are so many.
    Keys(Rc<Dict>, usize, usize),
    Members(Rc<Set>, usize, usize),
    /// Values that are all there.
    Values(std::vec::IntoIter<Value>),
}

impl Drop for Iter {
    fn drop(&mut self) {
        if let Self::Values(values) = self {
            dispose(std::mem::take(values));
        }
    }
}

impl Iter {
    /// The next value.
    ///
    /// # Errors
    /// `RuntimeError` where the dict or set has become larger or smaller since the walk began.
    pub fn take_next(&mut self) -> Result<Option<Value>, Raised> {
        match self {
            Self::Keys(dict, _, length) if dict.len() != *length => {
                raise(ExceptionKind::RuntimeError, "dictionary changed size during iteration")
            }
            Self::Members(set, _, length) if set.len() != *length => {
                raise(ExceptionKind::RuntimeError, "Set changed size during iteration")
            }
            other => Ok(other.next()),
        }
    }
}

impl Iterator for Iter {
    type Item = Value;

    fn next(&mut self) -> Option<Value> {
        match self {
            Self::Range(range, position) => {
                if *position >= range.len() {
                    return None;
                }
                *position += 1;
                Some(Value::Int(range.at(*position - 1)))
            }
            Self::List(list, position) => {
                let item = list.items.borrow().get(*position).cloned()?;
                *position += 1;
                Some(item)
            }
            Self::Tuple(items, position) => {
                let item = items.get(*position).cloned()?;
                *position += 1;
                Some(item)
            }
            Self::Str(text, position) => {
                let character = text[*position..].chars().next()?;
                *position += character.len_utf8();
                Some(Value::text(character))
            }
            Self::Keys(dict, position, _) => {
                let (next, key) = dict.entry_from(*position)?;
                *position = next;
                Some(key)
            }
            Self::Members(set, position, _) => {
                let (next, member) = set.member_from(*position)?;
                *position = next;
                Some(member)
            }
            Self::Values(values) => values.next(),
        }
    }
}
