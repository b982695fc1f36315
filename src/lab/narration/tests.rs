use super::*;
use crate::trace::{Awaited, BarrierPhase, GatherKind, Intent, PrimitiveKind, Stream};

/// A run that is told step by step.
#[derive(Default)]
struct Story(Trace);

const LOCK: PrimitiveId = PrimitiveId(0);
const MAIN: TaskId = TaskId(0);

impl Story {
    /// A run in which `main` has made one primitive and tasks called `worker 1` and so on.
    fn with(kind: PrimitiveKind, name: &str, capacity: u32, workers: u32) -> Self {
        let mut story = Self::default();
        story.0.record(Event::TaskCreated { task: MAIN, label: "main".into(), line: 9 });
        story.0.record(Event::Ready { task: MAIN, cause: Cause::Created });
        story.0.record(Event::Step { runner: Runner::Task(MAIN) });
        story.0.record(Event::PrimitiveCreated { primitive: LOCK, kind, capacity, line: 10 });
        story.0.record(Event::PrimitiveNamed { primitive: LOCK, name: name.into() });
        for number in 1..=workers {
            let task = TaskId(number);
            story.0.record(Event::TaskCreated { task, label: format!("worker {number}").into(), line: 3 });
            story.0.record(Event::Ready { task, cause: Cause::Created });
        }
        story
    }

    /// What is said about a step of this runner with these events.
    fn step(&mut self, runner: Runner, events: impl IntoIterator<Item = Event>) -> String {
        let mut all = vec![Event::Step { runner }];
        all.extend(events);
        self.told(all)
    }

    fn task(&mut self, task: u32, events: impl IntoIterator<Item = Event>) -> String {
        self.step(Runner::Task(TaskId(task)), events)
    }

    /// What is said about the events of one step.
    fn told(&mut self, events: Vec<Event>) -> String {
        let before = self.0.latest().clone();
        for event in events {
            self.0.record(event);
        }
        let after = self.0.latest();
        let plain = narrate(&self.0, &before, after).plain(after);
        assert!(plain.chars().count() <= LONGEST + 20, "{plain}");
        plain
    }
}

fn acquired() -> Event {
    Event::Acquired { primitive: LOCK }
}

fn released() -> Event {
    Event::Released { primitive: LOCK }
}

fn woken(task: u32) -> Event {
    Event::Ready { task: TaskId(task), cause: Cause::Woken(LOCK) }
}

fn lines_up(task: u32, intent: Intent) -> Event {
    Event::Awaits { task: TaskId(task), on: Awaited::Primitive { primitive: LOCK, intent }, line: 4 }
}

fn sleeps(task: u32, until: f64) -> Event {
    Event::Awaits { task: TaskId(task), on: Awaited::Clock { until }, line: 5 }
}

fn printed() -> Event {
    Event::Printed { stream: Stream::Out, text: "hello\n".into() }
}

fn done(task: u32) -> Event {
    Event::Finished { task: TaskId(task), outcome: Outcome::Returned }
}

#[test]
fn a_run_begins_with_the_programs_top_level_and_main() {
    let mut story = Story::default();
    let begin = vec![
        Event::TaskCreated { task: MAIN, label: "main".into(), line: 9 },
        Event::Ready { task: MAIN, cause: Cause::Created },
    ];
    assert_eq!(story.told(begin), "the program's top level ran; the event loop begins with main");
    let worker = |task| Event::TaskCreated { task: TaskId(task), label: "worker".into(), line: 3 };
    let events = [
        Event::PrimitiveCreated { primitive: LOCK, kind: PrimitiveKind::Lock, capacity: 1, line: 10 },
        Event::PrimitiveNamed { primitive: LOCK, name: "lock".into() },
        worker(1),
        worker(2),
        Event::GatherCreated { gather: GatherId(0), kind: GatherKind::Gather, children: [TaskId(1), TaskId(2)].into() },
        Event::Awaits { task: MAIN, on: Awaited::Gather(GatherId(0)), line: 12 },
    ];
    let expected = "main created lock and 2 tasks; it waits until both tasks of its gather are done";
    assert_eq!(story.task(0, events), expected);
}

#[test]
fn a_program_without_tasks_is_told_in_one_sentence() {
    let mut story = Story::default();
    let events = vec![printed(), Event::Ended { ending: Ending::Finished }];
    assert_eq!(story.told(events), "the program's top level printed; the program is finished");
}

