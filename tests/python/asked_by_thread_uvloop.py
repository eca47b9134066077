"""A thread that asks uvloop's loop to call something wakes it"""
# needs: uvloop
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "id":6,"kind":"thread","name":"poker"
# matches: "actor":4,"state":"io",.*"cause":6
# says: every invariant holds
import asyncio
import threading
import time

import uvloop


def poke(loop, event):
    time.sleep(0.02)
    loop.call_soon_threadsafe(event.set)


async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    threading.Thread(target=poke, args=(loop, done), name="poker").start()
    await done.wait()


uvloop.install()
asyncio.run(main())
