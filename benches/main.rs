//! The primitives of `signalbox::sync` against those of other crates, in one run, as ratios.

mod clock;
mod contest;
mod exclusive;
mod executor;
mod queue;

fn main() {
    println!("| | signalbox takes | of what the fastest other takes (quartiles) | of what the others take |");
    println!("|---|--:|---|---|");
    for contest in exclusive::contests().into_iter().chain(queue::contests()) {
        println!("{}", contest.row());
    }
}
