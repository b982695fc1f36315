//! The page's content security policy: it runs its own scripts and nothing else, and talks to its own host alone.

use crate::file;
use crate::program::{self, Outcome};

/// Prints the hash by which a policy names each text it is given, one a line.
const HASH: &str = "const { createHash } = require('crypto');
for (const text of process.argv.slice(1)) console.log(createHash('sha256').update(text).digest('base64'));";

/// Where the policy is put: right at the beginning, since it holds for what follows it.
const PLACE: &str = "<meta charset=\"utf-8\">";

/// Writes the policy into the release site's `index.html`.
///
/// The scripts within it are named by their hashes, so it comes after all that changes them. That has an advantage
/// over files of their own: the page starts as fast as without a policy. No other element may bring a script or a style
/// along, whatever text a visitor opens. Pictures may come from the page itself, which draws those that are downloaded.
pub fn write() -> Outcome {
    let path = program::root().join("dist").join("index.html");
    let page = file::read(&path)?;
    let hashes = program::output(program::command("node").args(["--eval", HASH, "--"]).args(scripts(&page)))
        .ok_or("`node` could not hash the page's scripts; Node.js 20 or newer must be on PATH")?;
    let policy = policy(hashes.lines());
    if !page.contains(PLACE) {
        return Err(format!("{} has no {PLACE}", path.display()));
    }
    let meta = format!("{PLACE}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    file::write(&path, &page.replacen(PLACE, &meta, 1))
}

fn policy<'a>(hashes: impl Iterator<Item = &'a str>) -> String {
    let mut scripts = "'self' 'wasm-unsafe-eval'".to_owned();
    for hash in hashes {
        scripts += &format!(" 'sha256-{hash}'");
    }
    format!(
        "default-src 'none'; script-src {scripts}; style-src 'self'; img-src data: blob:; connect-src 'self'; \
         frame-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// The texts of the scripts within a page.
pub fn scripts(page: &str) -> Vec<&str> {
    let after_tags = page.split("<script").skip(1);
    let texts = after_tags.filter_map(|rest| rest.split_once("</script>")?.0.split_once('>'));
    texts.map(|(_, text)| text).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_found_with_every_letter_within_them() {
        let page =
            "<script>let a = 1 > 0;\n</script><p><script src=\"b.js\"></script><script type=\"module\"> c </script>";
        assert_eq!(scripts(page), ["let a = 1 > 0;\n", " c "]);
    }

    #[test]
    fn a_policy_names_every_hash_and_allows_nothing_else_in_the_page() {
        let policy = policy(["one=", "two="].into_iter());
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval' 'sha256-one=' 'sha256-two=';"), "{policy}");
        assert!(!policy.contains("'unsafe-"), "{policy}");
    }
}
