//! The page in the middle of other people's pages: `embed.js`, the compact form, and what the two tell each other.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use page_tests::{Page, Scheme, host, visit};
use serde_json::{Value, json};

/// How many programs the tutorial shows, and in which of them a button has to be pressed first.
const EMBEDS: usize = 10;
const MARKED: [usize; 2] = [7, 8];

/// The places of all programs in the tutorial, in their order.
const PLACES: &str = "const places = [...document.querySelectorAll('signal-box, .signalbox, iframe')]
    .filter(place => !place.matches('.signalbox') || !(place.nextElementSibling?.matches('signal-box') || place.parentElement?.nextElementSibling?.matches('signal-box')));
    const frame = place => place.matches('iframe') ? place : place.shadowRoot?.querySelector('iframe');";

/// The frame of one of them.
fn frame(index: usize) -> String {
    format!("{PLACES} return frame(places[{index}])")
}

fn scroll_to(page: &Page, index: usize) {
    page.evaluate(&format!("{PLACES} places[{index}].scrollIntoView({{ block: 'start' }})"), &[]);
}

/// Which of them have a frame, and how high that is.
fn frames(page: &Page) -> Vec<Option<f64>> {
    let script = format!("{PLACES} return places.map(place => frame(place)?.getBoundingClientRect().height ?? null)");
    serde_json::from_value(page.evaluate(&script, &[])).expect("a list of heights")
}

fn press_button_of_block(page: &Page, place: usize) {
    let script = format!(
        "{PLACES} const block = places[{place}];
        const bar = [block, block.parentElement].map(each => each.nextElementSibling).find(each => each?.shadowRoot);
        bar.shadowRoot.querySelector('button').click()"
    );
    page.evaluate(&script, &[]);
}

fn height_inside(page: &Page) -> f64 {
    let script = "return Math.ceil(document.documentElement.getBoundingClientRect().height)";
    page.evaluate(script, &[]).as_f64().expect("a height")
}

/// Scrolls through the tutorial: every program is opened when it comes near and not before, runs, and fits its frame.
/// Gives the addresses under which they are opened in full.
fn scroll_through(page: &Page, same_origin: bool, theme: &str, width: u32) -> Vec<String> {
    page.resize(width, 900);
    page.leave_for(&host("tutorial.html", same_origin));
    let dark = theme == "dark";
    page.evaluate("document.documentElement.classList.toggle('dark', arguments[0])", &[json!(dark)]);
    let mut links = Vec::new();
    for index in 0..EMBEDS {
        if index > 0 && index < EMBEDS - 1 {
            assert_eq!(frames(page)[index], None, "number {index} is opened long before anybody sees it");
        }
        scroll_to(page, index);
        if MARKED.contains(&index) {
            page.wait_until("the button under the code", |page| {
                page.evaluate(&format!("{PLACES} return places.length"), &[]) == EMBEDS
            });
            press_button_of_block(page, index);
        }
        page.wait_until(&format!("the frame of number {index}"), |page| frames(page)[index].is_some());
        let height = page.inside(&frame(index), |page| {
            page.wait_for_first_run();
            let step = page.slider("Timeline").value();
            page.step("Step forward");
            assert_eq!(page.slider("Timeline").value(), step + 1.0);
            if index < EMBEDS - 1 {
                page.wait_until(&format!("number {index} in its {theme} theme"), |page| {
                    page.evaluate("return getComputedStyle(document.documentElement).colorScheme", &[]) == theme
                });
            }
            let beyond = page.evaluate("return document.documentElement.scrollWidth - innerWidth", &[]);
            assert_eq!(beyond, 0, "number {index} is wider than its frame");
            let link = "return document.querySelector('footer a').href";
            links.push(page.evaluate(link, &[]).as_str().expect("a link").to_owned());
            height_inside(page)
        });
        if index < EMBEDS - 1 {
            page.wait_until(&format!("number {index} in a frame of {height} pixels and a border"), |page| {
                let inside = page.inside(&frame(index), height_inside);
                frames(page)[index] == Some(inside + 2.0) || frames(page)[index] == Some(inside)
            });
        }
    }
    links
}

