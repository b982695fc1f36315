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
use crate::draw::{History, MOST_LANES, Picture, Scale, View, Window};
use crate::lab::{Program, Progress, Run, Settings};

/// How large a picture is drawn, in pixels; it is shown as large as there is room.
const SIZE: (f64, f64) = (240.0, 72.0);
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
    let (width, height) = SIZE;
    let has_lanes = history.tasks() <= MOST_LANES;
    let view = View { window: Window::new(&history, scale, 0, false), width, height, top: 0.0, has_lanes };
    Some(Picture::new(&history, view).svg().into())
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
    // An SVG in an SVG takes the size it is drawn in, and the outer one that which there is.
    let picture = [
        "<svg class=\"picture\" viewBox=\"-3 0 246 76\" aria-hidden=\"true\"><svg y=\"-14\" height=\"110\">",
        &picture,
        "</svg></svg>",
    ]
    .concat();
    element("li", &[], &[], vec![raw(picture), title.into(), words("p", "", demo.lesson)])
}

/// Leaves the dialog for a demo.
pub fn opening(demo: &'static Demo) -> Message {
    Message::Dialog(dialog::Message::Picked(Box::new(Message::Opened(Choice::Demo(demo)))))
}