#[test]
fn a_semaphore_hands_its_permits_down_the_line() {
    let mut story = Story::with(PrimitiveKind::Semaphore, "sem", 2, 6);
    let first = story.task(1, [acquired(), printed(), sleeps(1, 1.0)]);
    assert_eq!(first, "worker 1 took a permit of sem (1 of 2 left) and printed; it sleeps until t = 1.00 s");
    story.task(2, [acquired(), sleeps(2, 1.0)]);
    let third = story.task(3, [lines_up(3, Intent::Acquire)]);
    assert_eq!(third, "worker 3 wanted a permit of sem, but both are taken: it joins the line as number 1");
    for task in 4..=6 {
        story.task(task, [lines_up(task, Intent::Acquire)]);
    }
    let slept = vec![
        Event::Turn,
        Event::Clock { seconds: 1.0 },
        Event::Step { runner: Runner::Callback(Callback::SleepEnds(TaskId(1))) },
        Event::Ready { task: TaskId(2), cause: Cause::Slept },
        Event::Ready { task: TaskId(1), cause: Cause::Slept },
    ];
    // The workers were ready from the start in this story, so there is someone before them.
    assert_eq!(story.told(slept), "t = 1.00 s: worker 1's sleep is over; it joins the end of the ready queue");
    let released = story.task(1, [printed(), released(), woken(3), done(1)]);
    assert_eq!(
        released,
        "worker 1 printed and released a permit of sem; worker 3, first in line, wakes; worker 1 is done"
    );
    let got = story.task(3, [acquired(), printed(), sleeps(3, 2.0)]);
    assert_eq!(got, "worker 3 got the permit of sem that worker 1 released; 3 tasks still wait, worker 4 is next");
}

#[test]
fn a_lock_says_who_holds_it() {
    let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 3);
    assert_eq!(story.task(1, [acquired(), sleeps(1, 0.01)]), "worker 1 took lock; it sleeps until t = 0.01 s");
    let expected = "worker 2 wanted lock, but worker 1 holds it: it joins the line as number 1";
    assert_eq!(story.task(2, [lines_up(2, Intent::Acquire)]), expected);
    let expected = "worker 1 wanted lock, but holds it itself: it joins the line as number 2";
    assert_eq!(story.task(1, [lines_up(1, Intent::Acquire)]), expected);
    let callback = Runner::Callback(Callback::Function("unlock".into()));
    let expected = "the callback unlock printed and released lock; worker 2, first in line, wakes";
    assert_eq!(story.step(callback, [printed(), released(), woken(2)]), expected);
    let expected = "worker 3 wanted lock, but others were there before: it joins the line as number 3";
    assert_eq!(story.task(3, [lines_up(3, Intent::Acquire)]), expected);
    let got = story.task(2, [acquired(), released(), woken(1), done(2)]);
    assert_eq!(
        got,
        "worker 2 got lock from the callback unlock and gave it back; worker 1, first in line, wakes; worker 2 is done"
    );
}

#[test]
fn a_queue_says_what_went_in_and_out() {
    let mut story = Story::with(PrimitiveKind::Queue, "queue", 2, 4);
    let put = |item: &str| Event::Put { primitive: LOCK, item: item.into(), position: 0 };
    let got = |item: &str| Event::Got { primitive: LOCK, item: item.into() };
    let task_done = || Event::TaskDone { primitive: LOCK };
    let empty = "worker 1 wanted an item, but queue is empty: it joins the line as number 1";
    assert_eq!(story.task(1, [lines_up(1, Intent::Get)]), empty);
    let expected = "worker 2 put 4 into queue; worker 1, first in line, wakes; worker 2 sleeps until t = 3.00 s";
    assert_eq!(story.task(2, [put("4"), woken(1), sleeps(2, 3.0)]), expected);
    let expected = "worker 3 took 4 out of queue; it waits for an item as number 2 in line";
    assert_eq!(story.task(3, [got("4"), lines_up(3, Intent::Get)]), expected);
    let expected = "worker 1 found queue empty again: it joins the line as number 2";
    assert_eq!(story.task(1, [lines_up(1, Intent::Get)]), expected);
    let expected =
        "worker 2 put 2 items into queue; worker 3 and worker 1 wake; worker 2 waits for room as number 1 in line";
    assert_eq!(story.task(2, [put("1"), woken(3), put("2"), woken(1), lines_up(2, Intent::Put)]), expected);
    let full = "worker 4 wanted to put an item, but queue is full with 2 items: it joins the line as number 2";
    assert_eq!(story.task(4, [lines_up(4, Intent::Put)]), full);
    let expected = "main waits until all items of queue are finished, 3 left";
    assert_eq!(story.task(0, [lines_up(0, Intent::Join)]), expected);
    let expected = "worker 3 took 1 out of queue; worker 2, first in line, wakes; worker 3 is done";
    assert_eq!(story.task(3, [got("1"), woken(2), done(3)]), expected);
    assert_eq!(story.task(1, [task_done(), done(1)]), "worker 1 finished an item of queue; it is done");
    let expected = "worker 2 finished 2 items of queue; main's join is over; worker 2 is done";
    assert_eq!(story.task(2, [task_done(), task_done(), woken(0), done(2)]), expected);
}

