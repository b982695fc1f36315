//! The sites in `examples/`, each built as its first lines say, and opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use page_tests::{Page, copy, serve, visit};
use serde_json::json;

/// What of a document the browser has made live: the frames in it, in the order of the text.
const FRAMES: &str = "const frames = [...document.querySelectorAll('signal-box')]
    .map(box => box.shadowRoot?.querySelector('iframe')?.contentDocument);";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A copy of an example with the release site in it.
fn example(name: &str, place: &str) -> PathBuf {
    let folder = root().join("target/examples").join(name);
    fs::remove_dir_all(&folder).ok();
    copy(&root().join("examples").join(name), &folder);
    copy(&root().join("dist"), &folder.join(place));
    folder
}

/// Runs a Python module that `cargo xtask test` has installed.
fn python(arguments: &[&str], folder: &Path) {
    let output = Command::new("python3")
        .arg("-m")
        .args(arguments)
        .current_dir(folder)
        .env("PYTHONPATH", root().join("target/tools/documentation"))
        .output()
        .expect("python3 is on PATH");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?} failed: {said}");
}

/// Opens a built site, presses every button over a code block, and steps every program of the page.
///
/// `programs` has a part of the text of each, in their order.
fn all_run(site: PathBuf, programs: &[&str]) {
    let address = serve(site).expect("a port is free on 127.0.0.1");
    visit("", |page| {
        page.leave_for(&address);
        page.wait_until("the elements", |page| {
            page.evaluate("return customElements.get('signal-box') !== undefined", &[]) == true
        });
        page.evaluate(
            "for (const block of document.querySelectorAll('div'))
                block.shadowRoot?.querySelector('button')?.click()",
            &[],
        );
        let count = page.evaluate(&format!("{FRAMES} return frames.length"), &[]);
        assert_eq!(count, programs.len());
        for (index, program) in programs.iter().enumerate() {
            runs(page, index, program);
        }
    });
}

/// Scrolls to a program, waits until it is there, and goes one step further.
fn runs(page: &Page, index: usize, program: &str) {
    let ask = |script: &str| {
        let script = format!("{FRAMES} const frame = frames[arguments[0]]; {script}");
        page.evaluate(&script, &[json!(index)])
    };
    ask("document.querySelectorAll('signal-box')[arguments[0]].scrollIntoView()");
    page.wait_until(&format!("program {index} to be ready"), |_| {
        let ready = "frame?.defaultView?.performance.getEntriesByName('signalbox:ready').length > 0";
        ask(&format!("return {ready}")) == true
    });
    let text = ask("return frame.querySelector('textarea').value");
    assert!(text.as_str().is_some_and(|text| text.contains(program)), "program {index} is {text}");
    let sentence = || ask("return frame.querySelector('[role=status]').innerText");
    let before = sentence();
    ask("frame.querySelector('[aria-label=\"Step forward\"]').click()");
    page.wait_until(&format!("program {index} to go on"), |_| sentence() != before);
    let alerts = ask("return [...frame.querySelectorAll('[role=alert]')].map(alert => alert.innerText).join('')");
    // What an address says and a program does not have would be quoted as NAME=VALUE.
    assert!(alerts.as_str().is_some_and(|alerts| !alerts.contains('=')), "program {index}: {alerts}");
}

#[test]
fn a_plain_page() {
    let folder = example("html", "signalbox");
    all_run(folder, &["Worker {worker_id}", "GUESTS = 6", "once too often"]);
}

#[test]
fn a_site_made_by_mkdocs() {
    let folder = example("mkdocs", "docs/signalbox");
    python(&["mkdocs", "build", "--quiet", "--strict"], &folder);
    all_run(folder.join("site"), &["newsConsumer", "ROOM = 2"]);
}

#[test]
fn a_manual_made_by_sphinx() {
    let folder = example("sphinx", "_static/signalbox");
    python(&["sphinx", "--quiet", "--fail-on-warning", ".", "_build"], &folder);
    all_run(folder.join("_build"), &["alice", "async with second", "PATIENCE = 2"]);
}
