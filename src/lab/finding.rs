//! What there is to say against a program, found in the trace of its run.

use crate::order::ordered;
use crate::trace::words::{count, counted, primitive_name, seconds, tasks};
use crate::trace::{Awaited, Callback, Ending, Event, Runner, Snapshot, Stream, TaskId, TaskState, Trace};

/// What a [`Finding`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingKind {
    /// The program can never continue.
    Deadlock,
    /// An exception that nobody caught ended the program, or was raised in a callback.
    Exception,
    /// A call keeps the whole event loop waiting.
    Blocking,
    /// A coroutine was made and never awaited.
    Unawaited,
    /// A task was not done when the program was.
    Unfinished,
    /// A task failed and nobody asked what became of it.
    Unretrieved,
    /// The program does not end, as far as can be seen.
    Endless,
    /// A limit was reached, such as that of steps without an `await`.
    Limit,
    /// A form that newer Pythons do not have any more.
    OldForm,
}

impl FindingKind {
    /// Its name, which scripts may rely on.
    pub fn name(self) -> &'static str {
        match self {
            Self::Deadlock => "deadlock",
            Self::Exception => "exception",
            Self::Blocking => "blocking",
            Self::Unawaited => "unawaited",
            Self::Unfinished => "unfinished",
            Self::Unretrieved => "unretrieved",
            Self::Endless => "endless",
            Self::Limit => "limit",
            Self::OldForm => "old-form",
        }
    }
}

/// Something to say against a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line of the program, from 1.
    pub line: u32,
    pub kind: FindingKind,
    /// Without a full stop; code in it stands between backticks.
    pub sentence: String,
}

/// What there is to say against the program of this text after a run of it, in order of lines. A run that has not
/// ended is taken for one that does not end.
pub fn findings(text: &str, trace: &Trace) -> Vec<Finding> {
    let mut search = Search { text, findings: Vec::new(), blocking: Vec::new(), abandoned: Vec::new() };
    let mut snapshot = Snapshot::default();
    for event in trace.events() {
        search.look_at(event, &snapshot);
        snapshot.apply(event);
    }
    search.conclude(&snapshot);
    ordered(search.findings, |finding| finding.line.into())
}

/// All blocking calls of one line.
struct Blocking {
    line: u32,
    times: usize,
    seconds: f64,
    /// Who made the first of them, and what it held.
    who: String,
}

struct Search<'a> {
    text: &'a str,
    findings: Vec<Finding>,
    blocking: Vec<Blocking>,
    /// Tasks that were cancelled because the program was done.
    abandoned: Vec<TaskId>,
}

