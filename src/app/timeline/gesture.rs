//! What is done with the timeline: the part of the run that is looked at, the playhead, and the place pointed at.

use web_sys::{Element, HtmlElement};
use yew::Callback;

use super::super::page::{Message, Page};
use super::super::rest;
use super::super::showing::Drawn;
use super::Tip;
use crate::draw::{ABOVE, Scale, Window};

/// What is done with the timeline. Places are pixels of the browser's window.
#[derive(Clone)]
pub enum Gesture {
    /// To see so many times as much of the run; what is at this place stays there, or else the playhead does.
    Zoom { factor: f64, at: Option<i32> },
    /// To see all.
    Fit,
    /// To see what is further right, by so many pixels.
    Moved(f64),
    /// To see what is further down: how far the lanes are scrolled now, in pixels.
    Scrolled(f64),
    /// To see the tasks one by one, or how many do what.
    OneByOne(bool),
    /// A pointer has touched it.
    Grabbed { pointer: i32, x: i32, y: i32, touch: bool },
    /// A pointer that touches it has moved.
    Dragged { pointer: i32, x: i32, y: i32 },
    /// A pointer touches it no more.
    LetGo { pointer: i32, x: i32 },
    /// A pointer is over it.
    Pointed { x: i32, y: i32 },
    /// No pointer is over it any more.
    Left,
    /// The code that tells of places has come.
    Informed,
}

/// How the timeline is looked at.
#[derive(Default)]
pub struct Look {
    /// The part of the run that somebody chose; otherwise all of it, or what is around the playhead.
    pub window: Option<Window>,
    /// How far the lanes are scrolled, in pixels.
    pub top: f64,
    /// Whether somebody chose to see the tasks one by one, or not to.
    pub one_by_one: Option<bool>,
    pub tip: Option<Tip>,
    /// Where the pointer is while the code that tells of places is being fetched.
    asked: Option<(i32, i32)>,
    /// While the axis is dragged: where, and what was shown when that began.
    panned: Option<(i32, Window)>,
    /// Whether it was moved since.
    moved: bool,
    /// The fingers on it, and where.
    fingers: Vec<(i32, i32)>,
    /// Whether there have been two of them, until all are gone.
    pinched: bool,
    /// Where the playhead stood when the window was last seen to hold it.
    followed: u32,
}

impl Look {
    /// The part of the run that is shown: what somebody chose, moved to where the playhead goes; or else `all`.
    pub fn window(&mut self, all: Window, playhead: f64, step: u32, whole: Window) -> Window {
        // Of a run that goes on, all that is known so far can be looked at, too.
        let goes_on = all.length() < whole.length();
        let is_part = |window: &Window| window.scale == all.scale && (window.length() < whole.length() || goes_on);
        let Some(window) = self.window.filter(is_part) else {
            self.window = None;
            self.followed = step;
            return all;
        };
        let mut window = window.moved(0.0, whole);
        if self.followed != step {
            window = window.with_moment(playhead, whole);
            self.followed = step;
            if Some(window) != self.window {
                self.tip = None;
            }
        }
        self.window = Some(window);
        window
    }
}

impl Look {
    /// How far apart two fingers are from left to right, in pixels, and where their middle is.
    fn apart(&self) -> Option<(f64, i32)> {
        let [(_, one), (_, other)] = self.fingers[..] else { return None };
        Some((f64::from((one - other).abs().max(LEAST_APART)), (one + other) / 2))
    }
}

impl Page {
    /// Takes in what is done with the timeline; whether that can be seen.
    pub(in super::super) fn take_gesture(&mut self, gesture: Gesture) -> bool {
        match gesture {
            Gesture::Zoom { factor, at } => return self.zoom(factor, at),
            Gesture::Fit => {
                self.timeline.window = None;
                self.timeline.tip = None;
            }
            Gesture::Moved(by) => {
                let Some((drawn, whole)) = self.drawn_and_whole() else { return false };
                let view = drawn.picture.view;
                let window = view.window.moved(by / view.width.max(1.0) * view.window.length(), whole);
                self.timeline.window = Some(window);
                self.timeline.tip = None;
            }
            Gesture::Scrolled(top) => {
                if self.timeline.top == top {
                    return false;
                }
                self.timeline.top = top;
                self.timeline.tip = None;
            }
            Gesture::OneByOne(one_by_one) => {
                self.timeline.one_by_one = Some(one_by_one);
                self.timeline.top = 0.0;
                self.timeline.tip = None;
            }
            Gesture::Grabbed { pointer, x, y, touch } => {
                if let (Some(plot), Some(scrubber)) = (self.plot.cast::<Element>(), self.scrubber.cast::<HtmlElement>())
                {
                    let _ = plot.set_pointer_capture(pointer);
                    let _ = scrubber.focus();
                }
                if touch {
                    self.timeline.fingers.push((pointer, x));
                    if self.timeline.fingers.len() > 1 {
                        self.timeline.pinched = true;
                        self.timeline.panned = None;
                        return self.timeline.tip.take().is_some();
                    }
                }
                match (self.place(x, y), self.timeline.window) {
                    (Some((_, y, drawn)), Some(window)) if y > drawn.picture.view.height => {
                        self.timeline.panned = Some((x, window));
                        self.timeline.moved = false;
                        return false;
                    }
                    _ => self.seek_at(x),
                }
                self.point_at(x, y);
                if let Some(tip) = &mut self.timeline.tip {
                    tip.touched = touch;
                }
                return true;
            }
            Gesture::Dragged { pointer, x, .. } if self.timeline.pinched => {
                let apart = self.timeline.apart();
                for finger in &mut self.timeline.fingers {
                    if finger.0 == pointer {
                        finger.1 = x;
                    }
                }
                let (Some((before, _)), Some((after, middle))) = (apart, self.timeline.apart()) else { return false };
                return self.zoom(before / after, Some(middle));
            }
            Gesture::Dragged { x, y, .. } => {
                let Some((from, window)) = self.timeline.panned else {
                    self.seek_at(x);
                    self.point_at(x, y);
                    return true;
                };
                self.timeline.moved |= (from - x).abs() > STILL;
                let Some((drawn, whole)) = self.drawn_and_whole() else { return false };
                let by = f64::from(from - x) / drawn.picture.view.width.max(1.0) * window.length();
                self.timeline.window = Some(window.moved(by, whole));
                self.timeline.tip = None;
            }
            Gesture::LetGo { pointer, x } => {
                self.timeline.fingers.retain(|finger| finger.0 != pointer);
                self.timeline.pinched &= !self.timeline.fingers.is_empty();
                if self.timeline.panned.take().is_none() || self.timeline.moved {
                    return false;
                }
                self.seek_at(x);
            }
            Gesture::Pointed { x, y } => return self.point_at(x, y),
            Gesture::Left => {
                self.timeline.asked = None;
                return self.timeline.tip.take().is_some();
            }
            Gesture::Informed => {
                return self.timeline.asked.take().is_some_and(|(x, y)| self.point_at(x, y));
            }
        }
        self.look();
        true
    }

