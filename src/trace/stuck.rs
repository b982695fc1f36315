//! Why a program can never continue.

use super::event::{Awaited, Intent, PrimitiveId, PrimitiveKind, TaskId};
use super::snapshot::{Snapshot, Task, TaskState};
use super::words::{count, counted, primitive_name, tasks};

/// At most so many different reasons are told, and so many tasks of a circle.
const MOST_TOLD: usize = 6;

/// Who waits for what in a program that can never continue: the circle of tasks that wait for each other, if there is
/// one, then all others. One sentence, however many tasks there are, without a full stop.
pub fn explain_stuck(snapshot: &Snapshot) -> String {
    let circle = circle(snapshot);
    let mut told: Vec<String> = Vec::new();
    if !circle.is_empty() {
        told.push(tell_circle(snapshot, &circle));
    }
    // Tasks that wait for the same thing at the same line are told together.
    let mut groups: Vec<Vec<TaskId>> = Vec::new();
    let mut others = 0;
    // Who waits for a task only waits for what that task waits for: the reasons come first.
    for reason in [true, false] {
        for (task, waiting) in waiting(snapshot) {
            if is_reason(waiting) != reason || circle.contains(&task) {
                continue;
            }
            let line = snapshot.task(task).line;
            let same = |group: &Vec<TaskId>| {
                let first = snapshot.task(group[0]);
                first.line == line && awaited(first) == Some(waiting)
            };
            match groups.iter().position(same) {
                Some(group) => groups[group].push(task),
                None if groups.len() < MOST_TOLD => groups.push(vec![task]),
                None => others += 1,
            }
        }
    }
    told.extend(groups.iter().map(|group| tell_group(snapshot, group)));
    if others > 0 {
        told.push(format!("{} wait elsewhere", counted(others, "more task")));
    }
    if told.is_empty() {
        return "no task is left that could complete what the program waits for".into();
    }
    told.join("; ")
}

/// All suspended tasks.
fn waiting(snapshot: &Snapshot) -> impl Iterator<Item = (TaskId, &Awaited)> {
    let tasks = snapshot.tasks.iter().enumerate();
    tasks.filter_map(|(number, task)| Some((TaskId(number as u32), awaited(task)?)))
}

fn awaited(task: &Task) -> Option<&Awaited> {
    match &task.state {
        TaskState::Waiting(awaited) => Some(awaited),
        _ => None,
    }
}

fn is_reason(awaited: &Awaited) -> bool {
    !matches!(awaited, Awaited::Task(_) | Awaited::Gather(_))
}

/// The one task that another waits for, if there is exactly one that could let it go on.
fn depends_on(snapshot: &Snapshot, task: TaskId) -> Option<TaskId> {
    match awaited(snapshot.task(task))? {
        Awaited::Task(other) => Some(*other),
        Awaited::Primitive { primitive, intent } if intent.line() == Intent::Acquire => {
            match snapshot.primitive(*primitive).holders[..] {
                [holder] => holder,
                _ => None,
            }
        }
        _ => None,
    }
}

/// Tasks each of which waits for the next, and the last for the first; none if there is no such circle.
pub fn circle(snapshot: &Snapshot) -> Vec<TaskId> {
    // From which start each task has been reached: nobody is visited twice.
    let mut reached = vec![usize::MAX; snapshot.tasks.len()];
    for start in 0..snapshot.tasks.len() {
        let mut task = TaskId(start as u32);
        while reached[task.0 as usize] == usize::MAX {
            reached[task.0 as usize] = start;
            let Some(next) = depends_on(snapshot, task) else { break };
            if reached[next.0 as usize] == start {
                let following = |task: &TaskId| depends_on(snapshot, *task).filter(|after| *after != next);
                return std::iter::successors(Some(next), following).collect();
            }
            task = next;
        }
    }
    Vec::new()
}

