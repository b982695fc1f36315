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
    let endless =
        "class Endless:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return 1\n";
    is_stopped(&format!("print('before')\n{endless}list(Endless())\n"), "runs on and on");
}

#[test]
fn calls_without_end_that_are_not_deep() {
    for program in [
        "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nfib(80)\n",
        "class Tree:\n    def fib(self, n):\n        return n if n < 2 else self.fib(n - 1) + self.fib(n - 2)\nTree().fib(80)\n",
        "def fib(*n):\n    return n[0] if n[0] < 2 else fib(*[n[0] - 1]) + fib(*[n[0] - 2])\nfib(80)\n",
    ] {
        is_stopped(&format!("print('before')\n{program}"), "runs on and on");
    }
}

#[test]
fn a_program_that_makes_locks_for_ever() {
    let program = "import asyncio\nprint('before')\nlocks = [asyncio.Lock() for _ in range(10**9)]\n";
    is_stopped(program, "makes up to 100000 locks, queues and the like");
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
fn sleeps_without_end() {
    let attempt = "try:\n    time.sleep(1e999)\nexcept OverflowError as error:\n    print(error)\n";
    prints(&format!("import time\n{attempt}"), "timestamp out of range for platform time_t\n");
}

#[test]
fn calls_that_are_too_deep() {
    let output = run("def deeper():\n    deeper()\ndeeper()\n");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("RecursionError: maximum recursion depth exceeded"));
}

/// The program ends by itself and prints this.
fn prints(program: &str, expected: &str) {
    let output = run(program);
    assert_eq!(output.status.code(), Some(0), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{program}");
}

#[test]
fn values_that_are_nested_as_deep_as_can_be_are_forgotten() {
    let wrappings = [
        "[value]",
        "(value,)",
        "{1: value}",
        "deque([value])",
        "iter([value])",
        "zip(value or ())",
        "map(print, value or ())",
        "enumerate(value or ())",
        "ValueError(value)",
        "ExceptionGroup('g', [value])",
        "Node(value)",
        "closure(value)",
        "generator(value)",
        "coroutine(value)",
        "[value].append",
        "functools.partial(print, value)",
        "functools.partial(value or print)",
        "asyncio.wait_for(value, 1)",
    ];
    for wrapping in wrappings {
        prints(
            &format!(
                "import asyncio, functools\nfrom collections import deque\nclass Node:\n    def __init__(self, rest):\n        \
                 self.rest = rest\ndef closure(value):\n    return lambda: value\ndef generator(value):\n    yield value\n\
                 async def coroutine(value):\n    await value\nvalue = ValueError() if 'Group' in {wrapping:?} else None\n\
                 for _ in range(50000):\n    value = {wrapping}\nvalue = None\nprint('done')\n"
            ),
            "done\n",
        );
    }
}

#[test]
fn values_that_are_nested_too_deep_cannot_be_compared() {
    for question in [
        "deep() == deep()",
        "deep() < deep()",
        "hash(deep())",
        "circle() == circle()",
        "wide() == wide()",
        "hash(wide())",
        "list(functools.reduce(lambda values, _: zip(values), range(10000), []))",
    ] {
        prints(
            &format!(
                "import functools\ndef deep():\n    value = ()\n    for _ in range(100000):\n        value = (value,)\n    \
                 return value\ndef wide():\n    value = (1,)\n    for _ in range(60):\n        value = (value, value)\n    \
                 return value\ndef circle():\n    value = []\n    value.append(value)\n    return value\ntry:\n    \
                 print({question})\nexcept RecursionError as error:\n    print(error)\n"
            ),
            "maximum recursion depth exceeded\n",
        );
    }
}

#[test]
fn texts_of_what_holds_itself_have_an_end() {
    for value in ["[]", "deque()", "asyncio.Queue()"] {
        let add = if value.contains("Queue") { "put_nowait" } else { "append" };
        prints(
            &format!(
                "import asyncio\nfrom collections import deque\nvalue = {value}\nvalue.{add}(value)\nvalue.{add}(value)\n\
                 print(len(repr(value)) < 100_000_000)\n"
            ),
            "True\n",
        );
    }
}

#[test]
fn what_waits_for_each_other_is_cancelled_however_long_the_line() {
    prints(
        "import asyncio\nasync def link(other):\n    await other\nasync def main():\n    task = asyncio.create_task(asyncio.sleep(1))\n    \
         for _ in range(20000):\n        task = asyncio.create_task(link(task))\n    await asyncio.sleep(0)\n    task.cancel()\n    \
         try:\n        await task\n    except asyncio.CancelledError:\n        print('cancelled')\nasyncio.run(main())\n",
        "cancelled\n",
    );
    prints(
        "import asyncio\nasync def main():\n    waits = asyncio.sleep(0)\n    for _ in range(1000):\n        \
         waits = asyncio.wait_for(waits, 1)\n    try:\n        await waits\n    except RecursionError as error:\n        \
         print(error)\nasyncio.run(main())\n",
        "maximum recursion depth exceeded\n",
    );
}

#[test]
fn texts_that_are_nested_too_deep_are_refused() {
    for program in [format!("x = {}1\n", "not ".repeat(5000)), format!("x = 1{}\n", " + 1".repeat(20000))] {
        let output = run(&program);
        assert_eq!(output.status.code(), Some(2));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(complaint.contains("brackets or operators are nested too deeply here"), "{complaint}");
    }
}
