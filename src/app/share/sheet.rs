//! The dialog that gives away what is shown.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Html};

use super::{File, LONG_ADDRESS, LONGEST_ADDRESS, Message, Sharing, What};
use crate::app::dialog::{self, Sheet};
use crate::app::html::{Button, Names, button, choosable, element, input, list, listen, tag, text, words};
use crate::app::page;
use crate::draw::{Shades, grouped};

/// The dialog's body.
pub fn sheet(send: &Callback<page::Message>, sharing: &Sharing) -> Html {
    let Some(shown) = &sharing.shown else { return Html::default() };
    let mut body = Vec::new();
    let address = sharing.address();
    let is_demo = shown.address.demo.is_some();
    let said = match (&address, &shown.trouble, sharing.copied) {
        (_, Some(trouble), _) => trouble.clone(),
        (None, _, _) if shown.address.demo.is_none() && shown.address.program.is_none() => String::new(),
        (None, _, _) => {
            let most = grouped(LONGEST_ADDRESS);
            [
                "This program is too long for an address, which should have no more than ",
                &most,
                " characters. Save it as a \
             file instead: who pastes it here sees the same.",
            ]
            .concat()
        }
        (_, _, Some((What::Address, true))) => "Copied. Whoever opens this address sees what you see now.".to_owned(),
        (_, _, Some((What::Address, false))) => refused(),
        _ => "Whoever opens this address sees what you see now.".to_owned(),
    };
    body.push(element("p", &["class", "aria-live"], &["outcome", "polite"], vec![text(&said)]));
    if let Some(address) = &address {
        let names: Names = &["id", "readonly", "aria-label", "autofocus", "spellcheck"];
        let mut field = tag("input", names, &[What::Address.id(), "readonly", "Address", "autofocus", "false"], vec![]);
        field.set_value(Some(address.clone()));
        let copy = copy_button(send, sharing, What::Address, "Copy");
        body.push(element("div", &["class"], &["row"], vec![field.into(), copy]));
        let mut about = Vec::new();
        if shown.step > 0 {
            let says = ["At step ", &grouped(shown.step as usize)].concat();
            about.push(checkbox(send, &says, sharing.with_step, Message::WithStep));
        }
        let mut hint = String::new();
        if !is_demo {
            hint += "The program is in the address itself, in the part that is sent to no server.";
        }
        if address.len() > LONG_ADDRESS {
            hint += &[" It has ", &grouped(address.len()), " characters: some chats cut that off."].concat();
        }
        if shown.has_what_if {
            hint += " What you asked with “what if” is not in it.";
        }
        about.push(words("span", "hint", hint.trim_start()));
        body.push(element("div", &["class"], &["row about"], about));
    }
    let mut ways = Vec::new();
    if shown.has_run {
        let shade = |shades, says| choosable(says, says, sharing.shades == shades);
        let shades =
            list("Shades", "picker", vec![shade(Shades::Light, "Light"), shade(Shades::Dark, "Dark")], send, |name| {
                Some(page::Message::Share(Message::Shaded(if name == "Dark" { Shades::Dark } else { Shades::Light })))
            });
        let svg = saving(send, "Save as SVG", "SVG", File::Svg);
        let png = saving(send, "Save as PNG", "PNG", File::Png);
        let about = "The timeline, for where no script runs: a README, slides, paper.";
        ways.push(way("Picture", about, vec![shades, svg, png]));
    }
    let file = saving(send, "", "Save as a file", File::Program);
    ways.push(way("Program", "Its text, for Python as for Signalbox.", vec![file]));
    let embed = page::Message::Dialog(dialog::Message::Opened(Sheet::Embed));
    let embed = button(Button::default(), text("Embed it in a page"), send, embed);
    ways.push(way("Your own page", "Alive in the middle of your text, with one tag.", vec![embed]));
    body.push(element("ul", &["class"], &["ways"], ways));
    let failed = if sharing.not_saved { "This could not be saved." } else { "" };
    body.push(element("p", &["class", "aria-live"], &["hint", "polite"], vec![text(failed)]));
    element("div", &["class"], &["sheet-body"], body)
}

fn way(name: &str, about: &str, buttons: Vec<Html>) -> Html {
    let says = element("div", &[], &[], vec![words("h3", "", name), words("p", "hint", about)]);
    element("li", &[], &[], vec![says, element("div", &["class"], &["row"], buttons)])
}

fn saving(send: &Callback<page::Message>, name: &'static str, says: &str, file: File) -> Html {
    button(Button { name, ..Button::default() }, text(says), send, page::Message::Share(Message::Save(file)))
}

/// What is to be done where nothing can be copied.
pub fn refused() -> String {
    "The browser did not let it be copied. It is selected: press Ctrl C, or ⌘ C.".to_owned()
}

/// A button that copies, and says so when it has.
pub fn copy_button(send: &Callback<page::Message>, sharing: &Sharing, what: What, name: &'static str) -> Html {
    let says = if sharing.copied == Some((what, true)) { "Copied" } else { "Copy" };
    let about = Button { class: "copy", name, ..Button::default() };
    button(about, text(says), send, page::Message::Share(Message::Copy(what)))
}

/// Something that can be wanted or not.
pub fn checkbox(send: &Callback<page::Message>, says: &str, checked: bool, meaning: fn(bool) -> Message) -> Html {
    let mut box_ = tag("input", &["type"], &["checkbox"], vec![]);
    box_.set_checked(checked);
    listen(&mut box_, "change", send, move |event| {
        let element: HtmlInputElement = input(&event).unchecked_into();
        Some(page::Message::Share(meaning(element.checked())))
    });
    element("label", &["class"], &["check"], vec![box_.into(), text(says)])
}
