"""Who has the lock that a task awaits, however it was taken; whose end wakes who awaits several"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "held","owner":7,"on":"gate",.*"on_kind":"lock",.*"line":24,"call":"Lock.__aenter__"
# matches: "held","owner":8,"on":"gate",.*"on_kind":"lock",.*"line":30,"call":"Lock.acquire"
# matches: "held","owner":6,"on":"gate",.*"on_kind":"lock",.*"line":38,"call":"Condition.wait"
# matches: "actor":8,"state":"awaiting","on":"gate",.*"line":30,"call":"Lock.acquire","cause":7
# matches: "actor":6,"state":"awaiting","on":"changed",.*"line":38,"call":"Condition.wait","cause":8
# matches: "actor":6,"state":"awaiting","on":"gate",.*"line":38,"call":"Condition.wait","cause":8
# matches: "actor":9,"state":"awaiting","on":"gather",.*"line":43,"cause":11
# matches: "actor":12,"state":"awaiting","on":"wait",.*"line":48,"call":"asyncio.wait","cause":13
# never: gate #2
# says: every invariant holds
import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)


async def first(lock):
    gate = lock
    async with gate:
        await asyncio.sleep(0.03)


async def second(gate, changed):
    await asyncio.sleep(0.01)
    await gate.acquire()
    await asyncio.sleep(0.01)
    changed.notify_all(), await asyncio.sleep(0.01)
    gate.release()


async def third(changed):
    async with changed:
        await changed.wait()
        await asyncio.sleep(0.01)


async def two_naps():
    await asyncio.gather(nap(0.01), nap(0.03))


async def a_nap():
    naps = [asyncio.create_task(nap(0.02))]
    await asyncio.wait(naps)


async def main():
    gate = asyncio.Lock()
    changed = asyncio.Condition(gate)
    waits = asyncio.create_task(third(changed), name="third")
    await asyncio.sleep(0.01)
    tasks = [asyncio.create_task(work) for work in (first(gate), second(gate, changed))]
    await asyncio.gather(waits, *tasks)
    await asyncio.create_task(two_naps(), name="gathers")
    await asyncio.create_task(a_nap(), name="waits")


asyncio.run(main())