#[test]
fn ten_programs_in_a_text_load_when_near_run_fit_and_open_in_full() {
    visit("", |page| {
        page.prefer(Scheme::Light);
        let links = scroll_through(page, true, "light", 1000);
        assert_eq!(links.len(), EMBEDS);
        // What each is to show: its step, a control, and a part of its program.
        let expected: [(f64, &str, f64, &str); EMBEDS] = [
            (10.0, "worker_count", 4.0, "range(4)"),
            (1.0, "seed", 3.0, "newsProducer"),
            (4.0, "BOB_COMES_AFTER", 0.5, "alice"),
            (5.0, "PERMITS", 2.0, "PERMITS = 2\nWORKERS = 4\n"),
            (1.0, "PERMITS", 1.0, "PERMITS = 1\nWORKERS = 3\n"),
            (1.0, "PERMITS", 3.0, "PERMITS = 3\n\nasync def worker"),
            (7.0, "PERMITS", 2.0, "PERMITS = 2\n\nasync def worker"),
            (1.0, "PERMITS", 2.0, "PERMITS = 2\n\nasync def worker"),
            (1.0, "PERMITS", 2.0, "PERMITS = 2\n\nasync def worker"),
            (6.0, "b_parties", 3.0, "Barrier(3)"),
        ];
        for (link, (step, control, value, part)) in links.iter().zip(expected) {
            page.leave_for("about:blank");
            page.leave_for(link);
            page.wait_for_first_run();
            assert_eq!(page.slider("Timeline").value(), step, "{link}");
            assert_eq!(page.slider(control).value(), value, "{link}");
            assert!(page.program().contains(part), "{link}: {}", page.program());
            assert!(page.has_button("Demos"), "this is not the full page: {link}");
            assert_eq!(page.alerts().iter().filter(|alert| !alert.contains("waits for")).count(), 0, "{link}");
        }
    });
}

#[test]
fn they_are_as_good_on_a_dark_page() {
    visit("", |page| {
        scroll_through(page, true, "dark", 1000);
    });
}

#[test]
fn they_are_as_good_on_a_phone() {
    visit("", |page| {
        scroll_through(page, true, "light", 390);
    });
}

#[test]
fn they_are_as_good_on_a_page_of_another_origin_in_the_dark_on_a_phone() {
    visit("", |page| {
        scroll_through(page, false, "dark", 390);
    });
}

#[test]
fn the_link_opens_a_window_that_the_frame_has_no_hold_on() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", false));
        page.wait_until("the first frame", |page| frames(page)[0].is_some());
        let follow = |page: &Page| {
            page.inside(&frame(0), |page| {
                page.wait_for_first_run();
                page.evaluate("document.querySelector('footer a').click()", &[]);
            });
        };
        page.in_new_window(follow, |page| {
            page.wait_for_first_run();
            assert_eq!(page.slider("Timeline").value(), 9.0);
            assert_eq!(page.evaluate("return opener", &[]), Value::Null);
            // It is not in the frame's sandbox.
            assert_eq!(page.evaluate("return self.origin === location.origin && !!localStorage", &[]), true);
        });
    });
}

#[test]
fn a_theme_that_changes_is_followed() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", false));
        page.wait_until("the first frame", |page| frames(page)[0].is_some());
        page.inside(&frame(0), Page::wait_for_first_run);
        let ground = |page: &Page| {
            let script = "return getComputedStyle(document.body).backgroundColor";
            page.inside(&frame(0), |page| page.evaluate(script, &[]))
        };
        let light = ground(page);
        page.evaluate("document.body.parentElement.className = 'dark'", &[]);
        page.wait_until("a dark frame", |page| ground(page) != light);
        page.evaluate("document.body.parentElement.className = ''", &[]);
        page.wait_until("a light frame", |page| ground(page) == light);
    });
}

#[test]
fn a_block_can_be_turned_back_into_code() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", true));
        let hidden = "return getComputedStyle(document.querySelector('div.signalbox')).display === 'none'";
        assert_eq!(page.evaluate(hidden, &[]), false);
        scroll_to(page, 7);
        press_button_of_block(page, 7);
        page.wait_until("the program in its place", |page| frames(page)[7].is_some());
        assert_eq!(page.evaluate(hidden, &[]), true);
        let bar = "document.querySelector('div.signalbox ~ div:not(.signalbox)').shadowRoot.querySelector('button')";
        assert_eq!(page.evaluate(&format!("return {bar}.textContent"), &[]), "Back to the code");
        page.evaluate(&format!("{bar}.click()"), &[]);
        assert_eq!(page.evaluate(hidden, &[]), false);
        assert_eq!(page.evaluate(&format!("return {bar}.textContent"), &[]), "▶\u{fe0e} Watch it run");
    });
}

