//! [`Queue`] as tasks see it.

use std::rc::Rc;
use std::sync::Arc;

use signalbox::sync::{GetNowaitError, PutNowaitError, Queue, ShutDown, TaskDoneError};

use crate::executor::{settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    a_queue_of_one_hands_over_item_by_item,
    a_getter_that_was_overtaken_goes_to_the_end_of_the_line,
    an_item_goes_to_the_next_when_a_woken_getter_is_dropped,
    room_goes_to_the_next_when_a_woken_putter_is_dropped,
    nobody_is_woken_in_vain_when_a_getter_is_dropped,
    nobody_is_woken_in_vain_when_a_putter_is_dropped,
    a_cancelled_getter_is_taken_out_by_the_next_item,
    join_waits_until_every_item_is_dealt_with,
    a_queue_that_is_shut_down_gives_out_what_is_left,
    an_immediate_shutdown_throws_items_away,
    a_full_or_empty_queue_says_so,
    a_queue_that_grows_lets_putters_in,
];

async fn a_queue_of_one_hands_over_item_by_item() {
    let (queue, log) = (Rc::new(Queue::new(1)), Log::default());
    let (producing, producer_log) = (queue.clone(), log.clone());
    spawn(async move {
        for item in 1..=3 {
            producing.put(item).await.unwrap();
            producer_log.add(format!("put {item}"));
        }
    });
    let (consuming, consumer_log) = (queue.clone(), log.clone());
    spawn(async move {
        for _ in 1..=3 {
            let item = consuming.get().await.unwrap();
            consumer_log.add(format!("got {item}"));
        }
    });
    settle().await;
    assert_eq!(log.take(), "put 1, got 1, put 2, got 2, put 3, got 3");
    assert!(queue.is_empty());
    assert_eq!(queue.unfinished(), 3);
}

async fn a_getter_that_was_overtaken_goes_to_the_end_of_the_line() {
    let queue = Queue::new(0);
    let mut first = Stepped::waiting(queue.get());
    let mut second = Stepped::waiting(queue.get());
    queue.put_nowait("a").unwrap();
    assert!(first.is_woken());
    assert_eq!(queue.getters(), 1, "a woken getter is not in line");
    assert_eq!(queue.get_nowait(), Ok("a"));
    assert!(first.poll().is_none());
    assert_eq!(queue.getters(), 2);

    queue.put_nowait("b").unwrap();
    assert!(second.is_woken() && !first.is_woken());
    assert_eq!(second.poll(), Some(Ok("b")));
}

async fn an_item_goes_to_the_next_when_a_woken_getter_is_dropped() {
    let queue = Queue::new(0);
    let first = Stepped::waiting(queue.get());
    let mut second = Stepped::waiting(queue.get());
    queue.put_nowait("a").unwrap();
    drop(first);
    assert!(second.is_woken());
    assert_eq!(second.poll(), Some(Ok("a")));
}

async fn room_goes_to_the_next_when_a_woken_putter_is_dropped() {
    let queue = Queue::new(1);
    queue.put_nowait("a").unwrap();
    let first = Stepped::waiting(queue.put("b"));
    let mut second = Stepped::waiting(queue.put("c"));
    assert_eq!(queue.putters(), 2);
    assert_eq!(queue.get_nowait(), Ok("a"));
    drop(first);
    assert!(second.is_woken());
    assert_eq!(second.poll(), Some(Ok(())));
    assert_eq!(queue.items(), ["c"]);
}

async fn nobody_is_woken_in_vain_when_a_getter_is_dropped() {
    let queue = Queue::new(0);
    let [woken, waiting, last] = [0; 3].map(|_| Stepped::waiting(queue.get()));
    queue.put_nowait("a").unwrap();
    drop(waiting);
    assert!(!last.is_woken(), "the item is the first one's to take");
    assert_eq!(queue.get_nowait(), Ok("a"));
    drop(woken);
    assert!(!last.is_woken(), "the item is gone");
}

async fn nobody_is_woken_in_vain_when_a_putter_is_dropped() {
    let queue = Queue::new(1);
    queue.put_nowait("a").unwrap();
    let [woken, waiting, last] = ["b", "c", "d"].map(|item| Stepped::waiting(queue.put(item)));
    assert_eq!(queue.get_nowait(), Ok("a"));
    drop(waiting);
    assert!(!last.is_woken(), "the room is the first one's to take");
    queue.put_nowait("e").unwrap();
    drop(woken);
    assert!(!last.is_woken(), "the room is gone");
}

