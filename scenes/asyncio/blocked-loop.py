"""time.sleep in a task stops them all

A loop has one thread. A task that calls time.sleep instead of asyncio.sleep keeps it: no other task
gets its turn, however ready it is, until the call is over. In a thread of its own the same call
blocks nobody.

chapter: asyncio
from: 002_c43905b1571a6008.txt, 004_0085641d289618df.txt
cores: 2
clock: virtual
speed: 0.5
"""
import asyncio
import time

import gilscope
from gilscope import check, mark, note, phase


async def ticker(ticks):
    while True:
        ticks.append(time.perf_counter())
        await asyncio.sleep(0.1)


async def polite():
    await asyncio.sleep(0.5)


async def rude():
    time.sleep(0.5)  # what should have been asyncio.sleep


async def helped():
    await asyncio.get_running_loop().run_in_executor(None, time.sleep, 0.5)


async def longest_pause_beside(task):
    """In seconds, of three tasks that want to do something each 0.1 s."""
    ticks = [[], [], []]
    tickers = [asyncio.create_task(ticker(each)) for each in ticks]
    await asyncio.sleep(0.2)
    await task()
    await asyncio.sleep(0.2)
    for each in tickers:
        each.cancel()
    return [max(b - a for a, b in zip(each, each[1:])) for each in ticks]


def pauses(task):
    with phase(task.__name__):
        return asyncio.run(longest_pause_beside(task))


late = 0.2 if gilscope.clock == "real" else 0.01  # how much later a busy machine may wake them
check(max(pauses(polite)) < 0.1 + late, "asyncio.sleep: the others go on")
mark("Now one of the tasks sleeps in the loop's own thread.")
note("The others are ready all the while; the loop's lane says whose turn it is.")
check(min(pauses(rude)) >= 0.5, "time.sleep: every task stalls for as long")
mark("And if a thread of the loop's executor sleeps?")
check(max(pauses(helped)) < 0.1 + late, "run_in_executor: the others go on")
