//! The programs that the page offers, and what there is to see in each. Their texts are files of their own.

/// A program that the page offers.
#[derive(Debug, PartialEq, Eq)]
pub struct Demo {
    /// Its name in addresses; its text is `demos/SLUG.py`.
    pub slug: &'static str,
    pub title: &'static str,
    /// What to look for.
    pub lesson: &'static str,
    /// What to change, and what then happens.
    pub experiment: &'static str,
}

/// Programs that belong together.
#[derive(Debug)]
pub struct Group {
    pub title: &'static str,
    pub demos: &'static [Demo],
}

/// All programs that the page offers.
pub static GROUPS: [Group; 4] = [
    Group { title: "First steps", demos: &FIRST_STEPS },
    Group { title: "Patterns", demos: &PATTERNS },
    Group { title: "Pitfalls", demos: &PITFALLS },
    Group { title: "Classics", demos: &CLASSICS },
];

/// The program that is shown where none is asked for.
pub static DEFAULT: &Demo = &FIRST_STEPS[0];
/// Its text is at hand from the beginning, so that a first visit needs no second answer.
pub const DEFAULT_TEXT: &str = include_str!("../../static/demos/semaphore.py");

/// The program with this name in addresses.
pub fn demo(slug: &str) -> Option<&'static Demo> {
    all().find(|demo| demo.slug == slug)
}

/// All programs, in their order.
pub fn all() -> impl Iterator<Item = &'static Demo> {
    GROUPS.iter().flat_map(|group| group.demos)
}

static FIRST_STEPS: [Demo; 14] = [
    Demo {
        slug: "semaphore",
        title: "Semaphore: three at a time",
        lesson: "Three tasks take a permit, two stand in line. Who comes first when a permit is given back?",
        experiment: "Set semaphore_permits to 5: nobody stands in line, and all are done after one second.",
    },
    Demo {
        slug: "semaphore-two",
        title: "Semaphore: two at a time",
        lesson: "Four tasks, two permits: two rounds of one second.",
        experiment: "Set sem_permits to 3: still two seconds, for the fourth task has a round of its own.",
    },
    Demo {
        slug: "lock",
        title: "Lock: a counter stays right",
        lesson: "Ten tasks read, pause and write. The lock lets one at a time do all three.",
        experiment: "Write “if True:” in the place of “async with lock:”. All read 0, and the counter ends at 1.",
    },
    Demo {
        slug: "event",
        title: "Event: one signal wakes all",
        lesson: "Three tasks wait for an event. Setting it wakes all of them at once, in the order in which they came.",
        experiment: "Set waiter_count to 8: one signal still wakes them all, within the same instant.",
    },
    Demo {
        slug: "event-one",
        title: "Event: one waits for another",
        lesson: "One task waits until the other has set the event. Where does the waiting task stand meanwhile?",
        experiment: "Delete “event.set()”: nobody can ever go on, and the page says who waits for what.",
    },
    Demo {
        slug: "condition",
        title: "Condition: a few at a time",
        lesson: "Five tasks give the lock up and wait. Who is notified must take the lock again, one after the other.",
        experiment: "Set consumer_count to 3: one and two are notified, and the last call finds nobody.",
    },
    Demo {
        slug: "barrier",
        title: "Barrier: the third opens it",
        lesson: "Two tasks wait at a barrier for three. What does the third do to them, and when is it empty again?",
        experiment: "Set b_parties to 2: two pass by themselves, and the third waits for a partner for ever.",
    },
    Demo {
        slug: "barrier-rounds",
        title: "Barrier: lap by lap",
        lesson: "Nobody starts a lap before all have come: the fast wait for the slow.",
        experiment: "Set PARTIES to 5: the slowest of the five now needs two seconds for a lap, and so do all.",
    },
    Demo {
        slug: "queue",
        title: "Queue: consumers take turns",
        lesson: "The consumers wait for news, and take turns: the one who has waited longest gets the next item.",
        experiment: "Add newsConsumer(3, myQueue) to the gather: now three take turns.",
    },
    Demo {
        slug: "queue-join",
        title: "Queue: stop signals and join",
        lesson: "The queue is full before anything is taken. In the end each consumer gets None, and join returns.",
        experiment: "Set num_consumers to 4: more room, more jobs, and one stop signal for each consumer.",
    },
    Demo {
        slug: "priority-queue",
        title: "PriorityQueue: urgent first",
        lesson: "Patients are treated by urgency, not in the order in which they came.",
        experiment: "Set DOCTORS to 1: the shock comes last, and is treated before two who have long been waiting.",
    },
    Demo {
        slug: "lifo-queue",
        title: "LifoQueue: last in, first out",
        lesson: "A stack of plates with room for three, which is shut down in the end. Which plate is used last?",
        experiment: "Set SHELF to 1: the washer waits for room, and every plate is used before the next is clean.",
    },
    Demo {
        slug: "lock-callback",
        title: "Lock: released by a callback",
        lesson: "No task holds the lock here: main has taken it, and a timer's callback gives it back.",
        experiment: "Set RELEASED_AFTER to 1: the two in line wait longer, and still in the same order.",
    },
    Demo {
        slug: "event-callback",
        title: "Event: set by a callback",
        lesson: "A timer's callback sets the event. It is no task, and yet it wakes two.",
        experiment: "Set SET_AFTER to 1, and look at the timeline: nobody runs for all that time.",
    },
];

