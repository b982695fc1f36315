//! The sliders: each is a literal of the program.

use crate::decimal::plain;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::html::{element, keyed, raw, text};
use super::page::Message;
use crate::lab::{Tunable, TunableKind};

/// Seeds offered by the slider.
const MOST_SEED: u64 = 20;

/// The sliders. `enabled`: whether the text is a program, so that a slider could change it; `seed`: where `random`
/// starts, for a program that uses it.
pub fn sliders(send: &Callback<Message>, tunables: &[Tunable], enabled: bool, seed: Option<u64>) -> Html {
    let mut sliders: Vec<Html> = Vec::new();
    if tunables.is_empty() && seed.is_none() {
        sliders.push(raw(
            "<p class=\"hint\">A number with a name becomes a slider here. Try <code>WORKERS = 6</code>.</p>",
        ));
    }
    for (index, tunable) in tunables.iter().enumerate() {
        let slider = Slider {
            name: &tunable.name,
            title: format!("line {}", tunable.line),
            ends: (tunable.minimum, tunable.maximum, tunable.step),
            value: tunable.value,
            unit: if tunable.kind == TunableKind::Duration { " s" } else { "" },
            enabled,
        };
        sliders.push(slider.view(send, send.reform(move |value| Message::Tuned(index, value))));
    }
    if let Some(seed) = seed {
        let slider = Slider {
            name: "seed",
            title: "where random starts".to_owned(),
            ends: (0.0, MOST_SEED.max(seed) as f64, 1.0),
            value: seed as f64,
            unit: "",
            enabled,
        };
        sliders.push(slider.view(send, send.reform(|value| Message::Seeded(value as u64))));
    }
    element("section", &[("class", "tunables"), ("aria-label", "Tunables")], sliders)
}

struct Slider<'a> {
    name: &'a str,
    title: String,
    /// Its least and its greatest value, and the distance between two.
    ends: (f64, f64, f64),
    value: f64,
    unit: &'static str,
    enabled: bool,
}

impl Slider<'_> {
    fn view(self, send: &Callback<Message>, moved: Callback<f64>) -> Html {
        let written = number(self.value);
        let shown = format!("{written}{}", self.unit);
        let oninput =
            moved.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value_as_number());
        let onchange = send.reform(|_| Message::Settled);
        let input = html! {
            <input
                type="range"
                aria-label={self.name.to_owned()}
                aria-valuetext={shown.clone()}
                min={number(self.ends.0)}
                max={number(self.ends.1)}
                step={number(self.ends.2)}
                value={written}
                disabled={!self.enabled}
                {oninput}
                {onchange}
            />
        };
        let children = vec![
            element("span", &[("class", "name"), ("title", &self.title)], vec![text(self.name)]),
            element("span", &[("class", "value")], vec![text(&shown)]),
            input,
        ];
        keyed(self.name.to_owned(), "label", &[("class", "tunable")], children)
    }
}

/// A number as a slider and a person write it.
fn number(value: f64) -> String {
    // What a step of 0.1 adds up to is not always what it says.
    let rounded = (value * 1e6).round() / 1e6;
    plain(rounded)
}
