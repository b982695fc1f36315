//! Every program in `tests/programs/` prints what CPython 3.14 prints for it, and ends as it does there.
//!
//! The expected outputs come from CPython on a virtual clock; where a program does not simply end, their last line
//! names the exit status. Beside some lies what they print on standard error, in `NAME.err`: without the frames of
//! tracebacks that are in asyncio's own files, and without the places of asyncio's functions in what `repr` says.

#![cfg(not(target_arch = "wasm32"))]

use std::path::Path;
use std::process::Command;

#[test]
fn programs_print_what_cpython_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programs");
    let mut programs = 0;
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_none_or(|extension| extension != "py") {
            continue;
        }
        programs += 1;
        let expected = std::fs::read_to_string(path.with_extension("out")).expect("the expected output is there");
        let run = Command::new(env!("CARGO_BIN_EXE_signalbox"))
            .args(["run", "--until", "30"])
            .arg(path.file_name().expect("it is a file"))
            .current_dir(&folder)
            .output()
            .expect("signalbox runs");
        let mut printed = String::from_utf8_lossy(&run.stdout).into_owned();
        if let Some(status @ 1..) = run.status.code() {
            printed.push_str(&format!("[exit {status}]\n"));
        }
        let mut compare = |printed: &str, expected: &str| {
            if printed != expected {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let first = printed.lines().zip(expected.lines()).find(|(ours, theirs)| ours != theirs);
                wrong.push(format!("{name}: {first:?}"));
            }
        };
        compare(&printed, &expected);
        if let Ok(expected) = std::fs::read_to_string(path.with_extension("err")) {
            compare(&String::from_utf8_lossy(&run.stderr), &expected);
        }
    }
    assert!(programs > 0);
    assert!(wrong.is_empty(), "{} of {programs} differ:\n{}", wrong.len(), wrong.join("\n"));
}
