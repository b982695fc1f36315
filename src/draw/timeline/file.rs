//! The timeline as a picture that stands for itself: where no script runs, in a README or on paper.

use super::density::{Band, density_counts};
use super::legend::{KEY_HEIGHT, KEY_WIDTH, Key, legend};
use super::svg::{patterns, push, push_escaped, text, write_key};
use super::window::{Scale, View, Window};
use super::{ABOVE, BELOW, GAP, MOST_LANES, Picture, PictureBody};
use crate::decimal;
use crate::draw::history::History;
use crate::draw::mark::{COLOURS, colour};
use crate::trace::TaskId;
use crate::trace::words::{count, counted, seconds};

/// All sizes are in pixels.
const WIDTH: f64 = 900.0;
const AROUND: f64 = 20.0;
/// Beside the plot, where the text of a tick may reach.
const RIGHT: f64 = 28.0;
const HEAD: f64 = 62.0;
const LANE: f64 = 28.0;
const LEAST_HEIGHT: f64 = 60.0;
const DENSITY_HEIGHT: f64 = 220.0;
/// How wide letters of labels and of the legend are taken to be.
const LABEL_LETTER: f64 = 7.2;
const LEGEND_LETTER: f64 = 6.4;
/// Longer labels are cut off, by characters.
const LONGEST_LABEL: usize = 22;
const LEGEND_LINE: f64 = 20.0;
/// A picture should not be larger than this, in bytes: marks are drawn as one from further apart until it is not.
const LARGEST: usize = 92_000;
const MOST_GAP: f64 = 30.0;

/// In which shades a picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shades {
    /// As who looks at it prefers.
    #[default]
    Preferred,
    Light,
    Dark,
}

/// What is said in a picture besides the run.
#[derive(Clone, Debug, Default)]
pub struct Drawing<'a> {
    pub title: &'a str,
    /// What else there is to say, such as how the run ended.
    pub remark: &'a str,
    pub shades: Shades,
}

/// The timeline of a run as a self-contained SVG file.
pub fn draw(history: &History, drawing: &Drawing) -> String {
    let mut gap = GAP;
    loop {
        let svg = draw_with_gap(history, drawing, gap);
        if svg.len() < LARGEST || gap > MOST_GAP {
            return svg;
        }
        gap *= 2.5;
    }
}

fn draw_with_gap(history: &History, drawing: &Drawing, gap: f64) -> String {
    let has_lanes = history.tasks() <= MOST_LANES;
    let labels: Vec<String> = history.lanes.iter().take(MOST_LANES).map(|lane| shortened(&lane.label)).collect();
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let left = AROUND + if has_lanes { 30.0 + longest as f64 * LABEL_LETTER } else { 84.0 };
    let lanes_height = (labels.len() as f64 * LANE + 6.0).max(LEAST_HEIGHT);
    let height = if has_lanes { lanes_height } else { DENSITY_HEIGHT };
    let scale = Scale::best(history);
    let window = Window::new(history, scale, 0, false);
    let view = View { window, width: WIDTH - left - RIGHT, height, top: 0.0, has_lanes };
    let picture = Picture::with_gap(history, view, gap);

    let mut body = String::new();
    patterns(&mut body);
    let legend_top = HEAD + f64::from(ABOVE + BELOW) + height + 14.0;
    let mut below = String::new();
    let legend_height = write_legend(&mut below, history, has_lanes, legend_top);
    let whole = legend_top + legend_height + 8.0;
    rectangle(&mut body, 0.5, whole);
    text(&mut body, "title", AROUND, 32.0, drawing.title);
    text(&mut body, "soft", AROUND, 51.0, &summary(history, drawing.remark));
    let at = |x: f64, y: f64| format!("<g transform=\"translate({} {})\">", decimal::fixed(x, 1), decimal::fixed(y, 1));
    body += &at(left, HEAD);
    picture.write(&mut body);
    body += "</g>";
    if let PictureBody::Lanes(lanes) = &picture.body {
        for (number, label) in labels.iter().enumerate() {
            let middle = HEAD + f64::from(ABOVE) + (number as f64 + 0.5) * lanes.pitch;
            let shade = colour(TaskId(number as u32)).to_string();
            let (x, y) = (decimal::fixed(AROUND, 1), decimal::fixed(middle - 4.0, 1));
            push(&mut body, &["<rect class=\"c", &shade, "\" x=\"", &x, "\" y=\"", &y]);
            body += "\" width=\"8\" height=\"8\" rx=\"2.5\"/>";
            text(&mut body, "label", AROUND + 16.0, middle + 4.0, label);
        }
    } else {
        let top = HEAD + f64::from(ABOVE);
        text(&mut body, "soft", AROUND, top + 12.0, &counted(history.tasks(), "task"));
        text(&mut body, "soft", AROUND, top + height, "0");
    }
    body += &below;

    let (width, height) = (decimal::fixed(WIDTH, 0), decimal::fixed(whole.ceil(), 0));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\"><title>"
    );
    push_escaped(&mut svg, drawing.title);
    svg += "</title><style>";
    svg += &style(drawing.shades);
    svg += "</style>";
    svg + &body + "</svg>\n"
}

