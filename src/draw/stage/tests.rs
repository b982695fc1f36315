use super::*;
use crate::draw::example::{Example, LOCK, QUEUE, ROOM, SEMAPHORE, TEN_THOUSAND};

fn labels<'a>(labels: impl Iterator<Item = &'a Text>) -> Vec<String> {
    labels.map(|label| label.to_string()).collect()
}

/// Who stands in a box, first in line first.
fn inside(stage: &Stage, kind: PlaceKind) -> Vec<String> {
    let place = stage.places.iter().find(|place| place.kind == kind).expect("every stage has it");
    let within = |x: i32, y: i32| {
        let Rectangle { x: left, y: top, .. } = place.rectangle;
        (left..place.rectangle.right()).contains(&x) && (top..place.rectangle.bottom()).contains(&y)
    };
    let mut tokens: Vec<&Token> = stage.tokens.iter().filter(|token| within(token.x, token.y)).collect();
    tokens.sort_by_key(|token| (token.y, token.x));
    labels(tokens.into_iter().map(|token| &token.label))
}

#[test]
fn every_task_has_one_token_at_every_step() {
    for text in [SEMAPHORE, LOCK, QUEUE] {
        let example = Example::new(text, 200);
        let plan = example.plan(ROOM);
        for step in 0..=example.history.steps() {
            let snapshot = example.snapshot(step);
            let stage = plan.arrange(&example.history, &snapshot);
            let tasks: Vec<TaskId> = stage.tokens.iter().map(|token| token.task).collect();
            let all: Vec<TaskId> = (0..snapshot.tasks.len() as u32).map(TaskId).collect();
            assert_eq!(tasks, all, "after step {step}");
        }
    }
}

#[test]
fn nothing_sticks_out_and_no_token_covers_another() {
    for width in [320, 366, 600, 732, 930, 1300, 1900] {
        for text in [SEMAPHORE, LOCK, QUEUE, TEN_THOUSAND] {
            let example = Example::new(text, 12_000);
            for room in [Room { width, ..ROOM }, Room { width, height: None, comfort: 0 }] {
                let plan = example.plan(room);
                for step in [0, 1, 2, 7, 12, 30, 11_000] {
                    let stage = plan.arrange(&example.history, &example.snapshot(step));
                    let boxes = stage.places.iter().map(|place| place.rectangle);
                    for rectangle in boxes.chain(stage.cards.iter().map(|card| card.rectangle)) {
                        assert!(rectangle.x >= 0 && rectangle.right() <= width, "{rectangle:?} in {width}");
                        assert!(rectangle.bottom() <= stage.height, "{rectangle:?} in {}", stage.height);
                    }
                    for (index, token) in stage.tokens.iter().enumerate() {
                        assert!(token.x >= 0 && token.x + stage.size <= width, "{token:?} in {width}");
                        let apart = |other: &Token| {
                            (token.x - other.x).abs() >= stage.size || (token.y - other.y).abs() >= stage.size
                        };
                        assert!(stage.tokens[..index].iter().all(apart), "{token:?} at {width}, step {step}");
                    }
                }
            }
        }
    }
}

#[test]
fn tokens_stand_where_control_is() {
    let example = Example::new(SEMAPHORE, 100);
    let before = example.stage(ROOM, 0);
    assert_eq!(inside(&before, PlaceKind::Ready), ["main"]);

    // Three workers have a permit and sleep; the fifth has just queued up behind the fourth.
    let stage = example.stage(ROOM, 6);
    assert_eq!(inside(&stage, PlaceKind::Running), ["worker 4"]);
    assert_eq!(inside(&stage, PlaceKind::Sleeping), ["worker 0", "worker 1", "worker 2"]);
    assert_eq!(labels(stage.chips.iter().map(|chip| &chip.label)), ["worker 0", "worker 1", "worker 2"]);
    let seats: Vec<_> = stage.seats.iter().map(|seat| (&*seat.label, seat.kind)).collect();
    assert_eq!(seats, [("worker 4", SeatKind::Next)], "its place in the line is kept for it");
    let card = &stage.cards[0];
    assert_eq!((card.name.as_str(), card.detail.as_str()), ("semaphore", "asyncio.Semaphore(3)"));
    assert_eq!(card.description, "0 of 3 free, held by worker 0, worker 1, worker 2; in line worker 3, worker 4");
}

