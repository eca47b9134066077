"""A pool's worker is killed after its task, and is not said to run it

expect: stall
"""
# run: run --clock virtual --print none --verify
# run: run --print none --verify
# says: stall: nobody is left who could wake anybody.
# matches: ForkPoolWorker-1 was killed by signal 9 \(SIGKILL\) before that\.$
# never: while it ran
# says: every invariant holds
import multiprocessing
import os
import signal
import time


def number():
    return os.getpid()


if __name__ == "__main__":
    pool = multiprocessing.get_context("fork").Pool(1)
    worker = pool.apply(number)
    time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)  # it has the lock of the queue that it waits at
    pool.apply(number)
