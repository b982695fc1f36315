//! The demos print what CPython 3.14 prints for them, and hold whatever is done to their sliders.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashSet;
use std::fs;
use std::process::Command;

use signalbox::lab::{Program, Run, Settings, Tunable, narrate, tunables, with_value};
use signalbox::trace::{Ending, Playback};

#[path = "../src/app/demos.rs"]
mod demos;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn program(slug: &str) -> String {
    fs::read_to_string(format!("{ROOT}/static/demos/{slug}.py")).expect("every demo has a text")
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
fn all_print_what_cpython_prints() {
    for demo in demos::all() {
        let slug = demo.slug;
        let (arguments, status): (&[&str], _) = match slug {
            "queue" => (&["--until", "4.5"], 4),
            "deadlock" => (&[], 3),
            _ => (&[], 0),
        };
        let expected = fs::read_to_string(format!("{ROOT}/tests/demos/{slug}.out")).expect("the output is there");
        let run = Command::new(env!("CARGO_BIN_EXE_signalbox"))
            .arg("run")
            .args(arguments)
            .arg(format!("{ROOT}/static/demos/{slug}.py"))
            .output()
            .expect("signalbox runs");
        let printed = without_addresses(&String::from_utf8_lossy(&run.stdout));
        assert_eq!(printed, without_addresses(&expected), "{slug}");
        assert_eq!(run.status.code(), Some(status), "{slug}");
        assert_eq!(run.stderr.is_empty(), status != 3, "{slug}: {}", String::from_utf8_lossy(&run.stderr));
    }
}

#[test]
fn every_text_is_in_the_list_once() {
    let files: HashSet<String> = fs::read_dir(format!("{ROOT}/static/demos"))
        .expect("the demos have a folder")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().trim_end_matches(".py").to_owned())
        .collect();
    let slugs: Vec<String> = demos::all().map(|demo| demo.slug.to_owned()).collect();
    assert_eq!(slugs.len(), files.len());
    assert_eq!(slugs.into_iter().collect::<HashSet<_>>(), files);
    assert_eq!(demos::DEFAULT_TEXT, program(demos::DEFAULT.slug));
    assert_eq!(demos::demo("deadlock").map(|demo| demo.slug), Some("deadlock"));
    assert_eq!(demos::demo("nonsense"), None);
}

#[test]
fn what_is_said_of_them_fits_where_it_stands() {
    for group in &demos::GROUPS {
        assert!(!group.title.is_empty() && !group.demos.is_empty());
        for demo in group.demos {
            let lengths = [demo.title, demo.lesson, demo.experiment].map(str::len);
            let fits = lengths.iter().zip([30, 110, 110]).all(|(length, most)| (1..=most).contains(length));
            assert!(fits, "{}: {lengths:?}", demo.slug);
        }
    }
}

#[test]
fn the_sliders_that_the_experiments_name_are_there() {
    for demo in demos::all() {
        let tunables = tunables(&program(demo.slug));
        assert!((1..=4).contains(&tunables.len()), "{} has {} sliders", demo.slug, tunables.len());
        for sentence in demo.experiment.split("Set ").skip(1) {
            let (name, rest) = sentence.split_once(" to ").expect("to what");
            let number = rest.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
            let value = rest[..rest.len() - number.len()].trim_end_matches('.').parse().expect("a number");
            let can_be_set = |one: &Tunable| one.name == name && (one.minimum..=one.maximum).contains(&value);
            assert!(tunables.iter().any(can_be_set), "{}: {name} cannot be {value}", demo.slug);
        }
    }
}

/// Runs ten seconds of a program, and says something about each of its steps.
fn narrate_all(slug: &str, text: &str) {
    let program = Program::compile(text).unwrap_or_else(|error| panic!("{slug} is no program: {error:?}"));
    let mut run = Run::new(&program, &Settings { until: Some(10.0), ..Settings::default() });
    run.finish();
    let trace = run.trace();
    assert!(!matches!(trace.ending(), Some(Ending::Raised { .. } | Ending::Stopped { .. })), "{slug} fails:\n{text}");
    let (mut before, mut after) = (Playback::default(), Playback::default());
    // Of the longest runs, the beginning and the end.
    let steps = trace.steps();
    for step in (1..=steps).filter(|step| *step < 2_000 || steps - step < 2_000) {
        let sentence = narrate(&trace, before.seek(&trace, step - 1), after.seek(&trace, step));
        assert!(!sentence.0.is_empty(), "{slug}: nothing to say about step {step} of\n{text}");
    }
}

#[test]
fn every_step_has_its_sentence_wherever_the_sliders_stand() {
    for demo in demos::all() {
        let text = program(demo.slug);
        narrate_all(demo.slug, &text);
        for tunable in tunables(&text) {
            for value in [tunable.minimum, tunable.maximum] {
                narrate_all(demo.slug, &with_value(&text, &tunable, value));
            }
        }
    }
}
