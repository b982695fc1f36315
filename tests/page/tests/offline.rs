//! The site on a plain host under a long path, and once that host is gone.

use std::fs;

use page_tests::{Host, Page, visit};

const OWN: &str = "\
import asyncio
import json

async def main():
    await asyncio.sleep(1)
    print(json.dumps({'power': 3**50}))

asyncio.run(main())
";
const OWN_PRINTS: &str = "{\"power\": 717897987691852588770249}\n";

/// A demo, another one, a program that needs all of the code, and a dialog that shows every demo.
fn works(page: &Page, address: &str) {
    page.go_to(address);
    assert!(page.program().contains("asyncio.Semaphore"), "{}", page.program());
    page.step("Step forward");
    page.go_to(&format!("{address}?demo=barrier"));
    assert!(page.program().contains("asyncio.Barrier"), "{}", page.program());
    page.paste_program(OWN);
    page.wait_until("the output of a program of one's own", |page| {
        page.slider("Timeline").set_to_greatest();
        page.output() == OWN_PRINTS
    });
    page.press("Demos");
    page.wait_until("the pictures of all demos", |page| {
        page.evaluate("return [...document.querySelectorAll('.cards .frame')].every(frame => frame.firstChild)", &[])
            == true
    });
    assert!(page.alerts().is_empty(), "{:?}", page.alerts());
}

/// The names of the copies that the browser keeps, once a worker keeps one.
fn copies(page: &Page) -> Vec<String> {
    let names = page.evaluate("return caches.keys()", &[]);
    names.as_array().into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

fn is_kept(page: &Page) -> bool {
    let script = "return (async () => !!(await navigator.serviceWorker.getRegistration())?.active)()";
    page.evaluate(script, &[]) == true
}

#[test]
fn any_static_host_will_do_and_after_one_visit_none_is_needed() {
    let mut host = Host::start("some/deep/path");
    let address = host.address();
    visit("", |page| {
        works(page, &address);
        page.evaluate("localStorage.clear()", &[]);
        page.wait_until("the offline copy", is_kept);
        assert!(page.console_errors().is_empty());
        host.stop();
        page.clear_cache();
        works(page, &address);
        // The browser notes that there is no network.
        page.console_errors();
    });
}

#[test]
fn a_new_build_is_shown_at_once_and_takes_the_place_of_the_old_copy() {
    let mut host = Host::start("signalbox");
    let address = host.address();
    visit("", |page| {
        page.go_to(&address);
        page.wait_until("the offline copy", is_kept);
        let first = copies(page);
        assert_eq!(first.len(), 1, "{first:?}");

        let change = |file: &str, from: &str, to: &str| {
            let path = host.folder().join(file);
            let text = fs::read_to_string(&path).expect("the site has this file");
            assert!(text.contains(from), "{file} has no {from}");
            fs::write(path, text.replacen(from, to, 1)).expect("the site can be changed");
        };
        change("index.html", "<title>Signalbox", "<title>Signalbox, the next build");
        change("offline.js", "const BUILD=\"", "const BUILD=\"next");
        let title = |page: &Page| page.evaluate("return document.title", &[]).as_str().map(str::to_owned);
        page.go_to(&address);
        assert!(title(page).is_some_and(|title| title.contains("next build")));
        page.wait_until("the new copy", |page| copies(page).len() == 2);
        page.wait_until("the new copy to replace the old one", |page| {
            page.go_to(&address);
            copies(page).iter().all(|name| name.contains("next"))
        });
        host.stop();
        page.clear_cache();
        page.go_to(&address);
        assert!(title(page).is_some_and(|title| title.contains("next build")));
        page.console_errors();
    });
}

#[test]
fn in_the_pages_of_others_nothing_is_kept() {
    let host = Host::start("signalbox");
    visit("", |page| {
        page.go_to(&format!("{}?demo=lock&embed=1", host.address()));
        let script = "return (async () => {
            for (let i = 0; i < 5; i++) await new Promise(requestIdleCallback);
            return (await navigator.serviceWorker.getRegistrations()).length;
        })()";
        assert_eq!(page.evaluate(script, &[]), 0);
    });
}
