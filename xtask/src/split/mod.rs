//! Divides the page's code into what a first visit needs and the rest.
//!
//! The language has grown wider than any demo. So the build opens the page in Node, does with every demo what visitors
//! do, and notes which functions were called: the first file has those, and the data that they read. All others are in
//! the second file, which the page fetches with the first text of somebody's own (`src/app/rest.rs`).
//! Nothing is lost if a guess was wrong: whatever calls a function that is not there loads the second file first.

mod code;
mod data;
mod halves;
mod live;
mod names;
mod passages;
mod text;

use std::collections::BTreeSet;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use crate::file::{read, write};
use crate::program::{self, Outcome, say};
use data::Data;
use halves::{Counting, Halves};
use text::Module;

/// The features of WebAssembly that Rust and wasm-bindgen use: a text does not say them.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Divides the code in the folder of a release site that Trunk has made.
pub fn divide(site: &Path) -> Outcome {
    say("dividing the code by what the demos need (a minute)");
    let stem = stem(site)?;
    let folder = program::root().join("target").join("split");
    fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let file = |name: &str| folder.join(name);

    // What Trunk had before `wasm-opt` shortened it: functions there are still as small as they were written.
    let bindings = program::root().join("target/wasm-bindgen/release");
    let (whole, glue) = (file("whole.wat"), file("glue.mjs"));
    optimize(&["-S"], &bindings.join("signalbox_bg.wasm"), &whole)?;
    let whole = read(&whole)?;
    write(&glue, &read(&bindings.join("signalbox.js"))?)?;

    let linked = program::root().join("target/wasm32-unknown-unknown/page/signalbox.wasm");
    let linked = fs::read(&linked).map_err(|error| format!("cannot read {}: {error}", linked.display()))?;
    let reached = reached(&Module::read(&whole), &glue, &folder)?;
    let script = site.join(format!("{stem}.js"));
    let (whole, shorter) = names::shorten(&Module::read(&whole), &read(&script)?)?;
    write(&script, &shorter)?;
    let cut = passages::cut(&Module::read(&whole), &reached);
    let halves = Halves::new(&Module::read(&cut.text), &cut.reached, &Data::read(&linked)?)?;
    for (name, text) in [("bg", halves.first), ("rest", halves.second)] {
        let half = file(&format!("{name}.wat"));
        write(&half, &text)?;
        // Zeros pack better than the addresses of what lies between them.
        optimize(&["-Oz", "--skip-pass=memory-packing"], &half, &site.join(format!("{stem}_{name}.wasm")))?;
    }
    say(&format!("{} functions for a first visit, {} on demand", halves.functions[0], halves.functions[1]));
    rename(site, &stem)
}

/// What the names of Trunk's files begin with.
fn stem(site: &Path) -> Outcome<String> {
    let entries = fs::read_dir(site).map_err(|error| format!("cannot read {}: {error}", site.display()))?;
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let stem = names.find_map(|name| Some(name.strip_suffix("_bg.wasm")?.to_owned()));
    stem.ok_or_else(|| format!("there is no code in {}", site.display()))
}

/// The numbers of the places in the code that demos come to.
fn reached(module: &Module, glue: &Path, folder: &Path) -> Outcome<BTreeSet<usize>> {
    let (text, code) = (folder.join("counting.wat"), folder.join("counting.wasm"));
    let counting = Counting::new(module)?;
    write(&text, &counting.text)?;
    optimize(&["-O0"], &text, &code)?;
    let mut node = program::command("node");
    node.arg(program::root().join("xtask/src/split/visit.mjs")).arg(glue).arg(code);
    node.args([counting.begin, counting.places].map(|number| number.to_string()));
    node.args(["static/demos", "benches/programs"].map(|folder| program::root().join(folder)));
    let numbers = program::output(node.stderr(std::process::Stdio::inherit()))
        .ok_or("the page could not be opened in Node (see xtask/src/split/visit.mjs)")?;
    Ok(numbers.split_whitespace().filter_map(|number| number.parse().ok()).collect())
}

fn optimize(options: &[&str], from: &Path, to: &Path) -> Outcome {
    let mut optimizer = program::command("wasm-opt");
    optimizer.args(FEATURES).args(options).arg("--quiet").arg(from).arg("-o").arg(to);
    program::run(&mut optimizer)
}

/// Gives the files names that tell this code from any other: no half may meet one of another build in a cache.
fn rename(site: &Path, stem: &str) -> Outcome {
    let endings = [".js", "_bg.wasm", "_rest.wasm"];
    let path = |stem: &str, ending: &str| site.join(format!("{stem}{ending}"));
    let mut hasher = DefaultHasher::new();
    for ending in endings {
        let path = path(stem, ending);
        fs::read(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?.hash(&mut hasher);
    }
    let name = stem.split('-').next().unwrap_or(stem);
    let new = format!("{name}-{:016x}", hasher.finish());
    for ending in endings {
        fs::rename(path(stem, ending), path(&new, ending)).map_err(|error| format!("cannot rename {stem}: {error}"))?;
    }
    let index = site.join("index.html");
    write(&index, &read(&index)?.replace(stem, &new))
}
