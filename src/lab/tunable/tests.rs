use super::*;

use TunableKind::{Capacity, Duration, Number, Parties, Permits, Workers};

/// Name, kind and value of every tunable.
fn found(text: &str) -> Vec<(String, TunableKind, f64)> {
    tunables(text).into_iter().map(|one| (one.name, one.kind, one.value)).collect()
}

/// Whether these are all the tunables of a text that begins with `import asyncio`.
#[track_caller]
fn assert_found(text: &str, expected: &[(&str, TunableKind, f64)]) {
    let text = format!("import asyncio\n{text}");
    parse_module(&text).expect("the program of the test parses");
    let expected: Vec<_> = expected.iter().map(|(name, kind, value)| (name.to_string(), *kind, *value)).collect();
    assert_eq!(found(&text), expected);
}

fn only(text: &str) -> Tunable {
    let mut tunables = tunables(text);
    assert_eq!(tunables.len(), 1, "{tunables:?}");
    tunables.remove(0)
}

/// Minimum, maximum and step.
fn slider(text: &str) -> (f64, f64, f64) {
    let tunable = only(text);
    (tunable.minimum, tunable.maximum, tunable.step)
}

const WORKER: &str =
    "async def worker(semaphore, number):\n    async with semaphore:\n        await asyncio.sleep(1)\n";

#[test]
fn a_tutorial_with_literals_gets_a_slider_for_permits_and_one_for_workers() {
    let text = format!(
        "{WORKER}
async def main():
    semaphore = asyncio.Semaphore(3)  # up to three at once
    tasks = [worker(semaphore, i) for i in range(5)]
    await asyncio.gather(*tasks)

if __name__ == \"__main__\":
    asyncio.run(main())
"
    );
    assert_found(&text, &[("semaphore_permits", Permits, 3.0), ("worker_count", Workers, 5.0)]);
}

#[test]
fn constants_keep_their_own_names() {
    let text = format!(
        "WORKERS = 6
PERMITS = 2
HOLD: float = 1.0
UNUSED = 3
{WORKER}
async def main():
    sem = asyncio.Semaphore(PERMITS)
    await asyncio.gather(*(worker(sem, n) for n in range(1, WORKERS + 1)))
    await asyncio.sleep(HOLD)
asyncio.run(main())
"
    );
    assert_found(&text, &[("WORKERS", Workers, 6.0), ("PERMITS", Permits, 2.0), ("HOLD", Duration, 1.0)]);
}

#[test]
fn a_constant_of_unknown_use_is_a_number() {
    assert_found("RETRIES = 3\nRATE = 0.5\nprint(RETRIES, RATE)", &[("RETRIES", Number, 3.0), ("RATE", Number, 0.5)]);
    assert_found("retries = 3\nprint(retries)", &[]);
}

#[test]
fn names_in_small_letters_count_when_their_use_is_clear() {
    let text = "
async def worker(queue, delay):
    await asyncio.sleep(delay)

async def main():
    workers, size = 4, 2
    pause = 0.25
    unrelated = 7
    queue = asyncio.Queue(size)
    async with asyncio.TaskGroup() as group:
        for number in range(workers):
            group.create_task(worker(queue, pause))
    print(unrelated)
asyncio.run(main())";
    assert_found(text, &[("workers", Workers, 4.0), ("size", Capacity, 2.0), ("pause", Duration, 0.25)]);
}

#[test]
fn a_number_that_is_passed_on_goes_by_the_parameters_name() {
    let text = "
async def consumer(q, number, delay=0.1):
    await asyncio.sleep(delay)

async def main(num_consumers):
    q = asyncio.Queue(maxsize=num_consumers)
    await asyncio.gather(*[consumer(q, i) for i in range(num_consumers)])
asyncio.run(main(2))";
    assert_found(text, &[("delay", Duration, 0.1), ("num_consumers", Workers, 2.0)]);
    let twice = "
async def pause(delay):
    await asyncio.sleep(delay)
async def main():
    await asyncio.gather(pause(1), pause(2))
asyncio.run(main())";
    assert_found(twice, &[]);
}

