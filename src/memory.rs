//! How much memory is in use, so that no program can take it all.

/// Bytes in use. In a browser, what the page has ever needed at once: wasm gives no memory back.
pub fn used() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size::<0>() * 65536;
    #[cfg(not(target_arch = "wasm32"))]
    counting::USED.load(std::sync::atomic::Ordering::Relaxed)
}

/// The system's allocator, which does not tell what is in use, and a count beside it.
#[cfg(not(target_arch = "wasm32"))]
pub use counting::Counting;

#[cfg(not(target_arch = "wasm32"))]
mod counting {
    use std::alloc::{GlobalAlloc, Layout, System};
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Stays 0 where [`Counting`] is not the allocator.
    pub static USED: AtomicUsize = AtomicUsize::new(0);

    /// The system's allocator, counted.
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
}
