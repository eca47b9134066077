"""A sleep that is cancelled: by a task, by what the loop calls, by a task that has ended"""
# run: run --print json --verify
# run: run --clock virtual --print json --verify
# same: run --clock virtual --print json
# matches: "id":8,"kind":"task","name":"by-end"
# matches: "actor":6,"state":"awaiting","on":"sleep".*"cause":5
# matches: "actor":7,"state":"awaiting","on":"sleep".*"cause":4
# matches: "actor":8,"state":"awaiting","on":"sleep".*"cause":9
# matches: "type":"died","time":[0-9]+,"actor":8,"how":"cancelled","by":9
# matches: "type":"label","actor":4,"label":"Task.cancel"
# says: every invariant holds
import asyncio


async def sleep():
    await asyncio.sleep(5)


async def fail():
    await asyncio.sleep(0.02)
    raise ValueError("no such page")


async def gone(task):
    try:
        await task
    except asyncio.CancelledError:
        pass


async def main():
    by_task = asyncio.create_task(sleep(), name="by-task")
    await asyncio.sleep(0.03)
    by_task.cancel()
    await gone(by_task)
    by_loop = asyncio.create_task(sleep(), name="by-loop")
    asyncio.get_running_loop().call_later(0.03, by_loop.cancel)
    await gone(by_loop)
    by_end = asyncio.create_task(sleep(), name="by-end")
    failing = asyncio.create_task(fail(), name="failing")
    failing.add_done_callback(lambda task: by_end.cancel())
    await gone(by_end)
    failing.exception()


asyncio.run(main())
