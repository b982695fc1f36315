use super::*;
use crate::draw::example::{Example, LOCK, QUEUE, SEMAPHORE, TEN_THOUSAND};

fn view(example: &Example, scale: Scale, playhead: u32, follows: bool) -> View {
    let window = Window::new(&example.history, scale, playhead, follows);
    let has_lanes = example.history.tasks() <= MOST_LANES;
    View { window, width: 800.0, height: 200.0, top: 0.0, has_lanes }
}

fn lanes(picture: &Picture) -> &Lanes {
    match &picture.body {
        PictureBody::Lanes(lanes) => lanes,
        PictureBody::Density(_) => panic!("lanes are expected"),
    }
}

#[test]
fn there_is_a_lane_for_each_task_with_what_it_does() {
    let example = Example::new(SEMAPHORE, 1000);
    for scale in [Scale::Seconds, Scale::Steps] {
        let picture = Picture::new(&example.history, view(&example, scale, 0, false));
        let lanes = lanes(&picture);
        let labels: Vec<&str> = lanes.labels.iter().map(|label| &**label).collect();
        assert_eq!(labels, ["main", "worker 0", "worker 1", "worker 2", "worker 3", "worker 4"]);
        let colours = |look| {
            let colours = lanes.layers.iter().filter(|layer| layer.look == look).map(|layer| layer.colour);
            colours.collect::<Vec<_>>()
        };
        assert_eq!(colours(Look::Holds), [1, 2, 3, 4, 5], "every worker holds a permit once");
        assert_eq!(colours(Look::InLine), [4, 5], "two had to wait");
        assert_eq!(colours(Look::Waits), [0], "main waits for all");
        assert!(!lanes.arrows.is_empty(), "two were woken");
    }
}

#[test]
fn the_scale_is_that_in_which_most_can_be_seen() {
    for (text, scale) in [
        (SEMAPHORE, Scale::Seconds),
        (LOCK, Scale::Seconds),
        (TEN_THOUSAND, Scale::Steps),
        // Everybody reads at one moment, and writes at another: what matters is the order.
        (include_str!("../../../static/demos/race.py"), Scale::Steps),
        (include_str!("../../../static/demos/race-ten-thousand.py"), Scale::Steps),
        (include_str!("../../../static/demos/task-group.py"), Scale::Seconds),
        ("async def main(): pass\nimport asyncio\nasyncio.run(main())\n", Scale::Steps),
    ] {
        assert_eq!(Scale::best(&Example::new(text, 100_000).history), scale, "{text}");
    }
}

#[test]
fn a_step_is_found_again_where_its_playhead_stands() {
    for text in [SEMAPHORE, LOCK] {
        let example = Example::new(text, 1000);
        let steps = view(&example, Scale::Steps, 0, false);
        let seconds = view(&example, Scale::Seconds, 0, false);
        for step in 0..=example.history.steps() {
            assert_eq!(steps.step_at(&example.history, steps.playhead(&example.history, step)), step);
            let found = seconds.step_at(&example.history, seconds.playhead(&example.history, step));
            assert_eq!(example.history.time_after(found), example.history.time_after(step), "the same moment");
        }
    }
}

#[test]
fn arrows_of_a_step_are_those_of_whom_it_wakes() {
    let example = Example::new(SEMAPHORE, 1000);
    let picture = Picture::new(&example.history, view(&example, Scale::Steps, 0, false));
    let with_arrows = (0..=example.history.steps())
        .filter(|step| !lanes(&picture).arrows_of(&example.history, &picture.view, *step).is_empty());
    assert_eq!(with_arrows.count(), 2, "two releases find somebody in line");
}

#[test]
fn the_window_of_a_run_without_an_end_follows_the_playhead() {
    let example = Example::new(QUEUE, 2000);
    assert!(!example.history.ended());
    for scale in [Scale::Seconds, Scale::Steps] {
        for playhead in [0, 100, 1500] {
            let view = view(&example, scale, playhead, true);
            let x = view.playhead(&example.history, playhead);
            assert!((0.0..view.width).contains(&x), "{x} at step {playhead}");
        }
    }
}

