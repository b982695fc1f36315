//! Rounds in which every contestant has its turn, and the table of their ratios.

use std::fmt::Write;

/// How often each contestant has its turn. Odd, so that there is a middle.
const ROUNDS: usize = 301;

/// One who takes part in a [`Contest`].
pub struct Contestant {
    pub name: &'static str,
    /// Does it all once, checks the outcome, and returns the nanoseconds that one operation took.
    pub sample: fn() -> f64,
}

/// A row of the table. The first contestant is ours.
pub struct Contest {
    pub title: &'static str,
    pub contestants: Vec<Contestant>,
}

/// The median, between the quartiles.
struct Spread {
    low: f64,
    middle: f64,
    high: f64,
}

impl Contest {
    /// Lets the contestants take turns, and writes the row.
    ///
    /// What else the machine does disturbs all of them alike: each ratio is of two turns in the same round, and the
    /// middle one of all rounds counts. Everybody begins a round as often as everybody else.
    pub fn row(&self) -> String {
        let count = self.contestants.len();
        let mut times = vec![Vec::with_capacity(ROUNDS); count];
        for round in 0..ROUNDS {
            for turn in 0..count {
                let contestant = (round + turn) % count;
                times[contestant].push((self.contestants[contestant].sample)());
            }
        }
        let ours = spread(times[0].clone()).middle;
        let mut peers = Vec::new();
        for (contestant, theirs) in self.contestants.iter().zip(&times).skip(1) {
            let ratios = times[0].iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
            peers.push((contestant.name, spread(ratios)));
        }
        // Who is fastest leaves us the largest ratio.
        peers.sort_by(|(_, one), (_, other)| other.middle.total_cmp(&one.middle));
        let mut row = format!("| {} | {ours:.1} ns |", self.title);
        for (place, (name, Spread { low, middle, high })) in peers.iter().enumerate() {
            let _ = match place {
                0 => write!(row, " {name} **{middle:.2}** ({low:.2}–{high:.2}) |"),
                1 => write!(row, " {name} {middle:.2}"),
                _ => write!(row, ", {name} {middle:.2}"),
            };
        }
        row + " |"
    }
}

fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_by(f64::total_cmp);
    let at = |part: usize| values[values.len() * part / 4];
    Spread { low: at(1), middle: at(2), high: at(3) }
}

/// A contest whose contestants are types, each run by one function.
macro_rules! contest {
    ($title:literal, $sample:ident: $($contestant:ty),* $(,)?) => {
        $crate::contest::Contest {
            title: $title,
            contestants: vec![
                $($crate::contest::Contestant { name: <$contestant>::NAME, sample: $sample::<$contestant> }),*
            ],
        }
    };
}
pub(crate) use contest;
