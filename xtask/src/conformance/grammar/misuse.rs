//! What asyncio refuses: the exception's type and its text are part of what it does.

use super::super::syntax::{compound, line};
use super::{Feature, Generator};

/// Statements that raise, most of them always. Each needs nothing but asyncio, so that they all fit everywhere.
const MISTAKES: &[&[&str]] = &[
    &["asyncio.Semaphore(-1)"],
    &["asyncio.BoundedSemaphore(-2)"],
    &["asyncio.Barrier(0)"],
    &["asyncio.Lock().release()"],
    &["spare = asyncio.BoundedSemaphore(1)", "spare.release()"],
    &["asyncio.Condition().notify()"],
    &["asyncio.Condition().notify_all()"],
    &["await asyncio.Condition().wait()"],
    &["await asyncio.Condition().wait_for(lambda: True)"],
    &["asyncio.Queue().get_nowait()"],
    &["asyncio.Queue().task_done()"],
    &["spare = asyncio.Queue(1)", "spare.put_nowait(1)", "spare.put_nowait(2)"],
    &["spare = asyncio.Queue()", "spare.shutdown()", "spare.put_nowait(1)"],
    &["spare = asyncio.Queue()", "spare.shutdown()", "await spare.get()"],
    &["spare = asyncio.sleep(0, 1)", "say(await spare)", "await spare"],
    &["spare = asyncio.get_running_loop().create_future()", "spare.set_result(1)", "spare.set_result(2)"],
    &["spare = asyncio.get_running_loop().create_future()", "spare.result()"],
    &["spare = asyncio.get_running_loop().create_future()", "spare.exception()"],
    &["spare = asyncio.get_running_loop().create_future()", "spare.cancel(\"gone\")", "spare.result()"],
    &["spare = asyncio.get_running_loop().create_future()", "spare.set_exception(StopIteration())"],
    &["asyncio.current_task().set_result(1)"],
    &["asyncio.current_task().set_exception(ValueError(1))"],
    &["asyncio.current_task().result()"],
    &["await 5"],
    &["await None"],
    &["asyncio.create_task(5)"],
    &["asyncio.ensure_future(5)"],
    &["asyncio.gather(5)"],
    &["await asyncio.wait_for(5, 1)"],
    &["await asyncio.shield(5)"],
    &["await asyncio.wait([])"],
    &["await asyncio.wait(asyncio.current_task())"],
    &["await asyncio.wait([asyncio.current_task()], return_when=5)"],
    &["asyncio.as_completed(asyncio.current_task())"],
    &["asyncio.run(asyncio.sleep(0))"],
    &["asyncio.TaskGroup().create_task(asyncio.sleep(0))"],
    &["asyncio.timeout(1).reschedule(2)"],
    &["spare = asyncio.timeout(1)", "say(spare.when(), spare.expired())", "await spare.__aenter__()"],
    &["with asyncio.Lock(): pass"],
    &["async with 5: pass"],
    &["await asyncio.sleep(\"long\")"],
    &["say(asyncio.current_task().uncancel(), asyncio.current_task().cancelling())"],
    &["asyncio.get_running_loop().call_later(None, say)"],
    &["asyncio.get_running_loop().run_until_complete(asyncio.sleep(0))"],
    &["spare = asyncio.create_task(asyncio.sleep(0))", "await spare", "say(spare.cancel(), spare.cancelling())"],
];

pub const MISUSE: Feature = Feature::new("misuse", 3).waiting(|generator: &mut Generator| {
    let mistake = generator.random.pick(MISTAKES);
    let body = mistake.iter().map(|text| match text.split_once(": pass") {
        Some((head, _)) => compound(format!("{head}:"), Vec::new()),
        None => line(*text),
    });
    let body = body.collect();
    vec![generator.guarded(body)]
});
