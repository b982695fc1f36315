//! Waiting for several things at once, or for one in a special way.

use super::super::syntax::{Block, compound, line};
use super::{Awaitable, Feature, Generator, Kind, tasks};

pub const GATHER: Feature = Feature::new("gather", 7)
    .waiting(|generator| {
        let gather = gather(generator);
        if generator.random.chance(70) {
            return generator.say_awaited("gathered", &gather);
        }
        let future = generator.name(Kind::Future, "gathered");
        let mut block = vec![line(format!("{future} = {gather}"))];
        if generator.random.chance(70) {
            block.push(generator.pause());
        }
        if generator.random.chance(60) {
            block.push(line(format!("say(\"{future}\", {future}.cancel(), {future}.done())")));
        }
        block.extend(generator.say_awaited("gathered", &future));
        block
    })
    .awaitable(|generator| Awaitable::future(gather(generator)));

pub const WAIT: Feature = Feature::new("wait", 6).waiting(|generator| {
    let options = wait_options(generator);
    let mut block = Block::new();
    let waiting = if generator.random.chance(70) {
        let mut tasks = Vec::new();
        for _ in 0..generator.random.between(1, 3) {
            match generator.local(Kind::Task).filter(|_| generator.random.chance(30)) {
                Some(task) => tasks.push(task),
                None => {
                    block.extend(tasks::start(generator));
                    tasks.extend(generator.locals.last().map(|(_, name)| name.clone()));
                }
            }
        }
        vec![
            line(format!("done, pending = await asyncio.wait([{}]{options})", tasks.join(", "))),
            line(r#"say("done", [(task.get_name(), outcome(task)) for task in done])"#),
            line(r#"say("pending", [task.get_name() for task in pending])"#),
        ]
    } else {
        let futures: Vec<_> = (0..generator.random.between(1, 3))
            .map(|_| match generator.awaitable() {
                awaitable if awaitable.is_coroutine => format!("asyncio.ensure_future({})", awaitable.text),
                awaitable if awaitable.text.starts_with("earlier") => {
                    format!("asyncio.ensure_future({})", awaitable.text)
                }
                awaitable => awaitable.text,
            })
            .collect();
        vec![
            line(format!("done, pending = await asyncio.wait([{}]{options})", futures.join(", "))),
            line(r#"say("done", [outcome(future) for future in done], len(pending))"#),
        ]
    };
    if generator.random.chance(30) {
        block.push(generator.guarded(waiting));
    } else {
        block.extend(waiting);
    }
    block
});

pub const WAIT_FOR: Feature = Feature::new("wait_for", 8)
    .waiting(|generator| {
        let wait = wait_for(generator).text;
        generator.say_awaited("in time", &wait)
    })
    .awaitable(wait_for);

pub const AS_COMPLETED: Feature = Feature::new("as_completed", 5).waiting(|generator| {
    let call = as_completed(generator);
    let body = generator.say_awaited("next", "coming");
    one_by_one(generator, format!("for coming in {call}:"), body)
});

pub const ASYNC_FOR: Feature = Feature::new("async_for", 3).waiting(|generator| {
    let call = as_completed(generator);
    let mut body = vec![line("say(\"done\", outcome(future))")];
    if generator.random.chance(30) {
        body.extend(generator.say_awaited("next", "future"));
    }
    one_by_one(generator, format!("async for future in {call}:"), body)
});

pub const SHIELD: Feature = Feature::new("shield", 5)
    .waiting(|generator| {
        let shield = shield(generator).text;
        generator.say_awaited("shielded", &shield)
    })
    .awaitable(shield);

fn wait_options(generator: &mut Generator) -> String {
    let mut options = String::new();
    if generator.random.chance(50) {
        options += &format!(", timeout={}", generator.timeout());
    }
    if generator.random.chance(70) {
        let condition = generator.random.pick(&["FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"]);
        options += &format!(", return_when=asyncio.{condition}");
    }
    options
}

fn several(generator: &mut Generator, fewest: usize) -> String {
    generator.nesting += 1;
    let number = generator.random.between(fewest, 3);
    let mut awaitables: Vec<_> = (0..number).map(|_| generator.awaitable().text).collect();
    generator.nesting -= 1;
    // The same thing twice.
    if let Some(task) = generator.local(Kind::Task).filter(|_| generator.random.chance(10)) {
        awaitables.extend([task.clone(), task]);
    }
    awaitables.join(", ")
}

fn gather(generator: &mut Generator) -> String {
    let fewest = usize::from(generator.random.chance(95));
    let mut arguments = several(generator, fewest);
    let option = generator.random.pick(&["", "", "return_exceptions=True", "return_exceptions=False"]);
    if !arguments.is_empty() && !option.is_empty() {
        arguments += ", ";
    }
    format!("asyncio.gather({arguments}{option})")
}

fn wait_for(generator: &mut Generator) -> Awaitable {
    let awaitable = generator.awaitable().text;
    let timeout = generator.timeout();
    let keyword = generator.random.pick(&["", "timeout="]);
    Awaitable::coroutine(format!("asyncio.wait_for({awaitable}, {keyword}{timeout})"))
}

fn shield(generator: &mut Generator) -> Awaitable {
    Awaitable::future(format!("asyncio.shield({})", generator.awaitable().text))
}

fn as_completed(generator: &mut Generator) -> String {
    let awaitables = several(generator, 1);
    if generator.random.chance(30) {
        let timeout = generator.timeout();
        return format!("asyncio.as_completed([{awaitables}], timeout={timeout})");
    }
    format!("asyncio.as_completed([{awaitables}])")
}

fn one_by_one(generator: &mut Generator, head: String, mut body: Block) -> Block {
    if generator.random.chance(20) {
        body.push(line("break"));
    }
    vec![generator.guarded(vec![compound(head, body)])]
}
