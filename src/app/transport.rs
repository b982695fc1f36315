//! Play, pause, step: the buttons that move the playhead.

use crate::decimal::plain;
use yew::prelude::*;

use super::html::{Button, Choosable, button, element, list, text};
use super::icons;
use super::page::Message;
use crate::draw::{grouped, seconds};

/// The speeds that are offered; at speed 1 every step can be read.
pub const SPEEDS: [f64; 7] = [0.5, 1.0, 2.0, 4.0, 16.0, 100.0, 1000.0];

/// Steps a second at speed 1.
pub const STEPS_A_SECOND: f64 = 2.5;

/// What the buttons are about.
pub struct Position {
    pub playing: bool,
    pub speed: f64,
    pub step: u32,
    /// How many steps the run has, once that is known.
    pub steps: Option<u32>,
    /// The virtual clock, in seconds.
    pub time: f64,
}

/// The buttons, and where the playhead stands.
pub fn transport(send: &Callback<Message>, position: &Position) -> Html {
    let Position { playing, speed, step, steps, time } = position;
    let press = |name: &'static str, key: &str, picture: Html, idle: bool, message: fn() -> Message| {
        let title = Some(format!("{name} ({key})"));
        let about = Button { name: Some(name), title, idle, ..Button::default() };
        button(about, picture, send.reform(move |_| message()))
    };
    let speeds = SPEEDS.map(|offered| Choosable {
        value: plain(offered),
        says: plain(offered) + "×",
        chosen: offered == *speed,
    });
    let chosen = send.reform(|speed: String| Message::Speed(speed.parse().unwrap_or(1.0)));
    let (at_start, at_end) = (*step == 0, Some(*step) == *steps);
    let of = steps.map_or(String::new(), |steps| format!(" of {}", grouped(steps as usize)));
    let (name, picture) = if *playing { ("Pause", icons::pause()) } else { ("Play", icons::play()) };
    let play = Button { class: "play", name: Some(name), title: Some(format!("{name} (space)")), ..Button::default() };
    let clock = vec![
        element("span", &[], vec![text(&format!("step {}{of}", grouped(*step as usize)))]),
        element("b", &[], vec![text(&format!("t = {}", seconds(*time)))]),
    ];
    let children = vec![
        press("Restart", "Home", icons::restart(), at_start && !playing, || Message::Restart),
        press("Step back", "←", icons::step_back(), at_start, || Message::StepBack),
        button(
            play,
            vec![picture, element("span", &[], vec![text(name)])].into_iter().collect(),
            send.reform(|_| Message::PlayOrPause),
        ),
        press("Step forward", "→", icons::step_forward(), at_end, || Message::StepForward),
        list("Speed", "picker speed", vec![("", speeds.into())], chosen),
        element("p", &[("class", "clock")], clock),
    ];
    element("div", &[("class", "transport"), ("role", "toolbar"), ("aria-label", "Playback")], children)
}
