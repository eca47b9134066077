"""Tasks of an event loop: made, ready, awaiting what and where, done, failed, cancelled by whom"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "id":4,"kind":"loop","name":"loop","parent":3
# matches: "id":5,"kind":"task","name":"Task-1","parent":4,"coroutine":"main"
# matches: "id":10,"kind":"task","name":"fails","parent":4,"coroutine":"fail"
# matches: "actor":6,"state":"ready",.*"cause":4
# matches: "actor":5,"state":"awaiting","on":"sleep",.*"line":64,"call":"asyncio.sleep","cause":null
# matches: "actor":6,"state":"awaiting","on":"gate","on_id":[0-9]+,"on_kind":"lock",.*"line":41,"call":"Lock.__aenter__","cause":5
# matches: "actor":7,"state":"awaiting","on":"jobs","on_id":[0-9]+,"on_kind":"queue",.*"line":46,"call":"Queue.get","cause":5
# matches: "actor":9,"state":"awaiting","on":"Task-4","on_id":[0-9]+,"on_kind":"task",.*"line":50,"cause":8
# matches: "actor":5,"state":"awaiting","on":"gather",.*"on_kind":"future",.*"line":65,
# matches: "actor":5,"state":"awaiting","on":"to_thread",.*"line":66,
# matches: "actor":5,"state":"awaiting","on":"sleep",.*"line":54,
# matches: "actor":5,"state":"sleeping",.*"line":68,"cause":null
# matches: "actor":4,"state":"sleeping",.*"line":68,"cause":null
# matches: "type":"died","time":[0-9]+,"actor":10,"how":"failed","error":"ValueError: no such page"
# matches: "type":"died","time":[0-9]+,"actor":9,"how":"cancelled","by":5
# matches: "text":"coroutine 'forgotten' was never awaited","line":69
# says: Task exception was never retrieved ValueError: no such page
# says: every invariant holds
import asyncio
import time


async def fail():
    await asyncio.sleep(0.01)
    raise ValueError("no such page")


async def forgotten():
    pass


def spin():
    time.sleep(0.01)


async def wait_for_gate(gate):
    async with gate:
        pass


async def take(jobs):
    return await jobs.get()


async def watch(task):
    await task


async def count():
    await asyncio.sleep(0.01)
    yield 1


async def main():
    gate, jobs = asyncio.Lock(), asyncio.Queue()
    await gate.acquire(), await asyncio.sleep(0.01)
    both = [asyncio.create_task(wait_for_gate(gate)), asyncio.create_task(take(jobs))]
    watcher = asyncio.create_task(watch(asyncio.create_task(take(asyncio.Queue()))))
    bad = asyncio.create_task(fail(), name="fails")
    await asyncio.sleep(0.02), gate.release(), await jobs.put(1), watcher.cancel()
    await asyncio.gather(*both)
    await asyncio.to_thread(spin)
    async for _ in count():
        time.sleep(0.01)
    forgotten()
    del bad


asyncio.run(main())
