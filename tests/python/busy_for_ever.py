"""A turn that never ends says in which line it is, while it goes on"""
# run: run --clock real --until 1s --print text --verify
# run: run --clock virtual --until 1s --print text --verify
# matches: Task-2 \(rude\) blocks loop for .*: it (computes (mostly )?at line (11|12), in rude|runs on from line (11|12)); it keeps 1 task waiting: Task-1 \(main\)
# says: every invariant holds
import asyncio


async def rude():
    number = 0
    while True:
        number += 1


async def main():
    task = asyncio.create_task(rude())
    await asyncio.sleep(0)
    await task


asyncio.run(main())
