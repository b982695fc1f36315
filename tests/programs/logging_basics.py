"""logging in its basic form."""
import asyncio
import logging
import sys

logging.basicConfig(level=logging.INFO, format="%(levelname)-8s %(name)s: %(message)s", stream=sys.stdout)
logging.info("plain")
logging.debug("too quiet")
logging.warning("%s has %d of %5.2f", "queue", 3, 2.5)
logger = logging.getLogger(__name__)
child = logging.getLogger("app.db.pool")
parent = logging.getLogger("app")
parent.setLevel("ERROR")
child.warning("below its parent's level")
child.error("heard")
child.setLevel(logging.DEBUG)
child.debug("mine: %(a)s", {"a": 1})
print(logger, child.getEffectiveLevel(), parent.level, logger.isEnabledFor(10), child.name)
print(logging.getLogger("app") is parent, logging.getLevelName(30), logging.getLevelName("INFO"), logging.getLevelName(35), logging.DEBUG, logging.CRITICAL, parent.hasHandlers(), child.handlers, repr(child))


def divide(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        logger.error("cannot divide %s", a)


async def worker(number):
    log = logging.getLogger(f"worker.{number}")
    log.info("starts")
    await asyncio.sleep(0.1 * number)
    log.info("ends")


async def main():
    await asyncio.gather(worker(2), worker(1))


divide(1, 0)
asyncio.run(main())
logger.log(25, "between")
logger.critical("last")
logging.disable(logging.WARNING)
logger.warning("disabled")
logger.error("enabled")
