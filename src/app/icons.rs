//! Small drawings on buttons.

use yew::prelude::Html;

use super::html::{element, raw};

/// A semaphore signal: the page's own sign.
pub fn logo() -> Html {
    raw("<svg width=\"26\" height=\"26\" viewBox=\"0 0 26 26\" aria-hidden=\"true\">\
         <rect x=\"11\" y=\"3\" width=\"4\" height=\"21\" rx=\"1.5\" fill=\"var(--t0)\"/>\
         <rect x=\"3\" y=\"5\" width=\"17\" height=\"7\" rx=\"2\" fill=\"#d5382b\" transform=\"rotate(-18 13 8)\"/>\
         <rect x=\"5\" y=\"6.4\" width=\"3\" height=\"4.6\" fill=\"#fff\" transform=\"rotate(-18 13 8)\"/>\
         <circle cx=\"13\" cy=\"19\" r=\"3\" fill=\"#12a06f\"/></svg>")
}

fn icon(path: &str) -> Html {
    raw(format!(
        "<svg class=\"icon\" width=\"16\" height=\"16\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path d=\"{path}\"/></svg>"
    ))
}

pub fn play() -> Html {
    icon("M4 2.2v11.6a.8.8 0 0 0 1.2.7l9-5.8a.8.8 0 0 0 0-1.4l-9-5.8A.8.8 0 0 0 4 2.2z")
}

pub fn pause() -> Html {
    icon("M3.5 2h3v12h-3zM9.5 2h3v12h-3z")
}

pub fn restart() -> Html {
    icon(
        "M1 3h1.8v10H1zM9 3.6v8.8a.5.5 0 0 1-.8.4L3.4 8.4a.5.5 0 0 1 0-.8l4.8-4.4a.5.5 0 0 1 .8.4zM15 3.6v8.8a.5.5 0 0 1-.8.4L9.4 8.4a.5.5 0 0 1 0-.8l4.8-4.4a.5.5 0 0 1 .8.4z",
    )
}

pub fn step_forward() -> Html {
    icon("M11.4 3h1.9v10h-1.9zM3 3.4v9.2a.6.6 0 0 0 1 .4l5.5-4.6a.5.5 0 0 0 0-.8L4 3a.6.6 0 0 0-1 .4z")
}

pub fn step_back() -> Html {
    element("span", &["class"], &["turned"], vec![step_forward()])
}

pub fn theme() -> Html {
    icon("M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6v10.8a5.4 5.4 0 0 1 0-10.8z")
}

pub fn gallery() -> Html {
    icon("M1.5 2.5h5.6v4.6H1.5zM8.9 2.5h5.6v4.6H8.9zM1.5 8.9h5.6v4.6H1.5zM8.9 8.9h5.6v4.6H8.9z")
}

/// A signpost.
pub fn guide() -> Html {
    icon("M7.2 1h1.6v1.6H13l2 2-2 2H8.8v1.2H12v4H8.8V15H7.2v-3.2H3l-2-2 2-2h4.2V6.6H4v-4h3.2z")
}

pub fn keys() -> Html {
    icon(
        "M1 3h14v10H1zM2.6 4.6v6.8h10.8V4.6zM4 6h1.6v1.6H4zM7.2 6h1.6v1.6H7.2zM10.4 6H12v1.6h-1.6zM4.8 8.8h6.4v1.4H4.8z",
    )
}

pub fn share() -> Html {
    icon("M8 1l4 4-1.1 1.1L8.8 4v6.5H7.2V4L5.1 6.1 4 5zM2 8h1.6v5.4h8.8V8H14v7H2z")
}

pub fn embed() -> Html {
    icon("M5.2 3.6l1.1 1.1L3.1 8l3.2 3.3-1.1 1.1L.9 8zM10.8 3.6 15.1 8l-4.3 4.4-1.1-1.1L12.9 8 9.7 4.7z")
}

/// A timer is due.
pub fn clock() -> Html {
    icon(
        "M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1zm0 1.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 0 0 8 2.6zm-.8 1.6h1.5v3.6l2.4 2.4-1 1-2.9-2.9z",
    )
}

/// Something is done.
pub fn check() -> Html {
    icon("M13.6 3.2 15 4.6 6.4 13.2 1.2 8l1.4-1.4 3.8 3.8z")
}

/// The loop stops.
pub fn stop() -> Html {
    icon("M3 3h10v10H3z")
}

/// A function is called.
pub fn call() -> Html {
    icon("M5 2 3.6 3.4 8.2 8l-4.6 4.6L5 14l6-6z")
}
