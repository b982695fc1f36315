//! What is done with a program: everything that the page does, without a browser.

use std::fs;
use std::time::{Duration, Instant};

use signalbox::draw::{History, MOST_LANES, Picture, Plan, Room, Scale, View, Window, density_counts};
use signalbox::lab::{self, Program, Progress, Run, Settings, TunableKind};
use signalbox::memory;
use signalbox::trace::{Playback, Trace, write_event};

/// The page must breathe: between two turns goes no more than this. A second is meant, and machines are busy.
const LONGEST_TURN: Duration = Duration::from_secs(5);

/// What all that is done with a text before it runs may take.
const LONGEST_COMPILATION: Duration = Duration::from_secs(3);

/// A run is left after this: that a program runs on and on is no fault of Signalbox.
const PATIENCE: Duration = Duration::from_secs(6);

/// Bytes in use at any time.
const MOST_MEMORY: usize = 1500 << 20;

/// So many steps of a run are looked at one by one.
const STEPS: u32 = 1500;

/// The page keeps no more steps ready than about this before they are asked for.
const STEPS_AHEAD: u32 = 20_000;

/// The time for which this thread has been busy, whatever else the machine does.
struct Stopwatch {
    begun: Instant,
    busy: Option<Duration>,
}

impl Stopwatch {
    fn start() -> Self {
        Self { begun: Instant::now(), busy: Self::busy_so_far() }
    }

    /// Since it was started; where the system does not tell, the time that has passed.
    fn busy(&self) -> Duration {
        match (self.busy, Self::busy_so_far()) {
            (Some(before), Some(now)) => now.saturating_sub(before),
            _ => self.begun.elapsed(),
        }
    }

    fn busy_so_far() -> Option<Duration> {
        let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        text.split(' ').next()?.parse().ok().map(Duration::from_nanos)
    }
}

/// What is tried.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    /// Whatever is in the text, it compiles or is refused.
    Parse,
    /// Whatever the program does, it ends or is stopped, and every step can be shown.
    Run,
}

impl Target {
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "parse" => Some(Self::Parse),
            "run" => Some(Self::Run),
            _ => None,
        }
    }

    /// Tries a program. Panics where something is wrong.
    pub fn attempt(self, text: &str) {
        let watch = Stopwatch::start();
        let program = Program::compile(text);
        match self {
            Self::Parse => {
                if let Err(diagnostics) = program {
                    assert!(!diagnostics.is_empty(), "what does not compile has a reason");
                    for diagnostic in diagnostics {
                        let lines = text.split('\n').count() as u32;
                        assert!((1..=lines).contains(&diagnostic.line), "{diagnostic}: there are {lines} lines");
                        assert!(diagnostic.column >= 1, "{diagnostic}");
                    }
                }
                look_at(text);
                let took = watch.busy();
                assert!(took < LONGEST_COMPILATION, "a text took {took:?}");
            }
            Self::Run => {
                if let Ok(program) = program {
                    run(&program);
                }
            }
        }
        let used = memory::used();
        assert!(used < MOST_MEMORY, "{used} bytes are in use");
    }
}

/// The colours and the controls of a text, and what becomes of it when the sliders are moved.
fn look_at(text: &str) {
    let mut last = 0;
    for span in lab::highlight(text) {
        assert!(last <= span.range.start && text.get(span.range.clone()).is_some(), "{span:?}");
        last = span.range.end;
    }
    let tunables = lab::tunables(text);
    for tunable in tunables.iter().take(20) {
        assert!(tunable.minimum <= tunable.value && tunable.value <= tunable.maximum, "{tunable:?}");
        for value in [tunable.minimum, tunable.maximum, tunable.value + tunable.step] {
            let changed = lab::with_value(text, tunable, value);
            let mut after = lab::tunables(&changed);
            lab::keep_ranges(&mut after, &tunables);
            if tunable.kind != TunableKind::Number {
                assert_eq!(after.len(), tunables.len(), "{tunable:?} set to {value} changes the controls");
            }
        }
        let _ = lab::with_named_value(text, &tunable.name, "1");
    }
}

/// Runs a program to its end and shows it.
fn run(program: &Program) {
    let start = Instant::now();
    let mut run = Run::new(program, &Settings { seed: 1, until: Some(1000.0), ..Settings::default() });
    let mut is_shown = false;
    let mut watch = Stopwatch::start();
    loop {
        let turn = Instant::now();
        let progress = run.turn();
        if turn.elapsed() > LONGEST_TURN {
            let took = watch.busy();
            assert!(took < LONGEST_TURN, "one turn took {took:?} at step {}", run.trace().steps());
        }
        if watch.begun.elapsed() > LONGEST_TURN / 10 {
            watch = Stopwatch::start();
        }
        let used = memory::used();
        assert!(used < MOST_MEMORY, "{used} bytes are in use");
        let is_over = progress == Progress::Ended || start.elapsed() > PATIENCE;
        if !is_shown && (is_over || run.trace().steps() > STEPS_AHEAD) {
            show(&run.trace());
            is_shown = true;
        }
        if is_over {
            break;
        }
    }
    let watch = Stopwatch::start();
    drop(run);
    let took = watch.busy();
    assert!(took < LONGEST_TURN, "to forget a run took {took:?}");
}

/// Shows a run as the page does: all of it, and moments in any order.
fn show(trace: &Trace) {
    let start = Instant::now();
    let watch = Stopwatch::start();
    let mut line = String::new();
    for event in trace.events().iter().take(100_000) {
        line.clear();
        write_event(event, &mut line);
    }
    let mut history = History::default();
    history.extend(trace);
    let steps = trace.steps();
    let mut playback = Playback::default();
    for step in 0..=steps.min(STEPS) {
        let before = playback.seek(trace, step.saturating_sub(1)).clone();
        let after = playback.seek(trace, step);
        assert_eq!(after.step, step);
        if step > 0 {
            lab::narrate(trace, &before, after);
        }
        if start.elapsed() > PATIENCE {
            break;
        }
    }
    let rooms = [(930, Some(420)), (330, None), (700, Some(1))];
    for (width, height) in rooms {
        let plan = Plan::new(&history, trace.latest(), Room { width, height, comfort: 300 });
        for step in [steps, steps / 2, 1, 0, steps / 3 * 2] {
            let _ = plan.arrange(&history, playback.seek(trace, step));
            density_counts(&history, step);
        }
    }
    for scale in [Scale::Seconds, Scale::Steps] {
        for follows in [false, true] {
            let window = Window::new(&history, scale, steps / 2, follows);
            let view = View { window, width: 800.0, height: 120.0, top: 0.0, has_lanes: history.tasks() <= MOST_LANES };
            let _ = Picture::new(&history, view).svg();
            for x in [0.0, 400.0, 800.0, 1e9] {
                let step = view.step_at(&history, x);
                assert!(step <= steps, "step {step} of {steps}");
                let _ = view.playhead(&history, step);
            }
        }
    }
    let took = watch.busy();
    assert!(took < LONGEST_TURN + PATIENCE, "to show a run of {} events took {took:?}", trace.events().len());
}
