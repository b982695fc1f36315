//! Blocks with a deadline, groups of tasks, and groups of exceptions.

use super::super::syntax::{Block, Statement, clause, compound, line};
use super::{Feature, Generator, Kind};

pub const TIMEOUTS: Feature = Feature::new("timeouts", 8)
    .instant(|generator| {
        let delay = generator.delay();
        match generator.local(Kind::Limit) {
            None => super::control::instant(generator),
            Some(limit) => match generator.random.below(3) {
                0 => vec![line(format!("say(\"{limit}\", {limit}.when(), {limit}.expired())"))],
                1 => generator.instant_guarded(vec![line(format!("{limit}.reschedule(None)"))]),
                _ => {
                    let when = format!("asyncio.get_running_loop().time() + {delay}");
                    generator.instant_guarded(vec![line(format!("{limit}.reschedule({when})"))])
                }
            },
        }
    })
    .waiting(|generator| {
        let timeout = generator.timeout();
        let names = generator.locals.len();
        let limit = generator.name(Kind::Limit, "limit");
        let body = if generator.may_nest() { generator.body(3) } else { vec![generator.pause()] };
        generator.locals.truncate(names);
        let scope = match generator.random.below(4) {
            0 if timeout != "None" => format!("timeout_at(asyncio.get_running_loop().time() + {timeout})"),
            _ => format!("timeout({timeout})"),
        };
        let scope = compound(format!("async with asyncio.{scope} as {limit}:"), body);
        let mut block = match generator.random.weighted(&[4, 4, 2]) {
            0 => {
                let handler =
                    clause("except TimeoutError as error:", vec![line(r#"say("timed out", describe(error))"#)]);
                vec![Statement::Compound(vec![clause("try:", vec![scope]), handler])]
            }
            1 => vec![generator.guarded(vec![scope])],
            _ => vec![scope],
        };
        block.push(line(format!("say(\"{limit}\", {limit}.expired(), {limit}.when())")));
        block.push(line(r#"say("cancelling", asyncio.current_task().cancelling())"#));
        block
    });

pub const TASK_GROUPS: Feature = Feature::new("task-groups", 8)
    .instant(|generator| match generator.local(Kind::Group) {
        None => super::control::instant(generator),
        Some(group) => {
            let start = join(generator, &group);
            generator.instant_guarded(start)
        }
    })
    .waiting(|generator| {
        let names = generator.locals.len();
        let group = generator.name(Kind::Group, "group");
        let mut body = Block::new();
        for _ in 0..generator.random.between(1, 3) {
            body.extend(join(generator, &group));
            if generator.random.chance(25) {
                body.push(generator.pause());
            }
        }
        if generator.may_nest() && generator.random.chance(60) {
            body.extend(generator.body(2));
        }
        if generator.random.chance(15) {
            body.extend(fail(generator));
        }
        generator.locals.truncate(names);
        let scope = vec![compound(format!("async with asyncio.TaskGroup() as {group}:"), body)];
        let mut block = match generator.random.weighted(&[7, 2]) {
            0 => vec![caught(generator, scope)],
            _ => scope,
        };
        block.push(line(format!("say(\"{group} left\", asyncio.current_task().cancelling())")));
        if generator.random.chance(10) {
            let late = join(generator, &group);
            block.push(generator.guarded(late));
        }
        block
    });

pub const EXCEPTION_GROUPS: Feature = Feature::new("exception-groups", 4).waiting(|generator| {
    let number = generator.random.below(10);
    let group = match generator.random.below(4) {
        0 => format!("ExceptionGroup(\"some\", [ValueError({number}), KeyError({number})])"),
        1 => format!("ExceptionGroup(\"outer\", [ExceptionGroup(\"inner\", [ValueError({number})]), RuntimeError(1)])"),
        2 => format!("BaseExceptionGroup(\"base\", [asyncio.CancelledError(), RuntimeError({number})])"),
        _ => format!("ValueError({number})"),
    };
    let mut body = if generator.may_nest() { generator.body(2) } else { vec![generator.pause()] };
    body.push(line(format!("raise {group}")));
    let attempt = caught(generator, body);
    if generator.random.chance(70) { vec![generator.guarded(vec![attempt])] } else { vec![attempt] }
});

pub const ASYNC_GENERATORS: Feature = Feature::new("async-generators", 4).waiting(|generator| {
    let mut body = vec![line(r#"say("item", item)"#)];
    if generator.may_nest() && generator.random.chance(60) {
        body.extend(generator.body(2));
    }
    if generator.random.chance(20) {
        body.push(compound(format!("if item == n % {}:", generator.random.between(2, 3)), vec![line("break")]));
    }
    let delay = generator.delay();
    let count = generator.random.between(1, 4);
    let scope = vec![compound(format!("async for item in items({count}, {delay}):"), body)];
    if generator.random.chance(40) { vec![generator.guarded(scope)] } else { scope }
});

/// Starts a task in the group.
fn join(generator: &mut Generator, group: &str) -> Block {
    let coroutine = generator.coroutine();
    if generator.random.chance(40) {
        return vec![line(format!("{group}.create_task({coroutine})"))];
    }
    let task = generator.name(Kind::Task, "member");
    let name = if generator.random.chance(50) { format!(", name=\"{task}\"") } else { String::new() };
    vec![line(format!("{task} = {group}.create_task({coroutine}{name})"))]
}

fn fail(generator: &mut Generator) -> Block {
    let number = generator.random.below(10);
    let error = generator.random.pick(&["ValueError", "RuntimeError", "asyncio.CancelledError"]);
    vec![line(format!("raise {error}({number})"))]
}

/// The block with the groups of exceptions that it may raise caught and said.
fn caught(generator: &mut Generator, block: Block) -> Statement {
    let said = |what: &str| line(format!("say({what:?}, describe(errors))"));
    let mut clauses = vec![clause("try:", block)];
    match generator.random.weighted(&[3, 2, 2]) {
        0 => clauses.push(clause("except BaseExceptionGroup as errors:", vec![said("group")])),
        1 => {
            clauses.push(clause("except* ValueError as errors:", vec![said("values")]));
            if generator.random.chance(40) {
                clauses.push(clause("except* (RuntimeError, KeyError) as errors:", vec![said("others")]));
            }
            if generator.random.chance(20) {
                clauses.push(clause("except* Exception as errors:", vec![said("rest"), line("raise")]));
            }
        }
        _ => {
            let handler = match generator.random.below(3) {
                0 => vec![said("any"), line("raise")],
                1 => vec![said("any"), line("raise RuntimeError(\"from the handler\")")],
                _ => vec![said("any")],
            };
            clauses.push(clause("except* Exception as errors:", handler));
        }
    }
    if generator.random.chance(15) {
        clauses.push(clause("finally:", vec![line(r#"say("finally")"#)]));
    }
    Statement::Compound(clauses)
}
