"""A lost update between two awaits

Tasks change turns only at an await. So what stands between two of them is done in one go, and needs
no lock. But who reads, awaits and then writes, writes what may no longer be true: a Lock around all
three, or no await between them.

chapter: asyncio
from: 001_cdf4b8e4eda2782e.txt
cores: 1
clock: virtual
speed: 0.01
"""
import asyncio

from gilscope import check, mark, note, phase

TIMES = 20
counter = 0


async def with_an_await(lock):
    global counter
    for _ in range(TIMES):
        value = counter
        await asyncio.sleep(0.001)  # the other task reads the same value
        counter = value + 1


async def without(lock):
    global counter
    for _ in range(TIMES):
        value = counter
        counter = value + 1
        await asyncio.sleep(0.001)


async def with_a_lock(lock):
    global counter
    for _ in range(TIMES):
        async with lock:
            value = counter
            await asyncio.sleep(0.001)
            counter = value + 1


async def two_tasks(function):
    global counter
    counter = 0
    lock = asyncio.Lock()
    with phase(function.__name__):
        await asyncio.gather(function(lock), function(lock))
    return counter


note("One thread and one GIL do not help: the tasks change turns by themselves.")
count = asyncio.run(two_tasks(with_an_await))
check(count < 2 * TIMES, f"an await between read and write: {count} of {2 * TIMES}")
mark("The same, but nobody gives way in between.")
count = asyncio.run(two_tasks(without))
check(count == 2 * TIMES, f"no await in between: {count}")
mark("And if there has to be one?")
count = asyncio.run(two_tasks(with_a_lock))
check(count == 2 * TIMES, f"a Lock around all three: {count}")
