"""Threads, contexts, generators, and what asyncio says of tasks that went wrong"""
import asyncio
import contextlib
import contextvars
import gc
import time

from support.recorder import case, main, mark

number = contextvars.ContextVar("number", default=0)


async def reads_and_sets():
    mark(number.get())
    number.set(9)
    mark(number.get())


@case("1 9 2 2 9 9")
async def a_task_s_context_is_a_copy():
    number.set(1)
    task = asyncio.create_task(reads_and_sets())
    number.set(2)
    await task
    mark(number.get())
    await reads_and_sets()
    mark(number.get())


@case("1 3 2")
async def a_callback_s_context_is_a_copy():
    loop = asyncio.get_running_loop()
    number.set(1)
    loop.call_soon(lambda: (mark(number.get()), number.set(3), mark(number.get())))
    number.set(2)
    await asyncio.sleep(0)
    mark(number.get())


@case("5 0 5")
async def to_thread_takes_the_context_along():
    number.set(5)
    mark(await asyncio.to_thread(number.get))
    mark(await asyncio.get_running_loop().run_in_executor(None, number.get))
    mark(number.get())


@case("asyncio_0 a0 a1 a2 thread")
async def a_thread_leaves_the_loop_alone():
    import threading

    def blocks():
        mark(threading.current_thread().name)
        time.sleep(0.3)
        return "thread"

    async def goes_on():
        for i in range(3):
            await asyncio.sleep(0.01)
            mark(f"a{i}")

    task = asyncio.create_task(goes_on())
    mark(await asyncio.to_thread(blocks))
    await task


@case("CancelledError thread finished")
async def a_cancelled_to_thread_goes_on():
    def blocks():
        time.sleep(0.2)
        mark("thread finished")

    task = asyncio.create_task(asyncio.to_thread(blocks))
    await asyncio.sleep(0.01)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        mark("CancelledError")


@case("main ends thread finished run returns")
def run_waits_for_its_threads():
    def blocks():
        time.sleep(0.05)
        mark("thread finished")

    async def leaves():
        asyncio.get_running_loop().run_in_executor(None, blocks)
        mark("main ends")

    asyncio.run(leaves())
    mark("run returns")


async def count():
    try:
        for i in range(3):
            yield i
            await asyncio.sleep(0)
    finally:
        mark("closed")


@case("0 after end closed")
async def a_generator_that_is_left_ends_later():
    async for i in count():
        mark(i)
        break
    mark("after")
    await asyncio.sleep(0)
    mark("end")


@case("0 closed after", since=(3, 10))
async def aclosing_ends_it_at_once():
    async with contextlib.aclosing(count()) as numbers:
        async for i in numbers:
            mark(i)
            break
    mark("after")


def hear():
    asyncio.get_running_loop().set_exception_handler(lambda loop, about: mark(about["message"]))


@case("Task exception was never retrieved")
async def nobody_asks_for_an_error():
    async def fails():
        raise ValueError

    hear()
    asyncio.create_task(fails())
    await asyncio.sleep(0)
    gc.collect()


@case("inner was shielded Task exception was never retrieved")
async def a_shielded_error_is_nobody_s():
    async def fails():
        await asyncio.sleep(0.1)
        mark("inner was shielded")
        raise ValueError

    hear()
    outer = asyncio.shield(fails())
    await asyncio.sleep(0)
    outer.cancel()
    await asyncio.sleep(0.2)
    del outer
    gc.collect()


@case("Task was destroyed but it is pending!")
async def who_waits_for_nobody_is_destroyed():
    async def waits():
        await asyncio.get_running_loop().create_future()

    hear()
    asyncio.create_task(waits())
    await asyncio.sleep(0)
    gc.collect()


@case("asyncio.run() cannot be called from a running event loop | This event loop is already running"
      " | no running event loop")
def what_loops_refuse():
    said = []

    def refused(call, argument):
        try:
            call(argument)
        except RuntimeError as error:
            said.append(str(error))
        if asyncio.iscoroutine(argument):
            argument.close()

    async def inside():
        refused(asyncio.run, asyncio.sleep(0))
        future = asyncio.get_running_loop().create_future()
        refused(asyncio.get_running_loop().run_until_complete, future)

    asyncio.run(inside())
    refused(lambda _: asyncio.get_running_loop(), None)
    mark(" | ".join(said))


@case("Task cannot await on itself")
async def who_awaits_itself():
    async def selfish():
        await asyncio.current_task()

    try:
        await asyncio.create_task(selfish())
    except RuntimeError as error:
        mark(str(error).split(":")[0])


main()
