//! Tasks: starting, naming, asking, cancelling, and callbacks when they are done.

use super::super::syntax::{Block, compound, line};
use super::{Awaitable, Feature, Generator, Kind};

pub const TASKS: Feature = Feature::new("tasks", 8)
    .instant(|generator| {
        let task = generator.any_task();
        match generator.random.below(4) {
            0 => vec![line(format!("say(\"look\", {task}.get_name(), {task}.done(), {task}.cancelled())"))],
            1 => vec![line(format!("say(\"outcome\", outcome({task}))"))],
            2 => generator.instant_guarded(vec![line(format!("say(\"result\", describe({task}.result()))"))]),
            _ => generator.instant_guarded(vec![line(format!("say(\"exception\", describe({task}.exception()))"))]),
        }
    })
    .waiting(|generator| match generator.random.weighted(&[50, 10, 10, 30]) {
        0 => start(generator),
        1 => {
            let name = generator.unique("renamed");
            vec![line(format!("asyncio.current_task().set_name(\"{name}\")"))]
        }
        // Not in callbacks, which may still run while asyncio.run() closes the loop with tasks of its own.
        2 => vec![line("say(\"all\", [task.get_name() for task in asyncio.all_tasks()])")],
        _ => {
            let awaited = match generator.local(Kind::Task) {
                Some(task) if generator.random.chance(70) => task,
                _ => format!("earlier(n, {})", generator.random.below(6)),
            };
            generator.say_awaited("awaited", &awaited)
        }
    })
    .awaitable(|generator| {
        let coroutine = generator.coroutine();
        Awaitable::future(match generator.random.below(3) {
            0 => format!("asyncio.ensure_future({coroutine})"),
            1 => format!("asyncio.create_task({coroutine}, name=\"{}\")", generator.unique("inner")),
            _ => format!("asyncio.create_task({coroutine})"),
        })
    });

pub const CANCELLATION: Feature = Feature::new("cancellation", 8).instant(|generator| {
    let task = generator.any_task();
    let message = generator.random.pick(&["", "", "\"enough\"", "msg=\"stop\"", "None", "7"]);
    match generator.random.weighted(&[60, 15, 15]) {
        0 => vec![line(format!("say(\"cancel\", {task}.get_name(), {task}.cancel({message}), {task}.cancelling())"))],
        1 => vec![line(format!("say(\"cancelling\", {task}.get_name(), {task}.cancelling())"))],
        _ => vec![line(format!("say(\"uncancel\", {task}.get_name(), {task}.uncancel(), {task}.cancelling())"))],
    }
});

pub const DONE_CALLBACKS: Feature = Feature::new("done-callbacks", 5).instant(watch_briefly).waiting(|generator| {
    let task = generator.any_task();
    let watch = generator.unique("watch");
    let mut body = vec![line(format!("say(\"{watch}\", outcome(done))"))];
    if generator.random.chance(40) {
        body.extend(generator.instant());
    }
    let mut block =
        vec![compound(format!("def {watch}(done):"), body), line(format!("{task}.add_done_callback({watch})"))];
    if generator.random.chance(20) {
        block.push(line(format!("{task}.add_done_callback({watch})")));
    }
    if generator.random.chance(30) {
        if generator.random.chance(50) {
            block.push(generator.pause());
        }
        block.push(line(format!("say(\"removed\", {task}.remove_done_callback({watch}))")));
    }
    block
});

/// A callback without a name, added in passing: by another callback, too.
fn watch_briefly(generator: &mut Generator) -> Block {
    let task = generator.any_task();
    let what = generator.unique("brief");
    vec![line(format!("{task}.add_done_callback(lambda done: say(\"{what}\", outcome(done)))"))]
}

/// Binds a new task to a name.
pub fn start(generator: &mut Generator) -> Block {
    let coroutine = generator.coroutine();
    let task = generator.name(Kind::Task, "task");
    vec![line(match generator.random.weighted(&[4, 3, 1, 1]) {
        0 => format!("{task} = asyncio.create_task({coroutine})"),
        1 => format!("{task} = asyncio.create_task({coroutine}, name=\"{task}\")"),
        2 => format!("{task} = asyncio.ensure_future({coroutine})"),
        _ => format!("{task} = asyncio.get_running_loop().create_task({coroutine})"),
    })]
}