static PATTERNS: [Demo; 8] = [
    Demo {
        slug: "worker-pool",
        title: "Worker pool that ends well",
        lesson: "Workers take jobs until join says that all are done. Only then are they cancelled, while they wait.",
        experiment: "Set WORKERS to 7: one round is enough, and everybody goes home after one job.",
    },
    Demo {
        slug: "connection-pool",
        title: "Connection pool",
        lesson: "A queue holds what may be borrowed. An empty queue is a line, and who comes first is served first.",
        experiment: "Set CONNECTIONS to 1: the queries run one after the other. Set CONNECTIONS to 5: nobody waits.",
    },
    Demo {
        slug: "rate-limit",
        title: "Rate limit, refilled by a task",
        lesson: "Three requests go at once. After that, each waits for the permit that a task adds twice a second.",
        experiment: "Set BURST to 1: the first goes at once, and every other has to wait for its permit.",
    },
    Demo {
        slug: "etl",
        title: "Pipeline signalled by events",
        lesson: "Load waits for transform, and transform for extract: each stage tells the next by an event.",
        experiment: "Set EXTRACT to 2: both stages behind it wait a second longer, whatever they do themselves.",
    },
    Demo {
        slug: "lock-timeout",
        title: "Give up after a while",
        lesson: "The lock is wanted by three. The third has no more patience after three seconds, and leaves the line.",
        experiment: "Set PATIENCE to 1.5: only the first is let in. Set WORK to 1: all three are.",
    },
    Demo {
        slug: "queue-shutdown",
        title: "Queue shutdown: closing time",
        lesson: "After shutdown nothing more comes in, but what is in the queue is still served.",
        experiment: "Write orders.shutdown(immediate=True): the orders that still wait are thrown away.",
    },
    Demo {
        slug: "task-group",
        title: "TaskGroup: one fails, all stop",
        lesson: "One task of the group fails. The others are cancelled at once, and the group raises what went wrong.",
        experiment: "Set FAILS_AFTER to 2.5: two downloads are complete by then, and only one is cancelled.",
    },
    Demo {
        slug: "cancelled-waiter",
        title: "Cancelled while in line",
        lesson: "The second in line for the lock is cancelled. The line closes up, and nobody else notices.",
        experiment: "Set CANCEL_AFTER to 1.5: it has the lock by then, gives it back, and the third goes on at once.",
    },
];

