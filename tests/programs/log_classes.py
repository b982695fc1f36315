"""Handlers, formatters, filters and adapters of a program's own, and what tasks log."""
import asyncio
import logging
import sys


class ListHandler(logging.Handler):
    def __init__(self, level=logging.NOTSET):
        super().__init__(level)
        self.lines = []

    def emit(self, record):
        self.lines.append(self.format(record))


class TaskFilter(logging.Filter):
    def filter(self, record):
        try:
            task = asyncio.current_task()
        except RuntimeError:
            task = None
        record.who = task.get_name() if task else "main"
        return "secret" not in record.getMessage()


class ShortFormatter(logging.Formatter):
    def format(self, record):
        return f"{record.levelname[0]}|{record.who}|{super().format(record)}"


log = logging.getLogger("app")
log.setLevel(logging.DEBUG)
log.propagate = False
handler = ListHandler(logging.INFO)
handler.addFilter(TaskFilter())
handler.setFormatter(ShortFormatter("%(name)s: %(message)s"))
log.addHandler(handler)
screen = logging.StreamHandler(sys.stdout)
screen.setFormatter(logging.Formatter("%(levelname)-7s %(name)s %(message)s"))
log.addHandler(screen)


async def work(n):
    log.info("begins %d", n)
    await asyncio.sleep(0.1)
    try:
        1 / (n - 1)
    except ZeroDivisionError as error:
        log.error("failed: %s", error)
    log.debug("ends %d", n)
    log.warning("secret %s", "word")


async def main():
    async with asyncio.TaskGroup() as group:
        for n in range(2):
            group.create_task(work(n), name=f"worker-{n}")


log.info("starting")
asyncio.run(main())
print(handler.lines, handler.level, isinstance(handler, logging.Handler))
child = logging.getLogger("app.db")
child.warning("from %s", "below")
print(handler.lines[-1], log.handlers == [handler, screen], child.getEffectiveLevel(), log.isEnabledFor(10))
log.removeHandler(screen)
log.critical("unseen")
print(len(handler.lines), logging.getLevelName(30))
