//! How much memory is in use, so that no program can take it all.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stays 0 where [`Counting`] is not the allocator.
static USED: AtomicUsize = AtomicUsize::new(0);

/// Bytes in use. What wasm has once taken of the browser's memory it keeps, so that its size would say nothing about the
/// program that runs now.
pub fn used() -> usize {
    USED.load(Ordering::Relaxed)
}

/// The system's allocator, which does not tell what is in use, and a count beside it.
pub struct Counting;

// SAFETY: every call goes to the system's allocator as it came. An allocator cannot be written without `unsafe`, and
// nothing else hears of every allocation.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        USED.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        USED.fetch_add(size, Ordering::Relaxed);
        USED.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}
