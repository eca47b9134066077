"""What an executor's threads are given: who submits it, who does it, how many wait, what failed"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "type":"message",.*"actor":3,"from":3,.*"on":"tasks of pool",.*"number":2,
# matches: "type":"message",.*"actor":4,.*"to":4,"on":"tasks of pool",.*"number":2,
# matches: "type":"counter",.*"on":"tasks of pool",.*"value":2
# matches: "type":"counter",.*"on":"tasks of pool",.*"value":0
# matches: "type":"label","actor":4,"label":"fetch",
# matches: "type":"label","actor":4,"label":"Shop.sell",
# matches: "type":"label","actor":[0-9]+,"label":"in_context",
# matches: "type":"note",.*"actor":4,"text":"fetch failed: ValueError: no such page"
# never: "label":"Context.run"
# says: every invariant holds
import asyncio
import functools
import time
from concurrent.futures import ThreadPoolExecutor


def fetch(number):
    time.sleep(0.02)
    if number == 2:
        raise ValueError("no such page")
    return number


class Shop:
    def sell(self):
        return "sold"


def in_context():
    return 4


with ThreadPoolExecutor(1) as pool:
    futures = [pool.submit(fetch, number) for number in (1, 2)]
    futures += [pool.submit(Shop().sell), pool.submit(functools.partial(fetch, 3))]
    assert futures[0].result() == 1 and futures[3].result() == 3
    assert isinstance(futures[1].exception(), ValueError)


async def main():
    assert await asyncio.to_thread(in_context) == 4


asyncio.run(main())
