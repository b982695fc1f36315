//! Dropping what holds something that holds something, however deep.
//!
//! Dropped as it is, each would be dropped within the one that holds it, until the stack is exhausted: a program needs
//! but a loop for `l = [l]`.

use std::any::Any;
use std::cell::{Cell, RefCell};

/// What lies deeper is put aside.
const DEEPEST: u32 = 50;

thread_local! {
    /// How many things are being dropped, each within the one before.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static ANY_LEFT: Cell<bool> = const { Cell::new(false) };
    /// What lay too deep to be dropped where it was found.
    static LEFT: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

/// Drops what was held by something that is being dropped: now, or as soon as less is under way.
pub fn dispose<T: 'static>(held: T) {
    let depth = DEPTH.get();
    if depth == DEEPEST {
        put_aside(Box::new(held));
        return;
    }
    DEPTH.set(depth + 1);
    drop(held);
    if depth == 0 && ANY_LEFT.get() {
        drop_what_is_left();
    }
    DEPTH.set(depth);
}

#[cold]
fn put_aside(held: Box<dyn Any>) {
    ANY_LEFT.set(true);
    LEFT.with_borrow_mut(|left| left.push(held));
}

#[cold]
fn drop_what_is_left() {
    while let Some(held) = LEFT.with_borrow_mut(Vec::pop) {
        drop(held);
    }
    ANY_LEFT.set(false);
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Link(Option<Box<Link>>);

    impl Drop for Link {
        fn drop(&mut self) {
            if let Some(next) = self.0.take() {
                dispose(next);
            }
        }
    }

    #[test]
    fn a_long_chain_is_dropped_to_its_end() {
        let chain = (0..1_000_000).fold(None, |next, _| Some(Box::new(Link(next))));
        drop(chain);
        assert_eq!(DEPTH.get(), 0);
        assert!(LEFT.with_borrow(Vec::is_empty));
    }
}
