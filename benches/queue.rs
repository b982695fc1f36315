//! Bounded queues, with one task that puts and one that gets.

use std::future::Future;
use std::hint::black_box;
use std::rc::Rc;

use futures::{SinkExt, StreamExt};
use futures_intrusive::channel::LocalChannel;
use signalbox::sync::Queue;

use crate::contest::{Contest, contest};
use crate::executor::Executor;
use crate::host::time;

const ITEMS: usize = 10_000;

pub fn contests() -> Vec<Contest> {
    vec![
        contest!(
            "Queue with room for 1, from task to task", one_by_one:
            Ours, Tokio, Futures, AsyncChannel, LocalSync, Unsync, AsyncUnsync, FuturesIntrusive,
        ),
        contest!(
            "Queue with room for 100, from task to task", by_the_hundred:
            Ours, Tokio, Futures, AsyncChannel, LocalSync, Unsync, AsyncUnsync,
        ),
        contest!(
            "Queue, put and get alone", alone:
            Ours, Tokio, Futures, AsyncChannel, LocalSync, Unsync, AsyncUnsync, FuturesIntrusive,
        ),
    ]
}

/// A queue with two ends.
trait Bounded {
    const NAME: &'static str;

    type Sender;
    type Receiver;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver);

    fn put(sender: &mut Self::Sender, item: usize) -> impl Future<Output = ()>;

    fn get(receiver: &mut Self::Receiver) -> impl Future<Output = usize>;
}

fn one_by_one<B: Bounded>() -> f64 {
    from_task_to_task::<B>(1)
}

fn by_the_hundred<B: Bounded>() -> f64 {
    from_task_to_task::<B>(100)
}

fn from_task_to_task<B: Bounded>(capacity: usize) -> f64 {
    let (mut sender, mut receiver) = B::new(capacity);
    let mut executor = Executor::default();
    // The ends stay outside the tasks: closing the queue is not what is timed.
    executor.spawn(async {
        for item in 0..ITEMS {
            B::put(&mut sender, item).await;
        }
    });
    executor.spawn(async {
        for item in 0..ITEMS {
            assert_eq!(B::get(&mut receiver).await, item, "first in, first out");
        }
    });
    time(|| executor.run()) / ITEMS as f64
}

/// Puts an item and gets it back, and nobody ever waits.
fn alone<B: Bounded>() -> f64 {
    let (mut sender, mut receiver) = B::new(1);
    let mut executor = Executor::default();
    executor.spawn(async {
        for item in 0..ITEMS {
            B::put(&mut sender, item).await;
            assert_eq!(black_box(B::get(&mut receiver).await), item);
        }
    });
    time(|| executor.run()) / ITEMS as f64
}

struct Ours;

impl Bounded for Ours {
    const NAME: &'static str = "signalbox";

    type Sender = Rc<Queue<usize>>;
    type Receiver = Rc<Queue<usize>>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        let queue = Rc::new(Queue::new(capacity));
        (queue.clone(), queue)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.put(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.get().await.expect("it is open")
    }
}

struct Tokio;

impl Bounded for Tokio {
    const NAME: &'static str = "tokio";

    type Sender = tokio::sync::mpsc::Sender<usize>;
    type Receiver = tokio::sync::mpsc::Receiver<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        tokio::sync::mpsc::channel(capacity)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.recv().await.expect("it is open")
    }
}

struct Futures;

impl Bounded for Futures {
    const NAME: &'static str = "futures";

    type Sender = futures::channel::mpsc::Sender<usize>;
    type Receiver = futures::channel::mpsc::Receiver<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        // Every sender has room for one more item.
        futures::channel::mpsc::channel(capacity - 1)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        // `send` would also wait until there is room for the next.
        sender.feed(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.next().await.expect("it is open")
    }
}

struct AsyncChannel;

impl Bounded for AsyncChannel {
    const NAME: &'static str = "async-channel";

    type Sender = async_channel::Sender<usize>;
    type Receiver = async_channel::Receiver<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        async_channel::bounded(capacity)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.recv().await.expect("it is open")
    }
}

struct LocalSync;

impl Bounded for LocalSync {
    const NAME: &'static str = "local-sync";

    type Sender = local_sync::mpsc::bounded::Tx<usize>;
    type Receiver = local_sync::mpsc::bounded::Rx<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        local_sync::mpsc::bounded::channel(capacity)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.recv().await.expect("it is open")
    }
}

struct Unsync;

impl Bounded for Unsync {
    const NAME: &'static str = "unsync";

    type Sender = unsync::spsc::Sender<usize>;
    type Receiver = unsync::spsc::Receiver<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        unsync::spsc::channel(capacity)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.recv().await.expect("it is open")
    }
}

struct AsyncUnsync;

impl Bounded for AsyncUnsync {
    const NAME: &'static str = "async-unsync";

    type Sender = async_unsync::bounded::Sender<usize>;
    type Receiver = async_unsync::bounded::Receiver<usize>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        async_unsync::bounded::channel(capacity).into_split()
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.recv().await.expect("it is open")
    }
}

/// For one thread it has arrays of up to 64 items, so it takes part where there is room for one.
struct FuturesIntrusive;

impl Bounded for FuturesIntrusive {
    const NAME: &'static str = "futures-intrusive";

    type Sender = Rc<LocalChannel<usize, [usize; 1]>>;
    type Receiver = Rc<LocalChannel<usize, [usize; 1]>>;

    fn new(capacity: usize) -> (Self::Sender, Self::Receiver) {
        assert_eq!(capacity, 1);
        let channel = Rc::new(LocalChannel::new());
        (channel.clone(), channel)
    }

    async fn put(sender: &mut Self::Sender, item: usize) {
        sender.send(item).await.expect("it is open");
    }

    async fn get(receiver: &mut Self::Receiver) -> usize {
        receiver.receive().await.expect("it is open")
    }
}
