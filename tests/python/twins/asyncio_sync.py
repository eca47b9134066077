"""asyncio: Queue, Lock, Semaphore, Event, Condition"""
import asyncio


async def worker(name, queue, out):
    while True:
        n = await queue.get()
        await asyncio.sleep(n / 1000)
        out.append((name, n))
        queue.task_done()


async def main():
    queue, out = asyncio.Queue(2), []
    workers = [asyncio.create_task(worker(f"w{i}", queue, out)) for i in range(2)]
    for n in (300, 10, 10, 10, 10):
        await queue.put(n)
    await queue.join()
    for w in workers:
        w.cancel()
    print(out)

    sem, inside, most = asyncio.Semaphore(2), 0, 0

    async def enter():
        nonlocal inside, most
        async with sem:
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(enter() for _ in range(8)))
    print(most)
    cond, order = asyncio.Condition(), []

    async def take(n):
        async with cond:
            await cond.wait()
            order.append(n)

    tasks = [asyncio.create_task(take(n)) for n in range(3)]
    await asyncio.sleep(0)
    async with cond:
        cond.notify(1)
    await asyncio.sleep(0)
    async with cond:
        cond.notify_all()
    await asyncio.gather(*tasks)
    print(order)


asyncio.run(main())