#[test]
fn a_woken_task_keeps_its_seat_in_the_line_until_it_runs() {
    let example = Example::new(SEMAPHORE, 100);
    let woken = (0..example.history.steps())
        .map(|step| example.stage(ROOM, step))
        .find(|stage| stage.tokens.iter().any(|token| token.woken))
        .expect("a worker is woken when a permit is released");
    let token = woken.tokens.iter().find(|token| token.woken).expect("found");
    assert_eq!((&*token.label, token.activity), ("worker 3", Activity::Ready));
    let seat = woken.seats.iter().find(|seat| seat.task == token.task).expect("its seat is kept");
    assert_eq!(seat.kind, SeatKind::Woken);
}

#[test]
fn finished_tasks_stand_in_the_order_in_which_they_finished() {
    let example = Example::new(SEMAPHORE, 1000);
    let stage = example.stage(ROOM, example.history.steps());
    let expected = ["worker 0", "worker 1", "worker 2", "worker 3", "worker 4", "main"];
    assert_eq!(inside(&stage, PlaceKind::Finished), expected);
}

#[test]
fn ten_thousand_tasks_are_a_few_tokens_and_counted_dots() {
    let example = Example::new(TEN_THOUSAND, 1_000_000);
    for step in [1, 5_000, 12_000, example.history.steps()] {
        let stage = example.stage(ROOM, step);
        assert!(stage.tokens.len() < 60, "{} tokens", stage.tokens.len());
        assert!(stage.crowds.len() <= 4);
        let more: usize = stage
            .captions
            .iter()
            .filter(|caption| caption.kind == CaptionKind::More)
            .map(|caption| caption.text.replace(['+', ','], "").parse::<usize>().expect("a number"))
            .sum();
        // Callbacks and kept seats take seats as well.
        let seated = stage.tokens.len() + stage.callbacks.len() + stage.seats.len();
        assert!((10_001..10_010).contains(&(more + seated)), "{more} and {seated} after step {step}");
    }
}

#[test]
fn an_items_key_stays_while_it_moves_up_in_the_queue() {
    let text = "\
import asyncio

async def main():
    queue = asyncio.Queue(maxsize=4)
    for item in 'abc':
        await queue.put(item)
    await asyncio.sleep(1)
    await queue.get()
    await asyncio.sleep(1)

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let items = |step| {
        let cells = example.stage(ROOM, step).cells.into_iter();
        let items: Vec<_> = cells
            .filter_map(|cell| match cell.kind {
                CellKind::Item(text) => Some((cell.key, text.to_string(), cell.rectangle.x)),
                _ => None,
            })
            .collect();
        items
    };
    let (before, after) = (items(1), items(example.history.steps() - 1));
    assert_eq!(before.iter().map(|item| &*item.1).collect::<Vec<_>>(), ["'a'", "'b'", "'c'"]);
    assert!(before[0].2 > before[1].2, "the next item out stands at the right");
    assert_eq!(after.iter().map(|item| &*item.1).collect::<Vec<_>>(), ["'b'", "'c'"]);
    assert_eq!(after[0].0, before[1].0, "the same cell moves");
    assert_eq!(after[0].2, before[0].2);
}

#[test]
fn tasks_that_await_a_task_or_a_future_have_a_place() {
    let text = "\
import asyncio

async def work():
    await asyncio.sleep(1)

async def main():
    await asyncio.create_task(work())

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let stage = example.stage(ROOM, 2);
    assert_eq!(stage.tokens.len(), 2);
    let card = stage.cards.iter().find(|card| card.subject == Subject::Waiting).expect("a card for who waits");
    assert!(card.present);
    assert_eq!(labels(stage.chips.iter().map(|chip| &chip.label)), ["work"], "main waits for it");
}

