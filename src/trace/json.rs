//! Events as JSON, one object each, for other programs to read.
//!
//! Every object has an `event`; the other members follow the fields of [`Event`]. Tasks, primitives and gathers are
//! their numbers. A time or duration is in seconds, and `null` where it is infinite.
//!
//! ```text
//! {"event":"turn"}
//! {"event":"clock","seconds":1.0}
//! {"event":"step","runner":RUNNER}
//! {"event":"task_created","task":1,"label":"worker 1","line":7}
//! {"event":"ready","task":1,"cause":CAUSE}            and "primitive":0 where the cause is "woken"
//! {"event":"scheduled","runner":RUNNER}
//! {"event":"awaits","task":1,"on":AWAITED,"line":8}
//! {"event":"finished","task":1,"outcome":OUTCOME}     and "exception":"ValueError: no" where it is "failed"
//! {"event":"cancel_requested","task":1}
//! {"event":"gather_created","gather":0,"children":[1,2]}
//! {"event":"primitive_created","primitive":0,"kind":"Semaphore","capacity":2,"line":14}
//! {"event":"lock_shared","primitive":1,"lock":0}
//! {"event":"primitive_named","primitive":0,"name":"sem"}
//! {"event":"resized","primitive":0,"capacity":3}
//! {"event":"acquired","primitive":0}                  "released", "event_set", "event_cleared" and "task_done" alike
//! {"event":"notified","primitive":0,"tasks":2}
//! {"event":"barrier_changed","primitive":0,"phase":PHASE,"inside":2}
//! {"event":"put","primitive":0,"item":"4","position":0}
//! {"event":"got","primitive":0,"item":"4"}
//! {"event":"shut_down","primitive":0,"immediate":false}
//! {"event":"printed","stream":"out","text":"hello\n"} or "error"
//! {"event":"blocked","seconds":2.0,"line":12}
//! {"event":"noted","form":"with_await","sentence":"...","line":9}
//! {"event":"loop_changed","loop":1}                   and {"event":"loop_closed"}
//! {"event":"ended","ending":"finished"}
//! {"event":"ended","ending":"raised","exception":"ValueError: no","line":9}
//! {"event":"ended","ending":"stuck","explanation":"..."}
//! {"event":"ended","ending":"horizon","until":10.0}
//! {"event":"ended","ending":"stopped","explanation":"...","line":9}
//!
//! RUNNER:  {"task":1} {"callback":"sleep_ends","task":1} {"callback":"gather_notes","gather":0,"task":1}
//!          {"callback":"run_ends"} {"callback":"function","name":"unlock"}
//!          {"callback":"intervention","cancel":1} {"callback":"intervention","primitive":0,"change":"add_permit"}
//! CAUSE:   "created" "yielded" "slept" "woken" "completed" "cancelled"
//! AWAITED: {"for":"next_turn"} {"for":"clock","until":2.0} {"for":"primitive","primitive":0,"intent":INTENT}
//!          {"for":"task","task":1} {"for":"gather","gather":0} {"for":"future"}
//! INTENT:  "acquire" "reacquire" "notify" "set" "meet" "drain" "get" "put" "join"
//! PHASE:   "filling" "draining" "resetting" "broken"
//! OUTCOME: "returned" "failed" "cancelled"
//! ```

use std::fmt::Write;

use super::event::*;
use crate::decimal;

