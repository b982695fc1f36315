//! What of the code is downloaded when: the demos need one file of it, other programs two.

use std::fs;
use std::path::Path;

use page_tests::{Page, visit};
use serde_json::json;
use signalbox::lab::{Program, Run, Settings, trace_lines};

/// A program that no demo is like, and what CPython 3.14 prints of it.
const RARE: &str = "\
import asyncio
import json
from datetime import date, timedelta

async def main():
    await asyncio.sleep(0.5)
    print(json.dumps({'power': 3**100, 'delta': str(timedelta(days=2, hours=3))}, indent=1))
    print(f'{date(2024, 2, 29) + timedelta(days=366):%d.%m.%Y}')
    print([10, 20][1 + 1])

asyncio.run(main())
";
const RARE_PRINTS: &str = "\
{
 \"power\": 515377520732011331036461129765621272702107522001,
 \"delta\": \"2 days, 3:00:00\"
}
01.03.2025
Traceback (most recent call last):
";
const CARETS: &str = "    print([10, 20][1 + 1])\n          ~~~~~~~~^^^^^^^\nIndexError: list index out of range\n";

/// How many files with the rest of the code the page has asked for since it was opened.
fn rests(page: &Page) -> u64 {
    let script = "return performance.getEntriesByType('resource').filter(file => file.name.includes('_rest')).length";
    page.evaluate(script, &[]).as_u64().unwrap_or_default()
}

fn runs_to_the_traceback(page: &Page) {
    page.wait_until("the program's output", |page| {
        page.slider("Timeline").set_to_greatest();
        page.output().starts_with(RARE_PRINTS)
    });
    assert!(page.output().contains(CARETS), "{}", page.output());
}

/// Moves all controls of demos, in pages with `more` in their address.
fn need_one_file(page: &Page, demos: &[String], more: &str) {
    for demo in demos {
        page.go(&format!("?demo={demo}{more}"));
        page.pause();
        for name in page.slider_names() {
            page.slider(&name).set_to_greatest();
            page.slider(&name).set_to_least();
        }
        page.step("Step forward");
        assert_eq!(rests(page), 0, "{demo} needs what a first visit does not bring");
    }
}

#[test]
fn no_demo_needs_more_than_the_first_file() {
    let demos = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/demos");
    let demos = fs::read_dir(demos).expect("there are demos").flatten().map(|entry| entry.path());
    let programs = demos.filter(|path| path.extension().is_some_and(|ending| ending == "py"));
    let names: Vec<String> =
        programs.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    visit("", |page| need_one_file(page, &names, ""));
}

#[test]
fn no_demo_in_a_frame_needs_more_than_the_first_file() {
    // One of every kind.
    let demos =
        ["semaphore", "queue", "condition", "barrier", "deadlock", "philosophers", "task-group", "lock-ten-thousand"];
    visit("", |page| {
        // As high as what is in it, as `embed.js` has it.
        page.resize(720, 1600);
        need_one_file(page, &demos.map(str::to_owned), "&embed=1&autoplay=1");
    });
}

#[test]
fn a_demo_with_its_controls_set_by_the_address_needs_no_more() {
    visit("", |page| {
        for address in ["?demo=semaphore&semaphore_permits=2", "?demo=deadlock&bob_comes_after=.5&embed=1&theme=dark"] {
            page.go(address);
            assert_eq!(rests(page), 0, "{address} needs what a first visit does not bring");
        }
    });
}

#[test]
fn a_demo_without_an_end_is_played_far_without_more_than_the_first_file() {
    visit("?demo=queue&speed=1000&autoplay=1", |page| {
        page.wait_until("four thousand steps to be played", |page| page.slider("Timeline").value() > 4000.0);
        assert_eq!(rests(page), 0);
    });
}

#[test]
fn a_text_of_ones_own_brings_the_rest() {
    visit("", |page| {
        page.paste_program(RARE);
        runs_to_the_traceback(page);
        assert_eq!(rests(page), 1);
        page.go("");
        runs_to_the_traceback(page);
    });
}

#[test]
fn what_was_not_foreseen_is_loaded_at_once() {
    visit("", |page| {
        let program = Program::compile(RARE).expect("a program that can be run");
        let mut run = Run::new(&program, &Settings::default());
        run.finish();
        assert_eq!(page.trace(RARE, None), trace_lines(&run.trace()));
        assert_eq!(rests(page), 1);
    });
}

#[test]
fn without_the_rest_the_page_says_so_and_keeps_the_text() {
    visit("", |page| {
        page.block(&json!(["*_rest.wasm"]));
        page.paste_program(RARE);
        page.wait_for_alert(&["could not be loaded", "Your program is stored"]);
        assert_eq!(page.program(), RARE);
        page.block(&json!([]));
        page.type_at_end("# again");
        runs_to_the_traceback(page);
        // The browser may note that a file could not be had.
        page.console_errors();
    });
}
