//! Compressed copies of the release site's files, for hosts that send what lies beside a file as it is.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{self, Outcome, say};

/// Writes the copies of every file it is given that become smaller than the file. Both settings are the strongest;
/// brotli's is Node's default.
const COMPRESS: &str =
    "const { readFileSync, writeFileSync } = require('fs'), { brotliCompressSync, gzipSync } = require('zlib');
for (const path of process.argv.slice(1)) {
  const text = readFileSync(path);
  for (const [ending, copy] of [['.br', brotliCompressSync(text)], ['.gz', gzipSync(text, { level: 9 })]])
    if (copy.length < text.length) writeFileSync(path + ending, copy);
}";

/// Writes copies named `.br` and `.gz` beside the files in a folder that become smaller by it.
pub fn write<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Outcome {
    say("compressing the site (some seconds)");
    program::run(program::command("node").args(["--eval", COMPRESS, "--"]).args(files))
}

/// Whether a file is such a copy.
pub fn is_copy(name: &str) -> bool {
    name.ends_with(".br") || name.ends_with(".gz")
}

/// The size of a file after brotli, in bytes, or as it is where brotli does not help.
pub fn size(path: &Path) -> u64 {
    let mut copy = path.as_os_str().to_owned();
    copy.push(".br");
    let length = |path: &Path| fs::metadata(path).map(|metadata| metadata.len());
    length(Path::new(&copy)).or_else(|_| length(path)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_made_of_what_gets_smaller_alone() {
        let folder = std::env::temp_dir().join(format!("signalbox-compressed-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder for temporary files can be written to");
        let (long, short) = (folder.join("long.js"), folder.join("short.js"));
        fs::write(&long, "again and again, ".repeat(100)).expect("a file can be written");
        fs::write(&short, "x").expect("a file can be written");
        write([&long, &short].into_iter()).expect("Node compresses");
        assert!(folder.join("long.js.br").is_file() && folder.join("long.js.gz").is_file());
        assert!(!folder.join("short.js.br").exists() && !folder.join("short.js.gz").exists());
        assert!(size(&long) < 100 && size(&short) == 1);
        fs::remove_dir_all(&folder).ok();
    }
}