impl Search<'_> {
    fn add(&mut self, line: u32, kind: FindingKind, sentence: String) {
        let finding = Finding { line: line.max(1), kind, sentence };
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// Looks at what happened next; `snapshot` is the state before it.
    fn look_at(&mut self, event: &Event, snapshot: &Snapshot) {
        let ends = matches!(snapshot.running, Some(Runner::Callback(Callback::RunEnds)));
        match event {
            // While no loop runs, nobody is kept waiting.
            Event::Blocked { seconds, line } if snapshot.running.is_some() && !ends && *seconds > 0.0 => {
                self.blocks(*line, *seconds, snapshot);
            }
            Event::CancelRequested { task } if ends => self.abandoned.push(*task),
            Event::Noted { form, line } => self.add(*line, FindingKind::OldForm, form.sentence()),
            Event::Printed { stream: Stream::Error, text } => self.read(text),
            _ => {}
        }
    }

    fn blocks(&mut self, line: u32, seconds: f64, snapshot: &Snapshot) {
        if let Some(blocking) = self.blocking.iter_mut().find(|blocking| blocking.line == line) {
            blocking.times += 1;
            blocking.seconds += seconds;
            return;
        }
        let task = snapshot.running_task();
        let mut who = task.map_or("a callback".to_owned(), |task| snapshot.task(task).label.to_string());
        let held = snapshot.primitives.iter().find(|primitive| task.is_some() && primitive.holders.contains(&task));
        if let Some(primitive) = held {
            who += &format!(" holds {} and", primitive_name(primitive));
        }
        self.blocking.push(Blocking { line, times: 1, seconds, who });
    }

    /// Reads what CPython would write to standard error besides what the program writes itself.
    fn read(&mut self, text: &str) {
        let first = text.lines().next().unwrap_or_default();
        if let Some((place, warning)) = first.split_once(": RuntimeWarning: coroutine '")
            && let Some(name) = warning.strip_suffix("' was never awaited")
        {
            let line = match place.rsplit_once(':') {
                Some((file, line)) if file != "sys" => line.parse().unwrap_or(1),
                _ => self.line_of_definition(name),
            };
            let sentence =
                format!("the coroutine `{name}` is never awaited, so it never runs; write `await {name}(...)`");
            return self.add(line, FindingKind::Unawaited, sentence);
        }
        let exception = text.lines().rfind(|line| !line.starts_with([' ', '|', '+'])).unwrap_or_default();
        if first.ends_with(" exception was never retrieved") {
            let sentence = format!("a task fails and nobody awaits it: {exception}");
            self.add(last_line(text), FindingKind::Unretrieved, sentence);
        } else if first.starts_with("Exception in callback ") {
            self.add(last_line(text), FindingKind::Exception, format!("a callback raises {exception}"));
        }
    }

    fn line_of_definition(&self, name: &str) -> u32 {
        let name = name.rsplit('.').next().unwrap_or(name);
        let defines = |line: &str| {
            let rest = line.trim_start().strip_prefix("async def ");
            rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.trim_start().starts_with('('))
        };
        self.text.lines().position(defines).map_or(1, |index| index as u32 + 1)
    }

    /// Says what only the end of the run shows.
    fn conclude(&mut self, last: &Snapshot) {
        for Blocking { line, times, seconds: length, who } in std::mem::take(&mut self.blocking) {
            let length = match times {
                1 => seconds(length),
                _ => format!("{} ({} calls)", seconds(length), count(times)),
            };
            let sentence = format!(
                "{who} keeps the whole event loop waiting for {length}: no other task can run; \
                 write `await asyncio.sleep(...)` or `await asyncio.to_thread(...)`"
            );
            self.add(line, FindingKind::Blocking, sentence);
        }
        match &last.ending {
            Some(Ending::Finished) => self.unfinished(last),
            Some(Ending::Raised { exception, line }) => {
                self.add(*line, FindingKind::Exception, format!("nobody catches {exception}"));
            }
            Some(Ending::Stuck { explanation }) => {
                let sentence = format!("the program can never continue: {explanation}");
                self.add(line_of_first_waiter(last), FindingKind::Deadlock, sentence);
            }
            Some(Ending::Stopped { explanation, line }) => {
                self.add(*line, FindingKind::Limit, explanation.to_string());
            }
            Some(Ending::Horizon { .. }) => {}
            None => {
                let ids = (0..last.tasks.len() as u32).map(TaskId);
                let going: Vec<TaskId> = ids.filter(|task| !is_done(last, *task)).collect();
                let line = going.first().map_or(1, |task| last.task(*task).line);
                let steps = counted(last.step as usize, "step");
                let who = tasks(last, &going);
                let verb = if going.len() == 1 { "is" } else { "are" };
                let sentence =
                    format!("{who} {verb} still not done after {steps}, at {}: nothing ends them", seconds(last.time));
                self.add(line, FindingKind::Endless, sentence);
            }
        }
    }

    fn unfinished(&mut self, last: &Snapshot) {
        let left = (0..last.tasks.len() as u32).map(TaskId).filter(|task| !is_done(last, *task));
        let mut unfinished: Vec<TaskId> = left.collect();
        unfinished.append(&mut self.abandoned);
        // Tasks that stand at the same line are told together.
        while let Some(first) = unfinished.first() {
            let line = last.task(*first).line;
            let (same, others) = unfinished.iter().partition::<Vec<TaskId>, _>(|task| last.task(**task).line == line);
            let verb = if same.len() == 1 { "is" } else { "are" };
            let sentence = format!("{} {verb} not done when the program ends", tasks(last, &same));
            self.add(line, FindingKind::Unfinished, sentence);
            unfinished = others;
        }
    }
}

fn is_done(snapshot: &Snapshot, task: TaskId) -> bool {
    matches!(snapshot.task(task).state, TaskState::Finished(_))
}

