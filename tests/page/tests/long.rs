//! Runs that take long.

use page_tests::visit;

/// Much to do before the run is far enough ahead of the first step.
const MANY_STEPS: &str = "\
import asyncio

async def worker():
    for _ in range(100):
        sum(range(5000))
        await asyncio.sleep(0)

async def main():
    await asyncio.gather(*(worker() for _ in range(50_000)))

asyncio.run(main())
";

#[test]
fn work_that_takes_long_can_be_stopped_and_taken_up_again() {
    visit("", |page| {
        page.paste_program(MANY_STEPS);
        page.press("Stop");
        page.press("Go on");
        page.press("Stop");
        page.wait_until("the work to stop", |page| page.has_button("Go on"));
        page.step("Step forward");
        assert!(page.sentence().contains("main created 50,000 tasks"), "{}", page.sentence());
        page.paste_program("print('something else')\n");
        page.wait_until("the other program", |page| page.output().contains("something else"));
        assert!(!page.has_button("Go on") && !page.has_button("Stop"));
    });
}