fn tell_circle(snapshot: &Snapshot, circle: &[TaskId]) -> String {
    let told: Vec<String> = circle
        .iter()
        .take(MOST_TOLD)
        .map(|task| {
            let waits = snapshot.task(*task);
            let own = depends_on(snapshot, *task) == Some(*task);
            let what = awaited(waits).map_or_else(String::new, |awaited| tell_awaited(snapshot, awaited, own));
            format!("{} (line {}) waits for {what}", waits.label, waits.line)
        })
        .collect();
    let told = told.join(if circle.len() == 2 { ", while " } else { ", " });
    match circle.len() {
        1 => told,
        2 => format!("{told}: each waits for the other"),
        length if length <= MOST_TOLD => format!("{told}: they wait in a circle"),
        length => format!("{told}, and so on: {} tasks wait in a circle", count(length)),
    }
}

fn tell_group(snapshot: &Snapshot, group: &[TaskId]) -> String {
    let first = snapshot.task(group[0]);
    let verb = if group.len() == 1 { "waits" } else { "wait" };
    let what = awaited(first).map_or_else(String::new, |awaited| tell_awaited(snapshot, awaited, false));
    format!("{} (line {}) {verb} for {what}", tasks(snapshot, group), first.line)
}

/// What somebody waits for, and why it does not come. `own`: it is the waiting task's own doing.
fn tell_awaited(snapshot: &Snapshot, awaited: &Awaited, own: bool) -> String {
    match awaited {
        Awaited::Primitive { primitive, intent } => tell_primitive(snapshot, *primitive, *intent, own),
        Awaited::Task(_) if own => "its own end".into(),
        Awaited::Task(task) => format!("the end of {}", snapshot.task(*task).label),
        Awaited::Gather(gather) => {
            let children = &snapshot.gathers[gather.0 as usize].children;
            let unfinished = |task: &&TaskId| !matches!(snapshot.task(**task).state, TaskState::Finished(_));
            let left: Vec<TaskId> = children.iter().filter(unfinished).copied().collect();
            let gather = &snapshot.gathers[gather.0 as usize];
            let all = counted(children.len(), "task");
            let part = if left.len() < children.len() { format!("{} of ", count(left.len())) } else { String::new() };
            let whose = gather.kind.whose();
            format!("{part}the {all} {whose}: {}", tasks(snapshot, &left))
        }
        Awaited::Future => "a future that nobody completes".into(),
        Awaited::NextTurn | Awaited::Clock { .. } | Awaited::Job { .. } => "its turn".into(),
    }
}

