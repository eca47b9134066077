"""One of three fails: gather goes on, a TaskGroup does not

gather passes the error on at once, and nobody stops the other two: they go on behind the back of
who has caught it. A TaskGroup (Python 3.11) cancels them first, and its block ends only when all of
them have ended.

chapter: asyncio
from: 000_9fcab813c63d2679.txt
cores: 1
clock: virtual
speed: 0.2
"""
import asyncio

from gilscope import check, mark, note, phase

ended = []


async def work(name, seconds):
    try:
        await asyncio.sleep(seconds)
        if name == "bad":
            raise ValueError(name)
        ended.append(f"{name} finished")
    except asyncio.CancelledError:
        ended.append(f"{name} cancelled")
        raise


async def by_gather():
    try:
        await asyncio.gather(work("one", 0.4), work("bad", 0.2), work("two", 0.6))
    except ValueError:
        return list(ended)
    finally:
        await asyncio.sleep(0.6)


async def by_group():
    try:
        async with asyncio.TaskGroup() as group:
            for name, seconds in ("one", 0.4), ("bad", 0.2), ("two", 0.6):
                group.create_task(work(name, seconds))
    except Exception as group:  # an ExceptionGroup, which older Pythons do not know
        return list(ended), group.exceptions


with phase("gather"):
    then = asyncio.run(by_gather())
check(then == [], "gather: the error is caught while the others still run")
check(ended == ["one finished", "two finished"], "nobody has stopped them: they finish")

mark("The same in a TaskGroup.")
ended.clear()
if hasattr(asyncio, "TaskGroup"):
    with phase("TaskGroup"):
        then, errors = asyncio.run(by_group())
    check(sorted(then) == ["one cancelled", "two cancelled"],
          "group: the others are cancelled before it ends")
    check([repr(error) for error in errors] == ["ValueError('bad')"], "it tells of the one error")
else:
    note("asyncio.TaskGroup came with Python 3.11: this one has none.")
