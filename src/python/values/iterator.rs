//! Iterators that run no code of the program.

use std::rc::Rc;

use super::{Dict, List, Range, Set, Value};

/// Something to take values from, one at a time.
pub enum Iter {
    /// The numbers of a range from this position on.
    Range(Range, usize),
    List(Rc<List>, usize),
    Tuple(Rc<Vec<Value>>, usize),
    /// The characters of a string, from this byte on.
    Str(Rc<String>, usize),
    Keys(Rc<Dict>, usize),
    Members(Rc<Set>, usize),
    /// Values that are all there.
    Values(std::vec::IntoIter<Value>),
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
            Self::Keys(dict, position) => {
                let (next, key) = dict.entry_from(*position)?;
                *position = next;
                Some(key)
            }
            Self::Members(set, position) => {
                let (next, member) = set.member_from(*position)?;
                *position = next;
                Some(member)
            }
            Self::Values(values) => values.next(),
        }
    }
}
