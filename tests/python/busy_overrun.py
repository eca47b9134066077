"""A tick that comes late stands for all that it missed: where the machine is busy, say"""
# run: run --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":5,"function":"main","line":22,
# says: every invariant holds
import asyncio
import signal
import time

TICK = {signal.SIGRTMAX - 1}


def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def main():
    work(0.05)
    signal.pthread_sigmask(signal.SIG_BLOCK, TICK)
    work(0.3)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TICK)


asyncio.run(main())
