//! Makes what a browser reads of the release site small: its scripts and its style.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::file::{read, remove, write};
use crate::policy;
use crate::program::{self, Outcome};

/// How Trunk writes that a style sheet belongs to the page.
const STYLE_SHEET: &str = "<link rel=\"stylesheet\" href=\"./";

/// Makes scripts and styles small, in place, and one style sheet of several. `files` are those of the site.
pub fn minify(site: &Path, files: &BTreeMap<String, PathBuf>) -> Outcome {
    let index = site.join("index.html");
    let mut page = read(&index)?;
    // The scripts within the page are files for a moment.
    let within: Vec<String> = policy::scripts(&page).into_iter().map(str::to_owned).collect();
    let mut names: Vec<String> =
        files.keys().filter(|name| name.ends_with(".js") || name.ends_with(".css")).cloned().collect();
    for (number, text) in within.iter().enumerate() {
        names.push(format!("within-{number}.js"));
        write(&site.join(format!("within-{number}.js")), text)?;
    }
    let mut esbuild = program::command("esbuild");
    esbuild.args(names).args(["--minify", "--allow-overwrite", "--outdir=.", "--log-level=warning"]);
    program::run(esbuild.current_dir(site))?;
    for (number, text) in within.iter().enumerate() {
        let path = site.join(format!("within-{number}.js"));
        page = page.replacen(text, read(&path)?.trim_end(), 1);
        remove(&path)?;
    }
    page = join(site, &page)?;
    write(&index, &page)
}

/// Makes one of the page's style sheets, which is fetched sooner and packed better; gives back the page with it.
fn join(site: &Path, page: &str) -> Outcome<String> {
    let (mut styles, mut rest) = (String::new(), String::new());
    let mut parts = page.split(STYLE_SHEET);
    let before = parts.next().unwrap_or_default();
    for part in parts {
        let (name, part) = part.split_once('"').unwrap_or_default();
        styles += read(&site.join(name))?.trim_end();
        remove(&site.join(name))?;
        rest += part.split_once('>').map_or(part, |(_, part)| part).trim_start();
    }
    let mut hasher = DefaultHasher::new();
    styles.hash(&mut hasher);
    let name = format!("style-{:016x}.css", hasher.finish());
    write(&site.join(&name), &styles)?;
    Ok(format!("{before}{STYLE_SHEET}{name}\">\n    {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_become_one_in_their_order() {
        let site = std::env::temp_dir().join(format!("signalbox-styles-{}", std::process::id()));
        std::fs::create_dir_all(&site).expect("the folder for temporary files can be written to");
        write(&site.join("a-1.css"), "a{}\n").expect("a file can be written");
        write(&site.join("b-2.css"), "b{}\n").expect("a file can be written");
        let page = "<p>\n<link rel=\"stylesheet\" href=\"./b-2.css\" x=\"y\"/>\n<link rel=\"stylesheet\" href=\"./a-1.css\"/>\n</p>";
        let joined = join(&site, page).expect("both are there");
        let (before, rest) = joined.split_once(STYLE_SHEET).expect("one is left");
        let (name, after) = rest.split_once("\">").expect("it has a name");
        assert_eq!((before, after.trim()), ("<p>\n", "</p>"));
        assert_eq!(read(&site.join(name)).as_deref(), Ok("b{}a{}"));
        assert!(!site.join("a-1.css").exists());
        std::fs::remove_dir_all(&site).ok();
    }
}
