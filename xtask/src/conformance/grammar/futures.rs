//! Futures, callbacks of the loop, and calls that block: in place or in a thread.

use super::super::syntax::{Block, compound, line};
use super::{Awaitable, Feature, Generator, Kind};

pub const FUTURES: Feature = Feature::new("futures", 8)
    .instant(|generator| {
        let future = future(generator);
        let number = generator.random.below(10);
        let deed = match generator.random.below(8) {
            0 | 1 => format!("{future}.set_result({number})"),
            2 => format!("{future}.set_exception(ValueError({number}))"),
            3 => format!("say(\"cancel\", {future}.cancel({}))", generator.random.pick(&["", "\"no need\""])),
            4 => format!("say(\"result\", describe({future}.result()))"),
            5 => format!("say(\"exception\", describe({future}.exception()))"),
            6 => format!("say(\"future\", {future}.done(), {future}.cancelled())"),
            _ => format!("{future}.set_exception(RuntimeError)"),
        };
        generator.instant_guarded(vec![line(deed)])
    })
    .waiting(|generator| match generator.random.weighted(&[6, 2, 1, 2]) {
        0 => {
            let future = future(generator);
            generator.say_awaited("future", &future)
        }
        1 => {
            let future = generator.name(Kind::Future, "future");
            vec![line(format!("{future} = asyncio.get_running_loop().create_future()"))]
        }
        2 => {
            let future = future(generator);
            let watch = generator.unique("watch");
            vec![
                compound(format!("def {watch}(done):"), vec![line(format!("say(\"{watch}\", outcome(done))"))]),
                line(format!("{future}.add_done_callback({watch})")),
                generator.pause(),
                line(format!("say(\"removed\", {future}.remove_done_callback({watch}))")),
            ]
        }
        _ => {
            let future = future(generator);
            vec![line(format!("{future}.add_done_callback(lambda done: say(\"future done\", outcome(done)))"))]
        }
    })
    .awaitable(|generator| Awaitable::future(future(generator)));

pub const CALLBACKS: Feature = Feature::new("callbacks", 7)
    .instant(|generator| match generator.local(Kind::Handle) {
        Some(handle) if generator.random.chance(50) => {
            vec![line(format!("{handle}.cancel()")), line(format!("say(\"{handle}\", {handle}.cancelled())"))]
        }
        _ => call_later(generator),
    })
    .waiting(|generator| {
        let callback = generator.unique("callback");
        let mut body = vec![line(format!("say(\"{callback}\", *details)"))];
        body.extend(generator.instant());
        let mut block = vec![compound(format!("def {callback}(*details):"), body)];
        let handle = generator.name(Kind::Handle, "handle");
        let delay = generator.delay();
        let (call, is_timer) = match generator.random.below(4) {
            0 => (format!("call_soon({callback}, n)"), false),
            1 => (format!("call_at(asyncio.get_running_loop().time() + {delay}, {callback})"), true),
            2 => (format!("call_at({delay}, {callback}, 1, 2)"), true),
            _ => (format!("call_later({delay}, {callback}, n)"), true),
        };
        block.push(line(format!("{handle} = asyncio.get_running_loop().{call}")));
        if is_timer && generator.random.chance(20) {
            block.push(line(format!("say(\"{handle}\", {handle}.when(), {handle}.cancelled())")));
        }
        block
    });

pub const THREADS: Feature = Feature::new("threads", 5)
    .waiting(|generator| {
        let thread = thread(generator).text;
        generator.say_awaited("thread", &thread)
    })
    .awaitable(thread);

pub const BLOCKING: Feature = Feature::new("blocking", 2).instant(|generator| {
    let delay = generator.delay();
    let block = vec![line(format!("time.sleep({delay})")), line(r#"say("blocked")"#)];
    if delay == "-1" { generator.instant_guarded(block) } else { block }
});

/// One of the program's futures, or one with a name in scope.
fn future(generator: &mut Generator) -> String {
    let number = generator.random.below(2);
    match generator.local(Kind::Future) {
        Some(future) if generator.random.chance(50) => future,
        _ => format!("futures[{number}]"),
    }
}

fn call_later(generator: &mut Generator) -> Block {
    let number = generator.random.below(100);
    let delay = generator.delay();
    vec![line(format!("asyncio.get_running_loop().call_later({delay}, say, \"later\", {number})"))]
}

fn thread(generator: &mut Generator) -> Awaitable {
    let number = generator.random.below(10);
    let delay = generator.delay();
    match generator.random.below(4) {
        0 => Awaitable::coroutine(format!("asyncio.to_thread(time.sleep, {delay})")),
        1 => Awaitable::future(format!("asyncio.get_running_loop().run_in_executor(None, job, {delay}, {number})")),
        _ => Awaitable::coroutine(format!("asyncio.to_thread(job, {delay}, {number})")),
    }
}
