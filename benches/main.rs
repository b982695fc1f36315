//! The primitives of `signalbox::sync` against those of other crates, in one run, as ratios.

mod barrier;
mod contest;
mod event;
mod exclusive;
mod executor;
mod host;
mod queue;

fn main() {
    host::print("| | ours | ours / the fastest other (quartiles) | ours / the others |");
    host::print("|---|--:|---|---|");
    let contests = [exclusive::contests(), barrier::contests(), event::contests(), queue::contests()];
    // `cargo bench -- Lock` runs what has that in its title. Cargo adds options of its own; in wasm there are none.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    for contest in contests.iter().flatten() {
        if wanted.iter().all(|word| contest.title.contains(word.as_str())) {
            host::print(&contest.row());
        }
    }
}
