"""A task on uvloop's loop is made ready by the task that wakes it, and has its own name"""
# needs: uvloop
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "id":6,"kind":"task","name":"waiter"
# matches: "id":7,"kind":"task","name":"setter"
# matches: "actor":6,"state":"awaiting","on":"done".*"cause":7
# says: every invariant holds
import asyncio

import uvloop


async def wait(done):
    await done.wait()


async def give(done):
    await asyncio.sleep(0.01)
    done.set()


async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    await asyncio.gather(loop.create_task(wait(done), name="waiter"), loop.create_task(give(done), name="setter"))


uvloop.install()
asyncio.run(main())
