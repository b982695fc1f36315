//! What is shown reaches others: as an address, as a file, as a picture, and in their own pages.

use std::fs;
use std::path::{Path, PathBuf};

use page_tests::{Page, visit};
use serde_json::{Value, json};
use signalbox::lab::{Program, Run, Settings};

/// With a control, letters of many kinds, and what ends other languages than Python.
const OWN: &str = "\
import asyncio

PERMITS = 2

async def fähre(semaphore, name):
    async with semaphore:
        print(f'{name} → ``` </script> <!-- &amp; \"\\'')
        await asyncio.sleep(1)

async def main():
    semaphore = asyncio.Semaphore(PERMITS)
    await asyncio.gather(*(fähre(semaphore, f'🚢 {i}') for i in range(3)))

asyncio.run(main())
";

/// `print('shared')`, as an address holds it.
const SHARED: &str = "#program=KyjKzCvRUC_OSCxKTVHXBAA&v=1";

/// What the browser keeps of the programs that people wrote.
fn stored(page: &Page) -> Value {
    page.evaluate("return localStorage.getItem('signalbox:programs')", &[])
}

#[track_caller]
fn open(page: &Page, dialog: &str) {
    page.press(dialog);
    page.wait_until(dialog, |page| page.dialog().as_deref() == Some(dialog));
}

/// What follows the page's own address.
fn query(page: &Page, address: &str) -> String {
    let here = page.evaluate("return location.origin + location.pathname", &[]);
    let query = address.strip_prefix(here.as_str().unwrap_or_default());
    query.unwrap_or_else(|| panic!("{address} does not lead to {here}")).to_owned()
}

#[track_caller]
fn shared(page: &Page) -> String {
    open(page, "Share");
    let address = page.field("Address");
    page.wait_until("the address on the clipboard", |page| page.clipboard() == address);
    page.press("Close");
    query(page, &address)
}

#[test]
fn a_demo_is_shared_as_it_is_shown() {
    visit("?demo=semaphore&speed=2", |page| {
        page.slider("semaphore_permits").drag_to(2.0);
        for _ in 0..7 {
            page.step("Step forward");
        }
        let query = shared(page);
        assert_eq!(query, "?demo=semaphore&semaphore_permits=2&speed=2&step=7");
        let shown = (page.program(), page.sentence(), page.tasks());
        page.go(&query);
        assert_eq!((page.program(), page.sentence(), page.tasks()), shown);
        assert_eq!(page.slider("Timeline").value(), 7.0);
        assert_eq!(page.alerts(), [""; 0]);

        open(page, "Share");
        page.tick("At step 7");
        page.wait_until("an address without a step", |page| !page.field("Address").contains("step"));
        let address = page.field("Address");
        page.wait_until("this address on the clipboard", |page| page.clipboard() == address);
    });
}

#[test]
fn a_program_of_ones_own_is_shared_whole() {
    let mut query = String::new();
    visit("", |page| {
        page.paste_program(OWN);
        page.wait_until("the program's tasks", |page| page.has_slider("PERMITS"));
        page.slider("PERMITS").drag_to(1.0);
        page.step_until("somebody who waits", 40, |page| page.tasks_in("waiting") > 0);
        query = shared(page);
        assert!(query.starts_with("#program="), "{query}");
    });
    // Somebody else's browser, in which nothing is stored.
    visit(&query, |page| {
        let tuned = OWN.replace("PERMITS = 2", "PERMITS = 1");
        assert_eq!(page.program(), tuned);
        assert!(page.tasks_in("waiting") > 0);
        assert_eq!(stored(page), Value::Null);
        page.slider("PERMITS").drag_to(3.0);
        page.wait_until("another address", |page| {
            let hash = page.evaluate("return location.hash", &[]);
            hash.as_str().is_some_and(|hash| hash.starts_with("#program=") && !query.contains(hash))
        });
        assert_eq!(stored(page), Value::Null);
        page.evaluate("location.reload(); return true", &[]);
        page.wait_until("the same after a reload", |page| page.program().contains("PERMITS = 3"));
        page.type_at_end("# mine");
        page.wait_until("it to be stored", |page| stored(page).as_str().is_some_and(|text| text.ends_with("# mine")));
        assert_eq!(page.evaluate("return location.hash", &[]), "");
    });
}

#[test]
fn a_link_leaves_alone_what_the_visitor_wrote() {
    visit("", |page| {
        page.paste_program("print('mine')\n");
        page.wait_until("it to be stored", |page| stored(page) == "print('mine')\n");
        page.go(SHARED);
        assert_eq!(page.program(), "print('shared')");
        assert_eq!(stored(page), "print('mine')\n");
        page.evaluate("location.hash = 'program=AwA'; return true", &[]);
        page.wait_until("the program of the new link", |page| page.program().is_empty());
        page.go("");
        assert_eq!(page.program(), "print('mine')\n");
    });
}

#[test]
fn a_broken_link_is_explained() {
    let long = format!("#program={}", "A".repeat(300_000));
    visit("", |page| {
        for (link, words) in [
            ("#program=", "damaged"),
            ("#program=KyjKzCvRUC_OSCxKTVH", "damaged"),
            ("#program=%3Cscript%3Ealert(1)%3C/script%3E", "damaged"),
            ("#program=AQEA_v__", "damaged"),
            ("#program=AwA&v=2", "later version"),
            (&long, "longer than"),
            ("?seed=-1", "seed=-1"),
            ("#%FF%00=<img src=x onerror=alert(1)>", "<img"),
        ] {
            page.go(link);
            page.wait_for_alert(&[words]);
            assert!(page.program().contains("asyncio.Semaphore(3)"), "{link}: {}", page.program());
        }
    });
}

#[test]
fn what_is_embedded_is_what_is_shown() {
    visit("?demo=semaphore", |page| {
        page.slider("semaphore_permits").drag_to(2.0);
        page.step("Step forward");
        open(page, "Embed");
        assert!(page.field("Element").contains("embed.js\""), "{}", page.field("Element"));
        let element = "<signal-box demo=\"semaphore\" semaphore_permits=\"2\" step=\"1\"></signal-box>\n";
        assert!(page.field("Element").ends_with(element), "{}", page.field("Element"));
        page.tick("From step 1");
        page.tick("Play at once");
        page.choose("Theme", "Dark");
        let element =
            "<signal-box demo=\"semaphore\" semaphore_permits=\"2\" theme=\"dark\" autoplay=\"1\"></signal-box>\n";
        page.wait_until("the options in the element", |page| page.field("Element").ends_with(element));
        let frame = page.field("Frame");
        assert!(
            frame.contains("?embed=1&amp;demo=semaphore&amp;semaphore_permits=2&amp;theme=dark&amp;autoplay=1\""),
            "{frame}"
        );
        page.press("Copy the frame");
        page.wait_until("the frame on the clipboard", |page| page.clipboard() == frame);
        for (dialect, words) in [
            ("MkDocs", "```{.python .signalbox}\nimport asyncio\n"),
            ("Sphinx, MyST", "```{code-block} python\n:class: signalbox\n\nimport asyncio\n"),
            ("Sphinx, reST", ".. code-block:: python\n   :class: signalbox\n\n   import asyncio\n"),
            ("Hugo", "```python {class=\"signalbox\"}\nimport asyncio\n"),
            ("Jekyll", "```\n{: .signalbox}\n"),
        ] {
            page.choose("Markdown for", dialect);
            page.wait_until(dialect, |page| page.field("Markdown").contains(words));
            assert!(page.field("Markdown").contains("asyncio.Semaphore(2)"));
            assert!(page.field("Markdown").trim_end().ends_with("</script>"));
        }
    });
}

/// Gives the program that a browser finds in what is to be put into another page. This page's policy allows no styles
/// there.
const PROGRAM_IN: &str = "
    const made = new DOMParser().parseFromString(arguments[0].replace(' style=\"border: 0\"', ''), 'text/html');
    const box = made.querySelector('signal-box');
    const strangers = [...made.body.querySelectorAll('*')].filter(each => !each.matches('script, signal-box, pre, iframe'));
    return [box?.querySelector('script, pre').textContent.trim() ?? null, made.querySelector('iframe')?.src ?? null, strangers.length]";

#[test]
fn no_program_gets_out_of_what_it_is_embedded_in() {
    let programs = [
        OWN,
        "print('plain')",
        "print('''</ScRiPt ><img src=x onerror=alert(1)>''')",
        "x = '<!-- <script>' # \"quoted\" & 'quoted' &lt;",
        "print('</pre></signal-box>')\n'''\n````\n```\n'''",
        "'''\n\n\n{% endraw %} {{< x >}}\n'''",
    ];
    visit("", |page| {
        for program in programs {
            page.paste_program(program);
            open(page, "Embed");
            let found = |form: &str| -> (Option<String>, Option<String>, u64) {
                serde_json::from_value(page.evaluate(PROGRAM_IN, &[json!(form)])).expect("three values")
            };
            let (text, _, strangers) = found(&page.field("Element"));
            assert_eq!((text.as_deref(), strangers), (Some(program.trim()), 0));
            page.wait_until("the frame", |page| page.has_field("Frame"));
            let (_, address, strangers) = found(&page.field("Frame"));
            assert_eq!(strangers, 0);
            let markdown = page.field("Markdown");
            let fence = markdown.split('{').next().unwrap_or_default();
            assert!(fence.chars().all(|letter| letter == '`') && !program.contains(fence), "{markdown}");
            assert!(markdown.contains(&format!("\n{}\n{fence}\n", program.trim_end())), "{markdown}");
            page.press("Close");
            page.wait_until("no dialog", |page| page.dialog().is_none());
            let query = query(page, &address.expect("a frame has an address"));
            let query = query.replace("embed=1", "");
            page.go(&query);
            assert_eq!(page.program(), program);
        }
    });
}

/// A folder for what one test saves.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/downloads").join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).expect("a folder can be made");
    folder.canonicalize().expect("the folder is there")
}