#[test]
fn code_blocks_are_read_as_generators_write_them() {
    visit("", |page| {
        page.leave_for(&host("generators.html", true));
        let buttons = "return [...document.querySelectorAll('body *')].filter(each => each.shadowRoot).length";
        page.wait_until("all buttons", |page| page.evaluate(buttons, &[]).as_u64() == Some(10));
        let script = "const bars = [...document.querySelectorAll('body *')].filter(each => each.shadowRoot);
            return bars.map(bar => {
                bar.shadowRoot.querySelector('button').click();
                const { program } = bar.previousElementSibling;
                bar.shadowRoot.querySelector('button').click();
                return program;
            })";
        let programs: Vec<String> = serde_json::from_value(page.evaluate(script, &[])).expect("ten programs");
        for (number, program) in programs.iter().enumerate() {
            assert_eq!(program, "if True:\n    print(\"a < b\")\n", "block {number}");
        }
    });
}

/// Puts an element with these attributes at the beginning of the tutorial.
fn put(page: &Page, attributes: &Value, inside: &str) {
    let script = "const box = document.createElement('signal-box');
        for (const [name, value] of Object.entries(arguments[0])) box.setAttribute(name, value);
        box.innerHTML = arguments[1];
        document.querySelector('signal-box').replaceWith(box);
        scrollTo(0, 0)";
    page.evaluate(script, &[attributes.clone(), json!(inside)]);
}

fn said_in_first(page: &Page) -> Option<String> {
    let script =
        "return document.querySelector('signal-box').shadowRoot.querySelector('[role=alert]')?.textContent ?? null";
    page.evaluate(script, &[]).as_str().map(str::to_owned)
}

#[test]
fn what_cannot_be_shown_is_told_in_a_sentence() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", true));
        let alerts = |attributes: Value, words: &[&str]| {
            put(page, &attributes, "");
            page.wait_until("the frame", |page| frames(page)[0].is_some());
            page.inside(&frame(0), |page| page.wait_for_alert(words));
        };
        alerts(json!({ "demo": "semaphore", "PERMITS": "3" }), &["permits=3", "only semaphore_permits, worker_count"]);
        alerts(json!({ "demo": "semaphore", "worker_count": "-1" }), &["worker_count must be a whole number"]);
        alerts(json!({ "demo": "no such thing" }), &["There is no demo named “no such thing”"]);
        alerts(json!({ "demo": "lock", "speed": "fast" }), &["speed=fast"]);
        alerts(json!({ "demo": "lock", "theme": "blue" }), &["theme=blue"]);

        put(page, &json!({ "src": "nothing.py" }), "<p>What was in it</p>");
        page.wait_until("a sentence about the file", |page| {
            said_in_first(page).is_some_and(|said| said == "Signalbox could not load nothing.py (404).")
        });
        let text = "return document.querySelector('signal-box').innerText";
        assert!(page.evaluate(text, &[]).as_str().is_some_and(|text| text.contains("What was in it")));
        let large = format!("<pre># {}</pre>", "x".repeat(200_000));
        put(page, &json!({}), &large);
        page.wait_until("a sentence about the size", |page| {
            said_in_first(page).is_some_and(|said| said.contains("too large"))
        });

        put(page, &json!({}), "<pre>async def main(:\n    pass</pre>");
        page.wait_until("the frame", |page| frames(page)[0].is_some());
        page.inside(&frame(0), |page| page.wait_for_alert(&["Line 1, column"]));
        // That a file is missing is in the console, as it should be.
        page.console_errors();
    });
}

#[test]
fn it_plays_while_it_can_be_seen() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", false));
        put(page, &json!({ "demo": "lock", "autoplay": "", "speed": "0.5" }), "");
        let top = |pixels: i32| {
            let script = "document.querySelector('signal-box').style.marginTop = arguments[0] + 'px'";
            page.evaluate(script, &[json!(pixels)]);
        };
        // Near, but out of view.
        top(1000);
        page.wait_until("the frame", |page| frames(page)[0].is_some());
        let step = || page.inside(&frame(0), |page| page.slider("Timeline").value());
        page.inside(&frame(0), |page| page.wait_until("the controls", |page| page.has_button("Step forward")));
        thread::sleep(Duration::from_millis(1500));
        assert_eq!(step(), 0.0, "it plays where nobody looks");
        top(0);
        page.wait_until("it to play", |_| step() > 1.0);
        top(1200);
        thread::sleep(Duration::from_millis(500));
        let before = step();
        thread::sleep(Duration::from_millis(1800));
        assert_eq!(step(), before, "it plays on where nobody looks");
        top(0);
        page.wait_until("it to play on", |_| step() > before);
    });
}

