//! What axe-core finds on the page, which is nothing; and what it cannot find: that the keyboard is enough, that letters
//! may be large, that fingers can aim.

use std::fs;
use std::path::Path;

use page_tests::{Page, Scheme, visit};
use serde_json::{Value, json};

/// One of each kind of card, of each state of a task, of each way to end.
const DEMOS: [&str; 8] =
    ["semaphore", "queue", "condition", "deadlock", "barrier", "task-group", "etl", "lock-ten-thousand"];

const WIDE: (u32, u32) = (1440, 900);
const PHONE: (u32, u32) = (390, 844);

const ESCAPE: &str = "\u{e00c}";

/// Runs axe-core and gives a line for each element that something is wrong with.
const FIND: &str = "
    const { violations } = await axe.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `${id} (${help}): ${node.target.join(' ')}`));";

/// Asserts that axe-core finds nothing wrong with what is shown now.
#[track_caller]
fn nothing_is_wrong(page: &Page, with: &str) {
    let at_rest = "return document.getAnimations().every(each => each.playState !== 'running')";
    page.wait_until("the page to come to rest", |page| page.evaluate(at_rest, &[]) == true);
    if page.evaluate("return typeof axe", &[]) == "undefined" {
        let package = "../../target/tools/accessibility/node_modules/axe-core/axe.min.js";
        let axe = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(package));
        page.evaluate(&axe.expect("axe-core is there: `cargo xtask test` installs it"), &[]);
    }
    let found = page.evaluate(&format!("return (async () => {{ {FIND} }})()"), &[]);
    assert_eq!(found, json!([]), "wrong with {with}: {found:#}");
    let beyond = page.evaluate("return document.documentElement.scrollWidth - innerWidth", &[]);
    assert!(beyond.as_i64().is_some_and(|beyond| beyond <= 0), "{with} is {beyond} pixels wider than the window");
}

/// Clicks the first element that a selector selects, if there is one.
fn click(page: &Page, selector: &str) -> bool {
    let script = "const found = document.querySelector(arguments[0]); found?.click(); return found !== null";
    page.evaluate(script, &[json!(selector)]) == true
}

fn nothing_is_wrong_anywhere(scheme: Scheme, (width, height): (u32, u32)) {
    visit("", |page| {
        page.resize(width, height);
        page.prefer(scheme);
        for demo in DEMOS {
            page.go(&format!("?demo={demo}&step=9"));
            nothing_is_wrong(page, demo);
            for (what, selector) in [("a task of", ".token"), ("a primitive of", ".card .open")] {
                if click(page, selector) {
                    page.wait_until("the inspector", |page| page.region("Inspector").is_some());
                    nothing_is_wrong(page, &format!("{what} {demo}"));
                    page.type_keys(ESCAPE);
                }
            }
            page.slider("Timeline").set_to_greatest();
            nothing_is_wrong(page, &format!("the end of {demo}"));
        }
        let sheets = [
            ("Demos", "Demos"),
            ("Guide", "Which primitive do I need?"),
            ("Share", "Share"),
            // On a phone there is no room for this button; the dialog before has one as well.
            ("Embed", "Embed"),
        ];
        for (button, dialog) in sheets {
            if !page.has_button(button) {
                page.press("Share");
                page.press("Embed it in a page");
            } else {
                page.press(button);
            }
            page.wait_until(dialog, |page| page.dialog().as_deref() == Some(dialog));
            nothing_is_wrong(page, dialog);
            page.type_keys(ESCAPE);
            page.wait_until("no dialog", |page| page.dialog().is_none());
        }
        page.type_keys("?");
        page.wait_until("the keys", |page| page.dialog().as_deref() == Some("Keys"));
        nothing_is_wrong(page, "the keys");
        page.type_keys(ESCAPE);
        page.press_with_control('k');
        page.wait_until("the palette", |page| page.dialog().is_some());
        nothing_is_wrong(page, "the palette");
        page.type_keys("no such thing");
        nothing_is_wrong(page, "the palette without an answer");
    });
}

