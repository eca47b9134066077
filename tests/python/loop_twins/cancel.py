"""Cancellation: a request, thrown into the innermost, which may say no"""
import asyncio
import sys

from support.recorder import case, main, mark


async def told(name, awaitable):
    try:
        await awaitable
        mark(name, "done")
    except asyncio.CancelledError:
        mark(name, "cancelled")
        raise


async def ended(task):
    """Awaits it, whatever comes of it."""
    try:
        return await task
    except asyncio.CancelledError:
        mark("CancelledError")


@case("True CancelledError True")
async def before_the_first_step_nothing_runs():
    task = asyncio.create_task(told("task", asyncio.sleep(0)))
    mark(task.cancel())
    await ended(task)
    mark(task.cancelled())


@case("True False finally CancelledError True False")
async def it_is_a_request():
    async def victim():
        try:
            await asyncio.sleep(10)
        finally:
            mark("finally")

    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    mark(task.cancel(), task.cancelled())
    await ended(task)
    mark(task.cancelled(), task.cancel())


@case("inner cancelled outer cancelled CancelledError")
async def it_travels_down_to_the_innermost():
    inner = asyncio.create_task(told("inner", asyncio.sleep(10)))
    outer = asyncio.create_task(told("outer", inner))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    outer.cancel()
    await ended(outer)


@case("outer cancelled CancelledError inner done")
async def a_shield_keeps_the_inner_one():
    inner = asyncio.create_task(told("inner", asyncio.sleep(0.2)))
    outer = asyncio.create_task(told("outer", asyncio.shield(inner)))
    await asyncio.sleep(0)
    outer.cancel()
    await ended(outer)
    await inner


@case("swallowed went on 7 False")
async def who_swallows_it_goes_on():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            mark("swallowed")
        await asyncio.sleep(0.01)
        mark("went on")
        return 7

    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    mark(await ended(task), task.cancelled())


@case("1 once 1", since=(3, 11))
async def two_before_it_runs_are_one():
    async def victim():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            mark("once")
        await asyncio.sleep(0)
        mark(asyncio.current_task().cancelling() - 1)

    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    task.cancel()
    mark(task.cancelling())
    task.cancel()
    await task


@case("no more time", since=(3, 11))
async def its_message_arrives():
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel("no more time")
    try:
        await task
    except asyncio.CancelledError as error:
        mark(error)


@case("cleaning clean CancelledError")
async def finally_may_await():
    async def victim():
        try:
            await asyncio.sleep(10)
        finally:
            mark("cleaning")
            await asyncio.sleep(0.01)
            mark("clean")

    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    task.cancel()
    await ended(task)


@case("1 0 went on", since=(3, 11))
async def uncancel_takes_it_back():
    async def victim():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            mark(task.cancelling(), task.uncancel())
        await asyncio.sleep(0)
        mark("went on")

    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    task.cancel()
    await task


@case("still here CancelledError")
async def of_oneself_comes_at_the_next_await():
    async def suicidal():
        asyncio.current_task().cancel()
        mark("still here")
        await asyncio.sleep(0)
        mark("never")

    await ended(asyncio.create_task(suicidal()))


@case("CancelledError other done")
async def a_gather_s_child_leaves_the_others():
    child, other = (asyncio.create_task(told(name, asyncio.sleep(seconds)))
                    for name, seconds in (("child", 10), ("other", 0.2)))
    both = asyncio.gather(child, other)
    child.cancel()
    await ended(both)
    await other


@case("a cancelled b cancelled CancelledError")
async def a_gather_s_own_takes_all():
    both = asyncio.gather(*(told(name, asyncio.sleep(10)) for name in "ab"), return_exceptions=True)
    await asyncio.sleep(0)
    both.cancel()
    await ended(both)


@case("child cancelled other done", since=(3, 11))
async def a_group_does_not_mind_one_child_s():
    async with asyncio.TaskGroup() as group:
        child = group.create_task(told("child", asyncio.sleep(10)))
        group.create_task(told("other", asyncio.sleep(0.2)))
        await asyncio.sleep(0)
        child.cancel()


@case("child cancelled child cancelled CancelledError", since=(3, 11))
async def a_group_s_task_s_takes_all():
    async def with_group():
        async with asyncio.TaskGroup() as group:  # its tasks are a set and have no order
            for _ in range(2):
                group.create_task(told("child", asyncio.sleep(10)))

    task = asyncio.create_task(with_group())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await ended(task)


@case("main is over left cancelled")
def run_cancels_what_is_left():
    async def main():
        asyncio.create_task(told("left", asyncio.sleep(10)))
        await asyncio.sleep(0)
        mark("main is over")

    asyncio.run(main())


@case("result" if sys.version_info < (3, 12) else "CancelledError")
async def a_result_in_the_same_turn():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(asyncio.wait_for(future, 10))
    await asyncio.sleep(0)
    future.set_result("result")
    task.cancel()
    result = await ended(task)
    if result:
        mark(result)


main()
