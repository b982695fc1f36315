//! The page: what it knows, and what changes it.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::address::{Address, Theme, of_demo};
use super::browser;
use super::demos::{DEMOS, Demo};
use super::editor::Editor;
use super::engine::Engine;
use super::header::{Choice, Header};
use super::keys;
use super::moment::{Moment, Same};
use super::output::Output;
use super::programs;
use super::sentence::{Notices, SentenceLine};
use super::showing::Showing;
use super::stage::StageView;
use super::timeline::{TEXTS, Timeline};
use super::transport::Transport;
use super::tunables::Tunables;
use crate::draw::{PictureBody, Room, Scale, density_counts};
use crate::lab::{Diagnostic, Program, Settings, Span, Tunable};
use crate::trace::Ending;

const THEME: &str = "signalbox:theme";
/// Steps a second at speed 1.
const STEPS_A_SECOND: f64 = 2.5;
/// The page is not drawn more often than this while it plays, in milliseconds.
const SHORTEST_TICK: f64 = 32.0;
/// How high a lane of the timeline should be, at least and at most, in pixels.
const LANE_HEIGHTS: (f64, f64) = (26.0, 38.0);
/// The least height of all lanes together lies between these.
const LEAST_PLOT: (f64, f64) = (90.0, 190.0);
/// No timeline is higher than this.
const HIGHEST_PLOT: f64 = 420.0;
/// What surrounds the lanes below the stage: the buttons, the legend, the ticks, and space, in pixels.
const AROUND_PLOT: i32 = 152;
/// Above and below what is on the stage, together, in pixels.
const STAGE_PADDING: i32 = 32;

/// What happens to the page.
pub enum Message {
    /// The program was changed in the editor.
    Edited(String),
    /// A slider was moved: the tunable's place in the list, and its new value.
    Tuned(usize, f64),
    /// A slider was let go.
    Settled,
    Seeded(u64),
    Opened(Choice),
    /// The playhead goes to a step.
    Sought(u32),
    SoughtAt(f64),
    StepForward,
    StepBack,
    Restart,
    PlayOrPause,
    Tick,
    Speed(f64),
    Scaled(Scale),
    ThemeToggled,
    /// The room for the stage or the timeline may have changed.
    Measured,
    /// A run has come further.
    Advanced,
    Dismissed(usize),
    /// The editor should show a line.
    Pointed(u32),
}

/// Where the text in the editor comes from.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    /// A demo, with nothing changed but its tunables.
    Demo(&'static Demo),
    /// Somebody's own text, the newest that is stored.
    Own,
}

/// The page.
pub struct Page {
    send: Callback<Message>,
    origin: Origin,
    text: Rc<str>,
    spans: Same<Vec<Span>>,
    tunables: Same<Vec<Tunable>>,
    /// The tunables that were moved since the demo was opened.
    tuned: Vec<(String, String)>,
    diagnostics: Same<Vec<Diagnostic>>,
    seed: u64,
    showing: Option<Showing>,
    /// A run that has not come far enough to be shown.
    coming: Option<Engine>,
    /// Where the playhead should stand; a shorter run shows its last step.
    playhead: u32,
    moment: Option<Same<Moment>>,
    playing: Option<Timeout>,
    /// The part of a step that has been played but not shown.
    played: f64,
    speed: f64,
    scale: Option<Scale>,
    theme: Theme,
    notices: Vec<String>,
    pointed: Option<(u32, u32)>,
    room: Option<Room>,
    plot_width: f64,
    /// The height there is for the timeline, where the page does not grow with it.
    plot_room: Option<f64>,
    stage: NodeRef,
    plot: NodeRef,
    observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    /// Whether a run has been asked for and not yet been painted to its end.
    unmeasured: bool,
    ready: bool,
}

