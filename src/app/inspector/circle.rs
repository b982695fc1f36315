//! A deadlock as a picture: tasks and what they wait for, in a circle.

use crate::app::html::{push_text, tint};
use crate::draw::mark_text;
use crate::lab::circle_of;
use crate::trace::words::primitive_name;
use crate::trace::{Snapshot, TaskId};

/// A larger circle is told in words only.
const MOST_TASKS: usize = 5;
/// Half the height of a task's token, and half that of a primitive's name, in pixels.
const TOKEN: f64 = 12.0;
const NAME: f64 = 11.0;
/// How wide a letter of a primitive's name is, and how many letters it may have; and a letter of a token.
const LETTER: f64 = 7.0;
const LETTER_OF_TOKEN: f64 = 6.6;
const MOST_LETTERS: usize = 14;

struct Node {
    x: f64,
    y: f64,
    /// Half its width and half its height.
    size: (f64, f64),
}

/// The circle in which the tasks of a run wait for each other when it ends, as SVG; none if it ends otherwise.
pub fn circle(snapshot: &Snapshot) -> Option<String> {
    let links = circle_of(snapshot);
    if links.is_empty() || links.len() > MOST_TASKS {
        return None;
    }
    let mut labels = Vec::new();
    for link in &links {
        labels.push((mark_text(&snapshot.task(link.task).label), Some(link.task)));
        if let Some(primitive) = link.waits_for {
            let name = primitive_name(snapshot.primitive(primitive));
            let mut short: String = name.chars().take(MOST_LETTERS).collect();
            if short.len() < name.len() {
                short.push('…');
            }
            labels.push((short, None));
        }
    }
    let radii = if links.len() > 2 { (120.0, 50.0) } else { (110.0, 28.0) };
    let (width, height) = (2.0 * (radii.0 + 60.0), 2.0 * (radii.1 + 16.0));
    let mut nodes = Vec::new();
    for (position, (label, task)) in labels.iter().enumerate() {
        // From the left, with the clock.
        let angle = std::f64::consts::TAU * position as f64 / labels.len() as f64;
        let letters = label.chars().count() as f64;
        let size = match task {
            Some(_) => ((letters * LETTER_OF_TOKEN / 2.0 + 5.0).max(TOKEN), TOKEN),
            None => (letters * LETTER / 2.0 + 7.0, NAME),
        };
        nodes.push(Node { x: width / 2.0 - radii.0 * angle.cos(), y: height / 2.0 - radii.1 * angle.sin(), size });
    }
    let mut svg = format!(
        "<svg class=\"circle\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" aria-hidden=\"true\">",
        width as i32, height as i32
    );
    for (position, node) in nodes.iter().enumerate() {
        let next = &nodes[(position + 1) % nodes.len()];
        push_arrow(&mut svg, node, next, labels[position].1.is_some());
    }
    for (node, (label, task)) in nodes.iter().zip(&labels) {
        push_node(&mut svg, node, label, *task);
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// The edge of a node in the direction of another, a little apart.
fn edge(node: &Node, other: &Node) -> (f64, f64) {
    let (dx, dy) = (other.x - node.x, other.y - node.y);
    let (a, b) = (node.size.0 + 4.0, node.size.1 + 4.0);
    let part = 1.0 / ((dx / a) * (dx / a) + (dy / b) * (dy / b)).sqrt().max(0.001);
    (node.x + dx * part, node.y + dy * part)
}

/// Dashed where somebody waits, whole where something is held.
fn push_arrow(svg: &mut String, from: &Node, to: &Node, waits: bool) {
    let ((x, y), (end_x, end_y)) = (edge(from, to), edge(to, from));
    let (dx, dy) = (end_x - x, end_y - y);
    let length = (dx * dx + dy * dy).sqrt().max(0.001);
    let (ux, uy) = (dx / length * 6.0, dy / length * 6.0);
    let dashed = if waits { " stroke-dasharray=\"4 3\"" } else { "" };
    let [x, y, end_x, end_y, ux, uy] = [x, y, end_x, end_y, ux, uy].map(|number| (number * 10.0) as i32);
    // In tenths of a pixel, for whole numbers are short.
    *svg += &format!(
        "<g transform=\"scale(0.1)\"><path d=\"M{x} {y}L{end_x} {end_y}\"{}/><path d=\"M{} {}L{end_x} {end_y}L{} {}\"/></g>",
        dashed.replace("4 3", "40 30"),
        end_x - ux - uy * 6 / 10,
        end_y - uy + ux * 6 / 10,
        end_x - ux + uy * 6 / 10,
        end_y - uy - ux * 6 / 10,
    );
}

fn push_node(svg: &mut String, node: &Node, label: &str, task: Option<TaskId>) {
    let (x, y, half_width, half_height) = (node.x as i32, node.y as i32, node.size.0 as i32, node.size.1 as i32);
    let (class, radius) = task.map_or((String::new(), 6), |task| (["task ", tint(task)].concat(), 12));
    *svg += &format!(
        "<g class=\"{class}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{radius}\"/>\
         <text x=\"{x}\" y=\"{}\">",
        x - half_width,
        y - half_height,
        2 * half_width,
        2 * half_height,
        y + 4
    );
    push_text(svg, label);
    svg.push_str("</text></g>");
}
