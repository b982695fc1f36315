//! `asyncio.shield`: a future that can be cancelled in another's stead.

use std::rc::Rc;

use super::callback::{DoneCallback, Observer, notes};
use super::future::{Future, Outcome};
use super::host::Host;
use crate::trace::{Awaited, Callback, GatherId, GatherKind};

/// A future that ends as `inner` does. Cancelling it leaves `inner` alone. See `asyncio.shield`.
pub fn shield<H: Host>(host: &mut H, inner: &Rc<Future<H>>) -> Rc<Future<H>> {
    if inner.is_done() {
        return inner.clone();
    }
    let gather = host.event_loop().next_gather(GatherKind::Shield, std::slice::from_ref(inner));
    let outer = Future::awaited_as(Awaited::Gather(gather));
    let watch: Rc<dyn Observer<H>> = Rc::new(Inner { gather, outer: outer.clone() });
    inner.add_callback(DoneCallback::Notify(watch.clone()));
    outer.add_callback(DoneCallback::Notify(Rc::new(Outer { inner: inner.clone(), watch })));
    outer
}

/// Hands the end of the inner future on.
struct Inner<H: Host> {
    gather: GatherId,
    outer: Rc<Future<H>>,
}

impl<H: Host> Observer<H> for Inner<H> {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        let Some(inner) = done.filter(|_| !self.outer.is_cancelled()) else { return };
        inner.retrieve();
        let outcome = match inner.outcome() {
            // The message by which the inner future was cancelled is not handed on.
            Some(Outcome::Cancelled(_)) => Outcome::Cancelled(None),
            Some(outcome) => outcome,
            None => return,
        };
        host.event_loop().complete(&self.outer, outcome);
    }

    fn describe(&self, done: Option<&Rc<Future<H>>>) -> Callback {
        notes(self.gather, done)
    }

    fn function_name(&self) -> &'static str {
        "shield.<locals>._inner_done_callback"
    }
}

/// Stops watching the inner future when the outer one was cancelled.
struct Outer<H: Host> {
    inner: Rc<Future<H>>,
    watch: Rc<dyn Observer<H>>,
}

impl<H: Host> Observer<H> for Outer<H> {
    fn notify(self: Rc<Self>, _: &mut H, _: Option<&Rc<Future<H>>>) {
        if !self.inner.is_done() {
            self.inner.remove_observer(&self.watch);
            self.inner.add_callback(DoneCallback::Notify(Rc::new(Log)));
        }
    }

    fn describe(&self, _: Option<&Rc<Future<H>>>) -> Callback {
        Callback::Function("shield".into())
    }

    fn function_name(&self) -> &'static str {
        "shield.<locals>._outer_done_callback"
    }
}

/// Reports that an inner future fails after the outer one was cancelled: nobody else will.
struct Log;

impl<H: Host> Observer<H> for Log {
    fn notify(self: Rc<Self>, host: &mut H, done: Option<&Rc<Future<H>>>) {
        if let Some(inner) = done
            && let Some(Outcome::Exception(exception)) = inner.outcome()
        {
            inner.retrieve();
            let message = [H::class_name(&exception).as_str(), " exception in shielded future"].concat();
            host.report(message, &exception, inner);
        }
    }

    fn describe(&self, _: Option<&Rc<Future<H>>>) -> Callback {
        Callback::Function("shield".into())
    }

    fn function_name(&self) -> &'static str {
        "_log_on_exception"
    }
}
