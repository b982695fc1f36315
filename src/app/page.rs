//! The page: what it knows, and what changes it.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::AttrValue;
use yew::prelude::*;

use super::address::{Address, Theme};
use super::browser;
use super::demos::{DEFAULT, Demo};
use super::dialog::{self, Dialog};
use super::editor::{self, LINE_HEIGHT, coloured};
use super::embed::{self, Frame};
use super::engine::Engine;
use super::header::Choice;
use super::inspector::{self, Consequence, Inspector};
use super::keys;
use super::layout::Measured;
use super::moment::Moment;
use super::opening::{self, present};
use super::share::{self, Sharing};
use super::showing::Showing;
use super::timeline::{self, Gesture};
use super::{programs, rest};
use crate::decimal;
use crate::draw::Scale;
use crate::lab::{Diagnostic, Program, Tunable};

const THEME: &str = "signalbox:theme";

/// What happens to the page.
#[derive(Clone)]
pub enum Message {
    /// The program was changed in the editor.
    Edited(String),
    /// A slider was moved: the tunable's place in the list, and its new value.
    Tuned(usize, f64),
    /// A literal is dragged in the text.
    Literal(editor::Gesture),
    /// A slider or a literal was let go.
    Settled,
    Seeded(u64),
    Opened(Choice),
    /// Somebody has put something else into the page's address.
    Readdressed,
    /// The text that an address names, or a sentence why it cannot be had; and as the how manieth it was asked for.
    Fetched(u32, Box<Address>, Result<String, String>),
    /// A text, and how it stands in an address, if it can.
    Packed(Rc<str>, Option<String>),
    /// Something happens in the dialog.
    Dialog(dialog::Message),
    /// The playhead goes to a step.
    Sought(u32),
    /// Something was done with the timeline.
    Timeline(Gesture),
    StepForward,
    StepBack,
    Restart,
    PlayOrPause,
    /// What is being computed is to stop where it is, or to go on.
    StopOrGoOn,
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
    Inspector(inspector::Message),
    /// Something happens in a dialog about sharing.
    Share(share::Message),
    /// Something happens to the frame that the page is in.
    Embed(embed::Message),
    /// Somebody is about to edit the program.
    EditorEntered,
    /// The rest of the code has come; or the reason why it cannot be had.
    RestCame(Option<String>),
}

/// Where the text in the editor comes from.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Origin {
    /// A demo, with nothing changed but its tunables.
    Demo(&'static Demo),
    /// The address itself. It is somebody's own, and stored, as soon as they change it.
    Shared,
    /// Somebody's own text, the newest that is stored.
    Own,
}

/// The page.
pub struct Page {
    pub(super) send: Callback<Message>,
    pub(super) origin: Origin,
    /// Titles of the texts people wrote, newest first.
    pub(super) own: Vec<String>,
    pub(super) text: Rc<str>,
    /// The text's lines in colours.
    pub(super) lines: Vec<AttrValue>,
    pub(super) tunables: Vec<Tunable>,
    /// The literal that is dragged.
    pub(super) literal: Option<editor::Held>,
    /// The tunables that were moved since the demo was opened.
    pub(super) tuned: Vec<(String, String)>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) seed: u64,
    pub(super) showing: Option<Showing>,
    /// A run that has not come far enough to be shown.
    pub(super) coming: Option<Engine>,
    /// Where the playhead should stand; a shorter run shows its last step.
    pub(super) playhead: u32,
    pub(super) moment: Option<Moment>,
    pub(super) playing: Option<Timeout>,
    /// The part of a step that has been played but not shown.
    pub(super) played: f64,
    pub(super) speed: f64,
    pub(super) scale: Option<Scale>,
    pub(super) timeline: timeline::Look,
    pub(super) theme: Theme,
    pub(super) notices: Vec<String>,
    pub(super) inspector: Inspector,
    pub(super) pointed: Option<(u32, u32)>,
    pub(super) measured: Option<Measured>,
    pub(super) stage: NodeRef,
    pub(super) plot: NodeRef,
    pub(super) scrubber: NodeRef,
    pub(super) scroller: NodeRef,
    /// The line of the program that was last scrolled to.
    followed: u32,
    pub(super) observer: Option<(ResizeObserver, Closure<dyn Fn()>)>,
    /// Whether a run has been asked for and not yet been painted to its end.
    pub(super) unmeasured: bool,
    pub(super) ready: bool,
    /// How often a text was asked for.
    pub(super) asked: u32,
    /// A text as it stands in an address.
    pub(super) packed: Option<(Rc<str>, String)>,
    pub(super) dialog: Dialog,
    pub(super) sharing: Sharing,
    /// The frame that the page is in, in its compact form.
    pub(super) frame: Option<Frame>,
}

