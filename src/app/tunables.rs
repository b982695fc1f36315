//! The sliders: each is a literal of the program.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::page::Message;
use crate::lab::{Tunable, TunableKind};

/// Seeds offered by the slider.
const MOST_SEED: u64 = 20;

/// The sliders. `enabled`: whether the text is a program, so that a slider could change it; `seed`: where `random`
/// starts, for a program that uses it.
pub fn sliders(send: &Callback<Message>, tunables: &[Tunable], enabled: bool, seed: Option<u64>) -> Html {
    let settled = send.reform(|_: Event| Message::Settled);
    let slider = |(index, tunable): (usize, &Tunable)| {
        let send = send.clone();
        let oninput = Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            send.emit(Message::Tuned(index, input.value_as_number()));
        });
        let unit = if tunable.kind == TunableKind::Duration { " s" } else { "" };
        let written = number(tunable.value);
        html! {
            <label key={tunable.name.clone()} class="tunable">
                <span class="name" title={format!("line {}", tunable.line)}>{ &tunable.name }</span>
                <span class="value">{ &written }{ unit }</span>
                <input
                    type="range"
                    aria-label={tunable.name.clone()}
                    aria-valuetext={format!("{written}{unit}")}
                    min={number(tunable.minimum)}
                    max={number(tunable.maximum)}
                    step={number(tunable.step)}
                    value={written.clone()}
                    disabled={!enabled}
                    {oninput}
                    onchange={settled.clone()}
                />
            </label>
        }
    };
    let seed_slider = |seed: u64| {
        let oninput = send.reform(|event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            Message::Seeded(input.value_as_number() as u64)
        });
        html! {
            <label key="seed" class="tunable">
                <span class="name" title="where random starts">{ "seed" }</span>
                <span class="value">{ seed }</span>
                <input
                    type="range" aria-label="seed" min="0" max={MOST_SEED.max(seed).to_string()} step="1"
                    value={seed.to_string()} disabled={!enabled} {oninput} onchange={settled.clone()}
                />
            </label>
        }
    };
    html! {
        <section class="tunables" aria-label="Tunables">
            if tunables.is_empty() && seed.is_none() {
                <p class="hint">
                    { "A number with a name becomes a slider here. Try " }<code>{ "WORKERS = 6" }</code>{ "." }
                </p>
            }
            { for tunables.iter().enumerate().map(slider) }
            { for seed.map(seed_slider) }
        </section>
    }
}

/// A number as a slider and a person write it.
fn number(value: f64) -> String {
    // What a step of 0.1 adds up to is not always what it says.
    let rounded = (value * 1e6).round() / 1e6;
    rounded.to_string()
}