fn tell_primitive(snapshot: &Snapshot, primitive: PrimitiveId, intent: Intent, own: bool) -> String {
    let primitive = snapshot.primitive(primitive);
    let name = primitive_name(primitive);
    match intent {
        Intent::Get => format!("an item of {name}, which is empty"),
        Intent::Put => format!("room in {name}, which is full ({})", counted(primitive.items.len(), "item")),
        Intent::Join => {
            format!("{} of {name} that nobody reports as done", counted(primitive.unfinished as usize, "item"))
        }
        Intent::Set => format!("{name}, which nobody sets"),
        Intent::Notify => format!("a notification of {name} that nobody gives"),
        Intent::Meet => {
            let missing = primitive.capacity.saturating_sub(primitive.inside) as usize;
            let there = if primitive.inside == 1 { "is" } else { "are" };
            format!(
                "{} at {name}, where only {} {there}",
                counted(missing, "more task"),
                count(primitive.inside as usize)
            )
        }
        Intent::Drain => format!("a place at {name}, whose tasks do not leave"),
        Intent::Acquire | Intent::Reacquire => {
            let wanted = match primitive.kind {
                kind if kind.is_semaphore() => format!("a permit of {name}"),
                PrimitiveKind::Condition => format!("the lock of {name}"),
                _ => name,
            };
            let mut holders: Vec<TaskId> = primitive.holders.iter().flatten().copied().collect();
            holders.dedup();
            if own {
                format!("{wanted}, which it holds itself")
            } else if !holders.is_empty() {
                let verb = if holders.len() == 1 { "holds" } else { "hold" };
                format!("{wanted}, which {} {verb}", tasks(snapshot, &holders))
            } else if primitive.holders.is_empty() {
                format!("{wanted}, which nobody gives back")
            } else {
                format!("{wanted}, which no task holds and nobody gives back")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{BarrierPhase, Event, GatherId, GatherKind, Runner, Trace};

    /// A run in which one task after another does something.
    #[derive(Default)]
    struct Story(Trace);

    impl Story {
        fn task(&mut self, label: &str) -> TaskId {
            let task = TaskId(self.0.latest().tasks.len() as u32);
            self.0.record(Event::TaskCreated { task, label: label.into(), line: 1 });
            task
        }

        fn primitive(&mut self, kind: PrimitiveKind, name: &str, capacity: u32) -> PrimitiveId {
            let primitive = PrimitiveId(self.0.latest().primitives.len() as u32);
            self.0.record(Event::PrimitiveCreated { primitive, kind, capacity, line: 3 });
            self.0.record(Event::PrimitiveNamed { primitive, name: name.into() });
            primitive
        }

        fn acquire(&mut self, task: TaskId, primitive: PrimitiveId) {
            self.0.record(Event::Step { runner: Runner::Task(task) });
            self.0.record(Event::Acquired { primitive });
        }

        fn wait(&mut self, task: TaskId, on: Awaited, line: u32) {
            self.0.record(Event::Step { runner: Runner::Task(task) });
            self.0.record(Event::Awaits { task, on, line });
        }

        fn line_up(&mut self, task: TaskId, primitive: PrimitiveId, intent: Intent, line: u32) {
            self.wait(task, Awaited::Primitive { primitive, intent }, line);
        }

        fn explanation(&self) -> String {
            explain_stuck(self.0.latest())
        }
    }

    #[test]
    fn a_deadlock_of_two_is_told_as_a_circle() {
        let mut story = Story::default();
        let [main, first, second] = ["main", "worker 1", "worker 2"].map(|label| story.task(label));
        let [a, b] = ["lock_a", "lock_b"].map(|name| story.primitive(PrimitiveKind::Lock, name, 1));
        let children = [first, second].into();
        story.0.record(Event::GatherCreated { gather: GatherId(0), kind: GatherKind::Gather, children });
        story.wait(main, Awaited::Gather(GatherId(0)), 20);
        story.acquire(first, a);
        story.acquire(second, b);
        story.line_up(first, b, Intent::Acquire, 8);
        story.line_up(second, a, Intent::Acquire, 14);
        assert_eq!(
            story.explanation(),
            "worker 1 (line 8) waits for lock_b, which worker 2 holds, while worker 2 (line 14) waits for lock_a, which worker 1 \
             holds: each waits for the other; main (line 20) waits for the 2 tasks it gathers: worker 1 and worker 2"
        );
    }

    #[test]
    fn a_circle_of_three_is_told_from_the_one_that_closes_it() {
        let mut story = Story::default();
        let tasks = ["a", "b", "c"].map(|label| story.task(label));
        let locks = ["one", "two", "three"].map(|name| story.primitive(PrimitiveKind::Lock, name, 1));
        for index in 0..3 {
            story.acquire(tasks[index], locks[index]);
        }
        for index in 0..3 {
            story.line_up(tasks[index], locks[(index + 1) % 3], Intent::Acquire, 5);
        }
        assert_eq!(
            story.explanation(),
            "a (line 5) waits for two, which b holds, b (line 5) waits for three, which c holds, \
             c (line 5) waits for one, which a holds: they wait in a circle"
        );
    }

    #[test]
    fn a_task_can_wait_for_itself() {
        let mut story = Story::default();
        let main = story.task("main");
        let lock = story.primitive(PrimitiveKind::Lock, "lock", 1);
        story.acquire(main, lock);
        story.line_up(main, lock, Intent::Acquire, 7);
        assert_eq!(story.explanation(), "main (line 7) waits for lock, which it holds itself");
    }

    #[test]
    fn queues_and_semaphores_say_what_is_missing() {
        let mut story = Story::default();
        let [producer, getter, putter, joiner, limited] =
            ["producer", "getter", "putter", "joiner", "limited"].map(|label| story.task(label));
        let empty = story.primitive(PrimitiveKind::Queue, "jobs", 0);
        let full = story.primitive(PrimitiveKind::Queue, "results", 1);
        let semaphore = story.primitive(PrimitiveKind::Semaphore, "gate", 0);
        story.0.record(Event::Put { primitive: full, item: "1".into(), position: 0 });
        story.line_up(getter, empty, Intent::Get, 4);
        story.line_up(putter, full, Intent::Put, 5);
        story.line_up(joiner, full, Intent::Join, 6);
        story.line_up(limited, semaphore, Intent::Acquire, 7);
        story.wait(producer, Awaited::Task(getter), 8);
        assert_eq!(
            story.explanation(),
            "getter (line 4) waits for an item of jobs, which is empty; \
             putter (line 5) waits for room in results, which is full (1 item); \
             joiner (line 6) waits for 1 item of results that nobody reports as done; \
             limited (line 7) waits for a permit of gate, which nobody gives back; \
             producer (line 8) waits for the end of getter"
        );
    }

    #[test]
    fn events_conditions_and_barriers_say_who_does_not_come() {
        let mut story = Story::default();
        let [runner, consumer, returner, first, second] =
            ["runner", "consumer", "returner", "first", "second"].map(|label| story.task(label));
        let ready = story.primitive(PrimitiveKind::Event, "ready", 0);
        let condition = story.primitive(PrimitiveKind::Condition, "stock", 1);
        let barrier = story.primitive(PrimitiveKind::Barrier, "gate", 3);
        story.acquire(runner, condition);
        story.line_up(runner, ready, Intent::Set, 4);
        story.line_up(consumer, condition, Intent::Notify, 5);
        story.line_up(returner, condition, Intent::Reacquire, 6);
        for (task, inside) in [(first, 1), (second, 2)] {
            story.line_up(task, barrier, Intent::Meet, 7);
            story.0.record(Event::BarrierChanged { primitive: barrier, phase: BarrierPhase::Filling, inside });
        }
        assert_eq!(
            story.explanation(),
            "runner (line 4) waits for ready, which nobody sets; \
             consumer (line 5) waits for a notification of stock that nobody gives; \
             returner (line 6) waits for the lock of stock, which runner holds; \
             first and second (line 7) wait for 1 more task at gate, where only 2 are"
        );
    }

    #[test]
    fn a_conditions_lock_can_close_a_circle() {
        let mut story = Story::default();
        let [one, other] = ["one", "other"].map(|label| story.task(label));
        let lock = story.primitive(PrimitiveKind::Lock, "lock", 1);
        let condition = story.primitive(PrimitiveKind::Condition, "condition", 1);
        story.acquire(one, lock);
        story.acquire(other, condition);
        story.line_up(one, condition, Intent::Reacquire, 4);
        story.line_up(other, lock, Intent::Acquire, 5);
        assert_eq!(
            story.explanation(),
            "one (line 4) waits for the lock of condition, which other holds, while other (line 5) waits for lock, which one \
             holds: each waits for the other"
        );
    }

    #[test]
    fn ten_thousand_tasks_take_no_more_words_than_ten() {
        let mut story = Story::default();
        let main = story.task("main");
        let lock = story.primitive(PrimitiveKind::Lock, "lock", 1);
        story.acquire(main, lock);
        story.wait(main, Awaited::Future, 30);
        for number in 0..10_000 {
            let task = story.task(&format!("task {number}"));
            story.line_up(task, lock, Intent::Acquire, 7);
        }
        assert_eq!(
            story.explanation(),
            "main (line 30) waits for a future that nobody completes; \
             task 0, task 1, task 2 and 9,997 more (line 7) wait for lock, which main holds"
        );
        for line in 100..200 {
            let task = story.task("other");
            story.line_up(task, lock, Intent::Acquire, line);
        }
        assert!(story.explanation().ends_with("; 96 more tasks wait elsewhere"), "{}", story.explanation());
        assert!(story.explanation().len() < 500);
    }

    #[test]
    fn nobody_left_is_said_as_well() {
        assert_eq!(
            explain_stuck(&Snapshot::default()),
            "no task is left that could complete what the program waits for"
        );
    }
}
