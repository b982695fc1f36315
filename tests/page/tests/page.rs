//! What somebody who opens the page can see and do, in the release build.

use std::path::Path;

use page_tests::{Card, Page, Scheme, visit};
use signalbox::lab::{Program, Run, Settings, trace_lines};

/// A worker may take three permits; two queue up.
const SEMAPHORE: &str = "?demo=semaphore";

/// Five items into a queue with room for three, one taken out each second.
const PRODUCER_AND_CONSUMER: &str = "\
import asyncio

async def produce(queue):
    for item in range(5):
        await queue.put(item)

async def consume(queue):
    for _ in range(5):
        await asyncio.sleep(1)
        await queue.get()

async def main():
    queue = asyncio.Queue(maxsize=3)
    await asyncio.gather(produce(queue), consume(queue))
    print('all through')

asyncio.run(main())
";

/// Each of two tasks holds what the other wants next.
const DEADLOCK: &str = "\
import asyncio

async def take(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')

async def main():
    knife = asyncio.Lock()
    fork = asyncio.Lock()
    await asyncio.gather(take(knife, fork), take(fork, knife))

asyncio.run(main())
";

/// Written for Python 3.6.
const OLDER: &str = "\
import asyncio

async def worker(lock):
    with await lock:
        print('in')
        await asyncio.sleep(1, loop=loop)
loop = asyncio.get_event_loop()

lock = asyncio.Lock(loop=loop)
loop.run_until_complete(asyncio.gather(worker(lock), worker(lock)))
";

const ENDLESS: &str = "\
import asyncio

async def main():
    while True:
        pass

asyncio.run(main())
";

const HELLO: &str = "print('hello')\n";

/// Lines that only careful reading tells apart.
const SPACES: &str = "print('  two  spaces')\nprint()\nprint('no end', end='')\nprint(' of line')\nprint('a\\n\\nb')\n";

/// What CPython prints for a demo.
fn expected(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../demos").join(name).with_extension("out");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Goes to the end of the run, as far as there is one, until the output is as wanted.
#[track_caller]
fn run_until_output(page: &Page, what: &str, wanted: impl Fn(&str) -> bool) {
    page.wait_until(what, |page| {
        page.slider("Timeline").set_to_greatest();
        wanted(&page.output())
    });
}

#[track_caller]
fn prints(demo: &str) {
    let expected = expected(demo);
    visit(&format!("?demo={demo}"), |page| {
        run_until_output(page, &format!("the output {expected:?}"), |output| output == expected);
        assert_eq!(page.alerts(), [""; 0]);
    });
}

/// Goes to the step in which the last of the five workers has queued up.
#[track_caller]
fn until_all_have_queued_up(page: &Page) {
    page.restart();
    page.step_until("three workers sleep and the others wait", 40, |page| {
        page.tasks_in("sleeping") == 3 && page.tasks_in("waiting") + page.tasks_in("running") == 3
    });
}

#[test]
fn a_first_visit_shows_a_run_that_can_be_operated() {
    visit("", |page| {
        for name in ["Step forward", "Step back", "Restart"] {
            assert!(page.has_button(name), "there is no button named {name}");
        }
        assert!(page.has_button("Play") || page.has_button("Pause"));
        assert!(!page.program().is_empty());
        page.restart();
        page.step_until("a task", 10, |page| !page.tasks().is_empty());
        assert!(!page.sentence().is_empty());
        assert_eq!(page.alerts(), [""; 0]);
    });
}

#[test]
fn the_semaphores_tokens_and_card_show_who_sleeps_and_who_waits() {
    visit(SEMAPHORE, |page| {
        assert!(page.program().contains("asyncio.Semaphore(3)"));
        until_all_have_queued_up(page);
        assert_eq!(page.tasks().len(), 6, "five workers and main");
        let cards = page.cards();
        let of_semaphore = |card: &&Card| card.primitive == "Semaphore";
        let card = cards.iter().find(of_semaphore).expect("there is a card for the semaphore");
        assert_eq!(card.name, "semaphore");
        assert!(card.text.contains("line 10"), "the card points to where the semaphore is made: {}", card.text);

        run_until_output(page, "the last release", |output| output.ends_with("Worker 4 releasing resource...\n"));
        assert_eq!(page.tasks_in("finished"), 6);
    });
}

#[test]
fn demo_lock_prints_what_cpython_prints() {
    prints("lock");
}

#[test]
fn demo_lock_ten_thousand_prints_what_cpython_prints() {
    prints("lock-ten-thousand");
}

#[test]
fn demo_semaphore_prints_what_cpython_prints() {
    prints("semaphore");
}

#[test]
fn demo_condition_prints_what_cpython_prints() {
    prints("condition");
}

#[test]
fn demo_barrier_rounds_prints_what_cpython_prints() {
    prints("barrier-rounds");
}

#[test]
fn demo_priority_queue_prints_what_cpython_prints() {
    prints("priority-queue");
}

#[test]
fn demo_semaphore_two_prints_what_cpython_prints() {
    prints("semaphore-two");
}

/// The program never ends: what is known are its first four and a half seconds.
#[test]
fn demo_queue_begins_with_what_cpython_prints() {
    let expected = expected("queue");
    visit("?demo=queue", |page| {
        run_until_output(page, &format!("an output that begins with {expected:?}"), |output| {
            output.starts_with(&expected)
        });
    });
}

#[test]
fn dragging_the_permits_changes_the_program_and_who_waits() {
    visit(SEMAPHORE, |page| {
        until_all_have_queued_up(page);
        let permits = page.slider("semaphore_permits");
        assert_eq!(permits.value(), 3.0);
        permits.drag_to(1.0);
        assert!(page.program().contains("asyncio.Semaphore(1)"), "{}", page.program());
        page.wait_until("one worker to sleep where three did", |page| {
            page.tasks_in("sleeping") == 1 && page.tasks_in("waiting") + page.tasks_in("running") == 5
        });
        permits.set(2.0);
        assert!(page.program().contains("asyncio.Semaphore(2)"), "{}", page.program());
        page.wait_until("two workers to sleep", |page| page.tasks_in("sleeping") == 2);
        let runs = "return performance.getEntriesByName('signalbox:run', 'measure').length";
        assert!(page.evaluate(runs, &[]).as_u64() >= Some(2), "every run from edit to paint is measured");
    });
}

#[test]
fn dragging_the_workers_changes_the_program_and_how_many_tasks_there_are() {
    visit(SEMAPHORE, |page| {
        until_all_have_queued_up(page);
        let workers = page.slider("worker_count");
        assert_eq!(workers.value(), 5.0);
        workers.drag_to(8.0);
        assert!(page.program().contains("for i in range(8)"), "{}", page.program());
        page.wait_until("eight workers and main", |page| page.tasks().len() == 9);
        run_until_output(page, "the eighth worker's last words", |output| {
            output.ends_with("Worker 7 releasing resource...\n")
        });
    });
}

#[test]
fn dragging_the_capacity_changes_the_program_and_whether_the_producer_waits() {
    visit("?demo=queue", |page| {
        let capacity = page.slider("myQueue_maxsize");
        assert_eq!(capacity.value(), 10.0);
        capacity.drag_to(4.0);
        assert!(page.program().contains("maxsize=4"), "{}", page.program());
        run_until_output(page, "the new size in the output", |output| output.starts_with("<Queue maxsize=4>\n"));

        page.paste_program(PRODUCER_AND_CONSUMER);
        page.wait_until("a slider named queue_maxsize", |page| page.slider_names().contains(&"queue_maxsize".into()));
        let capacity = page.slider("queue_maxsize");
        page.restart();
        page.step_until("the consumer to sleep", 20, |page| page.tasks_in("sleeping") == 1);
        assert_eq!(page.tasks_in("finished"), 0, "the producer waits for room");
        capacity.drag_to(6.0);
        assert!(page.program().contains("maxsize=6"), "{}", page.program());
        page.wait_until("a producer that had room for all", |page| page.tasks_in("finished") == 1);
    });
}

#[test]
fn no_slider_makes_a_program_that_does_not_run() {
    visit(SEMAPHORE, |page| {
        for demo in [SEMAPHORE, "?demo=queue", "?demo=lock"] {
            page.go(demo);
            page.pause();
            let names = page.slider_names();
            for name in names.iter().filter(|name| name.ends_with("_permits") || name.ends_with("_count")) {
                let slider = page.slider(name);
                let text = page.program();
                slider.set_to_least();
                assert_eq!(slider.value(), *slider.range().start());
                assert_ne!(page.program(), text, "{name} edits the text");
                assert_eq!(page.alerts(), [""; 0], "{name} at its least");
                slider.set_to_greatest();
                assert_eq!(slider.value(), *slider.range().end());
                assert_eq!(page.alerts(), [""; 0], "{name} at its greatest");
            }
        }
    });
}

#[test]
fn stepping_back_shows_again_what_stepping_forward_showed() {
    visit(SEMAPHORE, |page| {
        page.restart();
        let moment = || (page.sentence(), page.tasks(), page.output());
        let mut moments = vec![moment()];
        for _ in 0..9 {
            page.step("Step forward");
            moments.push(moment());
        }
        assert!(moments.iter().any(|(sentence, ..)| *sentence != moments[0].0), "the sentence tells of the step");
        for expected in moments.iter().rev().skip(1) {
            page.step("Step back");
            assert_eq!(moment(), *expected);
        }
    });
}

#[test]
fn playing_moves_the_timeline_until_paused() {
    visit(SEMAPHORE, |page| {
        page.restart();
        let timeline = page.slider("Timeline");
        let start = timeline.value();
        page.press("Play");
        page.wait_until("the timeline to move", |_| timeline.value() > start);
        page.pause();
        let paused = timeline.value();
        page.step("Step forward");
        assert!(timeline.value() >= paused);
    });
}

#[test]
fn a_syntax_error_is_shown_at_its_place_while_the_last_good_run_stays() {
    visit(SEMAPHORE, |page| {
        until_all_have_queued_up(page);
        let good = page.program();
        let tasks = page.tasks();
        page.paste_program("import asyncio\nlimit = = 3\n");
        let alert = page.wait_for_alert(&["2", "9"]);
        assert!(alert.len() > "2:9".len(), "the alert says what is wrong: {alert}");
        assert_eq!(page.tasks(), tasks, "the last good run stays");

        page.paste_program(&good);
        page.wait_until("the alert to go", |page| page.alerts().is_empty());
        assert_eq!(page.tasks().len(), 6);
        run_until_output(page, "the run of the mended program", |output| {
            output.ends_with("Worker 4 releasing resource...\n")
        });
    });
}

#[test]
fn typing_is_checked_as_it_goes() {
    visit(SEMAPHORE, |page| {
        page.paste_program(HELLO);
        run_until_output(page, "hello", |output| output == "hello\n");
        page.type_at_end("print('good'");
        page.wait_for_alert(&["2"]);
        page.type_at_end(" 'bye')");
        page.wait_until("the alert to go", |page| page.alerts().is_empty());
        run_until_output(page, "both lines", |output| output == "hello\ngoodbye\n");
    });
}

#[test]
fn the_output_keeps_spaces_and_empty_lines() {
    visit(SEMAPHORE, |page| {
        page.paste_program(SPACES);
        let expected = "  two  spaces\n\nno end of line\na\n\nb\n";
        run_until_output(page, &format!("the output {expected:?}"), |output| output == expected);
    });
}

#[test]
fn an_unsupported_module_or_construct_is_named_with_its_line() {
    visit(SEMAPHORE, |page| {
        page.paste_program("import asyncio\n\nimport socket\n");
        page.wait_for_alert(&["socket", "3"]);
        page.paste_program("import asyncio\nreader = asyncio.open_connection('example.com', 80)\n");
        page.wait_for_alert(&["open_connection", "2"]);
        page.paste_program(HELLO);
        page.wait_until("the alert to go", |page| page.alerts().is_empty());
        run_until_output(page, "hello", |output| output == "hello\n");
    });
}

#[test]
fn a_loop_that_never_awaits_is_stopped_and_the_page_stays_alive() {
    visit(SEMAPHORE, |page| {
        for program in [ENDLESS, "while True: pass\n"] {
            page.paste_program(program);
            page.wait_until("a sentence about await", |page| {
                page.slider("Timeline").set_to_greatest();
                words(page).contains("await")
            });
            page.paste_program(HELLO);
            run_until_output(page, "hello", |output| output == "hello\n");
            assert_eq!(page.alerts(), [""; 0]);
        }
    });
}

#[test]
fn after_a_program_that_took_all_memory_the_next_one_runs() {
    visit(SEMAPHORE, |page| {
        page.paste_program("kept = []\nwhile True:\n    kept.append('x' * 10**7)\n");
        page.wait_for_alert(&["megabytes of memory"]);
        page.paste_program(HELLO);
        run_until_output(page, "hello", |output| output == "hello\n");
        assert_eq!(page.alerts(), [""; 0]);
    });
}

#[test]
fn a_program_that_can_never_continue_says_who_waits_for_what() {
    visit(SEMAPHORE, |page| {
        page.paste_program(DEADLOCK);
        page.wait_until("who waits for what", |page| {
            page.slider("Timeline").set_to_greatest();
            let words = words(page);
            ["take", "knife", "fork", "wait"].iter().all(|word| words.contains(word))
        });
        assert_eq!(page.tasks_in("waiting"), 3, "both tasks and main");
        assert_eq!(page.output(), "");
    });
}

/// The text with every address replaced by the same one: where an object lives is arbitrary.
fn without_addresses(text: &str) -> String {
    let mut parts = text.split("0x");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("0x");
        out.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_hexdigit()));
    }
    out
}

