//! [`Event`] as tasks see it.

use std::rc::Rc;

use signalbox::sync::{Event, EventWait};

use crate::executor::{settle, spawn};
use crate::log::Log;
use crate::stepped::Stepped;

scenarios![
    an_event_wakes_all_who_wait_in_the_order_they_came,
    an_event_that_is_set_holds_nobody_up,
    who_was_woken_goes_on_although_the_event_is_cleared,
    an_event_that_is_set_again_wakes_nobody_twice,
    an_event_takes_no_notice_of_who_gave_up,
];

async fn an_event_wakes_all_who_wait_in_the_order_they_came() {
    let (event, log) = (Rc::new(Event::default()), Log::default());
    for name in ["a", "b", "c"] {
        let (event, log) = (event.clone(), log.clone());
        spawn(async move {
            event.wait().await;
            log.add(name);
        });
    }
    settle().await;
    assert_eq!((log.take().as_str(), event.waiting()), ("", 3));
    event.set();
    assert_eq!(event.waiting(), 3, "they leave when they run");
    settle().await;
    assert_eq!((log.take().as_str(), event.waiting()), ("a, b, c", 0));
}

async fn an_event_that_is_set_holds_nobody_up() {
    let event = Event::new();
    assert!(!event.is_set());
    event.set();
    assert!(event.is_set());
    event.wait().await;
    assert_eq!(event.waiting(), 0);
    event.clear();
    assert!(!event.is_set());
    let waiter = Stepped::waiting(event.wait());
    assert!(!waiter.is_woken());
}

async fn who_was_woken_goes_on_although_the_event_is_cleared() {
    let event = Rc::new(Event::new());
    let mut early = Stepped::waiting(EventWait::new(event.clone()));
    event.set();
    event.clear();
    let late = Stepped::waiting(EventWait::new(event.clone()));
    assert_eq!(event.waiting(), 2);
    assert!(early.poll().is_some());
    assert!(!late.is_woken());
    event.set();
    assert!(late.is_woken());
}

async fn an_event_that_is_set_again_wakes_nobody_twice() {
    let event = Event::new();
    let mut waiter = Stepped::waiting(event.wait());
    event.set();
    event.set();
    assert!(waiter.poll().is_some());
    event.clear();
    let waiter = Stepped::waiting(event.wait());
    assert!(!waiter.is_woken());
}

async fn an_event_takes_no_notice_of_who_gave_up() {
    let event = Event::new();
    let mut cancelled = Stepped::waiting(event.wait());
    let dropped = Stepped::waiting(event.wait());
    let mut last = Stepped::waiting(event.wait());
    assert!(cancelled.future.cancel());
    assert!(!cancelled.future.cancel());
    drop(dropped);
    assert_eq!(event.waiting(), 2);
    event.set();
    assert!(!cancelled.is_woken() && last.is_woken());
    assert!(!last.future.cancel(), "it is decided");
    assert!(cancelled.poll().is_none());
    assert!(last.poll().is_some());
    drop(cancelled);
    assert_eq!(event.waiting(), 0);
}