#[test]
fn a_primitives_size_is_named_after_its_variable() {
    assert_found("queue = asyncio.Queue(maxsize=10)", &[("queue_maxsize", Capacity, 10.0)]);
    assert_found("jobs = asyncio.PriorityQueue(10)", &[("jobs_maxsize", Capacity, 10.0)]);
    assert_found("print(asyncio.LifoQueue(10))", &[("queue_maxsize", Capacity, 10.0)]);
    assert_found("queue = asyncio.Queue()", &[]);
    assert_found(
        "class Pool:\n    def __init__(self):\n        self.slots = asyncio.BoundedSemaphore(value=2)",
        &[("slots_permits", Permits, 2.0)],
    );
    assert_found("start = asyncio.Barrier(3)", &[("start_parties", Parties, 3.0)]);
    assert_found("print(asyncio.Barrier(parties=3))", &[("barrier_parties", Parties, 3.0)]);
    assert_found("forks = [asyncio.Semaphore(1) for _ in range(5)]", &[("forks_permits", Permits, 1.0)]);
}

#[test]
fn imports_may_rename() {
    assert_eq!(found("import asyncio as aio\ns = aio.Semaphore(2)"), [("s_permits".into(), Permits, 2.0)]);
    assert_eq!(found("from asyncio import Semaphore\ns = Semaphore(2)"), [("s_permits".into(), Permits, 2.0)]);
    assert_eq!(found("from asyncio import Queue as Q\nq = Q(2)"), [("q_maxsize".into(), Capacity, 2.0)]);
    assert_eq!(found("from asyncio import *\ns = Semaphore(2)"), [("s_permits".into(), Permits, 2.0)]);
    assert_eq!(found("import time\nPAUSE = 2\ntime.sleep(PAUSE)"), [("PAUSE".into(), Duration, 2.0)]);
    assert_eq!(found("import threading\ns = threading.Semaphore(2)"), []);
}

#[test]
fn loops_count_only_where_they_make_tasks() {
    let made = |body: &str| format!("async def job(n): ...\nasync def main():\n    tasks = []\n{body}");
    let job = &[("job_count", Workers, 5.0)];
    assert_found(&made("    for i in range(5):\n        tasks.append(asyncio.create_task(job(i)))"), job);
    assert_found(&made("    for i in range(0, 5):\n        c = job(i)\n        tasks.append(c)"), job);
    assert_found(&made("    await asyncio.gather(*map(job, range(5)))"), job);
    assert_found(&made("    await asyncio.gather(*(asyncio.ensure_future(job(i)) for i in range(5)))"), job);
    assert_found(&made("    tasks = {i: job(i) for i in range(5)}"), job);
    let other = &[("run_count", Workers, 5.0)];
    assert_found(&made("    tasks = [asyncio.create_task(thing.run(i)) for i in range(5)]"), other);
    for none in [
        "    for i in range(5):\n        await asyncio.sleep(1)",
        "    for i in range(5):\n        await job(i)",
        "    for i in range(5):\n        await queue.put(i)",
        "    tasks = [i for i in range(5)]",
        "    for i in range(5):\n        async def inner():\n            return job(i)",
        "    tasks = [job(i) for i in items]",
    ] {
        assert_found(&made(none), &[]);
    }
}

#[test]
fn two_of_a_kind_get_different_names() {
    let text = "
worker_count_2 = 1
async def worker(): ...
async def main():
    first = [worker() for _ in range(3)]
    second = [worker() for _ in range(4)]
    third = [worker() for _ in range(worker_count_2)]";
    let expected = [("worker_count_2", Workers, 1.0), ("worker_count", Workers, 3.0), ("worker_count_3", Workers, 4.0)];
    assert_found(text, &expected);
}

#[test]
fn a_number_with_several_uses_gets_the_range_that_all_can_take() {
    let text = "
N = 3
async def worker(barrier): ...
async def main():
    barrier = asyncio.Barrier(N)
    tasks = [worker(barrier) for _ in range(N)]";
    assert_found(text, &[("N", Workers, 3.0)]);
    assert_eq!(only(&format!("import asyncio{text}")).minimum, 1.0);
}

