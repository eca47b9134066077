"""Two tasks that await each other, and two that have each other's lock: named, and not the selector"""
# run: run --clock virtual --verify
# same: run --clock virtual --print json
# status: 1
# says: deadlock: first (give_way) awaits second (line 16); second (give_way) awaits first (line 16).
# says: left (take) awaits other (line 22), which right (take) holds; right (take) awaits other #2 (line 22), which left (take) holds.
# says: MainThread waits for the tasks of loop (line 40).
# says: alone (wait_for_ever) awaits somebody to set never (line 27): nobody is left who could.
# says: Task-1 (main) awaits gather (line 37): first (give_way), second (give_way), left (take) and 2 others of 5 are not done.
# never: descriptor
import asyncio


async def give_way(tasks, number):
    await asyncio.sleep(0)
    await tasks[number]


async def take(one, other):
    async with one:
        await asyncio.sleep(0.01)
        async with other:
            pass


async def wait_for_ever(never):
    await never.wait()


async def main():
    a, b, tasks = asyncio.Lock(), asyncio.Lock(), []
    for number, name in enumerate(("first", "second")):
        tasks.append(asyncio.create_task(give_way(tasks, 1 - number), name=name))
    tasks.append(asyncio.create_task(take(a, b), name="left"))
    tasks.append(asyncio.create_task(take(b, a), name="right"))
    tasks.append(asyncio.create_task(wait_for_ever(asyncio.Event()), name="alone"))
    await asyncio.gather(*tasks)


asyncio.run(main())