#[test]
fn many_tasks_are_shown_as_bands_that_add_up() {
    let example = Example::new(TEN_THOUSAND, 1_000_000);
    for scale in [Scale::Seconds, Scale::Steps] {
        let picture = Picture::new(&example.history, view(&example, scale, 0, false));
        assert!(matches!(picture.body, PictureBody::Density(_)));
    }
    let counts = density_counts(&example.history, 5_000);
    assert_eq!(counts.iter().map(|(_, count)| count).sum::<u32>(), 10_001);
    let in_line = counts.iter().find(|(band, _)| *band == Band::InLine).map(|(_, count)| *count);
    assert!(in_line > Some(4_900), "half of them have queued up: {in_line:?}");
}

#[test]
fn a_failed_task_and_a_cancelled_one_are_crossed() {
    let text = "\
import asyncio

async def fail():
    raise ValueError('no')

async def main():
    task = asyncio.create_task(fail())
    await asyncio.sleep(1)

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let picture = Picture::new(&example.history, view(&example, Scale::Steps, 0, false));
    assert!(lanes(&picture).layers.iter().any(|layer| layer.look == Look::Failed && layer.colour == 1));
}

/// Two locks that are taken in different orders, a blocking call, and tasks that fail or are cancelled.
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

async def main():
    knife = asyncio.Lock()
    fork = asyncio.Lock()
    blocking = asyncio.create_task(block(), name='<b>')
    cancelled = asyncio.create_task(asyncio.sleep(9), name='cancelled')
    await asyncio.sleep(0.9)
    cancelled.cancel()
    await asyncio.gather(take(knife, fork), take(fork, knife))

asyncio.run(main())
";

fn told(example: &Example, picture: &Picture, moment: f64, lane: usize) -> String {
    let x = picture.view.x(moment);
    let detail = picture.detail(&example.history, x, (lane as f64 + 0.5) * lanes(picture).pitch);
    let detail = detail.expect("there is something to say");
    format!("{}: {}", detail.title, detail.lines.join("; "))
}

#[test]
fn bars_name_what_is_held_and_what_is_waited_for_where_there_are_several() {
    let example = Example::new(TROUBLE, 1000);
    let picture = Picture::new(&example.history, view(&example, Scale::Seconds, 0, false));
    let names = |on_colour| {
        let texts = lanes(&picture).texts.iter().filter(|text| text.on_colour == on_colour);
        texts.map(|text| &*text.text).collect::<Vec<_>>()
    };
    assert_eq!(names(true), ["knife", "fork"], "what the two hold");
    assert_eq!(names(false), ["fork", "knife"], "what they wait for, for ever");
    let one = Example::new(SEMAPHORE, 1000);
    let picture = Picture::new(&one.history, view(&one, Scale::Seconds, 0, false));
    assert_eq!(lanes(&picture).texts, [], "there is only one it could be");
}

#[test]
fn a_blocking_call_goes_through_all_lanes_and_says_whose_it_is() {
    let example = Example::new(TROUBLE, 1000);
    for scale in [Scale::Seconds, Scale::Steps] {
        let picture = Picture::new(&example.history, view(&example, scale, 0, false));
        let texts: Vec<&str> = picture.blocks.iter().map(|band| &*band.text).collect();
        assert_eq!(texts, ["blocked by <b>: time.sleep(0.5)"]);
        if scale == Scale::Seconds {
            let (left, right) = (picture.view.x(0.25), picture.view.x(0.75));
            assert!(picture.blocks[0].text_x - left > 7.0, "the playhead's knob does not cover the text");
            assert!((picture.blocks[0].x - left).abs() < 0.1 && (picture.blocks[0].width - (right - left)).abs() < 0.1);
        }
    }
}

#[test]
fn each_ending_has_a_mark_of_its_own() {
    let example = Example::new(TROUBLE, 1000);
    let picture = Picture::new(&example.history, view(&example, Scale::Seconds, 0, false));
    let with = |look| lanes(&picture).layers.iter().filter(|layer| layer.look == look).collect::<Vec<_>>();
    let [finished, cancelled] = [with(Look::Finished), with(Look::Cancelled)];
    assert_eq!((finished.len(), finished[0].colour), (1, 1));
    assert_eq!((cancelled.len(), cancelled[0].colour), (1, 2));
    assert_ne!(finished[0].path.matches('L').count(), cancelled[0].path.matches('L').count());
    let names: Vec<&str> = legend(&example.history).into_iter().map(Key::name).collect();
    for name in ["holds", "in line", "asleep", "awaits tasks", "runs", "wakes", "blocks all", "finished", "cancelled"] {
        assert!(names.contains(&name), "{name} in {names:?}");
    }
    assert!(!names.contains(&"failed"), "nothing failed");
}