#[test]
fn what_is_assigned_again_is_no_constant() {
    for again in
        ["PERMITS += 1", "PERMITS = 3", "for PERMITS in x: pass", "def f():\n    global PERMITS\n    PERMITS = 1"]
    {
        assert_found(&format!("PERMITS = 2\ns = asyncio.Semaphore(PERMITS)\n{again}"), &[]);
    }
    assert_found("a = b\nb = a\ns = asyncio.Semaphore(a)", &[]);
}

#[test]
fn random_and_calculated_pauses_are_durations() {
    let text = "
import random
LEAST, MOST = 0.5, 2.0
UNIT = 0.1
async def worker(n):
    await asyncio.sleep(random.uniform(LEAST, MOST))
    await asyncio.sleep(n * UNIT)";
    assert_found(text, &[("LEAST", Duration, 0.5), ("MOST", Duration, 2.0), ("UNIT", Duration, 0.1)]);
}

#[test]
fn sliders_reach_as_far_as_makes_sense() {
    let workers = |count: &str| format!("async def w(): ...\ntasks = [w() for _ in range({count})]");
    assert_eq!(slider(&workers("4")), (0.0, 12.0, 1.0));
    assert_eq!(slider(&workers("50")), (0.0, 100.0, 1.0));
    assert_eq!(slider(&workers("10_000")), (0.0, 20_000.0, 100.0));
    assert_eq!(slider(&workers("10_007")), (0.0, 20_014.0, 1.0));
    assert_eq!(slider(&workers("1, 7")), (1.0, 14.0, 1.0));
    let asyncio = |rest: &str| format!("import asyncio\n{rest}");
    assert_eq!(slider(&asyncio("s = asyncio.Semaphore(2)")), (1.0, 8.0, 1.0));
    assert_eq!(slider(&asyncio("s = asyncio.Semaphore(0)")), (0.0, 8.0, 1.0));
    assert_eq!(slider(&asyncio("q = asyncio.Queue(30)")), (0.0, 60.0, 1.0));
    let pause = |seconds: &str| asyncio(&format!("PAUSE = {seconds}\nasyncio.sleep(PAUSE)"));
    assert_eq!(slider(&pause("1.0")), (0.0, 2.0, 0.1));
    assert_eq!(slider(&pause("0.0")), (0.0, 2.0, 0.1));
    assert_eq!(slider(&pause("0.25")), (0.0, 2.0, 0.01));
    assert_eq!(slider(&pause("0.001")), (0.0, 0.1, 0.001));
    assert_eq!(slider(&pause("1")), (0.0, 5.0, 1.0));
    assert_eq!(slider(&pause("3600")), (0.0, 7200.0, 10.0));
    assert_eq!(slider("RATE = 0.3\nprint(1 / RATE)"), (0.01, 1.0, 0.01));
    assert_eq!(slider("SIZE = 4\nprint(1 / SIZE)"), (1.0, 10.0, 1.0));
    // Waiting for no task at all is refused by `asyncio.wait`.
    assert_eq!(slider(&asyncio(&(workers("4") + "\nasyncio.wait(tasks)"))), (1.0, 12.0, 1.0));
}

#[test]
fn a_slider_keeps_its_ends_while_it_is_moved() {
    let text = "import asyncio\ns = asyncio.Semaphore(2)";
    let before = tunables(text);
    let mut after = tunables(&with_value(text, &before[0], 8.0));
    assert_eq!(after[0].maximum, 16.0);
    keep_ranges(&mut after, &before);
    assert_eq!((after[0].value, after[0].maximum), (8.0, 8.0));
    let mut beyond = tunables(&with_value(text, &before[0], 9.0));
    keep_ranges(&mut beyond, &before);
    assert_eq!((beyond[0].value, beyond[0].maximum), (9.0, 18.0));
}

