"""So does what computes in C with the GIL in hand, in a turn that nothing else ends; on the real clock"""
# run: run --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":6,"function":"dumps","line":16,"call":"json.dumps",
# matches: "type":"busy","time":[0-9]+,"actor":7,"function":"sorts","line":21,"percent":
# matches: "type":"busy","time":[0-9]+,"actor":4,"function":"<lambda>","line":27,"percent":
# says: every invariant holds
import asyncio
import json
import threading
import time


async def dumps():
    big = [{"a": i, "b": [1, 2, str(i)]} for i in range(20000)]
    end = time.thread_time() + 0.1
    while time.thread_time() < end: json.dumps(big)


async def sorts():
    end = time.thread_time() + 0.1
    while time.thread_time() < end: sorted(range(100000), key=str)


async def main():
    await asyncio.create_task(dumps())
    await asyncio.create_task(sorts())
    asyncio.get_running_loop().call_soon(lambda: [sum(range(2000)) for _ in range(1500)])
    await asyncio.sleep(0)


asyncio.run(main())

# Two loops at once.
threading.Thread(target=asyncio.run, args=(sorts(),)).start()
asyncio.new_event_loop().run_until_complete(sorts())
