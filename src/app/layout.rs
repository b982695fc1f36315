//! How the page is put together, and how the room is shared.

use web_sys::Element;
use yew::prelude::Html;

use super::browser;
use super::dialog::Known;
use super::editor::{Source, editor};
use super::header::header;
use super::html::{element, tag, words};
use super::inspector::circle;
use super::notes::notes;
use super::output::output;
use super::page::{Origin, Page};
use super::programs;
use super::sentence::{Trouble, notices, sentence};
use super::showing::Showing;
use super::stage::stage;
use super::timeline;
use super::transport::{Position, RunState, STEPS_A_SECOND, transport};
use super::tunables::sliders;
use crate::draw::{PictureBody, Room, density_counts, legend};
use crate::trace::Ending;

/// How high a lane of the timeline should be, at least and at most, in pixels.
const LANE_HEIGHTS: (f64, f64) = (22.0, 44.0);
/// The least height of all lanes together lies between these.
const LEAST_PLOT: (f64, f64) = (90.0, 190.0);
/// In a frame every lane is lower, and so are all of them together.
const LANE_HEIGHT_IN_FRAME: f64 = 22.0;
const PLOT_IN_FRAME: (f64, f64) = (66.0, 220.0);
/// The height of the picture of many tasks.
const DENSITY_IN_FRAME: f64 = 130.0;
/// What the stage should not exceed in a frame, where it is narrow and where it is not: it stands in the middle of
/// somebody's text.
const STAGE_IN_FRAME: (i32, i32) = (460, 340);
/// On less than this the stage is narrow.
const NARROW_STAGE: i32 = 600;
/// The timeline takes no more than this part of the height from a stage that needs it.
const MOST_OF_HEIGHT: f64 = 0.34;
/// No timeline is higher than this.
const HIGHEST_PLOT: f64 = 300.0;
/// What surrounds the lanes below the stage: the buttons, the legend, the ticks, and space, in pixels.
const AROUND_PLOT: i32 = 132;
/// The stage is scrolled rather than made lower than this.
const LEAST_STAGE: i32 = 200;
/// Above and below what is on the stage, together, in pixels.
const STAGE_PADDING: i32 = 32;

/// What the browser says about sizes, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    stage_width: i32,
    pub plot_width: f64,
    /// The height there is for the stage and the timeline together, where the page does not grow with them.
    height: Option<i32>,
}

impl Page {
    /// The whole page.
    pub(super) fn layout(&self) -> Html {
        let demo = match self.origin {
            Origin::Demo(demo) => Some(demo),
            Origin::Shared | Origin::Own => None,
        };
        let source = Source {
            text: &self.text,
            lines: &self.lines,
            error: self.diagnostics.first(),
            moment: self.moment.as_ref(),
            pointed: self.pointed,
        };
        let program = editor(&self.send, &self.scroller, &source);
        let output = output(self.moment.as_ref());
        if self.frame.is_some() {
            return self.compact(vec![program, self.view_notes()], output);
        }
        let mut run = Vec::new();
        self.view_said(&mut run);
        self.view_stage(&mut run);
        self.view_time(&mut run);
        let mut controls = Vec::new();
        if let Some(demo) = demo {
            controls.push(words("p", "experiment", demo.experiment));
        }
        controls.push(sliders(&self.send, &self.tunables, self.diagnostics.is_empty(), self.random()));
        let mut source = vec![element("div", &["class"], &["controls"], controls), program, self.view_notes(), output];
        source.extend(self.inspector.panel(self.shown_step()));
        let halves = vec![element("div", &["class"], &["run"], run), element("div", &["class"], &["source"], source)];
        let header = header(&self.send, &self.title(), self.lesson(), self.theme);
        let dialog = self.dialog.view(&self.send, &Known { demo, own: &self.own, sharing: &self.sharing });
        [header, element("main", &[], &[], halves), dialog].into_iter().collect()
    }

    /// Where `random` starts, of a program that uses it.
    pub(super) fn random(&self) -> Option<u64> {
        self.text.contains("random").then_some(self.seed)
    }

    /// What the program is called.
    pub(super) fn title(&self) -> String {
        match self.origin {
            Origin::Demo(demo) => demo.title.to_owned(),
            Origin::Shared => programs::title(&self.text),
            Origin::Own => self.own.first().cloned().unwrap_or_default(),
        }
    }

