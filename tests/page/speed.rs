//! How fast the page is, in Chromium: after a slider was moved, while it plays, and until it is there at all.

use std::path::Path;

use page_tests::{Page, serve, visit};

/// How often the thumb of each slider is moved.
const MOVES: usize = 24;
/// How many frames are looked at while a run plays.
const FRAMES: usize = 150;
/// Less than this, in milliseconds, is not what drawing the page takes.
const LEAST: f64 = 0.2;
/// After so many answers without a frame the run is over.
const PATIENCE: usize = 100;
/// How often the page and CPython are started, in turns.
const STARTS: usize = 7;

/// What a moved slider may take until the new run is painted, in milliseconds.
const RUN_BAR: f64 = 16.0;
/// What scripts may take of a frame, in milliseconds, by what plays, its number of tasks and its speed.
const FRAME_BARS: [(&str, usize, u32, f64); 5] = [
    ("semaphore", 5, 16, 4.0),
    (HUNDRED, 100, 16, 4.0),
    (HUNDRED, 100, 1000, 4.0),
    ("lock-ten-thousand", 10_000, 16, 8.0),
    ("lock-ten-thousand", 10_000, 1000, 8.0),
];
/// The program below.
const HUNDRED: &str = "a hundred tasks at a semaphore";
const TASKS: &str = "\
import asyncio

async def work(semaphore):
    for _ in range(3):
        async with semaphore:
            await asyncio.sleep(1)

async def main():
    semaphore = asyncio.Semaphore(20)
    await asyncio.gather(*(work(semaphore) for _ in range(100)))

asyncio.run(main())
";
/// What part of the time of CPython's start ours may be.
const START_BAR: f64 = 0.1;

fn main() {
    visit("", |page| {
        starts(page);
        frames(page);
        sliders(page);
    });
}

/// From the navigation to the first run that is drawn, and from the import of Pyodide to the first line it prints.
fn starts(page: &Page) {
    const READY: &str = "return performance.getEntriesByName('signalbox:ready')[0].startTime";
    const FIRST_LINE: &str = "return (async () => {
        const start = performance.now();
        const { loadPyodide } = await import('./pyodide.mjs');
        const python = await loadPyodide();
        const printed = new Promise(resolve => python.setStdout({ batched: resolve }));
        python.runPython('print(\"hello\")');
        await printed;
        return performance.now() - start;
    })()";
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/tools/python/node_modules/pyodide");
    let pyodide = serve(package).expect("a port is free on 127.0.0.1");
    let mut times: [Vec<f64>; 3] = Default::default();
    page.forget_files();
    for _ in 0..STARTS {
        for (times, query) in times.iter_mut().zip(["", "?demo=semaphore&embed=1"]) {
            page.go(query);
            times.push(number(page, READY));
        }
        page.leave_for(&format!("{pyodide}package.json"));
        times[2].push(number(page, FIRST_LINE));
    }
    let [whole, embedded, pyodide] = times.map(|times| part_of(times, 0.5));
    println!("| start, nothing cached | median | part of Pyodide's | bar |\n|---|--:|--:|--:|");
    for (what, time) in [("the page", whole), ("its compact form, for other pages", embedded)] {
        let part = time / pyodide;
        println!(
            "| {what}, from the navigation to the first run that is drawn | {time:.0} ms | {part:.3} | {START_BAR} |"
        );
    }
    println!("| Pyodide, from its import to the first line it prints | {pyodide:.0} ms | | |\n");
}

/// What the scripts of a frame take while a run plays, in the time of the processor: another program's turn on it is
/// not counted. The browser is asked more often than the page is drawn; what falls between two answers is one frame.
fn frames(page: &Page) {
    println!("| scripts in a frame while playing | tasks | speed | frames | median | p95 | bar |");
    println!("|---|--:|--:|--:|--:|--:|--:|");
    for (title, tasks, speed, bar) in FRAME_BARS {
        let demo = if title == HUNDRED { "race" } else { title };
        page.go(&format!("?demo={demo}&speed={speed}"));
        if title == HUNDRED {
            page.paste_program(TASKS);
            page.wait_until("its run", |page| *page.slider("Timeline").range().end() > 300.0);
        }
        page.restart();
        page.press("Play");
        let mut times = Vec::new();
        let mut before = page.script_time();
        let mut asked_in_vain = 0;
        while times.len() < FRAMES {
            let now = page.script_time();
            if now - before > LEAST {
                times.push(now - before);
                asked_in_vain = 0;
            }
            before = now;
            asked_in_vain += 1;
            if asked_in_vain > PATIENCE {
                // The run is over. To find that out takes scripts as well: they are not counted.
                page.press("Play");
                before = page.script_time();
                asked_in_vain = 0;
            }
        }
        let (median, most) = (part_of(times.clone(), 0.5), part_of(times, 0.95));
        println!("| {title} | {tasks} | {speed} | {FRAMES} | {median:.1} ms | {most:.1} ms | {bar} ms |");
    }
    println!();
}

/// From the input to the picture, for the sliders of every demo next to where they stand in the beginning.
fn sliders(page: &Page) {
    const RUNS: &str = "return performance.getEntriesByName('signalbox:run').map(run => run.duration)";
    println!("| a slider is moved in | runs | median | p95 | bar |\n|---|--:|--:|--:|--:|");
    let (mut all, mut usual) = (Vec::new(), Vec::new());
    for demo in demos() {
        page.go(&format!("?demo={demo}"));
        page.pause();
        page.evaluate("performance.clearMeasures()", &[]);
        for name in page.slider_names() {
            if name != "Timeline" {
                page.slider(&name).shake(MOVES);
            }
        }
        let times: Vec<f64> = serde_json::from_value(page.evaluate(RUNS, &[])).expect("numbers");
        if times.is_empty() {
            continue;
        }
        let (median, most) = (part_of(times.clone(), 0.5), part_of(times.clone(), 0.95));
        println!("| {demo} | {} | {median:.1} ms | {most:.1} ms | {RUN_BAR} ms |", times.len());
        if !demo.ends_with("ten-thousand") {
            usual.extend(&times);
        }
        all.extend(times);
    }
    for (which, times) in [("all but those of ten thousand tasks", usual), ("all", all)] {
        let (runs, median) = (times.len(), part_of(times.clone(), 0.5));
        println!("| {which} | {runs} | {median:.1} ms | {:.1} ms | {RUN_BAR} ms |", part_of(times, 0.95));
    }
}

/// The names of all demos.
fn demos() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../static/demos");
    let files = std::fs::read_dir(folder).expect("there are demos").flatten().map(|entry| entry.path());
    let programs = files.filter(|path| path.extension().is_some_and(|ending| ending == "py"));
    let mut names: Vec<String> =
        programs.filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    names
}

fn number(page: &Page, script: &str) -> f64 {
    page.evaluate(script, &[]).as_f64().expect("a time is a number")
}

/// The value that this part of all values does not exceed.
fn part_of(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * part).ceil() as usize;
    values[place.saturating_sub(1)]
}