#[test]
fn an_event_tells_who_waited_for_it() {
    let mut story = Story::with(PrimitiveKind::Event, "ready", 0, 3);
    let set = || Event::EventSet { primitive: LOCK };
    let expected = "worker 1 waits until ready is set: it joins the line as number 1";
    assert_eq!(story.task(1, [lines_up(1, Intent::Set)]), expected);
    story.task(2, [lines_up(2, Intent::Set)]);
    let expected = "worker 3 set ready; worker 1 and worker 2 wake; worker 3 is done";
    assert_eq!(story.task(3, [set(), woken(1), woken(2), done(3)]), expected);
    let expected = "worker 1 cleared ready and set ready, for which nobody waits; it is done";
    assert_eq!(story.task(1, [Event::EventCleared { primitive: LOCK }, set(), done(1)]), expected);
}

#[test]
fn a_condition_is_waited_for_twice() {
    let mut story = Story::with(PrimitiveKind::Condition, "stock", 1, 3);
    let notified = |tasks| Event::Notified { primitive: LOCK, tasks };
    let expected = "worker 1 took the lock of stock and gave it back; it waits to be notified, as number 1 in line";
    assert_eq!(story.task(1, [acquired(), released(), lines_up(1, Intent::Notify)]), expected);
    story.task(2, [acquired(), released(), lines_up(2, Intent::Notify)]);
    let expected = "worker 3 took the lock of stock and notified 1 task at stock; worker 1, first in line, wakes to take \
        the lock again";
    assert_eq!(story.task(3, [acquired(), notified(1), woken(1), sleeps(3, 1.0)]), expected);
    let expected =
        "worker 1 was notified and needs the lock of stock, but worker 3 holds it: it joins the line as number 1";
    assert_eq!(story.task(1, [lines_up(1, Intent::Reacquire)]), expected);
    let expected = "worker 2 is cancelled and first needs the lock of stock, but worker 3 holds it: it joins the line as \
        number 2";
    assert_eq!(story.task(2, [lines_up(2, Intent::Reacquire)]), expected);
    let expected = "worker 3 released the lock of stock; worker 1, first in line, wakes; worker 3 is done";
    assert_eq!(story.task(3, [released(), woken(1), done(3)]), expected);
    let expected = "worker 1 got the lock of stock from worker 3 and notified nobody, for nobody waits at stock; worker 2 still \
        waits";
    assert_eq!(story.task(1, [acquired(), notified(0), sleeps(1, 2.0)]), expected);
}

#[test]
fn who_is_notified_takes_the_lock_again() {
    let mut story = Story::with(PrimitiveKind::Condition, "stock", 1, 2);
    let notified = Event::Notified { primitive: LOCK, tasks: 1 };
    story.task(1, [acquired(), released(), lines_up(1, Intent::Notify)]);
    let expected = "worker 2 notified 1 task at stock; worker 1, first in line, wakes to take the lock again";
    assert_eq!(story.task(2, [acquired(), notified, woken(1), released()]), expected);
    let expected = "worker 1 took the lock of stock again and gave it back; it is done";
    assert_eq!(story.task(1, [acquired(), released(), done(1)]), expected);
    story.task(1, [acquired(), released(), lines_up(1, Intent::Notify)]);
    let expected = "worker 1 took the lock of stock again before it is cancelled; it ends, cancelled";
    let cancelled = Event::Finished { task: TaskId(1), outcome: Outcome::Cancelled };
    assert_eq!(story.task(1, [acquired(), cancelled]), expected);
}

