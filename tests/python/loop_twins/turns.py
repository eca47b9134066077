"""Turns of a loop from what makes a task ready to the line behind its await"""
import asyncio
import sys

from support.recorder import case, main, mark


class Turns:
    """A callback that asks for itself again and again counts them, until stop."""

    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.count = -1
        self.turn()

    def turn(self):
        self.count += 1
        self.handle = self.loop.call_soon(self.turn)

    def begin(self):
        self.begun = self.count

    def end(self):
        self.handle.cancel()
        mark(self.count - self.begun)


async def nothing():
    pass


async def until(turns, awaitable):
    turns.begin()
    await awaitable
    turns.end()


async def behind(turns, awaitable):
    await awaitable
    turns.end()


@case("1")
async def sleep_of_nothing():
    await until(Turns(), asyncio.sleep(0))


@case("1")
async def event_set():
    turns, event = Turns(), asyncio.Event()
    task = asyncio.create_task(behind(turns, event.wait()))
    await asyncio.sleep(0)
    turns.begin()
    event.set()
    await task


@case("1")
async def lock_release():
    turns, lock = Turns(), asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(behind(turns, lock.acquire()))
    await asyncio.sleep(0)
    turns.begin()
    lock.release()
    await task


@case("1")
async def queue_put():
    turns, queue = Turns(), asyncio.Queue()
    task = asyncio.create_task(behind(turns, queue.get()))
    await asyncio.sleep(0)
    turns.begin()
    queue.put_nowait(1)
    await task


@case("1")
async def condition_notify():
    turns, condition = Turns(), asyncio.Condition()

    async def waits():
        async with condition:
            await behind(turns, condition.wait())

    task = asyncio.create_task(waits())
    await asyncio.sleep(0)
    async with condition:
        turns.begin()
        condition.notify()
    await task


@case("2")
async def await_of_a_task():
    await until(Turns(), asyncio.create_task(nothing()))


@case("8")
async def chain_of_four_tasks():
    async def link(n):
        if n > 1:
            await asyncio.create_task(link(n - 1))

    await until(Turns(), asyncio.create_task(link(4)))


@case("1")
async def cancel_to_the_handler():
    turns = Turns()

    async def victim():
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            turns.end()

    task = asyncio.create_task(victim())
    await asyncio.sleep(0)
    turns.begin()
    task.cancel()
    await task


@case("2")
async def cancel_to_the_canceller():
    turns = Turns()
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    turns.begin()
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        turns.end()


@case("0" if sys.version_info >= (3, 12) else "3")
async def wait_for_of_what_does_not_wait():
    await until(Turns(), asyncio.wait_for(nothing(), 5))


@case("3")
async def gather_of_one():
    await until(Turns(), asyncio.gather(nothing()))


@case("3", since=(3, 11))
async def group_of_one():
    turns = Turns()
    turns.begin()
    async with asyncio.TaskGroup() as group:
        group.create_task(nothing())
    turns.end()


@case("3")
async def wait_of_one():
    await until(Turns(), asyncio.wait([asyncio.create_task(nothing())]))


@case("3")
async def shield_of_one():
    await until(Turns(), asyncio.shield(nothing()))


@case("3")
async def as_completed_of_one():
    turns = Turns()
    turns.begin()
    for one in asyncio.as_completed([nothing()]):
        await one
    turns.end()


@case("2", since=(3, 11))
async def timeout_in_the_past():
    turns = Turns()
    turns.begin()
    try:
        async with asyncio.timeout(-1):
            await asyncio.sleep(10)
    except TimeoutError:
        turns.end()


main()
