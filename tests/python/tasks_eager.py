"""Eager tasks: their first step runs inside who makes them, and is theirs"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "kind":"task","name":"quick","parent":4,"coroutine":"quick"
# matches: "kind":"task","name":"slow","parent":4,"coroutine":"slow"
# matches: "id":8,"kind":"task",.*"parent":4,"coroutine":"quick"
# matches: "actor":7,"state":"sleeping",.*"line":23,
# matches: "actor":7,"state":"awaiting","on":"sleep",.*"line":25,
# matches: "actor":5,"state":"awaiting","on":"slow",.*"line":32,
# never: "actor":5,"state":"sleeping"
# says: every invariant holds
# from: 12
import asyncio
import time


async def quick():
    return 3


async def slow():
    time.sleep(0.01)
    inner = asyncio.create_task(quick(), name="inner")
    await asyncio.sleep(0.02)
    return await inner


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    asyncio.create_task(quick(), name="quick")
    await asyncio.create_task(slow(), name="slow")


asyncio.run(main())
