//! The picture of a timeline as SVG. A style sheet gives each class and each task's colour (`c0` and so on) their looks.

use super::legend::{KEY_HEIGHT, KEY_WIDTH, Key, NOBODY};
use super::path::Path;
use super::window::Tick;
use super::{Band, Lanes, Look, Picture, PictureBody};
use crate::decimal;

/// Above the lanes, for the texts that say where the clock moves, in pixels.
pub const ABOVE: i32 = 16;
/// Below the lanes, for the texts of the ticks, in pixels.
pub const BELOW: i32 = 20;

impl Picture {
    /// The picture without the playhead, as an `<svg>` element that needs the patterns of [`pattern_svg`] beside it. It
    /// is as high as the view, [`ABOVE`] and [`BELOW`].
    pub fn svg(&self) -> String {
        let mut svg = String::from("<svg class=\"drawing\" aria-hidden=\"true\">");
        self.write(&mut svg);
        svg += "</svg>";
        svg
    }

    /// Everything but the patterns, from the left upper corner on.
    pub fn write(&self, svg: &mut String) {
        let bottom = f64::from(ABOVE) + self.view.height;
        *svg += "<g class=\"ticks\">";
        rulers(svg, "ruler", &self.ticks, bottom, bottom + 15.0);
        *svg += "</g><g class=\"ticks clock-marks\">";
        rulers(svg, "ruler", &self.clock_marks, bottom, 11.0);
        // Lanes that are scrolled do not reach beyond their place, but marks at the edges may, a little.
        let [width, height] = [self.view.width + 11.0, self.view.height].map(|length| decimal::fixed(length, 1));
        *svg += &format!("</g><svg x=\"-2\" y=\"{ABOVE}\" width=\"");
        push(svg, &[&width, "\" height=\"", &height, "\"><g transform=\"translate(2)\">"]);
        if let PictureBody::Density(density) = &self.body {
            for (band, shape) in &density.bands {
                path(svg, &["band ", band.class()], "", shape);
            }
        }
        let mut blocked = Path::default();
        for band in &self.blocks {
            blocked.rectangle(band.x, 0.0, band.width, self.view.height);
        }
        if !blocked.is_empty() {
            path(svg, &["blocked"], "url(#blocked)", &blocked.into_string());
        }
        if let PictureBody::Lanes(lanes) = &self.body {
            self.lanes(svg, lanes);
        }
        *svg += "</g></svg>";
        for band in self.blocks.iter().filter(|band| !band.text.is_empty()) {
            text(svg, "blocking", band.text_x, 11.0, &band.text);
        }
        if !self.interventions.is_empty() {
            let tick = |(x, what): &(f64, crate::trace::Text)| Tick { x: *x, text: what.to_string() };
            let ticks: Vec<Tick> = self.interventions.iter().map(tick).collect();
            *svg += "<g class=\"ticks clock-marks\">";
            rulers(svg, "intervention", &ticks, bottom, 11.0);
            *svg += "</g>";
        }
    }

    fn lanes(&self, svg: &mut String, lanes: &Lanes) {
        for layer in &lanes.layers {
            layer_path(svg, layer.look, layer.colour, &layer.path);
        }
        for bar in &lanes.texts {
            text(svg, if bar.on_colour { "on-bar" } else { "on-line" }, bar.x, bar.y, &bar.text);
        }
        if !lanes.arrows.is_empty() {
            path(svg, &["arrows"], "", &lanes.arrows);
        }
    }
}

/// The hatchings as an `<svg>` element that takes no room.
pub fn pattern_svg() -> String {
    let mut svg = String::from("<svg class=\"drawing patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
    patterns(&mut svg);
    svg + "</svg>"
}

/// The hatchings: of those who wait in line, for each colour, and of a blocking call.
pub fn patterns(svg: &mut String) {
    *svg += "<defs>";
    for colour in 0..=NOBODY {
        *svg += &format!(
            "<pattern id=\"hatch{colour}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(45)\"><path class=\"ground\" d=\"M0 0h6v6h-6z\"/>\
             <path class=\"c{colour}\" d=\"M0 0h2.4v6h-2.4z\"/></pattern>"
        );
    }
    *svg += "<pattern id=\"blocked\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" \
             patternTransform=\"rotate(-45)\"><path class=\"blocked-line\" d=\"M0 0h3v8h-3z\"/></pattern></defs>";
}

/// A shape of the legend as an `<svg>` element of its own.
pub fn key_svg(key: Key) -> String {
    let mut svg = format!("<svg class=\"drawing\" width=\"{KEY_WIDTH}\" height=\"{KEY_HEIGHT}\" aria-hidden=\"true\">");
    write_key(&mut svg, key, 0.0, 0.0);
    svg + "</svg>"
}

/// A shape of the legend with its left upper corner at a point.
pub fn write_key(svg: &mut String, key: Key, x: f64, y: f64) {
    let (class, shape) = key.shape(x, y);
    match key {
        Key::Bar(look) => layer_path(svg, look, NOBODY, &shape),
        Key::Blocked => path(svg, &[class], "url(#blocked)", &shape),
        _ => path(svg, &[class], "", &shape),
    }
}

impl Band {
    /// Its name in a style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::InLine => "band-in-line",
            Self::Waits => "band-waits",
            Self::Sleeps => "band-sleeps",
            Self::Ready => "band-ready",
            Self::Finished => "band-finished",
        }
    }
}

/// Adds a text so that exactly that text is read.
pub fn push_escaped(svg: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => svg.push_str("&amp;"),
            '<' => svg.push_str("&lt;"),
            '>' => svg.push_str("&gt;"),
            '"' => svg.push_str("&quot;"),
            // SVG can have no other of these.
            '\0'..'\t' | '\u{b}' | '\u{c}' | '\u{e}'..' ' | '\u{fffe}' | '\u{ffff}' => svg.push('\u{fffd}'),
            _ => svg.push(letter),
        }
    }
}

/// A text whose foot is at a height.
pub fn text(svg: &mut String, class: &str, x: f64, y: f64, words: &str) {
    let (x, y) = (decimal::fixed(x, 1), decimal::fixed(y, 1));
    push(svg, &["<text class=\"", class, "\" x=\"", &x, "\" y=\"", &y, "\">"]);
    push_escaped(svg, words);
    *svg += "</text>";
}

pub fn push(svg: &mut String, parts: &[&str]) {
    for part in parts {
        svg.push_str(part);
    }
}

/// Lines from top to bottom, each with a text whose foot is at `foot`.
fn rulers(svg: &mut String, class: &str, ticks: &[Tick], bottom: f64, foot: f64) {
    if ticks.is_empty() {
        return;
    }
    let mut lines = Path::default();
    for tick in ticks {
        lines.move_to(tick.x, ABOVE.into());
        lines.line_to(tick.x, bottom);
    }
    path(svg, &[class], "", &lines.into_string());
    for tick in ticks {
        text(svg, "tick", tick.x, foot, &tick.text);
    }
}

fn layer_path(svg: &mut String, look: Look, colour: u32, shape: &str) {
    match look {
        Look::InLine => path(svg, &[look.name()], &format!("url(#hatch{colour})"), shape),
        _ => path(svg, &[look.name(), " c", &colour.to_string()], "", shape),
    }
}

fn path(svg: &mut String, class: &[&str], fill: &str, shape: &str) {
    *svg += "<path class=\"";
    push(svg, class);
    if !fill.is_empty() {
        push(svg, &["\" fill=\"", fill]);
    }
    push(svg, &["\" d=\"", shape, "\"/>"]);
}
