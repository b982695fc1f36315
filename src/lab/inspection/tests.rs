use super::*;
use crate::lab::{FrameState, Program, Run, Settings, circle_of, narrate, summary};
use crate::trace::{Activity, Playback, Trace};

/// Three workers, two permits: the third waits in line.
const POOL: &str = "\
import asyncio
async def worker(number, pool):
    total = [number] * 2
    async with pool:
        await asyncio.sleep(1)
    return f'done {number}'
async def main():
    pool = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        for number in range(3):
            group.create_task(worker(number, pool), name=f'worker {number}')
asyncio.run(main())
";

const CROSSED: &str = "\
import asyncio
async def worker(first, second):
    async with first:
        await asyncio.sleep(0.1)
        async with second:
            pass
async def main():
    a = asyncio.Lock()
    b = asyncio.Lock()
    await asyncio.gather(worker(a, b), worker(b, a))
asyncio.run(main())
";

fn run(text: &str, interventions: &[(u32, Intervention)]) -> Run {
    let program = Program::compile(text).expect("it can be run");
    let settings = Settings { interventions: interventions.to_vec(), ..Settings::default() };
    let mut run = Run::new(&program, &settings);
    run.finish();
    run
}

fn after(trace: &Trace, step: u32) -> Snapshot {
    Playback::default().seek(trace, step).clone()
}

fn sentence(trace: &Trace, step: u32) -> String {
    narrate(trace, &after(trace, step - 1), &after(trace, step)).plain(&after(trace, step))
}

fn task(trace: &Trace, label: &str) -> TaskId {
    let tasks = &trace.latest().tasks;
    TaskId(tasks.iter().position(|task| &*task.label == label).expect("there is such a task") as u32)
}

/// The step in which all workers of [`POOL`] have come to the pool.
const ALL_THERE: u32 = 4;
const POOL_ITSELF: PrimitiveId = PrimitiveId(0);

#[test]
fn an_intervention_is_a_step_of_its_own_after_the_same_run() {
    let plain = run(POOL, &[]);
    let other = run(POOL, &[(ALL_THERE, Intervention::Change(POOL_ITSELF, Change::AddPermit))]);
    for step in 0..=ALL_THERE {
        assert_eq!(plain.trace().step_events(step), other.trace().step_events(step), "step {step}");
    }
    let trace = other.trace();
    assert_eq!(
        sentence(&trace, ALL_THERE + 1),
        "What if: you gave pool 3 permits in all; worker 2, first in line, wakes"
    );
    assert_eq!(after(&trace, ALL_THERE + 1).primitive(POOL_ITSELF).capacity, 3);
    assert_eq!((plain.trace().latest().time, trace.latest().time), (2.0, 1.0));
}

#[test]
fn a_task_can_be_cancelled_in_line() {
    let plain = run(POOL, &[]);
    let third = task(&plain.trace(), "worker 2");
    let other = run(POOL, &[(ALL_THERE, Intervention::Cancel(third))]);
    let trace = other.trace();
    assert_eq!(trace.latest().activity(third), Activity::Cancelled);
    assert_eq!(sentence(&trace, ALL_THERE + 1), "What if: you asked worker 2 to stop");
    assert_eq!(trace.ending(), Some(&Ending::Finished));
}

#[test]
fn a_permit_can_be_taken_away_only_while_it_is_free() {
    let start = run(POOL, &[]);
    assert_eq!(
        interventions(&after(&start.trace(), 1), Subject::Primitive(POOL_ITSELF)),
        [Change::AddPermit, Change::TakePermit].map(|change| Intervention::Change(POOL_ITSELF, change))
    );
    assert_eq!(interventions(&after(&start.trace(), ALL_THERE), Subject::Primitive(POOL_ITSELF)).len(), 1);
    let fewer = run(POOL, &[(1, Intervention::Change(POOL_ITSELF, Change::TakePermit))]);
    assert_eq!(fewer.trace().latest().time, 3.0);
    assert_eq!(fewer.trace().latest().primitive(POOL_ITSELF).most_inside, 1);
}