#[test]
fn what_is_released_together_is_told_together() {
    let mut story = Story::with(PrimitiveKind::Lock, "left", 1, 2);
    for (number, kind, name) in [(1, PrimitiveKind::Lock, "right"), (2, PrimitiveKind::Semaphore, "chairs")] {
        let primitive = PrimitiveId(number);
        story.0.record(Event::PrimitiveCreated { primitive, kind, capacity: 1, line: 11 });
        story.0.record(Event::PrimitiveNamed { primitive, name: name.into() });
    }
    let all = || (0..3).map(PrimitiveId);
    story.task(1, all().map(|primitive| Event::Acquired { primitive }).chain([sleeps(1, 1.0)]));
    let expected = "worker 1 released left, right and a permit of chairs, and printed; it is done";
    let released = all().map(|primitive| Event::Released { primitive });
    assert_eq!(story.task(1, released.chain([printed(), done(1)])), expected);
}

#[test]
fn a_release_of_what_nobody_took_adds_a_permit() {
    let mut story = Story::with(PrimitiveKind::Semaphore, "signal", 0, 2);
    let expected = "worker 1 added 1 permit to signal, which has 1 permit now; it sleeps until t = 1.00 s";
    assert_eq!(story.task(1, [released(), sleeps(1, 1.0)]), expected);
    let mut story = Story::with(PrimitiveKind::BoundedSemaphore, "seats", 1, 2);
    story.task(1, [acquired(), sleeps(1, 1.0)]);
    let expected = "worker 1 released 2 permits of seats, more than it had taken; it is done";
    assert_eq!(story.task(1, [released(), released(), done(1)]), expected);
}

#[test]
fn a_barrier_tells_who_is_missing_and_who_opens_it() {
    let mut story = Story::with(PrimitiveKind::Barrier, "gate", 3, 4);
    let changed = |phase, inside| Event::BarrierChanged { primitive: LOCK, phase, inside };
    use BarrierPhase::*;
    let expected = "worker 1 waits at gate for 2 more tasks (1 of 3 is there)";
    assert_eq!(story.task(1, [changed(Filling, 1), lines_up(1, Intent::Meet)]), expected);
    story.task(2, [changed(Filling, 2), lines_up(2, Intent::Meet)]);
    let opens = [changed(Filling, 3), changed(Draining, 2), woken(1), woken(2), done(3)];
    let expected = "worker 3 was the last to come to gate, which opens; worker 1 and worker 2 wake; worker 3 is done";
    assert_eq!(story.task(3, opens), expected);
    let expected = "worker 4 waits outside gate until 2 tasks have left it";
    assert_eq!(story.task(4, [lines_up(4, Intent::Drain)]), expected);
    let expected = "worker 1 left gate and printed; it sleeps until t = 1.00 s";
    assert_eq!(story.task(1, [changed(Draining, 1), printed(), sleeps(1, 1.0)]), expected);
    let expected = "worker 2 was the last to leave gate, which fills again; worker 4, which waited for it, wakes; worker 2 is done";
    assert_eq!(story.task(2, [changed(Filling, 0), woken(4), done(2)]), expected);
    let expected = "worker 4 aborted gate; it is done";
    assert_eq!(story.task(4, [changed(Broken, 0), done(4)]), expected);
    assert_eq!(story.task(1, [changed(Filling, 0), done(1)]), "worker 1 reset gate; it is done");
}

#[test]
fn queues_that_are_not_first_in_first_out_say_where_an_item_goes() {
    let mut story = Story::with(PrimitiveKind::PriorityQueue, "jobs", 0, 1);
    let put = |position| [Event::Put { primitive: LOCK, item: "3".into(), position }, done(1)];
    assert_eq!(story.task(1, put(0)), "worker 1 put 3 into jobs, as the next to come out; it is done");
    assert_eq!(story.task(1, put(1)), "worker 1 put 3 into jobs, as the last to come out; it is done");
    assert_eq!(story.task(1, put(1)), "worker 1 put 3 into jobs, ahead of others; it is done");
    let shut_down = Event::ShutDown { primitive: LOCK, immediate: true };
    assert_eq!(story.task(1, [shut_down, done(1)]), "worker 1 shut down jobs; it is done");
}

