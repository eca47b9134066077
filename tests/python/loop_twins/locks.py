"""asyncio's locks and queues: who goes on first"""
import asyncio

from support.recorder import case, main, mark


@case("0 1 2 3")
async def a_lock_is_first_come_first_served():
    lock = asyncio.Lock()

    async def worker(n):
        async with lock:
            mark(n)
            await asyncio.sleep(0)

    await asyncio.gather(*map(worker, range(4)))


@case("False waiter me")
async def nobody_barges_into_a_lock():
    lock = asyncio.Lock()
    await lock.acquire()

    async def waiter():
        async with lock:
            mark("waiter")

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    lock.release()
    mark(lock.locked())
    await lock.acquire()
    mark("me")
    await task


@case("True waiter me", since=(3, 11))
async def nobody_barges_into_a_semaphore():
    semaphore = asyncio.Semaphore(1)
    await semaphore.acquire()

    async def waiter():
        async with semaphore:
            mark("waiter")

    task = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    semaphore.release()
    mark(semaphore.locked())
    async with semaphore:
        mark("me")
    await task


@case("2 2 1")
async def a_semaphore_lets_so_many_in():
    semaphore, inside = asyncio.Semaphore(2), 0

    async def worker():
        nonlocal inside
        async with semaphore:
            inside += 1
            await asyncio.sleep(0.01)
            mark(inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(worker(), worker(), worker())


@case("0 False 1 False")
async def set_and_clear_wake_those_who_wait():
    event = asyncio.Event()

    async def waiter(n):
        await event.wait()
        mark(n, event.is_set())

    tasks = [asyncio.create_task(waiter(n)) for n in range(2)]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    await asyncio.gather(*tasks)


@case("0 1 all 2 3")
async def notify_wakes_the_oldest():
    condition = asyncio.Condition()

    async def waiter(n):
        async with condition:
            await condition.wait()
            mark(n)

    tasks = [asyncio.create_task(waiter(n)) for n in range(4)]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(2)
    await asyncio.gather(*tasks[:2])
    mark("all")
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


@case("2 0 1", since=(3, 11))
async def the_last_at_a_barrier_goes_on_first():
    barrier = asyncio.Barrier(3)

    async def party():
        mark(await barrier.wait())

    await asyncio.gather(party(), party(), party())


@case("0x 1y 2z")
async def getters_are_served_in_order():
    queue = asyncio.Queue()

    async def getter(n):
        mark(f"{n}{await queue.get()}")

    tasks = [asyncio.create_task(getter(n)) for n in range(3)]
    await asyncio.sleep(0)
    for item in "xyz":
        queue.put_nowait(item)
    await asyncio.gather(*tasks)


@case("main x getter y")
async def an_item_is_not_reserved():
    queue = asyncio.Queue()

    async def getter():
        mark("getter", await queue.get())

    task = asyncio.create_task(getter())
    await asyncio.sleep(0)
    queue.put_nowait("x")
    mark("main", queue.get_nowait())
    await asyncio.sleep(0)
    queue.put_nowait("y")
    await task


@case("put0 put1 got0 put2 got1 got2")
async def a_full_queue_makes_putters_wait():
    queue = asyncio.Queue(2)

    async def putter():
        for n in range(3):
            await queue.put(n)
            mark(f"put{n}")

    task = asyncio.create_task(putter())
    await asyncio.sleep(0)
    for n in range(3):
        mark(f"got{await queue.get()}")
        await asyncio.sleep(0)
    await task


@case("0 1 2 joined")
async def join_waits_for_task_done():
    queue = asyncio.Queue()

    async def worker():
        while True:
            mark(await queue.get())
            await asyncio.sleep(0)
            queue.task_done()

    for n in range(3):
        queue.put_nowait(n)
    task = asyncio.create_task(worker())
    await queue.join()
    mark("joined")
    task.cancel()


@case("1 None QueueShutDown", since=(3, 13))
async def a_queue_that_is_shut_down_is_emptied_first():
    queue = asyncio.Queue()
    queue.put_nowait(1)
    queue.shutdown()
    mark(await queue.get(), queue.task_done())
    try:
        await queue.get()
    except asyncio.QueueShutDown as error:
        mark(type(error).__name__)


@case("Lock is not acquired. | cannot notify on un-acquired lock | cannot wait on un-acquired lock"
      " | BoundedSemaphore released too many times | task_done() called too many times")
async def what_they_say_when_used_wrongly():
    said = []
    for wrong in (asyncio.Lock().release, asyncio.Condition().notify, asyncio.Condition().wait,
                  asyncio.BoundedSemaphore(1).release, asyncio.Queue().task_done):
        try:
            result = wrong()
            await result
        except (RuntimeError, ValueError) as error:
            said.append(str(error))
    mark(" | ".join(said))


main()