/// Appends one event as a JSON object, without a line end.
pub fn write_event(event: &Event, out: &mut String) {
    let mut object = Object::begin(out);
    let name = match event {
        Event::Turn => "turn",
        Event::Clock { .. } => "clock",
        Event::Step { .. } => "step",
        Event::TaskCreated { .. } => "task_created",
        Event::TaskRenamed { .. } => "task_renamed",
        Event::Ready { .. } => "ready",
        Event::Scheduled { .. } => "scheduled",
        Event::Skipped => "skipped",
        Event::Awaits { .. } => "awaits",
        Event::Finished { .. } => "finished",
        Event::CancelRequested { .. } => "cancel_requested",
        Event::DeadlineSet { .. } => "deadline_set",
        Event::DeadlineLifted { .. } => "deadline_lifted",
        Event::GatherCreated { .. } => "gather_created",
        Event::GatherGrew { .. } => "gather_grew",
        Event::PrimitiveCreated { .. } => "primitive_created",
        Event::LockShared { .. } => "lock_shared",
        Event::PrimitiveNamed { .. } => "primitive_named",
        Event::Resized { .. } => "resized",
        Event::Acquired { .. } => "acquired",
        Event::Released { .. } => "released",
        Event::EventSet { .. } => "event_set",
        Event::EventCleared { .. } => "event_cleared",
        Event::Notified { .. } => "notified",
        Event::BarrierChanged { .. } => "barrier_changed",
        Event::Put { .. } => "put",
        Event::Got { .. } => "got",
        Event::TaskDone { .. } => "task_done",
        Event::ShutDown { .. } => "shut_down",
        Event::Printed { .. } => "printed",
        Event::Blocked { .. } => "blocked",
        Event::Noted { .. } => "noted",
        Event::LoopChanged { .. } => "loop_changed",
        Event::LoopClosed => "loop_closed",
        Event::Ended { .. } => "ended",
    };
    object.text("event", name);
    match event {
        Event::Turn | Event::Skipped | Event::LoopClosed => {}
        Event::Clock { seconds } => object.seconds("seconds", *seconds),
        Event::Step { runner: Runner::Task(task) } => {
            object.object("runner", |runner| runner.number("task", task.0));
        }
        Event::Step { runner: Runner::Callback(callback) } | Event::Scheduled { callback } => {
            object.object("runner", |runner| write_callback(callback, runner));
        }
        Event::TaskCreated { task, label, line } => {
            object.number("task", task.0);
            object.text("label", label);
            object.number("line", *line);
        }
        Event::TaskRenamed { task, label } => {
            object.number("task", task.0);
            object.text("label", label);
        }
        Event::Ready { task, cause } => {
            object.number("task", task.0);
            object.text("cause", cause_name(cause));
            if let Cause::Woken(primitive) = cause {
                object.number("primitive", primitive.0);
            }
        }
        Event::Awaits { task, on, line } => {
            object.number("task", task.0);
            object.object("on", |awaited| write_awaited(on, awaited));
            object.number("line", *line);
        }
        Event::Finished { task, outcome } => {
            object.number("task", task.0);
            match outcome {
                Outcome::Returned => object.text("outcome", "returned"),
                Outcome::Cancelled => object.text("outcome", "cancelled"),
                Outcome::Failed(exception) => {
                    object.text("outcome", "failed");
                    object.text("exception", exception);
                }
            }
        }
        Event::CancelRequested { task } => object.number("task", task.0),
        Event::DeadlineSet { task, at } | Event::DeadlineLifted { task, at } => {
            object.number("task", task.0);
            object.seconds("at", *at);
        }
        Event::GatherCreated { gather, kind, children } => {
            object.number("gather", gather.0);
            object.text("kind", kind.name());
            object.numbers("children", children.iter().map(|child| child.0));
        }
        Event::GatherGrew { gather, child } => {
            object.number("gather", gather.0);
            object.number("task", child.0);
        }
        Event::PrimitiveCreated { primitive, kind, capacity, line } => {
            object.number("primitive", primitive.0);
            object.text("kind", kind.name());
            object.number("capacity", *capacity);
            object.number("line", *line);
        }
        Event::PrimitiveNamed { primitive, name } => {
            object.number("primitive", primitive.0);
            object.text("name", name);
        }
        Event::Resized { primitive, capacity } => {
            object.number("primitive", primitive.0);
            object.number("capacity", *capacity);
        }
        Event::Acquired { primitive }
        | Event::Released { primitive }
        | Event::EventSet { primitive }
        | Event::EventCleared { primitive }
        | Event::TaskDone { primitive } => object.number("primitive", primitive.0),
        Event::LockShared { primitive, lock } => {
            object.number("primitive", primitive.0);
            object.number("lock", lock.0);
        }
        Event::Notified { primitive, tasks } => {
            object.number("primitive", primitive.0);
            object.number("tasks", *tasks);
        }
        Event::BarrierChanged { primitive, phase, inside } => {
            object.number("primitive", primitive.0);
            object.text("phase", phase.name());
            object.number("inside", *inside);
        }
        Event::Put { primitive, item, position } => {
            object.number("primitive", primitive.0);
            object.text("item", item);
            object.number("position", *position);
        }
        Event::Got { primitive, item } => {
            object.number("primitive", primitive.0);
            object.text("item", item);
        }
        Event::ShutDown { primitive, immediate } => {
            object.number("primitive", primitive.0);
            object.truth("immediate", *immediate);
        }
        Event::Printed { stream, text } => {
            let stream = match stream {
                Stream::Out => "out",
                Stream::Error => "error",
            };
            object.text("stream", stream);
            object.text("text", text);
        }
        Event::Blocked { seconds, line } => {
            object.seconds("seconds", *seconds);
            object.number("line", *line);
        }
        Event::Noted { form, line } => {
            object.text("form", form.kind());
            object.text("sentence", &form.sentence());
            object.number("line", *line);
        }
        Event::LoopChanged { event_loop } => object.number("loop", *event_loop),
        Event::Ended { ending } => write_ending(ending, &mut object),
    }
    object.end();
}

