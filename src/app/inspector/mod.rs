//! The inspector: everything about one task or one primitive at the playhead, and what would happen if.

mod circle;
mod look;
mod panel;
mod pointing;
mod second_run;
mod what_if;

use web_sys::HtmlElement;
use yew::NodeRef;
use yew::prelude::{Callback, Html};

pub use circle::circle;
pub use pointing::key;

use self::look::{Look, Record};
use self::second_run::SecondRun;
use super::page;
use super::rest;
use super::showing::Showing;
use crate::lab::{Program, Settings, Subject};
use crate::trace::Intervention;

/// What happens to the inspector.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    Opened(Subject),
    Closed,
    /// The second run may come further.
    Due,
    /// This is to be done at the playhead.
    Intervened(Intervention),
    /// What was done is taken back, by its place in the list, and all that was done after it.
    TakenBack(usize),
}

/// What the page has to do after a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    Nothing,
    Shown,
    /// There is another subject: the page should look at the run anew.
    Look,
    /// Another run begins, and the playhead goes to this step of it.
    Run(u32),
}

/// A program as it is to be run.
struct Task {
    program: Program,
    settings: Settings,
}

/// The inspector, open or closed.
pub struct Inspector {
    send: Callback<page::Message>,
    subject: Option<Subject>,
    record: Option<Record>,
    look: Option<Look>,
    second: SecondRun,
    /// What runs on the page, and what will as soon as it can be shown.
    shown: Option<Task>,
    coming: Option<Task>,
    /// What is done to the run, by step, and the text and the seed that this is about.
    interventions: Vec<(u32, Intervention)>,
    about: (String, u64),
    /// What had the focus before.
    opener: Option<HtmlElement>,
    unfocused: bool,
    element: NodeRef,
}

impl Inspector {
    /// A closed inspector.
    pub fn new(send: Callback<page::Message>) -> Self {
        pointing::listen(send.clone());
        Self {
            second: SecondRun::new(send.clone()),
            send,
            subject: None,
            record: None,
            look: None,
            shown: None,
            coming: None,
            interventions: Vec::new(),
            about: (String::new(), 0),
            opener: None,
            unfocused: false,
            element: NodeRef::default(),
        }
    }

    /// With what a text is run now. What was done to the run of another text, or another seed, is forgotten.
    pub fn settings(&mut self, program: &Program, seed: u64) -> Settings {
        if self.about.0 != program.text() || self.about.1 != seed {
            self.about = (program.text().to_owned(), seed);
            self.interventions.clear();
        }
        let settings = Settings { seed, until: None, interventions: self.interventions.clone() };
        self.coming = Some(Task { program: program.clone(), settings: settings.clone() });
        settings
    }

    /// The run that was to come is shown from now on.
    pub fn renew(&mut self) {
        if let Some(coming) = self.coming.take() {
            self.shown = Some(coming);
        }
        self.record = self.subject.map(Record::new);
        self.second.forget();
    }

    /// Another program was opened: nothing of the last one is looked at any more.
    pub fn close(&mut self) {
        self.subject = None;
        self.look = None;
        self.record = None;
        self.second.forget();
    }

    /// Takes in what happened; `step` is where the playhead stands.
    pub fn update(&mut self, message: Message, step: u32) -> Consequence {
        match message {
            // Who never opens it does not download what is in it.
            Message::Opened(_) if !rest::is_there() => {
                let send = self.send.clone();
                rest::fetch(Callback::from(move |trouble: Option<String>| {
                    send.emit(match trouble {
                        None => page::Message::Inspector(message.clone()),
                        Some(_) => page::Message::RestCame(trouble),
                    });
                }));
                Consequence::Nothing
            }
            Message::Opened(subject) => {
                if self.subject.is_none() {
                    self.opener = pointing::focused();
                }
                self.subject = Some(subject);
                self.record = Some(Record::new(subject));
                self.second.forget();
                self.unfocused = true;
                Consequence::Look
            }
            Message::Closed if self.subject.is_none() => Consequence::Nothing,
            Message::Closed => {
                self.close();
                if let Some(opener) = self.opener.take() {
                    let _ = opener.focus();
                }
                Consequence::Shown
            }
            Message::Due => {
                let (Some(Subject::Task(task)), Some(Task { program, settings })) = (self.subject, &self.shown) else {
                    return Consequence::Nothing;
                };
                if self.second.go_on(program, settings, task) { Consequence::Shown } else { Consequence::Nothing }
            }
            Message::Intervened(intervention) => {
                // What was done later was done to a run that there is no more.
                self.interventions.retain(|(other, _)| *other < step);
                self.interventions.push((step, intervention));
                Consequence::Run(step + 1)
            }
            Message::TakenBack(index) => match self.interventions.get(index) {
                Some((step, _)) => {
                    let step = *step;
                    self.interventions.truncate(index);
                    Consequence::Run(step)
                }
                None => Consequence::Nothing,
            },
        }
    }

    /// Looks at the subject after a step.
    pub fn look(&mut self, showing: &mut Showing, step: u32) {
        let Some(record) = &mut self.record else { return };
        self.look = Some(showing.with_snapshot(step, |trace, snapshot| record.look(trace, snapshot, step)));
        if let Some(Subject::Task(_)) = self.subject {
            self.second.follow(step);
        }
    }

    /// The program that is shown, and with what it is run.
    pub fn runs(&self) -> Option<(&Program, &Settings)> {
        self.shown.as_ref().map(|shown| (&shown.program, &shown.settings))
    }

    /// In which steps something was done to the run.
    pub fn steps(&self) -> impl Iterator<Item = u32> + '_ {
        self.interventions.iter().map(|(step, _)| step + 1)
    }

    /// After the page has been drawn: the focus goes to the panel, and what it is about is brought into sight.
    pub fn rendered(&mut self) {
        if let Some(subject) = self.subject
            && std::mem::take(&mut self.unfocused)
        {
            pointing::focus(&self.element, subject);
        }
    }

    /// The panel, if it is open; `step` is where the playhead stands.
    pub fn panel(&self, step: u32) -> Option<Html> {
        let look = self.look.as_ref()?;
        Some(panel::panel(&self.send, &self.element, look, &self.second, step))
    }

    /// What was done to the run that is shown; `step` is where the playhead stands.
    pub fn what_if(&self, showing: Option<&Showing>, step: u32) -> Html {
        let done = self.shown.as_ref().map_or(&[][..], |shown| &shown.settings.interventions);
        what_if::what_if(&self.send, done, showing, step)
    }
}
