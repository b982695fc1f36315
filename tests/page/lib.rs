//! What the end-to-end tests share: the release site behind a small server, a browser, and the page as somebody sees
//! it who knows only names, roles and words.
//!
//! The tests look at `dist/` as it is: `cargo xtask build` makes it, `cargo xtask test` makes it and runs them.

mod browser;
mod editor;
mod host;
mod page;
mod server;
mod slider;
mod timeline;

pub use host::{Host, copy};
pub use page::{Card, Page, Scheme, visit};
pub use server::{host, serve};
pub use slider::Slider;
pub use thirtyfour::Key;