#[test]
fn what_is_typed_into_a_frame_is_kept_there_and_goes_along() {
    visit("", |page| {
        page.paste_program("print('my own')\n");
        page.leave_for(&host("tutorial.html", true));
        let in_first = |act: &dyn Fn(&Page)| {
            page.wait_until("the first frame", |page| frames(page)[0].is_some());
            page.inside(&frame(0), |page| {
                page.wait_for_first_run();
                page.evaluate("document.querySelector('details').open = true", &[]);
                act(page);
            });
        };
        in_first(&|page| {
            page.type_at_end("# typed in a frame");
            page.wait_until("the way back", |page| page.has_button("Put it back"));
        });
        // The page around is loaded anew.
        page.leave_for(&host("tutorial.html", true));
        let mut link = String::new();
        page.wait_until("the first frame", |page| frames(page)[0].is_some());
        page.inside(&frame(0), |page| {
            page.wait_for_first_run();
            page.evaluate("document.querySelector('details').open = true", &[]);
            page.wait_until("what was typed", |page| page.program().ends_with("# typed in a frame"));
            page.wait_until("a link with the program", |page| {
                let script = "return document.querySelector('footer a').href";
                link = page.evaluate(script, &[]).as_str().unwrap_or_default().to_owned();
                link.contains("#program=")
            });
        });
        in_first(&|page| {
            page.press("Put it back");
            page.wait_until("the program as it was", |page| !page.program().contains("typed"));
            assert!(page.program().contains("range(4)"));
        });
        page.leave_for(&link);
        page.wait_until("what was typed", |page| page.program().ends_with("# typed in a frame"));
        // The visitor's own newest program is still the newest.
        page.go("");
        assert_eq!(page.program(), "print('my own')\n");
    });
}

/// Hostile values, made from a few beginnings: the same every time.
const HOSTILE: &str = r#"
    let state = 1;
    const random = most => (state = state * 16807 % 2147483647) % most;
    const markup = ['"><script>hacked=1</script>', "'><img src=x onerror=hacked=1>", 'javascript:hacked=1', '<svg onload=hacked=1>',
        '&demo=lock&embed=0', '#program=AAAA', '?embed=0', '\0', '\u202e\ufeff', '%3Cscript%3Ehacked=1%3C/script%3E', '../../..', '//example.invalid/'];
    const numbers = [0, -1, 0.5, NaN, Infinity, -Infinity, 1e308, 5e-324, 2 ** 53, -0, 300, 119, 12001];
    const value = depth => {
        switch (random(depth > 3 ? 4 : 9)) {
            case 0: return markup[random(markup.length)];
            case 1: return numbers[random(numbers.length)];
            case 2: return [null, undefined, true, false, 10n, new Date(NaN), /x/, new Map([[1, 2]])][random(8)];
            case 3: return String(numbers[random(numbers.length)]).repeat(random(3) * 1000);
            case 4: return Array.from({ length: random(5) }, () => value(depth + 1));
            case 5: return { signalbox: value(depth + 1), height: value(depth + 1), theme: value(depth + 1) };
            case 6: return { signalbox: 1, height: value(depth + 1) };
            case 7: return { signalbox: 1, theme: value(depth + 1), __proto__: { height: 5 } };
            default: return { get signalbox() { return 1; }, get theme() { return markup[0]; }, get height() { return value(depth + 1); } };
        }
    };"#;

