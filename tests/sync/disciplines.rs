//! [`LifoQueue`] and [`PriorityQueue`], and queues whose items only the caller can put in order.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::rc::Rc;

use signalbox::sync::{
    Buffer, GetNowaitError, GetNowaitWithError, LastInFirstOut, LifoQueue, PriorityQueue, Put, PutNowaitError,
    PutNowaitWithError, Queue, ShutDown, SmallestFirst, WaitForItem, WaitForRoom,
};

use crate::stepped::Stepped;

scenarios![
    a_lifo_queue_gives_out_the_last_first,
    a_priority_queue_gives_out_the_smallest_first,
    equals_leave_a_priority_queue_as_they_leave_heapq,
    every_discipline_waits_and_shuts_down_alike,
    an_item_that_cannot_be_put_in_order_is_not_counted,
    what_puts_and_takes_may_use_the_queue,
    a_shutdown_that_fails_leaves_the_rest,
    room_is_waited_for_without_putting,
    an_item_is_waited_for_without_taking,
    waits_without_putting_or_taking_pass_their_turn_on,
    a_wait_that_is_polled_in_vain_stays_in_its_place,
];

async fn a_lifo_queue_gives_out_the_last_first() {
    let queue = LifoQueue::new(3);
    for item in ["a", "b", "c"] {
        queue.put(item).await.unwrap();
    }
    assert_eq!(queue.items(), ["a", "b", "c"]);
    assert_eq!(queue.put_nowait("d"), Err(PutNowaitError::Full("d")));
    assert_eq!(queue.get().await, Ok("c"));
    assert_eq!(queue.get_nowait(), Ok("b"));
    assert_eq!(queue.items(), ["a"]);
}

async fn a_priority_queue_gives_out_the_smallest_first() {
    let queue = PriorityQueue::new(0);
    for item in [5, 3, 8, 1, 9, 2] {
        queue.put(item).await.unwrap();
    }
    // heapq's list after the same pushes.
    assert_eq!(queue.items(), [1, 3, 2, 5, 9, 8]);
    let mut taken = Vec::new();
    while let Ok(item) = queue.get_nowait() {
        taken.push(item);
    }
    assert_eq!(taken, [1, 2, 3, 5, 8, 9]);
    assert_eq!(queue.get_nowait(), Err(GetNowaitError::Empty));
}

/// Something with a priority, which alone is compared.
#[derive(Clone, Debug)]
struct Ranked(u8, char);

