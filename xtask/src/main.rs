//! The project's own commands. `cargo xtask` lists them.

mod bench;
mod compressed;
mod conformance;
mod file;
mod fuzz;
mod install;
mod minify;
mod offline;
mod policy;
mod program;
mod site;
mod split;
mod test;

use std::process::ExitCode;

use program::Outcome;

const COMMANDS: &str = "\
cargo xtask serve    shows the page on http://127.0.0.1:8080 and builds it again whenever a file changes
cargo xtask build    makes the release site in dist/ and says how much a first visit downloads
cargo xtask test     checks formatting and lints, then runs every test, natively and in the browser
cargo xtask bench    measures the primitives against other crates, natively and in wasm
cargo xtask bench --programs
                     measures plain programs against CPython, natively and in Chromium, on the site in dist/
cargo xtask bench --page
                     measures how fast the page in dist/ starts, plays and follows a slider

cargo xtask conformance [--programs N] [--seed S] [--shrink K] [--without NAMES] [--only NAMES]
                     runs random programs on CPython 3.14 and on Signalbox and makes the first K that differ small
cargo xtask conformance --cpython [FOLDER]
                     runs CPython's own tests for asyncio, of the installed Python or in FOLDER, on Signalbox

cargo xtask fuzz [--minutes N] [--seed S] parse|run
                     looks for programs that Signalbox does not survive: while it compiles them, or runs and shows them

Each installs what it needs first. What is written after `serve` or `build` is passed on to Trunk.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let options: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "serve" => serve(&options),
        "build" => build(&options),
        "bench" => bench(&options),
        "conformance" => conformance(&options),
        "fuzz" => fuzz::Options::parse(&options).and_then(|options| fuzz::run(&options)),
        "test" if options.is_empty() => return test(),
        "" | "help" | "--help" | "-h" => {
            println!("{COMMANDS}");
            Ok(())
        }
        _ => {
            eprintln!("{COMMANDS}");
            return ExitCode::from(2);
        }
    };
    exit_code(&outcome)
}

/// Says what went wrong, if something did.
fn exit_code(outcome: &Outcome) -> ExitCode {
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn serve(options: &[String]) -> Outcome {
    install::page_tools()?;
    if options.iter().any(|option| option == "--release") {
        install::release_tools()?;
    }
    program::say("starting Trunk: after the first build, of a minute or two, the page is on http://127.0.0.1:8080");
    program::become_it(site::trunk("serve", options))
}

fn build(options: &[String]) -> Outcome {
    install::page_tools()?;
    install::release_tools()?;
    site::build(options)?;
    site::report()
}

fn bench(options: &[String]) -> Outcome {
    match options {
        [] => {
            install::wasm_tools()?;
            bench::primitives()
        }
        [option] if option == "--programs" => {
            install::browser()?;
            bench::programs()
        }
        [option] if option == "--page" => {
            install::browser()?;
            install::conformance_tools()?;
            bench::page()
        }
        _ => Err("`bench` takes `--programs`, `--page` or nothing".to_owned()),
    }
}

fn conformance(options: &[String]) -> Outcome {
    match options {
        [option] if option == "--cpython" => conformance::cpython::run(None)?.verdict(),
        [option, folder] if option == "--cpython" => conformance::cpython::run(Some(folder))?.verdict(),
        _ => conformance::run(&conformance::Options::parse(options)?)?.verdict(),
    }
}

/// Ends with a line that counts the tests, whatever happened before.
fn test() -> ExitCode {
    let mut count = test::Count::default();
    let tools = [
        install::page_tools,
        install::release_tools,
        install::browser,
        install::page_test_tools,
        install::conformance_tools,
        install::documentation_tools,
    ];
    let installed = tools.into_iter().try_for_each(|install| install());
    let outcome = installed.and_then(|()| test::run(&mut count));
    let exit_code = exit_code(&outcome);
    if outcome.is_err() && count.failed == 0 {
        // A check that does not hold, or a test that does not compile, fails without a count of its own.
        count.failed = 1;
    }
    println!("\n{} passed, {} failed", count.passed, count.failed);
    exit_code
}
