//! The cards of the stage and the keys of the editor, in the release build.

use page_tests::{Card, Key, Page, visit};
use serde_json::Value;

/// The card of a primitive.
#[track_caller]
fn card(page: &Page, name: &str) -> Card {
    let cards = page.cards();
    let card = cards.iter().find(|card| card.name == name);
    card.unwrap_or_else(|| panic!("no card is named {name}: {cards:#?}")).clone()
}

#[test]
fn each_kind_of_primitive_has_a_card_that_says_how_it_stands() {
    visit("", |page| {
        for (query, name, primitive, words) in [
            (
                "?demo=lock-timeout&step=4",
                "lock",
                "Lock",
                &["held by visitor 1; in line visitor 2, visitor 3", "longest line 2"][..],
            ),
            ("?demo=semaphore&step=8", "semaphore", "Semaphore", &["most at once 3 of 3", "longest line 2", "line 10"]),
            ("?demo=queue&step=21", "myQueue", "Queue", &["1 item; in line", "unfinished", "most items 1"]),
            ("?demo=condition&step=12", "condition", "Condition", &["free; in line consumer 1, consumer 2"]),
            (
                "?demo=barrier&step=4",
                "b",
                "Barrier",
                &["draining · 2 still inside; in line wait, wait 2", "most inside 3 of 3", "longest line 2"],
            ),
            ("?demo=event&step=1", "event", "Event", &["not set", "nobody has waited yet"]),
        ] {
            page.go(&format!("{query}&autoplay=0"));
            let card = card(page, name);
            assert_eq!(card.primitive, primitive, "{query}");
            for words in words {
                assert!(card.text.contains(words), "{query}: {words:?} is not in {:?}", card.text);
            }
        }
    });
}

/// Where the parts of the page stand: left, top, width and height of each, in pixels.
fn places(page: &Page) -> Value {
    let script = "return ['Stage', 'Playback', 'Time', 'Program text'].map(name => {
        const { left, top, width, height } = document.querySelector(`[aria-label='${name}']`).getBoundingClientRect();
        return [name, left, top + scrollY, width, height];
    })";
    page.evaluate(script, &[])
}

#[test]
fn nothing_jumps_from_step_to_step() {
    visit("", |page| {
        for (width, height, demos) in [
            (1440, 900, &["semaphore", "deadlock", "queue-join"][..]),
            (768, 1024, &["semaphore", "deadlock"]),
            (390, 844, &["condition", "deadlock"]),
        ] {
            page.resize(width, height);
            for demo in demos {
                page.go(&format!("?demo={demo}&autoplay=0&step=0"));
                let (before, timeline) = (places(page), page.slider("Timeline"));
                while timeline.value() < *timeline.range().end() {
                    page.step("Step forward");
                    let sentence = page.sentence();
                    assert_eq!(places(page), before, "{demo} at {width} pixels after: {sentence}");
                }
            }
        }
    });
}

#[test]
fn the_program_is_scrolled_to_the_line_that_runs_unless_somebody_writes() {
    visit("?demo=queue-join&autoplay=0&step=0", |page| {
        let top = |page: &Page| {
            let top = page.evaluate("return document.querySelector(\"[aria-label='Program text']\").scrollTop", &[]);
            top.as_f64().expect("a number of pixels")
        };
        assert_eq!(top(page), 0.0);
        page.step("Step forward");
        page.wait_until("the end of the program, where main is", |page| top(page) > 200.0);
        page.type_at_end(" ");
        page.press_with_control('z');
        let before = top(page);
        page.evaluate("document.querySelector('[aria-label=\"Step forward\"]').click()", &[]);
        page.wait_until("the next step", |page| page.slider("Timeline").value() == 2.0);
        assert_eq!(top(page), before);
    });
}

#[test]
fn a_failing_task_group_counts_who_finished_failed_and_was_cancelled() {
    visit("?demo=task-group&step=14&autoplay=0", |page| {
        let group = page.region("TaskGroup").expect("it has a card");
        assert!(group.contains("save failed"), "{group}");
        assert!(group.contains("1 of 4 finished · 1 failed · 2 cancelled"), "{group}");
        assert_eq!(page.token("save").as_deref(), Some("save, failed: OSError: no space left"));
        assert_eq!(page.token("download 2").as_deref(), Some("download 2, cancelled, marked D2"));
    });
}

