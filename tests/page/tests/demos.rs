//! Finding one's way to the demos: gallery, palette and guide.

use page_tests::{Page, visit};
use serde_json::Value;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
const UP: &str = "\u{e013}";
const DOWN: &str = "\u{e015}";
const TAB: &str = "\u{e004}";

/// Waits until the page shows a demo of this title.
#[track_caller]
fn wait_for_demo(page: &Page, title: &str) {
    let name = format!("Program to watch: {title}");
    page.wait_until(&name, |page| page.dialog().is_none() && page.has_button(&name));
}

#[track_caller]
fn wait_for_dialog(page: &Page, name: &str) {
    page.wait_until(name, |page| page.dialog().as_deref() == Some(name));
}

fn texts(page: &Page, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map(element => element.innerText.trim())";
    serde_json::from_value(page.evaluate(script, &[Value::from(selector)])).expect("texts")
}

/// What the palette has found, and which of it is the chosen one.
fn found(page: &Page) -> (Vec<String>, Vec<String>) {
    let name = "dialog [role=option] span:first-child";
    (texts(page, name), texts(page, "dialog [role=option][aria-selected=true] span:first-child"))
}

#[test]
fn the_gallery_opens_a_demo() {
    visit("", |page| {
        page.press("Demos");
        wait_for_dialog(page, "Demos");
        assert_eq!(texts(page, "dialog h3"), ["First steps", "Patterns", "Pitfalls", "Classics"]);
        assert!(texts(page, "dialog li button").len() > 30);
        page.press("Dining philosophers");
        wait_for_demo(page, "Dining philosophers");
        page.wait_until("its program", |page| page.program().contains("PHILOSOPHERS = 5"));
        let address = page.evaluate("return location.search", &[]);
        assert_eq!(address, "?demo=philosophers");
        page.slider("CHAIRS").set(5.0);
        page.wait_for_alert(&["they wait in a circle"]);
    });
}

#[test]
fn every_picture_of_the_gallery_is_a_timeline() {
    visit("", |page| {
        page.press("Demos");
        let drawn =
            "return [...document.querySelectorAll('dialog li')].every(card => card.querySelector('.drawing path'))";
        page.wait_until("all pictures", |page| page.dialog().is_some() && page.evaluate(drawn, &[]) == true);
    });
}

#[test]
fn escape_closes_a_dialog_and_gives_the_focus_back() {
    visit("", |page| {
        for name in ["Demos", "Guide", "Keys"] {
            page.press(name);
            page.wait_until("a dialog", |page| page.dialog().is_some());
            for _ in 0..80 {
                page.type_keys(TAB);
                let outside = "return !!document.activeElement.closest('main, header')";
                assert_eq!(page.evaluate(outside, &[]), false, "the focus stays in {name}");
            }
            page.type_keys(ESCAPE);
            page.wait_until("no dialog", |page| page.dialog().is_none());
            assert_eq!(page.focused().as_deref(), Some(name));
        }
    });
}

#[test]
fn the_palette_finds_what_is_typed() {
    visit("", |page| {
        page.press_with_control('k');
        wait_for_dialog(page, "Find a demo or a command");
        assert_eq!(page.focused().as_deref(), Some("Find a demo or a command"));
        page.type_keys("REPAIR");
        let repairs = ["The repair: 10,000 in line", "The repair: one at a time", "The repair: locks in one order"];
        page.wait_until("the repairs", |page| found(page).0 == repairs);
        assert_eq!(found(page).1, [repairs[0]]);
        page.type_keys(&[DOWN, DOWN, DOWN, UP, UP].concat());
        page.wait_until("the second", |page| found(page).1 == [repairs[1]]);
        page.type_keys(ENTER);
        wait_for_demo(page, "The repair: one at a time");
        page.wait_until("its program", |page| page.program().contains("async with counter:"));
    });
}

