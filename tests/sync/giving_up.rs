//! Whatever waits may give up at any moment, and nothing is lost.

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};

use signalbox::sync::{
    Acquire, Barrier, BarrierState, BarrierWait, BoundedSemaphore, Condition, ConditionWait, ConditionWaitError, Event,
    EventWait, Get, Lock, PriorityQueue, Put, Queue, Semaphore, WaitForItem, WaitForRoom,
};

use crate::stepped::Stepped;

scenarios![
    a_lock_survives_every_way_of_giving_up,
    a_permit_survives_every_way_of_giving_up,
    an_item_survives_every_way_of_giving_up,
    room_survives_every_way_of_giving_up,
    an_event_survives_every_way_of_giving_up,
    a_bounded_permit_survives_every_way_of_giving_up,
    an_item_that_nobody_takes_survives_every_way_of_giving_up,
    room_that_nobody_takes_survives_every_way_of_giving_up,
    a_notification_survives_every_way_of_giving_up,
    a_notification_survives_every_way_of_being_interrupted,
    a_barrier_survives_every_way_of_giving_up,
    a_barrier_survives_every_way_of_being_interrupted,
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
    let check = |primitive: &P, outputs, plan: &[GivingUp]| check(primitive, outputs, &plan);
    every_way::<4, 6, P, F>(new, wait, cancel, |slot| *slot = None, wake, check);
}

/// The same with any number of futures and stages, and with what becomes of a cancelled future when it runs.
fn every_way<const FUTURES: usize, const STAGES: usize, P, F>(
    new: impl Fn() -> Rc<P>,
    wait: impl Fn(&Rc<P>, usize) -> F,
    cancel: impl Fn(&mut F) -> bool,
    run_cancelled: impl Fn(&mut Option<Stepped<F>>),
    wake: impl Fn(&P),
    check: impl Fn(&P, Vec<F::Output>, &[GivingUp]),
) where
    F: Future + Unpin,
{
    let mut ways = vec![GivingUp::Never];
    ways.extend((0..STAGES).map(|stage| GivingUp::Dropped { stage }));
    ways.extend((0..STAGES).map(|stage| GivingUp::CancelledThenDropped { stage }));
    for case in 0..ways.len().pow(FUTURES as u32) {
        let plan: [GivingUp; FUTURES] =
            std::array::from_fn(|index| ways[case / ways.len().pow(index as u32) % ways.len()]);
        let primitive = new();
        let mut outputs = Vec::new();
        let mut futures: [_; FUTURES] = std::array::from_fn(|index| Some(Stepped::waiting(wait(&primitive, index))));
        let flags = futures.each_ref().map(|slot| slot.as_ref().map(|stepped| stepped.flag.clone()));
        for stage in 0..STAGES {
            for (index, slot) in futures.iter_mut().enumerate() {
                match plan[index] {
                    GivingUp::Dropped { stage: when } if when == stage => *slot = None,
                    GivingUp::CancelledThenDropped { stage: when } if when == stage => {
                        slot.as_mut().map(|stepped| cancel(&mut stepped.future));
                    }
                    GivingUp::CancelledThenDropped { stage: when } if when + 1 == stage => run_cancelled(slot),
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
        // Who gave up is gone, its waker too; who is left gets its turn.
        for ((slot, way), flag) in futures.iter_mut().zip(plan).zip(flags) {
            if way != GivingUp::Never {
                *slot = None;
                assert_eq!(flag.as_ref().map(Arc::strong_count), Some(1), "{plan:?}");
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

async fn an_event_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || Rc::new(Event::new()),
        |event, _| EventWait::new(event.clone()),
        EventWait::cancel,
        |event| if event.is_set() { event.clear() } else { event.set() },
        |event, _, plan| assert_eq!(event.waiting(), 0, "{plan:?}"),
    );
}

async fn a_bounded_permit_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || {
            let semaphore = BoundedSemaphore::new(3);
            while semaphore.try_acquire() {}
            Rc::new(semaphore)
        },
        |semaphore, _| Acquire::new(semaphore.clone()),
        Acquire::cancel,
        |semaphore| semaphore.release().unwrap(),
        |semaphore, acquired, plan| {
            assert_eq!(semaphore.value() + acquired.len(), 3, "{plan:?}");
            assert!(semaphore.value() == 0 || semaphore.waiting() == 0, "{plan:?}");
        },
    );
}

async fn an_item_that_nobody_takes_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || Rc::new(PriorityQueue::new(0)),
        |queue, _| WaitForItem::new(queue.clone()),
        WaitForItem::cancel,
        |queue| queue.put_nowait(10 - queue.unfinished()).unwrap(),
        |queue, seen, plan| {
            assert_eq!(queue.items(), [8, 10, 9], "{plan:?}");
            assert!(queue.getters() == 0 || seen.len() >= 3, "{plan:?}");
        },
    );
}

async fn room_that_nobody_takes_survives_every_way_of_giving_up() {
    every_way_of_giving_up(
        || {
            let queue = Queue::new(3);
            (0..3).for_each(|item| queue.put_nowait(item).unwrap());
            Rc::new(queue)
        },
        |queue, _| WaitForRoom::new(queue.clone()),
        WaitForRoom::cancel,
        |queue| assert!(queue.get_nowait().is_ok()),
        |queue, seen, plan| assert!(queue.putters() == 0 || seen.len() >= 3, "{plan:?}"),
    );
}

/// Waits at a condition and then releases its lock at once.
struct Visit {
    condition: Rc<Visited>,
    wait: ConditionWait<Rc<Condition>>,
}

#[derive(Default)]
struct Visited {
    condition: Rc<Condition>,
    turns: Cell<usize>,
    notified: Cell<usize>,
}

impl Future for Visit {
    type Output = Result<(), ConditionWaitError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = Pin::new(&mut self.wait).poll(context);
        if polled.is_ready() {
            self.condition.condition.release().unwrap();
        }
        polled
    }
}