impl Component for Page {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let search = browser::window().location().search().unwrap_or_default();
        let address = Address::read(&search);
        let own = if address.demo.is_none() && address.tuned.is_empty() {
            programs::programs().into_iter().next()
        } else {
            None
        };
        let theme = address.theme.or_else(|| Theme::named(&browser::stored(THEME)?)).unwrap_or(Theme::Auto);
        let mut page = Self {
            send: context.link().callback(|message| message),
            origin: if own.is_some() { Origin::Own } else { Origin::Demo(address.demo.unwrap_or(&DEMOS[0])) },
            text: own.clone().unwrap_or(address.text).into(),
            spans: Same::new(Vec::new()),
            tunables: Same::new(Vec::new()),
            tuned: address.tuned,
            diagnostics: Same::new(Vec::new()),
            seed: address.seed,
            showing: None,
            coming: None,
            playhead: address.step,
            moment: None,
            playing: None,
            played: 0.0,
            speed: address.speed,
            scale: None,
            theme,
            notices: address.complaints,
            pointed: None,
            room: None,
            plot_width: 0.0,
            plot_room: None,
            stage: NodeRef::default(),
            plot: NodeRef::default(),
            observer: None,
            unmeasured: false,
            ready: false,
        };
        page.apply_theme();
        keys::listen(page.send.clone());
        if own.is_some() && programs::has_crashed() {
            page.notices.push(
                "Signalbox stopped while it ran this program, so it has not been started again. Change it, or pick a demo."
                    .to_owned(),
            );
            page.read_text();
        } else {
            page.run();
            if address.autoplay {
                page.play();
            }
        }
        page
    }

    fn update(&mut self, _context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Edited(text) => {
                programs::keep(&text, self.origin == Origin::Own);
                if self.origin != Origin::Own {
                    self.origin = Origin::Own;
                    set_address("");
                }
                self.text = text.into();
                self.run();
            }
            Message::Tuned(index, value) => {
                let Some(tunable) = self.tunables.get(index) else { return false };
                let text = crate::lab::with_value(&self.text, tunable, value);
                let written = if tunable.whole { format!("{value:.0}") } else { value.to_string() };
                self.tuned.retain(|(name, _)| *name != tunable.name);
                self.tuned.push((tunable.name.clone(), written));
                if self.origin == Origin::Own {
                    programs::keep(&text, true);
                }
                self.text = text.into();
                self.run();
            }
            Message::Settled => {
                if let Origin::Demo(demo) = self.origin {
                    set_address(&of_demo(demo, &self.tuned, self.seed));
                }
                return false;
            }
            Message::Seeded(seed) => {
                self.seed = seed;
                self.run();
            }
            Message::Opened(choice) => self.open(choice),
            Message::Sought(step) => self.seek(step),
            Message::SoughtAt(x) => {
                let (playhead, width, scale) = (self.shown_step(), self.plot_width, self.scale());
                let height = self.plot_height();
                let Some(showing) = &mut self.showing else { return false };
                let view = showing.picture(scale, playhead, width, height).view;
                let step = view.step_at(showing.history(), x.clamp(0.0, width));
                self.seek(step);
            }
            Message::StepForward => {
                self.playing = None;
                self.seek(self.shown_step() + 1);
            }
            Message::StepBack => {
                self.playing = None;
                self.seek(self.shown_step().saturating_sub(1));
            }
            Message::Restart => self.seek(0),
            Message::PlayOrPause => {
                if self.playing.take().is_none() {
                    if self.is_over() {
                        self.seek(0);
                    }
                    self.play();
                }
            }
            Message::Tick => self.tick(),
            Message::Speed(speed) => self.speed = speed,
            Message::Scaled(scale) => self.scale = Some(scale),
            Message::ThemeToggled => {
                let dark = self.theme == Theme::Dark || self.theme == Theme::Auto && browser::prefers_dark();
                self.theme = if dark { Theme::Light } else { Theme::Dark };
                browser::store(THEME, self.theme.name());
                self.apply_theme();
            }
            Message::Measured => return self.measure(),
            Message::Advanced => {
                self.take_in();
                // A different number of tasks leaves the stage a different room.
                self.measure();
            }
            Message::Dismissed(index) => {
                self.notices.remove(index);
            }
            Message::Pointed(line) => {
                self.pointed = Some((line, self.pointed.map_or(0, |(_, times)| times + 1)));
            }
        }
        true
    }

    fn rendered(&mut self, _context: &Context<Self>, first: bool) {
        if first {
            let send = self.send.clone();
            let resized = Closure::<dyn Fn()>::new(move || send.emit(Message::Measured));
            if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
                for node in [&self.stage, &self.plot] {
                    if let Some(element) = node.cast::<Element>() {
                        observer.observe(&element);
                    }
                }
                self.observer = Some((observer, resized));
            }
            self.send.emit(Message::Measured);
        }
        let complete = self.coming.is_none() && self.showing.as_ref().is_some_and(|showing| showing.engine.rests());
        if self.unmeasured && complete && self.moment.is_some() {
            self.unmeasured = false;
            let first = !std::mem::replace(&mut self.ready, true);
            browser::after_paint(move || {
                if first {
                    browser::mark("signalbox:ready");
                }
                browser::measure("signalbox:run", "signalbox:edit");
            });
        }
    }

    fn view(&self, _context: &Context<Self>) -> Html {
        html! {
            <>
                <Header
                    send={self.send.clone()}
                    choice={match self.origin { Origin::Demo(demo) => Choice::Demo(demo.slug), Origin::Own => Choice::Own(0) }}
                    own={if let Origin::Own = self.origin { Some(self.text.clone()) } else { None }}
                    theme={self.theme}
                />
                <main>
                    <div class="run">
                        { self.view_said() }
                        { self.view_stage() }
                        { self.view_time() }
                    </div>
                    <div class="source">
                        <Tunables
                            send={self.send.clone()}
                            tunables={self.tunables.clone()}
                            enabled={self.diagnostics.is_empty()}
                            seed={self.text.contains("random").then_some(self.seed)}
                        />
                        <Editor
                            send={self.send.clone()}
                            text={self.text.clone()}
                            spans={self.spans.clone()}
                            tunables={self.tunables.clone()}
                            diagnostics={self.diagnostics.clone()}
                            moment={self.moment.clone()}
                            pointed={self.pointed}
                        />
                        <Output moment={self.moment.clone()} />
                    </div>
                </main>
            </>
        }
    }
}

