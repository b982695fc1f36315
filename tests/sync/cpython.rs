//! Lock, semaphore and queue decide as CPython 3.14 does, call by call, however waiting and cancelling interleave.
//!
//! `cpython/record.py` wrote down what those of CPython 3.14.2 do; here the same calls must yield the same lines.

use std::collections::{HashMap, HashSet};
use std::fmt::{Debug, Write};
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use signalbox::sync::{Acquirable, Acquire, Get, Join, Lock, Put, Queue, Semaphore};

scenarios![as_recorded_from_cpython];

async fn as_recorded_from_cpython() {
    let recorded = include_str!("cpython/recorded.txt");
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

enum Primitive {
    Lock(Rc<Lock>),
    Semaphore(Rc<Semaphore>),
    Queue(Rc<Queue<usize>>),
}

struct Replay {
    primitive: Primitive,
    waiting: HashMap<usize, Box<dyn Waits>>,
    cancelled: HashSet<usize>,
    woken: Arc<Mutex<Vec<usize>>>,
}

impl Replay {
    fn new(title: &str) -> Self {
        let (kind, number) = title.split_once(' ').unwrap_or((title, "0"));
        let number = number.parse().unwrap();
        let primitive = match kind {
            "lock" => Primitive::Lock(Rc::default()),
            "semaphore" => Primitive::Semaphore(Rc::new(Semaphore::new(number))),
            _ => Primitive::Queue(Rc::new(Queue::new(number))),
        };
        Self { primitive, waiting: HashMap::new(), cancelled: HashSet::new(), woken: Arc::default() }
    }

    /// Makes a call and tells what came of it in the words of the record.
    fn call(&mut self, call: &str) -> String {
        let (name, number) = call.split_once(' ').unwrap();
        let number: usize = number.parse().unwrap();
        let result = match (name, &self.primitive) {
            ("cancel", _) => {
                let cancelled = self.waiting.get_mut(&number).unwrap().cancel();
                self.cancelled.extend(cancelled.then_some(number));
                cancelled.to_string()
            }
            ("drop", _) => {
                self.waiting.remove(&number);
                "cancelled".into()
            }
            ("run", _) => self.run(number),
            ("acquire", Primitive::Lock(lock)) => self.start(number, Acquire::new(lock.clone())),
            ("acquire", Primitive::Semaphore(semaphore)) => self.start(number, Acquire::new(semaphore.clone())),
            ("put", Primitive::Queue(queue)) => self.start(number, Put::new(queue.clone(), number)),
            ("get", Primitive::Queue(queue)) => self.start(number, Get::new(queue.clone())),
            ("join", Primitive::Queue(queue)) => self.start(number, Join::new(queue.clone())),
            ("release", Primitive::Lock(lock)) => said(lock.release()),
            ("release", Primitive::Semaphore(semaphore)) => {
                semaphore.release();
                "done".into()
            }
            ("put_nowait", Primitive::Queue(queue)) => said(queue.put_nowait(number)),
            ("get_nowait", Primitive::Queue(queue)) => said(queue.get_nowait()),
            ("task_done", Primitive::Queue(queue)) => said(queue.task_done()),
            ("shutdown" | "shutdown_immediate", Primitive::Queue(queue)) => {
                queue.shutdown(name == "shutdown_immediate");
                "done".into()
            }
            _ => unreachable!("{call}"),
        };
        let mut line = format!("{call}: {result}; {}", self.look());
        let woken = std::mem::take(&mut *self.woken.lock().unwrap());
        for (position, number) in woken.iter().enumerate() {
            let separator = if position == 0 { "; wakes " } else { ", " };
            write!(line, "{separator}{number}").unwrap();
        }
        line
    }

    fn start(&mut self, number: usize, future: impl Waits + 'static) -> String {
        self.waiting.insert(number, Box::new(future));
        self.run(number)
    }

    /// What the event loop does with a task whose wait is decided: it goes on, or it ends if it was cancelled.
    fn run(&mut self, number: usize) -> String {
        let waker = Waker::from(Arc::new(Owner { number, woken: self.woken.clone() }));
        let result = self.waiting.get_mut(&number).unwrap().resume(&mut Context::from_waker(&waker));
        let result = match result {
            Poll::Pending if self.cancelled.contains(&number) => "cancelled".into(),
            Poll::Pending => return "waits".into(),
            Poll::Ready(result) => result,
        };
        self.waiting.remove(&number);
        result
    }

    fn look(&self) -> String {
        let locked = |locked| if locked { "locked" } else { "unlocked" };
        match &self.primitive {
            Primitive::Lock(lock) => format!("{}, {} in line", locked(lock.is_locked()), lock.waiting()),
            Primitive::Semaphore(semaphore) => {
                let state = locked(semaphore.is_locked());
                format!("{state}, value {}, {} in line", semaphore.value(), semaphore.waiting())
            }
            Primitive::Queue(queue) => format!(
                "{:?}, {} getters, {} putters, {} unfinished",
                queue.items(),
                queue.getters(),
                queue.putters(),
                queue.unfinished()
            ),
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

trait Waits {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String>;
    fn cancel(&mut self) -> bool;
}

impl<P: Deref<Target: Acquirable>> Waits for Acquire<P> {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String> {
        Pin::new(self).poll(context).map(|()| "done".into())
    }

    fn cancel(&mut self) -> bool {
        self.cancel()
    }
}

impl Waits for Put<Rc<Queue<usize>>> {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String> {
        Pin::new(self).poll(context).map(said)
    }

    fn cancel(&mut self) -> bool {
        self.cancel()
    }
}

impl Waits for Get<Rc<Queue<usize>>> {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String> {
        Pin::new(self).poll(context).map(said)
    }

    fn cancel(&mut self) -> bool {
        self.cancel()
    }
}

impl Waits for Join<Rc<Queue<usize>>> {
    fn resume(&mut self, context: &mut Context<'_>) -> Poll<String> {
        Pin::new(self).poll(context).map(|()| "done".into())
    }

    fn cancel(&mut self) -> bool {
        self.cancel()
    }
}

/// A result in the words of the record, which says `full` where we say `queue is full`.
fn said<T: Debug, E: std::error::Error>(result: Result<T, E>) -> String {
    match result.map(|value| format!("{value:?}")) {
        Ok(value) if value == "()" => "done".into(),
        Ok(value) => format!("done {value}"),
        Err(error) => error.to_string().trim_start_matches("queue is ").into(),
    }
}