fn rectangle(svg: &mut String, inset: f64, whole: f64) {
    let [width, height] = [WIDTH, whole.ceil()].map(|size| decimal::fixed(size - 2.0 * inset, 1));
    let inset = decimal::fixed(inset, 1);
    push(svg, &["<rect class=\"sheet\" x=\"", &inset, "\" y=\"", &inset, "\" width=\"", &width]);
    push(svg, &["\" height=\"", &height, "\" rx=\"10\"/>"]);
}

fn shortened(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    label.chars().take(LONGEST_LABEL - 1).chain(['…']).collect()
}

fn summary(history: &History, remark: &str) -> String {
    let tasks = counted(history.tasks(), "task");
    let steps = counted(history.steps() as usize, "step");
    let whole = format!("{tasks}, {steps}, {}", seconds(history.duration()));
    if remark.is_empty() { whole } else { format!("{whole}: {remark}") }
}

/// Writes what the shapes mean, in as many lines as it takes; how high that is.
fn write_legend(svg: &mut String, history: &History, has_lanes: bool, top: f64) -> f64 {
    let (mut x, mut y) = (AROUND, top);
    let mut place = |name: &str| {
        let width = KEY_WIDTH + 7.0 + name.chars().count() as f64 * LEGEND_LETTER + 18.0;
        if x > AROUND && x + width > WIDTH - AROUND + 18.0 {
            (x, y) = (AROUND, y + LEGEND_LINE);
        }
        let found = (x, y);
        x += width;
        found
    };
    let mut last = top;
    if has_lanes {
        for key in legend(history) {
            let (x, y) = place(key.name());
            write_key(svg, key, x, y);
            text(svg, "soft", x + KEY_WIDTH + 7.0, y + 10.0, key.name());
            last = y;
        }
        return last - top + LEGEND_LINE;
    }
    for band in Band::ALL {
        let most = (0..=history.steps()).map(|step| counted_in(history, step, band)).max().unwrap_or(0);
        if most == 0 {
            continue;
        }
        let name = format!("{} (up to {})", band.name(), count(most as usize));
        let (x, y) = place(&name);
        let corner = [x + 4.0, y].map(|value| decimal::fixed(value, 1));
        push(svg, &["<rect class=\"", band.class(), "\" x=\"", &corner[0], "\" y=\"", &corner[1]]);
        push(svg, &["\" width=\"12\" height=\"", &decimal::fixed(KEY_HEIGHT, 0), "\" rx=\"3\"/>"]);
        text(svg, "soft", x + KEY_WIDTH + 7.0, y + 10.0, &name);
        last = y;
    }
    if !history.blocks.is_empty() {
        let (x, y) = place(Key::Blocked.name());
        write_key(svg, Key::Blocked, x, y);
        text(svg, "soft", x + KEY_WIDTH + 7.0, y + 10.0, Key::Blocked.name());
        last = y;
    }
    last - top + LEGEND_LINE
}

fn counted_in(history: &History, step: u32, band: Band) -> u32 {
    density_counts(history, step).iter().find(|(found, _)| *found == band).map_or(0, |(_, count)| *count)
}