impl Page {
    fn view_said(&self) -> Html {
        let trouble = self.showing.as_ref().and_then(|showing| Some((showing.steps(), trouble(&showing.ending()?)?)));
        html! {
            <>
                <SentenceLine moment={self.moment.clone()} />
                <Notices send={self.send.clone()} notices={self.notices.clone()} {trouble} at={self.shown_step()} />
            </>
        }
    }

    fn view_stage(&self) -> Html {
        html! {
            <section class="stage-room" aria-label="Stage">
                <div ref={self.stage.clone()}>
                    if let Some(moment) = &self.moment {
                        <StageView send={self.send.clone()} moment={moment.clone()} glide={self.glide()} />
                    }
                </div>
            </section>
        }
    }

    fn view_time(&self) -> Html {
        let step = self.shown_step();
        let ended = self.showing.as_ref().filter(|showing| showing.history().ended());
        html! {
            <>
                <Transport
                    send={self.send.clone()}
                    playing={self.playing.is_some()}
                    speed={self.speed}
                    {step}
                    steps={ended.map(Showing::steps)}
                    time={self.moment.as_ref().map_or(0.0, |moment| moment.time)}
                />
                <section class="time" aria-label="Time">
                    { self.view_timeline(step, self.showing.as_ref().map_or(0, Showing::steps)) }
                </section>
            </>
        }
    }