#[track_caller]
fn saved(page: &Page, button: &str, file: &Path) -> Vec<u8> {
    page.press(button);
    page.wait_until(&format!("{}", file.display()), |_| file.is_file());
    fs::read(file).expect("it can be read")
}

#[test]
fn pictures_and_programs_are_saved_as_files() {
    let folder = folder("share");
    visit("?demo=semaphore", |page| {
        page.save_to(&folder);
        let text = page.program();
        open(page, "Share");
        let program = saved(page, "Save as a file", &folder.join("semaphore.py"));
        assert_eq!(String::from_utf8_lossy(&program), text);
        let svg = String::from_utf8(saved(page, "Save as SVG", &folder.join("semaphore.svg"))).expect("a text");
        assert!(svg.starts_with("<svg xmlns") && svg.contains(">worker 4</text>"), "{svg}");
        assert!(svg.len() < 100_000 && !svg.contains("prefers-color-scheme"));
        let png = saved(page, "Save as PNG", &folder.join("semaphore.png"));
        assert!(png.starts_with(b"\x89PNG"));
        let width = u32::from_be_bytes(png[16..20].try_into().expect("four bytes"));
        assert_eq!(width, 1800, "as large as good displays show it");
        page.press("Close");
        // One that never ends is drawn as far as a picture can show it.
        page.go("?demo=queue");
        open(page, "Share");
        page.choose("Shades", "Dark");
        let svg = String::from_utf8(saved(page, "Save as SVG", &folder.join("queue.svg"))).expect("a text");
        assert!(svg.contains("#171c24") && svg.contains("and so on") && svg.len() < 100_000);
    });
}

#[test]
fn a_program_too_long_for_an_address_is_saved() {
    let folder = folder("long");
    let mut text = "import random\n".to_owned();
    let mut state = 1_u64;
    for number in 0..900 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        text += &format!("value_{number} = {state}\n");
    }
    let mut run = Run::new(&Program::compile(&text).expect("a program"), &Settings::default());
    run.finish();
    visit("", |page| {
        page.paste_program(&text);
        page.save_to(&folder);
        open(page, "Share");
        page.wait_until("a sentence", |page| {
            page.evaluate("return document.querySelector('dialog').innerText", &[])
                .to_string()
                .contains("too long for an address")
        });
        assert!(!page.has_field("Address"));
        let names = || fs::read_dir(&folder).expect("a folder").flatten().map(|file| file.path());
        page.press("Save as a file");
        page.wait_until("a file", |_| names().any(|path| path.extension().is_some_and(|ending| ending == "py")));
        let file = names().next().expect("a file");
        assert_eq!(fs::read_to_string(file).expect("a text"), text);
    });
}
