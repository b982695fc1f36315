//! The programs that the page offers.

/// A program that the page offers.
#[derive(Debug, PartialEq, Eq)]
pub struct Demo {
    /// Its name in addresses.
    pub slug: &'static str,
    pub title: &'static str,
    /// What to look for.
    pub lesson: &'static str,
    pub text: &'static str,
}

/// All programs that the page offers.
pub const DEMOS: [Demo; 12] = [
    Demo {
        slug: "semaphore",
        title: "Semaphore: three at a time",
        lesson: "Three tasks take a permit, two stand in line. Who comes first when a permit is given back?",
        text: include_str!("../../static/demos/semaphore.py"),
    },
    Demo {
        slug: "semaphore-two",
        title: "Semaphore: two at a time",
        lesson: "Four tasks, two permits: two rounds of one second. How long do they take with one permit more?",
        text: include_str!("../../static/demos/semaphore-two.py"),
    },
    Demo {
        slug: "lock",
        title: "Lock: a counter that stays right",
        lesson: "Ten tasks read, pause and write. The lock lets one at a time do all three.",
        text: include_str!("../../static/demos/lock.py"),
    },
    Demo {
        slug: "lock-ten-thousand",
        title: "Lock: ten thousand in line",
        lesson: "The same with ten thousand tasks: the line grows first, then it is served in order.",
        text: include_str!("../../static/demos/lock-ten-thousand.py"),
    },
    Demo {
        slug: "event",
        title: "Event: everybody waits for one signal",
        lesson: "Three tasks wait for an event. Setting it wakes all of them at once, in the order in which they came.",
        text: include_str!("../../static/demos/event.py"),
    },
    Demo {
        slug: "event-one",
        title: "Event: one task waits for another",
        lesson: "One task waits until the other has set the event. Where does the waiting task stand for that second?",
        text: include_str!("../../static/demos/event-one.py"),
    },
    Demo {
        slug: "condition",
        title: "Condition: notified a few at a time",
        lesson: "Five tasks give the lock up and wait. Who is notified must take the lock again, one after the other.",
        text: include_str!("../../static/demos/condition.py"),
    },
    Demo {
        slug: "barrier",
        title: "Barrier: the third opens it",
        lesson: "Two tasks wait at a barrier for three. What does the third do to them, and when is it empty again?",
        text: include_str!("../../static/demos/barrier.py"),
    },
    Demo {
        slug: "barrier-rounds",
        title: "Barrier: lap by lap",
        lesson: "Nobody starts a lap before all have come. With fewer parties than runners, who is left over?",
        text: include_str!("../../static/demos/barrier-rounds.py"),
    },
    Demo {
        slug: "queue",
        title: "Queue: two consumers take turns",
        lesson: "The consumers wait for news, and take turns: the one who has waited longest gets the next item.",
        text: include_str!("../../static/demos/queue.py"),
    },
    Demo {
        slug: "priority-queue",
        title: "PriorityQueue: the urgent come first",
        lesson: "Patients are treated by urgency, not in the order in which they came.",
        text: include_str!("../../static/demos/priority-queue.py"),
    },
    Demo {
        slug: "lifo-queue",
        title: "LifoQueue: the last in is the first out",
        lesson: "A stack of plates with room for three, which is shut down in the end. Which plate is used last?",
        text: include_str!("../../static/demos/lifo-queue.py"),
    },
];

/// The program with this name in addresses.
pub fn demo(slug: &str) -> Option<&'static Demo> {
    DEMOS.iter().find(|demo| demo.slug == slug)
}