#[test]
fn releasing_a_lock_ends_a_deadlock() {
    let stuck = run(CROSSED, &[]);
    let last = stuck.trace().steps();
    assert!(matches!(stuck.trace().ending(), Some(Ending::Stuck { .. })));
    let freed = run(CROSSED, &[(last, Intervention::Change(PrimitiveId(0), Change::Release))]);
    let trace = freed.trace();
    assert_eq!(sentence(&trace, last + 1), "What if: you released a; worker 2, first in line, wakes");
    // Who held it cannot release it any more.
    let Some(Ending::Raised { exception, .. }) = trace.ending() else { panic!("{:?}", trace.ending()) };
    assert_eq!(&**exception, "RuntimeError: Lock is not acquired.");
}

#[test]
fn events_queues_and_conditions_change_from_outside() {
    let waits = "\
import asyncio
async def main():
    ready = asyncio.Event()
    await ready.wait()
    queue = asyncio.Queue(1)
    await queue.put(1)
    await queue.put(2)
    print(queue.maxsize, queue.qsize())
    condition = asyncio.Condition()
    async with condition:
        await condition.wait()
    print('notified')
asyncio.run(main())
";
    let mut done: Vec<(u32, Intervention)> = Vec::new();
    for (primitive, change) in [(0, Change::Set), (1, Change::AddRoom), (2, Change::Notify)] {
        let so_far = run(waits, &done);
        let trace = so_far.trace();
        assert!(matches!(trace.ending(), Some(Ending::Stuck { .. })));
        let intervention = Intervention::Change(PrimitiveId(primitive), change);
        let possible = interventions(trace.latest(), Subject::Primitive(PrimitiveId(primitive)));
        assert!(possible.contains(&intervention), "{possible:?}");
        done.push((trace.steps(), intervention));
    }
    let end = run(waits, &done);
    let printed: String = end.trace().output().iter().map(|printed| &*printed.text).collect();
    assert_eq!(printed, "2 2\nnotified\n");
    assert_eq!(end.trace().ending(), Some(&Ending::Finished));
}

#[test]
fn what_cannot_be_done_is_said() {
    let other = run(POOL, &[(1, Intervention::Cancel(TaskId(77)))]);
    assert_eq!(sentence(&other.trace(), 2), "What if: nothing could be done here");
    assert_eq!(other.trace().latest().time, 2.0);
}

#[test]
fn a_second_run_shows_the_variables_of_a_task() {
    let program = Program::compile(POOL).expect("it can be run");
    let plain = run(POOL, &[]);
    let third = task(&plain.trace(), "worker 2");
    let mut quiet = Run::to_look_into(&program, &Settings::default(), third);
    quiet.rest_after(ALL_THERE);
    quiet.finish();
    assert!(quiet.trace().events().is_empty());
    assert_eq!(quiet.trace().steps(), ALL_THERE);
    let locals = [("number", "2"), ("pool", "pool <Semaphore locked, waiters:1>"), ("total", "[2, 2]")];
    let locals = locals.map(|(name, value)| (name.into(), value.to_owned())).to_vec();
    assert_eq!(quiet.stack(third), [FrameState { function: "worker".into(), line: 4, locals }]);
    assert_eq!(quiet.result(), None);
    quiet.rest_after(plain.trace().steps());
    quiet.finish();
    assert!(quiet.stack(third).is_empty());
    assert_eq!(quiet.result(), Some("'done 2'"));
}

#[test]
fn variables_are_shown_without_asking_the_program() {
    let text = "\
import asyncio
class Account:
    def __init__(self):
        self.balance = 100
    def __repr__(self):
        print('asked')
        return 'never'
async def inner(account, numbers):
    await asyncio.sleep(1)
async def main():
    account = Account()
    numbers = list(range(1_000_000))
    other = asyncio.create_task(inner(account, numbers))
    await inner(account, numbers)
asyncio.run(main())
";
    let program = Program::compile(text).expect("it can be run");
    let mut quiet = Run::to_look_into(&program, &Settings::default(), TaskId(0));
    quiet.rest_after(1);
    quiet.finish();
    let stack = quiet.stack(TaskId(0));
    let functions: Vec<(&str, u32)> = stack.iter().map(|frame| (&*frame.function, frame.line)).collect();
    assert_eq!(functions, [("inner", 9), ("main", 14)]);
    let locals = &stack[1].locals;
    assert_eq!(locals[0], ("account".into(), "<Account balance=100>".to_owned()));
    assert!(locals[1].1.starts_with("[0, 1, 2, ") && locals[1].1.chars().count() <= 121, "{}", locals[1].1);
    assert_eq!(locals[2], ("other".into(), "<Task inner 1>".to_owned()));
    assert!(quiet.trace().output().is_empty());
}

