"""A pool's worker is killed with a task in hand: whose result is awaited, and who was killed, is told

expect: stall
"""
# run: run --clock virtual --print none --verify
# run: run --print none --verify
# matches: MainThread of process 1 waits for the result of answer \(line 28\)\. Thread-3.* ForkPoolWorker-2 was killed by signal 9 \(SIGKILL\) before that, while it ran task\.$
# never: Process-1 was killed
# says: every invariant holds
import multiprocessing
import os
import signal
import time


def task():
    time.sleep(0.05)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    fork = multiprocessing.get_context("fork")
    leaves = fork.Process(target=os._exit, args=(0,))
    leaves.start()
    leaves.join()
    pool = fork.Pool(1)
    answer = pool.apply_async(task)
    answer.get()
