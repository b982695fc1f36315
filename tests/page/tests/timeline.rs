//! The timeline: zoomed, scrolled, pointed at, and what it shows of a run.

use page_tests::{Page, visit};

const SEMAPHORE: &str = "?demo=semaphore";

/// Who ends how, who holds what, and who keeps all others waiting.
const TROUBLE: &str = "\
import asyncio, time

async def take(first, second):
    async with first:
        await asyncio.sleep(1)
        async with second:
            print('never')

async def block():
    await asyncio.sleep(0.25)
    time.sleep(0.5)

async def fail():
    raise ValueError('no')

async def main():
    knife = asyncio.Lock()
    fork = asyncio.Lock()
    tasks = [asyncio.create_task(block()), asyncio.create_task(fail())]
    tasks.append(asyncio.create_task(asyncio.sleep(9), name='late'))
    await asyncio.sleep(0.9)
    tasks[2].cancel()
    await asyncio.gather(take(knife, fork), take(fork, knife))

asyncio.run(main())
";

/// Above the lanes, in pixels.
const ABOVE: f64 = 16.0;
/// Below the lanes, in pixels.
const BELOW: f64 = 20.0;

/// The middle of a lane's height.
fn lane(page: &Page, lane: usize, lanes: usize) -> f64 {
    ABOVE + (page.timeline_height() - ABOVE - BELOW - 6.0) * (lane as f64 + 0.5) / lanes as f64
}

/// Whether a moment, in seconds, is written on the axis.
fn has_tick(page: &Page, moment: f64) -> bool {
    let texts = page.timeline_texts();
    let mut moments = texts.iter().filter_map(|text| text.strip_suffix(" s")?.parse::<f64>().ok());
    moments.any(|found| found == moment)
}

#[track_caller]
fn wait_for_tick(page: &Page, moment: f64, there: bool) {
    page.wait_until(&format!("{moment} s on the axis: {there}"), |page| has_tick(page, moment) == there);
}

#[track_caller]
fn press_key(page: &Page, key: &str) {
    let script = "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true }))";
    page.evaluate(script, &[key.into()]);
}

