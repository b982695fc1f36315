//! What the page's address asks for.

use super::demos::{Demo, demo};
use super::transport::SPEEDS;

/// How the page looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
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
#[derive(Clone)]
pub struct Address {
    /// The demo it names, if it names one.
    pub demo: Option<&'static Demo>,
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

    /// Reads the part of an address from its question mark on.
    pub fn read(search: &str) -> Self {
        let mut address = Self::of(None);
        let pairs: Vec<(String, String)> = search
            .trim_start_matches('?')
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decoded(name), decoded(value))
            })
            .collect();
        if let Some((_, slug)) = pairs.iter().find(|(name, _)| name == "demo") {
            address.demo = demo(slug);
            if address.demo.is_none() {
                address.complaints.push(format!("There is no demo named “{slug}”; this is the default one."));
            }
        }
        for (name, value) in pairs {
            address.take(name, value);
        }
        address
    }

    fn take(&mut self, name: String, value: String) {
        let understood = match name.as_str() {
            "demo" => true,
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
            _ => {
                self.tuned.push((name, value));
                return;
            }
        };
        if !understood {
            self.complaints.push(format!("The address says {name}={value}, which makes no sense here."));
        }
    }
}

impl Address {
    /// A text with the tunables that the address sets. Those that it cannot set become complaints.
    pub fn tune(&mut self, mut text: String) -> String {
        let complaints = &mut self.complaints;
        self.tuned.retain(|(name, value)| match crate::lab::with_named_value(&text, name, value) {
            Ok(tuned) => {
                text = tuned;
                true
            }
            Err(reason) => {
                complaints.push(format!("{name}={value}: {reason}."));
                false
            }
        });
        text
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    js_sys::decode_uri_component(&text).map_or(text, String::from)
}

/// The address of a demo with some of its tunables set.
pub fn of_demo(demo: &Demo, tuned: &[(String, String)], seed: u64) -> String {
    let mut address = format!("?demo={}", demo.slug);
    for (name, value) in tuned {
        address += &format!("&{}={value}", String::from(js_sys::encode_uri_component(name)));
    }
    if seed != 0 {
        address += &format!("&seed={seed}");
    }
    address
}