#[test]
fn a_tasks_time_is_split() {
    let run = run(POOL, &[]);
    let trace = run.trace();
    let third = task(&trace, "worker 2");
    let mut record = TaskRecord::new(third);
    record.seek(&trace, trace.steps());
    assert_eq!(record.times.seconds, [0.0, 0.0, 1.0, 1.0]);
    assert_eq!(record.times.steps[0], 3, "it ran three times");
    record.seek(&trace, ALL_THERE);
    assert_eq!(record.created.0, 1);
    assert_eq!(record.since, ALL_THERE);
    assert_eq!(record.origin().plain(trace.latest()), "created by main");
    let said: Vec<String> = state_of_task(&after(&trace, ALL_THERE + 1), third, record.since)
        .iter()
        .map(|sentence| sentence.plain(trace.latest()))
        .collect();
    assert_eq!(
        said,
        [
            "waits for a permit of pool since 0.00 s (step 4), for 1.00 s so far",
            "permits are held by worker 0, worker 1",
            "it is next in line"
        ]
    );
}

#[test]
fn a_primitive_remembers_what_was_done_at_it() {
    let run = run(POOL, &[]);
    let trace = run.trace();
    let mut record = PrimitiveRecord::new(POOL_ITSELF);
    record.seek(&trace, trace.steps());
    let told: Vec<String> =
        record.deeds.iter().map(|deed| deed.words(trace.latest(), POOL_ITSELF).plain(trace.latest())).collect();
    assert_eq!(
        told,
        [
            "main created it",
            "worker 0 took a permit",
            "worker 1 took a permit",
            "worker 2 waits for a permit",
            "worker 0 gave a permit back",
            "worker 0 woke worker 2",
            "worker 1 gave a permit back",
            "worker 2 took a permit",
            "worker 2 gave a permit back",
        ]
    );
    record.seek(&trace, ALL_THERE);
    assert_eq!(record.deeds.len(), 4);
    let said = state_of_primitive(&after(&trace, ALL_THERE), POOL_ITSELF);
    let said: Vec<String> = said.iter().map(|sentence| sentence.plain(trace.latest())).collect();
    assert_eq!(
        said,
        [
            "0 permits of 2 free; held by worker 0, worker 1",
            "wait, next first: worker 2",
            "most at once 2, longest line 1"
        ]
    );
}

#[test]
fn a_run_is_summed_up() {
    let sum = |text: &str| {
        let run = run(text, &[]);
        let trace = run.trace();
        summary(trace.latest()).map(|sentence| sentence.plain(trace.latest()))
    };
    assert_eq!(
        sum(POOL).as_deref(),
        Some("All 4 tasks finished in 2.00 s and 16 steps; the longest wait was worker 2's, 1.00 s at pool")
    );
    assert_eq!(
        sum(CROSSED).as_deref(),
        Some("Deadlock after 0.10 s and 7 steps: worker 1 holds a and waits for b, worker 2 holds b and waits for a")
    );
    assert_eq!(
        sum("import asyncio\nasync def main():\n    raise ValueError('no')\nasyncio.run(main())\n").as_deref(),
        Some("main's ValueError: no (line 3) ended the program after 2 steps")
    );
    let failing = "import asyncio\nasync def one():\n    raise ValueError('no')\nasync def other():\n    \
                   await asyncio.sleep(9)\nasync def main():\n    await asyncio.gather(one(), other())\nasyncio.run(main())\n";
    assert_eq!(
        sum(failing).as_deref(),
        Some("one's ValueError: no (line 3) ended the program after 10 steps; of 3 tasks, 2 failed, 1 was cancelled")
    );
    let stuck = run(CROSSED, &[]);
    assert_eq!(circle_of(stuck.trace().latest()).len(), 2);
    assert!(circle_of(run(POOL, &[]).trace().latest()).is_empty());
}