fn write_callback(callback: &Callback, object: &mut Object) {
    match callback {
        Callback::SleepEnds(task) => {
            object.text("callback", "sleep_ends");
            object.number("task", task.0);
        }
        Callback::GatherNotes { gather, child } => {
            object.text("callback", "gather_notes");
            object.number("gather", gather.0);
            object.number("task", child.0);
        }
        Callback::RunEnds => object.text("callback", "run_ends"),
        Callback::TimeIsUp(task) => {
            object.text("callback", "time_is_up");
            object.number("task", task.0);
        }
        Callback::JobEnds => object.text("callback", "job_ends"),
        Callback::Function(name) => {
            object.text("callback", "function");
            object.text("name", name);
        }
        Callback::Intervention(intervention) => {
            object.text("callback", "intervention");
            match intervention {
                Intervention::Cancel(task) => object.number("cancel", task.0),
                Intervention::Change(primitive, change) => {
                    object.number("primitive", primitive.0);
                    object.text("change", change.name());
                }
            }
        }
    }
}

fn cause_name(cause: &Cause) -> &'static str {
    match cause {
        Cause::Created => "created",
        Cause::Yielded => "yielded",
        Cause::Slept => "slept",
        Cause::Woken(_) => "woken",
        Cause::Completed => "completed",
        Cause::Cancelled => "cancelled",
    }
}

fn write_awaited(awaited: &Awaited, object: &mut Object) {
    match awaited {
        Awaited::NextTurn => object.text("for", "next_turn"),
        Awaited::Clock { until } => {
            object.text("for", "clock");
            object.seconds("until", *until);
        }
        Awaited::Primitive { primitive, intent } => {
            object.text("for", "primitive");
            object.number("primitive", primitive.0);
            object.text("intent", intent.name());
        }
        Awaited::Task(task) => {
            object.text("for", "task");
            object.number("task", task.0);
        }
        Awaited::Gather(gather) => {
            object.text("for", "gather");
            object.number("gather", gather.0);
        }
        Awaited::Job { until } => {
            object.text("for", "job");
            object.seconds("until", *until);
        }
        Awaited::Future => object.text("for", "future"),
    }
}

fn write_ending(ending: &Ending, object: &mut Object) {
    match ending {
        Ending::Finished => object.text("ending", "finished"),
        Ending::Raised { exception, line } => {
            object.text("ending", "raised");
            object.text("exception", exception);
            object.number("line", *line);
        }
        Ending::Stuck { explanation } => {
            object.text("ending", "stuck");
            object.text("explanation", explanation);
        }
        Ending::Horizon { until } => {
            object.text("ending", "horizon");
            object.seconds("until", *until);
        }
        Ending::Stopped { explanation, line } => {
            object.text("ending", "stopped");
            object.text("explanation", explanation);
            object.number("line", *line);
        }
    }
}

/// Appends a text as a JSON string, quotes included.
pub fn json_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", character as u32)),
            _ => out.push(character),
        }
    }
    out.push('"');
}

/// A JSON object that is being written.
struct Object<'a> {
    out: &'a mut String,
    empty: bool,
}

impl<'a> Object<'a> {
    fn begin(out: &'a mut String) -> Self {
        out.push('{');
        Self { out, empty: true }
    }

    fn end(self) {
        self.out.push('}');
    }

    fn member(&mut self, name: &str) {
        if !std::mem::take(&mut self.empty) {
            self.out.push(',');
        }
        json_string(name, self.out);
        self.out.push(':');
    }

    fn text(&mut self, name: &str, text: &str) {
        self.member(name);
        json_string(text, self.out);
    }

    fn number(&mut self, name: &str, number: u32) {
        self.member(name);
        // Writing to a string cannot fail.
        let _ = write!(self.out, "{number}");
    }

    fn truth(&mut self, name: &str, truth: bool) {
        self.member(name);
        self.out.push_str(if truth { "true" } else { "false" });
    }

    fn numbers(&mut self, name: &str, numbers: impl Iterator<Item = u32>) {
        self.member(name);
        self.out.push('[');
        for (index, number) in numbers.enumerate() {
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(self.out, "{comma}{number}");
        }
        self.out.push(']');
    }

    fn seconds(&mut self, name: &str, seconds: f64) {
        self.member(name);
        let digits = decimal::plain(seconds);
        match (seconds.is_finite(), digits.contains('.')) {
            (true, true) => self.out.push_str(&digits),
            // A time stays a float for those who read it.
            (true, false) => self.out.extend([&*digits, ".0"]),
            (false, _) => self.out.push_str("null"),
        }
    }