/// What the slots of the one card are, and what stands over its first zone.
fn slots(stage: &Stage) -> (Vec<SlotKind>, &str) {
    let zone = stage.captions.iter().find(|caption| caption.kind == CaptionKind::Zone).expect("a card has zones");
    (stage.slots.iter().map(|slot| slot.kind).collect(), &zone.text)
}

#[test]
fn an_events_lamp_is_lit_while_it_is_set() {
    let text = "\
import asyncio

async def main():
    event = asyncio.Event()
    await asyncio.sleep(0)
    event.set()

asyncio.run(main())
";
    let example = Example::new(text, 100);
    assert_eq!(slots(&example.stage(ROOM, 1)), (vec![SlotKind::Dark], "not set"));
    let lit = example.stage(ROOM, 2);
    assert_eq!(slots(&lit), (vec![SlotKind::Lit], "set"));
    assert_eq!(lit.cards[0].description, "set; nobody waits");
}

#[test]
fn a_barriers_places_are_taken_one_by_one() {
    let text = "\
import asyncio

async def main():
    barrier = asyncio.Barrier(3)
    first = asyncio.create_task(barrier.wait())
    second = asyncio.create_task(barrier.wait())
    await asyncio.sleep(0)
    await barrier.wait()
    await asyncio.sleep(0)
    await barrier.abort()

asyncio.run(main())
";
    let example = Example::new(text, 100);
    use SlotKind::{Broken, Free, Open, Taken};
    assert_eq!(slots(&example.stage(ROOM, 2)), (vec![Taken, Free, Free], "filling · 1 of 3 there"));
    let full = example.stage(ROOM, 3);
    assert_eq!(slots(&full), (vec![Taken, Taken, Free], "filling · 2 of 3 there"));
    assert_eq!(full.cards[0].detail, "asyncio.Barrier(3)");
    let opened = example.stage(ROOM, 4);
    assert_eq!(slots(&opened), (vec![Open, Open, Free], "draining · 2 still inside"));
    assert_eq!(opened.cards[0].figures, "most inside 3 of 3 · longest line 2");
    assert_eq!(opened.seats.iter().filter(|seat| seat.kind == SeatKind::Woken).count(), 2);
    assert_eq!(slots(&example.stage(ROOM, example.history.steps())), (vec![Broken; 3], "broken"));
}

#[test]
fn a_condition_shows_its_lock_and_both_its_lines() {
    let text = "\
import asyncio

async def consume(condition):
    async with condition:
        await condition.wait()

async def main():
    condition = asyncio.Condition()
    tasks = [asyncio.create_task(consume(condition)) for _ in range(2)]
    await asyncio.sleep(0)
    async with condition:
        condition.notify_all()
        await asyncio.sleep(1)

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let stage = example.stage(ROOM, 6);
    let zones = stage.captions.iter().filter(|caption| caption.kind == CaptionKind::Zone);
    let zones: Vec<&str> = zones.map(|caption| &*caption.text).collect();
    assert_eq!(zones, ["its lock: locked by", "waiting to be notified", "notified · for its lock again"]);
    assert_eq!(labels(stage.chips.iter().map(|chip| &chip.label)), ["main"]);
    assert_eq!(stage.cards[0].description, "held by main; in line consume 1, consume 2");
}

