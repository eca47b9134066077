"""Sleepers whose time has come while somebody blocks their loop are kept waiting, too"""
# run: run --verify --print text
# run: run --clock virtual --verify --print text
# matches: Task-5 \(rude\) blocks loop for .*; it keeps 2 tasks waiting: Task-2 \(early\) and Task-3 \(early\)\.
# says: every invariant holds
import asyncio
import time


async def early():
    await asyncio.sleep(0.05)


async def late():
    await asyncio.sleep(5)


async def rude():
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        pass


async def main():
    sleepers = [asyncio.create_task(early()), asyncio.create_task(early())]
    last, task = asyncio.create_task(late()), asyncio.create_task(rude())
    await asyncio.wait(sleepers)
    last.cancel()
    await task


asyncio.run(main())
