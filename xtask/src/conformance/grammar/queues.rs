//! Queues of all three kinds.

use super::super::syntax::{Block, compound, line};
use super::{Awaitable, Feature, Generator};

pub const QUEUES: Feature = Feature::new("queues", 14)
    .declare(|random| {
        let class = random.pick(&["Queue", "Queue", "PriorityQueue", "LifoQueue"]);
        ("queue", format!("asyncio.{class}({})", random.pick(&[0, 1, 1, 2, 3, -1])))
    })
    .instant(|generator| {
        let queue = generator.primitive("queue");
        let item = generator.random.below(10);
        let block = match generator.random.below(5) {
            0 => vec![line(format!("say(\"{queue}\", {queue}.get_nowait())"))],
            1 | 2 => vec![line(format!("{queue}.put_nowait({item})"))],
            3 => vec![line(format!("{queue}.task_done()"))],
            _ => return look(&queue),
        };
        generator.instant_guarded(block)
    })
    .waiting(|generator| {
        let queue = generator.primitive("queue");
        let item = generator.random.below(10);
        let block = match generator.random.weighted(&[30, 30, 8, 20, 8]) {
            0 => vec![line(format!("await {queue}.put({item})")), line(format!("say(\"{queue} put\", {item})"))],
            1 => vec![line(format!("say(\"{queue} got\", await {queue}.get())"))],
            2 => vec![line(format!("await {queue}.join()")), line(format!("say(\"{queue} joined\")"))],
            3 => work_off(generator, &queue),
            _ => produce(generator, &queue),
        };
        if generator.has("shutdown") || generator.random.chance(20) { vec![generator.guarded(block)] } else { block }
    })
    .awaitable(|generator| {
        let queue = generator.primitive("queue");
        let item = generator.random.below(10);
        Awaitable::coroutine(match generator.random.weighted(&[4, 4, 1]) {
            0 => format!("{queue}.get()"),
            1 => format!("{queue}.put({item})"),
            _ => format!("{queue}.join()"),
        })
    });

/// Brings a queue of its own, so that it can be chosen alone.
pub const SHUTDOWN: Feature = Feature::new("shutdown", 3)
    .declare(|random| ("queue", format!("asyncio.Queue({})", random.pick(&[0, 1, 2]))))
    .instant(|generator| {
        let queue = generator.primitive("queue");
        let how = generator.random.pick(&["", "immediate=True", "immediate=False", "True"]);
        let mut block = vec![line(format!("{queue}.shutdown({how})"))];
        block.extend(look(&queue));
        block
    });

fn look(queue: &str) -> Block {
    vec![line(format!("say(\"{queue}\", {queue}.qsize(), {queue}.empty(), {queue}.full(), {queue}.maxsize)"))]
}

/// Takes some items and says of each that it is done.
fn work_off(generator: &mut Generator, queue: &str) -> Block {
    let mut body = vec![line(format!("item = await {queue}.get()")), line(format!("say(\"{queue} has\", item)"))];
    if generator.random.chance(50) {
        body.push(generator.pause());
    }
    body.push(line(format!("{queue}.task_done()")));
    let times = generator.random.between(1, 4);
    vec![compound(format!("for turn in range({times}):"), body)]
}

/// Puts some items.
fn produce(generator: &mut Generator, queue: &str) -> Block {
    let mut body = vec![line(format!("await {queue}.put(turn + n)"))];
    if generator.random.chance(50) {
        body.push(generator.pause());
    }
    let times = generator.random.between(2, 4);
    let after = line(format!("say(\"{queue} fed\", {queue}.qsize())"));
    vec![compound(format!("for turn in range({times}):"), body), after]
}
