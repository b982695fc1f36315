//! What every program has: pauses, conditions, loops, exceptions, calls.

use super::super::syntax::{Block, Statement, clause, compound, line};
use super::{Generator, WORKERS};

/// A statement of a coroutine.
pub fn statement(generator: &mut Generator) -> Block {
    let weights = if generator.may_nest() { [30, 6, 15, 8, 6, 8] } else { [30, 6, 0, 0, 6, 8] };
    match generator.random.weighted(&weights) {
        0 => vec![generator.pause()],
        1 => instant(generator),
        2 => attempt(generator),
        3 => repeat(generator),
        4 => leave(generator),
        _ => call(generator),
    }
}

/// A statement that never gives way to another task.
pub fn instant(generator: &mut Generator) -> Block {
    let number = generator.random.below(100);
    match generator.random.below(3) {
        0 => vec![line("counts[0] += 1"), line(r#"say("counts", counts[0])"#)],
        _ => vec![line(format!("say({number}, n)"))],
    }
}

/// A loop, sometimes one that is left early or goes on early.
fn repeat(generator: &mut Generator) -> Block {
    let times = generator.random.between(2, 3);
    let mut body = generator.body(2);
    if generator.random.chance(40) {
        let way = generator.random.pick(&["break", "continue"]);
        let turn = compound("if turn == n % 2:", vec![line(way)]);
        match body.first_mut() {
            // From inside of what has to be left in an orderly way.
            Some(Statement::Compound(clauses)) if !clauses[0].head.contains("def ") => clauses[0].body.push(turn),
            _ => body.insert(0, turn),
        }
    }
    vec![compound(format!("for turn in range({times}):"), body)]
}

/// A body with handlers.
fn attempt(generator: &mut Generator) -> Block {
    let body = generator.body(3);
    if generator.random.chance(50) {
        return vec![generator.guarded(body)];
    }
    let mut last = vec![line(match generator.has("cancellation") {
        true => r#"say("finally", asyncio.current_task().cancelling())"#,
        false => r#"say("finally")"#,
    })];
    if generator.random.chance(40) {
        last.push(generator.pause());
        last.push(line(r#"say("really finally")"#));
    }
    let mut clauses = vec![clause("try:", body)];
    if generator.random.chance(50) {
        let mut handler = vec![line(r#"say("cancelled", describe(error))"#)];
        match generator.random.below(4) {
            0 => handler.push(line("raise")),
            1 => handler.push(line(r#"raise RuntimeError("instead") from error"#)),
            2 => handler.push(generator.pause()),
            _ => {}
        }
        clauses.push(clause("except asyncio.CancelledError as error:", handler));
    }
    if clauses.len() == 1 || generator.random.chance(40) {
        clauses.push(clause("finally:", last));
    }
    vec![Statement::Compound(clauses)]
}

/// Raises or returns, in some of the tasks.
fn leave(generator: &mut Generator) -> Block {
    let number = generator.random.below(10);
    let way = match generator.random.weighted(&[4, 3, 2, 1, 1, 4]) {
        0 => format!("raise ValueError({number})"),
        1 => format!("raise RuntimeError(\"reason {number}\")"),
        2 => format!("raise KeyError({number})"),
        3 => "raise asyncio.CancelledError(\"by hand\")".to_owned(),
        4 => "raise TimeoutError".to_owned(),
        _ => format!("return {number}"),
    };
    let condition = match generator.random.below(4) {
        0 => "n % 2:".to_owned(),
        1 => "counts[0] % 2:".to_owned(),
        2 => "not n:".to_owned(),
        _ => format!("n == {}:", generator.random.below(4)),
    };
    vec![compound(format!("if {condition}"), vec![line(way)])]
}

/// Awaits another coroutine in place.
fn call(generator: &mut Generator) -> Block {
    if generator.level == WORKERS {
        return vec![generator.pause()];
    }
    let worker = generator.worker();
    if generator.random.chance(30) {
        return vec![line(format!("say(\"called\", describe(await {worker}))"))];
    }
    generator.say_awaited("called", &worker)
}
