//! The page.

use yew::prelude::*;

/// Puts the page into the document.
pub fn mount() {
    yew::Renderer::<Page>::new().render();
}

#[function_component]
fn Page() -> Html {
    html! { <main>{ "Signalbox" }</main> }
}
