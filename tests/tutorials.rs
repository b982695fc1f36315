//! The tutorials' own programs, letter for letter, print what CPython prints for them.
//!
//! Where a program is written for an older Python, the expected output is that of the same program written for today's.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::process::Command;

/// The text with every address replaced by the same one: where an object lives is arbitrary.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("0x…");
        out.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()));
    }
    out
}

#[test]
fn tutorials_print_what_cpython_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tutorials");
    let mut wrong = Vec::new();
    let mut programs = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        programs += 1;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // This one never ends.
        let (until, status) = if name == "001-queue.py" { ("4.5", 4) } else { ("30", 0) };
        let run = Command::new(env!("CARGO_BIN_EXE_signalbox"))
            .args(["run", "--until", until])
            .arg(&path)
            .output()
            .expect("signalbox runs");
        let printed = without_addresses(&String::from_utf8_lossy(&run.stdout));
        let expected = std::fs::read_to_string(path.with_extension("out")).expect("the output is there");
        let error = String::from_utf8_lossy(&run.stderr);
        if printed != without_addresses(&expected) || run.status.code() != Some(status) || !error.is_empty() {
            wrong.push(format!("{name}: {}\n{printed}{error}", run.status));
        }
    }
    assert_eq!(programs, 14);
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
