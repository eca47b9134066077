"""Two tasks that have each other's lock, on the real clock: named once all have waited for a second, and not the selector"""
# run: run --until 20 --verify
# run: run --until 20 --print text
# status: 1
# says: left (take) awaits other (line 17), which right (take) holds; right (take) awaits other #2 (line 17), which left (take) holds.
# says: MainThread waits for the tasks of loop (line 32).
# says: Task-1 (main) awaits gather (line 29): left (take), right (take) and alone (wait_for_ever) of 3 are not done.
# says: alone (wait_for_ever) awaits somebody to set never (line 22): nobody is left who could.
# never: waits for socket
import asyncio


async def take(one, other):
    async with one:
        await asyncio.sleep(0.01)
        # held for good
        async with other:
            pass


async def wait_for_ever(never):
    await never.wait()


async def main():
    a, b = asyncio.Lock(), asyncio.Lock()
    both = [asyncio.create_task(take(*pair), name=name) for pair, name in (((a, b), "left"), ((b, a), "right"))]
    alone = asyncio.create_task(wait_for_ever(asyncio.Event()), name="alone")
    await asyncio.gather(*both, alone)


asyncio.run(main())
