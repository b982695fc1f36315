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
pub const DEMOS: [Demo; 5] = [
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
        slug: "queue",
        title: "Queue: one producer, two consumers",
        lesson: "The consumers wait for news, and take turns: the one who has waited longest gets the next item.",
        text: include_str!("../../static/demos/queue.py"),
    },
];

/// The program with this name in addresses.
pub fn demo(slug: &str) -> Option<&'static Demo> {
    DEMOS.iter().find(|demo| demo.slug == slug)
}
