//! The benchmarks of the primitives, natively and in wasm.

use crate::program::{self, Outcome, say};

/// Prints both tables.
pub fn run() -> Outcome {
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
