"""A crawler over pages in memory: a queue of addresses, those seen in a set, workers that end together."""
import asyncio
import json
from collections import Counter, deque
from dataclasses import asdict, astuple, dataclass, replace
from functools import cached_property, partial

PAGES = {"/": ["/a", "/b", "/"], "/a": ["/b", "/c"], "/b": ["/missing"], "/c": ["/a", "/d"], "/d": []}


@dataclass(frozen=True, slots=True)
class Link:
    address: str
    depth: int = 0

    def follow(self, address):
        return replace(self, address=address, depth=self.depth + 1)


class PageError(LookupError):
    def __init__(self, link):
        self.link = link
        super().__init__(f"no page {link.address}")


class Crawler:
    def __init__(self, pages, workers=2, depth=2):
        self.pages, self.workers, self.depth = pages, workers, depth
        self.seen: set[Link] = set()
        self.results: dict[Link, list[str]] = {}
        self.errors: list[Exception] = []

    @cached_property
    def queue(self):
        return asyncio.Queue()

    def add(self, link):
        known = any(other.address == link.address for other in self.seen)
        if known or link.depth > self.depth:
            return False
        self.seen.add(link)
        self.queue.put_nowait(link)
        return True

    async def fetch(self, link):
        await asyncio.sleep(0.1 + 0.05 * len(link.address))
        try:
            return self.pages[link.address]
        except KeyError:
            raise PageError(link) from None

    async def work(self, name):
        while True:
            link = await self.queue.get()
            try:
                found = await self.fetch(link)
            except PageError as error:
                self.errors.append(error)
                print(f"{name}: {error} {error.link.depth}")
            else:
                self.results[link] = found
                new = [address for address in found if self.add(link.follow(address))]
                print(f"{name}: {link.address} -> {new}")
            finally:
                self.queue.task_done()

    async def run(self, start):
        self.add(Link(start))
        workers = [asyncio.create_task(self.work(f"w{i}")) for i in range(self.workers)]
        await self.queue.join()
        for worker in workers:
            worker.cancel()
        return await asyncio.gather(*workers, return_exceptions=True)


async def main():
    crawler = Crawler(PAGES)
    ended = await crawler.run("/")
    print([type(e).__name__ for e in ended], sorted(link.address for link in crawler.seen))
    print({astuple(link): found for link, found in crawler.results.items()})
    print(Link("/") in crawler.results, crawler.results[Link("/a", 1)], sorted(Counter(link.depth for link in crawler.seen).items()))
    print(json.dumps([asdict(link) for link in crawler.results], indent=None, sort_keys=True))
    try:
        Link("/x").address = "/y"
    except AttributeError as error:
        print(type(error).__name__, error)
    order = deque(sorted(crawler.seen, key=lambda link: (-link.depth, link.address)), maxlen=2)
    print(order, partial(Link, depth=7)("/z"))


asyncio.run(main())
