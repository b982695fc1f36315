//! Looking into tasks and primitives, what would happen if, and how a run ended.

use page_tests::{Key, Page, visit};

/// Five workers, three permits: after six steps two stand in line.
const IN_LINE: &str = "?demo=semaphore&step=6";

/// Each of two tasks holds what the other wants next.
const DEADLOCK: &str = "\
import asyncio

async def take(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('both')

async def main():
    knife = asyncio.Lock()
    fork = asyncio.Lock()
    await asyncio.gather(take(knife, fork), take(fork, knife))

asyncio.run(main())
";

/// Waits until all of these words are in the inspector, and gives all that it says.
#[track_caller]
fn inspector_with(page: &Page, words: &[&str]) -> String {
    let shown = |page: &Page| page.region("Inspector").unwrap_or_default();
    page.wait_until(&format!("an inspector with {words:?}"), |page| {
        let text = shown(page);
        words.iter().all(|word| text.contains(word))
    });
    shown(page)
}

#[test]
fn a_tasks_token_opens_its_stack_and_what_it_waits_for() {
    visit(IN_LINE, |page| {
        assert_eq!(page.region("Inspector"), None);
        page.press("worker 4, running, marked W4");
        let waits = "waits for a permit of semaphore since 0.00 s (step 6)";
        inspector_with(page, &["worker 4", waits, "before it in line: worker 3", "worker_id\n4", "created by main in"]);
        // It follows the playhead.
        page.step_until("worker 4 sleeps", 40, |page| {
            page.region("Inspector").is_some_and(|it| it.contains("sleeping"))
        });
        inspector_with(page, &["asleep until", "line 6"]);
        page.press("Close the inspector");
        page.wait_until("a closed inspector", |page| page.region("Inspector").is_none());
    });
}

#[test]
fn a_finished_task_tells_what_it_returned() {
    visit("?demo=lock", |page| {
        page.paste_program("import asyncio\nasync def answer():\n    return {'answer': 42}\nasyncio.run(answer())\n");
        page.wait_until("one task", |page| page.tasks().len() == 1);
        page.slider("Timeline").set_to_greatest();
        page.press("answer, finished, marked answe");
        inspector_with(page, &["{'answer': 42}", "finished"]);
    });
}

#[test]
fn the_keyboard_opens_and_closes_the_inspector() {
    visit(IN_LINE, |page| {
        page.focus_on("worker 3, waiting, marked W3");
        page.press_key(Key::Enter);
        inspector_with(page, &["worker 3", "worker_id"]);
        page.press_key(Key::Escape);
        page.wait_until("a closed inspector", |page| page.region("Inspector").is_none());
        page.focus_on("Inspect semaphore");
        page.press_key(Key::Enter);
        inspector_with(page, &["asyncio.Semaphore", "worker 3, worker 4"]);
    });
}

#[test]
fn a_primitives_history_leads_to_its_steps() {
    visit("?demo=semaphore&step=25", |page| {
        page.press("Inspect semaphore");
        inspector_with(page, &["worker 4 waits for a permit", "worker 0 woke worker 3", "main created it"]);
        inspector_with(page, &["longest wait 1.00 s by worker 3"]);
        let click = "document.querySelectorAll('[aria-label=Inspector] li button').forEach(button => {
            if (button.innerText.includes('worker 0 woke')) button.click();
        })";
        page.evaluate(click, &[]);
        page.wait_until("the step in which worker 0 released", |page| page.sentence().contains("worker 0"));
        assert!(page.sentence().contains("released a permit"), "{}", page.sentence());
    });
}

#[test]
fn one_more_permit_is_tried_and_taken_back() {
    visit(IN_LINE, |page| {
        let program = page.program();
        page.press("Inspect semaphore");
        page.press("One more permit");
        page.wait_until("what you did", |page| page.sentence().starts_with("What if: you gave"));
        assert!(page.sentence().contains("worker 3"), "{}", page.sentence());
        let banner = page.region("What if").expect("it is marked");
        assert!(banner.contains("semaphore has one more permit after step 6?"), "{banner}");
        page.step_until("worker 3 in as the fourth", 9, |page| page.output().contains("Worker 3 acquiring"));
        assert_eq!(page.tasks_in("sleeping"), 3);
        assert_eq!(page.program(), program);
        // Another thing on top of it, and back to before both.
        page.press("worker 4, waiting, marked W4");
        page.press("Cancel this task");
        page.wait_until("two things done", |page| {
            page.has_button("Take back from here") && page.has_button("Take it back")
        });
        page.press("Take it back");
        page.wait_until("one thing done", |page| !page.has_button("Take back from here"));
        page.press("Take it back");
        page.wait_until("the plain run", |page| {
            page.region("What if").is_none() && page.slider("Timeline").value() == 6.0
        });
        assert_eq!((page.tasks_in("sleeping"), page.tasks_in("running")), (3, 1));
    });
}

#[test]
fn another_program_is_run_as_it_is() {
    visit(IN_LINE, |page| {
        page.press("Inspect semaphore");
        page.press("One more permit");
        page.wait_until("what you did", |page| page.region("What if").is_some());
        page.slider("worker_count").set(6.0);
        page.wait_until("the plain run of another number", |page| page.region("What if").is_none());
    });
}

#[test]
fn a_deadlock_is_named_drawn_and_can_be_broken() {
    visit("?demo=lock", |page| {
        page.paste_program(DEADLOCK);
        page.wait_for_alert(&["waits for fork, which", "each waits for the other"]);
        page.slider("Timeline").set_to_greatest();
        page.wait_until("a summary", |page| page.sentence().starts_with("Deadlock after 1.00 s and "));
        let sentence = page.sentence();
        assert!(sentence.contains("holds knife and waits for fork"), "{sentence}");
        assert!(sentence.contains("holds fork and waits for knife"), "{sentence}");
        let drawn = page.evaluate("return document.querySelector('[role=alert] svg')?.textContent ?? ''", &[]);
        let drawn = drawn.as_str().unwrap_or_default().to_owned();
        assert!(drawn.contains("knife") && drawn.contains("fork"), "{drawn}");
        page.press("Inspect fork");
        page.press("Release the lock");
        page.step_until("somebody has both", 20, |page| page.output().contains("both"));
    });
}

#[test]
fn a_run_that_ends_well_is_summed_up() {
    visit("?demo=semaphore", |page| {
        page.pause();
        page.slider("Timeline").set_to_greatest();
        let summary = "All 6 tasks finished in 2.00 s";
        page.wait_until(summary, |page| page.sentence().starts_with(summary));
        assert!(page.sentence().contains("the longest wait was"), "{}", page.sentence());
    });
}
