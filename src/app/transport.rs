//! Play, pause, step: the buttons that move the playhead.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::icons;
use super::page::Message;
use crate::draw::seconds;

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
    // Not truly disabled: it would lose the focus under the hands of those who step with the keyboard.
    let button = |name: &'static str, key: &'static str, picture: Html, disabled: bool, message: fn() -> Message| {
        html! {
            <button
                aria-label={name}
                title={format!("{name} ({key})")}
                aria-disabled={disabled.then_some("true")}
                onclick={send.reform(move |_| message())}
            >
                { picture }
            </button>
        }
    };
    let onchange = send.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Message::Speed(select.value().parse().unwrap_or(1.0))
    });
    let (at_start, at_end) = (*step == 0, Some(*step) == *steps);
    let of = steps.map_or(String::new(), |steps| format!(" of {steps}"));
    let play = if *playing { ("Pause", icons::pause()) } else { ("Play", icons::play()) };
    html! {
        <div class="transport" role="toolbar" aria-label="Playback">
            { button("Restart", "Home", icons::restart(), at_start && !playing, || Message::Restart) }
            { button("Step back", "←", icons::step_back(), at_start, || Message::StepBack) }
            <button
                class="play"
                aria-label={play.0}
                title={format!("{} (space)", play.0)}
                onclick={send.reform(|_| Message::PlayOrPause)}
            >
                { play.1 }<span>{ play.0 }</span>
            </button>
            { button("Step forward", "→", icons::step_forward(), at_end, || Message::StepForward) }
            <span class="picker speed">
                <select aria-label="Speed" title="Speed" {onchange}>
                    { for SPEEDS.iter().map(|offered| html! {
                        <option value={offered.to_string()} selected={offered == speed}>{ format!("{offered}×") }</option>
                    }) }
                </select>
            </span>
            <p class="clock"><span>{ format!("step {step}{of}") }</span><b>{ format!("t = {}", seconds(*time)) }</b></p>
        </div>
    }
}
