//! Blocking calls: while one lasts, nobody runs, so it goes through all lanes.

use super::window::View;
use crate::decimal;
use crate::draw::history::History;
use crate::draw::lane::Block;

/// Bands are drawn at least this wide, in pixels.
const LEAST_WIDTH: f64 = 3.0;
/// How wide a letter above the lanes is taken to be, in pixels.
const LETTER: f64 = 6.0;
/// A text begins so far from its band's edge, where the playhead's knob may stand, in pixels.
const BESIDE: f64 = 8.0;
/// What reaches no further than this beyond the band before it is not drawn, in pixels.
const LEAST_DISTANCE: f64 = 1.0;

/// A blocking call in the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockBand {
    pub x: f64,
    pub width: f64,
    /// Who blocks, and for how long, as far as there is room for it.
    pub text: String,
    pub text_x: f64,
}

impl BlockBand {
    /// Where its text ends.
    pub fn text_end(&self) -> f64 {
        self.text_x + width_of(&self.text)
    }
}

/// Who made a blocking call, and which: `worker 1: time.sleep(2)`.
pub fn block_text(history: &History, block: &Block) -> String {
    let who = block.task.map_or("a callback", |task| &*history.lanes[task.0 as usize].label);
    format!("{who}: time.sleep({})", plain(block.to - block.from))
}

/// A duration without what counting in binary adds to it.
fn plain(seconds: f64) -> String {
    let text = decimal::fixed(seconds, 6);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Where the blocking calls of a loop stand that can be seen.
pub fn bands(history: &History, view: &View) -> Vec<BlockBand> {
    let (first, last) = view.steps(history);
    let mut bands: Vec<BlockBand> = Vec::new();
    let mut reached = f64::NEG_INFINITY;
    let begin = history.blocks.partition_point(|block| block.step < first);
    for block in history.blocks[begin..].iter().take_while(|block| block.step <= last) {
        let (from, to) = match view.window.scale {
            super::Scale::Seconds => (block.from, block.to),
            super::Scale::Steps => (f64::from(block.step), f64::from(block.step + 1)),
        };
        let left = view.x(from).max(0.0);
        let right = view.x(to).min(view.width).max(left + LEAST_WIDTH);
        if right < 0.0 || left > view.width || right < reached + LEAST_DISTANCE {
            continue;
        }
        reached = right;
        let mut band = BlockBand { x: left, width: right - left, text: String::new(), text_x: left };
        let free = bands.iter().map(BlockBand::text_end).fold(0.0, f64::max) + if bands.is_empty() { 0.0 } else { 8.0 };
        let who = block_text(history, block);
        for text in [format!("blocked by {who}"), who, "blocked".to_owned()] {
            let x = (left + BESIDE).min(view.width - width_of(&text));
            if x >= free {
                (band.text, band.text_x) = (text, x);
                break;
            }
        }
        bands.push(band);
    }
    bands
}

fn width_of(text: &str) -> f64 {
    text.chars().count() as f64 * LETTER
}