#[test]
fn thousands_of_hostile_messages_change_nothing() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", true));
        page.wait_until("the first frame", |page| frames(page)[0].is_some());
        page.inside(&frame(0), Page::wait_for_first_run);
        let state = "return [document.body.outerHTML, document.title, location.href, document.head.outerHTML]";
        let (host_before, inside_before) =
            (page.evaluate(state, &[]), page.inside(&frame(0), |page| page.evaluate("return location.href", &[])));
        // From the host to the frame and to itself; some are no true messages.
        let from_host = format!(
            "{HOSTILE} {PLACES}
            const {{ contentWindow }} = frame(places[0]);
            const throwing = {{ signalbox: 1, get height() {{ throw new Error('caught you'); }}, get theme() {{ throw new Error(); }} }};
            for (let count = 0; count < 3000; count += 1) {{
                const message = value(0);
                contentWindow.postMessage(message, '*');
                postMessage(message, '*');
                const forged = {{ data: count % 2 ? throwing : message, source: contentWindow, origin: location.origin }};
                dispatchEvent(new MessageEvent('message', forged));
            }}"
        );
        page.evaluate(&from_host, &[]);
        // From the frame to the host.
        page.inside(&frame(0), |page| {
            let from_frame = format!(
                "{HOSTILE} for (let count = 0; count < 3000; count += 1) parent.postMessage(value(0), '*');
                parent.postMessage({{ signalbox: 1, height: 500, theme: 'dark' }}, '*')"
            );
            page.evaluate(&from_frame, &[]);
        });
        page.wait_until("the last message to be taken in", |page| frames(page)[0] == Some(500.0));
        let host_after = page.evaluate(state, &[]);
        assert_eq!(host_after, host_before);
        assert_eq!(page.evaluate("return typeof hacked", &[]), "undefined");
        page.inside(&frame(0), |page| {
            assert_eq!(page.evaluate("return location.href", &[]), inside_before);
            assert_eq!(page.evaluate("return typeof hacked", &[]), "undefined");
            let theme = page.evaluate("return document.documentElement.dataset.theme", &[]);
            assert_eq!(theme, "light", "a message that is none has changed the theme");
            page.step("Step forward");
            assert_eq!(page.alerts(), [""; 0]);
        });
        assert!(frames(page).iter().flatten().all(|height| (120.0..=12_000.0).contains(height)));
    });
}

#[test]
fn hostile_attributes_reach_nothing() {
    visit("", |page| {
        page.leave_for(&host("tutorial.html", true));
        let before = page.evaluate("return document.body.outerHTML", &[]);
        // Each is opened, and goes before its frame has loaded anything.
        let script = format!(
            "{HOSTILE} return (async () => {{
                const names = ['demo', 'src', 'theme', 'speed', 'step', 'seed', 'height', 'autoplay', 'embed', 'program', 'permits', 'onload', 'onclick', 'title', 'class', 'x-y'];
                const wrong = [];
                for (let count = 0; count < 2000; count += 1) {{
                    const box = document.createElement('signal-box');
                    for (let attributes = random(6); attributes >= 0; attributes -= 1) {{
                        const name = names[random(names.length)];
                        if (name === 'onload' || name === 'onclick') continue;
                        if (name !== 'src' || count % 50 === 0) box.setAttribute(name, String(markup[random(markup.length)] + numbers[random(numbers.length)]));
                    }}
                    box.textContent = count % 3 ? '' : markup[random(markup.length)];
                    document.body.append(box);
                    await box.open();
                    const frame = box.shadowRoot.querySelector('iframe');
                    if (frame) {{
                        const {{ origin, pathname, searchParams }} = new URL(frame.src);
                        const right = origin === location.origin && pathname === '/some/path/index.html'
                            && searchParams.getAll('embed').join() === '1'
                            && frame.sandbox.value === 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads';
                        if (!right) wrong.push(frame.outerHTML);
                        if (box.shadowRoot.querySelectorAll('*').length !== 1) wrong.push(box.shadowRoot.innerHTML);
                    }} else if (!box.shadowRoot.querySelector('p[role=alert]')?.textContent) {{
                        wrong.push(box.outerHTML);
                    }}
                    box.remove();
                }}
                return wrong;
            }})()"
        );
        let wrong = page.evaluate(&script, &[]);
        assert_eq!(wrong, json!([]));
        assert_eq!(page.evaluate("return document.body.outerHTML", &[]), before);
        assert_eq!(page.evaluate("return typeof hacked", &[]), "undefined");
        // That some file could not be had is in the console.
        let errors = page.console_errors();
        assert!(errors.iter().all(|error| error.contains("Failed to load") || error.contains("CORS")), "{errors:#?}");

        // And a few are looked at until they are drawn.
        let values =
            ["\"><script>hacked=1</script>", "<img src=x onerror=hacked=1>", "1e999", "NaN", "&embed=0", "#x", "\u{0}"];
        for value in values {
            put(page, &json!({ "demo": "lock", "permits": value, "step": value, "seed": value }), "");
            page.wait_until("the frame", |page| frames(page)[0].is_some());
            page.inside(&frame(0), |page| {
                page.wait_for_first_run();
                page.wait_for_alert(&["permits="]);
                assert_eq!(page.evaluate("return typeof hacked", &[]), "undefined");
            });
        }
        assert_eq!(page.evaluate("return typeof hacked", &[]), "undefined");
    });
}

#[test]
fn the_script_is_light() {
    let script = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist/embed.js")).expect("the release site");
    // Compressed it is less than half of this.
    assert!(script.len() < 6_600, "embed.js has {} bytes", script.len());
}
