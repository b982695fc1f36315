//! Which primitive is for what, each one click from its demo; and which key does what.

use yew::prelude::{Callback, Html};

use super::demos::demo;
use super::gallery::opening;
use super::html::{Button, button, element, raw, text, words};
use super::page::Message;

/// What is needed, what it is called, what it does, and the demo that shows it.
static NEEDS: [[&str; 4]; 11] = [
    ["Only one at a time may touch it", "Lock", "Whoever comes while it is held stands in line.", "lock"],
    [
        "At most so many at a time",
        "Semaphore",
        "Takes and gives permits; without one left, you stand in line.",
        "semaphore",
    ],
    [
        "All wait until one thing has happened",
        "Event",
        "Set once, it wakes everybody, and lets through all who come later.",
        "event",
    ],
    [
        "Wait until something has a certain state",
        "Condition",
        "A lock with a waiting room: who is notified looks again.",
        "readers-writers",
    ],
    ["Nobody goes on before all are here", "Barrier", "The last to arrive opens it for all.", "barrier-rounds"],
    ["Hand over work, or results", "Queue", "Takers wait for items; with a maxsize, givers wait for room.", "queue"],
    [
        "The urgent first, or the newest",
        "PriorityQueue, LifoQueue",
        "A queue that decides itself what comes next.",
        "priority-queue",
    ],
    [
        "Several tasks that fail together",
        "TaskGroup",
        "When one fails, the others are cancelled, and you hear of it.",
        "task-group",
    ],
    ["Give up after a while", "timeout", "Cancels what you wait for, and raises TimeoutError.", "lock-timeout"],
    [
        "Not more often than so many times a second",
        "Semaphore and a task",
        "The task adds a permit whenever it is time.",
        "rate-limit",
    ],
    [
        "Call what blocks, and let the others go on",
        "to_thread",
        "A blocking call in a coroutine stops every task: see what that looks like.",
        "blocking-call",
    ],
];

/// The guide.
pub fn guide(send: &Callback<Message>) -> Html {
    let mut rows = Vec::new();
    for [need, name, does, slug] in &NEEDS {
        let Some(demo) = demo(slug) else { continue };
        let see = button(Button::default(), text(demo.title), send, opening(demo));
        let answer = vec![words("h3", "", need), words("code", "", name), words("p", "", does), see];
        rows.push(element("li", &[], &[], answer));
    }
    element("ul", &["class"], &["sheet-body"], rows)
}

/// What the keys do.
pub fn keys() -> Html {
    raw(KEYS)
}

const KEYS: &str = "<dl class=\"sheet-body\">\
    <dt><kbd>Space</kbd></dt><dd>Play or pause</dd>\
    <dt><kbd>→</kbd> <kbd>←</kbd></dt><dd>Step forward, step back</dd>\
    <dt><kbd>Home</kbd></dt><dd>Restart</dd>\
    <dt><kbd>Ctrl</kbd> <kbd>K</kbd></dt><dd>Find a demo or a command</dd>\
    <dt><kbd>?</kbd></dt><dd>This list</dd>\
    <dt><kbd>Esc</kbd></dt><dd>Close what is open</dd></dl>";
