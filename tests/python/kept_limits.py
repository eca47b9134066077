"""Who awaits something for a limited time, which has passed while somebody blocks the loop, is kept waiting, too"""
# run: run --verify --print text
# run: run --clock virtual --verify --print text
# same: run --clock virtual --print json
# matches: rude blocks loop for .*; it keeps 2 tasks waiting: limited and several\.
# says: every invariant holds
import asyncio
import time


async def limited(never):
    try:
        await asyncio.wait_for(never.wait(), 0.05)
    except asyncio.TimeoutError:
        print("its time was up")


async def several(never):
    await asyncio.wait([asyncio.ensure_future(never.wait())], timeout=0.05)


async def over(never):
    # which is over before that
    await asyncio.wait_for(asyncio.sleep(0.001), 0.06)
    await never.wait()


async def rude():
    await asyncio.sleep(0.01)
    end = time.monotonic() + 0.2
    while time.monotonic() < end:
        pass


async def main():
    never = asyncio.Event()
    asyncio.create_task(over(never), name="in_time")
    kept = [asyncio.create_task(limited(never), name="limited"), asyncio.create_task(several(never), name="several")]
    await asyncio.create_task(rude(), name="rude")
    await asyncio.wait(kept)
    never.set()


asyncio.run(main())
