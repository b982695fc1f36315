//! The copy of the release site that a browser keeps, so that the page runs without a network after the first visit.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::file;
use crate::program::{self, Outcome};

/// The service worker, which keeps the copy. The page starts it where its root element names it (`static/start.js`).
pub const WORKER: &str = "offline.js";

/// The beginning of the page's root element.
const ROOT: &str = "<html ";

/// Puts the worker among the files of a site, without what it has to know of them.
pub fn place(site: &Path) -> Outcome {
    file::write(&site.join(WORKER), &file::read(&program::root().join("static").join(WORKER))?)
}

/// Tells the worker the files of a site, which are given by their names, and has the page start it. Nothing may change
/// after that: the copy is replaced when what is written here is another text.
pub fn write(site: &Path, files: &BTreeMap<String, PathBuf>) -> Outcome {
    let index = site.join("index.html");
    let page = file::read(&index)?;
    if !page.contains(ROOT) {
        return Err(format!("{} has no {ROOT}", index.display()));
    }
    file::write(&index, &page.replacen(ROOT, &format!("{ROOT}data-offline=\"{WORKER}\" "), 1))?;

    let mut hasher = DefaultHasher::new();
    let mut names = String::new();
    for (name, path) in files.iter().filter(|(name, _)| *name != WORKER) {
        name.hash(&mut hasher);
        fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?.hash(&mut hasher);
        names += &format!("{name:?},");
    }
    let worker = site.join(WORKER);
    let known = format!("const BUILD=\"{:016x}\",FILES=[{names}];\n", hasher.finish());
    file::write(&worker, &(known + &file::read(&worker)?))
}