#[test]
fn who_waits_under_a_timeout_says_when_it_gives_up() {
    visit("?demo=lock-timeout&step=5&autoplay=0", |page| {
        assert_eq!(page.token("visitor 3").as_deref(), Some("visitor 3, waiting, gives up at 3.00 s, marked V3"));
    });
}

#[test]
fn many_locks_have_a_card_each_and_those_at_which_tasks_wait_come_first() {
    visit("", |page| {
        page.paste_program(
            "import asyncio\n\nasync def worker(lock):\n    async with lock:\n        await asyncio.sleep(1)\n\n\
             async def main():\n    locks = [asyncio.Lock() for _ in range(100)]\n    \
             await asyncio.gather(*(worker(locks[n]) for n in (7, 60, 60)))\n\nasyncio.run(main())\n",
        );
        page.step_until("a hundred cards", 3, |page| page.cards().len() == 100);
        assert_eq!(page.cards()[0].name, "locks[60]");
    });
}

#[test]
fn a_program_without_an_event_loop_says_that_there_is_nothing_to_watch() {
    visit("", |page| {
        page.paste_program("print('hello')\n");
        page.wait_until("the output", |page| page.output() == "hello\n");
        let sentence = "The program ended without an event loop: there is nothing to watch but its output";
        assert_eq!(page.sentence(), sentence);
    });
}

#[test]
fn a_number_in_the_program_changes_as_it_is_dragged() {
    visit("?demo=semaphore&autoplay=0", |page| {
        assert_eq!(page.literals(), ["3", "5"]);
        let (program, permits) = (page.program(), page.slider("semaphore_permits"));
        page.drag_literal(0, 400);
        page.wait_until("as many permits as there can be", |page| page.literals() == ["8", "5"]);
        assert_eq!(page.program(), program.replace("Semaphore(3)", "Semaphore(8)"));
        assert_eq!(permits.value(), 8.0);
        page.drag_literal(0, -400);
        page.wait_until("as few permits as there can be", |page| page.literals()[0] != "8");
        assert!(permits.value() <= 1.0, "{} permits", permits.value());

        // Without being moved, it is a place in the text like any other.
        page.drag_literal(1, 0);
        page.wait_until("the focus in the editor", |page| page.focused().as_deref() == Some("Program"));
        page.type_keys("1");
        page.wait_until("what was typed", |page| {
            ["range(15)", "range(51)"].iter().any(|typed| page.program().contains(typed))
        });
    });
}

#[test]
fn the_editor_keeps_the_indentation_and_moves_whole_lines() {
    visit("?demo=lock&autoplay=0", |page| {
        page.type_program("def one(a):\nif a:\nreturn 'é'\n");
        assert_eq!(page.program(), "def one(a):\n    if a:\n        return 'é'\n        ");
        page.press_key(Key::Backspace);
        page.type_keys("pass");
        let program = "def one(a):\n    if a:\n        return 'é'\n    pass";
        assert_eq!(page.program(), program);

        page.press_with_control('a');
        page.press_key(Key::Tab);
        let indented = program.lines().map(|line| format!("    {line}")).collect::<Vec<_>>().join("\n");
        assert_eq!(page.program(), indented);
        page.press_shift_tab();
        assert_eq!(page.program(), program);

        page.press_with_control('/');
        let comments = program.lines().map(|line| format!("# {line}")).collect::<Vec<_>>().join("\n");
        assert_eq!(page.program(), comments);
        page.press_with_control('/');
        assert_eq!(page.program(), program);
        page.press_with_control('z');
        assert_eq!(page.program(), comments, "each change is taken back at once");
        page.press_with_control('z');
        assert_eq!(page.program(), program);

        page.press_key(Key::Escape);
        assert_ne!(page.focused().as_deref(), Some("Program"), "Escape leaves the editor");
    });
}
