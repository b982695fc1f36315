//! Whatever waits may give up at any moment, and nothing is lost.

use std::fmt::Debug;
use std::future::Future;
use std::rc::Rc;

use signalbox::sync::{Acquire, Get, Lock, Put, Queue, Semaphore};

use crate::stepped::Stepped;

scenarios![
    a_lock_survives_every_way_of_giving_up,
    a_permit_survives_every_way_of_giving_up,
    an_item_survives_every_way_of_giving_up,
    room_survives_every_way_of_giving_up,
    a_long_line_is_no_slower_than_a_short_one,
];

/// When and how one of several waiting futures gives up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum GivingUp {
    Never,
    Dropped { stage: usize },
    CancelledThenDropped { stage: usize },
}

/// Lets four futures wait, and each give up in every way at every stage: before, between and after three calls of
/// `wake`, between any two of which every woken future runs. Hands each outcome to `check`, which is given what the
/// futures that completed returned, and must find that nothing got lost.
fn every_way_of_giving_up<P, F>(
    new: impl Fn() -> Rc<P>,
    wait: impl Fn(&Rc<P>, usize) -> F,
    cancel: impl Fn(&mut F) -> bool,
    wake: impl Fn(&P),
    check: impl Fn(&P, Vec<F::Output>, &dyn Debug),
) where
    F: Future + Unpin,
{
    const FUTURES: usize = 4;
    const STAGES: usize = 6;
    let mut ways = vec![GivingUp::Never];
    ways.extend((0..STAGES).map(|stage| GivingUp::Dropped { stage }));
    ways.extend((0..STAGES).map(|stage| GivingUp::CancelledThenDropped { stage }));
    for case in 0..ways.len().pow(FUTURES as u32) {
        let plan: [GivingUp; FUTURES] =
            std::array::from_fn(|index| ways[case / ways.len().pow(index as u32) % ways.len()]);
        let primitive = new();
        let mut outputs = Vec::new();
        let mut futures: [_; FUTURES] = std::array::from_fn(|index| Some(Stepped::waiting(wait(&primitive, index))));
        for stage in 0..STAGES {
            for (index, slot) in futures.iter_mut().enumerate() {
                match plan[index] {
                    GivingUp::Dropped { stage: when } if when == stage => *slot = None,
                    GivingUp::CancelledThenDropped { stage: when } if when == stage => {
                        slot.as_mut().map(|stepped| cancel(&mut stepped.future));
                    }
                    GivingUp::CancelledThenDropped { stage: when } if when + 1 == stage => *slot = None,
                    _ => {}
                }
            }
            if stage % 2 == 0 {
                wake(&primitive);
                continue;
            }
            for slot in &mut futures {
                if let Some(output) = slot.as_mut().filter(|stepped| stepped.is_woken()).and_then(Stepped::poll) {
                    outputs.push(output);
                    *slot = None;
                }
            }
        }
        // Who gave up is gone; who is left gets its turn.
        for (slot, plan) in futures.iter_mut().zip(plan) {
            if plan != GivingUp::Never {
                *slot = None;
            }
        }
        while let Some(slot) = futures.iter_mut().find(|slot| slot.as_ref().is_some_and(Stepped::is_woken)) {
            if let Some(output) = slot.as_mut().and_then(Stepped::poll) {
                outputs.push(output);
                *slot = None;
            }
        }
        check(&primitive, outputs, &plan);
    }
}

async fn a_lock_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || {
            let lock = Lock::new();
            assert!(lock.try_acquire());
            Rc::new(lock)
        },
        |lock, _| Acquire::new(lock.clone()),
        Acquire::cancel,
        // Nobody can release it while it is being handed over.
        |lock| {
            let _ = lock.release();
        },
        |lock, _, plan| assert!(lock.is_locked() || lock.waiting() == 0, "{plan:?}"),
    );
}

async fn a_permit_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || Rc::new(Semaphore::new(0)),
        |semaphore, _| Acquire::new(semaphore.clone()),
        Acquire::cancel,
        Semaphore::release,
        |semaphore, acquired, plan| {
            assert_eq!(semaphore.value() + acquired.len(), 3, "{plan:?}");
            assert!(semaphore.value() == 0 || semaphore.waiting() == 0, "{plan:?}");
        },
    );
}

async fn an_item_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || Rc::new(Queue::new(0)),
        |queue, _| Get::new(queue.clone()),
        Get::cancel,
        |queue| queue.put_nowait(queue.unfinished()).unwrap(),
        |queue, got, plan| {
            let mut items: Vec<usize> = got.into_iter().map(Result::unwrap).collect();
            assert!(items.is_sorted(), "{plan:?}");
            items.extend(queue.items());
            assert_eq!(items, [0, 1, 2], "{plan:?}");
            assert!(queue.is_empty() || queue.getters() == 0, "{plan:?}");
        },
    );
}

async fn room_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || {
            let queue = Queue::new(3);
            (10..13).for_each(|item| queue.put_nowait(item).unwrap());
            Rc::new(queue)
        },
        |queue, index| Put::new(queue.clone(), index),
        Put::cancel,
        |queue| assert!(queue.get_nowait().is_ok()),
        |queue, put, plan| {
            assert_eq!(queue.len(), put.len(), "{plan:?}");
            assert!(queue.is_full() || queue.putters() == 0, "{plan:?}");
            assert!(queue.items().is_sorted(), "in the order they came: {plan:?}");
        },
    );
}

async fn a_long_line_is_no_slower_than_a_short_one() {
    // If any of this took time in proportion to the line, it would take minutes.
    const LENGTH: usize = 200_000;
    let semaphore = Semaphore::new(0);
    let mut waiters: Vec<_> = (0..LENGTH).map(|_| Stepped::waiting(semaphore.acquire())).collect();
    assert!(waiters.iter_mut().step_by(2).all(|waiter| waiter.future.cancel()));
    (0..LENGTH / 2).for_each(|_| semaphore.release());
    assert!(waiters.iter().skip(1).step_by(2).all(Stepped::is_woken));
    while waiters.pop().is_some() {}
    assert_eq!((semaphore.waiting(), semaphore.value()), (0, LENGTH / 2));
}