#[test]
fn the_tutorials_own_programs_print_what_cpython_prints() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tutorials");
    let read =
        |path: &Path| std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let mut programs: Vec<_> = entries.map(|entry| entry.expect("it can be read").path()).collect();
    programs.retain(|path| path.extension().is_some_and(|extension| extension == "py"));
    assert_eq!(programs.len(), 14);
    visit(SEMAPHORE, |page| {
        for program in &programs {
            let expected = without_addresses(&read(&program.with_extension("out")));
            let is_endless = program.ends_with("001-queue.py");
            page.paste_program(&read(program));
            run_until_output(page, &format!("the output of {}: {expected:?}", program.display()), |output| {
                let output = without_addresses(output);
                if is_endless { output.starts_with(&expected) } else { output == expected }
            });
            assert_eq!(page.alerts(), [""; 0], "{}", program.display());
        }
    });
}

#[test]
fn what_a_program_uses_of_an_older_python_is_listed() {
    visit(SEMAPHORE, |page| {
        let notes = |page: &Page| {
            let script = "return document.querySelector('[aria-label=Notes]').innerText";
            page.evaluate(script, &[]).as_str().unwrap_or_default().to_owned()
        };
        assert_eq!(notes(page), "");
        page.paste_program(OLDER);
        page.wait_until("the notes", |page| {
            let notes = notes(page);
            let lines = ["line 4", "line 6", "line 7", "line 9"];
            let words = ["with await lock left Python in 3.9", "write async with lock", "loop=", "asyncio.run(main())"];
            lines.iter().chain(&words).all(|words| notes.contains(words))
        });
        run_until_output(page, "the output", |output| output == "in\nin\n");
        page.screenshot("page-notes", 1440, 900, Scheme::Light);
        // What cannot be run any more has no notes.
        page.type_at_end("(");
        page.wait_until("no notes", |page| notes(page).is_empty());
    });
}