#[test]
fn items_stand_in_the_order_in_which_they_come_out() {
    let text = |class: &str| {
        format!(
            "import asyncio\n\nasync def main():\n    queue = asyncio.{class}()\n    for item in (2, 3, 1):\n        \
             queue.put_nowait(item)\n    await asyncio.sleep(0)\n    queue.get_nowait()\n    await asyncio.sleep(0)\n    \
             queue.shutdown()\n\nasyncio.run(main())\n"
        )
    };
    for (class, before, after, caption) in [
        ("Queue", ["2", "3", "1"], ["3", "1"], "2 items · next out right"),
        ("LifoQueue", ["1", "3", "2"], ["3", "2"], "2 items · last in, out right"),
        ("PriorityQueue", ["1", "2", "3"], ["2", "3"], "2 items · lowest out right"),
    ] {
        let example = Example::new(&text(class), 100);
        let items = |step| {
            let cells = example.stage(ROOM, step).cells.into_iter();
            let items = cells.filter_map(|cell| match cell.kind {
                CellKind::Item(text) => Some(text.to_string()),
                _ => None,
            });
            items.collect::<Vec<String>>()
        };
        assert_eq!(items(1), before, "{class}");
        assert_eq!(items(2), after, "{class}");
        assert_eq!(slots(&example.stage(ROOM, 2)).1, caption);
        let end = example.stage(ROOM, 3);
        assert_eq!(slots(&end).1, [caption, " · shut down"].concat());
        assert!(end.cells.iter().any(|cell| cell.kind == CellKind::Closed));
    }
}

#[test]
fn a_queue_of_long_items_has_fewer_cells_so_that_they_can_be_read() {
    let cells = |item: &str| {
        let text = format!(
            "import asyncio\n\nasync def main():\n    queue = asyncio.Queue()\n    queue.put_nowait({item})\n\nasyncio.run(main())\n"
        );
        let stage = Example::new(&text, 100).stage(ROOM, 1);
        (stage.cells.iter().filter(|cell| cell.kind == CellKind::Room).count(), stage.cells[0].rectangle.width)
    };
    assert_eq!(cells("1").0, 4);
    let (count, width) = cells("'connection 1'");
    assert_eq!(count, 3);
    assert!(width > "'connection 1'".len() as i32 * 8, "{width} pixels");
}

#[test]
fn a_card_in_a_narrow_room_has_two_lines_for_its_figures() {
    let example = Example::new(SEMAPHORE, 100);
    let below = |width| {
        let stage = example.stage(Room { width, height: None, comfort: 0 }, 5);
        let card = card(&stage, "semaphore").rectangle;
        let slots = stage.slots.iter().map(|slot| slot.rectangle.bottom());
        card.bottom() - slots.max().expect("it has slots")
    };
    assert_eq!(below(366) - below(700), 16);
}

/// The card of this name.
fn card<'a>(stage: &'a Stage, name: &str) -> &'a Card {
    stage.cards.iter().find(|card| card.name == name).unwrap_or_else(|| panic!("a card named {name}"))
}

#[test]
fn a_card_says_nothing_of_a_line_that_never_was() {
    let example = Example::new(LOCK, 100);
    assert_eq!(card(&example.stage(ROOM, 2), "lock").figures, "nobody has waited yet");
    let end = example.stage(ROOM, example.history.steps());
    assert!(card(&end, "lock").figures.starts_with("longest line "), "{}", card(&end, "lock").figures);
}

#[test]
fn a_gather_counts_the_tasks_that_are_seen_to_be_finished() {
    let example = Example::new(SEMAPHORE, 1000);
    for step in 1..=example.history.steps() {
        let snapshot = example.snapshot(step);
        let workers = || snapshot.tasks.iter().skip(1);
        let over = workers().filter(|task| matches!(task.state, crate::trace::TaskState::Finished(_))).count();
        let stage = example.stage(ROOM, step);
        if workers().count() == 5 {
            assert_eq!(card(&stage, "gather").description, format!("{over} of 5 finished"), "after step {step}");
        }
        let cells = stage.cells.iter();
        let done = cells.filter(|cell| matches!(cell.kind, CellKind::Child { outcome: Some(Outcome::Returned), .. }));
        assert_eq!(done.count(), over);
    }
}

