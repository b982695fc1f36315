//! The primitives decide as CPython 3.14 does, call by call, however waiting and cancelling interleave.
//!
//! `cpython/record.py` wrote down what those of CPython 3.14.2 do; here the same calls must yield the same lines.

mod played;

use std::collections::{HashMap, HashSet};
use std::fmt::Write;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use self::played::{Called, Played, Waits, played};

scenarios![as_recorded_from_cpython];

async fn as_recorded_from_cpython() {
    replay(include_str!("cpython/recorded.txt"));
}

fn replay(recorded: &str) {
    for run in recorded.split_terminator("\n\n") {
        let (title, lines) = run.split_once('\n').unwrap();
        let mut replay = Replay::new(title);
        for (position, line) in lines.lines().enumerate() {
            let (call, _) = line.split_once(':').unwrap();
            let before = lines.lines().take(position).collect::<Vec<_>>().join("\n");
            assert_eq!(replay.call(call), line, "after:\n{title}\n{before}\n");
        }
    }
}

struct Replay {
    primitive: Box<dyn Played>,
    waiting: HashMap<usize, Box<dyn Waits>>,
    cancelled: HashSet<usize>,
    woken: Arc<Mutex<Vec<usize>>>,
}

impl Replay {
    fn new(title: &str) -> Self {
        let (kind, number) = title.split_once(' ').unwrap_or((title, "0"));
        let primitive = played(kind, number.parse().unwrap());
        Self { primitive, waiting: HashMap::new(), cancelled: HashSet::new(), woken: Arc::default() }
    }

    /// Makes a call and tells what came of it in the words of the record.
    fn call(&mut self, call: &str) -> String {
        let (name, number) = call.split_once(' ').unwrap();
        let number: usize = number.parse().unwrap();
        let result = match name {
            "cancel" => {
                let cancelled = self.waiting.get_mut(&number).unwrap().cancel();
                self.cancelled.extend(cancelled.then_some(number));
                cancelled.to_string()
            }
            "interrupt" => {
                self.cancelled.insert(number);
                self.run(number)
            }
            "run" => self.run(number),
            _ => match self.primitive.call(name, number) {
                Called::Said(result) => result,
                Called::Waits(future) => {
                    self.waiting.insert(number, future);
                    self.run(number)
                }
            },
        };
        let mut line = format!("{call}: {result}; {}", self.primitive.look());
        let woken = std::mem::take(&mut *self.woken.lock().unwrap());
        for (position, number) in woken.iter().enumerate() {
            let separator = if position == 0 { "; wakes " } else { ", " };
            write!(line, "{separator}{number}").unwrap();
        }
        line
    }

    /// What the event loop does with a task whose wait is decided: it goes on, or if it was cancelled it ends, perhaps
    /// after another wait.
    fn run(&mut self, number: usize) -> String {
        let waker = Waker::from(Arc::new(Owner { number, woken: self.woken.clone() }));
        let future = self.waiting.get_mut(&number).unwrap();
        if self.cancelled.remove(&number) && !future.interrupt() {
            self.waiting.remove(&number);
            return "cancelled".into();
        }
        match future.resume(&mut Context::from_waker(&waker)) {
            Poll::Pending => "waits".into(),
            Poll::Ready(result) => {
                self.waiting.remove(&number);
                result
            }
        }
    }
}

/// A waker that writes down whom it wakes.
struct Owner {
    number: usize,
    woken: Arc<Mutex<Vec<usize>>>,
}

impl Wake for Owner {
    fn wake(self: Arc<Self>) {
        self.woken.lock().unwrap().push(self.number);
    }
}
