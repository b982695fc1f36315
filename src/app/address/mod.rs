//! What the page's address asks for, and the address that asks for something.
//!
//! A program of somebody's own is in the fragment, which a browser never sends to a server:
//! `#program=DATA&v=1&seed=7&step=9`. Whatever stands in the query may stand in the fragment as well.

mod data;
#[cfg(test)]
mod tests;

pub use data::{packed, unpacked};

use super::demos::{DEFAULT, Demo, demo};
use super::transport::SPEEDS;
use crate::decimal;

/// The form in which this version writes programs. One that writes them otherwise has a greater number, so that this one
/// does not misread them.
const VERSION: &str = "1";

/// No address that this page writes is nearly as long, in bytes: what is longer is not read.
const LONGEST: usize = 400_000;
/// An address sets no more tunables than this.
const MOST_TUNED: usize = 60;
/// More complaints would hide the page, and nobody reads longer ones, in letters.
const MOST_COMPLAINTS: usize = 5;
const LONGEST_COMPLAINT: usize = 300;

/// How the page looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

impl Theme {
    /// Its name in addresses and in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Auto, Self::Light, Self::Dark].into_iter().find(|theme| theme.name() == name)
    }
}

/// What an address asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// The demo it names, if it names one.
    pub demo: Option<&'static Demo>,
    /// The program that it holds itself, [packed]; it goes before a demo.
    pub program: Option<String>,
    /// The tunables that the address sets, as long as nobody knows the text they are of: whatever else it sets.
    pub tuned: Vec<(String, String)>,
    pub seed: u64,
    pub speed: f64,
    pub theme: Option<Theme>,
    pub autoplay: bool,
    pub step: u32,
    /// Whether the page is to be in its compact form, for a frame.
    pub embed: bool,
    /// What could not be made sense of, as sentences.
    pub complaints: Vec<String>,
}

impl Address {
    /// The address of a demo, if it is one, and of nothing else.
    pub fn of(demo: Option<&'static Demo>) -> Self {
        Self {
            demo,
            program: None,
            tuned: Vec::new(),
            seed: 0,
            speed: 1.0,
            theme: None,
            autoplay: false,
            step: 0,
            embed: false,
            complaints: Vec::new(),
        }
    }

    /// The address of a demo with some of its tunables set.
    pub fn tuned(demo: &'static Demo, tuned: &[(String, String)], seed: u64) -> Self {
        Self { tuned: tuned.to_vec(), seed, ..Self::of(Some(demo)) }
    }

    /// Reads an address: its parts from the question mark and from the hash sign on.
    pub fn read(search: &str, fragment: &str) -> Self {
        let mut address = Self::of(None);
        let mut is_later = false;
        for part in [search.trim_start_matches('?'), fragment.trim_start_matches('#')] {
            if part.len() > LONGEST {
                address.complain("This address is too long to be read.".to_owned());
                continue;
            }
            for pair in part.split('&') {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                match name {
                    "" => {}
                    "v" if value == VERSION => {}
                    "v" => is_later = true,
                    _ => address.take(decoded(name), decoded(value)),
                }
            }
        }
        if is_later && address.program.is_some() {
            address = Self { complaints: address.complaints, ..Self::of(None) };
            address.complain(
                "This address was written by a later version of Signalbox; this is the default demo. Reload the page \
                 to get that version."
                    .to_owned(),
            );
        }
        address
    }

    fn take(&mut self, name: String, value: String) {
        let understood = match name.as_str() {
            "demo" => {
                self.demo = demo(&value);
                if self.demo.is_none() {
                    self.complain(["There is no demo named “", &value, "”; this is the default one."].concat());
                }
                true
            }
            "program" => {
                self.program = Some(value);
                return;
            }
            "seed" => value.parse().map(|seed| self.seed = seed).is_ok(),
            "step" => value.parse().map(|step| self.step = step).is_ok(),
            "speed" => match value.parse() {
                Ok(speed) if SPEEDS.contains(&speed) => {
                    self.speed = speed;
                    true
                }
                _ => false,
            },
            "theme" => {
                self.theme = Theme::named(&value);
                self.theme.is_some()
            }
            "autoplay" => {
                self.autoplay = value == "1";
                value == "1" || value == "0"
            }
            "embed" => {
                self.embed = value == "1";
                value == "1" || value == "0"
            }
            _ if self.tuned.len() < MOST_TUNED => {
                self.tuned.push((name, value));
                return;
            }
            _ => false,
        };
        if !understood {
            self.complain(["The address says ", &name, "=", &value, ", which makes no sense here."].concat());
        }
    }

    /// Notes what could not be made sense of.
    pub fn complain(&mut self, mut complaint: String) {
        if self.complaints.len() >= MOST_COMPLAINTS {
            return;
        }
        if let Some((end, _)) = complaint.char_indices().nth(LONGEST_COMPLAINT) {
            complaint.truncate(end);
            complaint.push('…');
        }
        self.complaints.push(complaint);
    }

    /// A text with the tunables that the address sets. Those that it cannot set become complaints.
    pub fn tune(&mut self, mut text: String) -> String {
        for (name, value) in std::mem::take(&mut self.tuned) {
            match crate::lab::with_named_value(&text, &name, &value) {
                Ok((tuned, name)) => {
                    text = tuned;
                    self.tuned.push((name, value));
                }
                Err(reason) => self.complain([&name, "=", &value, ": ", &reason, "."].concat()),
            }
        }
        text
    }

    /// The address, from its question mark or its hash sign on. [`Self::read`] gives back the same, unless a tunable has
    /// the name of something else that addresses say.
    pub fn write(&self) -> String {
        let embed = if self.embed { "?embed=1" } else { "" };
        let mut address = match &self.program {
            Some(program) => [embed, "#program=", program, "&v=", VERSION].concat(),
            None => [embed, if self.embed { "&" } else { "?" }, "demo=", self.demo.unwrap_or(DEFAULT).slug].concat(),
        };
        let mut add = |name: &str, value: &str| {
            let encoded = |text| String::from(js_sys::encode_uri_component(text));
            address += &["&", &encoded(name), "=", &encoded(value)].concat();
        };
        for (name, value) in &self.tuned {
            add(name, value);
        }
        if self.seed != 0 {
            add("seed", &self.seed.to_string());
        }
        if self.speed != 1.0 {
            add("speed", &decimal::plain(self.speed));
        }
        if let Some(theme) = self.theme {
            add("theme", theme.name());
        }
        if self.autoplay {
            add("autoplay", "1");
        }
        if self.step != 0 {
            add("step", &self.step.to_string());
        }
        address
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    js_sys::decode_uri_component(&text).map_or(text, String::from)
}