#[test]
fn a_place_in_a_lane_tells_everything() {
    let example = Example::new(TROUBLE, 1000);
    let picture = Picture::new(&example.history, view(&example, Scale::Seconds, 0, false));
    assert_eq!(
        told(&example, &picture, 0.1, 1),
        "<b>: asleep until 0.25 s, line 10; since 0.00 s for 0.25 s (steps 2 to 4); its time was over in step 4"
    );
    assert!(told(&example, &picture, 0.5, 1).contains("blocks all others for 0.50 s: time.sleep in line 11"));
    assert!(told(&example, &picture, 0.5, 0).contains("kept waiting by <b>: time.sleep(0.5), line 11"));
    let cancelled = told(&example, &picture, 0.85, 2);
    assert!(cancelled.contains("asleep until 9.00 s"), "{cancelled}");
    assert!(cancelled.contains("cancelled by main in step"), "{cancelled}");
    assert!(told(&example, &picture, 1.5, 2).starts_with("cancelled: was cancelled; in step"));
    let holding = told(&example, &picture, 1.5, 3);
    assert!(holding.contains("asleep") && holding.contains("holds knife, since 0.90 s for 1.00 s so far"), "{holding}");
    let waiting = told(&example, &picture, 2.0, 3);
    assert!(waiting.contains("in line for fork, line 6; held by take 2"), "{waiting}");
    assert!(waiting.contains("so far"), "{waiting}");
    assert_eq!(told(&example, &picture, 0.1, 4), "take 2: not there yet");
}

#[test]
fn many_lanes_are_scrolled_and_only_those_in_view_are_drawn() {
    let example = Example::new(TEN_THOUSAND, 1_000_000);
    let mut view = view(&example, Scale::Steps, 0, false);
    view.has_lanes = true;
    view.top = 17.0 * 500.0;
    let picture = Picture::new(&example.history, view);
    let lanes = lanes(&picture);
    assert_eq!(lanes.first, 500);
    assert_eq!(&*lanes.labels[0], "task 500");
    assert!(lanes.labels.len() < 20, "{}", lanes.labels.len());
    assert!(lanes.whole_height > 10_000.0 * 16.0);
    let detail = picture.detail(&example.history, 1.0, 20.0).expect("a lane is there");
    assert_eq!(detail.title, "task 501");
    assert!(picture.svg().len() < 40_000, "{} bytes", picture.svg().len());
}

#[test]
fn a_part_of_a_long_run_costs_no_more_than_can_be_seen() {
    let example = Example::new(QUEUE, 20_000);
    let whole = Picture::new(&example.history, view(&example, Scale::Seconds, 0, false)).svg().len();
    let mut part = view(&example, Scale::Seconds, 0, false);
    part.window = part.window.zoomed(0.002, 3000.0, part.window);
    let picture = Picture::new(&example.history, part);
    assert!(!lanes(&picture).layers.is_empty());
    assert!(picture.svg().len() < whole.max(20_000), "{} and {whole} bytes", picture.svg().len());
}

#[test]
fn a_file_escapes_names_and_has_both_themes_or_one() {
    let example = Example::new(TROUBLE, 1000);
    let title = "a<b>&\"c\u{1}";
    let draw = |shades| draw(&example.history, &Drawing { title, remark: "", shades });
    let both = draw(Shades::Preferred);
    assert!(both.contains("a&lt;b&gt;&amp;&quot;c\u{fffd}") && both.contains("&lt;b&gt;: time.sleep(0.5)"), "{both}");
    assert!(!both.contains("<b>"));
    assert!(both.contains("prefers-color-scheme:dark") && both.contains("#ffffff") && both.contains("#171c24"));
    assert!(!draw(Shades::Light).contains("#171c24") && !draw(Shades::Dark).contains("#dfe3ea"));
}

#[test]
fn a_file_stays_small_however_much_happens() {
    let busy = "\
import asyncio

async def work(lock, other):
    for _ in range(200):
        async with lock:
            await asyncio.sleep(0.01)
        async with other:
            await asyncio.sleep(0.013)

async def main():
    lock, other = asyncio.Lock(), asyncio.Semaphore(3)
    await asyncio.gather(*[work(lock, other) for _ in range(20)])

asyncio.run(main())
";
    let example = Example::new(busy, 1_000_000);
    assert!(example.history.ended());
    let svg = draw(&example.history, &Drawing::default());
    assert!(svg.len() < 100_000, "{} bytes", svg.len());
}
