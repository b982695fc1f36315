//! The project's own commands. `cargo xtask` lists them.

mod install;
mod program;
mod site;
mod test;

use std::process::ExitCode;

use program::Outcome;

const COMMANDS: &str = "\
cargo xtask serve    shows the page on http://127.0.0.1:8080 and builds it again whenever a file changes
cargo xtask build    makes the release site in dist/ and says how much a first visit downloads
cargo xtask test     checks formatting and lints, then runs every test, natively and in the browser

Each installs what it needs first. What is written after `serve` or `build` is passed on to Trunk.";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let options: Vec<String> = arguments.collect();
    let outcome = match command.as_str() {
        "serve" => serve(&options),
        "build" => build(&options),
        "test" if options.is_empty() => test(),
        "" | "help" | "--help" | "-h" => {
            println!("{COMMANDS}");
            Ok(())
        }
        _ => {
            eprintln!("{COMMANDS}");
            return ExitCode::from(2);
        }
    };
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

fn test() -> Outcome {
    install::page_tools()?;
    install::release_tools()?;
    install::browser()?;
    test::run()
}