impl Component for Page {
    type Message = Message;
    type Properties = ();

    fn create(context: &Context<Self>) -> Self {
        let address = present();
        let stored = || Theme::named(&browser::stored(THEME).filter(|_| !address.embed)?);
        let theme = address.theme.or_else(stored).unwrap_or_default();
        let mut page = Self {
            send: context.link().callback(|message| message),
            origin: Origin::Demo(DEFAULT),
            own: programs::titles(),
            text: "".into(),
            lines: Vec::new(),
            tunables: Vec::new(),
            literal: None,
            tuned: Vec::new(),
            diagnostics: Vec::new(),
            seed: 0,
            showing: None,
            coming: None,
            playhead: 0,
            moment: None,
            playing: None,
            played: 0.0,
            speed: 1.0,
            scale: None,
            timeline: Default::default(),
            theme,
            notices: Vec::new(),
            inspector: Inspector::new(context.link().callback(|message| message)),
            pointed: None,
            measured: None,
            stage: NodeRef::default(),
            plot: NodeRef::default(),
            scrubber: NodeRef::default(),
            scroller: NodeRef::default(),
            followed: 0,
            observer: None,
            unmeasured: false,
            ready: false,
            asked: 0,
            packed: None,
            dialog: Dialog::default(),
            sharing: Sharing::default(),
            frame: address.embed.then(|| Frame::new(address.clone())),
        };
        page.apply_theme();
        keys::listen(page.send.clone(), page.frame.is_none());
        opening::listen(page.send.clone());
        page.visit(address);
        page
    }

    // Within Yew's own function it could not be divided by what a first visit needs.
    #[inline(never)]
    fn update(&mut self, _context: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Edited(text) => {
                self.asked += 1;
                self.keep(&text);
                if self.origin != Origin::Own {
                    self.origin = Origin::Own;
                    self.set_address("");
                }
                self.text = text.into();
                self.run();
            }
            Message::Tuned(index, value) => {
                let Some(tunable) = self.tunables.get(index) else { return false };
                let text = crate::lab::with_value(&self.text, tunable, value);
                let written = if tunable.whole { decimal::fixed(value, 0) } else { decimal::plain(value) };
                self.tuned.retain(|(name, _)| *name != tunable.name);
                self.tuned.push((tunable.name.clone(), written));
                if self.origin == Origin::Own {
                    self.keep(&text);
                }
                self.text = text.into();
                self.run();
            }
            Message::Literal(gesture) => {
                self.take_literal(gesture);
                return false;
            }
            Message::Settled => {
                self.settle();
                return false;
            }
            Message::Seeded(seed) => {
                self.seed = seed;
                self.run();
            }
            Message::Opened(choice) => self.open(choice),
            Message::Readdressed => self.visit(present()),
            Message::Fetched(asked, address, text) => self.take_fetched(asked, *address, text),
            Message::Packed(text, program) => return self.take_packed(text, program),
            Message::Dialog(message) => {
                if let Some(message) = self.dialog.update(&self.send, message) {
                    self.send.emit(message);
                }
            }
            Message::Sought(step) => self.seek(step),
            Message::Timeline(gesture) => return self.take_gesture(gesture),
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
            Message::StopOrGoOn => self.showing.iter().for_each(|showing| showing.engine.stop_or_go_on()),
            Message::Tick => self.tick(),
            Message::Speed(speed) => self.speed = speed,
            Message::Scaled(scale) => {
                self.rescale(Some(scale));
                self.look();
            }
            Message::ThemeToggled => {
                self.theme = if self.is_dark() { Theme::Light } else { Theme::Dark };
                browser::store(THEME, self.theme.name());
                self.apply_theme();
            }
            Message::Measured => return self.measure(),
            Message::Advanced => self.take_in(),
            Message::Dismissed(index) => {
                self.notices.remove(index);
            }
            Message::Inspector(message) => match self.inspector.update(message, self.shown_step()) {
                Consequence::Nothing => return false,
                Consequence::Shown => {}
                Consequence::Look => self.look(),
                Consequence::Run(step) => {
                    self.playing = None;
                    self.playhead = step;
                    self.run();
                }
            },
            Message::Pointed(line) => {
                self.pointed = Some((line, self.pointed.map_or(0, |(_, times)| times + 1)));
                if let Some(scroller) = self.scroller.cast::<Element>() {
                    let top = (line * LINE_HEIGHT) as i32 - scroller.client_height() / 2;
                    self.unfold();
                    scroller.set_scroll_top(top.max(0));
                    scroller.scroll_into_view();
                }
            }
            Message::Share(message) => self.take_share(message),
            Message::Embed(message) => self.take_embed(message),
            Message::EditorEntered => {
                if !rest::is_there() {
                    rest::fetch(Callback::noop());
                }
                return false;
            }
            Message::RestCame(None) => self.run(),
            Message::RestCame(Some(reason)) => {
                self.notices = vec![rest::missing(&reason)];
            }
        }
        true
    }

    fn rendered(&mut self, _context: &Context<Self>, first: bool) {
        if first {
            let send = self.send.clone();
            let resized = Closure::<dyn Fn()>::new(move || send.emit(Message::Measured));
            if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
                let stage = self.stage.cast::<Element>().and_then(|stage| stage.parent_element());
                for element in [stage, self.plot.cast()].into_iter().flatten() {
                    observer.observe(&element);
                }
                self.observer = Some((observer, resized));
            }
            self.send.emit(Message::Measured);
        }
        self.inspector.rendered();
        self.dialog.rendered();
        let line = self.moment.as_ref().and_then(|moment| moment.current_line).unwrap_or(self.followed);
        if std::mem::replace(&mut self.followed, line) != line {
            editor::follow(&self.scroller, line);
        }
        self.rendered_in_frame();
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
        self.layout()
    }
}

