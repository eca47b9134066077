"""A process that is forked in the middle of a turn has timers of its own, and so has its own loop"""
# run: run --verify --print json
# run: run --clock virtual --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":5,"function":"crunch","line":16,
# matches: "type":"busy","time":[0-9]+,"actor":1[0-9],"function":"in_child","line":21,
# says: child ended with 0
# says: every invariant holds
import asyncio
import os
import sys
import time


def crunch():
    end = time.thread_time() + 0.2
    while time.thread_time() < end: [i for i in range(1000)]


async def in_child():
    end = time.thread_time() + 0.2
    while time.thread_time() < end: [i for i in range(1000)]


async def main():
    crunch()
    child = os.fork()
    if child == 0:
        crunch()
        asyncio.run(in_child())
        sys.stdout.flush()
        os._exit(0)
    print("child ended with", os.waitpid(child, 0)[1])


asyncio.run(main())
