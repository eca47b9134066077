"""Loops in threads, in a forked child, run again, made here and run there; tasks of other types"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "kind":"loop","name":"loop 3","parent":
# matches: "kind":"task","name":"own","parent":[0-9]+,"coroutine":"tick"
# says: every invariant holds
# never: "coroutine":"in_python"
import asyncio
import os
import threading


async def tick(times):
    for _ in range(times):
        await asyncio.sleep(0.01)


async def in_python():
    await tick(1)


async def fork():
    child = os.fork()
    if child == 0:
        asyncio._set_running_loop(None)
        asyncio.run(tick(2))
        os._exit(0)
    os.waitpid(child, 0)
    await tick(1)


class InPython(asyncio.tasks._PyTask):
    pass


class Own(asyncio.Task):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)


async def other_types():
    loop = asyncio.get_running_loop()
    await InPython(in_python(), loop=loop)
    loop.set_task_factory(lambda loop, coroutine, **how: Own(coroutine, loop=loop, **how))
    await asyncio.create_task(tick(2), name="own")


def run(times):
    asyncio.run(tick(times))


threads = [threading.Thread(target=run, args=(times,)) for times in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
asyncio.run(fork())
asyncio.run(other_types())

loop = asyncio.new_event_loop()
task = loop.create_task(tick(2))
thread = threading.Thread(target=loop.run_until_complete, args=(task,))
thread.start()
thread.join()
loop.run_until_complete(tick(1))
loop.close()

left_open = asyncio.new_event_loop()
left_open.run_until_complete(tick(1))