/// Notifies one after the other, each while the lock is held for so long that whoever is notified waits for it.
fn every_way_at_a_condition(run_cancelled: impl Fn(&mut Option<Stepped<Visit>>)) {
    every_way::<3, 8, _, _>(
        Rc::<Visited>::default,
        |visited, _| {
            visited.condition.try_acquire();
            Visit { condition: visited.clone(), wait: ConditionWait::new(visited.condition.clone()) }
        },
        |visit| visit.wait.cancel(),
        run_cancelled,
        |visited| {
            let turn = visited.turns.replace(visited.turns.get() + 1);
            if turn % 2 == 1 {
                // It is not held if it was being handed over a turn ago.
                let _ = visited.condition.release();
            } else if visited.condition.try_acquire() {
                visited.condition.notify(1).unwrap();
                visited.notified.set(visited.notified.get() + 1);
            }
        },
        |visited, outputs, plan| {
            let condition = &visited.condition;
            assert!(!condition.is_locked() && condition.as_lock().waiting() == 0, "{plan:?}");
            let stayed = plan.iter().filter(|way| **way == GivingUp::Never).count();
            let completed = outputs.iter().filter(|output| output.is_ok()).count();
            assert!(completed >= stayed.min(visited.notified.get()), "{plan:?}");
            assert!(condition.waiting() + completed >= stayed, "{plan:?}");
        },
    );
}

async fn a_notification_survives_every_way_of_giving_up() {
    every_way_at_a_condition(|slot| *slot = None);
}

async fn a_notification_survives_every_way_of_being_interrupted() {
    every_way_at_a_condition(|slot| {
        let Some(visit) = slot else { return };
        visit.future.wait.interrupt();
        if let Some(result) = visit.poll() {
            assert_eq!(result, Err(ConditionWaitError::Interrupted));
            *slot = None;
        }
    });
}

/// Four wait for a fifth, which comes three times and leaves again if not all are there.
fn every_way_at_a_barrier(run_cancelled: impl Fn(&mut Option<Stepped<BarrierWait<Rc<Barrier>>>>)) {
    every_way::<4, 6, _, _>(
        || Rc::new(Barrier::new(5).unwrap()),
        |barrier, _| BarrierWait::new(barrier.clone()),
        BarrierWait::cancel,
        run_cancelled,
        |barrier| {
            let passed = Stepped::new(barrier.wait()).poll();
            assert!(matches!(passed, None | Some(Ok(4))));
        },
        |barrier, passed, plan| {
            let stayed = plan.iter().filter(|way| **way == GivingUp::Never).count();
            assert_eq!(barrier.state(), BarrierState::Filling, "{plan:?}");
            let left = stayed - passed.len().min(stayed);
            assert_eq!((barrier.count(), barrier.waiting()), (left, left), "{plan:?}");
        },
    );
}

async fn a_barrier_survives_every_way_of_giving_up() {
    every_way_at_a_barrier(|slot| *slot = None);
}

async fn a_barrier_survives_every_way_of_being_interrupted() {
    every_way_at_a_barrier(|slot| {
        let Some(wait) = slot else { return };
        wait.future.interrupt();
        assert!(matches!(wait.poll(), Some(Err(_))), "nobody holds it up");
        *slot = None;
    });
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