#[test]
fn the_palette_does_what_buttons_do() {
    visit("", |page| {
        for (typed, done) in [
            ("step forward", "return document.querySelector('[aria-label=Timeline]').value === '1'"),
            ("timeline steps", "return document.querySelector('[aria-pressed=true]').innerText === 'steps'"),
            ("keys", "return document.querySelector('dialog[open]')?.ariaLabel === 'Keys'"),
        ] {
            page.press_with_control('k');
            wait_for_dialog(page, "Find a demo or a command");
            page.type_keys(typed);
            page.wait_until(typed, |page| found(page).0.len() == 1);
            page.type_keys(ENTER);
            page.wait_until(typed, |page| page.evaluate(done, &[]) == true);
        }
        page.type_keys(ESCAPE);
        page.press_with_control('k');
        page.type_keys("no such thing");
        page.wait_until("a word that there is nothing", |page| {
            found(page).0.is_empty() && texts(page, "dialog p") == ["Nothing has these words in it."]
        });
    });
}

#[test]
fn the_palette_finds_own_programs_and_opens_from_the_editor() {
    visit("?demo=event", |page| {
        page.paste_program("def own_thing():\n    print('mine')\n\nown_thing()\n");
        page.wait_until("it runs", |page| page.has_button("Program to watch: own_thing"));
        page.press("Demos");
        page.press("Race: lost increments");
        wait_for_demo(page, "Race: lost increments");
        page.type_at_end("# changed");
        page.press_with_control('k');
        wait_for_dialog(page, "Find a demo or a command");
        page.type_keys("own_thing");
        page.wait_until("the earlier program", |page| found(page).1 == ["Earlier: own_thing"]);
        page.type_keys(ENTER);
        page.wait_until("its text", |page| page.program().contains("print('mine')"));
    });
}

#[test]
fn the_guide_leads_to_a_demo() {
    visit("", |page| {
        page.press("Guide");
        wait_for_dialog(page, "Which primitive do I need?");
        let needs = texts(page, "dialog h3");
        assert!(needs.contains(&"Only one at a time may touch it".to_owned()), "{needs:?}");
        assert_eq!(texts(page, "dialog li button").len(), needs.len(), "every answer has its demo");
        page.press("Lock: a counter stays right");
        wait_for_demo(page, "Lock: a counter stays right");
    });
}

#[test]
fn the_question_mark_shows_the_keys() {
    visit("", |page| {
        page.type_keys("?");
        wait_for_dialog(page, "Keys");
        // They are for the dialog alone while it is open.
        page.type_keys(" ");
        page.type_keys(ESCAPE);
        page.wait_until("no dialog", |page| page.dialog().is_none());
        assert!(page.has_button("Play"));
        assert_eq!(page.slider("Timeline").value(), 0.0);
    });
}

#[test]
fn a_demo_says_what_to_look_for_and_what_to_try() {
    visit("?demo=lock-timeout&PATIENCE=1.5&nonsense=1", |page| {
        wait_for_demo(page, "Give up after a while");
        assert_eq!(page.slider("PATIENCE").value(), 1.5);
        page.wait_for_alert(&["nonsense=1", "PATIENCE"]);
        assert!(texts(page, "header p")[0].contains("leaves the line"));
        assert!(texts(page, "main p.experiment")[0].contains("Set PATIENCE to 1.5"));
    });
}

#[test]
fn a_demo_that_cannot_be_loaded_leaves_a_sentence_and_the_program() {
    visit("", |page| {
        let before = page.program();
        page.press("Guide");
        page.wait_until("the guide", |page| page.has_button("Lock: a counter stays right"));
        page.evaluate("window.fetch = () => Promise.reject(new TypeError('offline')); return null", &[]);
        page.press("Lock: a counter stays right");
        page.wait_for_alert(&["Lock: a counter stays right", "could not be loaded"]);
        assert_eq!(page.program(), before);
    });
}