/// Where the first task stands that waits at a primitive, or for anything if none does.
fn line_of_first_waiter(snapshot: &Snapshot) -> u32 {
    let waits = |at_primitive: bool| {
        let found = snapshot.tasks.iter().find(|task| match &task.state {
            TaskState::Waiting(Awaited::Primitive { .. }) => true,
            TaskState::Waiting(_) => !at_primitive,
            _ => false,
        });
        found.map(|task| task.line)
    };
    waits(true).or_else(|| waits(false)).unwrap_or(1)
}

/// The innermost line of the program that a traceback names.
fn last_line(traceback: &str) -> u32 {
    let numbers = traceback.lines().filter_map(|line| {
        let (_, rest) = line.trim_start_matches([' ', '|', '+']).strip_prefix("File \"")?.split_once("\", line ")?;
        rest.split(',').next()?.parse().ok()
    });
    numbers.last().unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Program, Progress, Run, Settings};

    fn found(text: &str) -> Vec<(u32, FindingKind, String)> {
        let program = Program::compile(text).expect("it is a program");
        let mut run = Run::new(&program, &Settings::default());
        while run.trace().steps() < 2000 && run.turn() == Progress::More {}
        let findings = findings(text, &run.trace());
        findings.into_iter().map(|finding| (finding.line, finding.kind, finding.sentence)).collect()
    }

    #[track_caller]
    fn finds(text: &str, expected: &[(u32, FindingKind, &str)]) {
        let found = found(text);
        let places: Vec<_> = found.iter().map(|(line, kind, _)| (*line, *kind)).collect();
        assert_eq!(places, expected.iter().map(|(line, kind, _)| (*line, *kind)).collect::<Vec<_>>(), "{found:#?}");
        for ((_, _, sentence), (_, _, words)) in found.iter().zip(expected) {
            assert!(sentence.contains(words), "{sentence}");
        }
    }

    #[test]
    fn a_program_without_fault_is_left_alone() {
        finds(
            "import asyncio, time\ntime.sleep(1)\nasync def main():\n    await asyncio.sleep(1)\nasyncio.run(main())\ntime.sleep(1)\n",
            &[],
        );
    }

    #[test]
    fn a_blocking_call_is_named_with_what_is_held_meanwhile() {
        let text = "\
import asyncio, time
async def worker(lock):
    async with lock:
        time.sleep(2)
async def main():
    lock = asyncio.Lock()
    await asyncio.gather(worker(lock), worker(lock))
asyncio.run(main())
";
        let words = "worker 1 holds lock and keeps the whole event loop waiting for 4.00 s (2 calls)";
        finds(text, &[(4, FindingKind::Blocking, words)]);
    }

    #[test]
    fn what_is_forgotten_is_found() {
        let text = "\
import asyncio
async def forgotten():
    pass
async def fails():
    raise ValueError('no')
async def slow():
    await asyncio.sleep(100)
async def main():
    forgotten()
    failed = asyncio.create_task(fails())
    left = asyncio.create_task(slow())
    await asyncio.sleep(1)
asyncio.run(main())
";
        finds(
            text,
            &[
                (5, FindingKind::Unretrieved, "ValueError: no"),
                (7, FindingKind::Unfinished, "slow is not done when the program ends"),
                (9, FindingKind::Unawaited, "`forgotten` is never awaited"),
            ],
        );
        let kept = "import asyncio\nasync def f():\n    pass\nkept = f()\n";
        finds(kept, &[(2, FindingKind::Unawaited, "`f` is never awaited")]);
    }

    #[test]
    fn how_a_program_fails_to_end_is_found() {
        let deadlock = "\
import asyncio
async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    await lock.acquire()
asyncio.run(main())
";
        finds(deadlock, &[(5, FindingKind::Deadlock, "waits for lock, which it holds itself")]);
        let endless =
            "import asyncio\nasync def main():\n    while True:\n        await asyncio.sleep(1)\nasyncio.run(main())\n";
        finds(endless, &[(4, FindingKind::Endless, "main is still not done after")]);
        finds("1 / 0\n", &[(1, FindingKind::Exception, "ZeroDivisionError: division by zero")]);
        finds(
            "import asyncio\nasync def main():\n    while True:\n        pass\nasyncio.run(main())\n",
            &[(3, FindingKind::Limit, "without an await")],
        );
    }

    #[test]
    fn old_forms_are_found() {
        let text = "import asyncio\nasync def main():\n    pass\nloop = asyncio.get_event_loop()\nloop.run_until_complete(main())\n";
        finds(text, &[(4, FindingKind::OldForm, "get_event_loop")]);
    }
}
