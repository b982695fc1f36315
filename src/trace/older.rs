//! What programs written for an older Python use: what it is, when it left, and what to write today.

/// Something that worked in an older Python and works here, too, but no longer in the Python of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OlderForm {
    /// `with await lock:`
    WithAwait,
    /// `with (yield from lock):`
    WithYieldFrom,
    /// `loop=` where a primitive is made, or for `sleep`, `gather`, `wait`, ...
    LoopArgument,
    /// `asyncio.get_event_loop()` where no loop runs and none was set.
    GetEventLoop,
    /// `asyncio.gather`, `ensure_future`, `Task` or `Future` where no loop runs and none was set.
    TaskWithoutLoop,
    /// `asyncio.wait` on coroutines.
    WaitOnCoroutines,
    /// `@asyncio.coroutine`
    CoroutineDecorator,
    /// `asyncio.Task.all_tasks()` or `asyncio.Task.current_task()`.
    TaskClassMethod,
    /// `asyncio.async(...)`. Nothing can run it: `async` has become a keyword.
    AsyncFunction,
}

/// What there is to say about an [`OlderForm`].
struct Story {
    kind: &'static str,
    what: &'static str,
    deprecated: &'static str,
    removed: &'static str,
    today: &'static str,
}

impl OlderForm {
    /// As Python's own documentation tells it.
    fn story(self) -> Story {
        let (kind, what, deprecated, removed, today) = match self {
            Self::WithAwait => ("with_await", "`with await lock`", "3.7", "3.9", "write `async with lock`"),
            Self::WithYieldFrom => {
                ("with_yield_from", "`with (yield from lock)`", "3.7", "3.9", "write `async with lock`")
            }
            Self::LoopArgument => ("loop_argument", "the argument `loop=`", "3.8", "3.10", "leave it out"),
            Self::GetEventLoop => {
                let what = "`asyncio.get_event_loop()` outside a coroutine";
                ("get_event_loop", what, "3.12", "3.14", "write `asyncio.run(main())`")
            }
            Self::TaskWithoutLoop => {
                let what = "making a task or future outside a coroutine";
                ("task_without_loop", what, "3.10", "3.14", "do it in a coroutine for `asyncio.run`")
            }
            Self::WaitOnCoroutines => {
                let today = "write `asyncio.create_task(...)` around each";
                ("wait_on_coroutines", "`asyncio.wait` on coroutines", "3.8", "3.11", today)
            }
            Self::CoroutineDecorator => {
                let today = "write `async def`, and `await` for `yield from`";
                ("coroutine_decorator", "`@asyncio.coroutine`", "3.8", "3.11", today)
            }
            Self::TaskClassMethod => {
                let today = "write `asyncio.all_tasks()` or `asyncio.current_task()`";
                ("task_class_method", "`all_tasks` or `current_task` of `asyncio.Task`", "3.7", "3.9", today)
            }
            Self::AsyncFunction => {
                let today = "write `asyncio.ensure_future(...)`, or `asyncio.create_task(...)` in a coroutine";
                ("async_function", "`asyncio.async(...)`", "3.4.4", "3.7", today)
            }
        };
        Story { kind, what, deprecated, removed, today }
    }

    /// Its kind, as other programs read it.
    pub fn kind(self) -> &'static str {
        self.story().kind
    }

    /// A sentence without a full stop; code in it stands between backticks.
    pub fn sentence(self) -> String {
        let Story { what, deprecated, removed, today, .. } = self.story();
        format!("{what} left Python in {removed}, deprecated since {deprecated}; {today}")
    }
}
