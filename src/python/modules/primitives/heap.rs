//! A heap of values of the program, which compares them as CPython's `heapq` does: in the same order, and with what the
//! program's own `<` says or raises.

use std::cell::RefCell;
use std::cmp::Ordering;

use crate::python::machine::{Machine, ordering};
use crate::python::values::{ExceptionKind, Items, Raised, Value, raise};

/// Adds an item. See `heapq.heappush`. If a comparison fails, the item stays where it has come to.
pub fn push(machine: &mut Machine, items: &RefCell<Items>, item: Value) -> Result<(), Raised> {
    items.borrow_mut().0.push_back(item);
    let last = items.borrow().0.len() - 1;
    rise(machine, items, last, 0)
}

/// Takes the least item out, if there is one. See `heapq.heappop`. If a comparison fails, the item is gone.
pub fn pop(machine: &mut Machine, items: &RefCell<Items>) -> Result<Option<Value>, Raised> {
    let least = items.borrow_mut().0.swap_remove_back(0);
    if items.borrow().0.len() > 1 {
        // The last, which is now the first, does not belong far above: down to a leaf with it, then up again.
        settle(machine, items, 0)?;
    }
    Ok(least)
}

/// Makes a heap of items in any order. See `heapq.heapify`.
pub fn heapify(machine: &mut Machine, items: &RefCell<Items>) -> Result<(), Raised> {
    let count = items.borrow().0.len();
    (0..count / 2).rev().try_for_each(|root| settle(machine, items, root))
}

/// Puts an item where it belongs among those below it.
pub fn settle(machine: &mut Machine, items: &RefCell<Items>, root: usize) -> Result<(), Raised> {
    let leaf = sink(machine, items, root)?;
    rise(machine, items, leaf, root)
}

/// Moves an item towards a root while it is less than its parent.
fn rise(machine: &mut Machine, items: &RefCell<Items>, mut index: usize, root: usize) -> Result<(), Raised> {
    while index > root {
        let parent = (index - 1) / 2;
        if !is_less(machine, items, index, parent)? {
            break;
        }
        items.borrow_mut().0.swap(index, parent);
        index = parent;
    }
    Ok(())
}

/// Moves an item down to a leaf, past the lesser child each time, and past the right one of equals.
fn sink(machine: &mut Machine, items: &RefCell<Items>, mut index: usize) -> Result<usize, Raised> {
    let count = items.borrow().0.len();
    loop {
        let mut child = 2 * index + 1;
        if child >= count {
            return Ok(index);
        }
        if child + 1 < count && !is_less(machine, items, child, child + 1)? {
            child += 1;
        }
        items.borrow_mut().0.swap(index, child);
        index = child;
    }
}

fn is_less(machine: &mut Machine, items: &RefCell<Items>, left: usize, right: usize) -> Result<bool, Raised> {
    let at = |index| items.borrow().0.get(index).cloned();
    let count = items.borrow().0.len();
    let is_less = match (at(left), at(right)) {
        (Some(left), Some(right)) => machine.is_less(&left, &right)?,
        _ => false,
    };
    // The comparison may have run the program.
    if items.borrow().0.len() != count {
        return raise(ExceptionKind::RuntimeError, "list changed size during iteration");
    }
    Ok(is_less)
}

/// Enters an item into the order in which the items of a heap come out, and says at which position. What only the
/// program itself can compare goes to the end: it must not be asked more often than by CPython.
pub fn rank(ranking: &mut Vec<Value>, item: &Value) -> usize {
    let comes_before = |other: &Value| matches!(ordering(item, other), Some(Ordering::Less));
    let position = ranking.partition_point(|other| !comes_before(other));
    ranking.insert(position, item.clone());
    position
}
