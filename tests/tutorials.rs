//! The tutorials' programs print what CPython 3.14 prints for them.

#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

fn assert_prints(name: &str, arguments: &[&str], status: i32) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tutorials/");
    let expected = std::fs::read_to_string(format!("{folder}{name}.out")).expect("the expected output is there");
    let run = Command::new(env!("CARGO_BIN_EXE_signalbox"))
        .arg("run")
        .args(arguments)
        .arg(format!("{folder}{name}.py"))
        .output()
        .expect("signalbox runs");
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert_eq!(String::from_utf8_lossy(&run.stdout), expected);
    assert_eq!(run.status.code(), Some(status));
}

#[test]
fn lock_with_ten_thousand_tasks() {
    assert_prints("002-ex_4_2-lock", &[], 0);
}

#[test]
fn semaphore_of_two() {
    assert_prints("002-ex_4_3-semaphore", &[], 0);
}

#[test]
fn lock() {
    assert_prints("004-lock", &[], 0);
}

#[test]
fn semaphore_of_three() {
    assert_prints("004-semaphore", &[], 0);
}

#[test]
fn queue_that_never_ends() {
    assert_prints("001-queue", &["--until", "4.5"], 4);
}
