//! The release site in `dist/`, and its weight.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::policy;
use crate::program::{self, Outcome, say};
use crate::split;

/// What a first visit may download after brotli, in bytes.
const BUDGET: usize = 250_000;

/// Prints the brotli size of every file it is given, one a line; 11 is the strongest setting and Node's default.
const MEASURE: &str = "const { readFileSync } = require('fs'), { brotliCompressSync } = require('zlib');
for (const path of process.argv.slice(1)) console.log(brotliCompressSync(readFileSync(path)).length);";

/// A call of Trunk in the workspace's folder.
pub fn trunk(command: &str, options: &[String]) -> Command {
    let mut trunk = program::command("trunk");
    trunk.arg(command).args(options).env("TRUNK_SKIP_VERSION_CHECK", "true");
    if std::env::var_os("NO_COLOR").is_some() {
        // Trunk takes no value but `true` for what elsewhere may have any.
        trunk.env("NO_COLOR", "true");
    }
    trunk
}

/// Makes the release site.
pub fn build(options: &[String]) -> Outcome {
    say("building the release site in dist/");
    let mut trunk = trunk("build", options);
    program::run(trunk.arg("--release").env("RUSTFLAGS", flags()))?;
    split::divide(&program::root().join("dist"))?;
    minify()?;
    policy::write()
}

/// What the compiler is told beside the profile.
///
/// Where the sources lie on this machine is of no interest to those who download the page. What refers to what is left
/// in the module by the linker, for `split` to read.
fn flags() -> String {
    let home = std::env::home_dir().unwrap_or_default();
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let registry = fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten().flatten();
    let folders = registry.map(|entry| entry.path()).chain([program::root().to_owned()]);
    folders.map(|folder| format!("--remap-path-prefix={}/= ", folder.display())).collect::<String>()
        + "-Clink-arg=--emit-relocs"
}

/// Makes scripts and styles small, in place.
fn minify() -> Outcome {
    let folder = program::root().join("dist");
    let files = files_of(&folder)?;
    let is_source = |name: &&String| name.ends_with(".js") || name.ends_with(".css");
    let mut esbuild = program::command("esbuild");
    esbuild.args(files.keys().filter(is_source)).args(["--minify", "--allow-overwrite", "--outdir=."]);
    program::run(esbuild.args(["--log-level=warning"]).current_dir(&folder))
}

/// Prints what is in `dist/` and what a first visit downloads of it.
///
/// A first visit downloads `index.html` and whatever that names, and so on through style sheets and scripts. Other
/// files, such as programs that are opened later, are listed but not counted.
pub fn report() -> Outcome {
    let folder = program::root().join("dist");
    let files = files_of(&folder)?;
    let sizes = brotli_sizes(files.values())?;
    let first = first_visit(&files);

    println!("\n{:>10} {:>10}", "bytes", "brotli");
    let mut total = 0;
    for ((name, path), brotli) in files.iter().zip(&sizes) {
        let raw = fs::metadata(path).map_or(0, |metadata| metadata.len());
        let counted = first.contains(name);
        total += if counted { *brotli } else { 0 };
        println!("{raw:>10} {brotli:>10}  {name}{}", if counted { "" } else { "  (on demand)" });
    }
    let verdict = match total.checked_sub(BUDGET) {
        Some(excess @ 1..) => format!("{excess} more than the {BUDGET} it may be"),
        _ => format!("of the {BUDGET} it may be"),
    };
    println!("{:>10} {total:>10}  a first visit: {verdict}", "");
    Ok(())
}

/// Every file under a folder, by its name relative to it.
fn files_of(folder: &Path) -> Outcome<BTreeMap<String, PathBuf>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let entries = fs::read_dir(&next).map_err(|error| format!("cannot read {}: {error}", next.display()))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

fn brotli_sizes<'a>(paths: impl Iterator<Item = &'a PathBuf>) -> Outcome<Vec<usize>> {
    let answer = program::output(program::command("node").args(["--eval", MEASURE, "--"]).args(paths))
        .ok_or("`node` could not measure dist/; Node.js 20 or newer must be on PATH")?;
    Ok(answer.lines().filter_map(|line| line.parse().ok()).collect())
}

/// The names that can be reached from `index.html` through the text of pages, style sheets and scripts.
fn first_visit(files: &BTreeMap<String, PathBuf>) -> Vec<String> {
    let mut reached = vec!["index.html".to_owned()];
    let mut next = 0;
    while next < reached.len() {
        let name = &reached[next];
        let is_text = [".html", ".css", ".js"].iter().any(|ending| name.ends_with(ending));
        let text = if is_text { files.get(name).and_then(|path| fs::read_to_string(path).ok()) } else { None };
        if let Some(text) = text {
            let named: Vec<_> =
                files.keys().filter(|name| !reached.contains(name) && text.contains(*name)).cloned().collect();
            reached.extend(named);
        }
        next += 1;
    }
    reached
}
