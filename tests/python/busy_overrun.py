"""A tick that comes late stands for all that it missed: where the machine is busy, say"""
# run: run --verify --print json
# matches: "type":"busy","time":[0-9]+,"actor":5,"function":"main","line":25,
# says: every invariant holds
import asyncio
import ctypes
import signal
import time

# Past what is looked at of Python's own way to block it: then no tick would come.
mask = ctypes.PyDLL(None).sigprocmask  # GIL in hand
TICK = (1 << signal.SIGRTMAX - 2).to_bytes(128, "little")


def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


async def main():
    work(0.05)
    mask(signal.SIG_BLOCK, TICK, None)
    work(0.3)
    mask(signal.SIG_UNBLOCK, TICK, None)


asyncio.run(main())
