"""What starts when: create_task, await

create_task starts nothing: the task gets its turn when who made it gives way. And await gives way
only where something has to be waited for: a coroutine that is awaited runs at once, like a call.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 1
clock: virtual
speed: 0.0002
"""
import asyncio

from gilscope import check, mark, note

order = []


def happened():
    """What was noted since it was last asked."""
    seen = " ".join(order)
    order.clear()
    return seen


async def other():
    order.append("other")


async def direct():
    order.append("direct")


async def main():
    note("Each task is first ready, and runs when the main one gives way.")
    order.append("before")
    task = asyncio.create_task(other())
    order.append("after")
    await task
    check(happened() == "before after other", "create_task does not start the task now")

    mark("Which comes first: the task that was made first, or the coroutine that is awaited?")
    task = asyncio.create_task(other())
    await direct()
    order.append("then")
    await task
    check(happened() == "direct then other", "to await a coroutine does not give way")

    task = asyncio.create_task(other())
    queue = asyncio.Queue()
    await queue.put(1)
    await queue.get()
    order.append("then")
    await task
    check(happened() == "then other", "nor does it to await what is there already")

    task = asyncio.create_task(other())
    await asyncio.sleep(0)
    order.append("then")
    await task
    check(happened() == "other then", "asyncio.sleep(0) gives way, once")


asyncio.run(main())
