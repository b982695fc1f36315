//! How long plain programs take here, natively and in Chromium, and in the installed CPython.
//!
//! All three take turns in one run, so that a busy machine slows all of them. The fastest of many runs counts, because
//! what else the machine does only ever adds. What starting takes is measured with an empty program and taken off.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use page_tests::visit;
use serde_json::json;

/// How often each program runs in each.
const ROUNDS: usize = 40;

const PROGRAMS: [(&str, &str); 4] = [
    ("a loop of a million additions", "additions.py"),
    ("`fib(24)`", "fibonacci.py"),
    ("making and sorting 100,000 random numbers", "sort.py"),
    ("a dict of 100,000 entries", "dict.py"),
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = root.join("benches/programs");
    let empty = std::env::temp_dir().join("signalbox-empty.py");
    fs::write(&empty, "").expect("the folder for temporary files can be written to");
    let binary = root.join("target/release").join(format!("signalbox{}", std::env::consts::EXE_SUFFIX));
    let version = Command::new("python3").arg("--version").output().expect("python3 is on PATH").stdout;
    let version = String::from_utf8_lossy(&version).trim().replace("Python", "CPython");

    println!("| | {version} | native | native / CPython | Chromium | Chromium / CPython |");
    println!("|---|--:|--:|--:|--:|--:|");
    visit("", |page| {
        let in_page = |path: &PathBuf| {
            let text = fs::read_to_string(path).expect("the program is there");
            let script = "const start = performance.now(); window.wasmBindings.trace(arguments[0], undefined);
                return performance.now() - start";
            page.evaluate(script, &[json!(text)]).as_f64().expect("a time is a number")
        };
        for (title, name) in PROGRAMS {
            let path = folder.join(name);
            let mut times: [Vec<f64>; 4] = Default::default();
            for _ in 0..ROUNDS {
                times[0].push(cpython(&path));
                times[1].push(native(&binary, &path));
                times[2].push(in_page(&path));
                times[3].push(native(&binary, &empty));
            }
            let [python, native, chromium, start] = times.map(|times| times.into_iter().fold(f64::INFINITY, f64::min));
            let native = native - start;
            println!(
                "| {title} | {python:.1} ms | {native:.1} ms | **{:.2}** | {chromium:.1} ms | **{:.2}** |",
                native / python,
                chromium / python
            );
        }
    });
}

/// What a program takes in CPython, once it is compiled, in milliseconds.
fn cpython(program: &Path) -> f64 {
    const TIMED: &str = "import sys, time
code = compile(open(sys.argv[1]).read(), sys.argv[1], 'exec')
start = time.perf_counter()
exec(code, {})
print(time.perf_counter() - start)";
    let output = Command::new("python3").args(["-c", TIMED]).arg(program).output().expect("python3 starts");
    let text = String::from_utf8_lossy(&output.stdout);
    let seconds: Option<f64> = text.lines().last().and_then(|line| line.parse().ok());
    seconds.expect("the last line is the time") * 1000.0
}

/// What a process of the command line takes from its start to its end, in milliseconds.
fn native(binary: &Path, program: &Path) -> f64 {
    let start = Instant::now();
    let status = Command::new(binary).arg("run").arg(program).stdout(Stdio::null()).status().expect("it starts");
    assert!(status.success(), "{} failed", program.display());
    start.elapsed().as_secs_f64() * 1000.0
}
