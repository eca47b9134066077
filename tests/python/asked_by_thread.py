"""What a thread asks a loop to call is that thread's doing: its event, its function's result"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# same: run --clock virtual --print json
# matches: "id":6,"kind":"thread","name":"poker"
# matches: "id":7,"kind":"thread","name":"asyncio_0"
# matches: "actor":5,"state":"awaiting","on":"done".*"cause":6
# matches: "actor":5,"state":"awaiting","on":"to_thread".*"cause":7
# matches: "actor":5,"state":"awaiting","on":"run_in_executor".*"cause":[78]
# matches: "actor":4,"state":"io",.*"cause":6
# matches: "actor":4,"state":"io",.*"cause":7
# says: every invariant holds
import asyncio
import threading
import time


def poke(loop, event):
    time.sleep(0.02)
    loop.call_soon_threadsafe(event.set)


async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    threading.Thread(target=poke, args=(loop, done), name="poker").start()
    await done.wait()
    await asyncio.to_thread(time.sleep, 0.01)
    await loop.run_in_executor(None, time.sleep, 0.01)


asyncio.run(main())
