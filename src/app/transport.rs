//! Play, pause, step: the buttons that move the playhead.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::icons;
use super::page::Message;
use crate::draw::Scale;

/// The speeds that are offered; at speed 1 every step can be read.
pub const SPEEDS: [f64; 7] = [0.5, 1.0, 2.0, 4.0, 16.0, 100.0, 1000.0];

#[derive(Properties, PartialEq)]
pub struct TransportProperties {
    pub send: Callback<Message>,
    pub playing: bool,
    pub at_start: bool,
    pub at_end: bool,
    pub speed: f64,
    pub scale: Scale,
}

#[function_component]
pub fn Transport(properties: &TransportProperties) -> Html {
    let TransportProperties { send, playing, at_start, at_end, speed, scale } = properties;
    let button = |name: &'static str, key: &'static str, picture: Html, disabled: bool, message: fn() -> Message| {
        html! {
            <button aria-label={name} title={format!("{name} ({key})")} {disabled} onclick={send.reform(move |_| message())}>
                { picture }
            </button>
        }
    };
    let onchange = send.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        Message::Speed(select.value().parse().unwrap_or(1.0))
    });
    let scale_button = |shown: Scale, name: &'static str| {
        html! {
            <button aria-pressed={(*scale == shown).to_string()} onclick={send.reform(move |_| Message::Scaled(shown))}>
                { name }
            </button>
        }
    };
    let play = if *playing { ("Pause", icons::pause()) } else { ("Play", icons::play()) };
    html! {
        <div class="transport" role="toolbar" aria-label="Playback">
            { button("Restart", "Home", icons::restart(), *at_start && !playing, || Message::Restart) }
            { button("Step back", "←", icons::step_back(), *at_start, || Message::StepBack) }
            <button
                class="play"
                aria-label={play.0}
                title={format!("{} (space)", play.0)}
                onclick={send.reform(|_| Message::PlayOrPause)}
            >
                { play.1 }<span>{ play.0 }</span>
            </button>
            { button("Step forward", "→", icons::step_forward(), *at_end, || Message::StepForward) }
            <span class="picker speed">
                <select aria-label="Speed" title="Speed" {onchange}>
                    { for SPEEDS.iter().map(|offered| html! {
                        <option value={offered.to_string()} selected={offered == speed}>{ format!("{offered}×") }</option>
                    }) }
                </select>
            </span>
            <span class="space" />
            <span class="scales" role="group" aria-label="Scale of the timeline">
                { scale_button(Scale::Seconds, "seconds") }
                { scale_button(Scale::Steps, "steps") }
            </span>
        </div>
    }
}
