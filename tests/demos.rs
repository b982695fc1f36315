//! The demos, which are programs of tutorials, print what CPython 3.14 prints for them.

#![cfg(not(target_arch = "wasm32"))]

use std::process::Command;

fn assert_prints(name: &str, arguments: &[&str], status: i32) {
    let root = env!("CARGO_MANIFEST_DIR");
    let expected = std::fs::read_to_string(format!("{root}/tests/demos/{name}.out")).expect("the output is there");
    let run = Command::new(env!("CARGO_BIN_EXE_signalbox"))
        .arg("run")
        .args(arguments)
        .arg(format!("{root}/static/demos/{name}.py"))
        .output()
        .expect("signalbox runs");
    assert_eq!(String::from_utf8_lossy(&run.stderr), "");
    assert_eq!(without_addresses(&String::from_utf8_lossy(&run.stdout)), without_addresses(&expected));
    assert_eq!(run.status.code(), Some(status));
}

/// Where an object lives, which its `repr` tells, is nobody's business.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split(" at 0x");
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept += " at 0x…";
        kept += part.trim_start_matches(|digit: char| digit.is_ascii_hexdigit());
    }
    kept
}

#[test]
fn lock_with_ten_thousand_tasks() {
    assert_prints("lock-ten-thousand", &[], 0);
}

#[test]
fn semaphore_of_two() {
    assert_prints("semaphore-two", &[], 0);
}

#[test]
fn lock() {
    assert_prints("lock", &[], 0);
}

#[test]
fn semaphore_of_three() {
    assert_prints("semaphore", &[], 0);
}

#[test]
fn event_for_three() {
    assert_prints("event", &[], 0);
}

#[test]
fn event_for_one() {
    assert_prints("event-one", &[], 0);
}

#[test]
fn condition() {
    assert_prints("condition", &[], 0);
}

#[test]
fn barrier_of_three() {
    assert_prints("barrier", &[], 0);
}

#[test]
fn barrier_in_rounds() {
    assert_prints("barrier-rounds", &[], 0);
}

#[test]
fn priority_queue() {
    assert_prints("priority-queue", &[], 0);
}

#[test]
fn lifo_queue() {
    assert_prints("lifo-queue", &[], 0);
}

#[test]
fn queue_that_never_ends() {
    assert_prints("queue", &["--until", "4.5"], 4);
}
