//! The page in a browser, the command line elsewhere.

#[global_allocator]
static ALLOCATOR: signalbox::memory::Counting = signalbox::memory::Counting;

#[cfg(target_arch = "wasm32")]
fn main() {
    signalbox::app::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    signalbox::cli::main()
}