#[test]
fn a_new_value_replaces_the_literal_alone() {
    let text = "import asyncio\n# wörter\ns = asyncio.Semaphore( 2 )  # two\nP = 1.0\nasyncio.sleep(P)\n";
    let [permits, pause] = <[Tunable; 2]>::try_from(tunables(text)).unwrap();
    assert_eq!((permits.line, pause.line), (3, 4));
    assert_eq!(with_value(text, &permits, 12.0), text.replace("( 2 )", "( 12 )"));
    assert_eq!(with_value(text, &permits, 2.6), text.replace("( 2 )", "( 3 )"));
    assert_eq!(with_value(text, &pause, 2.0), text.replace("1.0", "2.0"));
    assert_eq!(with_value(text, &pause, 0.1 + 0.2), text.replace("1.0", "0.3"));
    assert_eq!(with_value(text, &pause, 0.00001), text.replace("1.0", "1e-05"));
    assert_eq!(with_value(text, &pause, -1.0), text.replace("1.0", "0.0"));
    assert_eq!(with_value(text, &pause, f64::NAN), text);
    for value in [0.0, 0.1, 1e-12, 7.0, 20_000.0, 1e300] {
        for tunable in [&permits, &pause] {
            assert_eq!(tunables(&with_value(text, tunable, value)).len(), 2);
        }
    }
}

#[test]
fn the_smallest_value_is_within_its_range() {
    let tiny = only("import asyncio\nPAUSE = 1e-320\nasyncio.sleep(PAUSE)\n");
    assert!(tiny.minimum <= tiny.value && tiny.value <= tiny.maximum, "{tiny:?}");
}

#[test]
fn a_value_can_be_set_by_name() {
    let text = "import asyncio\nPERMITS = 2\nPAUSE = 1.0\ns = asyncio.Semaphore(PERMITS)\nasyncio.sleep(PAUSE)\n";
    let set = |text: &str, name, value| with_named_value(text, name, value).map(|(text, _)| text);
    assert_eq!(set(text, "PERMITS", "40"), Ok(text.replace("= 2", "= 40")));
    assert_eq!(set(text, "PAUSE", " .5"), Ok(text.replace("1.0", "0.5")));
    let refused = |name, value| with_named_value(text, name, value).unwrap_err();
    assert_eq!(refused("LIMIT", "3"), "this program has no LIMIT to set, only PERMITS, PAUSE");
    assert_eq!(refused("PERMITS", "0"), "PERMITS must be a whole number from 1 to 1000000000, not 0");
    assert_eq!(refused("PERMITS", "2.5"), "PERMITS must be a whole number from 1 to 1000000000, not 2.5");
    assert_eq!(refused("PAUSE", "-1"), "PAUSE must be a number from 0 to 1000000000, not -1");
    assert_eq!(refused("PAUSE", "nan"), "PAUSE must be a number from 0 to 1000000000, not nan");
    let none = with_named_value("print(1)", "PERMITS", "3").unwrap_err();
    assert_eq!(none, "this program has no number to set, so there is no PERMITS");
}

#[test]
fn capitals_matter_only_where_several_could_be_meant() {
    let one = "import asyncio\nPERMITS = 2\ns = asyncio.Semaphore(PERMITS)\n";
    assert_eq!(with_named_value(one, "permits", "3"), Ok((one.replace("= 2", "= 3"), "PERMITS".to_owned())));
    let two =
        "import asyncio\nPERMITS = 2\npermits = 4\ns = asyncio.Semaphore(PERMITS)\nt = asyncio.Semaphore(permits)\n";
    assert_eq!(with_named_value(two, "permits", "3"), Ok((two.replace("= 4", "= 3"), "permits".to_owned())));
    let neither = with_named_value(two, "Permits", "3").unwrap_err();
    assert_eq!(neither, "this program has no Permits to set, only PERMITS, permits");
}

#[test]
fn a_text_that_does_not_parse_has_no_tunables() {
    assert_eq!(tunables("import asyncio\ns = asyncio.Semaphore(2\n"), []);
    assert_eq!(tunables(""), []);
}
