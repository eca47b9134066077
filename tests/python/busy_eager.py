"""A step that another one's first step runs in computes in two turns, each with its line"""
# from: 12
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":5,"function":"before","line":14,
# matches: "type":"busy","time":[0-9]+,"actor":6,"function":"inside","line":19,
# matches: "type":"busy","time":[0-9]+,"actor":5,"function":"after","line":24,
# says: every invariant holds
import asyncio
import time

def before():
    end = time.thread_time() + 0.05
    while time.thread_time() < end: [i for i in range(1000)]


async def inside():
    end = time.thread_time() + 0.05
    while time.thread_time() < end: [i for i in range(1000)]


def after():
    end = time.thread_time() + 0.05
    while time.thread_time() < end: [i for i in range(1000)]


async def main():
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    before()
    asyncio.create_task(inside())
    after()
    await asyncio.sleep(0)


asyncio.run(main())
