//! The whole of a program: what it prints with, its workers, and `main`.

use super::super::syntax::{Block, Statement, clause, compound, line};
use super::{Generator, WORKERS};

const SAY: &str = "
def say(what, *details):
    task = asyncio.current_task()
    name = task.get_name() if task else \"loop\"
    print(asyncio.get_running_loop().time(), name, what, *details)";

/// Texts that go on with the address of a task or future end before it.
const DESCRIBE: &str = "
def describe(value):
    kind = type(value).__name__";

const DESCRIBE_GROUP: &str = "
    if isinstance(value, BaseExceptionGroup):
        return f\"{kind}({value.message!r}, {describe(value.exceptions)})\"";

const DESCRIBE_OTHERS: &str = "
    if isinstance(value, BaseException):
        return repr(value).split(\": <\")[0]
    if isinstance(value, (list, tuple)):
        return \"[\" + \", \".join([describe(item) for item in value]) + \"]\"
    if value is None or isinstance(value, (int, float, str)):
        return repr(value)
    return kind";

const OUTCOME: &str = "
def outcome(future):
    if not future.done():
        return \"pending\"
    if future.cancelled():
        return \"cancelled\"
    return describe(future.exception() or future.result())";

const EARLIER: &str = "
def earlier(n, number):
    return tasks[number % n] if n else asyncio.sleep(0.1, \"nobody\")";

const JOB: &str = "
def job(delay, number):
    time.sleep(delay)
    if number % 3 == 0:
        raise ValueError(number)
    return number";

/// Without the task's name: the loop closes what is left in tasks of its own, in an order that is up to chance.
const ITEMS: &str = "
async def items(count, delay):
    try:
        for item in range(count):
            await asyncio.sleep(delay)
            yield item
    except ValueError:
        yield -1
    finally:
        print(asyncio.get_running_loop().time(), count, \"no more items\")
        await asyncio.sleep(delay)
        print(asyncio.get_running_loop().time(), count, \"really no more\")";

impl Generator {
    /// Everything from the imports to the last line.
    pub(super) fn whole(&mut self) -> Vec<Statement> {
        let mut program = vec![line("import asyncio"), line("import time")];
        program.extend([line("tasks = []"), line("futures = []"), line("counts = [0]")]);
        program.extend(self.declarations());
        program.extend(self.helpers());
        for level in 1..=WORKERS {
            self.start_function(level, 9);
            let mut body = vec![line(format!("say(\"worker{level} starts\", n)"))];
            if let Some(wait) = self.theme.waiting.filter(|_| self.lines_up) {
                body.extend(wait(self));
            }
            body.extend(self.body(5));
            body.push(line(format!("say(\"worker{level} ends\")")));
            body.push(line(format!("return n * 10 + {level}")));
            program.push(compound(format!("async def worker{level}(n):"), body));
        }
        let main = self.main();
        program.push(compound("async def main():", main));
        program.push(line("asyncio.run(main())"));
        program.push(line("print(\"after\", time.monotonic())"));
        program
    }

    fn start_function(&mut self, level: usize, room: usize) {
        self.level = level;
        self.room = room;
        self.depth = 0;
        self.locals.clear();
    }

    fn declarations(&mut self) -> Block {
        let mut block = Block::new();
        for feature in self.features.clone() {
            let Some(declare) = feature.declare else { continue };
            for _ in 0..self.random.between(1, 2) {
                let (stem, value) = declare(&mut self.random);
                if value.contains("lock0") && !self.primitives.contains(&"lock0".to_owned()) {
                    self.primitives.push("lock0".to_owned());
                    block.push(line("lock0 = asyncio.Lock()"));
                }
                let number = self.primitives.iter().filter(|name| name.starts_with(stem)).count();
                let name = format!("{stem}{number}");
                block.push(line(format!("{name} = {value}")));
                self.primitives.push(name);
            }
        }
        block
    }

    /// What says what happens.
    fn helpers(&self) -> Vec<Statement> {
        let has_groups = self.has("task-groups") || self.has("exception-groups");
        let describe_group = if has_groups { DESCRIBE_GROUP } else { "" };
        let mut helpers = vec![line(SAY), line(format!("{DESCRIBE}{describe_group}{DESCRIBE_OTHERS}"))];
        helpers.extend([line(OUTCOME), line(EARLIER)]);
        if self.has("threads") {
            helpers.push(line(JOB));
        }
        if self.has("async-generators") {
            helpers.push(line(ITEMS));
        }
        helpers
    }

    fn main(&mut self) -> Block {
        self.start_function(0, 8);
        let number = self.random.between(2, 6);
        let mut main = vec![line(format!("n = {number}"))];
        if self.has("futures") {
            let make = line("futures.append(asyncio.get_running_loop().create_future())");
            main.push(compound("for number in range(2):", vec![make]));
        }
        let kind = self.random.pick(&["number % 3", "number % 2", "0", "number * 7 % 3", "1", "2"]);
        let worker = format!("[worker1, worker2, worker3][{kind}](number)");
        let name = self.random.pick(&["", "", ", name=f\"worker-{number}\"", ", name=\"ABCDEF\"[number]"]);
        if self.has("task-groups") && self.random.chance(30) {
            let start = line(format!("tasks.append(group.create_task({worker}{name}))"));
            let mut body = vec![compound("for number in range(n):", vec![start])];
            if self.random.chance(50) {
                body.extend(self.body(3));
            }
            let scope = compound("async with asyncio.TaskGroup() as group:", body);
            if self.random.chance(70) {
                let said = vec![line("say(\"group\", describe(errors))")];
                let handler = clause("except BaseExceptionGroup as errors:", said);
                main.push(Statement::Compound(vec![clause("try:", vec![scope]), handler]));
            } else {
                main.push(scope);
            }
        } else {
            let start = line(format!("tasks.append(asyncio.create_task({worker}{name}))"));
            main.push(compound("for number in range(n):", vec![start]));
            if self.random.chance(60) {
                main.extend(self.body(3));
            }
            if self.random.chance(60) {
                main.extend(self.meddling());
            }
            main.extend(self.ending());
        }
        main.push(line("say(\"end\", [outcome(task) for task in tasks])"));
        main
    }

    /// Moves on what has come to a standstill, or stops it, or both at once: what then happens to those who wait is of
    /// interest.
    fn meddling(&mut self) -> Block {
        let mut block = Block::new();
        for _ in 0..self.random.between(2, 6) {
            if self.random.chance(60) {
                block.push(self.pause());
            }
            let cancels = self.has("cancellation") && self.random.chance(60);
            if !cancels || self.random.chance(50) {
                let happening = self.theme.instant.filter(|_| self.lines_up);
                block.extend(match happening {
                    Some(happening) => happening(self),
                    None => self.instant(),
                });
            }
            if cancels {
                // Those who are first in a line, most of the time.
                let task = self.random.pick(&[0, 0, 1, 1, 2, 3, 4, 5]);
                let message = self.random.pick(&["", "", "\"enough\""]);
                block.push(line(format!("say(\"cancel {task}\", tasks[{task} % n].cancel({message}))")));
            }
        }
        block
    }

    /// How `main` waits for its tasks, or does not.
    fn ending(&mut self) -> Block {
        let gathers = usize::from(self.has("gather"));
        let waits = usize::from(self.has("wait"));
        match self.random.weighted(&[2 * gathers, 2 * gathers, 2 * waits, 2, 2]) {
            0 => self.say_awaited("gathered", "asyncio.gather(*tasks)"),
            1 => vec![line("say(\"gathered\", describe(await asyncio.gather(*tasks, return_exceptions=True)))")],
            2 => {
                let timeout = self.random.pick(&["", ", timeout=1", ", timeout=5"]);
                let condition = self.random.pick(&["", "", ", return_when=asyncio.FIRST_COMPLETED"]);
                vec![
                    line(format!("done, pending = await asyncio.wait(tasks{timeout}{condition})")),
                    line("say(\"done\", [task.get_name() for task in done])"),
                    line("say(\"pending\", [task.get_name() for task in pending])"),
                ]
            }
            3 => vec![line(format!("await asyncio.sleep({})", self.random.pick(&["0", "0.25", "1", "5"])))],
            _ => {
                let one = self.say_awaited("awaited", "task");
                vec![compound("for task in tasks:", one)]
            }
        }
    }
}
