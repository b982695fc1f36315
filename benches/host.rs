//! What differs between a native program and wasm in Node.

#[cfg(not(target_arch = "wasm32"))]
pub use self::native::{print, time};
#[cfg(target_arch = "wasm32")]
pub use self::wasm::{print, time};

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::time::Instant;

    /// How long something takes, in nanoseconds.
    pub fn time(action: impl FnOnce()) -> f64 {
        let start = Instant::now();
        action();
        start.elapsed().as_secs_f64() * 1e9
    }

    /// Writes a line.
    pub fn print(line: &str) {
        println!("{line}");
    }
}

#[cfg(target_arch = "wasm32")]
mod wasm {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        /// Milliseconds. Browsers round them; Node gives all the digits that there are.
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;

        /// Writes a line.
        #[wasm_bindgen(js_namespace = console, js_name = log)]
        pub fn print(line: &str);
    }

    /// How long something takes, in nanoseconds.
    pub fn time(action: impl FnOnce()) -> f64 {
        let start = now();
        action();
        (now() - start) * 1e6
    }
}
