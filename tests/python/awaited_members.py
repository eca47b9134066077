"""Who awaits gather or wait says which of the tasks behind it are not done, and wait_for stands for its one"""
# run: run --clock virtual --verify --print json
# run: run --print json
# same: run --clock virtual --print json
# matches: "type":"member",.*"of":3,"untold":0
# matches: "type":"member",.*"of":4,"untold":0
# matches: "type":"member",.*"of":99,"untold":1[}]
# matches: "on":"limited",.*"call":"asyncio.wait_for"
import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)


def naps(count):
    return [asyncio.create_task(nap(0.1)) for _ in range(count)]


async def main():
    await asyncio.gather(*naps(3))
    await asyncio.wait(naps(4))
    some = naps(34)
    await asyncio.wait(some)
    await asyncio.wait(some + naps(65))
    await asyncio.wait_for(asyncio.create_task(nap(0.1), name="limited"), 1)


asyncio.run(main())
