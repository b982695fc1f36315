//! The sliders: each is a literal of the program.

use yew::prelude::{Callback, Html};
use yew::virtual_dom::VTag;

use super::html::{element, input, keyed, listen, raw, tag, text, words};
use super::page::Message;
use crate::decimal;
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
            title: &format!("line {}", tunable.line),
            ends: (tunable.minimum, tunable.maximum, tunable.step),
            value: tunable.value,
            unit: if tunable.kind == TunableKind::Duration { " s" } else { "" },
            enabled,
        };
        sliders.push(slider.view(send, Some(index)));
    }
    if let Some(seed) = seed {
        let slider = Slider {
            name: "seed",
            title: "where random starts",
            ends: (0.0, MOST_SEED.max(seed) as f64, 1.0),
            value: seed as f64,
            unit: "",
            enabled,
        };
        sliders.push(slider.view(send, None));
    }
    element("section", &["class", "aria-label"], &["tunables", "Tunables"], sliders)
}

struct Slider<'a> {
    name: &'a str,
    title: &'a str,
    /// Its least and its greatest value, and the distance between two.
    ends: (f64, f64, f64),
    value: f64,
    unit: &'static str,
    enabled: bool,
}

impl Slider<'_> {
    /// `index` is the tunable's place in the list; the seed has none.
    fn view(self, send: &Callback<Message>, index: Option<usize>) -> Html {
        let mut slider = self.tag();
        listen(&mut slider, "input", send, move |event| {
            let value = input(&event).value_as_number();
            Some(index.map_or(Message::Seeded(value as u64), |index| Message::Tuned(index, value)))
        });
        listen(&mut slider, "change", send, |_| Some(Message::Settled));
        let children = vec![
            element("span", &["class", "title"], &["name", self.title], vec![text(self.name)]),
            words("span", "value", &self.shown()),
            slider.into(),
        ];
        keyed(self.name.to_owned(), "label", &["class"], &["tunable"], children)
    }

    fn tag(&self) -> VTag {
        let names = &["type", "aria-label", "aria-valuetext", "min", "max", "step", "disabled"];
        let (least, most, step) = self.ends;
        let disabled = if self.enabled { "" } else { "disabled" };
        let values = &["range", self.name, &self.shown(), &number(least), &number(most), &number(step), disabled];
        let mut slider = tag("input", names, values, vec![]);
        slider.set_value(Some(number(self.value)));
        slider
    }

    fn shown(&self) -> String {
        number(self.value) + self.unit
    }
}

/// A number as a slider and a person write it.
fn number(value: f64) -> String {
    // What a step of 0.1 adds up to is not always what it says.
    decimal::plain((value * 1e6).round() / 1e6)
}
