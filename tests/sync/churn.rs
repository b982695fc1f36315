//! Lines in which many come and go behind one who stays.

use signalbox::sync::{Queue, Semaphore};

use crate::stepped::Stepped;

scenarios![who_stays_keeps_the_place_while_others_come_and_go, a_getter_is_found_after_many_before_it_are_gone,];

async fn who_stays_keeps_the_place_while_others_come_and_go() {
    let semaphore = Semaphore::new(0);
    let mut staying = Vec::new();
    let mut passing = Stepped::waiting(semaphore.acquire());
    for number in 0..1_000 {
        if number % 100 == 0 {
            staying.push(Stepped::waiting(semaphore.acquire()));
        }
        // The next comes before the last one goes: the line never ends with a gap.
        let mut next = Stepped::waiting(semaphore.acquire());
        std::mem::swap(&mut passing, &mut next);
        if number % 3 == 0 {
            assert!(next.future.cancel());
        }
    }
    drop(passing);
    assert_eq!(semaphore.waiting(), 10);
    for turn in 0..10 {
        semaphore.release();
        assert!(staying[turn].is_woken());
        assert!(staying[turn + 1..].iter().all(|later| !later.is_woken()));
    }
    assert!(staying.iter_mut().all(|waiter| waiter.poll().is_some()));
    assert_eq!((semaphore.waiting(), semaphore.value()), (0, 0));
}

async fn a_getter_is_found_after_many_before_it_are_gone() {
    let queue = Queue::new(0);
    let mut first = Stepped::waiting(queue.get());
    let mut others: Vec<_> = (0..1_000).map(|_| Stepped::waiting(queue.get())).collect();
    let mut last = Stepped::waiting(queue.get());
    others.truncate(500);
    let mut newcomers: Vec<_> = (0..1_000).map(|_| Stepped::waiting(queue.get())).collect();
    others.clear();
    assert_eq!(queue.getters(), 1_002);

    queue.put_nowait(1).expect("there is room");
    queue.put_nowait(2).expect("there is room");
    assert_eq!((first.poll(), last.poll()), (Some(Ok(1)), Some(Ok(2))));
    assert!(newcomers.iter_mut().all(|newcomer| newcomer.poll().is_none()));
    drop(newcomers);
    assert_eq!(queue.getters(), 0);
}