    fn view_timeline(&self, step: u32, steps: u32) -> Html {
        let height = self.plot_height();
        let drawn = self.showing.as_ref().filter(|_| self.plot_width > 0.0).and_then(|showing| {
            let picture = showing.drawn()?;
            let history = showing.history();
            let arrows = match &picture.body {
                PictureBody::Lanes(lanes) => lanes.arrows_of(history, &picture.view, step),
                PictureBody::Density(_) => String::new(),
            };
            let counts = match &picture.body {
                PictureBody::Lanes(_) => Vec::new(),
                PictureBody::Density(_) => density_counts(history, step).to_vec(),
            };
            Some((picture.clone(), picture.view.playhead(history, step), arrows, counts))
        });
        let (picture, playhead, arrows, counts) = match drawn {
            Some((picture, playhead, arrows, counts)) => (Some(picture), playhead, arrows, counts),
            None => (None, 0.0, String::new(), Vec::new()),
        };
        let time = self.moment.as_ref().map_or(0.0, |moment| moment.time);
        html! {
            <Timeline
                send={self.send.clone()}
                plot={self.plot.clone()}
                scale={self.scale()}
                {picture} {playhead} {arrows} {counts} {height} {step} {steps} {time}
            />
        }
    }

    /// Reads the text without running it.
    fn read_text(&mut self) {
        self.spans = Same::new(crate::lab::highlight(&self.text));
        self.tunables = Same::new(crate::lab::tunables(&self.text));
    }

    /// Compiles and runs the text. What is shown stays until the new run can be shown in its place.
    fn run(&mut self) {
        browser::mark("signalbox:edit");
        self.unmeasured = true;
        self.spans = Same::new(crate::lab::highlight(&self.text));
        match Program::compile(&self.text) {
            Ok(program) => {
                let mut tunables = crate::lab::tunables(&self.text);
                crate::lab::keep_ranges(&mut tunables, &self.tunables);
                self.tunables = Same::new(tunables);
                self.diagnostics = Same::new(Vec::new());
                let settings = Settings { seed: self.seed, until: None };
                let send = self.send.clone();
                let advanced = Callback::from(move |()| send.emit(Message::Advanced));
                self.coming = Some(Engine::start(&program, &settings, self.playhead, advanced));
            }
            Err(diagnostics) => {
                self.coming = None;
                self.unmeasured = false;
                self.diagnostics = Same::new(diagnostics);
            }
        }
    }

    fn open(&mut self, choice: Choice) {
        let (origin, text) = match choice {
            Choice::Demo(slug) => {
                let Some(demo) = DEMOS.iter().find(|demo| demo.slug == slug) else { return };
                (Origin::Demo(demo), demo.text.to_owned())
            }
            Choice::Own(index) => {
                let Some(text) = programs::programs().into_iter().nth(index) else { return };
                programs::keep(&text, false);
                (Origin::Own, text)
            }
        };
        set_address(&if let Origin::Demo(demo) = origin { of_demo(demo, &[], 0) } else { String::new() });
        self.origin = origin;
        self.text = text.into();
        self.tunables = Same::new(Vec::new());
        self.tuned.clear();
        self.notices.clear();
        self.seed = 0;
        self.playhead = 0;
        self.playing = None;
        self.scale = None;
        self.run();
    }

    /// A run has come further: the one that is shown, or the one that is to be.
    fn take_in(&mut self) {
        if let Some(engine) = self.coming.take() {
            self.showing = Some(Showing::new(engine));
        } else if let Some(showing) = &mut self.showing {
            showing.take_in();
        }
        self.look();
    }

    /// Looks at the run anew: the playhead, the run or the room has changed.
    fn look(&mut self) {
        let (step, scale, width, height) = (self.shown_step(), self.scale(), self.plot_width, self.plot_height());
        let (Some(room), Some(showing)) = (self.room, &mut self.showing) else { return };
        self.moment = Some(Same::new(showing.moment(step, room)));
        showing.picture(scale, step, width, height);
    }

    fn seek(&mut self, step: u32) {
        let last = self.showing.as_ref().map_or(0, Showing::steps);
        self.playhead = step.min(last);
        if let Some(showing) = &self.showing {
            showing.engine.follow(self.playhead);
        }
        self.look();
    }

    fn play(&mut self) {
        self.played = 0.0;
        self.wait_for_tick();
    }

    fn wait_for_tick(&mut self) {
        let send = self.send.clone();
        let delay = (1000.0 / (STEPS_A_SECOND * self.speed)).max(SHORTEST_TICK);
        self.playing = Some(Timeout::new(delay as u32, move || send.emit(Message::Tick)));
    }

