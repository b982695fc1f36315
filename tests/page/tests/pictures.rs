//! The pictures of `docs/demos.md`.

use std::path::Path;
use std::process::Command;

use page_tests::{Scheme, visit};

/// Which demo is shown after which step, and in which theme.
const PICTURES: [(&str, u32, Scheme); 10] = [
    ("semaphore", 10, Scheme::Light),
    ("queue", 24, Scheme::Light),
    ("lock", 17, Scheme::Light),
    ("condition", 13, Scheme::Light),
    ("barrier", 4, Scheme::Light),
    ("event", 6, Scheme::Light),
    ("deadlock", 9, Scheme::Dark),
    ("philosophers", 16, Scheme::Dark),
    ("blocking-call", 9, Scheme::Light),
    ("task-group", 11, Scheme::Light),
];

/// Takes them all anew.
#[test]
#[ignore = "writes into docs/; run it after the page has changed its looks: \
            cargo test --package page-tests --test pictures -- --ignored"]
fn the_documentation_has_pictures_of_ten_demos() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    visit("", |page| {
        for (demo, step, scheme) in PICTURES {
            page.go(&format!("?demo={demo}&step={step}&autoplay=0"));
            let no_bars = "const sheet = new CSSStyleSheet(); sheet.replaceSync('* { scrollbar-width: none }');
                document.adoptedStyleSheets.push(sheet)";
            page.evaluate(no_bars, &[]);
            page.screenshot(demo, 1440, 900, scheme);
            let picture = root.join(format!("docs/{demo}.png"));
            std::fs::copy(root.join(format!("target/screenshots/{demo}.png")), &picture).expect("a picture was taken");
            let reduced = Command::new("python3").arg(root.join("docs/palette.py")).arg(&picture).status();
            assert!(reduced.is_ok_and(|status| status.success()), "{} keeps all its colours", picture.display());
            let size = picture.metadata().expect("it has just been written").len();
            assert!(size < 120_000, "{} has {size} bytes", picture.display());
        }
    });
}
