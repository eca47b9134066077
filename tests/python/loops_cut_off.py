"""A process that leaves, or is another program from now on, in the middle of tasks and callbacks"""
# run: run --verify
# run: run --clock virtual --verify
# says: every invariant holds
import asyncio
import os
import threading
import time


def spin():
    while True:
        time.sleep(0.001)


async def turn(end):
    end()


async def callback(end):
    asyncio.get_running_loop().call_later(0.001, end)
    await asyncio.sleep(100)


def leave():
    os._exit(3)


def become():
    os.execlp("true", "true")


def in_a_child(way, end):
    pid = os.fork()
    if pid == 0:
        other = threading.Thread(target=asyncio.run, args=(way(spin),), daemon=True)
        other.start()
        time.sleep(0.05)
        asyncio.run(way(end))
    os.waitpid(pid, 0)


for way in turn, callback:
    for end in leave, become:
        in_a_child(way, end)
    threading.Thread(target=asyncio.run, args=(way(spin),), daemon=True).start()
time.sleep(0.05)