    fn tick(&mut self) {
        if self.playing.is_none() {
            return;
        }
        self.played += (STEPS_A_SECOND * self.speed * SHORTEST_TICK / 1000.0).max(1.0);
        let whole = self.played as u32;
        self.played -= f64::from(whole);
        self.seek(self.shown_step() + whole);
        if self.is_over() {
            self.playing = None;
        } else {
            self.wait_for_tick();
        }
    }

    /// Whether the last step of a run that has ended is shown.
    fn is_over(&self) -> bool {
        self.showing.as_ref().is_some_and(|showing| showing.history().ended() && self.shown_step() == showing.steps())
    }

    fn shown_step(&self) -> u32 {
        self.playhead.min(self.showing.as_ref().map_or(0, Showing::steps))
    }

    fn scale(&self) -> Scale {
        self.scale.unwrap_or_else(|| self.showing.as_ref().map_or(Scale::Seconds, Showing::best_scale))
    }

    /// The height of what the timeline draws, without its texts.
    fn plot_height(&self) -> f64 {
        let tasks = self.showing.as_ref().map_or(1, |showing| showing.history().tasks()) as f64;
        match self.plot_room {
            Some(room) => room.min(tasks * LANE_HEIGHTS.1 + 8.0).min(HIGHEST_PLOT).max(40.0),
            None => self.least_plot_height(),
        }
    }

    /// The height that the timeline is left by the stage, at least.
    fn least_plot_height(&self) -> f64 {
        let tasks = self.showing.as_ref().map_or(1, |showing| showing.history().tasks()) as f64;
        (tasks * LANE_HEIGHTS.0).clamp(LEAST_PLOT.0, LEAST_PLOT.1)
    }

    /// How long a token glides, in milliseconds.
    fn glide(&self) -> u32 {
        match self.playing {
            Some(_) => (700.0 / (STEPS_A_SECOND * self.speed)).min(240.0) as u32,
            None => 240,
        }
    }

    /// Looks how much room there is.
    fn measure(&mut self) -> bool {
        let (Some(stage), Some(plot)) = (self.stage.cast::<Element>(), self.plot.cast::<Element>()) else {
            return false;
        };
        let place = |element: &Element| element.get_bounding_client_rect();
        let mut room = Room { width: stage.client_width().max(240), height: None };
        let mut plot_room = None;
        if browser::is_wide() {
            let page = f64::from(browser::root().map_or(0, |root| root.client_height()));
            // The stage may be scrolled: what contains it is not.
            let top = stage.parent_element().map_or(0.0, |around| place(&around).top());
            let below = self.least_plot_height() as i32 + AROUND_PLOT;
            room.height = Some(((page - top) as i32 - below - STAGE_PADDING).max(200));
            plot_room = Some(f64::from(plot.client_height()) - TEXTS);
        }
        let plot_width = f64::from(plot.client_width());
        if (self.room, self.plot_width, self.plot_room) == (Some(room), plot_width, plot_room) {
            return false;
        }
        (self.room, self.plot_width, self.plot_room) = (Some(room), plot_width, plot_room);
        self.look();
        true
    }

    fn apply_theme(&self) {
        if let Some(root) = browser::root() {
            let _ = root.set_attribute("data-theme", self.theme.name());
        }
    }
}

/// Puts the part of an address from its question mark on in the place of the present one.
fn set_address(search: &str) {
    let window = browser::window();
    let path = window.location().pathname().unwrap_or_default();
    if let Ok(history) = window.history() {
        let _ = history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("{path}{search}")));
    }
}

/// What went wrong, if the run did not simply end.
fn trouble(ending: &Ending) -> Option<String> {
    match ending {
        Ending::Finished | Ending::Horizon { .. } => None,
        Ending::Raised { exception, line } => Some(format!("Line {line}: {exception}")),
        Ending::Stuck { explanation } => Some(explanation.to_string()),
        Ending::Stopped { explanation, line } => Some(format!("Line {line}: {explanation}")),
    }
}
