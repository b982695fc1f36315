use super::*;
use crate::draw::example::{Example, LOCK, QUEUE, SEMAPHORE, TEN_THOUSAND};

fn view(example: &Example, scale: Scale, playhead: u32, follows: bool) -> View {
    View { window: Window::new(&example.history, scale, playhead, follows), width: 800.0, height: 200.0 }
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
    assert!(lanes(&picture).layers.iter().any(|layer| layer.look == Look::Cross && layer.colour == 1));
}
