//! Programs that take more than Signalbox gives: each is stopped with a sentence, and what it did until then stays.

#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(program: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signalbox"));
    let mut child = command
        .args(["run", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    child.stdin.take().expect("standard input is piped").write_all(program.as_bytes()).expect("the program is read");
    child.wait_with_output().expect("the binary ends")
}

fn is_stopped(program: &str, sentence: &str) {
    let output = run(program);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{program}: {complaint}");
    assert!(complaint.contains(sentence), "{program}: {complaint}");
    assert!(output.stdout.starts_with(b"before\n"), "{program}: {output:?}");
}

#[test]
fn a_program_that_takes_all_memory() {
    let growing = [
        "kept = []\nwhile True:\n    kept.append('x' * 10**7)\n",
        "def grow(_):\n    while True:\n        kept.append([0] * 10**6)\nkept = []\nsorted([1, 2], key=grow)\n",
    ];
    for program in growing {
        is_stopped(&format!("print('before')\n{program}"), "gives a program up to 1024 megabytes of memory");
    }
}

#[test]
fn a_program_that_prints_for_ever() {
    is_stopped("print('before')\nwhile True:\n    print('x' * 1000)\n", "keeps up to 10 megabytes of output");
}

#[test]
fn a_program_that_never_awaits() {
    is_stopped("print('before')\nwhile True:\n    pass\n", "line 3 runs on and on");
}

#[test]
fn collections_that_are_too_large_for_the_page() {
    let doubling = [
        "kept = kept + kept",
        "kept += kept",
        "kept.extend(kept)",
        "kept = kept * 2",
        "kept = tuple(kept) + tuple(kept)",
        "kept = [*kept, *kept]",
    ];
    for statement in doubling {
        let output = run(&format!("kept = [0]\nwhile True:\n    {statement}\n"));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{statement}: {complaint}");
        assert!(complaint.contains("MemoryError: Signalbox makes nothing of more than"), "{statement}: {complaint}");
    }
}

#[test]
fn more_tasks_than_signalbox_runs() {
    let program = "import asyncio\nasync def main():\n    while True:\n        asyncio.create_task(asyncio.sleep(1))\n\
                   asyncio.run(main())\n";
    let output = run(program);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("MemoryError: Signalbox runs up to 100000 tasks"));
}

#[test]
fn calls_that_are_too_deep() {
    let output = run("def deeper():\n    deeper()\ndeeper()\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("RecursionError: maximum recursion depth exceeded"));
}
