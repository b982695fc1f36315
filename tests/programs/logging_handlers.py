"""logging with handlers of one's own, and without any."""
import asyncio
import logging
import sys

logging.warning("the root logger gets a handler on standard error")
silent = logging.getLogger("silent")
silent.addHandler(logging.NullHandler())
handler = logging.StreamHandler(sys.stdout)
handler.setFormatter(logging.Formatter("{levelname}|{name}|{message}|{taskName}", style="{"))
handler.setLevel(logging.WARNING)
app = logging.getLogger("app")
app.setLevel(logging.DEBUG)
app.addHandler(handler)
app.addHandler(handler)
app.propagate = False
app.info("not for this handler")
app.warning("for this handler")
part = app.getChild("part")
part.error("handed up")
print(part.name, app.handlers == [handler], part.propagate, app.propagate, app.disabled)


async def main():
    app.error("in a task")
    await asyncio.create_task(step(), name="named")


async def step():
    app.error("in another")


asyncio.run(main())
app.removeHandler(handler)
app.addHandler(logging.StreamHandler(sys.stdout))
app.error("bare")
logging.getLogger("asyncio").setLevel(logging.WARNING)
logging.basicConfig(format="ignored: there is a handler already")
logging.basicConfig(level=logging.DEBUG, format="%(levelno)s %(lineno)d %(message)s %(threadName)s %(processName)s", stream=sys.stdout, force=True)
logging.debug("forced")
app.disabled = True
app.error("disabled")
try:
    logging.getLogger().setLevel("LOUD")
except ValueError as error:
    print(error)


class Kept:
    """Something to write to, of which only the ends of the texts are kept."""

    def __init__(self):
        self.lines = []

    def write(self, text):
        self.lines += text.splitlines()

    def flush(self):
        pass


kept = Kept()
logging.basicConfig(stream=kept, format="%(message)s", force=True)
try:
    raise KeyError("lost")
except KeyError as error:
    logging.error("given", exc_info=error)
    logging.exception("handled")
    logging.error("quiet")
print([line for line in kept.lines if not line.startswith(" ")])
print("printed", file=kept)
print(kept.lines[-1])