/// The colours of one theme. They are the page's own: a test compares them with its style sheet.
struct Theme {
    ground: &'static str,
    line: &'static str,
    edge: &'static str,
    ink: &'static str,
    soft: &'static str,
    bad: &'static str,
    on_task: &'static str,
    tasks: [&'static str; COLOURS as usize + 1],
    bands: [&'static str; 5],
}

const LIGHT: Theme = Theme {
    ground: "#ffffff",
    line: "#dfe3ea",
    edge: "#c6cdd8",
    ink: "#19212d",
    soft: "#586374",
    bad: "#b3261e",
    on_task: "#ffffff",
    tasks: ["#4a5666", "#0068a8", "#bb4d00", "#00775a", "#9c3a83", "#7b6200", "#5a4fc4", "#a8324e", "#0b7285"],
    bands: ["#e8a36c", "#4a5666", "#a9a2e6", "#6d96ee", "#dde2ea"],
};

const DARK: Theme = Theme {
    ground: "#171c24",
    line: "#2a323e",
    edge: "#3c4655",
    ink: "#e4e9f0",
    soft: "#98a4b5",
    bad: "#ff8a80",
    on_task: "#10151c",
    tasks: ["#aab5c4", "#5db7ef", "#f5954f", "#3fc79a", "#e08bcb", "#d6b83f", "#aba2ff", "#f58aa0", "#56c8d8"],
    bands: ["#b86f3a", "#aab5c4", "#5f56b0", "#4a78d8", "#2c3541"],
};

/// What does not depend on the theme. Colours are written out rather than kept in variables, which what prints
/// pictures on paper often does not know.
const STYLE: &str = "text{font:12px system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}\
    text.title{font-size:16px;font-weight:600}\
    text.tick{font-size:11px;text-anchor:middle}.clock-marks text.tick{text-anchor:start}\
    text.blocking{font-size:11px;font-weight:600}text.on-bar,text.on-line{font-size:10.5px;font-weight:600}\
    text.on-line{stroke-width:3px;stroke-linejoin:round;paint-order:stroke}\
    .ready{opacity:.35}.waits{opacity:.3}.sleeps{opacity:.75}.blocked-line{opacity:.4}.runs{opacity:.8}\
    .inside{stroke-width:1.5px}.ruler,.end,.arrows,.intervention{fill:none}\
    .arrows{stroke-width:1.2px;opacity:.55}.end{stroke-width:1.8px}.intervention{stroke-dasharray:4 3}\
    .end,.arrows{stroke-linecap:round;stroke-linejoin:round}.clock-marks .ruler{stroke-dasharray:2 3}";

fn style(shades: Shades) -> String {
    let mut style = STYLE.to_owned();
    rules(&mut style, if shades == Shades::Dark { &DARK } else { &LIGHT });
    if shades == Shades::Preferred {
        style += "@media(prefers-color-scheme:dark){";
        rules(&mut style, &DARK);
        style += "}";
    }
    style
}

fn rules(style: &mut String, theme: &Theme) {
    let Theme { ground, line, edge, ink, soft, bad, on_task, tasks, bands } = theme;
    for (number, colour) in tasks.iter().chain([soft]).enumerate() {
        *style += &format!(".c{number}{{fill:{colour}}}");
    }
    for (band, colour) in Band::ALL.iter().zip(bands) {
        push(style, &[".", band.class(), "{fill:", colour, "}"]);
    }
    let rules = [
        (".ground", "fill", ground),
        (".sheet", "fill", ground),
        (".sheet", "stroke", line),
        ("text", "fill", ink),
        ("text.soft,text.tick", "fill", soft),
        ("text.blocking,.blocked-line", "fill", bad),
        ("text.on-bar", "fill", on_task),
        ("text.on-line", "stroke", ground),
        (".runs", "fill", ink),
        (".end,.arrows", "stroke", ink),
        (".end.cancelled", "stroke", soft),
        (".end.failed,.intervention", "stroke", bad),
        (".inside", "stroke", ground),
        (".ruler", "stroke", line),
        (".clock-marks .ruler", "stroke", edge),
        (".end", "fill", &"none"),
    ];
    for (selector, property, value) in rules {
        push(style, &[selector, "{", property, ":", value, "}"]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_colours_are_those_of_the_page() {
        let page = include_str!("../../../static/style.css");
        let same = |name: &str, light: &str, dark: &str| {
            let rule = format!("--{name}: light-dark({light}, {dark});");
            assert!(page.contains(&rule), "{rule}");
        };
        same("panel", LIGHT.ground, DARK.ground);
        same("line", LIGHT.line, DARK.line);
        same("edge", LIGHT.edge, DARK.edge);
        same("ink", LIGHT.ink, DARK.ink);
        same("soft", LIGHT.soft, DARK.soft);
        same("bad", LIGHT.bad, DARK.bad);
        same("on-task", LIGHT.on_task, DARK.on_task);
        for (number, (light, dark)) in LIGHT.tasks.iter().zip(DARK.tasks).enumerate() {
            same(&format!("t{number}"), light, dark);
        }
        for (band, (light, dark)) in Band::ALL.iter().zip(LIGHT.bands.iter().zip(DARK.bands)) {
            if *band != Band::Waits {
                same(band.class(), light, dark);
            }
        }
    }
}