#[test]
fn buttons_and_keys_zoom_and_show_all_again() {
    visit(SEMAPHORE, |page| {
        page.restart();
        assert!(has_tick(page, 0.0) && has_tick(page, 2.0));
        page.press("Zoom in");
        wait_for_tick(page, 2.0, false);
        assert!(has_tick(page, 0.5), "the playhead stays in view: {:?}", page.timeline_texts());
        page.press("Fit");
        wait_for_tick(page, 2.0, true);
        press_key(page, "+");
        press_key(page, "+");
        wait_for_tick(page, 1.0, false);
        press_key(page, "-");
        wait_for_tick(page, 1.0, true);
        press_key(page, "0");
        wait_for_tick(page, 2.0, true);
    });
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_scrolls() {
    visit(SEMAPHORE, |page| {
        page.restart();
        let down = lane(page, 3, 6);
        for _ in 0..5 {
            page.turn_wheel_at_timeline((0.98, down), (0.0, -50.0), true);
        }
        wait_for_tick(page, 0.0, false);
        assert!(has_tick(page, 2.0), "what is under the pointer stays: {:?}", page.timeline_texts());
        page.turn_wheel_at_timeline((0.5, down), (-20000.0, 0.0), false);
        page.wait_until("the beginning", |page| has_tick(page, 0.0));
        assert!(!has_tick(page, 2.0));
        let axis = page.timeline_height() - BELOW / 2.0;
        page.drag_timeline((0.9, axis), (0.1, axis));
        page.wait_until("what is further right", |page| !has_tick(page, 0.0));
        assert_eq!(page.slider("Timeline").value(), 0.0, "the playhead stays where it is");
        page.slider("Timeline").set_to_greatest();
        wait_for_tick(page, 2.0, true);
    });
}

#[test]
fn two_fingers_that_part_zoom_and_leave_the_playhead_where_it_is() {
    visit(SEMAPHORE, |page| {
        page.restart();
        let down = lane(page, 3, 6);
        page.pinch_timeline((0.7, 0.8), (0.3, 0.95), down);
        wait_for_tick(page, 0.0, false);
        let playhead = page.slider("Timeline").value();
        page.pinch_timeline((0.3, 0.95), (0.6, 0.65), down);
        wait_for_tick(page, 0.0, true);
        wait_for_tick(page, 2.0, true);
        assert!(playhead > 0.0, "the first finger asked for a moment");
    });
}

#[test]
fn a_run_in_which_much_happens_at_one_moment_is_shown_in_steps() {
    visit("?demo=race&autoplay=0", |page| {
        assert!(page.timeline_texts().iter().any(|text| text == "18"), "{:?}", page.timeline_texts());
        page.press("seconds");
        wait_for_tick(page, 0.1, true);
    });
}

#[test]
fn a_place_in_a_lane_tells_everything_about_it() {
    visit(SEMAPHORE, |page| {
        page.restart();
        page.point_at_timeline((0.25, lane(page, 4, 6)));
        page.wait_until("a tooltip", |page| page.tooltip().is_some());
        let tooltip = page.tooltip().unwrap_or_default();
        for words in [
            "worker 3",
            "in line for semaphore, line 4",
            "held by worker 0",
            "since 0.00 s for 1.00 s",
            "woken by worker 0",
        ] {
            assert!(tooltip.contains(words), "{words} in {tooltip}");
        }
        page.point_at_timeline((0.75, lane(page, 1, 6)));
        page.wait_until("another tooltip", |page| page.tooltip().is_some_and(|tooltip| tooltip.contains("finished")));
        page.point_at_timeline((0.5, -60.0));
        page.wait_until("no tooltip", |page| page.tooltip().is_none());
        page.point_at_timeline((0.25, lane(page, 4, 6)));
        page.wait_until("a tooltip again", |page| page.tooltip().is_some());
        press_key(page, "Escape");
        page.wait_until("none without moving the mouse", |page| page.tooltip().is_none());
    });
}

#[test]
fn a_click_moves_the_playhead() {
    visit(SEMAPHORE, |page| {
        page.restart();
        let place = (0.75, lane(page, 2, 6));
        page.drag_timeline(place, place);
        page.wait_until("a later step", |page| page.slider("Timeline").value() > 10.0);
        assert_eq!(page.tasks_in("sleeping"), 2, "the last two hold their permits");
        page.drag_timeline(place, (0.25, place.1));
        page.wait_until("an earlier step", |page| page.tasks_in("sleeping") == 3);
    });
}

#[test]
fn what_blocks_and_how_tasks_end_can_be_seen() {
    visit(SEMAPHORE, |page| {
        page.paste_program(TROUBLE);
        page.wait_until("a blocking call through all lanes", |page| {
            page.timeline_texts().iter().any(|text| text == "blocked by block: time.sleep(0.5)")
        });
        page.slider("Timeline").set_to_greatest();
        let words = page.timeline_words();
        for word in ["holds", "in line", "asleep", "runs", "wakes", "blocks all", "finished", "failed", "cancelled"] {
            assert!(words.contains(word), "{word} in {words}");
        }
        let texts = page.timeline_texts();
        let named = |name: &str| texts.iter().filter(|text| *text == name).count();
        assert_eq!((named("knife"), named("fork")), (2, 2), "each is held by one and wanted by the other: {texts:?}");
        for (name, number, told) in
            [("block", 1, "finished"), ("fail", 2, "failed: ValueError: no"), ("late", 3, "was cancelled")]
        {
            page.point_at_timeline((0.9, lane(page, number, 6)));
            page.wait_until(&format!("what became of {name}"), |page| {
                page.tooltip().is_some_and(|tooltip| tooltip.contains(name) && tooltip.contains(told))
            });
        }
    });
}

#[test]
fn ten_thousand_tasks_are_counts_or_lanes_to_scroll_through() {
    visit("?demo=lock-ten-thousand", |page| {
        page.wait_until("a choice", |page| page.has_button("tasks") && page.has_button("counts"));
        page.press("tasks");
        page.wait_until("the first lanes", |page| page.timeline_words().contains("task 3"));
        page.turn_wheel_at_timeline((0.5, 60.0), (0.0, 5000.0), false);
        page.wait_until("lanes further down", |page| page.timeline_words().contains("task 30"));
        page.point_at_timeline((0.1, 60.0));
        page.wait_until("what one of them does", |page| {
            page.tooltip().is_some_and(|tooltip| tooltip.contains("task "))
        });
        page.press("counts");
        page.wait_until("all of them together", |page| !page.timeline_words().contains("task 30"));
    });
}