impl PartialEq for Ranked {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Ranked {}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

async fn equals_leave_a_priority_queue_as_they_leave_heapq() {
    let queue = PriorityQueue::new(0);
    for (position, name) in ('a'..='h').enumerate() {
        queue.put_nowait(Ranked((position % 2) as u8, name)).unwrap();
    }
    let names = |items: Vec<Ranked>| items.iter().map(|item| item.1).collect::<String>();
    assert_eq!(names(queue.items()), "aecdbfgh");
    let taken = std::iter::from_fn(|| queue.get_nowait().ok()).collect();
    assert_eq!(names(taken), "acgefhbd");
}

async fn every_discipline_waits_and_shuts_down_alike() {
    let queue = Rc::new(PriorityQueue::with_buffer(1, SmallestFirst::new()));
    queue.put_nowait(2).unwrap();
    let mut putter = Stepped::waiting(Put::new(queue.clone(), 1));
    assert_eq!(queue.get_nowait(), Ok(2));
    assert_eq!(putter.poll(), Some(Ok(())));
    let mut join = Stepped::waiting(queue.join());
    queue.task_done().unwrap();
    queue.shutdown(true);
    assert!(queue.is_empty() && join.is_woken());
    assert!(join.poll().is_some());

    let queue = LifoQueue::with_buffer(0, LastInFirstOut::new());
    let mut getter = Stepped::waiting(queue.get());
    queue.put_nowait('a').unwrap();
    queue.put_nowait('b').unwrap();
    queue.shutdown(false);
    assert_eq!(getter.poll(), Some(Ok('b')));
    assert_eq!(queue.get_nowait(), Ok('a'));
    assert_eq!(queue.get().await, Err(ShutDown(())));
}

async fn an_item_that_cannot_be_put_in_order_is_not_counted() {
    let queue = Queue::<i32>::new(1);
    let mut getter = Stepped::waiting(queue.get());
    let refused = queue.put_nowait_with(|_| Err("no order"));
    assert_eq!(refused, Err(PutNowaitWithError::Failed("no order")));
    assert_eq!((queue.unfinished(), getter.is_woken()), (0, false));
    let put = |buffer: &RefCell<_>| {
        Buffer::put(&mut *buffer.borrow_mut(), 7);
        Ok::<_, &str>(())
    };
    assert_eq!(queue.put_nowait_with(put), Ok(()));
    assert_eq!((queue.unfinished(), getter.is_woken()), (1, true));
    assert_eq!(queue.put_nowait_with(put), Err(PutNowaitWithError::Full));

    let mut putter = Stepped::waiting(queue.put(8));
    assert_eq!(queue.get_nowait_with(|_| Err("no order")), Err(GetNowaitWithError::Failed("no order")));
    assert!(!putter.is_woken());
    let get = |buffer: &RefCell<_>| Buffer::get(&mut *buffer.borrow_mut()).ok_or("nothing");
    assert_eq!(queue.get_nowait_with(get), Ok(7));
    assert!(putter.is_woken());
    assert_eq!(queue.get_nowait_with(get), Err(GetNowaitWithError::Empty));
    assert!(putter.poll().is_some());
    assert!(getter.poll().is_some());

    queue.shutdown(false);
    assert_eq!(queue.get_nowait_with(get), Err(GetNowaitWithError::ShutDown));
    assert_eq!(queue.put_nowait_with(put), Err(PutNowaitWithError::ShutDown));
    assert_eq!(PutNowaitWithError::Failed(ShutDown(())).to_string(), "queue is shut down");
    assert_eq!(GetNowaitWithError::<ShutDown>::Empty.to_string(), "queue is empty");
}

async fn what_puts_and_takes_may_use_the_queue() {
    let queue = Queue::new(1);
    let put = queue.put_nowait_with(|buffer| {
        assert!(queue.is_empty());
        queue.put_nowait(1).unwrap();
        queue.shutdown(false);
        buffer.borrow_mut().put(2);
        Ok::<_, ()>(())
    });
    assert_eq!(put, Ok(()), "as in CPython, it is not checked again");
    assert_eq!((queue.items(), queue.unfinished()), (vec![1, 2], 2));
    let got = queue.get_nowait_with(|buffer| {
        assert_eq!(queue.get_nowait(), Ok(1));
        buffer.borrow_mut().get().ok_or(())
    });
    assert_eq!(got, Ok(2));
}

async fn a_shutdown_that_fails_leaves_the_rest() {
    let queue = Queue::new(3);
    (1..=3).for_each(|item| queue.put_nowait(item).unwrap());
    let putter = Stepped::waiting(queue.put(4));
    let mut join = Stepped::waiting(queue.join());
    let mut left = 1;
    let result = queue.shutdown_with(|buffer| {
        if std::mem::replace(&mut left, 0) == 0 {
            return Err("no order");
        }
        Ok(buffer.borrow_mut().get().unwrap())
    });
    assert_eq!(result, Err("no order"));
    assert!(queue.is_shut_down() && !putter.is_woken() && !join.is_woken());
    assert_eq!((queue.items(), queue.unfinished()), (vec![2, 3], 2));

    let result = queue.shutdown_with(|buffer| buffer.borrow_mut().get().ok_or("nothing"));
    assert_eq!(result, Ok(()));
    assert!(queue.is_empty() && putter.is_woken() && join.is_woken());
    assert_eq!(queue.unfinished(), 0);
    assert!(join.poll().is_some());
}

async fn room_is_waited_for_without_putting() {
    let queue = Queue::new(1);
    assert_eq!(queue.wait_for_room().await, Ok(()));
    queue.put_nowait(1).unwrap();
    let mut room = Stepped::waiting(queue.wait_for_room());
    assert_eq!(queue.putters(), 1);
    assert_eq!(queue.get_nowait(), Ok(1));
    assert!(room.is_woken());
    queue.put_nowait(2).unwrap();
    assert!(room.poll().is_none(), "somebody was faster");
    assert_eq!(queue.putters(), 1);
    queue.shutdown(false);
    assert_eq!(room.poll(), Some(Err(ShutDown(()))));
    assert_eq!(queue.get_nowait(), Ok(2));
    assert_eq!(queue.wait_for_room().await, Ok(()), "there is room, if only to be refused");
}

async fn an_item_is_waited_for_without_taking() {
    let queue = Queue::new(0);
    let mut item = Stepped::waiting(queue.wait_for_item());
    assert_eq!(queue.getters(), 1);
    queue.put_nowait(1).unwrap();
    assert!(item.is_woken());
    assert_eq!(queue.get_nowait(), Ok(1));
    assert!(item.poll().is_none(), "somebody was faster");
    queue.put_nowait(2).unwrap();
    assert_eq!(item.poll(), Some(Ok(())));
    queue.shutdown(false);
    assert_eq!(queue.wait_for_item().await, Ok(()));
    assert_eq!(queue.get_nowait(), Ok(2));
    assert_eq!(queue.wait_for_item().await, Err(ShutDown(())));
}

async fn waits_without_putting_or_taking_pass_their_turn_on() {
    let queue = Rc::new(Queue::new(1));
    queue.put_nowait(1).unwrap();
    let [first, second] = [0; 2].map(|_| Stepped::waiting(WaitForRoom::new(queue.clone())));
    let mut third = Stepped::waiting(WaitForRoom::new(queue.clone()));
    assert_eq!(queue.get_nowait(), Ok(1));
    drop(first);
    assert!(second.is_woken());
    assert!(third.future.cancel());
    assert!(!third.future.cancel());
    drop((second, third));
    assert_eq!(queue.putters(), 0);

    let [first, second] = [0; 2].map(|_| Stepped::waiting(WaitForItem::new(queue.clone())));
    let mut third = Stepped::waiting(WaitForItem::new(queue.clone()));
    queue.put_nowait(2).unwrap();
    drop(first);
    assert!(second.is_woken());
    assert!(third.future.cancel());
    assert!(!third.future.cancel());
    drop((second, third));
    assert_eq!(queue.getters(), 0);
}

async fn a_wait_that_is_polled_in_vain_stays_in_its_place() {
    let queue = Queue::new(1);
    let (mut item, mut get) = (Stepped::waiting(queue.wait_for_item()), Stepped::waiting(queue.get()));
    assert!(item.poll().is_none() && get.poll().is_none());
    assert_eq!(queue.getters(), 2);
    queue.put_nowait(1).unwrap();
    assert!(get.poll().is_none(), "the item is for the first");
    assert_eq!(item.poll(), Some(Ok(())));

    let (mut room, mut put) = (Stepped::waiting(queue.wait_for_room()), Stepped::waiting(queue.put(2)));
    let mut join = Stepped::waiting(queue.join());
    assert!(room.poll().is_none() && put.poll().is_none() && join.poll().is_none());
    assert_eq!(queue.putters(), 2);
    assert_eq!(queue.get_nowait(), Ok(1));
    assert!(put.poll().is_none(), "the room is for the first");
    assert_eq!(room.poll(), Some(Ok(())));
    queue.shutdown(false);
    assert_eq!(put.poll(), Some(Err(ShutDown(2))));
    assert_eq!(get.poll(), Some(Err(ShutDown(()))));
}
