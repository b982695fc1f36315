//! The primitives of `signalbox::sync` against those of other crates, in one run, as ratios.

mod barrier;
mod clock;
mod contest;
mod event;
mod exclusive;
mod executor;
mod queue;

fn main() {
    println!("| | signalbox takes | of what the fastest other takes (quartiles) | of what the others take |");
    println!("|---|--:|---|---|");
    let contests = [exclusive::contests(), barrier::contests(), event::contests(), queue::contests()];
    for contest in contests.iter().flatten() {
        println!("{}", contest.row());
    }
}