    fn object(&mut self, name: &str, write_members: impl FnOnce(&mut Object)) {
        self.member(name);
        let mut object = Object::begin(self.out);
        write_members(&mut object);
        object.end();
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::trace::OlderForm;
    use serde_json::{Value, json};

    /// The event as a JSON parser reads it back.
    fn parsed(event: Event) -> Value {
        let mut out = String::new();
        write_event(&event, &mut out);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }

    #[test]
    fn steps_name_what_runs() {
        let task = TaskId(3);
        let step = |runner| parsed(Event::Step { runner });
        let callback = |callback| step(Runner::Callback(callback))["runner"].clone();
        assert_eq!(step(Runner::Task(task)), json!({"event": "step", "runner": {"task": 3}}));
        assert_eq!(callback(Callback::SleepEnds(task)), json!({"callback": "sleep_ends", "task": 3}));
        let notes = Callback::GatherNotes { gather: GatherId(1), child: task };
        assert_eq!(callback(notes.clone()), json!({"callback": "gather_notes", "gather": 1, "task": 3}));
        assert_eq!(callback(Callback::RunEnds), json!({"callback": "run_ends"}));
        assert_eq!(callback(Callback::Function("f".into())), json!({"callback": "function", "name": "f"}));
        let change = Callback::Intervention(Intervention::Change(PrimitiveId(2), Change::AddPermit));
        assert_eq!(callback(change), json!({"callback": "intervention", "primitive": 2, "change": "add_permit"}));
        let cancel = Callback::Intervention(Intervention::Cancel(task));
        assert_eq!(callback(cancel), json!({"callback": "intervention", "cancel": 3}));
        let scheduled = parsed(Event::Scheduled { callback: notes.clone() });
        assert_eq!(scheduled, json!({"event": "scheduled", "runner": callback(notes)}));
    }

    #[test]
    fn tasks_tell_what_they_wait_for_and_how_they_end() {
        let task = TaskId(3);
        let created = parsed(Event::TaskCreated { task, label: "worker 1".into(), line: 7 });
        assert_eq!(created, json!({"event": "task_created", "task": 3, "label": "worker 1", "line": 7}));
        let ready = |cause| parsed(Event::Ready { task, cause });
        assert_eq!(ready(Cause::Slept), json!({"event": "ready", "task": 3, "cause": "slept"}));
        let woken = ready(Cause::Woken(PrimitiveId(0)));
        assert_eq!(woken, json!({"event": "ready", "task": 3, "cause": "woken", "primitive": 0}));
        let on = |on| parsed(Event::Awaits { task, on, line: 8 })["on"].clone();
        assert_eq!(on(Awaited::NextTurn), json!({"for": "next_turn"}));
        assert_eq!(on(Awaited::Clock { until: 1e-7 }), json!({"for": "clock", "until": 1e-7}));
        assert_eq!(on(Awaited::Clock { until: f64::INFINITY }), json!({"for": "clock", "until": null}));
        let put = Awaited::Primitive { primitive: PrimitiveId(2), intent: Intent::Put };
        assert_eq!(on(put), json!({"for": "primitive", "primitive": 2, "intent": "put"}));
        assert_eq!(on(Awaited::Task(TaskId(0))), json!({"for": "task", "task": 0}));
        assert_eq!(on(Awaited::Gather(GatherId(0))), json!({"for": "gather", "gather": 0}));
        assert_eq!(on(Awaited::Future), json!({"for": "future"}));
        let finished = |outcome| parsed(Event::Finished { task, outcome });
        assert_eq!(finished(Outcome::Returned), json!({"event": "finished", "task": 3, "outcome": "returned"}));
        assert_eq!(finished(Outcome::Cancelled)["outcome"], "cancelled");
        assert_eq!(finished(Outcome::Failed("E: \"x\"".into()))["exception"], "E: \"x\"");
        assert_eq!(parsed(Event::CancelRequested { task }), json!({"event": "cancel_requested", "task": 3}));
        let deadline = parsed(Event::DeadlineSet { task, at: 2.5 });
        assert_eq!(deadline, json!({"event": "deadline_set", "task": 3, "at": 2.5}));
        assert_eq!(parsed(Event::DeadlineLifted { task, at: 2.5 })["event"], "deadline_lifted");
    }

    #[test]
    fn primitives_tell_who_came_and_went() {
        let primitive = PrimitiveId(1);
        let created = Event::PrimitiveCreated { primitive, kind: PrimitiveKind::Semaphore, capacity: 2, line: 14 };
        let expected =
            json!({"event": "primitive_created", "primitive": 1, "kind": "Semaphore", "capacity": 2, "line": 14});
        assert_eq!(parsed(created), expected);
        let named = parsed(Event::PrimitiveNamed { primitive, name: "sém".into() });
        assert_eq!(named, json!({"event": "primitive_named", "primitive": 1, "name": "sém"}));
        assert_eq!(parsed(Event::Acquired { primitive }), json!({"event": "acquired", "primitive": 1}));
        assert_eq!(parsed(Event::Released { primitive })["event"], "released");
        assert_eq!(parsed(Event::TaskDone { primitive })["event"], "task_done");
        assert_eq!(parsed(Event::EventSet { primitive })["event"], "event_set");
        assert_eq!(parsed(Event::EventCleared { primitive })["event"], "event_cleared");
        let put = parsed(Event::Put { primitive, item: "'a'".into(), position: 2 });
        assert_eq!(put, json!({"event": "put", "primitive": 1, "item": "'a'", "position": 2}));
        let got = parsed(Event::Got { primitive, item: "4".into() });
        assert_eq!(got, json!({"event": "got", "primitive": 1, "item": "4"}));
        let shut_down = parsed(Event::ShutDown { primitive, immediate: true });
        assert_eq!(shut_down, json!({"event": "shut_down", "primitive": 1, "immediate": true}));
        let shared = parsed(Event::LockShared { primitive, lock: PrimitiveId(0) });
        assert_eq!(shared, json!({"event": "lock_shared", "primitive": 1, "lock": 0}));
        let notified = parsed(Event::Notified { primitive, tasks: 3 });
        assert_eq!(notified, json!({"event": "notified", "primitive": 1, "tasks": 3}));
        let changed = parsed(Event::BarrierChanged { primitive, phase: BarrierPhase::Draining, inside: 2 });
        assert_eq!(changed, json!({"event": "barrier_changed", "primitive": 1, "phase": "draining", "inside": 2}));
        let children = |children: &[TaskId]| {
            parsed(Event::GatherCreated { gather: GatherId(0), kind: GatherKind::Gather, children: children.into() })["children"].clone()
        };
        assert_eq!(children(&[TaskId(1), TaskId(2)]), json!([1, 2]));
        assert_eq!(children(&[]), json!([]));
    }

    #[test]
    fn time_output_and_the_end() {
        assert_eq!(parsed(Event::Turn), json!({"event": "turn"}));
        assert_eq!(parsed(Event::Clock { seconds: 1.0 }), json!({"event": "clock", "seconds": 1.0}));
        let blocked = parsed(Event::Blocked { seconds: 2.5, line: 3 });
        assert_eq!(blocked, json!({"event": "blocked", "seconds": 2.5, "line": 3}));
        let text = "a\"b\\c\n\r\t\0\u{1f}\u{7f}é→😀\u{2028}";
        let printed = parsed(Event::Printed { stream: Stream::Out, text: text.into() });
        assert_eq!(printed, json!({"event": "printed", "stream": "out", "text": text}));
        assert_eq!(parsed(Event::Printed { stream: Stream::Error, text: "".into() })["stream"], "error");
        let noted = parsed(Event::Noted { form: OlderForm::WithAwait, line: 4 });
        let sentence = "`with await lock` left Python in 3.9, deprecated since 3.7; write `async with lock`";
        assert_eq!(noted, json!({"event": "noted", "form": "with_await", "sentence": sentence, "line": 4}));
        assert_eq!(parsed(Event::LoopChanged { event_loop: 1 }), json!({"event": "loop_changed", "loop": 1}));
        assert_eq!(parsed(Event::LoopClosed), json!({"event": "loop_closed"}));
        let ended = |ending| parsed(Event::Ended { ending });
        assert_eq!(ended(Ending::Finished), json!({"event": "ended", "ending": "finished"}));
        let raised = ended(Ending::Raised { exception: "E".into(), line: 9 });
        assert_eq!(raised, json!({"event": "ended", "ending": "raised", "exception": "E", "line": 9}));
        let stuck = ended(Ending::Stuck { explanation: "who".into() });
        assert_eq!(stuck, json!({"event": "ended", "ending": "stuck", "explanation": "who"}));
        let horizon = ended(Ending::Horizon { until: 10.0 });
        assert_eq!(horizon, json!({"event": "ended", "ending": "horizon", "until": 10.0}));
        let stopped = ended(Ending::Stopped { explanation: "why".into(), line: 2 });
        assert_eq!(stopped, json!({"event": "ended", "ending": "stopped", "explanation": "why", "line": 2}));
    }
}