static PITFALLS: [Demo; 10] = [
    Demo {
        slug: "race",
        title: "Race: lost increments",
        lesson: "Every task reads the value before the first one writes. Four increments, and the value is 1.",
        experiment: "Set PAUSE to 0: still 1, for sleep(0) lets the others go first. Delete that line: it is 4.",
    },
    Demo {
        slug: "race-ten-thousand",
        title: "Race: 1 of 10,000 is left",
        lesson: "Ten thousand tasks read 0, pause, and write 1, one over the other.",
        experiment: "Write range(20), and look at the lanes: all read before the first one writes. Still 1.",
    },
    Demo {
        slug: "lock-ten-thousand",
        title: "The repair: 10,000 in line",
        lesson: "The same with a lock: the line grows first, then it is served in order, and nothing is lost.",
        experiment: "Write range(20): now every task has a lane of its own, and each place in the line can be seen.",
    },
    Demo {
        slug: "oversold",
        title: "Oversold: all saw two left",
        lesson: "Everybody looks at the stock before anybody has paid, so everybody is promised one.",
        experiment: "Set PAYMENT to 0: even the shortest await between looking and taking oversells.",
    },
    Demo {
        slug: "stock",
        title: "The repair: one at a time",
        lesson: "Only one customer at a time looks, pays and takes. The others see what is truly left.",
        experiment: "Set STOCK to 5: everybody gets one, but they pay one after the other. That is the price.",
    },
    Demo {
        slug: "deadlock",
        title: "Deadlock: crossed locks",
        lesson: "Each holds what the other wants next. Nothing will ever happen again.",
        experiment: "Set BOB_COMES_AFTER to 1.2: Alice is done by then, and all goes well. This time.",
    },
    Demo {
        slug: "deadlock-order",
        title: "The repair: locks in one order",
        lesson: "Both take the printer first. Who has it can get the scanner, so there is no circle.",
        experiment: "Move the sliders as you like: it never ends in a circle.",
    },
    Demo {
        slug: "blocking-call",
        title: "A blocking call stops all",
        lesson: "time.sleep does not let the loop go on: no heart beats until both workers are done.",
        experiment: "Write “await asyncio.sleep(SECONDS)”: the heart beats on, and only worker 2 waits for the lock.",
    },
    Demo {
        slug: "long-section",
        title: "Long and short sections",
        lesson: "First all the work is done under the lock, then only the writing. Compare the lines at the lock.",
        experiment: "Set WORKERS to 6: the first half takes twice as long, the second only 0.6 seconds longer.",
    },
    Demo {
        slug: "release-twice",
        title: "Released once too often",
        lesson: "Guest 1 gives its seat back twice, so there are three inside for two seats. Who gets the blame?",
        experiment: "Write Semaphore for BoundedSemaphore: nobody ever notices that there is a seat too many.",
    },
];

static CLASSICS: [Demo; 4] = [
    Demo {
        slug: "philosophers",
        title: "Dining philosophers",
        lesson: "Five philosophers, five forks, and only four chairs: so one of them always gets a second fork.",
        experiment: "Set CHAIRS to 5: each has a left fork and waits for the right one, in a circle, for ever.",
    },
    Demo {
        slug: "readers-writers",
        title: "Readers and writers",
        lesson: "Readers share, a writer wants to be alone. Whoever leaves lets all others look again.",
        experiment: "Put writer(changed) before *readers in the gather: everybody waits for that writer first.",
    },
    Demo {
        slug: "bounded-buffer",
        title: "Bounded buffer, made by hand",
        lesson: "A condition guards a list: the producer waits for room, the consumers wait for something to take.",
        experiment: "Set ROOM to 5: the producer never waits for room, and is done before anything is taken.",
    },
    Demo {
        slug: "sleeping-barber",
        title: "Sleeping barber",
        lesson: "Two chairs to wait on. Who finds both taken leaves; who comes first wakes the barber.",
        experiment: "Set CHAIRS to 3: one customer less leaves. Set CUT to 0.3: nobody has to leave.",
    },
];
