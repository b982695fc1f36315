//! Time, natively and in wasm.

/// How long something takes, in nanoseconds.
#[cfg(not(target_arch = "wasm32"))]
pub fn time(action: impl FnOnce()) -> f64 {
    let start = std::time::Instant::now();
    action();
    start.elapsed().as_secs_f64() * 1e9
}

#[cfg(target_arch = "wasm32")]
pub fn time(action: impl FnOnce()) -> f64 {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen]
    extern "C" {
        /// Milliseconds; in Node with all the digits that there are.
        #[wasm_bindgen(js_namespace = performance)]
        fn now() -> f64;
    }

    let start = now();
    action();
    (now() - start) * 1e6
}
