//! The benchmarks: of the primitives, of plain programs, of the page.

use crate::program::{self, Outcome, say};

/// Measures plain programs, natively and in Chromium, against the installed CPython.
pub fn programs() -> Outcome {
    program::run(program::cargo().args(["build", "--release"]))?;
    in_the_browser("programs")
}

/// Measures the page.
pub fn page() -> Outcome {
    in_the_browser("speed")
}

/// Runs a benchmark on the release site as it is in `dist/`.
fn in_the_browser(name: &str) -> Outcome {
    program::run(program::cargo().args(["bench", "--package", "page-tests", "--bench", name]))
}

/// Measures the primitives, natively and in wasm.
pub fn primitives() -> Outcome {
    say("benchmarks, native");
    program::run(program::cargo().args(["bench", "--package", "benchmarks"]))?;
    say("benchmarks, wasm in Node");
    let mut cargo = program::cargo();
    cargo.args(["bench", "--package", "benchmarks", "--target", "wasm32-unknown-unknown"]);
    let file = program::output(cargo.args(["--no-run", "--message-format", "json"]))
        .and_then(|messages| Some(messages.split_once(r#""executable":""#)?.1.split_once('"')?.0.to_owned()))
        .ok_or("the benchmarks do not compile to wasm")?;
    let folder = program::root().join("target").join("benchmarks");
    let mut bindgen = program::command("wasm-bindgen");
    bindgen.args(["--target", "nodejs", "--no-typescript", "--out-name", "primitives", "--out-dir"]);
    program::run(bindgen.arg(&folder).arg(file))?;
    program::run(program::command("node").arg(folder.join("primitives.js")))
}