    fn zoom(&mut self, factor: f64, at: Option<i32>) -> bool {
        let step = self.shown_step();
        let Some((drawn, whole)) = self.drawn_and_whole() else { return false };
        let (view, showing) = (drawn.picture.view, self.showing.as_ref());
        let at = at.and_then(|x| Some(self.place(x, 0)?.0));
        let playhead = showing.map_or(0.0, |showing| view.playhead(showing.history(), step));
        let x = at.unwrap_or(if (0.0..=view.width).contains(&playhead) { playhead } else { view.width / 2.0 });
        let window = view.window.zoomed(factor, view.moment(x), whole);
        if window == view.window {
            return false;
        }
        self.timeline.window = Some(window);
        self.timeline.tip = None;
        self.look();
        true
    }

    /// What is drawn, and all that could be.
    fn drawn_and_whole(&self) -> Option<(&Drawn, Window)> {
        let showing = self.showing.as_ref()?;
        let drawn = showing.drawn()?;
        Some((drawn, showing.whole(drawn.picture.view.window.scale)))
    }

    /// A place in the picture, from the left upper corner of its lanes.
    fn place(&self, x: i32, y: i32) -> Option<(f64, f64, &Drawn)> {
        let drawn = self.showing.as_ref()?.drawn()?;
        let corner = self.plot.cast::<Element>()?.get_bounding_client_rect();
        Some((f64::from(x) - corner.left(), f64::from(y - ABOVE) - corner.top(), drawn))
    }

    fn send_when_informed(&self) {
        let send = self.send.clone();
        rest::fetch(Callback::from(move |trouble: Option<String>| {
            if trouble.is_none() {
                send.emit(Message::Timeline(Gesture::Informed));
            }
        }));
    }

    /// Tells of a place; whether that changes what is told.
    fn point_at(&mut self, x: i32, y: i32) -> bool {
        // Who never points at it does not download what tells of places.
        if !rest::is_there() {
            if self.timeline.asked.replace((x, y)).is_none() {
                self.send_when_informed();
            }
            return false;
        }
        let detail = self.place(x, y).and_then(|(left, top, drawn)| {
            let history = self.showing.as_ref()?.history();
            drawn.picture.detail(history, left, top)
        });
        let told = self.timeline.tip.as_ref().map(|tip| &tip.detail);
        if told == detail.as_ref() {
            return false;
        }
        let around = self.plot.cast::<Element>().and_then(|plot| plot.closest(".timeline").ok().flatten());
        self.timeline.tip = detail.zip(around).map(|(detail, around)| {
            let corner = around.get_bounding_client_rect();
            let (left, top) = (corner.left() as i32, corner.top() as i32);
            Tip { detail, x: x - left, y: y - top, below: y < ROOM_ABOVE, touched: false }
        });
        true
    }

    /// Seeks the step at a place on the page.
    fn seek_at(&mut self, x: i32) {
        let Some((x, _, Drawn { picture, .. })) = self.place(x, 0) else { return };
        let Some(showing) = &self.showing else { return };
        let step = picture.view.step_at(showing.history(), x.max(0.0).min(picture.view.width));
        self.seek(step);
    }

    /// Whether each task has a lane, and whether there are enough of them for somebody to choose.
    pub(in super::super) fn one_by_one(&self) -> (bool, bool) {
        let tasks = self.showing.as_ref().map_or(0, |showing| showing.history().tasks());
        let usual = tasks <= crate::draw::MOST_LANES;
        (self.timeline.one_by_one.unwrap_or(usual), tasks > FEW)
    }

    /// Shows the whole run again, in another scale.
    pub(in super::super) fn rescale(&mut self, scale: Option<Scale>) {
        self.scale = scale;
        self.timeline.window = None;
        self.timeline.tip = None;
    }
}

/// A pointer that is moved no further than this clicks, in pixels.
const STILL: i32 = 3;
/// Two fingers one above the other are taken to be so far apart, in pixels.
const LEAST_APART: i32 = 24;
/// Beneath this distance from the top of the window, in pixels, what is told stands below the pointer.
const ROOM_ABOVE: i32 = 190;
/// With more tasks than this, somebody may want to see how many do what.
const FEW: usize = 24;
