//! All demos, each with a small picture of its run: the page's own timeline of it.

use gloo_timers::future::TimeoutFuture;
use yew::prelude::{AttrValue, Callback, Html};

use super::browser::now;
use super::demos::{Demo, GROUPS, all};
use super::dialog;
use super::fetch::text_of;
use super::header::Choice;
use super::html::{element, listen, raw, tag, text, words};
use super::page::Message;
use crate::decimal;
use crate::draw::{ABOVE, History, MOST_LANES, Picture, Scale, View, Window, whole_height};
use crate::lab::{Program, Progress, Run, Settings};

/// How large a picture is drawn, in pixels; it is shown as large as there is room.
const SIZE: (f64, f64) = (240.0, 72.0);
/// Around a picture, for marks that stand at its edge, in pixels.
const MARGIN: f64 = 4.0;
/// What a picture shows of a run that does not end, in seconds.
const LONGEST: f64 = 8.0;
/// After so many milliseconds the page may paint.
const SLICE: f64 = 6.0;

/// Begins to draw all pictures, and tells of each when it is there. Gives back their places.
pub fn draw(send: &Callback<Message>) -> Vec<AttrValue> {
    let mut places = Vec::new();
    for (index, demo) in all().enumerate() {
        places.push(AttrValue::default());
        let send = send.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(picture) = picture(demo).await {
                send.emit(Message::Dialog(dialog::Message::Pictured(index, picture)));
            }
        });
    }
    places
}

async fn picture(demo: &'static Demo) -> Option<AttrValue> {
    let text = text_of(demo).await?;
    TimeoutFuture::new(0).await;
    let program = Program::compile(&text).ok()?;
    let mut run = Run::new(&program, &Settings { until: Some(LONGEST), ..Settings::default() });
    let mut begin = now();
    while run.turn() == Progress::More {
        if now() - begin > SLICE {
            TimeoutFuture::new(0).await;
            begin = now();
        }
    }
    let mut history = History::default();
    history.extend(&run.trace());
    let scale = if history.duration() > 0.0 { Scale::Seconds } else { Scale::Steps };
    let has_lanes = history.tasks() <= MOST_LANES;
    // Where lanes need more height than there is, all is drawn larger, and then shown smaller.
    let larger = if has_lanes { whole_height(history.tasks(), SIZE.1) / SIZE.1 } else { 1.0 };
    let (width, height) = (SIZE.0 * larger, SIZE.1 * larger);
    let view = View { window: Window::new(&history, scale, 0, false), width, height, top: 0.0, has_lanes };
    let mut svg = String::from("<svg class=\"picture\" aria-hidden=\"true\" viewBox=\"");
    let margin = MARGIN * larger;
    for number in [-margin, f64::from(ABOVE) - margin, width + 2.0 * margin, height + 2.0 * margin] {
        svg += &decimal::fixed(number, 1);
        svg.push(' ');
    }
    svg += "\">";
    svg += &Picture::new(&history, view).svg();
    svg += "</svg>";
    Some(svg.into())
}

/// The gallery; `current` is the demo that is open.
pub fn gallery(send: &Callback<Message>, current: Option<&'static Demo>, pictures: &[AttrValue]) -> Html {
    let mut pictures = pictures.iter();
    let mut groups = Vec::new();
    for group in &GROUPS {
        let mut cards = Vec::new();
        for demo in group.demos {
            let picture = pictures.next().cloned().unwrap_or_default();
            cards.push(card(send, demo, current == Some(demo), picture));
        }
        groups.push(words("h3", "", group.title));
        groups.push(element("ul", &["class"], &["cards"], cards));
    }
    element("div", &["class"], &["sheet-body"], groups)
}

fn card(send: &Callback<Message>, demo: &'static Demo, current: bool, picture: AttrValue) -> Html {
    let (now, focus) = if current { ("true", "autofocus") } else { ("", "") };
    let mut title = tag("button", &["aria-current", "autofocus"], &[now, focus], vec![text(demo.title)]);
    listen(&mut title, "click", send, move |_| Some(opening(demo)));
    let picture = vec![raw(picture)];
    element(
        "li",
        &[],
        &[],
        vec![element("div", &["class"], &["frame"], picture), title.into(), words("p", "", demo.lesson)],
    )
}

/// Leaves the dialog for a demo.
pub fn opening(demo: &'static Demo) -> Message {
    Message::Dialog(dialog::Message::Picked(Box::new(Message::Opened(Choice::Demo(demo)))))
}
