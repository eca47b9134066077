"""A time limit that nobody looks at

A limit is a cancellation: it is thrown in where the task waits. Code that blocks waits nowhere, so
the limit passes unseen. And a thread cannot be cancelled at all: who waits for it gives up, and the
thread goes on. (asyncio.timeout does the same as wait_for.)

chapter: asyncio
from: 002_c43905b1571a6008.txt, 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.2
"""
import asyncio
import time

from gilscope import check, mark, measure, note, phase

LIMIT, LONG = 0.1, 0.4
written = []


async def blocks():
    time.sleep(LONG)
    return "done"


async def awaits():
    await asyncio.sleep(LONG)
    return "done"


def write_report():
    time.sleep(LONG)
    written.append("the report")


async def in_a_thread():
    await asyncio.get_running_loop().run_in_executor(None, write_report)
    return "done"


async def limited(function):
    """What came of it within the limit, and after how long."""
    with phase(function.__name__), measure() as took:
        try:
            outcome = await asyncio.wait_for(function(), LIMIT)
        except asyncio.TimeoutError:
            outcome = "TimeoutError"
    return outcome, took.seconds


async def main():
    outcome, seconds = await limited(blocks)
    check(outcome == "done" and seconds >= LONG, "around a call that blocks: no limit at all")
    mark("The same limit around an await.")
    outcome, seconds = await limited(awaits)
    check(outcome == "TimeoutError" and LIMIT <= seconds < LONG, "around an await: TimeoutError")
    mark("And around a thread?")
    note("Look at the thread's lane when the limit is over.")
    outcome, seconds = await limited(in_a_thread)
    check(outcome == "TimeoutError" and LIMIT <= seconds < LONG, "around a thread: TimeoutError")
    check(not written, "the thread has not finished then")


asyncio.run(main())
check(written == ["the report"], "the thread goes on: it has written its report")
