//! What programs use of an older Python works as it did, prints nothing more, and is noted once for each line.

#![cfg(not(target_arch = "wasm32"))]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use signalbox::lab::{Program, Run, Settings};

fn signalbox(command: &str, program: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_signalbox"))
        .args([command, "--until", "30", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("signalbox runs");
    let mut input = child.stdin.take().expect("it reads");
    input.write_all(program.as_bytes()).expect("it reads the program");
    drop(input);
    child.wait_with_output().expect("it ends")
}

/// What a program prints, on both streams.
fn printed(program: &str) -> String {
    let output = signalbox("run", program);
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

/// The notes of a program: lines and kinds, in order of the lines.
fn notes(program: &str) -> Vec<(u64, String)> {
    let output = signalbox("trace", program);
    let trace = String::from_utf8_lossy(&output.stdout);
    let events = trace.lines().map(|line| serde_json::from_str(line).expect("it is JSON"));
    let noted = events.filter(|event: &serde_json::Value| event["event"] == "noted");
    let mut notes: Vec<_> = noted
        .map(|event| {
            (event["line"].as_u64().unwrap_or_default(), event["form"].as_str().unwrap_or_default().to_owned())
        })
        .collect();
    notes.sort();
    notes
}

/// An older program prints what the one of today prints, and only the older one has notes.
fn assert_works_as(older: &str, today: &str, expected: &[(u64, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(line, form)| (*line, (*form).to_owned())).collect();
    assert!(!printed(today).is_empty());
    assert_eq!(printed(older), printed(today), "{older}");
    assert_eq!(notes(older), expected, "{older}");
    assert_eq!(notes(today), [], "{today}");
}

#[test]
fn a_lock_can_be_awaited_for_a_with() {
    let program = |with: &str, run: &str| {
        format!(
            "import asyncio
async def worker(number, lock):
    {with} lock:
        print(number, lock.locked())
        await asyncio.sleep(1)
        if number == 2:
            raise ValueError(number)
async def main():
    lock = asyncio.Lock()
    workers = [worker(number, lock) for number in range(4)]
    print(await asyncio.gather(*workers, return_exceptions=True), lock.locked())
{run}
"
        )
    };
    let run = "asyncio.run(main())";
    assert_works_as(&program("with await", run), &program("async with", run), &[(3, "with_await")]);
    let run_older = "asyncio.get_event_loop().run_until_complete(main())";
    let notes = [(3, "with_await"), (12, "get_event_loop")];
    assert_works_as(&program("with await", run_older), &program("async with", run), &notes);
}

#[test]
fn a_plain_with_or_await_of_a_lock_is_wrong_as_ever() {
    let program = "import asyncio
async def main():
    lock = asyncio.Lock()
    try:
        with lock:
            pass
    except TypeError as error:
        print(error)
    try:
        await lock
    except TypeError as error:
        print(error)
asyncio.run(main())
";
    let expected = "'asyncio.locks.Lock' object does not support the context manager protocol (missed __exit__ method) \
                    but it supports the asynchronous context manager protocol. Did you mean to use 'async with'?\n\
                    'Lock' object can't be awaited\n";
    assert_eq!(printed(program), expected);
    assert_eq!(notes(program), []);
}

#[test]
fn coroutines_can_be_decorated_generators() {
    let older = "import asyncio
@asyncio.coroutine
def double(number):
    return number * 2
@asyncio.coroutine
def worker(number, lock):
    yield
    yield from asyncio.sleep(number)
    with (yield from lock):
        print(number)
        yield from asyncio.sleep(1)
    result = yield from double(number)
    return result
async def main():
    lock = asyncio.Lock()
    print(await asyncio.gather(worker(2, lock), worker(1, lock)))
asyncio.run(main())
";
    let today = "import asyncio
async def double(number):
    return number * 2
async def worker(number, lock):
    await asyncio.sleep(0)
    await asyncio.sleep(number)
    async with lock:
        print(number)
        await asyncio.sleep(1)
    result = await double(number)
    return result
async def main():
    lock = asyncio.Lock()
    print(await asyncio.gather(worker(2, lock), worker(1, lock)))
asyncio.run(main())
";
    assert_works_as(older, today, &[(2, "coroutine_decorator"), (5, "coroutine_decorator"), (9, "with_yield_from")]);
}

#[test]
fn the_loop_can_be_passed_around() {
    let older = "import asyncio
async def wait(number):
    await asyncio.sleep(number, loop=loop)
    print(number)
    return number
async def main(queue):
    print(await asyncio.gather(wait(2), wait(1), loop=loop))
    await queue.put(await asyncio.wait_for(wait(1), 3, loop=loop))
    print(await queue.get(), queue.maxsize)
loop = asyncio.get_event_loop()
queue = asyncio.Queue(5, loop=loop)
semaphore = asyncio.Semaphore(2, loop=loop)
loop.run_until_complete(main(queue))
print(loop.run_until_complete(asyncio.ensure_future(wait(3), loop=loop)))
loop.close()
";
    let today = "import asyncio
async def wait(number):
    await asyncio.sleep(number)
    print(number)
    return number
async def main(queue):
    print(await asyncio.gather(wait(2), wait(1)))
    await queue.put(await asyncio.wait_for(wait(1), 3))
    print(await queue.get(), queue.maxsize)
loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
queue = asyncio.Queue(5)
semaphore = asyncio.Semaphore(2)
loop.run_until_complete(main(queue))
print(loop.run_until_complete(asyncio.ensure_future(wait(3), loop=loop)))
loop.close()
";
    let argument = "loop_argument";
    let notes = [(3, argument), (7, argument), (8, argument), (10, "get_event_loop"), (11, argument), (12, argument)];
    assert_works_as(older, today, &notes);
    // What never took it complains.
    let wrong = "import asyncio, time\ntry:\n    time.sleep(1, loop=1)\nexcept TypeError:\n    print('no')\n";
    assert_eq!(printed(wrong), "no\n");
}

#[test]
fn tasks_can_be_made_before_the_loop_runs() {
    let program = |first: &str, all: &str| {
        format!(
            "import asyncio
async def wait(number):
    await asyncio.sleep(number)
    print(number)
    return number
{first}
tasks = [asyncio.ensure_future(wait(number)) for number in (2, 1)]
tasks.append(asyncio.Task(wait(3)))
print(len(asyncio.{all}(loop)))
print(loop.run_until_complete(asyncio.gather(*tasks)), loop.time() - begin)
future = asyncio.Future()
loop.call_later(1, future.set_result, 5)
print(loop.run_until_complete(future), len(asyncio.{all}(loop)))
"
        )
    };
    let today =
        program("loop = asyncio.new_event_loop(); asyncio.set_event_loop(loop); begin = loop.time()", "all_tasks");
    let older = program("loop = asyncio.get_event_loop(); begin = loop.time()", "Task.all_tasks");
    let notes = [(6, "get_event_loop"), (9, "task_class_method"), (13, "task_class_method")];
    assert_works_as(&older, &today, &notes);
    let unnamed = "import asyncio
async def wait(number):
    await asyncio.sleep(number)
    return number
both = asyncio.gather(wait(2), wait(1))
print(asyncio.get_event_loop().run_until_complete(both))
";
    assert_eq!(printed(unnamed), "[2, 1]\n");
    assert_eq!(notes_of_line(unnamed, 5), ["task_without_loop"]);
}

fn notes_of_line(program: &str, line: u64) -> Vec<String> {
    notes(program).into_iter().filter(|(at, _)| *at == line).map(|(_, form)| form).collect()
}

#[test]
fn wait_takes_coroutines_in_the_order_of_the_list() {
    let program = |first: &str, second: &str| {
        format!(
            "import asyncio
async def wait(number):
    print(number)
    await asyncio.sleep(number)
async def main():
    done, pending = await asyncio.wait([{first}, {second}], timeout=1.5)
    print(len(done), len(pending))
asyncio.run(main())
"
        )
    };
    let today = program("asyncio.create_task(wait(2))", "asyncio.create_task(wait(1))");
    assert_works_as(&program("wait(2)", "wait(1)"), &today, &[(6, "wait_on_coroutines")]);
}

#[test]
fn no_loop_is_made_where_none_was_made_before() {
    let program = "import asyncio
async def main():
    pass
asyncio.run(main())
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
";
    assert_eq!(printed(program), "There is no current event loop in thread 'MainThread'.\n");
    assert_eq!(notes(program), []);
}

#[test]
fn a_function_whose_name_became_a_keyword_is_explained() {
    for program in ["import asyncio\ntask = asyncio.async(main())\n", "x = 1\nfrom asyncio import async\n"] {
        let sentence = printed(program);
        assert!(sentence.starts_with("<stdin>:2:"), "{sentence}");
        assert!(sentence.contains("left Python in 3.7") && sentence.contains("asyncio.create_task"), "{sentence}");
    }
}

/// How many tasks and callbacks stand in the ready queue at the end of a run, and how many tasks are done.
fn ready_and_finished(program: &str) -> (usize, u32) {
    let program = Program::compile(program).expect("a program that can be run");
    let mut run = Run::new(&program, &Settings::default());
    run.finish();
    let trace = run.trace();
    (trace.latest().ready.len(), trace.latest().finished)
}

#[test]
fn every_loop_has_a_ready_queue_of_its_own() {
    let begin = "import asyncio
async def work():
    pass
first = asyncio.new_event_loop()
second = asyncio.new_event_loop()
task = first.create_task(work())
";
    let then = |rest: &str| ready_and_finished(&format!("{begin}{rest}"));
    assert_eq!(then(""), (1, 0));
    assert_eq!(then("second.run_until_complete(work())\n"), (0, 1));
    assert_eq!(then("second.run_until_complete(work())\nfirst.create_task(work())\n"), (2, 1));
    assert_eq!(then("second.run_until_complete(work())\nfirst.run_until_complete(task)\n"), (0, 2));
    assert_eq!(then("first.close()\nsecond.create_task(work())\n"), (1, 0));
    assert_eq!(then("first.close()\n"), (0, 0));
}