impl Page {
    /// Reads the text without running it.
    pub(super) fn read_text(&mut self) {
        if !rest::is_there() {
            self.lines = coloured(&self.text, &[], &[]);
            return;
        }
        self.tunables = crate::lab::tunables(&self.text);
        self.lines = coloured(&self.text, &crate::lab::highlight(&self.text), &self.tunables);
    }

    /// Compiles and runs the text. What is shown stays until the new run can be shown in its place.
    pub(super) fn run(&mut self) {
        if !matches!(self.origin, Origin::Demo(_)) && !rest::is_there() {
            self.read_text();
            rest::fetch(self.send.reform(Message::RestCame));
            return;
        }
        browser::mark("signalbox:edit");
        self.unmeasured = true;
        self.pack_for_frame();
        let spans = crate::lab::highlight(&self.text);
        match Program::compile(&self.text) {
            Ok(program) => {
                let mut tunables = crate::lab::tunables(&self.text);
                crate::lab::keep_ranges(&mut tunables, &self.tunables);
                self.lines = coloured(&self.text, &spans, &tunables);
                self.tunables = tunables;
                self.diagnostics.clear();
                let settings = self.inspector.settings(&program, self.seed);
                let send = self.send.clone();
                let advanced = Callback::from(move |()| send.emit(Message::Advanced));
                self.coming = Some(Engine::start(&program, &settings, self.playhead, advanced));
            }
            Err(diagnostics) => {
                self.coming = None;
                self.unmeasured = false;
                // Where the literals stand is known of the last text that could be run.
                self.lines = coloured(&self.text, &spans, &[]);
                self.diagnostics = diagnostics;
            }
        }
    }

    /// A run has come further: the one that is shown, or the one that is to be.
    fn take_in(&mut self) {
        if let Some(engine) = self.coming.take() {
            self.showing = Some(Showing::new(engine));
            self.inspector.renew();
        } else if let Some(showing) = &mut self.showing {
            showing.take_in();
        }
        self.look();
    }

    /// Looks at the run anew: the playhead, the run or the room has changed.
    pub(super) fn look(&mut self) {
        let (step, scale) = (self.shown_step(), self.scale());
        let (Some(room), Some(measured), Some(showing)) = (self.room(), self.measured, &mut self.showing) else {
            return;
        };
        self.moment = Some(showing.moment(step, room));
        self.inspector.look(showing, step);
        let (height, has_lanes) = (self.plot_height(), self.one_by_one().0);
        if let Some(showing) = &mut self.showing {
            showing.draw(&mut self.timeline, scale, step, (measured.plot_width, height), has_lanes);
        }
    }

    pub(super) fn seek(&mut self, step: u32) {
        let last = self.showing.as_ref().map_or(0, Showing::steps);
        self.playhead = step.min(last);
        self.timeline.tip.take_if(|tip| tip.touched);
        if let Some(showing) = &self.showing {
            showing.engine.follow(self.playhead);
        }
        self.look();
    }

    pub(super) fn shown_step(&self) -> u32 {
        self.playhead.min(self.showing.as_ref().map_or(0, Showing::steps))
    }

    pub(super) fn scale(&self) -> Scale {
        self.scale.unwrap_or_else(|| self.showing.as_ref().map_or(Scale::Seconds, Showing::best_scale))
    }

    pub(super) fn is_dark(&self) -> bool {
        self.theme == Theme::Dark || self.theme == Theme::Auto && browser::prefers_dark()
    }

    pub(super) fn apply_theme(&self) {
        if let Some(root) = browser::root() {
            let _ = root.set_attribute("data-theme", self.theme.name());
        }
    }
}
