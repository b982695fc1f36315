//! What to put into another page, so that the program is alive there.

use super::super::address::Address;
use crate::app::html::push_text;
use crate::decimal;

/// For which tool a Markdown text is written: each says in its own way of which class a code block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    MkDocs,
    Myst,
    Hugo,
    Jekyll,
    /// Not Markdown, but read by the same people.
    ReStructuredText,
}

impl Dialect {
    pub const ALL: [Self; 5] = [Self::MkDocs, Self::Myst, Self::Hugo, Self::Jekyll, Self::ReStructuredText];

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::MkDocs => "MkDocs",
            Self::Myst => "Sphinx, MyST",
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::ReStructuredText => "Sphinx, reST",
        }
    }

    /// The one with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }
}

/// What is to be shown in another page.
pub struct Forms<'a> {
    /// Where this page is, without what it is asked for.
    pub page: String,
    pub title: &'a str,
    pub text: &'a str,
    pub address: Address,
}

/// A frame may do no more than it needs. Without its origin it could not fetch its own code: hosts of static files seldom
/// let other origins read them.
pub const SANDBOX: &str = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads";
/// The height of a frame that cannot tell its page how high it is, in pixels.
const HEIGHT: &str = "560";

impl Forms<'_> {
    /// The tag that every page needs once. Not a module: those are fetched only from hosts that let all others read them.
    fn script(&self) -> String {
        let folder = self.page.rfind('/').map_or("", |slash| &self.page[..=slash]);
        ["<script src=\"", &escaped(folder), "embed.js\" async></script>\n"].concat()
    }

    /// What is said besides the program, as names and values.
    fn options(&self) -> Vec<(&str, String)> {
        let Address { tuned, seed, speed, theme, autoplay, step, .. } = &self.address;
        let mut options: Vec<(&str, String)> = Vec::new();
        for (name, value) in tuned {
            options.push((name, value.clone()));
        }
        if *seed != 0 {
            options.push(("seed", seed.to_string()));
        }
        if *speed != 1.0 {
            options.push(("speed", decimal::plain(*speed)));
        }
        if let Some(theme) = theme {
            options.push(("theme", theme.name().to_owned()));
        }
        if *autoplay {
            options.push(("autoplay", "1".to_owned()));
        }
        if *step != 0 {
            options.push(("step", step.to_string()));
        }
        options
    }

    fn attributes(&self) -> String {
        let mut attributes = String::new();
        for (name, value) in self.options() {
            attributes += &[" ", name, "=\"", &escaped(&value), "\""].concat();
        }
        attributes
    }

    /// The element that the script makes alive.
    pub fn element(&self) -> String {
        let mut form = self.script();
        if let Some(demo) = self.address.demo {
            form += &["<signal-box demo=\"", demo.slug, "\"", &self.attributes(), "></signal-box>\n"].concat();
            return form;
        }
        let lower = self.text.to_ascii_lowercase();
        // Within a script, nothing can be said in another way: what would end it has to stand in a text.
        let (open, text, close) = if lower.contains("</script") || lower.contains("<!--") {
            ("<pre>\n", escaped(self.text), "</pre>")
        } else {
            ("<script type=\"text/plain\">\n", self.text.to_owned(), "</script>")
        };
        let end = if text.ends_with('\n') { "" } else { "\n" };
        form += &["<signal-box", &self.attributes(), ">\n", open, &text, end, close, "\n</signal-box>\n"].concat();
        form
    }

    /// The address of the frame; none if it is too long.
    pub fn frame_address(&self) -> Option<String> {
        if self.address.demo.is_none() && self.address.program.is_none() {
            return None;
        }
        let address = self.page.clone() + &Address { embed: true, ..self.address.clone() }.write();
        (address.len() <= super::LONGEST_ADDRESS).then_some(address)
    }

    /// The frame alone, for pages in which no script runs; none if its address is too long.
    pub fn frame(&self) -> Option<String> {
        let form = [
            "<iframe src=\"",
            &escaped(&self.frame_address()?),
            "\"\n  title=\"Signalbox: ",
            &escaped(self.title),
            "\" width=\"100%\" height=\"",
            HEIGHT,
            "\" style=\"border: 0\" loading=\"lazy\"\n  sandbox=\"",
            SANDBOX,
            "\"></iframe>\n",
        ];
        Some(form.concat())
    }

    /// A code block, which stays one where no script runs.
    pub fn markdown(&self, dialect: Dialect) -> String {
        let text = self.text.strip_suffix('\n').unwrap_or(self.text);
        let fence = fence(text);
        let (open, close) = match dialect {
            Dialect::MkDocs => ([&fence, "{.python .signalbox}\n"].concat(), fence + "\n"),
            Dialect::Myst => ([&fence, "{code-block} python\n:class: signalbox\n\n"].concat(), fence + "\n"),
            Dialect::Hugo => ([&fence, "python {class=\"signalbox\"}\n"].concat(), fence + "\n"),
            // Doubled braces, as Python's f-strings have them, mean something to Jekyll elsewhere.
            Dialect::Jekyll => {
                (["{% raw %}\n", &fence, "python\n"].concat(), fence + "\n{: .signalbox}\n{% endraw %}\n")
            }
            Dialect::ReStructuredText => {
                let mut form = ".. code-block:: python\n   :class: signalbox\n\n".to_owned();
                for line in text.split('\n') {
                    form += &[if line.is_empty() { "" } else { "   " }, line, "\n"].concat();
                }
                form += "\n.. raw:: html\n\n   ";
                return form + &self.script();
            }
        };
        [&open, text, "\n", &close, "\n", &self.script()].concat()
    }
}

/// Backticks that end no earlier than they should.
fn fence(text: &str) -> String {
    let (mut longest, mut run) = (0, 0);
    for letter in text.chars() {
        run = if letter == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat((longest + 1).max(3))
}

/// A text in an attribute or an element.
fn escaped(text: &str) -> String {
    let mut html = String::new();
    push_text(&mut html, text);
    html
}
