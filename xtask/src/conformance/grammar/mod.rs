//! Random programs: what is in scope, and which constructs may come next.

mod combinators;
mod control;
mod futures;
mod misuse;
mod primitives;
mod program;
mod queues;
mod scopes;
mod tasks;

use super::random::Random;
use super::syntax::{Block, Statement, clause, line};

/// Writes something down that may come next.
type Writer<T> = fn(&mut Generator) -> T;

/// The stem of a name, and what it is bound to.
type Declaration = (&'static str, String);

/// A part of asyncio that programs can do without.
pub struct Feature {
    /// As `--without` takes it.
    pub name: &'static str,
    /// How often it comes, compared with others.
    weight: usize,
    /// What is made once for the whole program.
    declare: Option<fn(&mut Random) -> Declaration>,
    /// Statements that never give way to another task; they do in callbacks, too.
    instant: Option<Writer<Block>>,
    /// Statements of a coroutine.
    waiting: Option<Writer<Block>>,
    /// What can be awaited or given to a combinator.
    awaitable: Option<Writer<Awaitable>>,
}

impl Feature {
    const fn new(name: &'static str, weight: usize) -> Self {
        Self { name, weight, declare: None, instant: None, waiting: None, awaitable: None }
    }

    const fn declare(self, declare: fn(&mut Random) -> Declaration) -> Self {
        Self { declare: Some(declare), ..self }
    }

    const fn instant(self, instant: Writer<Block>) -> Self {
        Self { instant: Some(instant), ..self }
    }

    const fn waiting(self, waiting: Writer<Block>) -> Self {
        Self { waiting: Some(waiting), ..self }
    }

    const fn awaitable(self, awaitable: Writer<Awaitable>) -> Self {
        Self { awaitable: Some(awaitable), ..self }
    }
}

/// All that can be switched off.
pub const FEATURES: &[Feature] = &[
    primitives::LOCKS,
    primitives::SEMAPHORES,
    primitives::EVENTS,
    primitives::CONDITIONS,
    primitives::BARRIERS,
    queues::QUEUES,
    queues::SHUTDOWN,
    tasks::TASKS,
    tasks::CANCELLATION,
    tasks::DONE_CALLBACKS,
    futures::FUTURES,
    futures::CALLBACKS,
    futures::THREADS,
    futures::BLOCKING,
    combinators::GATHER,
    combinators::WAIT,
    combinators::WAIT_FOR,
    combinators::AS_COMPLETED,
    combinators::ASYNC_FOR,
    combinators::SHIELD,
    scopes::TIMEOUTS,
    scopes::TASK_GROUPS,
    scopes::EXCEPTION_GROUPS,
    scopes::ASYNC_GENERATORS,
    misuse::MISUSE,
];

/// An expression, and whether only a coroutine comes out of it: `create_task` takes no other.
pub struct Awaitable {
    text: String,
    is_coroutine: bool,
}

impl Awaitable {
    fn coroutine(text: String) -> Self {
        Self { text, is_coroutine: true }
    }

    fn future(text: String) -> Self {
        Self { text, is_coroutine: false }
    }
}

/// What a local name stands for.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Task,
    Future,
    Handle,
    Group,
    Limit,
}

/// How many kinds of worker a program has. Each may start only those after it, so that every program ends.
const WORKERS: usize = 3;

/// How deep blocks may lie in each other within a function.
const DEEPEST: usize = 3;

/// Writes one program.
pub struct Generator {
    random: Random,
    features: Vec<&'static Feature>,
    /// The feature that comes more often than the others.
    theme: &'static Feature,
    /// Whether the tasks begin with waiting there.
    lines_up: bool,
    /// Durations. There are few of them, so that much is due at the same time.
    delays: Vec<&'static str>,
    /// Locks, queues and so on of the whole program.
    primitives: Vec<String>,
    /// Names in scope.
    locals: Vec<(Kind, String)>,
    /// 0 in `main`, then the number of the worker.
    level: usize,
    depth: usize,
    /// How deep the awaitable that is being written lies in others.
    nesting: usize,
    /// How many statements the function may still get.
    room: usize,
    /// How many names were made up.
    names: usize,
}

