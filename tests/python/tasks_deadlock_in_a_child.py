"""Two tasks of a forked process that have each other's lock: named by whoever tells it, and not its selector"""
# run: run --verify --clock virtual
# run: run --verify --until 20
# same: run --clock virtual --print json
# status: 1
# says: deadlock: left (take) of Process-1 awaits other (line 17), which right (take) of Process-1 holds; right (take) of Process-1 awaits other #2 (line 17), which left (take) of Process-1 holds.
# says: MainThread of Process-1 waits for the tasks of loop of Process-1
# says: awaits gather (line 25): left (take) of Process-1 and right (take) of Process-1 of 2 are not done.
# never: waits for socket
import asyncio
import multiprocessing


async def take(one, other):
    async with one:
        await asyncio.sleep(0.01)
        async with other:
            pass


async def both():
    a, b = asyncio.Lock(), asyncio.Lock()
    left = asyncio.create_task(take(a, b), name="left")
    right = asyncio.create_task(take(b, a), name="right")
    await asyncio.gather(left, right)


def work():
    asyncio.run(both())


child = multiprocessing.get_context("fork").Process(target=work, name="Process-1")
child.start()
child.join()
