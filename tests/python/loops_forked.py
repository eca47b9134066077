"""A process that is forked has loops and tasks of its own, though asyncio was there before"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "id":7,"kind":"loop","name":"loop","parent":6
# matches: "id":8,"kind":"task","name":"Task-1","parent":7,"coroutine":"main"
# matches: "type":"label","actor":7,"label":"tick"
# says: every invariant holds
import asyncio
import multiprocessing


def tick():
    pass


async def main():
    asyncio.get_running_loop().call_later(0.01, tick)
    await asyncio.sleep(0.02)


def child():
    asyncio.run(main())


process = multiprocessing.get_context("fork").Process(target=child)
process.start()
process.join()