/// The program of a seed, with the features in `allowed` at most.
pub fn program(seed: u64, allowed: &[&'static Feature]) -> Vec<Statement> {
    let mut random = Random::new(seed);
    // A program of few features has them meet more often than one of all.
    let share = random.between(15, 70);
    let mut features: Vec<_> = allowed.iter().copied().filter(|_| random.chance(share)).collect();
    // What it is about: several tasks have to meet at the same thing before anything happens there.
    let weights: Vec<_> = allowed.iter().map(|feature| feature.weight).collect();
    let theme = allowed[random.weighted(&weights)];
    features.retain(|feature| feature.name != theme.name);
    features.push(theme);
    // And hardly anything tells more than a cancellation in between.
    let cancellation = allowed.iter().find(|feature| feature.name == "cancellation");
    if let Some(cancellation) = cancellation.filter(|_| random.chance(50) && !has(&features, "cancellation")) {
        features.push(cancellation);
    }
    let mut delays = vec![random.pick(&["0", "0.1"])];
    for _ in 0..random.between(1, 3) {
        delays.push(random.pick(&["0", "0.1", "0.2", "0.3", "0.25", "0.5", "1", "2", "-1"]));
    }
    let mut generator = Generator {
        lines_up: random.chance(50),
        random,
        theme,
        features,
        delays,
        primitives: Vec::new(),
        locals: Vec::new(),
        level: 0,
        depth: 0,
        nesting: 0,
        room: 0,
        names: 0,
    };
    generator.whole()
}

fn has(features: &[&'static Feature], name: &str) -> bool {
    features.iter().any(|feature| feature.name == name)
}

impl Generator {
    fn has(&self, name: &str) -> bool {
        has(&self.features, name)
    }

    /// A block one level deeper, of as many statements as there is room for. Its names end with it.
    fn body(&mut self, most: usize) -> Block {
        let names = self.locals.len();
        self.depth += 1;
        let mut block = Block::new();
        for _ in 0..self.random.between(1, most) {
            block.extend(self.statement());
        }
        self.depth -= 1;
        self.locals.truncate(names);
        block
    }

    /// Whether another block fits in here.
    fn may_nest(&self) -> bool {
        self.depth < DEEPEST && self.room > 0
    }

    /// A statement of a coroutine, with what has to stand around it.
    fn statement(&mut self) -> Block {
        if self.room == 0 {
            return vec![self.pause()];
        }
        self.room -= 1;
        match self.random.weighted(&[25, 50, 25]) {
            0 => control::statement(self),
            1 => self.feature(|feature| feature.waiting).unwrap_or_else(|| control::statement(self)),
            _ => self.instant(),
        }
    }

    /// A statement that never gives way to another task.
    fn instant(&mut self) -> Block {
        self.feature(|feature| feature.instant).unwrap_or_else(|| control::instant(self))
    }

    /// What one of the features makes of it, if one of them can.
    fn feature<T>(&mut self, ability: fn(&Feature) -> Option<Writer<T>>) -> Option<T> {
        let weight = |feature: &Feature| feature.weight * if feature.name == self.theme.name { 5 } else { 1 };
        let able = self.features.iter().filter_map(|feature| Some((weight(feature), ability(feature)?)));
        let (weights, abilities): (Vec<_>, Vec<_>) = able.unzip();
        if abilities.is_empty() {
            return None;
        }
        let chosen = self.random.weighted(&weights);
        Some(abilities[chosen](self))
    }

    /// Something to await.
    fn awaitable(&mut self) -> Awaitable {
        if self.nesting < 2 && self.random.chance(45) {
            self.nesting += 1;
            let awaitable = self.feature(|feature| feature.awaitable);
            self.nesting -= 1;
            if let Some(awaitable) = awaitable {
                return awaitable;
            }
        }
        let number = self.random.below(10);
        match self.random.weighted(&[4, 5, 2, 2]) {
            0 => Awaitable::coroutine(format!("asyncio.sleep({}, {number})", self.delay())),
            2 if let Some(task) = self.local(Kind::Task) => Awaitable::future(task),
            3 => Awaitable::future(format!("earlier(n, {number})")),
            _ => Awaitable::coroutine(self.worker()),
        }
    }

    /// A coroutine for a task.
    fn coroutine(&mut self) -> String {
        let awaitable = self.awaitable();
        if awaitable.is_coroutine { awaitable.text } else { self.worker() }
    }

    /// A call of one of the workers that may be called from here.
    fn worker(&mut self) -> String {
        if self.level == WORKERS {
            let number = self.random.below(10);
            return format!("asyncio.sleep({}, {number})", self.delay());
        }
        let worker = self.random.between(self.level + 1, WORKERS);
        format!("worker{worker}(n)")
    }

    fn delay(&mut self) -> &'static str {
        self.random.pick(&self.delays)
    }

    /// A timeout, or none.
    fn timeout(&mut self) -> &'static str {
        if self.random.chance(10) { "None" } else { self.delay() }
    }

    fn pause(&mut self) -> Statement {
        line(format!("await asyncio.sleep({})", self.delay()))
    }

    /// The name of one of the program's primitives of a kind, such as `lock`; its feature has declared one.
    fn primitive(&mut self, kind: &str) -> String {
        let of_kind: Vec<_> = self.primitives.iter().filter(|name| name.starts_with(kind)).cloned().collect();
        self.random.pick(&of_kind)
    }

    /// A name in scope that stands for such a thing.
    fn local(&mut self, kind: Kind) -> Option<String> {
        let of_kind: Vec<_> = self.locals.iter().filter(|(other, _)| *other == kind).collect();
        (!of_kind.is_empty()).then(|| self.random.pick(&of_kind).1.clone())
    }

    /// A new name, in scope from here to the end of the block.
    fn name(&mut self, kind: Kind, stem: &str) -> String {
        let name = self.unique(stem);
        self.locals.push((kind, name.clone()));
        name
    }

    /// A name that nothing else has.
    fn unique(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// Any task: one with a name in scope, one of those that `main` started, or the one that runs.
    fn any_task(&mut self) -> String {
        let number = self.random.below(6);
        match self.local(Kind::Task) {
            Some(task) if self.random.chance(60) => task,
            _ if self.random.chance(15) => "asyncio.current_task()".to_owned(),
            _ => format!("tasks[{number} % len(tasks)]"),
        }
    }

    /// The block with what it may raise caught and said.
    fn guarded(&mut self, block: Block) -> Statement {
        let said = || line(r#"say("caught", describe(error))"#);
        let mut clauses = vec![clause("try:", block)];
        match self.random.weighted(&[55, 25, 10, 10]) {
            0 => clauses.push(clause("except Exception as error:", vec![said()])),
            1 => clauses.push(clause("except (Exception, asyncio.CancelledError) as error:", vec![said()])),
            2 => clauses.push(clause("except BaseException as error:", vec![said(), line("raise")])),
            _ => {
                clauses
                    .push(clause("except asyncio.CancelledError:", vec![line(r#"say("cancelled")"#), line("raise")]));
                clauses.push(clause("except Exception as error:", vec![said()]));
            }
        }
        if self.random.chance(10) {
            clauses.push(clause("else:", vec![line(r#"say("all well")"#)]));
        }
        if self.random.chance(15) {
            let mut last = vec![line(r#"say("finally")"#)];
            if self.random.chance(30) {
                last.push(self.pause());
            }
            clauses.push(clause("finally:", last));
        }
        Statement::Compound(clauses)
    }

    /// An instant block with the exceptions it may raise caught and said.
    fn instant_guarded(&mut self, block: Block) -> Block {
        let said = vec![line(r#"say("caught", describe(error))"#)];
        vec![Statement::Compound(vec![clause("try:", block), clause("except Exception as error:", said)])]
    }

    /// Awaits and says what comes of it, exceptions included.
    fn say_awaited(&mut self, what: &str, awaited: &str) -> Block {
        vec![self.guarded(vec![line(format!("say({what:?}, describe(await {awaited}))"))])]
    }
}

#[cfg(test)]
mod tests {
    use super::super::syntax::render;
    use super::*;

    fn text(seed: u64, names: &[&str]) -> String {
        let allowed: Vec<_> =
            FEATURES.iter().filter(|feature| names.is_empty() || names.contains(&feature.name)).collect();
        render(&program(seed, &allowed))
    }

    #[test]
    fn a_seed_always_gives_the_same_program() {
        assert_eq!(text(7, &[]), text(7, &[]));
        assert_ne!(text(7, &[]), text(8, &[]));
    }

    #[test]
    fn every_feature_can_come_alone() {
        let features = ["asyncio.Lock()", "asyncio.gather(", "asyncio.Barrier(", ".shutdown(", "asyncio.TaskGroup()"];
        for feature in FEATURES {
            let programs: String = (0..50).map(|seed| text(seed, &[feature.name])).collect();
            let found: Vec<_> = features.into_iter().filter(|text| programs.contains(text)).collect();
            match feature.name {
                "locks" => assert_eq!(found, ["asyncio.Lock()"]),
                "gather" => assert_eq!(found, ["asyncio.gather("]),
                "barriers" => assert_eq!(found, ["asyncio.Barrier("]),
                "shutdown" => assert_eq!(found, [".shutdown("]),
                "task-groups" => assert_eq!(found, ["asyncio.TaskGroup()"]),
                _ => {}
            }
        }
    }
}
