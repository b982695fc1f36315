//! The picture of a timeline as SVG. Its style sheet gives each class and each task's colour their looks.

use super::path::Path;
use super::window::Tick;
use super::{Band, Look, Picture, PictureBody};
use crate::decimal;
use crate::draw::mark::COLOURS;

/// Above the lanes, for the texts that say where the clock moves, in pixels.
pub const ABOVE: i32 = 16;
/// Below the lanes, for the texts of the ticks, in pixels.
pub const BELOW: i32 = 20;

impl Picture {
    /// The picture without the playhead, as an `<svg>` element. It is as high as the view, [`ABOVE`] and [`BELOW`].
    pub fn svg(&self) -> String {
        let bottom = f64::from(ABOVE) + self.view.height;
        let mut svg = String::from("<svg class=\"drawing\" aria-hidden=\"true\"><defs>");
        for colour in 0..=COLOURS {
            // Hatchings for those who wait in line.
            svg += &format!(
                "<pattern id=\"hatch{colour}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" \
                 patternTransform=\"rotate(45)\"><rect width=\"2.4\" height=\"6\" style=\"fill:var(--t{colour})\"/>\
                 </pattern>"
            );
        }
        svg += "</defs><g class=\"ticks\">";
        rulers(&mut svg, &self.ticks, bottom, bottom + 15.0);
        svg += "</g><g class=\"ticks clock-marks\">";
        rulers(&mut svg, &self.clock_marks, bottom, 11.0);
        svg += &format!("</g><g transform=\"translate(0 {ABOVE})\">");
        match &self.body {
            PictureBody::Lanes(lanes) => {
                for layer in &lanes.layers {
                    let paint = match layer.look {
                        Look::InLine => format!("url(#hatch{})", layer.colour),
                        _ => format!("var(--t{})", layer.colour),
                    };
                    path(&mut svg, layer.look.name(), &paint, &layer.path);
                }
                path(&mut svg, "arrows", "none", &lanes.arrows);
            }
            PictureBody::Density(density) => {
                for (band, shape) in &density.bands {
                    path(&mut svg, "band", &format!("var(--{})", band.class()), shape);
                }
            }
        }
        svg += "</g></svg>";
        svg
    }
}

impl Band {
    /// Its name in the style sheet.
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

/// Lines from top to bottom, each with a text whose foot is at `text`.
fn rulers(svg: &mut String, ticks: &[Tick], bottom: f64, text: f64) {
    let mut lines = Path::default();
    let foot = decimal::plain(text);
    for tick in ticks {
        lines.move_to(tick.x, ABOVE.into());
        lines.line_to(tick.x, bottom);
        let x = decimal::fixed(tick.x, 1);
        for part in ["<text x=\"", &x, "\" y=\"", &foot, "\">", &tick.text, "</text>"] {
            svg.push_str(part);
        }
    }
    path(svg, "ruler", "none", &lines.into_string());
}

fn path(svg: &mut String, class: &str, paint: &str, shape: &str) {
    for part in ["<path class=\"", class, "\" style=\"--paint:", paint, "\" d=\"", shape, "\"/>"] {
        svg.push_str(part);
    }
}
