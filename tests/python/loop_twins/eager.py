"""Eager tasks, whose first step runs inside the call that makes them"""
import asyncio

from support.recorder import case, eager_factory, main, mark


@case("m1 a m2 q True 3 m3 a2 m4", since=(3, 12))
async def an_eager_task_begins_at_once():
    async def first():
        mark("a")
        await asyncio.sleep(0)
        mark("a2")

    async def quick():
        mark("q")
        return 3

    asyncio.get_running_loop().set_task_factory(eager_factory)
    mark("m1")
    task = asyncio.create_task(first())
    mark("m2")
    done = asyncio.create_task(quick())
    mark(done.done(), await done, "m3")
    await task
    mark("m4")
    asyncio.get_running_loop().set_task_factory(None)


@case("outer inner deep inner2 outer2", since=(3, 12))
async def eager_tasks_begin_in_each_other():
    async def begins(*words):
        mark(words[0])
        if words[1:]:
            task = asyncio.create_task(named(*words[1:]))
            await asyncio.sleep(0)
            mark(words[0] + "2")
            await task

    def named(*words):
        coroutine = begins(*words)
        coroutine.__qualname__ = words[0]
        return coroutine

    asyncio.get_running_loop().set_task_factory(eager_factory)
    await asyncio.create_task(named("outer", "inner", "deep"))
    asyncio.get_running_loop().set_task_factory(None)


@case("ValueError", since=(3, 12))
async def an_eager_task_may_fail_at_once():
    async def fails():
        raise ValueError

    asyncio.get_running_loop().set_task_factory(eager_factory)
    try:
        await asyncio.create_task(fails())
    except ValueError as error:
        mark(type(error).__name__)
    asyncio.get_running_loop().set_task_factory(None)


main()
