//! Barriers.

use std::cell::Cell;
use std::future::Future;

use signalbox::sync::Barrier;

use crate::contest::{Contest, contest};
use crate::executor::Executor;
use crate::host::time;

const PARTIES: usize = 100;
const MEETINGS: usize = 20;

pub fn contests() -> Vec<Contest> {
    vec![contest!(
        "Barrier, 100 meet", meet:
        Barrier, tokio::sync::Barrier, async_lock::Barrier,
    )]
}

/// Where a number of tasks wait for each other.
trait Meeting {
    const NAME: &'static str;

    fn new(parties: usize) -> Self;

    /// Whether this is the one of them that is told so.
    fn wait(&self) -> impl Future<Output = bool>;
}

/// All meet, again and again.
fn meet<M: Meeting>() -> f64 {
    let meeting = M::new(PARTIES);
    let (arrivals, chosen) = (Cell::new(0), Cell::new(0));
    let mut executor = Executor::default();
    for _ in 0..PARTIES {
        executor.spawn(async {
            for round in 1..=MEETINGS {
                arrivals.set(arrivals.get() + 1);
                if meeting.wait().await {
                    chosen.set(chosen.get() + 1);
                }
                assert!(arrivals.get() >= round * PARTIES, "not all are there");
            }
        });
    }
    let elapsed = time(|| executor.run());
    assert_eq!(chosen.get(), MEETINGS);
    elapsed / (PARTIES * MEETINGS) as f64
}

impl Meeting for Barrier {
    const NAME: &'static str = "signalbox";

    fn new(parties: usize) -> Self {
        Self::new(parties).expect("there are some")
    }

    async fn wait(&self) -> bool {
        self.wait().await.expect("nobody aborts it") == 0
    }
}

impl Meeting for tokio::sync::Barrier {
    const NAME: &'static str = "tokio";

    fn new(parties: usize) -> Self {
        Self::new(parties)
    }

    async fn wait(&self) -> bool {
        self.wait().await.is_leader()
    }
}

impl Meeting for async_lock::Barrier {
    const NAME: &'static str = "async-lock";

    fn new(parties: usize) -> Self {
        Self::new(parties)
    }

    async fn wait(&self) -> bool {
        self.wait().await.is_leader()
    }
}