    fn lesson(&self) -> &'static str {
        match self.origin {
            Origin::Demo(demo) => demo.lesson,
            Origin::Shared => "This program came with the address. It is stored in this browser once you change it.",
            Origin::Own => "Your own program. It is stored in this browser only.",
        }
    }

    /// What is noted about the text, if it is the one that runs.
    fn view_notes(&self) -> Html {
        let showing = self.showing.as_ref().filter(|_| self.diagnostics.is_empty());
        match showing {
            Some(showing) => notes(&self.send, showing.engine.run().trace().notes()),
            None => notes(&self.send, &[]),
        }
    }

    pub(super) fn view_said(&self, run: &mut Vec<Html>) {
        // While the text has errors, those are the news, not what the run before it came to.
        let showing = self.showing.as_ref().filter(|_| self.diagnostics.is_empty());
        let trouble = showing.and_then(|showing| {
            let explanation = trouble(&showing.ending()?)?;
            let picture = circle(showing.engine.run().trace().latest());
            Some(Trouble { step: showing.steps(), explanation, picture })
        });
        run.push(sentence(self.moment.as_ref(), self.playing.is_some()));
        let what_if = self.inspector.what_if(self.showing.as_ref(), self.shown_step());
        let notices = notices(&self.send, &self.notices, trouble.as_ref(), self.shown_step());
        run.push(element("div", &[], &[], vec![what_if, notices]));
    }

    pub(super) fn view_stage(&self, run: &mut Vec<Html>) {
        let drawn = self.moment.as_ref().map(|moment| stage(&self.send, &moment.stage, self.glide()));
        let mut floor = tag("div", &[], &[], drawn.into_iter().collect());
        floor.node_ref = self.stage.clone();
        run.push(element("section", &["class", "aria-label"], &["stage-room", "Stage"], vec![floor.into()]));
    }

    pub(super) fn view_time(&self, run: &mut Vec<Html>) {
        let step = self.shown_step();
        let showing = self.showing.as_ref();
        let state = match showing {
            Some(showing) if showing.history().ended() => RunState::Ended,
            Some(showing) if showing.engine.is_stopped() => RunState::Stopped,
            Some(showing) if showing.engine.is_busy() => RunState::Busy,
            _ => RunState::Ahead,
        };
        let position = Position {
            playing: self.playing.is_some(),
            speed: self.speed,
            step,
            steps: showing.map_or(0, Showing::steps),
            state,
            time: self.moment.as_ref().map_or(0.0, |moment| moment.time),
        };
        let timeline = self.view_timeline(step, position.steps, position.time);
        run.push(transport(&self.send, &position));
        run.push(element("section", &["class", "aria-label"], &["time", "Time"], vec![timeline]));
    }

    fn view_timeline(&self, step: u32, steps: u32, time: f64) -> Html {
        let mut shown = timeline::Shown {
            drawn: None,
            playhead: 0.0,
            arrows: String::new(),
            counts: Vec::new(),
            tasks: 0,
            legend: Vec::new(),
            height: self.plot_height(),
            whole_height: self.plot_height(),
            scale: self.scale(),
            one_by_one: Some(self.one_by_one()).filter(|(_, asked)| *asked).map(|(one_by_one, _)| one_by_one),
            zoomed: self.timeline.window.is_some(),
            tip: self.timeline.tip.as_ref(),
            step,
            steps,
            time,
            interventions: Vec::new(),
        };
        if let Some(showing) = self.showing.as_ref()
            && let Some(drawn) = showing.drawn()
        {
            let picture = &drawn.picture;
            let history = showing.history();
            shown.drawn = Some(drawn);
            shown.tasks = history.tasks();
            shown.playhead = picture.view.playhead(history, step);
            shown.interventions = self.inspector.steps().map(|step| picture.view.playhead(history, step)).collect();
            match &picture.body {
                PictureBody::Lanes(lanes) => {
                    shown.arrows = lanes.arrows_of(history, &picture.view, step);
                    shown.whole_height = lanes.whole_height;
                    shown.legend = legend(history);
                }
                PictureBody::Density(_) => shown.counts = density_counts(history, step).to_vec(),
            }
        }
        timeline::timeline(&self.send, &self.plot, &self.scrubber, &shown)
    }

    /// The height of what the timeline draws, without its texts.
    // Not with `clamp`: it could panic, and would bring twelve kilobytes that write floats into its message.
    pub(super) fn plot_height(&self) -> f64 {
        let (least, most) = self.plot_heights();
        match (self.measured.and_then(|measured| measured.height), &self.moment) {
            (Some(height), Some(moment)) => f64::from(height - moment.stage.height).max(least).min(most),
            (Some(_), None) => least,
            (None, _) if self.frame.is_some() => most,
            // Nobody should have to scroll within what is scrolled.
            (None, _) => most.min(LEAST_PLOT.1.max(self.lanes() * LANE_HEIGHTS.0)),
        }
    }

    /// How many tasks the run has.
    fn lanes(&self) -> f64 {
        self.showing.as_ref().map_or(1, |showing| showing.history().tasks()) as f64
    }

    /// The least height that the timeline is left by the stage, and what it takes where there is room.
    fn plot_heights(&self) -> (f64, f64) {
        let tasks = self.lanes();
        if self.frame.is_some() {
            let height = match self.one_by_one().0 {
                true => (tasks * LANE_HEIGHT_IN_FRAME).max(PLOT_IN_FRAME.0).min(PLOT_IN_FRAME.1),
                false => DENSITY_IN_FRAME,
            };
            return (height, height);
        }
        let height = self.measured.and_then(|measured| measured.height).map_or(HIGHEST_PLOT, f64::from);
        let least = (tasks * LANE_HEIGHTS.0).min(height * MOST_OF_HEIGHT).clamp(LEAST_PLOT.0, LEAST_PLOT.1);
        (least, (tasks * LANE_HEIGHTS.1).max(least).min(HIGHEST_PLOT))
    }

    /// How long a token glides, in milliseconds.
    fn glide(&self) -> u32 {
        match self.playing {
            Some(_) => (900.0 / (STEPS_A_SECOND * self.speed)).min(240.0) as u32,
            None => 240,
        }
    }

    /// Looks how much room there is. This asks the browser to lay the page out, so it is done only when that has
    /// happened anyway.
    pub(super) fn measure(&mut self) -> bool {
        let (Some(stage), Some(plot)) = (self.stage.cast::<Element>(), self.plot.cast::<Element>()) else {
            return false;
        };
        let mut measured = Measured {
            stage_width: stage.client_width().max(240),
            plot_width: f64::from(plot.client_width()),
            height: None,
        };
        if browser::is_wide() {
            let page = browser::root().map_or(0, |root| root.client_height());
            // The stage may be scrolled: what contains it is not.
            let around = stage.parent_element();
            let top = around.map_or(0.0, |around| around.get_bounding_client_rect().top()) as i32;
            measured.height = Some(page - top - AROUND_PLOT - STAGE_PADDING);
        }
        if self.measured == Some(measured) {
            return false;
        }
        self.measured = Some(measured);
        self.look();
        true
    }

    /// The room for the stage; `None` before anything has been measured.
    pub(super) fn room(&self) -> Option<Room> {
        let measured = self.measured?;
        let (least, most) = self.plot_heights();
        Some(Room {
            width: measured.stage_width,
            height: match self.frame {
                Some(_) if measured.stage_width < NARROW_STAGE => Some(STAGE_IN_FRAME.0),
                Some(_) => Some(STAGE_IN_FRAME.1),
                None => measured.height.map(|height| (height - least as i32).max(LEAST_STAGE)),
            },
            comfort: measured.height.map_or(0, |height| height - most as i32),
        })
    }
}

/// What went wrong, if the run did not simply end.
fn trouble(ending: &Ending) -> Option<String> {
    match ending {
        Ending::Finished | Ending::Horizon { .. } => None,
        Ending::Raised { exception, line } => Some(format!("Line {line}: {exception}")),
        Ending::Stuck { explanation } => Some(explanation.to_string()),
        // A native function may have been at work before any line of the program was.
        Ending::Stopped { explanation, line: 0 } => Some(explanation.to_string()),
        Ending::Stopped { explanation, line } => Some(format!("Line {line}: {explanation}")),
    }
}
