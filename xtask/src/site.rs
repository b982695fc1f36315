//! The release site in `dist/`, and its weight.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{self, Outcome, say};
use crate::{compressed, minify, offline, policy, split};

/// What a first visit may download after brotli, in bytes.
const BUDGET: u64 = 250_000;
/// The same of a page of somebody else with a demo in it, for the sake of that demo.
const EMBED_BUDGET: u64 = 300_000;

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
    let folder = program::root().join("dist");
    split::divide(&folder)?;
    offline::place(&folder)?;
    minify::minify(&folder, &files_of(&folder)?)?;
    policy::write()?;
    offline::write(&folder, &files_of(&folder)?)?;
    compressed::write(files_of(&folder)?.values())
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

/// Prints what is in `dist/` and what a first visit downloads of it.
///
/// A first visit downloads `index.html` and whatever that names, and so on through style sheets and scripts. Other
/// files, such as programs that are opened later, are listed but not counted. The offline copy fetches them once
/// the first run is drawn and the page has nothing to do.
pub fn report() -> Outcome {
    let folder = program::root().join("dist");
    let mut files = files_of(&folder)?;
    files.retain(|name, _| !compressed::is_copy(name));
    let first = first_visit(&files);

    println!("\n{:>10} {:>10}", "bytes", "brotli");
    let (mut total, mut later) = (0, 0);
    for (name, path) in &files {
        let (raw, brotli) = (fs::metadata(path).map_or(0, |metadata| metadata.len()), compressed::size(path));
        let counted = first.contains(name);
        *if counted { &mut total } else { &mut later } += brotli;
        println!("{raw:>10} {brotli:>10}  {name}{}", if counted { "" } else { "  (later)" });
    }
    let verdict = |total: u64, budget: u64| match total.checked_sub(budget) {
        Some(excess @ 1..) => format!("{excess} more than the {budget} it may be"),
        _ => format!("of the {budget} it may be"),
    };
    println!("{:>10} {total:>10}  a first visit: {}", "", verdict(total, BUDGET));
    let embed = total + files.get("embed.js").map_or(0, |path| compressed::size(path));
    println!("{:>10} {embed:>10}  a demo in another page: {}", "", verdict(embed, EMBED_BUDGET));
    println!("{:>10} {later:>10}  later: what somebody asks for, and all of it for the offline copy, in idle time", "");
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

/// The names that can be reached from `index.html` through the text of pages, style sheets and scripts. The worker that
/// keeps the offline copy is not counted among them, and neither is what it names.
fn first_visit(files: &BTreeMap<String, PathBuf>) -> Vec<String> {
    let mut reached = vec!["index.html".to_owned()];
    let mut next = 0;
    while next < reached.len() {
        let name = &reached[next];
        let is_text = [".html", ".css", ".js"].iter().any(|ending| name.ends_with(ending));
        let text = if is_text { files.get(name).and_then(|path| fs::read_to_string(path).ok()) } else { None };
        if let Some(text) = text {
            let named: Vec<_> = files
                .keys()
                .filter(|name| *name != offline::WORKER && !reached.contains(name) && text.contains(*name))
                .cloned()
                .collect();
            reached.extend(named);
        }
        next += 1;
    }
    reached
}