/// What the page says in words: warnings, and the sentence about the step.
fn words(page: &Page) -> String {
    format!("{}\n{}", page.alerts().join("\n"), page.sentence())
}

/// What a run of a program records here, outside the browser.
fn native_trace(text: &str, until: Option<f64>) -> String {
    let program = Program::compile(text).expect("a program that can be run");
    let mut run = Run::new(&program, &Settings { until, ..Settings::default() });
    run.finish();
    trace_lines(&run.trace())
}

#[test]
fn the_browser_records_what_the_command_line_records() {
    visit(SEMAPHORE, |page| {
        for (demo, until) in [
            ("lock", None),
            ("lock-ten-thousand", None),
            ("semaphore", None),
            ("semaphore-two", None),
            ("queue", Some(4.5)),
            ("event", None),
            ("condition", None),
            ("barrier-rounds", None),
            ("priority-queue", None),
            ("lifo-queue", None),
        ] {
            page.go(&format!("?demo={demo}"));
            let text = page.program();
            let (native, browser) = (native_trace(&text, until), page.trace(&text, until));
            assert!(native.lines().count() > 10, "{demo} does something");
            let difference = native.lines().zip(browser.lines()).position(|(native, browser)| native != browser);
            assert_eq!(difference, None, "{demo}: the first line that differs, from 0");
            assert_eq!(native.len(), browser.len(), "{demo}: one trace is longer");
        }
    });
}

#[test]
fn the_whole_page_fits_into_an_ordinary_window() {
    visit(SEMAPHORE, |page| {
        until_all_have_queued_up(page);
        page.screenshot("page-light", 1440, 900, Scheme::Light);
        page.screenshot("page-dark", 1440, 900, Scheme::Dark);
        let overflow =
            "const { scrollWidth, clientWidth } = document.documentElement; return scrollWidth - clientWidth";
        assert_eq!(page.evaluate(overflow, &[]), 0, "nothing sticks out to the right");
    });
}
