//! The primitives as tasks see them, on a plain executor and on the browser's microtasks.

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

/// Runs scenarios natively and in the browser.
macro_rules! scenarios {
    ($($name:ident),* $(,)?) => {
        mod run {
            $(
                #[cfg(not(target_arch = "wasm32"))]
                #[test]
                fn $name() {
                    crate::executor::run(super::$name());
                }

                #[cfg(target_arch = "wasm32")]
                #[wasm_bindgen_test::wasm_bindgen_test]
                async fn $name() {
                    super::$name().await;
                }
            )*
        }
    };
}

mod barrier;
mod bounded_semaphore;
mod churn;
mod condition;
mod cpython;
mod disciplines;
mod event;
mod executor;
mod giving_up;
mod lock;
mod log;
#[cfg(not(target_arch = "wasm32"))]
mod memory;
mod queue;
mod reentrance;
mod semaphore;
mod stepped;
