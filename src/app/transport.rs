//! Play, pause, step: the buttons that move the playhead.

use yew::prelude::{Callback, Html};

use super::html::{Button, button, choosable, element, list, text, words};
use super::icons;
use super::page::Message;
use crate::decimal;
use crate::draw::{grouped, seconds};

/// The speeds that are offered: at speed 1 every step can be seen, at the slowest its sentence read as well.
pub const SPEEDS: [f64; 8] = [0.25, 0.5, 1.0, 2.0, 4.0, 16.0, 100.0, 1000.0];

/// Steps a second at speed 1.
pub const STEPS_A_SECOND: f64 = 2.5;

/// What is being done about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// It has ended.
    Ended,
    /// It is as far ahead of the playhead as it need be, or will be at once.
    Ahead,
    /// It takes long to compute.
    Busy,
    /// It was stopped while it took long.
    Stopped,
}

/// What the buttons are about.
pub struct Position {
    pub playing: bool,
    pub speed: f64,
    pub step: u32,
    /// How many steps the run has so far.
    pub steps: u32,
    pub state: RunState,
    /// The virtual clock, in seconds.
    pub time: f64,
}

/// The buttons, and where the playhead stands.
pub fn transport(send: &Callback<Message>, position: &Position) -> Html {
    let Position { playing, speed, step, steps, state, time } = position;
    let press = |name: &'static str, key: &str, picture: Html, idle: bool, message: Message| {
        let title = [name, " (", key, ")"].concat();
        let class = if key == "space" { "play" } else { "" };
        button(Button { class, name, title: &title, pressed: "", idle }, picture, send, message)
    };
    let mut speeds = Vec::new();
    for offered in SPEEDS {
        let value = decimal::plain(offered);
        speeds.push(choosable(&value, &[&value, "×"].concat(), offered == *speed));
    }
    let (at_start, at_end) = (*step == 0, step == steps && matches!(state, RunState::Ended | RunState::Stopped));
    let mut clock = ["step ", &grouped(*step as usize)].concat();
    if *state != RunState::Ahead {
        clock += &[" of ", &grouped(*steps as usize)].concat();
    }
    let about_work = match state {
        RunState::Busy => Some((" so far", "Stop")),
        RunState::Stopped => Some((", stopped", "Go on")),
        _ => None,
    };
    clock += about_work.map_or("", |(words, _)| words);
    let (name, picture) = if *playing { ("Pause", icons::pause()) } else { ("Play", icons::play()) };
    let play = [picture, words("span", "", name)].into_iter().collect();
    let mut clock = vec![words("span", "", &clock), words("b", "", &["t = ", &seconds(*time)].concat())];
    if let Some((_, name)) = about_work {
        clock.insert(0, button(Button::default(), text(name), send, Message::StopOrGoOn));
    }
    let children = vec![
        press("Restart", "Home", icons::restart(), at_start && !playing, Message::Restart),
        press("Step back", "←", icons::step_back(), at_start, Message::StepBack),
        press(name, "space", play, false, Message::PlayOrPause),
        press("Step forward", "→", icons::step_forward(), at_end, Message::StepForward),
        list("Speed", "picker speed", speeds, send, |speed| Some(Message::Speed(speed.parse().unwrap_or(1.0)))),
        element("div", &["class"], &["clock"], clock),
    ];
    element("div", &["class", "role", "aria-label"], &["transport", "toolbar", "Playback"], children)
}