#[test]
fn tasks_and_gathers_note_the_end_of_others() {
    let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 2);
    let children = [TaskId(1), TaskId(2)].into();
    story.0.record(Event::GatherCreated { gather: GatherId(0), kind: GatherKind::Gather, children });
    story.0.record(Event::Awaits { task: MAIN, on: Awaited::Gather(GatherId(0)), line: 12 });
    let notes = |child| Runner::Callback(Callback::GatherNotes { gather: GatherId(0), child: TaskId(child) });
    assert_eq!(story.task(1, [done(1)]), "worker 1 is done");
    assert_eq!(story.step(notes(1), []), "main's gather notes that worker 1 is done (1 of 2)");
    let failed = Outcome::Failed("ValueError: no".into());
    let expected = "worker 2 fails with ValueError: no";
    assert_eq!(story.task(2, [Event::Finished { task: TaskId(2), outcome: failed }]), expected);
    let completed = Event::Ready { task: MAIN, cause: Cause::Completed };
    let expected = "main's gather notes that worker 2 has failed (2 of 2); main is ready again";
    assert_eq!(story.step(notes(2), [completed.clone()]), expected);
    let waits = Event::Awaits { task: MAIN, on: Awaited::Task(TaskId(1)), line: 13 };
    assert_eq!(story.task(0, [waits]), "main waits until worker 1 is done");
    let expected = "worker 1 printed; main, which waited for it, is ready again; worker 1 is done";
    assert_eq!(story.task(1, [printed(), completed, done(1)]), expected);
    let asked = Event::CancelRequested { task: TaskId(2) };
    let expected = "main asked worker 2 to stop; main gives up its turn and joins the end of the ready queue";
    assert_eq!(story.task(0, [asked, Event::Awaits { task: MAIN, on: Awaited::NextTurn, line: 14 }]), expected);
}

#[test]
fn every_ending_is_told() {
    let end = |ending| {
        let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 1);
        story.task(0, [Event::Awaits { task: MAIN, on: Awaited::Future, line: 4 }, Event::Ended { ending }])
    };
    let waits = "main waits for a future that nobody has completed yet; ";
    let stuck = end(Ending::Stuck { explanation: "main waits".into() });
    assert_eq!(stuck, format!("{waits}nobody can go on: the program is stuck"));
    assert_eq!(end(Ending::Horizon { until: 10.0 }), format!("{waits}the run is stopped at its limit of 10.00 s"));
    let raised = end(Ending::Raised { exception: "KeyError: 'a'\nmore".into(), line: 4 });
    assert_eq!(raised, format!("{waits}KeyError: 'a' ends the program (line 4)"));
    let stopped = end(Ending::Stopped { explanation: "this loop never awaits".into(), line: 4 });
    assert_eq!(stopped, format!("{waits}this loop never awaits"));
    let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 0);
    let expected = "what the program waited for is done, so the event loop stops; the program is finished";
    let ended = [Event::Ended { ending: Ending::Finished }];
    assert_eq!(story.step(Runner::Callback(Callback::RunEnds), ended), expected);
}

#[test]
fn what_blocks_the_loop_and_what_is_long_comes_first() {
    let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 1);
    let blocked = Event::Blocked { seconds: 2.0, line: 11 };
    let expected = "worker 1 blocked the whole event loop for 2.00 s (line 11), printed and took lock; it is done";
    assert_eq!(story.task(1, [printed(), acquired(), blocked, done(1)]), expected);
    let long = Outcome::Failed("x".repeat(500).into());
    let told = story.task(1, [Event::Finished { task: TaskId(1), outcome: long }]);
    assert_eq!(told, format!("worker 1 fails with {}…", "x".repeat(LONGEST_QUOTE)));
    assert_eq!(story.task(1, []), "worker 1 runs");
}

#[test]
fn names_are_phrases_of_their_own() {
    let mut story = Story::with(PrimitiveKind::Lock, "lock", 1, 1);
    let before = story.0.latest().clone();
    story.task(1, [acquired(), done(1)]);
    let sentence = narrate(&story.0, &before, story.0.latest());
    let text = |text: &str| Phrase::Text(text.into());
    let expected = [Phrase::Task(TaskId(1)), text(" took "), Phrase::Primitive(LOCK), text("; it is done")];
    assert_eq!(sentence.0, expected);
}