#[test]
fn axe_finds_nothing_on_a_wide_page_in_the_light() {
    nothing_is_wrong_anywhere(Scheme::Light, WIDE);
}

#[test]
fn axe_finds_nothing_on_a_wide_page_in_the_dark() {
    nothing_is_wrong_anywhere(Scheme::Dark, WIDE);
}

#[test]
fn axe_finds_nothing_on_a_phone_in_the_light() {
    nothing_is_wrong_anywhere(Scheme::Light, PHONE);
}

#[test]
fn axe_finds_nothing_on_a_phone_in_the_dark() {
    nothing_is_wrong_anywhere(Scheme::Dark, PHONE);
}

/// Whatever can be pressed, moved or typed into gets the focus by the tabulator, and can be seen to have it.
#[test]
fn the_tabulator_reaches_everything_and_is_seen_there() {
    const TAB: &str = "\u{e004}";
    /// Everything that can be operated; of what has the focus, its number among them and whether that can be seen.
    const FOCUSED: &str = "
        const able = [...document.querySelectorAll('button, input, select, textarea, [tabindex=\"0\"]')]
            .filter(element => element.checkVisibility({ visibilityProperty: true }));
        const focused = document.activeElement;
        const shown = element => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
            return outlineStyle !== 'none' && outlineWidth !== '0px' || boxShadow !== 'none';
        };
        const seen = [focused, focused.closest('.plot'), focused.closest('.editor')].some(each => each && shown(each));
        return [able.length, able.indexOf(focused), seen, focused.outerHTML.slice(0, 120)]";
    visit("?demo=semaphore&step=9", |page| {
        let mut reached = Vec::new();
        loop {
            page.type_keys(TAB);
            let (all, place, seen, what): (usize, i64, bool, String) =
                serde_json::from_value(page.evaluate(FOCUSED, &[])).expect("four values");
            if page.focused().as_deref() == Some("Program") {
                // In the editor the tabulator indents: Escape leaves it.
                page.type_keys(ESCAPE);
            }
            if place < 0 || reached.contains(&place) || reached.len() > all {
                assert_eq!(reached.len(), all, "reached {reached:?}, then {what}");
                return;
            }
            assert!(seen, "the focus cannot be seen on {what}");
            reached.push(place);
        }
    });
}

#[test]
fn letters_may_be_twice_as_large() {
    visit("?demo=semaphore&step=9", |page| {
        // What doubling the text of a window of 1280 pixels amounts to: half the room in both directions.
        for (width, height) in [(640, 450), (320, 400)] {
            page.resize(width, height);
            page.wait_until(&format!("a page of {width} pixels, not scrolled sideways"), |page| {
                page.evaluate("return document.documentElement.scrollWidth <= innerWidth", &[]) == true
            });
        }
    });
}

/// What is smaller than this cannot be hit by a finger (WCAG 2.5.8), unless it lies within a sentence or a heading.
#[test]
fn whatever_can_be_pressed_is_large_enough() {
    const SMALL: &str = "return [...document.querySelectorAll('button, select, input, .token')]
        .filter(element => element.checkVisibility() && !element.matches('.to-line, .scrubber'))
        .map(element => [element, element.getBoundingClientRect()])
        .filter(([, { width, height }]) => width < 24 || height < 24)
        .map(([element, { width, height }]) => `${element.outerHTML.slice(0, 80)}: ${width} x ${height}`)";
    visit("?demo=semaphore&step=9", |page| {
        for (width, height) in [WIDE, PHONE] {
            page.resize(width, height);
            let small: Vec<Value> = serde_json::from_value(page.evaluate(SMALL, &[])).expect("a list");
            assert!(small.is_empty(), "too small at {width} pixels: {small:#?}");
        }
    });
}
