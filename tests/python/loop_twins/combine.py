"""gather, TaskGroup, wait_for, timeout, wait, as_completed: what of several tasks comes when"""
import asyncio
import sys
import time

from support.recorder import case, main, mark


async def after(turns, word, error=None):
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        mark(word, "cancelled")
        raise
    if error:
        raise error
    mark(word, "done")
    return word


async def slowly(seconds, word):
    try:
        await asyncio.sleep(seconds)
        mark(word, "done")
    except asyncio.CancelledError:
        mark(word, "cancelled")
        raise


@case("3 done 1 done 2 done [2, 1, 3]")
async def gather_keeps_the_order_of_its_arguments():
    mark(await asyncio.gather(after(9, 2), after(5, 1), after(1, 3)))


@case("ValueError slow done")
async def gather_s_others_go_on():
    slow = asyncio.create_task(after(9, "slow"))
    try:
        await asyncio.gather(slow, after(1, "bad", ValueError()))
    except ValueError as error:
        mark(type(error).__name__)
    await slow


@case("slow done str ValueError CancelledError")
async def gather_may_return_what_went_wrong():
    cancelled = asyncio.create_task(asyncio.sleep(10))
    cancelled.cancel()
    results = await asyncio.gather(after(1, "slow"), after(0, "bad", ValueError()), cancelled,
                                   return_exceptions=True)
    mark(*(type(result).__name__ for result in results))


@case("once done ['once', 'once'] []")
async def gather_runs_the_same_coroutine_once():
    coroutine = after(1, "once")
    mark(await asyncio.gather(coroutine, coroutine), await asyncio.gather())


@case("slow cancelled ExceptionGroup unhandled errors in a TaskGroup (1 sub-exception) ValueError",
      since=(3, 11))
async def a_group_s_others_are_cancelled():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(after(9, "slow"))
            group.create_task(after(1, "bad", ValueError()))
    except Exception as errors:
        mark(type(errors).__name__, errors, type(errors.exceptions[0]).__name__)


@case("child cancelled ExceptionGroup KeyError", since=(3, 11))
async def a_group_s_body_fails_like_a_child():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(slowly(10, "child"))
            await asyncio.sleep(0)
            raise KeyError
    except Exception as errors:
        mark(type(errors).__name__, type(errors.exceptions[0]).__name__)


@case("TaskGroup has not been entered | TaskGroup is finished", since=(3, 11))
async def a_group_makes_tasks_while_it_is_there():
    said, group = [], asyncio.TaskGroup()
    for _ in range(2):
        coroutine = after(0, "never")
        try:
            group.create_task(coroutine)
        except RuntimeError as error:
            said.append(str(error).split("> ")[-1])
        coroutine.close()
        if len(said) == 1:
            async with group:
                pass
    mark(" | ".join(f"TaskGroup {text}" for text in said))


@case("inner cancelled TimeoutError")
async def wait_for_cancels_what_takes_too_long():
    try:
        await asyncio.wait_for(slowly(10, "inner"), 0.01)
    except asyncio.TimeoutError as error:
        mark(type(error).__name__)


@case("swallowed 7", since=(3, 10))
async def wait_for_of_who_swallows_it():
    async def stubborn():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            mark("swallowed")
            return 7

    mark(await asyncio.wait_for(stubborn(), 0.01))


@case("KeyError")
async def wait_for_of_who_raises_otherwise():
    async def otherwise():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            raise KeyError from None

    try:
        await asyncio.wait_for(otherwise(), 0.01)
    except KeyError as error:
        mark(type(error).__name__)


@case("other task" if sys.version_info < (3, 12) else "same task")
async def whose_task_wait_for_runs_in():
    async def inner():
        return asyncio.current_task()

    same = await asyncio.wait_for(inner(), 5) is asyncio.current_task()
    mark("same task" if same else "other task")


@case("TimeoutError 0", since=(3, 11))
async def a_timeout_is_no_cancellation_in_the_end():
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(10)
    except TimeoutError as error:
        mark(type(error).__name__, asyncio.current_task().cancelling())


@case("inner cancelled inner TimeoutError outer", since=(3, 11))
async def the_inner_timeout_s_error_is_its_own():
    async with asyncio.timeout(5):
        try:
            async with asyncio.timeout(0.01):
                await slowly(10, "inner")
        except TimeoutError:
            mark("inner TimeoutError")
        await asyncio.sleep(0.01)
        mark("outer")


@case("blocked no error went on", since=(3, 11))
async def a_timeout_is_blind_to_what_blocks():
    async with asyncio.timeout(0.01):
        time.sleep(0.03)
        mark("blocked")
    mark("no error")
    await asyncio.sleep(0)
    mark("went on")


@case("quick done 1 1 slow done 2 0")
async def wait_for_the_first():
    tasks = [asyncio.create_task(after(1, "quick")), asyncio.create_task(after(9, "slow"))]
    mark(*map(len, await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)))
    mark(*map(len, await asyncio.wait(tasks)))


@case("0 1 late done")
async def wait_cancels_nothing():
    task = asyncio.create_task(slowly(0.3, "late"))
    mark(*map(len, await asyncio.wait([task], timeout=0.01)))
    await task


@case("3 done 3 1 done 1 2 done 2")
async def as_completed_goes_by_their_ends():
    for one in asyncio.as_completed([after(9, 2), after(5, 1), after(1, 3)]):
        mark(await one)


@case("quick done quick TimeoutError slow done")
async def as_completed_has_no_more_time():
    slow = asyncio.create_task(slowly(0.4, "slow"))
    try:
        for one in asyncio.as_completed([slow, after(1, "quick")], timeout=0.1):
            mark(await one)
    except asyncio.TimeoutError as error:
        mark(type(error).__name__)
    await slow


main()