async fn a_cancelled_getter_is_taken_out_by_the_next_item() {
    let queue = Queue::new(0);
    let mut first = Stepped::waiting(queue.get());
    let mut second = Stepped::waiting(queue.get());
    assert!(first.future.cancel());
    assert_eq!(queue.getters(), 2);
    queue.put_nowait("a").unwrap();
    assert!(second.is_woken());
    assert_eq!(queue.getters(), 0);
    drop(first);
    assert_eq!(second.poll(), Some(Ok("a")));
}

async fn join_waits_until_every_item_is_dealt_with() {
    let queue = Queue::new(0);
    queue.join().await;
    queue.put_nowait("a").unwrap();
    queue.put_nowait("b").unwrap();
    let mut join = Stepped::waiting(queue.join());
    queue.get().await.unwrap();
    queue.get().await.unwrap();
    queue.task_done().unwrap();
    assert!(!join.is_woken());
    queue.task_done().unwrap();
    assert!(join.is_woken());
    queue.put_nowait("c").unwrap();
    assert!(join.poll().is_some(), "it was woken, and that holds");

    queue.task_done().unwrap();
    assert_eq!(queue.task_done(), Err(TaskDoneError));

    queue.put_nowait("d").unwrap();
    let mut join = Stepped::waiting(queue.join());
    assert!(join.future.cancel());
    assert!(!join.future.cancel());
    let dropped = Stepped::waiting(queue.join());
    let flag = dropped.flag.clone();
    drop(dropped);
    assert_eq!(Arc::strong_count(&flag), 1, "nobody would wake it");
    queue.task_done().unwrap();
    assert!(!join.is_woken() && join.poll().is_none());
    assert_eq!(TaskDoneError.to_string(), "task_done() called too many times");
}

async fn a_queue_that_is_shut_down_gives_out_what_is_left() {
    let queue = Queue::new(1);
    queue.put_nowait("a").unwrap();
    let mut putter = Stepped::waiting(queue.put("b"));
    queue.shutdown(false);
    assert!(queue.is_shut_down() && putter.is_woken());
    assert_eq!(putter.poll(), Some(Err(ShutDown("b"))));
    assert_eq!(queue.put_nowait("c"), Err(PutNowaitError::ShutDown("c")));
    assert_eq!(queue.get().await, Ok("a"));
    assert_eq!(queue.get().await, Err(ShutDown(())));
    assert_eq!(queue.get_nowait(), Err(GetNowaitError::ShutDown));
    assert_eq!(queue.unfinished(), 1);
}

async fn an_immediate_shutdown_throws_items_away() {
    let queue = Queue::new(0);
    queue.put_nowait("a").unwrap();
    queue.put_nowait("b").unwrap();
    let mut join = Stepped::waiting(queue.join());
    queue.shutdown(true);
    assert!(queue.is_empty());
    assert_eq!(queue.unfinished(), 0);
    assert!(join.poll().is_some());

    let empty = Queue::<()>::new(0);
    let mut getters = [0; 2].map(|_| Stepped::waiting(empty.get()));
    empty.shutdown(true);
    assert!(getters.iter_mut().all(|getter| getter.poll() == Some(Err(ShutDown(())))));
}

async fn a_full_or_empty_queue_says_so() {
    let queue = Queue::new(1);
    assert_eq!((queue.capacity(), queue.is_empty(), queue.is_full()), (1, true, false));
    assert_eq!(queue.get_nowait(), Err(GetNowaitError::Empty));
    queue.put_nowait(1).unwrap();
    assert_eq!((queue.len(), queue.is_empty(), queue.is_full()), (1, false, true));
    assert_eq!(queue.put_nowait(2), Err(PutNowaitError::Full(2)));

    let unlimited = Queue::default();
    for item in 0..1000 {
        unlimited.put(item).await.unwrap();
    }
    assert!(!unlimited.is_full());
}

async fn a_queue_that_grows_lets_putters_in() {
    let queue = Queue::new(2);
    queue.put_nowait(1).unwrap();
    queue.put_nowait(2).unwrap();
    let mut third = Stepped::waiting(queue.put(3));
    let mut fourth = Stepped::waiting(queue.put(4));
    queue.resize(1);
    queue.resize(2);
    assert!(!third.is_woken(), "there is no room");
    queue.resize(3);
    assert!(third.is_woken() && !fourth.is_woken());
    assert_eq!(third.poll(), Some(Ok(())));
    queue.resize(0);
    assert_eq!(fourth.poll(), Some(Ok(())));
    assert_eq!((queue.len(), queue.capacity()), (4, 0));
}
