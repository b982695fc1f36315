//! `asyncio.gather`: one future for many.

use std::cell::Cell;
use std::rc::Rc;

use hashbrown::HashTable;

use super::callback::{DoneCallback, Observer, notes};
use super::future::{Future, Kind, Outcome};
use super::host::Host;
use crate::trace::{Callback, GatherId, GatherKind};

/// The bookkeeping of a gather. See `asyncio.tasks.gather` and `_GatheringFuture`.
pub(super) struct Gather<H: Host> {
    pub id: GatherId,
    pub children: Vec<Rc<Future<H>>>,
    /// How many different children there are: the same one may be given twice.
    different: usize,
    noted: Cell<usize>,
    return_exceptions: bool,
    cancel_requested: Cell<bool>,
}

/// A future for the results of all `children`, in their order.
///
/// The first exception, or cancellation, of a child becomes its own, unless `return_exceptions` asks for them among
/// the results. Without children it is done at once.
pub fn gather<H: Host>(host: &mut H, children: Vec<Rc<Future<H>>>, return_exceptions: bool) -> Rc<Future<H>> {
    let event_loop = host.event_loop();
    if children.is_empty() {
        let future = Future::new();
        event_loop.complete(&future, Outcome::Value(H::list(Vec::new())));
        return future;
    }
    let id = event_loop.next_gather(GatherKind::Gather, &children);
    let different = different(&children);
    let outer = Future::of_kind(Kind::Gather(Gather {
        id,
        children,
        different: different.len(),
        noted: Cell::new(0),
        return_exceptions,
        cancel_requested: Cell::new(false),
    }));
    let observer: Rc<dyn Observer<H>> = Rc::new(Taker { gather: id, outer: outer.clone() });
    let (done, pending): (Vec<_>, Vec<_>) = different.into_iter().partition(|child| child.is_done());
    for child in pending {
        child.add_callback(DoneCallback::Notify(observer.clone()));
    }
    for child in done {
        note(host, &outer, &child);
    }
    outer
}

/// The futures without those that came before.
pub(super) fn different<H: Host>(futures: &[Rc<Future<H>>]) -> Vec<Rc<Future<H>>> {
    let mut different: Vec<Rc<Future<H>>> = Vec::with_capacity(futures.len());
    let mut seen = HashTable::with_capacity(futures.len());
    for future in futures {
        let address = Rc::as_ptr(future) as usize;
        let hash = |address: &usize| *address as u64 >> 4;
        if seen.find(hash(&address), |other| *other == address).is_none() {
            seen.insert_unique(hash(&address), address, hash);
            different.push(future.clone());
        }
    }
    different
}

/// Takes note of the children's ends for the gather whose future it holds.
struct Taker<H: Host> {
    gather: GatherId,
    outer: Rc<Future<H>>,
}

impl<H: Host> Observer<H> for Taker<H> {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        if let Some(child) = done {
            note(host, &self.outer, child);
        }
    }

    fn describe(&self, done: Option<&Rc<Future<H>>>) -> Callback {
        notes(self.gather, done)
    }

    fn function_name(&self) -> &'static str {
        "gather.<locals>._done_callback"
    }
}

/// Takes note that a child is done, and completes the gather when it was the last or has failed.
fn note<H: Host>(host: &mut H, outer: &Rc<Future<H>>, child: &Rc<Future<H>>) {
    let Kind::Gather(gather) = &outer.kind else { return };
    gather.noted.set(gather.noted.get() + 1);
    if outer.is_done() {
        child.retrieve();
        return;
    }
    let failure = if gather.return_exceptions { None } else { child.result(host).and_then(Result::err) };
    let outcome = match failure {
        Some(exception) => Outcome::Exception(exception),
        None if gather.noted.get() < gather.different => return,
        None if gather.cancel_requested.get() => Outcome::Exception(cancellation(host, gather)),
        None => Outcome::Value(H::list(gather.children.iter().map(result).collect())),
    };
    host.event_loop().complete(outer, outcome);
}

/// The `CancelledError` of a gather that was cancelled and whose children are all done. CPython makes it of the last
/// child: of the error that ended it or, if it took no notice, of the message with which it was cancelled.
fn cancellation<H: Host>(host: &mut H, gather: &Gather<H>) -> H::Exception {
    gather.children.iter().for_each(|child| child.retrieve());
    let last = gather.children.last();
    if let Some(error) = last.filter(|last| last.is_cancelled()).and_then(|last| last.result(host)?.err()) {
        return error;
    }
    let task = last.and_then(|last| last.task());
    let message = task.and_then(|task| host.event_loop().task(task).cancel_message.clone());
    host.cancelled_error(message)
}

fn result<H: Host>(child: &Rc<Future<H>>) -> H::Value {
    child.retrieve();
    match child.outcome() {
        Some(Outcome::Value(value)) => value,
        Some(Outcome::Exception(exception)) => H::exception_value(&exception),
        Some(Outcome::Cancelled(message)) => H::cancelled_value(message),
        None => H::none(),
    }
}

/// Cancels every child. True if any of them could be.
pub(super) fn cancel<H: Host>(host: &mut H, gather: &Gather<H>, message: Option<&H::Value>) -> bool {
    let mut any = false;
    for child in &gather.children {
        any |= super::task::cancel(host, child, message.cloned());
    }
    if any {
        gather.cancel_requested.set(true);
    }
    any
}
