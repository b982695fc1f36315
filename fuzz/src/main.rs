//! A worker of `cargo xtask fuzz`: tries one program after the other until one brings it down.
//!
//! ```text
//! fuzz parse|run CORPUS FIRST STRIDE COUNT   tries the programs of seeds, and says the number of each before it
//! fuzz show CORPUS SEED                      prints the program of a seed
//! fuzz parse|run FILE                        tries a program
//! ```
//!
//! The program of a seed depends on the seed and on the programs in CORPUS alone.

mod corpus;
mod expression;
mod mutate;
#[path = "../../xtask/src/conformance/random.rs"]
mod random;
mod target;
mod tokens;

use std::process::ExitCode;
use std::{env, fs, thread};

use corpus::Corpus;
use target::Target;

#[global_allocator]
static ALLOCATOR: signalbox::memory::Counting = signalbox::memory::Counting;

/// As much as a page gets.
const STACK: usize = 1 << 20;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || work(&arguments));
    match worker.map(thread::JoinHandle::join) {
        Ok(Ok(Some(()))) => ExitCode::SUCCESS,
        Ok(Ok(None)) => {
            eprintln!("fuzz: the command that starts this is `cargo xtask fuzz`");
            ExitCode::from(2)
        }
        // The panic has been told.
        _ => ExitCode::from(101),
    }
}

/// Does what the arguments say; `None` if they say nothing that can be done.
fn work(arguments: &[String]) -> Option<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        [target, folder, first, stride, count] => {
            let target = Target::named(target)?;
            let corpus = Corpus::read(folder);
            let (first, stride, count): (u64, u64, u64) =
                (first.parse().ok()?, stride.parse().ok()?, count.parse().ok()?);
            for number in 0..count {
                let seed = first + number * stride;
                println!("{seed}");
                target.attempt(&mutate::program(&corpus, seed));
            }
        }
        ["show", folder, seed] => print!("{}", mutate::program(&Corpus::read(folder), seed.parse().ok()?)),
        [target, file] => Target::named(target)?.attempt(&fs::read_to_string(file).ok()?),
        _ => return None,
    }
    Some(())
}