#[test]
fn a_task_group_that_fails_says_which_task_failed_and_with_what() {
    let text = "\
import asyncio

async def nap():
    await asyncio.sleep(9)

async def save():
    raise OSError('no space left')

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(nap())
        group.create_task(save())

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let stage = example.stage(ROOM, example.history.steps());
    let group = card(&stage, "TaskGroup");
    assert_eq!(group.detail, "done · save failed");
    assert_eq!(group.description, "0 of 2 finished · 1 failed · 1 cancelled");
    let save = stage.tokens.iter().find(|token| &*token.label == "save").expect("it has a token");
    assert_eq!(save.exception.as_deref(), Some("OSError: no space left"));
}

#[test]
fn who_waits_under_a_timeout_shows_when_it_gives_up() {
    let text = "\
import asyncio

async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    try:
        async with asyncio.timeout(5):
            async with asyncio.timeout(2):
                await lock.acquire()
    except TimeoutError:
        await asyncio.sleep(1)
    await asyncio.wait([asyncio.create_task(asyncio.sleep(9))], timeout=4)

asyncio.run(main())
";
    let example = Example::new(text, 100);
    let deadline = |step| {
        let captions = example.stage(ROOM, step).captions.into_iter();
        captions.filter(|caption| caption.kind == CaptionKind::Deadline).map(|caption| caption.text).next()
    };
    let mut all: Vec<Option<String>> = (1..=example.history.steps()).map(deadline).collect();
    all.dedup();
    // While it is ready and while it sleeps, there is nothing to give up.
    let expected = [Some("till 2.00"), None, Some("till 7.00"), None];
    assert_eq!(all, expected.map(|text| text.map(str::to_owned)));
    let gives_up = |step| example.stage(ROOM, step).tokens.iter().find(|token| token.task.0 == 0)?.gives_up;
    assert!((1..=example.history.steps()).any(|step| gives_up(step) == Some(7.0)));
}

#[test]
fn an_item_is_in_the_hands_of_who_has_just_taken_it() {
    let example = Example::new(QUEUE, 100);
    let taken = |step| {
        let cells = example.stage(ROOM, step).cells.into_iter();
        let taken = cells.filter_map(|cell| match cell.kind {
            CellKind::Taken(item) => Some((cell.key, item.to_string())),
            _ => None,
        });
        taken.collect::<Vec<_>>()
    };
    let step = (1..50).find(|step| !taken(*step).is_empty()).expect("an item is taken");
    let (key, item) = taken(step).remove(0);
    let before = example.stage(ROOM, step - 1).cells;
    let cell = before.iter().find(|cell| cell.key == key).expect("it stood in the queue");
    assert_eq!(cell.kind, CellKind::Item(item.as_str().into()));
}

#[test]
fn a_hundred_locks_have_small_cards_and_those_at_which_tasks_wait_come_first() {
    let text = "\
import asyncio

async def worker(lock):
    async with lock:
        await asyncio.sleep(1)

async def main():
    locks = [asyncio.Lock() for _ in range(100)]
    await asyncio.gather(*(worker(locks[n]) for n in (7, 60, 60)))

asyncio.run(main())
";
    let example = Example::new(text, 1000);
    let stage = example.stage(ROOM, 5);
    assert_eq!(stage.left_out, 0);
    let names: Vec<&str> = stage.cards.iter().take(3).map(|card| &*card.name).collect();
    assert_eq!(names, ["locks[60]", "locks[7]", "locks[0]"]);
    assert!(stage.cards[..100].iter().all(|card| card.compact && card.rectangle.height < 120));
    assert_eq!(stage.tokens.len(), 4, "everybody has a place");
    assert!(stage.size >= 32, "tokens of {} pixels", stage.size);
}

#[test]
fn whoever_can_have_a_seat_has_one() {
    let example = Example::new(include_str!("../../../static/demos/philosophers.py"), 200);
    for width in [320, 390, 640, 676, 732, 976] {
        let plan = example.plan(Room { width, height: Some(340), comfort: 0 });
        let stage = plan.arrange(&example.history, &example.snapshot(example.history.steps()));
        assert!(stage.crowds.is_empty(), "six tasks are a crowd at {width} pixels");
    }
}
