//! Locks, semaphores, events, conditions and barriers.

use super::super::random::Random;
use super::super::syntax::{Block, Statement, clause, compound, line};
use super::{Awaitable, Feature, Generator};

pub const LOCKS: Feature = Feature::new("locks", 10)
    .declare(|_| ("lock", "asyncio.Lock()".to_owned()))
    .instant(|generator| {
        let lock = generator.primitive("lock");
        release_or_look(generator, &lock)
    })
    .waiting(|generator| {
        let lock = generator.primitive("lock");
        take(generator, &lock)
    })
    .awaitable(|generator| Awaitable::coroutine(format!("{}.acquire()", generator.primitive("lock"))));

pub const SEMAPHORES: Feature = Feature::new("semaphores", 10)
    .declare(|random| {
        let class = random.pick(&["Semaphore", "BoundedSemaphore"]);
        ("semaphore", format!("asyncio.{class}({})", random.pick(&[0, 1, 1, 2, 3])))
    })
    .instant(|generator| {
        let semaphore = generator.primitive("semaphore");
        release_or_look(generator, &semaphore)
    })
    .waiting(|generator| {
        let semaphore = generator.primitive("semaphore");
        take(generator, &semaphore)
    })
    .awaitable(|generator| Awaitable::coroutine(format!("{}.acquire()", generator.primitive("semaphore"))));

pub const EVENTS: Feature = Feature::new("events", 8)
    .declare(|_| ("event", "asyncio.Event()".to_owned()))
    .instant(|generator| {
        let event = generator.primitive("event");
        let deed = generator.random.pick(&["set", "set", "clear"]);
        let mut block = vec![line(format!("{event}.{deed}()"))];
        if generator.random.chance(30) {
            block.push(line(format!("say(\"{event}\", {event}.is_set())")));
        }
        block
    })
    .waiting(|generator| {
        let event = generator.primitive("event");
        vec![line(format!("say(\"{event} came\", await {event}.wait(), {event}.is_set())"))]
    })
    .awaitable(|generator| Awaitable::coroutine(format!("{}.wait()", generator.primitive("event"))));

pub const CONDITIONS: Feature = Feature::new("conditions", 12)
    .declare(|random| ("condition", condition(random)))
    .instant(|generator| {
        let condition = generator.primitive("condition");
        if generator.random.chance(30) {
            return vec![line(format!("say(\"{condition}\", {condition}.locked())"))];
        }
        let notify = notify(generator);
        generator.instant_guarded(vec![line(format!("{condition}.{notify}"))])
    })
    .waiting(|generator| {
        let condition = generator.primitive("condition");
        if generator.random.chance(10) {
            return take(generator, &condition);
        }
        let mut body = Block::new();
        if generator.random.chance(60) {
            let wait = condition_wait(generator);
            body.push(line(format!("say(\"{condition} notified\", await {condition}.{wait})")));
        }
        if body.is_empty() || generator.random.chance(40) {
            if generator.random.chance(50) {
                body.push(line("counts[0] += 1"));
            }
            let notify = notify(generator);
            body.push(line(format!("{condition}.{notify}")));
        }
        if generator.random.chance(25) {
            body.push(generator.pause());
        }
        let mut block = vec![compound(format!("async with {condition}:"), body)];
        if generator.random.chance(40) {
            block = vec![generator.guarded(block)];
        }
        block.push(line(format!("say(\"{condition} left\", {condition}.locked())")));
        block
    })
    .awaitable(|generator| {
        let condition = generator.primitive("condition");
        // Without the lock, most of the time.
        let method = if generator.random.chance(50) { "acquire()" } else { condition_wait(generator) };
        Awaitable::coroutine(format!("{condition}.{method}"))
    });

pub const BARRIERS: Feature = Feature::new("barriers", 10)
    .declare(|random| ("barrier", format!("asyncio.Barrier({})", random.pick(&[1, 2, 2, 3, 4]))))
    .instant(|generator| {
        let barrier = generator.primitive("barrier");
        vec![line(format!("say(\"{barrier}\", {barrier}.parties, {barrier}.n_waiting, {barrier}.broken)"))]
    })
    .waiting(|generator| {
        let barrier = generator.primitive("barrier");
        let block = match generator.random.weighted(&[50, 20, 10, 15]) {
            0 => vec![line(format!("say(\"{barrier} passed\", await {barrier}.wait())"))],
            1 => {
                let mut body = vec![line(format!("say(\"{barrier} place\", place)"))];
                if generator.may_nest() {
                    body.extend(generator.body(2));
                }
                vec![compound(format!("async with {barrier} as place:"), body)]
            }
            2 => vec![line(format!("await {barrier}.abort()"))],
            _ => vec![line(format!("await {barrier}.reset()"))],
        };
        vec![generator.guarded(block), line(format!("say(\"{barrier}\", {barrier}.n_waiting, {barrier}.broken)"))]
    })
    .awaitable(|generator| {
        let method = generator.random.pick(&["wait", "wait", "wait", "wait", "abort", "reset"]);
        Awaitable::coroutine(format!("{}.{method}()", generator.primitive("barrier")))
    });

/// Over a lock of its own, or over one that others take, too.
fn condition(random: &mut Random) -> String {
    if random.chance(30) { "asyncio.Condition(lock0)".to_owned() } else { "asyncio.Condition()".to_owned() }
}

fn condition_wait(generator: &mut Generator) -> &'static str {
    generator.random.pick(&[
        "wait()",
        "wait()",
        "wait_for(lambda: counts[0] > 1)",
        "wait_for(lambda: counts[0] % 2)",
        "wait_for(lambda: counts)",
    ])
}

fn notify(generator: &mut Generator) -> &'static str {
    generator.random.pick(&["notify()", "notify()", "notify(2)", "notify(0)", "notify_all()"])
}

/// Looks at a lock or semaphore, or gives it back without asking who has it.
fn release_or_look(generator: &mut Generator, name: &str) -> Block {
    if generator.random.chance(40) {
        return vec![line(format!("say(\"{name}\", {name}.locked())"))];
    }
    generator.instant_guarded(vec![line(format!("{name}.release()"))])
}

/// Takes a lock or semaphore, in one of the ways in which that is done.
fn take(generator: &mut Generator, name: &str) -> Block {
    let taken = line(format!("say(\"{name} taken\", {name}.locked())"));
    match generator.random.weighted(&[50, 20, 30]) {
        0 => {
            let mut body = vec![taken];
            let inner = if generator.may_nest() { generator.body(2) } else { vec![generator.pause()] };
            body.extend(inner);
            vec![compound(format!("async with {name}:"), body)]
        }
        1 => vec![line(format!("say(\"{name} taken\", await {name}.acquire())"))],
        _ => {
            let inner = if generator.may_nest() { generator.body(2) } else { vec![generator.pause()] };
            let release = vec![line(format!("{name}.release()"))];
            let attempt = Statement::Compound(vec![clause("try:", inner), clause("finally:", release)]);
            vec![line(format!("await {name}.acquire()")), taken, attempt]
        }
    }
}
