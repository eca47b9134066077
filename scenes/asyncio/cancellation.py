"""What cancel() does, and what it leaves

cancel() is a request: a CancelledError is thrown where the task waits, in the innermost of all that
wait for each other. Each may clean up, and even await while it does; one that swallows the error
goes on. Only what a shield stands before is not reached.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 1
clock: virtual
speed: 0.05
"""
import asyncio

from gilscope import check, mark, note

heard = []


async def inner():
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(0.01)  # to clean up may take its time
        heard.append("inner")


async def outer(task):
    try:
        await task
    except asyncio.CancelledError:
        heard.append("outer")
        raise


async def stubborn():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        return "all the same"


async def started(coroutine):
    task = asyncio.create_task(coroutine)
    await asyncio.sleep(0.01)
    return task


async def main():
    waits_for = await started(inner())
    task = await started(outer(waits_for))
    note("The one that is cancelled waits for another task: there it begins.")
    task.cancel()
    check(not task.cancelled(), "cancel() is a request: the task is not cancelled yet")
    await asyncio.wait([task])
    check(heard == ["inner", "outer"], "the innermost hears of it first")
    check(task.cancelled() and waits_for.cancelled(), "both are cancelled at the end")

    mark("And a task that will not hear of it?")
    task = await started(stubborn())
    task.cancel()
    check(await task == "all the same", "who swallows it goes on, and has a result")
    check(not task.cancelled(), "it was never cancelled")

    mark("What if others still need the inner one?")
    task = asyncio.create_task(asyncio.sleep(0.05, "done"))
    shielded = await started(outer(asyncio.shield(task)))
    shielded.cancel()
    await asyncio.wait([shielded])
    check(shielded.cancelled() and not task.done(), "shield: only who waited is cancelled")
    check(await task == "done", "the shielded one finishes")


asyncio.run(main())
